"""Modality values → screen values: windows and VOI LUTs (PS3.3 C.11.2); thumbnails."""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.types import (
    Booleans,
    Bytes,
    Doubles,
    Floats,
    Frame,
    Voi,
    VoiLut,
    Window,
    WindowKind,
)

# ------------------------------------------------------------------- windows and VOI LUTs

_SUBSAMPLE = 65_536
_BLOCK = 65_536  # values that stay in the cache through every step


def apply_voi(values: Floats, voi: Voi | None, inverted: bool = False) -> Bytes:  # noqa: FBT001, FBT002 - drawn with every repaint, and called so by everyone
    """Map modality values to 0…255 for the screen.

    Args:
        values: Modality values of any shape.
        voi: A window or VOI LUT; None stretches from the smallest to the largest value.
        inverted: Whether the smallest value is white (MONOCHROME1).

    Returns:
        uint8 of the same shape.
    """
    source = np.ascontiguousarray(values, np.float32)
    if isinstance(voi, VoiLut):
        shades = _through_table(source, voi)
        return np.subtract(255, shades, out=shades) if inverted else shades
    if voi is None:
        voi = _full_window(source)
    shades = np.empty(source.shape, np.uint8)
    flat, out = source.reshape(-1), shades.reshape(-1)
    buffer = np.empty(min(_BLOCK, flat.size), np.float32)
    with np.errstate(over="ignore"):  # far outside a narrow window is still black or white
        for start in range(0, flat.size, _BLOCK):
            part = flat[start : start + _BLOCK]
            out[start : start + _BLOCK] = _through_window(
                part, voi, inverted=inverted, buffer=buffer[: part.size]
            )
    return shades


def auto_window(frame: Frame) -> Window:
    """Return a window from the 0.5th to the 99.5th percentile of what a frame shows.

    Padding is no image, here as in all that follows; nor is the air around a body, or a border
    of one value: a large flat field that begins at the edges.
    """
    return auto_window_of((frame,))


def auto_window_of(frames: Iterable[Frame]) -> Window:
    """Return one automatic window for a series, from some of its frames or all of them.

    Args:
        frames: Of any sizes; a few that are spread over a series are enough. Their values
            are of one kind, and each frame has the same weight for each of its pixels.

    Raises:
        ValueError: There are no frames.
    """
    given = tuple(frames)
    if not given:
        raise ValueError("a window of no frames")
    # A slice beyond the body is air, and says nothing where another one shows something.
    found = [sample for frame in given if (sample := _without_surround(frame)).size]
    values = np.concatenate(found or [_subsample(frame).ravel() for frame in given])
    low, high = _percentiles(values, 0.005)
    if high <= low:
        low, high = _ends(values)
        if len(given) == 1:
            low, high = _ends(given[0].inside)
    return _between(low, high, "auto")


def best_window(values: Floats) -> Window:
    """Return the window that shows most of some values, for example of those in a box.

    Args:
        values: Of any shape, without padding (`box_values`); of fewer than a hundred the
            smallest and the largest are shown too.

    Raises:
        ValueError: There are no values.
    """
    if not values.size:
        raise ValueError("a window of no values")
    low, high = _percentiles(values, 0.01)
    if high <= low:
        low, high = _ends(values)
    return _between(low, high, "by hand")


def box_values(frame: Frame, first: tuple[float, float], second: tuple[float, float]) -> Floats:
    """Return the values (n,) in a box, without padding; empty where it holds none.

    Args:
        frame: Where they are taken from.
        first: A corner: column and row from the upper left edge of the frame. A pixel belongs
            to the box if its middle lies in it.
        second: The opposite corner.
    """
    rows, columns = frame.values.shape
    spans = []
    for one, other, size in zip(first, second, (columns, rows), strict=True):
        begin, end = (float(np.clip(edge, 0, size)) for edge in sorted((one, other)))
        spans.append(slice(int(np.ceil(begin - 0.5)), int(np.floor(end - 0.5)) + 1))
    place = (spans[1], spans[0])
    values = frame.values[place]
    return values[frame.valid[place]] if frame.valid is not None else values.ravel()


def full_window(frame: Frame) -> Window:
    """Return a window from the smallest to the largest value of the frame."""
    return _between(*_ends(frame.inside), "full range")


def default_voi(frame: Frame) -> Voi:
    """Return what to show first.

    The first window or VOI LUT of the header that shows something of this frame; the full range
    of an 8-bit raster or colour image; otherwise the automatic window.
    """
    sample = _subsample(frame)
    low, high = _ends(sample)
    for voi in frame.header.voi:
        shades = apply_voi(sample, voi)
        if low == high or int(shades.min()) != int(shades.max()):
            return voi
    raster = frame.image.format != "DICOM" and frame.image.bits_stored <= 8
    if raster or frame.colour is not None:
        return _between(*frame.header.value_range, "full range")
    return auto_window(frame)


