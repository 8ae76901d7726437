"""Stand-in until `engine.training.data.folds` is there; same signature."""

import re

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.training.data import Films


def folds(films: Films, count: int, *, seed: int, blocks: bool = False) -> list[NDArray[np.int64]]:
    """Indices of each held-out fold among the films: whole patients, classes evenly spread."""
    patients, places = np.unique(films.patients, return_inverse=True)
    if len(patients) < count:
        raise DataError(f"{count} folds need {count} patients or more.", "data")
    if blocks:
        order = sorted(range(len(patients)), key=lambda index: _natural(str(patients[index])))
        parts = np.array_split(np.array(order), count)
    else:
        order = list(np.random.default_rng(seed).permutation(len(patients)))
        first = {p: films.labels[np.flatnonzero(places == p)[0]] for p in order}
        order.sort(key=lambda p: int(first[p]))
        parts = [np.array(order[start::count]) for start in range(count)]
    return [np.flatnonzero(np.isin(places, part)) for part in parts]


def _natural(name: str) -> list[tuple[bool, int, str]]:
    parts = re.findall(r"\d+|\D+", name)
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]
