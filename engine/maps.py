"""States, gates, memory, influence → what is laid over the film; orders of units.

Pure numpy, quick enough for a slider; only the order by similarity takes longer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.sequence import resampled
from engine.text import rounded_up
from engine.types import (
    Doubles,
    Floats,
    GridInfluence,
    Heatmap,
    HiddenStates,
    Influence,
    Quantity,
    RowStatistics,
    RowTrace,
    Surprise,
)
from engine.words import Sentence

_SIGMAS = 3.0
_LEAST_STD = 0.01  # of states, which lie in −1…1
_LEAST_SHARE = 0.1  # of the layer's median standard deviation
_NAMED_UNITS = 4
_ORDERED = 600  # units, beyond which the leaves of their tree are not put in order
_STILL = 1e-6  # standard deviation of a unit that does not move

# ----------------------------------------------------------------- quantities of a network
# What a network leaves behind at every step, by name: h, c, its gates by their letters, memory.
#
# Each has one absolute scale, the same for all films and models:
# - h, and what is added to a state (n of a GRU, g of an LSTM), are a tanh: −1…1;
# - the other gates are a logistic function: 0 is closed, 1 is open;
# - nothing bounds c. Its scale is −3…3, because a cell shows tanh(c): beyond 3 whatever c does
#   moves h by less than 0.005. What lies beyond is marked, not hidden;
# - a term of memory is a share of a state that mostly lies in −1…1; its scale is −0.5…0.5, half of
#   what a state can hold: of the shipped models at most one term of a hundred lies beyond;
# - surprise is a percentile, 0…100.

_NAMES: Final[Mapping[str, Sentence]] = MappingProxyType(
    {
        "h": Sentence("Hidden state"),
        "c": Sentence("Cell state"),
        "memory": Sentence("Memory"),
        "surprise": Sentence("Surprise"),
        "r": Sentence("Reset gate r"),
        "z": Sentence("Update gate z"),
        "n": Sentence("Candidate n"),
        "i": Sentence("Input gate i"),
        "f": Sentence("Forget gate f"),
        "g": Sentence("Candidate g"),
        "o": Sentence("Output gate o"),
    }
)
_ENDS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "h": (-1.0, 1.0),
        "c": (-3.0, 3.0),
        "memory": (-0.5, 0.5),
        "surprise": (0.0, 100.0),
        **dict.fromkeys("rzifo", (0.0, 1.0)),
        **dict.fromkeys("ng", (-1.0, 1.0)),
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class UnitMap:
    """One quantity of every unit of one layer and direction, at every step.

    Attributes:
        values: (L, H); of surprise (M, 1), for it knows model rows and no units.
        edges: (L + 1,) stored row at which each step begins.
        limits: Values of the two ends of the colour bar, symmetric if signed.
        unit: "σ" of a deviation, "percentile" of surprise, else empty.
        name: For people, for example "Update gate z".
        shown: Its name for programs: "h", "c", the letter of a gate, "memory", "surprise".
    """

    values: Floats
    edges: Doubles
    limits: tuple[float, float]
    unit: str
    name: str
    shown: str

    @property
    def signed(self) -> bool:
        """Whether zero is in the middle."""
        return self.limits[0] < 0.0


def quantities(trace: RowTrace | None) -> tuple[str, ...]:
    """What can be shown of a network, h first; without a trace h alone."""
    if trace is None:
        return ("h",)
    cell = ("c",) if trace.c is not None else ()
    kept = ("memory",) if trace.memory is not None else ()
    return ("h", *cell, *trace.gates, *kept)


def quantity_name(shown: str) -> Sentence:
    """A quantity for people; a gate of a cell that we do not know by its own name."""
    return _NAMES.get(shown) or Sentence("Gate {name}", name=shown)


def quantity_limits(shown: str, values: Floats) -> tuple[float, float]:
    """The ends of a quantity's scale; a gate that we do not know is taken by its sign."""
    known = _ENDS.get(shown)
    if known is not None:
        return known
    return (-1.0, 1.0) if float(values.min(initial=0.0)) < 0.0 else (0.0, 1.0)


