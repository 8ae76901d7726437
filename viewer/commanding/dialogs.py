"""The few dialogs: keys, guide, about, a card, and what was not expected (the window survives)."""

import logging
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFontDatabase, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from engine import __version__
from engine.resources import resource_path
from viewer.commanding.menus import Command, keys_text
from viewer.kit import language, theme
from viewer.kit.language import tr
from viewer.kit.live import live
from viewer.kit.widgets import label, panel

COLUMNS = 4  # of keys, in a window of 1280
_log = logging.getLogger("rowscope")


def show_keys(
    parent: QWidget, commands: tuple[Command, ...], change: Callable[[], object] | None = None
) -> QDialog:
    """Every key, menu by menu in columns.

    Args:
        parent: Of the dialog.
        commands: With their keys.
        change: Opens the dialog in which keys are changed.
    """
    dialog = dialog_of(parent, tr("All keys"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    column, row = 0, 0
    for block, starts in _columns(keys_text(commands).split("\n\n")):
        column, row = (column + 3, 0) if starts else (column, row)
        for line in block:
            keys, _, text = line.partition("\t")
            grid.addWidget(label(keys, "value" if text else "heading"), row, column)
            grid.addWidget(label(text, "quiet"), row, column + 1)
            row += 1
        grid.setRowMinimumHeight(row, 12)
        row += 1
    for gap in range(2, column, 3):
        grid.setColumnMinimumWidth(gap, 16)
    if change is None:
        return shown(dialog, scrolled(grid))
    edit = QPushButton(tr("Change keys…"))
    edit.clicked.connect(dialog.reject)
    edit.clicked.connect(change)
    return shown(dialog, scrolled(grid), edit)


def _columns(blocks: list[str]) -> Iterator[tuple[list[str], bool]]:
    """The lines of every menu, and whether it begins another column; four of them at most."""
    lines = [block.splitlines() for block in blocks]
    tallest = max(map(len, lines))
    while sum(starts for _, starts in _shared(lines, tallest)) >= COLUMNS:
        tallest += 1
    return _shared(lines, tallest)


def _shared(lines: list[list[str]], tallest: int) -> Iterator[tuple[list[str], bool]]:
    """The same for columns of so many lines."""
    filled = 0
    for block in lines:
        starts = filled > 0 and filled + len(block) > tallest
        filled = len(block) + 1 + (0 if starts else filled)
        yield block, starts


def show_guide(parent: QWidget) -> QDialog:
    """The guide for readers, with the pages that it leads to."""
    dialog = dialog_of(parent, tr("Guide"))
    column = QVBoxLayout()
    page = QTextBrowser()
    page.setAccessibleName(tr("Guide"))
    page.setMinimumSize(760, 540)
    page.sourceChanged.connect(lambda _page: _set_apart(page.document()))
    page.setSource(QUrl.fromLocalFile(str(guide_path())))  # it follows links between pages
    column.addWidget(page)
    back = QPushButton(tr("Back"))
    back.setEnabled(False)
    page.backwardAvailable.connect(back.setEnabled)
    back.clicked.connect(page.backward)
    return shown(dialog, column, back)


def _set_apart(page: QTextDocument) -> None:
    """Room between paragraphs and above headings; Qt's Markdown has none."""
    cursor = QTextCursor(page)
    more = True
    while more:
        if cursor.currentTable() is None:
            form = cursor.blockFormat()
            form.setTopMargin(12 if form.headingLevel() else 0)
            form.setBottomMargin(6)
            cursor.setBlockFormat(form)
        more = cursor.movePosition(QTextCursor.MoveOperation.NextBlock)


def guide_path() -> Path:
    """The guide in the language of this moment; in English where there is none."""
    own = resource_path("help", f"reading.{language.current()}.md")
    return own if own.is_file() else resource_path("help", "reading.md")


def show_about(parent: QWidget) -> QDialog:
    """What this is, and what it is not for."""
    dialog = dialog_of(parent, tr("About Rowscope"))
    column = QVBoxLayout()
    column.addWidget(label(f"Rowscope {__version__}", "result"))
    for line in (
        tr("Opens films and reads them row by row with a recurrent network."),
        tr("Research use only. Not a diagnosis, not a medical device."),
        tr("Apache License 2.0. Typeface: Inter, SIL Open Font License."),
    ):
        column.addWidget(label(line))
    return shown(dialog, column)


def show_unexpected(parent: QWidget | None, error: BaseException) -> QDialog:
    """Say that something failed which should not have, with a traceback to copy.

    Paths are cut to the program's own files, so that no patient's file name is in it.
    """
    _log.error("unexpected %s", type(error).__name__)
    dialog = dialog_of(parent, tr("Something went wrong"))
    column = QVBoxLayout()
    column.addWidget(label(tr("Rowscope met an error that it did not expect."), "row"))
    untouched = tr("Your films are untouched, and you can go on. Please report this:")
    column.addWidget(label(untouched))
    text = QPlainTextEdit(trace_without_data(error), readOnly=True)
    text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    text.setMinimumSize(560, 220)
    column.addWidget(text)
    return shown(dialog, column)


def trace_without_data(error: BaseException) -> str:
    """The traceback as file, line and function, and the type of the error, without its values."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"Rowscope {__version__}"]
    for frame in frames:
        place = "/".join(frame.filename.replace("\\", "/").split("/")[-2:])
        lines.append(f"{place}:{frame.lineno} in {frame.name}")
    return "\n".join([*lines, type(error).__name__])


PADDING, ROW = 20, 42  # of a dialog; height of a row with a control
TALLEST = 600  # pixels of what scrolls in a dialog: it fits a window of 800


def dialog_of(parent: QWidget | None, title: str) -> QDialog:
    """An empty dialog that is forgotten when it is closed."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def shown(dialog: QDialog, content: QLayout | QWidget, *others: QPushButton) -> QDialog:
    """Open a dialog with a button to close it, and others at the left of that."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(PADDING, PADDING, PADDING, theme.MARGIN)
    column.setSpacing(theme.MARGIN)
    if isinstance(content, QLayout):
        column.addLayout(content)
    else:
        column.addWidget(content, 1)
    buttons = QHBoxLayout()
    for other in others:
        buttons.addWidget(other)
    buttons.addStretch(1)
    close = live(QPushButton(), lambda button: button.setText(tr("Close")))
    close.clicked.connect(dialog.reject)
    buttons.addWidget(close)
    column.addLayout(buttons)
    dialog.open()
    return dialog


def scrolled(content: QLayout) -> QScrollArea:
    """What may be taller than a screen: it scrolls, by keys too."""
    inside = panel(QWidget(), "raised")
    inside.setLayout(content)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    wanted = inside.sizeHint()
    bar = 12 if wanted.height() > TALLEST else 0
    area.setMinimumSize(wanted.width() + bar, min(wanted.height(), TALLEST))
    return area
