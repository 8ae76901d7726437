"""One direction of one recurrent layer: its weights in reading order, and one run over a film."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.runtime.kernel import Kernel
from engine.types import Floats

_LINE = 64  # bytes of a cache line, and of the widest vector


@dataclass(frozen=True, slots=True, eq=False)
class Recurrence:
    """A direction of a layer, ready to run.

    Attributes:
        kernel: Compiled for its cell.
        hidden: H, and `padded` the same rounded up to whole blocks of units (P).
        of_x: (blocks, I, gates, units) input weights.
        of_h: (blocks, P, gates, units) recurrent weights.
        bias: (blocks, 1, gates, units); `apart` (blocks, 1, 1, units) what stays with the
            recurrent sum of a GRU's n.
        upwards: Whether it reads from the last step to the first.
    """

    kernel: Kernel
    hidden: int
    padded: int
    of_x: Floats
    of_h: Floats
    bias: Floats
    apart: Floats
    upwards: bool

    def project(self, x: Floats) -> Floats:
        """The input's part of all sums, (blocks, L, gates · units), of steps x (L, I)."""
        x = np.ascontiguousarray(x, np.float32)
        blocks, inputs, gates, units = self.of_x.shape
        out = aligned((blocks, len(x), gates * units))
        self.kernel.project(*_addresses(x, self.of_x, self.bias, out), len(x), inputs, blocks)
        return out

    def run(self, projected: Floats, out: Floats) -> None:
        """Write h, and c and gates in the order of the cell, of the first L projected steps.

        Args:
            projected: (blocks, at least L, gates · units), as `project` makes them.
            out: (what the cell writes, L, P), each (L, P) contiguous.
        """
        steps = out.shape[1]
        blocks = len(projected)
        first, sign = (steps - 1, -1) if self.upwards else (0, 1)
        step_stride, out_stride = projected.strides[1], out.strides[1]
        zeros = aligned((self.padded,))
        zeros[:] = 0.0
        start, weights, apart, zero, place = _addresses(
            projected, self.of_h, self.apart, zeros, out
        )
        self.kernel.recur(
            *(start + first * step_stride, weights, apart, zero, place + first * out_stride),
            *(out.strides[0], projected.strides[0], sign * step_stride, sign * out_stride),
            *(steps, self.padded, blocks),
        )


def recurrence(
    kernel: Kernel, weights: Mapping[str, Floats], layer: int, *, upwards: bool
) -> Recurrence:
    """Lay out a direction of a layer once.

    Args:
        kernel: Of the network's cell.
        weights: By the names of `RowClassifier.state_dict()`.
        layer: Its number, from 0.
        upwards: Whether it is direction 1.
    """
    end = f"_l0{'_reverse' if upwards else ''}"
    of_x, of_h, bias_x, bias_h = (
        np.asarray(weights[f"recurrent.{layer}.{kind}{end}"], np.float32)
        for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    )
    hidden, gates = of_h.shape[1], kernel.cell.gates
    padded = -(-hidden // kernel.units) * kernel.units
    apart = np.zeros(hidden, np.float32)
    if kernel.cell.apart:
        apart = bias_h[-hidden:]
        bias_h = np.concatenate((bias_h[:-hidden], np.zeros(hidden, np.float32)))
    return Recurrence(
        kernel=kernel,
        hidden=hidden,
        padded=padded,
        of_x=_blocks(of_x, gates, kernel.units),
        of_h=_blocks(np.pad(of_h, ((0, 0), (0, padded - hidden))), gates, kernel.units),
        bias=_blocks((bias_x + bias_h)[:, None], gates, kernel.units),
        apart=_blocks(apart[:, None], 1, kernel.units),
        upwards=upwards,
    )


def aligned(shape: tuple[int, ...]) -> Floats:
    """An array that is not filled and begins at a cache line: loads then cross none."""
    size = 4 * int(np.prod(shape))
    memory = np.empty(size + _LINE, np.uint8)
    start = -memory.ctypes.data % _LINE
    return memory[start : start + size].view(np.float32).reshape(shape)


def _blocks(weights: Floats, gates: int, units: int) -> Floats:
    """(gates · H, K) → (blocks, K, gates, units), with zeros for units that are not there."""
    count, inputs = weights.shape
    hidden = count // gates
    blocks = -(-hidden // units)
    whole = np.zeros((gates, blocks * units, inputs), np.float32)
    whole[:, :hidden] = weights.reshape(gates, hidden, inputs)
    out = aligned((blocks, inputs, gates, units))
    out[...] = whole.reshape(gates, blocks, units, inputs).transpose(1, 3, 0, 2)
    return out


def _addresses(*arrays: Floats) -> tuple[int, ...]:
    return tuple(array.ctypes.data for array in arrays)
