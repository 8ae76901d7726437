"""Training, statistics and Influence of films that keep their own heights."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, strategies as st
from torch.nn import functional

from engine.bundle import NetworkConfig
from engine.explain import integrated_gradients
from engine.films import alike, answer, batch_of, predict
from engine.network import RowClassifier, log_odds
from engine.recipe import Augmentation
from engine.sequence import resampled
from engine.training import film_essentials, film_influences, row_statistics, run_epochs
from tests.engine.free_heights import RECIPE, STEM, alone, draw_films

ALL = Augmentation(
    0.1, 10.0, 0.1, 0.1, 0.5, gamma=0.5, contrast=0.2, brightness=0.1, noise=0.05,
    mixup=0.4, anchor=0.2, splice=0.2,
)  # fmt: skip


@pytest.fixture(scope="module")
def films():
    return draw_films()


@pytest.fixture(scope="module")
def network():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        config = NetworkConfig(16, 8, 2, hidden_size=5, stem=STEM, readout="mean")
        return RowClassifier(config).eval()


def weights(network):
    return torch.cat([value.flatten() for value in network.state_dict().values()])


# ---------------------------------------------------------------------------- batches
@given(st.lists(st.integers(1, 5), max_size=30), st.integers(1, 7))
def test_that_films_of_one_height_are_read_together_and_every_film_once(heights, size):
    heights = np.array(heights, dtype=np.int64)
    groups = list(alike(heights, size))
    assert sorted(np.concatenate(groups) if groups else []) == list(range(len(heights)))
    assert all(len(set(heights[group])) == 1 and len(group) <= size for group in groups)


def test_that_films_of_one_height_keep_their_order():
    assert [list(group) for group in alike(np.full(5, 3), 2)] == [[0, 1], [2, 3], [4]]


def test_that_a_batch_of_one_height_is_read_without_lengths(films):
    assert batch_of(alone(films, 0), films.heights[:1]).lengths is None


def test_that_a_batch_is_padded_to_its_own_highest_film(films):
    low = np.argsort(films.heights)[:5]
    batch = batch_of(films.rows[low], films.heights[low])
    assert batch.rows.shape[1] == films.heights[low].max() < films.rows.shape[1]


def test_that_a_film_gives_the_same_logits_alone_and_among_higher_ones(films, network):
    with torch.no_grad():
        together = answer(network, batch_of(films.rows, films.heights)).numpy()
    single = np.concatenate([predict(network, alone(films, n)) for n in range(len(films))])
    np.testing.assert_allclose(together, single, atol=1e-5)


def test_that_prediction_returns_the_films_in_their_order(films, network):
    found = predict(network, films.rows, heights=films.heights, batch=3)
    single = np.concatenate([predict(network, alone(films, n)) for n in range(len(films))])
    np.testing.assert_allclose(found, single, atol=1e-6)


def test_that_the_loss_of_a_batch_is_the_mean_of_its_films_alone(films, network):
    labels = torch.from_numpy(films.labels)
    with torch.no_grad():
        together = answer(network, batch_of(films.rows, films.heights))
        single = [torch.from_numpy(predict(network, alone(films, n))) for n in range(len(films))]
    loss = functional.cross_entropy(together, labels)
    expected = functional.cross_entropy(torch.cat(single), labels)
    assert float(loss) == pytest.approx(float(expected), abs=1e-6)


def test_that_films_of_a_split_keep_their_heights(films):
    np.testing.assert_array_equal(films.only("val").heights, films.heights[28:])


# ---------------------------------------------------------------------------- training
@pytest.mark.parametrize("plan", [Augmentation(), ALL], ids=["as they are", "changed"])
def test_that_nothing_behind_the_end_of_a_film_is_learnt(films, plan):
    recipe = replace(RECIPE, augmentation=plan)
    dirty = films.rows.copy()
    for film, height in zip(dirty, films.heights, strict=True):
        film[height:] = 0.9
    clean, other = run_epochs(films, recipe), run_epochs(replace(films, rows=dirty), recipe)
    assert torch.equal(weights(clean.network), weights(other.network))


def test_that_films_of_free_heights_are_learnt(films):
    plan = replace(RECIPE, training=replace(RECIPE.training, epochs=10), augmentation=ALL)
    history = run_epochs(films, plan).history
    assert history[-1].loss < history[0].loss


def test_that_films_of_one_height_that_is_not_the_typical_one_are_learnt(films):
    alike = films.take(np.flatnonzero(films.heights == films.heights[0]))
    alike = replace(alike, splits=np.full(len(alike), "train"))
    whole = replace(films, splits=np.where(films.heights == films.heights[0], "train", "test"))
    recipe = replace(RECIPE, augmentation=ALL)
    assert films.heights[0] != 16
    assert torch.equal(
        weights(run_epochs(alike, recipe).network), weights(run_epochs(whole, recipe).network)
    )


# ---------------------------------------------------------------------------- statistics
def test_that_padding_does_not_change_the_statistics(films, network):
    chosen = films.take(np.flatnonzero(films.heights == films.heights[0]))
    padded = row_statistics(network, chosen.rows, influence_limit=1.0, heights=chosen.heights)
    cut = row_statistics(network, chosen.rows[:, : films.heights[0]], influence_limit=1.0)
    for name in ("mean_image", "state_mean", "state_std", "norm_mean", "norm_std"):
        np.testing.assert_array_equal(getattr(padded, name), getattr(cut, name))


def test_that_statistics_lie_on_the_typical_height(films, network):
    found = row_statistics(network, films.rows, influence_limit=1.0, heights=films.heights)
    assert found.mean_image.shape == (16, 8)
    assert found.state_mean.shape == found.state_std.shape == (1, 1, 8, 5)
    assert found.count == len(films)


def test_that_statistics_are_means_and_deviations_over_films_laid_on_it(films, network):
    found = row_statistics(network, films.rows, influence_limit=1.0, heights=films.heights)
    single = [torch.from_numpy(alone(films, n).astype(np.float32)) for n in range(len(films))]
    with torch.no_grad():
        states = [network.trace(film).h[:, :, 0].double().numpy() for film in single]
    laid = np.stack([resampled(h, 8, axis=2) for h in states])
    mean = np.mean([resampled(film[0].numpy(), 16, axis=0) for film in single], axis=0)
    np.testing.assert_allclose(found.state_mean, laid.mean(axis=0), atol=1e-5)
    np.testing.assert_allclose(found.state_std, laid.std(axis=0), atol=1e-4)
    np.testing.assert_allclose(found.mean_image, mean, atol=1e-6)


# ---------------------------------------------------------------------------- Influence
def test_that_each_film_has_its_own_map_and_it_is_complete(films, network):
    chosen = films.take(np.arange(10))
    mean = np.full((16, 8), 0.5, np.float32)
    maps = film_influences(network, chosen, baseline=mean, targets=chosen.labels)
    assert [len(values) for values in maps] == [height // 2 for height in chosen.heights]
    for number, values in enumerate(maps):
        laid = resampled(mean, int(chosen.heights[number]), axis=0)
        ends = np.stack([alone(chosen, number)[0], laid.astype(np.float16)])
        odds = log_odds(
            torch.from_numpy(predict(network, ends)), torch.tensor([chosen.labels[number]] * 2)
        )
        assert values.sum() == pytest.approx(float(odds[0] - odds[1]), abs=1e-3)


def test_that_a_map_is_the_one_that_the_viewer_shows(films, network):
    mean = np.linspace(0, 1, 128, dtype=np.float32).reshape(16, 8)
    height = int(films.heights[3])
    found = film_influences(network, films, baseline=mean, targets=np.ones(40, np.int64))[3]
    shown = integrated_gradients(
        network,
        torch.from_numpy(alone(films, 3)[0].astype(np.float32)),
        baseline=torch.from_numpy(resampled(mean, height, axis=0)),
        target=1,
    )
    by_step = shown.per_row.view(height // 2, 2).sum(dim=1).numpy()
    np.testing.assert_allclose(found, by_step, atol=1e-5)


def test_that_the_audit_takes_the_films_of_the_commonest_height(films):
    network = run_epochs(
        films, replace(RECIPE, training=replace(RECIPE.training, epochs=10))
    ).network
    mean = np.full((16, 8), 0.5, np.float32)
    heights, counts = np.unique(films.heights, return_counts=True)
    commonest = np.flatnonzero(films.heights == heights[counts.argmax()])
    whole = film_essentials(network, films, baseline=mean, targets=films.labels)
    part = film_essentials(
        network, films.take(commonest), baseline=mean, targets=films.labels[commonest]
    )
    assert whole == part
    assert 0 < whole.deletion.films <= len(commonest)
