"""What surrounds a film in its frame: borders, and the area that is left."""

from dataclasses import dataclass

import numpy as np

from engine.types import Booleans, Floats, Frame, Note
from engine.words import Sentence

# ----------------------------------------------------------------------- area of the film
# Where in a frame the film lies: all of it, or what is left without padding.


@dataclass(frozen=True, slots=True)
class Area:
    """Stored rows top … bottom − 1 and columns left … right − 1."""

    top: int
    left: int
    bottom: int
    right: int


def film_area(frame: Frame) -> Area:
    """The least rectangle that holds all of a frame that is image and not padding."""
    rows, columns = frame.values.shape
    if frame.valid is None:
        return Area(0, 0, rows, columns)
    down = np.flatnonzero(frame.valid.any(axis=1))
    across = np.flatnonzero(frame.valid.any(axis=0))
    return Area(int(down[0]), int(across[0]), int(down[-1]) + 1, int(across[-1]) + 1)


# --------------------------------------------------------------------- undeclared borders
# Bands of one value at a film's edges that no header declares: frames, collimation, paper.

WIDE = 0.1  # share of the film; 12 of 2,000 training films of chests have more
_SMALL = 64  # pixels of a side below which a picture is a sign and no film
_LINES = 256  # most rows and columns that are looked at, evenly over the film
_SAME = 0.03  # of the film's range from which a value is another one; lossy compression gives less
_STRAY = 0.05  # of a line that may differ: a letter or an arrow in the band
_NAMED = 0.005  # least share that is worth a word
_DARK = 0.1  # of the film's range
_EDGES = ("borders.upper", "borders.left", "borders.lower", "borders.right")
_ENDS = (0.005, 0.995)  # between these shares of all values lies the film's range


@dataclass(frozen=True, slots=True)
class Borders:
    """Share of the film's area that bands of one value take at each edge, corners once.

    Attributes:
        levels: Value of each band in the film's range, 0 dark … 1 bright; top, left, bottom,
            right. Nothing for an edge without a band.
    """

    top: float
    left: float
    bottom: float
    right: float
    levels: tuple[float | None, float | None, float | None, float | None]

    @property
    def total(self) -> float:
        """Share of the film's area in all bands together."""
        return self.top + self.left + self.bottom + self.right

    @property
    def lit(self) -> float:
        """The same of bands that are not black: frames and paper, which no collimator leaves."""
        shares = (self.top, self.left, self.bottom, self.right)
        return sum(
            share
            for share, level in zip(shares, self.levels, strict=True)
            if level is not None and level >= _DARK
        )


def borders(frame: Frame) -> Borders:
    """Measure the bands; padding that the header declares is no part of the film."""
    area = film_area(frame)
    rows, columns = area.bottom - area.top, area.right - area.left
    down, across = max(-(-rows // _LINES), 1), max(-(-columns // _LINES), 1)
    place = np.s_[area.top : area.bottom : down, area.left : area.right : across]
    values = np.ascontiguousarray(frame.values[place])  # looked at several times
    valid = np.ones(values.shape, np.bool_) if frame.valid is None else frame.valid[place]
    inside = values.ravel() if frame.valid is None else values[valid]
    if not inside.size:
        return Borders(0.0, 0.0, 0.0, 0.0, (None,) * 4)
    places = [round(share * (inside.size - 1)) for share in _ENDS]
    low, high = np.partition(inside, places)[places].tolist()
    found = _Film(values, valid, (low, high))
    for side in (0, 2, 1, 3, 0, 2):
        found.cut(side)
    return found.result(bright_is_low=frame.image.inverted)


def border_notes(frame: Frame) -> tuple[Note, ...]:
    """Name borders that are wide; a drawing of a few pixels may have any."""
    if min(frame.values.shape) < _SMALL:
        return ()
    found = borders(frame)
    return (
        (Note("borders", Sentence("{words}.", words=border_words(found))),)
        if found.total > WIDE
        else ()
    )


def border_words(found: Borders) -> Sentence:
    """How much the bands take and where, as a sentence without its full stop."""
    sides = (found.top, found.left, found.bottom, found.right)
    parts = tuple(
        Sentence(edge, share=share, shade=_shade(level))
        for share, edge, level in zip(sides, _EDGES, found.levels, strict=True)
        if level is not None and share >= _NAMED
    )
    if not parts:
        return Sentence(
            "Borders of one value take {total:percent} % of the film", total=found.total
        )
    return Sentence(
        "Borders of one value take {total:percent} % of the film: {edges:list}",
        total=found.total,
        edges=parts,
    )


def _shade(level: float) -> Sentence:
    return Sentence("black" if level < _DARK else "white" if level > 1 - _DARK else "grey")


class _Film:
    """A film that loses the bands at its edges, one edge after the other."""

    def __init__(self, values: Floats, valid: Booleans, ends: tuple[float, float]) -> None:
        self._values, self._valid, self._ends = values, valid, ends
        self._area = values.size
        self._shares = [0.0] * 4
        self._levels: list[float | None] = [None] * 4

    def cut(self, side: int) -> None:
        """Take the band off one edge: 0 top, 1 left, 2 bottom, 3 right."""
        values, valid = np.rot90(self._values, -side), np.rot90(self._valid, -side)
        known = np.sort(values[:1][valid[:1]])
        if not known.size:
            return
        level, (low, high) = float(known[known.size // 2]), self._ends
        if self._strays(values[:1], valid[:1], level)[0]:
            return  # as most edges of most films: no need to look further
        strays = self._strays(values, valid, level)
        count = int(strays.argmax()) if strays.any() else len(values)
        self._shares[side] += count * values.shape[1] / self._area
        place = (level - low) / (high - low) if high > low else 0.5
        self._levels[side] = min(max(place, 0.0), 1.0)
        self._values = np.rot90(values[count:], side)
        self._valid = np.rot90(valid[count:], side)

    def _strays(self, values: Floats, valid: Booleans, level: float) -> Booleans:
        """Which lines are no part of a band of this level."""
        low, high = self._ends
        other = (np.abs(values - level) > _SAME * (high - low)) & valid
        strays: Booleans = other.sum(axis=1) > _STRAY * valid.sum(axis=1)
        return strays

    def result(self, *, bright_is_low: bool) -> Borders:
        levels = [
            1 - level if bright_is_low and level is not None else level for level in self._levels
        ]
        top, left, bottom, right = self._shares
        return Borders(top, left, bottom, right, (levels[0], levels[1], levels[2], levels[3]))
