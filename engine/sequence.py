"""Frame → model rows, and back to stored rows by their edges."""

import math
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.imaging import Area, film_area
from engine.types import (
    Booleans,
    Bytes,
    Doubles,
    Floats,
    Frame,
    Image,
    InputFormat,
    RowSequence,
)
from engine.words import Sentence

# -------------------------------------------------------------------- frame to model rows
# Frame → model rows: the same pure function for training, viewing and the command line.

GIVEN = "array"  # format of a film that was handed over with its range

HEIGHTS = (1 / 4, 4.0)  # least and greatest height of a film, as a share of the typical one

# Ranks compare values, so noise of the last bit would tear ties apart. An irrational number of
# levels keeps averages of whole numbers away from the borders between two levels.
_RANK_LEVELS = 1e6 * (1 + 5**0.5) / 2
_SMALLEST_SHARE = 0.5  # of the model grid that the film must have, in rows and in columns
_LEAST_SHARE = 1e-9  # of a cell; less is what rounding leaves
_COLOUR_SPREAD = 24  # grey levels between channels; lossy compression of a grey film gives less
_LEAST_DEPTH = 8  # bits; a film of fewer is dark, not shallow
_LOOKED_AT = 16  # places along an axis that are looked at first
_HALF = 0.5  # of one stored value: what a rescale may have rounded off
_COLOUR_SHARE = 0.01  # of the pixels; a small coloured label does not make a colour image


@dataclass(slots=True, eq=False)
class Shared:
    """What models that read one frame share of it, found once.

    Attributes:
        ends: Its least and greatest value; None before they are known.
        averages: On each grid, as `to_sequence` makes them.
    """

    ends: tuple[float, float] | None = None
    averages: dict[tuple[int, int], tuple[Doubles, Booleans]] = field(default_factory=dict)


def to_sequence(frame: Frame, fmt: InputFormat, shared: Shared | None = None) -> RowSequence:
    """Resample a whole film to the model grid and scale its values to 0…1.

    Every cell of the grid is the exact average of the stored area that it covers, also where it
    covers a fraction of a pixel. No window enters: contrast on screen cannot change an answer.
    Nothing but the film itself and the format decides about it, so it is the same in any batch.

    Padding is no film: the grid lies over `film_area`, averages are those of the image in a cell,
    and a cell without any is as dark as can be and has no part in ranks and ends. So a film in a
    padded frame gives the rows that it gives alone.

    Args:
        frame: values (R, C) in modality values.
        fmt: Grid M × W and scaling. "full-range" (see `full_range`) and "min-max" are linear;
            "rank" gives the average rank of ties over n − 1, and 0.5 everywhere on a constant
            film.
        shared: Of this frame, for other models that read it; filled here.

    Returns:
        rows (M, W) float32 in 0…1, bright = radio-opaque; edges (M + 1,) in stored rows, from the
        film's first to its last: 0 to R without padding. Where the aspect is kept, M is the
        film's own (`model_rows`).
    """
    area = film_area(frame)
    values, valid = _within(frame, area)  # (R, C) of the area
    count = model_rows(film_header(frame.image, frame), fmt, frame.header.pixel_aspect)  # M
    known, grid = shared or Shared(), (count, fmt.columns)
    if known.ends is None:
        inside = values if valid is None else values[valid]
        known.ends = float(inside.min()), float(inside.max())
    low, high = known.ends
    if fmt.intensity == "full-range":
        low, high = full_range(frame, low, high)
    if grid not in known.averages:
        known.averages[grid] = _averages(values, valid, *grid)
    mean, film = known.averages[grid]  # (M, W)
    scaled = (mean - low) / (high - low) if high > low else np.full_like(mean, 0.5)
    rows = np.zeros_like(scaled)
    rows[film] = ranks(scaled[film]) if fmt.intensity == "rank" else np.clip(scaled[film], 0, 1)
    if frame.image.inverted:
        rows[film] = 1.0 - rows[film]
    edges = area.top + np.linspace(0.0, area.bottom - area.top, count + 1)
    columns = area.left + np.linspace(0.0, area.right - area.left, fmt.columns + 1)
    return RowSequence(rows.astype(np.float32), edges, columns)


def film_header(image: Image, frame: Frame | None) -> Image:
    """The header of the film alone: rows and columns without the padding around it."""
    if frame is None or frame.valid is None:
        return image
    area = film_area(frame)
    return replace(image, rows=area.bottom - area.top, columns=area.right - area.left)


def column_edges(frame: Frame, count: int) -> Doubles:
    """Stored column at which each of `count` model columns begins, and the last one's end."""
    area = film_area(frame)
    return area.left + np.linspace(0.0, area.right - area.left, count + 1)


