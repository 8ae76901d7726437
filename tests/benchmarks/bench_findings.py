"""Whether the map of one finding of several points at its own place, on films that show both.

Films of noise with a square in the upper half, one in the lower half, both or none; one network is
taught both findings. On test films that show both, the map of each finding is asked how much of
what speaks for it lies in the box of its own square, in that of the other one, and by chance. The
ratio is other to own; its goal is a fifth. `python tests/benchmarks/run.py findings`.
"""

import tempfile
from pathlib import Path

import numpy as np

import engine
from engine.evaluation import WeakPointing, weak_pointing
from tests.engine.findings_parts import (
    COLUMNS as NAMES,
    RECIPE as HALVES,
    draw_film,
    write_table,
)

FILMS, SIDE, SQUARE, GOAL = 400, 32, 8, 0.2
RECIPE = {
    **HALVES,
    "name": "squares",
    "title": "Two squares",
    "task": "Is there a square in the upper half, is there one in the lower",
    "intended_use": "A benchmark",
    "data_source": "Drawn",
    "input": {"rows": SIDE, "columns": SIDE, "intensity": "full-range"},
    "network": {"cell": "gru", "hidden_size": 24},
    "training": {"epochs": 20, "batch_size": 16, "learning_rate": 5e-3, "seed": 0},
    "data": {"source": "drawn", "licence": "none"},
    "objective": {"task": "multi-label", "options": {}},
}
SPLITS = ("train",) * 6 + ("val",) * 2 + ("test",) * 2


def write_squares(folder: Path, count: int = FILMS) -> Path:
    """Films with films.csv, and boxes.csv of the test films that show both squares."""
    rng = np.random.default_rng(0)
    lines = [("path", "split", *NAMES)]
    boxes = [("path", "class", "left", "top", "right", "bottom")]
    for number in range(count):
        name, split = f"{number:03}.png", SPLITS[number % len(SPLITS)]
        there, places = draw_film(folder / name, rng, side=SIDE, noise=0.6, square=SQUARE)
        if there.all() and split == "test":
            boxes += [(name, title, *box) for title, box in zip(NAMES, places, strict=True)]
        lines.append((name, split, *map(int, there)))
    write_table(folder / "films.csv", lines)
    write_table(folder / "boxes.csv", boxes)
    return folder


def pointed(model: engine.Model, boxes: Path) -> dict[tuple[str, str], WeakPointing]:
    """By whose box and whose map."""
    return {
        (place, of): weak_pointing(model, boxes, findings=[place], target=of)
        for place in NAMES
        for of in NAMES
    }


def run() -> list[tuple[str, float, float]]:
    """Ratios of both findings, after a table of what they are made of."""
    with tempfile.TemporaryDirectory() as place:
        films = write_squares(Path(place))
        model = engine.train(RECIPE, films, output=films / "model", audit=False)
        found = pointed(model, films / "boxes.csv")
    rows = []
    for own, other in (NAMES, NAMES[::-1]):
        mine, theirs = found[own, own], found[other, own]
        print(
            f"  map of “{own}”, {mine.boxed} films with both: in its own box"
            f" {mine.energy.value:.3f}, in that of “{other}” {theirs.energy.value:.3f}, any place"
            f" {mine.chance.value:.3f}; peak in its own {mine.peak.value:.3f}, in the other"
            f" {theirs.peak.value:.3f}"
        )
        ratio = theirs.energy.value / mine.energy.value
        rows.append((f"map of “{own}” in the other one's box, by its own", ratio, GOAL))
    return rows
