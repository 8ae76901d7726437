"""Writing LLVM code: vectors of floats, and loops over them."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from llvmlite import ir

# ---------------------------------------------------------------- vectors that write LLVM
# Vectors of floats whose arithmetic writes LLVM instructions.
#
# A formula such as `f * c + i * g` then reads here as it does in a paper, and is compiled for the
# machine at hand by `engine.runtime.kernel.compiler`. Nothing is computed while it is written.

INT64, FLOAT, POINTER = ir.IntType(64), ir.FloatType(), ir.PointerType()
_INT32 = ir.IntType(32)
_LOG2_E = float(np.log2(np.e))


class Vector:
    """A vector of floats inside a function that is being written.

    Args:
        builder: Where the instructions go.
        value: Of a vector type.
    """

    def __init__(self, builder: ir.IRBuilder, value: ir.Value) -> None:
        self.builder, self.value = builder, value

    def __add__(self, other: "Vector | float") -> "Vector":
        return self._do("fadd", other)

    def __sub__(self, other: "Vector | float") -> "Vector":
        return self._do("fsub", other)

    def __mul__(self, other: "Vector | float") -> "Vector":
        return self._do("fmul", other)

    def __truediv__(self, other: "Vector | float") -> "Vector":
        return self._do("fdiv", other)

    def filled(self, number: float) -> "Vector":
        """A vector of the same width with one number in all lanes."""
        kind = self.value.type
        return self._new(ir.Constant(kind, [float(np.float32(number))] * kind.count))

    def at_least(self, limit: float) -> "Vector":
        """Raise each lane to the limit; what is not a number stays so."""
        return self._unless("<", limit)

    def at_most(self, limit: float) -> "Vector":
        """Lower each lane to the limit; what is not a number stays so."""
        return self._unless(">", limit)

    def rounded(self) -> "Vector":
        """Each lane's nearest whole number."""
        kind, module = self.value.type, self.builder.module
        name = f"llvm.rint.v{kind.count}f32"
        function = module.globals.get(name)
        if function is None:
            function = ir.Function(module, ir.FunctionType(kind, [kind]), name)
        return self._new(self.builder.call(function, [self.value]))

    def power_of_two(self) -> "Vector":
        """2 to the power of whole numbers from −126 to 127: they become the exponent's bits."""
        kind = self.value.type
        integers = ir.VectorType(_INT32, kind.count)
        exponent = self.builder.fptosi(self.value, integers)
        biased = self.builder.add(exponent, ir.Constant(integers, [127] * kind.count))
        bits = self.builder.shl(biased, ir.Constant(integers, [23] * kind.count))
        return self._new(self.builder.bitcast(bits, kind))

    def _do(self, instruction: str, other: "Vector | float") -> "Vector":
        second = other if isinstance(other, Vector) else self.filled(other)
        # "contract" lets a product and a sum become one instruction; nothing is reordered.
        write = getattr(self.builder, instruction)
        return self._new(write(self.value, second.value, flags=("contract",)))

    def _unless(self, beyond: str, limit: float) -> "Vector":
        bound = self.filled(limit).value
        outside = self.builder.fcmp_ordered(beyond, self.value, bound)
        return self._new(self.builder.select(outside, bound, self.value))

    def _new(self, value: ir.Value) -> "Vector":
        return Vector(self.builder, value)


def logistic(x: Vector) -> Vector:
    """1 / (1 + e^−x), off by less than 2e-7."""
    return x.filled(1.0) / (_power(x * -_LOG2_E) + 1.0)


def tanh(x: Vector) -> Vector:
    """2 / (1 + e^−2x) − 1, off by less than 3e-7."""
    return x.filled(2.0) / (_power(x * (-2 * _LOG2_E)) + 1.0) - 1.0


def _power(x: Vector) -> Vector:
    """2^x: the whole part becomes an exponent, the rest (±½) goes through a polynomial."""
    x = x.at_least(-126.0).at_most(126.0)
    whole = x.rounded()
    rest = x - whole
    *lower, highest = _coefficients()
    total = x.filled(highest)
    for coefficient in reversed(lower):
        total = total * rest + coefficient
    return total * whole.power_of_two()


@cache
def _coefficients() -> tuple[float, ...]:
    """Of the polynomial that meets 2^x at the Chebyshev nodes of ±½; relative error 4e-9."""
    series = np.polynomial.Chebyshev.interpolate(np.exp2, 6, domain=[-0.5, 0.5])
    return tuple(float(value) for value in series.convert(kind=np.polynomial.Polynomial).coef)


# -------------------------------------------------------------------- functions and loops
# A function that is being written: addresses, loads, stores and counted loops.


BYTES = 4  # of a float
_PREFETCH = "llvm.prefetch.p0"

