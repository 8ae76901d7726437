from dataclasses import replace

import numpy as np
import pytest

from engine.maps import (
    by_columns,
    by_rows,
    influence_map,
    peak_order,
    state_map,
    unit_matrix,
)
from engine.sequence import resampled
from engine.types import BaselineAnswer, GridInfluence, HiddenStates, Influence, RowStatistics
from engine.words import Sentence

SHAPE = (2, 2, 5, 6)  # S, D, L, H
EDGES = np.linspace(0, 50, 6)


def random(*shape, seed=0):
    return np.random.default_rng(seed).uniform(-1, 1, shape).astype(np.float32)


@pytest.fixture
def states():
    return HiddenStates(random(*SHAPE), EDGES)


@pytest.fixture
def statistics():
    return RowStatistics(
        mean_image=random(10, 10),
        state_mean=random(*SHAPE, seed=1) / 5,
        state_std=np.abs(random(*SHAPE, seed=2)) / 5 + 0.1,
        norm_mean=np.abs(random(*SHAPE[:3], seed=3)),
        norm_std=np.abs(random(*SHAPE[:3], seed=4)) / 5 + 0.1,
        influence_limit=0.7,
        count=9,
    )


def show(states, statistics, *, units=(), quantity="deviation", layer=-1, direction=0):
    return state_map(
        states, statistics, layer=layer, direction=direction, units=units, quantity=quantity
    )


def test_that_all_units_raw_are_their_root_mean_square(states, statistics):
    found = show(states, statistics, quantity="raw", layer=0, direction=1)
    expected = np.sqrt((states.h[0, 1] ** 2).mean(axis=1))
    np.testing.assert_allclose(found.values, expected, rtol=1e-6)
    assert (found.limits, found.signed, found.unit) == ((0.0, 1.0), False, "")


def test_that_all_units_deviate_from_the_mean_of_the_same_step(states, statistics):
    found = show(states, statistics)
    size = np.sqrt((states.h[1, 0] ** 2).mean(axis=1))
    expected = (size - statistics.norm_mean[1, 0]) / statistics.norm_std[1, 0]
    np.testing.assert_allclose(found.values, expected, rtol=1e-5)
    assert (found.limits, found.signed, found.unit) == ((-3.0, 3.0), True, "σ")


def test_that_chosen_units_raw_are_their_mean(states, statistics):
    found = show(states, statistics, units=(1, 4), quantity="raw")
    np.testing.assert_allclose(found.values, states.h[1, 0][:, [1, 4]].mean(axis=1), rtol=1e-6)
    assert (found.limits, found.signed) == ((-1.0, 1.0), True)


def test_that_chosen_units_deviate_by_the_mean_of_their_deviations(states, statistics):
    found = show(states, statistics, units=(1, 4))
    z = (states.h - statistics.state_mean)[1, 0] / statistics.state_std[1, 0]
    np.testing.assert_allclose(found.values, z[:, [1, 4]].mean(axis=1), rtol=1e-5)


def test_that_a_film_like_the_training_films_deviates_by_nothing(statistics):
    states = HiddenStates(statistics.state_mean, EDGES)
    assert not show(states, statistics, units=(2,)).values.any()


def test_that_a_unit_that_never_moved_is_not_blown_up(states, statistics):
    statistics.state_std[..., 3] = 0
    values = show(states, statistics, units=(3,)).values
    assert np.isfinite(values).all()
    assert np.abs(values).max() <= 2 / 0.01


@pytest.mark.parametrize(
    ("units", "direction", "label"),
    [
        ((), 0, "State: all 6 units, layer 2, downwards"),
        ((5,), 1, "State: unit 5, layer 2, upwards"),
        ((1, 4), 0, "State: mean of units 1, 4, layer 2, downwards"),
        ((0, 1, 2, 3, 4), 0, "State: mean of 5 units, layer 2, downwards"),
    ],
)
def test_that_the_label_says_what_is_shown(states, statistics, units, direction, label):
    assert show(states, statistics, units=units, direction=direction).label == label


def test_that_a_network_with_one_direction_does_not_name_it(statistics):
    states = HiddenStates(random(1, 1, 5, 6), EDGES)
    label = show(states, statistics, quantity="raw").label
    assert label == "State: all 6 units, layer 1"


def test_that_the_map_keeps_the_edges_and_its_question(states, statistics):
    found = show(states, statistics)
    assert (found.edges is EDGES, found.question) == (True, "state")


