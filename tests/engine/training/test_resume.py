"""A training that is stopped, in whatever way, ends as one that was not."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.errors import DataError
from engine.recipe import Data
from engine.training import run_epochs
from tests.engine.training_parts import FILMS, RECIPE, Heard, weights

ROOT = Path(__file__).parents[3]
# A process that has loaded torch starts a training in one of its own as often as it is asked.
SLOW = """
import os, sys
from pathlib import Path
import torch
import torch._dynamo  # every optimiser loads it, here once for all trainings
from engine.training import run_epochs
from tests.engine.training_parts import FILMS, RECIPE, Heard

class Told(Heard):
    def on_step(self, moment):
        print(moment.step, flush=True)

for _ in sys.stdin:
    if child := os.fork():
        print("training", child, flush=True)
        print("ended", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    trained = run_epochs(
        FILMS, RECIPE, checkpoint=Path(sys.argv[1]), save_every=0.0, listener=Told()
    )
    torch.save(trained.network.state_dict(), sys.argv[1] + ".end")
    os._exit(0)
"""


class Stopped(Exception):  # noqa: N818 - not an error
    pass


class Stopping(Heard):
    """Stops a training as a signal would, after some batch or some epoch."""

    def __init__(self, *, step=0, epoch=0):
        super().__init__()
        self.step, self.epoch = step, epoch

    def on_step(self, moment):
        if moment.step == self.step:
            raise Stopped

    def on_epoch(self, epoch):
        if epoch.number == self.epoch:
            raise Stopped


def figures(epoch):
    return epoch.loss, epoch.validation_loss, epoch.learning_rate


@pytest.fixture(scope="module")
def whole():
    return run_epochs(FILMS, RECIPE)


@pytest.mark.parametrize("stop", [{"epoch": 2}, {"step": 3}, {"step": 6}, {"step": 8}])
def test_that_an_interrupted_training_ends_in_the_same_weights(whole, stop, tmp_path):
    path = tmp_path / "c"
    with pytest.raises(Stopped):
        run_epochs(FILMS, RECIPE, checkpoint=path, save_every=0.0, listener=Stopping(**stop))
    resumed = run_epochs(FILMS, RECIPE, checkpoint=path)
    assert torch.equal(weights(whole.network), weights(resumed.network))
    assert list(map(figures, resumed.history)) == list(map(figures, whole.history))


def test_that_a_resumed_training_does_not_begin_anew(tmp_path):
    with pytest.raises(Stopped):
        run_epochs(
            FILMS, RECIPE, checkpoint=tmp_path / "c", save_every=0.0, listener=Stopping(step=6)
        )
    heard = Heard()
    run_epochs(FILMS, RECIPE, checkpoint=tmp_path / "c", listener=heard)
    assert heard.moments[0].step == 6  # the sixth was not yet on disk


def test_that_early_stopping_and_plateaus_survive_an_interruption(tmp_path):
    schedule = replace(
        RECIPE.training, epochs=8, decay="plateau", patience=1, early_stopping=3, learning_rate=0.3
    )
    recipe = replace(RECIPE, training=schedule)
    whole = run_epochs(FILMS, recipe)
    with pytest.raises(Stopped):
        run_epochs(FILMS, recipe, checkpoint=tmp_path / "c", listener=Stopping(epoch=3))
    resumed = run_epochs(FILMS, recipe, checkpoint=tmp_path / "c")
    assert torch.equal(weights(whole.network), weights(resumed.network))


def test_that_kill_9_at_any_moment_changes_nothing(whole, tmp_path):
    path, kills = tmp_path / "c", 0
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, str(path)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        while not (end := Path(f"{path}.end")).exists():
            kills += _run_until_killed(process, after=5)
    stored = torch.load(end, weights_only=True)
    assert kills >= 2
    assert torch.equal(
        torch.cat([value.flatten() for value in stored.values()]), weights(whole.network)
    )


def _run_until_killed(process, *, after):
    """Kill a training when it has said some batches; whether it had to be killed."""
    process.stdin.write("again\n")
    process.stdin.flush()
    steps, training = 0, 0
    for line in process.stdout:  # of the training, and of the process that started it
        word, _, number = line.strip().partition(" ")
        if word == "ended":
            assert int(number) in {0, -signal.SIGKILL}
            return int(number) == -signal.SIGKILL
        if word == "training":
            training = int(number)
        else:
            steps += 1
        if training and steps >= after:
            os.kill(training, signal.SIGKILL)
    raise AssertionError("the process that starts trainings ended")


def test_that_a_half_written_checkpoint_is_no_checkpoint(whole, tmp_path):
    run_epochs(FILMS, RECIPE, checkpoint=tmp_path / "c")
    (tmp_path / "c.part").write_bytes(b"half of")
    again = run_epochs(FILMS, RECIPE, checkpoint=tmp_path / "c")
    assert torch.equal(weights(whole.network), weights(again.network))


def test_that_a_damaged_checkpoint_is_refused(tmp_path):
    run_epochs(FILMS, RECIPE, checkpoint=tmp_path / "c")
    (tmp_path / "c").write_bytes((tmp_path / "c").read_bytes()[:1000])
    with pytest.raises(DataError, match="no checkpoint of this program; say --anew"):
        run_epochs(FILMS, RECIPE, checkpoint=tmp_path / "c")


def test_that_a_checkpoint_of_another_recipe_is_refused(tmp_path):
    short = replace(RECIPE, training=replace(RECIPE.training, epochs=1))
    run_epochs(FILMS, short, checkpoint=tmp_path / "c")
    with pytest.raises(
        DataError, match=r"another recipe \(`training\.epochs` was 1, is 4\); say --anew"
    ):
        run_epochs(FILMS, RECIPE, checkpoint=tmp_path / "c")


def test_that_a_checkpoint_of_other_films_is_refused(tmp_path):
    short = replace(RECIPE, training=replace(RECIPE.training, epochs=1))
    run_epochs(FILMS, short, checkpoint=tmp_path / "c")
    with pytest.raises(DataError, match="other training films"):
        run_epochs(replace(FILMS, labels=1 - FILMS.labels), short, checkpoint=tmp_path / "c")


def test_that_a_corrected_sentence_does_not_void_a_checkpoint(tmp_path):
    run_epochs(FILMS, RECIPE, checkpoint=tmp_path / "c")
    heard, corrected = Heard(), replace(RECIPE, title="Tiny!", data=Data("the same test", "none"))
    run_epochs(FILMS, corrected, checkpoint=tmp_path / "c", listener=heard)
    assert not heard.moments


def test_that_test_films_do_not_void_a_checkpoint(tmp_path):
    run_epochs(FILMS, RECIPE, checkpoint=tmp_path / "c")
    heard, more = Heard(), FILMS.take(np.concatenate([np.arange(48), np.arange(5)]))
    more = replace(more, splits=np.concatenate([FILMS.splits, ["test"] * 5]))
    run_epochs(more, RECIPE, checkpoint=tmp_path / "c", listener=heard)
    assert not heard.moments


def test_that_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="cannot be written"):
        run_epochs(FILMS, RECIPE, checkpoint=tmp_path / "file" / "c")
