"""What was said in the message strip since the program started, to be read again and copied."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QVBoxLayout

from viewer.commanding.dialogs import dialog_of, shown
from viewer.kit.language import marked, tr
from viewer.kit.widgets import said

if TYPE_CHECKING:
    from viewer.messages import MessageLog
    from viewer.window import MainWindow

SIZE: Final = (720, 360)  # pixels of the list, at least
EXPLAINED: Final = marked("Newest first. The list is kept until the program ends.")


def show_messages(window: "MainWindow") -> QDialog:
    """Every sentence of this session with its time, newest first; what comes later is added."""
    dialog = dialog_of(window, tr("Messages"))
    column = QVBoxLayout()
    column.addWidget(said(EXPLAINED, "quiet"))
    field = _MessageField(window.messages.log)
    column.addWidget(field)
    copy = QPushButton(tr("Copy all"))
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(field.toPlainText()))
    shown(dialog, column, copy)
    field.setFocus()  # arrows scroll, Ctrl+A and Ctrl+C copy
    return dialog


class _MessageField(QPlainTextEdit):
    """The text of a log; the place and the selection stay while something is added above."""

    def __init__(self, log: "MessageLog") -> None:
        super().__init__(log.text)
        self._log = log
        self.setReadOnly(True)
        reads = Qt.TextInteractionFlag.TextSelectableByMouse
        self.setTextInteractionFlags(reads | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setAccessibleName(tr("Messages"))
        self.setPlaceholderText(tr("Nothing was said so far."))
        self.setMinimumSize(*SIZE)
        log.added.connect(self._add)

    def _add(self) -> None:
        """Write the newest above the others."""
        cursor = QTextCursor(self.document())
        cursor.insertText(self._log.said[0].text + ("\n" if self.toPlainText() else ""))
