"""What a command of a script is, and what its arguments may be."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from viewer.kit.language import tr
from viewer.session.loading import Film
from viewer.window import MainWindow


class ScriptError(Exception):
    """A command that cannot be given: one sentence."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One command.

    Attributes:
        name: As it is written.
        arguments: What follows the name, in words for people; empty where nothing does. “…” at
            its end: as many more as one likes; what begins with a bracket may be left out.
        help: What it does.
        run: Does it; raises `ScriptError` where that cannot be done; a pause in milliseconds
            comes back.
        numbers: Whether its arguments are numbers.
        rest: Whether the last argument takes what is left, blanks and all.
        waits: Whether it is given, and the next one after it, only when nothing is being read
            any more. Those that do not wait are given at once.
    """

    name: str
    arguments: str
    help: str
    run: Callable[[MainWindow, tuple[str, ...]], object]
    numbers: bool = False
    rest: bool = False
    waits: bool = True


@dataclass(frozen=True, slots=True)
class ScriptStep:
    """A command with its arguments."""

    verb: Verb
    arguments: tuple[str, ...]

    @property
    def text(self) -> str:
        """As it was written, for messages."""
        return " ".join((self.verb.name, *self.arguments))


def number(text: str) -> float:
    """The number that a text is.

    Raises:
        ScriptError: It is none, or not finite.
    """
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ScriptError(tr("“{text}” is not a number.", text=text))
    return value


def place_of(text: str, wrong: str) -> tuple[float, float]:
    """The column and row that a text is, as "120,45.5".

    Args:
        text: What was written.
        wrong: What is said where it is no such place.

    Raises:
        ScriptError: It is none.
    """
    column, comma, row = text.partition(",")
    if not comma:
        raise ScriptError(wrong)
    return number(column), number(row)


def switched(text: str) -> bool:
    """Whether a text says "on".

    Raises:
        ScriptError: It says neither "on" nor "off".
    """
    if text not in {"on", "off"}:
        raise ScriptError(tr("“{text}” is neither on nor off.", text=text))
    return text == "on"


def film_of(window: MainWindow) -> Film:
    """The film of the active pane.

    Raises:
        ScriptError: There is none.
    """
    if window.session.film is None:
        raise ScriptError(tr("no film is open."))
    return window.session.film


def either(names: Iterable[str]) -> str:
    """Names as a choice, in words."""
    *first, last = names
    return f"{', '.join(first)} or {last}"


def plain(run: Callable[[MainWindow], object]) -> Callable[[MainWindow, tuple[str, ...]], None]:
    """What a command without arguments does."""

    def give(window: MainWindow, _arguments: tuple[str, ...]) -> None:
        run(window)

    return give
