"""Which films a bundle saw while it was made, and which of them it meets again."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from engine.bundle import FILMS, METADATA, read_description, read_file, replace_metadata
from engine.errors import BundleError, DataError
from engine.films import (
    SKETCH,
    SPLITS,
    Films,
    FolderLayout,
    Marks,
    Split,
    divide,
    layout_of,
    read_films,
    sketched_alike,
    split_hashes,
    with_shapes,
    with_truth,
)
from engine.progress import Progress
from engine.recipe import Data, Recipe, recipe_of
from engine.text import place_of
from engine.types import ModelInfo
from engine.weights import load_bundle

# ----------------------------------------------------------- films that a bundle has seen
# A bundle keeps of every film of every split a digest of what its network read: 32 bytes,
# whatever the file was called and wherever it lay. Where near copies count as leakage it also
# keeps a sketch of 128 bytes, by which a film that was saved anew, resized or cut is recognised.
# Neither shows a picture nor names a patient. They lie in `films.bin` beside the weights: for
# each split in turn its digests, then its sketches; metadata.json says how many there are, and
# the file's hash.

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


def seen_of(marks: Marks, *, near: bool) -> Seen:
    """What is kept of films in splits; `near` says whether sketches are, too."""
    table = np.frombuffer(b"".join(marks.digests), np.uint8).reshape(-1, _DIGEST)
    where = {split: marks.films.where(split) for split in SPLITS}
    there = {split: places for split, places in where.items() if len(places)}
    return Seen(
        {split: table[places] for split, places in there.items()},
        {split: marks.sketches[places] for split, places in there.items()} if near else {},
    )


def overlaps(seen: Seen, marks: Marks) -> tuple[Overlap, ...]:
    """Which measured films a model has seen, split by split; splits without any are left out."""
    found = []
    for split, theirs in seen.digests.items():
        known = {bytes(one) for one in theirs}
        exact = {place for place, digest in enumerate(marks.digests) if digest in known}
        near = set(_alike(marks, seen, split)) - exact
        if exact or near:
            names = [str(marks.films.names[place]) for place in sorted(exact | near)[:_SHOWN]]
            found.append(Overlap(split, len(exact), len(near), tuple(names)))
    return tuple(found)


def _alike(marks: Marks, seen: Seen, split: str) -> Iterator[int]:
    """Films that look like copies of those of a split, where these are kept."""
    if split in seen.sketches and len(marks.films):
        yield from (one for one, _, _ in sketched_alike(marks.sketches, seen.sketches[split]))


def splits_by_content(seen: Seen, marks: Marks) -> NDArray[np.str_]:
    """(N,) the split in which a model saw each film, whatever it is called now; "" if in none.

    A copy that was changed counts as what it is a copy of, where near copies are looked for.
    """
    known = {bytes(one): split for split, theirs in seen.digests.items() for one in theirs}
    found = [known.get(digest, "") for digest in marks.digests]
    for split in ("test", "val", "train") if "" in found else ():  # what was learnt comes last
        for place in _alike(marks, seen, split):
            if marks.digests[place] not in known:
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
            "{place} is not the file that {metadata} speaks of.", place=place, metadata=METADATA
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
    raise BundleError("{place}: the metadata do not say how many films it holds.", place=place)


# -------------------------------------------------------------------- films to measure on
# The films that a finished bundle is measured on, divided as its training divided them.


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Films to measure on.

    Attributes:
        own: The chosen ones.
        every: All films of the source, in the splits that the model's recipe makes of them.
        whole: Whether no recipe divides the source for this split, so that all of it was taken.
        plan: What the recipe says of data; an empty one where the bundle holds no recipe.
        recipe: That made the model; None where the bundle does not hold it.
        seen: The films that the model saw; None where the bundle does not keep them.
        by_content: Whether it was these that divided the source, and no rule.
        layout: With which the source was read.
        split: Which films were chosen: the one that was asked for, or the first that there is.
    """

    own: Marks
    every: Marks
    whole: bool
    plan: Data
    recipe: Recipe | None
    seen: Seen | None = None
    by_content: bool = False
    layout: FolderLayout | None = None
    split: str = "all"

    @property
    def films(self) -> Films:
        """The chosen ones."""
        return self.own.films

    @property
    def divided(self) -> Films:
        """All of the source."""
        return self.every.films


def choose_films(
    info: ModelInfo,
    source: Path,
    *,
    split: str | None,
    cache: Path | None = None,
    shapes: Path | None = None,
    report: Progress = lambda _: None,
) -> Chosen:
    """Films as a model reads them, of one split as at its training.

    Where the source has no splits and the bundle keeps which films it saw, these tell: what was
    not seen in training or validation is the test, and films of which none was seen are one test
    as a whole. Else the recipe divides the source as it did at the training.

    Args:
        info: Of the model.
        source: See `read_films`.
        split: "train", "val" or "test" as at the model's training, or "all". Films that no rule
            divides are taken whole. None takes validation films where there are any, else test
            films, else all: for what a model is chosen by.
        cache: See `read_films`.
        shapes: See `with_shapes`; None takes that of the recipe where it lies beside the source.
        report: Told in words what is being done.

    Raises:
        BundleError: Metadata that cannot be trusted.
        DataError: Films that cannot be used, or none of the split.
    """
    description, _ = read_description(info.path)
    values = description.training.get("recipe")
    recipe = None if values is None else recipe_of(values, f"The recipe in {info.name}")
    plan = recipe.data if recipe else Data()
    layout = FolderLayout(info.input, info.classes, positive=info.positive)
    if recipe is not None:
        layout = replace(layout_of(recipe), input=info.input)
    films = read_films(source, layout, report=report, cache=cache)
    if recipe is not None:
        films = with_truth(films, source, recipe)
    films = _shaped(films, source, plan, shapes)
    seen = read_seen(info.path, description.training)
    if seen is not None and set(films.splits) == {"train"} and not films.unread:
        chosen = _by_content(films, seen, split, plan, recipe)
        if not chosen.whole:
            chosen = replace(chosen, by_content=True)
            report(_seen_words(chosen))
    else:
        chosen = _choose(films, plan, recipe, split=split)
    return replace(chosen, seen=seen, layout=layout)


