from dataclasses import replace

import numpy as np
import pytest
import torch

import engine
from engine.errors import InferenceError
from engine.inspection import compare_films, compare_models, reread, reread_beside, shared_out
from engine.network import build_network
from engine.preparation import frame_of, prepare
from engine.weights import load_bundle, save_bundle
from tests.engine.conftest import TINY, describe, measure

FLIPPED = (1, 4)  # units of the last layer whose sign is turned
ORDER = np.array([3, 0, 5, 1, 2, 4])


@pytest.fixture
def films():
    """Two films with structure: random numbers, smoothed down the rows."""
    rng = np.random.default_rng(3)
    return [np.cumsum(rng.normal(size=(64, 48)), axis=0) for _ in range(2)]


@pytest.fixture
def model(tiny_bundle):
    return engine.load(tiny_bundle)


@pytest.fixture
def twin(tiny_bundle, tmp_path):
    """The same network: units of its last layer in another order, two with the other sign."""
    network = load_bundle(tiny_bundle).network
    changed = build_network(network.config)
    changed.load_state_dict(network.state_dict())
    layer, hidden = changed.recurrent[-1], TINY.hidden_size
    rows = np.concatenate([gate * hidden + ORDER for gate in range(3)])
    signs = torch.ones(hidden)
    signs[list(FLIPPED)] = -1
    new = torch.ones(3, hidden)
    new[2] = signs  # r and z only decide how much; the candidate carries the sign
    with torch.no_grad():
        for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"):
            values = getattr(layer, name)[rows]
            if name == "weight_hh_l0":
                values = values[:, ORDER] * signs
            by_row = new.reshape((-1, *[1] * (values.ndim - 1)))
            getattr(layer, name).copy_(values * by_row)
        changed.head.weight.copy_(changed.head.weight[:, ORDER] * signs)
    folder = tmp_path / "twin"
    rest = {"description": describe(TINY), "statistics": measure(TINY), "card": "# Twin\n"}
    save_bundle(folder, changed.eval(), **rest)
    return engine.load(folder)


def test_that_the_same_network_with_its_units_in_another_order_is_found_to_be_the_same(
    model, twin, films
):
    found = compare_models(model, twin, films[0], reference=films[1:])
    pairs = found.alignment
    assert (ORDER[pairs.second] == pairs.first).all()
    assert set(pairs.second[pairs.sign < 0].tolist()) == set(FLIPPED)
    np.testing.assert_allclose(pairs.correlation, 1.0, atol=1e-5)
    np.testing.assert_allclose(found.states, 0.0, atol=1e-3)
    np.testing.assert_allclose(found.answer, 0.0, atol=1e-5)
    np.testing.assert_allclose(found.influence, 0.0, atol=1e-4)
    assert found.similarity == pytest.approx(1.0, abs=1e-5)
    assert found.agreement == pytest.approx(1.0, abs=0.05)
    assert (pairs.films, pairs.rows) == (2, 2 * TINY.steps)


def test_that_an_untrained_network_is_another_one(model, films):
    found = compare_models(model, "untrained", films[0], reference=films[1:])
    assert found.kind == "untrained"
    assert np.abs(found.answer).max() > 1e-3
    assert found.alignment.mean_correlation < 0.999
    assert -0.5 < found.similarity < 0.999
    assert found.second.sha256 == ""
    assert found.second.name == "Tiny model, untrained"


def test_that_a_model_is_left_as_it_was_by_its_untrained_twin(model, films):
    before = model.trace(films[0]).logits
    compare_models(model, "untrained", films[0])
    np.testing.assert_array_equal(model.trace(films[0]).logits, before)


def test_that_a_difference_is_the_first_ones_value_minus_the_second_ones(model, films):
    found = compare_films(model, films[0], films[1])
    one, other = (model.trace(film) for film in films)
    target = found.target
    odds = [t.by_row[:, target] - t.by_row[:, 1 - target] for t in (one, other)]
    np.testing.assert_allclose(found.answer, odds[0] - odds[1], atol=1e-5)
    maps = [model.influence(film, target).values for film in films]
    np.testing.assert_allclose(found.influence, maps[0] - maps[1], atol=1e-5)


def test_that_states_of_two_films_differ_in_deviations_of_the_same_unit(model, films):
    found = compare_films(model, films[0], films[1], layer=0)
    one, other = (model.trace(film).h[0, 0] for film in films)
    spread = model.rows.statistics.state_std[0, 0]
    assert spread.min() > 0.05  # none is floored
    np.testing.assert_allclose(found.states, (one - other) / spread, atol=1e-4)
    assert not found.alignment.searched
    assert found.layers == (0, 0)


