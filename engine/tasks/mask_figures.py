"""Masks of films as truth, and what probabilities by pixel are worth against them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from engine.sequence import overlap_weights
from engine.tasks.regions import components, labels_on, log_odds_of, on_pixels
from engine.tasks.task import PlaneView, Statistic
from engine.types import Doubles, Floats

if TYPE_CHECKING:
    from torch import nn

    from engine.network import RowNetwork

# ------------------------------------------------------------------------- masks as truth

Bytes = NDArray[np.uint8]
_FULL = 255  # of a byte that stands for a share


@dataclass(frozen=True, slots=True, eq=False)
class Masks:
    """Which class every stored pixel of N films belongs to; what is large lies on disk.

    Attributes:
        values: (T,) class indices, film behind film, row behind row.
        starts: (N,) where each film begins.
        shapes: (N, 2) stored rows and columns.
        shares: (F, K − 1, M, W) share of each cell of the model's grid that belongs to each class
            but the first, in parts of 255; of F ≥ N films.
        places: (N,) which of them each film is.
        spacings: (N, 2) millimetres of a stored pixel down and across, NaN where no true ones are
            known; None where they are known of no film.
    """

    values: Bytes
    starts: NDArray[np.int64]
    shapes: NDArray[np.int64]
    shares: Bytes
    places: NDArray[np.int64]
    spacings: Doubles | None = None

    def __len__(self) -> int:
        return len(self.places)

    def take(self, chosen: NDArray[np.int64]) -> "Masks":
        """Of the films of some indices, in their order; nothing is read."""
        return Masks(
            self.values,
            self.starts[chosen],
            self.shapes[chosen],
            self.shares,
            self.places[chosen],
            None if self.spacings is None else self.spacings[chosen],
        )

    def reframed(self, views: Sequence[PlaneView]) -> "Masks":
        """Masks of what is seen, by the nearest pixel; beyond the film what `goes_on`, or nothing.

        Spacings are those of the new pixels.
        """
        masks = [_seen(self.mask(film), view) for film, view in enumerate(views)]
        sizes = np.array([mask.size for mask in masks], dtype=np.int64)
        shapes = np.array([mask.shape for mask in masks], dtype=np.int64).reshape(-1, 2)
        spacings = None
        if self.spacings is not None:
            spacings = self.spacings * np.array([_grown(view) for view in views]).reshape(-1, 2)
        classes, grid = self.shares.shape[1] + 1, self.shares.shape[2:]
        shares = [shares_on(mask, classes, (grid[0], grid[1])) for mask in masks]
        return Masks(
            np.concatenate([mask.ravel() for mask in masks] or [np.zeros(0, np.uint8)]),
            np.cumsum(sizes) - sizes,
            shapes,
            np.stack(shares) if shares else self.shares[:0],
            np.arange(len(masks)),
            spacings,
        )

    def mask(self, film: int) -> Bytes:
        """(R, C) class indices of one film at its stored size."""
        rows, columns = self.shapes[film].tolist()
        start = int(self.starts[film])
        return np.asarray(self.values[start : start + rows * columns]).reshape(rows, columns)

    def spacing(self, film: int) -> tuple[float, float] | None:
        """Millimetres of a stored pixel of one film, down and across; None where unknown."""
        if self.spacings is None or not np.isfinite(self.spacings[film]).all():
            return None
        down, across = self.spacings[film].tolist()
        return down, across

    def on_grid(self) -> Floats:
        """(N, K, M, W) share of each cell that belongs to each class."""
        others = np.asarray(self.shares[self.places], np.float32) / _FULL
        first = np.clip(1 - others.sum(axis=1, keepdims=True), 0.0, 1.0)
        return np.concatenate((first, others), axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class OutlineShares:
    """What of N films lies within an outline that somebody drew, where somebody did.

    Attributes:
        shares: (F, 1, M, W) share of each cell of the model's grid within, in parts of 255.
        places: (N,) which of them each film is; −1 where nobody drew one.
    """

    shares: Bytes
    places: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.places)

    def take(self, chosen: NDArray[np.int64]) -> "OutlineShares":
        """Of the films of some indices, in their order; nothing is read."""
        return OutlineShares(self.shares, self.places[chosen])

    def reframed(self, views: Sequence[PlaneView]) -> "OutlineShares":
        """Outlines of what is seen, by the nearest cell; beyond the film what lies at its edge."""
        grid = self.shares.shape[2:]
        found: list[Bytes] = []
        places = np.full(len(self), -1, np.int64)
        for film in np.flatnonzero(self.places >= 0).tolist():
            left, top, right, bottom = views[film].part
            down, _ = _places(grid[0], top, bottom, grid[0])
            across, _ = _places(grid[1], left, right, grid[1])
            places[film] = len(found)
            found.append(self.shares[self.places[film]][:, down][:, :, across])
        return OutlineShares(np.stack(found) if found else self.shares[:0], places)

    def on_grid(self) -> Floats:
        """(N, M, W) share of each cell within; NaN where nobody drew an outline."""
        shares = np.full((len(self), *self.shares.shape[2:]), np.nan, np.float32)
        drawn = self.places >= 0
        shares[drawn] = np.asarray(self.shares[self.places[drawn], 0], np.float32) / _FULL
        return shares


def _seen(mask: Bytes, view: PlaneView) -> Bytes:
    left, top, right, bottom = view.area
    area = mask[top:bottom, left:right]
    down, above = _places(area.shape[0], view.part[1], view.part[3], view.rows)
    across, beside = _places(area.shape[1], view.part[0], view.part[2], view.columns)
    found = area[np.ix_(down, across)]
    if view.goes_on:
        return np.asarray(found, np.uint8)
    return np.where(above[:, None] | beside, np.uint8(0), found).astype(np.uint8)


def _places(
    size: int, first: float, last: float, count: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The nearest pixels (count,) of an axis, and which of them lie beyond it."""
    middles = size * (first + (np.arange(count) + 0.5) * ((last - first) / count))
    beyond = np.asarray((middles < 0) | (middles >= size))
    return np.clip(np.floor(middles), 0, size - 1).astype(np.int64), beyond


