"""A stem that reads rows with some of them replaced, each pattern once."""

from collections.abc import Mapping
from math import gcd

import numpy as np
from numpy.typing import NDArray

from engine.bundle import NetworkConfig, StemLayer
from engine.runtime.kernel.compiler import Target, stem_kernel
from engine.runtime.kernel.layers import address, aligned, blocks_of
from engine.types import Booleans, Floats

# -------------------------------------------------------------- patterns of spliced films
# How few films show a stem everything that it could meet in spliced ones.
#
# A stem looks upwards only: what it makes of a step is decided by a window of steps. In pattern p
# step s is the film's where bit s modulo the window of p is set, so whatever a window of steps
# keeps, some pattern keeps the same there.

Choice = NDArray[np.int64]


def window_of(config: NetworkConfig, layers: int | None = None) -> int:
    """How many steps, its own included, decide what the first layers make of a step."""
    row = 0  # the first that step 0 reads after the layers; then what each layer reads for it
    for layer in reversed(config.stem[:layers]):
        row = (row + 1) * layer.row_stride - 3
    return 1 - row // config.rows_per_step


def kept_by(window: int, steps: int) -> Booleans:
    """Which steps every pattern keeps, (patterns, L)."""
    bits, numbers = np.arange(steps) % window, np.arange(2**window)
    return np.asarray((numbers[:, None] >> bits) & 1 == 1)


def pattern_of(kept: Booleans, window: int) -> Choice:
    """The pattern (P, L) that every step of splices (P, L) meets in its window."""
    powers = kept.astype(np.int64) << np.arange(kept.shape[1]) % window
    sums = np.pad(powers, ((0, 0), (window, 0))).cumsum(axis=1)  # (P, window + L)
    return np.asarray(sums[:, window:] - sums[:, :-window])


