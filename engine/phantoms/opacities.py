"""Several opacities in one film, each of a size and a contrast that are known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.phantoms.anatomy import Opacity, extent, filled_by, lung_path
from engine.phantoms.drawing import Grid, clouds, step
from engine.phantoms.patient import LUNG, SOFT, Patient
from engine.types import Doubles, Floats

SIZES_MM = (4.0, 60.0)  # diameters at the detector, drawn evenly in their logarithm
DEPTHS_CM = (2.5, 6.0)  # of lung that tissue takes the place of, in the middle
_TRIES = 400
_APART = 1.7  # centres lie so many times the two radii apart, so that no two boxes meet
_LUNG_CM = (5.0, 7.0)  # depth of lung that the smallest, and the largest, needs at its centre
_FRAYED_CM = 2.4  # an opacity as large as this frays like that of a single finding
_NEAR = 2.1  # radii behind which nothing is left of it


@dataclass(frozen=True, slots=True)
class KnownOpacity:
    """One of several opacities of a film.

    Attributes:
        rows, columns: Stored rows and columns [first, last), as of a single one.
        size_mm: Diameter of the circle of the same area as its ellipse, at the detector.
        contrast: What it adds to the line integral Σ μ·t in its middle; 0.16 is 1 cm of tissue in
            place of lung.
    """

    rows: tuple[int, int]
    columns: tuple[int, int]
    size_mm: float
    contrast: float

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in stored pixels."""
        return self.columns[0], self.rows[0], self.columns[1], self.rows[1]


def lay_opacities(
    patient: Patient,
    count: int,
    rng: np.random.Generator,
    grid: Grid,
    *,
    x: Floats,
    y: Floats,
    lung: Floats,
) -> tuple[Floats, tuple[KnownOpacity, ...], NDArray[np.bool_]]:
    """What several opacities add to the line integrals (R, C), where each lies, and all (R, C).

    Fewer than `count` where the lungs have no room for more, and where one is too small to be
    seen at this resolution.

    Args:
        patient: In whose lungs.
        count: How many.
        rng: Of their sizes, places and margins.
        grid: Of the film.
        x: (R, C) the patient's coordinates of every pixel in cm.
        y: The same downwards.
        lung: (R, C) path length in the lungs in cm.
    """
    margin = clouds(rng, grid, largest_cm=_FRAYED_CM, octaves=4, fall=0.62)
    patchy = np.clip(1 + 0.16 * clouds(rng, grid, largest_cm=1.1, octaves=4, fall=0.7), 0.4, 1.6)
    unit = np.float32((SOFT - LUNG) * patient.size)
    total, known = np.zeros_like(lung), []
    mask = np.zeros(lung.shape, bool)
    for opacity in _places(patient, count, rng):
        filled = np.minimum(_filled(opacity, margin, x=x, y=y) * patchy, 0.8 * lung)
        excess = np.asarray(unit * filled, np.float32)
        if not (peak := float(excess.max())) > 0:
            continue
        rows, columns = extent(excess)
        size = 20 * float(np.sqrt(opacity.radii[0] * opacity.radii[1])) * patient.size
        known.append(KnownOpacity(rows, columns, size, peak))
        total += excess
        mask |= filled_by(excess)
    return total, tuple(known), mask


def _filled(opacity: Opacity, margin: Floats, *, x: Floats, y: Floats) -> Floats:
    """(R, C) cm of lung that one takes, its margin frayed the less the smaller it is."""
    cos, sin = np.cos(np.radians(opacity.turn)), np.sin(np.radians(opacity.turn))
    dx, dy = x - opacity.centre[0], y - opacity.centre[1]
    along = (cos * dx + sin * dy) / opacity.radii[0]
    across = (cos * dy - sin * dx) / opacity.radii[1]
    distance = np.sqrt(along * along + across * across)
    frayed = 1 - distance + 0.2 * min(1.0, max(opacity.radii) / _FRAYED_CM) * margin
    near = step((_NEAR - distance).astype(np.float32), 0.5)
    return np.asarray(opacity.depth * step(frayed.astype(np.float32), 1.5) * near, np.float32)


def _places(patient: Patient, count: int, rng: np.random.Generator) -> list[Opacity]:
    """Opacities whose boxes do not meet, each where the lung is deep enough."""
    found: list[Opacity] = []
    sizes: list[float] = []
    for _ in range(count):
        radius = 0.05 * float(np.exp(rng.uniform(*np.log(SIZES_MM)))) / patient.size
        share = np.log(radius * 20 / SIZES_MM[0]) / np.log(SIZES_MM[1] / SIZES_MM[0])
        squash, turn = rng.uniform(0.8, 1.25), float(rng.uniform(-60, 60))
        depth = float(rng.uniform(*DEPTHS_CM))
        needed = float(np.interp(share, (0, 1), _LUNG_CM))
        centre = _free(patient, rng, found, radius * 1.25, sizes=sizes, lung=needed)
        if centre is None:
            continue
        radii = (float(radius * squash), float(radius / squash))
        found.append(Opacity(centre, radii, turn, depth))
        sizes.append(radius * 1.25)
    return found


def _free(
    patient: Patient,
    rng: np.random.Generator,
    others: list[Opacity],
    radius: float,
    *,
    sizes: list[float],
    lung: float,
) -> tuple[float, float] | None:
    """A centre in the lungs that keeps its distance from the others; None if none is found."""
    for _ in range(_TRIES):
        x, y = float(rng.choice([-1, 1]) * rng.uniform(2.5, 12.5)), float(rng.uniform(-13, 10))
        apart: Doubles = np.array([np.hypot(x - o.centre[0], y - o.centre[1]) for o in others])
        if (apart < _APART * (np.array(sizes) + radius)).any():
            continue
        if (
            lung_path(patient, np.full((1, 1), x, np.float32), np.full((1, 1), y, np.float32))
            > lung
        ):
            return x, y
    return None
