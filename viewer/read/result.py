"""Rows of the reading panel: the answer, and what was measured of the model."""

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDoubleValidator, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from engine.bundle import calibration_holds
from engine.types import Figure, FilmTest, Interval, ModelInfo, Prediction, Threshold, Trust
from viewer.kit import theme
from viewer.kit.language import marked, named, told, tr
from viewer.kit.widgets import column_in, explain, label, row_in
from viewer.kit.words import interval_text, probability_text
from viewer.read.blocks import (
    Disclosure,
    Fact,
    Headline,
    ProbabilityScale,
    breakable,
    picture,
    wrapped,
)
from viewer.session.readings import not_excluded

# ------------------------------------------------------------------- figures of the model
# What was measured of the model: its test first, the less flattering figure first of all.
#
# Figures of a test on other films stand before those of the films that the threshold was chosen
# on, and each of them says on which films. Predictive values need a prevalence, which only the
# reader can know: there is none until one is typed.

NO_TEST: Final = marked("Not tested on other films.")
_INTERVAL_TIP: Final = marked("In brackets: the {level:g} % interval.")
_VALIDATION: Final = marked("on the films that the threshold was chosen on")
_PREVALENCE_TIP: Final = marked(
    "How many of 100 films like yours show the finding. From it and the test's sensitivity and"
    " specificity follow the predictive values; in brackets, from both lower and from both upper"
    " ends of their intervals. They hold only as far as your films are like those of the test."
)


def test_rows(model: ModelInfo) -> list[QWidget]:
    """Sensitivity and specificity of the test at the model's threshold, and its films."""
    test = test_of(model)
    if test is None:
        return [wrapped(tr(NO_TEST), "warning")] if model.threshold is not None else []
    pair = FigurePair(model)
    pair.show_figures(test.sensitivity, test.specificity)
    films = wrapped(tr("at this threshold, {films}", films=films_words(test)), "quiet")
    explain(films, told(test.source))
    return [pair, films]


def test_of(model: ModelInfo) -> FilmTest | None:
    """The first test that knows both figures, of a model with a threshold."""
    if model.threshold is None:
        return None
    return next((one for one in model.tests if one.sensitivity and one.specificity), None)


def more_rows(model: ModelInfo, *, prevalence: "Prevalence | None" = None) -> list[QWidget]:
    """What fewer ask for: the field for a prevalence, and the figures of validation.

    Args:
        model: With a threshold, or nothing is shown.
        prevalence: Shown where a test knows both figures.
    """
    threshold, test = model.threshold, test_of(model)
    rows: list[QWidget] = []
    if test is not None and prevalence is not None:
        prevalence.show_test(test)
        rows.append(prevalence)
    if threshold is not None and _validation(threshold):
        title = tr("Validation figures")
        rows.append(Disclosure(title, lambda: _validation_rows(threshold)))
    return rows


class FigurePair(QWidget):
    """Sensitivity and specificity side by side, with their intervals beneath.

    The one that flatters the model less, at its own threshold, stands first; it stays there while
    the threshold is moved.

    Args:
        model: Of which they are.
    """

    def __init__(self, model: ModelInfo) -> None:
        super().__init__()
        row = row_in(self, theme.GAP)
        self._values = []
        test = test_of(model)
        halves = []
        for name in (tr("Sensitivity"), tr("Specificity")):
            half = QWidget()
            column = column_in(half, 2)
            value, ends = label("", "row"), wrapped("", "quiet", 96)
            for widget in (label(name, "quiet"), value, ends):
                column.addWidget(widget)
            self._values.append((value, ends))
            halves.append(half)
        figures = (test.sensitivity, test.specificity) if test is not None else (None, None)
        if figures[0] and figures[1] and figures[1].value < figures[0].value:
            halves.reverse()
        for half in halves:
            row.addWidget(half, 1)

    def show_figures(self, *figures: Figure | None, counts: bool = False) -> None:
        """Both of them.

        Args:
            figures: Sensitivity, then specificity.
            counts: Whether to say how many films stand behind each.
        """
        for (value, ends), figure in zip(self._values, figures, strict=True):
            value.setText(probability_text(figure.value) if figure is not None else "–")
            ends.setText(_ends(figure, counts=counts))
            if figure is not None:
                words = tr("The {level:g} % interval.", level=100 * figure.level)
                explain(ends, words)


