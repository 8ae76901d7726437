"""Vessels of the lung: trees from both hila that fork, thin out and end at the pleura.

Radii follow Murray's law: the cubes of both branches sum to the cube of the stem
(C. D. Murray, PNAS 12, 1926).
"""

import numpy as np

from engine.phantoms.anatomy import lung_path
from engine.phantoms.grid import Grid
from engine.phantoms.patient import Patient
from engine.phantoms.tubes import Shadow
from engine.types import Doubles, Floats

GENERATIONS = 11
SMALLEST = 0.018  # cm; thinner ones blur into the lung's own density
FLATTEN = 0.55  # straight pieces seen end-on would look like metal clips
_HILA = {-1.0: (-3.3, -1.6), 1.0: (3.5, -2.6)}


def draw_vessels(patient: Patient, rng: np.random.Generator, grid: Grid) -> Floats:
    """(R, C) cm of blood in the lungs."""
    starts, ends, radii = _trees(patient, rng)
    shadow = Shadow(grid)
    sizes = np.round(np.log2(radii / SMALLEST) * 2)
    for size in np.unique(sizes):  # equals together: each size has its own sampling
        part = sizes == size
        shadow.lay_segments(starts[part], ends[part], radii[part])
    return shadow.paths()


def _trees(patient: Patient, rng: np.random.Generator) -> tuple[Doubles, Doubles, Doubles]:
    """All vessels of both lungs over the film: start and end (n, 3), radius (n,), in cm."""
    starts, stops, radii = [], [], []
    for side, hilum in _HILA.items():
        tips, heads, radius = _stems(rng, side, hilum)
        for _ in range(GENERATIONS):
            length = radius * rng.uniform(5.5, 9.5, len(radius)) + 0.35
            ends = tips + heads * length[:, None]
            ends[:, :2] += rng.normal(0, 0.05, (len(ends), 2))
            starts.append(tips)
            stops.append(ends)
            radii.append(radius)
            alive = (_depth(patient, ends) > 0.8) & (radius > SMALLEST)
            tips, heads, radius = _fork(rng, ends[alive], heads[alive], radius[alive])
    return (
        patient.to_film(np.concatenate(starts)),
        patient.to_film(np.concatenate(stops)),
        patient.size * np.concatenate(radii),
    )


def _stems(
    rng: np.random.Generator, side: float, hilum: tuple[float, float]
) -> tuple[Doubles, Doubles, Doubles]:
    """Segmental vessels: start, direction and radius; the lower ones are larger (upright)."""
    angle = np.radians(np.array([-78, -52, -30, -8, 14, 34, 52, 68, 80, -66, 24, 60]))
    angle = angle + rng.normal(0, 0.1, len(angle))
    radius = np.where(angle > 0.3, 0.36, 0.26) * rng.uniform(0.8, 1.2, len(angle))
    heads = np.stack(
        [side * np.cos(angle), np.sin(angle), rng.normal(0, 0.35, len(angle))], axis=1
    )
    heads /= np.linalg.norm(heads, axis=1, keepdims=True)
    tips = np.array([*hilum, 0.0]) + rng.normal(0, [0.35, 1.0, 0.6], (len(angle), 3))
    return tips, heads, radius


def _fork(
    rng: np.random.Generator, tips: Doubles, heads: Doubles, radius: Doubles
) -> tuple[Doubles, Doubles, Doubles]:
    share = rng.uniform(0.3, 0.5, len(radius))[:, None] ** np.array([1.0, 1.0])
    share[:, 1] = 1 - share[:, 0]
    thin = (radius[:, None] * share ** (1 / 3)).ravel()
    spread = 0.85 * (1 - share).ravel() + 0.06  # the thinner branch turns more
    turned = np.repeat(heads, 2, axis=0)
    sideways = rng.normal(0, 1, turned.shape)
    sideways -= (sideways * turned).sum(axis=1, keepdims=True) * turned
    sideways /= np.linalg.norm(sideways, axis=1, keepdims=True)
    sideways[1::2] = -sideways[::2]
    turned = turned + np.tan(spread * 0.8)[:, None] * sideways
    turned[:, 2] *= FLATTEN
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    return np.repeat(tips, 2, axis=0), turned, thin


def _depth(patient: Patient, points: Doubles) -> Floats:
    x, y = points[:, 0].astype(np.float32), points[:, 1].astype(np.float32)
    lung = lung_path(patient, x, y)
    return np.where(np.abs(points[:, 2]) < 0.5 * lung + 1.0, lung, 0)