def quantity_units(trace: RowTrace, *, shown: str, layer: int, direction: int) -> UnitMap:
    """Every unit of one layer and direction at every step, as it is.

    Args:
        trace: Of the film.
        shown: One of `quantities(trace)`.
        layer: Index from 0, or −1 for the last; memory is known of the last alone.
        direction: 0 downwards, 1 upwards.

    Raises:
        KeyError: The network has no such quantity.
    """
    if shown not in quantities(trace):
        raise KeyError(shown)
    if shown == "memory" and trace.memory is not None:
        values = trace.memory[direction]
    else:
        every = {"h": trace.h, "c": trace.c, **trace.gates}[shown]
        values = np.asarray(every)[layer, direction]
    matrix = np.asarray(values, dtype=np.float32)
    limits = quantity_limits(shown, matrix)
    return UnitMap(matrix, trace.edges, limits, "", quantity_name(shown), shown)


def quantity_map(
    trace: RowTrace, *, shown: str, layer: int, direction: int, units: tuple[int, ...]
) -> Heatmap:
    """The same over the film: the mean of chosen units.

    Of all units together it is the root mean square of what has a sign, and the mean of a gate,
    0 where all are closed.

    Args:
        trace: Of the film.
        shown: One of `quantities(trace)`.
        layer: As for `quantity_units`.
        direction: As for `quantity_units`.
        units: Chosen units; empty means all of them.

    Raises:
        KeyError: The network has no such quantity.
    """
    found = quantity_units(trace, shown=shown, layer=layer, direction=direction)
    layers, directions = trace.h.shape[:2]
    number = layers if shown == "memory" else layer % layers + 1
    place = _place(number, direction, directions)
    low, high = found.limits
    count = found.values.shape[1]
    if units:
        values = found.values[:, list(units)].mean(axis=1)
        words = _unit_names(units)
    else:
        words = Sentence("all {count} units", count=count)
        squared = np.square(found.values, dtype=np.float64) if found.signed else found.values
        values = squared.mean(axis=1)
        values = np.sqrt(values) if found.signed else values
        low = 0.0
    return Heatmap(
        values=np.asarray(values, dtype=np.float32),
        edges=trace.edges,
        question="state",
        label=Sentence("{name}: {units}, {place}", name=found.name, units=words, place=place),
        unit="",
        limits=(low, high),
        signed=low < 0.0,
    )


def surprise_units(surprise: Surprise) -> UnitMap:
    """How unexpected each model row is, as one column (M, 1) of percentiles."""
    values = np.asarray(surprise.percentiles, dtype=np.float32)[:, None]
    name = quantity_name("surprise")
    return UnitMap(values, surprise.edges, _ENDS["surprise"], "percentile", name, "surprise")


def surprise_map(surprise: Surprise) -> Heatmap:
    """How unexpected each model row is among the same row of validation films, over the film."""
    found = surprise_units(surprise)
    return Heatmap(
        values=found.values[:, 0],
        edges=found.edges,
        question="state",
        label=Sentence("Surprise of each model row, after the rows above"),
        unit=found.unit,
        limits=found.limits,
        signed=False,
    )


# ------------------------------------------------------------------------ state, influence
# The hidden state with its training mean, and what moved the answer.


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
    place = _place(number, direction, directions)
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


