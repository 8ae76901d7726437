"""Units that are switched off, against a torch network whose h is masked at every step."""

import itertools
import pickle
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine import inspection, load
from engine.bundle import NetworkConfig
from engine.errors import InferenceError
from engine.inspection import UnitGroup, ablated, held_values, read_without, switch_off, unit_facts
from engine.network import RowClassifier
from engine.preparation import prepare
from engine.runtime import CpuNetwork, CpuReader, HeldUnits, weights_of
from engine.types import RowSequence
from engine.weights import save_bundle
from tests.engine.conftest import describe, measure
from tests.engine.network.test_plugin import PARTS
from tests.engine.plugin_site import install
from tests.engine.tolerances import apart, distance

CELLS, BOTH, READOUTS = (
    ("rnn", "rnn-relu", "lstm", "gru"),
    (False, True),
    ("last", "mean", "attention"),
)
UNITS = [1, 4]
HELD = {"zero": [0.0, 0.0], "mean": [0.4, -0.3]}
EVERY = list(itertools.product(CELLS, BOTH, READOUTS, (0, 1), HELD))


def build(**changes):
    torch.manual_seed(3)
    known = {"rows": 6, "columns": 6, "classes": 3, "hidden_size": 7, "layers": 2}
    network = RowClassifier(NetworkConfig(**(known | changes))).eval()
    for name, weight in network.named_parameters():
        if "bias" in name:
            torch.nn.init.normal_(weight.data, std=0.3)
    return network


def film(rows=6, columns=6):
    return torch.rand(1, rows, columns, generator=torch.Generator().manual_seed(5))


def masked_states(network, rows, layer, direction, units, values):
    """The last layer's states (1, L, D·H) of rows (1, M, W), one step after the other."""

    def hold(h, number, way):
        if (number, way) == (layer, direction):
            h = h.clone()
            h[:, units] = torch.as_tensor(values).to(h)
        return h

    states = network.steps(rows)
    for number, cell in enumerate(network.recurrent):
        ways = []
        for way in range(network.config.directions):
            h = c = states.new_zeros(1, network.config.hidden_size)
            h, found = hold(h, number, way), {}
            order = range(states.shape[1])
            for t in reversed(order) if way else order:
                h, c = cell.step(states[:, t], h, c, direction=way)
                h = found[t] = hold(h, number, way)
            ways.append(torch.stack([found[t] for t in order], dim=1))
        states = torch.cat(ways, dim=2)
    return states


def answered(network, rows, group, values):
    """Logits (K,) of all rows."""
    place = (group.layer, group.direction, list(group.units), values)
    return network.head(network.score.pool(masked_states(network, rows, *place)))[0].detach()


def masked(network, rows, group, values):
    """Logits (K,) and answers by row (L, K), every prefix read anew."""
    each = network.config.rows_per_step
    ends = range(each, rows.shape[1] + 1, each)
    logits = [answered(network, rows[:, :end], group, values) for end in ends]
    return logits[-1], torch.stack(logits)


@pytest.mark.parametrize(("cell", "both", "readout", "layer", "held"), EVERY)
def test_that_weights_without_a_unit_read_as_a_network_whose_state_is_masked(
    cell, both, readout, layer, held
):
    network, rows = build(cell=cell, bidirectional=both, readout=readout), film()
    for direction in range(1 + both):
        group, values = UnitGroup((1, 4), layer, direction), HELD[held]
        changed = ablated(weights_of(network), network.config, group, values)
        found = CpuReader(network.config, changed).read(rows[0].numpy())

        def ask(there, at, place=(group, values)):
            return masked(there, at, *place)

        bounds = apart(ask, network, rows)
        expected = masked(network, rows, group, values)
        for ours, torchs, bound in zip(
            (found.logits, found.by_row), expected, bounds, strict=True
        ):
            assert distance(ours, torchs) <= bound
        whole = CpuReader(network.config, weights_of(network)).read(rows[0].numpy())
        assert distance(found.logits, whole.logits) > 10 * bounds[0]


@pytest.mark.parametrize(("cell", "both", "readout", "layer", "held"), EVERY)
def test_that_many_groups_read_together_read_as_each_alone(cell, both, readout, layer, held):
    network, rows = build(cell=cell, bidirectional=both, readout=readout), film()
    config, weights = network.config, weights_of(network)
    drawn = np.array([[1, 4], [0, 2], [3, 6], [5, 1], [6, 2]])
    values = np.array([HELD[held]] * len(drawn), np.float32)
    at = HeldUnits(layer, int(both), drawn, values)
    found = CpuNetwork(config, weights).read_held(rows[0].numpy(), at)
    for units, logits in zip(drawn, found, strict=True):
        group = UnitGroup(tuple(units), layer, int(both))

        def ask(there, at, place=(group, HELD[held])):
            return (answered(there, at, *place),)

        bound = apart(ask, network, rows)[0]
        assert distance(logits, answered(network, rows, group, HELD[held])) <= bound


@pytest.fixture
def frame(make_frame):
    values = np.random.default_rng(0).integers(0, 4096, (40, 30))
    return make_frame(values, modality="CR")