def _grown(view: PlaneView) -> tuple[float, float]:
    """How much larger a pixel is than before, down and across."""
    left, top, right, bottom = view.area
    down = (bottom - top) * (view.part[3] - view.part[1]) / view.rows
    return down, (right - left) * (view.part[2] - view.part[0]) / view.columns


def shares_on(mask: Bytes, classes: int, grid: tuple[int, int]) -> Bytes:
    """(K − 1, M, W) share of every cell of the grid that belongs to each class but the first."""
    rows, columns = (
        overlap_weights(stored, cells).astype(np.float32)
        for stored, cells in zip(mask.shape, grid, strict=True)
    )
    found = [rows @ (mask == label).astype(np.float32) @ columns.T for label in range(1, classes)]
    shares: Bytes = np.rint(np.stack(found) * _FULL).clip(0, _FULL).astype(np.uint8)
    return shares


# -------------------------------------------------------------------------------- figures

COARSE = 28  # cells of the mean mask along each side
_BINS = 15  # of the calibration error
_LEAST_REGIONS = 10  # for odds that mean something
_MOST_PIXELS = 400_000  # that calibration looks at
_RIDGE = 1e-2  # on the slopes of the odds
_NEWTON = 50


def chances_of(maps: NDArray[np.floating]) -> Floats:
    """Probabilities (K, R, C) of logits (K, R, C)."""
    raised = np.exp(maps.astype(np.float32) - maps.max(axis=0))
    return np.asarray(raised / raised.sum(axis=0), np.float32)


def compared(
    given: NDArray[np.bool_],
    wanted: NDArray[np.bool_],
    spacing: tuple[float, float] | None = None,
) -> dict[str, float]:
    """Figures of one class of one film (R, C); NaN where one is not defined.

    Args:
        given: What was drawn.
        wanted: What is true.
        spacing: Millimetres of a pixel down and across; without them no distance is in mm.
    """
    there, drawn = bool(wanted.any()), bool(given.any())
    alike, far = dice(given, wanted), [math.nan, math.nan]
    if there and drawn:
        far[0] = surface_distance(given, wanted)
        far[1] = surface_distance(given, wanted, spacing) if spacing else math.nan
    return {
        "dice": alike,
        "dice_there": alike if there else math.nan,
        "iou": alike / (2 - alike),
        "surface_95": far[0],
        "surface_95_mm": far[1],
        "spared": math.nan if there else float(not drawn),
    }