def _between(low: float, high: float, kind: WindowKind) -> Window:
    # Large numbers an ulp apart must still give a width that float32 can divide by.
    width = max(high - low, abs(low) * 1e-6, 1e-6) if high > low else 1.0
    return Window(low + (high - low) / 2, width, kind, "LINEAR_EXACT", kind)


def _full_window(values: Floats) -> Window:
    if not values.size:
        return Window(0.5, 1.0, "", "LINEAR_EXACT")
    return _between(*_ends(values), "full range")


def _ends(values: Floats) -> tuple[float, float]:
    return float(values.min()), float(values.max())


def _percentiles(values: Floats, share: float) -> tuple[float, float]:
    """The values below and above which this share of all of them lies."""
    # Not np.percentile: at first use it loads numpy.ma, which holds the window for 0.1 s.
    ends = [int(share * (values.size - 1)), math.ceil((1 - share) * (values.size - 1))]
    low, high = np.partition(values, ends, axis=None)[ends]
    return float(low), float(high)


def _subsample(frame: Frame) -> Floats:
    """Every n-th row and column, so that at most about 65,536 values are looked at."""
    sample, inside = _places(frame)
    if inside is None:
        return sample
    found = sample[inside]
    return found if found.size else frame.inside  # a thin line of image between the samples


def _places(frame: Frame) -> tuple[Floats, Booleans | None]:
    step = max(1, int(np.sqrt(frame.values.size / _SUBSAMPLE)))
    inside = None if frame.valid is None else frame.valid[::step, ::step]
    return frame.values[::step, ::step], inside


# Air and borders: a field of one value that begins at the edges and takes a part of the frame.
_AIR = -900.0  # Hounsfield units; lungs are darker in places, but no edge of a body is
_FLAT = 0.02  # of the frame's range: noise of air, and what lossy compression leaves of black
_MOST_EDGES = 0.6  # share of the edges that a border of one value takes
_LEAST_LEFT = 0.02  # share of a frame that is its image at least; else nothing was found


def _without_surround(frame: Frame) -> Floats:
    """The sampled values (n,) without padding and without air or border; none of air alone."""
    sample, inside = _places(frame)
    air = _around(sample, inside, hounsfield=frame.header.unit == "HU")
    if air is None:
        return _subsample(frame).ravel()
    kept = ~air if inside is None else ~air & inside
    found = sample[kept]
    return found if found.size >= _LEAST_LEFT * sample.size else found[:0]


