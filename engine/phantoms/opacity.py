"""An opacity like a consolidation: tissue in place of air, with fuzzy, irregular margins."""

from dataclasses import dataclass

import numpy as np

from engine.phantoms.anatomy import lung_path
from engine.phantoms.grid import Grid, clouds
from engine.phantoms.patient import Patient
from engine.phantoms.shapes import step
from engine.types import Floats

SHARE = 0.25  # rows belong to the opacity where its excess exceeds this share of its peak


@dataclass(frozen=True, slots=True)
class Opacity:
    """Where and how large, in the patient's centimetres.

    Attributes:
        centre, radii: Of the ellipse that its margins fray.
        turn: Of that ellipse, in degrees.
        depth: Centimetres of lung along the ray that it fills at most.
    """

    centre: tuple[float, float]
    radii: tuple[float, float]
    turn: float
    depth: float


def draw_opacity(patient: Patient, rng: np.random.Generator, strength: float) -> Opacity:
    """An opacity somewhere in the lungs, where they are deep enough to hold it."""
    place = (-8.0, 0.0)
    for _ in range(200):
        x, y = rng.choice([-1, 1]) * rng.uniform(4, 12), rng.uniform(-12, 9)
        if lung_path(patient, np.full((1, 1), x, np.float32), np.full((1, 1), y, np.float32)) > 7:
            place = (float(x), float(y))
            break
    radius = rng.uniform(1.5, 3.4)
    squash = rng.uniform(0.75, 1.3)
    return Opacity(
        centre=place,
        radii=(float(radius * squash), float(radius / squash)),
        turn=float(rng.uniform(-60, 60)),
        depth=float(rng.uniform(3.0, 6.5) * strength),
    )


def opacity_path(
    opacity: Opacity, rng: np.random.Generator, grid: Grid, *, x: Floats, y: Floats, lung: Floats
) -> Floats:
    """(R, C) cm of lung that are filled with tissue."""
    cos, sin = np.cos(np.radians(opacity.turn)), np.sin(np.radians(opacity.turn))
    dx, dy = x - opacity.centre[0], y - opacity.centre[1]
    along = (cos * dx + sin * dy) / opacity.radii[0]
    across = (cos * dy - sin * dx) / opacity.radii[1]
    distance = np.sqrt(along * along + across * across)
    frayed = 1 - distance + 0.2 * clouds(rng, grid, largest_cm=2.4, octaves=4, fall=0.62)
    patchy = 1 + 0.16 * clouds(rng, grid, largest_cm=1.1, octaves=4, fall=0.7)
    filled = opacity.depth * step(frayed.astype(np.float32), 1.5) * np.clip(patchy, 0.4, 1.6)
    near = step((2.1 - distance).astype(np.float32), 0.5)
    return np.asarray(np.minimum(filled * near, 0.8 * lung), np.float32)


def extent(excess: Floats) -> tuple[tuple[int, int], tuple[int, int]]:
    """Rows [first, last) and columns [first, last) with more than SHARE of the peak excess."""
    inside = excess > SHARE * excess.max()
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    return (int(rows[0]), int(rows[-1]) + 1), (int(columns[0]), int(columns[-1]) + 1)
