"""Intervals hold on few films, too, or say that there are too few to tell."""

import math

import numpy as np
import pytest

from engine.evaluation import ends_words, figure_words, glance, result_words, share_words
from engine.measure import (
    area_figure,
    area_under_curve,
    choice,
    discrimination,
    drawn_area,
    finding,
    performance,
    rarer_patients,
    resampling,
    share_interval,
    untold,
)
from engine.training import performance_words
from engine.types import Figure
from tests.engine.evaluation_parts import answers_of_logits, answers_of_scores
from tests.intervals import KINDS, Cell, draw, held_areas, held_shares

FEW = [(2, 2), (2, 5), (3, 10), (5, 5), (6, 6), (10, 10), (15, 40)]


def area_of(present, scores):
    """The area (Mann and Whitney), of every pair."""
    return float(np.mean(scores[present][:, None] > scores[~present]))


@pytest.mark.parametrize("sizes", FEW)
@pytest.mark.parametrize("true", [0.5, 0.7, 0.9, 0.97, 1.0])
def test_that_areas_of_few_films_hold_the_truth_as_often_as_promised(sizes, true):
    for kind in KINDS:
        rng, held = np.random.default_rng(2), 0
        for _ in range(400):
            present, scores, people = draw(rng, kind, Cell(*sizes, true))
            places = np.unique(people, return_inverse=True)[1]
            value = area_of(present, scores)
            assert not drawn_area(value, present, places)
            figure = area_figure(value, present, places)
            held += figure.low <= true <= figure.high
        assert held / 400 >= 0.93


def test_that_the_bootstrap_of_few_films_would_not():
    found = held_areas(Cell(5, 5, 0.9), tries=100)
    assert found["bootstrap"][0] < 0.8
    assert found["printed"][0] >= 0.93


@pytest.mark.parametrize("count", [1, 2, 3, 5, 10, 19])
def test_that_shares_of_few_films_hold_the_truth_as_often_as_promised(count):
    for true in (0.5, 0.7, 0.9, 0.97, 1.0):
        assert held_shares(true, count) >= 0.93
        assert held_shares(true, count, films=3) >= 0.93


def test_that_exact_intervals_are_those_of_the_textbook():
    assert share_interval(0.0, 10) == pytest.approx((0, 0.3085), abs=1e-4)  # Clopper, Pearson 1934
    assert share_interval(0.5, 10) == pytest.approx((0.1871, 0.8129), abs=1e-4)


def test_that_a_perfect_order_has_an_interval_of_some_width():
    for count in (2, 4, 30, 300):
        present = np.arange(2 * count) >= count
        figure = area_under_curve(present, present + 0.0)
        assert (figure.value, figure.high) == (1, 1)
        assert figure.low < 1 - 0.6 / count


def test_that_one_patient_of_a_class_tells_nothing():
    present = np.arange(12) >= 9
    scores = np.linspace(0, 1, 12)
    assert area_under_curve(present, scores).told
    patients = np.where(present, "one", np.arange(12).astype(str))
    figure = area_under_curve(present, scores, patients=patients)
    assert not figure.told
    assert str(figure) == "1.000 (too few to tell), 12 films"


def test_that_patients_are_counted_and_not_films():
    present = np.tile([True, True, False], 6)
    places = np.repeat(np.arange(6), 3)
    assert rarer_patients(present, places) == 6
    assert area_figure(0.9, present, places).low == pytest.approx(share_interval(0.9, 6)[0])


def test_that_many_patients_in_disorder_keep_the_bootstrap():
    present, scores, people = draw(np.random.default_rng(0), "normal", Cell(80, 90, 0.8))
    places = np.unique(people, return_inverse=True)[1]
    figure = area_under_curve(present, scores, patients=people)
    assert drawn_area(figure.value, present, places)
    wide = area_figure(figure.value, present, places)
    assert 0.7 < wide.low < figure.low < figure.high < wide.high


def test_that_a_curve_of_few_films_has_no_band_and_no_interval_of_its_precision():
    present = np.arange(20) >= 10
    found = discrimination(present, present + 0.0, resampling(present.astype(np.int64)))
    assert found.roc.at == found.roc.low == found.recall.high == ()
    assert found.area.told
    assert not found.precision.told


def test_that_balanced_accuracy_without_an_error_has_an_interval_of_some_width():
    labels = np.arange(24) % 3
    answers = answers_of_logits(5.0 * np.eye(3)[labels], labels)
    found = choice(answers, answers.resampling())
    assert (found.balanced.value, found.balanced.high) == (1, 1)
    assert 0.7 < found.balanced.low < 0.9  # by a third of the ways of three classes of eight
    assert (found.area.value, found.area.low) == (1, pytest.approx(share_interval(1, 8)[0]))


@pytest.mark.parametrize(("truth", "known"), [(1, "sensitivity"), (0, "specificity")])
def test_that_films_of_one_class_are_measured_as_far_as_they_go(truth, known):
    scores = np.linspace(0.1, 0.9, 40)
    answers = answers_of_scores(np.full(40, truth), scores)
    drawn = answers.resampling()
    found = finding(answers, drawn, None)
    lines = {one.key: one for one in glance(answers, found, None, drawn)}
    assert list(lines) == [known, "accuracy", "brier"]
    only = f"films {'with' if truth else 'without'} the finding only"
    assert lines["accuracy"].title == f"Accuracy, {only}"
    words = dict(result_words(answers, found, None, None))
    assert set(words) == {f"accuracy, {only}", known, f"Brier score, {only}"}
    direct = performance(np.full(40, bool(truth)), scores, 0.5)
    assert dict(performance_words(direct)) == words


def test_that_three_classes_with_one_missing_say_which():
    labels = np.arange(60) % 2
    answers = answers_of_logits(5.0 * np.eye(3)[labels], labels)
    drawn = answers.resampling()
    lines = {one.key: one for one in glance(answers, None, choice(answers, drawn), drawn)}
    assert "no films of “c2”" in lines["balanced_accuracy"].meaning
    assert lines["macro_auc"].figure.value == 1


def test_that_a_choice_with_films_of_one_class_names_it():
    answers = answers_of_logits(5.0 * np.eye(3)[np.zeros(9, int)], np.zeros(9, np.int64))
    drawn = answers.resampling()
    found = choice(answers, drawn)
    lines = {one.key: one for one in glance(answers, None, found, drawn)}
    assert lines["accuracy"].title == "Accuracy of “c0” only"
    assert not {"balanced_accuracy", "macro_auc"} & set(lines)
    assert dict(result_words(answers, None, found, None)).keys() == {"accuracy of “c0”"}


def test_that_pages_and_bundles_say_too_few_instead_of_ends():
    figure = untold(0.5, 9)
    assert figure_words(figure) == "0.500 (too few to tell)"
    assert share_words(figure) == "50.0 % (too few to tell)"
    assert ends_words(figure) == "too few to tell"
    assert ends_words(untold(math.nan, 0)) == ""
    assert str(Figure(0.5, 0.0, 1.0, 9)) == "0.50 (too few to tell), 9 films"
