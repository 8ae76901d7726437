from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.types import Doubles, Floats


@dataclass(frozen=True, slots=True, eq=False)
class CalibrationFilms:
    """Answers to films that the network was not trained on, and their truth.

    Attributes:
        scores: (n, K) logits.
        labels: (n,) class indices.
    """

    scores: Floats
    labels: NDArray[np.int64]


def softmax(logits: NDArray[np.floating]) -> Doubles:
    """Probabilities (…, K) of logits (…, K)."""
    shifted = np.asarray(logits, np.float64)
    exponents = np.exp(shifted - shifted.max(axis=-1, keepdims=True))
    probabilities: Doubles = exponents / exponents.sum(axis=-1, keepdims=True)
    return probabilities


def log_odds(logits: NDArray[np.floating], target: int) -> Doubles:
    """Log-odds (…,) of one class against all others, of logits (…, K)."""
    scores = np.asarray(logits, np.float64)
    others = np.delete(scores, target, axis=-1)
    most = others.max(axis=-1, keepdims=True)
    against = most[..., 0] + np.log(np.exp(others - most).sum(axis=-1))
    odds: Doubles = scores[..., target] - against
    return odds
