"""Inductive Venn–Abers prediction (Vovk and Petej 2014): a probability with its interval.

The film is added to the calibration films once as if it did not show the class and once as if it
did; an isotonic regression of each gives p0 and p1. One of them is calibrated without any
assumption but that the films are exchangeable. Films of another hospital are not.

Balanced, each class weighs the same in all, as for films of which half show the class (label
shift, Podkopaev and Ramdas 2021); two-class networks are calibrated for that, too.
"""

import numpy as np
from numpy.typing import NDArray

from engine.calibration.isotonic import isotonic_fit
from engine.types import Doubles, Interval


def probability_interval(
    scores: NDArray[np.floating],
    present: NDArray[np.bool_],
    score: float,
    *,
    balanced: bool = False,
) -> Interval:
    """The interval p0 … p1 of the probability of a film with this score.

    Args:
        scores: (n,) of the calibration films, in any order, for example log-odds.
        present: (n,) whether they show the class.
        score: Of the film.
        balanced: Whether both classes weigh the same; without films of one it cannot matter.
    """
    place = _places(np.append(np.asarray(scores, np.float64), score))
    weights = class_weights(present) if balanced else np.ones(2)
    mine, masses = place[-1], weights[present.astype(np.int64)]
    total = np.bincount(place[:-1], weights=masses, minlength=place.max() + 1)
    hits = np.bincount(place[:-1], weights=masses * present, minlength=len(total))
    ends = []
    for assumed in (0, 1):
        added = np.zeros(len(total))
        added[mine] = weights[assumed]
        mass = total + added
        ends.append(isotonic_fit((hits + assumed * added) / mass, mass)[mine])
    return Interval(float(ends[0]), float(ends[1]))


def class_weights(present: NDArray[np.bool_]) -> Doubles:
    """Weights (2,) of a film without and with the class, so that both kinds weigh the same."""
    share = float(np.mean(present))
    if not 0 < share < 1:
        return np.ones(2)
    return np.array([0.5 / (1 - share), 0.5 / share])


def merged(interval: Interval) -> float:
    """One probability of an interval, p1 / (1 − p0 + p1): minimax for the log loss (eq. 10)."""
    return interval.high / (1 - interval.low + interval.high)


def _places(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """The place of each score among the different scores in order.

    (np.unique would load numpy.ma, 0.1 s, at first use.)
    """
    order = np.argsort(scores, kind="stable")
    ordered = scores[order]
    new = np.append(True, ordered[1:] > ordered[:-1])
    place = np.empty(len(scores), np.int64)
    place[order] = np.cumsum(new) - 1
    return place
