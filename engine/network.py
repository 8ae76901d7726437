"""The network: reads a film row by row. Tensors in, tensors out; axis letters as in engine.types.

Nothing here looks below the row that is being read: the stem's convolutions reach upwards only
and its normalisation stays within a row. So h_t of the downward direction, and the answer "if
reading stopped here", depend on model rows up to step t and on nothing else.
"""

from dataclasses import dataclass
from math import gcd

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

from engine.metadata.architecture import NetworkConfig, StemLayer

__all__ = ["NetworkConfig", "RowClassifier", "StemLayer", "Trace"]

_CELLS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
_GATES = {"rnn": (), "lstm": ("i", "f", "g", "o"), "gru": ("r", "z", "n")}
_PREFIX_VALUES = 2**24  # input values per batch of prefixes (64 MiB)


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Everything that one reading leaves behind.

    Attributes:
        h: (S, D, N, L, H) hidden states; direction 1 is stored at the step that it reads.
        c: The same of an LSTM's cell states, otherwise None.
        logits: (N, K).
        by_row: (N, L, K) logits if reading had stopped after each step.
        inputs: Per layer, (N, L, I) what it read; `gates` derives from these.
    """

    h: Tensor
    c: Tensor | None
    logits: Tensor
    by_row: Tensor
    inputs: tuple[Tensor, ...]


class RowClassifier(nn.Module):
    """Stem → recurrent layers → read-out → linear head.

    With x_t the t-th band of rows after the stem, per layer and direction
    (σ logistic, ⊙ elementwise; Elman 1990, Hochreiter 1997, Cho 2014 in torch's notation):

        RNN   h_t = tanh(W x_t + b + U h_{t−1} + b')
        LSTM  i, f, o = σ(W x_t + b + U h_{t−1} + b'),  g = tanh(…)
              c_t = f ⊙ c_{t−1} + i ⊙ g,  h_t = o ⊙ tanh(c_t)
        GRU   r, z = σ(W x_t + b + U h_{t−1} + b'),  n = tanh(W x_t + b + r ⊙ (U h_{t−1} + b'))
              h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}

    The head is linear in the read-out of the last layer: its last state, the mean of its states,
    or their mean weighted by softmax(w · h_t). Dropout follows every recurrent layer.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        channels = (1, *(layer.channels for layer in config.stem))
        self.stem = nn.ModuleList(map(_StemBlock, channels, config.stem))
        width = config.hidden_size * config.directions
        self.recurrent = nn.ModuleList(
            _CELLS[config.cell](
                width if layer else config.input_size,
                config.hidden_size,
                batch_first=True,
                bidirectional=config.bidirectional,
            )
            for layer in range(config.layers)
        )
        self.dropout = nn.Dropout(config.dropout)
        self.score = nn.Linear(width, 1) if config.readout == "attention" else None
        self.head = nn.Linear(width, config.classes)
        self._initialise()

    def forward(self, rows: Tensor) -> Tensor:
        """Logits (N, K) of model rows (N, M, W)."""
        states = self.steps(rows)  # (N, L, I)
        for layer in self.recurrent:
            states = self.dropout(layer(states)[0])  # (N, L, D·H)
        return self._answer(states)

    def steps(self, rows: Tensor) -> Tensor:
        """What the first layer reads, (N, L, I), of model rows (N, M, W)."""
        maps = rows.unsqueeze(1)  # (N, 1, M, W)
        for block in self.stem:
            maps = block(maps)  # (N, channels, rows, columns)
        by_row = maps.transpose(1, 2)  # (N, rows, channels, columns)
        return by_row.reshape(rows.shape[0], -1, self.config.input_size)  # (N, L, I)

    def trace(self, rows: Tensor) -> Trace:
        """Read model rows (N, M, W) and keep every state of every layer."""
        config = self.config
        inputs, hidden = [], []
        states = self.steps(rows)  # (N, L, I)
        for layer in self.recurrent:
            inputs.append(states)
            outputs = layer(states)[0]  # (N, L, D·H)
            split = outputs.unflatten(2, (config.directions, config.hidden_size))
            hidden.append(split.permute(2, 0, 1, 3))  # (D, N, L, H)
            states = self.dropout(outputs)
        h = torch.stack(hidden)  # (S, D, N, L, H)
        logits = self._answer(states)
        by_row = self._by_row_both(inputs[0]) if config.bidirectional else self._by_row(states)
        c = None
        if config.cell == "lstm":
            c = _cell_states(self._gates(h, tuple(inputs)))
        return Trace(h, c, logits, by_row, tuple(inputs))

    def gates(self, trace: Trace) -> dict[str, Tensor]:
        """Gate activations by name, each (S, D, N, L, H): GRU r, z, n; LSTM i, f, g, o; RNN none.

        Every gate is a function of x_t and h_{t−1}, which the trace holds for all steps, so two
        matrix products per layer give all of them at once.
        """
        return self._gates(trace.h, trace.inputs)

    def _gates(self, h: Tensor, inputs: tuple[Tensor, ...]) -> dict[str, Tensor]:
        names = _GATES[self.config.cell]
        per_layer = []
        for layer, (states, x) in enumerate(zip(h, inputs, strict=True)):
            directions = [self._layer_gates(layer, d, states[d], x) for d in range(h.shape[1])]
            per_layer.append(directions)
        return {
            name: torch.stack(
                [torch.stack([gates[name] for gates in layer]) for layer in per_layer]
            )  # (S, D, N, L, H)
            for name in names
        }

    def _layer_gates(self, layer: int, direction: int, h: Tensor, x: Tensor) -> dict[str, Tensor]:
        suffix = "_l0_reverse" if direction else "_l0"
        weights = dict(self.recurrent[layer].named_parameters())
        zero = torch.zeros_like(h[:, :1])  # (N, 1, H)
        before = torch.cat((h[:, 1:], zero) if direction else (zero, h[:, :-1]), dim=1)
        of_x = functional.linear(x, weights["weight_ih" + suffix], weights["bias_ih" + suffix])
        of_h = functional.linear(
            before, weights["weight_hh" + suffix], weights["bias_hh" + suffix]
        )
        names = _GATES[self.config.cell]
        if self.config.cell == "gru":
            (xr, xz, xn), (hr, hz, hn) = of_x.chunk(3, dim=2), of_h.chunk(3, dim=2)
            r, z = torch.sigmoid(xr + hr), torch.sigmoid(xz + hz)
            return {"r": r, "z": z, "n": torch.tanh(xn + r * hn)}
        gates = zip(names, (of_x + of_h).chunk(max(len(names), 1), dim=2), strict=False)
        return {name: torch.tanh(g) if name == "g" else torch.sigmoid(g) for name, g in gates}

    def _answer(self, states: Tensor) -> Tensor:
        """Logits (N, K) of the last layer's states (N, L, D·H)."""
        readout, size = self.config.readout, self.config.hidden_size
        if readout == "mean":
            pooled = states.mean(dim=1)  # (N, D·H)
        elif self.score is not None:
            weights = torch.softmax(self.score(states), dim=1)  # (N, L, 1)
            pooled = (weights * states).sum(dim=1)  # (N, D·H)
        else:  # each direction's state after its last step: the upward one ends at the top
            pooled = torch.cat((states[:, -1, :size], states[:, 0, size:]), dim=1)  # (N, D·H)
        logits: Tensor = self.head(pooled)  # (N, K)
        return logits

    def _by_row(self, states: Tensor) -> Tensor:
        """Logits (N, L, K) after each step, of states (N, L, H) that only look back."""
        if self.config.readout == "mean":
            count = torch.arange(1, states.shape[1] + 1, device=states.device).unsqueeze(1)
            states = states.cumsum(dim=1) / count
        elif self.score is not None:
            scores = self.score(states).transpose(1, 2)  # (N, 1, L)
            length = states.shape[1]
            later = torch.ones(length, length, dtype=torch.bool, device=states.device).triu(1)
            weights = scores.expand(-1, length, -1).masked_fill(later, -torch.inf).softmax(dim=2)
            states = weights @ states  # (N, L, L) @ (N, L, H) → (N, L, H)
        logits: Tensor = self.head(states)  # (N, L, K)
        return logits

    def _by_row_both(self, x: Tensor) -> Tensor:
        """Logits (N, L, K) after each step of a bidirectional network, of steps x (N, L, I).

        The upward direction starts anew for every prefix, so every prefix is read.
        """
        count, length, _ = x.shape
        lengths = torch.arange(1, length + 1).repeat(count)  # (N·L,)
        films = torch.arange(count).repeat_interleave(length)
        together = max(_PREFIX_VALUES // max(x[0].numel(), 1), 1)
        parts = zip(torch.split(films, together), torch.split(lengths, together), strict=True)
        logits = torch.cat([self._read_prefixes(x[film.to(x.device)], n) for film, n in parts])
        return logits.view(count, length, -1)  # (N, L, K)

    def _read_prefixes(self, x: Tensor, lengths: Tensor) -> Tensor:
        """Logits (P, K) of the first lengths[p] steps of each x[p] of (P, L, I)."""
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        for layer in self.recurrent:
            outputs: PackedSequence = layer(packed)[0]
            packed = outputs._replace(data=self.dropout(outputs.data))
        states, _ = pad_packed_sequence(packed, batch_first=True)  # (P, L, D·H), zeros behind
        lengths = lengths.to(x.device)
        if self.config.readout == "mean":
            logits: Tensor = self.head(states.sum(dim=1) / lengths.unsqueeze(1))
            return logits
        steps = torch.arange(states.shape[1], device=x.device)
        if self.score is not None:
            behind = steps >= lengths.unsqueeze(1)  # (P, L)
            scores = self.score(states).squeeze(2).masked_fill(behind, -torch.inf)
            weights = torch.softmax(scores, dim=1).unsqueeze(1)  # (P, 1, L)
            return self.head((weights @ states).squeeze(1))  # type: ignore[no-any-return]
        size = self.config.hidden_size
        last = states[torch.arange(len(lengths), device=x.device), lengths - 1, :size]
        return self.head(torch.cat((last, states[:, 0, size:]), dim=1))  # type: ignore[no-any-return]

    def _initialise(self) -> None:
        """Orthogonal recurrences and open forget gates keep gradients alive over many rows."""
        for name, weight in self.recurrent.named_parameters():
            if "weight_hh" in name:
                for block in weight.data.chunk(weight.shape[0] // weight.shape[1]):
                    nn.init.orthogonal_(block)
            elif "weight_ih" in name:
                nn.init.xavier_uniform_(weight)
            else:
                nn.init.zeros_(weight)
                if self.config.cell == "lstm" and "bias_ih" in name:
                    weight.data.chunk(4)[1].fill_(1.0)  # b of f; Jozefowicz 2015


class _StemBlock(nn.Module):
    """3 × 3 convolution over this row and the two above it, normalised within each row."""

    def __init__(self, channels: int, layer: StemLayer) -> None:
        super().__init__()
        # Output row t ends where stored row (t + 1)·stride ends: all padding lies above.
        self.above = 3 - layer.row_stride
        strides = (layer.row_stride, layer.column_stride)
        self.convolution = nn.Conv2d(channels, layer.channels, 3, strides, padding=(0, 1))
        self.norm = nn.GroupNorm(gcd(8, layer.channels), layer.channels)

    def forward(self, maps: Tensor) -> Tensor:
        maps = self.convolution(functional.pad(maps, (0, 0, self.above, 0)))  # (N, C, M, W)
        rows = maps.transpose(1, 2)  # (N, M, C, W)
        normal: Tensor = self.norm(rows.flatten(0, 1)).view(rows.shape)  # each row by itself
        return functional.silu(normal).transpose(1, 2)  # (N, C, M, W)


def _cell_states(gates: dict[str, Tensor]) -> Tensor:
    """Cell states (S, D, N, L, H) of an LSTM: c_t = f ⊙ c_{t−1} + i ⊙ g."""
    forget, added = gates["f"], gates["i"] * gates["g"]  # (S, D, N, L, H)
    directions = []
    for d in range(forget.shape[1]):
        f, a = (forget[:, d].flip(2), added[:, d].flip(2)) if d else (forget[:, d], added[:, d])
        c, cells = torch.zeros_like(a[:, :, 0]), []  # (S, N, H)
        for t in range(a.shape[2]):
            c = f[:, :, t] * c + a[:, :, t]
            cells.append(c)
        stacked = torch.stack(cells, dim=2)  # (S, N, L, H)
        directions.append(stacked.flip(2) if d else stacked)
    return torch.stack(directions, dim=1)  # (S, D, N, L, H)
