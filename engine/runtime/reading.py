"""What a reader gives, and what a reader is."""

from dataclasses import dataclass
from typing import Protocol

from engine.types import Doubles, Floats, RowTrace


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A film, read.

    Attributes:
        h: (S, D, L, H) hidden states; direction 1 is stored at the step that it reads.
        logits: (K,).
        by_row: (L, K) logits if reading had stopped after each step.
    """

    h: Floats
    logits: Floats
    by_row: Floats


class Reader(Protocol):
    """Reads one film at a time; model rows (M, W) of any height the network can divide."""

    @property
    def name(self) -> str:
        """Where and how it reads, for people."""

    def read(self, rows: Floats) -> Reading:
        """States, logits and the answer by row."""

    def trace(self, rows: Floats, edges: Doubles) -> RowTrace:
        """Everything that the reading leaves behind; edges (L + 1,) are passed on."""
