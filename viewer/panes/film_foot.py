"""Beneath the film: the map's name and meaning, its unit and its colour bar."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine import Heatmap
from viewer import theme
from viewer.choices import MapChoice
from viewer.map_tests import MapState, MapTests
from viewer.rendering import MAP_STEPS, tint_table
from viewer.scaffold import explain, label, rank

MEAN_FILM = "the mean film"
_NOT_A_LESION = "A band is not the outline of a lesion."
# From the fullest words to the fewest; the first that fit are shown.
_MEANING = {
    ("state", "deviation"): (
        "deviation from the training mean of the step; a state, not importance",
        "deviation from the step's mean; a state, not importance",
        "a state, not importance",
    ),
    ("state", "raw"): ("raw hidden state; a state, not importance", "a state, not importance"),
}
_OWN_SCALE = ", this film’s own scale"
_ELSEWHERE = "; tested from the mean film only"
# Instead of these, where the model's Influence map did not pass its tests (or had none).
_UNPROVEN = {
    "not tested": (
        f"not tested for this model: a state, not importance. {_NOT_A_LESION}",
        "not tested for this model: a state, not importance",
        "not tested: a state, not importance",
        "not tested",
    ),
    "failed": (
        f"failed its tests: a state, not importance. {_NOT_A_LESION}",
        "failed its tests: a state, not importance",
        "a state, not importance",
        "failed its tests",
        "not proven",
    ),
}
_NO_MAP = ("No map. I: influence, S: state", "No map")
_NO_ANSWER = ("No map: there is no answer", "No map")
_BRIGHT, _DARK = 214, 118  # grey levels of film that the two halves of the bar stand on
_BAR_HEIGHT = 10
_BAR_SHARE, _BAR_LEAST, _BAR_MOST = 0.3, 120, 320  # of the foot's width, without the unit
_LEFT, _TICKS = 20, 16  # pixels left of the bar; from the bar down to the numbers
_FIVE_FROM = 170  # pixels of bar from which it has five ticks


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
        self._shown: tuple[Heatmap | None, MapChoice] = (None, MapChoice())
        self._tests: MapState = "not tested"
        self._words: tuple[tuple[str, ...], tuple[str, ...]] = (("",), ("",))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.MARGIN)
        row.addLayout(words, 1)
        row.addWidget(self.bar)
        self.show_map(None, MapChoice())

    def show_map(self, heatmap: Heatmap | None, choice: MapChoice) -> None:
        """Name what lies over the film."""
        self._shown = (heatmap, choice)
        self.bar.show_map(heatmap, choice.strength)
        self.bar.setVisible(heatmap is not None)
        self._name(heatmap, choice)

    def show_tests(self, tests: MapTests) -> None:
        """Call Influence a state as long as the model's bundle does not vouch for it."""
        self._tests = tests.state
        self._name(*self._shown)

    def _name(self, heatmap: Heatmap | None, choice: MapChoice) -> None:
        doubtful = False
        name = "" if heatmap is None else heatmap.label
        if heatmap is not None and heatmap.own_scale:
            name += _OWN_SCALE
        if heatmap is None:
            self._words = (("",), _NO_MAP if choice.question == "none" else _NO_ANSWER)
        elif doubtful := heatmap.question == "influence" and self._tests != "passed":
            self._words = ((name,), _UNPROVEN[self._tests])
        else:
            state = heatmap.question == "state"
            meaning = _MEANING["state", choice.quantity] if state else _against(heatmap)
            self._words = ((name,), meaning)
        rank(self.meaning, "warning" if doubtful else "quiet")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the words that fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        length = min(max(round(self.width() * _BAR_SHARE), _BAR_LEAST), _BAR_MOST)
        self.bar.set_length(length)
        taken = 0 if self.bar.isHidden() else self.bar.width() + theme.MARGIN
        for line, variants in zip((self.name, self.meaning), self._words, strict=True):
            line.ensurePolished()
            metrics, room = line.fontMetrics(), self.width() - taken
            fits = (text for text in variants if metrics.horizontalAdvance(text) <= room)
            text = next(fits, variants[-1])
            line.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0)))
            explain(line, variants[0])


def _against(heatmap: Heatmap) -> tuple[str, ...]:
    """What an Influence that passed its tests means; they start from the mean film."""
    film = heatmap.against or MEAN_FILM
    tested = "" if film == MEAN_FILM else _ELSEWHERE
    shorter = (f"against {film}{tested}", f"against {film}") if tested else ()
    return (
        f"change of the log-odds against {film}, step by step{tested}. {_NOT_A_LESION}",
        f"against {film}{tested}; a band is not the outline of a lesion",
        *shorter,
        _NOT_A_LESION,
        "not a lesion's outline",
    )


class ColourBar(QWidget):
    """The colours of a map on a bright and on a darker film, with ticks and a marker."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map: Heatmap | None = None
        self._strength = 1.0
        self._value: float | None = None
        self.setFixedHeight(theme.FOOT)

    def set_length(self, length: int) -> None:
        """Make the bar itself this long; the unit comes on top."""
        self.setFixedWidth(_LEFT + length + self._room())

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
        box = QRectF(_LEFT, 9, self.width() - _LEFT - self._room(), _BAR_HEIGHT)
        painter.drawImage(box, self._image())
        low, high = self._map.limits
        end = self._paint_ticks(painter, box, low, high)
        painter.drawText(QPointF(end + 6, box.bottom() + _TICKS), self._map.unit)
        if self._value is not None:
            share = (min(max(self._value, low), high) - low) / (high - low)
            self._paint_marker(painter, box.left() + share * box.width(), box.top() - 1)

    def _room(self) -> int:
        """Pixels right of the bar: half of the last tick, and the unit."""
        if self._map is None:
            return 0
        metrics = QFontMetricsF(theme.font())
        half = metrics.horizontalAdvance(tick_text(self._map.limits[1])) / 2
        unit = metrics.horizontalAdvance(self._map.unit)
        return int(half + (unit + 8 if self._map.unit else 2)) + 1

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

    @staticmethod
    def _paint_ticks(painter: QPainter, box: QRectF, low: float, high: float) -> float:
        """Numbers beneath the bar; returns where the last one ends."""
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.QUIET))
        metrics, end = QFontMetricsF(theme.font()), 0.0
        for share in np.linspace(0, 1, 5 if box.width() >= _FIVE_FROM else 3):
            text = tick_text(low + float(share) * (high - low))
            left = box.left() + share * box.width() - metrics.horizontalAdvance(text) / 2
            painter.drawText(QPointF(left, box.bottom() + _TICKS), text)
            end = left + metrics.horizontalAdvance(text)
        return end

    @staticmethod
    def _paint_marker(painter: QPainter, x: float, tip: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.ACCENT))
        painter.drawPolygon(
            QPolygonF([QPointF(x, tip), QPointF(x - 4, tip - 7), QPointF(x + 4, tip - 7)])
        )


def tick_text(value: float) -> str:
    """A number of the scale, with a true minus."""
    return f"{value:.3g}".replace("-", "−")