def dice(given: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> float:
    """2 |A ∩ B| / (|A| + |B|); 1 where both are empty."""
    total = int(given.sum()) + int(wanted.sum())
    return 2 * int((given & wanted).sum()) / total if total else 1.0


def surface_distance(
    given: NDArray[np.bool_],
    wanted: NDArray[np.bool_],
    spacing: tuple[float, float] = (1.0, 1.0),
) -> float:
    """How far 95 of 100 edge pixels of each lie from the other's edge at most.

    The larger of both directions; neither may be empty. In stored pixels, or in the unit of the
    spacing of rows and of columns.
    """
    from scipy import ndimage  # noqa: PLC0415 - a fifth of a second, and not every model needs it

    edges = [one & ~ndimage.binary_erosion(one, border_value=0) for one in (given, wanted)]
    far = [ndimage.distance_transform_edt(~one, sampling=spacing) for one in edges]
    return float(max(np.percentile(far[1][edges[0]], 95), np.percentile(far[0][edges[1]], 95)))


def calibration_error(maps: NDArray[np.floating], masks: Masks) -> Statistic:
    """Mean distance between probability and share of true pixels, over bins of probability."""
    said = np.zeros((len(masks), _BINS))
    true, count = np.zeros_like(said), np.zeros_like(said)
    for film in range(len(masks)):
        chances = chances_of(maps[film])[1:].ravel().astype(float)
        wanted = pooled(masks.take(np.array([film])).on_grid()[:, 1:], maps.shape[2:]).ravel()
        bins = np.minimum((chances * _BINS).astype(int), _BINS - 1)
        said[film] = np.bincount(bins, chances, _BINS)
        true[film] = np.bincount(bins, wanted, _BINS)
        count[film] = np.bincount(bins, minlength=_BINS)

    def measured(weights: Doubles) -> Doubles:
        apart = np.abs(weights @ said - weights @ true).sum(axis=1)
        return np.asarray(apart / (weights @ count).sum(axis=1))

    return measured


def pooled(shares: Floats, shape: tuple[int, ...]) -> Floats:
    """(N, X, M, W) as means over the cells of a coarser grid that divides it."""
    count, channels, rows, columns = shares.shape
    high, wide = rows // shape[0], columns // shape[1]
    blocks = shares.reshape(count, channels, shape[0], high, shape[1], wide)
    return np.asarray(blocks.mean(axis=(3, 5)), np.float32)


def coarse(shares: Floats) -> Floats:
    """(N, X, M, W) on the coarse grid of the mean mask, by the cell that each middle lies in."""
    rows = (np.arange(COARSE) + 0.5) * shares.shape[2] / COARSE
    columns = (np.arange(COARSE) + 0.5) * shares.shape[3] / COARSE
    return shares[:, :, rows.astype(int)][:, :, :, columns.astype(int)]


# ---------------------------------------------------------------------------- calibration
# What is set on validation films: scale and offsets of the logits by pixel, and the odds that a
# region is there.


def fit_pixels(maps: NDArray[np.floating], masks: Masks) -> tuple[float, list[float]]:
    """Scale and K offsets of logits (N, K, R, C) that have the least cross entropy by pixel.

    The first offset is 0. Of very many pixels every n-th is looked at.
    """
    from scipy import optimize  # noqa: PLC0415 - only training needs it

    count, classes = maps.shape[:2]
    step = max(1, count * maps.shape[2] * maps.shape[3] // _MOST_PIXELS)
    logits = np.moveaxis(maps, 1, -1).reshape(-1, classes)[::step].astype(float)
    wanted = np.concatenate([
        np.moveaxis(pooled(masks.take(np.array([film])).on_grid(), maps.shape[2:]), 1, -1)
        .reshape(-1, classes)
        for film in range(count)
    ])[::step].astype(float)  # fmt: skip

    def cost(values: Doubles) -> tuple[float, Doubles]:
        scale = np.exp(values[0])
        scores = scale * logits
        scores[:, 1:] += values[1:]
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        sums = chances.sum(axis=1, keepdims=True)
        entropy = -(wanted * (scores - np.log(sums))).sum() / len(wanted)
        slope = (chances / sums - wanted) / len(wanted)
        along = np.concatenate(([scale * (slope * logits).sum()], slope[:, 1:].sum(axis=0)))
        return float(entropy), along

    found = optimize.minimize(
        cost,
        np.zeros(classes),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-3, 3), *[(-5, 5)] * (classes - 1)],
    )
    return float(np.exp(found.x[0])), [0.0, *map(float, found.x[1:])]


