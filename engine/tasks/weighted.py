"""Figures of films that count differently: what draws of patients are measured with.

Each is a `Statistic`: weights (b, N) of films in, b values out, NaN where there is nothing to
measure. `among` says which films take part, where not all of them do; of a `Share` and a
`RocArea` whoever makes intervals knows better ones than those of draws
(`engine.measure.task_figures`).
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.types import Doubles

Truths = NDArray[np.bool_]

_BINS = 10  # of a calibration error, of equal width


@dataclass(frozen=True, slots=True, eq=False)
class Average:
    """The weighted mean of a value of each film.

    Attributes:
        values: (N,); of films that take no part anything, also NaN.
        among: (N,) which take part.
    """

    values: Doubles
    among: Truths

    def __call__(self, weights: Doubles) -> Doubles:
        """Weights (b, N) → (b,)."""
        drawn = weights[:, self.among]
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(drawn @ self.values[self.among] / drawn.sum(axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """The share of films that count, among some.

    Attributes:
        hits: (N,) whether a film counts.
        among: (N,) which take part.
    """

    hits: Truths
    among: Truths

    def __call__(self, weights: Doubles) -> Doubles:
        """Weights (b, N) → (b,)."""
        return Average(self.hits.astype(np.float64), self.among)(weights)


@dataclass(frozen=True, slots=True, eq=False)
class RocArea:
    """The area under the ROC curve: the share of pairs of films in the right order.

    Ties count half (Mann and Whitney 1947). Sorting is done once, for all draws.

    Attributes:
        present: (N,) whether the finding is there.
        scores: (N,) the higher, the more it seems to be.
        among: (N,) which take part.
    """

    present: Truths
    scores: Doubles
    among: Truths
    _order: NDArray[np.intp] = field(init=False)
    _starts: NDArray[np.intp] = field(init=False)

    def __post_init__(self) -> None:
        chosen = np.flatnonzero(self.among)
        order = chosen[np.argsort(self.scores[chosen], kind="stable")]
        ordered = self.scores[order]
        object.__setattr__(self, "_order", order)
        starts = np.flatnonzero(np.append(True, ordered[1:] > ordered[:-1]))
        object.__setattr__(self, "_starts", starts)

    def __call__(self, weights: Doubles) -> Doubles:
        """Weights (b, N) → (b,)."""
        if not len(self._order):
            return np.full(len(weights), np.nan)
        drawn, there = weights[:, self._order], self.present[self._order]
        positive = np.add.reduceat(drawn * there, self._starts, axis=1)
        negative = np.add.reduceat(drawn * ~there, self._starts, axis=1)
        below = np.cumsum(negative, axis=1) - negative / 2
        with np.errstate(divide="ignore", invalid="ignore"):
            pairs = positive.sum(axis=1) * negative.sum(axis=1)
            return np.asarray((positive * below).sum(axis=1) / pairs)


@dataclass(frozen=True, slots=True, eq=False)
class CalibrationError:
    """Expected calibration error in ten bins of equal width (Naeini 2015): 0 is perfect.

    Attributes:
        probabilities: (N,) said.
        present: (N,) true.
        among: (N,) which take part.
    """

    probabilities: Doubles
    present: Truths
    among: Truths

    def __call__(self, weights: Doubles) -> Doubles:
        """Weights (b, N) → (b,)."""
        said, true = self.probabilities[self.among], self.present[self.among]
        place = np.minimum((said * _BINS).astype(np.int64), _BINS - 1)
        drawn = weights[:, self.among]
        off = (drawn * (said - true)) @ np.eye(_BINS)[place]  # (b, bins)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.abs(off).sum(axis=1) / drawn.sum(axis=1))
