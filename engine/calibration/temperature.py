import numpy as np
from numpy.typing import NDArray

_HALVINGS = 60
_WIDEST = 5.0  # of |log temperature|


def fit_temperature(logits: NDArray[np.floating], labels: NDArray[np.int64]) -> float:
    """The T > 0 that minimises the log loss of softmax(logits / T) (Guo 2017, eq. 9).

    The loss is convex in 1 / T, so its slope has one change of sign, which is bisected between
    T = e⁻⁵ and e⁵. As with Platt (1999), the truth counts 1 − 1 / (n + 2) only: a set without
    any error must not make every answer certain.

    Args:
        logits: (n, K).
        labels: (n,) class indices.
    """
    scores = np.asarray(logits, np.float64)
    scores = scores - scores.max(axis=1, keepdims=True)
    wrong = 1 / (len(labels) + 2)
    of_truth = scores[np.arange(len(labels)), labels]
    of_others = (scores.sum(axis=1) - of_truth) / (scores.shape[1] - 1)
    wanted = (1 - wrong) * of_truth + wrong * of_others
    low, high = -_WIDEST, _WIDEST  # of log(1 / T)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        weights = np.exp(np.exp(middle) * scores)
        expected = (weights * scores).sum(axis=1) / weights.sum(axis=1)
        if float((expected - wanted).mean()) > 0:  # the loss still rises with 1 / T
            high = middle
        else:
            low = middle
    return float(np.exp(-(low + high) / 2))
