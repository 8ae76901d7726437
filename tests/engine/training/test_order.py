import numpy as np
import pytest

from engine.recipe import Schedule
from engine.training import drawing_seed, epoch_batches

RNG = np.random.default_rng(0)
INDICES = np.arange(1000, 1700)
LABELS = (RNG.random(700) < 0.1).astype(np.int64)
HEIGHTS = RNG.integers(20, 200, 700)


def batches(epoch=0, **schedule):
    plan = Schedule(epochs=3, batch_size=16, **schedule)
    return epoch_batches(INDICES, LABELS, HEIGHTS, plan=plan, epoch=epoch)


def padding(found):
    return sum(
        int((HEIGHTS[chosen - 1000].max() - HEIGHTS[chosen - 1000]).sum()) for chosen in found
    )


@pytest.mark.parametrize("bucketing", [False, True])
def test_that_an_epoch_reads_every_film_once(bucketing):
    read = np.concatenate(batches(bucketing=bucketing))
    np.testing.assert_array_equal(np.sort(read), INDICES)


@pytest.mark.parametrize("plan", [{}, {"bucketing": True}, {"sampling": "balanced"}])
def test_that_another_epoch_has_another_order(plan):
    first, second = (np.concatenate(batches(epoch, **plan)) for epoch in (0, 1))
    assert not np.array_equal(first, second)


@pytest.mark.parametrize("plan", [{}, {"bucketing": True}, {"sampling": "balanced"}])
def test_that_the_same_seed_has_the_same_order(plan):
    for first, second in zip(batches(2, **plan), batches(2, **plan), strict=True):
        np.testing.assert_array_equal(first, second)


def test_that_buckets_save_nine_tenths_of_the_padding():
    assert padding(batches(bucketing=True)) < 0.1 * padding(batches())


def test_that_buckets_do_not_sort_an_epoch_by_height():
    heights = [HEIGHTS[chosen - 1000].mean() for chosen in batches(bucketing=True)]
    assert abs(np.corrcoef(heights, np.arange(len(heights)))[0, 1]) < 0.5


def test_that_no_bucketed_batch_is_larger_than_the_plan():
    assert max(map(len, batches(bucketing=True))) == 16


def test_that_balanced_sampling_reads_both_classes_equally_often():
    read = np.concatenate(batches(sampling="balanced"))
    assert len(read) == len(INDICES)
    assert LABELS[read - 1000].mean() == 0.5


def test_that_balanced_sampling_reads_rare_films_equally_often():
    read = np.concatenate(batches(sampling="balanced")) - 1000
    counts = np.bincount(read[LABELS[read] == 1], minlength=700)[LABELS == 1]
    assert counts.max() - counts.min() <= 1


def test_that_places_have_seeds_of_their_own():
    plan = Schedule(epochs=1, batch_size=1)
    seeds = {drawing_seed(plan, epoch, batch) for epoch in range(20) for batch in range(20)}
    assert len(seeds) == 400
    assert all(0 <= seed < 2**63 for seed in seeds)
