"""Influence over rows and columns of a film, as the window and a notebook ask for it."""

import pickle

import numpy as np
import pytest
from PIL import Image

import engine
from engine.errors import InferenceError
from engine.imaging import read_frame, read_image
from engine.inspection import grid_influence
from engine.maps import state_cells
from engine.preparation import prepare

VALUES = np.random.default_rng(0).integers(0, 255, (40, 30)).astype(np.uint8)


@pytest.fixture(scope="module", params=["tiny_bundle", "grid_bundle"])
def folder(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def model(folder):
    return engine.load(folder)


def test_that_the_map_lies_over_the_stored_film_and_sums_to_the_change(model):
    found = grid_influence(model, VALUES)
    assert found.values.shape == (len(found.row_edges) - 1, len(found.column_edges) - 1)
    assert (found.row_edges[0], found.row_edges[-1]) == (0, 40)
    assert (found.column_edges[0], found.column_edges[-1]) == (0, 30)
    change = found.log_odds - found.baseline_log_odds
    assert abs(change) > 1e-3
    assert found.values.sum() + found.residual == pytest.approx(change, abs=1e-5)


def test_that_the_margin_is_the_influence_by_row(model):
    rows = model.influence(VALUES, method="integrated-gradients")
    found = grid_influence(model, VALUES)
    np.testing.assert_array_equal(found.row_edges, rows.edges)
    np.testing.assert_allclose(found.values.sum(axis=1), rows.values, atol=1e-5)
    assert found.baseline.words == rows.baseline.words
    assert found.target == rows.target


def test_that_another_process_is_asked_with_a_prepared_film(model, folder, tmp_path):
    path = tmp_path / "film.png"
    Image.fromarray(VALUES).save(path)
    film = prepare(read_frame(read_image(path), 0), model.info)
    there = pickle.loads(pickle.dumps(grid_influence(str(folder), film, 1, (4, 3))))  # noqa: S301
    here = grid_influence(model, path, "pneumonia", (4, 3))
    np.testing.assert_allclose(there.values, here.values, atol=1e-6)
    np.testing.assert_allclose(there.column_edges, [0, 10, 20, 30])


def test_that_occlusion_is_the_other_way_to_measure_it(model):
    found = grid_influence(model, VALUES, cells=(2, 2), method="occlusion")
    assert (found.method, found.values.shape) == ("occlusion", (2, 2))
    assert np.abs(found.values).max() > 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"method": "shapley"}, "measured by integrated-gradients or occlusion"),
        ({"cells": (1000, 1)}, "too few for 1000 × 1 cells"),
        ({"target": "zebra"}, "“zebra” is no class"),
    ],
)
def test_that_a_map_that_the_film_cannot_have_is_refused_in_one_sentence(model, words, said):
    with pytest.raises(InferenceError, match=said):
        grid_influence(model, VALUES, **words)


def test_that_states_of_a_grid_lie_in_rows_and_columns(grid_bundle):
    model = engine.load(grid_bundle)
    states, trace = model.analyse(VALUES).states, model.trace(VALUES)
    steps, columns = states.h.shape[2], states.columns
    assert columns == trace.columns == model.info.input.columns // 2
    assert states.cells.shape == (2, 2, steps, columns, 3)
    np.testing.assert_allclose(states.column_edges, np.linspace(0, 30, columns + 1))
    np.testing.assert_array_equal(trace.column_edges, states.column_edges)
    known = {"layer": -1, "direction": 1}
    raw = state_cells(states, model.rows.statistics, **known, units=(2,), quantity="raw")
    np.testing.assert_array_equal(raw, states.cells[-1, 1, :, :, 2])
    whole = state_cells(states, model.rows.statistics, **known, units=(), quantity="raw")
    expected = np.sqrt(np.square(states.cells[-1, 1]).mean(axis=2))
    np.testing.assert_allclose(whole, expected, atol=1e-6)
    usual = state_cells(states, model.rows.statistics, **known, units=(), quantity="deviation")
    assert np.abs(usual - whole).max() > 0.1


def test_that_a_network_of_whole_rows_has_one_column_of_cells(tiny_bundle):
    states = engine.load(tiny_bundle).analyse(VALUES).states
    assert states.columns == 1
    assert states.column_edges.tolist() == [0, 30]


def test_that_a_trace_is_stored_with_its_map_of_cells(model, tmp_path):
    analysis, trace = model.analyse(VALUES), model.trace(VALUES)
    found = grid_influence(model, VALUES)
    analysis.to_npz(tmp_path / "film.npz", trace, found)
    with np.load(tmp_path / "film.npz", allow_pickle=False) as arrays:
        np.testing.assert_array_equal(arrays["influence_grid"], found.values)
        np.testing.assert_array_equal(arrays["grid_column_edges"], found.column_edges)
        assert int(arrays["columns"]) == trace.columns
        assert ("column_edges" in arrays.files) == (trace.columns > 1)
