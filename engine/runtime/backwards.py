"""The backward pass as instructions: from gradients of the states to gradients of the sums.

With δ the gradient of the answer, each step of a film is undone, last one first: what arrives at
h_t (from above, and from the step after it) passes through the cell's formulas to its sums, and
from the sums through the recurrent weights to h_{t−1} (Werbos 1990). The gradients of the sums
are all that is kept: those of the inputs are one product with them.
"""

from collections.abc import Sequence
from functools import partial

from llvmlite import ir

from engine.runtime.cells import Cell, Undo
from engine.runtime.forwards import multiply
from engine.runtime.loops import BYTES, Function
from engine.runtime.vectors import Vector

BACK = (
    *("planes", "above", "sums", "weights", "of_h", "of_c"),  # addresses
    *("plane", "step_stride", "film_stride"),  # bytes, of planes and of above
    *("sums_stride", "sums_film", "sums_gate", "of_h_film", "of_c_film"),  # bytes
    *("steps", "chunks", "summed", "blocks", "tiles"),
)


def write_back(module: ir.Module, width: int, *, vectors: int, cell: Cell, films: int) -> None:
    """Write `back`: gradients of the sums of every step of tiles of films.

    Its arguments are `BACK`. `planes` and `above` point at the step that was read last; the step
    before it is one `step_stride` further, and before the first one lies a step of zeros. `of_h`
    and `of_c` are what arrives from the step after; `chunks` are vectors of hidden units,
    `summed` the sums that h enters, `blocks` those of the weights, panels of (summed, vectors).

    Args:
        module: Gets the function.
        width: Floats of a vector.
        vectors: Of a block's results.
        cell: The formulas.
        films: In a tile, see `write_recur`.
    """
    function = Function(module, "back", BACK, width=width)
    _Undoing(function, cell, vectors=vectors, films=films).write()
    function.finish()


class _Undoing:
    """The loops of `back`: steps; in each the formulas of all units, then the products."""

    def __init__(self, function: Function, cell: Cell, *, vectors: int, films: int) -> None:
        self._function, self._cell = function, cell
        self._vectors, self._films = vectors, films
        self._given, self._add, self._times = function.argument, function.add, function.times

    def write(self) -> None:
        start = [self._given[name] for name in ("planes", "above", "sums")]
        self._function.repeat(self._given["steps"], start, self._step)

    def _step(self, values: Sequence[ir.Value]) -> list[ir.Value]:
        planes, above, sums = values
        given, stride = self._given, self._given["step_stride"]
        before = self._add(planes, stride)
        start = [planes, before, above, sums, given["of_h"], given["of_c"]]
        self._function.repeat(given["tiles"], start, self._tile)
        start = [given["weights"], given["of_h"]]
        self._function.repeat(given["blocks"], start, partial(self._block, sums))
        return [before, self._add(above, stride), self._add(sums, given["sums_stride"])]

    def _tile(self, values: Sequence[ir.Value]) -> list[ir.Value]:
        self._function.repeat(self._given["chunks"], values, self._chunk)
        return self._shifted(values, self._films)

    def _chunk(self, values: Sequence[ir.Value]) -> list[ir.Value]:
        for film in range(self._films):
            self._undo(*self._shifted(values, film))
        return [self._add(value, self._function.width * BYTES) for value in values]

    def _shifted(self, values: Sequence[ir.Value], films: int) -> list[ir.Value]:
        """The same places some films further."""
        names = (*["film_stride"] * 3, "sums_film", "of_h_film", "of_c_film")
        strides = [self._times(self._given[name], films) for name in names]
        return [self._add(value, stride) for value, stride in zip(values, strides, strict=True)]

    def _undo(
        self,
        planes: ir.Value,
        before: ir.Value,
        above: ir.Value,
        sums: ir.Value,
        of_h: ir.Value,
        of_c: ir.Value,
    ) -> None:
        """One step of one film, for the hidden units of one vector."""
        load, store = self._function.load, self._function.store
        arrived = load(above) + load(of_h)
        step = Undo(self._planes(planes), self._planes(before), arrived, load(of_c))
        undone = self._cell.undo(step)
        store(undone.h, of_h)
        store(undone.c, of_c)
        for vector in undone.sums:
            store(vector, sums)
            sums = self._add(sums, self._given["sums_gate"])

    def _planes(self, place: ir.Value) -> dict[str, Vector]:
        found = {}
        for name in self._cell.writes:
            found[name] = self._function.load(place)
            place = self._add(place, self._given["plane"])
        return found

    def _block(self, sums: ir.Value, values: Sequence[ir.Value]) -> list[ir.Value]:
        weights, of_h = values
        start = [of_h, sums]
        self._function.repeat(self._given["tiles"], start, partial(self._product, weights))
        panel = self._vectors * self._function.width * BYTES
        panels = self._times(self._given["summed"], panel)
        return [self._add(weights, panels), self._add(of_h, panel)]

    def _product(self, weights: ir.Value, values: Sequence[ir.Value]) -> list[ir.Value]:
        """Through the recurrent weights, a block of results of the films of one tile."""
        strides = self._given["of_h_film"], self._given["sums_film"]
        own, rows = (
            [self._add(value, self._times(stride, film)) for film in range(self._films)]
            for value, stride in zip(values, strides, strict=True)
        )
        load, count = self._function.load, self._given["summed"]
        start = [load(place, index) for place in own for index in range(self._vectors)]
        found = multiply(self._function, rows, weights, sums=start, count=count)
        for number, vector in enumerate(found):
            self._function.store(vector, own[number // self._vectors], number % self._vectors)
        shifts = [self._times(stride, self._films) for stride in strides]
        return [self._add(value, shift) for value, shift in zip(values, shifts, strict=True)]
