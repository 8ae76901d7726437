"""Projection of tubes (ribs, vessels, strokes): their mass is laid down on the pixels it shadows.

Mass is kept: what a pixel receives is the mean path length over its area, at every resolution,
and a rib that runs along the beam at the chest wall grows dense by itself.
"""

from dataclasses import dataclass

import numpy as np

from engine.phantoms.grid import Grid
from engine.types import Doubles, Floats

STEP = 0.5  # samples every half pixel: no gaps and no moiré


@dataclass(frozen=True, slots=True, eq=False)
class Tube:
    """A bent tube of elliptic cross-section; lengths in cm.

    Attributes:
        points: (n, 3) centre line; z runs along the beam.
        radius: (n,) across the beam.
        depth: Radius along the beam, as a share of `radius`.
        wall: Thickness of the dense shell; 0 fills the tube.
        fill: Density inside the shell, as a share of that of the shell.
        density: (n,) of the whole tube along its length, or None for 1.
    """

    points: Doubles
    radius: Doubles
    depth: float = 1.0
    wall: float = 0.0
    fill: float = 0.0
    density: Doubles | None = None


class Shadow:
    """Collects mass (cm³) and gives path lengths (cm) on a grid."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._mass = np.zeros((grid.rows + 2) * (grid.columns + 2))

    def lay(self, x: Doubles, y: Doubles, mass: Doubles) -> None:
        """Add mass at places in cm, shared between the four pixels around each."""
        grid, wide = self._grid, self._grid.columns + 2
        column = np.clip(x / grid.pitch + (grid.columns - 1) / 2 + 1, 0, wide - 1.001).ravel()
        row = np.clip(y / grid.pitch + (grid.rows - 1) / 2 + 1, 0, grid.rows + 0.999).ravel()
        left, top = column.astype(np.int64), row.astype(np.int64)
        right_share, lower_share = column - left, row - top
        index = top * wide + left
        first = int(index.min())
        index -= first
        weight = mass.ravel()
        for offset, share in (
            (0, (1 - right_share) * (1 - lower_share)),
            (1, right_share * (1 - lower_share)),
            (wide, (1 - right_share) * lower_share),
            (wide + 1, right_share * lower_share),
        ):
            part = np.bincount(index + offset, weight * share)
            self._mass[first : first + len(part)] += part

    def lay_tube(self, tube: Tube) -> None:
        """Add a tube."""
        fine = self._grid.pitch * STEP
        steps = np.linalg.norm(np.diff(tube.points, axis=0), axis=1)
        along = np.concatenate([[0], np.cumsum(steps)])
        count = max(3, int(along[-1] / fine))
        at = (np.arange(count) + 0.5) * along[-1] / count
        slopes = np.gradient(tube.points, axis=0)
        x, y, dx, dy = (
            np.interp(at, along, values[:, axis])
            for values in (tube.points, slopes)
            for axis in range(2)
        )
        radius = np.interp(at, along, tube.radius)[:, None]
        flat = np.hypot(dx, dy) + 1e-9
        lanes = max(3, int(np.ceil(2 * tube.radius.max() / fine)))
        across = ((np.arange(lanes) + 0.5) / lanes * 2 - 1)[None, :]
        mass = _shares(across, radius, tube) * (along[-1] / count)
        if tube.density is not None:
            mass = mass * np.interp(at, along, tube.density)[:, None]
        offset = across * radius
        self.lay(
            x[:, None] - offset * (dy / flat)[:, None],
            y[:, None] + offset * (dx / flat)[:, None],
            mass,
        )

    def lay_segments(self, start: Doubles, end: Doubles, radius: Doubles) -> None:
        """Add many straight filled tubes: start, end (n, 3); radius (n,)."""
        fine = self._grid.pitch * 1.6 * STEP
        length = np.linalg.norm(end - start, axis=1)
        if not len(length):
            return
        count = max(2, int(np.ceil(length.max() / fine)))
        lanes = max(2, int(np.ceil(2 * radius.max() / fine)))
        t = ((np.arange(count) + 0.5) / count)[None, :, None]
        across = ((np.arange(lanes) + 0.5) / lanes * 2 - 1)[None, None, :]
        place = start[:, :, None, None] + (end - start)[:, :, None, None] * t[None]
        flat = (end - start)[:, :2] / (
            np.linalg.norm((end - start)[:, :2], axis=1)[:, None] + 1e-9
        )
        r = radius[:, None, None]
        offset = across * r
        height = np.sqrt(1 - across**2)
        share = height / height.sum()  # of the cross-section π·r², however few the lanes are
        mass = np.pi * r * r * share * (length[:, None, None] / count)
        mass = np.broadcast_to(mass, (len(length), count, lanes))
        x = place[:, 0] - offset * flat[:, 1, None, None]
        y = place[:, 1] + offset * flat[:, 0, None, None]
        self.lay(x, y, mass)

    def paths(self) -> Floats:
        """(R, C) path lengths in cm."""
        grid = self._grid
        inner = self._mass.reshape(grid.rows + 2, grid.columns + 2)[1:-1, 1:-1]
        return (inner / grid.pitch**2).astype(np.float32)


def _shares(across: Doubles, radius: Doubles, tube: Tube) -> Doubles:
    """(n, lanes) cm² of the cross-section in each lane; they sum to it, however few they are."""
    chord = tube.depth * radius * np.sqrt(1 - across**2)
    area = np.pi * tube.depth * radius * radius
    if tube.wall:
        core = np.maximum(radius - tube.wall, 1e-6)
        thickness = np.maximum(tube.depth * radius - tube.wall, 0)
        inside = np.sqrt(np.maximum(0, 1 - (across * radius / core) ** 2))
        chord = chord - (1 - tube.fill) * thickness * inside
        area = area - (1 - tube.fill) * np.pi * core * thickness
    return np.asarray(chord / chord.sum(axis=1, keepdims=True) * area)
