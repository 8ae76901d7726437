"""Folds: who is held out, and that nothing decides on held-out films."""

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import DataError
from engine.films import folds
from engine.tuning import check_folds, cross_validation, measure_fold
from tests.engine.tuning_parts import RECIPE, draw_films

FILMS = draw_films()
HELD = folds(FILMS, 3, seed=0)[0]
STOPPING = replace(RECIPE, training=replace(RECIPE.training, early_stopping=2))


@pytest.fixture
def learnt(monkeypatch):
    """What every training was given."""
    given, train = [], cross_validation.run_epochs

    def note(films, recipe, *, run):
        given.append(films)
        return train(films, recipe, run=run)

    monkeypatch.setattr(cross_validation, "run_epochs", note)
    return given


def test_that_a_training_sees_no_patient_of_its_fold(learnt):
    measure_fold(FILMS, HELD, RECIPE, kind="auc")
    assert not set(learnt[0].patients) & set(FILMS.patients[HELD])
    assert len(learnt[0]) + len(HELD) == len(FILMS)


def test_that_all_other_films_are_learnt_where_nothing_is_watched(learnt):
    measure_fold(FILMS, HELD, RECIPE, kind="auc")
    assert set(learnt[0].splits) == {"train"}


@pytest.mark.parametrize("share", [0.25, 0.0])
def test_that_early_stopping_watches_patients_of_its_own(learnt, share):
    recipe = replace(STOPPING, data=replace(STOPPING.data, validation=share))
    measure_fold(FILMS, HELD, recipe, kind="auc")
    watched = learnt[0].only("val")
    assert len(watched)
    assert not set(watched.patients) & set(learnt[0].only("train").patients)
    assert not set(watched.patients) & set(FILMS.patients[HELD])


def test_that_the_score_is_measured_on_the_fold():
    recipe = replace(RECIPE, training=replace(RECIPE.training, epochs=25))
    assert measure_fold(FILMS, HELD, recipe, kind="auc").score > 0.9
    turned = FILMS.labels.copy()
    turned[HELD] = 1 - turned[HELD]
    found = measure_fold(replace(FILMS, labels=turned), HELD, recipe, kind="auc")
    assert found.score < 0.1


def test_that_the_same_fold_gives_the_same_figures():
    first, second = (measure_fold(FILMS, HELD, RECIPE, kind="auc") for _ in range(2))
    assert (first.score, first.log_loss) == (second.score, second.log_loss)


def test_that_a_training_that_went_astray_is_said_to_have():
    growing = replace(RECIPE.network, cell="rnn-relu")
    steep = replace(RECIPE.training, learning_rate=1e20, epochs=1, batch_size=64)
    recipe = replace(RECIPE, network=growing, training=steep)
    with pytest.raises(DataError, match="went astray"):
        measure_fold(FILMS, HELD, recipe, kind="auc")


def test_that_a_fold_without_a_class_is_refused():
    wrong = [np.flatnonzero(FILMS.labels == 0)[:3], np.flatnonzero(FILMS.labels == 1)]
    with pytest.raises(DataError, match="Fold 1 of 2 holds no film of class “below”"):
        check_folds(FILMS, wrong, RECIPE)


def test_that_a_fold_with_all_films_of_a_class_is_refused():
    wrong = [np.append(np.flatnonzero(FILMS.labels == 0), 1)]
    with pytest.raises(DataError, match="leaves no film to learn of class “above”"):
        check_folds(FILMS, wrong, RECIPE)
