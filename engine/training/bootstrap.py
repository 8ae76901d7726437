"""How much a figure would differ on other patients: whole patients drawn anew, with replacement.

Films of one patient are alike, so that they say less than as many films of different people. The
bootstrap (Efron 1979) therefore draws patients and takes all their films (Field and Welsh 2007).
All draws are computed side by side, as how often each film was drawn.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.progress import paced
from engine.types import LEVEL

Doubles = NDArray[np.float64]
Statistic = Callable[[Doubles], Doubles]  # weights (b, N) of films → values (b, …)

DRAWS = 2000
_VALUES = 2**22  # of one block of draws in memory: 32 MiB
_PERCENTILES = (50 * (1 - LEVEL), 50 * (1 + LEVEL))


@dataclass(frozen=True, slots=True, eq=False)
class Resampling:
    """Draws of patients; the same ones each time that they are asked for.

    Attributes:
        places: (N,) the number of each film's patient.
        strata: Patients that are drawn among themselves: those with most films of one class, so
            that every draw has about as many films of each class as there were.
        draws: How many.
        seed: Of the draws.
    """

    places: NDArray[np.int64]
    strata: tuple[NDArray[np.int64], ...]
    draws: int
    seed: int

    @property
    def patients(self) -> int:
        """How many different patients there are."""
        return sum(map(len, self.strata))

    def weights(self) -> Iterator[Doubles]:
        """How often each film is in each draw, (b, N) at a time."""
        rng = np.random.default_rng(self.seed)
        size = max(1, _VALUES // max(len(self.places), 1))
        starts = range(0, self.draws, size)
        for start in paced(starts, "drawing patients", len(starts)):
            block = min(size, self.draws - start)
            counts = np.zeros((block, self.patients))
            for patients in self.strata:
                counts[:, patients] = _counts(rng, block, len(patients))
            yield counts[:, self.places]


def resampling(
    labels: NDArray[np.int64],
    patients: NDArray[np.str_] | None = None,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> Resampling:
    """Prepare draws of films with labels (N,) of patients (N,); None: each film has its own."""
    if patients is None:
        places, count = np.arange(len(labels)), len(labels)
    else:
        names, places = np.unique(patients, return_inverse=True)
        count = len(names)
    table = np.zeros((count, int(labels.max(initial=0)) + 1), np.int64)
    np.add.at(table, (places, labels), 1)
    commonest = table.argmax(axis=1)
    strata = tuple(np.flatnonzero(commonest == label) for label in np.unique(commonest))
    return Resampling(places.astype(np.int64), strata, draws, seed)


def intervals(drawn: Resampling, statistics: Mapping[str, Statistic]) -> dict[str, Doubles]:
    """Percentile intervals (2, …) of several statistics on the same draws, at `LEVEL`.

    A draw in which a statistic is not defined (NaN) is left out of its interval; where it never
    is, the interval is NaN.
    """
    blocks: dict[str, list[Doubles]] = {name: [] for name in statistics}
    for weights in drawn.weights():
        for name, statistic in statistics.items():
            blocks[name].append(statistic(weights))
    return {name: _percentiles(np.concatenate(values)) for name, values in blocks.items()}


def area(present: NDArray[np.bool_], scores: Doubles) -> Statistic:
    """The area under the ROC curve of weighted films: the share of pairs in the right order.

    Ties count half (Mann and Whitney 1947). Sorting is done once, for all draws.
    """
    order = np.argsort(scores, kind="stable")
    ordered = scores[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] > ordered[:-1]))
    with_it, without = present[order].astype(float), (~present[order]).astype(float)

    def measured(weights: Doubles) -> Doubles:
        drawn = weights[:, order]
        positive = np.add.reduceat(drawn * with_it, starts, axis=1)
        negative = np.add.reduceat(drawn * without, starts, axis=1)
        below = np.cumsum(negative, axis=1) - negative / 2
        with np.errstate(divide="ignore", invalid="ignore"):
            pairs = positive.sum(axis=1) * negative.sum(axis=1)
            return np.asarray((positive * below).sum(axis=1) / pairs)

    return measured


def mean(values: Doubles) -> Statistic:
    """The weighted mean of a value (N,) of each film."""

    def measured(weights: Doubles) -> Doubles:
        return np.asarray(weights @ values / weights.sum(axis=1))

    return measured


def _counts(rng: np.random.Generator, block: int, size: int) -> Doubles:
    """How often each of `size` is drawn in `size` draws, (block, size)."""
    drawn = rng.integers(0, size, (block, size)) + np.arange(block)[:, None] * size
    return np.bincount(drawn.ravel(), minlength=block * size).reshape(block, size).astype(float)


def _percentiles(values: Doubles) -> Doubles:
    known = np.isfinite(values.reshape(len(values), -1)).all(axis=1)
    if not known.any():
        return np.full((2, *values.shape[1:]), np.nan)
    return np.asarray(np.percentile(values[known], _PERCENTILES, axis=0))
