"""The read-out and the head in numpy, after every step; as `engine.network` computes them."""

from collections.abc import Mapping

import numpy as np

from engine.types import Floats


class Answer:
    """From the last layer's states to logits.

    Args:
        readout: What the head looks at.
        weights: By the names of `RowClassifier.state_dict()`.
        hidden: H.
    """

    def __init__(self, readout: str, weights: Mapping[str, Floats], hidden: int) -> None:
        self._readout, self._hidden = readout, hidden
        self._head, self._bias = weights["head.weight"], weights["head.bias"]
        if readout == "attention":
            self._score = weights["score.weight"][0]  # (D·H,); the bias cancels in the softmax

    def of_film(self, states: Floats) -> Floats:
        """Logits (K,) of the states (L, D·H) of one whole film."""
        pooled: Floats
        if self._readout == "mean":
            pooled = states.mean(axis=0)
        elif self._readout == "attention":
            scores = states @ self._score  # (L,)
            weights = np.exp(scores - scores.max())
            pooled = weights @ states / weights.sum()
        else:  # each direction's state after its last step: the upward one ends at the top
            pooled = np.concatenate((states[-1, : self._hidden], states[0, self._hidden :]))
        return self._logits(pooled)

    def by_row(self, states: Floats) -> Floats:
        """Logits (L, K) after each step, of states (L, H) that only look back."""
        if self._readout == "mean":
            count: Floats = np.arange(1, len(states) + 1, dtype=np.float32)[:, None]
            states = np.cumsum(states, axis=0, dtype=np.float32) / count
        elif self._readout == "attention":
            scores = states @ self._score  # (L,)
            largest = np.maximum.accumulate(scores)[:, None]  # of each prefix
            earlier = np.tri(len(scores), dtype=np.float32)
            weights = earlier * np.exp(np.minimum(scores - largest, 0.0))  # (L, L)
            states = weights @ states / weights.sum(axis=1, keepdims=True)
        return self._logits(states)

    def _logits(self, pooled: Floats) -> Floats:
        logits: Floats = pooled @ self._head.T + self._bias
        return logits
