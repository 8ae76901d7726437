"""Every command of the window once: its words, its key, its dialogue."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontDatabase, QIcon, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from engine import __version__
from viewer.film.tools import TOOLS
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.widgets import label
from viewer.session.choices import Question, next_baseline, next_layer, other_quantity, toggled

if TYPE_CHECKING:
    from viewer.window import MainWindow


# ------------------------------------------------------------------------- menus and keys
# Menus and keys: every command of the window, once, with its words and its shortcut.


@dataclass(frozen=True, slots=True)
class Command:
    """One entry: keys as Qt writes them, the first one is shown; no words: a key alone.

    Attributes:
        menu: Its menu, marked: its words are made when it is shown.
    """

    menu: str
    text: str
    keys: tuple[str, ...]
    run: Callable[[], object]


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


# --------------------------------------------------------------------------------- dialogs
# The few dialogs: all keys, about, and what was not expected (the window survives it).

_log = logging.getLogger("rowscope")


def show_keys(parent: QWidget, commands: tuple[Command, ...]) -> QDialog:
    """Every key, in two columns of menus."""
    dialog = _dialog(parent, tr("All keys"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(2)
    blocks = keys_text(commands).split("\n\n")
    column, row, longest = 0, 0, max(len(block.splitlines()) for block in blocks)
    for block in blocks:
        lines = block.splitlines()
        if row and row + len(lines) > longest + 2:
            column, row = column + 3, 0
        for line in lines:
            keys, _, text = line.partition("\t")
            grid.addWidget(label(keys, "value" if text else "heading"), row, column)
            grid.addWidget(label(text, "quiet"), row, column + 1)
            row += 1
        grid.setRowMinimumHeight(row, 12)
        row += 1
    return _shown(dialog, grid)


def show_card(parent: QWidget, title: str, text: str) -> QDialog:
    """The card of a model, as plain text: whoever made the bundle wrote it."""
    dialog = _dialog(parent, title)
    column = QVBoxLayout()
    card = QPlainTextEdit(text, readOnly=True)
    card.setMinimumSize(720, 520)
    column.addWidget(card)
    return _shown(dialog, column)


def show_about(parent: QWidget) -> QDialog:
    """What this is, and what it is not for."""
    dialog = _dialog(parent, tr("About Rowscope"))
    column = QVBoxLayout()
    column.addWidget(label(f"Rowscope {__version__}", "result"))
    for line in (
        tr("Opens films and reads them row by row with a recurrent network."),
        tr("Research use only. Not a diagnosis, not a medical device."),
        tr("Apache License 2.0. Typeface: Inter, SIL Open Font License."),
    ):
        column.addWidget(label(line))
    return _shown(dialog, column)


def show_unexpected(parent: QWidget | None, error: BaseException) -> QDialog:
    """Say that something failed which should not have, with a traceback to copy.

    Paths are cut to the program's own files, so that no patient's file name is in it.
    """
    _log.error("unexpected %s", type(error).__name__)
    dialog = _dialog(parent, tr("Something went wrong"))
    column = QVBoxLayout()
    column.addWidget(label(tr("Rowscope met an error that it did not expect."), "row"))
    untouched = tr("Your films are untouched, and you can go on. Please report this:")
    column.addWidget(label(untouched))
    text = QPlainTextEdit(trace_without_data(error), readOnly=True)
    text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    text.setMinimumSize(560, 220)
    column.addWidget(text)
    return _shown(dialog, column)


def trace_without_data(error: BaseException) -> str:
    """The traceback as file, line and function, and the type of the error, without its values."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"Rowscope {__version__}"]
    for frame in frames:
        place = "/".join(frame.filename.replace("\\", "/").split("/")[-2:])
        lines.append(f"{place}:{frame.lineno} in {frame.name}")
    return "\n".join([*lines, type(error).__name__])


def _dialog(parent: QWidget | None, title: str) -> QDialog:
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def _shown(dialog: QDialog, content: QVBoxLayout | QGridLayout) -> QDialog:
    column = QVBoxLayout(dialog)
    margin = 24
    column.setContentsMargins(margin, margin, margin, theme.MARGIN)
    column.setSpacing(theme.MARGIN)
    column.addLayout(content)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
    column.addWidget(buttons)
    dialog.open()
    return dialog


# --------------------------------------------------------------------------- all commands
# All commands of the window with their words and keys.

FILE, VIEW, TOOL = marked("&File"), marked("&View"), marked("&Tools")
MAPS, HELP = marked("&Maps"), marked("&Help")


def commands_of(window: "MainWindow") -> tuple[Command, ...]:
    """The menus of a window, in order."""
    return (
        *_file(window),
        *_view(window),
        *_tools(window),
        *_maps(window),
        *_help(window),
    )


