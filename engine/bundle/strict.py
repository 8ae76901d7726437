"""Reading a bundle's JSON strictly: sizes, keys, types; nothing is left over."""

import hashlib
import json
import math
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from engine.errors import BundleError
from engine.text import is_visible, place_of, shown
from engine.words import Sentence, from_json

# ---------------------------------------------------------------- keys of one JSON object
# Strict reading of JSON: every key is asked for by type, and none may be left over.

_NAMED_KEYS = 3
_Value = TypeVar("_Value")


class Fields:
    """The keys of one JSON object, each taken once.

    Every method raises BundleError with a sentence that names the place, the key and what was
    expected there.
    """

    def __init__(self, values: object, place: str) -> None:
        self._place = place
        if not isinstance(values, Mapping):
            raise BundleError("{place} must be a table of keys and values.", place=place)
        self._left: dict[str, Any] = dict(values)

    def wrong(self, key: str, expected: str, /, **arguments: object) -> NoReturn:
        """Refuse a key; what was expected is a template with its arguments, or a sentence."""
        if not isinstance(expected, Sentence):
            expected = Sentence(expected, **arguments)
        raise BundleError(
            "{place}: “{key}” must be {expected}.", place=self._place, key=key, expected=expected
        )

    def has(self, key: str) -> bool:
        """Whether the key is there and not null."""
        return self._left.get(key) is not None

    def take(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - JSON
        """The value of a key as it stands; without a default it must be there."""
        if key not in self._left and default is None:
            raise BundleError("{place}: “{key}” is missing.", place=self._place, key=key)
        return self._left.pop(key, default)

    def text(
        self, key: str, default: str | None = None, *, most: int = 4000, breaks: bool = False
    ) -> str:
        """A string of at most `most` visible characters; with line breaks only if allowed."""
        value = self.take(key, default)
        if not isinstance(value, str):
            self.wrong(key, "a text")
        if len(value) > most:
            self.wrong(key, "a text of at most {most} characters", most=most)
        if not is_visible(value, breaks=breaks):
            self.wrong(key, "one line of visible characters" if not breaks else "visible")
        return value

    def sentence(self, key: str) -> Sentence:
        """One line for people, as `engine.words.as_json` stores it: by its code, or as text."""
        value = self.take(key)
        try:
            said = from_json(value)
        except ValueError:
            self.wrong(key, "a text")
        Fields({key: str(said)}, self._place).text(key)
        return said

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of a few strings."""
        value = self.text(key, default)
        return (
            value
            if value in allowed
            else self.wrong(key, "one of {allowed:list}", allowed=allowed)
        )

    def integer(self, key: str, low: int, high: int, *, default: int | None = None) -> int:
        """A whole number between low and high, both included."""
        value = self.take(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.wrong(key, "a whole number from {low} to {high}", low=low, high=high)
        return value

    def number(self, key: str, low: float, high: float, *, default: float | None = None) -> float:
        """A finite number between low and high, both included."""
        value = self.take(key, default)
        expected = Sentence("a number from {low:g} to {high:g}", low=low, high=high)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(key, expected)
        return float(value) if low <= value <= high else self.wrong(key, expected)

    def numbers(self, key: str, low: float, high: float, *, count: int) -> tuple[float, ...]:
        """A list of so many finite numbers between low and high, both included."""
        values = self.items(key)
        expected = Sentence(
            "{count} numbers from {low:g} to {high:g}", count=count, low=low, high=high
        )
        if len(values) != count or any(isinstance(one, bool) for one in values):
            self.wrong(key, expected)
        if not all(isinstance(one, int | float) and low <= one <= high for one in values):
            self.wrong(key, expected)
        return tuple(float(one) for one in values)

    def truth(self, key: str, *, default: bool | None = None) -> bool:
        """True or false."""
        value = self.take(key, default)
        return value if isinstance(value, bool) else self.wrong(key, "true or false")

    def items(self, key: str, *, default: tuple[Any, ...] | None = None) -> tuple[Any, ...]:
        """A list of anything."""
        value = self.take(key, default)
        return tuple(value) if isinstance(value, list | tuple) else self.wrong(key, "a list")

    def texts(self, key: str, *, most: int = 100) -> tuple[str, ...]:
        """A list of strings of 1 to `most` visible characters, none of them twice."""
        values = self.items(key)
        if not all(isinstance(value, str) and value.strip() for value in values):
            self.wrong(key, "a list of texts")
        if not all(len(value) <= most and is_visible(value) for value in values):
            self.wrong(key, "a list of texts of at most {most} visible characters", most=most)
        return values if len(set(values)) == len(values) else self.wrong(key, "without repetition")

    def mapping(self, key: str) -> dict[str, Any]:
        """An object of any keys, or an empty one if the key is not there."""
        value = self.take(key, {})
        return dict(value) if isinstance(value, Mapping) else self.wrong(key, "a table")

    def table(self, key: str) -> "Fields":
        """An object inside this one."""
        return Fields(self.take(key), f"{self._place}: “{key}”")

    def part(self, key: str, read: "Callable[[Fields], _Value]") -> _Value:
        """What is read of an object inside this one, of which nothing may be left over."""
        return read_whole(self.take(key), f"{self._place}: “{key}”", read)

    def optional(self, key: str, read: "Callable[[Fields], _Value]") -> _Value | None:
        """The same; None where the key is left out or null."""
        return self.nullable(key, read) if key in self._left else None

    def nullable(self, key: str, read: "Callable[[Fields], _Value]") -> _Value | None:
        """The same of a key that must be there; None where it is null."""
        return self.part(key, read) if self.has(key) else self.take(key)

    def finish(self) -> None:
        """Refuse what nobody asked for: a misspelt key must not be ignored."""
        if self._left:
            unknown = sorted(map(str, self._left))[:_NAMED_KEYS]
            names = ", ".join(f"“{shown(key, 40)}”" for key in unknown)
            raise BundleError("{place}: unknown key {names}.", place=self._place, names=names)


def read_whole(values: object, place: str, read: Callable[[Fields], _Value]) -> _Value:
    """What is read of an object, of which nothing may be left over."""
    fields = Fields(values, place)
    found = read(fields)
    fields.finish()
    return found


# ---------------------------------------------------------------------------- strict JSON
# JSON from strangers: UTF-8, finite numbers, no key twice, not deep, nothing that is not seen.

_DEEPEST = 32
_DIGITS = 40  # of a whole number; seeds may be long


def parse_json(data: bytes, place: str) -> Any:  # noqa: ANN401 - JSON
    """The value that a JSON text holds.

    Args:
        data: UTF-8.
        place: What sentences call it, for example "digits/metadata.json".

    Raises:
        BundleError: It is not JSON, or JSON that two programs could read in two ways.
    """

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(items)
        if len(table) < len(items):
            names = [name for name, _ in items]
            twice = next(name for name in table if names.count(name) > 1)
            raise BundleError(
                "{place}: “{twice}” is there twice.", place=place, twice=shown(twice)
            )
        return table

    try:
        value = json.loads(
            data.decode("utf-8"),
            parse_float=_finite,
            parse_constant=_finite,
            parse_int=_whole,
            object_pairs_hook=pairs,
        )
    except (ValueError, RecursionError) as error:
        raise BundleError("{place} is not valid JSON of finite numbers.", place=place) from error
    _look_through(value, place)
    return value


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _whole(text: str) -> int:
    if len(text) > _DIGITS:
        raise ValueError("a whole number of too many digits")
    return int(text)


def _look_through(value: object, place: str) -> None:
    """Refuse depth and hidden characters; without recursion, so that depth cannot hurt."""
    left = [(value, 1)]
    while left:
        item, depth = left.pop()
        if isinstance(item, str) and not is_visible(item, breaks=True):
            raise BundleError(
                "{place}: “{item}” holds characters that cannot be seen.",
                place=place,
                item=shown(item, 40),
            )
        if not isinstance(item, dict | list):
            continue
        if depth > _DEEPEST:
            raise BundleError(
                "{place} is nested deeper than {deepest} levels.", place=place, deepest=_DEEPEST
            )
        inside = [*item.keys(), *item.values()] if isinstance(item, dict) else item
        left += [(one, depth + 1) for one in inside]


# ---------------------------------------------------------------------- files of a bundle
# The files of a bundle, read without being caught by what they are.
#
# Plain files only: no pipe, no device, no link. (A bundle's folder may be a link, its files may
# not, so that a bundle never shows what lies elsewhere.) Size is known before memory is taken.

METADATA = "metadata.json"
WEIGHTS = "model.safetensors"
CARD = "README.md"
FILMS = "films.bin"  # which films a model saw, see `engine.training.overlap`
_JSON_BYTES = 2**20
_CARD_BYTES = 2**16
_WEIGHTS_BYTES = 2**30

# A pipe without a writer would hang in open; a link is not followed; Windows would change ends.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
)
_UNITS = ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB"))


def load_json(path: Path) -> Any:  # noqa: ANN401 - JSON
    """The values of a JSON file of at most 1 MiB; see `parse_json`.

    Raises:
        BundleError: The file is missing, too large, no plain file, or something else than JSON
            with one meaning; names folder and file.
    """
    data = read_file(path.parent, path.name, most=_JSON_BYTES)
    return parse_json(data, place_of(path.parent, path.name))


def read_card(folder: Path) -> str:
    """The card of a bundle, at most 64 KiB of UTF-8, as its maker wrote it: show it as plain text.

    Raises:
        BundleError: It has none, or one that is no plain text file.
    """
    data = read_file(folder, CARD, most=_CARD_BYTES)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise BundleError("{folder} is no text.", folder=place_of(folder, CARD)) from None
    return "".join(one for one in text if one.isprintable() or one == "\n")


def hash_file(path: Path, *, most: int = _WEIGHTS_BYTES) -> str:
    """The SHA-256 of a file of a bundle in hexadecimal.

    Args:
        path: In the bundle's folder.
        most: Bytes that it may have.

    Raises:
        BundleError: It is not there, larger, or no plain file; names folder and file.
    """
    return hashlib.sha256(read_file(path.parent, path.name, most=most)).hexdigest()


def read_file(folder: Path, name: str, *, most: int) -> bytes:
    """All bytes of one file of a bundle.

    Args:
        folder: Of the bundle.
        name: Of the file in it.
        most: Bytes it may have.

    Raises:
        BundleError: It is not there, larger, or no plain file; names the file.
    """
    place = place_of(folder, name)
    _status(folder, name)
    try:
        descriptor = os.open(folder / name, _FLAGS)
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(descriptor)  # of what was opened, whatever it was a moment ago
            _refuse_odd(status, place)
            if status.st_size > most:
                raise BundleError("{place} is larger than {most}.", place=place, most=_size(most))
            data = stream.read(most + 1)
    except OSError as error:
        raise _unreadable(place, error) from error
    if len(data) > most:
        raise BundleError("{place} is larger than {most}.", place=place, most=_size(most))
    return data


def stamp(folder: Path, name: str) -> tuple[int, int, int]:
    """What changes when a file is replaced: time, size and number of its node.

    Raises:
        BundleError: It is not there or no plain file; names the file.
    """
    status = _status(folder, name)
    return status.st_mtime_ns, status.st_size, status.st_ino


def exists(folder: Path, name: str) -> bool:
    """Whether there is a file of this name, of whatever kind."""
    try:
        (folder / name).lstat()
    except (OSError, ValueError):  # not allowed to look, or no name that a system could have
        return False
    return True


def _status(folder: Path, name: str) -> os.stat_result:
    place = place_of(folder, name)
    try:
        status = (folder / name).lstat()
    except OSError as error:
        raise _unreadable(place, error) from error
    _refuse_odd(status, place)
    return status


def _refuse_odd(status: os.stat_result, place: str) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise BundleError("{place} is a link; put a copy of the file in its place.", place=place)
    if not stat.S_ISREG(status.st_mode):
        raise BundleError("{place} is a folder, a pipe or a device, not a file.", place=place)


def _unreadable(place: str, error: OSError) -> BundleError:
    return BundleError(
        "{place} cannot be read: {error}.", place=place, error=error.strerror or "unknown reason"
    )


def _size(most: int) -> str:
    for unit, name in _UNITS:
        if most >= unit:
            return f"{most / unit:.3g} {name}"
    return f"{most} bytes"
