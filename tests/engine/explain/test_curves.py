import numpy as np
import pytest
from scipy.stats import spearmanr, t

from engine.explain import (
    edge_strengths,
    map_similarity,
    mean,
    pointing,
    rank_correlation,
    ratio,
    shares,
)
from engine.explain.curves import _student
from engine.types import Figure


def rng():
    return np.random.default_rng(0)


def test_that_rank_correlation_sees_order_only():
    values = np.array([3.0, 1.0, 2.0, 9.0])
    assert rank_correlation(values, np.exp(values)) == pytest.approx(1)
    assert rank_correlation(values, -values) == pytest.approx(-1)
    assert rank_correlation(values, np.ones(4)) == 0


def test_that_ties_share_their_ranks():
    left, right = rng().integers(0, 4, 30) / 1.0, rng().normal(size=30)
    assert rank_correlation(left, right) == pytest.approx(spearmanr(left, right).statistic)


def test_that_the_interval_of_a_mean_is_that_of_large_samples():
    values = rng().normal(5, 2, 400)
    figure = mean(values, rng())
    half = 1.96 * values.std() / 20
    assert figure.value == pytest.approx(values.mean())
    assert (figure.low, figure.high) == pytest.approx(
        (figure.value - half, figure.value + half), abs=0.03
    )
    assert figure.films == 400


def test_that_a_ratio_resamples_both_sides_together():
    below = rng().random(50) + 0.1
    figure = ratio(3 * below, below, rng())
    assert (figure.value, figure.low, figure.high) == pytest.approx((3, 3, 3))


def test_that_an_area_of_nothing_gives_no_endless_factor():
    figure = ratio(np.full(5, 0.5), np.zeros(5), rng())
    assert figure.value == pytest.approx(500)


def test_that_equal_maps_are_explained_by_position_and_by_each_other():
    maps = np.tile(rng().normal(size=12), (9, 1))
    found = shares(maps, np.arange(12.0), rng())
    assert found.position.value == pytest.approx(1)
    assert found.mean_map.value == pytest.approx(1)


def test_that_independent_maps_are_hardly_explained_by_position():
    found = shares(rng().normal(size=(200, 12)), np.arange(12.0), rng())
    assert found.position.value < 0.02
    assert found.mean_map.value < 0.2  # r² of twelve independent numbers: 1/11


def test_that_maps_like_the_mean_film_are_explained_by_it():
    profile = rng().random(12)
    maps = profile * rng().uniform(1, 3, (20, 1)) * rng().choice([-1, 1], (20, 1))
    assert shares(maps, profile, rng()).mean_film.value == pytest.approx(1)


def test_that_a_map_with_nothing_in_it_is_not_explained():
    found = shares(np.zeros((5, 4)), np.arange(4.0), rng())
    assert (found.position.value, found.mean_map.value, found.mean_film.value) == (0, 0, 0)


def test_that_opposite_maps_are_as_like_as_equal_ones():
    maps = rng().normal(size=(10, 12))
    assert map_similarity(maps, [maps, -maps], rng()).value == pytest.approx(1)
    others = [np.random.default_rng(n).normal(size=(10, 12)) for n in (1, 2, 3)]
    assert map_similarity(maps, others, rng()).value < 0.2


def test_that_an_edge_detector_sees_the_rows_with_edges():
    rows = np.zeros((1, 8, 6))
    rows[0, 4, 2:] = 1
    edges = edge_strengths(rows, 4)
    assert edges.argmax() == 2
    assert edges[0, 0] == 0


def test_that_chance_is_the_share_of_steps_that_touch_the_finding():
    found = pointing(np.eye(4), np.full(4, 0.3), np.full(4, 0.6), rng=rng())
    assert found.chance.value == pytest.approx(0.5)
    assert found.hits.value == pytest.approx(0.5)


def test_that_figures_read_as_words():
    assert str(Figure(-0.02, -0.1, 0.031, 59)) == "−0.02 (−0.10–0.03), 59 films"
    assert str(Figure(-0.001, -0.004, 0.001, 2)) == "0.00 (0.00–0.00), 2 films"
    assert str(Figure(1, 1, 1, 1)).endswith("1 film")


def test_that_films_of_an_audit_may_be_too_few_to_tell():
    figure = mean(np.full(9, 0.4), rng())
    assert not figure.told
    assert str(figure) == "0.40 (too few to tell), 9 films"


def test_that_means_of_ten_films_hold_the_truth_as_often_as_promised():
    drawn, held = rng(), 0
    for _ in range(400):
        figure = mean(drawn.normal(0.3, 0.1, 10), drawn)
        held += figure.low <= 0.3 <= figure.high
    assert held / 400 >= 0.92


def test_that_the_correction_for_few_films_is_students():
    for films in (10, 20, 49):
        assert _student(films - 1) == pytest.approx(t.ppf(0.975, films - 1), abs=1e-3)
