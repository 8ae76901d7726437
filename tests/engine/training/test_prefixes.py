"""The calibration by row of a trained network, and what a training writes of it."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.calibration import prefix_logits
from engine.explain import prefix_answers
from engine.films import Films, predict
from engine.network import RowClassifier
from engine.recipe import Measures
from engine.training import Material, build, fit_by_row, typical_prefixes
from engine.weights import load_bundle
from tests.engine.conftest import TINY
from tests.engine.trust_parts import tiny_recipe

ROWS, COLUMNS = 16, 12


@pytest.fixture(scope="module")
def films():
    """100 training and 100 validation films; class 1 is brighter below."""
    rng = np.random.default_rng(0)
    labels = np.arange(200) % 2
    rows = 0.3 * rng.random((200, ROWS, COLUMNS))
    rows[:, ROWS // 2 :] += 0.3 * labels[:, None, None]
    names = np.array([f"{number:03}" for number in range(200)])
    return Films(
        rows=rows.astype(np.float16),
        labels=labels,
        splits=np.where(np.arange(200) % 4 < 2, "train", "val"),
        patients=names,
        names=names,
        findings=np.full((200, 2), np.nan),
    )


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(5)
    return RowClassifier(replace(TINY, dropout=0.0)).eval()


def test_that_prefixes_are_fitted_on_validation_films_alone(network, films):
    found = fit_by_row(network, films, seed=0)
    assert found.source == "100 validation films"
    others = replace(films, rows=np.where((films.splits == "val")[:, None, None], films.rows, 0.5))
    assert fit_by_row(network, others, seed=0) == found


def test_that_the_answers_to_whole_films_are_what_they_were(network, films):
    found = fit_by_row(network, films, seed=0)
    moved = prefix_logits(prefix_answers(network, films.rows), found)
    np.testing.assert_allclose(moved[:, -1], predict(network, films.rows), atol=1e-5)


def test_that_films_of_other_heights_are_laid_on_the_steps_of_the_typical_one(network, films):
    mixed = replace(films, heights=np.where(np.arange(200) < 100, ROWS, ROWS // 2))
    found = typical_prefixes(network, mixed)
    assert found.shape == (200, TINY.steps, 2)
    np.testing.assert_allclose(found[:100], prefix_answers(network, films.rows[:100]), atol=1e-6)
    short = prefix_answers(network, films.rows[100:, : ROWS // 2])
    np.testing.assert_allclose(found[100:, -1], short[:, -1], atol=1e-6)
    np.testing.assert_allclose(found[100:, 0], short[:, 0], atol=1e-6)


def test_that_a_class_with_few_validation_films_leaves_the_curve_as_it_is(network, films):
    few = films.take(np.flatnonzero((films.labels == 0) | (np.arange(200) < 60)))
    assert fit_by_row(network, few, seed=0) is None


def test_that_a_training_writes_the_calibration_by_row_and_its_tests_as_numbers(films, tmp_path):
    recipe = replace(tiny_recipe(), trust=None, measure=Measures(allow_untold=True))
    exam = replace(films.only("val"), splits=np.full(100, "test"))
    material = Material(films, {"exam": exam})
    build(recipe, material, output=tmp_path / "made", command="rowscope-engine train")
    bundle = load_bundle(tmp_path / "made")
    assert bundle.by_row.source == "100 validation films"
    (test,) = bundle.info.tests
    assert (test.name, test.films, test.positive, test.patients) == ("exam", 100, 50, None)
    words = dict(bundle.info.results)["exam accuracy"]
    assert words.startswith(f"{test.accuracy.value:.3f}")
