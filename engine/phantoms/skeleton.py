"""The bony chest: what each ray passes of compact bone, in centimetres.

Long bones are hollow tubes with a compact shell; their spongy core counts with the share of
compact bone in it. Vertebrae are drawn as fields, because they are blocks.
"""

import numpy as np

from engine.phantoms.grid import Grid
from engine.phantoms.patient import Patient
from engine.phantoms.shapes import blob, chord, curve, path, step
from engine.phantoms.tubes import Shadow, Tube
from engine.types import Doubles, Floats

PAIRS = 12
_HALF_WIDTH = (
    (1, 5.5), (2, 8.2), (3, 10.2), (4, 11.6), (5, 12.6), (6, 13.3), (7, 13.8), (8, 14.0),
    (9, 13.9), (10, 13.5), (11, 13.0), (12, 12.0),
)  # fmt: skip


def draw_skeleton(patient: Patient, rng: np.random.Generator, grid: Grid) -> Floats:
    """(R, C) cm of compact bone: ribs, clavicles, scapulae and arms."""
    shadow = Shadow(grid)
    for side in (-1.0, 1.0):
        for number in range(1, PAIRS + 1):
            _lay(shadow, patient, _rib(patient, rng, number, side))
        for tube in (*_clavicle(patient, rng, side), *_shoulder(patient, side)):
            _lay(shadow, patient, tube)
    return shadow.paths()


def _lay(shadow: Shadow, patient: Patient, tube: Tube) -> None:
    shadow.lay_tube(
        Tube(
            patient.to_film(tube.points),
            tube.radius * patient.size,
            depth=tube.depth,
            wall=tube.wall,
            fill=tube.fill,
            density=tube.density,
        )
    )


def _rib(patient: Patient, rng: np.random.Generator, number: int, side: float) -> Tube:
    """A rib from its neck at the spine to its cartilage: a slanted, tilted half-ellipse."""
    first, spacing = patient.ribs
    height = first + spacing * (number - 1) + rng.normal(0, 0.06)
    half = float(curve(number, _HALF_WIDTH)) * patient.breadth + rng.normal(0, 0.05)
    slant = patient.slant * float(
        curve(number, ((1, 0.74), (3, 0.88), (6, 1.02), (10, 1.12), (12, 1.3)))
    )
    front = np.radians(
        float(
            curve(number, ((1, 118), (2, 132), (4, 143), (7, 138), (10, 112), (11, 76), (12, 50)))
        )
    )
    angle = np.linspace(np.radians(7), front, 90)
    x = half * np.sin(angle) ** 0.92 + 0.4
    y = height + slant * ((1 - np.cos(angle)) / 2) ** 1.12
    y -= 0.55 * np.exp(-(((angle - 0.45) / 0.3) ** 2))  # the back of a rib rises before it falls
    z = -0.62 * half * np.cos(angle)
    share = angle / front
    radius = 0.5 + 0.16 * np.sin(np.pi * np.clip(share, 0, 1)) + 0.06 * share
    radius *= float(curve(number, ((1, 1.15), (2, 0.9), (5, 1.0), (10, 0.95))))
    points = np.stack([side * x, y, z], axis=1)
    density = np.interp(share, [0, 0.55, 0.92, 1], [1.1, 1.0, 0.75, 0.3])
    return Tube(points, radius, depth=0.52, wall=0.125, fill=0.2, density=density)


def _clavicle(patient: Patient, rng: np.random.Generator, side: float) -> tuple[Tube, ...]:
    lift = 0.5 * patient.arms + rng.normal(0, 0.12)
    knots = ((2.3, -11.9), (4.4, -12.7), (7.4, -13.5), (10.6, -14.8), (14.6, -15.5))
    points = path(tuple((side * x, y + lift * (x - 2.3) / 8) for x, y in knots))
    radius = np.interp(
        np.linspace(0, 1, 60), [0, 0.12, 0.5, 0.85, 1], [1.0, 0.68, 0.52, 0.62, 0.8]
    )
    return (Tube(points, _rounded(points, radius), depth=0.9, wall=0.13, fill=0.12),)


def _rounded(points: Doubles, radius: Doubles) -> Doubles:
    """Radii that end in half-spheres."""
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    along = np.concatenate([[0], np.cumsum(steps)])
    to_end = np.minimum(along, along[-1] - along) / radius
    return np.asarray(radius * np.sqrt(1 - np.maximum(0, 1 - to_end) ** 2) + 1e-3)


