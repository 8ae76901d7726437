"""Stored values → modality values (PS3.3 C.11.1), and which of them are padding."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from engine.imaging.dicom.header import HeaderFields
from engine.imaging.source import RefusedError
from engine.types import Booleans, Doubles, Floats
from engine.words import Sentence

# ------------------------------------------------------------------------- padding pixels
# Pixels that only fill a rectangle up (Pixel Padding Value, PS3.3 C.7.5.1.1.2).


def not_padding(stored: NDArray[Any], fields: HeaderFields, *, signed: bool) -> Booleans | None:
    """Return (R, C) False where stored values of a grey frame are padding.

    None where there is no padding, and with a note where there would be nothing else.
    """
    ends = padding_ends(fields, signed=signed)
    if ends is None:
        return None
    if stored.dtype.kind not in "iu":
        return None
    low, high = ends
    reach = np.iinfo(stored.dtype)
    if high < reach.min or low > reach.max:
        return None
    if low == high:
        valid: Booleans = stored != low
    else:
        valid = (stored < max(low, reach.min)) | (stored > min(high, reach.max))
    count = int(np.count_nonzero(valid))
    if count == valid.size:
        return None
    said = (f"{low}" if low == high else f"{low} to {high}").replace("-", "−")
    if not count:
        fields.note(
            "padding",
            "Every pixel has the Pixel Padding Value {said}; it was not taken as padding.",
            said=said,
        )
        return None
    share = max(100 * (1 - count / valid.size), 0.1)
    fields.note(
        "padding",
        "{share:.1f} % of the pixels are padding ({said}), which is no image.",
        share=share,
        said=said,
    )
    return valid


def padding_ends(fields: HeaderFields, *, signed: bool) -> tuple[int, int] | None:
    """Return the smallest and the largest stored value that is padding; None without any."""
    value = fields.number("PixelPaddingValue")
    if value is None:
        return None
    limit = fields.number("PixelPaddingRangeLimit")
    first = _as_stored(int(value), signed=signed)
    last = first if limit is None else _as_stored(int(limit), signed=signed)
    return min(first, last), max(first, last)


def _as_stored(value: int, *, signed: bool) -> int:
    """Read 16 bits by Pixel Representation, whatever the VR of the element says."""
    if signed and value > 32_767:
        return value - 65_536
    if not signed and value < 0:
        return value + 65_536
    return value


# --------------------------------------------------------------- rescale and Modality LUT
# Stored values to modality values (PS3.3 C.11.1): a rescale or a look-up table.

FLOAT_LIMIT = 3.0e38  # float32 holds a little more
_EXACT = 1 << 24  # float32 holds every whole number up to here


def functional_layers(fields: HeaderFields, sequence: str, index: int) -> list[HeaderFields]:
    """Return where a value may stand: this frame's functional group, the shared one, the top.

    Enhanced multi-frame objects keep geometry, rescale and window there (PS3.3 C.7.6.16).
    """
    frames = fields.items("PerFrameFunctionalGroupsSequence")
    groups = frames[index : index + 1] + fields.items("SharedFunctionalGroupsSequence")[:1]
    inner = [HeaderFields(group, fields.notes).items(sequence)[:1] for group in groups]
    return [HeaderFields(item, fields.notes) for items in inner for item in items] + [fields]


def rescale(fields: HeaderFields, index: int) -> tuple[float, float]:
    """Return slope and intercept; (1, 0) where there is none that can be used."""
    for layer in functional_layers(fields, "PixelValueTransformationSequence", index):
        slope, intercept = layer.number("RescaleSlope"), layer.number("RescaleIntercept")
        if slope is None and intercept is None:
            continue
        if slope == 0:
            layer.note("rescale", "Rescale Slope is 0 and was ignored.")
            return 1.0, 0.0
        if slope is not None and slope < 0:
            layer.note("rescale", "Rescale Slope is negative: greater stored values are less.")
        if slope is None or intercept is None:
            layer.note(
                "rescale",
                "Only one of Rescale Slope and Intercept is usable; the other is neutral.",
            )
        return 1.0 if slope is None else slope, 0.0 if intercept is None else intercept
    return 1.0, 0.0


def usable_rescale(fields: HeaderFields, index: int) -> tuple[float, float] | None:
    """Return slope and intercept of a frame, None where a Modality LUT stands in their place."""
    return None if fields.items("ModalityLUTSequence") else rescale(fields, index)


def modality_lut(fields: HeaderFields) -> Dataset | None:
    """Return the Modality LUT, noting it if a rescale stands beside it."""
    items = fields.items("ModalityLUTSequence")
    if not items:
        return None
    if fields.raw("RescaleSlope") is not None or fields.raw("RescaleIntercept") is not None:
        fields.note(
            "modality-lut",
            "It has a Modality LUT and a rescale; the Modality LUT was used.",
        )
    return items[0]


def lut_table(
    item: HeaderFields, *, signed: bool, colour: str = ""
) -> tuple[NDArray[np.uint16], int, int]:
    """Return the entries of a LUT, the first input value, and the bits per entry.

    Args:
        item: Where the LUT is described.
        signed: Whether the input can be negative, and so the first input value too.
        colour: "Red", "Green" or "Blue" for a table of a colour palette.

    Raises:
        ValueError: The descriptor and the data do not fit (PS3.3 C.11.1.1.1).
    """
    prefix = f"{colour}PaletteColorLookupTable" if colour else "LUT"
    descriptor = item.numbers(f"{prefix}Descriptor")
    if len(descriptor) != 3:
        raise ValueError("descriptor")
    count, first, bits = (int(number) for number in descriptor)
    # Descriptors are US or SS, and one may be written as the other.
    count = count % 65_536 or 65_536
    if signed and first > 32_767:
        first -= 65_536
    elif not signed and first < 0:
        first += 65_536
    little = item.dataset.original_encoding[1] is not False
    table, single = _entries(item.raw(f"{prefix}Data"), count, little=little)
    if not 8 <= bits <= 16 or table.size < count:
        raise ValueError("data")
    table = table[:count]
    if single and bits > 8:
        what = Sentence("A colour palette") if colour else Sentence("A look-up table")
        item.note(
            "palette" if colour else "voi-lut",
            "{what} says {bits} bits and holds 8.",
            what=what,
            bits=bits,
        )
        bits = 8
    while int(table.max()) >> bits and bits < 16:  # more bits used than declared
        bits += 1
    return table, first, bits


def _entries(
    data: Any,  # noqa: ANN401
    count: int,
    *,
    little: bool,
) -> tuple[NDArray[np.uint16], bool]:
    """The entries, and whether each of them has one byte only."""
    if isinstance(data, bytes):
        if len(data) < 2 * count:
            return np.frombuffer(data, np.uint8).astype(np.uint16), True
        words = np.frombuffer(data[: 2 * count], "<u2" if little else ">u2")
        return words.astype(np.uint16), False
    if data is None:
        raise ValueError("data")
    return np.atleast_1d(np.asarray(data)).astype(np.uint16), False


def apply_modality(
    stored: NDArray[Any], fields: HeaderFields, *, index: int, signed: bool
) -> Floats | Doubles:
    """Return modality values (R, C) of stored values (R, C); float64 where float32 might round."""
    item = modality_lut(fields)
    if item is not None:
        table, first, _ = _modality_table(item, fields, signed=signed)
        return table.astype(np.float32)[
            np.clip(stored.astype(np.int64) - first, 0, table.size - 1)
        ]
    slope, intercept = rescale(fields, index)
    kind = np.iinfo(stored.dtype)
    ends = (kind.min, kind.max, kind.min * slope + intercept, kind.max * slope + intercept)
    if max(map(abs, ends)) > _EXACT:
        exact: Doubles = stored.astype(np.float64) * slope + intercept
        return exact
    values = stored.astype(np.float32)
    if slope != 1.0:
        values *= np.float32(slope)
    if intercept != 0.0:
        values += np.float32(intercept)
    return values


def _modality_table(
    item: Dataset, fields: HeaderFields, *, signed: bool
) -> tuple[NDArray[np.uint16], int, int]:
    try:
        return lut_table(HeaderFields(item, fields.notes), signed=signed)
    except (ValueError, TypeError, OverflowError):
        raise RefusedError("its Modality LUT is damaged", "damaged") from None


def modality_range(
    fields: HeaderFields, index: int, *, stored: int, signed: bool
) -> tuple[float, float]:
    """Return the smallest and largest modality value that the stored type can hold.

    Of a multi-frame file with several rescales, those of frame `index`.
    """
    item = modality_lut(fields)
    if item is not None:
        return 0.0, float((1 << _modality_table(item, fields, signed=signed)[2]) - 1)
    low, high = (-(1 << stored - 1), (1 << stored - 1) - 1) if signed else (0, (1 << stored) - 1)
    slope, intercept = rescale(fields, index)
    ends = sorted((low * slope + intercept, high * slope + intercept))
    if max(abs(ends[0]), abs(ends[1])) > FLOAT_LIMIT:
        raise RefusedError("its rescale gives values that are not finite", "damaged")
    return ends[0], ends[1]
