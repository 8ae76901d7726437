"""Losses beside the answer's: of the answers after each row, and of outlines."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.network import Output
from engine.tasks import OutlineShares, task_of
from engine.training import run_epochs
from engine.training.auxiliary import Pupil, learnt_task, outline_losses, prefix_losses
from engine.training.loop import _Training
from engine.training.run import start_run
from engine.types import Objective
from tests.engine.training_parts import FILMS, RECIPE, Heard, weights

TASK = task_of(Objective(), ("a", "b", "c"), None)
PLAN = RECIPE.training


@pytest.fixture
def answers():
    drawn = torch.Generator().manual_seed(2)
    return torch.randn(3, 4, 3, generator=drawn), torch.eye(3)


def test_that_an_answer_weighs_as_much_as_its_share_of_the_steps(answers):
    by_row, targets = answers
    each = torch.stack(
        [TASK.loss(Output(by_row[:, step]), targets, plan=PLAN) for step in range(4)]
    )
    wanted = (each * torch.tensor([0.25, 0.5, 0.75, 1.0])[:, None]).mean(dim=0)
    torch.testing.assert_close(prefix_losses(by_row, targets, task=TASK, plan=PLAN), wanted)


def test_that_nothing_behind_a_films_end_counts(answers):
    by_row, targets = answers
    alone = prefix_losses(by_row[:1, :2], targets[:1], task=TASK, plan=PLAN)
    steps = torch.tensor([2, 4, 3])
    padded = prefix_losses(by_row, targets, task=TASK, plan=PLAN, steps=steps)
    torch.testing.assert_close(padded[:1], alone)


def test_that_a_training_with_it_answers_better_along_the_way():
    plain = replace(RECIPE, training=replace(PLAN, epochs=8))
    asked = replace(plain, training=replace(plain.training, prefixes=2.0))
    losses = [_halfway(run_epochs(FILMS, recipe).network) for recipe in (plain, asked)]
    assert losses[1] < losses[0]


def _halfway(network):
    """Mean cross entropy of the answers after five of eight rows."""
    with torch.no_grad():
        by_row = network.trace(torch.from_numpy(FILMS.rows.astype(np.float32))).by_row
    chances = by_row[:, 5].log_softmax(dim=1)
    return -float(chances[torch.arange(len(FILMS)), torch.from_numpy(FILMS.labels)].mean())


# ------------------------------------------------------------------------------- outlines

SHARES = np.zeros((24, 1, 8, 8), np.uint8)
SHARES[:, :, 2:6, 4:] = 255
OUTLINED = replace(
    RECIPE,
    augmentation=replace(RECIPE.augmentation, anchor=0.0, splice=0.0),
    training=replace(PLAN, outlines=1.0),
)
PLACES = np.where(np.arange(48) % 2 == 0, np.arange(48) // 2, -1)
DRAWN = replace(FILMS, truth=OutlineShares(SHARES, PLACES))


def test_that_an_outline_is_moved_as_its_film_is():
    task = learnt_task(OUTLINED)
    targets = task.targets(DRAWN.labels[:2], DRAWN.truth.take(np.arange(2)))
    mirrored = torch.tensor([[[-1.0, 0, 0], [0, 1, 0]]]).expand(2, -1, -1)
    classes, shares = task.parted(task.moved(targets, mirrored))
    torch.testing.assert_close(classes, torch.eye(2))
    torch.testing.assert_close(shares[0], torch.from_numpy(SHARES[0, 0] / 255.0).float().flip(1))
    assert shares[1].isnan().all()


def test_that_films_without_an_outline_ask_for_none():
    given = torch.zeros(2, 8, 8)
    wanted = torch.stack([torch.ones(8, 8), torch.full((8, 8), torch.nan)])
    found = outline_losses(given, wanted)
    torch.testing.assert_close(found, torch.tensor([0.6931472, 0.0]))


def test_that_a_training_learns_outlines_beside_the_answer():
    losses = [
        _outline_loss(replace(OUTLINED, training=replace(OUTLINED.training, epochs=epochs)))
        for epochs in (1, 12)
    ]
    assert losses[1] < 0.8 * losses[0]


def _outline_loss(recipe):
    state = _Training(DRAWN, recipe, start_run("32"), None, 1e9, None).carry_out()
    pupil = Pupil(state.network, recipe).eval()
    pupil.outline = state.outline
    rows = torch.from_numpy(FILMS.rows[:24].astype(np.float32))
    with torch.no_grad():
        lesson = pupil(rows, [8] * 24)
    wanted = torch.from_numpy(SHARES[0, 0] / 255.0).float().expand(24, -1, -1)
    return float(outline_losses(lesson.outlines, wanted).mean())


def test_that_a_training_that_was_interrupted_takes_the_outlines_layer_up_again(tmp_path):
    class Interrupting(Heard):
        def on_epoch(self, epoch):
            if epoch.number == 2:
                raise KeyboardInterrupt

    whole = run_epochs(DRAWN, OUTLINED)
    with pytest.raises(KeyboardInterrupt):
        run_epochs(DRAWN, OUTLINED, checkpoint=tmp_path / "c", listener=Interrupting())
    resumed = run_epochs(DRAWN, OUTLINED, checkpoint=tmp_path / "c")
    assert all(map(torch.equal, weights(whole.network), weights(resumed.network)))


def test_that_a_network_asked_for_nothing_more_is_read_as_ever():
    network = run_epochs(FILMS, replace(RECIPE, training=replace(PLAN, epochs=1))).network
    rows = torch.from_numpy(FILMS.rows[:4].astype(np.float32))
    with torch.no_grad():
        lesson = Pupil(network, RECIPE)(rows, [8] * 4)
        torch.testing.assert_close(lesson.output.logits, network(rows))
    assert lesson.by_row is lesson.outlines is None