def fold(network: "RowNetwork", scale: float, offset: list[float]) -> None:
    """Put scale and offsets into the network's last convolution.

    Raises:
        ValueError: It has none.
    """
    last = getattr(network, "map_head", None)
    if last is None:
        raise ValueError("This network has no convolution that makes maps.")
    head = cast("nn.Conv2d", last)
    head.weight.data.mul_(scale)
    if head.bias is not None:
        head.bias.data.mul_(scale).add_(head.bias.data.new_tensor(offset))


def region_odds(
    maps: NDArray[np.floating], masks: Masks, *, cut: float, smallest: float
) -> list[float]:
    """Odds of regions as `RegionRule.odds` has them; empty where too few regions tell.

    A region is true where more than half of it, or of a part of the mask that it meets, is what
    both share.
    """
    seen: list[tuple[float, float]] = []
    right: list[bool] = []
    for film in range(len(masks)):
        mask, chances = masks.mask(film), chances_of(maps[film])
        shape = (mask.shape[0], mask.shape[1])
        drawn = labels_on(chances, shape, cut=cut, smallest=smallest)
        for label in range(1, len(chances)):
            numbers, count = components(drawn == label)
            wanted, _ = components(mask == label)
            full = on_pixels(chances[label], shape) if count else None
            for number in range(1, count + 1):
                inside = numbers == number
                peak = float(full[inside].max()) if full is not None else 0.0
                seen.append((log_odds_of(peak), math.log(inside.mean())))
                right.append(_is_true(inside, wanted))
    return _fit_odds(np.array(seen), np.array(right)) if len(right) >= _LEAST_REGIONS else []


def _is_true(inside: NDArray[np.bool_], wanted: NDArray[np.int32]) -> bool:
    sizes = np.bincount(wanted.ravel())
    shared = np.bincount(wanted[inside], minlength=len(sizes))
    if len(sizes) < 2:
        return False
    if 2 * shared[1:].sum() > inside.sum():
        return True
    return bool((2 * shared[1:] > sizes[1:]).any())


def _fit_odds(seen: Doubles, right: NDArray[np.bool_]) -> list[float]:
    """Logistic regression with a little ridge, towards targets short of 0 and 1 (Platt 1999)."""
    many, few = int(right.sum()), int((~right).sum())
    aims = np.where(right, (many + 1) / (many + 2), 1 / (few + 2))
    middle, spread = seen.mean(axis=0), np.maximum(seen.std(axis=0), 1e-3)
    columns = np.column_stack((np.ones(len(seen)), (seen - middle) / spread))
    weights, ridge = np.zeros(3), np.diag([0.0, _RIDGE, _RIDGE]) * len(seen)
    for _ in range(_NEWTON):
        chances = 0.5 * (1 + np.tanh(columns @ weights / 2))
        slope = columns.T @ (chances - aims) + ridge @ weights
        bend = (columns * (chances * (1 - chances) + 1e-9)[:, None]).T @ columns + ridge
        change = np.linalg.solve(bend, slope)
        weights -= change
        if np.abs(change).max() < 1e-8:
            break
    slopes = weights[1:] / spread
    return [float(weights[0] - slopes @ middle), float(slopes[0]), float(slopes[1])]
