"""Beneath the film: the map's name and meaning, its unit and its colour bar."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPaintEvent,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.types import Analysis, BaselineKind, Heatmap, Influence
from viewer.kit import theme
from viewer.kit.language import joined, marked, named, told, tr
from viewer.kit.live import live
from viewer.kit.rendering import MAP_STEPS, beyond, beyond_colours, steps_at, tint_table
from viewer.kit.widgets import explain, label, rank, row_in
from viewer.session.choices import MapChoice, RowCursor
from viewer.session.models import MapState, MapTests

_BRIGHT, _DARK = 214, 118  # grey levels of film that the two halves of the bar stand on
_BAR_HEIGHT = 10
_BAR_SHARE, _BAR_LEAST, _BAR_MOST = 0.3, 120, 320  # of the foot's width, without the unit
_LEFT, _TICKS = 20, 16  # pixels left of the bar; from the bar down to the numbers
_POINT = 5.0  # how far the point at an end of the bar reaches
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
        self.bar, self.sides = ColourBar(), Sides()
        self._answer: Analysis | None = None
        self._beside = False  # whether the strip of Influence stands beside the film
        self._shown: tuple[Heatmap | None, MapChoice] = (None, MapChoice())
        self._tests: MapState = "not tested"
        self._starts: tuple[BaselineKind, ...] = ("mean",)  # films that it was tested from
        self._cells_tests: MapState = "not tested"
        self._words: tuple[tuple[str, ...], tuple[str, ...]] = (("",), ("",))
        row = row_in(self, theme.MARGIN)
        row.addLayout(words, 1)
        row.addWidget(self.bar)
        row.addWidget(self.sides, 0, Qt.AlignmentFlag.AlignTop)
        live(self, FilmFoot._show_again)

    def show_map(self, heatmap: Heatmap | None, choice: MapChoice) -> None:
        """Name what lies over the film."""
        self._shown = (heatmap, choice)
        self.bar.show_map(heatmap, choice.strength)
        self.bar.setVisible(heatmap is not None)
        self._name(heatmap, choice)

    def clear(self, choice: MapChoice) -> None:
        """Another film comes: neither a map nor an answer of it is known."""
        self._answer = None
        self.show_map(None, choice)

    def mark_row(self, cursor: RowCursor | None) -> None:
        """Mark the value of the map at the row cursor on the bar."""
        heatmap = self._shown[0]
        cells = heatmap is not None and heatmap.columns is not None
        if heatmap is None or cursor is None or cursor.step is None or cells:
            self.bar.show_value(None)
        else:  # surprise has a value for each model row, which are more than steps
            place = int(steps_at(heatmap.edges, cursor.row))
            self.bar.show_value(float(heatmap.values[place]))

    def show_answer(self, answer: Analysis | None) -> None:
        """What the strip beside the film shows of its answer; said while the film is bare."""
        self._answer = answer
        self._show_again()

    def show_strip(self, *, shown: bool) -> None:
        """Whether the strip of Influence stands beside the film."""
        if shown != self._beside:
            self._beside = shown
            self._show_again()

    def show_tests(self, tests: MapTests) -> None:
        """Call Influence a state as long as the model's bundle does not vouch for it."""
        self._tests, self._cells_tests = tests.state, tests.grid
        self._starts = tests.starts
        self._name(*self._shown)

    def _show_again(self) -> None:
        self.show_map(*self._shown)

    def _name(self, heatmap: Heatmap | None, choice: MapChoice) -> None:
        doubtful = False
        strip = self._strip() if heatmap is None and choice.question == "none" else None
        self.sides.show_answer(self._answer if strip is not None else None)
        name = "" if heatmap is None else told(heatmap.label)
        if heatmap is not None and heatmap.own_scale:
            name = tr("{map}, this film’s own scale", map=name)
        if heatmap is None and strip is not None:
            doubtful = self._tests != "passed"
            meaning = _unproven(self._tests) if doubtful else (_no_outline(), tr(NOT_AN_OUTLINE))
            self._words = (_change(told(strip.baseline.words)), meaning)
        elif heatmap is None:
            self._words = (("",), _no_map(choice, answered=self._answered))
        elif heatmap.columns is not None:
            doubtful = self._cells_tests != "passed"
            self._words = (_cells(name, heatmap), _of_cells(self._cells_tests))
        elif doubtful := heatmap.question == "influence" and self._tests != "passed":
            self._words = ((name,), _unproven(self._tests))
        else:
            state = heatmap.question == "state"
            tested = choice.baseline in self._starts
            meaning = _state(choice) if state else _against(heatmap, tested=tested)
            self._words = ((name,), meaning)
        rank(self.name, "" if strip is not None else "heading")
        rank(self.meaning, "warning" if doubtful else "quiet")
        self._fit()

    @property
    def _answered(self) -> bool:
        return self._answer is not None and self._answer.abstained is None

    def _strip(self) -> Influence | None:
        shown = self._answered and self._beside
        return self._answer.influence if self._answer and shown else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the words that fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        length = min(max(round(self.width() * _BAR_SHARE), _BAR_LEAST), _BAR_MOST)
        self.bar.set_length(length)
        taken = 0 if self.bar.isHidden() else self.bar.width() + theme.MARGIN
        if not self.sides.isHidden():
            taken += self.sides.sizeHint().width() + theme.MARGIN
        for line, variants in zip((self.name, self.meaning), self._words, strict=True):
            line.ensurePolished()
            metrics, room = line.fontMetrics(), self.width() - taken
            fits = (text for text in variants if metrics.horizontalAdvance(text) <= room)
            text = next(fits, variants[-1])
            line.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0)))
            explain(line, variants[0])


