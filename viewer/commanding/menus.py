"""Menus and keys: what a command is, and how the menu bar is built of them."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from viewer.kit.language import marked, tr

FILE, VIEW, TOOL = marked("&File"), marked("&View"), marked("&Tools")
MAPS, HELP = marked("&Maps"), marked("&Help")


@dataclass(frozen=True, slots=True)
class Command:
    """One entry: keys as Qt writes them, the first one is shown; no words: a key alone.

    Attributes:
        menu: Its menu, marked: its words are made when it is shown.
        code: Its name for the settings, the same in every language; empty: its keys stay.
    """

    menu: str
    text: str
    keys: tuple[str, ...]
    run: Callable[[], object]
    code: str = ""


SEPARATOR = "—"
_ACTION = "command"  # name of the actions that `install` made


def install(window: QMainWindow, commands: tuple[Command, ...]) -> None:
    """Build the menu bar from commands, instead of an earlier one; a text "—" draws a line."""
    window.menuBar().clear()
    for old in (*window.menuBar().findChildren(QMenu), *window.findChildren(QAction, _ACTION)):
        old.deleteLater()
    menus: dict[str, QMenu] = {}
    for command in commands:
        if command.menu not in menus:
            menus[command.menu] = _menu(window, tr(command.menu))
        menu = menus[command.menu]
        if command.text == SEPARATOR:
            menu.addSeparator()
            continue
        action = QAction(command.text, window)
        action.setObjectName(_ACTION)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False, run=command.run: run())
        menu.addAction(action)


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
            lines += ["", tr(menu).replace("&", "")]
        keys = tr(" or ", "between two keys").join(_words(key) for key in command.keys)
        lines.append(f"{keys}\t{command.text.replace('&', '').removesuffix('…')}")
    return "\n".join(lines).strip()


def _words(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
