"""A test as numbers: calibration error and slope, and what may be called calibrated."""

import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from engine.bundle import calibration_holds, read_metadata, read_test
from engine.measure import calibration_figures, resampling
from engine.training import film_test
from engine.types import Figure, FilmTest


def drawn_answers(count=2000, *, steep=1.0, shift=0.0, seed=0):
    """Log-odds whose truth has the slope `steep`; and the truth."""
    rng = np.random.default_rng(seed)
    odds = 1.5 * rng.normal(size=count)
    true = rng.random(count) < 1 / (1 + np.exp(-(steep * odds + shift)))
    return odds, true


def figures(odds, true, *, balanced=False, patients=None):
    drawn = resampling(true.astype(np.int64), patients, draws=300)
    return calibration_figures(odds, true, drawn, balanced=balanced)


@pytest.mark.parametrize("steep", [0.5, 1.0, 2.0])
def test_that_the_slope_is_that_of_the_truth(steep):
    _, slope = figures(*drawn_answers(steep=steep))
    assert slope.low < slope.value < slope.high
    assert slope.value == pytest.approx(steep, rel=0.15)
    assert slope.high - slope.low < 0.6 * steep


def test_that_the_slope_is_the_maximum_of_the_likelihood_of_an_independent_program():
    from sklearn.linear_model import LogisticRegression

    odds, true = drawn_answers(400, steep=0.7)
    known = LogisticRegression(C=1e9, tol=1e-10).fit(odds[:, None], true)
    _, slope = figures(odds, true)
    assert slope.value == pytest.approx(float(known.coef_[0, 0]), rel=1e-4)


def test_that_the_error_of_true_answers_is_small_and_of_shifted_ones_is_not():
    assert figures(*drawn_answers())[0].value < 0.04
    off, _ = figures(*drawn_answers(shift=1.0))
    assert 0.1 < off.low < off.value < off.high < 0.25


def test_that_both_classes_weigh_the_same_where_the_model_means_it_so():
    """Answers for films of which half show the finding, on films of which a tenth does."""
    odds, true = drawn_answers(20_000)
    rare = np.flatnonzero(~true | (np.arange(len(true)) % 9 == 0))
    even, _ = figures(odds[rare], true[rare], balanced=True)
    plain, _ = figures(odds[rare], true[rare])
    assert even.value < 0.04
    assert plain.value > 0.2


def test_that_classes_told_apart_without_an_error_have_no_slope():
    odds = np.r_[np.linspace(-9, -4, 50), np.linspace(4, 9, 50)]
    error, slope = figures(odds, odds > 0)
    assert slope is None
    assert error.high < 0.05


def test_that_films_of_one_patient_say_less_than_films_of_many():
    odds, true = drawn_answers(600)
    same = np.repeat(np.arange(60), 10)[np.argsort(np.argsort(odds))].astype(str)
    wide, narrow = (figures(odds, true, patients=who)[0] for who in (same, None))
    assert wide.high - wide.low > narrow.high - narrow.low


def measured(logits, labels, **changes):
    known = {
        "name": "test",
        "source": "films, split “test”",
        "date": "2026-11-29",
        "known_patients": True,
        "positive": 1,
        "threshold": 0.5,
        "balanced": False,
    }
    patients = np.array([f"p{n // 2}" for n in range(len(labels))])
    return film_test(logits, labels, patients, **(known | changes))


def test_that_a_finding_has_all_figures_at_the_threshold_of_the_bundle():
    odds, true = drawn_answers(500)
    logits = np.stack((np.zeros(500), odds), axis=1)
    found = measured(logits, true.astype(np.int64), threshold=0.7)
    called = odds >= np.log(0.7 / 0.3)
    assert found.sensitivity.value == pytest.approx(called[true].mean())
    assert found.specificity.value == pytest.approx((~called)[~true].mean())
    assert found.accuracy.value == pytest.approx((called == true).mean())
    assert (found.films, found.patients, found.positive) == (500, 250, int(true.sum()))
    assert 0.5 < found.auc.low < found.auc.value < found.auc.high
    assert {found.auc.level, found.sensitivity.level} == {0.95}


def test_that_patients_that_nobody_named_are_not_counted():
    odds, true = drawn_answers(100)
    logits = np.stack((np.zeros(100), odds), axis=1)
    assert measured(logits, true.astype(np.int64), known_patients=False).patients is None


