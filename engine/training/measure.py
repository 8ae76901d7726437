"""What a model achieves on films it has not seen: figures with 95 % intervals, as values."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score, roc_curve

from engine.types import Interval, Threshold

_DRAWS = 2000  # bootstrap draws behind an interval
_Z = 1.959964  # two-sided 95 %

Labels = NDArray[np.int64]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured share with its 95 % interval, and the films behind it."""

    value: float
    low: float
    high: float
    count: int

    def __str__(self) -> str:
        """For people, for example "0.972 (0.960–0.983), 624 films"."""
        films = "film" if self.count == 1 else "films"
        return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f}), {self.count:,} {films}"


@dataclass(frozen=True, slots=True)
class Performance:
    """Two classes: how well the finding is told from its absence.

    Attributes:
        auc: Area under the ROC curve; threshold-free.
        brier: Mean squared error of the probability (Brier 1950); lower is better.
    """

    auc: Figure
    accuracy: Figure
    sensitivity: Figure
    specificity: Figure
    brier: float


def share(hits: NDArray[np.bool_]) -> Figure:
    """A share of films with its Wilson score interval (Wilson 1927)."""
    count = len(hits)
    if not count:
        return Figure(math.nan, 0.0, 1.0, 0)
    value = float(np.mean(hits))
    centre = (value + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    spread = value * (1 - value) / count + _Z**2 / (4 * count**2)
    half = _Z * math.sqrt(spread) / (1 + _Z**2 / count)
    return Figure(value, max(0.0, centre - half), min(1.0, centre + half), count)


def area_under_curve(present: NDArray[np.bool_], scores: Scores, *, seed: int = 0) -> Figure:
    """ROC area with a percentile bootstrap interval, both classes resampled (Efron 1979)."""
    value = float(roc_auc_score(present, scores))
    rng = np.random.default_rng(seed)
    positive, negative = scores[present], scores[~present]
    draws = [
        _rank_area(rng.choice(positive, len(positive)), rng.choice(negative, len(negative)))
        for _ in range(_DRAWS)
    ]
    low, high = np.percentile(draws, [2.5, 97.5])
    return Figure(value, float(low), float(high), len(scores))


def choose_threshold(
    present: NDArray[np.bool_], scores: Scores, *, sensitivity: float = 0.0, chosen_on: str
) -> Threshold:
    """The operating point, and what it reaches on the films that it was chosen on.

    Args:
        present: (N,) whether the finding is there.
        scores: (N,) probability of the finding.
        sensitivity: The highest threshold that reaches it; 0 takes the largest sensitivity +
            specificity (Youden 1950), the middle one where several are equally good.
        chosen_on: The films in words.
    """
    false_alarms, hits, values = roc_curve(present, scores, drop_intermediate=False)
    if sensitivity:
        best = int(np.argmax(hits >= sensitivity))
    else:
        youden = hits - false_alarms
        ties = np.flatnonzero(youden >= youden.max() - 1e-12)
        best = int(ties[len(ties) // 2])
    after = values[best + 1] if best + 1 < len(values) else 0.0
    value = float(np.clip((values[best] + after) / 2, 0.0, 1.0))  # between two films
    found = scores >= value
    hit, spared = share(found[present]), share(~found[~present])
    return Threshold(
        value,
        hit.value,
        spared.value,
        chosen_on,
        sensitivity_interval=Interval(hit.low, hit.high),
        specificity_interval=Interval(spared.low, spared.high),
    )


def performance(present: NDArray[np.bool_], scores: Scores, threshold: float) -> Performance:
    """Everything about a two-class answer at a threshold."""
    found = scores >= threshold
    return Performance(
        auc=area_under_curve(present, scores),
        accuracy=share(found == present),
        sensitivity=share(found[present]),
        specificity=share(~found[~present]),
        brier=float(np.mean((scores - present) ** 2)),
    )


def _rank_area(positive: Scores, negative: Scores) -> float:
    """Share of pairs in the right order, ties counted half (Mann and Whitney 1947)."""
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, side="left")
    ties = np.searchsorted(ordered, positive, side="right") - below
    return float((below + ties / 2).mean() / len(negative))
