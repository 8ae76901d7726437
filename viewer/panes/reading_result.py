"""The first rows of the reading panel: the answer with its place on the scale, or its absence."""

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from engine import ModelInfo, Prediction, Threshold
from viewer import theme
from viewer.panes.reading_parts import (
    Fact,
    Headline,
    ProbabilityScale,
    breakable,
    picture,
    wrapped,
)
from viewer.readings import probability_text
from viewer.scaffold import label

KIND: Final = "the model's probability"
SHOWN_CLASSES: Final = 5


def failure_rows(headline: str, sentence: str) -> list[QWidget]:
    """Large words without a number, the triangle, and the reason."""
    reason = QWidget()
    row = QHBoxLayout(reason)
    row.setContentsMargins(0, 4, 0, 0)
    row.setSpacing(theme.GAP)
    icon = picture("warning", theme.WARNING)
    icon.setAccessibleName("warning")
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(wrapped(sentence, width=180), 1)
    return [Headline(headline), reason]


def result_rows(prediction: Prediction, model: ModelInfo) -> list[QWidget]:
    """Class, probability, its place on the scale, threshold, and the other classes."""
    name = prediction.classes[prediction.target]
    probability = float(prediction.probabilities[prediction.target])
    threshold = model.threshold if prediction.target == model.positive else None
    rows: list[QWidget] = [
        Headline(name[:1].upper() + name[1:], probability_text(probability)),
        wrapped(KIND, "quiet"),
    ]
    if threshold is not None:
        rows.append(wrapped(_side(probability, threshold.value)))
    words = "" if threshold is None else f"threshold {_level(threshold.value, probability)}"
    value = None if threshold is None else threshold.value
    rows.append(ProbabilityScale(probability, value, words))
    if threshold is not None:
        rows += _threshold_rows(threshold)
    return rows + _class_rows(prediction)


def _side(probability: float, threshold: float) -> str:
    if probability == threshold:
        return "at the threshold"
    return "above the threshold" if probability > threshold else "below the threshold"


def _level(threshold: float, probability: float) -> str:
    """The threshold; with a third decimal where two would make it look equal."""
    equal = f"{threshold:.2f}" == f"{probability:.2f}" and threshold != probability
    return f"{threshold:.3f}" if equal else f"{threshold:.2f}"


def _threshold_rows(threshold: Threshold) -> list[QWidget]:
    rows: list[QWidget] = [
        Fact(name, f"{value:.2f}")
        for name, value in (
            ("Sensitivity", threshold.sensitivity),
            ("Specificity", threshold.specificity),
        )
        if np.isfinite(value)
    ]
    if rows and threshold.chosen_on:
        rows.append(wrapped(f"at this threshold, on {threshold.chosen_on}", "quiet"))
    return rows


def _class_rows(prediction: Prediction) -> list[QWidget]:
    """All classes of two, the five most probable of more, and what the others have together."""
    values = np.asarray(prediction.probabilities, dtype=np.float64)
    order = np.argsort(-values, kind="stable")
    shown = order[:SHOWN_CLASSES]
    bars = len(order) > 2
    rows: list[QWidget] = [_gap(8)]
    rows += [_ClassRow(prediction.classes[k], float(values[k]), bar=bars) for k in shown]
    if len(order) > len(shown):
        rest = order[len(shown) :]
        words = f"{len(rest)} others" if len(rest) > 1 else prediction.classes[rest[0]]
        rows.append(_ClassRow(words, float(values[rest].sum()), bar=bars))
    return rows


def _gap(height: int) -> QWidget:
    space = QWidget()
    space.setFixedHeight(height - 4)  # the column adds its own spacing
    return space


class _ClassRow(QWidget):
    """Name, bar where there are many classes, probability: all quiet."""

    def __init__(self, name: str, probability: float, *, bar: bool) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        words = label(breakable(name, theme.font(), 96), "quiet")
        words.setWordWrap(True)
        row.addWidget(words, 1)
        if bar:
            row.addWidget(_Bar(probability))
        value = label(probability_text(probability), "quiet")
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        value.setMinimumWidth(40)
        row.addWidget(value)


class _Bar(QWidget):
    """A probability as the filled part of a groove."""

    def __init__(self, probability: float) -> None:
        super().__init__()
        self._probability = probability
        self.setFixedSize(48, 16)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the groove and its filled part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for part, tint in ((1.0, theme.LINE), (self._probability, theme.QUIET)):
            painter.setBrush(theme.colour(tint))
            painter.drawRoundedRect(QRectF(0, 6, self.width() * part, 4), 2, 2)
