"""What a file lays over its pixels (PS3.3 C.9.2) or hides of them (C.7.6.11).

No value changes for it.

Bits of a plane follow each other without gaps, the first in the lowest bit of the first byte, the
frames of a multi-frame overlay too (C.9.2.1.1). Planes in unused bits of the pixels are retired,
and still in archives (60xx,0100 and 0102 say where).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.imaging.dicom.header import HeaderFields
from engine.imaging.dicom.pixels import PixelFormat
from engine.imaging.source import MAX_SAMPLES
from engine.text import clean
from engine.types import Booleans, Overlay, Shutter

# ------------------------------------------------------------------------- overlay planes

_GROUPS = range(0x6000, 0x6020, 2)


@dataclass(frozen=True, slots=True)
class _Described:
    """An overlay as its elements describe it.

    Attributes:
        top, left: Stored row and column of its first pixel, from 0.
        place: Bit of the pixels that holds it; None where it has data of its own.
        first: First frame of the file that it lies over, from 0.
        frames: How many it has; None for one plane over every frame.
    """

    group: int
    rows: int
    columns: int
    top: int
    left: int
    place: int | None
    first: int
    frames: int | None

    def plane_over(self, index: int) -> int | None:
        """Which of its planes lies over a frame of the file; None for none of them."""
        if self.frames is None:
            return 0
        number = index - self.first
        return number if 0 <= number < self.frames else None


def note_overlays(fields: HeaderFields, form: PixelFormat) -> None:
    """Note planes that lie outside the image, or cannot be unpacked: they are not shown."""
    for group in _groups(fields):
        if _described(fields, group, form) is None:
            fields.note(
                "overlay",
                "Overlay {group:04X} is described impossibly and is not shown.",
                group=group,
            )


def has_embedded(fields: HeaderFields, form: PixelFormat) -> bool:
    """Whether some plane lies in unused bits of the pixels."""
    found = (_described(fields, group, form) for group in _groups(fields))
    return any(one is not None and one.place is not None for one in found)


def read_overlays(
    fields: HeaderFields, form: PixelFormat, *, index: int, words: NDArray[Any] | None
) -> tuple[Overlay, ...]:
    """Return the planes that lie over a frame.

    Args:
        fields: The data set.
        form: How its pixels are stored.
        index: The frame.
        words: (R, C) its pixels with all of their bits, for planes in the unused ones; None
            where these were not kept, as by most compressions.
    """
    described = (_described(fields, group, form) for group in _groups(fields))
    planes = (_plane(one, fields, index=index, words=words) for one in described if one)
    return tuple(plane for plane in planes if plane is not None)


def read_bitmap(fields: HeaderFields, group: int) -> Overlay | None:
    """Return the plane that a bitmap shutter names (PS3.3 C.7.6.15); None without one."""
    described = _described(fields, group, None) if group in _GROUPS else None
    return _plane(described, fields, index=0, words=None) if described else None


def overlay_layers(fields: HeaderFields) -> tuple[int, ...]:
    """Return the groups that a presentation state puts on one of its layers (PS3.3 C.11.7)."""
    return tuple(group for group in _GROUPS if clean(fields.at(group, 0x1001)))


def _groups(fields: HeaderFields) -> Iterator[int]:
    tags = map(int, fields.dataset.keys())  # without making elements of them
    there = {tag >> 16 for tag in tags if _GROUPS[0] << 16 <= tag < (_GROUPS[-1] + 1) << 16}
    for group in sorted(there & set(_GROUPS)):
        if any(fields.at(group, one) is not None for one in (0x10, 0x11, 0x50, 0x100, 0x102)):
            yield group


def _described(fields: HeaderFields, group: int, form: PixelFormat | None) -> _Described | None:
    """What the elements of a group say; None where that is impossible.

    A plane of its own has one bit at place 0; the retired one takes a free bit of a pixel.
    """
    try:
        rows, columns, bits, place = (
            int(str(fields.at(group, element))) for element in (0x10, 0x11, 0x100, 0x102)
        )
        top, left = (int(part) - 1 for part in np.atleast_1d(fields.at(group, 0x50)))
        frames = fields.at(group, 0x15)
        count = None if frames in {None, ""} else int(str(frames))
        first = int(str(fields.at(group, 0x51) or 1)) - 1
    except (TypeError, ValueError):
        return None
    own = (bits, place) == (1, 0)
    embedded = form is not None and bits == form.allocated and place in _unused(form)
    if not own and not embedded:
        return None
    if rows < 1 or columns < 1 or rows * columns > MAX_SAMPLES:
        return None
    if form is not None and not _meets((top, left), (rows, columns), form):
        return None
    return _Described(group, rows, columns, top, left, None if own else place, first, count)


def _unused(form: PixelFormat) -> set[int]:
    """Bits of a pixel that hold nothing of the image."""
    return set(range(form.allocated)) - set(range(form.high + 1 - form.stored, form.high + 1))


def _meets(corner: tuple[int, int], size: tuple[int, int], form: PixelFormat) -> bool:
    """Whether something of a plane lies on the image."""
    (top, left), (rows, columns) = corner, size
    return top + rows > 0 and left + columns > 0 and top < form.rows and left < form.columns


def _plane(
    described: _Described, fields: HeaderFields, *, index: int, words: NDArray[Any] | None
) -> Overlay | None:
    """The plane over a frame; None, and a note, where it has fewer bits than it says."""
    group, number = described.group, described.plane_over(index)
    if number is None:
        return None
    if described.place is None:
        plane = _own_bits(described, fields, number)
    else:
        plane = _embedded_bits(described, words)
    if plane is None:
        fields.note(
            "overlay",
            "Overlay {group:04X} holds fewer bits than it says and is not shown.",
            group=group,
        )
        return None
    return Overlay(
        group,
        "region" if clean(fields.at(group, 0x40)).upper() == "R" else "graphics",
        plane,
        left=described.left,
        top=described.top,
        label=clean(fields.at(group, 0x1500)),
        description=clean(fields.at(group, 0x22)) or clean(fields.at(group, 0x45)),
    )


def _own_bits(described: _Described, fields: HeaderFields, number: int) -> Booleans | None:
    data = fields.at(described.group, 0x3000)
    if not isinstance(data, bytes):
        return None
    little = fields.dataset.original_encoding[1] is not False
    if not little and len(data) % 2 == 0:
        element = fields.dataset.get((described.group, 0x3000))
        if getattr(element, "VR", "") == "OW":  # words travel with their bytes swapped
            data = np.frombuffer(data, ">u2").astype("<u2").tobytes()
    area = described.rows * described.columns
    start = number * area
    packed = np.frombuffer(data, np.uint8)[start // 8 : (start + area + 7) // 8]
    bits = np.unpackbits(packed, bitorder="little")[start % 8 : start % 8 + area]
    if bits.size < area:
        return None
    return bits.view(np.bool_).reshape(described.rows, described.columns)


def _embedded_bits(described: _Described, words: NDArray[Any] | None) -> Booleans | None:
    """The plane in one bit of the pixels, which it has in common with the image."""
    if words is None or words.shape != (described.rows, described.columns):
        return None
    one = words.dtype.type(1 << (described.place or 0))
    return np.asarray((words & one) != 0)


# ------------------------------------------------------------------------------- shutters

_LARGEST = 1e6  # pixels; what lies farther is no place


def read_shutter(fields: HeaderFields, aspect: float) -> Shutter | None:
    """Return what is to be hidden around an image; None where nothing is, or nothing usable.

    Args:
        fields: The data set, of an image or of a presentation state.
        aspect: Width over height of a pixel: a circle is round in the patient (C.7.6.11).
    """
    shapes = {part.strip() for part in fields.text("ShutterShape").upper().split(",")} - {""}
    if not shapes:
        return None
    rectangle = _rectangle(fields) if "RECTANGULAR" in shapes else None
    circle = _circle(fields, aspect) if "CIRCULAR" in shapes else None
    polygon = _polygon(fields) if "POLYGONAL" in shapes else ()
    bitmap = None
    if "BITMAP" in shapes:
        group = fields.number("ShutterOverlayGroup")
        bitmap = read_bitmap(fields, int(group)) if group is not None else None
    found = (rectangle, circle, polygon or None, bitmap)
    if sum(one is not None for one in found) < len(shapes):
        fields.note("shutter", "Its shutter is described impossibly and hides nothing there.")
    if all(one is None for one in found):
        return None
    value = fields.number("ShutterPresentationValue") or 0.0
    shade = min(max(value / 65_535, 0.0), 1.0)
    return Shutter(rectangle, circle, polygon, bitmap, shade)


def _rectangle(fields: HeaderFields) -> tuple[float, float, float, float] | None:
    """The edges are columns and rows that are still shown, counted from 1."""
    names = ("LeftVertical", "UpperHorizontal", "RightVertical", "LowerHorizontal")
    edges = [fields.number(f"Shutter{name}Edge") for name in names]
    if any(edge is None or abs(edge) > _LARGEST for edge in edges):
        return None
    left, top, right, bottom = (float(edge or 0.0) for edge in edges)
    if right < left or bottom < top:
        return None
    return left - 1, top - 1, right, bottom


def _circle(fields: HeaderFields, aspect: float) -> tuple[float, float, float, float] | None:
    """Its radius is said in columns: of pixels that are not square, it is another one in rows."""
    middle = fields.numbers("CenterOfCircularShutter")
    radius = fields.number("RadiusOfCircularShutter")
    if len(middle) != 2 or radius is None or not 0 < radius < _LARGEST:
        return None
    row, column = middle
    return column - 0.5, row - 0.5, radius, radius * aspect


def _polygon(fields: HeaderFields) -> tuple[tuple[float, float], ...]:
    numbers = fields.numbers("VerticesOfThePolygonalShutter")
    pairs = tuple(zip(numbers[1::2], numbers[::2], strict=False))
    if len(pairs) < 3 or len(numbers) % 2 or max(map(abs, numbers)) > _LARGEST:
        return ()
    return tuple((column - 0.5, row - 0.5) for column, row in pairs)
