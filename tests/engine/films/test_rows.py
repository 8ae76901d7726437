"""Model rows that stay on disk, and how much memory reading takes."""

import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.films import Entry, FilmListing, FilmReading, Rows, RowWriter, gather, mapped
from engine.training import even_mean_film, mean_film
from tests.engine.written_films import films_of

KEYS = [
    3,
    -1,
    slice(1, 4),
    slice(None, None, -2),
    np.array([4, 0, 0]),
    np.array([True, False, True, False, True]),
    [2, 1],
    (slice(None), 0),
    (2, slice(0, 3)),
    (np.array([1, 3]), slice(None, 2)),
    (slice(None), slice(None), 1),
    (..., 1),
    (slice(None), np.int64(2)),
]


@pytest.fixture(params=["even", "uneven"])
def pair(request):
    """Films as an array (5, 4, 3), and the same as lazy rows."""
    heights = np.array([4] * 5 if request.param == "even" else [4, 2, 3, 1, 4])
    films = np.random.default_rng(0).random((5, 4, 3)).astype(np.float16)
    films[np.arange(4) >= heights[:, None]] = 0
    values = np.concatenate([film[:height] for film, height in zip(films, heights, strict=True)])
    starts = np.cumsum(heights) - heights
    return films, Rows(values, starts, heights=heights, highest=4)


class Counting:
    """An array of rows that knows how many rows were read from it."""

    def __init__(self, values):
        self.values, self.read, self.shape, self.dtype = values, 0, values.shape, values.dtype

    def __len__(self):
        return len(self.values)

    def __getitem__(self, key):
        found = self.values[key]
        self.read += len(found)
        return found


@pytest.mark.parametrize("key", KEYS, ids=str)
def test_that_rows_are_indexed_as_an_array(pair, key):
    films, rows = pair
    np.testing.assert_array_equal(rows[key], films[key])


@pytest.mark.parametrize("key", KEYS, ids=str)
def test_that_taken_rows_are_indexed_as_an_array(pair, key):
    films, rows = pair
    chosen = np.array([4, 1, 1, 3, 0])
    np.testing.assert_array_equal(rows.take(chosen)[key], films[chosen][key])


def test_that_rows_become_an_array(pair):
    films, rows = pair
    np.testing.assert_array_equal(np.asarray(rows, np.float32), films.astype(np.float32))


def test_that_rows_are_gone_through_film_by_film(pair):
    films, rows = pair
    np.testing.assert_array_equal(np.stack(list(rows)), films)


def test_that_what_was_read_can_be_written_to(pair):
    films, rows = pair
    rows[:2][:] = 7
    np.testing.assert_array_equal(rows[:2], films[:2])


def test_that_an_index_behind_the_end_is_refused(pair):
    with pytest.raises(IndexError):
        pair[1][5]


def test_that_films_and_rows_are_not_chosen_by_indices_at_once(pair):
    with pytest.raises(IndexError, match="films by indices first"):
        pair[1][np.array([0, 4]), np.array([1, 0])]


def test_that_taking_films_reads_none():
    values = Counting(np.zeros((20, 3), np.float16))
    heights = np.array([3, 5, 5, 7])
    starts = np.cumsum(heights) - heights
    films = films_of(list("abcd"), [0, 1, 0, 1], ["train", "val", "train", "val"])
    rows = Rows(values, starts, heights=heights, highest=7)
    films = replace(films, rows=rows, heights=heights)
    few = films.only("val").take(np.array([1]))
    assert values.read == 0
    assert few.rows[0].shape == (7, 3)
    assert values.read == 7


def test_that_films_of_an_array_are_taken_without_copying():
    films = films_of(list("abcd"), [0, 1, 0, 1], rows=np.zeros((4, 2, 3), np.float16))
    few = films.take(np.array([2, 3]))
    films.rows[2] = 1
    np.testing.assert_array_equal(few.rows, films.rows[2:])


def test_that_groups_are_taken_with_their_films():
    films = replace(films_of(list("abc"), [0, 1, 0]), groups={"sex": np.array(["F", "M", "F"])})
    assert list(films.take(np.array([1, 0])).groups["sex"]) == ["M", "F"]


def test_that_written_rows_come_back(tmp_path):
    films = np.random.default_rng(0).random((3, 5, 4)).astype(np.float16)
    with (tmp_path / "rows.npy").open("w+b") as file:
        writer = RowWriter(file, 4)
        for film in films:
            writer.add(film)
        writer.finish()
    np.testing.assert_array_equal(mapped(tmp_path / "rows.npy").reshape(films.shape), films)


def test_that_numpy_reads_written_rows_too(tmp_path):
    with (tmp_path / "rows.npy").open("w+b") as file:
        writer = RowWriter(file, 4)
        writer.add(np.ones((5, 4), np.float16))
        writer.finish()
    np.testing.assert_array_equal(np.load(tmp_path / "rows.npy"), np.ones((5, 4)))


def drawn(count):
    """A listing of films of 64 × 64 model rows, each drawn when it is read."""
    rng = np.random.default_rng(0)

    def read(_entries, _workers):
        for _ in range(count):
            yield FilmReading(rng.random((64, 64)).astype(np.float16), 64)

    entries = [Entry(Path("x"), n % 2, "train", f"{n}", f"{n}") for n in range(count)]
    return FilmListing("drawn", entries, read)


def peak_of(work):
    tracemalloc.start()
    result = work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak, result


def test_that_reading_never_holds_all_films(tmp_path):
    count, size = 1200, 64 * 64 * 2
    listing = drawn(count)
    with (tmp_path / "few.npy").open("w+b") as file:  # what it imports is not what it holds
        gather(drawn(2), file, columns=64, workers=1, report=lambda _: None)
    with (tmp_path / "rows.npy").open("w+b") as file:
        peak, films = peak_of(
            lambda: gather(listing, file, columns=64, workers=1, report=lambda _: None)
        )
    assert films.rows.shape == (count, 64, 64)
    assert peak < count * size / 5


@pytest.mark.parametrize("mean", [mean_film, lambda rows: even_mean_film(rows, LABELS)])
def test_that_a_mean_film_never_holds_all_films(tmp_path, mean):
    with (tmp_path / "rows.npy").open("w+b") as file:
        films = gather(drawn(1200), file, columns=64, workers=1, report=lambda _: None)
    peak, found = peak_of(lambda: mean(films.rows))
    assert found.shape == (64, 64)
    assert peak < 1200 * 64 * 64 * 2 / 3


LABELS = np.arange(1200) % 2
