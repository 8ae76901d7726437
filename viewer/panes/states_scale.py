"""What stands over and under the matrix of hidden states: chosen units and the colour bar."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from viewer import theme
from viewer.strip import Foot
from viewer.strip.foot import TITLE_AT

BAR = (24.0, 48.0)  # least and most pixels of the colour bar
MARKS = 8  # height of the band of triangles over the body


class StatesFoot(Foot):
    """Chosen units as ticks; beneath them the number of units and a small colour bar."""

    limits = (-3.0, 3.0)
    unit = ""
    lut: NDArray[np.uint8] | None = None

    def paint_title(self, painter: QPainter) -> None:
        """The count at the left, the bar with its ends at the right."""
        if self.lut is None or not self.title():
            return
        metrics, right = QFontMetricsF(theme.font()), self.place(self.span[1])
        left = self.place(self.span[0])
        low, high = (f"{limit:g}".replace("-", "−") for limit in self.limits)
        high = f"{high} {self.unit}".strip()
        ends = metrics.horizontalAdvance(low) + metrics.horizontalAdvance(high) + 8.0
        room = right - left - ends - metrics.horizontalAdvance(self.title()) - 8.0
        width = min(max(room, BAR[0]), BAR[1])
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.QUIET))
        if room >= BAR[0]:
            painter.drawText(QPointF(left, TITLE_AT), self.title())
        start = right - metrics.horizontalAdvance(high)
        painter.drawText(QPointF(start, TITLE_AT), high)
        bar = QRectF(round(start - 4.0 - width), TITLE_AT - 8, round(width), 8)
        painter.drawText(QPointF(bar.left() - 4.0 - metrics.horizontalAdvance(low), TITLE_AT), low)
        colours = np.ascontiguousarray(self.lut)
        strip = QImage(
            colours.data, len(colours), 1, 3 * len(colours), QImage.Format.Format_RGB888
        )
        painter.drawImage(bar, strip)


class UnitMarks(QWidget):
    """Triangles over the columns of the chosen units."""

    def __init__(self, parent: QWidget, places: Callable[[], list[float]]) -> None:
        super().__init__(parent)
        self._places = places
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the triangles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ACCENT))
        for x in self._places():
            corners = [QPointF(x - 4.5, 0), QPointF(x + 4.5, 0), QPointF(x, MARKS - 2)]
            painter.drawPolygon(QPolygonF(corners))
        painter.end()
