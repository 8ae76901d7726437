"""A small segmentation: noise with a bright square in every second film, and its mask."""

from pathlib import Path

import numpy as np
from PIL import Image

RECIPE = {
    "name": "squares",
    "title": "Bright squares",
    "task": "Outline of a bright square",
    "intended_use": "Tests",
    "data_source": "Nobody",
    "classes": ["around", "square"],
    "positive": 1,
    "input": {"rows": 16, "columns": 16, "intensity": "full-range"},
    "network": {
        "architecture": "grid",
        "options": {
            "hidden_size": 4,
            "layers": 1,
            "stem": [{"channels": 8, "row_stride": 2, "column_stride": 2}],
            "decoder": [{"channels": 8}],
        },
    },
    "objective": {"task": "segmentation", "options": {}},
    "training": {"epochs": 1, "batch_size": 8, "learning_rate": 1e-2, "seed": 0},
    "data": {"source": "a test", "licence": "none", "masks": "masks"},
    "augmentation": {"shift": 0.05},
    "measure": {"influence_films": 2, "deletion_films": 2, "statistics_films": 4},
    "population": {},
}
SPLITS = ("train", "train", "train", "train", "val", "val", "test", "test")


def write_films(folder: Path, count: int = 24, *, size: tuple[int, int] = (32, 24)) -> Path:
    """PNG files by split, and their masks of 0 and 255 in `masks`."""
    rng = np.random.default_rng(0)
    for number in range(count):
        values, mask = rng.random(size) * 0.3, np.zeros(size, bool)
        if number % 2:
            top, left = rng.integers(2, size[0] - 14), rng.integers(2, size[1] - 14)
            mask[top : top + 12, left : left + 12] = True
        values[mask] += 0.6
        name = f"{SPLITS[number % len(SPLITS)]}/{number:03}.png"
        write(folder / name, (255 * values).astype(np.uint8))
        write(folder / "masks" / name, np.where(mask, 255, 0).astype(np.uint8))
    return folder


def write(path: Path, values: np.ndarray) -> Path:
    """A grey PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(values).save(path)
    return path