def spliced(rows: Floats, baseline: Floats, kept: Booleans) -> Floats:
    """Films (P, M, W) that have a film's rows (M, W) where they keep its steps (P, L)."""
    by_row = kept.repeat(len(rows) // kept.shape[1], axis=1)[:, :, None]
    return np.where(by_row, rows, baseline)


# --------------------------------------------------------------------- stem on the kernel
# Convolutions before the recurrence, with the kernel's products; as `engine.network.stems`.
#
# Maps lie with their channels side by side. Of an output row the three rows that it sees are laid
# side by side, too: then what one output sees is one stretch of memory, the next one begins a
# column stride further, and `project` multiplies them all without a copy for each.

# Weights may be extreme; what is then no number is refused by whoever asked.
EXTREME = np.errstate(over="ignore", invalid="ignore", divide="ignore")
_EPSILON = 1e-5  # torch's of GroupNorm
_SIZE = 3  # of a kernel, in both directions
_VALUES = 2**17  # of maps that are read together; more of them no longer fit in a cache


class Stem:
    """What the first layer reads, from model rows; later changes of weights are not seen.

    Args:
        config: Of a built-in architecture, see `engine.runtime.asking`.
        weights: By the names of `RowClassifier.state_dict()`.
        target: Another processor than this one, for tests.
    """

    def __init__(
        self, config: NetworkConfig, weights: Mapping[str, Floats], *, target: Target | None = None
    ) -> None:
        self._config = config
        self._layers = [
            _Convolution(layer, weights, f"stem.{number}", target=target)
            for number, layer in enumerate(config.stem)
        ]

    @EXTREME
    def __call__(self, rows: Floats) -> Floats:
        """Steps (L, N, I) of films (N, M, W).

        Raises:
            ValueError: Rows of another width, or a number that makes no whole time steps.
        """
        _, height, columns = rows.shape
        config = self._config
        if columns != config.columns or not height or height % config.rows_per_step:
            raise ValueError(f"{height} × {columns} model rows do not fit the network")
        maps = np.asarray(rows, np.float32)[..., None]  # (N, M, W, C)
        for layer in self._layers:
            maps = _in_parts(layer, maps)
        return self._steps(maps)

    @EXTREME
    def patterns(self, rows: Floats, baseline: Floats) -> Floats:
        """Steps (L, patterns, I) of a film (M, W) in every pattern, see above.

        The first layers look less far up, so they need fewer patterns.
        """
        config = self._config
        count, window = len(rows) // config.rows_per_step, window_of(config, 0)
        maps = spliced(rows, baseline, kept_by(window, count)).astype(np.float32)[..., None]
        step = np.arange(count)
        for number, layer in enumerate(self._layers, 1):
            seen = pattern_of(kept_by(window_of(config, number), count), window)  # (P, L)
            by_step = maps.reshape(len(maps), count, -1, *maps.shape[2:])
            maps = by_step[seen, step].reshape(len(seen), *maps.shape[1:])
            maps, window = _in_parts(layer, maps), window_of(config, number)
        return self._steps(maps)

    def _steps(self, maps: Floats) -> Floats:
        """(L, N, I) of the last layer's maps (N, rows, W, C)."""
        config, by_row = self._config, maps.transpose(1, 0, 3, 2)  # (rows, N, C, W)
        steps = by_row.reshape(-1, config.band, *by_row.shape[1:]).swapaxes(1, 2)
        return np.ascontiguousarray(steps).reshape(-1, len(maps), config.input_size)


class _Convolution:
    """One layer, (N, M, W, C) to (N, M / row stride, W / column stride, channels)."""

    def __init__(
        self, layer: StemLayer, weights: Mapping[str, Floats], name: str, *, target: Target | None
    ) -> None:
        self._layer = layer
        kernel = weights[f"{name}.convolution.weight"]  # (channels, C, 3, 3)
        self._kernel = stem_kernel(target)
        lanes = self._kernel.lanes
        flat = kernel.transpose(0, 3, 2, 1).reshape(len(kernel), -1)  # column, row, C
        self._weights = blocks_of(flat, 1, lanes)
        self._bias = blocks_of(weights[f"{name}.convolution.bias"][:, None], 1, lanes)
        self._scale, self._shift = (weights[f"{name}.norm.{end}"] for end in ("weight", "bias"))
        self._channels = layer.channels

    def __call__(self, maps: Floats) -> Floats:
        count, height, width, channels = maps.shape
        down, across = self._layer.row_stride, self._layer.column_stride
        rows, columns = height // down, -(-width // across)
        above = _SIZE - down  # output row t ends where stored row (t + 1)·stride ends
        # One column more to the left, and to the right as many as make whole strides.
        wide = columns * across + across * -(-(_SIZE - 1) // across)
        seen = np.zeros((count * rows + 1, wide, _SIZE, channels), np.float32)
        by_film = seen[:-1].reshape(count, rows, wide, _SIZE, channels)
        for place in range(_SIZE):
            first = max(-(-(above - place) // down), 0)
            start = first * down + place - above
            by_film[:, first:, 1 : width + 1, place] = maps[:, start::down][:, : rows - first]
        sums = self._products(seen, count * rows * wide // across)
        sums = sums.reshape(len(sums), count * rows, wide // across, -1)  # the rest is empty
        self._activate(sums, columns)
        maps = np.concatenate(list(sums[:, :, :columns]), axis=2)[..., : self._channels]
        return maps.reshape(count, rows, columns, -1)

    def _products(self, seen: Floats, places: int) -> Floats:
        """(blocks, places, lanes) of what each place sees."""
        blocks, inputs, _, lanes = self._weights.shape
        out = aligned((blocks, places, lanes))
        stride = self._layer.column_stride * seen.strides[1]
        self._kernel.project(
            *(address(seen), address(self._weights), address(self._bias), address(out)),
            *(stride, places, inputs, blocks),
        )
        return out

    def _activate(self, sums: Floats, columns: int) -> None:
        """Normalise each row by itself, then silu, of sums (blocks, rows, at least W, lanes)."""
        blocks, rows, _, lanes = sums.shape
        size, stride = blocks * rows, sums.strides[1]
        moments = aligned((blocks, rows, 2, lanes))
        self._kernel.moments(address(sums), address(moments), stride, size, columns)
        means = moments / np.float32(columns)
        off, squares = (self._of_channels(means[:, :, kind]) for kind in (0, 1))
        spread: Floats = squares - off * off  # (rows, channels), as each varies by itself
        each: Floats = self._of_channels(sums[:, :, 0]) + off
        groups = gcd(8, self._channels)
        mean = _over_groups(each, groups)
        variance = _over_groups(spread + (each - mean) ** 2, groups)
        scale = self._scale / np.sqrt(variance + _EPSILON)
        shift = self._shift - mean * scale
        lines = aligned((2, blocks, rows, lanes))
        lines[:] = 0.0
        for line, values in zip(lines, (scale, shift), strict=True):
            for block in range(blocks):
                some = values[:, block * lanes : (block + 1) * lanes]
                line[block, :, : some.shape[1]] = some
        places = address(sums), address(lines[0]), address(lines[1])
        self._kernel.activate(*places, stride, size, columns)

    def _of_channels(self, values: Floats) -> Floats:
        """(rows, channels) of (blocks, rows, lanes)."""
        return np.concatenate(list(values), axis=1)[:, : self._channels]


def _in_parts(layer: _Convolution, maps: Floats) -> Floats:
    together = max(_VALUES // maps[0].size, 1)
    starts = range(0, len(maps), together)
    return np.concatenate([layer(maps[start : start + together]) for start in starts])


def _over_groups(values: Floats, groups: int) -> Floats:
    """The mean of each row's groups of channels, at every channel of the group."""
    rows, channels = values.shape
    means = values.reshape(rows, groups, -1).mean(axis=2)
    return np.asarray(np.repeat(means, channels // groups, axis=1))
