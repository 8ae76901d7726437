"""A matrix of signed numbers as a picture in greys, with its bar and the number at the mouse.

Greys, because a weight is neither a state (violet and gold) nor influence (blue and orange), and
a third pair of hues would be taken for a third question about the film. Zero is the middle grey,
the ends of the scale are the darkest and the lightest, equally far from it in lightness.
"""

from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.imaging import encoded_rgb, from_oklab, linear_rgb, oklab
from viewer.kit import theme
from viewer.kit.canvas import painted
from viewer.kit.words import signed

Numbers = NDArray[np.floating[Any]]
BAR: Final = 28  # pixels of the bar with its numbers, beneath the picture
_BAR_HEIGHT, _BAR_WIDTH = 8, 220
_LARGEST_CELL: Final = 14  # pixels of one weight


@lru_cache(maxsize=1)
def grey_lut() -> NDArray[np.uint8]:
    """(255, 3) greys from the least value to the greatest; number 127 is zero."""
    pane, text = (oklab(_rgb(name)) for name in (theme.ON_FILM.pane, theme.ON_FILM.text))
    lab = np.zeros((255, 3))
    lab[:, 0] = np.linspace(pane[0], text[0], 255)
    table = np.rint(np.clip(encoded_rgb(from_oklab(lab)), 0, 1) * 255).astype(np.uint8)
    table.setflags(write=False)
    return table


def strongest(values: Numbers, size: int) -> Numbers:
    """The matrix with size × size weights as one: that of the largest modulus, sign and all."""
    if size <= 1:
        return values
    rows, columns = (-(-side // size) for side in values.shape)
    whole = np.zeros((rows * size, columns * size), values.dtype)
    whole[: values.shape[0], : values.shape[1]] = values
    parts = whole.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = np.abs(parts).argmax(axis=2)[..., None]
    found: Numbers = np.take_along_axis(parts, place, axis=2)[..., 0]
    return found


class MatrixPicture(QWidget):
    """Rows downwards, columns to the right, every weight a square of whole pixels."""

    pointed = Signal(int, int)  # row and column at the mouse; −1 without one

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._values: Numbers = np.zeros((0, 0), np.float32)
        self.limit, self._broken = 0.0, False

    def sizeHint(self) -> QSize:
        """Room for a matrix of some hundred rows."""
        return QSize(480, 420)

    def minimumSizeHint(self) -> QSize:
        """Less shows nothing."""
        return QSize(200, 160)

    def show_values(self, values: Numbers, limit: float) -> None:
        """Show another matrix.

        Args:
            values: (rows, columns).
            limit: Value at the light end of the scale; its negative is at the dark end.
        """
        self._values, self.limit, self._broken = values, limit, False
        self.update()

    @property
    def together(self) -> int:
        """How many rows, and columns, share one dot: 1 where each weight has its own."""
        rows, columns = self._values.shape
        if not rows or not columns:
            return 1
        area = self._room()
        return max(
            -(-columns // max(int(area.width()), 1)), -(-rows // max(int(area.height()), 1)), 1
        )

    def area(self) -> QRectF:
        """Where the matrix lies on the widget."""
        dots = strongest(self._values, self.together).shape
        if not min(dots):
            return QRectF()
        room = self._room()
        cell = int(min(room.width() // dots[1], room.height() // dots[0], _LARGEST_CELL))
        return QRectF(0, 0, max(cell, 1) * dots[1], max(cell, 1) * dots[0])

    def weight_at(self, place: QPointF) -> tuple[int, int] | None:
        """Row and column of the weight at a place on the widget; None beside the matrix."""
        area, (rows, columns) = self.area(), self._values.shape
        if not area.contains(place):
            return None
        dots = strongest(self._values, self.together).shape
        row = int(place.y() / area.height() * dots[0]) * self.together
        column = int(place.x() / area.width() * dots[1]) * self.together
        return (row, column) if row < rows and column < columns else None

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(0, 0, 0, -BAR)

    # ------------------------------------------------------------------ Qt
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The matrix, and its bar."""
        if not self._values.size or self._broken:
            return
        painter = QPainter(self)
        self._broken = not painted(painter, self.paint)
        painter.end()

    def paint(self, painter: QPainter) -> None:
        """Paint the matrix; the unit is a pixel of the widget."""
        area = self.area()
        painter.drawImage(area, self._image())
        bar = QRectF(0, area.bottom() + 8, min(_BAR_WIDTH, self.width() - 96), _BAR_HEIGHT)
        greys = np.ascontiguousarray(grey_lut()[None])
        painter.drawImage(
            bar, QImage(greys.data, 255, 1, 3 * 255, QImage.Format.Format_RGB888).copy()
        )
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.QUIET))
        above = bar.bottom() + 13
        for share, words in ((0.0, signed(-self.limit)), (0.5, "0"), (1.0, signed(self.limit))):
            width = painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(QPointF(bar.left() + share * (bar.width() - width), above), words)

    def _image(self) -> QImage:
        dots = strongest(self._values, self.together)
        share = np.clip(dots / (self.limit or 1.0), -1, 1)
        rgb = np.ascontiguousarray(grey_lut()[np.rint(127 * share + 127).astype(np.intp)])
        rows, columns = dots.shape
        return QImage(rgb.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size may put more weights into one dot, or fewer."""
        super().resizeEvent(event)
        self.pointed.emit(-1, -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which weight the mouse means."""
        self.pointed.emit(*(self.weight_at(event.position()) or (-1, -1)))

    def leaveEvent(self, _event: QEvent) -> None:
        """None any more."""
        self.pointed.emit(-1, -1)


def _rgb(name: str) -> NDArray[np.float64]:
    """Linear RGB of a colour of the theme."""
    shade = QColor(name)
    return linear_rgb(np.array([shade.redF(), shade.greenF(), shade.blueF()]))
