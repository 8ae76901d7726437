"""Paired tests of two models: against hand, brute force, other programs, and drawn truths."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binomtest

from engine.evaluation import (
    LEAST_PATIENTS,
    PairedTest,
    delong,
    delong_test,
    differences,
    disagreements,
    joined_patients,
    mcnemar,
    p_words,
    paired_draws,
    paired_shares,
    summary_words,
    verdict_of,
)
from engine.measure import area, resampling
from tests.engine.evaluation_parts import answers_of_logits, answers_of_scores


def rivals(count=300, seed=0, *, better=0.0, rest=1.0):
    """Truth, and the scores of two models that share half of what they see."""
    rng = np.random.default_rng(seed)
    present = np.arange(count) % 2 == 0
    common = rng.normal(size=count) + present
    a = common + rest * rng.normal(size=count)
    b = common + better * present + rest * rng.normal(size=count)
    return present, a, b


def answers(present, scores, patients=None):
    return answers_of_scores(present, 1 / (1 + np.exp(0.5 - scores)), patients)


def compared(a, b, *, balanced=False, draws=500):
    drawn = replace(a.resampling(), draws=draws)
    return {one.key: one for one in differences(a, b, balanced=balanced, drawn=drawn)}


def pairs(both, only_a, only_b, neither):
    """Whether A and B are right, of as many films."""
    a = np.repeat([True, True, False, False], [both, only_a, only_b, neither])
    b = np.repeat([True, False, True, False], [both, only_a, only_b, neither])
    return a, b


def test_that_delong_is_what_a_hand_works_out_of_four_films():
    """Positives 0.8 and 0.4 (0.9 and 0.6), negatives 0.5 and 0.2 (0.6 and 0.1): one tie."""
    present = np.array([True, True, False, False])
    scores = np.array([[0.8, 0.4, 0.5, 0.2], [0.9, 0.6, 0.6, 0.1]])
    areas, covariance = delong(present, scores)
    assert areas == pytest.approx([0.75, 0.875])
    assert covariance == pytest.approx(np.array([[0.125, 0.0625], [0.0625, 0.03125]]))
    found = delong_test(present, *scores)
    assert found.p == pytest.approx(math.erfc(math.sqrt(0.5) / math.sqrt(2)))
    assert found.high == pytest.approx(0.125 + 1.959964 * math.sqrt(0.03125))


def test_that_delong_by_midranks_is_delong_over_all_pairs():
    rng = np.random.default_rng(3)
    present = rng.random(70) < 0.4
    scores = np.round(rng.normal(size=(3, 70)) + present, 1)  # many ties
    areas, covariance = delong(present, scores)
    with_it, without = scores[:, present, None], scores[:, None, ~present]
    pairs = (with_it > without) + 0.5 * (with_it == without)  # (J, m, n)
    m, n = pairs.shape[1:]
    of_with, of_without = pairs.mean(axis=2), pairs.mean(axis=1)
    expected = np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            for parts, size in ((of_with, m), (of_without, n)):
                off = [parts[k] - parts[k].mean() for k in (i, j)]
                expected[i, j] += (off[0] * off[1]).sum() / (size - 1) / size
    assert areas == pytest.approx(pairs.mean(axis=(1, 2)))
    assert covariance == pytest.approx(expected)


def test_that_delong_refuses_equal_models_as_often_as_it_says():
    refused = [delong_test(*rivals(120, seed)).p < 0.05 for seed in range(400)]
    assert 0.02 <= np.mean(refused) <= 0.09


def test_that_delong_and_draws_of_films_agree_where_each_film_has_its_patient():
    present, a, b = rivals(400, better=0.5)
    found = delong_test(present, a, b)
    drawn = resampling(present.astype(np.int64))
    _, _, other = paired_draws(drawn, area(present, a), area(present, b))
    assert other.high - other.low == pytest.approx(found.high - found.low, rel=0.1)
    assert other.low == pytest.approx(found.low, abs=0.01)


def test_that_one_film_of_a_kind_has_no_variance():
    present = np.array([True, False, False])
    found = delong_test(present, np.array([0.9, 0.1, 0.2]), np.array([0.1, 0.2, 0.3]))
    assert math.isnan(found.p)
    assert math.isnan(found.low)
    assert verdict_of((found,), -1.0, "high") == "few"


@pytest.mark.parametrize(("only_a", "only_b"), [(0, 5), (0, 6), (1, 7), (12, 3), (40, 60), (4, 4)])
def test_that_mcnemar_is_the_exact_binomial_test(only_a, only_b):
    exact, mid = mcnemar(only_a, only_b)
    assert exact == pytest.approx(binomtest(only_a, only_a + only_b).pvalue)
    assert mid < exact


def test_that_mcnemar_and_newcombe_are_those_of_published_examples():
    """Bentur 2009 and Cavo 2012, as Fagerland, Lydersen and Laake 2014 work them out."""
    assert mcnemar(1, 7) == pytest.approx((0.0703125, 0.0390625))
    assert paired_shares(*pairs(1, 1, 7, 12)) == pytest.approx((0.026, 0.507), abs=5e-4)
    low, high = paired_shares(*pairs(59, 6, 16, 80)[::-1])
    assert (low, high) == pytest.approx((-0.1186, -0.0046), abs=5e-5)


def test_that_models_without_discordant_films_are_not_told_apart_and_have_an_interval():
    assert mcnemar(0, 0) == (1.0, 1.0)
    low, high = paired_shares(*pairs(30, 0, 0, 0))
    assert low < 0 < high


def test_that_newcombes_interval_holds_the_true_difference_as_often_as_it_says():
    rng = np.random.default_rng(1)
    shares = [0.55, 0.1, 0.2, 0.15]
    held = []
    for _ in range(400):
        low, high = paired_shares(*pairs(*rng.multinomial(80, shares)))
        held.append(low <= 0.1 <= high)
    assert 0.92 <= np.mean(held) <= 0.99


def test_that_a_model_and_itself_differ_by_nothing():
    present, a, _ = rivals()
    found = compared(answers(present, a), answers(present, a))
    assert {"auc", "accuracy", "sensitivity", "specificity", "calibration_slope"} < set(found)
    for one in found.values():
        assert one.value == 0
        assert all(test.p == 1 and test.low <= 0 <= test.high for test in one.tests)
        assert one.verdict == "same"


def test_that_a_planted_difference_is_found_in_its_direction():
    present, a, b = rivals(better=1.5)
    found = compared(answers(present, a), answers(present, b))
    assert found["auc"].verdict == found["accuracy"].verdict == "b"
    assert found["log_loss"].verdict == "b"  # lower is better
    assert found["auc"].value == pytest.approx(found["auc"].b.value - found["auc"].a.value)
    turned = compared(answers(present, b), answers(present, a))
    assert turned["auc"].verdict == turned["log_loss"].verdict == "a"
    assert turned["auc"].tests[1].low == pytest.approx(-found["auc"].tests[1].high)


def test_that_equal_models_are_told_apart_about_as_often_as_chance_tells():
    """Both tests must agree, so it is rather less than 5 %."""
    apart = []
    for seed in range(60):
        present, a, b = rivals(80, seed)
        one = compared(answers(present, a), answers(present, b), draws=200)["auc"]
        apart.append(one.verdict in {"a", "b"})
    assert np.mean(apart) <= 0.1


def test_that_the_larger_p_stands_first_and_decides():
    present, a, b = rivals(better=0.5)
    found = compared(answers(present, a), answers(present, b))["auc"]
    assert len(found.tests) == 2
    assert found.tests[0].p >= found.tests[1].p
    clear, unclear = PairedTest("delong", 0.1, 0.2, 0.01), PairedTest("bootstrap", -0.1, 0.2, 0.3)
    assert verdict_of((unclear, clear), 0.15, "high") == "same"
    assert verdict_of((clear,), 0.15, "high") == "b"
    assert verdict_of((PairedTest("mcnemar", 0.01, 0.2, 0.06),), 0.1, "high") == "same"


def test_that_films_of_the_same_patients_widen_the_interval():
    present, a, b = rivals(120, better=0.6)
    every = [np.repeat(values, 5) for values in (present, a, b)]
    owners = np.repeat(np.arange(120), 5)
    own = compared(answers(*every[:2], owners), answers(every[0], every[2], owners))
    alone = compared(answers(*every[:2]), answers(every[0], every[2]))
    for key in ("auc", "accuracy", "brier"):
        wide, narrow = own[key].tests[0], alone[key].tests[0]
        assert wide.high - wide.low > 1.8 * (narrow.high - narrow.low)  # √5 if it were exact
    assert [one.method for one in own["auc"].tests] == ["bootstrap"]  # DeLong counts films
    assert [one.method for one in own["accuracy"].tests] == ["bootstrap"]
    assert own["accuracy"].agreement.exact < own["accuracy"].tests[0].p


def test_that_a_few_patients_with_many_films_decide_nothing():
    """Three patients of a hundred, each with ten films that only B gets right."""
    patients = np.append(np.arange(100), np.repeat([0, 2, 4], 10)).astype(str)
    present = np.ones(130, np.bool_)
    present[1:100:2] = False
    a = np.where(present, 0.8, 0.2)
    a[100:] = 0.3
    found = compared(
        answers_of_scores(present, a, patients),
        answers_of_scores(present, np.where(present, 0.8, 0.2), patients),
    )["accuracy"]
    assert found.agreement.only_b == 30
    assert found.agreement.exact < 1e-6
    assert found.agreement.patients == 3 < LEAST_PATIENTS
    assert found.verdict == "same"


def test_that_few_films_of_a_class_are_too_few_to_tell():
    present, a, b = rivals(60, better=4.0)
    kept = np.flatnonzero(~present | (np.arange(60) < 10))
    found = compared(answers(present[kept], a[kept]), answers(present[kept], b[kept]))
    assert found["auc"].verdict == found["sensitivity"].verdict == "few"
    assert found["specificity"].verdict != "few"


def test_that_what_no_film_can_tell_is_left_out():
    _, a, b = rivals(40)
    found = compared(*(answers(np.ones(40, np.bool_), one) for one in (a, b)), balanced=True)
    assert "auc" not in found
    assert "specificity" not in found
    assert "calibration_slope" not in found
    assert found["sensitivity"].a.count == 40


def test_that_calibration_figures_are_those_of_each_model_alone():
    from engine.measure import calibration_figures

    present, a, b = rivals()
    first, second = answers(present, a), answers(present, b)
    found = compared(first, second, balanced=True)
    for side, one in (("a", first), ("b", second)):
        odds = one.logits[:, 1] - one.logits[:, 0]
        drawn = one.resampling()
        error, slope = calibration_figures(odds, one.present, drawn, balanced=True)
        assert getattr(found["calibration_error"], side).value == pytest.approx(error.value)
        assert getattr(found["calibration_slope"], side).value == pytest.approx(slope.value)


def test_that_both_classes_weigh_the_same_where_both_models_mean_it_so():
    present, a, b = rivals(400)
    kept = np.flatnonzero(present | (np.arange(400) % 8 == 1))
    first, second = answers(present[kept], a[kept]), answers(present[kept], b[kept])
    errors = (first.scores - first.present) ** 2
    even = np.mean([errors[first.present].mean(), errors[~first.present].mean()])
    assert compared(first, second, balanced=True)["brier"].a.value == pytest.approx(even)
    assert compared(first, second)["brier"].a.value == pytest.approx(errors.mean())


def test_that_a_choice_among_classes_has_accuracy_mean_area_and_calibration():
    rng = np.random.default_rng(0)
    labels = np.arange(240) % 3
    noise = rng.normal(size=(240, 3))
    a = answers_of_logits(noise + 0.5 * np.eye(3)[labels], labels)
    b = answers_of_logits(noise + 2.5 * np.eye(3)[labels], labels)
    found = compared(a, b)
    assert list(found) == [
        "accuracy", "macro_auc", "calibration_error", "brier", "log_loss", "calibration_slope",
    ]  # fmt: skip
    assert found["accuracy"].verdict == found["macro_auc"].verdict == "b"
    assert found["log_loss"].verdict == "b"
    truth = b.probabilities[np.arange(240), labels]
    assert found["log_loss"].b.value == pytest.approx(-np.log(truth).mean())


def test_that_the_unflattering_stands_first_in_words():
    present, a, b = rivals(better=1.5)
    found = compared(answers(present, a), answers(present, b))
    told = (replace(found["auc"], verdict="b"), replace(found["brier"], verdict="same"))
    assert summary_words(told) == ("not told apart: Brier score", "B is better: AUC")
    assert [p_words(p) for p in (0.0004, 0.25, math.nan)] == ["<0.001", "0.250", "–"]


def test_that_films_of_different_answers_are_listed_the_farthest_apart_first():
    present = np.array([True, True, False, False])
    a = answers_of_scores(present, [0.95, 0.4, 0.6, 0.1])
    b = answers_of_scores(present, [0.8, 0.9, 0.4, 0.2])
    found = disagreements(a, b)
    assert found.count == 2
    assert [one.name for one in found.answers] == ["1", "2"]
    assert found.answers[0].probabilities == pytest.approx((0.4, 0.9))
    assert found.answers[0].right == (False, True)
    assert found.answers[1].said == ("ill", "normal")
    assert [one.name for one in found.probabilities] == ["0", "3"]


def test_that_whom_either_recipe_takes_for_one_patient_is_one():
    a = np.array(["p", "p", "q", "r", "s"])
    b = np.array(["1", "2", "2", "3", "4"])
    found = joined_patients(a, b)
    assert len({*found[:3]}) == 1
    assert len({*found}) == 3