def _ends(figure: Figure | None, *, counts: bool) -> str:
    if figure is None:
        return tr("no such film")
    interval = interval_text(Interval(figure.low, figure.high))
    if counts:
        return tr("{interval}, {films} films", interval=interval, films=figure.films)
    return interval if figure.told else tr("too few to tell")


def films_words(test: FilmTest) -> str:
    """On which films a test was made."""
    words = tr("{films:,} films", films=test.films)
    if test.patients is not None:
        words = tr("{films:,} films of {patients:,} patients")
        words = words.format(films=test.films, patients=test.patients)
    if test.positive is not None:
        with_finding = tr("{positive:,} with the finding", positive=test.positive)
        words = tr("{films}, {positive}", films=words, positive=with_finding)
    return tr("{name}: {films}", name=named(test.name), films=words)


def predictive_values(
    sensitivity: Figure, specificity: Figure, prevalence: float
) -> tuple[Figure, Figure]:
    """What a positive and a negative answer are worth, by Bayes' rule.

    Args:
        sensitivity: Of a test, with its interval.
        specificity: Of the same test.
        prevalence: 0…1, of the finding among the reader's films.

    Returns:
        Positive and negative predictive value. Their intervals come from both lower and from
        both upper ends, which is wider than a joint interval; NaN where a value has no meaning.
    """

    def both(sure: float, clear: float) -> tuple[float, float]:
        hit, alarm = sure * prevalence, (1 - clear) * (1 - prevalence)
        missed, free = (1 - sure) * prevalence, clear * (1 - prevalence)
        positive = hit / (hit + alarm) if hit + alarm else np.nan
        negative = free / (free + missed) if free + missed else np.nan
        return positive, negative

    ends = (
        both(sensitivity.value, specificity.value),
        both(sensitivity.low, specificity.low),
        both(sensitivity.high, specificity.high),
    )
    films = min(sensitivity.films, specificity.films)
    positive, negative = (Figure(*values, films) for values in zip(*ends, strict=True))
    return positive, negative


