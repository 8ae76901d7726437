"""Split-conformal prediction sets, each class by itself: which classes cannot be excluded.

Vovk 2012 (conditional validity), Angelopoulos and Bates 2021. The score of a film for a class is
its probability. For films exchangeable with the calibration films of the same class, the true
class is in the set with at least the aimed probability, class by class.
"""

import numpy as np
from numpy.typing import NDArray

from engine.calibration.films import CalibrationFilms, softmax
from engine.types import Doubles


def p_values(films: CalibrationFilms, logits: NDArray[np.floating]) -> Doubles:
    """For each class (K,) how usual so low a probability is among its calibration films.

    (1 + films of class k with at most this probability of k) / (1 + films of class k), so a
    class without calibration films is never excluded.

    Args:
        films: n films with K scores.
        logits: (K,) of the film.
    """
    known, given = softmax(films.scores), softmax(logits)
    values = np.ones(len(given))
    for k in range(len(given)):
        same = known[films.labels == k, k]
        values[k] = (1 + np.count_nonzero(same <= given[k])) / (1 + len(same))
    return values


def conformal_set(
    films: CalibrationFilms, logits: NDArray[np.floating], *, level: float
) -> tuple[int, ...]:
    """The classes whose p-value is above 1 − level; empty if the film is like none of them."""
    kept = np.flatnonzero(p_values(films, logits) > 1 - level)
    return tuple(int(k) for k in kept)
