"""Which films were meant: hashes of what a network reads, by which two runs can be compared."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.progress import paced
from engine.training.data import SPLITS, Films
from engine.training.data.likeness import sketches

_BLOCK = 512  # films in memory at a time


@dataclass(frozen=True, slots=True)
class SplitPrint:
    """One split of a data set.

    Attributes:
        split: Its name.
        films, patients: How many there are.
        per_class: Films of each class.
        sha256: Over the name, class and model rows of every film, in the order of names.
    """

    split: str
    films: int
    patients: int
    per_class: tuple[int, ...]
    sha256: str


class Marks:
    """Films with a digest and a sketch of each, made when they are first asked for and only once.

    Args:
        films: N of them.
        known: Of the same films, or of more.
        places: (N,) where the films are among those that are known; None where they are the same.
    """

    def __init__(
        self,
        films: Films,
        known: "Marks | None" = None,
        places: NDArray[np.intp] | None = None,
    ) -> None:
        self.films = films
        self._known = known
        self._places = np.arange(len(films)) if places is None else places

    @cached_property
    def digests(self) -> tuple[bytes, ...]:
        """See `film_digests`."""
        if self._known is None:
            return film_digests(self.films)
        return tuple(self._known.digests[place] for place in self._places)

    @cached_property
    def sketches(self) -> NDArray[np.uint8]:
        """See `engine.training.data.likeness.sketches`; of the known ones if they were drawn."""
        if self._known is not None and "sketches" in vars(self._known):
            return self._known.sketches[self._places]
        return sketches(self.films)

    def take(self, places: NDArray[np.intp]) -> "Marks":
        """Those of some films."""
        return Marks(self.films.take(places), self, places)


def film_digests(films: Films) -> tuple[bytes, ...]:
    """SHA-256 of the model rows of each film, without the padding behind them."""
    digests: list[bytes] = []
    starts = range(0, len(films), _BLOCK)
    for start in paced(starts, "recognising films", len(starts)):
        chosen = np.arange(start, min(start + _BLOCK, len(films)))
        block = np.asarray(films.rows[chosen])
        for film, height in zip(block, films.heights[chosen], strict=True):
            rows = np.ascontiguousarray(film[:height]).astype("<f2")
            digests.append(hashlib.sha256(repr(rows.shape).encode() + rows.tobytes()).digest())
    return tuple(digests)


def split_prints(marks: Marks, *, classes: int) -> tuple[SplitPrint, ...]:
    """What there is of each split, of K classes; splits without films are left out."""
    films, prints = marks.films, []
    for split in SPLITS:
        chosen = films.where(split)
        if len(chosen):
            names, labels = films.names[chosen], films.labels[chosen]
            lines = sorted(
                f"{name}\t{label}\t{marks.digests[place].hex()}\n"
                for name, label, place in zip(names, labels, chosen, strict=True)
            )
            prints.append(
                SplitPrint(
                    split=split,
                    films=len(chosen),
                    patients=len(np.unique(films.patients[chosen])),
                    per_class=tuple(np.bincount(labels, minlength=classes).tolist()),
                    sha256=hashlib.sha256("".join(lines).encode()).hexdigest(),
                )
            )
    return tuple(prints)


def split_hashes(marks: Marks) -> dict[str, str]:
    """The hash of each split by its name: what a bundle keeps of the films that made it."""
    prints = split_prints(marks, classes=int(marks.films.labels.max()) + 1)
    return {one.split: one.sha256 for one in prints}