def _around(sample: Floats, inside: Booleans | None, *, hounsfield: bool) -> Booleans | None:
    """Where (R, C) the flat field lies that is seen from the edges; None where there is none.

    From each edge pixels are followed inwards as long as they are of the field: what is
    enclosed by the body (lungs, bowel) is never met.
    """
    if min(sample.shape) < 8:
        return None
    if hounsfield:
        flat: Booleans = sample < _AIR
    else:
        edges = np.concatenate([sample[0], sample[-1], sample[:, 0], sample[:, -1]])
        level = float(np.sort(edges)[edges.size // 2])  # np.median loads numpy.ma as well
        low, high = _percentiles(sample[::2, ::2], 0.005)
        near = (high - low) * _FLAT
        if np.count_nonzero(np.abs(edges - level) <= near) < _MOST_EDGES * edges.size:
            return None
        flat = np.abs(sample - np.float32(level)) <= near
    if inside is not None:
        flat = flat | ~inside
    return (
        _before(flat, 0)
        | _before(flat, 1)
        | _before(flat[::-1, ::-1], 0)[::-1, ::-1]
        | _before(flat[::-1, ::-1], 1)[::-1, ::-1]
    )


def _before(flat: Booleans, axis: int) -> Booleans:
    """Where (R, C) nothing but the field lies on the way from the first row or column."""
    ends = np.argmin(flat, axis=axis)
    ends[flat.all(axis=axis)] = flat.shape[axis]
    places = np.arange(flat.shape[axis])
    return np.asarray(places[:, None] < ends if axis == 0 else places < ends[:, None])


def _through_window(part: Floats, window: Window, *, inverted: bool, buffer: Floats) -> Bytes:
    """Map one block; `buffer` is overwritten and holds every step in between."""
    if window.function == "SIGMOID":  # 255 / (1 + exp(−4 (x − c) / w)), PS3.3 C.11.2.1.3.1
        np.subtract(part, np.float32(window.center), out=buffer)
        buffer *= np.float32((4.0 if inverted else -4.0) / window.width)
        np.clip(buffer, -80, 80, out=buffer)
        np.exp(buffer, out=buffer)
        buffer += 1
        np.divide(np.float32(255), buffer, out=buffer)
        buffer += np.float32(0.5)
        return buffer.astype(np.uint8)
    if window.function == "LINEAR":  # ((x − (c − 0.5)) / (w − 1) + 0.5), PS3.3 C.11.2.1.2.1
        center, width = window.center - 0.5, window.width - 1
    else:
        center, width = window.center, window.width
    if width <= 0:
        np.greater(part, np.float32(center), out=buffer, casting="unsafe")
        buffer *= 255
        return (255 - buffer if inverted else buffer).astype(np.uint8)
    scale = 255 / width
    if inverted:
        scale = -scale
    # Subtracting first keeps narrow windows exact at large values; + 0.5 rounds.
    np.subtract(part, np.float32(center), out=buffer)
    buffer *= np.float32(scale)
    buffer += np.float32(128)
    np.clip(buffer, 0, 255.5, out=buffer)
    return buffer.astype(np.uint8)


def _through_table(values: Floats, lut: VoiLut) -> Bytes:
    shades = np.rint(np.clip(lut.table, 0, 1) * 255).astype(np.uint8)
    index = values - np.float32(lut.first)
    np.clip(index, 0, shades.size - 1, out=index)
    return shades[index.astype(np.int32)]


# ----------------------------------------------------------------------------- thumbnails

_HALF = 0.5


def thumbnail(frame: Frame, size: int) -> Bytes:
    """Return the frame as it first appears on screen, small.

    Args:
        frame: Grey or colour; of colour the luminance is shown.
        size: Pixels of the longest side; the aspect of the stored grid is kept.

    Returns:
        (h, w) uint8, each pixel the mean of the stored pixels that it covers; padding is black.
    """
    rows, columns = frame.values.shape
    scale = max(size, 1) / max(rows, columns)
    height, width = max(round(rows * scale), 1), max(round(columns * scale), 1)

    # Along the rows first: memory is walked in its order, six times as fast.
    def shrunk(values: Floats) -> Floats:
        return _shrink(_shrink(values, width, axis=1), height, axis=0)

    voi, inverted = default_voi(frame), frame.image.inverted
    if frame.valid is None:
        return apply_voi(shrunk(frame.values), voi, inverted)
    weights = frame.valid.astype(np.float32)
    share = shrunk(weights)  # of each pixel that is image
    small = shrunk(np.where(frame.valid, frame.values, np.float32(0)))
    small /= np.maximum(share, np.float32(1e-6))
    shades = apply_voi(small, voi, inverted)
    shades[share < _HALF] = 0
    return shades


def _shrink(values: Floats, count: int, *, axis: int) -> Floats:
    """Average neighbours along an axis into `count` values; repeat where there are fewer."""
    size = values.shape[axis]
    edges = np.arange(count + 1) * size // count
    if count >= size:
        return np.asarray(values.take(edges[:-1], axis=axis), np.float32)
    sums: Floats = np.add.reduceat(values, edges[:-1], axis=axis, dtype=np.float32)
    lengths = np.diff(edges).astype(np.float32)
    sums /= lengths if axis else lengths[:, None]
    return sums


# ----------------------------------------------------------------------- RGB to luminance
# RGB to values and colour, grey that only pretends to be colour, and what float32 holds.

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


# ----------------------------------------------------------------------------------- oklab
# Colours by lightness and hue (OKLab: Ottosson 2020), for maps that keep the film's lightness.

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def oklab(linear: Doubles) -> Doubles:
    """OKLab lightness, a, b (…, 3) of linear RGB (…, 3)."""
    return np.asarray(np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T)


def from_oklab(lab: Doubles) -> Doubles:
    """Linear RGB (…, 3) of OKLab (…, 3); outside 0…1 where a screen cannot show it."""
    return np.asarray((lab @ np.linalg.inv(_TO_LAB).T) ** 3 @ np.linalg.inv(_TO_LMS).T)


def linear_rgb(encoded: Doubles) -> Doubles:
    """Electro-optical transfer of sRGB (IEC 61966-2-1), 0…1 each."""
    steep = ((encoded + 0.055) / 1.055) ** 2.4
    return np.asarray(np.where(encoded <= 0.04045, encoded / 12.92, steep))


def encoded_rgb(linear: Doubles) -> Doubles:
    """What `linear_rgb` turns back, after a clip to 0…1."""
    clipped = np.clip(linear, 0.0, 1.0)
    return np.where(clipped <= 0.0031308, clipped * 12.92, 1.055 * clipped ** (1 / 2.4) - 0.055)
