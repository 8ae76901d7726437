"""One pass over a film as LLVM code."""

from collections.abc import Sequence
from functools import partial

from llvmlite import ir

from engine.runtime.kernel.emit import BYTES, Function, Vector, logistic
from engine.runtime.kernel.recurrences import RecurrenceCell, Sums

PROJECT = ("x", "weights", "bias", "out", "x_stride", "steps", "inputs", "blocks")
RECUR = (
    *("projected", "weights", "bias", "h", "c", "out"),  # addresses; h and c: before the start
    *("plane", "block_stride", "step_stride", "out_stride", "film_stride", "out_film"),  # bytes
    *("between", "count"),  # from film to film before the start, and how many floats of h to read
    *("steps", "hidden", "blocks", "tiles"),
)
MOMENTS = ("x", "out", "stride", "rows", "columns")
ACTIVATE = ("x", "scale", "shift", "stride", "rows", "columns")


def write_project(module: ir.Module, width: int, *, vectors: int, together: int) -> None:
    """Write `project`: out[block][step] = bias[block] + W[block] x[step], for all steps.

    Args:
        module: Gets the function, with the arguments `PROJECT`.
        width: Floats of a vector.
        vectors: Of a block's sums.
        together: Steps that have their sums in registers at once.
    """
    function = Function(module, "project", PROJECT, width=width)
    given, add, times = function.argument, function.add, function.times
    panel = vectors * width * BYTES  # of one step and one block

    def steps(
        count: int, weights: ir.Value, bias: ir.Value, values: Sequence[ir.Value]
    ) -> list[ir.Value]:
        x, out = values
        rows = [add(x, times(given["x_stride"], step)) for step in range(count)]
        sums = [function.load(bias, index) for index in range(vectors)] * count
        sums = multiply(function, rows, weights, sums=sums, count=given["inputs"])
        for index, vector in enumerate(sums):
            function.store(vector, out, index)
        return [add(x, times(given["x_stride"], count)), add(out, panel * count)]

    def block(values: Sequence[ir.Value]) -> list[ir.Value]:
        weights, bias, out = values
        many, rest = function.divide(given["steps"], together)
        x, out = function.repeat(many, [given["x"], out], partial(steps, together, weights, bias))
        _, out = function.repeat(rest, [x, out], partial(steps, 1, weights, bias))
        return [add(weights, times(given["inputs"], panel)), add(bias, panel), out]

    function.repeat(given["blocks"], [given["weights"], given["bias"], given["out"]], block)
    function.finish()


def write_recur(
    module: ir.Module,
    width: int,
    *,
    vectors: int,
    cell: RecurrenceCell,
    films: int,
    ahead: int,
    gates: bool = True,
) -> None:
    """Write `recur`: every plane (h, then c and the gates) of every step of tiles of films.

    A film that has been read so far goes on from its h and c. Before the first step h is 0: then
    all films may read the same zeros (`between` 0), and there is no product (`count` 0).

    Args:
        module: Gets the function, with the arguments `RECUR`; negative strides read upwards.
        width: Floats of a vector.
        vectors: Of a block's sums.
        cell: The formulas.
        films: In a tile; they share each panel of weights in registers, and tiles share it in
            the nearest caches.
        ahead: Bytes by which weights are asked for before their use; 0 leaves it to hardware.
        gates: Whether to write what the next step does not read, too.
    """
    function = Function(module, "recur", RECUR, width=width)
    planes = len(cell.writes if gates else cell.carried)
    _Recurrence(function, cell, vectors=vectors, films=films, ahead=ahead, planes=planes).write()
    function.finish()


class _Recurrence:
    """The loops of `recur`, from the outermost to the innermost: steps, blocks, tiles."""

    def __init__(
        self,
        function: Function,
        cell: RecurrenceCell,
        *,
        vectors: int,
        films: int,
        ahead: int,
        planes: int,
    ) -> None:
        self._function, self._cell, self._planes = function, cell, planes
        self._vectors, self._films, self._ahead = vectors, films, ahead
        self._each = vectors // cell.gates  # vectors of hidden units in a block
        self._given, self._add = function.argument, function.add

    def write(self) -> None:
        names = ("projected", "out", "h", "c", "between", "count")
        start = [self._given[name] for name in names]
        self._function.repeat(self._given["steps"], start, self._step)

    def _step(self, values: Sequence[ir.Value]) -> list[ir.Value]:
        projected, out, h, c, between, count = values
        start = [self._given["weights"], self._given["bias"], projected, out, h, c]
        body = partial(self._block, h, between, count)
        self._function.repeat(self._given["blocks"], start, body)
        next_x = self._add(projected, self._given["step_stride"])
        next_out = self._add(out, self._given["out_stride"])
        own_c = self._add(out, self._given["plane"]) if "c" in self._cell.writes else out
        return [next_x, next_out, out, own_c, self._given["out_film"], self._given["hidden"]]

    def _block(
        self, h: ir.Value, between: ir.Value, count: ir.Value, values: Sequence[ir.Value]
    ) -> list[ir.Value]:
        """All films, for a block of hidden units."""
        weights, bias, projected, *own = values  # own: what is written, and h and c before
        body = partial(self._tile, between, count, weights, bias)
        self._function.repeat(self._given["tiles"], [projected, h, *own], body)
        lane = self._function.width * BYTES
        panels = self._function.times(self._given["hidden"], self._vectors * lane)
        moved = [self._add(value, self._each * lane) for value in (bias, *own)]
        next_x = self._add(projected, self._given["block_stride"])
        return [self._add(weights, panels), moved[0], next_x, *moved[1:]]

    def _tile(
        self,
        between: ir.Value,
        count: ir.Value,
        weights: ir.Value,
        bias: ir.Value,
        values: Sequence[ir.Value],
    ) -> list[ir.Value]:
        """A block of hidden units of the films whose sums are in registers."""
        of_x, out = self._given["film_stride"], self._given["out_film"]
        strides = (of_x, between, out, between, between)  # projected, h, out, and h and c again
        times, films = self._function.times, range(self._films)
        each = [
            [self._add(v, times(s, film)) for v, s in zip(values, strides, strict=True)]
            for film in films
        ]
        sums = [vector for place, *_ in each for vector in self._start(place, bias)]
        rows = [row for _, row, *_ in each]
        sums = multiply(self._function, rows, weights, sums=sums, count=count, ahead=self._ahead)
        for film, (place, _, *mine) in enumerate(each):
            self._write_film(sums[film * self._vectors :][: self._vectors], place, *mine)
        return [self._add(v, times(s, self._films)) for v, s in zip(values, strides, strict=True)]

    def _start(self, projected: ir.Value, bias: ir.Value) -> list[Vector]:
        """What the sums over h are added to."""
        load, each = self._function.load, self._each
        sums = [load(projected, index) for index in range(self._vectors)]
        if self._cell.apart:
            sums[-each:] = [load(bias, index) for index in range(each)]
        return sums

    def _write_film(
        self, sums: list[Vector], projected: ir.Value, out: ir.Value, h: ir.Value, c: ir.Value
    ) -> None:
        load, each = self._function.load, self._each
        for index in range(each):
            apart = load(projected, self._vectors - each + index)
            given = Sums(sums[index::each], apart, load(h, index), load(c, index))
            place = out
            for vector in self._cell.step(given)[: self._planes]:
                self._function.store(vector, place, index)
                place = self._add(place, self._given["plane"])


