"""The message strip: one line for what went wrong or is worth knowing; it takes no focus.

Everything that was said in it is listed as long as the program runs, and nowhere else.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.widgets import column_in, label, panel, row_in
from viewer.session.choices import Message, Severity

HEIGHT = 32
SEVERITIES: dict[Severity, str] = {
    "info": marked("info"),
    "warning": marked("warning"),
    "error": marked("error"),
}
DETAILS_HEIGHT = 120  # at most; longer details scroll
KEPT: Final = 1000  # sentences that are listed; a folder of bad files has no end


@dataclass(frozen=True, slots=True)
class SaidMessage:
    """A message and when it came, by the clock of this place."""

    at: datetime
    message: Message

    @property
    def text(self) -> str:
        """One paragraph: time, severity, sentence; details on lines of their own."""
        severity = tr(SEVERITIES[self.message.severity])
        first = f"{self.at:%H:%M:%S}  {severity}  {self.message.text}"
        return "\n".join((first, *(f"    {line}" for line in self.message.details.splitlines())))


def _now() -> datetime:
    return datetime.now().astimezone()


class MessageLog(QObject):
    """What was said since the program started, newest first; kept in memory only.

    Args:
        clock: Says what time it is.
        parent: Of the object.
    """

    added = Signal()

    def __init__(
        self, clock: Callable[[], datetime] = _now, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._said: deque[SaidMessage] = deque(maxlen=KEPT)

    @property
    def said(self) -> tuple[SaidMessage, ...]:
        """The newest first; the oldest go when there are very many."""
        return tuple(reversed(self._said))

    @property
    def text(self) -> str:
        """The same to be read and copied; empty where nothing was said."""
        return "\n".join(one.text for one in self.said)

    def add(self, message: Message) -> None:
        """List a message."""
        self._said.append(SaidMessage(self._clock(), message))
        self.added.emit()


class SentenceLine(QLabel):
    """One line of plain text, elided to its width; the tooltip then has the whole sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_sentence(self, text: str) -> None:
        """Show text on one line, line breaks as spaces."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide again for the new width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        elide = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self._whole, elide, self.width())
        self.setText(shown)
        self.setToolTip(f"<p>{escape(self._whole)}</p>" if shown != self._whole else "")


class MessageStrip(QWidget):
    """Shows messages one at a time, the newest first, and is hidden while there is none.

    What went wrong stands before what is merely worth knowing, whichever came later. None goes
    by time. One that is already waiting is not taken twice. Esc closes the one on show.

    Attributes:
        log: Everything that was said, closed or not.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self, "field")
        self.log = MessageLog(parent=self)
        self._queue: list[Message] = []
        self._at = 0
        self._icon = QLabel()
        self._sentence = SentenceLine()
        self._count = label("", "quiet")
        self._next = _button(marked("Next"))
        self._toggle = _button(marked("Details"))
        self._toggle.setCheckable(True)
        self._close = _close_button()
        self._details = _details_field()
        self._place()
        self._next.clicked.connect(self._show_next)
        self._toggle.toggled.connect(self._details.setVisible)
        self._close.clicked.connect(self._close_current)
        # A hidden widget's shortcut is asleep: Esc belongs to the strip only while it is there.
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._close_current)
        live(self, MessageStrip._refresh)

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages that were not closed yet, as they stand in the strip."""
        return tuple(self._queue)

    def show_message(self, message: Message) -> None:
        """Add a message: in front of the others, unless it tells less than what went wrong."""
        if message in self._queue:
            return
        self.log.add(message)
        front = self._urgent() if message.severity == "info" else 0
        self._queue.insert(front, message)
        self._at = front if front == 0 or self._at >= front else self._at
        self._refresh()

    def take_escape(self, taken: bool) -> None:  # noqa: FBT001 - a state
        """Leave Esc to another one that needs it more; two at once would get none."""
        self._escape.setEnabled(not taken)

    def clear(self) -> None:
        """Take all messages off; they stay listed."""
        self._queue.clear()
        self._at = 0
        self._refresh()

    def clear_infos(self) -> None:
        """Take off what was merely worth knowing; what went wrong stays."""
        del self._queue[self._urgent() :]
        self._at = 0 if self._at >= len(self._queue) else self._at
        self._refresh()

    def _urgent(self) -> int:
        """How many of them went wrong; they are the first ones."""
        return sum(message.severity != "info" for message in self._queue)

    def _show_next(self) -> None:
        self._at = (self._at + 1) % len(self._queue)
        self._refresh()

    def _close_current(self) -> None:
        del self._queue[self._at]
        self._at = 0 if self._at >= len(self._queue) else self._at
        self._refresh()

    def _refresh(self) -> None:
        if not self._queue:
            self._toggle.setChecked(False)
            self.hide()
            return
        message = self._queue[self._at]
        self._icon.setPixmap(_picture(message.severity))
        self._icon.setAccessibleName(tr(SEVERITIES[message.severity]))
        self._sentence.show_sentence(message.text)
        several = len(self._queue) > 1
        count = len(self._queue)
        self._count.setText(tr("{number} of {count}", number=self._at + 1, count=count))
        self._count.setVisible(several)
        self._next.setVisible(several)
        self._toggle.setVisible(bool(message.details))
        if self._details.toPlainText() != message.details:
            self._toggle.setChecked(False)
            self._details.setPlainText(message.details)
            lines = self._details.blockCount()
            self._details.setFixedHeight(min(lines * 15 + 16, DETAILS_HEIGHT))
        self.show()

    def _place(self) -> None:
        line = QWidget()
        line.setFixedHeight(HEIGHT)
        row = row_in(line, theme.GAP, (theme.MARGIN, 0, theme.GAP, 0))
        row.addWidget(self._icon)
        row.addWidget(self._sentence, 1)
        for widget in (self._count, self._next, self._toggle, self._close):
            row.addWidget(widget)
        column = column_in(self, 0)
        column.addWidget(line)
        column.addWidget(self._details)


def _picture(severity: Severity) -> QPixmap:
    name, tint = ("info", theme.QUIET) if severity == "info" else ("warning", theme.WARNING)
    return theme.icon(name, tint, 16).pixmap(QSize(16, 16), 2.0)


def _button(text: str) -> QPushButton:
    button = live(QPushButton(), lambda one: one.setText(tr(text)))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setFixedHeight(24)
    return button


def _close_button() -> QToolButton:
    button = live(QToolButton(), _dress_close)
    button.setIconSize(QSize(12, 12))
    button.setFixedSize(24, 24)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _dress_close(button: QToolButton) -> None:
    button.setIcon(theme.icon("close", size=16))
    button.setToolTip(tr("Close (Esc)"))
    button.setAccessibleName(tr("Close this message"))


def _dress_details(field: QPlainTextEdit) -> None:
    field.setAccessibleName(tr("Details of the message"))
    field.setStyleSheet(f"QPlainTextEdit {{ background: {theme.FIELD}; border: none; }}")


def _details_field() -> QPlainTextEdit:
    field = live(QPlainTextEdit(), _dress_details)
    field.setReadOnly(True)
    field.setFrameShape(QPlainTextEdit.Shape.NoFrame)
    field.setViewportMargins(theme.MARGIN + 16 + theme.GAP - 4, 0, 4, 4)
    field.hide()
    return field
