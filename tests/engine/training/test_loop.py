import platform
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.errors import DataError
from engine.films import predict
from engine.recipe import Augmentation
from engine.tasks import undecided
from engine.training import (
    anchor,
    augment,
    batch_mean,
    calibrate,
    influence_scale,
    memory_kept,
    mix_up,
    neutral,
    row_statistics,
    run_epochs,
    splice,
)
from tests.engine.training_parts import FILMS, RECIPE, Heard, weights

ALL = Augmentation(0.1, 10.0, 0.1, 0.1, 0.5, gamma=0.5, contrast=0.2, brightness=0.1, noise=0.05)


@pytest.fixture(scope="module")
def films():
    return FILMS


def test_that_a_training_learns(films):
    plan = replace(RECIPE, training=replace(RECIPE.training, epochs=8))
    history = run_epochs(films, plan).history
    assert history[-1].loss < history[0].loss


def test_that_a_listener_hears_every_epoch(films):
    heard = Heard()
    trained = run_epochs(films, RECIPE, listener=heard)
    assert tuple(heard.epochs) == trained.history
    assert [epoch.number for epoch in heard.epochs] == [1, 2, 3, 4]


def test_that_a_listener_hears_every_batch(films):
    heard = Heard()
    run_epochs(films, RECIPE, listener=heard)
    assert [(moment.epoch, moment.step) for moment in heard.moments] == [
        (1 + number // 4, 1 + number) for number in range(16)
    ]
    assert {moment.steps for moment in heard.moments} == {16}


def test_that_the_validation_figures_are_those_of_the_weights_that_are_kept(films):
    trained = run_epochs(films, RECIPE)
    watched = films.only("val")
    logits = torch.from_numpy(predict(trained.network, watched.rows))
    labels = torch.from_numpy(watched.labels)
    loss = torch.nn.functional.cross_entropy(logits, labels).item()
    last = trained.history[-1]
    assert last.validation_loss == pytest.approx(loss, rel=1e-5)
    assert last.accuracy == np.mean(logits.argmax(dim=1).numpy() == watched.labels)


def test_that_without_validation_films_there_are_no_such_figures(films):
    alone = replace(films, splits=np.full(48, "train"))
    last = run_epochs(alone, RECIPE).history[-1]
    assert last.validation_loss is None
    assert last.accuracy is None


def test_that_another_seed_ends_in_other_weights(films):
    other = replace(RECIPE, training=replace(RECIPE.training, seed=1))
    assert not torch.equal(
        weights(run_epochs(films, RECIPE).network), weights(run_epochs(films, other).network)
    )


def test_that_training_leaves_the_global_random_state_alone(films):
    before = torch.get_rng_state()
    run_epochs(films, RECIPE)
    assert torch.equal(torch.get_rng_state(), before)


def test_that_data_without_training_films_are_refused(films):
    with pytest.raises(DataError, match="no training films"):
        run_epochs(replace(films, splits=np.full(48, "test")), RECIPE)


def test_that_augmented_films_keep_shape_and_range():
    rows = torch.rand(5, 12, 9)
    changed = augment(rows, ALL, torch.Generator().manual_seed(0))
    assert changed.shape == rows.shape
    assert changed.min() >= 0
    assert changed.max() <= 1


def test_that_no_augmentation_changes_nothing():
    rows = torch.rand(5, 12, 9)
    assert torch.equal(augment(rows, Augmentation(), torch.Generator()), rows)


def test_that_a_certain_flip_mirrors_the_columns():
    rows = torch.rand(3, 6, 8)
    flipped = augment(rows, Augmentation(flip=1.0), torch.Generator().manual_seed(0))
    torch.testing.assert_close(flipped, rows.flip(2), atol=1e-5, rtol=0)


def test_that_a_rotation_turns_circles_into_circles():
    down, across = torch.meshgrid(torch.arange(40.0), torch.arange(40.0), indexing="ij")
    disc = torch.exp(-(((down - 19.5) ** 2 + (across - 19.5) ** 2) / 50))[None]
    turned = augment(disc, Augmentation(rotate=60.0), torch.Generator().manual_seed(1))
    torch.testing.assert_close(turned, disc, atol=0.03, rtol=0)


def test_that_mixed_targets_sum_to_one():
    rows, targets = torch.rand(16, 4, 4), torch.eye(2)[torch.arange(16) % 2]
    generator = torch.Generator().manual_seed(0)
    mixed, soft = mix_up(rows, targets, alpha=0.4, generator=generator)
    torch.testing.assert_close(soft.sum(dim=1), torch.ones(16))
    assert not torch.equal(mixed, rows)


def test_that_a_film_faded_into_the_mean_film_is_undecided_in_proportion():
    rows, mean = torch.zeros(64, 4, 4), torch.ones(4, 4)
    targets = torch.eye(2)[torch.zeros(64, dtype=torch.long)]
    generator = torch.Generator().manual_seed(0)
    even = undecided(None, 2)
    faded, soft = anchor(rows, targets, mean=mean, even=even, share=0.5, generator=generator)
    torch.testing.assert_close(soft[:, 0], 1 - faded[:, 0, 0] / 2)
    assert 16 < int((faded[:, 0, 0] > 0).sum()) < 48


def test_that_a_target_follows_the_share_of_rows_that_are_kept():
    rows, mean = torch.zeros(64, 8, 4), torch.ones(8, 4)
    targets = torch.eye(2)[torch.ones(64, dtype=torch.long)]
    generator = torch.Generator().manual_seed(0)
    plan = Augmentation(splice=0.5)
    spliced, soft = splice(rows, targets, mean=mean, plan=plan, generator=generator)
    torch.testing.assert_close(soft[:, 1], 1 - spliced[:, :, 0].mean(dim=1))
    assert set(spliced.unique().tolist()) == {0.0, 1.0}


def test_that_a_label_can_be_kept_while_some_rows_are_replaced():
    rows, mean = torch.zeros(64, 96, 4), torch.ones(96, 4)
    targets = torch.eye(2)[torch.ones(64, dtype=torch.long)]
    plan = Augmentation(splice=1.0, splice_most=0.3, splice_label="kept")
    generator = torch.Generator().manual_seed(0)
    spliced, kept = splice(rows, targets, mean=mean, plan=plan, generator=generator)
    assert torch.equal(kept, targets)
    assert 0.05 < spliced.mean() < 0.3


def test_that_some_films_become_the_undecided_mean_film():
    rows, mean = torch.zeros(64, 4, 4), torch.ones(4, 4)
    targets, even = torch.eye(2)[torch.zeros(64, dtype=torch.long)], torch.tensor([0.3, 0.7])
    generator = torch.Generator().manual_seed(0)
    changed, soft = neutral(rows, targets, mean=mean, even=even, share=0.25, generator=generator)
    replaced = changed[:, 0, 0] == 1
    assert 4 < int(replaced.sum()) < 32
    torch.testing.assert_close(soft[replaced], even.expand(int(replaced.sum()), 2))
    assert torch.equal(soft[~replaced], targets[~replaced])


def test_that_some_films_become_undecided_means_of_their_batch():
    generator = torch.Generator().manual_seed(0)
    common = torch.linspace(0.4, 0.6, 30).view(6, 5)
    rows = common + 0.2 * torch.rand(64, 6, 5, generator=generator)
    targets, even = torch.eye(2)[torch.zeros(64, dtype=torch.long)], torch.tensor([0.3, 0.7])
    changed, soft = batch_mean(rows, targets, even=even, share=0.25, generator=generator)
    replaced = (changed != rows).flatten(1).any(dim=1)
    assert 4 < int(replaced.sum()) < 32
    torch.testing.assert_close(soft[replaced], even.expand(int(replaced.sum()), 2))
    assert torch.equal(soft[~replaced], targets[~replaced])
    # each is another mean, near that of the whole batch, its greys drawn out by another part
    means = changed[replaced].flatten(1)
    assert len(means.unique(dim=0)) == len(means)
    likeness = torch.corrcoef(torch.cat((rows.mean(dim=0).flatten()[None], means)))[0, 1:]
    assert float(likeness.min()) > 0.5
    assert float(means.std(dim=1).max() / means.std(dim=1).min()) > 2


def test_that_a_mean_of_few_films_is_not_called_undecided():
    rows, targets = torch.rand(4, 6, 5), torch.eye(2)[torch.zeros(4, dtype=torch.long)]
    generator = torch.Generator().manual_seed(0)
    even = torch.full((2,), 0.5)
    kept, soft = batch_mean(rows, targets, even=even, share=1.0, generator=generator)
    assert torch.equal(kept, rows)
    assert torch.equal(soft, targets)


def test_that_means_of_a_batch_end_where_the_film_ends():
    rows = torch.rand(16, 8, 5)
    heights = torch.tensor([8, 6] * 8)
    rows[1::2, 6:] = 0.0
    changed, _ = batch_mean(
        rows,
        torch.eye(2)[torch.zeros(16, dtype=torch.long)],
        even=torch.full((2,), 0.5),
        share=1.0,
        generator=torch.Generator().manual_seed(0),
        heights=heights,
    )
    assert not changed[1::2, 6:].any()
    assert (changed[1::2, :6] > 0).any(dim=(1, 2)).all()


def test_that_undecided_means_even_odds_under_the_weights_of_the_classes():
    weight = torch.tensor([3.0, 0.5])
    logits = torch.zeros(1, 2, requires_grad=True)
    target = undecided(weight, 2).unsqueeze(0)
    torch.nn.functional.cross_entropy(logits, target, weight=weight).backward()
    torch.testing.assert_close(logits.grad, torch.zeros(1, 2))


def test_that_calibration_keeps_the_order_of_the_films(films):
    network = run_epochs(films, RECIPE).network
    before = predict(network, films.rows)
    calibrate(network, before, films.labels)
    after = predict(network, films.rows)
    odds = [logits[:, 1] - logits[:, 0] for logits in (before, after)]
    np.testing.assert_array_equal(np.argsort(odds[0]), np.argsort(odds[1]))


def test_that_calibration_does_what_it_returns(films):
    network = run_epochs(films, RECIPE).network
    before = predict(network, films.rows)
    scale, offset = calibrate(network, before, films.labels)
    after = predict(network, films.rows)
    expected = scale * (before[:, 1] - before[:, 0]) + offset
    np.testing.assert_allclose(after[:, 1] - after[:, 0], expected, atol=1e-4)


def test_that_statistics_have_the_shapes_of_the_states(films):
    statistics = row_statistics(run_epochs(films, RECIPE).network, films.rows, influence_limit=1.0)
    assert statistics.mean_image.shape == (8, 8)
    assert statistics.state_mean.shape == statistics.state_std.shape == (1, 1, 8, 6)
    assert statistics.norm_mean.shape == statistics.norm_std.shape == (1, 1, 8)
    assert statistics.count == 48


def test_that_statistics_are_means_and_deviations_over_films(films):
    network = run_epochs(films, RECIPE).network
    statistics = row_statistics(network, films.rows, influence_limit=1.0)
    with torch.no_grad():
        h = network.trace(torch.from_numpy(films.rows.astype(np.float32))).h.numpy()
    np.testing.assert_allclose(statistics.state_mean, h.mean(axis=2), atol=1e-5)
    np.testing.assert_allclose(statistics.state_std, h.std(axis=2), atol=1e-4)


def test_that_the_influence_scale_ignores_the_sign():
    assert influence_scale(np.array([[-4.0, 4.0], [4.0, -4.0]])) == 4.0


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="its allocator is left as it is")
def test_that_memory_of_one_step_is_kept_for_the_next():
    """Four tensors of 16 MiB come and go; once there is room for them, it is kept.

    The allocator takes a few steps to lay them side by side. Then 20 steps want no more new pages
    than one step has; given back each time, they would want 20 times as many.
    """
    from resource import RUSAGE_THREAD, getpagesize, getrusage

    def faults():  # of this thread: others may begin or end meanwhile
        return getrusage(RUSAGE_THREAD).ru_minflt

    def steps(count):
        for _ in range(count):
            [torch.ones(2**22) for _ in range(4)]

    with memory_kept():
        steps(20)
        begun = faults()
        steps(20)
        assert faults() - begun < 2**26 / getpagesize()
