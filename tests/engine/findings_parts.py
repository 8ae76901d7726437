"""Films with two findings, above and below, and a small task of them."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

COLUMNS = ("upper", "lower")
RECIPE = {
    "name": "findings",
    "title": "Two findings",
    "task": "Is the upper half bright, is the lower",
    "intended_use": "Tests",
    "data_source": "Nobody",
    "classes": list(COLUMNS),
    "input": {"rows": 8, "columns": 8, "intensity": "full-range"},
    "network": {"cell": "gru", "hidden_size": 8},
    "training": {"epochs": 16, "batch_size": 8, "learning_rate": 1e-2, "seed": 0},
    "data": {"source": "a test", "licence": "none"},
    "objective": {"task": "multi-label", "options": {"fewest": 4}},
    "measure": {"influence_films": 8, "deletion_films": 4, "statistics_films": 40},
    "population": {},
}
SPLITS = ("train",) * 4 + ("val",) * 2 + ("test",) * 2


def draw_film(path: Path, rng, *, side: int, noise: float, square: int = 0):
    """Write a film of noise up to a value, with findings that reach 1; which are there, and where.

    Args:
        path: Of the PNG file.
        rng: Draws what is there, the noise, and the places of squares.
        side: Rows and columns.
        noise: From 0 to 1.
        square: Side of a finding, somewhere in its half; 0 fills the half.

    Returns:
        (2,) truths, and left, top, right, bottom of both, also of one that is not there.
    """
    there, values = rng.random(2) < 0.5, rng.random((side, side)) * noise
    boxes = []
    for of, shown in enumerate(there):
        top, left, height, width = of * side // 2, 0, side // 2, side
        if square:
            top += int(rng.integers(0, side // 2 - square))
            left, height, width = int(rng.integers(0, side - square)), square, square
        values[top : top + height, left : left + width] += (1 - noise) * shown
        boxes.append((left, top, left + width, top + height))
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray((255 * values).astype(np.uint8)).save(path)
    return there, boxes


def write_table(path: Path, lines: Iterable[Sequence[object]]) -> None:
    """A CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(lines)


def write_films(folder, count=64, *, unknown=7):
    """PNG files and films.csv; every so manieth cell says that nothing is known."""
    rng = np.random.default_rng(0)
    lines, cell = [], 0
    for number in range(count):
        name = f"{number:03}.png"
        there, _ = draw_film(folder / name, rng, side=16, noise=0.5)
        words = []
        for one in there:
            cell += 1
            words.append(("", "u", "-1")[cell % 3] if not cell % unknown else str(int(one)))
        lines.append([name, f"p{number // 2}", SPLITS[number % len(SPLITS)], *words])
    write_table(folder / "films.csv", [["path", "patient", "split", *COLUMNS], *lines])
    return folder
