"""Groups of hidden units, what is known of them, and what happens without them, as values."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.errors import InferenceError
from engine.text import shown
from engine.types import Doubles, Floats, ModelInfo

# "zero": nobody reads the unit any more. "mean": everybody reads its training mean instead.
Held = Literal["zero", "mean"]


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """One hidden unit, or several of one layer and direction.

    Attributes:
        units: Places in h, from 0.
        layer: Index from 0 (nearest the image), or −1 for the last.
        direction: 0 reads downwards, 1 upwards.
    """

    units: tuple[int, ...]
    layer: int = -1
    direction: int = 0

    def of(self, info: ModelInfo) -> "UnitGroup":
        """The same in a model: each unit once, in order, the layer counted from 0.

        Raises:
            InferenceError: No unit is named, or the model has no such layer, direction or unit.
        """
        if not self.units:
            raise InferenceError("Name at least one hidden unit.", "missing")
        if not -info.layers <= self.layer < info.layers:
            raise InferenceError(
                "{info} has layers 1 to {last}; there is no layer {layer}.",
                info=shown(info.name),
                last=info.layers,
                layer=self.layer + 1,
            )
        if not 0 <= self.direction < info.directions:
            raise InferenceError(
                "{info} reads downwards only; it has no units that read upwards.",
                info=shown(info.name),
            )
        for unit in self.units:
            if not 0 <= unit < info.hidden_size:
                raise InferenceError(
                    "{info} has units 0 to {last} in every layer; there is no unit {unit}.",
                    info=shown(info.name),
                    last=info.hidden_size - 1,
                    unit=unit,
                )
        units = tuple(sorted(set(self.units)))
        return replace(self, units=units, layer=self.layer % info.layers)


@dataclass(frozen=True, slots=True)
class Wire:
    """One weight of a unit onto a gate of another.

    Attributes:
        source: The unit that is read.
        unit, direction: Who reads it.
        gate: By its letter; "h" of a network without gates.
        weight: Added to the gate's sum for each unit of state.
    """

    source: int
    unit: int
    direction: int
    gate: str
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class UnitWeights:
    """Whom a group speaks to.

    Attributes:
        group: Its layer counted from 0.
        classes: (K, U) weights of the head onto the logit of each class; None where the head
            does not read this layer, or weights are not all there is to its reading.
        readout: How the head reads the states: "last", "mean", "attention" or another name.
        attention: (U,) how much each unit adds to a step's score; None without attention.
        onto: Whether the wires go to the "next" layer at the same step, or in the last layer to
            its "own" units at the step after.
        wires: The strongest, strongest first; none of parts that only their package understands.
    """

    group: UnitGroup
    classes: Floats | None
    readout: str
    attention: Floats | None = None
    onto: Literal["next", "own"] = "own"
    wires: tuple[Wire, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class UnitFacts:
    """What a model knows of some units before it reads any film.

    Attributes:
        weights: Whom they speak to.
        mean, std: (L, U) of the training films, row by row of a film of the typical height; the
            standard deviation is the one that deviations are counted in.
        films: How many these were.
    """

    weights: UnitWeights
    mean: Floats
    std: Floats
    films: int


@dataclass(frozen=True, slots=True, eq=False)
class ClassAnswer:
    """What a model says of a film: probabilities (K,), log_odds (K,), by_row (L, K)."""

    probabilities: Doubles
    log_odds: Doubles
    by_row: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Ablation:
    """A film as read, and read again without some units.

    Attributes:
        group: Which, its layer counted from 0.
        held: What everybody reads instead of them.
        values: (U,) the values that they are held at; zeros of "zero".
        read: The answer of the whole network; by_row calibrated as in `Prediction`.
        without: The answer without the group, in the same way.
        random_units: (N, U) as many random units of the same layer and direction, drawn from the
            others where these are enough.
        random_probabilities, random_log_odds: (N, K) without each of these groups.
    """

    group: UnitGroup
    held: Held
    values: Doubles
    read: ClassAnswer
    without: ClassAnswer
    random_units: NDArray[np.int64]
    random_probabilities: Doubles
    random_log_odds: Doubles

    def change(self, target: int) -> float:
        """Δ log-odds of a class: without the group, minus as read."""
        return float(self.without.log_odds[target] - self.read.log_odds[target])

    def random_changes(self, target: int) -> Doubles:
        """Δ log-odds (N,) of a class without each random group."""
        changes: Doubles = self.random_log_odds[:, target] - self.read.log_odds[target]
        return changes