def test_that_two_networks_of_other_cells_sizes_and_steps_are_compared(model, make_bundle, films):
    other = engine.load(make_bundle(cell="lstm", hidden_size=4, rows=24, layers=1))
    found = compare_models(model, other, films[0], layer=0)
    assert found.states.shape == (TINY.steps, 4)
    assert found.layers == (0, 0)
    assert found.cka.shape == (2, 1)
    assert len(found.answer) == TINY.steps == len(found.second.by_row)
    assert found.second.influence.sum() == pytest.approx(found.second.influence_sum, abs=1e-5)
    assert any("12 steps" in note for note in found.notes)
    assert found.first.horizon is not None


def test_that_models_of_other_classes_are_compared_in_states_and_horizons_alone(
    model, make_bundle, films
):
    found = compare_models(model, make_bundle(classes=3), films[0])
    assert (found.answer, found.influence, found.agreement) == (None, None, None)
    assert "only states and horizons" in found.notes[0]
    assert found.states.shape == (TINY.steps, TINY.hidden_size)


def test_that_classes_are_known_by_their_names_and_not_by_their_places(
    model, tiny_bundle, tmp_path, films
):
    network = load_bundle(tiny_bundle).network
    turned = build_network(network.config)
    turned.load_state_dict(network.state_dict())
    with torch.no_grad():
        turned.head.weight.copy_(network.head.weight.flip(0))
        turned.head.bias.copy_(network.head.bias.flip(0))
    described = replace(describe(TINY), classes=("pneumonia", "normal"), positive=0)
    rest = {"description": described, "statistics": measure(TINY), "card": "# Turned\n"}
    save_bundle(tmp_path / "turned", turned.eval(), **rest)
    found = compare_models(model, tmp_path / "turned", films[0])
    np.testing.assert_allclose(found.answer, 0.0, atol=1e-5)
    np.testing.assert_allclose(found.influence, 0.0, atol=1e-4)


def test_that_a_horizon_is_said_in_rows_of_its_own_film(model, films):
    found = compare_models(model, "untrained", films[0])
    horizon, height = found.first.horizon, len(films[0])
    if horizon.rows is None:
        assert found.first.horizon_rows is None
    else:
        assert found.first.horizon_rows == pytest.approx(horizon.rows * height / TINY.rows)


def test_that_no_horizon_is_measured_where_nobody_asks_for_it(model, films):
    found = compare_films(model, *films, horizon=False)
    assert found.first.horizon is None


def test_that_a_layer_that_is_not_there_is_one_sentence(model, films):
    with pytest.raises(InferenceError, match="There is no layer 2: the model has 2"):
        compare_films(model, *films, layer=2)


def test_that_sums_over_rows_stay_sums_on_other_steps():
    values = np.array([1.0, -2.0, 4.0], np.float32)
    np.testing.assert_allclose(shared_out(values, 6), [0.5, 0.5, -1, -1, 2, 2])
    np.testing.assert_allclose(shared_out(values, 2), [0.0, 3.0], atol=1e-6)
    assert shared_out(values, 3) is values


@pytest.fixture
def prepared(model, films):
    """The first film, made ready for a model."""
    return lambda other=model: prepare(frame_of(films[0]), other.info)


def test_that_another_model_reads_the_same_change(model, twin, prepared):
    film = prepared()
    own = reread(model.rows, film, ["rows 2 4 mean"])
    its = reread_beside(model.rows, twin.rows, film, film, ["rows 2 4 mean"])
    np.testing.assert_allclose(its.probabilities, own.probabilities, atol=1e-5)
    assert its.change == pytest.approx(own.change, abs=1e-4)


def test_that_a_band_lies_at_the_same_share_of_the_height_for_other_steps(
    model, make_bundle, prepared
):
    other = engine.load(make_bundle(rows=32))
    film, its = prepared(), prepared(other)
    found = reread_beside(model.rows, other.rows, film, its, ["rows 2 4 mean"])
    assert (found.edits[0].first, found.edits[0].last) == (4, 9)
    assert found.changed[4:10].all()
    assert not found.changed[:4].any()


def test_that_a_shift_is_as_far_on_the_film_for_another_grid(model, make_bundle, prepared):
    other = engine.load(make_bundle(rows=32, columns=24))
    found = reread_beside(model.rows, other.rows, prepared(), prepared(other), ["shift 2 -1"])
    assert found.edits[0].numbers == (4.0, -2.0)


def test_that_a_change_is_not_asked_of_a_model_of_other_classes(model, make_bundle, prepared):
    other = engine.load(make_bundle(classes=3))
    with pytest.raises(InferenceError, match="tells other classes apart"):
        reread_beside(model.rows, other.rows, prepared(), prepared(other), ["invert"])