def test_that_a_model_without_units_answers_as_the_ablation_says(tiny_bundle, frame):
    model = load(tiny_bundle)
    found = inspection.ablate(model, frame, [1, 4], layer=0)
    less = inspection.model_without(model, [1, 4], layer=0)
    prediction = less.analyse(frame).prediction
    np.testing.assert_array_equal(prediction.probabilities, found.without.probabilities)
    np.testing.assert_array_equal(prediction.by_row, found.without.by_row)
    assert "without units 1, 4 of layer 1" in repr(less)
    assert "without" not in repr(model)
    trace = less.trace(frame)  # the units are computed as ever, only nobody reads them
    assert np.abs(trace.h[0, 0, :, [1, 4]]).min() > 0


def test_that_the_whole_network_answers_as_ever_after_an_ablation(tiny_bundle, frame):
    model = load(tiny_bundle)
    before = model.analyse(frame).prediction
    found = inspection.ablate(model, frame, 2)
    np.testing.assert_array_equal(found.read.probabilities, before.probabilities)
    np.testing.assert_array_equal(found.read.by_row, before.by_row)
    np.testing.assert_array_equal(model.analyse(frame).prediction.by_row, before.by_row)


def test_that_a_calibration_by_row_holds_without_units_too(calibrated, frame):
    model = load(calibrated)
    found = inspection.ablate(model, frame, 2)
    shown = inspection.model_without(model, 2).analyse(frame).prediction.by_row
    np.testing.assert_array_equal(found.without.by_row, shown)
    np.testing.assert_array_equal(found.read.by_row, model.analyse(frame).prediction.by_row)


def test_that_a_change_is_the_difference_of_log_odds(tiny_bundle, frame):
    found = inspection.ablate(load(tiny_bundle), frame, 3)
    before, after = found.read.probabilities[1], found.without.probabilities[1]
    odds = np.log(after / (1 - after)) - np.log(before / (1 - before))
    assert found.change(1) == pytest.approx(odds, abs=1e-9)
    assert found.change(0) == pytest.approx(-odds, abs=1e-9)  # of two classes


def test_that_random_groups_are_other_units_of_the_same_size_and_the_same_each_time(
    make_bundle, frame
):
    model = load(make_bundle(hidden_size=16))
    one, two = (inspection.ablate(model, frame, [3, 5], random=30) for _ in range(2))
    np.testing.assert_array_equal(one.random_units, two.random_units)
    assert one.random_units.shape == (30, 2)
    assert not np.isin(one.random_units, [3, 5]).any()
    assert (np.diff(one.random_units, axis=1) > 0).all()
    for units, odds in zip(one.random_units[:3], one.random_log_odds, strict=False):
        alone = inspection.ablate(model, frame, units, random=0)
        np.testing.assert_allclose(odds, alone.without.log_odds, atol=1e-4)
    np.testing.assert_allclose(
        one.random_changes(1), one.random_log_odds[:, 1] - one.read.log_odds[1]
    )


def test_that_a_group_of_most_units_is_held_against_groups_of_all(tiny_bundle, frame):
    found = inspection.ablate(load(tiny_bundle), frame, [0, 1, 2, 3])
    assert found.random_units.shape == (20, 4)


def test_that_a_held_unit_is_read_as_its_mean_over_the_training_films(tiny_bundle, frame):
    model = load(tiny_bundle)
    mean = model.rows.bundle.statistics.state_mean[1, 0, :, [2]].mean()
    found = inspection.ablate(model, frame, 2, held="mean")
    assert found.values == pytest.approx([mean])
    assert held_values(model.rows.bundle, UnitGroup((2,), 1), "zero").tolist() == [0.0]
    assert found.without.log_odds[1] != inspection.ablate(model, frame, 2).without.log_odds[1]


def test_that_weights_onto_classes_are_those_of_the_head(make_bundle, frame):
    model = load(make_bundle(bidirectional=True, readout="attention"))
    found = inspection.unit_weights(model, [4, 2], direction=1)
    network = model.network
    assert found.group == UnitGroup((2, 4), 1, 1)
    np.testing.assert_array_equal(found.classes, network.head.weight[:, [8, 10]])
    np.testing.assert_array_equal(found.attention, network.score.weight[0, [8, 10]])
    assert (found.readout, found.onto) == ("attention", "own")
    strongest = network.recurrent[1].weight_hh_l0_reverse[:, [2, 4]].abs().max().item()
    assert abs(found.wires[0].weight) == pytest.approx(strongest)


def test_that_a_lower_layer_speaks_to_the_next_one_by_its_gates(make_bundle):
    model = load(make_bundle(bidirectional=True, cell="lstm"))
    found = inspection.unit_weights(model, 3, layer=0)
    assert (found.classes, found.attention, found.onto) == (None, None, "next")
    weights = [
        model.network.recurrent[1].weight_ih_l0,
        model.network.recurrent[1].weight_ih_l0_reverse,
    ]
    for wire in found.wires:
        row = "ifgo".index(wire.gate) * 6 + wire.unit
        assert wire.weight == pytest.approx(weights[wire.direction][row, wire.source].item())
    sizes = [abs(wire.weight) for wire in found.wires]
    assert sizes == sorted(sizes, reverse=True)
    whole = np.sort(np.abs([w[:, 3].numpy() for w in weights]), axis=None)[::-1]
    np.testing.assert_allclose(sizes, whole[: len(sizes)])


