"""Reading a changed film again, against a plain reading and the time that a drag may take."""

import statistics
import time
from dataclasses import replace

import numpy as np

import engine
from engine.inspection import reread, trace_rows
from engine.preparation import frame_of, prepare
from engine.processes import Worker

MODELS = ("digits", "phantom-opacity", "chest-pneumonia")
TURNS, WARM = 40, 5
GOAL_MS = 50.0
TIMES = 3.0  # plain readings: it reads the film as it is, too, and gives more back


def run() -> list[tuple[str, float, float]]:
    """For every shipped bundle: of a plain reading, and of 50 ms with the way to the process."""
    results = []
    with Worker() as worker:
        for name in MODELS:
            plain, here, away = measured(name, worker)
            print(
                f"  {name}: read again {here:.2f} ms here; in another process, there and back,"
                f" {away:.2f} ms, a plain reading {plain:.2f} ms"
            )
            results += [
                (f"{name}: read again / plain reading, both there and back", away / plain, TIMES),
                (f"{name}: read again, there and back / {GOAL_MS:.0f} ms", away / GOAL_MS, 1.0),
            ]
    return results


def measured(name: str, worker: Worker) -> tuple[float, float, float]:
    """Median milliseconds: a plain reading elsewhere, read again here, and elsewhere."""
    model = engine.load(name, "cpu")
    values = np.random.default_rng(0).integers(0, 4096, (1024, 1024)).astype(np.uint16)
    film = prepare(frame_of(values), model.info)
    film = replace(film, others=())
    steps = model.info.steps
    plain, here, away = [], [], []
    for turn in range(TURNS + WARM):
        first = turn % (steps - 4)
        edits = (f"rows {first} {first + 4} mean",)
        plain.append(timed(worker.call, trace_rows, model.info.path, film))
        here.append(timed(reread, model.rows, film, edits))
        away.append(timed(worker.call, reread, model.info.path, film, edits))
    return tuple(statistics.median(times[WARM:]) for times in (plain, here, away))


def timed(function, *arguments) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    function(*arguments)
    return (time.perf_counter() - started) * 1000
