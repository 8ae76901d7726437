"""Frame → model rows: the same pure function for training, viewing and the command line."""

import math

import numpy as np

from engine.types import Bytes, Doubles, Frame, Image, InputFormat, RowSequence

HEIGHTS = (1 / 4, 4.0)  # least and greatest height of a film, as a share of the typical one

# Ranks compare values, so noise of the last bit would tear ties apart. An irrational number of
# levels keeps averages of whole numbers away from the borders between two levels.
_RANK_LEVELS = 1e6 * (1 + 5**0.5) / 2
_SMALLEST_SHARE = 0.5  # of the model grid that the film must have, in rows and in columns
_COLOUR_SPREAD = 24  # grey levels between channels; lossy compression of a grey film gives less
_COLOUR_SHARE = 0.01  # of the pixels; a small coloured label does not make a colour image


def to_sequence(frame: Frame, fmt: InputFormat) -> RowSequence:
    """Resample a whole frame to the model grid and scale its values to 0…1.

    Every cell of the grid is the exact average of the stored area that it covers, also where it
    covers a fraction of a pixel. No window enters: contrast on screen cannot change an answer.
    Nothing but the film itself and the format decides about it, so it is the same in any batch.

    Args:
        frame: values (R, C) in modality values.
        fmt: Grid M × W and scaling. "full-range" and "min-max" are linear; "rank" gives the
            average rank of ties over n − 1, and 0.5 everywhere on a constant film.

    Returns:
        rows (M, W) float32 in 0…1, bright = radio-opaque; edges (M + 1,) from 0 to R. Where the
        aspect is kept, M is the film's own (`model_rows`).
    """
    values = frame.values  # (R, C)
    count = model_rows(frame.image, fmt)  # M
    if fmt.intensity == "full-range":
        low, high = frame.image.value_range
    else:
        low, high = float(values.min()), float(values.max())
    averages = _area_average(values, count, fmt.columns)  # (M, W)
    scaled = (averages - low) / (high - low) if high > low else np.full_like(averages, 0.5)
    rows = _ranks(scaled) if fmt.intensity == "rank" else np.clip(scaled, 0.0, 1.0)
    if frame.image.inverted:
        rows = 1.0 - rows
    edges = np.linspace(0.0, values.shape[0], count + 1)
    return RowSequence(rows.astype(np.float32), edges)


def model_rows(image: Image, fmt: InputFormat) -> int:
    """M, the rows that a film gets.

    With its aspect kept, a cell of the grid is as high as wide on the film: M/W is the film's
    height over its width, in millimetres where both spacings are known, rounded to whole time
    steps. It stays within a quarter and four times the typical height, so that no header can ask
    for any amount of memory; a film outside is one that `refusal` speaks about.
    """
    if fmt.aspect == "stretch":
        return fmt.rows
    least, most = (_in_steps(limit * fmt.rows, fmt) for limit in HEIGHTS)
    return min(max(_in_steps(_height(image) * fmt.columns, fmt), least), most)


def refusal(image: Image, fmt: InputFormat, frame: Frame | None = None) -> str | None:
    """Why a model must not answer for an image, as one sentence; None where it may.

    Args:
        image: The header. A kind of image that the file does not tell is not held against it.
        fmt: What the model is meant for.
        frame: Pixels; without them only the header is judged.
    """
    if image.modality and fmt.modalities and image.modality not in fmt.modalities:
        accepted = " and ".join(fmt.modalities)
        return f"This is a {image.modality} image; the model reads {accepted} films."
    return _shape_refusal(image, fmt) or (_pixel_refusal(frame, fmt) if frame else None)


def _shape_refusal(image: Image, fmt: InputFormat) -> str | None:
    size = f"{image.rows} × {image.columns}"
    least, most = (limit * fmt.rows / fmt.columns for limit in HEIGHTS)
    if fmt.aspect == "keep" and not least <= _height(image) <= most:
        shape = "low" if _height(image) < least else "high"
        return (
            f"This film of {size} pixels is too {shape}; the model reads films that are"
            f" {least:.2g} to {most:.2g} times as high as wide."
        )
    rows, columns = model_rows(image, fmt), fmt.columns
    if image.rows < rows * _SMALLEST_SHARE or image.columns < columns * _SMALLEST_SHARE:
        grid = f"{rows} × {columns}"
        return f"This film has only {size} pixels; the model reads a grid of {grid}."
    return None


def _pixel_refusal(frame: Frame, fmt: InputFormat) -> str | None:
    if frame.colour is not None and not fmt.colour and _is_colourful(frame.colour):
        return "This is a colour image; the model reads grey films."
    if float(frame.values.max()) == float(frame.values.min()):
        return "This film has no contrast: all its pixels have the same value."
    return None


def _height(image: Image) -> float:
    """How many times as high as wide the film is."""
    return image.rows / (image.columns * image.pixel_aspect)


def _in_steps(rows: float, fmt: InputFormat) -> int:
    """Round to whole time steps, halves up, and to one at least."""
    return max(math.floor(rows / fmt.rows_multiple + 0.5), 1) * fmt.rows_multiple


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
    return normalised


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


def _ranks(scaled: Doubles) -> Doubles:
    levels = np.rint(scaled.ravel() * _RANK_LEVELS)
    ordered = np.sort(levels)
    if ordered[0] == ordered[-1]:
        return np.full_like(scaled, 0.5)
    # Ties share the middle of their places. (np.unique would load numpy.ma, 0.1 s, at first use.)
    first = np.searchsorted(ordered, levels, side="left")
    behind = np.searchsorted(ordered, levels, side="right")
    ranks = (first + behind - 1) / 2 / (levels.size - 1)
    return np.asarray(ranks, dtype=np.float64).reshape(scaled.shape)


def _is_colourful(colour: Bytes) -> bool:
    spread = colour.max(axis=2) - colour.min(axis=2)
    return float(np.mean(spread > _COLOUR_SPREAD)) > _COLOUR_SHARE
