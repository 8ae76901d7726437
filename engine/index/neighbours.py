"""Stretches of states that are near a given one: exactly, or by a neighbour index and a vote.

The distance of two stretches of n steps is the root mean square over steps and units of the
difference of their standardised states. Of every film the nearest stretch counts, so that the
answer is films and not one film many times.

Exact search looks at every stretch. Where there are many rows a neighbour index (faiss: inverted
lists of 8-bit codes) names the rows that are near some rows of the stretch, its *anchors*; each
votes for the stretch that it would belong to, by how much nearer it is than the farthest row that
was named. The stretches with most votes are then measured exactly from the states themselves, and
those a step or two beside the best of them, too. So a distance is always exact, and only what was
found can be incomplete.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.index.lists import Places, States
from engine.types import Floats

EXACT_ROWS: Final = 50_000  # up to which exact search takes some hundredths of a second
ANCHORS: Final = 8  # rows of a stretch that are looked for
_BLOCK = 2**15  # rows that are measured together
_NAMED = 2048  # rows that an anchor names, at first
_MOST_NAMED = 2**15
_MEASURED = 2**21  # values that are measured exactly for one search, as a rule
_LEAST_MEASURED = 64  # stretches that are, at least
_BESIDE = (-2, -1, 1, 2)  # steps


class FoundStretches(NamedTuple):
    """Stretches, the nearest first: film (m,), row at which each begins (m,), distance (m,)."""

    films: Places
    starts: Places
    distances: Floats


class StateTable(NamedTuple):
    """Rows of films that lie behind each other: states (N, W), and where films begin (F + 1,)."""

    states: States
    first: Places

    def film_of(self, rows: Places) -> Places:
        """The film of each row."""
        return np.searchsorted(self.first, rows, side="right") - 1

    def fits(self, starts: Places, length: int) -> NDArray[np.bool_]:
        """Whether a stretch of `length` steps that begins at a row stays in one film."""
        within = (starts >= 0) & (starts + length <= len(self.states))
        film = self.film_of(np.where(within, starts, 0))
        return within & (starts + length <= self.first[film + 1])


class Lists(Protocol):
    """What names rows that are near others."""

    def nearest(
        self, rows: Floats, count: int, leave_out: tuple[int, int]
    ) -> tuple[Places, Floats]:
        """Rows and squared distances, both (n, count), nearest first; −1 where there are no more.

        Args:
            rows: (n, W) standardised.
            count: Of neighbours.
            leave_out: Rows [begin, end) that are not wanted.
        """


# --------------------------------------------------------------------------- exact search
def exact(
    table: StateTable, stretch: Floats, count: int, *, leave_out: int = -1
) -> FoundStretches:
    """The nearest stretch of each film, of the nearest films.

    Args:
        table: What is looked through, all of it.
        stretch: (n, W) standardised.
        count: Of films, at most.
        leave_out: A film that is not wanted; −1 for none.
    """
    return exact_many(table, stretch[None], count, leave_out=np.array([leave_out]))[0]


def exact_many(
    table: StateTable, stretches: Floats, count: int, *, leave_out: Places
) -> tuple[FoundStretches, ...]:
    """The same for many stretches (q, n, W) of one length; each row is read once for all."""
    best = np.full((len(stretches), len(table.first) - 1), np.inf, np.float32)  # (q, F)
    where = np.zeros(best.shape, np.int64)
    for films in _blocks_of_films(table.first):
        begin = int(table.first[films.start])
        sums = _sums(table, stretches, films)  # (q, rows of these films)
        places = table.first[films] - begin
        best[:, films] = np.minimum.reduceat(sums, places, axis=1)
        where[:, films] = begin + _first_least(sums, places, best[:, films])
    best[np.arange(len(best)), leave_out] = np.where(
        leave_out < 0, best[np.arange(len(best)), leave_out], np.inf
    )
    wanted = min(4 * count, best.shape[1])
    nearest = np.argpartition(best, wanted - 1, axis=1)[:, :wanted]
    found = []
    for number, films in enumerate(nearest):
        real = films[np.isfinite(best[number, films])]
        found.append(_nearest(table, stretches[number], where[number, real], count))
    return tuple(found)


def _blocks_of_films(first: Places) -> Iterator[slice]:
    """Films that lie behind each other, some thousand rows together, or one that has more."""
    begin = 0
    while begin < len(first) - 1:
        end = int(np.searchsorted(first, first[begin] + _BLOCK, side="right")) - 1
        end = max(end, begin + 1)
        yield slice(begin, end)
        begin = end


def _sums(table: StateTable, stretches: Floats, films: slice) -> Floats:
    """Squared distance (q, rows) of each stretch from the one that begins at each row of films.

    Infinite where that one would leave its film. By |a|² + |b|² − 2ab in float32: good to choose
    by, measured anew for what is told.
    """
    queries, length, width = stretches.shape
    begin, end = int(table.first[films.start]), int(table.first[films.stop])
    rows = table.states[begin:end].astype(np.float32)
    flat = stretches.reshape(-1, width)
    squares = flat @ rows.T
    squares *= -2
    squares += (rows * rows).sum(axis=1)
    squares += (flat * flat).sum(axis=1)[:, None]
    squares = squares.reshape(queries, length, -1)
    sums = np.full((queries, end - begin), np.inf, np.float32)
    count = end - begin - length + 1
    if count > 0:
        sums[:, :count] = squares[:, 0, :count]
        for step in range(1, length):
            sums[:, :count] += squares[:, step, step : step + count]
    for step in range(1, length):  # one that begins so late leaves its film
        late = table.first[films.start + 1 : films.stop + 1] - step
        sums[:, late[late >= table.first[films]] - begin] = np.inf
    return sums


def _first_least(sums: Floats, places: Places, least: Floats) -> Places:
    """Where each film's least sum stands first: (q, films), of sums (q, rows)."""
    heights = np.diff(places, append=sums.shape[1])
    at = np.where(
        sums == np.repeat(least, heights, axis=1), np.arange(sums.shape[1]), sums.shape[1]
    )
    return np.minimum.reduceat(at, places, axis=1)


