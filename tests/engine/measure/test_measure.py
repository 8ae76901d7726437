import numpy as np
import pytest

from engine.calibration import softmax
from engine.measure import area_under_curve, choose_threshold, performance, share, untold


@pytest.fixture
def scored():
    rng = np.random.default_rng(0)
    present = rng.random(300) < 0.6
    scores = np.clip(rng.normal(0.35 + 0.3 * present, 0.15), 0, 1)
    return present, scores


def test_that_a_perfect_order_has_an_area_of_one():
    present = np.array([False, False, True, True])
    figure = area_under_curve(present, np.array([0.1, 0.2, 0.8, 0.9]))
    assert (figure.value, figure.high) == (1, 1)


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
    assert str(share(np.ones(1, dtype=bool))) == "1.000 (0.025–1.000), 1 film"
    assert str(untold(0.15, 7)) == "0.150 (too few to tell), 7 films"
    assert untold(0.15, 7).whole_percent() == "15 % (too few to tell)"
    assert share(np.ones(0, dtype=bool)).words() == "not measured"
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
