"""One step of each recurrence, as formulas on vectors; equations in `engine.network`."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.runtime.kernel.emit import Vector, logistic, tanh


@dataclass(frozen=True, slots=True)
class Sums:
    """What a step starts from, for a few hidden units.

    Attributes:
        gates: W x + b + U h + b' of each gate, in torch's order of the weights. Of an `apart`
            cell the last one is U h + b' alone.
        apart: W x + b of the last gate of an `apart` cell.
        h, c: States after the step before; in a cell without c it is h once more.
    """

    gates: list[Vector]
    apart: Vector
    h: Vector
    c: Vector


@dataclass(frozen=True, slots=True)
class RecurrenceCell:
    """A built-in recurrence.

    Attributes:
        gates: How many blocks of H rows its weights have.
        writes: Names of what `step` gives, h first, an LSTM's c second, then the gates.
        step: The formulas.
        apart: Whether the last gate keeps its sums over x and h apart, as a GRU's does.
    """

    gates: int
    writes: tuple[str, ...]
    step: Callable[[Sums], tuple[Vector, ...]]
    apart: bool = False

    @property
    def carried(self) -> tuple[str, ...]:
        """Those of what it writes that the next step reads."""
        return self.writes[: 1 + ("c" in self.writes)]


def _rnn(sums: Sums) -> tuple[Vector, ...]:
    return (tanh(sums.gates[0]),)


def _relu(sums: Sums) -> tuple[Vector, ...]:
    return (sums.gates[0].at_least(0.0),)


def _lstm(sums: Sums) -> tuple[Vector, ...]:
    i, f, g, o = sums.gates
    i, f, g, o = logistic(i), logistic(f), tanh(g), logistic(o)
    c = f * sums.c + i * g
    return o * tanh(c), c, i, f, g, o


def _gru(sums: Sums) -> tuple[Vector, ...]:
    r, z, of_h = sums.gates
    r, z = logistic(r), logistic(z)
    n = tanh(sums.apart + r * of_h)
    return z * (sums.h - n) + n, r, z, n


CELLS = {
    "rnn": RecurrenceCell(1, ("h",), _rnn),
    "rnn-relu": RecurrenceCell(1, ("h",), _relu),
    "lstm": RecurrenceCell(4, ("h", "c", "i", "f", "g", "o"), _lstm),
    "gru": RecurrenceCell(3, ("h", "r", "z", "n"), _gru, apart=True),
}
