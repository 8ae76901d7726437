"""Which films a bundle saw while it was made, and which of them it meets again.

A bundle keeps of every film of every split a digest of what its network read: 32 bytes, whatever
the file was called and wherever it lay. Where near copies count as leakage it also keeps a sketch
of 128 bytes, by which a film that was saved anew, resized or cut is recognised. Neither shows a
picture nor names a patient. They lie in `films.bin` beside the weights: for each split in turn its
digests, then its sketches; metadata.json says how many there are, and the file's hash.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import BundleError
from engine.metadata import METADATA
from engine.metadata.files import FILMS, read_file
from engine.metadata.text import place_of
from engine.training.data import SPLITS, Films
from engine.training.data.likeness import SKETCH, sketched_alike, sketches

_DIGEST = hashlib.sha256().digest_size
_SKETCH = SKETCH // 8
_MOST_FILMS = 2_000_000
_SHOWN = 3  # films that a sentence names

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The films that a model saw, by the split that they were in.

    Attributes:
        digests: (N, 32) of each split.
        sketches: (N, 128) of each split; empty where near copies are allowed and mean nothing.
    """

    digests: Mapping[str, Bytes]
    sketches: Mapping[str, Bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Films that a model saw in one of its splits and that are measured now.

    Attributes:
        split: "train", "val" or "test", as at the model's training.
        exact: Measured films whose model rows are those of a film seen.
        near: Others so like one as only copies are.
        names: Of the first of them.
    """

    split: str
    exact: int
    near: int
    names: tuple[str, ...]

    @property
    def films(self) -> int:
        """How many measured films were seen."""
        return self.exact + self.near

    @property
    def words(self) -> str:
        """For example "300 (high/001.png, high/002.png, …)"."""
        more = ", …" if self.films > len(self.names) else ""
        near = f"; {self.near:,} of them as copies that were changed" if self.near else ""
        return f"{self.films:,} ({', '.join(self.names)}{more}{near})"


def seen_of(films: Films, digests: Sequence[bytes], *, near: bool) -> Seen:
    """What is kept of films in splits.

    Args:
        films: N of them.
        digests: See `film_digests`.
        near: Whether sketches are kept, too.
    """
    table = np.frombuffer(b"".join(digests), np.uint8).reshape(-1, _DIGEST)
    places = {split: films.where(split) for split in SPLITS}
    return Seen(
        {split: table[chosen] for split, chosen in places.items() if len(chosen)},
        {split: sketches(films.take(chosen)) for split, chosen in places.items() if len(chosen)}
        if near
        else {},
    )


def overlaps(seen: Seen, films: Films, digests: Sequence[bytes]) -> tuple[Overlap, ...]:
    """Which measured films a model has seen, split by split; splits without any are left out.

    Args:
        seen: By the model.
        films: That are measured.
        digests: Of them, see `film_digests`.
    """
    own = sketches(films) if seen.sketches and len(films) else np.empty((0, _SKETCH), np.uint8)
    found = []
    for split, theirs in seen.digests.items():
        known = {bytes(one) for one in theirs}
        exact = {place for place, digest in enumerate(digests) if digest in known}
        pairs = sketched_alike(own, seen.sketches[split]) if split in seen.sketches else []
        near = {place for place, _, _ in pairs} - exact
        if exact or near:
            names = [str(films.names[place]) for place in sorted(exact | near)[:_SHOWN]]
            found.append(Overlap(split, len(exact), len(near), tuple(names)))
    return tuple(found)


def splits_by_content(seen: Seen, films: Films, digests: Sequence[bytes]) -> NDArray[np.str_]:
    """(N,) the split in which a model saw each film, whatever it is called now; "" if in none.

    A copy that was changed counts as what it is a copy of, where near copies are looked for.
    """
    known = {bytes(one): split for split, theirs in seen.digests.items() for one in theirs}
    found = [known.get(digest, "") for digest in digests]
    if seen.sketches and "" in found:
        own = sketches(films)
        for split in ("test", "val", "train"):  # what was learnt has the last word
            pairs = sketched_alike(own, seen.sketches[split]) if split in seen.sketches else []
            for place, _, _ in pairs:
                if digests[place] not in known:
                    found[place] = split
    return np.array(found, dtype="<U5")


def write_seen(folder: Path, seen: Seen) -> dict[str, Any]:
    """Write the file; what metadata.json says of it."""
    parts = [table for split in seen.digests for table in _tables(seen, split)]
    data = b"".join(np.ascontiguousarray(part).tobytes() for part in parts)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILMS).write_bytes(data)
    return {
        "splits": {split: len(digests) for split, digests in seen.digests.items()},
        "near": bool(seen.sketches),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _tables(seen: Seen, split: str) -> list[Bytes]:
    near = [seen.sketches[split]] if split in seen.sketches else []
    return [seen.digests[split], *near]


def read_seen(folder: Path, training: Mapping[str, Any]) -> Seen | None:
    """What a bundle keeps of its films; None in bundles from before it was kept.

    Raises:
        BundleError: The file is not the one that the metadata speak of.
    """
    said = training.get("seen")
    if said is None:
        return None
    place = place_of(folder, FILMS)
    counts, near = _counts(said, place)
    width = _DIGEST + (_SKETCH if near else 0)
    whole = sum(counts.values()) * width
    data = read_file(folder, FILMS, most=whole)
    if len(data) != whole or hashlib.sha256(data).hexdigest() != said.get("sha256"):
        raise BundleError(
            "{place} is not the file that {metadata} speaks of.",
            "bundle",
            place=place,
            metadata=METADATA,
        )
    values, start = np.frombuffer(data, np.uint8), 0
    digests, drawn = {}, {}
    for split, count in counts.items():
        middle, end = start + count * _DIGEST, start + count * width
        digests[split] = values[start:middle].reshape(count, _DIGEST)
        if near:
            drawn[split] = values[middle:end].reshape(count, _SKETCH)
        start = end
    return Seen(digests, drawn)


def _counts(said: object, place: str) -> tuple[dict[str, int], bool]:
    if isinstance(said, Mapping) and isinstance(said.get("splits"), Mapping):
        counts = dict(said["splits"])
        whole = all(type(count) is int and 0 <= count <= _MOST_FILMS for count in counts.values())
        if set(counts) <= set(SPLITS) and whole and type(said.get("near")) is bool:
            return counts, said["near"]
    raise BundleError(
        "{place}: the metadata do not say how many films it holds.", "bundle", place=place
    )
