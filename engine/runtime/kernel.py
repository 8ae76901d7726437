"""The recurrences in machine code, written for the processor at hand when they are first needed.

Reading one film is a chain of small products: what decides is how the weights pass through the
caches, and that nothing is stored between a product and its gates. So there are two functions:
`project` multiplies all steps with the input weights, several steps at a time; `recur` runs the
steps, and where a few hidden units have their sums in registers it applies the gates and writes
every gate and state at once. Weights lie in the order in which they are read
(`engine.runtime.weights`). Writing and compiling takes about a tenth of a second per cell and
process; nothing is kept on disk.
"""

import ctypes
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

import llvmlite.binding as llvm
from llvmlite import ir

from engine.runtime.cells import CELLS, Cell, Sums
from engine.runtime.loops import BYTES, Function, whole
from engine.runtime.vectors import Vector

_PROJECT = ("x", "weights", "bias", "out", "steps", "inputs", "blocks")
_RECUR = (
    *("projected", "weights", "bias", "zeros", "out"),  # addresses
    *("plane", "block_stride", "step_stride", "out_stride"),  # bytes
    *("steps", "hidden", "blocks"),
)

_AHEAD = 4096  # bytes: hardware follows a stream of loads to the end of its page


@dataclass(frozen=True, slots=True)
class Target:
    """A processor.

    Attributes:
        cpu, features: In LLVM's words.
        width: Floats of one vector register.
        registers: Vector registers.
    """

    cpu: str
    features: str
    width: int
    registers: int

    @classmethod
    def here(cls) -> "Target":
        """The processor that this program runs on."""
        features = llvm.get_host_cpu_features()
        width = 16 if features.get("avx512f") else 8 if features.get("avx") else 4
        many = width == 16 or platform.machine().lower() in {"arm64", "aarch64"}
        return cls(llvm.get_host_cpu_name(), features.flatten(), width, 32 if many else 16)

    @property
    def name(self) -> str:
        """For people, for example "512-bit vectors"."""
        return f"{self.width * 32}-bit vectors"


@dataclass(frozen=True, slots=True, eq=False)
class Kernel:
    """The two functions of a cell; arguments are whole numbers, addresses among them.

    Attributes:
        cell: What it computes.
        target: The processor that it was made for.
        vectors: Vectors of sums that a block of hidden units keeps in registers.
        project: (x, weights, bias, out, steps, inputs, blocks): out[block][step] = bias + W x.
        recur: (projected, weights, bias, zeros, out, plane, block stride, step stride, out
            stride, steps, hidden, blocks), strides in bytes, negative ones to read upwards:
            writes every plane (h, then c and the gates) of every step.
    """

    cell: Cell
    target: Target
    vectors: int
    project: Callable[..., None]
    recur: Callable[..., None]
    _engine: llvm.ExecutionEngine = field(repr=False)  # owns the code

    @property
    def units(self) -> int:
        """Hidden units of a block."""
        return self.vectors // self.cell.gates * self.target.width


@cache
def kernel_of(cell: str, *, far: bool = False, target: Target | None = None) -> Kernel:
    """The compiled functions of a built-in cell.

    Args:
        cell: A name in `CELLS`.
        far: Whether the recurrent weights are too large for the second cache and are asked for
            ahead of their use.
        target: Another processor than this one, for tests.

    Raises:
        RuntimeError: LLVM cannot compile for this processor.
    """
    kind, target = CELLS[cell], target or Target.here()
    vectors = max(target.registers // 4 // kind.gates, 1) * kind.gates
    module = ir.Module()
    _write_project(module, target, vectors)
    _write_recur(module, target, vectors, cell=kind, ahead=_AHEAD if far else 0)
    engine = _compile(str(module), target)
    project, recur = (
        ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * len(arguments))(
            engine.get_function_address(name)
        )
        for name, arguments in (("project", _PROJECT), ("recur", _RECUR))
    )
    return Kernel(kind, target, vectors, project, recur, engine)


