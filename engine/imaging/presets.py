"""The window menu of a film: what its header offers, what is computed, and a file of presets.

The file is `resources/windows.toml`, which a reader may replace by a copy of their own.
"""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from engine.errors import DataError
from engine.imaging.display import auto_window, default_voi, full_window
from engine.imaging.source import file_stamp
from engine.resources import resource_path
from engine.types import Frame, Voi, Window
from engine.words import Sentence

_FILE: Final = "windows.toml"
_MOST: Final = 64  # entries; nobody looks through more
_LARGEST: Final = 1 << 16  # bytes


@dataclass(frozen=True, slots=True)
class WindowPreset:
    """A window for all films whose values have its unit.

    Attributes:
        name: What the menu says.
        unit: Of centre and width; films of another unit are not offered it.
        modality: DICOM modality that a film must have; empty for any.
    """

    name: str
    center: float
    width: float
    unit: str
    modality: str = ""

    def fits(self, frame: Frame) -> bool:
        """Whether one number means here what it means in the film."""
        same = not self.modality or self.modality == frame.image.modality
        return same and self.unit == frame.header.unit


@dataclass(frozen=True, slots=True)
class WindowMenu:
    """What a film can be shown with.

    Attributes:
        vois: Those of the header in its order, the automatic window, the full range, presets.
        first: The one to start with, which is one of them.
    """

    vois: tuple[Voi, ...]
    first: Voi


def window_menu(frame: Frame, auto: Window | None = None) -> WindowMenu:
    """Return the window menu of a film.

    Args:
        frame: What is shown.
        auto: The automatic window of its series (`auto_window_of`); of the frame alone without.
    """
    first = default_voi(frame)
    computed = [auto or auto_window(frame), full_window(frame)]
    if isinstance(first, Window) and first.kind != "header":
        # The one to start with is one of these: the menu then marks it.
        computed = [
            first if one.kind == first.kind and one is not auto else one for one in computed
        ]
        first = next(one for one in computed if one.kind == first.kind)
    presets = (one for one in window_presets() if one.fits(frame))
    named = (Window(one.center, one.width, one.name, kind="preset") for one in presets)
    return WindowMenu((*frame.header.voi, *computed, *named), first)


def presets_path() -> Path:
    """Where a reader's own file of presets lies, or would lie."""
    folder = os.environ.get("ROWSCOPE_CONFIG")
    if not folder:
        from platformdirs import user_config_dir  # noqa: PLC0415 - only where it is not told

        folder = user_config_dir("rowscope", appauthor=False)
    return Path(folder) / _FILE


def window_presets() -> tuple[WindowPreset, ...]:
    """Return the reader's own presets, or those that come with the program.

    A file that was edited is read anew; one that is broken is passed over (`presets_fault`).
    """
    return _chosen(presets_path(), file_stamp(presets_path()))[0]


def presets_fault() -> Sentence | None:
    """Return what is wrong with the reader's own file of presets; None where nothing is."""
    return _chosen(presets_path(), file_stamp(presets_path()))[1]


@lru_cache(maxsize=1)
def _chosen(own: Path, stamp: object) -> tuple[tuple[WindowPreset, ...], Sentence | None]:
    shipped = read_window_presets(resource_path(_FILE))
    if stamp is None:
        return shipped, None
    try:
        return read_window_presets(own), None
    except DataError as error:
        return shipped, error.sentence


class _WrongError(Exception):
    """What is wrong with a file of presets, as the middle of a sentence."""

    def __init__(self, what: str, /, **arguments: object) -> None:
        self.what = Sentence(what, **arguments)
        super().__init__(self.what)


def read_window_presets(path: Path) -> tuple[WindowPreset, ...]:
    """Read a file of presets, every key accounted for.

    Raises:
        DataError: The file cannot be read, or one of its entries makes no sense; the sentence
            names the file and the entry.
    """
    try:
        return tuple(_entries(_tables(path)))
    except _WrongError as wrong:
        raise DataError(
            "{name} cannot be used: {why}. The windows that come with the program are offered.",
            name=path.name,
            why=wrong.what,
        ) from None


def _tables(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            text = stream.read(_LARGEST + 1)
        if len(text) > _LARGEST:
            raise _WrongError("it is larger than 64 kB")
        return tomllib.loads(text.decode("utf-8"))
    except OSError as error:
        raise _WrongError("{why}", why=error.strerror or Sentence("it cannot be read")) from None
    except tomllib.TOMLDecodeError as error:
        raise _WrongError("it is not TOML ({why})", why=error) from None
    except (UnicodeDecodeError, RecursionError):
        raise _WrongError("it is not TOML ({why})", why="UTF-8") from None


def _entries(values: dict[str, Any]) -> Iterator[WindowPreset]:
    for key in values:
        if key != "window":
            raise _WrongError("it knows no key “{key}”", key=key)
    entries = values.get("window", [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise _WrongError("each window must begin with [[window]]")
    if len(entries) > _MOST:
        raise _WrongError("it has more than {most} windows", most=_MOST)
    for number, entry in enumerate(entries, 1):
        try:
            yield _preset(entry)
        except _WrongError as wrong:
            what = wrong.what
            raise _WrongError("in window {number}, {what}", number=number, what=what) from None


def _preset(entry: dict[str, Any]) -> WindowPreset:
    known = [one.name for one in fields(WindowPreset)]
    for key in entry:
        if key not in known:
            raise _WrongError("it knows no key “{key}”", key=key)
    for key in known:
        if key not in entry and key != "modality":
            raise _WrongError("“{key}” is missing", key=key)
    center, width = _number(entry["center"], "center"), _number(entry["width"], "width")
    if width < 1:
        raise _WrongError("“{key}” must be 1 or more", key="width")
    return WindowPreset(
        _text(entry["name"], "name"),
        center,
        width,
        _text(entry["unit"], "unit"),
        _text(entry["modality"], "modality") if "modality" in entry else "",
    )


def _number(value: object, key: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9:
        return float(value)
    raise _WrongError("“{key}” must be a number below 1e9", key=key)


def _text(value: object, key: str) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not 0 < len(text) <= 40 or not text.isprintable():
        raise _WrongError("“{key}” must be a text of 1 to 40 letters", key=key)
    return text
