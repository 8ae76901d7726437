"""RGB to values and colour, grey that only pretends to be colour, and what float32 holds."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.types import Bytes, Doubles, Floats

# ITU-R BT.601 luminance, as PS3.3 C.7.6.3.1.2 uses it.
_LUMINANCE = np.array([0.299, 0.587, 0.114], np.float32)


def rounded_by_float32(values: Doubles) -> Doubles | None:
    """The values themselves where float32 would round them; None where it holds them all."""
    held = values.astype(np.float32).astype(np.float64)
    return None if np.array_equal(held, values) else values


def split_rgb(rgb: NDArray[Any], *, bits: int) -> tuple[Floats, Bytes | None]:
    """Return values (R, C) and colour (R, C, 3); colour is None where all channels are equal.

    Values are the luminance at the depth of the file, colour is 8 bit. Grey stored as RGB gives
    exactly the values of the same film stored with one channel.
    """
    first = rgb[..., 0]
    if np.array_equal(first, rgb[..., 1]) and np.array_equal(first, rgb[..., 2]):
        return first.astype(np.float32), None
    values = rgb[..., 0] * _LUMINANCE[0]
    values += rgb[..., 1] * _LUMINANCE[1]
    values += rgb[..., 2] * _LUMINANCE[2]
    values = values.astype(np.float32, copy=False)
    if bits == 8:
        return values, np.ascontiguousarray(rgb.astype(np.uint8, copy=False))
    scaled = rgb.astype(np.float32) * np.float32(255 / ((1 << bits) - 1))
    return values, np.rint(scaled, out=scaled).astype(np.uint8)
