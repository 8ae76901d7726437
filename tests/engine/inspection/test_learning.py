"""Curves of a training, as the bundle remembers it; whatever a stranger wrote there."""

import numpy as np
import pytest

import engine
from engine.inspection import learning_curves
from tests.engine.bundle_parts import change_metadata


def epoch(number, loss, watched, **other):
    line = {"number": number, "loss": loss, "validation_loss": watched, "accuracy": 0.5}
    return line | {"learning_rate": 0.01, "seconds": 2.0} | other


HISTORY = [epoch(1, 0.9, 0.8), epoch(2, 0.6, 0.4), epoch(3, 0.5, 0.45)]


def written(folder, history, **recipe):
    change_metadata(folder, "training", to={"history": history, "recipe": recipe})
    return learning_curves(folder)


def test_that_every_epoch_is_there_in_order(own_bundle):
    found = written(own_bundle, HISTORY)
    np.testing.assert_array_equal(found.epochs, [1, 2, 3])
    np.testing.assert_array_equal(found.loss, [0.9, 0.6, 0.5])
    np.testing.assert_array_equal(found.validation_loss, [0.8, 0.4, 0.45])
    np.testing.assert_array_equal(found.learning_rate, [0.01] * 3)


def test_that_the_weights_are_those_of_the_last_epoch_unless_it_stopped_early(own_bundle):
    plain = written(own_bundle, HISTORY)
    early = written(own_bundle, HISTORY, training={"early_stopping": 2})
    assert (plain.best, plain.kept) == (2, 3)
    assert (early.best, early.kept) == (2, 2)


def test_that_a_training_without_validation_films_has_no_best_epoch(own_bundle):
    found = written(own_bundle, [epoch(1, 0.9, None, accuracy=None)])
    assert (found.best, found.kept) == (None, 1)
    assert np.isnan(found.validation_loss).all()
    assert np.isnan(found.accuracy).all()


def test_that_it_says_why_the_losses_are_unlike(own_bundle):
    recipe = {
        "network": {"dropout": 0.2},
        "augmentation": {"mixup": 0.4, "splice_most": 1.0},
        "training": {"averaging": 0.99, "focal": 0.0},
    }
    words = " ".join(written(own_bundle, HISTORY, **recipe).unlike)
    for part in ("dropout", "changed at random", "mixed", "averaged"):
        assert part in words
    assert "focal" not in words
    still = written(own_bundle, HISTORY, augmentation={"splice_most": 1.0, "mixup": 0.0})
    assert still.unlike == ()


@pytest.mark.parametrize(
    "history",
    [None, [], "curves", [1, 2], [{"number": "1", "loss": 0.3}], [{"number": 1, "loss": "low"}]],
    ids=str,
)
def test_that_what_is_no_history_is_none(own_bundle, history):
    assert written(own_bundle, history) is None


def test_that_one_odd_line_hides_no_other_and_odd_numbers_are_absent(own_bundle):
    found = written(own_bundle, [*HISTORY, "noise", epoch(4, 0.4, "low", accuracy=True)])
    np.testing.assert_array_equal(found.epochs, [1, 2, 3, 4])
    assert np.isnan(found.validation_loss[3])
    assert np.isnan(found.accuracy[3])
    assert found.best == 2


def test_that_a_bundle_without_a_training_table_has_no_curves(own_bundle):
    change_metadata(own_bundle, "training", to={})
    assert learning_curves(own_bundle) is None


def test_that_every_shipped_model_holds_its_curves():
    for info in engine.list_models():
        found = learning_curves(info.path)
        assert len(found) >= 8
        assert np.isfinite([found.loss, found.validation_loss, found.learning_rate]).all()
