"""What moved the answer: the log-odds of the film as a sum over groups of steps."""

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from engine.types import Influence, ModelInfo
from viewer.kit import theme
from viewer.kit.language import joined, marked, named, told, tr
from viewer.kit.widgets import label
from viewer.kit.words import answer_text
from viewer.read.blocks import CheckRow
from viewer.session.check_lines import CheckLine

Groups = tuple[tuple[str, float], ...]

NOTE: Final = marked("log-odds; the steps sum to the difference")
VISIBLE_RESIDUAL: Final = 0.005  # what two decimals would show


def evidence_groups(influence: Influence, groups: int = 3) -> Groups:
    """Consecutive steps that pull the same way, from the top of the film, with their sums.

    Every step is in exactly one group, so the sums add up to the sum of all steps. Where the sign
    changes more often than `groups` allows, the weakest group joins its neighbours, one after
    the other; `groups + 1` are left where an odd one stands at an edge of the film.
    """
    values = np.asarray(influence.values, dtype=np.float64)
    if values.size == 0:
        return ()
    runs = _runs(np.sign(values))
    while len(runs) > groups + 1:
        sums = [abs(float(values[first:last].sum())) for first, last in runs]
        weakest = int(np.argmin(sums))
        left, right = max(weakest - 1, 0), min(weakest + 1, len(runs) - 1)
        runs[left : right + 1] = [(runs[left][0], runs[right][1])]
    return tuple((_words(first, last), float(values[first:last].sum())) for first, last in runs)


def _runs(signs: np.ndarray) -> list[tuple[int, int]]:
    """First and one-past-last step of each run; without influence it belongs to the run above."""
    for place in range(1, len(signs)):
        if signs[place] == 0:
            signs[place] = signs[place - 1]
    moved = np.flatnonzero(signs)
    if moved.size:
        signs[: moved[0]] = signs[moved[0]]
    starts = [0, *(int(n) + 1 for n in np.flatnonzero(np.diff(signs)))]
    return list(zip(starts, [*starts[1:], len(signs)], strict=True))


def _words(first: int, last: int) -> str:
    if last - first == 1:
        return tr("step {step}", step=first)
    return tr("steps {first}–{last}", first=first, last=last - 1)


def signed(value: float) -> str:
    """Two decimals with a sign and a true minus; zero has none."""
    text = f"{value:+.2f}"
    return "0.00" if float(text) == 0 else text.replace("-", "−")


def baseline_line(influence: Influence, model: ModelInfo) -> CheckLine | None:
    """That the model answers the baseline itself, in one line; None where it is undecided."""
    baseline = influence.baseline
    if baseline.warning is None or baseline.decided is None or baseline.probabilities is None:
        return None
    film = told(baseline.words)
    film = f"{film[:1].upper()}{film[1:]}"
    probability = float(baseline.probabilities[baseline.decided])
    value = answer_text(probability, of_film=model.objective.of_film)
    name = named(model.classes[baseline.decided])
    words = tr("{film} itself is “{name}” {value}: the map shows only what differs from it")
    words = words.format(film=film, name=name, value=value)
    tip = joined(told(baseline.warning.words), tr("Shift+I takes the next baseline."))
    return CheckLine(words, "", "doubtful", tip)


class EvidenceTable(QWidget):
    """Baseline, groups of steps, this film: name, bar from a common zero, log-odds."""

    def __init__(self, influence: Influence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        groups = evidence_groups(influence)
        rows = (
            (told(influence.baseline.title), influence.baseline_log_odds, theme.QUIET),
            *((name, value, _tint(value)) for name, value in groups),
            (tr("this film"), influence.log_odds, theme.QUIET),
        )
        numbers = [value for _, value, _ in rows]
        limits = (min(0.0, *numbers), max(0.0, *numbers))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, (name, value, tint) in enumerate(rows):
            total = place == len(rows) - 1
            number = label(signed(value), "value")
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label(name, "" if total else "quiet"), place, 0)
            grid.addWidget(EvidenceBar(value, limits, tint=tint), place, 1)
            grid.addWidget(number, place, 2)
        note = label(_note(influence.residual), "quiet")
        note.setWordWrap(True)
        grid.addWidget(note, len(rows), 0, 1, 3)


def _tint(value: float) -> str:
    return theme.INFLUENCE_POSITIVE if value >= 0 else theme.INFLUENCE_NEGATIVE


def _note(residual: float) -> str:
    if abs(residual) <= VISIBLE_RESIDUAL:
        return tr(NOTE)
    leaves = tr("integration leaves {residual}", residual=signed(residual))
    return tr("{note}; {leaves}", note=tr(NOTE), leaves=leaves)


class EvidenceBar(QWidget):
    """A bar from zero to a value; all bars of a table share their limits and so their zero."""

    def __init__(self, value: float, limits: tuple[float, float], *, tint: str) -> None:
        super().__init__()
        self._value, self._limits, self._tint = value, limits, tint
        self.setMinimumWidth(32)
        self.setFixedHeight(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw zero as a fine line, and the bar."""
        low, high = self._limits
        scale = (self.width() - 1) / ((high - low) or 1.0)
        zero = round(-low * scale)
        start, end = sorted((float(zero), zero + self._value * scale))
        painter = QPainter(self)
        painter.fillRect(zero, 0, 1, self.height(), theme.colour(theme.LINE))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(start, 4, max(end - start, 1.0), 8)
        painter.fillRect(bar, theme.colour(self._tint))


def evidence_rows(influence: Influence, model: ModelInfo) -> list[QWidget]:
    """What moved the answer, after what is missing from it."""
    line = baseline_line(influence, model)
    table = EvidenceTable(influence)
    return [table] if line is None else [CheckRow(line), table]
