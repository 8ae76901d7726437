from itertools import permutations

import numpy as np
import pytest
import torch
from captum.attr import IntegratedGradients, ShapleyValues

from engine.bundle import StemLayer
from tests.engine.explained import (
    build,
    column_influence,
    film,
    influence,
    odds,
    of_worth,
    spliced,
)

METHODS = ("integrated-gradients", "occlusion", "shapley")
BASE = film(6)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("stem", [(), (StemLayer(4, 1, 2), StemLayer(4, 2, 1))])
def test_that_columns_sum_to_the_influence_of_their_band(method, stem):
    network = build(12, stem=stem, band=1 if stem else 2)
    rows, baseline = film(rows=12), film(6, rows=12)
    found = column_influence(
        network, rows, baseline=baseline, target=1, first=2, last=4, method=method
    )
    assert abs(found.total) > 0.01
    assert found.values.shape == (4,)
    bound = of_worth(network, rows, baseline, 1)
    assert found.values.sum() == pytest.approx(found.total, abs=bound)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("step", [0, 2, 4])
def test_that_a_band_of_one_step_has_that_steps_influence(method, step):
    known = {"baseline": BASE, "target": 0, "method": method, "seed": 4}
    by_row = influence(build(), film(), **known)
    found = column_influence(build(), film(), first=step, last=step + 1, **known)
    bound = of_worth(build(), film(), BASE, 0)
    assert found.total == pytest.approx(float(by_row.values[step]), abs=bound)


def test_that_the_whole_film_as_a_band_has_the_whole_difference():
    for method in METHODS:
        found = column_influence(
            build(), film(), baseline=BASE, target=0, first=0, last=5, method=method
        )
        whole, empty = odds(build(), torch.stack((film(), BASE)), 0).tolist()
        assert found.total == pytest.approx(whole - empty, rel=0.01)


def test_that_occlusion_asks_what_the_whole_band_is_worth():
    network = build()
    kept = (np.arange(10) // 2 != 1)[:, None] & (np.arange(10) // 2 != 2)[:, None]
    without = odds(network, spliced(film(), BASE, kept)[None], 2)
    found = column_influence(
        network, film(), baseline=BASE, target=2, first=1, last=3, method="occlusion"
    )
    whole = odds(network, film()[None], 2)
    bound = of_worth(network, film(), BASE, 2)
    assert found.total == pytest.approx(float(whole - without), abs=bound)


def test_that_columns_of_occlusion_are_captums_shapley_values_inside_the_band():
    network = build()

    def inside(bands):
        films = film().expand(len(bands), 10, 4).clone()
        films[:, 2:6] = bands
        return odds(network, films, 2)

    columns = torch.arange(4).repeat(1, 4, 1)
    expected = ShapleyValues(inside).attribute(
        film()[None, 2:6], baselines=BASE[None, 2:6], feature_mask=columns
    )[0, 0]
    found = column_influence(
        network, film(), baseline=BASE, target=2, first=1, last=3, method="occlusion", pairs=200
    )
    bound = of_worth(network, film(), BASE, 2)
    assert (np.abs(found.values - expected.numpy()) < 4 * found.error + bound).all()


def test_that_columns_of_shapley_are_owens_values():
    network, rows, baseline = build(6, 3), film(rows=6, columns=3), film(6, rows=6, columns=3)
    exact, count = np.zeros(3), 0
    for outer in permutations(range(3)):
        for inner in permutations(range(3)):
            joined = np.zeros((6, 3), dtype=bool)
            for step in outer[: outer.index(1)]:
                joined[2 * step : 2 * step + 2] = True
            for column in inner:
                before = float(odds(network, spliced(rows, baseline, joined)[None], 0)[0])
                joined[2:4, column] = True
                after = float(odds(network, spliced(rows, baseline, joined)[None], 0)[0])
                exact[column] += after - before
            count += 1
    found = column_influence(
        network, rows, baseline=baseline, target=0, first=1, last=2, method="shapley", pairs=300
    )
    bound = of_worth(network, rows, baseline, 0)
    assert (np.abs(found.values - exact / count) < 4 * found.error + bound).all()


def test_that_columns_of_integrated_gradients_are_captums():
    network = build(stem=(StemLayer(4, 1, 2),))
    expected = (
        IntegratedGradients(lambda films: _odds_with_gradient(network, films))
        .attribute(film()[None], BASE[None], n_steps=256)[0, 4:8]
        .sum(0)
    )
    found = column_influence(network, film(), baseline=BASE, target=1, first=2, last=4)
    np.testing.assert_allclose(found.values, expected, atol=2e-3 * float(expected.abs().max()))


@pytest.mark.parametrize("method", METHODS)
def test_that_only_changed_columns_of_the_band_have_influence(method):
    rows = BASE.clone()
    rows[2:4, 1] += 0.5
    rows[8:10] += 0.5  # elsewhere
    found = column_influence(
        build(), rows, baseline=BASE, target=0, first=1, last=2, method=method
    )
    bound = of_worth(build(), rows, BASE, 0)
    assert (np.abs(found.values) > bound).tolist() == [False, True, False, False]


def test_that_columns_lie_where_their_stored_columns_are():
    edges = np.linspace(0, 200, 5)
    known = {"baseline": BASE, "target": 0, "first": 0, "last": 1}
    assert column_influence(build(), film(), **known).edges.tolist() == [0, 1, 2, 3, 4]
    found = column_influence(build(), film(), edges=edges, **known)
    assert found.edges.tolist() == [0, 50, 100, 150, 200]


def test_that_the_same_seed_gives_the_same_columns():
    known = {"baseline": BASE, "target": 0, "first": 1, "last": 3, "method": "shapley", "pairs": 2}
    first, again, other = (
        column_influence(build(), film(), seed=seed, **known).values for seed in (1, 1, 2)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize(("first", "last"), [(-1, 2), (2, 2), (3, 2), (4, 6)])
def test_that_a_band_outside_the_film_is_refused(first, last):
    with pytest.raises(ValueError, match="no band of 5 steps"):
        column_influence(build(), film(), baseline=BASE, target=0, first=first, last=last)


def _odds_with_gradient(network, films):
    from engine.network import log_odds

    return log_odds(network(films), torch.tensor([1]).expand(len(films)))
