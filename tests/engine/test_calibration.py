import subprocess
import sys

import numpy as np
import pytest
from sklearn.isotonic import IsotonicRegression

from engine.calibration import (
    CalibrationFilms,
    conformal_set,
    fit_temperature,
    isotonic_fit,
    log_odds,
    merged,
    p_values,
    probability_interval,
    softmax,
)
from engine.types import Interval


def films(count, classes=2, seed=0, spread=1.5):
    """Logits whose softmax is the true probability, and labels drawn from it."""
    rng = np.random.default_rng(seed)
    logits = spread * rng.standard_normal((count, classes))
    chances = softmax(logits).cumsum(axis=1)
    labels = (rng.random((count, 1)) > chances).sum(axis=1)
    return logits, np.minimum(labels, classes - 1).astype(np.int64)


def known(count=400, classes=2, seed=0):
    logits, labels = films(count, classes, seed)
    return CalibrationFilms(logits.astype(np.float32), labels)


@pytest.mark.parametrize("seed", range(5))
def test_that_the_isotonic_fit_is_that_of_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    values, weights = rng.random(60), rng.integers(1, 9, 60).astype(float)
    oracle = IsotonicRegression().fit_transform(np.arange(60), values, sample_weight=weights)
    np.testing.assert_allclose(isotonic_fit(values, weights), oracle, atol=1e-12)


def test_that_a_fit_of_values_in_order_changes_nothing():
    values = np.array([0.1, 0.2, 0.2, 0.9])
    np.testing.assert_allclose(isotonic_fit(values, np.ones(4)), values)


def test_that_a_fit_of_falling_values_is_their_mean():
    np.testing.assert_allclose(isotonic_fit(np.array([3.0, 2.0, 1.0]), np.ones(3)), 2.0)


def oracle_interval(scores, present, score):
    """Venn–Abers as its definition says it, with scikit-learn's isotonic regression."""
    ends = []
    for assumed in (0, 1):
        x, y = np.append(scores, score), np.append(present, assumed)
        ends.append(IsotonicRegression().fit(x, y).predict([score])[0])
    return ends


@pytest.mark.parametrize("score", [-9.0, -0.5, 0.0, 0.3, 9.0])
def test_that_the_interval_is_that_of_two_isotonic_regressions(score):
    rng = np.random.default_rng(1)
    scores = np.round(rng.standard_normal(80), 1)  # with ties, 0.0 and 0.3 among them
    present = rng.random(80) < 1 / (1 + np.exp(-scores))
    found = probability_interval(scores, present, score)
    assert [found.low, found.high] == pytest.approx(oracle_interval(scores, present, score))


def test_that_a_balanced_interval_does_not_depend_on_how_many_films_show_the_class():
    """Seven copies of every film that shows it change nothing but the film's own weight."""
    rng = np.random.default_rng(4)
    scores = rng.standard_normal(3000)
    present = rng.random(3000) < 1 / (1 + np.exp(-scores))
    more = np.append(np.arange(3000), np.repeat(np.flatnonzero(present), 6))
    one = probability_interval(scores, present, 0.3, balanced=True)
    two = probability_interval(scores[more], present[more], 0.3, balanced=True)
    plain = probability_interval(scores[more], present[more], 0.3)
    assert (two.low, two.high) == (
        pytest.approx(one.low, abs=0.03),
        pytest.approx(one.high, abs=0.03),
    )
    assert plain.low > one.high + 0.1


def test_that_a_balanced_interval_without_one_class_is_the_plain_one():
    scores, present = np.arange(5.0), np.ones(5, bool)
    assert probability_interval(scores, present, 2.5, balanced=True) == probability_interval(
        scores, present, 2.5
    )


def test_that_the_interval_does_not_depend_on_the_order_of_the_films():
    rng = np.random.default_rng(2)
    scores, present = rng.standard_normal(50), rng.random(50) < 0.5
    order = rng.permutation(50)
    assert probability_interval(scores, present, 0.2) == probability_interval(
        scores[order], present[order], 0.2
    )