def multiply(
    function: Function,
    rows: Sequence[ir.Value],
    weights: ir.Value,
    *,
    sums: list[Vector],
    count: ir.Value,
    ahead: int = 0,
) -> list[Vector]:
    """Add to sums[row × vectors + v] the products of the row's floats with weights[k][v].

    Weights that lie `ahead` bytes further are asked for on the way.
    """
    vectors = len(sums) // len(rows)

    def one(values: Sequence[ir.Value]) -> list[ir.Value]:
        weights, *others = values
        rows_now, sums_now = others[: len(rows)], others[len(rows) :]
        factors = [function.spread(row) for row in rows_now]
        new = list(sums_now)
        for index in range(vectors):
            if ahead:
                function.fetch(function.add(weights, ahead), index)
            panel = function.load(weights, index)
            for place, factor in zip(range(index, len(new), vectors), factors, strict=True):
                new[place] = (factor * panel + Vector(function.builder, new[place])).value
        moved = [function.add(row, BYTES) for row in rows_now]
        return [function.add(weights, vectors * function.width * BYTES), *moved, *new]

    start = [weights, *rows, *(vector.value for vector in sums)]
    results = function.repeat(count, start, one)[1 + len(rows) :]
    return [Vector(function.builder, value) for value in results]


def write_moments(module: ir.Module, width: int, *, vectors: int) -> None:
    """Write `moments`: of each row the sums over its columns of x − x₀ and of (x − x₀)².

    x₀ is the row's first column: far from zero, squares of x itself would leave no digits.

    Args:
        module: Gets the function, with the arguments `MOMENTS`.
        width: Floats of a vector.
        vectors: Of a place.
    """
    function = Function(module, "moments", MOMENTS, width=width)
    given, add, each = function.argument, function.add, range(vectors)
    place = vectors * width * BYTES

    def column(first: list[Vector], values: Sequence[ir.Value]) -> list[ir.Value]:
        x, *sums = values
        held = [Vector(function.builder, value) for value in sums]
        apart = [function.load(x, index) - first[index] for index in each]
        new = [one + two for one, two in zip(held[:vectors], apart, strict=True)]
        new += [one * one + two for one, two in zip(apart, held[vectors:], strict=True)]
        return [add(x, place), *(vector.value for vector in new)]

    def row(values: Sequence[ir.Value]) -> list[ir.Value]:
        x, out = values
        first = [function.load(x, index) for index in each]
        start = [x, *(first[0].filled(0.0).value for _ in range(2 * vectors))]
        sums = function.repeat(given["columns"], start, partial(column, first))[1:]
        for index, value in enumerate(sums):
            function.store(Vector(function.builder, value), out, index)
        return [add(x, given["stride"]), add(out, 2 * place)]

    function.repeat(given["rows"], [given["x"], given["out"]], row)
    function.finish()


def write_activate(module: ir.Module, width: int, *, vectors: int) -> None:
    """Write `activate`: silu(scale x + shift) in place of x; scale and shift of each row.

    Args:
        module: Gets the function, with the arguments `ACTIVATE`.
        width: Floats of a vector.
        vectors: Of a place.
    """
    function = Function(module, "activate", ACTIVATE, width=width)
    given, add = function.argument, function.add
    place = vectors * width * BYTES

    def column(lines: list[tuple[Vector, Vector]], values: Sequence[ir.Value]) -> list[ir.Value]:
        (x,) = values
        for index, (scale, shift) in enumerate(lines):
            line = function.load(x, index) * scale + shift
            function.store(line * logistic(line), x, index)
        return [add(x, place)]

    def row(values: Sequence[ir.Value]) -> list[ir.Value]:
        x, scale, shift = values
        lines = [
            (function.load(scale, index), function.load(shift, index)) for index in range(vectors)
        ]
        function.repeat(given["columns"], [x], partial(column, lines))
        return [add(x, given["stride"]), add(scale, place), add(shift, place)]

    function.repeat(given["rows"], [given["x"], given["scale"], given["shift"]], row)
    function.finish()
