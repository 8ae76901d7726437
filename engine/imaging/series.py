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
from typing import BinaryIO, TypeVar, get_args

from pydicom.dataset import Dataset

from engine.errors import ImageError
from engine.imaging.codecs import syntax_of
from engine.imaging.dicom.header import Header, HeaderFields, read_header
from engine.imaging.dicom.pixels import true_format
from engine.imaging.dicom.scan import is_dicom
from engine.imaging.dicom.tags import read_directions, read_identity, read_position, read_uids
from engine.imaging.folders import natural
from engine.imaging.raster import describe_raster, is_raster
from engine.imaging.read import one_error
from engine.imaging.source import RefusedError, open_file
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
    Unread,
)

_SAME_DIRECTION = 5e-3  # of a cosine, about 0.3 degrees: what rounding and a resampling leave
_SAME_PLACE = 1e-2  # millimetres
_EVEN = 1e-2  # of a step
# What tells frames at one place apart, and where it stands: a functional group, "" for the top.
_TELLING: dict[Apart, tuple[tuple[str, str], ...]] = {
    "type": (
        ("MRImageFrameTypeSequence", "FrameType"),
        ("CTImageFrameTypeSequence", "FrameType"),
        ("", "ImageType"),
    ),
    "echo": (
        ("MREchoSequence", "EffectiveEchoTime"),
        ("", "EchoNumbers"),
        ("", "EchoTime"),
    ),
    "time": (
        ("FrameContentSequence", "TemporalPositionIndex"),
        ("", "TemporalPositionIdentifier"),
        ("CardiacSynchronizationSequence", "NominalCardiacTriggerDelayTime"),
        ("", "TriggerTime"),
    ),
    "diffusion": (("MRDiffusionSequence", "DiffusionBValue"), ("", "DiffusionBValue")),
    "acquisition": (
        ("FrameContentSequence", "FrameAcquisitionNumber"),
        ("", "AcquisitionNumber"),
        ("", "AcquisitionTime"),
    ),
}
_HARD: tuple[Apart, ...] = ("size", "kind", "localizer", "reference", "file")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Item:
    """A frame with what decides about its stack.

    Attributes:
        hard: What must be alike, in the order of `_HARD`.
        telling: What tells it from others at its place, in the order of `_TELLING`.
    """

    frame: SeriesFrame
    hard: tuple[Hashable, ...]
    telling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _File:
    """What a file says of all its frames."""

    path: Path
    identity: Identity
    uids: Uids
    size: tuple[int, int]
    items: tuple[_Item, ...]
    number: int | None = None
    modality: str = ""
    notes: tuple[SeriesNoteCode, ...] = ()
    raster: bool = False

    @property
    def patient(self) -> str:
        who = self.identity
        return who.patient_id or f"{who.patient_name} {who.birth_date}".strip()


def read_studies(
    paths: Iterable[Path], *, join_rasters: bool = False
) -> tuple[tuple[Study, ...], tuple[Unread, ...]]:
    """Group files by patient, study and series; no file stops the others.

    Args:
        paths: Files in any order; each is read up to its pixels.
        join_rasters: Whether PNG, JPEG and TIFF files of one folder, size and kind are a series
            in the natural order of their names; else each is a study of one.

    Returns:
        Studies by patient, date and UID; and the files that cannot be read, with the reasons.
    """
    files, unread = [], []
    for path in sorted(dict.fromkeys(paths), key=natural):
        try:
            files.append(_told(path))
        except ImageError as error:
            unread.append(Unread(path, error.reason, str(error)))
    groups = _grouped(_told_apart(files), lambda file: _study_key(file, join=join_rasters))
    whose = defaultdict(set)
    for one in groups:
        whose[one[0].uids.study].add(one[0].patient)
    studies = [_study(group, mixed=len(whose[group[0].uids.study]) > 1) for group in groups]
    return tuple(sorted(studies, key=_study_place)), tuple(unread)


# ----------------------------------------------------------------------- header of a file
def _told(path: Path) -> _File:
    with one_error(path), open_file(path) as (stream, size):
        head = stream.read(256)
        if is_dicom(head):
            return _dicom(stream, path)
        if is_raster(head):
            return _raster(stream, size, path)
        raise RefusedError("it is neither DICOM nor PNG, JPEG or TIFF", "unknown-format")


def _raster(stream: BinaryIO, size: int, path: Path) -> _File:
    image, _ = describe_raster(stream, size, path=path)
    shape = (image.rows, image.columns)
    own = str(path) if image.frame_count > 1 else ""
    hard = (shape, image.photometric, False, "", own)
    items = tuple(
        _Item(SeriesFrame(path, index), hard, ("",) * len(_TELLING))
        for index in range(image.frame_count)
    )
    return _File(path, image.identity, image.uids, shape, items, raster=True)


