"""Prints how many opacities a model finds, by their size and contrast, and which it misses.

    python -m tests.opacities phantom-opacities opacities [--rate 0.25] [--split test]

The folder is what `rowscope-engine phantoms … --opacities` has written. The cut is that at which
there are so many false positives per film on the films that are measured.
"""

import argparse
import csv
import itertools
from pathlib import Path

import numpy as np

from engine.films import read_outputs
from engine.tasks import Boxes, cut_at, marks, matched, task_of
from engine.training import choose_films
from engine.weights import load_bundle

SIZES = (4, 6, 8, 12, 20, 35, 61)  # mm
CONTRASTS = (0.0, 0.45, 0.6, 0.8, 9.9)  # of the line integral


def contrasts(folder: Path, names: list[str], truth: Boxes) -> np.ndarray:
    """(T,) contrast of each box, in the order of the truth."""
    by_film: dict[str, list[float]] = {}
    with (folder / "boxes.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            by_film.setdefault(line["path"], []).append(float(line["contrast"]))
    told = [by_film.get(name, []) for name in names]
    assert [len(one) for one in told] == truth.counts.tolist()
    return np.concatenate([np.array(one) for one in told])


def main() -> None:
    """Read a model's answers to the films of a split, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("model")
    asked.add_argument("folder", type=Path)
    asked.add_argument("--rate", type=float, default=0.25)
    asked.add_argument("--split", default="test")
    given = asked.parse_args()
    bundle = load_bundle(given.model)
    info = bundle.info
    films = choose_films(info, given.folder, split=given.split).films
    task = task_of(info.objective, info.classes, info.positive)
    outputs = read_outputs(bundle.network, films.rows, heights=films.heights)
    truth, found = films.truth, task.candidates(outputs.maps)
    which = matched(found, truth, "inside", reach=task.options.reach)
    ranked = marks(found, truth, which, rule="inside")
    cut = cut_at(ranked, given.rate)
    hit = np.zeros(len(truth.owners), bool)
    hit[which[(which >= 0) & (found.scores >= cut)]] = True
    contrast = contrasts(given.folder, films.names.tolist(), truth)
    wrong = (ranked.wrong & (ranked.scores >= cut)).sum() / len(films)
    print(f"{len(films)} films, {len(hit)} opacities, {wrong:.3f} false positives per film")
    print(
        "mm \\ contrast",
        *(f"{low:g}–{high:g}" for low, high in itertools.pairwise(CONTRASTS)),
        sep=" | ",
    )
    for low, high in itertools.pairwise(SIZES):
        own = (truth.sizes >= low) & (truth.sizes < high)
        cells = []
        for least, most in itertools.pairwise(CONTRASTS):
            chosen = own & (contrast >= least) & (contrast < most)
            cells.append(f"{hit[chosen].sum()} of {chosen.sum()}")
        print(f"{low}–{high}", *cells, f"{hit[own].mean():.3f}", sep=" | ")
    large = truth.sizes >= 8
    print(f"8 mm and more: {hit[large].sum()} of {large.sum()}, {hit[large].mean():.4f}")
    for box in np.flatnonzero(large & ~hit):
        name = films.names[truth.owners[box]]
        print(f"missed: {name} {truth.sizes[box]:.1f} mm, contrast {contrast[box]:.2f}")


if __name__ == "__main__":
    main()
