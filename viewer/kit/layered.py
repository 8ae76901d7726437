"""Widgets in two layers: what stands still is kept as a picture, what follows the row is not.

So a step of the row cursor paints a line, a dot and some numbers, whatever the curves cost.
"""

from functools import cache
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from viewer.kit import theme
from viewer.kit.canvas import Painting, painted
from viewer.kit.live import live

DOT: Final = 2.5  # radius of the dot at the cursor
LINE: Final = 1.25


class LayeredWidget(QWidget):
    """Paints `paint_still` once into a picture and `paint_moving` over it at every update."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._still: QPixmap | None = None
        live(self, LayeredWidget.renew)

    def paint_still(self, painter: QPainter) -> None:
        """What stays where it is while the row cursor moves."""

    def paint_moving(self, painter: QPainter) -> None:
        """What follows the row cursor."""

    def renew(self) -> None:
        """Paint both layers anew: other values, size, words or colours."""
        self._still = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size is another picture."""
        super().resizeEvent(event)
        self.renew()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the picture down, and what moves over it; on paper both are drawn."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if painter.paintEngine().type() != QPaintEngine.Type.Raster:
            painted(painter, self.paint_still)
        else:
            painter.drawPixmap(0, 0, self._picture())
        painted(painter, self.paint_moving)
        painter.end()

    def _picture(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._still is None or self._still.devicePixelRatio() != ratio:
            self._still = self.layer(self.paint_still)
        return self._still

    def layer(self, paint: Painting) -> QPixmap:
        """A picture of the widget's size and sharpness, of what a function paints."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painted(painter, paint)
        painter.end()
        return picture


# ----------------------------------------------------------------------------- text


@cache
def _type(weight: QFont.Weight) -> tuple[QFont, QFontMetricsF]:
    """The interface's type, made once: a step of the cursor writes thirty numbers."""
    font = theme.font(weight=weight)
    return font, QFontMetricsF(font)


def metrics(*, weight: QFont.Weight = QFont.Weight.Normal) -> QFontMetricsF:
    """Of the interface's type."""
    return _type(weight)[1]


def write(
    painter: QPainter,
    x: float,
    y: float,
    text: str,
    *,
    colour: str = "",
    weight: QFont.Weight = QFont.Weight.Normal,
    right: bool = False,
) -> float:
    """Write one line from x on, or up to it, on a baseline; where it ends is given back."""
    font, measured = _type(weight)
    width = measured.horizontalAdvance(text)
    painter.setFont(font)
    painter.setPen(QColor(colour or theme.TEXT))
    painter.drawText(QPointF(x - width if right else x, y), text)
    return x if right else x + width


def heading(painter: QPainter, x: float, y: float, text: str) -> float:
    """Write the name of a pane."""
    return write(painter, x, y, text, weight=QFont.Weight.DemiBold)


def fitting(room: float, *texts: str) -> str:
    """The first of some texts that is no wider than so many pixels; the last one is cut."""
    measured = metrics()
    for text in texts:
        if measured.horizontalAdvance(text) <= room:
            return text
    return measured.elidedText(texts[-1], Qt.TextElideMode.ElideRight, room) if texts else ""


_WRAPPED: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


def wrapped(width: float, text: str) -> float:
    """The height of a text in lines of a width."""
    return float(metrics().boundingRect(QRectF(0, 0, width, 1000), int(_WRAPPED), text).height())


def paragraph(painter: QPainter, area: QRectF, text: str, *, colour: str = "") -> float:
    """Write wrapped lines from the top of an area; the pixel beneath them is given back."""
    painter.setFont(theme.font())
    painter.setPen(QColor(colour or theme.QUIET))
    used = painter.drawText(area, int(_WRAPPED), text)
    return float(area.top() + used.height()) if text else area.top()


# --------------------------------------------------------------------------- curves


class Plot:
    """Where values over steps lie in a rectangle: step from left to right, value upwards."""

    def __init__(self, area: QRectF, steps: int, low: float, high: float) -> None:
        self.area, self.steps, self.low = area, max(steps, 1), low
        self.span = (high - low) or 1.0

    def x(self, step: float) -> float:
        """The pixel of the middle of a step."""
        return self.area.left() + (step + 0.5) / self.steps * self.area.width()

    def y(self, value: float) -> float:
        """The pixel of a value; beyond the ends it lies on them."""
        share = min(max((value - self.low) / self.span, 0.0), 1.0)
        return self.area.bottom() - share * self.area.height()

    def step_at(self, x: float) -> int:
        """The step at a pixel."""
        step = int((x - self.area.left()) / max(self.area.width(), 1.0) * self.steps)
        return min(max(step, 0), self.steps - 1)

    def points(self, values: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Pixels of one value a step."""
        share = np.clip((np.asarray(values, np.float64) - self.low) / self.span, 0.0, 1.0)
        across = (np.arange(len(values)) + 0.5) / self.steps
        x = self.area.left() + across * self.area.width()
        return x, self.area.bottom() - share * self.area.height()

    def curve(self, painter: QPainter, values: NDArray[Any], pen: QPen) -> None:
        """Draw values as a line; those that are no numbers leave a gap."""
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_path(*self.points(values)))

    def filled(self, painter: QPainter, values: NDArray[Any], colour: QColor) -> None:
        """Fill what lies under values down to zero, or to the lower end."""
        x, y = self.points(values)
        ground = self.y(0.0)
        x, y = np.r_[x[0], x, x[-1]], np.r_[ground, y, ground]
        painter.fillPath(_path(x, y), colour)

    def ground(self, painter: QPainter, value: float | None = None) -> None:
        """A quiet line at a value, by default at the lower end."""
        y = round(self.y(self.low if value is None else value)) + 0.0
        painter.fillRect(
            QRectF(self.area.left(), y, self.area.width(), 1), theme.colour(theme.LINE)
        )

    def cursor(self, painter: QPainter, step: int, value: float | None = None) -> None:
        """The row cursor as an upright line, with a dot at a value."""
        x, accent = self.x(step), QColor(theme.ACCENT)
        painter.fillRect(QRectF(x - 0.5, self.area.top(), 1.0, self.area.height()), accent)
        if value is not None and np.isfinite(value):
            painter.setPen(QPen(QColor(theme.PANEL), 1.0))
            painter.setBrush(accent)
            painter.drawEllipse(QPointF(x, self.y(value)), DOT, DOT)

    def dashed(self, painter: QPainter, step: float) -> None:
        """An upright dashed line at the beginning of a step."""
        x = self.area.left() + step / self.steps * self.area.width()
        pen = QPen(QColor(theme.QUIET), 1.0)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, self.area.top()), QPointF(x, self.area.bottom()))


def line_pen(colour: str, width: float = LINE) -> QPen:
    """Of a curve."""
    pen = QPen(QColor(colour), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _path(x: NDArray[np.float64], y: NDArray[np.float64]) -> QPainterPath:
    path: QPainterPath = pg.arrayToQPath(x, y, connect="finite")
    return path


# ----------------------------------------------------------------------------- grey cells


def draw_grey(painter: QPainter, area: QRectF, values: NDArray[Any]) -> None:
    """Draw values 0…1 (rows, columns) as grey cells that fill an area."""
    grey = np.ascontiguousarray(np.rint(np.clip(values, 0, 1) * 255), np.uint8)
    rows, columns = grey.shape
    picture = QImage(grey.data, columns, rows, columns, QImage.Format.Format_Grayscale8)
    painter.drawImage(area, picture)


def draw_colours(painter: QPainter, area: QRectF, pixels: NDArray[np.uint32]) -> None:
    """Draw pixels (rows, columns), 0xffRRGGBB each, so that they fill an area."""
    given = np.ascontiguousarray(pixels)
    rows, columns = given.shape
    picture = QImage(given.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
    painter.drawImage(area, picture)