def test_that_more_films_make_a_narrower_interval():
    widths = []
    for count in (50, 5000):
        logits, labels = films(count)
        found = probability_interval(log_odds(logits, 1), labels == 1, 0.1)
        widths.append(found.high - found.low)
    assert widths[1] < widths[0] / 2


def test_that_a_single_film_leaves_everything_open():
    found = probability_interval(np.array([0.0]), np.array([True]), -1.0)
    assert (found.low, found.high) == (0.0, 1.0)


def test_that_the_merged_probability_lies_in_the_interval():
    assert merged(Interval(0.2, 0.3)) == pytest.approx(0.3 / 1.1)


def test_that_sets_cover_each_class_as_often_as_was_aimed():
    calibration, (logits, labels) = known(1000), films(1500, seed=9)
    held = np.array(
        [
            y in conformal_set(calibration, z, level=0.9)
            for z, y in zip(logits, labels, strict=True)
        ]
    )
    for k in (0, 1):
        assert held[labels == k].mean() == pytest.approx(0.9, abs=0.04)


def test_that_a_rare_class_is_covered_as_well_as_a_frequent_one():
    logits, labels = films(6000, seed=3)
    kept = (labels == 0) | (np.arange(6000) % 10 == 0)  # a tenth of class 1
    logits, labels = logits[kept], labels[kept]
    calibration = CalibrationFilms(logits[::2].astype(np.float32), labels[::2])
    rest, truth = logits[1::2], labels[1::2]
    held = [1 in conformal_set(calibration, z, level=0.9) for z in rest[truth == 1]]
    assert np.mean(held) == pytest.approx(0.9, abs=0.06)


def test_that_a_class_without_calibration_films_is_never_excluded():
    logits, _ = films(30, 3)
    calibration = CalibrationFilms(logits.astype(np.float32), np.zeros(30, np.int64))
    assert p_values(calibration, np.array([9.0, -9.0, -9.0]))[1:].tolist() == [1.0, 1.0]


def test_that_a_film_unlike_every_class_has_an_empty_set():
    logits = np.array([[9.0, -9.0], [-9.0, 9.0]] * 50, np.float32)
    calibration = CalibrationFilms(logits, np.array([0, 1] * 50))
    assert conformal_set(calibration, np.array([0.0, 0.0]), level=0.95) == ()


def test_that_a_higher_level_never_excludes_more():
    calibration = known(200, 4)
    logits = np.array([2.0, 0.0, -1.0, 0.5])
    sets = [set(conformal_set(calibration, logits, level=level)) for level in (0.5, 0.8, 0.99)]
    assert sets[0] <= sets[1] <= sets[2]


@pytest.mark.parametrize("factor", [0.25, 1.0, 4.0])
def test_that_the_temperature_undoes_a_wrong_scale(factor):
    logits, labels = films(4000, 5)
    assert fit_temperature(factor * logits, labels) == pytest.approx(factor, rel=0.08)


def test_that_a_set_without_errors_does_not_make_every_answer_certain():
    logits = np.eye(3)[np.arange(30) % 3] * 4.0
    temperature = fit_temperature(logits, np.arange(30) % 3)
    assert softmax(logits / temperature).max() < 0.99


def test_that_log_odds_are_those_of_the_softmax():
    logits, _ = films(20, 4)
    chance = softmax(logits)[:, 2]
    np.testing.assert_allclose(log_odds(logits, 2), np.log(chance / (1 - chance)))


def test_that_calibration_loads_no_masked_arrays_and_no_torch():
    code = (
        "import sys, numpy as np; from engine.calibration import *;"
        "probability_interval(np.arange(9.0), np.arange(9) > 4, 3.5);"
        "films = CalibrationFilms(np.eye(2, dtype='f'), np.arange(2));"
        "conformal_set(films, np.zeros(2), level=0.9);"
        "heavy = {'torch', 'numpy.ma', 'sklearn'} & set(sys.modules); assert not heavy, heavy"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_that_fitting_a_temperature_leaves_the_logits_alone():
    logits, labels = films(50, 3)
    before = logits.copy()
    fit_temperature(logits, labels)
    np.testing.assert_array_equal(logits, before)
