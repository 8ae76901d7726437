"""The chest that rays pass: soft tissue, skeleton, vessels, opacities."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.phantoms.drawing import Grid, Shadow, Tube, blob, chord, clouds, curve, path, step
from engine.phantoms.patient import Patient
from engine.types import Doubles, Floats

# ---------------------------------------------------------------------------- soft tissue
# Soft anatomy of a frontal chest film: how many centimetres of what each ray passes.
#
# All positions are in the standard patient's centimetres: x to the patient's left, y to the feet,
# the carina near (0, −6). Curves were drawn by hand after the proportions of ordinary PA films.

APEX = -14.9
_BODY = (
    (-24, 5.6), (-19.4, 5.9), (-17.9, 7.2), (-16.6, 10.6), (-15.2, 16.0), (-13.2, 21.5),
    (-10.0, 22.5), (-7.4, 20.2), (-5.6, 18.3), (-2, 17.2), (4, 16.7), (12, 16.4), (24, 16.8),
)  # fmt: skip
_THICKNESS = ((-24, 0.58), (-18, 0.6), (-14, 0.72), (-8, 0.92), (0, 1), (24, 1.02))
_CHEST = (
    (-17, 7.0), (-15, 8.2), (-13, 9.8), (-11, 11.0), (-8, 12.2), (-4, 13.2), (1, 13.9),
    (6, 14.2), (10, 14.1), (16, 13.7),
)  # fmt: skip
_RIGHT_EDGE = (
    (-17, 3.0), (-12, 2.7), (-8, 2.6), (-4.5, 2.9), (-2, 3.1), (0.5, 3.6), (3.5, 4.5),
    (6.2, 4.6), (8.5, 3.9), (11, 3.2), (14, 3.0),
)  # fmt: skip
_LEFT_EDGE = (
    (-17, 3.0), (-12, 2.6), (-9.6, 2.7), (-8.3, 3.4), (-7.0, 3.75), (-5.6, 3.3), (-4.4, 2.95),
    (-2.6, 3.8), (-0.6, 4.7), (2, 6.5), (5, 8.2), (7.5, 8.9), (9, 8.8), (10.5, 8.0), (13, 5),
)  # fmt: skip
_DEPTH = ((-17, 7.5), (-9, 8.5), (-5, 9), (-1, 10), (3, 11), (9, 11), (14, 10))


@dataclass(frozen=True, slots=True, eq=False)
class Chest:
    """Path lengths in cm, (R, C) each: the body without gas, and the lungs within it."""

    body: Floats
    lung: Floats
    gas: Floats


def draw_chest(patient: Patient, x: Floats, y: Floats) -> Chest:
    """Path lengths of the soft parts at patient coordinates in cm."""
    body = body_path(patient, x, y)
    lung = np.minimum(lung_path(patient, x, y), 0.85 * body)
    return Chest(body, lung, _airway(x, y) + _stomach(patient, x, y))


def body_path(patient: Patient, x: Floats, y: Floats) -> Floats:
    """Body from back to front, shoulders and neck included, arms cut off by the film."""
    lift = np.float32(patient.arms) * step(-6 - y, 8)
    half = curve(y - lift, _BODY)
    depth = patient.girth * curve(y, _THICKNESS)
    ratio = np.minimum(np.abs(x) / (half * np.float32(patient.breadth)), 1)
    torso = depth * np.power(1 - ratio**2.6, 0.55, dtype=np.float32)
    if patient.female:
        torso += _breasts(x, y)
    return np.asarray(torso, np.float32)


def _breasts(x: Floats, y: Floats) -> Floats:
    both = np.zeros_like(x)
    for side in (-1, 1):
        disc = blob(x, y, centre=(side * 8.2, 5.4), radii=(6.0, 6.6), turn=side * 12)
        both += 2.4 * disc * step(y - 3.2, 9)
    return both


def lung_path(patient: Patient, x: Floats, y: Floats) -> Floats:
    """Both lungs along the ray: the chest cavity less mediastinum, heart and diaphragm."""
    chest = curve(y, _CHEST) * np.float32(patient.breadth)
    flank = np.asarray(np.abs(x) + 0.15 * (x > 0), np.float32)
    cavity = 0.86 * patient.girth * chord(np.maximum(0, flank - 3), np.maximum(chest - 3, 0.3))
    cavity *= _beside_spine(x, y)
    cavity *= np.sqrt(step(y - _apex(x), 2.4)) * (0.55 + 0.45 * step(y + 9, 9))
    lung = np.maximum(0, cavity - _mediastinum(patient, x, y))
    above = diaphragm(patient, x) - y
    sulcus = (
        0.17 * step(above + 2.2, 5.2) * step(np.float32(11.5) - flank, 6)
    )  # lung behind the dome
    return np.asarray(lung * np.maximum(_dome_edge(above), sulcus), np.float32)


def _beside_spine(x: Floats, y: Floats) -> Floats:
    """Share of the cavity that is lung near the midline: little above, some behind the heart."""
    near = np.float32(0.1) + np.float32(0.68) * step(y - 0.5, 10) * step(8.2 - y, 4)
    return near + (1 - near) * step(np.abs(x) - 2.3 + 0.5 * step(y + 6, 8), 2.6)


def _apex(x: Floats) -> Floats:
    side = np.abs(x) - np.float32(5.8)
    return (APEX + 0.22 * side * side).astype(np.float32)


def diaphragm(patient: Patient, x: Floats) -> Floats:
    """Height y of the domes in cm; the right one stands higher."""
    left = step(x, 3)
    top = 8.1 + 1.3 * left + np.float32(patient.breath)
    lateral = np.abs(x) - (6.0 + 0.6 * left)
    fall = np.where(lateral > 0, 0.052 * np.abs(lateral) ** 2.2, 0.05 * lateral**2)
    return np.asarray(top + fall, np.float32)


def _dome_edge(above: Floats) -> Floats:
    """Share of the lung's depth over the dome: nothing below it, all of it 5 cm above."""
    rounded = np.sqrt(np.clip(above / np.float32(5.5), 0, 1))
    edge = step(above - np.float32(0.12), 0.3)
    return np.asarray(0.62 * rounded + 0.38 * edge, np.float32)


