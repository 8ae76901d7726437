"""An index as a window gets it, of made numbers: three films of eight steps."""

from pathlib import Path

import numpy as np

from engine.index import FoundStretch, IndexSummary, RowCloud
from tests.viewer.film_values import STEPS

PATHS = (Path("/films/b.dcm"), Path("/films/c.dcm"), Path("/films/d.dcm"))
LABELS = ("normal", "finding", "normal")


def cloud(kind="pca", share=(0.3, 0.2)) -> RowCloud:
    """Every step of film k at (step, 10 k)."""
    steps = np.tile(np.arange(STEPS), 3)
    films = np.repeat(np.arange(3), STEPS)
    points = np.stack([steps, 10.0 * films], axis=1).astype(np.float32)
    return RowCloud(
        kind,
        points,
        films,
        steps,
        np.array(share),
        np.array([4, 5, 6]),
        tuple(map(str, PATHS)),
        LABELS,
        tuple(f"{path} 0" for path in PATHS),
        np.full(3, STEPS),
    )


def summary(folder="/indexes/one", sha256="0" * 64, **others) -> IndexSummary:
    values = {"model": "one", "layer": 1, "films": 3, "rows": 3 * STEPS, "cloud": cloud()}
    values |= {"mapped": False} | others
    return IndexSummary(folder=Path(folder), sha256=sha256, **values)


def stretch(place=0, first=2, last=3, distance=0.5) -> FoundStretch:
    """A place in one of the three films, whose picture is brighter row by row."""
    grey = np.repeat(np.arange(0, 240, 3, dtype=np.uint8)[:, None], 60, axis=1)
    return FoundStretch(
        4 + place,
        first,
        last,
        distance,
        PATHS[place],
        0,
        LABELS[place],
        f"{PATHS[place]} 0",
        np.linspace(0.0, 80.0, STEPS + 1),
        grey,
    )


class StandIn:
    """Answers what a session asks of an index, and remembers what was asked."""

    def __init__(self):
        self.index, self.searched, self.shown, self.projected = summary(), [], [], []
        self.looked, self.fails = [], None

    def find_summary(self, model, folder):
        self.looked.append((model.name, folder))
        if self.fails is not None:
            raise self.fails
        return self.index

    def summarise_index(self, folder):
        if self.fails is not None:
            raise self.fails
        return self.index

    def search_index(self, folder, states, count, without):
        self.searched.append((folder, np.array(states), count, without))
        length = states.shape[1]
        return tuple(stretch(place, 2, 1 + length, 0.5 + place) for place in range(3))

    def show_stretches(self, folder, rows):
        self.shown.append((folder, tuple(rows)))
        return tuple(stretch(film - 4, step, step, float("nan")) for film, step in rows)

    def project_index(self, folder, states, kind):
        self.projected.append((kind, np.array(states)))
        return states[0, :, :2]

    def put(self, monkeypatch, searching, row_plane):
        """Answer instead of the engine."""
        for name in ("find_summary", "summarise_index", "search_index"):
            monkeypatch.setattr(searching.indexes, name, getattr(self, name))
        for name in ("show_stretches", "project_index"):
            monkeypatch.setattr(row_plane.indexes, name, getattr(self, name))
        return self