def full_range(frame: Frame, darkest: float, brightest: float) -> tuple[float, float]:
    """The modality values that "full-range" turns into 0 and 1 for a film.

    Up to 8 bits it is the range of the header. Of more, the header tells how wide the numbers are
    and often not how many of their bits the film uses: 12 bits lie in files that say 16. So the
    depth is found from the values alone: the least whole number of bits that holds all of the
    film, and never fewer than 8. The same values then give the same rows in any container. An
    array whose range was given is read by that range.

    Args:
        frame: Its header's range counts where it is not one of whole stored values.
        darkest: Smallest modality value of the film.
        brightest: Largest one.
    """
    low, high = frame.header.value_range
    slope, intercept = frame.header.rescale or (1.0, 0.0)
    bits = math.log2(max((high - low) / abs(slope) + 1, 1))
    if frame.image.format == GIVEN or bits < _LEAST_DEPTH + 0.5 or abs(bits - round(bits)) > 1e-3:
        return low, high
    stored = sorted((value - intercept) / slope for value in (darkest, brightest))
    first, last = sorted(end * slope + intercept for end in whole_range(*stored))
    return first, last


def whole_range(least: float, most: float) -> tuple[float, float]:
    """What the least whole number of bits, 8 or more, can hold so that both values fit in.

    With a sign only where there are values below zero.
    """
    signed = least < -_HALF
    reach = max(most, -least - 1 if signed else 0.0)  # two's complement holds one more below zero
    # float32 rounds the largest number of 32 bits up.
    most_bits = math.ceil(math.log2(max((reach + _HALF) * (1 - 1e-7), 1.0)))
    bits = max(most_bits, _LEAST_DEPTH - signed)
    return (-(2.0**bits) if signed else 0.0), 2.0**bits - 1


def model_rows(image: Image, fmt: InputFormat, pixel_aspect: float = 1.0) -> int:
    """M, the rows that a film gets (of a frame with padding: that of `film_header`).

    With its aspect kept, a cell of the grid is as high as wide on the film: M/W is the film's
    height over its width, in millimetres where both spacings are known, rounded to whole time
    steps. It stays within a quarter and four times the typical height, so that no header can ask
    for any amount of memory; a film outside is one that `refusal` speaks about.

    Args:
        image: The header of the file.
        fmt: The grid, and whether it keeps the aspect.
        pixel_aspect: Width over height of a pixel, as the frame's header says.
    """
    if fmt.aspect == "stretch":
        return fmt.rows
    least, most = (_in_steps(limit * fmt.rows, fmt) for limit in HEIGHTS)
    return min(max(_in_steps(_height(image, pixel_aspect) * fmt.columns, fmt), least), most)


def refusal(image: Image, fmt: InputFormat, frame: Frame | None = None) -> Sentence | None:
    """Why a model must not answer for an image, as one sentence; None where it may.

    Args:
        image: The header. A kind of image that the file does not tell is not held against it.
        fmt: What the model is meant for.
        frame: Pixels; without them only the header is judged. Of a frame with padding the film
            within is judged.
    """
    image = film_header(image, frame)
    if image.modality and fmt.modalities and image.modality not in fmt.modalities:
        return Sentence(
            "kind.modality",
            kind=Sentence(
                "an {modality}" if _spoken_with_vowel(image.modality) else "a {modality}",
                modality=image.modality,
            ),
            modalities=fmt.modalities,
        )
    aspect = frame.header.pixel_aspect if frame else 1.0
    return _shape_refusal(image, fmt, aspect) or (_pixel_refusal(frame, fmt) if frame else None)


def _spoken_with_vowel(letters: str) -> bool:
    """As an abbreviation is spoken, letter by letter: an MR image, a CT image."""
    return letters[:1] in set("AEFHILMNORSX")


def _shape_refusal(image: Image, fmt: InputFormat, aspect: float) -> Sentence | None:
    size = {"rows": image.rows, "columns": image.columns}
    least, most = (limit * fmt.rows / fmt.columns for limit in HEIGHTS)
    if fmt.aspect == "keep" and not least <= _height(image, aspect) <= most:
        code = "kind.low" if _height(image, aspect) < least else "kind.high"
        return Sentence(code, **size, least=least, most=most)
    rows, columns = model_rows(image, fmt, aspect), fmt.columns
    if image.rows < rows * _SMALLEST_SHARE or image.columns < columns * _SMALLEST_SHARE:
        return Sentence("kind.small", **size, grid_rows=rows, grid_columns=columns)
    return None


def _pixel_refusal(frame: Frame, fmt: InputFormat) -> Sentence | None:
    if frame.colour is not None and not fmt.colour and _is_colourful(frame.colour):
        return Sentence("kind.colour")
    return Sentence("kind.flat") if _is_flat(frame.inside) else None


