"""The lead letter that says which side is which: an L on the patient's left."""

import numpy as np

from engine.phantoms.grid import Grid
from engine.phantoms.tubes import Shadow, Tube
from engine.types import Floats

_STROKES = (((0.0, 0.0), (0.0, 1.5)), ((0.0, 1.5), (0.85, 1.5)))
_WIDTH_CM = 0.2


def draw_marker(rng: np.random.Generator, grid: Grid) -> Floats:
    """(R, C) share of each pixel that the lead covers, 0…1."""
    shadow = Shadow(grid)
    right = min(18.2, grid.x[-1] - 1.9) + rng.uniform(-0.6, 0.3)
    top = max(-18.6, grid.y[0] + 1.2) + rng.uniform(-0.5, 0.8)
    for stroke in _STROKES:
        points = np.array([[right + x, top + y, 0.0] for x, y in stroke])
        shadow.lay_tube(Tube(points, np.full(2, _WIDTH_CM / 2)))
    covered = shadow.paths() / np.float32(0.6 * _WIDTH_CM)
    return np.asarray(np.clip(covered, 0, 1), np.float32)
