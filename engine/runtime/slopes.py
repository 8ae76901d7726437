"""Gradients of an answer in a film's steps, without torch: for influence over many films."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.metadata.architecture import NetworkConfig
from engine.runtime.batches import BatchRecurrence
from engine.runtime.kernel import Target, kernel_of
from engine.types import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Passed:
    """What a forward pass leaves for the way back.

    Attributes:
        films: N; the kernel reads N', a multiple of its tile.
        states: (N', L, D·H) of the last layer.
        weights: (N', L) of an attention.
        held: Per layer and direction.
    """

    films: int
    states: Floats
    weights: Floats | None
    held: list[list[object]]


class Slopes:
    """A built-in network from what its first layer reads to logits, and back.

    Args:
        config: Of a built-in architecture, see `engine.runtime.fit`.
        weights: By the names of `RowClassifier.state_dict()`; later changes are not seen.
        target: Another processor than this one, for tests.

    Raises:
        RuntimeError: LLVM cannot compile for this processor.
    """

    def __init__(
        self, config: NetworkConfig, weights: Mapping[str, Floats], *, target: Target | None = None
    ) -> None:
        self._readout, self._hidden = config.readout, config.hidden_size
        self._films = (kernel := kernel_of(config.cell, batch=True, target=target)).films
        self._layers = [
            [
                BatchRecurrence(kernel, weights, layer, upwards=direction == 1)
                for direction in range(config.directions)
            ]
            for layer in range(config.layers)
        ]
        self._head, self._bias = weights["head.weight"], weights["head.bias"]
        if config.readout == "attention":
            self._score = weights["score.weight"][0]  # (D·H,)

    def forwards(self, steps: Floats) -> tuple[Floats, Passed]:
        """Logits (N, K) of steps (N, L, I), and what `back` needs."""
        count = len(steps)
        states = np.pad(steps, ((0, -count % self._films), (0, 0), (0, 0)))
        held: list[list[object]] = []
        for pair in self._layers:
            read = [one.read(states) for one in pair]
            states = np.concatenate([h[..., : self._hidden] for h, _ in read], axis=2)
            held.append([kept for _, kept in read])
        pooled, weights = self._pooled(states)
        logits: Floats = pooled[:count] @ self._head.T + self._bias
        return logits, Passed(count, states, weights, held)

    def back(self, passed: Passed, logits: Floats) -> Floats:
        """Gradients of the steps (N, L, I), from those of the logits (N, K)."""
        pooled = np.zeros((len(passed.states), self._head.shape[1]), np.float32)
        pooled[: passed.films] = logits @ self._head
        slopes = self._spread(passed, pooled)  # (N', L, D·H)
        for pair, held in zip(reversed(self._layers), reversed(passed.held), strict=True):
            parts = np.split(slopes, len(pair), axis=2)
            given = zip(pair, held, parts, strict=True)
            undone = [one.undo(kept, part) for one, kept, part in given]
            slopes = undone[0] if len(undone) == 1 else undone[0] + undone[1]
        return slopes[: passed.films]

    def _pooled(self, states: Floats) -> tuple[Floats, Floats | None]:
        """What the head looks at, (N, D·H), of states (N, L, D·H)."""
        if self._readout == "mean":
            return states.mean(axis=1), None
        if self._readout == "attention":
            scores = states @ self._score  # (N, L)
            weights = np.exp(scores - scores.max(axis=1, keepdims=True))
            weights /= weights.sum(axis=1, keepdims=True)
            return (weights[:, None] @ states)[:, 0], weights
        ends = states[:, -1, : self._hidden], states[:, 0, self._hidden :]
        return np.concatenate(ends, axis=1), None

    def _spread(self, passed: Passed, pooled: Floats) -> Floats:
        """Gradients of the states (N, L, D·H), from those of what the head looks at."""
        states = passed.states
        if self._readout == "mean":
            spread: Floats = np.broadcast_to(pooled[:, None] / states.shape[1], states.shape)
            return spread
        if passed.weights is not None:
            each = (states @ pooled[:, :, None])[..., 0]  # (N, L)
            mean = (passed.weights * each).sum(axis=1, keepdims=True)
            of_scores = passed.weights * (each - mean)
            direct: Floats = passed.weights[..., None] * pooled[:, None]
            through: Floats = of_scores[..., None] * self._score
            return direct + through
        slopes = np.zeros_like(states)
        slopes[:, -1, : self._hidden] = pooled[:, : self._hidden]
        slopes[:, 0, self._hidden :] = pooled[:, self._hidden :]
        return slopes
