"""Beneath the film: the map's name and meaning, its unit and its colour bar."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine import Heatmap
from viewer import theme
from viewer.choices import MapChoice
from viewer.rendering import MAP_STEPS, tint_table
from viewer.scaffold import label

_MEANING = {
    ("state", "deviation"): "deviation from the row's mean; a state, not importance",
    ("state", "raw"): "raw hidden state; a state, not importance",
    ("influence", "deviation"): "against the mean film; not a lesion's outline",
}
_BRIGHT, _DARK = 214, 118  # grey levels of film that the two halves of the bar stand on
_BAR_HEIGHT = 10


class FilmFoot(QWidget):
    """Name, meaning and colour bar; says so when there is no map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.meaning = label("", "heading"), label("", "quiet")
        for line in (self.name, self.meaning):
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            line.setFixedHeight(18)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.setContentsMargins(0, 4, 0, 6)
        words.addWidget(self.name)
        words.addWidget(self.meaning)
        words.addStretch(1)
        self.bar = ColourBar()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.MARGIN)
        row.addLayout(words, 1)
        row.addWidget(self.bar)
        self.show_map(None, MapChoice())

    def show_map(self, heatmap: Heatmap | None, choice: MapChoice) -> None:
        """Name what lies over the film."""
        self.bar.show_map(heatmap, choice.strength)
        self.bar.setVisible(heatmap is not None)
        if heatmap is None:
            waiting = choice.question != "none"
            self.name.setText("")
            self.meaning.setText(
                "No map: there is no answer yet" if waiting else "Bare film. I influence, S state"
            )
            return
        quantity = choice.quantity if heatmap.question == "state" else "deviation"
        self.name.setText(heatmap.label)
        self.meaning.setText(_MEANING[heatmap.question, quantity])
        for line in (self.name, self.meaning):
            line.setToolTip(line.text())


class ColourBar(QWidget):
    """The colours of a map on a bright and on a darker film, with ticks and a marker."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map: Heatmap | None = None
        self._strength = 1.0
        self._value: float | None = None
        self.setFixedHeight(theme.FOOT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as a quarter of the film, within bounds."""
        return QSize(230, theme.FOOT)

    def minimumSizeHint(self) -> QSize:
        """Three ticks and the unit fit."""
        return QSize(190, theme.FOOT)

    def show_map(self, heatmap: Heatmap | None, strength: float) -> None:
        """Show the scale of a map."""
        self._map, self._strength, self._value = heatmap, strength, None
        self.update()

    def show_value(self, value: float | None) -> None:
        """Mark the value under the row cursor."""
        self._value = value
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bar, marker, ticks, unit."""
        if self._map is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = self._map.unit.replace("Δ ", "Δ\N{NO-BREAK SPACE}")
        metrics = QFontMetricsF(theme.font())
        room = metrics.horizontalAdvance(unit) + 10
        box = QRectF(12, 9, self.width() - 12 - max(room, 14), _BAR_HEIGHT)
        painter.drawImage(box, self._image())
        low, high = self._map.limits
        self._paint_ticks(painter, box, low, high)
        painter.setPen(theme.colour(theme.QUIET))
        painter.drawText(QPointF(box.right() + 8, box.bottom() + 1), unit)
        if self._value is not None:
            share = (min(max(self._value, low), high) - low) / (high - low)
            self._paint_marker(painter, box.left() + share * box.width(), box.top() - 1)

    def _image(self) -> QImage:
        if self._map is None:
            return QImage()
        table = tint_table(self._map.question, round(self._strength, 2))
        first = 0 if self._map.signed else MAP_STEPS // 2
        halves = np.stack([table[first:, _BRIGHT], table[first:, _DARK]])
        pixels = np.ascontiguousarray(halves.repeat(8, axis=0))
        height, width = pixels.shape
        image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
        return image.copy()  # the copy does not depend on the array

    def _paint_ticks(self, painter: QPainter, box: QRectF, low: float, high: float) -> None:
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.QUIET))
        metrics = QFontMetricsF(theme.font())
        for share in (0.0, 0.5, 1.0):
            value = low + share * (high - low)
            text = f"{value:.3g}".replace("-", "−")
            x = box.left() + share * box.width()
            left = x - metrics.horizontalAdvance(text) / 2
            painter.drawText(QPointF(left, box.bottom() + 16), text)

    @staticmethod
    def _paint_marker(painter: QPainter, x: float, tip: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.ACCENT))
        painter.drawPolygon(
            QPolygonF([QPointF(x, tip), QPointF(x - 4, tip - 7), QPointF(x + 4, tip - 7)])
        )
