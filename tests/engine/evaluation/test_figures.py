"""Curves, thresholds, calibration and subgroups: each against what is known otherwise."""

import math

import numpy as np
import pytest
from sklearn.metrics import auc, average_precision_score, balanced_accuracy_score, roc_auc_score

from engine.evaluation import OTHERS, UNKNOWN, glance, learning_of, subgroups
from engine.measure import (
    GRID,
    choice,
    confusion,
    discrimination,
    finding,
    finite,
    json_value,
    operating_points,
    reliability,
    resampling,
)
from engine.types import Threshold
from tests.engine.evaluation_parts import answers_of_logits, answers_of_scores, scored

STORED = Threshold(0.4, 0.9, 0.9, "validation films")


@pytest.fixture
def told():
    present, scores = scored()
    return discrimination(present, scores, resampling(present.astype(np.int64)))


@pytest.fixture
def chosen():
    rng = np.random.default_rng(0)
    labels = np.repeat([0, 1, 2], [150, 100, 50])
    return answers_of_logits(rng.normal(size=(300, 3)) + 1.5 * np.eye(3)[labels], labels)


def stages(answers, **changes):
    given = {"calibration": {}, "calibrated": True, "even": False, "trials": ()} | changes
    return {one.key: one for one in reliability(answers, **given).stages}


def test_that_the_area_below_the_points_of_the_curve_is_the_area(told):
    assert auc(told.roc.x, told.roc.y) == pytest.approx(told.area.value, abs=1e-3)


def test_that_average_precision_is_that_of_scikit_learn(told):
    present, scores = scored()
    assert told.precision.value == pytest.approx(average_precision_score(present, scores))


def test_that_the_curve_lies_in_its_band(told):
    curve = np.interp(GRID, told.roc.x, told.roc.y)
    inside = (np.array(told.roc.low) <= curve + 1e-9) & (curve <= np.array(told.roc.high) + 1e-9)
    assert inside.mean() > 0.97


def test_that_a_long_curve_is_thinned_and_keeps_its_ends():
    present, scores = scored(5000)
    long = discrimination(present, scores, resampling(present.astype(np.int64), draws=20))
    assert len(long.roc.x) <= 400
    assert (long.roc.x[0], long.roc.y[0], long.roc.x[-1], long.roc.y[-1]) == (0, 0, 1, 1)


def test_that_films_of_one_kind_have_no_curve():
    assert (
        discrimination(np.ones(9, np.bool_), np.arange(9.0), resampling(np.ones(9, int))) is None
    )


def test_that_the_stored_threshold_comes_first_and_alone_is_called_stored():
    points = operating_points(answers_of_scores(*scored(), threshold=0.4), STORED)
    assert [one.stored for one in points] == [True, False, False, False, False]
    assert points[0].threshold == 0.4


def test_that_thresholds_of_these_films_say_so():
    points = operating_points(answers_of_scores(*scored()), STORED)
    assert all("chosen on these very films" in one.rule for one in points[1:])


def test_that_a_wanted_sensitivity_is_reached():
    points = operating_points(answers_of_scores(*scored()), None)
    reached = [one.sensitivity.value for one in points[2:]]
    assert all(value >= wanted for value, wanted in zip(reached, (0.9, 0.95, 0.99), strict=True))


def test_that_counts_and_shares_of_a_threshold_agree():
    point = operating_points(answers_of_scores(*scored()), None)[0]
    hits, alarms, missed, spared = point.counts
    assert point.sensitivity.value == pytest.approx(hits / (hits + missed))
    assert point.ppv.value == pytest.approx(hits / (hits + alarms))
    assert point.npv.value == pytest.approx(spared / (spared + missed))


def test_that_a_rare_finding_makes_a_positive_answer_worth_less():
    answers = answers_of_scores(*scored())
    worth = finding(answers, answers.resampling(), None).worth
    values = [one.ppv for one in worth]
    assert values == sorted(values)
    assert worth[-1].prevalence == 0.5


def test_that_the_confusion_matrix_counts_every_film_once(chosen):
    counts = np.array(confusion(chosen).counts)
    assert counts.sum(axis=1).tolist() == [150, 100, 50]
    assert np.trace(counts) == (chosen.said == chosen.labels).sum()


def test_that_balanced_accuracy_and_mean_area_are_those_of_scikit_learn(chosen):
    found = choice(chosen, chosen.resampling())
    assert found.balanced.value == pytest.approx(
        balanced_accuracy_score(chosen.labels, chosen.said)
    )
    assert found.area.value == pytest.approx(
        roc_auc_score(chosen.labels, chosen.probabilities, multi_class="ovr")
    )


def test_that_a_class_without_films_has_no_curve_and_spoils_nothing():
    rng = np.random.default_rng(0)
    answers = answers_of_logits(rng.normal(size=(80, 3)), np.arange(80) % 2)
    found = choice(answers, answers.resampling())
    assert found.classes[2].discrimination is None
    assert math.isfinite(found.area.value)
    assert math.isfinite(found.balanced.low)


