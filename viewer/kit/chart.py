"""Small plots: lines and dots over two axes, with the number at the mouse in words."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.kit import theme
from viewer.kit.canvas import painted
from viewer.kit.words import number

Numbers = NDArray[np.floating[Any]]
_HEAD, _FOOT, _LEFT, _RIGHT, _TOP = 28, 40, 52, 16, 8  # pixels around the field of the plot
_TICK_ROOM: Final = 64  # pixels that a tick and its number want, at least
_NEAR: Final = 24  # pixels from a point at which the mouse means it


@dataclass(frozen=True, slots=True, eq=False)
class PlotPoints:
    """Points of a plot.

    Attributes:
        words: On the line itself, at its last point; no legend.
        colour: Name of a colour of the theme.
        joined: As a line; otherwise as dots.
    """

    x: Numbers
    y: Numbers
    words: str = ""
    colour: str = "text"
    joined: bool = True


@dataclass(frozen=True, slots=True)
class PlotAxis:
    """One axis.

    Attributes:
        words: What it counts, with its unit.
        low, high: Its ends; `high` lies above `low`.
        whole: Whether only whole numbers are marked.
    """

    words: str
    low: float
    high: float
    whole: bool = False

    def ticks(self, room: float) -> list[float]:
        """Round numbers, as many as there is room for (pixels)."""
        wanted = max(int(room / _TICK_ROOM), 2)
        raw = (self.high - self.low) / wanted
        power = 10.0 ** math.floor(math.log10(raw))
        step = next(power * one for one in (1, 2, 5, 10) if power * one >= raw * 0.999)
        step = max(step, 1.0) if self.whole else step
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [count * step for count in range(first, last + 1)]


@dataclass(frozen=True, slots=True, eq=False)
class ChartPlot:
    """What a chart shows.

    Attributes:
        title: Over the plot.
        uprights: Places on the x axis that are marked, each with its words.
        circles: Radii around the origin: name of a colour, radius, whether dashed.
        square: Whether a unit is as long on both axes.
        said: Words for the number at the mouse, of a series' place and a point's place.
    """

    title: str
    x: PlotAxis
    y: PlotAxis
    series: tuple[PlotPoints, ...]
    uprights: tuple[tuple[float, str], ...] = ()
    circles: tuple[tuple[str, float, bool], ...] = ()
    square: bool = False
    said: Callable[[int, int], str] = field(default=lambda _series, _point: "")


def covering(*values: Numbers, zero: bool = True) -> tuple[float, float]:
    """Ends of an axis that hold all finite values, and zero if asked."""
    known = np.concatenate([np.asarray(one, np.float64).ravel() for one in values])
    known = known[np.isfinite(known)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    low, high = (min(low, 0.0), max(high, 0.0)) if zero else (low, high)
    return (low, high) if high > low else (low, low + 1.0)


def _freest(series: PlotPoints, others: Sequence[PlotPoints]) -> tuple[int, bool]:
    """The point of a line at which its name has most room, and whether that is above it."""
    known = np.flatnonzero(np.isfinite(series.y))
    inner = known[len(known) // 4 : len(known) * 3 // 4 + 1] if len(known) > 3 else known
    gaps = [
        [series.y[at] - one.y[at] for one in others if at < len(one.y) and np.isfinite(one.y[at])]
        for at in inner
    ]
    place = int(np.argmax([min(map(abs, gap), default=0.0) for gap in gaps]))
    return int(inner[place]), all(gap >= 0 for gap in gaps[place])


class Chart(QWidget):
    """One plot; what it shows can be exchanged."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.drawing: ChartPlot | None = None
        self._at: tuple[int, int] | None = None
        self._broken = False

    def sizeHint(self) -> QSize:
        """A plot that can be read."""
        return QSize(360, 220)

    def minimumSizeHint(self) -> QSize:
        """Less, and ticks lie upon each other."""
        return QSize(240, 150)

    def show_drawing(self, drawing: ChartPlot | None) -> None:
        """Show another plot, or none."""
        self.drawing, self._at, self._broken = drawing, None, False
        self.setAccessibleName(drawing.title if drawing else "")
        self.update()

    @property
    def read(self) -> str:
        """The words of the point at the mouse; empty without one."""
        if self.drawing is None or self._at is None:
            return ""
        return self.drawing.said(*self._at)

    # ------------------------------------------------------------------ geometry
    def field(self) -> QRectF:
        """Where the plot itself lies."""
        whole = QRectF(self.rect()).adjusted(_LEFT, _HEAD + _TOP, -_RIGHT, -_FOOT)
        if self.drawing is None or not self.drawing.square:
            return whole
        x, y = self.drawing.x, self.drawing.y
        unit = min(whole.width() / (x.high - x.low), whole.height() / (y.high - y.low))
        size = QRectF(0, 0, unit * (x.high - x.low), unit * (y.high - y.low))
        size.moveCenter(whole.center())
        return size

    def place(self, x: float, y: float) -> QPointF:
        """Where a point of the plot lies on the widget."""
        drawing, area = self.drawing, self.field()
        if drawing is None:
            return area.center()
        across = (x - drawing.x.low) / (drawing.x.high - drawing.x.low)
        up = (y - drawing.y.low) / (drawing.y.high - drawing.y.low)
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    def _places(self, series: PlotPoints) -> list[QPointF]:
        return [
            self.place(float(x), float(y))
            for x, y in zip(series.x, series.y, strict=True)
            if math.isfinite(x) and math.isfinite(y)
        ]

    # ------------------------------------------------------------------ painting
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Axes, lines, and the point at the mouse."""
        if self.drawing is None or self._broken:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._broken = not painted(painter, self.paint)
        painter.end()

    def paint(self, painter: QPainter) -> None:
        """Paint the plot; the unit is a pixel of the widget."""
        if (drawing := self.drawing) is None:
            return
        painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
        painter.setPen(theme.colour(theme.TEXT))
        head = QRectF(0, 0, self.width(), _HEAD)
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, drawing.title)
        painter.setFont(theme.font())
        if self.read:
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(head.adjusted(0, 0, -_RIGHT, 0), right, self.read)
        self._paint_axes(painter, drawing)
        for name, radius, dashed in drawing.circles:
            self._paint_circle(painter, name, radius=radius, dashed=dashed)
        self._paint_uprights(painter, drawing)
        for series in drawing.series:
            self._paint_series(painter, series)
        if self._at is not None:
            self._paint_point(painter, drawing.series[self._at[0]], self._at[1])

    def _paint_axes(self, painter: QPainter, drawing: ChartPlot) -> None:
        area, quiet = self.field(), theme.colour(theme.QUIET)
        grid = QPen(theme.colour(theme.LINE), 1)
        dense = 1.6 if drawing.square else 1.0
        for tick in drawing.x.ticks(area.width() * dense):
            at = self.place(tick, 0).x()
            painter.setPen(grid)
            painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()))
            painter.setPen(quiet)
            box = QRectF(at - 40, area.bottom() + 4, 80, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, number(tick))
        for tick in drawing.y.ticks(area.height() * 1.6):
            at = self.place(0, tick).y()
            painter.setPen(grid)
            painter.drawLine(QPointF(area.left(), at), QPointF(area.right(), at))
            painter.setPen(quiet)
            box = QRectF(area.left() - 60, at - 8, 54, 16)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, number(tick))
        painter.drawText(
            QRectF(area.left() - _LEFT, area.bottom() + 20, area.width() + _LEFT, 18),
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
            drawing.x.words,
        )

    def _paint_circle(self, painter: QPainter, name: str, *, radius: float, dashed: bool) -> None:
        middle, edge = self.place(0, 0), self.place(radius, 0)
        pen = QPen(theme.colour(getattr(theme.current(), name)), 1.25)
        if dashed:
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        size = edge.x() - middle.x()
        painter.drawEllipse(middle, size, size)

    def _paint_uprights(self, painter: QPainter, drawing: ChartPlot) -> None:
        area = self.field()
        pen = QPen(theme.colour(theme.QUIET), 1)
        pen.setDashPattern([3, 3])
        for at, words in drawing.uprights:
            x = self.place(at, 0).x()
            painter.setPen(pen)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            width = QFontMetricsF(painter.font()).horizontalAdvance(words)
            left = x - width - 6 if x + width + 6 > area.right() else x + 6
            painter.setPen(theme.colour(theme.QUIET))
            painter.drawText(QPointF(left, area.top() + 14), words)

    def _paint_series(self, painter: QPainter, series: PlotPoints) -> None:
        shade = theme.colour(getattr(theme.current(), series.colour))
        places = self._places(series)
        if not places:
            return
        if series.joined and len(places) > 1:
            painter.setPen(QPen(shade, 1.75))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(places))
        if not series.joined or len(places) <= 40:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade)
            for place in places:
                painter.drawEllipse(place, 1.75, 1.75)
        if series.words:
            self._paint_name(painter, series)

    def _paint_name(self, painter: QPainter, series: PlotPoints) -> None:
        """The line's name on the line, where the others are farthest from it."""
        others = [one for one in self.drawing.series if one is not series] if self.drawing else []
        point, above = _freest(series, others)
        at = self.place(float(series.x[point]), float(series.y[point]))
        width = QFontMetricsF(painter.font()).horizontalAdvance(series.words)
        area = self.field()
        left = min(max(at.x() - width / 2, area.left() + 4), area.right() - width - 4)
        top = max(at.y() - 10, area.top() + 12) if above else min(at.y() + 20, area.bottom() - 4)
        painter.setPen(theme.colour(getattr(theme.current(), series.colour)))
        painter.drawText(QPointF(left, top), series.words)

    def _paint_point(self, painter: QPainter, series: PlotPoints, point: int) -> None:
        place = self.place(float(series.x[point]), float(series.y[point]))
        painter.setPen(QPen(theme.colour(theme.WINDOW), 1.5))
        painter.setBrush(theme.colour(theme.ACCENT))
        painter.drawEllipse(place, 4.0, 4.0)

    # ------------------------------------------------------------------ the mouse
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the numbers of the nearest point."""
        found = self._nearest(event.position())
        if found != self._at:
            self._at = found
            self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        """The mouse means no point any more."""
        self._at = None
        self.update()

    def _nearest(self, at: QPointF) -> tuple[int, int] | None:
        best: tuple[float, tuple[int, int]] | None = None
        for number_of, series in enumerate(self.drawing.series if self.drawing else ()):
            for point, (x, y) in enumerate(zip(series.x, series.y, strict=True)):
                if not (math.isfinite(x) and math.isfinite(y)):
                    continue
                away = self.place(float(x), float(y)) - at
                distance = math.hypot(away.x(), away.y())
                if distance <= _NEAR and (best is None or distance < best[0]):
                    best = distance, (number_of, point)
        return best[1] if best else None
