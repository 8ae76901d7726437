"""Films in npz files."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from engine.errors import DataError
from engine.training.data import Layout, read_films
from engine.training.data.arrays import list_arrays
from engine.training.recipe import Columns
from engine.types import InputFormat

LAYOUT = Layout(InputFormat(8, 8, "full-range"), ("a", "b"))


def images_of(count, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, 8, 8), dtype=np.uint8)


def write(path, **arrays):
    np.savez(path / "a.npz", **arrays)
    return path / "a.npz"


def test_that_patients_and_splits_are_read(tmp_path):
    path = write(
        tmp_path,
        images=images_of(3),
        labels=np.array([0, 1, 1]),
        patients=np.array([7, 7, 9]),
        splits=np.array(["train", "train", "test"]),
    )
    films = read_films(path, LAYOUT)
    assert list(films.patients) == ["7", "7", "9"]
    assert list(films.splits) == ["train", "train", "test"]


def test_that_groups_are_read_under_the_recipes_names(tmp_path):
    groups = np.array([["F", "20"], ["M", "30"]])
    path = write(tmp_path, images=images_of(2), labels=np.array([0, 1]), groups=groups)
    columns = Columns(subgroups=("sex", "age"))
    films = read_films(path, replace(LAYOUT, columns=columns))
    assert list(films.groups["age"]) == ["20", "30"]


def test_that_the_layout_of_medmnist_is_read(tmp_path):
    parts = {}
    for seed, split in enumerate(("train", "val", "test")):
        parts |= {f"{split}_images": images_of(4, seed), f"{split}_labels": np.eye(4, 1) > 0}
    films = read_films(write(tmp_path, **parts), LAYOUT)
    assert [len(films.where(split)) for split in ("train", "val", "test")] == [4, 4, 4]
    assert len(set(films.names)) == 12
    np.testing.assert_allclose(films.rows[4:8], parts["val_images"] / 255, atol=1e-3)


@pytest.mark.parametrize("order", ["C", "F"])
def test_that_both_orders_of_memory_are_read(tmp_path, order):
    images = np.asarray(images_of(3), order=order)
    films = read_films(write(tmp_path, images=images, labels=np.array([0, 1, 0])), LAYOUT)
    np.testing.assert_allclose(films.rows, images / 255, atol=1e-3)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"labels": None}, "no array “labels”"),
        ({"labels": np.array([0, 2])}, "a label is outside the classes"),
        ({"labels": np.array([0, 0.5])}, "a label is outside the classes"),
        ({"labels": np.zeros((2, 14), np.int64)}, "one label for each film"),
        ({"labels": np.array([0, 1, 1])}, "one for each label"),
        ({"images": np.zeros((2, 8, 8, 3), np.uint8)}, "grey"),
        ({"images": np.array([["a"] * 8] * 8)}, "holds no numbers"),
        ({"patients": np.array(["p"])}, "“patients” must hold one value for each film"),
        ({"splits": np.array(["train", "exam"])}, "the split of 000001 is “exam”"),
    ],
)
def test_that_faulty_arrays_are_refused_in_a_sentence(tmp_path, change, sentence):
    arrays = {"images": images_of(2), "labels": np.array([0, 1])} | change
    path = write(tmp_path, **{name: one for name, one in arrays.items() if one is not None})
    with pytest.raises(DataError, match=sentence):
        read_films(path, LAYOUT)


def test_that_a_damaged_file_is_named(tmp_path):
    path = write(tmp_path, images=images_of(50), labels=np.arange(50) % 2)
    content = bytearray(path.read_bytes())
    content[1000:1100] = bytes(100)
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"a\.npz cannot be read as an npz file"):
        read_films(path, LAYOUT)


def test_that_images_are_decoded_one_by_one(tmp_path):
    images = np.random.default_rng(0).integers(0, 256, (1500, 32, 32), dtype=np.uint8)
    np.savez_compressed(tmp_path / "a.npz", images=images, labels=np.arange(1500) % 2)
    listing = list_arrays(tmp_path / "a.npz", LAYOUT)
    tracemalloc.start()
    count = sum(1 for _ in listing.read(listing.entries, 1))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1500
    assert peak < images.nbytes / 4
