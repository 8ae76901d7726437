"""Is a film, or its patient, in two splits? Then a measurement flatters."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.training.data.films import SPLITS, Films, Progress
from engine.training.data.likeness import Looks, alike
from engine.training.recipe import Leakage
from engine.types import Results
from engine.words import Sentence

KINDS: tuple[Leakage, ...] = ("patient", "exact", "near")
_SHOWN = 3  # leaks of a kind that a sentence names


@dataclass(frozen=True, slots=True)
class Leak:
    """One film of each of two splits that should have nothing in common.

    Attributes:
        kind: "patient": of the same one; "exact": the same model rows; "near": such as only
            copies have.
        splits: "train" or "val" first, then what it is held against.
        names: Of the two films.
        likeness: −1…1, see `engine.training.data.likeness`; 1 for exact copies, and for patients,
            whose films are not compared.
    """

    kind: Leakage
    splits: tuple[str, str]
    names: tuple[str, str]
    likeness: float = 1.0


def find_leaks(films: Films, tests: Mapping[str, Films] | None = None) -> tuple[Leak, ...]:
    """Everything that two splits share.

    A patient counts where a pattern, a column or an array says who it is, and is named once for
    every two splits. An exact copy is no near copy too.

    Args:
        films: Their splits are held against each other.
        tests: Further test sets by name, none of them a split that the films have; each is held
            against training and validation films.
    """
    parts: dict[str, Films] = {split: films.only(split) for split in SPLITS}
    against = [("train", "val"), ("train", "test"), ("val", "test")]
    for name, other in (tests or {}).items():
        parts[name] = other
        against += [("train", name), ("val", name)]
    hashes = {name: _hashes(part) for name, part in parts.items()}
    looks = {name: Looks(part) for name, part in parts.items()}
    leaks: list[Leak] = []
    for pair in dict.fromkeys(against):
        one, other = (parts[name] for name in pair)
        exact = _exact(*(hashes[name] for name in pair))
        near = {(a, b): value for a, b, value in alike(*(looks[name] for name in pair))}
        found: list[tuple[Leakage, int, int, float]] = [
            *(("patient", a, b, 1.0) for a, b in _patients(one, other)),
            *(("exact", a, b, 1.0) for a, b in exact),
            *(("near", a, b, near[a, b]) for a, b in sorted(near.keys() - set(exact))),
        ]
        leaks += [
            Leak(kind, pair, (str(one.names[a]), str(other.names[b])), likeness)
            for kind, a, b, likeness in found
        ]
    return tuple(leaks)


def check_leakage(
    films: Films,
    *,
    allowed: Sequence[Leakage] = (),
    tests: Mapping[str, Films] | None = None,
    report: Progress = lambda _: None,
) -> Results:
    """Refuse films that are in two splits, unless the recipe allows it.

    Args:
        films: Divided.
        allowed: Kinds that do not stop a training, see `Data.allow_leakage`.
        tests: Further test sets by name.
        report: Told what is being done, and what was found and allowed.

    Returns:
        What was found, for the results of a bundle.

    Raises:
        DataError: There is leakage of a kind that is not allowed. The sentence counts it, names
            the first films and says how to allow it.
    """
    report("looking for films and patients that are in two splits")
    leaks = find_leaks(films, tests)
    refused = [leak for leak in leaks if leak.kind not in allowed]
    if refused:
        raise DataError(_refusal(refused, allowed), "data")
    if not leaks:
        nothing = "leaks.none" if _known(films).any() else "leaks.none-unknown"
        return ((Sentence("result.shared"), Sentence(nothing)),)
    by_kind = ([leak for leak in leaks if leak.kind == kind] for kind in KINDS)
    found = Sentence("leaks.kinds", kinds=tuple(_counted(some) for some in by_kind if some))
    report(f"allowed by the recipe: {found}")
    allowed_words = "leaks.allowed" if _known(films).any() else "leaks.allowed-unknown"
    return ((Sentence("result.shared"), Sentence(allowed_words, found=found)),)


def _refusal(leaks: Sequence[Leak], allowed: Sequence[Leakage]) -> str:
    kinds = [kind for kind in KINDS if any(leak.kind == kind for leak in leaks)]
    sentences = [_named([leak for leak in leaks if leak.kind == kind]) for kind in kinds]
    wanted = ", ".join(f'"{kind}"' for kind in (*allowed, *kinds))
    return (
        f"Splits share films, as the network reads them: {'; '.join(sentences)}. Remove them from"
        f" one side, or say in the recipe that it is known: `data.allow_leakage = [{wanted}]`."
    )


def _named(leaks: Sequence[Leak]) -> str:
    pairs = ", ".join(" and ".join(leak.names) for leak in leaks[:_SHOWN])
    more = ", …" if len(leaks) > _SHOWN else ""
    return f"{_counted(leaks)} ({pairs}{more})"


def _counted(leaks: Sequence[Leak]) -> Sentence:
    """For example "264 patients in train and test, 3 in train and val"; empty without any."""
    counts = Counter(leak.splits for leak in leaks).items()
    return Sentence(
        "leaks.counted",
        leaks=tuple(
            Sentence(f"leaks.{leaks[0].kind}", count=count, one=one, other=other)
            for (one, other), count in counts
        ),
    )


def _known(films: Films) -> NDArray[np.bool_]:
    """Whose film it is, is known where a patient is not just the film's own name."""
    return np.asarray(films.patients != films.names)


def _patients(one: Films, other: Films) -> list[tuple[int, int]]:
    """The first films of every patient who is on both sides."""
    first, second = (_first_films(side) for side in (one, other))
    shared = first.keys() & second.keys()
    return sorted((first[patient], second[patient]) for patient in shared)


def _first_films(films: Films) -> dict[str, int]:
    known = np.flatnonzero(_known(films))
    return {str(films.patients[place]): int(place) for place in known[::-1]}


def _exact(one: Sequence[bytes], other: Sequence[bytes]) -> list[tuple[int, int]]:
    places: dict[bytes, list[int]] = {}
    for place, digest in enumerate(other):
        places.setdefault(digest, []).append(place)
    return [(a, b) for a, digest in enumerate(one) for b in places.get(digest, ())]


def _hashes(films: Films) -> list[bytes]:
    return [
        hashlib.blake2b(rows[:height].tobytes(), digest_size=16).digest()
        for rows, height in zip(films.rows, films.heights, strict=True)
    ]
