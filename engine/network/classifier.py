"""The row classifier: stem, recurrent layers, read-out, head."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Self, cast

import numpy as np
import torch
from torch import Tensor, nn

from engine.bundle import ArchitectureConfig, NetworkConfig, StemLayer, load_part, read_options
from engine.errors import BundleError
from engine.network.cells import Cell, cell_states_of, gates_of, memory_of
from engine.network.network import (
    RowNetwork,
    Trace,
    steps_per_film,
    zero_behind,
)
from engine.network.readouts import Readout
from engine.network.stems import StemBlock
from engine.types import Doubles, Floats, RowTrace

# ------------------------------------------------------------------------- row classifier

_PREFIX_VALUES = 2**24  # input values per batch of prefixes (64 MiB)
_STEPS = 2**16  # chances that 16 random bits can tell apart


class Dropout(nn.Dropout):
    """Zeros with probability p while training, the rest grows by 1 / (1 − p) (Srivastava 2014).

    On the CPU torch draws one number per value, which takes a tenth of a training step of the
    article's network. Here one draw of 64 bits decides about four values: p is rounded to 2⁻¹⁶,
    and the growth is that of the rounded p, so that means stay exact.
    """

    def forward(self, values: Tensor) -> Tensor:
        """Values of any shape, some of them zero while training; the global generator draws."""
        if not self.training or not self.p or values.device.type != "cpu":
            return super().forward(values)
        zeros = round(self.p * _STEPS)  # of all values that 16 bits can have
        if zeros == _STEPS:
            return super().forward(values)
        draws = torch.empty((values.numel() + 3) // 4, dtype=torch.int64)
        bits = draws.random_(-(2**63), None).view(torch.int16)[: values.numel()]
        keeps = bits.ge(zeros - _STEPS // 2).view(values.shape)
        return values * keeps.to(values.dtype).mul_(_STEPS / (_STEPS - zeros))


class RowClassifier(RowNetwork):
    """Stem → recurrent layers → read-out → linear head.

    The equations of a cell stand in its class in `engine.network.cells`. Layer s reads the states
    of layer s − 1, of both directions side by side; dropout follows every layer. The head is
    linear in what the read-out makes of the last layer's states.
    """

    config: NetworkConfig

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        channels = (1, *(layer.channels for layer in config.stem))
        self.stem = nn.ModuleList(map(_stem_block, channels, config.stem))
        width = config.hidden_size * config.directions
        self.recurrent = nn.ModuleList(
            _cell(config, width if layer else config.input_size) for layer in range(config.layers)
        )
        self.dropout = Dropout(config.dropout)
        # Named after what attention learns, the scores of the steps: bundles hold that name.
        self.score = _readout(config)
        self.head = nn.Linear(width, config.classes)
        for cell in self._cells():
            cell.initialise()

    @classmethod
    def build(cls, config: ArchitectureConfig) -> Self:
        """The network of a configuration.

        Raises:
            BundleError: A part that is not installed, or wrong options.
        """
        if not isinstance(config, NetworkConfig):
            raise BundleError("“{config}” takes no name in a bundle.", config=config.name)
        return cls(config)

    def forward(self, rows: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Logits (N, K) of model rows.

        Args:
            rows: (N, M, W); M need not be the configuration's, a film may be lower or higher.
            lengths: (N,) int64 on the CPU, model rows of each film, multiples of what one step
                reads. Rows behind a film's end never enter its answer. None if all have M.

        Raises:
            ValueError: M or a length is no such multiple, or a length does not lie within 1…M.
        """
        ends = steps_per_film(lengths, rows, self.config.rows_per_step)  # before any work
        return self.read(self.steps(rows), ends)

    def read(self, states: Tensor, ends: Tensor | None = None) -> Tensor:
        """Logits (N, K) of what the first layer reads, (N, L, I); ends (N,) as in `Trace`."""
        for cell in self._cells():
            states = self.dropout(cell.read(states, ends))  # (N, L, D·H)
        return self._answer(states, ends)

    def steps(self, rows: Tensor) -> Tensor:
        """What the first layer reads, (N, L, I), of model rows (N, M, W)."""
        maps = rows.unsqueeze(1)  # (N, 1, M, W)
        for block in self.stem:
            maps = block(maps)  # (N, channels, rows, columns)
        by_row = maps.transpose(1, 2)  # (N, rows, channels, columns)
        length = rows.shape[1] // self.config.rows_per_step
        return by_row.reshape(rows.shape[0], length, self.config.input_size)  # (N, L, I)

    def trace(self, rows: Tensor, lengths: Tensor | None = None) -> Trace:
        """Read model rows (N, M, W) as `forward` does, and keep every state of every layer."""
        ends = steps_per_film(lengths, rows, self.config.rows_per_step)
        states = zero_behind(self.steps(rows), ends)  # (N, L, I)
        inputs, outputs = [], []
        for cell in self._cells():
            inputs.append(states)
            outputs.append(cell.read(states, ends))  # (N, L, D·H)
            states = self.dropout(outputs[-1])
        both = torch.stack(outputs)  # (S, N, L, D·H)
        split = both.view(*both.shape[:3], self.config.directions, -1)
        trace = Trace(
            h=split.permute(0, 3, 1, 2, 4),  # (S, D, N, L, H)
            c=None,
            logits=self._answer(states, ends),
            by_row=self._by_row(inputs[0], states, ends),
            inputs=tuple(inputs),
            lengths=ends,
        )
        return replace(trace, c=cell_states_of(tuple(self._cells()), trace))

    def gates(self, trace: Trace) -> dict[str, Tensor]:
        """Gate activations by name, each (S, D, N, L, H), zero behind a film's end.

        GRU r, z, n; LSTM i, f, g, o; RNN none. Every gate is a function of x_t and h_{t−1}, which
        the trace holds for all steps, so two matrix products per layer and direction give all of
        them at once.
        """
        return gates_of(tuple(self._cells()), trace)

    def memory(self, trace: Trace) -> Tensor | None:
        """What is left of each step in the state that the last layer ends with: (D, N, L, H).

        The terms sum over L to the state after each direction's last step, exactly: h of a GRU,
        c of an LSTM (see `engine.network.cells`). None where the cell has no such sum.
        """
        return memory_of(tuple(self._cells()), trace)

    def _cells(self) -> Iterator[Cell]:
        return iter(cast("Iterable[Cell]", self.recurrent))

    def _answer(self, states: Tensor, ends: Tensor | None) -> Tensor:
        """Logits (N, K) of the last layer's states (N, L, D·H)."""
        logits: Tensor = self.head(self.score.pool(states, ends))
        return logits

    def _by_row(self, x: Tensor, states: Tensor, ends: Tensor | None) -> Tensor:
        """Logits (N, L, K) after each step, of first inputs (N, L, I) and last states."""
        if self.config.bidirectional:
            return self._read_prefixes(x, ends)
        return zero_behind(self.head(self.score.pool_prefixes(states)), ends)

    def _read_prefixes(self, x: Tensor, ends: Tensor | None) -> Tensor:
        """Logits (N, L, K) after each step of a bidirectional network, of steps x (N, L, I).

        The upward direction starts anew for every prefix, so every prefix is read.
        """
        count, length, _ = x.shape
        lengths = torch.full((count,), length) if ends is None else ends
        inside = torch.arange(length) < lengths.unsqueeze(1)  # (N, L)
        films, at = inside.nonzero(as_tuple=True)  # (P,), (P,)
        together = max(_PREFIX_VALUES // max(x[0].numel(), 1), 1)
        by_row = x.new_zeros(count, length, self.config.classes)
        for film, step in zip(*(torch.split(part, together) for part in (films, at)), strict=True):
            states = x[film.to(x.device)]  # (P, L, I)
            for cell in self._cells():
                states = self.dropout(cell.read(states, step + 1))  # (P, L, D·H)
            by_row[film, step] = self._answer(states, step + 1)
        return by_row


def _stem_block(channels: int, layer: StemLayer) -> StemBlock:
    part = load_part("stem", layer.kind, StemBlock)
    place = f"The options of stem layer “{layer.kind}”"
    return part(channels, layer, read_options(part.Options, layer.options, place))


def _cell(config: NetworkConfig, input_size: int) -> Cell:
    part = load_part("cell", config.cell, Cell)
    options = read_options(part.Options, config.cell_options, f"The options of “{config.cell}”")
    return part(
        input_size, config.hidden_size, bidirectional=config.bidirectional, options=options
    )


def _readout(config: NetworkConfig) -> Readout:
    part = load_part("readout", config.readout, Readout)
    place = f"The options of “{config.readout}”"
    options = read_options(part.Options, config.readout_options, place)
    return part(config.hidden_size, config.directions, options)


# ------------------------------------------------------------- trace of one film in numpy
# One film's trace as a numpy value, for whoever has no torch at hand.


def row_trace(network: RowNetwork, rows: Floats, edges: Doubles) -> RowTrace:
    """States, gates, memory and answers at every step of one film.

    Args:
        network: In evaluation mode, on any device.
        rows: (M, W) model rows, of any height that the network can read.
        edges: (M + 1,) stored row at which each model row begins, as in `RowSequence`.

    Raises:
        ValueError: M is no multiple of `config.rows_per_step`, or edges are not M + 1.
    """
    if len(edges) != len(rows) + 1:
        raise ValueError(f"{len(rows)} model rows have {len(rows) + 1} edges, not {len(edges)}")
    like = next(network.parameters())
    with torch.no_grad():
        trace = network.trace(torch.from_numpy(np.asarray(rows, np.float32))[None].to(like))
        gates, memory = network.gates(trace), network.memory(trace)
    return RowTrace(
        h=_array(trace.h[:, :, 0]),
        c=None if trace.c is None else _array(trace.c[:, :, 0]),
        gates={name: _array(gate[:, :, 0]) for name, gate in gates.items()},
        memory=None if memory is None else _array(memory[:, 0]),
        by_row=_array(trace.by_row[0]),
        logits=_array(trace.logits[0]),
        edges=edges[:: network.config.rows_per_step],
        columns=trace.columns,
    )


def _array(tensor: Tensor) -> Floats:
    return np.ascontiguousarray(tensor.cpu().numpy(), dtype=np.float32)