def _dicom(stream: BinaryIO, path: Path) -> _File:
    header = read_header(stream)
    fields = HeaderFields(header.dataset, [])
    form = true_format(header, fields, syntax_of(header.syntax))
    uids, shape = read_uids(fields), (form.rows, form.columns)
    own = fields.text("ConcatenationUID") or str(path) if form.frames > 1 else ""
    kinds = fields.text("ImageType").upper().split(", ")
    hard = (
        shape,
        (form.photometric, uids.sop_class),
        "LOCALIZER" in kinds,
        fields.text("FrameOfReferenceUID"),
        own,
    )
    number = fields.number("InstanceNumber")
    first = SeriesFrame(path, 0, uids.sop_instance, None if number is None else int(number))
    return _File(
        path,
        read_identity(fields),
        uids,
        shape,
        tuple(_items(header, first, hard=hard, frames=form.frames)),
        None if (place := fields.number("SeriesNumber")) is None else int(place),
        fields.text("Modality"),
        () if uids.sop_instance else ("uid",),
    )


def _items(
    header: Header, first: SeriesFrame, *, hard: tuple[Hashable, ...], frames: int
) -> Iterator[_Item]:
    top = HeaderFields(header.dataset, [])
    own = top.items("PerFrameFunctionalGroupsSequence")
    shared = top.items("SharedFunctionalGroupsSequence")[:1]
    bare = _item(first, hard, _Groups(shared, top), single=frames == 1)
    for index in range(frames):
        found = bare
        if index < len(own):
            found = _item(first, hard, _Groups([own[index], *shared], top), single=frames == 1)
        yield replace(found, frame=replace(found.frame, index=index))


@dataclass(frozen=True, slots=True)
class _Groups:
    """Where a frame's values may stand: its own functional group, the shared one, the top."""

    groups: list[Dataset]
    top: HeaderFields

    def layers(self, sequence: str) -> list[HeaderFields]:
        """The items of a group; the top where none is named."""
        if not sequence:
            return [self.top]
        notes = self.top.notes
        inner = (HeaderFields(group, notes).items(sequence)[:1] for group in self.groups)
        return [HeaderFields(item, notes) for items in inner for item in items]

    def value(self, places: tuple[tuple[str, str], ...]) -> str:
        """The first of several values that is there."""
        found = (
            layer.text(keyword) for sequence, keyword in places for layer in self.layers(sequence)
        )
        return next((text for text in found if text), "")


def _item(first: SeriesFrame, hard: tuple[Hashable, ...], said: _Groups, *, single: bool) -> _Item:
    positions, planes = (
        said.layers("PlanePositionSequence"),
        said.layers("PlaneOrientationSequence"),
    )
    frame = replace(
        first,
        # What a file of several frames says once is not the place of each of them.
        position=read_position([*positions, said.top] if single else positions),
        directions=read_directions([*planes, said.top]),
    )
    return _Item(frame, hard, tuple(map(said.value, _TELLING.values())))


# -------------------------------------------------------------- equal and different films
def _told_apart(files: Sequence[_File]) -> list[_File]:
    """One of each file that is there twice; UIDs that lie are taken from those that claim them."""
    kept: list[_File] = []
    for same in _grouped(files, lambda file: file.uids.sop_instance or str(file.path)):
        by_bytes = _grouped(same, _digest) if len(same) > 1 else [same]
        for copies in by_bytes:
            file, *others = copies if len(by_bytes) == 1 else map(_without_uid, copies)
            notes: list[SeriesNoteCode] = ["duplicate"] * len(others)
            kept.append(replace(file, notes=(*file.notes, *notes)))
    return kept


def _without_uid(file: _File) -> _File:
    items = (
        replace(item, frame=replace(item.frame, sop_instance_uid=None)) for item in file.items
    )
    return replace(file, items=tuple(items), notes=(*file.notes, "uid-twice"))


def _digest(file: _File) -> bytes:
    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError:  # gone since its header was read: like no other
        return str(file.path).encode("utf-8", "surrogateescape")


# ---------------------------------------------------------------------- grouping by study
def _study_key(file: _File, *, join: bool) -> Hashable:
    uids = file.uids
    if file.raster:
        return str(file.path.parent) if join else str(file.path)
    return file.patient, uids.study or uids.series or str(file.path)


def _study_place(study: Study) -> tuple[object, ...]:
    who = study.identity
    first = study.series[0].frames[0].path
    return who.patient_id, who.patient_name, who.study_date, study.uid, natural(first)


def _study(files: Sequence[_File], *, mixed: bool) -> Study:
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
def _series(files: Sequence[_File]) -> Iterator[Series]:
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


def _planes(items: Sequence[_Item]) -> list[list[_Item]]:
    """Frames by orientation: those whose directions differ by no more than rounding."""
    planes: list[tuple[tuple[Point, Point] | None, list[_Item]]] = []
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


def _parts(items: list[_Item]) -> list[tuple[list[_Item], set[Apart]]]:
    """Frames that lie at the same places, by what tells them apart; all in one where nothing does.

    A volume that was taken m times falls into m parts at most: a value that makes more of them
    is each frame's own and tells no volumes apart.
    """
    most = _crowd(items)
    if most > 1:
        for place, reason in enumerate(_TELLING):
            parts = _grouped(items, lambda item: item.telling[place])  # noqa: B023 - used at once
            if 1 < len(parts) <= most and max(map(_crowd, parts)) < most:
                return [(part, told | {reason}) for one in parts for part, told in _parts(one)]
    return [(items, set())]


def _crowd(items: Sequence[_Item]) -> int:
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


def _stack(items: Sequence[_Item], files: dict[Path, _File], apart: tuple[Apart, ...]) -> Series:
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
