"""Mean films that are undecided after the calibration, not before it."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.errors import DataError
from engine.films import predict
from engine.recipe import Augmentation
from engine.tasks import leaning, undecided
from engine.training import calibrate, even_mean_film, run_epochs
from tests.engine.training.test_resume import Stopped, Stopping
from tests.engine.training_parts import FILMS, RECIPE, weights

CALIBRATED = replace(
    RECIPE,
    augmentation=Augmentation(noise=0.05, neutral=0.2, batch_mean=0.1, undecided="calibrated"),
    training=replace(RECIPE.training, epochs=24),
)
LEARNT = replace(CALIBRATED, augmentation=replace(CALIBRATED.augmentation, undecided="learnt"))


@pytest.fixture(scope="module")
def films():
    """Validation films of "lower" look a little more like "upper" than training films do.

    So a network calls them "upper" too often, and the calibration has to move its odds.
    """
    rows = np.array(FILMS.rows[:], dtype=np.float16)
    rows[(FILMS.splits == "val") & (FILMS.labels == 1), :4] += np.float16(0.2)
    return replace(FILMS, rows=rows)


def mean_odds(films, recipe):
    """Log-odds of the answer to the mean film, as learnt and as calibrated on validation films."""
    network = run_epochs(films, recipe).network
    train, watched = films.only("train"), films.only("val")
    mean = even_mean_film(train.rows, train.labels, heights=train.heights, onto=8)
    before = predict(network, mean[None].astype(np.float16))[0]
    calibrate(network, predict(network, watched.rows), watched.labels)
    after = predict(network, mean[None].astype(np.float16))[0]
    return float(before[1] - before[0]), float(after[1] - after[0])


def test_that_the_mean_film_is_undecided_after_the_calibration(films):
    before, after = mean_odds(films, LEARNT)
    assert abs(before) < 0.8  # undecided for the network, and no more
    assert after > 1.2
    calibrated_before, calibrated_after = mean_odds(films, CALIBRATED)
    assert calibrated_before < before - 0.5
    assert abs(calibrated_after) < 0.9 * after


@pytest.mark.parametrize("stop", [{"epoch": 2}, {"step": 6}])
def test_that_an_interrupted_training_remembers_which_odds_are_even(films, stop, tmp_path):
    recipe = replace(CALIBRATED, training=replace(CALIBRATED.training, epochs=4))
    whole = run_epochs(films, recipe)
    path = tmp_path / "c"
    with pytest.raises(Stopped):
        run_epochs(films, recipe, checkpoint=path, save_every=0.0, listener=Stopping(**stop))
    resumed = run_epochs(films, recipe, checkpoint=path)
    assert torch.equal(weights(whole.network), weights(resumed.network))


def test_that_other_validation_films_are_another_training(films, tmp_path):
    recipe = replace(CALIBRATED, training=replace(CALIBRATED.training, epochs=1))
    run_epochs(films, recipe, checkpoint=tmp_path / "c")
    others = replace(films, labels=np.where(films.splits == "val", 1 - films.labels, films.labels))
    with pytest.raises(DataError, match="other training films"):
        run_epochs(others, recipe, checkpoint=tmp_path / "c")


def test_that_calibrated_odds_need_validation_films(films):
    with pytest.raises(DataError, match=r"`augmentation\.undecided` needs validation films"):
        run_epochs(films.only("train"), CALIBRATED)


@pytest.mark.parametrize("weight", [None, [3.0, 0.5]])
@pytest.mark.parametrize("odds", [-1.5, 0.0, 2.0])
def test_that_a_target_leans_to_the_odds_that_are_called_even(weight, odds):
    weight = None if weight is None else torch.tensor(weight)
    target = leaning(undecided(weight, 2), odds).unsqueeze(0)
    logits = torch.tensor([[0.0, odds]], requires_grad=True)
    torch.nn.functional.cross_entropy(logits, target, weight=weight).backward()
    torch.testing.assert_close(logits.grad, torch.zeros(1, 2))


def test_that_what_follows_the_classes_is_kept():
    even = torch.tensor([0.5, 0.5, torch.nan, 0.25])
    torch.testing.assert_close(leaning(even, 2.0)[2:], even[2:], equal_nan=True)
