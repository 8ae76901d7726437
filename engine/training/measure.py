"""What a model achieves on films it has not seen: figures with intervals, as values."""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score, roc_curve

from engine.training.bootstrap import area, intervals, resampling
from engine.types import LEVEL, Interval, Threshold

_Z = NormalDist().inv_cdf((1 + LEVEL) / 2)  # two-sided

Labels = NDArray[np.int64]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured share with its interval (`LEVEL`), and the films behind it."""

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


def share(hits: NDArray[np.bool_], patients: NDArray[np.str_] | None = None) -> Figure:
    """A share of films with its Wilson score interval (Wilson 1927).

    Args:
        hits: (N,) whether each film counts.
        patients: (N,) whose film it is; given, the interval is that of fewer films, as many as
            would say as much as these (`effective_films`). None: each film has its own.
    """
    count = len(hits)
    if not count:
        return Figure(math.nan, 0.0, 1.0, 0)
    value = float(np.mean(hits))
    films = float(count) if patients is None else effective_films(hits, patients)
    centre = (value + _Z**2 / (2 * films)) / (1 + _Z**2 / films)
    spread = value * (1 - value) / films + _Z**2 / (4 * films**2)
    half = _Z * math.sqrt(spread) / (1 + _Z**2 / films)
    return Figure(value, max(0.0, centre - half), min(1.0, centre + half), count)


def effective_films(hits: NDArray[np.bool_], patients: NDArray[np.str_]) -> float:
    """How many films of different patients would say as much about a share as these (N,).

    The films over the design effect, the variance of the share over patients against that of
    independent films (Kish 1965; Rao and Scott 1992). Never more than the films; where all films
    agree nothing can be estimated, and a patient counts as one film.
    """
    places = np.unique(patients, return_inverse=True)[1]
    count, people = len(hits), int(places.max()) + 1
    if people == count:
        return float(count)
    value = float(np.mean(hits))
    if people == 1 or not 0 < value < 1:
        return float(people)
    sums = np.bincount(places, weights=hits - value)
    between = people / (people - 1) * float(sums @ sums) / count**2
    return count / max(1.0, between / (value * (1 - value) / count))


def area_under_curve(
    present: NDArray[np.bool_],
    scores: Scores,
    *,
    patients: NDArray[np.str_] | None = None,
    seed: int = 0,
) -> Figure:
    """ROC area with a percentile interval over patients, see `engine.training.bootstrap`."""
    value = float(roc_auc_score(present, scores))
    drawn = resampling(present.astype(np.int64), patients, seed=seed)
    low, high = intervals(drawn, {"area": area(present, scores)})["area"]
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
        sensitivity_interval=Interval(hit.low, hit.high, LEVEL),
        specificity_interval=Interval(spared.low, spared.high, LEVEL),
    )


def performance(
    present: NDArray[np.bool_],
    scores: Scores,
    threshold: float,
    *,
    patients: NDArray[np.str_] | None = None,
) -> Performance:
    """Everything about a two-class answer at a threshold; see `share` for the patients."""
    found = scores >= threshold
    owners = np.arange(len(scores)).astype(str) if patients is None else patients
    return Performance(
        auc=area_under_curve(present, scores, patients=patients),
        accuracy=share(found == present, owners),
        sensitivity=share(found[present], owners[present]),
        specificity=share(~found[~present], owners[~present]),
        brier=float(np.mean((scores - present) ** 2)),
    )
