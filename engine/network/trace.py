"""Everything that one reading leaves behind, as tensors."""

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Everything that one reading leaves behind; zero behind the end of a shorter film.

    Attributes:
        h: (S, D, N, L, H) hidden states; direction 1 is stored at the step that it reads.
        c: The same of the cell states, where the cell has them; otherwise None.
        logits: (N, K).
        by_row: (N, L, K) logits if reading had stopped after each step.
        inputs: Per layer, (N, L, I) what it read; gates and memory derive from these.
        lengths: (N,) time steps of each film, on the CPU; None where all films have L.
    """

    h: Tensor
    c: Tensor | None
    logits: Tensor
    by_row: Tensor
    inputs: tuple[Tensor, ...]
    lengths: Tensor | None = None