def test_that_the_unit_matrix_holds_every_unit(states, statistics):
    matrix = unit_matrix(states, statistics, layer=-1, direction=1, quantity="deviation")
    z = (states.h - statistics.state_mean)[1, 1] / statistics.state_std[1, 1]
    np.testing.assert_allclose(matrix, z, rtol=1e-5)
    assert matrix.dtype == np.float32


def test_that_units_are_ordered_by_where_they_peak():
    matrix = np.zeros((5, 4), np.float32)
    matrix[[3, 0, 4, 1], [0, 1, 2, 3]] = [1, -2, 3, -4]
    assert peak_order(matrix).tolist() == [1, 3, 0, 2]


@pytest.mark.parametrize(
    ("limit", "end"),
    [(0.7, 0.8), (1.0, 1.0), (1.02, 1.5), (2.3, 2.5), (9.1, 10.0), (0.031, 0.04), (0.0, 1.0)],
)
def test_that_the_influence_scale_is_rounded_up(limit, end):
    influence = Influence(random(5), EDGES, 1, 2.0, 0.5, 0.0)
    found = influence_map(influence, ("normal", "pneumonia"), limit)
    np.testing.assert_allclose(found.limits, (-end, end))


def test_that_the_influence_map_names_its_class():
    influence = Influence(random(5), EDGES, 1, 2.0, 0.5, 0.0)
    found = influence_map(influence, ("normal", "pneumonia"), 1.0)
    assert (found.label, found.unit) == ("Influence towards pneumonia", "Δ log-odds")
    assert (found.question, found.values is influence.values) == ("influence", True)


def laid_along(statistics, steps):
    names = ("state_mean", "state_std", "norm_mean", "norm_std")
    return replace(
        statistics,
        **{name: resampled(getattr(statistics, name), steps, axis=2) for name in names},
    )


@pytest.mark.parametrize("units", [(), (1, 4)])
def test_that_a_film_of_another_height_is_compared_place_by_place(statistics, units):
    states = HiddenStates(random(2, 2, 8, 6), np.linspace(0, 50, 9))
    found = show(states, statistics, units=units)
    expected = show(states, laid_along(statistics, 8), units=units)
    np.testing.assert_allclose(found.values, expected.values, rtol=1e-4, atol=1e-5)
    assert len(found.values) == 8


def test_that_a_film_of_another_height_like_the_training_films_deviates_by_nothing(statistics):
    tall = laid_along(statistics, 12)
    states = HiddenStates(tall.state_mean, np.linspace(0, 50, 13))
    matrix = unit_matrix(states, statistics, layer=0, direction=1, quantity="deviation")
    assert matrix.shape == (12, 6)
    assert not matrix.any()


def test_that_the_scale_of_cells_follows_from_that_of_rows_and_from_their_number():
    influence = crossed(np.full((4, 8), 0.1))
    assert influence_map(influence, ("no", "yes"), 2.0).limits == (-2.0, 2.0)
    assert influence_map(crossed(np.full((4, 16), 0.1)), ("no", "yes"), 2.0).limits == (-1.0, 1.0)


def test_that_a_map_over_rows_and_columns_keeps_cells_edges_and_class():
    influence = crossed(np.arange(32.0).reshape(4, 8))
    found = influence_map(influence, ("no", "yes"), 2.0)
    assert found.values.shape == (4, 8)
    assert (found.edges[-1], found.columns[-1]) == (40.0, 80.0)
    assert found.unit == "Δ log-odds per cell"
    assert str(found.label) == "Influence on yes"


def test_that_cells_against_another_baseline_are_not_cut_at_the_scale_of_the_model():
    start = BaselineAnswer("blank", Sentence("baseline.blank"))
    found = replace(crossed(np.full((4, 8), 3.0)), baseline=start)
    shown = influence_map(found, ("no", "yes"), 2.0)
    assert shown.limits == (-3.0, 3.0)
    assert shown.own_scale
    assert not influence_map(crossed(found.values), ("no", "yes"), 2.0).own_scale


def test_that_both_margins_sum_to_the_map():
    influence = crossed(np.arange(32.0).reshape(4, 8))
    rows, columns = by_rows(influence), by_columns(influence_map(influence, ("no", "yes"), 2.0))
    assert rows.values.tolist() == influence.values.sum(axis=1).tolist()
    assert columns.tolist() == influence.values.sum(axis=0).tolist()
    assert rows.edges is influence.row_edges


def crossed(values):
    rows, columns = values.shape
    edges = np.linspace(0, 10 * rows, rows + 1), np.linspace(0, 10 * columns, columns + 1)
    return GridInfluence(values.astype(np.float32), *edges, 1, 1.0, 0.0, 0.0)
