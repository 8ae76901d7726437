"""The grid network: sweeps along the rows and down the columns of its own maps, dense maps too."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from math import log
from typing import Any, ClassVar, NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.bundle import RegisteredConfig, StemLayer, load_part, read_options
from engine.network.cells import Cell, cell_states_of, gates_of, memory_of
from engine.network.classifier import Dropout
from engine.network.grid_options import GridOptions, GridStage, GridStem, check_grid
from engine.network.network import (
    Output,
    RowNetwork,
    Trace,
    behind_end,
    steps_per_film,
    zero_behind,
)
from engine.network.stems import StemBlock

# Axis letters of this module, beside those of `engine.types`: Q columns of cells, U units of a
# sweep, I values of a cell, F features of a cell, and R × C cells of the dense maps.

# ------------------------------------------------------------------- a layer of two sweeps
# Every cell (t, q) of the maps x is read twice, with the equations of `engine.network.cells`:
#
#     a_tq = (→h_tq, ←h_tq)   →h_tq = cell(x_tq, →h_t,q−1)   ←h_tq = cell′(x_tq, ←h_t,q+1)
#     h_tq = (↓h_tq, ↑h_tq)   ↓h_tq = cell″(a_tq, ↓h_t−1,q)  ↑h_tq = cell‴(a_tq, ↑h_t+1,q)
#
# (Visin 2015, arXiv:1505.00393, there columns first.) After one layer h_tq has seen the whole film
# above row t, and row t; with the upward sweep all of it. Nothing is shared between directions.


class GridLayer(nn.Module):
    """One sweep along the rows, both ways, and one down (and up) the columns of its states."""

    def __init__(self, values: int, options: GridOptions) -> None:
        super().__init__()
        part = load_part("cell", options.cell, Cell)
        known = read_options(part.Options, {}, f"The options of “{options.cell}”")
        units = options.hidden_size
        self.across: Cell = part(values, units, bidirectional=True, options=known)
        down = options.directions == 2
        self.along: Cell = part(2 * units, units, bidirectional=down, options=known)

    def sweep_rows(self, maps: Tensor, ends: Tensor | None) -> Tensor:
        """States (N, L, Q, 2·U) of the horizontal sweep over maps (N, L, Q, I)."""
        states = self.across.read(maps.flatten(0, 1))  # (N·L, Q, 2·U)
        return _zero_cells(states.view(*maps.shape[:3], -1), ends)

    def sweep_columns(self, across: Tensor, ends: Tensor | None) -> Tensor:
        """States (N, L, Q, D·U) of the vertical sweep over (N, L, Q, 2·U)."""
        count, _, columns, _ = across.shape
        lines = _columns_first(across)  # (N·Q, L, 2·U)
        lengths = None if ends is None else ends.repeat_interleave(columns)
        states = self.along.read(lines, lengths)  # (N·Q, L, D·U)
        return states.view(count, columns, *states.shape[1:]).transpose(1, 2)


def _columns_first(maps: Tensor) -> Tensor:
    """(N, L, Q, X) as columns (N·Q, L, X), each a film of its own."""
    return maps.transpose(1, 2).flatten(0, 1)


def _zero_cells(maps: Tensor, ends: Tensor | None) -> Tensor:
    """Maps (N, L, Q, X) with zeros behind each film's end."""
    return zero_behind(maps.flatten(2), ends).view(maps.shape)


# --------------------------------------------------------------------------------- decoder
# From cells to a dense output, after ReSeg (Visin 2016, arXiv:1511.07053): transposed
# convolutions whose kernel is their stride, so that what comes of a cell depends on that cell
# alone; then a 3 × 3 convolution, over the rows above only where nothing may look down.


class DecoderStage(nn.Module):
    """silu(norm(conv(upsampled ⊕ skip))), the norm over the channels of each place alone."""

    def __init__(self, values: int, skipped: int, stage: GridStage, *, around: bool) -> None:
        super().__init__()
        factor = (stage.row_factor, stage.column_factor)
        self.factor, self.around = factor, around
        self.up = nn.ConvTranspose2d(values, stage.channels, factor, factor)
        self.convolution = nn.Conv2d(stage.channels + skipped, stage.channels, 3, padding=(0, 1))
        self.norm = nn.LayerNorm(stage.channels)

    def forward(self, maps: Tensor, skip: Tensor | None, ends: Tensor | None) -> Tensor:
        """(N, X, R, C) to (N, channels, R′, C′); skip (N, Y, R′, C′); ends (N,) in rows R′."""
        maps = self.up(maps)
        if skip is not None:
            maps = torch.cat((maps, skip), dim=1)
        above, below = (1, 1) if self.around else (2, 0)
        maps = functional.pad(_zero_rows(maps, ends), (0, 0, above, below))
        places = self.norm(self.convolution(maps).permute(0, 2, 3, 1))  # (N, R′, C′, channels)
        return functional.silu(places).permute(0, 3, 1, 2)


