"""The detector: pixel centres in centimetres, and smooth random fields that know no pixels.

Anatomy is a function of centimetres, so that one seed is one patient at every resolution.
x runs to the right of the film (the patient's left), y runs down (to the feet).
"""

from dataclasses import dataclass

import numpy as np

from engine.types import Doubles, Floats

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