def _compile(text: str, target: Target) -> llvm.ExecutionEngine:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    module = llvm.parse_assembly(text)
    module.verify()
    # Windows' own object format is not for code in memory.
    triple = llvm.get_default_triple() + ("-elf" if sys.platform == "win32" else "")
    machine = llvm.Target.from_triple(triple).create_target_machine(
        cpu=target.cpu, features=target.features, opt=2
    )
    engine = llvm.create_mcjit_compiler(module, machine)
    engine.finalize_object()
    return engine


def _write_project(module: ir.Module, target: Target, vectors: int) -> None:
    function = Function(module, "project", _PROJECT, width=target.width)
    given, add, times = function.argument, function.add, function.times
    panel = vectors * target.width * BYTES  # of one step and one block
    row = times(given["inputs"], BYTES)
    together = max((target.registers - 4) // (vectors + 1), 1)  # steps that fit in registers

    def block(values: Sequence[ir.Value]) -> list[ir.Value]:
        weights, bias, out = values

        def steps(count: int) -> Callable[[Sequence[ir.Value]], list[ir.Value]]:
            def some(values: Sequence[ir.Value]) -> list[ir.Value]:
                x, out = values
                rows = [add(x, times(row, step)) for step in range(count)]
                sums = [function.load(bias, index) for index in range(vectors)] * count
                sums = _multiply(function, rows, weights, sums=sums, count=given["inputs"])
                for index, vector in enumerate(sums):
                    function.store(vector, out, index)
                return [add(x, times(row, count)), add(out, panel * count)]

            return some

        many, rest = function.divide(given["steps"], together)
        x, out = function.repeat(many, [given["x"], out], steps(together))
        _, out = function.repeat(rest, [x, out], steps(1))
        return [add(weights, times(given["inputs"], panel)), add(bias, panel), out]

    function.repeat(given["blocks"], [given["weights"], given["bias"], given["out"]], block)
    function.finish()


def _write_recur(
    module: ir.Module, target: Target, vectors: int, *, cell: Cell, ahead: int
) -> None:
    function = Function(module, "recur", _RECUR, width=target.width)
    given, add, times = function.argument, function.add, function.times
    each = vectors // cell.gates  # vectors of hidden units in a block
    panel, units = vectors * target.width * BYTES, each * target.width * BYTES

    def step(values: Sequence[ir.Value]) -> list[ir.Value]:
        projected, out, h, c, count = values

        def block(values: Sequence[ir.Value]) -> list[ir.Value]:
            projected, weights, bias, out, own_h, own_c = values
            of_x = [function.load(projected, index) for index in range(vectors)]
            sums = list(of_x)
            if cell.apart:
                sums[-each:] = [function.load(bias, index) for index in range(each)]
            sums = _multiply(function, [h], weights, sums=sums, count=count, ahead=ahead)
            for index in range(each):
                before = function.load(own_h, index), function.load(own_c, index)
                written = cell.step(Sums(sums[index::each], of_x[index - each], *before))
                _write_planes(function, written, out, index)
            moved = [add(value, units) for value in (bias, out, own_h, own_c)]
            next_weights = add(weights, times(given["hidden"], panel))
            return [add(projected, given["block_stride"]), next_weights, *moved]

        start = [projected, given["weights"], given["bias"], out, h, c]
        function.repeat(given["blocks"], start, block)
        after = add(projected, given["step_stride"]), add(out, given["out_stride"])
        own_c = add(out, given["plane"]) if "c" in cell.writes else out
        return [*after, out, own_c, given["hidden"]]

    start = [given[name] for name in ("projected", "out", "zeros", "zeros")]
    function.repeat(given["steps"], [*start, whole(0)], step)  # h is 0: no product
    function.finish()


def _write_planes(
    function: Function, written: Sequence[Vector], out: ir.Value, index: int
) -> None:
    for vector in written:
        function.store(vector, out, index)
        out = function.add(out, function.argument["plane"])


def _multiply(
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
