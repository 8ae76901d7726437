"""What a cell is: one step, said once; states, gates and memory follow from it."""

from typing import Any, ClassVar, NamedTuple

import torch
from torch import Tensor, nn

from engine.metadata.options import NoOptions
from engine.network.lengths import behind_end


class Carry(NamedTuple):
    """How a state is carried over a step: s_t = keep ⊙ s_{t−1} + add; both (…, H)."""

    keep: Tensor
    add: Tensor


class Cell(nn.Module):
    """One recurrent layer: the same step after step, downwards, or in both directions.

    A cell is made with `(input_size, hidden_size, *, bidirectional, options)` and owns the weights
    of both directions. It must say what one step does (`step`); whatever else it overrides is
    either faster or tells more.

    Attributes:
        Options: The frozen dataclass that its options are read into.
        gate_names: Names of the gates that `gates` returns.
        has_cell_state: Whether there is a state c besides h.
        hidden_size: H.
        bidirectional: Whether a second recurrence reads upwards (D = 2).
    """

    Options: ClassVar[type[Any]] = NoOptions
    gate_names: ClassVar[tuple[str, ...]] = ()
    has_cell_state: ClassVar[bool] = False
    hidden_size: int
    bidirectional: bool

    def step(self, x: Tensor, h: Tensor, c: Tensor, *, direction: int) -> tuple[Tensor, Tensor]:
        """The states h_t and c_t (N, H) after reading x_t (N, I).

        Args:
            x: x_t.
            h: h_{t−1} (N, H).
            c: c_{t−1} (N, H); a cell without c returns it as it is.
            direction: Whose weights: 0 downwards, 1 upwards.
        """
        raise NotImplementedError

    def gates(self, x: Tensor, before: Tensor, *, direction: int) -> dict[str, Tensor]:  # noqa: ARG002
        """Gates by name, each (…, H), of any number of x_t (…, I) and h_{t−1} (…, H) at once."""
        return {}

    def carry(self, gates: dict[str, Tensor]) -> Carry | None:  # noqa: ARG002
        """How the state is carried over each step, of gates (…, H); None if it is no such sum.

        The state is c where the cell has one, otherwise h.
        """
        return None

    def initialise(self) -> None:
        """Draw the weights that training starts from; by default they stay as constructed."""

    def read(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Hidden states (N, L, D·H) of steps (N, L, I), zero behind each film's end.

        Args:
            x: Whatever lies behind a film's end is not read.
            lengths: (N,) steps of each film, on the CPU; None if all have L.
        """
        return torch.cat([self._read(x, lengths, d) for d in range(1 + self.bidirectional)], 2)

    def _read(self, x: Tensor, lengths: Tensor | None, direction: int) -> Tensor:
        """Hidden states (N, L, H) of one direction, step by step."""
        h = c = x.new_zeros(len(x), self.hidden_size)
        behind = None if lengths is None else behind_end(lengths, x)  # (N, L, 1)
        order = range(x.shape[1])
        states = [h] * len(order)
        for t in reversed(order) if direction else order:
            h, c = self.step(x[:, t], h, c, direction=direction)
            if behind is not None:  # upwards, the film begins with the zeros behind its end
                h, c = (state.masked_fill(behind[:, t], 0.0) for state in (h, c))
            states[t] = h
        return torch.stack(states, dim=1)


class GatedCell(Cell):
    """A cell that is its gates: s_t = keep ⊙ s_{t−1} + add, h_t = output(gates, s_t).

    Subclasses say `gates` and `carry`; those with a cell state also say `output`, the others show
    the carried state itself. Their trace then has every gate, and memory as an exact sum.
    """

    def gates(self, x: Tensor, before: Tensor, *, direction: int) -> dict[str, Tensor]:
        """Gates by name, each (…, H), of any number of x_t (…, I) and h_{t−1} (…, H) at once."""
        raise NotImplementedError

    def carry(self, gates: dict[str, Tensor]) -> Carry:
        """How the state (c where the cell has one, otherwise h) is carried, of gates (…, H)."""
        raise NotImplementedError

    def output(self, gates: dict[str, Tensor], carried: Tensor) -> Tensor:  # noqa: ARG002
        """h_t (…, H) of the gates and c_t (…, H), for a cell that has c."""
        return carried

    def step(self, x: Tensor, h: Tensor, c: Tensor, *, direction: int) -> tuple[Tensor, Tensor]:
        """The states h_t and c_t (N, H) after reading x_t (N, I), by the cell's own equations."""
        gates = self.gates(x, h, direction=direction)
        keep, add = self.carry(gates)
        if not self.has_cell_state:
            return keep * h + add, c
        c = keep * c + add
        return self.output(gates, c), c
