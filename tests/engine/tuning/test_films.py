"""The films that a tuning looks at: all but the test films, the same in every format."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from engine.films import divide, layout_of, read_films
from engine.tuning import Source, cross_validation as tuning_films, prepare, read_pool
from tests.engine.tuning_parts import RECIPE, plan_of, write_films


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    return write_films(tmp_path_factory.mktemp("data") / "films")


def test_that_no_test_film_is_in_the_pool(films):
    (pool,) = read_pool(Source(films), plan_of(), report=lambda _: None).values()
    assert len(pool) == 24
    assert not any("test" in name for name in pool.names)


def test_that_test_films_are_not_even_opened(tmp_path):
    films = write_films(tmp_path / "films", tests="broken")
    (pool,) = read_pool(Source(films), plan_of(), report=lambda _: None).values()
    assert pool.unread == ("test",)
    assert pool.skipped == ()  # a broken film that somebody had read would be here


def test_that_processes_take_films_from_the_cache(films, tmp_path):
    plan = plan_of()
    source = Source(films, cache=tmp_path / "cache")
    job = prepare(source, plan, output=tmp_path, report=lambda _: None)
    parcel = pickle.loads(pickle.dumps(job.parcel()))  # noqa: S301 - ours
    assert not parcel.films
    mine, other = (next(iter(one.films.values())) for one in (job, parcel.unpacked()))
    np.testing.assert_array_equal(np.asarray(mine.rows), np.asarray(other.rows))
    np.testing.assert_array_equal(mine.names, other.names)


def test_that_films_without_a_cache_are_sent(films, tmp_path):
    job = prepare(Source(films), plan_of(), output=tmp_path, report=lambda _: None)
    parcel = pickle.loads(pickle.dumps(job.parcel()))  # noqa: S301 - ours
    (sent,) = parcel.films.values()
    (mine,) = job.films.values()
    np.testing.assert_array_equal(np.asarray(sent.rows), np.asarray(mine.rows))


def test_that_a_share_held_out_for_the_test_is_not_in_the_pool(films):
    recipe = replace(RECIPE, data=replace(RECIPE.data, test=0.25))
    flat = films / "train"  # without a test folder
    (pool,) = read_pool(Source(flat), plan_of(recipe=recipe), report=lambda _: None).values()
    every = divide(read_films(flat, layout_of(recipe)), recipe.data, seed=0)
    assert set(every.only("test").names)
    assert set(pool.names) == set(every.names) - set(every.only("test").names)


def test_that_films_of_several_formats_are_the_same_films(films):
    plan = plan_of("input.rows=8,16", "network.band=1,2")
    pools = read_pool(Source(films), plan, report=lambda _: None)
    assert sorted(pool.rows.shape[1] for pool in pools.values()) == [8, 16]
    first, second = pools.values()
    np.testing.assert_array_equal(first.names, second.names)


def test_that_films_that_a_format_refuses_are_in_none(films, monkeypatch):
    read = tuning_films.read_films

    def read_some(source, layout, **rest):
        found = read(source, layout, **rest)
        return found.take(np.arange(len(found))[layout.input.rows == 16 :])

    monkeypatch.setattr(tuning_films, "read_films", read_some)
    pools = read_pool(Source(films), plan_of("input.rows=8,16"), report=lambda _: None)
    assert [len(pool) for pool in pools.values()] == [23, 23]


def test_that_a_film_and_its_label_stay_together(films):
    (pool,) = read_pool(Source(films), plan_of(), report=lambda _: None).values()
    below = np.array(["/below/" in name for name in pool.names])
    np.testing.assert_array_equal(below, pool.labels == 1)
    assert (pool.rows[below, 4:].mean(axis=(1, 2)) > pool.rows[below, :4].mean(axis=(1, 2))).all()
