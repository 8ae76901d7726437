"""Influence over rows and columns at once, cell by cell, and what such a map points at."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.explain.attribution import check
from engine.explain.games import Game, Indices
from engine.runtime import Asked, asked_of
from engine.types import Box, Doubles, Floats, GridInfluence, InfluenceMethod, Region

if TYPE_CHECKING:
    from engine.network import RowNetwork

# -------------------------------------------------------------------- influence of cells
# The film is divided into cells, R rows of them and C columns. Every network can be asked, also
# one that reads whole rows: what is explained is the answer, a function of the pixels.
#
# - integrated gradients: the sums of the pixels in a cell. They add up; the sums over the columns
#   are the Influence of the rows, those over the rows that of the columns.
# - occlusion: what the log-odds lose where one cell alone is the baseline's. It does not add up,
#   and costs a reading for every cell.

MOST_OCCLUDED = 16  # cells along each side, unless others are asked for
_METHODS = ("integrated-gradients", "occlusion")

Cells = tuple[int, int]


def grid_influence(
    network: "Asked | RowNetwork",
    rows: Floats,
    *,
    baseline: Floats,
    target: int,
    cells: Cells | None = None,
    method: InfluenceMethod = "integrated-gradients",
    edges: tuple[Doubles, Doubles] | None = None,
) -> GridInfluence:
    """How much each cell of a film moved the log-odds of a class away from the baseline's.

    Args:
        network: Used in evaluation mode, left in the mode it had.
        rows: (M, W), of any height that the network reads.
        baseline: (M, W), usually the mean film at that height.
        target: Index of any class.
        cells: R and C, at most M and W; None takes the time steps, and columns as wide as a step
            is high (for occlusion at most 16 of each). Cells of a number that does not divide
            the film differ by one model pixel.
        method: "integrated-gradients" or "occlusion".
        edges: (M + 1,) stored rows and (W + 1,) stored columns at which the model's begin; 0 … M
            and 0 … W without.

    Raises:
        ValueError: Arguments that do not fit together.
    """
    asked = asked_of(network)
    check(asked, rows, baseline=baseline, target=target, pairs=2)
    if method not in _METHODS:
        raise ValueError(f"cells are measured by {' or '.join(_METHODS)}, not by {method}")
    down, across = cell_bounds(
        rows.shape, cells or _usual(rows.shape, asked.config.rows_per_step, method)
    )
    if method == "integrated-gradients":
        from engine.explain.gradients import of_film  # noqa: PLC0415 - imports torch

        found = of_film(asked.network, rows, baseline=baseline, target=target)
        values = cell_sums(found.per_pixel.double().cpu().numpy(), down, across)
        whole, empty = found.log_odds, found.baseline_log_odds
    else:
        game = Game(asked, rows, baseline, target)
        whole, empty = game.ends()
        values = whole - _without_each(game, down, across)
    by_row, by_column = edges or (np.arange(down[-1] + 1.0), np.arange(across[-1] + 1.0))
    return GridInfluence(
        values=values.astype(np.float32),
        row_edges=by_row[down],
        column_edges=by_column[across],
        target=target,
        log_odds=whole,
        baseline_log_odds=empty,
        residual=whole - empty - float(values.sum()),
        method=method,
    )


def cell_bounds(shape: tuple[int, ...], cells: Cells) -> tuple[Indices, Indices]:
    """Model rows (R + 1,) and columns (C + 1,) at which cells of a grid (M, W) begin.

    Raises:
        ValueError: More cells than rows or columns, or none.
    """
    for most, count in zip(shape, cells, strict=True):
        if not 1 <= count <= most:
            raise ValueError(f"{cells[0]} × {cells[1]} cells do not fit {shape[0]} × {shape[1]}")
    rows, columns = (
        np.rint(np.linspace(0, most, count + 1)).astype(np.int64)
        for most, count in zip(shape, cells, strict=True)
    )
    return rows, columns


def cell_sums(pixels: Doubles, down: Indices, across: Indices) -> Doubles:
    """Sums (…, R, C) of pixels (…, M, W) over cells that begin at these rows and columns."""
    summed = np.add.reduceat(pixels, down[:-1], axis=-2)
    return np.asarray(np.add.reduceat(summed, across[:-1], axis=-1))


def keeping(cells: NDArray[np.bool_], down: Indices, across: Indices) -> NDArray[np.bool_]:
    """Pixels (…, M, W) of the cells (…, R, C) that are kept."""
    return cells.repeat(np.diff(down), axis=-2).repeat(np.diff(across), axis=-1)


def _usual(shape: tuple[int, ...], rows_per_step: int, method: InfluenceMethod) -> Cells:
    cells = (shape[0] // rows_per_step, max(shape[1] // rows_per_step, 1))
    if method == "occlusion":
        return min(cells[0], MOST_OCCLUDED), min(cells[1], MOST_OCCLUDED)
    return cells


def _without_each(game: Game, down: Indices, across: Indices) -> Doubles:
    """Log-odds (R, C) of the film in which one cell is the baseline's."""
    rows, columns = len(down) - 1, len(across) - 1
    places = np.arange(rows * columns)

    def keep(indices: Indices) -> NDArray[np.bool_]:
        there = (places != indices[:, None]).reshape(-1, rows, columns)
        return keeping(there, down, across)

    return game.odds(len(places), keep).reshape(rows, columns)


# ------------------------------------------------------------------ what a map points at
# Regions that a network was never shown: parts of the film whose influence for a class is large.
# They say where the answer came from and nothing of how far a finding reaches.

SHARE = 0.5  # of the map's peak, from which a cell belongs to a region
BLUR = 1.0  # standard deviation in cells of the smoothing before it
MOST_REGIONS = 8


def pointed_at(
    found: GridInfluence, label: str, *, share: float = SHARE, blur: float = BLUR
) -> tuple[Region, ...]:
    """The regions that moved the answer most towards the class, the strongest peak first.

    Args:
        found: The map; only what speaks for the class counts.
        label: Name of the class.
        share: Of the smoothed map's peak, from which a cell belongs to a region.
        blur: Standard deviation, in cells, of the smoothing.

    Returns:
        Boxes in stored pixels, `weak` and without a probability; none where nothing speaks for it.
    """
    from scipy import ndimage  # noqa: PLC0415 - a tenth of a second, and few ask

    smooth = ndimage.gaussian_filter(found.values.astype(np.float64), blur, mode="constant")
    peak = float(smooth.max())
    if not peak > 0:
        return ()
    marked, count = ndimage.label(smooth >= share * peak)
    places = ndimage.find_objects(marked)
    peaks = ndimage.maximum(smooth, marked, np.arange(1, count + 1))
    strongest = np.argsort(-np.asarray(peaks), kind="stable")[:MOST_REGIONS]
    return tuple(
        Region(label, float("nan"), _box(found, *places[number]), weak=True)
        for number in strongest
    )


def _box(found: GridInfluence, rows: slice, columns: slice) -> Box:
    """Left, top, right, bottom in stored pixels of a block of cells."""
    return (
        float(found.column_edges[columns.start]),
        float(found.row_edges[rows.start]),
        float(found.column_edges[columns.stop]),
        float(found.row_edges[rows.stop]),
    )
