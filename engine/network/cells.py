"""Plain RNN, LSTM and GRU with their equations, and the sums that their states are."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from engine.bundle import NO_OPTIONS, NoOptions
from engine.network.network import Trace, behind_end, zero_behind

# ------------------------------------------------------------------- states as gated sums
# States that are sums: s_t = keep_t ⊙ s_{t−1} + add_t, from s_0 = 0.
#
# Unrolled, the state after step T has one term per step,
#
#     s_T = Σ_k (Π_{j>k} keep_j) ⊙ add_k,
#
# exactly. Term k is what is left of step k at the end. It says what is retained, not what
# matters.


def running_state(keep: Tensor, add: Tensor) -> Tensor:
    """Every s_t (D, …, L, H) of keep and add (D, …, L, H); direction 1 begins at the last step."""
    forth, back = _in_reading_order(keep), _in_reading_order(add)
    state, states = torch.zeros_like(back.select(-2, 0)), []  # (D, …, H)
    for k, a in zip(forth.unbind(-2), back.unbind(-2), strict=True):
        state = k * state + a
        states.append(state)
    return _in_reading_order(torch.stack(states, dim=-2))


def what_remains(keep: Tensor, add: Tensor) -> Tensor:
    """The terms (D, …, L, H) that sum over L to the state each direction ends with."""
    kept, added = _in_reading_order(keep), _in_reading_order(add)
    later = torch.cat((kept[..., 1:, :], torch.ones_like(kept[..., :1, :])), dim=-2)
    product = later.flip(-2).cumprod(-2).flip(-2)  # Π_{j>k} keep_j
    return _in_reading_order(product * added)


def _in_reading_order(values: Tensor) -> Tensor:
    """Turn the upward direction over; twice gives the values back. (D, …, L, H)."""
    if len(values) == 1:
        return values
    return torch.stack((values[0], values[1].flip(-2)))


# ------------------------------------------------------------------- what a cell promises
# What a cell is: one step, said once; states, gates and memory follow from it.


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


# --------------------------------------------------------------- what follows from a trace
# Gates, cell states and memory of whole layers, from what a trace holds: x_t and h_{t−1} of all
# steps, so that two matrix products per layer and direction give every gate at once.


def gates_of(cells: Sequence[Cell], trace: Trace) -> dict[str, Tensor]:
    """Gates of every layer by name, each (S, D, N, L, H), zero behind a film's end."""
    layers = [_gates(cell, trace, layer) for layer, cell in enumerate(cells)]
    return {name: torch.stack([gates[name] for gates in layers]) for name in layers[0]}


def memory_of(cells: Sequence[Cell], trace: Trace) -> Tensor | None:
    """What is left of each step in what the last layer ends with, (D, N, L, H); or None."""
    carry = _carry(cells[-1], trace, len(cells) - 1)
    return None if carry is None else what_remains(carry.keep, carry.add)


def cell_states_of(cells: Sequence[Cell], trace: Trace) -> Tensor | None:
    """Cell states (S, D, N, L, H), of the gates; None where the cells have none."""
    if not cells[0].has_cell_state:
        return None
    layers = [_carry(cell, trace, layer) for layer, cell in enumerate(cells)]
    keep, add = (torch.stack(part, dim=1) for part in zip(*filter(None, layers), strict=True))
    c = running_state(keep, add).transpose(0, 1)  # (D, S, N, L, H) → (S, D, N, L, H)
    if trace.lengths is None:
        return c
    return c.masked_fill(behind_end(trace.lengths, trace.inputs[0]), 0.0)


def _gates(cell: Cell, trace: Trace, layer: int) -> dict[str, Tensor]:
    """Gates of one layer by name, each (D, N, L, H)."""
    x = _by_column(trace.inputs[layer], trace.columns)  # (N, L, Q, I)
    directions = []
    for direction, h in enumerate(trace.cells[layer]):  # (N, L, Q, U)
        zero = torch.zeros_like(h[:, :1])
        before = torch.cat((h[:, 1:], zero) if direction else (zero, h[:, :-1]), dim=1)
        gates = cell.gates(x, before, direction=direction)
        directions.append({k: zero_behind(v.flatten(2), trace.lengths) for k, v in gates.items()})
    return {name: torch.stack([gates[name] for gates in directions]) for name in directions[0]}


def _carry(cell: Cell, trace: Trace, layer: int) -> Carry | None:
    """How the state of one layer is carried, (D, N, L, H); unchanged behind a film's end."""
    carry = cell.carry(_gates(cell, trace, layer))
    if carry is None or trace.lengths is None:
        return carry
    behind = behind_end(trace.lengths, trace.inputs[layer])  # (N, L, 1)
    return Carry(carry.keep.masked_fill(behind, 1.0), carry.add.masked_fill(behind, 0.0))


def _by_column(values: Tensor, columns: int) -> Tensor:
    """(N, L, Q·X) as (N, L, Q, X)."""
    return values.view(*values.shape[:2], columns, -1)


# --------------------------------------------------------------- cells on torch's kernels
# What the cells share whose loop over the steps is torch's own kernel.


