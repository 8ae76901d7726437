"""The few dialogs: all keys, about, a card, and what was not expected (the window survives it)."""

import logging
import traceback

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from engine import __version__
from viewer.commanding.menus import Command, keys_text
from viewer.kit import theme
from viewer.kit.language import tr
from viewer.kit.widgets import label

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
