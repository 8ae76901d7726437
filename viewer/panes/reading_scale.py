"""A probability as a place between 0 and 1, with its interval and the threshold."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine import Interval
from viewer import theme
from viewer.kit.language import tr
from viewer.numbers import interval_text

BAND_ALPHA: Final = 130  # of an interval: clearly there, and clearly not the dot


class ProbabilityScale(QWidget):
    """Probability as a place on 0…1: orange from the threshold on, grey below it."""

    def __init__(
        self,
        probability: float,
        threshold: float | None,
        *,
        words: str = "",
        interval: Interval | None = None,
    ) -> None:
        super().__init__()
        self._probability, self._threshold, self._words = probability, threshold, words
        self._interval = interval
        self.setFixedHeight(52)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        spoken = tr("Probability {value:.2f} on a scale from 0 to 1.", value=probability)
        spoken = f"{spoken} {words}"
        if interval is not None:
            ends = tr("interval {ends}", ends=interval_text(interval))
            spoken = f"{spoken} {ends}"
        self.setAccessibleName(spoken.strip())

    @property
    def tint(self) -> str:
        """Colour of band and dot: orange only where a threshold is reached."""
        reached = self._threshold is not None and self._probability >= self._threshold
        return theme.INFLUENCE_POSITIVE if reached else theme.QUIET

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw groove, interval, threshold, dot and the numbers beneath."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        place = self._place(self._probability)
        painter.setBrush(theme.colour(theme.LINE))
        painter.drawRoundedRect(QRectF(0, 16, self.width(), 4), 2, 2)
        if self._interval is not None:
            painter.setBrush(theme.colour(self.tint, BAND_ALPHA))
            painter.drawRoundedRect(self.band(self._interval), 4, 4)
        if self._threshold is not None:
            self._draw_threshold(painter, self._place(self._threshold))
        painter.setPen(QPen(theme.colour(theme.PANEL), 2))
        painter.setBrush(theme.colour(self.tint))
        painter.drawEllipse(QPointF(place, 18), 6, 6)
        self._draw_numbers(painter)

    def band(self, interval: Interval) -> QRectF:
        """Where an interval lies; never too short to be seen beside the dot."""
        low, high = self._place(interval.low), self._place(interval.high)
        return QRectF(low - 4, 14, high - low + 8, 8)

    def _place(self, probability: float) -> float:
        return 6 + min(max(probability, 0.0), 1.0) * (self.width() - 12)

    def _draw_threshold(self, painter: QPainter, x: float) -> None:
        painter.setBrush(theme.colour(theme.ACCENT))
        painter.drawPolygon(QPolygonF([QPointF(x - 4, 2), QPointF(x + 4, 2), QPointF(x, 8)]))
        painter.drawRect(QRectF(x - 0.75, 7, 1.5, 20))

    def _draw_numbers(self, painter: QPainter) -> None:
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.QUIET))
        line = QRectF(0, 32, self.width(), 16)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, "1")
        if self._threshold is None:
            return
        width = painter.fontMetrics().horizontalAdvance(self._words) + 2
        left = self._place(self._threshold) - width / 2
        left = min(max(left, 16.0), self.width() - 16.0 - width)
        painter.setPen(theme.colour(theme.TEXT))
        painter.drawText(QRectF(left, 32, width, 16), Qt.AlignmentFlag.AlignCenter, self._words)
