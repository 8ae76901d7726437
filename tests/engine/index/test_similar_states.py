"""Searching an index: the same as measuring every stretch, whichever way it is searched."""

import numpy as np
import pytest

from engine.index import (
    FaissLists,
    StateTable,
    by_lists,
    exact,
    exact_many,
    measure_search,
    open_index,
    write_lists,
)
from tests.engine.index.drawn_films import nearest

HALF = 2.0**-11  # relative rounding of states that are kept in 16 bits
CLOSE = 2e-3  # σ: states reach 4 σ, and are rounded once in the index and once in the sum


def raw(traces, film, first, last):
    states = traces[film].h[-1]  # (D, L, H)
    return np.concatenate(list(states), axis=1)[first:last]


@pytest.mark.parametrize(("first", "last"), [(0, 1), (3, 4), (2, 7), (0, 8)])
def test_that_a_stretch_is_found_as_by_measuring_every_other(index, traces, first, last):
    states = raw(traces, 5, first, last)
    content = index.film(5).content
    found = index.search(states, 10, without=content)
    wanted = nearest(index, states, 10, without=5)
    np.testing.assert_allclose(
        [one.distance for one in found], [one[0] for one in wanted], atol=1e-5
    )
    assert [(one.film, one.first) for one in found] == [one[1:] for one in wanted]
    assert all(one.last - one.first == last - first for one in found)


def test_that_a_film_finds_itself_first_where_it_was(index, traces):
    found = index.search(raw(traces, 7, 2, 6), 3)
    assert (found[0].film, found[0].first, found[0].last) == (7, 2, 6)
    assert found[0].distance < CLOSE
    assert found[1].distance > CLOSE


def test_that_each_film_is_found_once(index, traces):
    found = index.search(raw(traces, 0, 1, 2), 40)
    assert sorted(one.film for one in found) == list(range(40))


def test_that_a_film_can_be_left_out(index, traces):
    content = index.film(7).content
    found = index.search(raw(traces, 7, 2, 6), 40, without=content)
    assert len(found) == 39
    assert 7 not in {one.film for one in found}


def test_that_a_distance_is_the_root_mean_square_in_standard_deviations(index, traces):
    every = np.concatenate([raw(traces, film, 0, None) for film in range(40)]).astype(np.float64)
    std = every.std(axis=0)
    scale = np.maximum(std, max(0.01, 0.1 * np.median(std)))
    states = raw(traces, 3, 1, 5)
    best = index.search(states, 1, without=index.film(3).content)[0]
    other = raw(traces, best.film, best.first, best.last)
    apart = (states.astype(np.float64) - other) / scale
    assert best.distance == pytest.approx(np.sqrt(np.mean(apart**2)), abs=CLOSE)


def test_that_states_of_a_trace_are_taken_as_they_are(index, traces):
    h = traces[4].h[-1, :, 2:5]  # (D, 3, H)
    assert index.search(h, 5) == index.search(raw(traces, 4, 2, 5), 5)


def test_that_a_stretch_longer_than_any_film_has_no_match(index):
    assert index.search(np.zeros((99, index.about.width)), 5) == ()


def test_that_states_of_another_network_are_no_question(index):
    with pytest.raises(ValueError, match="5 units are not the 12"):
        index.search(np.zeros((3, 5)))


def test_that_states_come_back_as_the_network_had_them(index, traces):
    most = np.abs(index.table.states).max() * HALF * index._scale.max()
    np.testing.assert_allclose(index.states(6, 1, 4), raw(traces, 6, 1, 4), atol=2 * most)


# ------------------------------------------------------------------------------ many rows
WIDTH = 16


