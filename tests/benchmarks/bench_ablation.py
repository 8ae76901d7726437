"""A film read without a unit and without 20 random ones: in time, and against torch one by one."""

import statistics
import time

import numpy as np
import torch

from engine import load
from engine.inspection import UnitGroup, ablated, read_without
from engine.network import built
from engine.runtime import one_film
from engine.types import RowSequence

MODELS, LIMIT, TURNS, RANDOM = ("digits", "chest-pneumonia", "phantom-opacity"), 0.05, 9, 20


def run() -> list[tuple[str, float, float]]:
    """Of every shipped model: shares of 50 ms, and of torch's time for the same readings."""
    found = []
    for name in MODELS:
        model = load(name)
        rows = model.rows.bundle.selftest.rows[0]
        film = RowSequence(rows, np.arange(len(rows) + 1.0))
        group = UnitGroup((17,)).of(model.info)
        ours = median(lambda m=model, f=film, g=group: read_without(m.rows, f, g, random=RANDOM))
        theirs = median(lambda m=model, r=rows, g=group: by_torch(m, r, g))
        found += [
            (f"{name}: without a unit and {RANDOM} random ones / 50 ms", ours / LIMIT, 1.0),
            (f"{name}: the same / torch, one by one", ours / theirs, 0.35),
        ]
    return found


def by_torch(model, rows, group) -> None:
    """The same answers by torch's own layers, with changed weights."""
    bundle, like = model.rows.bundle, torch.from_numpy(rows)[None]
    with one_film(), torch.inference_mode():
        for unit in (None, *group.units, *range(RANDOM)):
            weights = bundle.asked.weights
            if unit is not None:
                only = UnitGroup((unit,), group.layer, group.direction)
                weights = ablated(weights, bundle.config, only)
            built(bundle.config, weights).trace(like)


def median(work) -> float:
    """Seconds of the processor, without the first turn, which fills caches."""
    times = []
    for _ in range(TURNS + 1):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times[1:])
