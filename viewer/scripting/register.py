"""The one register of commands: what a script may say, and what menus and keys do.

Every part of the window adds its verbs here. An entry of a menu that has no verb is a command of a
script, too, by its code.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final, cast

from PySide6.QtGui import QGuiApplication

from viewer.commanding.menus import SEPARATOR, Command, plain_words
from viewer.commanding.register import commands_of, shipped
from viewer.kit.language import marked, tr
from viewer.scripting import (
    basics_verbs,
    compare_verbs,
    export_verbs,
    finding_verbs,
    inspect_verbs,
    layouts_verbs,
    maps_verbs,
    measuring_verbs,
    model_verbs,
    opening_verbs,
    reading_verbs,
    regions_verbs,
    row_verbs,
    taking_verbs,
    unit_verbs,
    viewing_verbs,
    whatif_verbs,
    windows_verbs,
)
from viewer.scripting.verbs import ScriptError, Verb
from viewer.window import MainWindow

VERBS: Final[tuple[Verb, ...]] = (
    *basics_verbs.VERBS,
    *opening_verbs.VERBS,
    *viewing_verbs.VERBS,
    *windows_verbs.VERBS,
    *measuring_verbs.VERBS,
    *layouts_verbs.VERBS,
    *reading_verbs.VERBS,
    *regions_verbs.VERBS,
    *inspect_verbs.VERBS,
    *maps_verbs.VERBS,
    *row_verbs.VERBS,
    *unit_verbs.VERBS,
    *compare_verbs.VERBS,
    *model_verbs.VERBS,
    *finding_verbs.VERBS,
    *taking_verbs.VERBS,
    *whatif_verbs.VERBS,
    *export_verbs.VERBS,
)
ASKS: Final = "…"  # at the end of an entry: it asks a person something
SAME: Final = marked("the same as its entry in a menu")


class _NoWindow:
    """Stands for a window that is not there: its commands can be read, and do nothing."""

    def __getattr__(self, _name: str) -> "_NoWindow":
        return self

    def __call__(self, *_arguments: object, **_named: object) -> "_NoWindow":
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class ScriptEntry:
    """One command, whoever gives it.

    Attributes:
        verb: What a script says.
        words: Of its entry in a menu; empty where it has none.
        keys: As Qt writes them, as they are shipped.
    """

    verb: Verb
    words: str = ""
    keys: tuple[str, ...] = ()


def entries() -> tuple[ScriptEntry, ...]:
    """All commands: verbs with what menus say of them, then entries of menus without a verb."""
    menus = {one.code: one for one in _menus()}
    named = tuple(_entry(verb, menus.pop(verb.name, None)) for verb in VERBS)
    return (*named, *(_entry(_verb_of(one), one) for one in menus.values()))


@cache
def verb_of(name: str) -> Verb | None:
    """The command of this name; None where there is none."""
    return next((one.verb for one in entries() if one.verb.name == name), None)


def _menus() -> tuple[Command, ...]:
    found = shipped(cast("MainWindow", _NoWindow()))
    return tuple(one for one in found if one.code and one.text != SEPARATOR)


def _entry(verb: Verb, command: Command | None) -> ScriptEntry:
    return (
        ScriptEntry(verb, plain_words(command.text), command.keys)
        if command
        else ScriptEntry(verb)
    )


def _verb_of(command: Command) -> Verb:
    return Verb(command.code, "", SAME, partial(_choose, command.code))


def _choose(code: str, window: MainWindow, _arguments: tuple[str, ...]) -> None:
    command = next(one for one in commands_of(window) if one.code == code)
    if command.text.endswith(ASKS) and QGuiApplication.platformName() == "offscreen":
        raise ScriptError(tr("it asks a question, and nobody is there to answer."))
    command.run()