def _shoulder(patient: Patient, side: float) -> tuple[Tube, ...]:
    """Scapula (borders, spine, thin blade) and the head of the humerus."""
    lift = patient.arms

    def bone(
        *knots: tuple[float, float], radius: tuple[float, ...], wall: float, depth: float = 0.8
    ) -> Tube:
        points = path(tuple((side * x, y + lift) for x, y in knots))
        sizes = np.interp(np.linspace(0, 1, 60), np.linspace(0, 1, len(radius)), radius)
        return Tube(points, _rounded(points, sizes), depth=depth, wall=wall, fill=0.12)

    return (
        bone(
            (16.6, -12.6),
            (15.6, -9.6),
            (14.4, -5.6),
            (13.2, -1.6),
            radius=(0.9, 0.5, 0.42, 0.5),
            wall=0.1,
        ),
        bone(
            (12.2, -14.0),
            (11.9, -9.5),
            (12.3, -4.5),
            (13.2, -1.4),
            radius=(0.25, 0.22, 0.25, 0.4),
            wall=0.06,
        ),
        bone(
            (12.0, -12.2),
            (14.6, -13.5),
            (17.4, -15.4),
            (18.4, -15.0),
            radius=(0.3, 0.6, 0.75, 0.6),
            wall=0.08,
        ),
        bone(
            (14.0, -13.2), (13.8, -8.8), (13.4, -5), radius=(2.2, 1.7, 0.8), wall=0.0, depth=0.02
        ),
        bone(
            (17.6, -13.2),
            (20.0, -8.8),
            (23.0, -2.5),
            radius=(1.75, 1.2, 1.15),
            wall=0.13,
            depth=1.0,
        ),
    )


def draw_spine(patient: Patient, x: Floats, y: Floats) -> Floats:
    """(R, C) cm of compact bone of the spine: bodies, end plates, pedicles, spinous processes."""
    first, spacing = patient.ribs
    number = (y - np.float32(first + 0.4)) / np.float32(spacing)
    number = number + np.float32(0.012) * number * np.float32(0.5)
    phase = number - np.floor(number)
    high = np.minimum(phase, 1 - phase)  # 0 in the disc, 0.5 in the middle of a body
    half = 1.35 + 0.04 * number - 0.16 * step(high - 0.22, 0.3)
    body = step(half - np.abs(x), 0.22) * step(high - 0.085, 0.06)
    plates = np.exp(-(((high - np.float32(0.115)) / np.float32(0.03)) ** 2)) * step(
        half - np.abs(x), 0.2
    )
    sides = np.exp(-(((np.abs(x) - half + 0.09) / np.float32(0.1)) ** 2)) * step(high - 0.1, 0.08)
    bone = (0.62 + 0.02 * number) * body * chord(x, 2.4) + 0.42 * plates + 0.3 * sides
    bone += _arches(x, (phase - np.float32(0.36)) * np.float32(spacing))
    fade = step(y + 22, 3)
    return np.asarray(bone * fade, np.float32)


def draw_heads(patient: Patient, x: Floats, y: Floats) -> Floats:
    """(R, C) cm of compact bone of the heads of both humeri: thin shells round spongy bone."""
    centre = (17.9, -12.6 + patient.arms)
    outer = blob(np.abs(x), y, centre=centre, radii=(2.25, 2.1), turn=30)
    inner = blob(np.abs(x), y, centre=centre, radii=(2.15, 2.0), turn=30)
    return np.asarray(1.5 * outer - 1.3 * inner, np.float32)


def _arches(x: Floats, y: Floats) -> Floats:
    """Pedicles as rings, transverse processes, and the spinous process as a drop."""
    outer = blob(np.abs(x), y, centre=(0.98, 0), radii=(0.3, 0.46))
    inner = blob(np.abs(x), y, centre=(0.98, 0), radii=(0.19, 0.33))
    wings = blob(np.abs(x), y, centre=(1.9, 0.05), radii=(1.1, 0.42), turn=-14)
    spinous = blob(x, y, centre=(0, 0.95), radii=(0.24, 0.7))
    arch = 0.75 * outer - 0.45 * inner
    return np.asarray(arch + 0.28 * wings + 0.75 * spinous, np.float32)
