"""Small film files and sets for the tests of reading; drawn from a seed, never stored."""

import numpy as np
from PIL import Image

from engine.films import Films, FolderLayout
from engine.types import InputFormat

FORMAT = InputFormat(8, 8, "rank")
LAYOUT = FolderLayout(FORMAT, ("normal", "opacity"))


def write_film(path, *, seed, size=(20, 16)):
    path.parent.mkdir(parents=True, exist_ok=True)
    values = np.random.default_rng(seed).integers(0, 256, size, dtype=np.uint8)
    Image.fromarray(values).save(path)


def write_folders(root, count=6, *, seed=0):
    for number, folder in enumerate(("normal", "opacity")):
        for film in range(count):
            write_film(root / folder / f"{film:03}.png", seed=1000 * seed + 100 * number + film)
    return root


def films_of(patients, labels, splits=None, rows=None):
    count = len(labels)
    return Films(
        rows=np.zeros((count, 2, 2), np.float16) if rows is None else rows,
        labels=np.array(labels, dtype=np.int64),
        splits=np.array(splits or ["train"] * count, dtype="<U5"),
        patients=np.array(patients),
        names=np.array([f"film {number}" for number in range(count)]),
        findings=np.full((count, 2), np.nan),
    )
