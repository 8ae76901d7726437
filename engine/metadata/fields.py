"""Strict reading of JSON: every key is asked for by type, and none may be left over."""

from collections.abc import Mapping
from typing import Any, NoReturn

from engine.errors import BundleError
from engine.metadata.text import is_visible, shown
from engine.words import Sentence

_NAMED_KEYS = 3


class Fields:
    """The keys of one JSON object, each taken once.

    Every method raises BundleError with a sentence that names the place, the key and what was
    expected there.
    """

    def __init__(self, values: object, place: str) -> None:
        self._place = place
        if not isinstance(values, Mapping):
            raise BundleError("{place} must be a table of keys and values.", "bundle", place=place)
        self._left: dict[str, Any] = dict(values)

    def wrong(self, key: str, expected: str, /, **arguments: object) -> NoReturn:
        """Refuse a key; what was expected is a template with its arguments, or a sentence."""
        if not isinstance(expected, Sentence):
            expected = Sentence(expected, **arguments)
        raise BundleError(
            "{place}: “{key}” must be {expected}.",
            "bundle",
            place=self._place,
            key=key,
            expected=expected,
        )

    def has(self, key: str) -> bool:
        """Whether the key is there and not null."""
        return self._left.get(key) is not None

    def take(self, key: str) -> Any:  # noqa: ANN401 - JSON
        """The value of a key that must be there, as it stands."""
        if key not in self._left:
            raise BundleError("{place}: “{key}” is missing.", "bundle", place=self._place, key=key)
        return self._left.pop(key)

    def text(
        self, key: str, default: str | None = None, *, most: int = 4000, breaks: bool = False
    ) -> str:
        """A string of at most `most` visible characters; with line breaks only if allowed."""
        if default is not None and key not in self._left:
            return default
        value = self.take(key)
        if not isinstance(value, str):
            self.wrong(key, "a text")
        if len(value) > most:
            self.wrong(key, "a text of at most {most} characters", most=most)
        if not is_visible(value, breaks=breaks):
            self.wrong(key, "one line of visible characters" if not breaks else "visible")
        return value

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
        if default is not None and key not in self._left:
            return default
        value = self.take(key)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.wrong(key, "a whole number from {low} to {high}", low=low, high=high)
        return value

    def number(self, key: str, low: float, high: float, *, default: float | None = None) -> float:
        """A finite number between low and high, both included."""
        if default is not None and key not in self._left:
            return default
        value = self.take(key)
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
        if default is not None and key not in self._left:
            return default
        value = self.take(key)
        return value if isinstance(value, bool) else self.wrong(key, "true or false")

    def items(self, key: str, *, default: tuple[Any, ...] | None = None) -> tuple[Any, ...]:
        """A list of anything."""
        if default is not None and key not in self._left:
            return default
        value = self.take(key)
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
        if key not in self._left:
            return {}
        value = self.take(key)
        return dict(value) if isinstance(value, Mapping) else self.wrong(key, "a table")

    def table(self, key: str) -> "Fields":
        """An object inside this one."""
        return Fields(self.take(key), f"{self._place}: “{key}”")

    def optional(self, key: str) -> "Fields | None":
        """An object inside this one; None where the key is left out or null."""
        if self.has(key):
            return self.table(key)
        self._left.pop(key, None)
        return None

    def finish(self) -> None:
        """Refuse what nobody asked for: a misspelt key must not be ignored."""
        if self._left:
            unknown = sorted(map(str, self._left))[:_NAMED_KEYS]
            names = ", ".join(f"“{shown(key, 40)}”" for key in unknown)
            raise BundleError(
                "{place}: unknown key {names}.", "bundle", place=self._place, names=names
            )