NOT_AN_OUTLINE: Final = marked("not a lesion's outline")


def _change(film: str) -> tuple[str, ...]:
    """What the strip beside a bare film shows."""
    return (
        tr("Change of the log-odds against {film}, step by step", film=film),
        tr("Change against {film}", film=film),
        tr("Influence"),
    )


# From the fullest words to the fewest; the first that fit are shown.
def _no_map(choice: MapChoice, *, answered: bool) -> tuple[str, ...]:
    short = tr("No map")
    if choice.question == "none":
        return ("",)
    if choice.crossed and answered:
        return tr("Rows and columns are being measured …"), tr("Being measured …")
    if choice.question == "state" and choice.shown != "h":
        return tr("No map: the network has not been opened on this film"), short
    return tr("No map: there is no answer"), short


def _cells(name: str, heatmap: Heatmap) -> tuple[str, ...]:
    """What each cell of a map over rows and columns says."""
    rows, columns = heatmap.values.shape
    words = tr("{map}, Δ log-odds per cell of {rows} × {columns}")
    return words.format(map=name, rows=rows, columns=columns), name


def _of_cells(tests: MapState) -> tuple[str, ...]:
    """What a map over rows and columns is not, and whether it was tested."""
    pointing = tr("A map and a dashed box point at; they are not an outline.")
    both = joined(tr("By column above."), pointing)
    if tests == "passed":
        return both, pointing, tr(NOT_AN_OUTLINE)
    failed = tests == "failed"
    verdict = tr("This map failed its tests.") if failed else tr("This map is not tested.")
    short = tr("Failed its tests; no outline.") if failed else tr("Not tested; no outline.")
    return joined(verdict, both), joined(verdict, pointing), short


def _state(choice: MapChoice) -> tuple[str, ...]:
    short = tr("a state, not importance")
    if choice.shown != "h":
        return (*(tr(words) for words in _MEANING.get(choice.shown, _GATE)), short)
    if choice.quantity == "raw":
        return tr("raw hidden state; a state, not importance"), short
    return (
        tr("deviation from the training mean of the step; a state, not importance"),
        tr("deviation from the step's mean; a state, not importance"),
        short,
    )


_CANDIDATE: Final = (marked("what is new at the step, −1 to 1; a state, not importance"),)
_GATE: Final = (marked("0 is closed, 1 is open; a state, not importance"),)
_MEANING: Final[dict[str, tuple[str, ...]]] = {
    "c": (
        marked("cell state; beyond ±3 it hardly changes what the cell shows; not importance"),
        marked("cell state; a state, not importance"),
    ),
    "n": _CANDIDATE,
    "g": _CANDIDATE,
    "memory": (
        marked("what is left of the row in the last state; it is retained, not important"),
        marked("what is left of the row at the end; not importance"),
    ),
    "surprise": (
        marked("percentile among the same row of validation films; not importance"),
        marked("percentile among validation films; not importance"),
    ),
}


def _unproven(tests: MapState) -> tuple[str, ...]:
    """Where the model's Influence map did not pass its tests, or had none."""
    if tests == "failed":
        return (
            tr("failed its tests: a state, not importance. {lesion}", lesion=_no_outline()),
            tr("failed its tests: a state, not importance"),
            tr("a state, not importance"),
            tr("failed its tests"),
            tr("not proven"),
        )
    return (
        tr("not tested for this model: a state, not importance. {lesion}", lesion=_no_outline()),
        tr("not tested for this model: a state, not importance"),
        tr("not tested: a state, not importance"),
        tr("not tested"),
    )


def _no_outline() -> str:
    return tr("A band is not the outline of a lesion.")