@pytest.mark.parametrize(
    ("units", "place", "sentence"),
    [
        ([], {}, "at least one hidden unit"),
        ([6], {}, "units 0 to 5"),
        ([-1], {}, "no unit -1"),
        ([0], {"layer": 2}, "layers 1 to 2; there is no layer 3"),
        ([0], {"direction": 1}, "downwards only"),
    ],
)
def test_that_units_which_are_not_there_are_refused_in_one_sentence(
    tiny_bundle, frame, units, place, sentence
):
    model = load(tiny_bundle)
    for ask in (
        lambda: inspection.ablate(model, frame, units, **place),
        lambda: inspection.model_without(model, units, **place),
        lambda: inspection.unit_weights(model, units, **place),
    ):
        with pytest.raises(InferenceError, match=sentence):
            ask()


def test_that_the_window_can_ask_by_name_and_send_the_answer_on(tiny_bundle, frame):
    film = prepare(frame, load(tiny_bundle).info)
    found = pickle.loads(pickle.dumps(switch_off(tiny_bundle, film, UnitGroup((2,)), "mean")))  # noqa: S301
    assert found.group == UnitGroup((2,), 1)
    np.testing.assert_array_equal(
        found.without.by_row,
        inspection.ablate(load(tiny_bundle), film, 2, held="mean").without.by_row,
    )
    facts = pickle.loads(pickle.dumps(unit_facts(tiny_bundle, UnitGroup((2, 5)))))  # noqa: S301
    statistics = load(tiny_bundle).rows.bundle.statistics
    np.testing.assert_array_equal(facts.mean, statistics.state_mean[1, 0][:, [2, 5]])
    np.testing.assert_array_equal(facts.std, statistics.state_std[1, 0][:, [2, 5]])
    assert (facts.films, facts.weights.group.layer) == (100, 1)


def test_that_parts_of_other_packages_are_held_by_torch(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(install(tmp_path / "site"))
    torch.manual_seed(7)
    network = RowClassifier(PARTS).eval()
    save_bundle(
        tmp_path / "mgu",
        network,
        description=describe(PARTS),
        statistics=measure(PARTS),
        card="#\n",
    )
    model, rows = load(tmp_path / "mgu"), film(16, 12)
    sequence = RowSequence(rows[0].numpy(), np.arange(17.0))
    for layer, direction, held in itertools.product((0, 1), (0, 1), ("zero", "mean")):
        group = UnitGroup((1, 4), layer, direction)
        found = read_without(model.rows, sequence, group, held=held, random=2)
        values = held_values(model.rows.bundle, group, held)

        def ask(there, at, place=(group, values)):
            return masked(there, at, *place)

        logits = model.rows.bundle.network
        bounds = apart(ask, network, rows)
        expected = masked(logits, rows, group, values)[0]
        odds = expected[1] - expected[0]
        assert abs(found.without.log_odds[1] - float(odds)) <= 2 * bounds[0]
    assert inspection.unit_weights(model, 1).wires == ()
    assert inspection.unit_weights(model, 1).classes is None


def test_that_the_architecture_which_cannot_be_asked_without_a_unit_is_named(tmp_path):
    from engine.network import build_network, describe_network

    config = describe_network("grid", 16, columns=12, classes=2, options={"hidden_size": 3})
    save_bundle(
        tmp_path / "crossed",
        build_network(config).eval(),
        description=describe(config),
        statistics=measure(config),
        card="#\n",
    )
    model = load(tmp_path / "crossed")
    with pytest.raises(InferenceError, match="“row-classifier”, and this one is “grid”"):
        inspection.model_without(model, 1)


def test_that_an_architecture_of_another_package_is_refused(tmp_path, monkeypatch):
    from engine.network import build_network, describe_network

    monkeypatch.syspath_prepend(install(tmp_path / "site"))
    options = {"hidden_size": 5, "rows_per_step": 2}
    config = describe_network("leaky-average", 16, columns=12, classes=2, options=options)
    network = build_network(config).eval()
    save_bundle(
        tmp_path / "leaky",
        network,
        description=describe(config),
        statistics=measure(config),
        card="#\n",
    )
    model = load(tmp_path / "leaky")
    with pytest.raises(InferenceError, match="this one is “leaky-average”"):
        inspection.model_without(model, 1)
    assert inspection.unit_weights(model, 1).classes is None


def test_that_an_answer_that_is_no_number_is_refused(tiny_bundle, frame, monkeypatch):
    model = load(tiny_bundle)
    bundle = model.rows.bundle
    weights = dict(bundle.asked.weights)
    weights["head.bias"] = np.full(2, np.inf, np.float32)
    broken = replace(bundle, asked=CpuNetwork(bundle.config, weights))
    monkeypatch.setattr(model.rows, "_bundle", broken)
    with pytest.raises(InferenceError, match="no usable answer"):
        inspection.ablate(model, frame, 1)
