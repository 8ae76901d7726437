"""A function that is being written: addresses, loads, stores and counted loops."""

from collections.abc import Callable, Sequence

from llvmlite import ir

from engine.runtime.vectors import FLOAT, INT64, POINTER, Vector

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
