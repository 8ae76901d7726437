"""The patient's studies on a line: their dates, the days between, and where they are shown."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from viewer.kit import theme
from viewer.kit.language import clauses, tr
from viewer.kit.live import live
from viewer.kit.widgets import panel
from viewer.read.layouts import stack_mime
from viewer.session.comparing import Visit

HEIGHT: Final = 132
TITLE_AT, DAYS_AT, LINE_AT, DATE_AT, KIND_AT = 24.0, 54.0, 74.0, 104.0, 120.0
SIDE: Final = 48.0  # the middle of the first and last date from the edges
DOT, BADGE = 5.0, 20.0
APART: Final = 84.0  # between two dates, so that their words do not meet


class Timeline(QWidget):
    """Shows visits by their dates; a click opens one, a drag carries it to a pane.

    Arrows choose a visit, Enter opens it. With one visit there is nothing to choose from, and the
    widget hides itself.
    """

    open_requested = Signal(str)  # key of a stack

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.visits: tuple[Visit, ...] = ()
        self._badges: dict[str, str] = {}
        self._chosen = 0
        self._pressed: QPointF | None = None
        self.hide()
        live(self, Timeline._say)

    def show_visits(self, visits: Sequence[Visit], badges: Mapping[str, str]) -> None:
        """Show a patient's studies.

        Args:
            visits: By date.
            badges: Where stacks are on screen, in a word, by their keys.
        """
        self.visits, self._badges = tuple(visits), dict(badges)
        self._chosen = min(self._chosen, max(len(visits) - 1, 0))
        self.setVisible(len(visits) > 1)
        self._say()

    def places(self) -> list[float]:
        """Where the visits stand, in pixels from the left: by date, but never one on another."""
        count = len(self.visits)
        room = max(self.width() - 2 * SIDE, 1.0)
        if count < 2:
            return [SIDE] * count
        apart = min(APART, room / (count - 1))
        days = [visit.day.toordinal() for visit in self.visits]
        whole = max(days[-1] - days[0], 1)
        free = room - apart * (count - 1)
        return [
            SIDE + apart * place + free * (day - days[0]) / whole for place, day in enumerate(days)
        ]

    def sizeHint(self) -> QSize:
        """Any width, one height."""
        return QSize(400, HEIGHT)

    def event(self, event: QEvent) -> bool:
        """Say what a visit is when the mouse rests on it."""
        if isinstance(event, QHelpEvent):
            place = self._at(QPointF(event.pos()))
            words = self._words(self.visits[place]) if place is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter opens."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is not None:
            self._chosen = min(max(self._chosen + by, 0), len(self.visits) - 1)
            self._say()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.visits:
            self.open_requested.emit(self.visits[self._chosen].keys[0])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a visit up."""
        place = self._at(event.position())
        if place is not None:
            self._chosen, self._pressed = place, event.position()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry it."""
        here = self._at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if here else Qt.CursorShape.ArrowCursor)
        if self._pressed is None:
            return
        away = (event.position() - self._pressed).manhattanLength()
        if away >= QApplication.startDragDistance():
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(stack_mime(self.visits[self._chosen].keys[0]))
            drag.exec(Qt.DropAction.CopyAction)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """A click opens it in the active pane."""
        if self._pressed is not None:
            self._pressed = None
            self.open_requested.emit(self.visits[self._chosen].keys[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw line, dates, days between and badges."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bold = theme.font(weight=QFont.Weight.DemiBold)
        title = tr("Studies of this patient")
        _text(painter, QPointF(theme.MARGIN, TITLE_AT), title, bold, theme.TEXT)
        left = theme.MARGIN + QFontMetricsF(bold).horizontalAdvance(title) + 12
        hint = tr("click a date, or drag it to a pane")
        _text(painter, QPointF(left, TITLE_AT), hint, theme.font(), theme.QUIET)
        places = self.places()
        if places:
            line = QRectF(places[0], LINE_AT - 0.75, places[-1] - places[0], 1.5)
            painter.fillRect(line, QColor(theme.LINE))
        for place, visit in enumerate(self.visits):
            self._paint_visit(painter, places, place, visit)
        painter.end()

    def _paint_visit(
        self, painter: QPainter, places: list[float], place: int, visit: Visit
    ) -> None:
        x, badge = places[place], self._badge(visit)
        if visit.days is not None:
            middle = (x + places[place - 1]) / 2
            _centred(painter, middle, DAYS_AT, tr("%n days", "", n=visit.days), theme.QUIET)
        medium = theme.font(weight=QFont.Weight.Medium)
        _centred(painter, x, DATE_AT, visit.day.isoformat(), theme.TEXT, medium)
        _centred(painter, x, KIND_AT, " ".join(visit.modalities), theme.QUIET)
        painter.setPen(Qt.PenStyle.NoPen)
        if badge:
            wide = QFontMetricsF(medium).horizontalAdvance(badge) + 12
            plate = QRectF(x - wide / 2, LINE_AT - BADGE / 2, wide, BADGE)
            painter.setBrush(QColor(theme.ACCENT))
            painter.drawRoundedRect(plate, 3, 3)
            _centred(painter, x, LINE_AT + 4.5, badge, theme.ON_ACCENT, medium)
        else:
            painter.setBrush(QColor(theme.QUIET))
            painter.drawEllipse(QPointF(x, LINE_AT), DOT, DOT)
        if self.hasFocus() and place == self._chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(theme.ACCENT))
            painter.drawRoundedRect(QRectF(x - 42, LINE_AT - 14, 84, KIND_AT - LINE_AT + 20), 4, 4)

    def _badge(self, visit: Visit) -> str:
        return next((self._badges[key] for key in visit.keys if key in self._badges), "")

    def _at(self, point: QPointF) -> int | None:
        if not LINE_AT - 16 <= point.y() <= KIND_AT + 6:
            return None
        near = [(abs(point.x() - x), place) for place, x in enumerate(self.places())]
        away, place = min(near, default=(HEIGHT, 0))
        return place if away <= APART / 2 else None

    def _words(self, visit: Visit) -> str:
        parts = [visit.day.isoformat(), " ".join(visit.modalities), self._badge(visit)]
        return clauses([part for part in parts if part])

    def _say(self) -> None:
        """What it shows, for who does not see it."""
        self.setAccessibleName(tr("Studies of this patient"))
        if self.visits:
            self.setAccessibleDescription(self._words(self.visits[self._chosen]))
        self.update()


def _text(painter: QPainter, at: QPointF, text: str, font: QFont, ink: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(at, text)


def _centred(
    painter: QPainter, x: float, y: float, text: str, ink: str, font: QFont | None = None
) -> None:
    font = font or theme.font()
    wide = QFontMetricsF(font).horizontalAdvance(text)
    _text(painter, QPointF(x - wide / 2, y), text, font, ink)
