"""Curves, edges and round bodies: what anatomy is drawn with."""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from engine.types import Doubles, Floats

Knots = tuple[tuple[float, float], ...]


def curve(at: ArrayLike, knots: Knots) -> Floats:
    """Smooth curve through knots (place, value): Catmull–Rom, constant beyond the ends."""
    fine, table = _table(knots)
    return np.asarray(np.interp(np.asarray(at), fine, table), np.float32)


@lru_cache(maxsize=64)
def _table(knots: Knots) -> tuple[Doubles, Doubles]:
    places, values = np.array(knots, np.float64).T
    slopes = np.gradient(values, places)
    fine = np.linspace(places[0], places[-1], 400)
    left = np.clip(np.searchsorted(places, fine, side="right") - 1, 0, len(places) - 2)
    width = places[left + 1] - places[left]
    t = (fine - places[left]) / width
    table = (
        (2 * t**3 - 3 * t**2 + 1) * values[left]
        + (t**3 - 2 * t**2 + t) * width * slopes[left]
        + (3 * t**2 - 2 * t**3) * values[left + 1]
        + (t**3 - t**2) * width * slopes[left + 1]
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
