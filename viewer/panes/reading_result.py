"""The first rows of the reading panel: the answer with its place on the scale, or its absence."""

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from engine import Interval, ModelInfo, Prediction, Trust, calibration_holds
from viewer import theme
from viewer.kit.language import marked, tr
from viewer.numbers import interval_text, probability_text
from viewer.panes.reading_figures import Prevalence, figure_rows
from viewer.panes.reading_parts import Fact, Headline, breakable, picture, wrapped
from viewer.panes.reading_scale import ProbabilityScale
from viewer.readings import not_excluded
from viewer.scaffold import explain, label

KIND: Final = marked("the model's probability")
CALIBRATED: Final = marked("calibrated probability")
UNTESTED: Final = marked("the model's probability; whether it is calibrated was not tested")
UNCALIBRATED: Final = marked("the model's probability; its test did not find it calibrated")
INTERVAL: Final = marked("Venn–Abers interval")
ROUNDING: Final = 0.005  # what two decimals do not show
SHOWN_CLASSES: Final = 5
_INTERVAL_TIP: Final = marked(
    "How often validation films with such an answer show this class: once with this film counted"
    " as one that does not, once as one that does. One of the two is calibrated; they have no"
    " level, as other intervals have. It holds for films like those, not for another hospital's."
)
_SET_TIP: Final = marked(
    "Conformal prediction set: of films like the validation films, {level:.3g} % of each class"
    " have it among those that cannot be excluded."
)


def failure_rows(headline: str, *sentences: str) -> list[QWidget]:
    """Large words without a number, then every reason with a triangle, the first one stronger."""
    rows: list[QWidget] = [Headline(headline)]
    for place, sentence in enumerate(sentences):
        reason = QWidget()
        row = QHBoxLayout(reason)
        row.setContentsMargins(0, 0 if place else 4, 0, 0)
        row.setSpacing(theme.GAP)
        icon = picture("warning", "warning")
        icon.setAccessibleName(tr("warning"))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(wrapped(sentence, "" if place else "value", 176), 1)
        rows.append(reason)
    return rows


def result_rows(
    prediction: Prediction,
    model: ModelInfo,
    trust: Trust,
    *,
    prevalence: Prevalence | None = None,
) -> list[QWidget]:
    """Class, probability, its interval and place on the scale, figures, other classes."""
    name = prediction.classes[prediction.target]
    probability = float(prediction.probabilities[prediction.target])
    threshold = model.threshold if prediction.target == model.positive else None
    rows: list[QWidget] = [
        Headline(name[:1].upper() + name[1:], probability_text(probability)),
        *_kind_rows(probability, trust.interval, holds=calibration_holds(model)),
    ]
    if threshold is not None:
        rows.append(wrapped(_side(probability, threshold.value)))
    words = ""
    if threshold is not None:
        words = tr("threshold {value}", value=_level(threshold.value, probability))
    value = None if threshold is None else threshold.value
    rows.append(ProbabilityScale(probability, value, words=words, interval=trust.interval))
    rows += _open_rows(prediction, model, trust)
    if threshold is not None:
        rows += figure_rows(model, prevalence=prevalence)
    return rows + _class_rows(prediction)


def _kind_rows(
    probability: float, interval: Interval | None, *, holds: bool | None
) -> list[QWidget]:
    """What the number is: called calibrated only where test and interval bear that out."""
    inside = interval is not None and (
        interval.low - ROUNDING <= probability <= interval.high + ROUNDING
    )
    if holds is None:
        words = UNTESTED
    elif holds:
        words = CALIBRATED if inside else KIND
    else:
        words = UNCALIBRATED
    rows: list[QWidget] = [wrapped(tr(words), "quiet")]
    if interval is not None:
        row = Fact(tr(INTERVAL), interval_text(interval))
        explain(row, tr(_INTERVAL_TIP))
        rows.append(row)
    return rows


def _open_rows(prediction: Prediction, model: ModelInfo, trust: Trust) -> list[QWidget]:
    words = not_excluded(prediction, model, trust)
    if not words:
        return []
    row = wrapped(words)
    explain(row, tr(_SET_TIP, level=100 * trust.level))
    return [row]


def _side(probability: float, threshold: float) -> str:
    if probability == threshold:
        return tr("at the threshold")
    return tr("above the threshold") if probability > threshold else tr("below the threshold")


def _level(threshold: float, probability: float) -> str:
    """The threshold; with a third decimal where two would make it look equal."""
    equal = f"{threshold:.2f}" == f"{probability:.2f}" and threshold != probability
    return f"{threshold:.3f}" if equal else f"{threshold:.2f}"


def _class_rows(prediction: Prediction) -> list[QWidget]:
    """The five most probable of many, and what the others have together; none of two classes."""
    if len(prediction.classes) < 3:
        return []  # the other one has what is left of 1
    values = np.asarray(prediction.probabilities, dtype=np.float64)
    order = np.argsort(-values, kind="stable")
    shown = order[:SHOWN_CLASSES]
    rows: list[QWidget] = [_gap(8)]
    rows += [_ClassRow(prediction.classes[k], float(values[k])) for k in shown]
    if len(order) > len(shown):
        rest = order[len(shown) :]
        words = tr("%n others", "", n=len(rest)) if len(rest) > 1 else prediction.classes[rest[0]]
        rows.append(_ClassRow(words, float(values[rest].sum())))
    return rows


def _gap(height: int) -> QWidget:
    space = QWidget()
    space.setFixedHeight(height - 4)  # the column adds its own spacing
    return space


class _ClassRow(QWidget):
    """Name, bar, probability: all quiet."""

    def __init__(self, name: str, probability: float) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        words = label(breakable(name, theme.font(), 96), "quiet")
        words.setWordWrap(True)
        row.addWidget(words, 1)
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
