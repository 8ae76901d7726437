"""Files → their places in studies: from headers, without pixels."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from pydicom.dataset import Dataset

from engine.errors import ImageError
from engine.imaging.alike import HEAD, Kinds, Own
from engine.imaging.codecs import syntax_of
from engine.imaging.dicom.header import Header, HeaderFields, read_header
from engine.imaging.dicom.pixels import true_format
from engine.imaging.dicom.scan import is_dicom
from engine.imaging.dicom.tags import read_directions, read_identity, read_position, read_uids
from engine.imaging.folders import natural
from engine.imaging.raster import describe_raster, is_raster
from engine.imaging.read import one_error
from engine.imaging.series import FileHead, FrameHead, grouped_studies
from engine.imaging.source import RefusedError, open_file
from engine.types import Apart, SeriesFrame, Study, Unread

_SLOWEST, _FASTEST = 0.1, 1000.0  # frames a second: beyond, a number is no rate
# What tells frames at one place apart (in the order of `TELLING`), and where it stands: a
# functional group, "" for the top.
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
    heads = [read_head(path) for path in sorted(dict.fromkeys(paths), key=natural)]
    files = [head for head in heads if isinstance(head, FileHead)]
    unread = tuple(head for head in heads if isinstance(head, Unread))
    return grouped_studies(files, join_rasters=join_rasters), unread


# ----------------------------------------------------------------------- header of a file
_alike: Kinds[FileHead] = Kinds()


def forget_kinds() -> None:
    """Parse every header anew."""
    _alike.forget()


def read_head(path: Path) -> FileHead | Unread:
    """What a file says of its place in a study, or why it has none."""
    try:
        return _told(path)
    except ImageError as error:
        return Unread(path, error.reason, str(error))


def _told(path: Path) -> FileHead:
    with one_error(path), open_file(path) as (stream, size):
        head = stream.read(HEAD)
        if is_dicom(head):
            if (known := _alike.of(head, size)) is not None:
                return _another(*known, path)
            found = _dicom(stream, path)
            _alike.keep(head, size, found)
            return found
        if is_raster(head):
            return _raster(stream, size, path)
        raise RefusedError("it is neither DICOM nor PNG, JPEG or TIFF", "unknown-format")


def _raster(stream: BinaryIO, size: int, path: Path) -> FileHead:
    image, _ = describe_raster(stream, size, path=path)
    shape = (image.rows, image.columns)
    own = str(path) if image.frame_count > 1 else ""
    hard = (shape, image.photometric, False, "", own)
    items = tuple(
        FrameHead(SeriesFrame(path, index), hard, ("",) * len(_TELLING))
        for index in range(image.frame_count)
    )
    return FileHead(path, image.identity, image.uids, shape, items, raster=True)


def _dicom(stream: BinaryIO, path: Path) -> FileHead:
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
    return FileHead(
        path,
        read_identity(fields),
        uids,
        shape,
        tuple(_items(header, first, hard=hard, frames=form.frames)),
        None if (place := fields.number("SeriesNumber")) is None else int(place),
        fields.text("Modality"),
        () if uids.sop_instance else ("uid",),
        frame_rate=_frame_rate(fields),
    )


def _frame_rate(fields: HeaderFields) -> float | None:
    """Recommended Display Frame Rate, Cine Rate, or what the time of a frame gives."""
    found = (fields.number(name) for name in ("RecommendedDisplayFrameRate", "CineRate"))
    rate = next((one for one in found if one), None)
    if rate is None and (time := fields.number("FrameTime")):
        rate = 1000 / time
    return rate if rate is not None and _SLOWEST <= rate <= _FASTEST else None


def _another(own: Own, first: Own, kind: FileHead, path: Path) -> FileHead:
    """A file that says the same as the first of its kind, but of its own slice."""
    item = kind.items[0]
    telling = item.telling
    if first.time and telling[-1] == first.time:
        telling = (*telling[:-1], own.time)
    frame = replace(
        item.frame,
        path=path,
        sop_instance_uid=own.sop_instance_uid,
        number=own.number,
        position=own.position,
    )
    uids = replace(kind.uids, instance=own.sop_instance_uid)
    items = (replace(item, frame=frame, telling=telling),)
    return replace(kind, path=path, uids=uids, items=items, notes=())


def _items(
    header: Header, first: SeriesFrame, *, hard: tuple[Hashable, ...], frames: int
) -> Iterator[FrameHead]:
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


def _item(
    first: SeriesFrame, hard: tuple[Hashable, ...], said: _Groups, *, single: bool
) -> FrameHead:
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
    return FrameHead(frame, hard, tuple(map(said.value, _TELLING.values())))