def _against(heatmap: Heatmap, *, tested: bool) -> tuple[str, ...]:
    """What an Influence that passed its tests means; whether they start from the same film."""
    film = told(heatmap.against)
    last = (_no_outline(), tr(NOT_AN_OUTLINE))
    if tested:
        words = tr("change of the log-odds against {film}, step by step. {lesion}")
        short = tr("against {film}; a band is not the outline of a lesion")
        return words.format(film=film, lesion=last[0]), short.format(film=film), *last
    return (
        tr(
            "change of the log-odds against {film}, step by step; not tested from this film."
            " {lesion}",
            film=film,
            lesion=last[0],
        ),
        tr(
            "against {film}; not tested from this film; a band is not the outline of a lesion",
            film=film,
        ),
        tr("against {film}; not tested from this film", film=film),
        tr("against {film}", film=film),
        *last,
    )


class Sides(QWidget):
    """Which colour of the strip speaks for which class."""

    def __init__(self) -> None:
        super().__init__()
        self._row = row_in(self, theme.MARGIN, (0, 4, 0, 0))
        self._pairs = [(_swatch(tint), label()) for tint in ("negative", "positive")]
        for square, words in self._pairs:
            one = QWidget()
            pair = row_in(one, theme.GAP)
            pair.addWidget(square)
            pair.addWidget(words)
            self._row.addWidget(one)
        self.hide()

    def show_answer(self, answer: Analysis | None) -> None:
        """Name the classes of an answer, or nothing."""
        prediction = answer.prediction if answer is not None else None
        if prediction is not None:
            names, target = [named(one) for one in prediction.classes], prediction.target
            others = [name for place, name in enumerate(names) if place != target]
            away = tr("away from {name}", name=names[target])
            several = answer is not None and answer.task_answer and answer.task_answer.labels
            one = len(others) == 1 and not several  # of findings none is the other's absence
            against = tr("towards {name}", name=others[0]) if one else away
            texts = (against, tr("towards {name}", name=names[target]))
            for (square, words), text in zip(self._pairs, texts, strict=True):
                words.setText(text)
                square.update()
        self.setVisible(prediction is not None)


def _swatch(side: str) -> QWidget:
    """A small square in a colour of Influence."""
    square = label()
    square.setFixedSize(10, 10)

    def draw(one: QLabel) -> None:
        shade = theme.INFLUENCE_POSITIVE if side == "positive" else theme.INFLUENCE_NEGATIVE
        pixmap = QPixmap(one.size())
        pixmap.fill(theme.colour(shade))
        one.setPixmap(pixmap)

    return live(square, draw)


class ColourBar(QWidget):
    """The colours of a map on a bright and on a darker film, with ticks and a marker."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map: Heatmap | None = None
        self._picture = QImage()
        self._strength = 1.0
        self._value: float | None = None
        self.setFixedHeight(theme.FOOT)

    def set_length(self, length: int) -> None:
        """Make the bar itself this long; the unit comes on top."""
        self.setFixedWidth(_LEFT + length + self._room())

    def show_map(self, heatmap: Heatmap | None, strength: float) -> None:
        """Show the scale of a map."""
        self._map, self._strength, self._value = heatmap, strength, None
        self._picture = self._image()
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
        painter.drawImage(box, self._picture)
        low, high = self._map.limits
        self._paint_beyond(painter, box)
        end = self._paint_ticks(painter, box, low, high)
        painter.drawText(QPointF(end + 6, box.bottom() + _TICKS), tr(self._map.unit))
        if self._value is not None:
            share = (min(max(self._value, low), high) - low) / (high - low)
            self._paint_marker(painter, box.left() + share * box.width(), box.top() - 1)

    def _room(self) -> int:
        """Pixels right of the bar: half of the last tick, and the unit."""
        if self._map is None:
            return 0
        metrics = QFontMetricsF(theme.font())
        half = metrics.horizontalAdvance(tick_text(self._map.limits[1])) / 2
        unit = metrics.horizontalAdvance(tr(self._map.unit))
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

    def _paint_beyond(self, painter: QPainter, box: QRectF) -> None:
        """A point at an end of the bar beyond which some row lies, as bright as its ribbon."""
        if self._map is None:
            return
        colours = beyond_colours(self._map.question)
        sides = zip(beyond(self._map.values, self._map.limits), (-1, 1), colours, strict=True)
        painter.setPen(Qt.PenStyle.NoPen)
        for clipped, way, colour in sides:
            if clipped:
                end = box.right() + 1 if way > 0 else box.left() - 1
                tip = QPointF(end + way * _POINT, box.center().y())
                painter.setBrush(QColor(*(int(part) for part in colour)))
                corners = [QPointF(end, box.top()), tip, QPointF(end, box.bottom())]
                painter.drawPolygon(QPolygonF(corners))

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
