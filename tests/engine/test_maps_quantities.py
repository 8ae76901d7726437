"""Gates, cell states, memory and surprise as maps and matrices; the orders of units."""

import numpy as np
import pytest

from engine.maps import (
    influence_order,
    quantities,
    quantity_limits,
    quantity_map,
    quantity_name,
    quantity_units,
    similarity_order,
    surprise_map,
    surprise_units,
    unit_contributions,
)
from engine.types import RowTrace, Surprise

STEPS, UNITS = 7, 6
EDGES = np.linspace(0, 70, STEPS + 1)
GATES = {"rnn": (), "gru": ("r", "z", "n"), "lstm": ("i", "f", "g", "o")}


def trace(cell="lstm", layers=2, directions=2, scale=1.0) -> RowTrace:
    rng = np.random.default_rng(3)
    shape = (layers, directions, STEPS, UNITS)

    def drawn(low=-1.0, high=1.0):
        return rng.uniform(low * scale, high * scale, shape).astype(np.float32)

    gates = {name: drawn() if name in "ng" else np.abs(drawn()).clip(0, 1) for name in GATES[cell]}
    by_row = np.zeros((STEPS, 2), np.float32)
    return RowTrace(
        drawn(),
        drawn(-5, 5) if cell == "lstm" else None,
        gates,
        None if cell == "rnn" else drawn()[-1],
        by_row,
        by_row[-1],
        EDGES,
    )


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("rnn", ("h",)),
        ("gru", ("h", "r", "z", "n", "memory")),
        ("lstm", ("h", "c", "i", "f", "g", "o", "memory")),
    ],
)
def test_that_a_network_offers_what_its_cell_has(cell, names):
    assert quantities(trace(cell)) == names


def test_that_a_network_that_is_not_opened_offers_the_hidden_state_alone():
    assert quantities(None) == ("h",)


@pytest.mark.parametrize(
    ("shown", "limits"),
    [
        ("h", (-1, 1)),
        ("c", (-3, 3)),
        ("i", (0, 1)),
        ("f", (0, 1)),
        ("g", (-1, 1)),
        ("o", (0, 1)),
        ("memory", (-0.5, 0.5)),
    ],
)
def test_that_a_quantity_has_one_scale_whatever_the_film(shown, limits):
    for scale in (0.1, 1.0, 40.0):
        found = quantity_units(trace(scale=scale), shown=shown, layer=0, direction=1)
        assert (found.limits, found.signed) == (limits, limits[0] < 0)
        for units in ((), (2,)):
            shown_map = quantity_map(
                trace(scale=scale), shown=shown, layer=0, direction=1, units=units
            )
            assert shown_map.limits[1] == limits[1]


def test_that_an_unknown_gate_is_scaled_by_its_sign():
    assert quantity_limits("q", np.array([0.2, 0.8], np.float32)) == (0.0, 1.0)
    assert quantity_limits("q", np.array([-0.2, 0.8], np.float32)) == (-1.0, 1.0)
    assert quantity_name("q") == "Gate q"


@pytest.mark.parametrize("shown", ["c", "i", "g"])
def test_that_the_matrix_is_that_of_layer_and_direction(shown):
    opened = trace()
    every = {"c": opened.c, **opened.gates}[shown]
    found = quantity_units(opened, shown=shown, layer=0, direction=1)
    np.testing.assert_array_equal(found.values, every[0, 1])
    assert found.edges is opened.edges


def test_that_memory_is_that_of_the_last_layer_whichever_was_chosen():
    opened = trace()
    found = quantity_units(opened, shown="memory", layer=0, direction=1)
    np.testing.assert_array_equal(found.values, opened.memory[1])
    label = quantity_map(opened, shown="memory", layer=0, direction=1, units=(3,)).label
    assert label == "Memory: unit 3, layer 2, upwards"


def test_that_all_units_of_a_gate_are_its_mean_and_of_a_state_its_size():
    opened = trace()
    gate = quantity_map(opened, shown="f", layer=1, direction=0, units=())
    np.testing.assert_allclose(gate.values, opened.gates["f"][1, 0].mean(axis=1), rtol=1e-6)
    cell = quantity_map(opened, shown="c", layer=1, direction=0, units=())
    size = np.sqrt((opened.c[1, 0].astype(float) ** 2).mean(axis=1))
    np.testing.assert_allclose(cell.values, size, rtol=1e-6)
    assert (cell.limits, cell.signed) == ((0.0, 3.0), False)


def test_that_chosen_units_are_their_mean():
    opened = trace()
    found = quantity_map(opened, shown="c", layer=0, direction=0, units=(1, 4))
    np.testing.assert_allclose(found.values, opened.c[0, 0][:, [1, 4]].mean(axis=1), rtol=1e-6)
    assert found.label == "Cell state: mean of units 1, 4, layer 1, downwards"


def test_that_what_the_cell_has_not_is_not_shown():
    with pytest.raises(KeyError):
        quantity_map(trace("gru"), shown="f", layer=0, direction=0, units=())


def test_that_surprise_is_a_percentile_of_model_rows():
    surprise = Surprise(np.ones(9), np.linspace(1, 99, 9), np.linspace(0, 90, 10), 1.0, 40.0)
    found, units = surprise_map(surprise), surprise_units(surprise)
    assert (found.limits, found.unit, found.signed) == ((0.0, 100.0), "percentile", False)
    assert units.values.shape == (9, 1)
    np.testing.assert_array_equal(found.edges, surprise.edges)


# ---------------------------------------------------------------------- orders of units
def test_that_units_of_one_kind_stand_side_by_side():
    rng = np.random.default_rng(1)
    kinds = np.array([0, 1, 2, 0, 1, 2, 0, 1, 2, 0])
    courses = rng.normal(size=(40, 3)).cumsum(axis=0)
    matrix = courses[:, kinds] * rng.uniform(0.5, 2, 10) + rng.normal(size=(40, 10)) * 0.05
    order = similarity_order(matrix.astype(np.float32))
    assert sorted(order) == list(range(10))
    changes = np.count_nonzero(np.diff(kinds[order]))
    assert changes == 2


def test_that_units_that_do_not_move_and_no_numbers_have_a_place():
    matrix = np.random.default_rng(2).normal(size=(20, 8)).astype(np.float32)
    matrix[:, 3] = 0.7
    matrix[4, 5] = np.nan
    assert sorted(similarity_order(matrix)) == list(range(8))


@pytest.mark.parametrize("count", [1, 2])
def test_that_few_units_need_no_order(count):
    assert list(similarity_order(np.zeros((5, count), np.float32))) == list(range(count))


def test_that_units_stand_by_how_far_they_moved_the_answer():
    assert list(influence_order(np.array([0.1, -2.0, 0.5, 0.0]))) == [1, 2, 0, 3]


def test_that_contributions_of_a_linear_read_out_sum_to_its_change():
    rng = np.random.default_rng(5)
    states, mean = rng.normal(size=(2, STEPS, UNITS)).astype(np.float32)
    weights = rng.normal(size=UNITS).astype(np.float32)
    slopes = np.broadcast_to(weights / STEPS, (STEPS, UNITS))
    found = unit_contributions(slopes, states, mean)
    change = weights @ (states.mean(axis=0) - mean.mean(axis=0))
    assert found.sum() == pytest.approx(change, rel=1e-4)
    assert found[2] == pytest.approx(
        weights[2] * (states[:, 2].mean() - mean[:, 2].mean()), rel=1e-3
    )
