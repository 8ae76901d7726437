"""The frame that every pane of the centre shares: head 40, body, foot 48 pixels.

Because all bodies start and end at the same height, one stored row lies at the same height in
all of them: alignment holds by construction and not by measuring.
"""

import re
from html import escape
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QGuiApplication,
    QMouseEvent,
    QPointingDevice,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from viewer.kit import theme
from viewer.kit.language import current, tr
from viewer.kit.live import live

Margins = tuple[int, int, int, int]
Layout = TypeVar("Layout", QHBoxLayout, QVBoxLayout)


_FINGER: Final = QPointingDevice.PointerType.Finger
_KEY: Final = re.compile(r"([←→↑↓](?: [←→↑↓])*|\S+) +(.*)")  # arrows count as one key
LINES: Final = {"zh": 18}  # so that figures, which are lower, stand on one line with the words


def label(text: str = "", rank: str = "") -> QLabel:
    """A label that never reads its text as HTML; ranks: quiet, value, heading, row, result."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setMinimumHeight(LINES.get(current(), 0))
    if rank:
        result.setProperty("rank", rank)
    return result


def said(text: str, rank: str = "") -> QLabel:
    """A label of a marked text, which changes with the language."""
    return live(label("", rank), lambda words: words.setText(tr(text)))


def keyed(text: str) -> str:
    """Hints as HTML: parts divided by four blanks, each a key, which stands out, and its words."""
    parts = []
    for part in text.split("    "):
        found = _KEY.match(part)
        key, words = found.groups() if found else ("", part)
        style = f"color: {theme.TEXT}; font-weight: 500"
        parts.append(f'<span style="{style}">{escape(key)}</span>&nbsp; {escape(words)}')
    return ("&nbsp;" * 5).join(parts)


def rank(words: QLabel, name: str) -> None:
    """Give a label another rank."""
    if words.property("rank") != name:
        words.setProperty("rank", name)
        words.style().unpolish(words)
        words.style().polish(words)


def row_in(parent: QWidget, gap: int, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """A row that fills a widget up to its margins: left, top, right, bottom."""
    return _fitted(QHBoxLayout(parent), gap, margins)


def column_in(parent: QWidget, gap: int, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """A column that fills a widget, see `row_in`."""
    return _fitted(QVBoxLayout(parent), gap, margins)


def _fitted(layout: Layout, gap: int, margins: Margins) -> Layout:
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    return layout


def dropped(event: QDropEvent) -> tuple[Path, ...]:
    """The local files and folders of a drop."""
    urls = event.mimeData().urls()
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())


def explain(widget: QWidget, *lines: str) -> None:
    """Give a widget a tip of plain lines: Qt would read a text from a file as HTML."""
    text = "<br>".join(escape(line) for line in lines if line)
    widget.setToolTip(f"<p>{text}</p>" if text else "")


def panel(widget: QWidget, surface: str = "panel") -> QWidget:
    """Give a widget one of the theme's surfaces: panel, window, field."""
    widget.setProperty("surface", surface)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return widget


class LongPress(QObject):
    """Opens the menu of the right button where a finger rests: not every system does that itself.

    Args:
        widget: Is pressed, and asked for its menu; of a list, its viewport.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget, self._at = widget, QPointF()
        self._opened = False
        interval = QGuiApplication.styleHints().mousePressAndHoldInterval()
        self.rest = QTimer(self, singleShot=True, interval=interval)
        self.rest.timeout.connect(self._open)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See a finger come, move and go; the going of one that has opened a menu is no click."""
        if not isinstance(event, QMouseEvent) or event.pointerType() != _FINGER:
            return False
        kind, place = event.type(), event.position()
        if kind == QEvent.Type.MouseButtonPress:
            self._at, self._opened = place, False
            self.rest.start()
        elif kind == QEvent.Type.MouseButtonRelease:
            self.rest.stop()
            return self._opened
        elif (place - self._at).manhattanLength() >= QApplication.startDragDistance():
            self.rest.stop()
        return False

    def _open(self) -> None:
        self._opened = True
        place, reason = self._at.toPoint(), QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, place, self._widget.mapToGlobal(place))
        QApplication.sendEvent(self._widget, event)


class PaneFrame(QWidget):
    """Head, body and foot of one pane; `head_row` and `foot_row` take widgets from the left."""

    def __init__(self, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self, "window")
        self.body = body
        self.head = QWidget(self)
        self.head.setFixedHeight(theme.HEAD)
        self.foot = QWidget(self)
        self.foot.setFixedHeight(theme.FOOT)
        self.head_row = row_in(self.head, theme.GAP)
        self.foot_row = row_in(self.foot, theme.GAP)
        column = column_in(self, 0)
        column.addWidget(self.head)
        column.addWidget(body, 1)
        column.addWidget(self.foot)
