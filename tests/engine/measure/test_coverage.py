import numpy as np
import pytest

from engine.calibration import CalibrationFilms, softmax
from engine.measure import (
    CoverageBin,
    Trial,
    calibration_error,
    choose_threshold,
    crossed,
    interval_calibration,
    set_coverage,
    share,
)


def films(count, seed, sharper=1.0):
    """Logits and labels drawn from their softmax; the logits are then made sharper."""
    rng = np.random.default_rng(seed)
    logits = 1.5 * rng.standard_normal((count, 2))
    labels = (rng.random(count) < softmax(logits)[:, 1]).astype(np.int64)
    return sharper * logits, labels


def calibration(count=800, sharper=1.0):
    logits, labels = films(count, 0, sharper)
    return CalibrationFilms(logits.astype(np.float32), labels)


def test_that_coverage_is_told_class_by_class_with_intervals():
    logits, labels = films(600, 1)
    found = set_coverage([Trial(calibration(), logits, labels)], level=0.9)
    assert [figure.count for figure in found.per_class] == np.bincount(labels).tolist()
    assert all(figure.low < 0.9 < figure.high for figure in found.per_class)


def test_that_the_mean_size_counts_classes():
    logits, labels = films(200, 2)
    found = set_coverage([Trial(calibration(), logits, labels)], level=0.9)
    both = 1 - found.single.value - found.empty.value
    assert found.mean_size == pytest.approx(found.single.value + 2 * both)


def test_that_films_of_another_kind_are_covered_less_often():
    """The promise is for films like the calibration films; this is how it is seen to break."""
    logits, labels = films(600, 3)
    found = set_coverage([Trial(calibration(), -logits, labels)], level=0.9)
    assert found.overall.high < 0.8


def test_that_intervals_mend_a_network_that_is_too_sure():
    logits, labels = films(600, 4, sharper=4.0)
    found = interval_calibration([Trial(calibration(sharper=4.0), logits, labels)], target=1)
    assert found.error_after < found.error_before / 2


@pytest.mark.parametrize("balanced", [True, False])
def test_that_positives_lie_in_the_interval_as_far_as_chance_allows(balanced):
    logits, labels = films(1000, 5)
    trial = Trial(calibration(1000), logits, labels)
    found = interval_calibration([trial], target=1, balanced=balanced, bins=5)
    assert all(one.compatible for one in found.bins)
    assert sum(one.positives.count for one in found.bins) == 1000


def test_that_a_bin_is_inside_only_between_its_ends():
    assert CoverageBin(0.4, 0.6, share(np.array([True, False]))).inside
    assert not CoverageBin(0.6, 0.7, share(np.array([True, False]))).inside


def test_that_the_calibration_error_is_the_mean_distance_in_bins():
    said = np.array([0.05, 0.05, 0.95, 0.95])
    assert calibration_error(said, np.array([False, False, True, False])) == pytest.approx(0.25)


def test_that_a_probability_of_one_has_its_bin():
    assert calibration_error(np.ones(3), np.ones(3, bool)) == 0.0


def test_that_each_film_is_measured_once_and_never_against_its_patient():
    logits, labels = films(90, 6)
    logits[:, 0] = np.arange(90)  # tells which film it is
    patients = np.array([f"p{number // 3}" for number in range(90)])
    trials = crossed(logits, labels, patients, seed=1)
    measured = np.concatenate([trial.logits[:, 0] for trial in trials])
    assert sorted(measured) == list(range(90))
    for trial in trials:
        known = set(patients[trial.known.scores[:, 0].astype(int)])
        assert not known & set(patients[trial.logits[:, 0].astype(int)])


def test_that_a_threshold_comes_with_wilson_intervals():
    present = np.arange(100) % 2 == 1
    scores = np.where(present, 0.8, 0.2) + np.linspace(0, 0.1, 100)
    threshold = choose_threshold(present, scores, chosen_on="films")
    figure = share(np.ones(50, bool))
    for interval in (threshold.sensitivity_interval, threshold.specificity_interval):
        assert (interval.low, interval.high) == (figure.low, figure.high)