def _mediastinum(patient: Patient, x: Floats, y: Floats) -> Floats:
    """Heart and great vessels; round bodies, so their borders are crisp and their middle dense."""
    size = np.float32(patient.heart)
    lower = 1 + (size - 1) * step(y + 1, 4)
    knob = 1 + (np.float32(patient.knob) - 1) * step(2.5 - np.abs(y + 6.9), 1.5)
    drop = np.float32(0.55 * patient.breath) * step(y - 1, 8)
    right = -curve(y - drop, _RIGHT_EDGE) * lower
    left = curve(y - drop, _LEFT_EDGE) * lower * knob
    middle, half = (left + right) / 2, (left - right) / 2
    heart = curve(y, _DEPTH) * lower * chord(x - middle, half)
    right_hilum = 3.4 * blob(x, y, centre=(-3.9, -1.0), radii=(1.1, 2.9), turn=12)
    left_hilum = 3.2 * blob(x, y, centre=(4.3, -2.4), radii=(1.3, 2.0), turn=-20)
    return np.asarray(heart + np.maximum(right_hilum, left_hilum) ** 2 / 3, np.float32)


def _airway(x: Floats, y: Floats) -> Floats:
    """Trachea and main bronchi: air within the mediastinum."""
    middle = 0.25 * step(y + 10, 8)
    trachea = 2.1 * chord(x - middle, 0.85) * step(-5.6 - y, 1.2) * step(y + 21, 3)
    right = 1.2 * chord(x + 0.1 + 0.62 * (y + 6.0), 0.72) * step(1.9 - np.abs(y + 4.4), 1)
    left = 1.1 * chord(y + 5.6 - 0.55 * (x - 0.2), 0.62) * step(1.9 - np.abs(x - 2.0), 1)
    return np.asarray(np.maximum(trachea, np.maximum(right, left)), np.float32)


def _stomach(patient: Patient, x: Floats, y: Floats) -> Floats:
    across, down, wide, high = patient.bubble
    down = down + patient.breath
    gas = blob(x, y, centre=(across, down), radii=(wide, high), turn=14)
    under = y - diaphragm(patient, x)
    fold = blob(x, y, centre=(across + 3.2, down + 2.6), radii=(1.5, 1.0), turn=30)
    return np.asarray((4.5 * gas * gas + 0.8 * fold * fold) * step(under - 1.0, 0.7), np.float32)


# -------------------------------------------------------------------------------- skeleton
# The bony chest: what each ray passes of compact bone, in centimetres.
#
# Long bones are hollow tubes with a compact shell; their spongy core counts with the share of
# compact bone in it. Vertebrae are drawn as fields, because they are blocks.

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


# --------------------------------------------------------------------------------- vessels
# Vessels of the lung: trees from both hila that fork, thin out and end at the pleura.
#
# Radii follow Murray's law: the cubes of both branches sum to the cube of the stem (C. D. Murray,
# PNAS 12, 1926).

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


# ------------------------------------------------------------------------------ opacities
# An opacity like a consolidation: tissue in place of air, with fuzzy, irregular margins.

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


def filled_by(excess: Floats) -> NDArray[np.bool_]:
    """(R, C) where an excess is more than SHARE of its peak: what counts as the opacity."""
    return np.asarray(excess > SHARE * excess.max())


def extent(excess: Floats) -> tuple[tuple[int, int], tuple[int, int]]:
    """Rows [first, last) and columns [first, last) with more than SHARE of the peak excess."""
    inside = filled_by(excess)
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    return (int(rows[0]), int(rows[-1]) + 1), (int(columns[0]), int(columns[-1]) + 1)
