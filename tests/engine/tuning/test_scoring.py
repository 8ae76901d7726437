"""Scores of answers, and what several folds say together."""

import math
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from engine.errors import DataError
from engine.tuning import choose_score, log_loss, score, summarise
from tests.engine.tuning_parts import RECIPE

LABELS = np.array([0, 0, 1, 1, 2, 2])
ANSWERS = np.random.default_rng(0).dirichlet(np.ones(3), 6)
THREE = replace(RECIPE, classes=("a", "b", "c"))


def test_that_two_classes_with_a_finding_are_scored_by_auc():
    assert choose_score(RECIPE, None) == "auc"


@pytest.mark.parametrize("recipe", [replace(RECIPE, positive=None), THREE])
def test_that_other_classes_are_scored_by_accuracy(recipe):
    assert choose_score(recipe, None) == "accuracy"


def test_that_an_auc_without_a_finding_is_refused():
    with pytest.raises(DataError, match="macro-auc does not"):
        choose_score(replace(RECIPE, positive=None), "auc")


def test_that_an_unknown_score_is_refused():
    with pytest.raises(DataError, match="one of auc, macro-auc, accuracy"):
        choose_score(RECIPE, "f1")


def test_that_auc_is_that_of_the_finding_against_the_rest():
    found = score("auc", ANSWERS, LABELS, positive=2)
    assert found == pytest.approx(roc_auc_score(LABELS == 2, ANSWERS[:, 2]))


def test_that_macro_auc_is_the_mean_over_classes():
    found = score("macro-auc", ANSWERS, LABELS, positive=None)
    expected = roc_auc_score(LABELS, ANSWERS, multi_class="ovr", average="macro")
    assert found == pytest.approx(expected)


def test_that_accuracy_counts_the_most_probable_class():
    answers = np.eye(3)[[0, 1, 1, 1, 2, 0]]
    assert score("accuracy", answers, LABELS, positive=None) == pytest.approx(4 / 6)


def test_that_log_loss_is_that_of_the_true_class():
    answers = np.array([[0.5, 0.5], [0.25, 0.75]])
    expected = -(math.log(0.5) + math.log(0.75)) / 2
    assert log_loss(answers, np.array([0, 1])) == pytest.approx(expected)


def test_that_a_certain_error_costs_much_but_not_infinitely_much():
    assert 20 < log_loss(np.array([[1.0, 0.0]]), np.array([1])) < 30


def test_that_a_summary_is_that_of_the_paper():
    scores = [0.8, 0.82, 0.85, 0.81, 0.9]
    found = summarise(scores)
    spread = np.std(scores, ddof=1)
    half = 2.7764451 * spread * math.sqrt(1 / 5 + 1 / 4)  # Nadeau and Bengio 2003, eq. 9
    assert found.error == pytest.approx(spread / math.sqrt(5))
    assert (found.low, found.high) == pytest.approx((0.836 - half, 0.836 + half))


def test_that_an_interval_stays_within_0_and_1():
    found = summarise([0.5, 0.99])
    assert (found.low, found.high) == (0.0, 1.0)


def test_that_equal_folds_have_no_spread():
    assert summarise([0.9, 0.9, 0.9]).spread == pytest.approx(0, abs=1e-12)
