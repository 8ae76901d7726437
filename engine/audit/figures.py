"""Figures with intervals, and rank correlation; numpy only."""

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from engine.types import LEVEL, Doubles, Figure

_DRAWS = 2000  # bootstrap draws behind an interval
_FEWEST = 10  # films of an interval
_MANY = 50  # films from which a percentile needs no correction
_LEAST_AREA = 1e-3  # a curve's area; below, a factor would say more than was measured


def mean(values: Doubles, rng: np.random.Generator) -> Figure:
    """Mean of one value per film (N,), with a percentile bootstrap interval (Efron 1979)."""
    return figure(float(values.mean()), resamples(len(values), rng) @ values, len(values))


def ratio(above: Doubles, below: Doubles, rng: np.random.Generator) -> Figure:
    """Mean area above over mean area below, both (N,) of the same films, resampled together."""
    counts = resamples(len(above), rng)
    draws = _floored(counts @ above) / _floored(counts @ below)
    value = float(_floored(above.mean()) / _floored(below.mean()))
    return figure(value, draws, len(above))


def resamples(films: int, rng: np.random.Generator) -> Doubles:
    """Bootstrap draws as weights of films, (draws, N), each row a sum of one."""
    counts = rng.multinomial(films, np.full(films, 1 / films), size=_DRAWS)
    return np.asarray(counts / films)


def rank_correlation(left: Doubles, right: Doubles) -> float:
    """Spearman's rank correlation of two vectors, ties sharing ranks; 0 if one is constant."""
    if np.ptp(left) == 0 or np.ptp(right) == 0:
        return 0.0
    return float(np.corrcoef(_ranks(left), _ranks(right))[0, 1])


def rank_correlations(left: Doubles, right: Doubles) -> Doubles:
    """Rank correlation (N,) of the maps (N, L) of each film."""
    return np.array([rank_correlation(a, b) for a, b in zip(left, right, strict=True)])


def _ranks(values: Doubles) -> NDArray[np.int64]:
    """Twice the average place of each value, so that ties stay whole numbers."""
    ordered = np.sort(values)
    first = np.searchsorted(ordered, values, side="left")
    return np.asarray(first + np.searchsorted(ordered, values, side="right"))


def _floored(area: Doubles | float) -> Doubles:
    return np.maximum(area, _LEAST_AREA)


def figure(value: float, draws: Doubles, films: int) -> Figure:
    """A figure of which the bootstrap draws (draws,) of films are known.

    Of few films percentiles lie too close together: their levels are moved outwards as far as
    Student's distribution and the variance of a sample ask for (the expanded percentile interval,
    Hesterberg 2015). Of fewer than ten nothing is told, see `Figure`.
    """
    if films < _FEWEST:
        return Figure(value, 0.0, 1.0, films)
    tail = (1 - LEVEL) / 2
    if films < _MANY:
        tail = NormalDist().cdf(-_student(films - 1) * math.sqrt(films / (films - 1)))
    low, high = np.quantile(draws, [tail, 1 - tail])
    return Figure(value, float(low), float(high), films)


def _student(freedom: int) -> float:
    """Student's t of `LEVEL`, two-sided, by the series of Cornish and Fisher (Hill 1970).

    From nine degrees of freedom on it is right to three digits.
    """
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return math.fsum(term / freedom**power for power, term in enumerate(terms))
