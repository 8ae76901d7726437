"""A network without some of its units, and what they are connected to.

A unit that is switched off is computed as before, and nobody reads it: its weights onto the gates
of its own layer (U), onto the next layer (W), onto the head and onto the score of attention are
zero. That is the same, exactly, as if its h were zero at every step. A unit that is held is read
as a constant instead, from before the first step to the last: the weights are zero as well, and
what they would have added is in the biases. So the CPU kernel reads both as it reads any network.

Cells, stems and read-outs of other packages are read by torch with the state itself held
(`engine.network.HeldCell`), which is the same again.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from engine.bundle import NetworkConfig
from engine.calibration import linked, log_odds, prefix_logits
from engine.errors import InferenceError
from engine.inspection.units import (
    Ablation,
    ClassAnswer,
    Held,
    UnitFacts,
    UnitGroup,
    UnitWeights,
    Wire,
)
from engine.maps import usual_states
from engine.rowmodel import RowModel
from engine.runtime import (
    Asked,
    CpuNetwork,
    CpuReader,
    HeldUnits,
    Reading,
    asked,
    is_built_in,
    reader_for,
    weights_of,
)
from engine.types import Doubles, Floats, Link, RowSequence
from engine.weights import Bundle

RANDOM = 20  # groups that a group is held against
STRONGEST = 12  # weights that are named
_GATES = {"gru": "rzn", "lstm": "ifgo"}

Weights = Mapping[str, Floats]


# -------------------------------------------------------------------- the network without
def ablated(
    weights: Weights,
    config: NetworkConfig,
    group: UnitGroup,
    values: Floats | Doubles | None = None,
) -> dict[str, Floats]:
    """Weights of a network in which nobody reads some units.

    Args:
        weights: By the names of `RowClassifier.state_dict()`; left as they are, and shared where
            nothing changes.
        config: Of built-in parts.
        group: Its layer counted from 0.
        values: (U,) what everybody reads instead; None is zero.
    """
    units, end = list(group.units), "_reverse" * group.direction
    held = np.zeros(len(units), np.float32) if values is None else np.asarray(values, np.float32)
    places = [group.direction * config.hidden_size + unit for unit in units]  # of both directions
    found = dict(weights)
    layer, after = f"recurrent.{group.layer}", f"recurrent.{group.layer + 1}"
    _cut(found, f"{layer}.weight_hh_l0{end}", f"{layer}.bias_hh_l0{end}", units, held)
    if group.layer + 1 < config.layers:
        for way in ("", "_reverse")[: config.directions]:
            _cut(found, f"{after}.weight_ih_l0{way}", f"{after}.bias_ih_l0{way}", places, held)
        return found
    _cut(found, "head.weight", "head.bias", places, held)
    if config.readout == "attention":
        _cut(found, "score.weight", "score.bias", places, held)
    return found


def network_without(bundle: Bundle, group: UnitGroup, held: Held = "zero") -> Asked:
    """The network of a bundle in which nobody reads some units, on the CPU.

    Args:
        bundle: Of any architecture.
        group: As `UnitGroup.of` gives it.
        held: Whether they are read as zero or as their training mean.

    Raises:
        InferenceError: Another architecture than “row-classifier”, whose units only it can hold.
    """
    values = held_values(bundle, group, held).astype(np.float32)
    config, whole = bundle.config, bundle.asked
    weights = _weights(whole)
    if is_built_in(config, weights):
        return asked(config, ablated(weights, config, group, values))
    return _held_by_torch(bundle, group, values)


def without(rows: RowModel, group: UnitGroup, held: Held = "zero") -> RowModel:
    """The model without some units; it says so in its title.

    Raises:
        InferenceError: As `UnitGroup.of` and `network_without` do.
    """
    info = rows.info
    group = group.of(info)
    network = network_without(rows.bundle, group, held)
    named = ", ".join(map(str, group.units))
    kind = "without" if held == "zero" else "held at its mean:"
    title = f"{info.title} ({kind} unit{'s' * (len(group.units) > 1)} {named}"
    title += f" of layer {group.layer + 1}{', upwards' * group.direction})"
    return RowModel(replace(rows.bundle, asked=network, info=replace(info, title=title)), "cpu")


def held_values(bundle: Bundle, group: UnitGroup, held: Held) -> Doubles:
    """What each unit (U,) is read as: zero, or its mean over all rows of the training films."""
    if held == "zero":
        return np.zeros(len(group.units))
    mean = bundle.statistics.state_mean[group.layer, group.direction]  # (L, H)
    values: Doubles = mean[:, list(group.units)].mean(axis=0, dtype=np.float64)
    return values


# ---------------------------------------------------------------------- a film read again
def read_without(
    rows: RowModel,
    sequence: RowSequence,
    group: UnitGroup,
    *,
    held: Held = "zero",
    random: int = RANDOM,
    seed: int = 0,
) -> Ablation:
    """A film read with and without some units, and without as many random ones.

    Both readings are of the CPU, so that their difference is none of devices. What the film shows
    is not judged, and nothing of the model changes.

    Args:
        rows: The model.
        sequence: The film, prepared for it.
        group: The units.
        held: What everybody reads instead of them.
        random: How many random groups of the same size are left out for comparison.
        seed: Of their choice.

    Raises:
        InferenceError: As `network_without` does, or the numbers are none.
    """
    group, bundle = group.of(rows.info), rows.bundle
    values = held_values(bundle, group, held)
    whole = _answer(bundle, _read(bundle, sequence.rows))
    less = _answer(bundle, _read(bundle, sequence.rows, group, held))
    drawn = _random_units(group, bundle.config.hidden_size, random, seed)
    others = _logits_without(bundle, sequence.rows, group, drawn, held)  # (N, K)
    _refuse_nonsense(others)
    return Ablation(
        group,
        held,
        values,
        whole,
        less,
        random_units=drawn,
        random_probabilities=linked(others, bundle.config.link),
        random_log_odds=_log_odds(others, bundle.config.link),
    )


# -------------------------------------------------------------------------- who is spoken to
def weights_onto(rows: RowModel, group: UnitGroup, most: int = STRONGEST) -> UnitWeights:
    """The weights of some units onto classes and onto other units.

    Args:
        rows: The model.
        group: The units.
        most: How many weights onto other units are named, the strongest of all the group's.

    Raises:
        InferenceError: As `UnitGroup.of` does.
    """
    group, config = group.of(rows.info), rows.bundle.config
    last = group.layer + 1 == config.layers
    readout = config.readout if isinstance(config, NetworkConfig) else ""
    weights = _weights(rows.bundle.asked)
    onto: Literal["next", "own"] = "own" if last else "next"
    if not is_built_in(config, weights):
        return UnitWeights(group, None, readout, onto=onto)
    places = [group.direction * config.hidden_size + unit for unit in group.units]
    attends = last and config.readout == "attention"
    return UnitWeights(
        group,
        np.ascontiguousarray(weights["head.weight"][:, places]) if last else None,
        readout,
        attention=weights["score.weight"][0, places] if attends else None,
        onto=onto,
        wires=_wires(weights, config, group, most=most),
    )


def facts_of(rows: RowModel, group: UnitGroup, most: int = STRONGEST) -> UnitFacts:
    """What a model knows of some units before it reads any film; arguments as `weights_onto`."""
    group = group.of(rows.info)
    statistics, columns = rows.bundle.statistics, list(group.units)
    mean, spread = usual_states(
        statistics, layer=group.layer, direction=group.direction, steps=rows.info.steps
    )
    return UnitFacts(
        weights_onto(rows, group, most),
        np.ascontiguousarray(mean[:, columns]),
        np.ascontiguousarray(spread[:, columns]),
        films=statistics.count,
    )


def _wires(
    weights: Weights, config: NetworkConfig, group: UnitGroup, *, most: int
) -> tuple[Wire, ...]:
    """The strongest weights onto the next layer, or in the last one onto its own next step."""
    letters, hidden = _GATES.get(config.cell, "h"), config.hidden_size
    if group.layer + 1 == config.layers:
        end = "_reverse" * group.direction
        found = [(group.direction, weights[f"recurrent.{group.layer}.weight_hh_l0{end}"])]
        columns = list(group.units)
    else:
        name = f"recurrent.{group.layer + 1}.weight_ih_l0"
        ends = ("", "_reverse")[: config.directions]
        found = [(way, weights[name + end]) for way, end in enumerate(ends)]
        columns = [group.direction * hidden + unit for unit in group.units]
    wires = []
    for way, matrix in found:
        part = matrix[:, columns]  # (gates · H, U)
        strongest = np.argsort(-np.abs(part), axis=None, kind="stable")[:most]
        for flat in strongest:
            row, source = divmod(int(flat), len(columns))
            gate, unit = divmod(row, hidden)
            weight = float(part[row, source])
            wires.append(Wire(group.units[source], unit, way, letters[gate], weight))
    return tuple(sorted(wires, key=lambda wire: -abs(wire.weight))[:most])


# ---------------------------------------------------------------------------------- inside
def _cut(
    weights: dict[str, Floats], matrix: str, bias: str, columns: list[int], held: Floats
) -> None:
    """Zero some columns; what they would have added of held values goes to the bias."""
    changed = weights[matrix].copy()
    if held.any():
        added = changed[:, columns].astype(np.float64) @ held.astype(np.float64)
        weights[bias] = (weights[bias] + added).astype(np.float32)
    changed[:, columns] = 0.0
    weights[matrix] = changed


def _weights(network: Asked) -> Weights:
    """By their names, without torch where the kernel holds them."""
    held = getattr(network, "weights", None)
    return cast("Weights", held) if held is not None else weights_of(network.network)


def _held_by_torch(bundle: Bundle, group: UnitGroup, values: Floats) -> Asked:
    import torch  # noqa: PLC0415 - for other people's parts only

    from engine.network import Cell, HeldCell, RowClassifier  # noqa: PLC0415 - imports torch
    from engine.runtime import asked_of  # noqa: PLC0415 - beside them

    network = bundle.network
    if not isinstance(network, RowClassifier):
        raise InferenceError(
            "The units of “{info}” cannot be switched off: that is known of the architecture"
            " “row-classifier”, and this one is “{name}”.",
            info=bundle.info.name,
            name=bundle.config.name,
        )
    changed = deepcopy(network).cpu()
    cell = cast("Cell", changed.recurrent[group.layer])
    units = torch.tensor(group.units)
    held = torch.from_numpy(values)
    changed.recurrent[group.layer] = HeldCell(cell, units, held, direction=group.direction)
    return asked_of(changed.eval())


def _read(
    bundle: Bundle, rows: Floats, group: UnitGroup | None = None, held: Held = "zero"
) -> Reading:
    """A film (M, W) by the whole network, or without a group."""
    whole, config = bundle.asked, bundle.config
    if isinstance(whole, CpuNetwork) and isinstance(config, NetworkConfig):
        weights: Weights = whole.weights
        if group is not None:
            weights = ablated(weights, config, group, held_values(bundle, group, held))
        return CpuReader(config, weights, stem=whole.stem).read(rows)
    network = whole if group is None else network_without(bundle, group, held)
    return reader_for(network).read(rows)


def _logits_without(
    bundle: Bundle, rows: Floats, like: UnitGroup, drawn: NDArray[np.int64], held: Held
) -> Doubles:
    """Logits (N, K) of a film (M, W) without each of N groups (N, U) of one layer."""
    groups = [replace(like, units=tuple(map(int, units))) for units in drawn]
    whole = bundle.asked
    if not groups:
        return np.zeros((0, bundle.config.classes))
    if isinstance(whole, CpuNetwork):
        values = np.stack([held_values(bundle, group, held) for group in groups])
        at = HeldUnits(like.layer, like.direction, drawn, values.astype(np.float32))
        return whole.read_held(rows, at).astype(np.float64)
    networks = (network_without(bundle, group, held) for group in groups)
    return np.concatenate([network.logits(rows[None]) for network in networks]).astype(np.float64)


def _random_units(group: UnitGroup, hidden: int, count: int, seed: int) -> NDArray[np.int64]:
    """Random groups (N, U) of the same size; the same for the same group."""
    others = np.setdiff1d(np.arange(hidden), group.units)
    size = len(group.units)
    pool = others if len(others) >= size else np.arange(hidden)
    source = np.random.default_rng((seed, group.layer, group.direction, *group.units))
    drawn = [np.sort(source.choice(pool, size, replace=False)) for _ in range(count)]
    return np.array(drawn, np.int64).reshape(count, size)


def _answer(bundle: Bundle, reading: Reading) -> ClassAnswer:
    _refuse_nonsense(reading.logits, reading.by_row)
    link = bundle.config.link
    by_row = linked(prefix_logits(reading.by_row, bundle.by_row), link).astype(np.float32)
    odds = _log_odds(reading.logits[None], link)[0]
    return ClassAnswer(linked(reading.logits, link), odds, by_row)


def _log_odds(logits: NDArray[np.floating], link: Link) -> Doubles:
    """(N, K) of each class against all others, or of each finding."""
    return np.stack([log_odds(logits, k, link) for k in range(logits.shape[-1])], axis=-1)


def _refuse_nonsense(*arrays: NDArray[np.floating]) -> None:
    if not all(np.isfinite(array).all() for array in arrays):
        raise InferenceError(
            "Without these units the model gave no usable answer.", "not-a-number"
        )