def _zero_rows(maps: Tensor, ends: Tensor | None) -> Tensor:
    """Maps (N, X, R, C) with zeros in the rows behind each film's end (N,)."""
    if ends is None:
        return maps
    return maps.masked_fill(behind_end(ends, maps.transpose(1, 2)).unsqueeze(1), 0.0)


# ----------------------------------------------------------------------------- the network


class _Looked(NamedTuple):
    """What the stem makes of films: maps of every resolution, the film itself first."""

    levels: tuple[Tensor, ...]  # each (N, channels, rows, columns)
    cells: Tensor  # (N, L, Q, I)


_PREFIX_VALUES = 2**24  # values of the cells of a batch of prefixes (64 MiB)


class GridNetwork(RowNetwork):
    """Stem → layers of two sweeps → film logits, and dense maps where there is a decoder.

    A time step is a row of cells; the units of its trace are those of the vertical sweep, column
    after column (H = Q·U), so that every map of states also lies in rows × columns.
    """

    Options: ClassVar[type[Any]] = GridOptions
    config: RegisteredConfig

    def __init__(self, config: RegisteredConfig, options: GridOptions) -> None:
        super().__init__()
        self.config, self.options = config, options
        channels = (1, *(layer.channels for layer in options.stem))
        self.stem = nn.ModuleList(map(_stem_block, channels, options.stem))
        values = channels[-1] * options.patch_rows * options.patch_columns
        self.features = options.directions * options.hidden_size  # F
        self.layers = nn.ModuleList(
            GridLayer(self.features if number else values, options)
            for number in range(options.layers)
        )
        self.dropout = Dropout(options.dropout)
        self.decoder = nn.ModuleList(_stages(options, self.features, channels))
        last = options.decoder[-1].channels if options.decoder else self.features
        if options.maps:
            self.map_head = nn.Conv2d(last, options.maps, 1)
        pooled = 2 * self.features if options.pool == "features" else config.classes
        self.head = nn.Linear(pooled, config.classes)
        if options.pool != "features":  # what a calibration may change, and no training
            nn.init.eye_(self.head.weight)
            nn.init.zeros_(self.head.bias)
            self.head.requires_grad_(requires_grad=False)
        for layer in self._layers():
            layer.across.initialise()
            layer.along.initialise()

    @classmethod
    def describe(
        cls, rows: int, columns: int, *, classes: int, options: GridOptions
    ) -> RegisteredConfig:
        """Every size of the network for a grid M × W, K classes and these options.

        Raises:
            BundleError: Sizes that do not fit together.
        """
        check_grid(rows, columns, classes=classes, options=options)
        height, width = options.cell_size
        both = ", both directions" if options.vertical == "both" else ""
        stem = f"{len(options.stem)} convolution{'s' * (len(options.stem) > 1)}, "
        return RegisteredConfig(
            name="grid",
            rows=rows,
            columns=columns,
            classes=classes,
            layers=options.layers,
            directions=options.directions,
            hidden_size=columns // width * options.hidden_size,
            summary=(
                f"{stem if options.stem else ''}grid of {options.cell.upper()}"
                f" {options.layers} × {options.hidden_size}{both}, {options.pool}"
            ),
            rows_per_step=height,
            options=_plain(asdict(options)),
        )

    @property
    def columns(self) -> int:
        """Q, columns of cells."""
        return self.config.columns // self.options.cell_size[1]

    def forward(self, rows: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Logits (N, K) of model rows (N, M, W); see `RowNetwork.forward`."""
        ends = steps_per_film(lengths, rows, self.config.rows_per_step)
        looked = self._look(rows)
        features = self._read(looked.cells, ends)
        maps = self._maps(features, looked.levels, ends) if self._from_maps else None
        return self._answer(features, maps, ends)

    def output(self, rows: Tensor, lengths: Tensor | None = None) -> Output:
        """Film logits (N, K) and maps (N, channels, R, C), zero behind a film's end."""
        ends = steps_per_film(lengths, rows, self.config.rows_per_step)
        looked = self._look(rows)
        features = self._read(looked.cells, ends)
        maps = self._maps(features, looked.levels, ends) if self.options.maps else None
        return Output(self._answer(features, maps, ends), maps)

    def steps(self, rows: Tensor) -> Tensor:
        """What the first layer reads, (N, L, Q·I), of model rows (N, M, W)."""
        return self._look(rows).cells.flatten(2)

    def trace(self, rows: Tensor, lengths: Tensor | None = None) -> Trace:
        """Read as `forward` does, and keep every state of the vertical sweeps."""
        ends = steps_per_film(lengths, rows, self.config.rows_per_step)
        looked = self._look(rows)
        states, inputs, outputs = looked.cells, [], []
        for layer in self._layers():
            inputs.append(layer.sweep_rows(states, ends))  # (N, L, Q, 2·U)
            outputs.append(layer.sweep_columns(inputs[-1], ends))  # (N, L, Q, D·U)
            states = self.dropout(outputs[-1])
        maps = self._maps(states, looked.levels, ends) if self.options.maps else None
        logits = self._answer(states, maps, ends)
        if self.options.vertical == "both":
            by_row = self._read_prefixes(looked, ends)
        else:
            by_row = zero_behind(self._running(states, maps), ends)
        trace = Trace(
            h=self._by_direction(torch.stack(outputs)),
            c=None,
            logits=logits,
            by_row=by_row,
            inputs=tuple(across.flatten(2) for across in inputs),
            lengths=ends,
            maps=maps,
            columns=self.columns,
        )
        return replace(trace, c=cell_states_of(self._columns_cells(), trace))

    def gates(self, trace: Trace) -> dict[str, Tensor]:
        """Gates of the vertical sweeps by name, each (S, D, N, L, H), zero behind a film's end."""
        return gates_of(self._columns_cells(), trace)

    def memory(self, trace: Trace) -> Tensor | None:
        """What is left of each row in the state that every column ends with: (D, N, L, H).

        The terms sum over L, exactly, to what the last layer's vertical sweep ends with: h of a
        GRU, c of an LSTM. None where the cell has no such sum.
        """
        return memory_of(self._columns_cells(), trace)

    # ------------------------------------------------------------------ what is read

    @property
    def _from_maps(self) -> bool:
        return self.options.pool != "features"

    def _layers(self) -> Iterator[GridLayer]:
        return iter(cast("Iterable[GridLayer]", self.layers))

    def _columns_cells(self) -> tuple[Cell, ...]:
        """The cells that sweep down the columns, whose states and gates a trace holds."""
        return tuple(layer.along for layer in self._layers())

    def _look(self, rows: Tensor) -> _Looked:
        """What the first layer reads of model rows (N, M, W), and what the decoder may skip to."""
        levels = [rows.unsqueeze(1)]
        for block in self.stem:
            levels.append(block(levels[-1]))  # (N, channels, rows, columns)
        high, wide = self.options.patch_rows, self.options.patch_columns
        count, channels, height, width = levels[-1].shape
        patches = levels[-1].reshape(count, channels, height // high, high, width // wide, wide)
        cells = patches.permute(0, 2, 4, 1, 3, 5)  # (N, L, Q, channels, high, wide)
        return _Looked(tuple(levels), cells.flatten(3))

    def _read(self, cells: Tensor, ends: Tensor | None, *, across: Tensor | None = None) -> Tensor:
        """The last layer's states (N, L, Q, F) of cells (N, L, Q, I), with dropout.

        Args:
            cells: What the first layer reads.
            ends: (N,) rows of cells of each film.
            across: (N, L, Q, 2·U) of the first layer, where it is known already.
        """
        states = cells
        for layer in self._layers():
            swept = layer.sweep_rows(states, ends) if across is None else across
            across = None
            states = self.dropout(layer.sweep_columns(swept, ends))
        return states

    def _maps(self, features: Tensor, levels: tuple[Tensor, ...], ends: Tensor | None) -> Tensor:
        """Dense maps (N, channels, R, C), zero behind each film's end."""
        maps, height = features.permute(0, 3, 1, 2), 1
        for stage, level in zip(self.decoder, self.options.skipped, strict=True):
            height *= cast("DecoderStage", stage).factor[0]
            skip = None if level is None else levels[level]
            maps = stage(maps, skip, None if ends is None else ends * height)
        return _zero_rows(self.map_head(maps), None if ends is None else ends * height)

    # ------------------------------------------------------------------ film logits

    def _answer(self, features: Tensor, maps: Tensor | None, ends: Tensor | None) -> Tensor:
        """Logits (N, K) of the cells (N, L, Q, F), or of dense maps (N, channels, R, C)."""
        if not self._from_maps or maps is None:
            pooled = torch.cat((_means(features, ends), _largest(features, ends)), dim=1)
            return cast("Tensor", self.head(pooled))
        values = self._scores(maps)  # (N, K or K − 1, R, C)
        count = values.shape[2] * values.shape[3]
        if ends is None:
            cells: Tensor | float = log(count)
        else:
            ends = ends * self.options.factors[0]
            values = values.masked_fill(
                behind_end(ends, values.transpose(1, 2)).unsqueeze(1), -torch.inf
            )
            cells = (ends * values.shape[3]).to(values).log().unsqueeze(1)
        return self._of_sums(values.flatten(2).logsumexp(dim=2) - cells)

    def _running(self, features: Tensor, maps: Tensor | None) -> Tensor:
        """Logits (N, L, K) after each row of cells, where no row looks down."""
        if not self._from_maps or maps is None:
            count = torch.arange(1, features.shape[1] + 1, device=features.device).unsqueeze(1)
            means = features.mean(dim=2).cumsum(dim=1) / count
            largest = features.amax(dim=2).cummax(dim=1).values
            return cast("Tensor", self.head(torch.cat((means, largest), dim=2)))
        height = self.options.factors[0]
        sums = self._scores(maps).logsumexp(dim=3).logcumsumexp(dim=2)  # (N, K or K − 1, R)
        sums = sums[:, :, height - 1 :: height].transpose(1, 2)  # (N, L, K or K − 1)
        cells = torch.arange(1, sums.shape[1] + 1, device=sums.device) * (height * maps.shape[3])
        return self._of_sums(sums - cells.to(sums).log().unsqueeze(1))

    def _scores(self, maps: Tensor) -> Tensor:
        """What is summed over places, as logarithms: (N, K or K − 1, R, C)."""
        if self.options.pool == "area":
            return maps[:, : self.config.classes].log_softmax(dim=1)
        return maps[:, : self.config.classes - 1] * self.options.sharpness

    def _of_sums(self, means: Tensor) -> Tensor:
        """Logits (…, K) of the logarithms of means over places, (…, K or K − 1)."""
        if self.options.pool == "peak":
            means = functional.pad(means / self.options.sharpness, (1, 0))
        return cast("Tensor", self.head(means))

    def _read_prefixes(self, looked: _Looked, ends: Tensor | None) -> Tensor:
        """Logits (N, L, K) after each row where a sweep looks up: every prefix is read.

        The stem and the first sweep along the rows look at no row below and are read once.
        """
        count, length = looked.cells.shape[:2]
        lengths = torch.full((count,), length) if ends is None else ends
        films, at = (torch.arange(length) < lengths.unsqueeze(1)).nonzero(as_tuple=True)
        swept = next(self._layers()).sweep_rows(looked.cells, ends)
        values = sum(level[0].numel() for level in looked.levels) + 4 * swept[0].numel()
        # A quarter of them together at most: what they are padded with is worked on for nothing.
        together = max(min(_PREFIX_VALUES // values, -(-length // 4)), 1)
        by_row = swept.new_zeros(count, length, self.config.classes)
        for film, step in zip(*(torch.split(part, together) for part in (films, at)), strict=True):
            # Only as many rows as the batch's longest prefix has.
            high, chosen = int(step.max()) + 1, film.to(swept.device)
            features = self._read(
                looked.cells[chosen, :high], step + 1, across=swept[chosen, :high]
            )
            levels = tuple(
                level[chosen, :, : high * (level.shape[2] // length)] for level in looked.levels
            )
            maps = self._maps(features, levels, step + 1) if self._from_maps else None
            by_row[film, step] = self._answer(features, maps, step + 1)
        return by_row

    def _by_direction(self, states: Tensor) -> Tensor:
        """(S, N, L, Q, D·U) as (S, D, N, L, Q·U)."""
        split = states.view(*states.shape[:4], self.options.directions, -1)  # (S, N, L, Q, D, U)
        return split.permute(0, 4, 1, 2, 3, 5).flatten(4)


# ---------------------------------------------------------------------------------- pooling


def _means(features: Tensor, ends: Tensor | None) -> Tensor:
    """Mean over a film's cells, (N, F) of (N, L, Q, F)."""
    sums = features.mean(dim=2)
    if ends is None:
        return sums.mean(dim=1)
    return zero_behind(sums, ends).sum(dim=1) / ends.to(sums.device).unsqueeze(1)


def _largest(features: Tensor, ends: Tensor | None) -> Tensor:
    """Maximum over a film's cells, (N, F) of (N, L, Q, F)."""
    largest = features.amax(dim=2)
    if ends is not None:
        largest = largest.masked_fill(behind_end(ends, largest), -torch.inf)
    return largest.amax(dim=1)


# ------------------------------------------------------------------------------ its making


def _stem_block(channels: int, layer: GridStem) -> StemBlock:
    part = load_part("stem", layer.kind, StemBlock)
    known = read_options(part.Options, {}, f"The options of stem layer “{layer.kind}”")
    told = StemLayer(layer.channels, layer.row_stride, layer.column_stride, layer.kind)
    return part(channels, told, known)


def _stages(
    options: GridOptions, values: int, channels: tuple[int, ...]
) -> Iterator[DecoderStage]:
    for stage, level in zip(options.decoder, options.skipped, strict=True):
        skipped = 0 if level is None else channels[level]
        yield DecoderStage(values, skipped, stage, around=options.vertical == "both")
        values = stage.channels


def _plain(value: Any) -> Any:  # noqa: ANN401 - values of JSON
    """The same with lists in place of tuples, as JSON gives them back."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
