"""How well an index's own search does: recall against exact search, and time."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from engine.index import contents
from engine.index.found import BuiltIndex, LeftOut, Match
from engine.index.lists import Places
from engine.index.neighbours import exact_many
from engine.index.state_index import Index, open_index
from engine.types import Floats

QUERIES: Final = 24
COUNT: Final = 12
STRETCH: Final = 8  # steps
_SEED = 0
_ROUNDING = 1e-3  # relative: distances to states that were rounded once more


@dataclass(frozen=True, slots=True)
class Proof:
    """Share of the nearest films that were found, and what a search took.

    Attributes:
        recall: 0…1; NaN where one film is all there is.
        milliseconds: Median by the clock.
        processor: Median of processor time, in milliseconds: what it costs on a busy machine, too.
    """

    recall: float
    milliseconds: float
    processor: float


def prove(folder: Path, place: Path, left_out: tuple[LeftOut, ...]) -> BuiltIndex:
    """Measure an index that was just written.

    Args:
        folder: Where it lies now.
        place: Where it will lie.
        left_out: Films that are not in it.
    """
    index = open_index(folder)
    length = min(STRETCH, int(np.diff(index.table.first).min()))
    rows, stretches = (measure_search(index, steps) for steps in (1, length))
    return BuiltIndex(
        folder=place,
        films=index.about.films,
        rows=index.about.rows,
        left_out=left_out,
        size=contents.size_of(folder),
        recall_rows=rows.recall,
        recall_stretches=stretches.recall,
        milliseconds_row=rows.milliseconds,
        milliseconds_stretch=stretches.milliseconds,
        queries=QUERIES,
        count=COUNT,
        stretch=length,
    )


def measure_search(
    index: Index, steps: int, *, queries: int = QUERIES, count: int = COUNT, seed: int = _SEED
) -> Proof:
    """Ask for stretches of the index itself, each without its own film, and compare with exact.

    Args:
        index: Open; the first search, which opens the neighbour index, is not measured.
        steps: Of each stretch; films that are lower are not asked for.
        queries: How many are asked.
        count: Films that are wanted.
        seed: Of what is asked.
    """
    films, starts = _drawn(index, steps, queries, seed)
    asked = [
        index.states(int(film), int(start), int(start) + steps)
        for film, start in zip(films, starts, strict=True)
    ]
    contents_of = [index.film(int(film)).content for film in films]
    index.search(asked[0], count)
    seconds, answers = [], []
    for states, content in zip(asked, contents_of, strict=True):
        begun = np.array((time.perf_counter(), time.process_time()))
        answers.append(index.search(states, count, without=content))
        seconds.append(np.array((time.perf_counter(), time.process_time())) - begun)
    stretches = np.stack([index.standardised(states) for states in asked])
    own = np.array([index.film_with(content) for content in contents_of])
    right = exact_many(index.table, stretches, count, leave_out=own)
    shares = [_share(answer, one.distances) for answer, one in zip(answers, right, strict=True)]
    known = [share for share in shares if share is not None]
    recall = float(np.mean(known)) if known else float("nan")
    clock, processor = 1000 * np.median(seconds, axis=0)
    return Proof(recall, float(clock), float(processor))


def _drawn(index: Index, steps: int, queries: int, seed: int) -> tuple[Places, Places]:
    """Films and the first steps of stretches, every one as probable as the next."""
    random = np.random.default_rng(seed)
    room = np.maximum(np.diff(index.table.first) - steps + 1, 0)
    films = random.choice(len(room), queries, p=room / room.sum())
    return films, random.integers(0, room[films])


def _share(answer: tuple[Match, ...], distances: Floats) -> float | None:
    """How many of the nearest were found; one that is no farther than the last is as right."""
    if not len(distances):
        return None
    last = float(distances[-1]) * (1 + _ROUNDING) + _ROUNDING
    return min(sum(one.distance <= last for one in answer) / len(distances), 1.0)
