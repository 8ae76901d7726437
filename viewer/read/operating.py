"""The threshold as a handle: what the reader moves, and what it does to the model's own films."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from engine.types import Interval, ModelInfo
from viewer.kit import theme
from viewer.kit.language import tr
from viewer.kit.widgets import column_in, explain, label, row_in
from viewer.kit.words import interval_text
from viewer.read.blocks import ENDS, ProbabilityScale, fits, wrapped
from viewer.read.result import (
    INTERVAL,
    INTERVAL_TIP,
    FigurePair,
    Prevalence,
    more_rows,
    test_rows,
)
from viewer.read.threshold_handle import ThresholdHandle
from viewer.session.thresholds import ThresholdPlace


class ThresholdScale(ProbabilityScale):
    """The scale of a probability with a threshold that mouse and keys can move.

    Signals:
        moved(object): Where the threshold was put, 0…1; None back to the model's.
    """

    moved = Signal(object)

    def __init__(self, probability: float, *, interval: Interval | None) -> None:
        super().__init__(probability, None, interval=interval)
        self._point = ThresholdPlace()
        self._handle = ThresholdHandle(self, inset=ENDS, brings=True)
        self._handle.moved.connect(self.moved)

    def show_point(self, point: ThresholdPlace, words: str) -> None:
        """Draw another threshold: a handle where it can be moved, else a tick."""
        self._point, self._threshold, self._words = point, point.value, words
        self._handle.place(point.value, movable=point.movable)
        spoken = tr("Probability {value:.2f} on a scale from 0 to 1.", value=self._probability)
        self.setAccessibleName(f"{spoken} {words}")
        self.update()

    def _draw_threshold(self, painter: QPainter, x: float) -> None:
        if not self._point.movable:
            painter.setBrush(theme.colour(theme.TEXT))
            painter.drawRect(QRectF(x - 1, 9, 2, 18))
            return
        painter.setBrush(theme.colour(theme.ACCENT))
        corners = (QPointF(x - 5, 0), QPointF(x + 5, 0), QPointF(x, 8))
        painter.drawPolygon(QPolygonF(list(corners)))
        painter.drawRect(QRectF(x - 1, 7, 2, 20))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(theme.ACCENT), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(x - 8, -3, 16, 33), 3, 3)
            painter.setPen(Qt.PenStyle.NoPen)


class ThresholdBlock(QWidget):
    """On which side of the threshold the film is, the scale, and what the threshold does.

    Signals:
        moved(object): Where the reader puts the threshold; None back to the model's.
    """

    moved = Signal(object)

    def __init__(
        self,
        probability: float,
        model: ModelInfo,
        *,
        interval: Interval | None,
        prevalence: Prevalence | None = None,
    ) -> None:
        super().__init__()
        self._probability = probability
        self._side = _SideLine(interval)
        self.scale = ThresholdScale(probability, interval=interval)
        self._models = QWidget()  # what was measured at the model's own threshold
        self._more = QWidget()  # the same, for fewer readers
        for holder, rows in (
            (self._models, test_rows(model)),
            (self._more, more_rows(model, prevalence=prevalence)),
        ):
            below = column_in(holder, 5)
            for row in rows:
                below.addWidget(row)
        self._pair = FigurePair(model)
        self._note = wrapped("", "quiet")
        self.back = QPushButton(tr("Back to the model's threshold"))
        column = column_in(self, 5)
        for widget in (
            self._side, self.scale, self._pair, self._models, self._note, self._more, self.back
        ):  # fmt: skip
            column.addWidget(widget)
        self.scale.moved.connect(self.moved)
        self.back.clicked.connect(lambda: self.moved.emit(None))
        limit = model.threshold.value if model.threshold is not None else None
        self.show_point(ThresholdPlace(limit, limit, reading=True))

    def show_point(self, point: ThresholdPlace) -> None:
        """Another threshold, or its films were read."""
        if point.value is None:
            return
        self._side.show_side(side_words(self._probability, point))
        value = level_text(point.value, self._probability)
        words = tr("threshold {value}", value=value)
        if point.own:
            words = tr("your threshold {value}", value=value)
        self.scale.show_point(point, words)
        self._models.setVisible(not point.own)
        self._more.setVisible(not point.own)
        self._pair.setVisible(point.own)
        self.back.setVisible(point.own)
        if point.own:
            self._pair.show_figures(point.sensitivity, point.specificity, counts=True)
        self._note.setText(_note(point))
        self._note.setVisible(bool(self._note.text()))


class _SideLine(QWidget):
    """On which side of the threshold the film is; at the right the interval of its number."""

    def __init__(self, interval: Interval | None) -> None:
        super().__init__()
        self._side, self._ends = label(), label("", "value")
        self._interval = interval
        row = row_in(self, theme.GAP)
        row.addWidget(self._side, 1)
        row.addWidget(self._ends)
        self._ends.setVisible(interval is not None)
        explain(self._ends, tr(INTERVAL), tr(INTERVAL_TIP))

    def show_side(self, words: str) -> None:
        """Say it in words."""
        self._side.setText(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Call the interval one where there is room for the word."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._interval is None:
            return
        ends = interval_text(self._interval)
        whole = tr("interval {ends}", ends=ends)
        room = self.width() - theme.GAP
        self._ends.setText(whole if fits(f"{self._side.text()}  {whole}", room) else ends)


def side_words(probability: float, point: ThresholdPlace) -> str:
    """On which side of a threshold a film is, and whose threshold that is."""
    limit = point.value if point.value is not None else 0.0
    if probability == limit:
        return tr("at your threshold") if point.own else tr("at the threshold")
    if probability > limit:
        return tr("above your threshold") if point.own else tr("above the threshold")
    return tr("below your threshold") if point.own else tr("below the threshold")


def level_text(threshold: float, probability: float) -> str:
    """The threshold; with a third decimal where two would make it look equal."""
    equal = f"{threshold:.2f}" == f"{probability:.2f}" and threshold != probability
    return f"{threshold:.3f}" if equal else f"{threshold:.2f}"


def _note(point: ThresholdPlace) -> str:
    if point.own:
        return tr(
            "This is your threshold, not the model's ({value:.2f}). The figures are of the"
            " validation films that the model keeps; they hold for films like those.",
            value=point.models,
        )
    if point.movable:
        return tr("Drag the marker to change it.")
    if point.reading:
        return ""
    return tr("It cannot be moved: the model keeps no films to say what another one does.")
