"""How phantoms are drawn: the detector's grid, fields, shapes, tubes."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from engine.types import Doubles, Floats

# -------------------------------------------------------- detector grid and random fields
# The detector: pixel centres in centimetres, and smooth random fields that know no pixels.
#
# Anatomy is a function of centimetres, so that one seed is one patient at every resolution. x
# runs to the right of the film (the patient's left), y runs down (to the feet).

FIELD_CM = 41.0  # the longer side of the detector


@dataclass(frozen=True, slots=True)
class Grid:
    """Pixel centres of a detector; its longer side is FIELD_CM long."""

    rows: int
    columns: int

    @property
    def pitch(self) -> float:
        """Distance between pixel centres in cm."""
        return FIELD_CM / max(self.rows, self.columns)

    @property
    def x(self) -> Doubles:
        """(C,) centres in cm from the middle of the film."""
        return np.asarray((np.arange(self.columns) - (self.columns - 1) / 2) * self.pitch)

    @property
    def y(self) -> Doubles:
        """(R,) centres in cm from the middle of the film."""
        return np.asarray((np.arange(self.rows) - (self.rows - 1) / 2) * self.pitch)


def lowpass(values: Floats, grid: Grid, sigma_cm: float) -> Floats:
    """Blur by about a Gaussian of σ cm: three box blurs of cell means; edges are continued.

    Sums instead of matrix products: those wake threads that then fight for the same cores.
    """
    cell = max(1, round(sigma_cm / 3 / grid.pitch))
    spread = sigma_cm / (cell * grid.pitch)
    radius = max(1, round(float(np.sqrt(0.25 + spread**2) - 0.5)))
    coarse = _cell_means(_cell_means(values, cell).T, cell)
    for _ in range(2):
        for _ in range(3):
            coarse = _box(coarse, radius)
        coarse = coarse.T
    down = _between(coarse.T, (np.arange(grid.rows) + 0.5) / cell - 0.5)
    return _between(down.T, (np.arange(grid.columns) + 0.5) / cell - 0.5).T


def _cell_means(values: Floats, cell: int) -> Floats:
    """Means of every `cell` rows; the last row stands in where rows are missing."""
    missing = -len(values) % cell
    padded = np.pad(values, ((0, missing), (0, 0)), mode="edge")
    return np.asarray(padded.reshape(-1, cell, values.shape[1]).mean(axis=1), np.float32)


def _box(values: Floats, radius: int) -> Floats:
    """Running mean over 2·radius + 1 rows."""
    padded = np.pad(values, ((radius + 1, radius), (0, 0)), mode="edge")
    sums = np.cumsum(padded, axis=0, dtype=np.float64)
    width = 2 * radius + 1
    return np.asarray((sums[width:] - sums[:-width]) / width, np.float32)


def _between(values: Floats, at: Doubles) -> Floats:
    """Rows of `values` at fractional places, by linear interpolation."""
    at = np.clip(at, 0, len(values) - 1)
    first = np.minimum(at.astype(np.intp), max(len(values) - 2, 0))
    second = np.minimum(first + 1, len(values) - 1)
    share = (at - first).astype(np.float32)[:, None]
    return np.asarray(values[first] * (1 - share) + values[second] * share, np.float32)


def clouds(
    rng: np.random.Generator, grid: Grid, *, largest_cm: float, octaves: int, fall: float = 0.6
) -> Floats:
    """(R, C) smooth random field of mean 0 and σ about 1; each octave halves the grain.

    The lattice lies in centimetres: the same generator gives the same field on every grid.
    """
    total = np.zeros((grid.rows, grid.columns), np.float32)
    power = 0.0
    for octave in range(octaves):
        cell = largest_cm / 2**octave
        count = int(np.ceil(FIELD_CM / cell)) + 4
        lattice = rng.standard_normal((count, count)).astype(np.float32)
        places = (np.arange(count) - (count - 1) / 2) * cell
        weight = fall**octave
        total += np.float32(weight) * _smooth(_smooth(lattice, grid.y, places).T, grid.x, places).T
        power += (weight * 0.5) ** 2
    return np.asarray(total / np.float32(np.sqrt(power)), np.float32)


def _smooth(lattice: Floats, at: Doubles, places: Doubles) -> Floats:
    """Rows of the lattice at `at`, by the quadratic B-spline: no corners, no ringing."""
    position = (at - places[0]) / (places[1] - places[0])
    middle = np.rint(position).astype(np.intp)
    t = (position - middle).astype(np.float32)[:, None]
    before, after = 0.5 * (0.5 - t) ** 2, 0.5 * (0.5 + t) ** 2
    centre = 0.75 - t * t
    blend = before * lattice[middle - 1] + centre * lattice[middle] + after * lattice[middle + 1]
    return np.asarray(blend, np.float32)


# ------------------------------------------------------------ curves, edges, round bodies
# Curves, edges and round bodies: what anatomy is drawn with.

Knots = tuple[tuple[float, float], ...]


def curve(at: ArrayLike, knots: Knots) -> Floats:
    """Smooth curve through knots (place, value): Catmull–Rom, constant beyond the ends."""
    fine, table = _table(knots)
    return np.asarray(np.interp(np.asarray(at), fine, table), np.float32)


@lru_cache(maxsize=64)
def _table(knots: Knots) -> tuple[Doubles, Doubles]:
    places, values = np.array(knots, np.float64).T
    tangents = np.gradient(values, places)
    fine = np.linspace(places[0], places[-1], 400)
    left = np.clip(np.searchsorted(places, fine, side="right") - 1, 0, len(places) - 2)
    width = places[left + 1] - places[left]
    t = (fine - places[left]) / width
    table = (
        (2 * t**3 - 3 * t**2 + 1) * values[left]
        + (t**3 - 2 * t**2 + t) * width * tangents[left]
        + (3 * t**2 - 2 * t**3) * values[left + 1]
        + (t**3 - t**2) * width * tangents[left + 1]
    )
    return fine, table


def step(distance: Floats, width: float) -> Floats:
    """Smooth step from 0 to 1 over `width` cm around distance 0."""
    t = np.clip(distance / np.float32(width) + np.float32(0.5), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def chord(across: Floats, half_width: Floats | float) -> Floats:
    """Relative length of the ray through a round body: 1 in its middle, 0 at its edge."""
    ratio = across / half_width
    return np.asarray(np.sqrt(np.maximum(0, 1 - ratio * ratio)), np.float32)


def blob(
    x: Floats,
    y: Floats,
    *,
    centre: tuple[float, float],
    radii: tuple[float, float],
    turn: float = 0,
) -> Floats:
    """Chord of an ellipsoid, 1 in the middle; `turn` in degrees, clockwise on the film."""
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    dx, dy = x - np.float32(centre[0]), y - np.float32(centre[1])
    a = (np.float32(cos) * dx + np.float32(sin) * dy) / np.float32(radii[0])
    b = (np.float32(cos) * dy - np.float32(sin) * dx) / np.float32(radii[1])
    return np.asarray(np.sqrt(np.maximum(0, 1 - a * a - b * b)), np.float32)


def path(knots: tuple[tuple[float, ...], ...], count: int = 60) -> Doubles:
    """(count, 3) smooth path through points (x, y) or (x, y, z)."""
    points = np.array([(*knot, 0.0)[:3] for knot in knots])
    places = np.linspace(0, 1, len(points))
    at = np.linspace(0, 1, count)
    return np.stack(
        [
            curve(at, tuple(zip(places, points[:, axis], strict=True))).astype(np.float64)
            for axis in range(3)
        ],
        axis=1,
    )


# ------------------------------------------------------------------------ projected tubes
# Projection of tubes (ribs, vessels, strokes): their mass is laid down on the pixels it shadows.
#
# Mass is kept: what a pixel receives is the mean path length over its area, at every resolution,
# and a rib that runs along the beam at the chest wall grows dense by itself.

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
        tangents = np.gradient(tube.points, axis=0)
        x, y, dx, dy = (
            np.interp(at, along, values[:, axis])
            for values in (tube.points, tangents)
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