def influence_map(
    influence: Influence | GridInfluence, classes: tuple[str, ...], limit: float
) -> Heatmap:
    """Which rows, or which cells of rows and columns, moved the answer, and which way.

    Args:
        influence: Signed change of log-odds per step or per cell.
        classes: Names; the influence's target is one of them.
        limit: The model's own colour scale of rows, the same for every film; rounded up.
    """
    limit, own = influence_limit(influence, limit)
    end, name = rounded_up(limit), classes[influence.target]
    found = Heatmap(
        values=influence.values,
        edges=influence.row_edges if isinstance(influence, GridInfluence) else influence.edges,
        question="influence",
        label=Sentence("map.influence", name=name),
        unit="Δ log-odds",
        limits=(-end, end),
        against=influence.baseline.words,
        own_scale=own,
    )
    if not isinstance(influence, GridInfluence):
        return found
    return replace(
        found,
        label=Sentence("map.grid", name=name),
        unit="Δ log-odds per cell",
        columns=influence.column_edges,
    )


def influence_limit(influence: Influence | GridInfluence, limit: float) -> tuple[float, bool]:
    """The end of the scale of a film's Influence, and whether it is that film's alone.

    A model's scale was measured against its mean film. Against another one the rows may move more:
    then the largest of them is the end, so that nothing is cut, and films cannot be compared.

    Args:
        influence: Of any baseline; over cells the scale is that of `grid_limit`.
        limit: The model's own scale of rows.
    """
    if isinstance(influence, GridInfluence):
        limit = grid_limit(limit, influence.values.shape[1])
    largest = float(np.abs(influence.values).max(initial=0.0))
    if influence.baseline.kind == "mean" or not largest > limit:
        return limit, False
    return largest, True


_SPREAD: Final = 8.0  # parts of a film's width; see `grid_limit`


def grid_limit(limit: float, columns: int) -> float:
    """The end of the scale of a map over rows and columns, the same for every film of a model.

    Args:
        limit: Of the model's rows.
        columns: Of the map. A row as strong as the scale of rows reaches the end of this one where
            it lies in an eighth of them.
    """
    return limit * _SPREAD / max(columns, 1)


def by_rows(influence: GridInfluence) -> Influence:
    """The sums of the cells of each row: one margin of a map over rows and columns."""
    return Influence(
        influence.values.sum(axis=1),
        influence.row_edges,
        influence.target,
        influence.log_odds,
        influence.baseline_log_odds,
        influence.residual,
        method=influence.method,
        baseline=influence.baseline,
    )


def by_columns(influence: Heatmap) -> Floats:
    """The sums (C,) of the cells of each column of a map over rows and columns."""
    sums: Floats = influence.values.sum(axis=0)
    return sums


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


def state_cells(
    states: HiddenStates,
    statistics: RowStatistics,
    *,
    layer: int,
    direction: int,
    units: tuple[int, ...],
    quantity: Quantity,
) -> Floats:
    """What the cells of a grid hold, (L, Q), row by row and column by column; not importance.

    Args:
        states: Of a network whose steps consist of Q columns of cells.
        statistics: As for `state_map`, like all that follow.
        layer: Index from 0, or −1 for the last.
        direction: 0 downwards, 1 upwards.
        units: Of a cell, 0…U − 1: the mean of theirs; empty means the root mean square over all.
        quantity: The raw state, or its deviation from the training mean of the same unit, row
            and column in standard deviations; of all units 1 is usual.
    """
    matrix = unit_matrix(states, statistics, layer=layer, direction=direction, quantity=quantity)
    cells = matrix.reshape(len(matrix), states.columns, -1)  # (L, Q, U)
    if units:
        return np.asarray(cells[:, :, list(units)].mean(axis=2))
    return np.asarray(np.sqrt(np.mean(np.square(cells), axis=2)))


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


# ------------------------------------------------------------------------- orders of units
# In which order the columns of a matrix of units stand.


def peak_order(matrix: Floats) -> NDArray[np.intp]:
    """Units (H,) sorted by the step at which their value (L, H) is largest either way."""
    return np.argsort(np.abs(matrix).argmax(axis=0), kind="stable")