Body = Callable[[list[ir.Value]], Sequence[ir.Value]]


class Function:
    """A function of whole numbers; addresses are such numbers too.

    Args:
        module: The `ir.Module` that gets it.
        name: Under which it is found after compiling.
        arguments: Their names, readable as `argument`.
        width: Lanes of a vector.
    """

    def __init__(
        self, module: ir.Module, name: str, arguments: Sequence[str], *, width: int
    ) -> None:
        kind = ir.FunctionType(ir.VoidType(), [INT64] * len(arguments))
        self._function = ir.Function(module, kind, name)
        self._vector = ir.VectorType(FLOAT, width)
        self.builder = ir.IRBuilder(self._function.append_basic_block())
        self.argument = dict(zip(arguments, self._function.args, strict=True))
        self.width = width

    def add(self, value: ir.Value, other: ir.Value | int) -> ir.Value:
        """A sum; the second may be a Python number."""
        return self.builder.add(value, whole(other))

    def times(self, value: ir.Value, other: ir.Value | int) -> ir.Value:
        """A product; the second may be a Python number."""
        return self.builder.mul(value, whole(other))

    def divide(self, value: ir.Value, divisor: int) -> tuple[ir.Value, ir.Value]:
        """Quotient and remainder of a number that is not negative."""
        return (
            self.builder.udiv(value, whole(divisor)),
            self.builder.urem(value, whole(divisor)),
        )

    def load(self, address: ir.Value, index: int = 0) -> Vector:
        """The index-th vector behind an address."""
        pointer = self._pointer(address, index)
        return Vector(self.builder, self.builder.load(pointer, typ=self._vector, align=BYTES))

    def fetch(self, address: ir.Value, index: int) -> None:
        """Ask for the index-th vector behind an address, which need not be valid."""
        module, number = self.builder.module, ir.IntType(32)
        function = module.globals.get(_PREFETCH)
        if function is None:
            kind = ir.FunctionType(ir.VoidType(), [POINTER, number, number, number])
            function = ir.Function(module, kind, _PREFETCH)
        how = (ir.Constant(number, value) for value in (0, 3, 1))  # to read, often, data
        self.builder.call(function, [self._pointer(address, index), *how])

    def store(self, vector: Vector, address: ir.Value, index: int = 0) -> None:
        """Write the index-th vector behind an address."""
        self.builder.store(vector.value, self._pointer(address, index), align=BYTES)

    def spread(self, address: ir.Value) -> Vector:
        """The float at an address, in all lanes."""
        number = self.builder.load(self._pointer(address, 0), typ=FLOAT, align=BYTES)
        nothing = ir.Constant(self._vector, ir.Undefined)
        lanes = ir.VectorType(ir.IntType(32), self.width)
        first = self.builder.insert_element(nothing, number, ir.Constant(ir.IntType(32), 0))
        same = ir.Constant(lanes, [0] * self.width)
        return Vector(self.builder, self.builder.shuffle_vector(first, nothing, same))

    def repeat(self, count: ir.Value, start: Sequence[ir.Value], body: Body) -> list[ir.Value]:
        """Run a body `count` times, also not at all; returns the values after the last time.

        Args:
            count: How often, a value of the function.
            start: Values before the first time.
            body: Takes the values of one time and gives those of the next.
        """
        builder, before = self.builder, self.builder.block
        loop, after = (self._function.append_basic_block() for _ in range(2))
        builder.cbranch(builder.icmp_signed(">", count, whole(0)), loop, after)
        builder.position_at_end(loop)
        left, *values = self._merge(before, [count, *start])
        new = [builder.sub(left, whole(1)), *body(values)]
        end = builder.block  # loops inside the body have moved on
        for value, next_value in zip((left, *values), new, strict=True):
            value.add_incoming(next_value, end)
        builder.cbranch(builder.icmp_signed(">", new[0], whole(0)), loop, after)
        builder.position_at_end(after)
        merged = self._merge(before, start)
        for value, next_value in zip(merged, new[1:], strict=True):
            value.add_incoming(next_value, end)
        return merged

    def finish(self) -> None:
        """Return from the function."""
        self.builder.ret_void()

    def _merge(self, block: ir.Block, values: Sequence[ir.Value]) -> list[ir.Value]:
        merged = [self.builder.phi(value.type) for value in values]
        for phi, value in zip(merged, values, strict=True):
            phi.add_incoming(value, block)
        return merged

    def _pointer(self, address: ir.Value, index: int) -> ir.Value:
        place = self.add(address, index * self.width * BYTES) if index else address
        return self.builder.inttoptr(place, POINTER)


def whole(value: ir.Value | int) -> ir.Value:
    """A whole number, of Python or of the function."""
    return ir.Constant(INT64, value) if isinstance(value, int) else value
