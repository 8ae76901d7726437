"""What a cell's gates are called and mean, and what a step keeps, writes and erases of a state.

A cell whose state is a gated sum carries it as

    s_t = keep_t ⊙ s_{t−1} + add_t        (h of a GRU, c of an LSTM)

so every step keeps keep ⊙ s_{t−1}, writes add, and erases (1 − keep) ⊙ s_{t−1}: what was kept and
what was written make the new state, what was kept and what was erased make the old one, both
exactly. A plain RNN has no gate: its whole state passes through U and tanh at every step, nothing
of it is kept as it was, and all that can be told apart is what the row and what the state before
drive the unit with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from engine.types import Floats
from engine.words import Sentence


@dataclass(frozen=True, slots=True)
class GateSense:
    """A gate, as people read it.

    Attributes:
        name: As `RowTrace.gates` has it, or "h" or "c" for a state.
        meaning: One word; empty of a cell that a package brings.
        low, high: What it can be; of a state of no bounds, what it is on this film.
    """

    name: str
    meaning: str
    low: float
    high: float


def _open(name: str, code: str) -> GateSense:
    return GateSense(name, Sentence(code), 0.0, 1.0)


def _signed(name: str, code: str) -> GateSense:
    return GateSense(name, Sentence(code), -1.0, 1.0)


SENSES: Final[Mapping[str, tuple[GateSense, ...]]] = MappingProxyType(
    {
        "rnn": (),
        "rnn-relu": (),
        "gru": (
            _open("r", "gate.reset"),
            _open("z", "gate.update"),
            _signed("n", "gate.candidate"),
        ),
        "lstm": (
            _open("i", "gate.input"),
            _open("f", "gate.forget"),
            _signed("g", "gate.candidate"),
            _open("o", "gate.output"),
        ),
    }
)


def senses(
    cell: str, gates: Mapping[str, Floats], h: Floats, c: Floats | None
) -> tuple[GateSense, ...]:
    """The gates of a cell in their order, then the state that they make: c where there is one.

    Args:
        cell: Name of the cell.
        gates: Of one film, for cells that are not known here: their ranges are looked up.
        h: States of the film, which are all that a plain RNN has.
        c: Cell states, or None.
    """
    known = SENSES.get(cell)
    if known is None:
        known = tuple(GateSense(name, "", *_ends(values)) for name, values in gates.items())
    if c is not None:
        return (*known, GateSense("c", Sentence("gate.cell-state"), *_ends(c)))
    if known:
        return known
    bounds = (-1.0, 1.0) if cell == "rnn" else _ends(h)
    return (GateSense("h", Sentence("gate.hidden-state"), *bounds),)


def _ends(values: Floats) -> tuple[float, float]:
    """A range around zero that holds all values, and is no single point."""
    most = float(np.abs(values).max(initial=0.0)) or 1.0
    return (-most if float(values.min(initial=0.0)) < 0 else 0.0), most


@dataclass(frozen=True, slots=True, eq=False)
class Updates:
    """What every step of one layer and direction did to the state it carries, each (L, H).

    Attributes:
        state: Which one: "h" of a GRU, "c" of an LSTM.
        before: s_{t−1}, zero at the step that is read first.
        kept: keep ⊙ s_{t−1}.
        written: add. kept + written is the state after the step.
        erased: (1 − keep) ⊙ s_{t−1}. kept + erased is the state before it.
        after: s_t as the network computed it.
    """

    state: Literal["h", "c"]
    before: Floats
    kept: Floats
    written: Floats
    erased: Floats
    after: Floats


def state_before(after: Floats, direction: int) -> Floats:
    """s_{t−1} of states (L, H), each stored at the step that it reads; direction 1 goes up."""
    zero = np.zeros_like(after[:1])
    return np.concatenate((after[1:], zero) if direction else (zero, after[:-1]))


def updates_of(
    state: Literal["h", "c"], keep: Floats, add: Floats, after: Floats, *, direction: int
) -> Updates:
    """What each step kept, wrote and erased, of keep, add and states (L, H)."""
    before = state_before(after, direction)
    kept = keep * before
    return Updates(state, before, kept, add, before - kept, after)


def terms_of(keep: Floats, add: Floats, *, direction: int) -> Floats:
    """What is left of every step at the end, (L, H): (Π_{j later} keep_j) ⊙ add_k."""
    turn = slice(None) if direction else slice(None, None, -1)
    later = np.ones_like(keep)
    later[1:] = np.cumprod(keep[turn][:-1], axis=0)
    terms: Floats = later[turn] * add
    return terms


@dataclass(frozen=True, slots=True, eq=False)
class MemoryTerms:
    """The state that one layer and direction ends with, as the exact sum of one term per step.

    The terms say what is retained of what each step wrote. They are not all that a step did:
    gates and candidates of later steps depend on the state that it left, too.

    Attributes:
        state: "h" or "c".
        terms: (L, H).
        final: (H,) the state after the step that is read last.
        upwards: Whether the steps are read from the last one.
    """

    state: Literal["h", "c"]
    terms: Floats
    final: Floats
    upwards: bool = False

    @property
    def error(self) -> float:
        """The largest difference between the sum of the terms and the final state."""
        return float(np.abs(self.terms.sum(axis=0, dtype=np.float64) - self.final).max())

    def norm(self, units: tuple[int, ...] = ()) -> Floats:
        """Euclidean norm (L,) of each step's term over units; over all where none are named."""
        chosen = self.terms[:, list(units)] if units else self.terms
        norm: Floats = np.sqrt(np.square(chosen, dtype=np.float64).sum(axis=1)).astype(np.float32)
        return norm

    def share(self, units: tuple[int, ...] = ()) -> Floats:
        """Norm of each step's term as a share (L,) of the norms of all steps; they sum to 1."""
        norm = self.norm(units).astype(np.float64)
        share: Floats = (norm / (norm.sum() or 1.0)).astype(np.float32)
        return share

    def horizon(self, units: tuple[int, ...] = (), least: float = 0.01) -> int:
        """The first step of those that are not forgotten.

        All steps that were read before it together hold less than `least` of the final state (the
        norm of a sum is at most the sum of the norms). It is the step that is read first where
        nothing is forgotten.
        """
        share = self.share(units).astype(np.float64)
        read = share[::-1] if self.upwards else share
        forgotten = int((np.cumsum(read) < least).sum())
        first = min(forgotten, len(share) - 1)
        return len(share) - 1 - first if self.upwards else first
