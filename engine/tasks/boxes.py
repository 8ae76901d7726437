"""Boxes of many films, as truth and as what was found, and how the two are matched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from engine.tasks.task import PlaneView
from engine.types import Doubles

Rule = Literal["inside", "overlap"]
Whole = NDArray[np.int64]

OVERLAP = 0.5  # intersection over union of a box that counts as the same one (Everingham 2010)


@dataclass(frozen=True, slots=True, eq=False)
class Boxes:
    """Where the findings of N films lie.

    Attributes:
        films: N.
        owners: (T,) film of each box, ascending.
        findings: (T,) index of its class; 0 is nothing and has no box.
        places: (T, 4) left, top, right, bottom as shares of the film's width and height; a point
            is a box without width and height.
        sizes: (T,) in millimetres, NaN where nobody said.
    """

    films: int
    owners: Whole
    findings: Whole
    places: Doubles
    sizes: Doubles

    def __len__(self) -> int:
        return self.films

    def take(self, chosen: NDArray[np.int64]) -> Self:
        """Of the films of some indices, in their order."""
        first = np.searchsorted(self.owners, chosen, side="left")
        last = np.searchsorted(self.owners, chosen, side="right")
        spans = [np.arange(one, other) for one, other in zip(first, last, strict=True)]
        kept = np.concatenate([np.empty(0, np.int64), *spans]).astype(np.int64)
        owners = np.repeat(np.arange(len(chosen)), last - first).astype(np.int64)
        return type(self)(
            len(chosen), owners, self.findings[kept], self.places[kept], self.sizes[kept]
        )

    def reframed(self, views: Sequence[PlaneView]) -> Self:
        """As shares of what is seen, cut at its edges; a box whose middle is out of it goes."""
        parts = np.array([views[owner].part for owner in self.owners.tolist()]).reshape(-1, 4)
        start, size = parts[:, :2], parts[:, 2:] - parts[:, :2]
        places = (self.places - np.tile(start, 2)) / np.tile(size, 2)
        middle = (places[:, :2] + places[:, 2:]) / 2
        kept = np.asarray(((middle >= 0) & (middle <= 1)).all(axis=1))
        return type(self)(
            self.films,
            self.owners[kept],
            self.findings[kept],
            np.clip(places[kept], 0.0, 1.0),
            self.sizes[kept],
        )

    @property
    def counts(self) -> Whole:
        """(N,) boxes of each film."""
        return np.bincount(self.owners, minlength=self.films)

    @property
    def points(self) -> NDArray[np.bool_]:
        """(T,) which of them have no extent."""
        return np.asarray((self.places[:, 2:] <= self.places[:, :2]).any(axis=1))

    def labels(self) -> Whole:
        """(N,) the finding that most boxes of a film show, 0 without any."""
        table = np.zeros((self.films, int(self.findings.max(initial=0)) + 1), np.int64)
        np.add.at(table, (self.owners, self.findings), 1)
        return np.asarray(table.argmax(axis=1), np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """What a network marks in N films, every film's most likely first.

    Attributes:
        films: N.
        owners: (D,) film of each.
        findings: (D,) index of its class.
        places: (D, 4) as in `Boxes`.
        scores: (D,) log-odds, not calibrated.
    """

    films: int
    owners: Whole
    findings: Whole
    places: Doubles
    scores: Doubles


def centres(places: Doubles) -> Doubles:
    """(…, 2) x and y of the middle of boxes (…, 4)."""
    return np.asarray((places[..., :2] + places[..., 2:]) / 2)


def overlap(one: Doubles, other: Doubles) -> Doubles:
    """Intersection over union of boxes (A, 4) and (B, 4): (A, B); 0 for boxes without area."""
    low = np.maximum(one[:, None, :2], other[None, :, :2])
    high = np.minimum(one[:, None, 2:], other[None, :, 2:])
    shared = np.prod(np.maximum(high - low, 0.0), axis=2)
    areas = [np.prod(np.maximum(each[:, 2:] - each[:, :2], 0.0), axis=1) for each in (one, other)]
    union = areas[0][:, None] + areas[1][None, :] - shared
    return np.asarray(np.divide(shared, union, out=np.zeros_like(shared), where=union > 0))


def reaches(centre: Doubles, places: Doubles, reach: float) -> NDArray[np.bool_]:
    """Which centres (A, 2) lie within boxes (B, 4): (A, B).

    Args:
        centre: As shares of the film.
        places: Likewise. One that is narrower or lower than twice `reach` counts as that wide or
            high, so that a point can be met.
        reach: Share of the film.
    """
    middle, half = centres(places), np.maximum((places[:, 2:] - places[:, :2]) / 2, reach)
    away = np.abs(centre[:, None, :] - middle[None, :, :])
    return np.asarray((away <= half[None, :, :]).all(axis=2))


def matched(found: Candidates, truth: Boxes, rule: Rule, *, reach: float) -> Whole:
    """(D,) which box of the truth each candidate is, −1 where it is none.

    In every film the most likely candidate chooses first, among the boxes of its class that are
    still free; a second candidate in one box is none. By "inside" its centre must lie in the box
    (see `reaches`), and of several it takes the one whose middle is nearest; by "overlap" it
    takes the box that it shares most with, at least `OVERLAP`.

    Args:
        found: D candidates.
        truth: T boxes of the same films.
        rule: What counts as the same place.
        reach: See `reaches`.
    """
    which = np.full(len(found.owners), -1, np.int64)
    order = np.lexsort((-found.scores, found.owners))
    starts = np.searchsorted(truth.owners, np.arange(truth.films + 1))
    free = np.ones(len(truth.owners), np.bool_)
    for number in order:
        film = found.owners[number]
        own = np.arange(starts[film], starts[film + 1])
        own = own[free[own] & (truth.findings[own] == found.findings[number])]
        if not len(own):
            continue
        box, there = found.places[number : number + 1], truth.places[own]
        if rule == "overlap":
            worth = overlap(box, there)[0]
            worth = np.where(worth >= OVERLAP, worth, -1.0)
        else:
            near = np.hypot(*(centres(there) - centres(box)).T)
            worth = np.where(reaches(centres(box), there, reach)[0], 2.0 - near, -1.0)
        best = int(worth.argmax())
        if worth[best] > 0:
            which[number] = own[best]
            free[own[best]] = False
    return which