def test_that_of_many_classes_it_is_the_answer_that_is_held_against_the_truth():
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 4, 400)
    logits = 2 * rng.normal(size=(400, 4)) + 3 * np.eye(4)[labels]
    found = measured(logits, labels, positive=None, threshold=None)
    assert found.accuracy.value == pytest.approx((logits.argmax(1) == labels).mean())
    assert (found.auc, found.sensitivity, found.positive) == (None, None, None)
    assert found.calibration_slope is not None


@pytest.mark.parametrize(("truth", "known"), [(1, "sensitivity"), (0, "specificity")])
def test_that_films_of_one_class_alone_have_the_share_that_they_say_something_of(truth, known):
    logits = np.random.default_rng(0).normal(size=(40, 2))
    found = measured(logits, np.full(40, truth))
    other = {"sensitivity": "specificity", "specificity": "sensitivity"}[known]
    right = (logits.argmax(axis=1) == truth).mean()
    assert getattr(found, known).value == pytest.approx(right) == found.accuracy.value
    assert (found.auc, getattr(found, other), found.calibration_slope) == (None, None, None)
    assert found.calibration_error is not None


def test_that_three_classes_of_which_one_has_no_films_are_measured():
    labels = np.arange(60) % 2
    found = measured(3.0 * np.eye(3)[labels], labels, positive=None, threshold=None)
    assert found.accuracy.value == 1
    assert found.accuracy.low < 1


def test_that_few_patients_do_not_make_a_model_calibrated(info):
    odds = np.r_[np.full(6, -4.0), np.full(6, 4.0)]
    found = measured(np.stack((np.zeros(12), odds), axis=1), (odds > 0).astype(np.int64))
    assert not found.calibration_error.told
    assert "too few to tell" in str(found.calibration_error)
    assert calibration_holds(replace(info, tests=(found,))) is False


def test_that_a_test_of_few_films_comes_back_from_metadata():
    odds = np.array([-1.0, -0.5, 2.0])
    found = measured(np.stack((np.zeros(3), odds), axis=1), np.array([0, 0, 1]))
    assert not found.auc.told
    values = json.loads(json.dumps(asdict(found)))
    assert read_test(values, "here") == found


def figure(value, low, high):
    return Figure(value, low, high, 600)


@pytest.fixture
def info(tiny_bundle):
    return read_metadata(tiny_bundle)


GOOD_ERROR, GOOD_SLOPE = figure(0.02, 0.015, 0.04), figure(0.97, 0.85, 1.12)


@pytest.mark.parametrize(
    ("error", "slope", "holds"),
    [
        (GOOD_ERROR, GOOD_SLOPE, True),
        (GOOD_ERROR, None, True),
        (GOOD_ERROR, figure(0.8, 0.7, 0.9), False),
        (GOOD_ERROR, figure(1.4, 1.1, 1.8), False),
        (figure(0.04, 0.02, 0.06), GOOD_SLOPE, False),
        (None, None, None),
    ],
)
def test_that_calibrated_is_said_only_where_the_chief_test_supports_it(info, error, slope, holds):
    chief = FilmTest("test", "films", 600, None, 300, "2026-11-29")
    chief = replace(chief, calibration_error=error, calibration_slope=slope)
    other = replace(chief, name="other", calibration_error=figure(0.3, 0.2, 0.4))
    assert calibration_holds(replace(info, tests=(chief, other))) is holds


def test_that_a_model_that_was_never_tested_is_neither_calibrated_nor_not(info):
    assert calibration_holds(replace(info, tests=())) is None


def test_that_a_level_belongs_to_an_interval_and_not_to_a_sentence(info):
    from engine.calibration import probability_interval
    from engine.measure import choose_threshold

    odds, true = drawn_answers(100)
    found = choose_threshold(true, 1 / (1 + np.exp(-odds)), chosen_on="films")
    assert found.sensitivity_interval.level == found.specificity_interval.level == 0.95
    assert probability_interval(odds, true, 0.3).level is None


def test_that_shipped_models_say_what_their_official_tests_gave():
    names = "chest-pneumonia", "digits", "phantom-opacity"
    chest, digits, phantoms = map(read_metadata, names)
    assert (chest.tests[0].name, chest.tests[0].films) == ("test", 624)
    assert chest.tests[0].specificity.value == pytest.approx(0.842, abs=0.001)
    assert (digits.tests[0].films, phantoms.tests[0].films) == (10_000, 500)
    assert calibration_holds(chest) is False
