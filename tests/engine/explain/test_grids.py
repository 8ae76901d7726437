"""Influence over rows and columns: complete, its margins known, and what it points at."""

import math

import numpy as np
import pytest
import torch

from engine import explain
from engine.network import build_network, describe_network
from engine.types import GridInfluence
from tests.engine.explained import (
    build,
    column_influence,
    film,
    influence,
    odds,
    of_worth,
    spliced,
)

BASE = film(6)


def grid(network, rows=None, **words):
    rows = film() if rows is None else rows
    known = {"baseline": BASE.numpy(), "target": 1}
    return explain.grid_influence(network, rows.numpy(), **(known | words))


def of_values(values, **words):
    """A map with cells of ten stored rows and twenty stored columns."""
    values = np.asarray(values, np.float32)
    rows, columns = (10.0 * np.arange(values.shape[0] + 1), 20.0 * np.arange(values.shape[1] + 1))
    return GridInfluence(values, rows, columns, 1, 0.0, 0.0, 0.0, **words)


def test_that_cells_sum_to_the_difference_of_the_log_odds():
    whole, empty = odds(build(), torch.stack((film(), BASE)), 1).tolist()
    found = grid(build(), cells=(3, 2))
    assert found.values.shape == (3, 2)
    assert abs(whole - empty) > 0.5
    assert found.values.sum() + found.residual == pytest.approx(whole - empty, abs=1e-5)
    assert abs(found.residual) < 0.01 * abs(whole - empty)


def test_that_the_margins_are_the_influence_of_rows_and_of_columns():
    found = grid(build())
    rows = influence(build(), film(), baseline=BASE, target=1)
    columns = column_influence(build(), film(), baseline=BASE, target=1, first=0, last=5)
    bound = of_worth(build(), film(), BASE, 1)
    np.testing.assert_allclose(found.values.sum(axis=1), rows.values, atol=bound)
    by_column = columns.values.reshape(found.values.shape[1], -1).sum(axis=1)
    np.testing.assert_allclose(found.values.sum(axis=0), by_column, atol=bound)
    assert np.abs(found.values).max() > 100 * bound


def test_that_a_coarser_map_is_the_sum_of_the_finer_one():
    fine, coarse = grid(build(), cells=(10, 4)), grid(build(), cells=(5, 2))
    summed = fine.values.reshape(5, 2, 2, 2).sum(axis=(1, 3))
    np.testing.assert_allclose(coarse.values, summed, atol=1e-5)
    assert list(fine.row_edges) == list(range(11))


def test_that_occlusion_asks_what_is_lost_without_a_cell():
    network = build()
    found = grid(network, cells=(5, 2), method="occlusion")
    kept = np.ones((10, 4), dtype=bool)
    kept[2:4, 2:] = False
    whole, without = odds(network, torch.stack((film(), spliced(film(), BASE, kept))), 1).tolist()
    bound = of_worth(network, film(), BASE, 1)
    assert found.values[1, 1] == pytest.approx(whole - without, abs=bound)
    assert abs(whole - without) > 10 * bound


def test_that_cells_lie_where_the_film_was_stored():
    edges = (np.linspace(100.0, 300.0, 11), np.linspace(7.0, 47.0, 5))
    found = grid(build(), cells=(3, 2), edges=edges)
    assert found.row_edges.tolist() == [100.0, 160.0, 240.0, 300.0]
    assert found.column_edges.tolist() == [7.0, 27.0, 47.0]


def test_that_a_grid_network_is_explained_like_any_other():
    torch.manual_seed(3)
    options = {"hidden_size": 3, "layers": 1, "patch_rows": 2}
    config = describe_network("grid", 10, columns=4, classes=3, options=options)
    network = build_network(config).eval().requires_grad_(requires_grad=False)
    network.head.weight.data.mul_(40)
    whole, empty = odds(network, torch.stack((film(), BASE)), 1).tolist()
    found = grid(network)
    assert found.values.shape == (5, 2)
    assert abs(whole - empty) > 0.3
    assert found.values.sum() == pytest.approx(whole - empty, rel=0.02)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"cells": (11, 4)}, "11 × 4 cells do not fit 10 × 4"),
        ({"cells": (0, 4)}, "0 × 4 cells do not fit"),
        ({"method": "shapley"}, "not by shapley"),
        ({"target": 3}, "no class 3"),
    ],
)
def test_that_a_map_that_cannot_be_measured_is_refused(words, said):
    with pytest.raises(ValueError, match=said):
        grid(build(), **words)


def test_that_a_map_points_at_its_strongest_places_first():
    values = np.zeros((8, 8))
    values[1:3, 1:3], values[5:7, 5:7], values[0, 7] = 1.0, 2.0, -9.0
    first, second = explain.pointed_at(of_values(values), "opacity", share=0.4, blur=0.5)
    assert first.box == (100.0, 50.0, 140.0, 70.0)
    assert second.box == (20.0, 10.0, 60.0, 30.0)
    assert all(one.weak and math.isnan(one.probability) for one in (first, second))
    assert first.outlines == ()


def test_that_a_map_that_speaks_against_the_class_points_at_nothing():
    assert explain.pointed_at(of_values(-np.ones((4, 4))), "opacity") == ()
