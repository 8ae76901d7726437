"""What was measured of the model: its test first, the less flattering figure first of all.

Figures of a test on other films stand before those of the films that the threshold was chosen
on, and each of them says on which films. Predictive values need a prevalence, which only the
reader can know: there is none until one is typed.
"""

from typing import Final

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from engine import Figure, FilmTest, Interval, ModelInfo, Threshold
from viewer import theme
from viewer.kit.language import marked, tr
from viewer.numbers import interval_text, probability_text
from viewer.panes.reading_parts import Disclosure, Fact, wrapped
from viewer.scaffold import explain, label

NO_TEST: Final = marked("Not tested on other films.")
_INTERVAL_TIP: Final = marked("In brackets: the {level:g} % interval.")
_VALIDATION: Final = marked("on the films that the threshold was chosen on")
_PREVALENCE_TIP: Final = marked(
    "How many of 100 films like yours show the finding. From it and the test's sensitivity and"
    " specificity follow the predictive values; in brackets, from both lower and from both upper"
    " ends of their intervals. They hold only as far as your films are like those of the test."
)


def figure_rows(model: ModelInfo, *, prevalence: "Prevalence | None" = None) -> list[QWidget]:
    """Sensitivity and specificity: of the test, then of validation, each with its films.

    Args:
        model: With a threshold, or nothing is shown.
        prevalence: The field for it; shown where a test knows both figures.
    """
    threshold = model.threshold
    if threshold is None:
        return []
    test = next((one for one in model.tests if one.sensitivity and one.specificity), None)
    rows: list[QWidget] = []
    if test is None:
        rows.append(wrapped(tr(NO_TEST), "warning"))
    else:
        rows += _sorted_facts(
            (tr("Sensitivity"), test.sensitivity), (tr("Specificity"), test.specificity)
        )
        rows.append(wrapped(tr("at this threshold, {films}", films=films_words(test)), "quiet"))
        if prevalence is not None:
            prevalence.show_test(test)
            rows.append(prevalence)
    validation = _validation(threshold)
    if validation:
        title = tr("Validation figures")
        rows.append(Disclosure(title, lambda: _validation_rows(threshold)))
    return rows


def films_words(test: FilmTest) -> str:
    """On which films a test was made."""
    words = tr("{films:,} films", films=test.films)
    if test.patients is not None:
        words = tr("{films:,} films of {patients:,} patients")
        words = words.format(films=test.films, patients=test.patients)
    if test.positive is not None:
        with_finding = tr("{positive:,} with the finding", positive=test.positive)
        words = f"{words}, {with_finding}"
    return f"{test.name}: {words}; {test.source}"


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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
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
        return _sorted_facts(
            (tr("Positive predictive value"), positive),
            (tr("Negative predictive value"), negative),
        )


def _sorted_facts(*figures: tuple[str, Figure | None]) -> list[QWidget]:
    """The less flattering figure first."""
    known = sorted(
        ((name, one) for name, one in figures if one is not None and np.isfinite(one.value)),
        key=lambda one: one[1].value,
    )
    return [_fact(name, figure) for name, figure in known]


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
        rows.append(wrapped(threshold.chosen_on, "quiet"))
    return rows
