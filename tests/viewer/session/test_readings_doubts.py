"""Why there is no answer, and which other answers stay open."""

from dataclasses import replace

import numpy as np
import pytest

from engine.types import Abstention, Analysis, Prediction, Threshold, Trust
from tests.viewer import film_values as made
from viewer.session import readings


@pytest.fixture
def abstained():
    return Analysis(made.image(), 0, made.model(), "", 0.0, abstained="It is a CT.")


def test_that_an_answer_has_no_reasons_against_it():
    assert readings.reasons(made.analysis()) == ()


def test_that_every_reason_is_told_in_the_order_of_the_checks(abstained):
    reasons = (Abstention("guard", "It is upside down."), Abstention("surprise", "It is odd."))
    doubted = replace(abstained, trust=Trust((), reasons))
    assert readings.reasons(doubted) == ("It is upside down.", "It is odd.")


def test_that_without_trust_the_sentence_of_the_analysis_is_the_reason(abstained):
    assert readings.reasons(abstained) == ("It is a CT.",)
    assert readings.reasons(replace(abstained, abstained=None)) == (
        "The model returned no prediction.",
    )


def test_that_one_line_tells_the_first_reason_and_how_many_more(abstained):
    reasons = tuple(Abstention("-", f"Reason {number}.") for number in range(3))
    doubted = replace(abstained, trust=Trust((), reasons))
    assert readings.refusal_text(abstained) == "Not answered: It is a CT."
    assert readings.refusal_text(doubted) == "Not answered: Reason 0. 2 more: see the reading."


SPLIT = made.model(threshold=Threshold(0.4, 0.9, 0.9, ""))
DIGITS = made.model(classes=tuple("abcdef"), positive=None)


def left_open(classes, probabilities, conformal, model, level=0.95):
    values = np.asarray(probabilities)
    target = int(values.argmax()) if model.positive is None else model.positive
    prediction = Prediction(classes, values, np.zeros((8, len(values)), np.float32), target)
    return readings.not_excluded(prediction, model, Trust((), conformal=conformal, level=level))


@pytest.mark.parametrize(
    ("probability", "conformal", "words"),
    [
        (0.9, (1,), ""),
        (0.9, (0, 1), "95 %: normal cannot be excluded"),
        (0.9, (0,), "95 %: only normal cannot be excluded"),
        (0.9, (), "95 %: neither class fits"),
        (0.1, (0,), ""),
        (0.1, (0, 1), "95 %: finding cannot be excluded"),
        (0.45, (1,), ""),  # above the threshold: the answer is the finding
        (0.4, (1,), ""),  # at it, too
    ],
)
def test_that_what_else_is_possible_is_told_unless_it_is_the_answer(probability, conformal, words):
    found = left_open(("normal", "finding"), (1 - probability, probability), conformal, SPLIT)
    assert found == words


@pytest.mark.parametrize(
    ("conformal", "words"),
    [
        ((1,), ""),
        ((1, 2), "90 %: c cannot be excluded"),
        ((0, 1, 2), "90 %: a and c cannot be excluded"),
        ((0, 1, 2, 3), "90 %: a, c and d cannot be excluded"),
        ((0, 1, 2, 3, 4), "90 %: 4 other classes cannot be excluded"),
        ((), "90 %: no class fits"),
    ],
)
def test_that_of_many_classes_few_are_named(conformal, words):
    values = (0.1, 0.5, 0.1, 0.1, 0.1, 0.1)
    assert left_open(DIGITS.classes, values, conformal, DIGITS, 0.9) == words


def test_that_without_calibration_films_nothing_is_said_of_other_answers():
    assert left_open(("normal", "finding"), (0.1, 0.9), (), SPLIT, 0.0) == ""
