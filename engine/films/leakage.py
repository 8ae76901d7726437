"""Films on two sides: equal files, equal pixels, near copies."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.films.films import SPLITS, Films
from engine.progress import Progress, paced
from engine.recipe import Leakage
from engine.sequence import overlap_weights
from engine.types import Results
from engine.words import Sentence

# ------------------------------------------------------------------------- near duplicates
# How alike films look, whatever was done to them on their way: resizing, JPEG, contrast.
#
# Measured on the 5,216 training films of a chest collection (Kermany 2018) as 64 × 64 model rows,
# 300 of them against copies of themselves, and all 13.6 million pairs of different children. Fine
# similarity reaches 0.84 in every copy that was halved, doubled, blurred, saved as JPEG of quality
# 10, put through γ of ½ or 2, turned by 1°, shifted by a pixel or cut by 1 % at each edge; in 99
# % of those shifted by two pixels, 89 % with a white marker added, 80 % turned by 2°, 48 % cut by
# 2 %; in none that were shifted by four, cut by 4 % or mirrored. No two children reach it
# (largest 0.825, then 0.797). Kinds of images that differ little by nature do (digits,
# neighbouring MR slices, drawn films): there the check finds what is alike, which a recipe may
# allow.

NEAR = 0.84  # fine similarity from which two films count as one
COARSE, FINE = 16, 32  # cells per side of a thumbnail
_COARSE_NEAR = 0.7  # below it nothing is compared finely; those copies have 0.74 or more
_PARTNERS = 4  # of a film that are compared finely
SKETCH = 1024  # bits of a sketch, see `sketches`
_TOGETHER = 512  # films whose thumbnails are drawn at once
_BLOCK = 2**23  # pairs whose coarse similarity is held at once

Thumbnails = NDArray[np.float32]
Pairs = list[tuple[int, int, float]]


class Looks:
    """Films and their coarse thumbnails, which are drawn once however often they are compared."""

    def __init__(self, films: Films) -> None:
        self.films = films

    @cached_property
    def coarse(self) -> Thumbnails:
        """(N, COARSE²), see `thumbnails`."""
        return thumbnails(self.films, COARSE)


def thumbnails(films: Films, size: int) -> Thumbnails:
    """Unit vectors (N, size²) of films whose scalar product is their similarity, −1…1.

    Each film is averaged onto size × size cells, the cells are ranked, and the mean of the 5 × 5
    cells around each is taken away: ranks forget the contrast, and what remains after the mean is
    the film's own, not what all films of a kind share.
    """
    vectors = np.empty((len(films), size * size), dtype=np.float32)
    across = overlap_weights(films.rows.shape[2], size).astype(np.float32)  # (size, W)
    for height in np.flatnonzero(np.bincount(films.heights)) if len(films) else ():
        down = overlap_weights(int(height), size).astype(np.float32)  # (size, M)
        same = np.flatnonzero(films.heights == height)
        for start in range(0, len(same), _TOGETHER):
            chosen = same[start : start + _TOGETHER]
            rows = films.rows[chosen, :height].astype(np.float32)
            cells = (down @ rows @ across.T).astype(np.float32)  # (n, size, size)
            vectors[chosen] = _unit(_detail(_ranks(cells)))
    return vectors


def sketches(films: Films) -> NDArray[np.uint8]:
    """(N, SKETCH / 8) bits by which similarity can be estimated without the films.

    Each bit says on which side of a plane through the origin the fine thumbnail lies; planes are
    the same for everybody. Two films whose similarity is cos θ differ in θ / π of the bits
    (Charikar 2002). The estimate is off by 0.02 at 0.84 (one standard deviation): of the 13.6
    million pairs of different children none reaches `NEAR` by it (largest 0.831).
    """
    sides = thumbnails(films, FINE) @ _planes()
    return np.packbits(sides > 0, axis=1)


def sketched_alike(
    left: NDArray[np.uint8], right: NDArray[np.uint8], *, least: float = NEAR
) -> Pairs:
    """Pairs of sketches, (N, …) and (M, …), whose estimated similarity reaches a bound.

    Of each on the left side the likest on the right is named.
    """
    pairs: Pairs = []
    signs = _signs(right)
    block = max(1, _BLOCK // max(len(right), 1))
    for start in range(0, len(left) if len(right) else 0, block):
        agreed = _signs(left[start : start + block]) @ signs.T  # (n, M), bits alike − unlike
        best = agreed.argmax(axis=1)
        share = (1 - agreed[np.arange(len(best)), best].astype(np.float64) / SKETCH) / 2
        similarity = np.cos(np.pi * share)
        pairs += [
            (start + int(one), int(best[one]), float(similarity[one]))
            for one in np.flatnonzero(similarity >= least)
        ]
    return pairs


def _signs(bits: NDArray[np.uint8]) -> NDArray[np.float32]:
    return 2 * np.unpackbits(bits, axis=1).astype(np.float32) - 1


@cache
def _planes() -> NDArray[np.float32]:
    """(FINE², SKETCH) numbers −1 and 1 that no version of a library changes."""
    stream = hashlib.shake_256(b"rowscope: planes of sketches").digest(FINE * FINE * SKETCH // 8)
    bits = np.unpackbits(np.frombuffer(stream, np.uint8)).astype(np.float32)
    return (2 * bits - 1).reshape(FINE * FINE, SKETCH)


def alike(left: Looks, right: Looks) -> Pairs:
    """Pairs of films, one of each side, that look like copies, with their fine similarity.

    Every film of the smaller side is held against all of the other by coarse thumbnails, and the
    likest few by fine ones: memory stays bounded, and ten thousand films take seconds.
    """
    if len(left.films) > len(right.films):
        return [(one, other, value) for other, one, value in alike(right, left)]
    found = list(_candidates(left.coarse, right.coarse)) if len(left.films) else []
    if not found:
        return []
    first, second = np.array(found).T
    return _fine(left.films, right.films, first, second)


def _candidates(left: Thumbnails, right: Thumbnails) -> Iterator[tuple[int, int]]:
    partners = min(_PARTNERS, len(right))
    block = max(1, _BLOCK // len(right))
    starts = range(0, len(left), block)
    for start in paced(starts, "comparing films", len(starts)):
        similarity = left[start : start + block] @ right.T
        best = np.argpartition(similarity, -partners, axis=1)[:, -partners:]
        values = np.take_along_axis(similarity, best, axis=1)
        for film, place in zip(*np.nonzero(values >= _COARSE_NEAR), strict=True):
            yield start + int(film), int(best[film, place])


def _fine(left: Films, right: Films, first: NDArray[np.int64], second: NDArray[np.int64]) -> Pairs:
    near: Pairs = []
    for start in range(0, len(first), 8 * _TOGETHER):
        ones, others = (side[start : start + 8 * _TOGETHER] for side in (first, second))
        similarity = (_some(left, ones) * _some(right, others)).sum(axis=1)
        near += [
            (int(ones[place]), int(others[place]), float(similarity[place]))
            for place in np.flatnonzero(similarity >= NEAR)
        ]
    return near


def _some(films: Films, chosen: NDArray[np.int64]) -> Thumbnails:
    """Fine thumbnails of some films, each drawn once however often it is chosen."""
    unique, places = np.unique(chosen, return_inverse=True)
    return np.asarray(thumbnails(films.take(unique), FINE)[places])


def _ranks(cells: NDArray[np.float32]) -> NDArray[np.float32]:
    """Ranks of the cells of each film (n, s, s), ties in the middle of theirs.

    Noise of the last bits makes no difference.
    """
    levels = np.rint(cells.reshape(len(cells), -1) * 1e6)
    order = np.argsort(levels, axis=1)
    ordered = np.take_along_axis(levels, order, axis=1)
    new = np.ones((len(cells), levels.shape[1] + 1), np.bool_)  # where another value begins
    new[:, 1:-1] = ordered[:, 1:] != ordered[:, :-1]
    places = np.arange(levels.shape[1])
    first = np.maximum.accumulate(np.where(new[:, :-1], places, 0), axis=1)
    behind = np.where(new[:, 1:], places, levels.shape[1])[:, ::-1]
    last = np.minimum.accumulate(behind, axis=1)[:, ::-1]
    found = np.empty(levels.shape, np.float32)
    np.put_along_axis(found, order, ((first + last) / 2).astype(np.float32), axis=1)
    return found.reshape(cells.shape)


def _detail(cells: NDArray[np.float32]) -> NDArray[np.float64]:
    """Cells (n, s, s) less the mean of the 5 × 5 around each, the edges being continued."""
    framed = np.pad(cells.astype(np.float64), ((0, 0), (2, 2), (2, 2)), mode="edge")
    sums = np.pad(framed.cumsum(axis=1).cumsum(axis=2), ((0, 0), (1, 0), (1, 0)))
    high = sums[:, 5:] - sums[:, :-5]
    return np.asarray(cells - (high[:, :, 5:] - high[:, :, :-5]) / 25)


def _unit(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    flat = cells.reshape(len(cells), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    return np.asarray(flat / np.linalg.norm(flat, axis=1, keepdims=True).clip(min=1e-9))


# ----------------------------------------------------------------- leakage between splits
# Is a film, or its patient, in two splits? Then a measurement flatters.

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
        similarity: −1…1, see `engine.films.leakage`; 1 for exact copies, and for patients,
            whose films are not compared.
    """

    kind: Leakage
    splits: tuple[str, str]
    names: tuple[str, str]
    similarity: float = 1.0


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
            Leak(kind, pair, (str(one.names[a]), str(other.names[b])), similarity)
            for kind, a, b, similarity in found
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
        raise DataError(_refusal(refused, allowed))
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


# ----------------------------------------------------------------- fingerprints of splits
# Which films were meant: hashes of what a network reads, by which two runs can be compared.

_FINGERPRINT_BLOCK = 512  # films in memory at a time


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
        """See `engine.films.leakage.sketches`; of the known ones if they were drawn."""
        if self._known is not None and "sketches" in vars(self._known):
            return self._known.sketches[self._places]
        return sketches(self.films)

    def take(self, places: NDArray[np.intp]) -> "Marks":
        """Those of some films."""
        return Marks(self.films.take(places), self, places)


def film_digests(films: Films) -> tuple[bytes, ...]:
    """SHA-256 of the model rows of each film, without the padding behind them."""
    digests: list[bytes] = []
    starts = range(0, len(films), _FINGERPRINT_BLOCK)
    for start in paced(starts, "recognising films", len(starts)):
        chosen = np.arange(start, min(start + _FINGERPRINT_BLOCK, len(films)))
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
