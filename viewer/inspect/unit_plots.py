"""Small plots of the page Unit: a trace against the rows, a distribution, changes, weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.kit import theme
from viewer.kit.canvas import paint_cursor

Numbers = NDArray[np.floating[Any]]

AXIS: Final = 18  # pixels of the numbers beneath a plot
ROOM: Final = 34  # pixels of the numbers at the right of a plot
DOT: Final = 3.5


@dataclass(frozen=True, slots=True, eq=False)
class StepCurve:
    """One line over the steps of a film.

    Attributes:
        values: (L,).
        colour: Of the theme, by its name.
        width: Of the line in pixels.
    """

    values: Numbers
    colour: str = "text"
    width: float = 1.25


class StepPlot(QWidget):
    """Curves against the steps of the film, from left to right; a press asks for a step."""

    step_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, height: int = 64) -> None:
        super().__init__(parent)
        self.setFixedHeight(height + AXIS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._curves: tuple[StepCurve, ...] = ()
        self._band: tuple[Numbers, Numbers] | None = None
        self._limits, self._marks = (0.0, 1.0), ("", "")
        self._level: float | None = None
        self._step: int | None = None

    def show_curves(
        self,
        curves: Sequence[StepCurve],
        limits: tuple[float, float],
        *,
        marks: tuple[str, str],
        band: tuple[Numbers, Numbers] | None = None,
        level: float | None = None,
    ) -> None:
        """Show curves, the last one in front.

        Args:
            curves: Of equally many steps.
            limits: Values of the lower and the upper edge.
            marks: The same in words.
            band: Lower and upper edge (L,) of what is usual, behind the curves.
            level: A value at which a fine line runs across.
        """
        self._curves, self._limits, self._marks = tuple(curves), limits, marks
        self._band, self._level = band, level
        self.update()

    def show_step(self, step: int | None) -> None:
        """Move the cursor."""
        if step != self._step:
            self._step = step
            self.update()

    @property
    def count(self) -> int:
        """L; 0 without curves."""
        return len(self._curves[0].values) if self._curves else 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the step under the pointer."""
        self._ask(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The same of a drag."""
        self._ask(event.position().x())

    def _ask(self, x: float) -> None:
        if self.count:
            place = (x - self._body().left()) / max(self._body().width(), 1.0)
            self.step_requested.emit(int(np.clip(place * self.count, 0, self.count - 1)))

    def _body(self) -> QRectF:
        return QRectF(0, 1, max(self.width() - ROOM, 8), self.height() - AXIS - 2)

    def _x(self, step: float) -> float:
        body = self._body()
        return body.left() + (step + 0.5) / max(self.count, 1) * body.width()

    def _y(self, value: float) -> float:
        low, high = self._limits
        body = self._body()
        share = (value - low) / ((high - low) or 1.0)
        return body.bottom() - min(max(share, 0.0), 1.0) * body.height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the band, the curves, the cursor and the numbers."""
        if not self.count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = self._body()
        painter.fillRect(body, theme.colour(theme.WINDOW))
        if self._band is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(theme.current().raised_2))
            low, high = (self._points(edge) for edge in self._band)
            painter.drawPolygon(QPolygonF([*low, *reversed(high)]))
        if self._level is not None:
            y = round(self._y(self._level)) + 0.5
            painter.setPen(QPen(theme.colour(theme.LINE), 1.0))
            painter.drawLine(QLineF(body.left(), y, body.right(), y))
        for curve in self._curves:
            self._paint_curve(painter, curve)
        self._paint_cursor(painter, body)
        self._paint_numbers(painter, body)
        painter.end()

    def _points(self, values: Numbers) -> list[QPointF]:
        return [QPointF(self._x(step), self._y(float(v))) for step, v in enumerate(values)]

    def _paint_curve(self, painter: QPainter, curve: StepCurve) -> None:
        path = QPainterPath()
        for place, point in enumerate(self._points(curve.values)):
            (path.lineTo if place else path.moveTo)(point)
        pen = QPen(theme.colour(getattr(theme.current(), curve.colour)), curve.width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_cursor(self, painter: QPainter, body: QRectF) -> None:
        if self._step is None or not 0 <= self._step < self.count:
            return
        x = round(self._x(self._step))
        painter.save()
        paint_cursor(painter, QLineF(x, body.top(), x, body.bottom()), theme.current())
        painter.restore()
        painter.setPen(QPen(theme.colour(theme.WINDOW), 1.5))
        painter.setBrush(theme.colour(theme.ACCENT))
        value = float(self._curves[-1].values[self._step])
        painter.drawEllipse(QPointF(self._x(self._step), self._y(value)), DOT, DOT)

    def _paint_numbers(self, painter: QPainter, body: QRectF) -> None:
        painter.setFont(theme.font())
        metrics = QFontMetricsF(theme.font())
        painter.setPen(theme.colour(theme.QUIET))
        right = float(self.width())
        for text, base in zip(self._marks, (body.bottom(), body.top() + 10), strict=True):
            painter.drawText(QPointF(right - metrics.horizontalAdvance(text), base), text)
        base = self.height() - 4.0
        ends = ((0, 0.0), (self.count - 1, 1.0))
        cursor = None
        if self._step is not None and 0 <= self._step < self.count:
            cursor = self._number(painter, self._step, base, theme.ACCENT)
        for step, share in ends:
            text = str(step)
            wide = metrics.horizontalAdvance(text)
            left = body.left() + share * (body.width() - wide)
            box = QRectF(left, base - 12, wide, 14)
            if cursor is None or not cursor.adjusted(-4, 0, 4, 0).intersects(box):
                painter.setPen(theme.colour(theme.QUIET))
                painter.drawText(QPointF(left, base), text)

    def _number(self, painter: QPainter, step: int, base: float, tint: str) -> QRectF:
        font = theme.font(weight=QFont.Weight.DemiBold)
        wide = QFontMetricsF(font).horizontalAdvance(str(step))
        body = self._body()
        left = min(max(self._x(step) - wide / 2, body.left()), body.right() - wide)
        painter.setFont(font)
        painter.setPen(theme.colour(tint))
        painter.drawText(QPointF(left, base), str(step))
        painter.setFont(theme.font())
        return QRectF(left, base - 12, wide, 14)


# ------------------------------------------------------------------------- a distribution
class Distribution(QWidget):
    """A histogram of a unit's states, or only their mean and spread, with this film's row."""

    def __init__(self, parent: QWidget | None = None, *, height: int = 56) -> None:
        super().__init__(parent)
        self.setFixedHeight(height + AXIS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._edges: Numbers | None = None
        self._counts: NDArray[np.integer[Any]] | None = None
        self._usual: tuple[float, float] | None = None
        self._limits = (-1.0, 1.0)
        self._value: float | None = None

    def show_counts(self, edges: Numbers, counts: NDArray[np.integer[Any]]) -> None:
        """Show the histogram of a reference set: edges (B + 1,), counts (B,)."""
        self._edges, self._counts, self._usual = edges, counts, None
        inside = np.flatnonzero(counts)
        if len(inside):
            least, most = float(edges[inside[0]]), float(edges[inside[-1] + 1])
            self._limits = (min(least, 0.0), max(most, 0.0))
        self.update()

    def show_usual(self, mean: float, spread: float, limits: tuple[float, float]) -> None:
        """Show only a mean and a standard deviation, on a scale of its own."""
        self._edges = self._counts = None
        self._usual, self._limits = (mean, spread), limits
        self.update()

    def show_value(self, value: float | None) -> None:
        """Mark where this film's row stands."""
        if value != self._value:
            self._value = value
            self.update()

    def _ends(self) -> tuple[float, float]:
        """The scale, wide enough for the value that is marked."""
        low, high = self._limits
        if self._value is None:
            return low, high
        return min(low, self._value), max(high, self._value)

    def _x(self, value: float) -> float:
        low, high = self._ends()
        return 4.0 + (value - low) / ((high - low) or 1.0) * (self.width() - 8.0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bars or a band, the mark, the scale."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(0, 0, self.width(), self.height() - AXIS)
        painter.fillRect(body, theme.colour(theme.WINDOW))
        if self._counts is not None and self._edges is not None:
            self._paint_bars(painter, body.adjusted(0, 8, 0, 0))
        elif self._usual is not None:
            mean, spread = self._usual
            left, right = self._x(mean - spread), self._x(mean + spread)
            band = QRectF(left, body.center().y() - 8, max(right - left, 1.0), 16)
            painter.fillRect(band, theme.colour(theme.current().raised_2))
            painter.fillRect(
                QRectF(self._x(mean) - 0.75, band.top() - 4, 1.5, 24), theme.colour(theme.QUIET)
            )
        if self._value is not None:
            x = round(self._x(self._value))
            line = QLineF(x, body.top() + 6, x, body.bottom())
            painter.save()
            paint_cursor(painter, line, theme.current())
            painter.restore()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(theme.ACCENT))
            corners = [QPointF(x - 4.5, 0), QPointF(x + 4.5, 0), QPointF(x, 6)]
            painter.drawPolygon(QPolygonF(corners))
        self._paint_scale(painter)
        painter.end()

    def _paint_bars(self, painter: QPainter, body: QRectF) -> None:
        if self._counts is None or self._edges is None:
            return
        most = float(self._counts.max()) or 1.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for place in np.flatnonzero(self._counts):
            left, right = (
                self._x(float(self._edges[place])),
                self._x(float(self._edges[place + 1])),
            )
            high = max(float(self._counts[place]) / most * body.height(), 1.0)
            bar = QRectF(left, body.bottom() - high, max(right - left - 1.0, 1.0), high)
            painter.fillRect(bar, theme.colour(theme.QUIET, 150))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_scale(self, painter: QPainter) -> None:
        low, high = self._ends()
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.QUIET))
        metrics, base = QFontMetricsF(theme.font()), self.height() - 4.0
        taken: list[QRectF] = []
        for value in (low, high, 0.0):
            text = plain(value)
            wide = metrics.horizontalAdvance(text)
            left = min(max(self._x(value) - wide / 2, 0.0), self.width() - wide)
            box = QRectF(left, base - 12, wide, 14)
            if low <= value <= high and not any(
                box.adjusted(-6, 0, 6, 0).intersects(o) for o in taken
            ):
                painter.drawText(QPointF(left, base), text)
                taken.append(box)