def _shaped(films: Films, source: Path, plan: Data, shapes: Path | None) -> Films:
    """With the shapes that the films had; those of the recipe may be of other films."""
    if shapes is not None:
        if not shapes.is_file():
            raise DataError("{source} is not there.", source=shapes)
        return with_shapes(films, source, str(shapes.absolute()))
    if plan.shapes and (source.parent / plan.shapes).is_file():
        with suppress(DataError):
            return with_shapes(films, source, plan.shapes)
    return films


def films_for(
    info: ModelInfo, source: Path, *, split: str, report: Progress = lambda _: None
) -> Films:
    """The films of `choose_films` alone."""
    return choose_films(info, source, split=split, report=report).films


def _by_content(
    films: Films, seen: Seen, split: str | None, plan: Data, recipe: Recipe | None
) -> Chosen:
    """The split by what the model saw, whatever the films are called now."""
    marks = Marks(films)
    found = splits_by_content(seen, marks)
    learnt = np.isin(found, ("train", "val"))
    if not learnt.any() or (learnt.all() and split == "test"):
        return Chosen(marks, marks, whole=True, plan=plan, recipe=recipe, split=split or "all")
    divided = Marks(replace(films, splits=np.where(found == "", "test", found)), marks)
    return _of_split(divided, split, plan, recipe)


def _seen_words(chosen: Chosen) -> str:
    """What the model had seen already of films that no rule divides."""
    splits = chosen.divided.splits
    count = len(splits)
    learnt, set_on = (int((splits == name).sum()) for name in ("train", "val"))
    first = [str(name) for name in chosen.divided.names[splits != "test"][:_SHOWN]]
    words = (
        f"Recognised by content: of these {count:,} films the model was trained on {learnt:,}"
        f" already and set on {set_on:,} as validation films (such as {', '.join(first)})"
    )
    if chosen.split == "test":
        words += f"; the other {len(chosen.films):,} are measured"
    return f"{words}."


def _of_split(divided: Marks, split: str | None, plan: Data, recipe: Recipe | None) -> Chosen:
    """The films of a split; without its name those of the first that may be looked at."""
    there = set(divided.films.splits)
    own = split or next((one for one in ("val", "test") if one in there), "all")
    return Chosen(_only(divided, own), divided, whole=False, plan=plan, recipe=recipe, split=own)


def _only(divided: Marks, split: str) -> Marks:
    if split == "all":
        return divided
    places = divided.films.where(cast("Split", split))
    if not len(places):
        raise DataError("The data have no films of the split “{split}”.", split=split)
    return divided.take(places)


def _choose(films: Films, plan: Data, recipe: Recipe | None, *, split: str | None) -> Chosen:
    """The split as the training made it; films that no recipe divides are taken whole."""
    unsplit = set(films.splits) == {"train"}
    parts = plan.test if split == "test" else plan.validation or plan.test
    if unsplit and (split == "all" or not parts):
        marks = Marks(films)
        return Chosen(marks, marks, whole=True, plan=plan, recipe=recipe, split=split or "all")
    divided = Marks(divide(films, plan, seed=recipe.division_seed if recipe else 0))
    return _of_split(divided, split, plan, recipe)


# -------------------------------------------------------------- noting the training films
# A finished bundle learns which films it was trained on.


def note_films(
    model: str | Path,
    source: Path,
    *,
    cache: Path | None = None,
    report: Progress = lambda _: None,
) -> ModelInfo:
    """Let a finished bundle keep the digests of the films that it was trained on.

    Args:
        model: Name or folder; made before digests were kept.
        source: Its films; they are divided as they were at the training.
        cache: See `read_films`.
        report: Told in words what is being done.

    Returns:
        The bundle's metadata as they are now.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DataError: Films that cannot be used, or others than those of the training.
    """
    info = load_bundle(model).info
    folder = info.path
    description, config = read_description(folder)
    chosen = choose_films(info, source, split="all", cache=cache, report=report)
    divided = chosen.divided
    if chosen.whole and chosen.recipe is not None:
        divided = divide(divided, chosen.plan, seed=chosen.recipe.division_seed)
    stored = description.training.get("fingerprints")
    marks = Marks(divided)
    found = split_hashes(marks)
    if not isinstance(stored, Mapping) or not stored:
        raise DataError("{info} keeps no fingerprints to know its films by.", info=info.name)
    if other := [split for split in stored if stored[split] != found.get(split)]:
        raise DataError(
            "{source} does not hold the films of {info}: the fingerprint of its split"
            " “{other}” is another one.",
            source=source.name,
            info=info.name,
            other=other[0],
        )
    near = chosen.recipe is None or "near" not in chosen.recipe.data.allow_leakage
    kept = np.flatnonzero(np.isin(divided.splits, list(stored)))
    said = write_seen(folder, seen_of(marks.take(kept), near=near))
    changed = replace(description, training={**description.training, "seen": said})
    replace_metadata(folder, changed, config)
    return load_bundle(folder).info
