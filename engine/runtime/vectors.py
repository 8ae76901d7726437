"""Vectors of floats whose arithmetic writes LLVM instructions.

A formula such as `f * c + i * g` then reads here as it does in a paper, and is compiled for the
machine at hand by `engine.runtime.kernel`. Nothing is computed while it is written.
"""

from functools import cache

import numpy as np
from llvmlite import ir

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
