"""What a reading gives: states, answer by row, what remains of every row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.types import Doubles, Floats, RowTrace

# -------------------------------------------------------------------- what a reader gives
# What a reader gives, and what a reader is.


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A film, read.

    Attributes:
        h: (S, D, L, H) hidden states; direction 1 is stored at the step that it reads.
        logits: (K,).
        by_row: (L, K) logits if reading had stopped after each step.
        maps: (channels, R, Q) that the task asks for; None where it asks for none.
        columns: Q, columns of cells that every step consists of; units lie column after column.
    """

    h: Floats
    logits: Floats
    by_row: Floats
    maps: Floats | None = None
    columns: int = 1


class Reader(Protocol):
    """Reads one film at a time; model rows (M, W) of any height the network can divide."""

    @property
    def name(self) -> str:
        """Where and how it reads, for people."""

    def read(self, rows: Floats) -> Reading:
        """States, logits and the answer by row."""

    def trace(self, rows: Floats, edges: Doubles) -> RowTrace:
        """Everything that the reading leaves behind; edges (L + 1,) are passed on."""


# ------------------------------------------------------------- read-out and head in numpy
# The read-out and the head in numpy, after every step; as `engine.network` computes them.


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


# -------------------------------------------------------------- what is left of each step
# What is left of each step at the end: gates in, the terms of an exact sum out.


def carried(cell: str, gates: Mapping[str, Floats]) -> tuple[Floats, Floats] | None:
    """Keep and add of gates of any one shape: a step carries a state as keep ⊙ state + add.

    The state is h of a GRU, c of an LSTM; None of a cell that is no such sum, or not known here.
    """
    if cell == "gru":
        return gates["z"], (1 - gates["z"]) * gates["n"]
    if cell == "lstm":
        return gates["f"], gates["i"] * gates["g"]
    return None


def what_remains(cell: str, gates: Mapping[str, Floats]) -> Floats | None:
    """The terms (D, L, H) that sum over L to the state the last layer ends with.

    GRU: h_T = Σ_k (Π_{j>k} z_j) ⊙ (1 − z_k) ⊙ n_k. LSTM: c_T = Σ_k (Π_{j>k} f_j) ⊙ i_k ⊙ g_k.
    None of a cell without such gates.

    Args:
        cell: Name of the recurrence.
        gates: By name, each (S, D, L, H).
    """
    last = carried(cell, {name: gate[-1] for name, gate in gates.items()})
    if last is None:
        return None
    keep, add = last
    directions = []
    for direction, (kept, added) in enumerate(zip(keep, add, strict=True)):  # (L, H)
        # Later steps of the upward direction come first: its product grows from the top.
        turn = slice(None) if direction else slice(None, None, -1)
        later = np.ones_like(kept)
        later[1:] = np.cumprod(kept[turn][:-1], axis=0)
        directions.append(later[turn] * added)
    return np.stack(directions)
