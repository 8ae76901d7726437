"""The visible film at the pixels of the screen, taken once per zoom and place.

Window, map and strength then change the values of those pixels only: no step of a drag scales an
image, which costs more than all the rest.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine import Floats, Heatmap
from viewer.rendering import Pyramid, Rect, level_for


@dataclass(frozen=True, slots=True)
class Screen:
    """Where stored pixels lie on the screen, in device pixels.

    Attributes:
        left, top: Device pixel of the film's upper left corner; may lie outside the body.
        across, down: Device pixels per stored column and row.
        body: What is visible, in device pixels.
    """

    left: float
    top: float
    across: float
    down: float
    body: Rect

    @property
    def scale(self) -> float:
        """Device pixels per stored pixel, in the direction that shows more detail."""
        return max(abs(self.across), abs(self.down))

    @property
    def part(self) -> Rect:
        """What is visible, in stored pixels; may reach beyond the film."""
        return Rect(
            (self.body.left - self.left) / self.across,
            (self.body.top - self.top) / self.down,
            (self.body.right - self.left) / self.across,
            (self.body.bottom - self.top) / self.down,
        )

    def columns(self, count: int) -> tuple[int, int]:
        """First and last + 1 device column whose middle lies on the film."""
        return _inside(self.left, count * self.across, self.body.left, self.body.right)

    def rows(self, count: int) -> tuple[int, int]:
        """First and last + 1 device row whose middle lies on the film."""
        return _inside(self.top, count * self.down, self.body.top, self.body.bottom)


def sampled(pyramid: Pyramid, screen: Screen) -> Pyramid:
    """One level with a value for every device pixel, linear between the nearest four."""
    count_rows, count_columns = pyramid.levels[0].shape
    level = level_for(pyramid, screen.scale)
    values, size = pyramid.levels[level], 2**level
    first, last = screen.rows(count_rows)
    rows = ((np.arange(first, last) + 0.5) - screen.top) / screen.down / size - 0.5
    first, last = screen.columns(count_columns)
    columns = ((np.arange(first, last) + 0.5) - screen.left) / screen.across / size - 0.5

    def at_pixels(level: Floats) -> Floats:
        narrow = _between(level.T, columns).T  # (R, w)
        return np.ascontiguousarray(_between(narrow, rows))

    if not pyramid.shares:
        return Pyramid((at_pixels(values),), ())
    shares = pyramid.shares[level]
    share = at_pixels(shares)
    mixed = at_pixels(np.asarray(values * shares, np.float32))
    mixed /= np.maximum(share, np.float32(1e-9))
    return Pyramid((mixed,), (), (share,))


def on_screen(heatmap: Heatmap, screen: Screen, rows: int) -> Heatmap:
    """A map whose edges count device rows of a `sampled` film of so many stored rows."""
    first, _ = screen.rows(rows)
    return replace(heatmap, edges=heatmap.edges * screen.down + (screen.top - first))


def _inside(start: float, length: float, low: float, high: float) -> tuple[int, int]:
    first = max(round(start), int(np.floor(low)))
    return first, max(min(round(start + length), int(np.ceil(high))), first)


def _between(values: Floats, places: NDArray[np.float64]) -> Floats:
    """Linear between neighbouring rows; beyond the ends the last row is repeated."""
    last = len(values) - 1
    below = np.clip(np.floor(places).astype(np.intp), 0, last)
    share = np.clip(places - below, 0.0, 1.0).astype(np.float32)[:, None]
    result = values[below]
    result += share * (values[np.minimum(below + 1, last)] - result)
    return np.asarray(result, np.float32)
