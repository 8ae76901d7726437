"""Splits that are left alone: neither decoded nor replaced by others."""

from dataclasses import replace

import numpy as np
import pytest

from engine.films import FolderLayout, divide, read_films
from engine.recipe import Data
from engine.types import InputFormat

LAYOUT = FolderLayout(InputFormat(8, 8, "rank"), ("0", "1"), splits=("train", "val"))
TEST = Data("a test", "none", test=0.25)
RANDOM = np.random.default_rng(0)


def drawn(count):
    return RANDOM.integers(0, 255, (count, 8, 8), dtype=np.uint8), np.arange(count) % 2


@pytest.fixture
def together(tmp_path):
    """One array of films and one that says where each belongs."""
    images, labels = drawn(12)
    splits = np.array(["test", "train", "train"] * 4)
    np.savez(tmp_path / "films.npz", images=images, labels=labels, splits=splits)
    return tmp_path / "films.npz"


@pytest.fixture
def apart(tmp_path):
    """Arrays of each split, as MedMNIST has them."""
    arrays = {}
    for split in ("train", "val", "test"):
        arrays[f"{split}_images"], arrays[f"{split}_labels"] = drawn(6)
    np.savez(tmp_path / "films.npz", **arrays)
    return tmp_path / "films.npz"


@pytest.mark.parametrize("source", ["together", "apart"])
def test_that_what_is_read_is_what_a_whole_reading_has_there(source, request):
    path = request.getfixturevalue(source)
    every = read_films(path, replace(LAYOUT, splits=("train", "val", "test")))
    some = read_films(path, LAYOUT)
    kept = every.take(np.flatnonzero(every.splits != "test"))
    np.testing.assert_array_equal(some.names, kept.names)
    np.testing.assert_array_equal(np.asarray(some.rows), np.asarray(kept.rows))


@pytest.mark.parametrize("source", ["together", "apart"])
def test_that_it_is_said_what_was_left_alone(source, request):
    assert read_films(request.getfixturevalue(source), LAYOUT).unread == ("test",)


def test_that_a_test_that_was_left_alone_is_not_replaced_by_another(together):
    assert set(divide(read_films(together, LAYOUT), TEST, seed=0).splits) == {"train"}


def test_that_a_source_without_a_test_still_gives_a_share(together, tmp_path):
    images, labels = drawn(12)
    np.savez(tmp_path / "plain.npz", images=images, labels=labels)
    films = divide(read_films(tmp_path / "plain.npz", LAYOUT), TEST, seed=0)
    assert set(films.splits) == {"train", "test"}


def test_that_the_cache_remembers_what_was_left_alone(together, tmp_path):
    first, second = (read_films(together, LAYOUT, cache=tmp_path / "c") for _ in range(2))
    assert first.unread == second.unread == ("test",)


def test_that_a_table_says_what_is_left_alone(tmp_path):
    lines = ["path,label,split", "a.png,0,test", "b.png,1,train", "c.png,0,train"]
    (tmp_path / "films.csv").write_text("\n".join(lines))
    for name in "bc":
        write(tmp_path / f"{name}.png")
    films = read_films(tmp_path / "films.csv", LAYOUT)
    assert (films.unread, films.skipped, list(films.names)) == (("test",), (), ["b.png", "c.png"])


def write(path):
    from PIL import Image

    Image.fromarray(drawn(1)[0][0]).save(path)