def similarity_order(matrix: Floats) -> NDArray[np.intp]:
    """Units (H,) so that those with alike courses (L, H) stand side by side.

    Hierarchical clustering by average linkage (Sokal, Michener 1958) of the units' courses, each
    less its mean and divided by its standard deviation, so that the distance is √(2L (1 − r)) of
    their correlation r; leaves in the order in which neighbours are nearest (Bar-Joseph 2001). A
    unit that does not move is as far from all others as one that is not correlated with them. Of
    more than 600 units the leaves stay as the tree has them: ordering 1,024 takes a second.
    """
    from scipy.cluster import hierarchy  # noqa: PLC0415 - 0.3 s, and no picture waits for it

    steps, count = matrix.shape
    if count < 3 or steps < 2:
        return np.arange(count)
    courses = np.nan_to_num(matrix.T).astype(np.float64)  # (H, L)
    courses -= courses.mean(axis=1, keepdims=True)
    spread = courses.std(axis=1, keepdims=True)
    still = spread[:, 0] <= _STILL
    courses /= np.where(spread > _STILL, spread, 1.0)
    correlation = courses @ courses.T / steps  # (H, H)
    apart = np.sqrt(np.maximum(2.0 * steps * (1.0 - correlation), 0.0))
    apart[np.ix_(still, still)] = 0.0
    between = apart[np.triu_indices(count, 1)]
    tree = hierarchy.linkage(between, "average")
    if count <= _ORDERED:
        tree = hierarchy.optimal_leaf_ordering(tree, between)
    return np.asarray(hierarchy.leaves_list(tree), dtype=np.intp)


def influence_order(contributions: Floats) -> NDArray[np.intp]:
    """Units (H,) by how far they moved the answer (H,) either way, the farthest first."""
    return np.argsort(-np.abs(np.nan_to_num(contributions)), kind="stable")


def unit_contributions(slopes: Floats, states: Floats, mean: Floats) -> Floats:
    """What each unit brings to the log-odds of a class, (H,): Σ_t slope_t · (h_t − mean_t).

    The slope is that of the log-odds by h_t of one layer, as it is handed on to the next layer or
    to the read-out. Of the last layer of a network of two classes, whose read-out is the last
    state or the mean, the log-odds are linear in it: there the contributions are exact, and sum to
    the difference from a film whose states are the training means. Elsewhere they are the first
    order.

    Args:
        slopes: (L, H) ∂ log-odds / ∂ h.
        states: (L, H).
        mean: (L′, H) training mean; of another number of steps it is laid along the film.
    """
    deviation = states - resampled(mean, len(states), axis=0)
    found: Floats = np.einsum("lh,lh->h", slopes, deviation, dtype=np.float64).astype(np.float32)
    return found


def _expected(mean: Floats, std: Floats, steps: int) -> tuple[Floats, Floats]:
    """Mean and least-floored standard deviation (L, …) of a film with that many steps."""
    return resampled(mean, steps, axis=0), resampled(_floored(std), steps, axis=0)


def _floored(std: Floats) -> Floats:
    """A unit that hardly ever moved must not turn a breath of noise into many deviations."""
    least = max(_LEAST_STD, _LEAST_SHARE * _median(std))
    return np.maximum(std, np.float32(least))


def _place(number: int, direction: int, directions: int) -> Sentence:
    if directions == 1:
        return Sentence("layer {number}", number=number)
    return Sentence(
        "layer {number}, upwards" if direction else "layer {number}, downwards", number=number
    )


def _unit_names(units: tuple[int, ...]) -> Sentence:
    if len(units) == 1:
        return Sentence("unit {unit}", unit=units[0])
    if len(units) > _NAMED_UNITS:
        return Sentence("mean of {count} units", count=len(units))
    return Sentence("mean of units {units:list}", units=tuple(map(str, units)))


def _median(values: Floats) -> float:
    """Middle value. np.median would load numpy.ma at first use: 0.1 s of a window's time."""
    return float(np.partition(values, values.size // 2, axis=None)[values.size // 2])
