import io
from functools import partial

import pytest
from rich.console import Console
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from engine.cli import options
from engine.cli.options import TrainingProgress
from engine.progress import duration
from engine.training import Curves, Moment, run_epochs
from tests.engine.training_parts import FILMS, RECIPE


@pytest.fixture(scope="module")
def learnt(tmp_path_factory):
    folder = tmp_path_factory.mktemp("curves")
    with Curves(folder) as curves:
        history = run_epochs(FILMS, RECIPE, listener=curves).history
    events = EventAccumulator(str(folder))
    events.Reload()
    return history, events


@pytest.mark.parametrize(
    ("curve", "what"),
    [
        ("loss/training", "loss"),
        ("loss/validation", "validation_loss"),
        ("accuracy/validation", "accuracy"),
        ("learning rate", "learning_rate"),
    ],
)
def test_that_tensorboard_shows_what_every_epoch_brought(learnt, curve, what):
    history, events = learnt
    shown = events.Scalars(curve)
    assert [point.step for point in shown] == [4, 8, 12, 16]
    expected = [getattr(epoch, what) for epoch in history]
    assert [point.value for point in shown] == pytest.approx(expected, rel=1e-6)


def test_that_tensorboard_shows_the_loss_of_every_batch(learnt):
    _, events = learnt
    assert [point.step for point in events.Scalars("loss/batch")] == list(range(1, 17))


def test_that_the_terminal_tells_every_epoch_and_the_time_left(capsys):
    with TrainingProgress() as progress:
        run_epochs(FILMS, RECIPE, listener=progress)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [f"epoch {n} of 4" for n in (1, 2, 3, 4)]
    assert lines[0].endswith(" left")
    assert "validation loss" in lines[0]


@pytest.mark.parametrize(
    ("seconds", "words"), [(7.6, "8 s"), (185, "3 min 05 s"), (7620, "2 h 07 min"), (0, "0 s")]
)
def test_that_a_duration_is_told_in_words(seconds, words):
    assert duration(seconds) == words


def test_that_what_is_said_meanwhile_does_not_stand_in_the_bar(monkeypatch):
    screen = io.StringIO()
    terminal = partial(Console, file=screen, force_terminal=True, width=80)
    monkeypatch.setattr(options, "Console", terminal)
    with TrainingProgress() as progress:
        say = progress.saying(lambda words: screen.write(f"<{words}>"))
        progress.on_step(Moment(1, 1, 4, 0.5, 3.0))
        say("measuring")
        after = screen.getvalue().partition("<measuring>")[2]
        say("testing")
        progress.on_step(Moment(1, 2, 4, 0.4, 2.0))
    assert "epoch 1" in screen.getvalue().partition("<measuring>")[0]
    assert after == ""
    assert "epoch 1" in screen.getvalue().partition("<testing>")[2]
