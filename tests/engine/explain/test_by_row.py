"""The audit of the answer by row: how far it is off, and what may be shown."""

from dataclasses import replace

import numpy as np
import pytest

from engine.bundle import by_row_passes, prefixes_hash, verdicts
from engine.calibration import fit_prefixes
from engine.explain import Prefixes, row_calibration
from engine.types import Audit, Figure, RowCalibration
from tests.engine.test_calibration_prefixes import films


def given(count=1500, *, fitted=False, classes=2, seed=1):
    logits, labels = films(classes, count, seed)
    patients = np.array([f"p{n // 2}" for n in range(count)])
    return Prefixes(logits, labels, patients, f"{count} films", fitted)


def measured(prefixes, calibration=None, *, positive=1):
    return row_calibration(
        prefixes,
        calibration,
        key=prefixes_hash(calibration),
        balanced=prefixes.logits.shape[2] == 2,
        positive=positive,
    )


def own(prefixes, *, balanced=True):
    return fit_prefixes(prefixes.logits, prefixes.labels, balanced=balanced, source="films")


def passes(found):
    return by_row_passes(Audit("shapley", "films", 0, by_row=found))


def test_that_a_head_that_cries_too_early_fails_and_its_worst_step_is_named():
    found = measured(given())
    assert found.worst.value == pytest.approx(0.48, abs=0.03)  # says 0.98, true of half
    assert found.step < 15  # nothing is known before the second third
    assert passes(found) is False


def test_that_the_calibrated_curve_passes_on_films_it_was_not_fitted_on():
    found = measured(given(), own(given(seed=2)))
    assert found.worst.value < 0.1
    assert found.mean.low <= found.mean.value <= found.mean.high < 0.05
    assert passes(found) is True


def test_that_the_films_of_the_fit_are_measured_by_halves_of_their_patients():
    calibration = own(given(200, seed=2))
    flattered = measured(given(200, seed=2), calibration)
    halves = measured(given(200, fitted=True, seed=2), calibration)
    assert "each half of the patients" in halves.source
    assert halves.worst.value != flattered.worst.value


def test_that_the_mean_answer_to_films_of_each_class_is_told_after_every_step():
    found = measured(given(), own(given(seed=2)))
    normal, ill = found.answers
    assert normal[0] == pytest.approx(ill[0], abs=0.05) == pytest.approx(0.5, abs=0.06)
    assert normal[-1] < 0.2
    assert ill[-1] > 0.8


def test_that_of_many_classes_each_class_is_told_by_its_own_probability():
    prefixes = given(classes=4)
    found = measured(prefixes, own(prefixes, balanced=False), positive=None)
    assert len(found.answers) == 4
    assert all(line[0] < 0.3 for line in found.answers)
    assert all(line[-1] > 0.7 for line in found.answers)


def test_that_what_chance_explains_is_exceeded_by_one_faultless_curve_in_twenty():
    """Truths are drawn from what is said, so that nothing is off."""
    rng, beyond = np.random.default_rng(3), 0
    for seed in range(40):
        odds = 2 * rng.normal(size=100)
        labels = (rng.random(100) < 1 / (1 + np.exp(-odds))).astype(np.int64)
        logits = np.stack((np.zeros(100), odds), axis=1)[:, None]
        films = Prefixes(logits, labels, np.arange(100).astype(str), "", fitted=False)
        found = row_calibration(films, None, key="", balanced=False, positive=1, seed=seed)
        beyond += found.worst.value > found.chance_worst
    assert beyond <= 6  # of two that are expected: more in one of 200 tries


def test_that_fewer_films_explain_more_by_chance_and_too_few_say_nothing():
    many, few = (measured(given(count), own(given(seed=2))) for count in (1500, 40))
    assert few.chance_worst > 2 * many.chance_worst
    assert passes(few) is None


def test_that_a_bundle_without_a_measurement_is_not_judged():
    audit = Audit("shapley", "films", 0)
    assert by_row_passes(audit) is None
    told = [line for line in verdicts(audit) if line.what.startswith("Answer by row")]
    assert [line.verdict for line in told] == ["not measured", "not measured"]


@pytest.mark.parametrize(
    ("worst", "mean", "marks"),
    [
        (0.09, 0.04, ["passes", "passes"]),
        (0.11, 0.04, ["fails", "passes"]),
        (0.09, 0.06, ["passes", "fails"]),
    ],
)
def test_that_step_and_mean_are_judged_by_their_own_rule(worst, mean, marks):
    figures = [Figure(value, value, value, 500) for value in (worst, mean)]
    found = RowCalibration("films", "", figures[0], figures[1], 3, 0.05, 0.02, ())
    audit = Audit("shapley", "films", 0, by_row=found)
    told = [line for line in verdicts(audit) if line.what.startswith("Answer by row")]
    assert [line.verdict for line in told] == marks
    assert by_row_passes(audit) is (marks == ["passes", "passes"])
    unsure = replace(audit, by_row=replace(found, chance_worst=0.11))
    assert by_row_passes(unsure) is None
