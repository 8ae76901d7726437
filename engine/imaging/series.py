"""Files to studies, and these to series in the order of space: from headers, without pixels.

A Series Instance UID is what a scanner stored together, not what can be leafed through: parts of
other size, kind or orientation are stacks of their own, and so are echoes, times and acquisitions
that lie at the same places (PS3.3 A.1.2 and C.7.6; enhanced objects C.7.6.16).
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeVar, get_args

from engine.imaging.folders import natural
from engine.types import (
    Apart,
    Identity,
    Point,
    Series,
    SeriesFrame,
    SeriesNote,
    SeriesNoteCode,
    SeriesOrder,
    Study,
    Uids,
)

_SAME_DIRECTION = 5e-3  # of a cosine, about 0.3 degrees: what rounding and a resampling leave
_SAME_PLACE = 1e-2  # millimetres
_EVEN = 1e-2  # of a step
# What tells frames at one place apart, and what must be alike in a stack.
TELLING: Final[tuple[Apart, ...]] = ("type", "echo", "time", "diffusion", "acquisition")
_HARD: Final[tuple[Apart, ...]] = ("size", "kind", "localizer", "reference", "file")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class FrameHead:
    """A frame with what decides about its stack.

    Attributes:
        hard: What must be alike, in the order of `_HARD`.
        telling: What tells it from others at its place, in the order of `TELLING`.
    """

    frame: SeriesFrame
    hard: tuple[Hashable, ...]
    telling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileHead:
    """What a file says of its place in a study, of all its frames."""

    path: Path
    identity: Identity
    uids: Uids
    size: tuple[int, int]
    items: tuple[FrameHead, ...]
    number: int | None = None
    modality: str = ""
    notes: tuple[SeriesNoteCode, ...] = ()
    raster: bool = False
    frame_rate: float | None = None

    @property
    def patient(self) -> str:
        """Whose it is: what is compared."""
        who = self.identity
        return who.patient_id or f"{who.patient_name} {who.birth_date}".strip()


def grouped_studies(files: Sequence[FileHead], *, join_rasters: bool = False) -> tuple[Study, ...]:
    """The studies of files whose headers were read (`read_head`); see `read_studies`."""
    groups = _grouped(_told_apart(files), lambda file: _study_key(file, join=join_rasters))
    whose = defaultdict(set)
    for one in groups:
        whose[one[0].uids.study].add(one[0].patient)
    studies = [_study(group, mixed=len(whose[group[0].uids.study]) > 1) for group in groups]
    return tuple(sorted(studies, key=_study_place))


# -------------------------------------------------------------- equal and different films
def _told_apart(files: Sequence[FileHead]) -> list[FileHead]:
    """One of each file that is there twice; UIDs that lie are taken from those that claim them."""
    kept: list[FileHead] = []
    for same in _grouped(files, lambda file: file.uids.sop_instance or str(file.path)):
        by_bytes = _grouped(same, _digest) if len(same) > 1 else [same]
        for copies in by_bytes:
            file, *others = copies if len(by_bytes) == 1 else map(_without_uid, copies)
            notes: list[SeriesNoteCode] = ["duplicate"] * len(others)
            kept.append(replace(file, notes=(*file.notes, *notes)))
    return kept


def _without_uid(file: FileHead) -> FileHead:
    items = (
        replace(item, frame=replace(item.frame, sop_instance_uid=None)) for item in file.items
    )
    return replace(file, items=tuple(items), notes=(*file.notes, "uid-twice"))


def _digest(file: FileHead) -> bytes:
    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError:  # gone since its header was read: like no other
        return str(file.path).encode("utf-8", "surrogateescape")


# ---------------------------------------------------------------------- grouping by study
def _study_key(file: FileHead, *, join: bool) -> Hashable:
    uids = file.uids
    if file.raster:
        return str(file.path.parent) if join else str(file.path)
    return file.patient, uids.study or uids.series or str(file.path)


def _study_place(study: Study) -> tuple[object, ...]:
    who = study.identity
    first = study.series[0].frames[0].path
    return who.patient_id, who.patient_name, who.study_date, study.uid, natural(first)


def _study(files: Sequence[FileHead], *, mixed: bool) -> Study:
    found = [
        series
        for group in _grouped(files, lambda file: file.uids.series)
        for series in _series(group)
    ]
    found.sort(key=_series_place)
    if mixed and files[0].uids.study:
        note = SeriesNote("patients-differ", len(files))
        found = [replace(series, notes=(*series.notes, note)) for series in found]
    return Study(files[0].uids.study, files[0].identity, tuple(found))


def _series_place(series: Series) -> tuple[object, ...]:
    first = series.frames[0]
    number, uid = series.number, series.uid
    inner = (first.number is None, first.number or 0, natural(first.path), first.index)
    return number is None, number or 0, uid, *inner


# ---------------------------------------------------------------------- series and stacks
def _series(files: Sequence[FileHead]) -> Iterator[Series]:
    """The stacks of one Series Instance UID."""
    by_path = {file.path: file for file in files}
    items = [item for file in files for item in file.items]
    varying = {
        reason
        for place, reason in enumerate(_HARD)
        if len({item.hard[place] for item in items}) > 1
    }
    for alike in _grouped(items, lambda item: item.hard):
        planes = _planes(alike)
        reasons = varying | ({"orientation"} if len(planes) > 1 else set())
        for plane in planes:
            for part, told in _parts(plane):
                apart = tuple(one for one in get_args(Apart) if one in reasons | told)
                yield _stack(part, by_path, apart)


def _planes(items: Sequence[FrameHead]) -> list[list[FrameHead]]:
    """Frames by orientation: those whose directions differ by no more than rounding."""
    planes: list[tuple[tuple[Point, Point] | None, list[FrameHead]]] = []
    for item in items:
        here = item.frame.directions
        for there, members in planes:
            if _parallel(here, there):
                members.append(item)
                break
        else:
            planes.append((here, [item]))
    return [members for _, members in planes]


def _parallel(one: tuple[Point, Point] | None, other: tuple[Point, Point] | None) -> bool:
    if one is None or other is None:
        return one is other
    pairs = zip((*one[0], *one[1]), (*other[0], *other[1]), strict=True)
    return all(abs(a - b) < _SAME_DIRECTION for a, b in pairs)


def _parts(items: list[FrameHead]) -> list[tuple[list[FrameHead], set[Apart]]]:
    """Frames that lie at the same places, by what tells them apart; all in one where nothing does.

    A volume that was taken m times falls into m parts at most: a value that makes more of them
    is each frame's own and tells no volumes apart.
    """
    most = _crowd(items)
    if most > 1:
        for place, reason in enumerate(TELLING):
            parts = _grouped(items, lambda item: item.telling[place])  # noqa: B023 - used at once
            if 1 < len(parts) <= most and max(map(_crowd, parts)) < most:
                return [(part, told | {reason}) for one in parts for part, told in _parts(one)]
    return [(items, set())]


def _crowd(items: Sequence[FrameHead]) -> int:
    """Most frames at one place; 1 where a frame has none."""
    places = sorted(_places([item.frame for item in items]) or ())
    most = crowd = 1
    for gap in _gaps(places):
        crowd = 1 if gap > _SAME_PLACE else crowd + 1
        most = max(most, crowd)
    return most


def _places(frames: Sequence[SeriesFrame]) -> list[float] | None:
    """Millimetres of each along the normal of the first; None where one of them has no place."""
    places = [frame.along(frames[0].directions) for frame in frames]
    known = [place for place in places if place is not None]
    return known if len(known) == len(frames) else None


def _gaps(places: Sequence[float]) -> list[float]:
    return [b - a for a, b in pairwise(places)]


def _stack(
    items: Sequence[FrameHead], files: dict[Path, FileHead], apart: tuple[Apart, ...]
) -> Series:
    frames, order, notes = _in_order([item.frame for item in items])
    mine = [files[path] for path in dict.fromkeys(frame.path for frame in frames)]
    codes = Counter(code for file in mine for code in file.notes)
    step = _step(frames) if order == "space" else None
    if order == "space" and len(frames) > 2 and step is None:
        notes.append("uneven")
    found = [SeriesNote(code, len(frames)) for code in notes]
    found += [SeriesNote(code, count) for code, count in codes.items()]
    first = mine[0]
    return Series(
        uid=first.uids.series,
        frames=tuple(frames),
        order=order,
        rows=first.size[0],
        columns=first.size[1],
        number=first.number,
        description=first.identity.series_description,
        modality=first.modality,
        step_mm=step,
        apart=apart,
        notes=tuple(found),
        frame_rate=first.frame_rate,
    )


def _in_order(
    frames: list[SeriesFrame],
) -> tuple[list[SeriesFrame], SeriesOrder, list[SeriesNoteCode]]:
    """Space where every frame has a place of its own, else numbers, else names; and why."""
    if len(frames) == 1:
        return frames, "frame", []
    notes: list[SeriesNoteCode] = ["no-position"]
    places = _places(frames)
    if places is not None:
        if all(gap > _SAME_PLACE for gap in _gaps(sorted(places))):
            order = sorted(range(len(frames)), key=places.__getitem__)
            return [frames[place] for place in order], "space", []
        notes = ["positions-coincide"]
    by_name = sorted(frames, key=lambda frame: (natural(frame.path), frame.index))
    if len({frame.path for frame in frames}) == 1:
        return by_name, "frame", notes
    numbers = {(frame.number, frame.index) for frame in frames if frame.number is not None}
    if len(numbers) == len(frames):
        return sorted(frames, key=lambda one: (one.number or 0, one.index)), "number", notes
    return by_name, "name", [*notes, "no-number"]


def _step(frames: Sequence[SeriesFrame]) -> float | None:
    gaps = _gaps(_places(frames) or ())
    mean = sum(gaps) / len(gaps)
    return mean if all(abs(gap - mean) <= _EVEN * mean for gap in gaps) else None


def _grouped(values: Iterable[_T], key: Callable[[_T], Hashable]) -> list[list[_T]]:
    groups: defaultdict[Hashable, list[_T]] = defaultdict(list)
    for value in values:
        groups[key(value)].append(value)
    return list(groups.values())