class Prevalence(QWidget):
    """A small field for the prevalence, and what follows from it; empty at the start."""

    changed = Signal(object)  # float in 0…1, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._test: FilmTest | None = None
        self.field = QLineEdit()
        self.field.setProperty("small", True)  # noqa: FBT003 - Qt's own signature
        self.field.setFixedWidth(44)
        self.field.setPlaceholderText(tr("none"))
        self.field.setAccessibleName(tr("Prevalence in per cent"))
        self.field.setValidator(QDoubleValidator(0.0, 100.0, 3, self.field))
        self.field.textChanged.connect(self._on_changed)
        line = QHBoxLayout()
        line.setContentsMargins(0, 4, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(label(tr("Prevalence"), "quiet"))
        line.addStretch(1)
        line.addWidget(self.field)
        line.addWidget(label("%", "quiet"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(5)
        column = column_in(self, 5)
        column.addLayout(line)
        column.addLayout(self._lines)
        explain(self, tr(_PREVALENCE_TIP))

    @property
    def value(self) -> float | None:
        """What the reader set, 0…1; None where nothing usable stands there."""
        try:
            number = float(self.field.text().replace(",", "."))
        except ValueError:
            return None
        return number / 100 if 0 < number < 100 else None

    def show_test(self, test: FilmTest) -> None:
        """The figures that the values are computed from."""
        self._test = test
        self._show()

    def _on_changed(self, _text: str) -> None:
        self._show()
        self.changed.emit(self.value)

    def _show(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row in self._rows():
            self._lines.addWidget(row)

    def _rows(self) -> list[QWidget]:
        test, value = self._test, self.value
        if test is None or value is None or not test.sensitivity or not test.specificity:
            return []
        positive, negative = predictive_values(test.sensitivity, test.specificity, value)
        values = (
            (tr("Positive predictive value"), positive),
            (tr("Negative predictive value"), negative),
        )
        known = [(name, one) for name, one in values if np.isfinite(one.value)]
        return [_fact(*one) for one in sorted(known, key=lambda one: one[1].value)]


def _fact(name: str, figure: Figure) -> QWidget:
    told = figure.told
    ends = interval_text(Interval(figure.low, figure.high)) if told else tr("too few to tell")
    row = Fact(name, f"{probability_text(figure.value)} ({ends})")
    explain(row, tr(_INTERVAL_TIP, level=100 * figure.level))
    return row


def _validation(threshold: Threshold) -> list[tuple[str, float, Interval | None]]:
    pairs = [
        (tr("Sensitivity"), threshold.sensitivity, threshold.sensitivity_interval),
        (tr("Specificity"), threshold.specificity, threshold.specificity_interval),
    ]
    return sorted((one for one in pairs if np.isfinite(one[1])), key=lambda one: one[1])


def _validation_rows(threshold: Threshold) -> list[QWidget]:
    rows: list[QWidget] = [wrapped(tr(_VALIDATION), "quiet")]
    for name, value, interval in _validation(threshold):
        if interval is None:
            rows.append(Fact(name, f"{value:.2f}"))
        else:
            rows.append(_fact(name, Figure(value, interval.low, interval.high, 1)))
    if threshold.chosen_on:
        rows.append(wrapped(told(threshold.chosen_on), "quiet"))
    return rows


# --------------------------------------------------------------------- rows of the answer
# The first rows of the reading panel: the answer with its place on the scale, or its absence.

KIND: Final = marked("the model's probability")
CALIBRATED: Final = marked("calibrated probability")
UNTESTED: Final = marked("the model's probability; whether it is calibrated was not tested")
UNCALIBRATED: Final = marked("the model's probability; its test did not find it calibrated")
SHORT: Final = {  # at the head of the panel, whose tip has the whole sentence
    UNTESTED: marked("calibration not tested"),
    UNCALIBRATED: marked("not found calibrated"),
}
INTERVAL: Final = marked("Venn–Abers interval")
ROUNDING: Final = 0.005  # what two decimals do not show
SHOWN_CLASSES: Final = 5
INTERVAL_TIP: Final = marked(
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
        row = row_in(reason, theme.GAP, (0, 0 if place else 4, 0, 0))
        icon = picture("warning", "warning")
        icon.setAccessibleName(tr("warning"))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(wrapped(sentence, "" if place else "value", 176), 1)
        rows.append(reason)
    return rows


def result_rows(
    prediction: Prediction, model: ModelInfo, trust: Trust, *, block: QWidget | None = None
) -> list[QWidget]:
    """Class, probability, its interval and place on the scale, other classes.

    Args:
        prediction: Of the film.
        model: Who made it.
        trust: What is known of it.
        block: Shows the scale with a threshold, where there is one (`ThresholdBlock`).
    """
    name = named(prediction.classes[prediction.target])
    probability = float(prediction.probabilities[prediction.target])
    rows: list[QWidget] = [
        Headline(name[:1].upper() + name[1:], probability_text(probability)),
        *([] if block is not None or trust.interval is None else [_interval(trust.interval)]),
        block or ProbabilityScale(probability, None, interval=trust.interval),
        *_open_rows(prediction, model, trust),
    ]
    return rows + _class_rows(prediction)


def kind_words(prediction: Prediction, model: ModelInfo, trust: Trust) -> str:
    """What the number is, marked: called calibrated only where test and interval bear it out."""
    probability = float(prediction.probabilities[prediction.target])
    interval, holds = trust.interval, calibration_holds(model)
    inside = interval is not None and (
        interval.low - ROUNDING <= probability <= interval.high + ROUNDING
    )
    if holds is None:
        return UNTESTED
    if holds:
        return CALIBRATED if inside else KIND
    return UNCALIBRATED


def _interval(interval: Interval) -> QWidget:
    row = Fact(tr(INTERVAL), interval_text(interval))
    explain(row, tr(INTERVAL_TIP))
    return row


def _open_rows(prediction: Prediction, model: ModelInfo, trust: Trust) -> list[QWidget]:
    words = not_excluded(prediction, model, trust)
    if not words:
        return []
    row = wrapped(words)
    explain(row, tr(_SET_TIP, level=100 * trust.level))
    return [row]


def _class_rows(prediction: Prediction) -> list[QWidget]:
    """The five most probable of many, and what the others have together; none of two classes."""
    if len(prediction.classes) < 3:
        return []  # the other one has what is left of 1
    values = np.asarray(prediction.probabilities, dtype=np.float64)
    order = np.argsort(-values, kind="stable")
    shown = order[:SHOWN_CLASSES]
    rows: list[QWidget] = [_gap(8)]
    rows += [_ClassRow(named(prediction.classes[k]), float(values[k])) for k in shown]
    if len(order) > len(shown):
        rest = order[len(shown) :]
        one = named(prediction.classes[rest[0]])
        words = tr("%n others", "", n=len(rest)) if len(rest) > 1 else one
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
        row = row_in(self, theme.GAP)
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
