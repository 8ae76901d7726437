"""Films of free heights from files, and into a bundle."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image as Raster

from engine.errors import DataError
from engine.films import FolderLayout, read_films
from engine.imaging import read_frame, read_image
from engine.recipe import Augmentation, Schedule
from engine.sequence import to_sequence
from engine.training import Material, build
from engine.types import Population
from engine.weights import load_bundle
from tests.engine.free_heights import FREE, RECIPE, alone, draw


def write_films(root, count, *, seed, columns=24):
    rng = np.random.default_rng(seed)
    for lower, folder in enumerate(("upper", "lower")):
        (root / folder).mkdir(parents=True)
        for number in range(count):
            film = draw(int(rng.integers(28, 70)), lower=lower, rng=rng)
            wide = np.repeat(film, columns // 8, axis=1)
            Raster.fromarray((wide * 255).astype(np.uint8)).save(root / folder / f"{number}.png")
    return root


def test_that_films_from_files_keep_their_heights(tmp_path):
    found = read_films(
        write_films(tmp_path / "films", 4, seed=1), FolderLayout(FREE, RECIPE.classes)
    )
    for number, name in enumerate(found.names):
        rows = to_sequence(read_frame(read_image(tmp_path / "films" / name)), FREE).rows
        assert len(rows) == found.heights[number]
        np.testing.assert_array_equal(alone(found, number)[0], rows.astype(np.float16))
        assert not found.rows[number, len(rows) :].any()


def test_that_arrays_keep_their_aspect(tmp_path):
    images = np.random.default_rng(0).integers(0, 256, (4, 48, 16), dtype=np.uint8)
    np.savez(tmp_path / "a.npz", images=images, labels=np.arange(4) % 2)
    found = read_films(tmp_path / "a.npz", FolderLayout(FREE, RECIPE.classes))
    assert found.rows.shape == (4, 24, 8)
    assert list(found.heights) == [24] * 4


def test_that_arrays_of_an_extreme_shape_are_refused(tmp_path):
    np.savez(tmp_path / "a.npz", images=np.zeros((2, 300, 10), np.uint8), labels=np.arange(2))
    with pytest.raises(DataError, match=r"a\.npz: This film of 300 × 10 pixels is too high"):
        read_films(tmp_path / "a.npz", FolderLayout(FREE, RECIPE.classes))


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """The folder of a bundle trained on films of free heights, and the folder of the films."""
    root = tmp_path_factory.mktemp("free")
    for seed, split in enumerate(("train", "val", "test")):
        write_films(root / "films" / split, 10, seed=seed)
    found = read_films(root / "films", FolderLayout(RECIPE.input, RECIPE.classes))
    schedule = Schedule(30, 4, 2e-2)
    moved = Augmentation(shift=0.05)
    recipe = replace(RECIPE, training=schedule, augmentation=moved, population=Population())
    material = Material(found, {"test": found.only("test")})
    build(recipe, material, output=root / "free", command="a test")
    return root / "free", root / "films"


def test_that_a_model_of_free_heights_is_trained_into_a_bundle_that_loads(trained):
    info = load_bundle(trained[0]).info
    assert (info.input.aspect, info.input.rows_multiple, info.steps) == ("keep", 2, 8)
    assert dict(info.results)["test AUC"]
    assert "typical height" in (trained[0] / "README.md").read_text(encoding="utf-8")


def test_that_a_loaded_model_reads_films_of_other_heights(trained):
    bundle = load_bundle(trained[0])
    right, heights = [], set()
    for path in sorted((trained[1] / "test").rglob("*.png")):
        rows = to_sequence(read_frame(read_image(path)), bundle.info.input).rows
        heights.add(len(rows))
        logits = bundle.network(torch.from_numpy(rows)[None])
        right.append(int(logits.argmax()) == ("upper", "lower").index(path.parent.name))
    assert len(heights) > 4
    assert np.mean(right) >= 0.8
