import math

import pytest

from engine.recipe import Schedule
from engine.training import Plateau, learning_rate


def plan(**values):
    return Schedule(**{"epochs": 20, "batch_size": 1, "learning_rate": 0.1, **values})


@pytest.mark.parametrize(
    ("schedule", "progress", "rate"),
    [
        ({}, 13.5, 0.1),
        ({"decay": "cosine"}, 0, 0.1),
        ({"decay": "cosine"}, 10, 0.05),
        ({"decay": "cosine"}, 5, 0.05 * (1 + math.sqrt(0.5))),
        ({"decay": "step", "decay_every": 4, "decay_factor": 0.5}, 3.9, 0.1),
        ({"decay": "step", "decay_every": 4, "decay_factor": 0.5}, 4, 0.05),
        ({"decay": "step", "decay_every": 4, "decay_factor": 0.5}, 11.2, 0.025),
        ({"warm_up": 2.0}, 0.5, 0.025),
        ({"warm_up": 2.0}, 2, 0.1),
        ({"warm_up": 10.0, "decay": "step", "decay_every": 4, "decay_factor": 0.5}, 5, 0.025),
    ],
)
def test_that_the_learning_rate_follows_the_schedule(schedule, progress, rate):
    assert learning_rate(plan(**schedule), progress) == pytest.approx(rate)


def test_that_a_plateau_lowers_the_learning_rate():
    assert learning_rate(plan(decay="plateau"), 5, drops=2) == pytest.approx(0.001)


def after(losses, **schedule):
    seen = Plateau()
    for loss in losses:
        seen = seen.after(loss, plan(**schedule))
    return seen


@pytest.mark.parametrize(
    ("losses", "drops"),
    [
        ([3, 2, 1], 0),
        ([1, 2, 2], 1),
        ([1, 2, 2, 2], 1),
        ([1, 2, 2, 2, 2], 2),
        ([1, 2, 0.5, 2, 2], 1),
    ],
)
def test_that_the_rate_falls_after_epochs_without_progress(losses, drops):
    assert after(losses, decay="plateau", patience=2).drops == drops


def test_that_without_a_plateau_schedule_the_rate_does_not_fall():
    assert after([1, 2, 2, 2, 2]).drops == 0


@pytest.mark.parametrize(
    ("losses", "stop"), [([1, 2], False), ([1, 2, 2], True), ([1, 2, 0.5, 2], False)]
)
def test_that_patience_ends_a_training(losses, stop):
    assert after(losses, early_stopping=2).exhausted(plan(early_stopping=2)) is stop


def test_that_without_early_stopping_nothing_ends_a_training():
    assert not after([1] + 50 * [2]).exhausted(plan())
