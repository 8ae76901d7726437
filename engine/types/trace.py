"""Everything one reading of one film leaves behind, for whoever opens the network."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.types.image import Doubles, Floats


@dataclass(frozen=True, slots=True, eq=False)
class RowTrace:
    """States, gates and answers at every step of one film.

    Attributes:
        h: (S, D, L, H) hidden states; direction 1 is stored at the step that it reads.
        c: The same of the cell states; None where the cell has none.
        gates: By name, each (S, D, L, H); empty where the cell has none.
        memory: (D, L, H) what is left of each step in the state that the last layer ends with
            (h of a GRU, c of an LSTM): the terms of an exact sum; None where the cell has none.
        by_row: (L, K) logits if reading had stopped after each step, calibrated as in
            `Prediction`; the last ones are `logits`.
        logits: (K,).
        edges: (L + 1,) stored rows, as in `RowSequence`.
    """

    h: Floats
    c: Floats | None
    gates: Mapping[str, Floats]
    memory: Floats | None
    by_row: Floats
    logits: Floats
    edges: Doubles

    def to_npz(self, path: str | Path) -> None:
        """Write everything as named arrays (see `engine.npz`), whole or not at all.

        Raises:
            OSError: The file cannot be written.
        """
        from engine.npz import trace_arrays, write_npz

        write_npz(Path(path), trace_arrays(self))
