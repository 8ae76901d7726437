"""Pixels that only fill a rectangle up (Pixel Padding Value, PS3.3 C.7.5.1.1.2)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.imaging.values import Fields
from engine.types import Booleans


def not_padding(stored: NDArray[Any], fields: Fields, *, signed: bool) -> Booleans | None:
    """Return (R, C) False where stored values of a grey frame are padding.

    None where there is no padding, and with a note where there would be nothing else.
    """
    ends = _ends(fields, signed=signed)
    if ends is None:
        return None
    if stored.dtype.kind not in "iu":
        return None
    low, high = min(ends), max(ends)
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


def _ends(fields: Fields, *, signed: bool) -> tuple[int, int] | None:
    value = fields.number("PixelPaddingValue")
    if value is None:
        return None
    limit = fields.number("PixelPaddingRangeLimit")
    first = _as_stored(int(value), signed=signed)
    return first, first if limit is None else _as_stored(int(limit), signed=signed)


def _as_stored(value: int, *, signed: bool) -> int:
    """Read 16 bits by Pixel Representation, whatever the VR of the element says."""
    if signed and value > 32_767:
        return value - 65_536
    if not signed and value < 0:
        return value + 65_536
    return value
