"""Menus and keys: what a command is, and how the menu bar is built of them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from viewer.kit.language import marked, tr

FILE, VIEW, MEASURE = marked("&File"), marked("&View"), marked("&Measure")
READING, MAPS = marked("&Reading"), marked("&Inspect")
LAYOUT, HELP = marked("Win&dow"), marked("&Help")
MENUS: Final = (FILE, VIEW, MEASURE, READING, MAPS, LAYOUT, HELP)  # as they stand in the bar


@dataclass(frozen=True, slots=True)
class MenuChoice:
    """One line of a menu that is made when it opens.

    Attributes:
        text: As it stands there; no letter of it is underlined.
        run: What it does.
        chosen: Whether it is the one that holds now; None where none of them does.
    """

    text: str
    run: Callable[[], object]
    chosen: bool | None = None


Choices = Callable[[], tuple[MenuChoice, ...]]


@dataclass(frozen=True, slots=True)
class Command:
    """One entry: keys as Qt writes them, the first one is shown; no words: a key alone.

    Attributes:
        menu: Its menu, marked: its words are made when it is shown.
        code: Its name for buttons and settings, as scripts say it, the same in every language;
            empty: it has no button, and its keys stay.
        over_films: Whether its keys are heard only where a film has the focus; elsewhere they do
            what they always do, such as Tab.
        short: Its words on a button, where those of the menu are longer than need be.
        choices: Of an entry that opens a menu of its own: asked whenever it opens; nothing runs
            but what is chosen there.
    """

    menu: str
    text: str
    keys: tuple[str, ...]
    run: Callable[[], object]
    code: str = ""
    over_films: bool = False
    short: str = ""
    choices: "Choices | None" = None


SEPARATOR: Final = "—"
_ACTION = "command"  # name of the actions that `install` made
_CODE = "code"  # property of them


def joined(parts: Iterable[tuple[Command, ...]]) -> tuple[Command, ...]:
    """The commands of several parts of the window, menu by menu; a line between two parts."""
    kept = tuple(parts)
    return tuple(command for menu in MENUS for command in _of_menu(menu, kept))


def _of_menu(menu: str, parts: tuple[tuple[Command, ...], ...]) -> tuple[Command, ...]:
    line = Command(menu, SEPARATOR, (), bool)
    found: tuple[Command, ...] = ()
    for part in parts:
        own = tuple(command for command in part if command.menu == menu)
        found += (line, *own) if found and own else own
    return found


def with_keys(
    commands: tuple[Command, ...], keys: Mapping[str, tuple[str, ...]]
) -> tuple[Command, ...]:
    """The commands with the keys that a reader has given to some of them, by code."""
    return tuple(replace(one, keys=keys.get(one.code, one.keys)) for one in commands)


def install(
    window: QMainWindow, commands: tuple[Command, ...], films: QWidget | None = None
) -> None:
    """Build the menu bar from commands, instead of an earlier one; a text "—" draws a line.

    Args:
        window: Has the menu bar.
        commands: Of the window.
        films: What holds the films, for keys that are heard over them only.
    """
    window.menuBar().clear()
    made = (window.findChildren(kind, _ACTION) for kind in (QAction, QShortcut))
    for old in (*window.menuBar().findChildren(QMenu), *chain(*made)):
        old.deleteLater()
    menus: dict[str, QMenu] = {}
    for command in commands:
        if command.menu not in menus:
            menus[command.menu] = _menu(window, tr(command.menu))
        menu = menus[command.menu]
        if command.text == SEPARATOR:
            menu.addSeparator()
            continue
        if command.choices is not None:
            menu.addMenu(_choices_menu(menu, command.text, command.choices))
            continue
        action = QAction(command.text, window)
        action.setObjectName(_ACTION)
        action.setProperty(_CODE, command.code)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if command.over_films and films is not None:
            _hear_over(films, command)
            action.setShortcuts([])  # a menu bar would hear them over its corner, too
            action.setText("\t".join((command.text, *map(native_keys, command.keys[:1]))))
        action.triggered.connect(lambda _checked=False, run=command.run: run())
        menu.addAction(action)


def retitle(window: QMainWindow, words: Mapping[str, str]) -> None:
    """Give entries other words by their codes; one without words is not shown, its keys stay."""
    for action in window.findChildren(QAction, _ACTION):
        text = words.get(str(action.property(_CODE)))
        if text is not None:
            action.setText(text.replace("&", "&&"))
            action.setVisible(bool(text))


def _choices_menu(parent: QMenu, text: str, choices: Choices) -> QMenu:
    menu = QMenu(text, parent)

    def fill() -> None:
        menu.clear()
        for choice in choices():
            action = menu.addAction(choice.text.replace("&", "&&"))
            action.setCheckable(choice.chosen is not None)
            action.setChecked(bool(choice.chosen))
            action.triggered.connect(lambda _checked=False, run=choice.run: run())

    menu.aboutToShow.connect(fill)
    parent.aboutToShow.connect(lambda: menu.menuAction().setVisible(bool(choices())))
    return menu


def _hear_over(films: QWidget, command: Command) -> None:
    for key in command.keys:
        shortcut = QShortcut(QKeySequence(key), films, command.run)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setObjectName(_ACTION)


def _menu(window: QMainWindow, words: str) -> QMenu:
    menu = QMenu(words, window.menuBar())
    window.menuBar().addMenu(menu)
    return menu


def keys_text(commands: tuple[Command, ...]) -> str:
    """All keys as lines of text, menu by menu."""
    lines: list[str] = []
    menu = ""
    for command in commands:
        if not command.keys:
            continue
        if command.menu != menu:
            menu = command.menu
            lines += ["", plain_words(tr(menu))]
        names = dict.fromkeys(map(native_keys, command.keys))  # two keys may have one name
        keys = tr(" or ", "between two keys").join(names)
        lines.append(f"{keys}\t{plain_words(command.text)}")
    return "\n".join(lines).strip()


def native_keys(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def plain_words(text: str) -> str:
    """The words of an entry without the letter that is underlined, and without dots."""
    return re.sub(r"\(&.\)|&", "", text).removesuffix("…")
