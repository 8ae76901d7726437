"""A Softcopy Presentation State (PS3.3 A.33) → how each of its images is shown.

Grey levels come from its VOI and presentation LUT (C.11.8, C.11.6), turns from C.10.6, the part
that is shown from C.10.4, shapes and texts from C.10.5, and which overlays from C.11.7.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import BinaryIO, Final, Literal

import numpy as np

from engine.imaging.dicom.header import HeaderFields, read_document
from engine.imaging.dicom.modality import lut_table
from engine.imaging.dicom.overlays import overlay_layers, read_shutter
from engine.imaging.dicom.tags import read_presets
from engine.imaging.display import apply_voi
from engine.imaging.source import RefusedError
from engine.text import clean, date, person_name
from engine.types import (
    Corner,
    DisplayedArea,
    Graphic,
    GraphicText,
    Presentation,
    PresentationState,
    Voi,
    VoiLut,
    Window,
)

CLASSES: Final = ("1.2.840.10008.5.1.4.1.1.11.1", "1.2.840.10008.5.1.4.1.1.11.2")
_MOST_BYTES: Final = 64 << 20
_MOST_SHAPES: Final = 2_000  # of one presentation: no reader drew more
_MOST_POINTS: Final = 20_000  # of one shape
_MOST_TEXT: Final = 500  # letters
_FAR: Final = 1e6
_KINDS: Final[dict[str, Literal["point", "polyline", "interpolated", "circle", "ellipse"]]] = {
    "POINT": "point",
    "POLYLINE": "polyline",
    "INTERPOLATED": "interpolated",
    "CIRCLE": "circle",
    "ELLIPSE": "ellipse",
}
_POINTS: Final = {"circle": 2, "ellipse": 4}  # all others: one or more
_ALIGNED: Final[dict[str, Literal["left", "center", "right"]]] = {
    "CENTER": "center",
    "RIGHT": "right",
}
_MODES: Final[tuple[Literal["SCALE TO FIT", "TRUE SIZE", "MAGNIFY"], ...]] = (
    "SCALE TO FIT",
    "TRUE SIZE",
    "MAGNIFY",
)


@dataclass(frozen=True, slots=True)
class _Reference:
    """An image, and which of its frames, from 1; none: all of them."""

    uid: str
    frames: tuple[int, ...]


def parse_presentation(stream: BinaryIO, size: int) -> PresentationState:
    """Parse a presentation state; refuse a file that is none."""
    if size > _MOST_BYTES:
        raise RefusedError("it is larger than 64 MB and holds no image", "too-large")
    fields = HeaderFields(read_document(stream), [])
    if fields.text("SOPClassUID") not in CLASSES:
        raise RefusedError("it is no presentation state", "no-pixels")
    whole, curve = _whole(fields), _curve(fields)
    references = _references(fields)
    # Images that are shown alike share one value.
    made: dict[tuple[tuple[int, ...], ...], Presentation] = {}
    parts = []
    for reference in references:
        items = tuple(_items_for(fields, sequence, reference) for sequence in _SEQUENCES)
        key = tuple(tuple(id(item.dataset) for item in found) for found in items)
        if key not in made:
            made[key] = _presentation(whole, curve, items)
        parts.append((reference.uid, reference.frames, made[key]))
    if not parts:
        raise RefusedError("it is a presentation state of no image", "no-pixels")
    return PresentationState(fields.text("SOPInstanceUID"), tuple(parts))


_SEQUENCES: Final = (
    "SoftcopyVOILUTSequence",
    "DisplayedAreaSelectionSequence",
    "GraphicAnnotationSequence",
)


def _references(fields: HeaderFields) -> list[_Reference]:
    found: dict[_Reference, None] = {}
    for series in fields.items("ReferencedSeriesSequence"):
        found |= dict.fromkeys(_images(HeaderFields(series, fields.notes)))
    return list(found)


def _images(fields: HeaderFields) -> Iterator[_Reference]:
    for item in fields.items("ReferencedImageSequence"):
        image = HeaderFields(item, fields.notes)
        uid = image.text("ReferencedSOPInstanceUID")
        if uid:
            frames = image.numbers("ReferencedFrameNumber")
            yield _Reference(uid, tuple(int(number) for number in frames))


def _items_for(
    fields: HeaderFields, sequence: str, reference: _Reference
) -> tuple[HeaderFields, ...]:
    """The items that speak of an image, or of no image in particular."""
    items = (HeaderFields(item, fields.notes) for item in fields.items(sequence))
    order = {
        layer.text("GraphicLayer"): layer.number("GraphicLayerOrder") or 0.0
        for layer in (
            HeaderFields(item, fields.notes) for item in fields.items("GraphicLayerSequence")
        )
    }
    found = (item for item in items if _speaks_of(item, reference))
    return tuple(sorted(found, key=lambda item: order.get(item.text("GraphicLayer"), 0.0)))


def _speaks_of(item: HeaderFields, reference: _Reference) -> bool:
    images = tuple(_images(item))
    return not images or any(
        one.uid == reference.uid
        and (not one.frames or not reference.frames or set(one.frames) & set(reference.frames))
        for one in images
    )


# ------------------------------------------------------------------- what holds for all images


def _whole(fields: HeaderFields) -> Presentation:
    quarters, flipped = _turn(fields)
    return Presentation(
        fields.text("ContentLabel") or fields.text("SeriesDescription"),
        fields.text("ContentDescription"),
        date(fields.raw("PresentationCreationDate")),
        person_name(fields.string("ContentCreatorName")),
        inverted=_inverted(fields),
        quarters=quarters,
        flipped=flipped,
        shutter=read_shutter(fields, _aspect(fields)),
        overlays=overlay_layers(fields),
    )


def _turn(fields: HeaderFields) -> tuple[int, bool]:
    """Quarters clockwise after a flip; the standard turns first, and flips then (C.10.6)."""
    turn = int(fields.number("ImageRotation") or 0) // 90 % 4
    flipped = fields.text("ImageHorizontalFlip").upper() == "Y"
    return (-turn % 4 if flipped else turn), flipped


def _inverted(fields: HeaderFields) -> bool | None:
    shape = fields.text("PresentationLUTShape").upper()
    return {"INVERSE": True, "IDENTITY": False}.get(shape)


def _aspect(fields: HeaderFields) -> float:
    """Width over height of a pixel, which only the displayed area says (C.10.4)."""
    for item in fields.items("DisplayedAreaSelectionSequence")[:1]:
        spacing = HeaderFields(item, fields.notes).numbers("PresentationPixelSpacing")
        if len(spacing) == 2 and min(spacing) > 0:
            return spacing[1] / spacing[0]
    return 1.0


def _curve(fields: HeaderFields) -> VoiLut | None:
    """The Presentation LUT (C.11.6.1.1), from the share of its input to that of white."""
    for item in fields.items("PresentationLUTSequence")[:1]:
        try:
            entries, _, bits = lut_table(HeaderFields(item, fields.notes), signed=False)
        except (ValueError, TypeError, OverflowError):
            return None
        return VoiLut(entries.astype(np.float32) / np.float32((1 << bits) - 1), 0.0)
    return None


# ----------------------------------------------------------------------- what an image has alone


def _presentation(
    whole: Presentation, curve: VoiLut | None, items: tuple[tuple[HeaderFields, ...], ...]
) -> Presentation:
    vois, areas, annotations = items
    # Outputs of a modality LUT may be below zero; which they are, the state does not say.
    found = [voi for item in vois for voi in read_presets(item, signed=True)]
    voi = found[0] if found else None
    return replace(
        whole,
        voi=_through(voi, curve) if voi is not None and curve is not None else voi,
        area=next((area for item in areas if (area := _area(item))), None),
        graphics=tuple(islice(chain.from_iterable(map(_shapes, annotations)), _MOST_SHAPES)),
        texts=tuple(islice(chain.from_iterable(map(_texts, annotations)), _MOST_SHAPES)),
    )


def _through(voi: Voi, curve: VoiLut) -> VoiLut:
    """A window or table, and a presentation LUT behind it, as one table."""
    if isinstance(voi, Window):
        half = max(min(voi.width, 30_000.0), 2.0) * (2.0 if voi.function == "SIGMOID" else 0.5)
        first, last = math.floor(voi.center - half) - 1, math.ceil(voi.center + half) + 1
        inputs = np.arange(first, last + 1).astype(np.float32)
        shares = apply_voi(inputs, voi).astype(np.float32) / np.float32(255)
    else:
        first, shares = int(voi.first), voi.table
    places = np.rint(shares * (curve.table.size - 1)).astype(np.intp)
    return VoiLut(curve.table[places], float(first), voi.explanation)


def _area(item: HeaderFields) -> DisplayedArea | None:
    """The corners are pixels that are still shown, counted from 1, in any order after a turn."""
    corners = [
        item.numbers(f"DisplayedArea{name}HandCorner") for name in ("TopLeft", "BottomRight")
    ]
    if any(len(corner) != 2 or max(map(abs, corner)) > _FAR for corner in corners):
        return None
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(*corners, strict=True))
    stated = item.text("PresentationSizeMode").upper()
    mode = next((one for one in _MODES if one == stated), _MODES[0])
    ratio = item.number("PresentationPixelMagnificationRatio") or 1.0
    return DisplayedArea(left - 1, top - 1, right, bottom, mode, ratio if ratio > 0 else 1.0)


def _shapes(item: HeaderFields) -> Iterator[Graphic]:
    for one in item.items("GraphicObjectSequence"):
        shape = HeaderFields(one, item.notes)
        kind = _KINDS.get(shape.text("GraphicType").upper())
        points = _pairs(shape.numbers("GraphicData"))
        if kind is None or len(points) < _POINTS.get(kind, 1):
            continue
        yield Graphic(
            kind,
            points[: _POINTS.get(kind, _MOST_POINTS)],
            display=_by_display(shape, "GraphicAnnotationUnits"),
            filled=shape.text("GraphicFilled").upper() == "Y",
        )


def _texts(item: HeaderFields) -> Iterator[GraphicText]:
    for one in item.items("TextObjectSequence"):
        said = HeaderFields(one, item.notes)
        text = "\n".join(
            clean(line) for line in said.string("UnformattedTextValue")[:_MOST_TEXT].splitlines()
        ).strip()
        corners = (
            *_pairs(said.numbers("BoundingBoxTopLeftHandCorner")),
            *_pairs(said.numbers("BoundingBoxBottomRightHandCorner")),
        )
        anchor = _pairs(said.numbers("AnchorPoint"))
        if text and (len(corners) == 2 or anchor):
            yield GraphicText(
                text,
                (corners[0], corners[1]) if len(corners) == 2 else None,
                _by_display(said, "BoundingBoxAnnotationUnits"),
                anchor[0] if anchor else None,
                _by_display(said, "AnchorPointAnnotationUnits"),
                pointed=said.text("AnchorPointVisibility").upper() == "Y",
                align=_ALIGNED.get(said.text("BoundingBoxTextHorizontalJustification"), "left"),
            )


def _by_display(fields: HeaderFields, keyword: str) -> bool:
    return fields.text(keyword).upper() == "DISPLAY"


def _pairs(numbers: tuple[float, ...]) -> tuple[Corner, ...]:
    """Columns and rows (C.10.5.1.2 counts as we do: the first pixel's edge is 0, 0)."""
    if len(numbers) % 2 or any(abs(number) > _FAR for number in numbers):
        return ()
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))
