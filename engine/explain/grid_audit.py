"""The audit of Influence over rows and columns: deletion of cells, random weights, pointing."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from engine.explain.curves import (
    NETWORKS,
    Classes,
    Rows,
    curve,
    first_largest,
    map_similarity,
    mean,
    on_device,
    random_places,
    untrained,
)
from engine.explain.games import Game, Indices
from engine.explain.gradients import complete_pixel_influence
from engine.explain.grids import cell_bounds, cell_sums, keeping
from engine.network import RowNetwork
from engine.progress import paced
from engine.runtime import asked_of
from engine.types import Doubles, Floats, GridAudit, Pointing

# The tests are those of the maps of rows (`engine.explain.curves`), with cells in place of steps:
# the map is that of integrated gradients, and a film without some of its cells has the mean film's
# there. Cells go in 24 equal parts, so that a map of thousands costs no thousands of readings.
#
# Single cells that are missing here and there are an odd film, whose answer falls faster than
# that of a film without a band of rows: random order is a stronger rival here, and its area says
# so.

FILMS = 50  # of the audited ones, the first
MOST_CELLS = 64  # along each side of the maps that are measured
_PARTS = 24
_FILMS_AT_ONCE = 16

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """Model rows and columns at which the cells begin."""

    down: Indices
    across: Indices

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.down) - 1, len(self.across) - 1

    def of(self, pixels: Doubles) -> Doubles:
        """Sums (N, R·C) over the cells of pixels (N, M, W)."""
        return cell_sums(pixels, self.down, self.across).reshape(len(pixels), -1)


def cells_audit(
    network: RowNetwork,
    rows: Rows,
    *,
    baseline: Floats,
    targets: Classes,
    pointing: Pointing | None = None,
    seed: int = 0,
    report: Callable[[str], None] = lambda _: None,
) -> GridAudit:
    """Measure the maps of films whose answers have something to explain.

    Args:
        network: Used in evaluation mode.
        rows: (N, M, W) films of one height; the first 50 are measured.
        baseline: (M, W), the mean film.
        targets: (N,) the class that is explained on each film.
        pointing: As `cells_pointing` found it.
        seed: Of random orders, new weights and intervals.
        report: Told in words what is being done.
    """
    rows, targets, rng = rows[:FILMS], targets[:FILMS], np.random.default_rng(seed)
    cells = cells_of(network, rows.shape[1:])
    report(f"rows × columns: {cells.shape[0]} × {cells.shape[1]} cells, {len(rows)} films")
    maps = _maps(network, rows, cells, baseline=baseline, targets=targets)
    others = []
    for number in range(NETWORKS):
        new = untrained(network, seed, number)
        others.append(_maps(new, rows, cells, baseline=baseline, targets=targets))
    down, across = np.gradient(rows.astype(np.float64), axis=(1, 2))
    orders = np.concatenate(
        (
            first_largest(maps)[:, None],
            first_largest(cells.of(np.hypot(down, across)))[:, None],
            random_places(len(maps), maps.shape[1], rng),
        ),
        axis=1,
    )
    asked, areas = asked_of(network), np.empty(orders.shape[:2])
    films = paced(zip(rows, targets, strict=True), "deleting cells", len(rows))
    for number, (film, target) in enumerate(films):
        game = Game(asked, np.asarray(film, np.float32), baseline, int(target))
        areas[number] = _areas(game, orders[number], cells)
    by_map, by_edges, chance = areas[:, 0], areas[:, 1], areas[:, 2:].mean(axis=1)
    return GridAudit(
        *cells.shape,
        deletion=curve(by_map, chance, by_edges, rng, lower_is_better=True),
        randomised=map_similarity(maps, others, rng),
        pointing=pointing,
    )


def cells_of(network: RowNetwork, shape: tuple[int, ...]) -> _Cells:
    """The cells of a map as it is shown, at most 64 along each side."""
    size = network.config.rows_per_step
    usual = (shape[0] // size, max(shape[1] // size, 1))
    return _Cells(*cell_bounds(shape, (min(usual[0], MOST_CELLS), min(usual[1], MOST_CELLS))))


def cells_pointing(
    network: RowNetwork,
    rows: Rows,
    boxes: Doubles,
    *,
    baseline: Floats,
    target: int,
    seed: int = 0,
) -> Pointing | None:
    """How often the peak of a map lies in the finding's box, and how often a drawn cell would.

    Args:
        network: Used in evaluation mode.
        rows: (N, M, W) films of one height; of those with a box the first 50 are measured.
        boxes: (N, 4) left, top, right, bottom as shares of the film; NaN where none is known.
        baseline: (M, W), the mean film.
        target: The finding.
        seed: Of the intervals.
    """
    known = np.flatnonzero(np.isfinite(boxes).all(axis=1))[:FILMS]
    if not len(known):
        return None
    cells, rng = cells_of(network, rows.shape[1:]), np.random.default_rng(seed)
    targets = np.full(len(known), target)
    maps = _maps(network, rows[known], cells, baseline=baseline, targets=targets)
    inside = _inside(cells, rows.shape[1:], boxes[known])  # (N, R·C)
    hits = inside[np.arange(len(maps)), maps.argmax(axis=1)]
    return Pointing(mean(hits.astype(np.float64), rng), mean(inside.mean(axis=1), rng))


def _inside(cells: _Cells, shape: tuple[int, ...], boxes: Doubles) -> NDArray[np.bool_]:
    """Whether each cell overlaps each film's box, (N, R·C)."""
    left, top, right, bottom = boxes.T[:, :, None]  # each (N, 1)
    down, across = cells.down / shape[0], cells.across / shape[1]
    rows = (down[:-1] < bottom) & (down[1:] > top)  # (N, R)
    columns = (across[:-1] < right) & (across[1:] > left)  # (N, C)
    overlaps: NDArray[np.bool_] = rows[:, :, None] & columns[:, None, :]
    return overlaps.reshape(len(boxes), -1)


def _maps(
    network: RowNetwork, rows: Rows, cells: _Cells, *, baseline: Floats, targets: Classes
) -> Doubles:
    """Influence (N, R·C) of the cells of films (N, M, W), by integrated gradients."""
    start, parts = on_device(network, baseline), []
    for first in range(0, len(rows), _FILMS_AT_ONCE):
        films = on_device(network, rows[first : first + _FILMS_AT_ONCE])
        wanted = torch.from_numpy(targets[first : first + _FILMS_AT_ONCE]).to(films.device)
        pixels = complete_pixel_influence(network, films, baseline=start, targets=wanted)
        parts.append(cells.of(pixels.cpu().double().numpy()))
    return np.concatenate(parts)


def _areas(game: Game, orders: Places, cells: _Cells) -> Doubles:
    """Deletion areas (O,) of one film in orders (O, R·C) of its cells."""
    count, size = orders.shape
    gone = np.rint(np.linspace(0, size, min(_PARTS, size) + 1)).astype(np.int64)
    between = gone[1:-1]  # cells that are deleted, but for none and all

    def keep(indices: Indices) -> NDArray[np.bool_]:
        order, cut = indices // len(between), indices % len(between)
        there = orders[order] >= between[cut][:, None]
        return keeping(there.reshape(-1, *cells.shape), cells.down, cells.across)

    whole, empty = game.ends()
    remains = np.zeros((count, len(gone)))
    remains[:, 0] = 1.0
    if len(between):
        odds = game.odds(count * len(between), keep).reshape(count, -1)
        remains[:, 1:-1] = np.clip((odds - empty) / (whole - empty), 0.0, 1.0)
    return np.asarray(np.trapezoid(remains, gone / size, axis=1))
