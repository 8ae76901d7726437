"""Splits and folds: whole patients, every class in its share."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.films.films import Films, Split
from engine.recipe import Data

_DIGITS = re.compile(r"(\d+)")


def divide(films: Films, data: Data, *, seed: int) -> Films:
    """Hold out what the recipe asks for, by patient and in every class.

    A test folder stays the test, also where it was not read; without one `data.test` of the
    films become it. Where validation films are held out, a `val` folder joins `train` before
    that.

    Raises:
        DataError: A class has fewer patients than there are splits.
    """
    splits = films.splits.copy()
    if data.validation:
        splits[splits == "val"] = "train"
    shares: dict[Split, float] = {}
    there = {*splits, *films.unread}
    if data.validation and "val" not in there:
        shares["val"] = data.validation
    if data.test and "test" not in there:
        shares["test"] = data.test
    if not shares:
        return replace(films, splits=splits)
    kept: dict[Split, float] = {"train": 1 - sum(shares.values())}
    parts = kept | shares
    pool = np.flatnonzero(splits == "train")
    named = data.folders or tuple(str(label) for label in range(int(films.labels.max()) + 1))
    drawn = _apportioned(films.take(pool), list(parts.values()), classes=named, seed=seed)
    splits[pool] = np.array(list(parts))[drawn]
    return replace(films, splits=splits)


def folds(
    films: Films, count: int, *, seed: int, blocks: bool = False
) -> tuple[NDArray[np.int64], ...]:
    """Divide the "train" films for a cross-validation, by patient and in every class.

    Args:
        films: Divided; other splits are left alone.
        count: How many folds.
        seed: Of the draw.
        blocks: Whether a fold takes neighbours in the natural order of the patients' names
            (person2 before person10), class by class, instead of drawn patients. Neighbours in a
            collection are alike, so this is the harder test; nothing is drawn then.

    Returns:
        For each fold the indices, into `films`, of the films that are held out in it.

    Raises:
        DataError: A class has fewer patients than there are folds.
    """
    pool = films.where("train")
    chosen = films.take(pool)
    named = tuple(str(label) for label in range(int(films.labels.max(initial=0)) + 1))
    if blocks:
        part = _blocks(chosen, count, classes=named)
    else:
        part = _apportioned(chosen, [1 / count] * count, classes=named, seed=seed)
    return tuple(pool[part == fold] for fold in range(count))


def _apportioned(
    films: Films, shares: Sequence[float], *, classes: Sequence[str], seed: int
) -> NDArray[np.int64]:
    """Which part (N,) each film goes to, so that every part has its share of every class.

    The patients are drawn in a random order, those of many films before those of few, and each
    goes to the part that lacks its classes most, in relation to what the part shall have. So the
    small ones at the end even out what the large ones left.
    """
    patients, whose, counts = _patients(films, len(classes))
    _check_patients(counts, len(shares), classes)
    order = np.random.default_rng(seed).permutation(len(patients))
    order = order[np.argsort(-counts[order].sum(axis=1), kind="stable")]
    wanted = np.outer(shares, counts.sum(axis=0)).clip(min=1e-9)  # (J, K)
    given = np.zeros_like(wanted)
    part = np.empty(len(patients), dtype=np.int64)
    for patient in order:
        films_of = counts[patient]
        cost = (films_of * (films_of / wanted + 2 * given / wanted)).sum(axis=1)
        part[patient] = int(cost.argmin())
        given[part[patient]] += films_of
    _fill(part, counts, len(shares), classes)
    return np.asarray(part[whose])


def _patients(
    films: Films, classes: int
) -> tuple[NDArray[np.str_], NDArray[np.int64], NDArray[np.int64]]:
    """Names (P,), the patient (N,) of each film, and films (P, K) by patient and class."""
    patients, whose = np.unique(films.patients, return_inverse=True)
    counts = np.zeros((len(patients), classes), dtype=np.int64)
    np.add.at(counts, (whose, films.labels), 1)
    return patients, whose, counts


def _check_patients(counts: NDArray[np.int64], parts: int, classes: Sequence[str]) -> None:
    for name, patients in zip(classes, (counts > 0).sum(axis=0), strict=True):
        if 0 < patients < parts:
            raise DataError(
                "The patients with films of “{name}” are too few ({patients}) for {parts} parts"
                " that share none. Bring more films, or ask for fewer parts.",
                name=name,
                patients=patients,
                parts=parts,
            )


def _fill(
    part: NDArray[np.int64], counts: NDArray[np.int64], parts: int, classes: Sequence[str]
) -> None:
    """Where a share was too small for a single patient of a class, move the smallest one there."""
    for label, name in enumerate(classes):
        holders = np.flatnonzero(counts[:, label])
        for empty in set(range(parts)) - set(part[holders].tolist()) if len(holders) else ():
            spare = [one for one in holders if np.sum(part[holders] == part[one]) > 1]
            if not spare:
                raise DataError("“{name}” cannot be in all {parts} parts.", name=name, parts=parts)
            part[min(spare, key=lambda one: counts[one].sum())] = empty


def _blocks(films: Films, count: int, *, classes: Sequence[str]) -> NDArray[np.int64]:
    """Which block (N,) each film is in; a patient of several classes counts for the commonest."""
    patients, whose, counts = _patients(films, len(classes))
    _check_patients(counts, count, classes)
    block = np.empty(len(patients), dtype=np.int64)
    own = counts.argmax(axis=1)
    for label in range(len(classes)):
        mine = sorted(np.flatnonzero(own == label), key=lambda one: _natural(str(patients[one])))
        sizes = counts[mine].sum(axis=1)
        middles = np.cumsum(sizes) - sizes / 2
        block[mine] = np.minimum(middles * count // max(sizes.sum(), 1), count - 1)
    return np.asarray(block[whose])


def _natural(name: str) -> list[tuple[int, str]]:
    """A key that puts person2 before person10."""
    return [
        (int(word), "") if word.isdecimal() else (-1, word) for word in _DIGITS.split(name) if word
    ]
