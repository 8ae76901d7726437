"""A small task of several findings: films whose upper and lower halves are bright or not."""

import csv

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


def write_films(folder, count=64, *, unknown=7):
    """PNG files and films.csv; every so manieth cell says that nothing is known."""
    rng = np.random.default_rng(0)
    lines, cell = [], 0
    for number in range(count):
        there = rng.random(2) < 0.5
        values = rng.random((16, 16)) * 0.5
        values[:8] += 0.5 * there[0]
        values[8:] += 0.5 * there[1]
        name = f"{number:03}.png"
        folder.mkdir(parents=True, exist_ok=True)
        Image.fromarray((255 * values).astype(np.uint8)).save(folder / name)
        words = []
        for one in there:
            cell += 1
            words.append(("", "u", "-1")[cell % 3] if not cell % unknown else str(int(one)))
        lines.append([name, f"p{number // 2}", SPLITS[number % len(SPLITS)], *words])
    with (folder / "films.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["path", "patient", "split", *COLUMNS], *lines])
    return folder