def _is_flat(values: Floats) -> bool:
    """Whether all values are one; a few of them tell that most films are not."""
    few = values[tuple(slice(None, None, max(size // _LOOKED_AT, 1)) for size in values.shape)]
    return float(few.max()) == float(few.min()) and float(values.max()) == float(values.min())


def _height(image: Image, aspect: float) -> float:
    """How many times as high as wide the film is."""
    return image.rows / (image.columns * aspect)


def _in_steps(rows: float, fmt: InputFormat) -> int:
    """Round to whole time steps, halves up, and to one at least."""
    return max(math.floor(rows / fmt.rows_multiple + 0.5), 1) * fmt.rows_multiple


@lru_cache(maxsize=8)
def overlap_weights(stored: int, grid: int) -> Doubles:
    """Share of each stored pixel in each grid cell along one axis: (grid, stored), rows sum to 1.

    Cell m covers the stored positions m·stored/grid to (m + 1)·stored/grid (box overlap), for
    coarser as for finer grids.
    """
    edges = np.linspace(0.0, stored, grid + 1)
    pixels = np.arange(stored)
    starts = np.maximum(edges[:-1, None], pixels[None, :])  # (grid, stored)
    ends = np.minimum(edges[1:, None], pixels[None, :] + 1)
    weights = np.clip(ends - starts, 0.0, None)
    normalised: Doubles = weights / weights.sum(axis=1, keepdims=True)
    normalised.flags.writeable = False  # it is kept for the next film of this size
    return normalised


def _within(frame: Frame, area: Area) -> tuple[Floats, Booleans | None]:
    """Values of an area, and which of them are image; None where all are."""
    place = np.s_[area.top : area.bottom, area.left : area.right]
    valid = None if frame.valid is None else frame.valid[place]
    return frame.values[place], None if valid is None or valid.all() else valid


def _averages(
    values: Floats, valid: Booleans | None, rows: int, columns: int
) -> tuple[Doubles, Booleans]:
    """Averages (rows, columns) over what is image, and where there is any."""
    if valid is None:
        return _area_average(values, rows, columns), np.ones((rows, columns), np.bool_)
    share = _area_average(valid, rows, columns)
    film = share > _LEAST_SHARE
    total = _area_average(np.where(valid, values, np.float32(0)), rows, columns)
    return np.divide(total, share, out=np.zeros_like(total), where=film), film


def _area_average(values: np.ndarray, rows: int, columns: int) -> Doubles:
    down = overlap_weights(values.shape[0], rows)  # (M, R)
    across = overlap_weights(values.shape[1], columns)  # (W, C)
    bands = np.empty((rows, values.shape[1]))
    for row, weights in enumerate(down):  # each stored row is read about once, in float64
        covered = np.flatnonzero(weights)
        first, last = covered[0], covered[-1] + 1
        bands[row] = weights[first:last] @ values[first:last].astype(np.float64)
    averages: Doubles = bands @ across.T  # (M, W)
    return averages


def ranks(scaled: Doubles | Floats) -> Doubles:
    """Ranks 0…1 of values 0…1, all of them or (R, C)."""
    levels = np.rint(scaled.ravel() * _RANK_LEVELS)
    order = np.argsort(levels)
    ordered = levels[order]
    if ordered[0] == ordered[-1]:
        return np.full_like(scaled, 0.5)
    # Ties share the middle of their places. (np.unique would load numpy.ma, 0.1 s, at first use.)
    starts = np.concatenate(([0], np.flatnonzero(ordered[1:] != ordered[:-1]) + 1))
    lengths = np.diff(starts, append=levels.size)
    middles = np.empty(levels.size, np.float64)
    middles[order] = np.repeat((2 * starts + lengths - 1) / 2 / (levels.size - 1), lengths)
    return middles.reshape(scaled.shape)


def _is_colourful(colour: Bytes) -> bool:
    spread = colour.max(axis=2) - colour.min(axis=2)
    return float(np.mean(spread > _COLOUR_SPREAD)) > _COLOUR_SHARE


# ----------------------------------------------------------- references at another height
# What is stored for the typical film, laid along a film of another height. Pure numpy.
#
# A place on a film is its share of the height: step t of L lies at (t + ½)/L. So the collar bones
# of a tall film are compared with those of the typical one, and not with whatever lies at the
# same step. Between stored places values run straight; above the first and below the last they
# stay.

Number = TypeVar("Number", np.float32, np.float64)


def resampled(values: NDArray[Number], length: int, *, axis: int) -> NDArray[Number]:
    """Values of any shape, with `length` rows or steps along an axis instead of their own.

    Of the length that they have they come back as they are, bit for bit.
    """
    stored = values.shape[axis]
    if length == stored:
        return values
    first, second, share = places(stored, length)
    along = [1] * values.ndim
    along[axis] = length
    weight = share.astype(values.dtype).reshape(along)
    before, after = values.take(first, axis), values.take(second, axis)
    return np.asarray(before + weight * (after - before), dtype=values.dtype)


def places(
    stored: int, length: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Where each of `length` rows lies among `stored` ones: between which two, and how far."""
    place = (np.arange(length) + 0.5) / length * stored - 0.5
    place = np.clip(place, 0, stored - 1)
    first = np.floor(place).astype(np.int64)
    return first, np.minimum(first + 1, stored - 1), place - first