def _file(window: "MainWindow") -> tuple[Command, ...]:
    opening = window.opening
    return (
        Command(FILE, tr("&Open films…"), ("Ctrl+O",), opening.ask_for_films),
        Command(FILE, tr("Open a &folder…"), ("Ctrl+Shift+O",), opening.ask_for_folder),
        Command(FILE, tr("Open a &model…"), ("Ctrl+Shift+M",), opening.ask_for_model),
        Command(FILE, SEPARATOR, (), bool),
        Command(FILE, tr("&Quit"), ("Ctrl+Q",), window.close),
    )


def _view(window: "MainWindow") -> tuple[Command, ...]:
    film, session = window.film, window.session
    return (
        Command(VIEW, tr("&Next film"), ("Right",), lambda: session.step_film(1)),
        Command(VIEW, tr("&Previous film"), ("Left",), lambda: session.step_film(-1)),
        Command(VIEW, tr("Next frame"), ("PgDown",), lambda: session.step_frame(1)),
        Command(VIEW, tr("Previous frame"), ("PgUp",), lambda: session.step_frame(-1)),
        Command(VIEW, SEPARATOR, (), bool),
        Command(VIEW, tr("&Fit"), ("F",), film.fit),
        Command(VIEW, tr("Zoom in"), ("+", "="), lambda: film.zoom_by(1.25)),
        Command(VIEW, tr("Zoom out"), ("-",), lambda: film.zoom_by(0.8)),
        Command(VIEW, tr("&Invert grey levels"), ("N",), window.toggle_invert),
        Command(VIEW, tr("&Text on the film"), ("Space",), window.next_text_level),
        Command(VIEW, tr("&Study list"), ("Ctrl+B",), window.toggle_studies),
        Command(VIEW, tr("&Reset the view"), ("Ctrl+R",), window.reset_view),
        Command(VIEW, tr("&Light or dark colours"), (), lambda: window.wear(theme.next_name())),
        Command(VIEW, SEPARATOR, (), bool),
        *(_window_preset(window, place) for place in range(4)),
    )


def _window_preset(window: "MainWindow", place: int) -> Command:
    key = str(place + 1)
    return Command(
        VIEW, tr("Window {number}", number=key), (key,), lambda: window.choose_voi(place)
    )


def _tools(window: "MainWindow") -> tuple[Command, ...]:
    return (
        *(
            Command(TOOL, tr(tool.entry), (tool.key,), partial(window.choose_tool, tool.code))
            for tool in TOOLS
        ),
        Command(TOOL, SEPARATOR, (), bool),
        Command(TOOL, tr("&Undo"), ("Ctrl+Z",), window.session.panes.undo),
        Command(TOOL, tr("R&edo"), ("Ctrl+Shift+Z",), window.session.panes.redo),
    )


def _maps(window: "MainWindow") -> tuple[Command, ...]:
    session = window.session

    def lay(question: Question) -> None:
        session.choose_map(toggled(session.choice, question))

    def switch() -> None:
        session.choose_map(other_quantity(session.choice))

    def start_elsewhere() -> None:
        session.choose_map(next_baseline(session.choice))

    def descend() -> None:
        if (model := session.model) is not None:
            session.choose_map(next_layer(session.choice, model.layers, model.directions))

    return (
        Command(MAPS, tr("&Bare film"), ("B",), lambda: lay("none")),
        Command(MAPS, tr("&Influence map"), ("I",), lambda: lay("influence")),
        Command(MAPS, tr("&State map"), ("S",), lambda: lay("state")),
        Command(MAPS, SEPARATOR, (), bool),
        Command(MAPS, tr("&Next baseline of Influence"), ("Shift+I",), start_elsewhere),
        Command(MAPS, tr("&Deviation or raw state"), ("D",), switch),
        Command(MAPS, tr("Next &layer"), ("L",), descend),
        Command(MAPS, tr("&All units"), ("U",), lambda: window.choose_units(())),
        Command(MAPS, SEPARATOR, (), bool),
        Command(MAPS, tr("Step up"), ("Up",), lambda: session.step_row(-1)),
        Command(MAPS, tr("Step down"), ("Down",), lambda: session.step_row(1)),
        Command(MAPS, tr("Ten steps up"), ("Shift+Up",), lambda: session.step_row(-10)),
        Command(MAPS, tr("Ten steps down"), ("Shift+Down",), lambda: session.step_row(10)),
        Command(MAPS, tr("First step"), ("Home",), lambda: session.step_row(-99_999)),
        Command(MAPS, tr("Last step"), ("End",), lambda: session.step_row(99_999)),
        Command(MAPS, SEPARATOR, (), bool),
        Command(MAPS, tr("Next &model"), ("Ctrl+M",), session.models.choose_next),
    )


def _help(window: "MainWindow") -> tuple[Command, ...]:
    return (
        Command(HELP, tr("All &keys"), ("F1",), lambda: show_keys(window, commands_of(window))),
        Command(HELP, tr("About &Rowscope"), (), lambda: show_about(window)),
    )
