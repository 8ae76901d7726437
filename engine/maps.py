"""States and influence → what is laid over the film. Pure numpy, quick enough for a slider."""

import numpy as np
from numpy.typing import NDArray

from engine.sequence import resampled
from engine.text import rounded_up
from engine.types import Floats, Heatmap, HiddenStates, Influence, Quantity, RowStatistics
from engine.words import Sentence

_SIGMAS = 3.0
_LEAST_STD = 0.01  # of states, which lie in −1…1
_LEAST_SHARE = 0.1  # of the layer's median standard deviation
_NAMED_UNITS = 4


def state_map(
    states: HiddenStates,
    statistics: RowStatistics,
    *,
    layer: int,
    direction: int,
    units: tuple[int, ...],
    quantity: Quantity,
) -> Heatmap:
    """What the cells hold, step by step; it is not importance.

    Args:
        states: h (S, D, L, H).
        statistics: Mean and standard deviation of the same states over the training films; of
            another number of steps they are laid along this film by relative position.
        layer: Index from 0, or −1 for the last.
        direction: 0 downwards, 1 upwards.
        units: Chosen units; empty means the root mean square over all of them.
        quantity: "deviation" from the training mean of the same step in standard deviations
            (of chosen units: the mean of theirs), or the "raw" value.
    """
    layers, directions, steps, count = states.h.shape
    number = layer % layers + 1
    place = Sentence("layer {number}", number=number)
    if directions > 1:
        place = Sentence(
            "layer {number}, upwards" if direction else "layer {number}, downwards", number=number
        )
    deviation = quantity == "deviation"
    if units:
        matrix = unit_matrix(
            states, statistics, layer=layer, direction=direction, quantity=quantity
        )
        values = matrix[:, list(units)].mean(axis=1)  # (L,)
        label = Sentence("State: {units}, {place}", units=_unit_names(units), place=place)
    else:
        h = states.h[layer, direction].astype(np.float64)  # (L, H)
        values = np.sqrt(np.mean(h * h, axis=1))  # (L,)
        label = Sentence("State: all {count} units, {place}", count=count, place=place)
        if deviation:
            mean, spread = _expected(
                statistics.norm_mean[layer, direction],
                statistics.norm_std[layer, direction],
                steps,
            )
            values = (values - mean) / spread
    raw_limits = (-1.0, 1.0) if units else (0.0, 1.0)
    limits = (-_SIGMAS, _SIGMAS) if deviation else raw_limits
    return Heatmap(
        values=values.astype(np.float32),
        edges=states.edges,
        question="state",
        label=label,
        unit="σ" if deviation else "",
        limits=limits,
        signed=deviation or bool(units),
    )


def influence_map(influence: Influence, classes: tuple[str, ...], limit: float) -> Heatmap:
    """Which rows moved the answer, and which way.

    Args:
        influence: Signed change of log-odds per step.
        classes: Names; the influence's target is one of them.
        limit: The model's own colour scale, the same for every film; rounded up.
    """
    limit, own = influence_limit(influence, limit)
    end = rounded_up(limit)
    return Heatmap(
        values=influence.values,
        edges=influence.edges,
        question="influence",
        label=Sentence("map.influence", name=classes[influence.target]),
        unit="Δ log-odds",
        limits=(-end, end),
        against=influence.baseline.words,
        own_scale=own,
    )


def influence_limit(influence: Influence, limit: float) -> tuple[float, bool]:
    """The end of the scale of a film's Influence, and whether it is that film's alone.

    A model's scale was measured against its mean film. Against another one the rows may move more:
    then the largest of them is the end, so that nothing is cut, and films cannot be compared.

    Args:
        influence: Of any baseline.
        limit: The model's own scale.
    """
    largest = float(np.abs(influence.values).max(initial=0.0))
    if influence.baseline.kind == "mean" or not largest > limit:
        return limit, False
    return largest, True


def unit_matrix(
    states: HiddenStates,
    statistics: RowStatistics,
    *,
    layer: int,
    direction: int,
    quantity: Quantity,
) -> Floats:
    """Every unit of one layer and direction at every step, (L, H): raw or in deviations."""
    matrix: Floats = states.h[layer, direction]  # (L, H)
    if quantity == "deviation":
        mean, spread = _expected(
            statistics.state_mean[layer, direction],
            statistics.state_std[layer, direction],
            len(matrix),
        )
        matrix = (matrix - mean) / spread
    return np.asarray(matrix, dtype=np.float32)


def usual_states(
    statistics: RowStatistics, *, layer: int, direction: int, steps: int
) -> tuple[Floats, Floats]:
    """Training mean and standard deviation (L, H) of every unit, along a film of L steps.

    The standard deviation is the one that deviations are counted in: of units that hardly ever
    moved it has a least value.
    """
    return _expected(
        statistics.state_mean[layer, direction], statistics.state_std[layer, direction], steps
    )


def peak_order(matrix: Floats) -> NDArray[np.intp]:
    """Units (H,) sorted by the step at which their value (L, H) is largest either way."""
    return np.argsort(np.abs(matrix).argmax(axis=0), kind="stable")


def _expected(mean: Floats, std: Floats, steps: int) -> tuple[Floats, Floats]:
    """Mean and least-floored standard deviation (L, …) of a film with that many steps."""
    return resampled(mean, steps, axis=0), resampled(_floored(std), steps, axis=0)


def _floored(std: Floats) -> Floats:
    """A unit that hardly ever moved must not turn a breath of noise into many deviations."""
    least = max(_LEAST_STD, _LEAST_SHARE * _median(std))
    return np.maximum(std, np.float32(least))


def _unit_names(units: tuple[int, ...]) -> Sentence:
    if len(units) == 1:
        return Sentence("unit {unit}", unit=units[0])
    if len(units) > _NAMED_UNITS:
        return Sentence("mean of {count} units", count=len(units))
    return Sentence("mean of units {units:list}", units=tuple(map(str, units)))


def _median(values: Floats) -> float:
    """Middle value. np.median would load numpy.ma at first use: 0.1 s of a window's time."""
    return float(np.partition(values, values.size // 2, axis=None)[values.size // 2])
