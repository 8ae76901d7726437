"""How much of a map lies within the lungs, and where they are."""

import numpy as np
import pytest
from PIL import Image as Raster

from engine.errors import DataError
from engine.measure import lung_share
from engine.preparation import frame_of
from engine.types import GridInfluence

EDGES = np.linspace(0, 16, 5)


@pytest.fixture
def asked(monkeypatch):
    """A model whose map is strongest in the upper left quarter of every film."""
    from importlib import import_module

    room = import_module("engine.measure.lungs")
    values = np.ones((4, 4), np.float32)
    values[:2, :2] = -3
    found = GridInfluence(values, EDGES, EDGES, 1, 1.0, 0.0, 0.0)
    monkeypatch.setattr(room, "grid_influence", lambda *_: found)
    monkeypatch.setattr(room, "edge_strength", lambda *_: np.eye(4))


def write_masks(folder, names):
    mask = np.zeros((16, 16), np.uint8)
    mask[:8, :8] = 255
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        Raster.fromarray(mask).save(folder / name)


def ask(folder, names):
    frame = frame_of(np.zeros((16, 16), np.float32), value_range=(0, 1))
    films = [(name, frame) for name in names]
    return lung_share(None, films, folder, patients=dict(zip(names, names, strict=True)))


@pytest.mark.usefixtures("asked")
def test_that_a_share_within_the_lungs_stands_beside_edges_and_area(tmp_path):
    write_masks(tmp_path / "masks", ["a.png", "b/c.png"])
    found = ask(tmp_path / "masks", ["a.png", "b/c.png", "d.png"])
    assert found.lungs == "masks"
    assert found.within.value == pytest.approx(12 / 24)
    assert found.edges.value == pytest.approx(0.5)
    assert found.film.value == pytest.approx(0.25)
    assert found.within.films == 2  # of the third nobody says where its lungs lie


@pytest.mark.usefixtures("asked")
def test_that_masks_of_no_film_are_refused_in_a_sentence(tmp_path):
    write_masks(tmp_path / "masks", ["a.png"])
    with pytest.raises(DataError, match="“masks” says of no film where its lungs lie"):
        ask(tmp_path / "masks", ["z.png"])
