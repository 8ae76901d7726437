"""Intervals over patients: what is drawn, and how wide it comes out."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from engine.measure import (
    area,
    area_under_curve,
    effective_films,
    intervals,
    mean,
    resampling,
    share,
)
from tests.engine.evaluation_parts import scored


def width(figure):
    return figure.high - figure.low


def test_that_the_area_is_that_of_scikit_learn_with_ties():
    present, scores = scored()
    scores = np.round(scores, 1)
    found = area(present, scores)(np.ones((1, len(scores))))[0]
    assert found == pytest.approx(roc_auc_score(present, scores))


def test_that_the_area_of_weighted_films_is_that_of_scikit_learn():
    present, scores = scored()
    scores = np.round(scores, 1)
    weights = np.random.default_rng(1).integers(0, 4, len(scores)).astype(float)
    found = area(present, scores)(weights[None])[0]
    assert found == pytest.approx(roc_auc_score(present, scores, sample_weight=weights))


def test_that_the_interval_is_as_wide_as_the_variance_of_delong_says():
    present, scores = scored(800)
    positive, negative = scores[present], scores[~present]
    order = (positive[:, None] > negative) + 0.5 * (positive[:, None] == negative)
    variance = order.mean(axis=1).var(ddof=1) / len(positive)
    variance += order.mean(axis=0).var(ddof=1) / len(negative)
    expected = 2 * 1.96 * np.sqrt(variance)
    assert width(area_under_curve(present, scores)) == pytest.approx(expected, rel=0.08)


def test_that_a_mean_has_the_interval_of_its_standard_error():
    values = np.random.default_rng(0).normal(size=500)
    drawn = resampling(np.zeros(500, np.int64))
    low, high = intervals(drawn, {"mean": mean(values)})["mean"]
    assert high - low == pytest.approx(2 * 1.96 * values.std() / np.sqrt(500), rel=0.08)


def test_that_copies_of_films_of_the_same_patients_say_nothing_new():
    present, scores = scored(200)
    patients = np.arange(200).astype(str)
    once = area_under_curve(present, scores, patients=patients)
    copies = [np.tile(values, 4) for values in (present, scores, patients)]
    again = area_under_curve(copies[0], copies[1], patients=copies[2])
    assert width(again) == pytest.approx(width(once), rel=0.1)


def test_that_films_of_few_patients_have_a_wider_interval_than_as_many_patients():
    present, scores = scored(200)
    present, scores = np.tile(present, 4), np.tile(scores, 4)
    clustered = area_under_curve(present, scores, patients=np.tile(np.arange(200), 4).astype(str))
    assert width(clustered) > 1.7 * width(area_under_curve(present, scores))


def test_that_whole_patients_are_drawn():
    patients = np.repeat(np.arange(30), 3).astype(str)
    drawn = resampling(np.tile([0, 1, 1], 30), patients, draws=50)
    for weights in drawn.weights():
        films = weights.reshape(-1, 30, 3)
        assert (films == films[..., :1]).all()


def test_that_every_draw_has_as_many_patients_as_there_are():
    drawn = resampling(np.arange(40) % 2, draws=50)
    assert all((weights.sum(axis=1) == 40).all() for weights in drawn.weights())


def test_that_each_class_keeps_its_number_of_films():
    labels = np.arange(40) % 4
    (weights,) = resampling(labels, draws=50).weights()
    assert (weights[:, labels == 0].sum(axis=1) == 10).all()


def test_that_the_draws_are_the_same_each_time():
    drawn = resampling(np.arange(40) % 2, draws=50)
    first, second = (np.concatenate(list(drawn.weights())) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_that_draws_are_done_in_blocks_that_fit_into_memory():
    drawn = resampling(np.zeros(100_000, np.int64), draws=100)
    sizes = [len(weights) for weights in drawn.weights()]
    assert sum(sizes) == 100
    assert max(sizes) * 100_000 <= 2**22


def test_that_a_draw_without_one_of_the_classes_is_left_out():
    present = np.array([True, False, False])
    patients = np.array(["a", "a", "b"])  # a draw of b alone has no film with the finding
    drawn = resampling(present.astype(np.int64), patients)
    measured = area(present, np.array([0.9, 0.1, 0.2]))
    assert intervals(drawn, {"area": measured})["area"].tolist() == [1, 1]


def test_that_a_share_of_copies_has_the_interval_of_the_originals():
    hits = np.random.default_rng(0).random(150) < 0.8
    again = share(np.tile(hits, 4), np.tile(np.arange(150), 4).astype(str))
    assert width(again) == pytest.approx(width(share(hits)), rel=0.01)


def test_that_a_share_of_one_film_each_is_the_plain_one():
    hits = np.random.default_rng(0).random(150) < 0.8
    assert share(hits, np.arange(150).astype(str)) == share(hits)


def test_that_where_all_films_agree_a_patient_counts_as_one_film():
    hits = np.ones(40, np.bool_)
    assert effective_films(hits, np.repeat(np.arange(10), 4).astype(str)) == 10
