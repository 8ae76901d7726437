"""The answer by row: what the model would say if reading stopped there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from engine.types import Prediction
from viewer.inspect.lying import step_at
from viewer.inspect.strip import Edges, RowStrip, Tick
from viewer.kit import theme
from viewer.kit.canvas import Canvas
from viewer.kit.language import marked, named, tr
from viewer.session.choices import RowCursor
from viewer.session.models import NOT_TESTED, MapTests

INSETS = (10.0, 14.0)
NAME_HEIGHT = 16.0
EMPTY = marked("Appears when a model has read the film")
AWAY = 7.0  # pixels between a curve and its name

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AnswerCurve:
    """One class's probability after every step, and how it is drawn."""

    name: str
    values: Numbers  # (L,)
    colour: str
    width: float
    named: bool


class AnswerPane(RowStrip):
    """Probabilities after every row; the first class is thickest, names stand on the lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            (marked("Answer by row"), marked("Answer")),
            EMPTY,
            insets=INSETS,
            parent=parent,
        )
        self._curves: tuple[AnswerCurve, ...] = ()
        self._empty = EMPTY
        self._tests = NOT_TESTED.by_row
        self._answer: tuple[Prediction, Edges] | None = None
        self._centres: Numbers = np.zeros(0)
        self._threshold: float | None = None
        self._names: list[tuple[AnswerCurve, QRectF]] | None = None
        self.draw(self._paint_threshold, depth=0)
        self.draw(self._paint_curves, depth=1)
        self._dot = Canvas(self.box, _paint_dot, depth=11, area=QRectF(-6, -6, 12, 12))
        self._dot.hide()
        self.setMinimumWidth(84)

    def show_answer(
        self, prediction: Prediction | None, edges: Edges | None, threshold: float | None
    ) -> None:
        """Show one curve per class, if the model's curve has passed its tests.

        Args:
            prediction: by_row (L, K) is drawn; None shows the empty state.
            edges: (L + 1,) stored row at which each time step begins.
            threshold: Decision threshold of the target's probability, if the model has one.
        """
        self._threshold = threshold
        self._answer = None if prediction is None or edges is None else (prediction, edges)
        self._show()

    def show_tests(self, tests: MapTests) -> None:
        """Take what was measured of the model's curve: only one that passed is drawn."""
        if tests.by_row != self._tests:
            self._tests = tests.by_row
            self._show()

    def set_empty(self, text: str) -> None:
        """The sentence to show while there is no answer."""
        self._empty = text
        if self._answer is None:
            super().set_empty(text)

    def _show(self) -> None:
        shown = self._answer is not None and self._tests.state == "passed"
        super().set_empty(self._empty if self._answer is None else self._tests.words)
        self.title.setToolTip(tr(self._tests.words) if shown else "")
        if self._answer is None or not shown:
            self._curves = ()
            super().clear()
            return
        prediction, edges = self._answer
        threshold = self._threshold
        self._curves = curves_of(prediction)
        self._centres = (np.asarray(edges[:-1]) + np.asarray(edges[1:])) / 2
        ticks = [Tick(1.0, "1"), Tick(0.0, "0")]
        if threshold is not None:
            ticks.insert(0, Tick(threshold, f"{threshold:.2f}"))
        self.scale.show_scale(ticks, (tr("probability"),))
        self.show_data(edges)

    def show_cursor(self, cursor: RowCursor | None) -> None:
        """Move the row cursor, and the dot along the first class's curve."""
        super().show_cursor(cursor)
        seen = cursor is not None and bool(self._curves)
        self._dot.setVisible(seen)
        if cursor is not None and seen:
            value = np.interp(cursor.row, self._centres, self._curves[-1].values)
            place = float(self.x_of(value)), float(self.y_of(cursor.row))
            self._dot.setPos(self.lie.screen(*place))

    def clear(self) -> None:
        """Show the empty state."""
        self.show_answer(None, None, None)

    def tip_at(self, _x: float, y: float) -> str:
        """The probabilities after the row under the pointer, the first class first."""
        if not self._curves or self.edges is None:
            return ""
        step = step_at(self.edges, self.row_at(y))
        lines = (
            f"{named(curve.name)} {curve.values[step]:.2f}" for curve in reversed(self._curves)
        )
        return "\n".join((tr("if reading stopped after step {step}:", step=step), *lines))

    def more_words(self) -> list[tuple[str, str]]:
        """The names of the coloured curves."""
        return [(named(one.name), one.colour) for one in reversed(self._curves) if one.named]

    # ---------------------------------------------------------------- drawing

    def refresh(self) -> None:
        """Paint everything again; the names look for new places."""
        self._names = None
        super().refresh()

    def grid_end(self) -> float:
        """The grid ends where the scale ends."""
        return float(self.x_of(1.0))

    def name_places(self) -> list[tuple[AnswerCurve, QRectF]]:
        """Where the names of the coloured curves stand: beside their line, over no other."""
        if self._names is None:
            self._names = self._place_names()
        return self._names

    def _place_names(self) -> list[tuple[AnswerCurve, QRectF]]:
        if not self.level:
            return []  # they stand in the gutter
        tops = np.arange(4.0, float(self.box.height()) - NAME_HEIGHT - 4.0, 8.0)
        if not self._curves or not len(tops):
            return []
        ys = self.y_of(self._centres)
        way = 1 if ys[-1] >= ys[0] else -1  # the film may be upside down
        spans = tops[:, None] + np.linspace(-2.0, NAME_HEIGHT + 2.0, 6)
        seen = np.stack(
            [np.interp(spans, ys[::way], curve.values[::way]) for curve in self._curves]
        )
        bands = self.x_of(np.stack([seen.min(2), seen.max(2)], axis=-1))  # (K, tops, 2)
        top, bottom = self.film_span()
        outside = np.where((tops < top) | (tops + NAME_HEIGHT > bottom), 20.0, 0.0)
        places: list[tuple[AnswerCurve, QRectF]] = []
        for n in reversed(range(len(self._curves))):
            if self._curves[n].named:
                taken = [box for _curve, box in places]
                places.append((self._curves[n], self._place(n, tops, bands, taken, outside)))
        return places

    def _place(
        self, n: int, tops: Numbers, bands: Numbers, taken: list[QRectF], cost: Numbers
    ) -> QRectF:
        """The best rectangle left or right of one curve, near the lower end of the body.

        A place costs for every line and name that it would touch, and a little for the threshold.
        """
        body, curve = float(self.box.width()), self._curves[n]
        font = QFontMetricsF(theme.font(weight=QFont.Weight.DemiBold))
        width = min(font.horizontalAdvance(named(curve.name)) + 2.0, body - 2.0)
        lefts = np.stack([bands[n, :, 0] - AWAY - width, bands[n, :, 1] + AWAY])  # (2, tops)
        lefts = np.clip(lefts, 1.0, max(body - width - 1.0, 1.0))
        cost = cost + np.abs((tops + NAME_HEIGHT / 2) / self.box.height() - 0.85)
        cost = np.broadcast_to(cost, lefts.shape).copy()
        for other, band in enumerate(bands):
            clear = AWAY - 1.0 if other == n else 3.0
            weight = 3.0 if other == n else 4.0
            cost += weight * ((band[:, 1] > lefts - clear) & (band[:, 0] < lefts + width + clear))
        for box in taken:
            near = np.abs(tops - box.top()) < NAME_HEIGHT + 4.0
            cost += 8.0 * (near & (lefts < box.right() + 4.0) & (lefts + width > box.left() - 4.0))
        if self._threshold is not None:
            at = float(self.x_of(self._threshold))
            cost += 0.2 * ((lefts < at) & (lefts + width > at))
        side, place = np.unravel_index(int(np.argmin(cost)), cost.shape)
        return QRectF(float(lefts[side, place]), float(tops[place]), width, NAME_HEIGHT)

    def _paint_threshold(self, painter: QPainter) -> None:
        if self._threshold is None:
            return
        x = float(self.snap(self.x_of(self._threshold))) + 0.5
        painter.setPen(QPen(theme.colour(theme.QUIET, 200), 1.0))
        top, bottom = self.film_span()
        dashes = np.arange(top, bottom, 6.0)  # as lines: a pen of dashes takes ten times as long
        painter.drawLines([QLineF(x, y, x, min(y + 3.0, bottom)) for y in map(float, dashes)])

    def _paint_curves(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ys = self.y_of(self._centres)
        for curve in self._curves:
            path = QPainterPath()
            points = zip(self.x_of(curve.values), ys, strict=True)
            for n, (x, y) in enumerate(points):
                (path.lineTo if n else path.moveTo)(float(x), float(y))
            pen = QPen(QColor(curve.colour), curve.width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPath(path)
        font = theme.font(weight=QFont.Weight.DemiBold)
        painter.setFont(font)
        for curve, box in self.name_places():
            painter.fillRect(box.adjusted(-2, 1, 2, -1), QColor(theme.WINDOW))
            painter.setPen(QColor(curve.colour))
            elided = Qt.TextElideMode.ElideRight
            text = QFontMetricsF(font).elidedText(named(curve.name), elided, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def curves_of(prediction: Prediction) -> tuple[AnswerCurve, ...]:
    """The curves from back to front: the target last, before it the most probable other."""
    order = list(np.argsort(prediction.probabilities, kind="stable"))
    order.remove(prediction.target)
    order.append(prediction.target)
    looks = {
        len(order) - 1: (theme.INFLUENCE_POSITIVE, 2.0),
        len(order) - 2: (theme.INFLUENCE_NEGATIVE, 1.5),
    }
    curves = []
    for place, index in enumerate(order):
        colour, width = looks.get(place, (theme.QUIET, 1.0))
        values = np.asarray(prediction.by_row[:, index], dtype=np.float64)
        curves.append(
            AnswerCurve(prediction.classes[index], values, colour, width, named=place in looks)
        )
    return tuple(curves)


def _paint_dot(painter: QPainter) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.WINDOW), 1.5))
    painter.setBrush(QColor(theme.ACCENT))
    painter.drawEllipse(QPointF(0, 0), 4.0, 4.0)
