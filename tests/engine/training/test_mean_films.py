"""What a training leaves behind for the baselines of Influence."""

from dataclasses import replace

import numpy as np
import pytest
import torch

import engine
from engine.bundle import MOST_CLASS_MEANS
from engine.network import build_network
from engine.recipe import Measures
from engine.training import (
    Material,
    build,
    class_mean_films,
    even_mean_film,
    mean_film_results,
    row_statistics,
)
from engine.weights import load_bundle
from tests.engine.training_parts import RECIPE, draw_films

FILMS = draw_films()


@pytest.fixture
def network():
    torch.manual_seed(0)
    return build_network(RECIPE.config).eval()


def measured(network, films=FILMS):
    return row_statistics(network, films.rows, influence_limit=1.0, labels=films.labels)


def test_that_class_means_are_the_means_of_their_films():
    found = class_mean_films(FILMS.rows, FILMS.labels, classes=2)
    for label in (0, 1):
        expected = FILMS.rows[FILMS.labels == label].mean(axis=0, dtype=np.float64)
        np.testing.assert_allclose(found[label], expected, atol=1e-6)


def test_that_the_mean_film_is_the_mean_of_the_class_means():
    few = FILMS.take(np.flatnonzero((FILMS.labels == 0) | (np.arange(48) < 12)))
    found = class_mean_films(few.rows, few.labels, classes=2)
    even = even_mean_film(few.rows, few.labels)
    np.testing.assert_allclose(found.mean(axis=0), even, atol=1e-6)


def test_that_a_class_without_a_film_leaves_no_class_means():
    assert class_mean_films(FILMS.rows, FILMS.labels, classes=3) is None
    some = FILMS.rows[FILMS.labels == 1]
    assert class_mean_films(some, np.ones(len(some), np.int64), classes=2) is None


def test_that_a_bundle_is_not_made_large_by_class_means():
    rows = np.zeros((2, 1024, 1024), np.float16)
    assert rows.size > MOST_CLASS_MEANS
    assert class_mean_films(rows, np.array([0, 1]), classes=2) is None


def test_that_statistics_keep_class_means_where_the_labels_are_told(network):
    assert measured(network).class_means.shape == (2, 8, 8)
    assert row_statistics(network, FILMS.rows, influence_limit=1.0).class_means is None


@pytest.mark.parametrize(("lean", "decided"), [(0.0, False), (6.0, True), (-6.0, True)])
def test_that_a_training_says_where_its_mean_film_is_decided(network, lean, decided):
    with torch.no_grad():
        network.head.weight.mul_(0.01)
        network.head.bias[:] = torch.tensor([0.0, lean])
    found = dict(mean_film_results(network, measured(network), RECIPE))
    assert found["answer to the mean film"].endswith("for “lower”")
    assert ("baseline" in found) == decided
    if decided:
        name = "lower" if lean > 0 else "upper"
        start = f"The mean film is itself answered “{name}” above 0.99"
        assert found["baseline"] == f"{start}: its maps show only what differs from it"


def test_that_a_trained_model_explains_from_the_mean_of_a_class(tmp_path):
    plan = replace(
        RECIPE,
        training=replace(RECIPE.training, epochs=1),
        measure=Measures(influence_films=8, deletion_films=8),
        trust=None,
    )
    info = build(plan, Material(FILMS, tests={}), output=tmp_path / "tiny", command="none")
    film = (255 * FILMS.rows[0]).astype(np.uint8)
    found = engine.load(info.path).influence(film, baseline=("class-mean", "upper"))
    train = FILMS.only("train")
    mean = class_mean_films(train.rows, train.labels, classes=2)[0]
    with torch.no_grad():
        logits = load_bundle(info.path).network(torch.from_numpy(mean)[None])[0]
    bound = 1e-5  # sums of eight rows of eight numbers below one
    assert found.baseline_log_odds == pytest.approx(float(logits[1] - logits[0]), abs=bound)
