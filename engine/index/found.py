"""What an index holds and what a search in it finds, as values."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.types import Doubles, Floats

Counts = NDArray[np.int64]


class Peak(NamedTuple):
    """Where a unit was highest or lowest in one film: its value there, as the network had it."""

    film: int
    step: int
    value: float


class ToIndex(NamedTuple):
    """A film that shall be in an index: its file, which frame of it, and its class in words."""

    path: Path
    frame: int = 0
    label: str = ""


class LeftOut(NamedTuple):
    """A film that is not in an index, and why: one sentence."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of a film in which the network was in a similar state.

    Attributes:
        film: Number of the film in the index.
        first, last: Its steps [first, last).
        distance: Root mean square over steps and units of the difference of states, in standard
            deviations of each unit over all rows of the index.
    """

    film: int
    first: int
    last: int
    distance: float


@dataclass(frozen=True, slots=True, eq=False)
class IndexedFilm:
    """One film of an index. Whose it is stands nowhere.

    Attributes:
        path: The file when the index was made; of a film in an archive that of the archive.
        name: Within its source, such as "val/Pneumonia/0017.png".
        frame: Of the file, counted from 0.
        label: The class that its source gives it; empty where it gives none.
        content: `engine.imaging.film_key`: the same for a copy of the film.
        edges: (L + 1,) stored row at which each step begins.
        answer: (K,) probabilities, calibrated as the bundle is; the model was not asked whether it
            may answer.
        target: Index of the class that is explained: the finding, or else the most probable.
        by_row: (L,) probability of the target if reading had stopped after each step.
    """

    path: Path
    name: str
    frame: int
    label: str
    content: str
    edges: Doubles
    answer: Floats
    target: int
    by_row: Floats

    @property
    def steps(self) -> int:
        """L."""
        return len(self.edges) - 1


@dataclass(frozen=True, slots=True, eq=False)
class UnitReference:
    """What one unit did over all films of an index: its hidden state, not standardised.

    Attributes:
        edges: (B + 1,) of the bins of its histogram, even and symmetric about 0.
        counts: (B,) rows in each bin; together all rows of the index.
        mean, std: Over all rows.
        highest, lowest: The films in which it was most above and below, the most extreme first,
            each film once, at the step where it was.
    """

    edges: Doubles
    counts: Counts
    mean: float
    std: float
    highest: tuple[Peak, ...]
    lowest: tuple[Peak, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Cloud:
    """Row states of an index in two dimensions; a sample, drawn once and kept.

    Attributes:
        points: (m, 2).
        film, step: (m,) which row each point is.
        share: (2,) of the variance that each axis holds, 0…1; NaN where axes mean nothing (UMAP).
    """

    points: Floats
    film: Counts
    step: Counts
    share: Doubles


@dataclass(frozen=True, slots=True)
class BuiltIndex:
    """What an index came to, and how its own search does on queries from its own rows.

    Every query is left out together with its film. Right is what is no farther than the last one
    that exact search finds.

    Attributes:
        folder: Where it lies.
        films, rows: In it.
        left_out: Films that could not be, or must not be, read, each with its sentence.
        size: Bytes on the disk.
        recall_rows, recall_stretches: Share of the nearest films that the search finds, of single
            rows and of stretches of `stretch` rows; NaN where one film is all there is.
        milliseconds_row, milliseconds_stretch: Median time of a search.
        queries, count, stretch: How many of each kind were asked, for how many films each, and how
            long stretches were.
    """

    folder: Path
    films: int
    rows: int
    left_out: tuple[LeftOut, ...]
    size: int
    recall_rows: float
    recall_stretches: float
    milliseconds_row: float
    milliseconds_stretch: float
    queries: int
    count: int
    stretch: int
