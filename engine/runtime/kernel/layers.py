"""One direction of one recurrent layer: its weights in reading order, and one run over a film."""

from collections.abc import Mapping
from math import prod

import numpy as np

from engine.runtime.kernel.compiler import Kernel
from engine.types import Floats

_LINE = 64  # bytes of a cache line, and of the widest vector


class Recurrence:
    """A direction of a layer, its weights laid out once as the kernel reads them.

    Args:
        kernel: Of the network's cell.
        weights: By the names of `RowClassifier.state_dict()`.
        layer: Its number, from 0.
        upwards: Whether it is direction 1, which reads from the last step to the first.

    Attributes:
        padded: P, the hidden units rounded up to whole blocks.
        planes: How many values `run` writes of each unit: h, then c and gates.
    """

    def __init__(
        self, kernel: Kernel, weights: Mapping[str, Floats], layer: int, *, upwards: bool
    ) -> None:
        of_x, of_h, bias_x, bias_h = (
            weights[f"recurrent.{layer}.{kind}_l0{'_reverse' * upwards}"]
            for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        gates, units, hidden = kernel.cell.gates, kernel.units, of_h.shape[1]
        blocks = -(-hidden // units)
        self.padded, self.planes = blocks * units, len(kernel.cell.writes)
        self._kernel, self._upwards = kernel, upwards
        self._shape = blocks, gates * units
        apart = np.zeros(hidden, np.float32)
        if kernel.cell.apart:
            apart = bias_h[-hidden:]
            bias_h = np.concatenate((bias_h[:-hidden], np.zeros_like(apart)))
        square = np.pad(of_h, ((0, 0), (0, self.padded - hidden)))
        self._kept = (
            blocks_of(of_x, gates, units),
            blocks_of(square, gates, units),
            blocks_of((bias_x + bias_h)[:, None], gates, units),
            blocks_of(apart[:, None], 1, units),
            blocks_of(np.zeros((hidden, 1), np.float32), 1, units),
        )
        self._of_x, self._of_h, self._bias, self._apart, self._zeros = map(address, self._kept)

    def project(self, x: Floats) -> Floats:
        """The input's part of all sums, (blocks, L, gates · units), of steps x (L, I)."""
        if x.dtype != np.float32 or x.strides[1] != x.itemsize:  # rows need not touch
            x = np.ascontiguousarray(x, np.float32)
        blocks, lanes = self._shape
        out = aligned((blocks, len(x), lanes))
        self._kernel.project(
            *(address(x), self._of_x, self._bias, address(out)),
            *(x.strides[0], len(x), x.shape[1], blocks),
        )
        return out

    def run(self, projected: Floats, out: Floats) -> None:
        """Write h, and c and gates in the order of the cell, of the first L projected steps.

        Args:
            projected: (blocks, at least L, gates · units), as `project` makes them.
            out: (what the cell writes, L, P), each (L, P) contiguous.
        """
        steps = out.shape[1]
        block_stride, step_stride, _ = projected.strides
        plane, out_stride, _ = out.strides
        start, place = address(projected), address(out)
        if self._upwards:
            start += (steps - 1) * step_stride
            place += (steps - 1) * out_stride
            step_stride, out_stride = -step_stride, -out_stride
        self._kernel.recur(
            *(start, self._of_h, self._apart, self._zeros, self._zeros, place),
            *(plane, block_stride, step_stride, out_stride, 0, 0, 0, 0),
            *(steps, self.padded, self._shape[0], 1),
        )

    def start(self, films: int) -> Floats:
        """States of many films before the first step, to be written into: zeros, as `step`'s."""
        out = aligned((len(self._kernel.cell.carried), films, self.padded))
        out[...] = 0.0
        return out

    def step(self, projected: Floats, before: Floats | None) -> Floats:
        """States of many films after one step more: h, and c of an LSTM, (1 or 2, N, P).

        Args:
            projected: (blocks, N, gates · units) of this step; N is a multiple of what the kernel
                reads side by side.
            before: (1 or 2, N, P) after the step before; None before the first.
        """
        blocks, films, _ = projected.shape
        out = aligned((len(self._kernel.cell.carried), films, self.padded))
        plane, between, _ = out.strides
        h = c = self._zeros
        if before is not None:
            h, c = address(before[0]), address(before[-1])
        self._kernel.recur(
            *(address(projected), self._of_h, self._apart, h, c, address(out)),
            *(plane, projected.strides[0], 0, 0, projected.strides[1], between),
            *((0, 0) if before is None else (between, self.padded)),
            *(1, self.padded, blocks, films // self._kernel.films),
        )
        return out


def aligned(shape: tuple[int, ...]) -> Floats:
    """An array that is not filled and begins at a cache line: loads then cross none."""
    size = 4 * prod(shape)
    memory = np.empty(size + _LINE, np.uint8)
    start = -address(memory) % _LINE
    return memory[start : start + size].view(np.float32).reshape(shape)


def blocks_of(weights: Floats, gates: int, units: int) -> Floats:
    """(gates · H, K) → (blocks, K, gates, units), with zeros for units that are not there."""
    count, inputs = weights.shape
    hidden = count // gates
    blocks = -(-hidden // units)
    whole = np.zeros((gates, blocks * units, inputs), np.float32)
    whole[:, :hidden] = weights.reshape(gates, hidden, inputs)
    out = aligned((blocks, inputs, gates, units))
    out[...] = whole.reshape(gates, blocks, units, inputs).transpose(1, 3, 0, 2)
    return out


def address(array: np.ndarray) -> int:
    """Where an array begins in memory."""
    place: int = array.__array_interface__["data"][0]
    return place
