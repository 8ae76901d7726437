"""A direction of a layer for many films at once, forwards and back."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from engine.runtime.kernel import Kernel
from engine.runtime.layers import Recurrence, address, aligned, blocks_of
from engine.types import Floats


class _Held(NamedTuple):
    """Planes of one run with a step of zeros before the first, and the steps themselves."""

    whole: Floats  # (what the cell writes, N, L + 1, P)
    steps: Floats  # (what the cell writes, N, L, P)


class BatchRecurrence(Recurrence):
    """A direction of a layer that can be read forwards and undone; arguments as `Recurrence`.

    The number of films is a multiple of what the kernel reads side by side.
    """

    def __init__(
        self, kernel: Kernel, weights: Mapping[str, Floats], layer: int, *, upwards: bool
    ) -> None:
        super().__init__(kernel, weights, layer, upwards=upwards)
        end = f"_l0{'_reverse' * upwards}"
        of_x, of_h = (
            weights[f"recurrent.{layer}.{kind}{end}"] for kind in ("weight_ih", "weight_hh")
        )
        self._inputs, lanes = of_x.shape[1], self._shape[1]
        order = (2, 0, 1) if kernel.cell.apart else range(kernel.cell.gates)
        self._back_h = blocks_of(self._turned(of_h, order), 1, lanes)
        self._back_x = blocks_of(self._turned(of_x, range(kernel.cell.gates)), 1, lanes)
        self._none = blocks_of(np.zeros((self._inputs, 1), np.float32), 1, lanes)

    def read(self, x: Floats) -> tuple[Floats, object]:
        """States (N, L, P) of steps x (N, L, I), and what `undo` needs."""
        count, length, _ = x.shape
        projected = self.project(x.reshape(count * length, -1))
        held = self._held(len(self._kernel.cell.writes), count, length)
        blocks, film_stride = len(projected), length * projected.strides[1]
        plane, out_film, out_stride, _ = held.steps.strides
        step_stride, last = projected.strides[1], length - 1
        start, place = address(projected), address(held.steps)
        if self._upwards:
            start, place = start + last * step_stride, place + last * out_stride
            step_stride, out_stride = -step_stride, -out_stride
        self._kernel.recur(
            *(start, self._of_h, self._apart, self._zeros, place),
            *(plane, projected.strides[0], step_stride, out_stride, film_stride, out_film),
            *(length, self.padded, blocks, count // self._kernel.films),
        )
        return held.steps[0], held

    def undo(self, held: object, above: Floats) -> Floats:
        """Gradients of the steps (N, L, I), from those of the states, above (N, L, H)."""
        if not isinstance(held, _Held):
            raise TypeError("only what `read` has given can be undone")
        _, count, length, padded = held.steps.shape
        arrived = self._held(1, count, length)
        arrived.steps[0, ..., : above.shape[2]] = above
        arrived.steps[0, ..., above.shape[2] :] = 0.0
        gates = self._kernel.cell.gates
        stored = gates + self._kernel.cell.apart
        sums = aligned((count, length, stored, padded))
        self._undo(held.steps, arrived.steps[0], sums)
        skipped = sums.reshape(count * length, -1)[:, (stored - gates) * padded :]
        of_x = self._multiplied(
            skipped, address(self._back_x), address(self._none), blocks=len(self._back_x)
        )  # (blocks, N · L, lanes)
        wide = np.concatenate(list(of_x), axis=1)[:, : self._inputs]
        return wide.reshape(count, length, -1)

    def _undo(self, planes: Floats, above: Floats, sums: Floats) -> None:
        """Fill the gradients of the sums, (N, L, stored gates, P)."""
        kernel, (count, length, _, padded) = self._kernel, sums.shape
        blocks, lanes, width = len(self._back_h), self._shape[1], kernel.target.width
        plane, film_stride, step_stride, _ = planes.strides
        sums_film, sums_stride, sums_gate, _ = sums.strides
        last = 0 if self._upwards else length - 1
        if not self._upwards:
            step_stride, sums_stride = -step_stride, -sums_stride
        summed = kernel.cell.gates * padded
        of_h, of_c = aligned((count, blocks * lanes)), aligned((count, padded))
        of_h[:], of_c[:] = 0.0, 0.0
        kernel.back(
            *(address(planes[0, 0, last:]), address(above[0, last:]), address(sums[0, last:])),
            *(address(self._back_h), address(of_h), address(of_c)),
            *(plane, step_stride, film_stride, sums_stride, sums_film, sums_gate),
            *(of_h.strides[0], of_c.strides[0]),
            *(length, padded // width, summed, blocks, count // kernel.films),
        )

    def _held(self, planes: int, count: int, length: int) -> _Held:
        whole = aligned((planes, count, length + 1, self.padded))
        zeros, steps = (length, slice(0, length)) if self._upwards else (0, slice(1, None))
        whole[:, :, zeros] = 0.0
        return _Held(whole, whole[:, :, steps])

    def _turned(self, weights: Floats, order: "range | tuple[int, ...]") -> Floats:
        """(columns, gates · P) of (gates · H, columns)."""
        gates = np.split(weights, self._kernel.cell.gates)
        pad = self.padded - len(gates[0])
        return np.concatenate([np.pad(gates[k], ((0, pad), (0, 0))) for k in order]).T