class KernelCell(Cell):
    """Mixed in before `nn.RNN`, `nn.LSTM` or `nn.GRU`, whose weights and kernel it uses.

    The equations of the cells below are in torch's notation: W is `weight_ih_l0`, b `bias_ih_l0`,
    U `weight_hh_l0`, b′ `bias_hh_l0`; with the ending `_reverse` for the upward direction. The
    blocks of several gates lie on top of each other in one matrix.
    """

    _arguments: ClassVar[Mapping[str, str]] = {}

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        *,
        bidirectional: bool = False,
        options: NoOptions = NO_OPTIONS,  # noqa: ARG002 - every cell is made alike
    ) -> None:
        super().__init__(
            input_size,
            hidden_size,
            batch_first=True,
            bidirectional=bidirectional,
            **self._arguments,
        )

    def read(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        """As `Cell.read`; packed if films differ in length, so that padding is never read."""
        if lengths is None:
            states: Tensor = self(x)[0]
            return states
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        outputs = self(packed)[0]
        return pad_packed_sequence(outputs, batch_first=True, total_length=x.shape[1])[0]

    def of_input(self, x: Tensor, direction: int) -> Tensor:
        """W x_t + b of x_t (…, I)."""
        return self._linear(x, "ih", direction)

    def of_state(self, before: Tensor, direction: int) -> Tensor:
        """U h_{t−1} + b′ of h_{t−1} (…, H)."""
        return self._linear(before, "hh", direction)

    def initialise(self) -> None:
        """Xavier's W (Glorot 2010), orthogonal U (Saxe 2014), zero biases."""
        for name, weight in self.named_parameters():
            if "weight_hh" in name:
                for block in weight.data.chunk(weight.shape[0] // weight.shape[1]):
                    nn.init.orthogonal_(block)
            elif "weight_ih" in name:
                nn.init.xavier_uniform_(weight)
            else:
                nn.init.zeros_(weight)

    def _linear(self, values: Tensor, kind: str, direction: int) -> Tensor:
        end = f"{kind}_l0_reverse" if direction else f"{kind}_l0"
        return functional.linear(
            values, getattr(self, f"weight_{end}"), getattr(self, f"bias_{end}")
        )


# ------------------------------------------------------------------------------------ RNN
# The simple recurrent network.


class TanhRNN(KernelCell, nn.RNN):
    """Elman's recurrent network (Elman 1990, Finding structure in time).

        h_t = tanh(W x_t + b + U h_{t−1} + b′)

    No gate protects the state: the whole of it passes through U and tanh at every step. So
    ∂h_t/∂h_{t−1} = diag(1 − h_t²) U, and a product of many of these vanishes or explodes with the
    singular values of U (Bengio 1994; Pascanu 2013).
    """

    def step(self, x: Tensor, h: Tensor, c: Tensor, *, direction: int) -> tuple[Tensor, Tensor]:
        """The equation above; (N, I), (N, H) → (N, H)."""
        return torch.tanh(self.of_input(x, direction) + self.of_state(h, direction)), c


class ReluRNN(KernelCell, nn.RNN):
    """The same with a rectifier (Le, Jaitly, Hinton 2015, arXiv:1504.00941).

    h_t = max(0, W x_t + b + U h_{t−1} + b′)

    The slope of an active unit is 1, so only U decides what vanishes; but nothing bounds h.
    """

    _arguments: ClassVar = {"nonlinearity": "relu"}

    def step(self, x: Tensor, h: Tensor, c: Tensor, *, direction: int) -> tuple[Tensor, Tensor]:
        """The equation above; (N, I), (N, H) → (N, H)."""
        return torch.relu(self.of_input(x, direction) + self.of_state(h, direction)), c


# ------------------------------------------------------------------------------------ GRU
# The gated recurrent unit.


class GRU(KernelCell, GatedCell, nn.GRU):
    """Gated recurrent unit (Cho 2014, arXiv:1406.1078), in the variant of torch and cuDNN.

        r_t = σ(W_r x_t + b_r + U_r h_{t−1} + b′_r)             how much of the past n may see
        z_t = σ(W_z x_t + b_z + U_z h_{t−1} + b′_z)             what stays
        n_t = tanh(W_n x_t + b_n + r_t ⊙ (U_n h_{t−1} + b′_n))  what is new
        h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_{t−1}

    σ is the logistic function, ⊙ multiplies element by element. Here U_n comes before the reset
    gate ("linear before reset", as in version 1 of the paper); its version 3 has
    tanh(W_n x_t + U_n (r_t ⊙ h_{t−1})), which is another function with other weights. In Chung
    2014 (arXiv:1412.3555) z and 1 − z change places.

    The state is carried by z alone. Unrolled from h_0 = 0 it is a sum with one term per row, the
    Memory map:

        h_T = Σ_k (Π_{j>k} z_j) ⊙ (1 − z_k) ⊙ n_k
    """

    gate_names = ("r", "z", "n")

    def gates(self, x: Tensor, before: Tensor, *, direction: int) -> dict[str, Tensor]:
        """r, z, n (…, H) of x_t (…, I) and h_{t−1} (…, H)."""
        xr, xz, xn = self.of_input(x, direction).chunk(3, -1)
        hr, hz, hn = self.of_state(before, direction).chunk(3, -1)
        r, z = torch.sigmoid(xr + hr), torch.sigmoid(xz + hz)
        return {"r": r, "z": z, "n": torch.tanh(xn + r * hn)}

    def carry(self, gates: dict[str, Tensor]) -> Carry:
        """h_t = z_t ⊙ h_{t−1} + (1 − z_t) ⊙ n_t."""
        return Carry(keep=gates["z"], add=(1 - gates["z"]) * gates["n"])


# ----------------------------------------------------------------------------------- LSTM
# Long short-term memory.


class LSTM(KernelCell, GatedCell, nn.LSTM):
    """Long short-term memory (Hochreiter, Schmidhuber 1997) with a forget gate (Gers 2000).

        i_t = σ(W_i x_t + b_i + U_i h_{t−1} + b′_i)        what may come in
        f_t = σ(W_f x_t + b_f + U_f h_{t−1} + b′_f)        what stays
        g_t = tanh(W_g x_t + b_g + U_g h_{t−1} + b′_g)     what is new
        o_t = σ(W_o x_t + b_o + U_o h_{t−1} + b′_o)        what is shown
        c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t
        h_t = o_t ⊙ tanh(c_t)

    σ is the logistic function, ⊙ multiplies element by element; no peepholes. The state c passes
    a step through f alone: while f is near 1 the gradient stays (the "constant error carousel").
    Unrolled from c_0 = 0 it is a sum with one term per row, the Memory map:

        c_T = Σ_k (Π_{j>k} f_j) ⊙ i_k ⊙ g_k
    """

    gate_names = ("i", "f", "g", "o")
    has_cell_state = True

    def gates(self, x: Tensor, before: Tensor, *, direction: int) -> dict[str, Tensor]:
        """i, f, g, o (…, H) of x_t (…, I) and h_{t−1} (…, H)."""
        i, f, g, o = (self.of_input(x, direction) + self.of_state(before, direction)).chunk(4, -1)
        return {
            "i": torch.sigmoid(i),
            "f": torch.sigmoid(f),
            "g": torch.tanh(g),
            "o": torch.sigmoid(o),
        }

    def carry(self, gates: dict[str, Tensor]) -> Carry:
        """c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t."""
        return Carry(keep=gates["f"], add=gates["i"] * gates["g"])

    def output(self, gates: dict[str, Tensor], carried: Tensor) -> Tensor:
        """h_t = o_t ⊙ tanh(c_t)."""
        return gates["o"] * torch.tanh(carried)

    def initialise(self) -> None:
        """As `KernelCell`, and forget gates that begin open: b_f = 1 (Jozefowicz 2015)."""
        super().initialise()
        for name, bias in self.named_parameters():
            if "bias_ih" in name:
                bias.data.chunk(4)[1].fill_(1.0)


# ------------------------------------------------------------------- units that are held
# A cell of which some units are taken out of the network, whatever cell it is.


class HeldCell(Cell):
    """A cell whose hidden state keeps a value in some units at every step, the start included.

    Whoever reads h_t or h_{t−1}, the cell itself among them, reads that value there. It goes step
    by step, through the cell's own equations: for cells whose weights nobody else understands.

    Args:
        cell: Left as it is; it owns the weights.
        units: (U,) places in h.
        values: (U,) what they hold.
        direction: Whose state: 0 downwards, 1 upwards.
    """

    def __init__(self, cell: Cell, units: Tensor, values: Tensor, *, direction: int) -> None:
        super().__init__()
        self.cell, self._units, self._direction = cell, units, direction
        self._values = values
        self.hidden_size, self.bidirectional = cell.hidden_size, cell.bidirectional
        # Of the class in `Cell`, because all its networks are alike; here of the cell inside.
        self.gate_names = cell.gate_names  # type: ignore[misc]
        self.has_cell_state = cell.has_cell_state  # type: ignore[misc]

    def step(self, x: Tensor, h: Tensor, c: Tensor, *, direction: int) -> tuple[Tensor, Tensor]:
        """As the cell does it, of an h_{t−1} (N, H) that is held, to an h_t that is held."""
        h, c = self.cell.step(x, self._hold(h, direction), c, direction=direction)
        return self._hold(h, direction), c

    def gates(self, x: Tensor, before: Tensor, *, direction: int) -> dict[str, Tensor]:
        """The cell's gates of x_t (…, I) and a held h_{t−1} (…, H)."""
        return self.cell.gates(x, self._hold(before, direction), direction=direction)

    def carry(self, gates: dict[str, Tensor]) -> Carry | None:
        """As the cell carries its state."""
        return self.cell.carry(gates)

    def _hold(self, h: Tensor, direction: int) -> Tensor:
        if direction != self._direction:
            return h
        return h.index_copy(-1, self._units, self._values.to(h).expand(*h.shape[:-1], -1))