def _nearest(table: StateTable, stretch: Floats, starts: Places, count: int) -> FoundStretches:
    """Measure stretches, keep the nearest of each film and of these the nearest `count`."""
    distances = measured(table, stretch, starts)
    order = np.lexsort((starts, distances))
    films = table.film_of(starts[order])
    _, firsts = np.unique(films, return_index=True)
    kept = order[np.sort(firsts)[:count]]
    return FoundStretches(table.film_of(starts[kept]), starts[kept], distances[kept])


def measured(table: StateTable, stretch: Floats, starts: Places) -> Floats:
    """Root mean square over steps and units, (m,), of stretches that begin at rows (m,)."""
    distances = np.empty(len(starts), np.float32)
    length, width = stretch.shape
    together = max(_MEASURED // (length * width), 1)
    for begin in range(0, len(starts), together):
        places = starts[begin : begin + together, None] + np.arange(length)
        apart = table.states[places].astype(np.float32) - stretch
        squares = np.einsum("mnw,mnw->m", apart, apart)
        distances[begin : begin + together] = np.sqrt(squares / (length * width))
    return distances


# ------------------------------------------------------------------ by a neighbour index
def by_lists(
    table: StateTable, lists: Lists, stretch: Floats, count: int, *, leave_out: int = -1
) -> FoundStretches:
    """Near stretches of other films, by anchors, votes and exact distances; see the module.

    Args:
        table: As for `exact`, like all that follow; what is named is read, nothing else.
        lists: Of the rows of the table.
        stretch: (n, W).
        count: Of films.
        leave_out: A film.
    """
    rows = (0, 0)
    if leave_out >= 0:
        rows = int(table.first[leave_out]), int(table.first[leave_out + 1])
    length, width = stretch.shape
    anchors = np.unique(np.linspace(0, length - 1, min(length, ANCHORS)).round().astype(np.int64))
    wanted = min(count, len(table.first) - 1 - (leave_out >= 0))
    most = max(_MEASURED // (length * width), _LEAST_MEASURED, 4 * count)
    named = max(_NAMED, 8 * count)
    while True:
        starts = _voted(table, lists, stretch, anchors, named=named, leave_out=rows)
        found = _nearest(table, stretch, starts[:most], 4 * count)
        if len(found.films) >= wanted or named >= min(_MOST_NAMED, len(table.states)):
            break
        named *= 4
    beside = np.unique((found.starts[:, None] + np.array((0, *_BESIDE))).ravel())
    beside = beside[table.fits(beside, length)]
    if leave_out >= 0:
        beside = beside[table.film_of(beside) != leave_out]
    return _nearest(table, stretch, beside, count)


def _voted(
    table: StateTable,
    lists: Lists,
    stretch: Floats,
    anchors: Places,
    *,
    named: int,
    leave_out: tuple[int, int],
) -> Places:
    """Rows at which stretches begin that anchors vote for, those with most votes first."""
    rows, squares = lists.nearest(stretch[anchors], named, leave_out)  # (a, named)
    real = rows >= 0
    farthest = np.where(real, squares, 0).max(axis=1, keepdims=True)
    starts, votes = rows - anchors[:, None], farthest - squares
    fits = real & table.fits(starts, len(stretch))
    # A neighbour near the end of its film votes for the last stretch that fits into the film.
    places, where = np.unique(starts[fits], return_inverse=True)
    sums = np.bincount(where, weights=votes[fits], minlength=len(places))
    best: Places = places[np.argsort(-sums, kind="stable")]
    return best
