"""Frame → model rows: the same pure function for training, viewing and the command line."""

import numpy as np

from engine.types import Bytes, Doubles, Frame, Image, InputFormat, RowSequence

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

    Args:
        frame: values (R, C) in modality values.
        fmt: Grid M × W and scaling. "full-range" and "min-max" are linear; "rank" gives the
            average rank of ties over n − 1, and 0.5 everywhere on a constant film.

    Returns:
        rows (M, W) float32 in 0…1, bright = radio-opaque; edges (M + 1,) from 0 to R.
    """
    values = frame.values  # (R, C)
    if fmt.intensity == "full-range":
        low, high = frame.image.value_range
    else:
        low, high = float(values.min()), float(values.max())
    averages = _area_average(values, fmt.rows, fmt.columns)  # (M, W)
    scaled = (averages - low) / (high - low) if high > low else np.full_like(averages, 0.5)
    rows = _ranks(scaled) if fmt.intensity == "rank" else np.clip(scaled, 0.0, 1.0)
    if frame.image.inverted:
        rows = 1.0 - rows
    edges = np.linspace(0.0, values.shape[0], fmt.rows + 1)
    return RowSequence(rows.astype(np.float32), edges)


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
    least_rows, least_columns = fmt.rows * _SMALLEST_SHARE, fmt.columns * _SMALLEST_SHARE
    if image.rows < least_rows or image.columns < least_columns:
        size, grid = f"{image.rows} × {image.columns}", f"{fmt.rows} × {fmt.columns}"
        return f"This film has only {size} pixels; the model reads a grid of {grid}."
    if frame is None:
        return None
    if frame.colour is not None and not fmt.colour and _is_colourful(frame.colour):
        return "This is a colour image; the model reads grey films."
    if float(frame.values.max()) == float(frame.values.min()):
        return "This film has no contrast: all its pixels have the same value."
    return None


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