@pytest.fixture(scope="module")
def many():
    """Smooth traces of 900 films of 60 to 80 steps: too many rows to be looked through."""
    rng = np.random.default_rng(0)
    heights = rng.integers(60, 81, 900)
    first = np.concatenate(([0], np.cumsum(heights)))
    steps = rng.normal(size=(first[-1], WIDTH)).astype(np.float32)
    states = np.empty_like(steps)
    states[0] = steps[0]
    for row in range(1, len(steps)):
        states[row] = 0.9 * states[row - 1] + 0.44 * steps[row]
    return StateTable(states.astype(np.float16), first)


@pytest.fixture(scope="module")
def lists(many, tmp_path_factory):
    pytest.importorskip("faiss")
    folder = tmp_path_factory.mktemp("lists")
    return FaissLists(folder, write_lists(folder, many.states, 256))


def stretches(table, length, count):
    rng = np.random.default_rng(length)
    films = rng.integers(0, len(table.first) - 1, count)
    starts = table.first[films] + rng.integers(0, 60 - length, count)
    return films, np.stack([table.states[start : start + length] for start in starts]).astype(
        np.float32
    )


@pytest.mark.parametrize("length", [1, 5, 20])
def test_that_exact_search_of_many_is_that_of_each(many, length):
    films, asked = stretches(many, length, 3)
    together = exact_many(many, asked, 6, leave_out=films)
    for number, found in enumerate(together):
        alone = exact(many, asked[number], 6, leave_out=int(films[number]))
        np.testing.assert_array_equal(found.starts, alone.starts)
        assert films[number] not in found.films


def test_that_a_stretch_never_runs_into_the_next_film(many):
    films, asked = stretches(many, 30, 4)
    for found in exact_many(many, asked, 50, leave_out=films):
        assert (found.starts + 30 <= many.first[found.films + 1]).all()
        assert (found.starts >= many.first[found.films]).all()


@pytest.mark.parametrize("length", [1, 8, 30])
def test_that_lists_find_what_exact_search_finds(many, lists, length):
    films, asked = stretches(many, length, 20)
    right = exact_many(many, asked, 12, leave_out=films)
    shares = []
    for film, stretch, wanted in zip(films, asked, right, strict=True):
        found = by_lists(many, lists, stretch, 12, leave_out=int(film))
        assert film not in found.films
        assert len(set(found.films)) == 12
        shares.append(np.isin(found.starts, wanted.starts).mean())
    assert np.mean(shares) >= 0.95


def test_that_a_distance_found_by_lists_is_exact(many, lists):
    _, asked = stretches(many, 8, 1)
    found = by_lists(many, lists, asked[0], 12)
    for start, distance in zip(found.starts, found.distances, strict=True):
        apart = many.states[start : start + 8].astype(np.float64) - asked[0]
        assert distance == pytest.approx(np.sqrt(np.mean(apart**2)), rel=1e-5, abs=1e-6)


def test_that_the_search_is_measured_against_exact_search(index, monkeypatch):
    assert measure_search(index, 4, queries=6).recall == 1.0
    other = open_index(index.folder)
    search = other.search
    monkeypatch.setattr(other, "search", lambda *given, **named: search(*given, **named)[1::2])
    assert measure_search(other, 4, queries=6).recall <= 0.5


def test_that_the_lists_hold_every_row_once_with_its_distance(many, lists):
    """Asked for everything they tell every row; codes are off by a step, but for the rare ends."""
    asked = many.states[:2].astype(np.float32)
    lists_of = lists._opened(pytest.importorskip("faiss"))
    lists_of.nprobe = lists_of.nlist
    squares, rows = lists_of.search(asked, len(many.states))
    for number in range(2):
        assert sorted(rows[number]) == list(range(len(many.states)))
        apart = many.states[rows[number]].astype(np.float32) - asked[number]
        within = (lists._arrays["list_ends"][1] / 255).astype(np.float64)  # a step of each code
        distance = np.sqrt((apart**2).sum(axis=1))
        most = np.sqrt((within**2).sum())
        assert np.quantile(np.abs(np.sqrt(squares[number]) - distance), 0.99) <= most
