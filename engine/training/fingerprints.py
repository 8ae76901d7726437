"""Which films were meant: hashes of what a network reads, by which two runs can be compared."""

import hashlib
from dataclasses import dataclass

import numpy as np

from engine.progress import paced
from engine.training.data import SPLITS, Films

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


def split_prints(
    films: Films, digests: tuple[bytes, ...], *, classes: int
) -> tuple[SplitPrint, ...]:
    """What there is of each split; splits without films are left out.

    Args:
        films: N of them.
        digests: See `film_digests`.
        classes: How many, K.
    """
    prints = []
    for split in SPLITS:
        chosen = films.where(split)
        if len(chosen):
            names, labels = films.names[chosen], films.labels[chosen]
            lines = sorted(
                f"{name}\t{label}\t{digests[place].hex()}\n"
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


def split_hashes(films: Films, digests: tuple[bytes, ...]) -> dict[str, str]:
    """The hash of each split by its name: what a bundle keeps of the films that made it.

    Args:
        films: N of them.
        digests: See `film_digests`.
    """
    prints = split_prints(films, digests, classes=int(films.labels.max()) + 1)
    return {one.split: one.sha256 for one in prints}