# ------------------------------------------------------------------- changes of log-odds
class ChangeScale(QWidget):
    """One change of log-odds against those of random groups: ticks, and a bar from zero."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(24 + AXIS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._own, self._others = 0.0, np.zeros(0)

    def show_changes(self, own: float, others: Numbers) -> None:
        """Δ log-odds of the chosen units, and (N,) of random ones."""
        self._own, self._others = own, np.asarray(others, np.float64)
        self.update()

    def _x(self, value: float) -> float:
        values = (0.0, self._own, *self._others.tolist())
        low, high = min(values), max(values)
        room = max(high - low, 0.02)
        return 5.0 + (value - low) / room * (self.width() - 10.0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw zero, the random groups as ticks, the chosen one as a bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        zero, own = round(self._x(0.0)) + 0.0, self._x(self._own)
        painter.fillRect(QRectF(zero, 0, 1, 24), theme.colour(theme.LINE))
        tint = theme.INFLUENCE_POSITIVE if self._own >= 0 else theme.INFLUENCE_NEGATIVE
        left, right = sorted((zero, own))
        painter.fillRect(QRectF(left, 2, max(right - left, 2.0), 8), theme.colour(tint))
        for change in self._others:
            x = self._x(float(change))
            painter.fillRect(QRectF(x - 0.5, 13, 1, 9), theme.colour(theme.QUIET, 200))
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.QUIET))
        values = (*self._others.tolist(), 0.0, self._own)
        metrics, base = QFontMetricsF(theme.font()), self.height() - 4.0
        taken: list[QRectF] = []
        for value in (min(values), max(values), 0.0):
            text = signed(value)
            wide = metrics.horizontalAdvance(text)
            place = min(max(self._x(value) - wide / 2, 0.0), self.width() - wide)
            box = QRectF(place, base - 12, wide, 14)
            if not any(box.adjusted(-6, 0, 6, 0).intersects(one) for one in taken):
                painter.drawText(QPointF(place, base), text)
                taken.append(box)
        painter.end()


class SignedBar(QWidget):
    """A bar from a common zero in the middle: orange to the right, blue to the left."""

    def __init__(self, value: float, limit: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value, self._limit = value, limit
        self.setMinimumWidth(40)
        self.setFixedHeight(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(64, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw zero as a fine line, and the bar."""
        painter = QPainter(self)
        zero = self.width() / 2
        end = zero + self._value / (self._limit or 1.0) * (self.width() / 2 - 1)
        left, right = sorted((zero, end))
        tint = theme.INFLUENCE_POSITIVE if self._value >= 0 else theme.INFLUENCE_NEGATIVE
        painter.fillRect(QRectF(round(zero), 0, 1, self.height()), theme.colour(theme.LINE))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(left, 4, max(right - left, 1.0), 8), theme.colour(tint))
        painter.end()


def signed(value: float, digits: int = 2) -> str:
    """A number with its sign and a true minus; zero has none."""
    text = f"{value:+.{digits}f}"
    return f"{0:.{digits}f}" if float(text) == 0 else text.replace("-", "−")


def plain(value: float, digits: int = 2) -> str:
    """A number with a true minus."""
    return f"{value:.{digits}g}".replace("-", "−")
