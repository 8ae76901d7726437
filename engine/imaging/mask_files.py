"""Masks of films: rasters of class numbers, and DICOM Segmentation objects."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Raster, UnidentifiedImageError

from engine.errors import DataError
from engine.output import whole

RASTERS = (".png", ".gif", ".tif", ".tiff", ".bmp")
_SEGMENTATION = ("1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7")
_PREAMBLE, _MAGIC = 128, b"DICM"
_GREY = ("1", "L", "P", "I", "I;16", "I;16B", "F")
_HALF = 0.5  # of the largest value of a fractional segment


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """One plane of a DICOM Segmentation.

    Attributes:
        film: SOP Instance UID of the image that it lies on.
        number: Of the segment, from 1 on.
        label: Of the segment, as the file has it.
        inside: (R, C) truths; of a fractional segment what reaches half of its largest value.
    """

    film: str
    number: int
    label: str
    inside: NDArray[np.bool_]


def read_mask(path: Path) -> NDArray[np.integer]:
    """The numbers (R, C) of a raster: its grey values, or the entries of its palette.

    Raises:
        DataError: It cannot be read, or is in colour.
    """
    try:
        with Raster.open(path) as image:
            if image.mode in _GREY:
                return np.asarray(image).astype(np.int64)
            values = np.asarray(image.convert("RGB"))
    except (OSError, UnidentifiedImageError, Raster.DecompressionBombError, SyntaxError) as error:
        raise DataError(
            "{path} cannot be read as a mask: {error}.", path=path.name, error=error
        ) from error
    if (values != values[..., :1]).any():
        raise DataError(
            "{path} is in colour; a mask holds 0 and 255, or class numbers.", path=path.name
        )
    return values[..., 0].astype(np.int64)


def write_mask(path: Path, numbers: NDArray[np.uint8]) -> None:
    """Write class numbers (R, C) as a PNG of eight bits, whole or not at all.

    Raises:
        OSError: The file cannot be written.
    """
    with whole(path) as beside:
        Raster.fromarray(numbers).save(beside, format="PNG")


def stored_size(path: Path) -> tuple[int, int] | None:
    """Stored rows and columns of a film by its header; None where the header does not say."""
    if is_dicom(path):
        with suppress(Exception):  # pydicom raises many
            header = _header(path, ("Rows", "Columns"))
            return int(header.Rows), int(header.Columns)
        return None
    with suppress(OSError, UnidentifiedImageError), Raster.open(path) as image:
        return image.height, image.width
    return None


def instance_of(path: Path) -> str:
    """SOP Instance UID of a DICOM file; empty of any other."""
    if not is_dicom(path):
        return ""
    with suppress(Exception):  # pydicom raises many
        return str(_header(path, ("SOPInstanceUID",)).SOPInstanceUID)
    return ""


def is_dicom(path: Path) -> bool:
    """Whether a file has DICOM's preamble."""
    try:
        with path.open("rb") as file:
            return file.read(_PREAMBLE + len(_MAGIC))[_PREAMBLE:] == _MAGIC
    except OSError:
        return False


def read_segments(path: Path) -> tuple[Segment, ...]:
    """Every plane of a DICOM Segmentation (PS3.3 A.51): binary, fractional or a map of labels.

    Raises:
        DataError: It is none, cannot be read, or does not say which image a plane lies on.
    """
    import pydicom  # noqa: PLC0415 - most masks are rasters

    try:
        dataset = pydicom.dcmread(path)
        kind = str(dataset.file_meta.MediaStorageSOPClassUID)
        found = tuple(_segments(dataset, path.name)) if kind in _SEGMENTATION else ()
    except DataError:
        raise
    except Exception as error:  # pydicom and its decoders raise many
        raise DataError(
            "{path} cannot be read as a DICOM Segmentation: {error}.", path=path.name, error=error
        ) from error
    if kind not in _SEGMENTATION:
        raise DataError("{path} is no DICOM Segmentation.", path=path.name)
    return found


def _segments(dataset: Any, name: str) -> Iterator[Segment]:  # noqa: ANN401 - pydicom's
    kind = str(dataset.SegmentationType).upper()
    labels = {int(one.SegmentNumber): str(one.SegmentLabel) for one in dataset.SegmentSequence}
    planes = dataset.pixel_array
    planes = planes[None] if planes.ndim == 2 else planes
    shared = _first(dataset.get("SharedFunctionalGroupsSequence"))
    for number, plane in enumerate(planes):
        groups = dataset.PerFrameFunctionalGroupsSequence[number]
        film = _film_of(groups) or _film_of(shared) or _only_film(dataset)
        if not film:
            raise DataError("{path} does not say which image a plane lies on.", path=name)
        if kind == "LABELMAP":
            for label, word in labels.items():
                if (plane == label).any():
                    yield Segment(film, label, word, plane == label)
            continue
        part = _first(_within(groups, "SegmentIdentificationSequence")) or _first(
            _within(shared, "SegmentIdentificationSequence")
        )
        label = int(part.ReferencedSegmentNumber) if part is not None else 1
        largest = int(dataset.get("MaximumFractionalValue", 1)) if kind == "FRACTIONAL" else 1
        yield Segment(film, label, labels.get(label, ""), plane >= _HALF * largest)


def _film_of(groups: Any) -> str:  # noqa: ANN401 - pydicom's
    derived = _first(_within(groups, "DerivationImageSequence"))
    source = _first(_within(derived, "SourceImageSequence"))
    return "" if source is None else str(source.get("ReferencedSOPInstanceUID", ""))


def _only_film(dataset: Any) -> str:  # noqa: ANN401 - pydicom's
    found = {
        str(one.ReferencedSOPInstanceUID)
        for series in dataset.get("ReferencedSeriesSequence") or ()
        for one in series.get("ReferencedInstanceSequence") or ()
    }
    return found.pop() if len(found) == 1 else ""


def _within(item: Any, keyword: str) -> Any:  # noqa: ANN401 - pydicom's
    return None if item is None else item.get(keyword)


def _first(sequence: Any) -> Any:  # noqa: ANN401 - pydicom's
    return sequence[0] if sequence else None


def _header(path: Path, keywords: tuple[str, ...]) -> Any:  # noqa: ANN401 - pydicom's
    import pydicom  # noqa: PLC0415 - most films of masks are rasters

    return pydicom.dcmread(path, stop_before_pixels=True, specific_tags=list(keywords))
