"""One step of each recurrence, as formulas on vectors; equations in `engine.network`."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.runtime.vectors import Vector, logistic, tanh


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
class Undo:
    """What a step is undone from: what it wrote, what the step before wrote, and gradients.

    Attributes:
        now, before: What was written, by name.
        h, c: Gradients of the answer that arrive at h_t and at c_t.
    """

    now: dict[str, Vector]
    before: dict[str, Vector]
    h: Vector
    c: Vector


@dataclass(frozen=True, slots=True)
class Undone:
    """Gradients that leave a step.

    Attributes:
        sums: Of the sums over h in torch's order of the weights; of an `apart` cell its last
            gate's come first, and at the end stands the one of the last gate's sum over x.
        h, c: What goes to h_{t−1} and c_{t−1} past the weights.
    """

    sums: tuple[Vector, ...]
    h: Vector
    c: Vector


@dataclass(frozen=True, slots=True)
class Cell:
    """A built-in recurrence.

    Attributes:
        gates: How many blocks of H rows its weights have.
        writes: Names of what `step` gives, h first, an LSTM's c second; "of h" is the sum that
            an `apart` cell needs when a step is undone, and nobody's gate.
        step: The formulas.
        undo: Their derivatives.
        apart: Whether the last gate keeps its sums over x and h apart, as a GRU's does.
    """

    gates: int
    writes: tuple[str, ...]
    step: Callable[[Sums], tuple[Vector, ...]]
    undo: Callable[[Undo], Undone]
    apart: bool = False


def _rnn(sums: Sums) -> tuple[Vector, ...]:
    return (tanh(sums.gates[0]),)


def _undo_rnn(step: Undo) -> Undone:
    nothing = step.h.filled(0.0)
    return Undone((step.h * _slope_of_tanh(step.now["h"]),), nothing, nothing)


def _relu(sums: Sums) -> tuple[Vector, ...]:
    return (sums.gates[0].at_least(0.0),)


def _undo_relu(step: Undo) -> Undone:
    nothing = step.h.filled(0.0)
    return Undone((step.h.where_positive(step.now["h"]),), nothing, nothing)


def _lstm(sums: Sums) -> tuple[Vector, ...]:
    i, f, g, o = sums.gates
    i, f, g, o = logistic(i), logistic(f), tanh(g), logistic(o)
    c = f * sums.c + i * g
    return o * tanh(c), c, i, f, g, o


def _undo_lstm(step: Undo) -> Undone:
    i, f, g, o = (step.now[name] for name in "ifgo")
    held = tanh(step.now["c"])
    of_c = step.c + step.h * o * _slope_of_tanh(held)
    sums = (
        of_c * g * _slope_of_logistic(i),
        of_c * step.before["c"] * _slope_of_logistic(f),
        of_c * i * _slope_of_tanh(g),
        step.h * held * _slope_of_logistic(o),
    )
    return Undone(sums, step.h.filled(0.0), of_c * f)


def _gru(sums: Sums) -> tuple[Vector, ...]:
    r, z, of_h = sums.gates
    r, z = logistic(r), logistic(z)
    n = tanh(sums.apart + r * of_h)
    return z * (sums.h - n) + n, r, z, n, of_h


def _undo_gru(step: Undo) -> Undone:
    r, z, n = (step.now[name] for name in "rzn")
    of_n = (step.h - step.h * z) * _slope_of_tanh(n)
    of_z = step.h * (step.before["h"] - n) * _slope_of_logistic(z)
    of_r = of_n * step.now["of h"] * _slope_of_logistic(r)
    return Undone((of_n * r, of_r, of_z, of_n), step.h * z, step.h.filled(0.0))


def _slope_of_tanh(value: Vector) -> Vector:
    return value.filled(1.0) - value * value


def _slope_of_logistic(value: Vector) -> Vector:
    return value - value * value


CELLS = {
    "rnn": Cell(1, ("h",), _rnn, _undo_rnn),
    "rnn-relu": Cell(1, ("h",), _relu, _undo_relu),
    "lstm": Cell(4, ("h", "c", "i", "f", "g", "o"), _lstm, _undo_lstm),
    "gru": Cell(3, ("h", "r", "z", "n", "of h"), _gru, _undo_gru, apart=True),
}
