import numpy as np
import pytest
import torch

from engine.metadata import NetworkConfig
from engine.network import RowClassifier
from engine.training.audit import audit, influences, peaks_inside, rank_correlation
from engine.training.measure import (
    area_under_curve,
    choose_threshold,
    performance,
    share,
    softmax,
)


@pytest.fixture
def scored():
    rng = np.random.default_rng(0)
    present = rng.random(300) < 0.6
    scores = np.clip(rng.normal(0.35 + 0.3 * present, 0.15), 0, 1)
    return present, scores


def test_that_a_perfect_order_has_an_area_of_one():
    present = np.array([False, False, True, True])
    figure = area_under_curve(present, np.array([0.1, 0.2, 0.8, 0.9]))
    assert (figure.value, figure.low, figure.high) == (1, 1, 1)


def test_that_the_interval_holds_the_area(scored):
    figure = area_under_curve(*scored)
    assert figure.low < figure.value < figure.high


def test_that_the_wilson_interval_is_that_of_the_textbook():
    figure = share(np.array([True] * 81 + [False] * 182))  # Wilson 1927: 81 of 263
    assert (figure.low, figure.high) == pytest.approx((0.2553, 0.3662), abs=5e-4)


def test_that_a_share_of_all_films_has_an_interval_below_one():
    figure = share(np.ones(20, dtype=bool))
    assert figure.high == 1
    assert 0.8 < figure.low < 1


def test_that_figures_read_as_words():
    assert str(share(np.ones(1, dtype=bool))).endswith("1 film")
    assert str(share(np.ones(624, dtype=bool))) == "1.000 (0.994–1.000), 624 films"


def test_that_the_threshold_separates_what_can_be_separated():
    present = np.array([False, False, True, True])
    chosen = choose_threshold(present, np.array([0.1, 0.3, 0.7, 0.9]), chosen_on="four films")
    assert chosen.value == pytest.approx(0.5)
    assert (chosen.sensitivity, chosen.specificity) == (1, 1)


def test_that_a_wanted_sensitivity_is_reached(scored):
    chosen = choose_threshold(*scored, sensitivity=0.95, chosen_on="films")
    assert chosen.sensitivity >= 0.95


def test_that_a_threshold_measures_the_same_again(scored):
    chosen = choose_threshold(*scored, chosen_on="films")
    again = performance(*scored, chosen.value)
    assert again.sensitivity.value == pytest.approx(chosen.sensitivity)
    assert again.specificity.value == pytest.approx(chosen.specificity)


def test_that_probabilities_sum_to_one():
    np.testing.assert_allclose(softmax(np.array([[1000.0, 0.0], [1.0, 2.0]])).sum(axis=1), 1)


@pytest.fixture
def network():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return RowClassifier(NetworkConfig(8, 6, 2, hidden_size=5, band=2, readout="mean")).eval()


def test_that_influences_are_by_step(network):
    rows = np.random.default_rng(0).random((40, 8, 6)).astype(np.float16)
    mean = rows.mean(axis=0, dtype=np.float32)
    maps = influences(network, rows, baseline=mean, targets=np.ones(40, dtype=np.int64))
    assert maps.shape == (40, 4)


def test_that_deletion_in_the_order_of_the_map_beats_random_order(network):
    with torch.no_grad():
        network.head.weight.mul_(20)
    rows = np.random.default_rng(0).random((40, 8, 6)).astype(np.float16)
    mean = rows.mean(axis=0, dtype=np.float32)
    targets = network(torch.from_numpy(rows.astype(np.float32))).argmax(dim=1).numpy()
    measured = audit(network, rows, baseline=mean, targets=targets)
    assert measured.films > 0
    assert measured.deletion < measured.random


def test_that_rank_correlation_sees_order_only():
    values = np.array([3.0, 1.0, 2.0, 9.0])
    assert rank_correlation(values, np.exp(values)) == pytest.approx(1)
    assert rank_correlation(values, -values) == pytest.approx(-1)
    assert rank_correlation(values, np.ones(4)) == 0


def test_that_a_peak_counts_where_its_step_touches_the_finding():
    maps = np.array([[0, 1, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0]], dtype=float)
    first, last = np.array([0.4, 0.4, 0.5]), np.array([0.6, 0.6, 0.7])
    assert list(peaks_inside(maps, first, last)) == [True, False, False]