def test_that_every_figure_at_a_glance_lies_in_its_interval(chosen):
    answers = answers_of_scores(*scored())
    drawn = answers.resampling()
    lines = glance(answers, finding(answers, drawn, None), None, drawn)
    lines += glance(chosen, None, choice(chosen, chosen.resampling()), chosen.resampling())
    assert all(one.figure.low <= one.figure.value <= one.figure.high for one in lines)


def test_that_true_probabilities_are_off_by_chance_only():
    rng = np.random.default_rng(0)
    said = rng.random(2000)
    score = stages(answers_of_scores(rng.random(2000) < said, said))["after"].plain
    assert score.error < score.by_chance_high


def test_that_bold_probabilities_are_off_by_more_than_chance():
    rng = np.random.default_rng(0)
    true = rng.random(2000)
    said = 1 / (1 + np.exp(-3 * np.log(true / (1 - true))))
    score = stages(answers_of_scores(rng.random(2000) < true, said))["after"].plain
    assert score.error > 2 * score.by_chance_high


def test_that_probabilities_meant_for_even_classes_are_judged_so():
    rng = np.random.default_rng(0)
    even = rng.random(20_000)
    present = rng.random(20_000) < even
    kept = present | (rng.random(20_000) < 0.2)  # most films without the finding are left out
    stage = stages(answers_of_scores(present[kept], even[kept]), even=True)["after"]
    assert stage.even.error < stage.even.by_chance_high
    assert stage.plain.error > 5 * stage.even.error


def test_that_what_calibration_did_is_undone_for_the_stage_before():
    rng = np.random.default_rng(0)
    raw = rng.normal(size=(400, 2))
    labels = np.arange(400) % 2
    before = answers_of_logits(raw, labels)
    after = answers_of_logits(2.5 * raw + np.array([-0.2, 0.2]), labels)
    found = stages(after, calibration={"scale": 2.5, "offset": 0.4})
    expected = stages(before)["after"].plain
    assert found["before"].plain.log_loss == pytest.approx(expected.log_loss)
    assert found["after"].plain.log_loss != pytest.approx(expected.log_loss)


@pytest.mark.parametrize("said", [{"scale": 0, "offset": 0}, {"scale": "2"}, {"scale": math.nan}])
def test_that_a_calibration_that_makes_no_sense_counts_as_not_kept(said):
    answers = answers_of_scores(*scored())
    found = reliability(answers, calibration=said, calibrated=True, even=False, trials=())
    assert [one.key for one in found.stages] == ["after"]
    assert "does not keep" in found.missing


def test_that_numbers_are_cut_into_quarters():
    answers = answers_of_scores(*scored(400))
    (column,) = subgroups(answers, {"age": np.arange(400).astype(str)})
    assert column.quartiles
    assert [one.films for one in column.groups] == [100, 100, 100, 100]


def test_that_few_numbers_are_names():
    answers = answers_of_scores(*scored(100))
    (column,) = subgroups(answers, {"smoker": (np.arange(100) % 2).astype(str)})
    assert [one.name for one in column.groups] == ["0", "1"]


def test_that_films_that_say_nothing_are_a_group_of_their_own():
    answers = answers_of_scores(*scored(100))
    values = np.where(np.arange(100) < 40, "", "F")
    (column,) = subgroups(answers, {"sex": values})
    assert [(one.name, one.films) for one in column.groups] == [("F", 60), (UNKNOWN, 40)]


def test_that_the_rarest_of_many_values_are_taken_together():
    answers = answers_of_scores(*scored(400))
    values = np.array([f"scanner {n % 10 if n < 380 else n}" for n in range(400)])
    (column,) = subgroups(answers, {"scanner": values})
    assert len(column.groups) == 13
    assert column.groups[-1].name == OTHERS


def test_that_small_groups_are_marked():
    present = np.arange(200) % 2 == 0
    answers = answers_of_scores(present, np.linspace(0, 1, 200))
    values = np.where(np.arange(200) < 30, "small", "large")
    (column,) = subgroups(answers, {"group": values})
    assert [(one.name, one.small) for one in column.groups] == [("large", False), ("small", True)]


def test_that_a_group_of_films_of_one_kind_has_no_area():
    answers = answers_of_scores(np.arange(60) < 30, np.linspace(0, 1, 60))
    (column,) = subgroups(answers, {"half": np.where(np.arange(60) < 30, "a", "b")})
    assert [one.area for one in column.groups] == [None, None]


def test_that_a_history_is_read_in_order_and_without_what_is_no_number():
    lines = [
        {"number": 2, "loss": 0.5, "accuracy": True},
        {"number": 1, "loss": math.inf, "validation_loss": 0.7},
        {"loss": 3},
        "no table",
    ]
    first, second = learning_of({"history": lines})
    assert (first.number, first.loss, first.validation_loss) == (1, None, 0.7)
    assert (second.number, second.loss, second.accuracy) == (2, 0.5, None)


@pytest.mark.parametrize("history", [None, "text", {"number": 1}, []])
def test_that_a_bundle_without_a_history_has_none(history):
    assert learning_of({"history": history}) == ()


def test_that_what_is_no_number_is_null_in_json():
    assert json_value({"a": (math.nan, math.inf, 1.5)}) == {"a": [None, None, 1.5]}


def test_that_a_truth_value_is_no_number():
    assert finite(value=True) is None
