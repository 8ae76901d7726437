"""One fictional patient in centimetres: body, materials, marker."""

from dataclasses import dataclass

import numpy as np

from engine.phantoms.drawing import Grid, Shadow, Tube
from engine.types import Doubles, Floats

# ---------------------------------------------------------------------- fictional patient
# One fictional patient: sizes and positions, drawn once per seed, in centimetres.


@dataclass(frozen=True, slots=True)
class Patient:
    """How this patient differs from the standard one, and how the film was taken.

    Attributes:
        size: Scale of everything.
        turn: Tilt on the film in degrees.
        shift: Off-centre by (x, y) cm.
        breadth: Scale of the chest across.
        breath: Depth of inspiration: cm by which the diaphragm stands lower.
        heart: Scale of the heart.
        knob: Scale of the aortic arch.
        girth: Thickness of the body in cm.
        ribs: First rib's height and the distance between ribs, in cm.
        slant: Drop of a rib from back to front, in cm.
        arms: Height of the shoulders in cm (negative is up).
        bubble: Centre and radii of the gas in the stomach.
        exposure: Photons, relative to the usual dose.
        contrast: Slope of the display curve.
        age: Years.
        female: Draws breast shadows.
    """

    size: float
    turn: float
    shift: tuple[float, float]
    breadth: float
    breath: float
    heart: float
    knob: float
    girth: float
    ribs: tuple[float, float]
    slant: float
    arms: float
    bubble: tuple[float, float, float, float]
    exposure: float
    contrast: float
    age: int
    female: bool

    def to_patient(self, grid: Grid) -> tuple[Floats, Floats]:
        """(R, C) patient coordinates x, y in cm of every pixel."""
        cos, sin = np.cos(np.radians(self.turn)), np.sin(np.radians(self.turn))
        x = ((grid.x - self.shift[0]) / self.size)[None, :]
        y = ((grid.y - self.shift[1]) / self.size)[:, None]
        return (cos * x + sin * y).astype(np.float32), (cos * y - sin * x).astype(np.float32)

    def to_film(self, points: Doubles) -> Doubles:
        """(n, 3) points of the patient as they lie over the film, in cm."""
        cos, sin = np.cos(np.radians(self.turn)), np.sin(np.radians(self.turn))
        x, y, z = points.T
        return self.size * np.stack(
            [
                cos * x - sin * y + self.shift[0] / self.size,
                sin * x + cos * y + self.shift[1] / self.size,
                z,
            ],
            axis=1,
        )


def draw_patient(rng: np.random.Generator) -> Patient:
    """A patient by chance; every number stays within what a chest film shows."""
    female = bool(rng.random() < 0.5)
    return Patient(
        size=float(np.clip(rng.normal(0.985 if female else 1.02, 0.03), 0.92, 1.08)),
        turn=float(np.clip(rng.normal(0, 1.3), -3.5, 3.5)),
        shift=(float(rng.normal(0, 0.4)), float(rng.normal(0.1, 0.5))),
        breadth=float(np.clip(rng.normal(1, 0.035), 0.92, 1.07)),
        breath=float(np.clip(rng.normal(0, 0.7), -1.6, 1.4)),
        heart=float(np.clip(rng.normal(1, 0.06), 0.88, 1.16)),
        knob=float(np.clip(rng.normal(1, 0.12), 0.75, 1.3)),
        girth=float(np.clip(rng.normal(20.5, 1.6), 17, 25)),
        ribs=(float(rng.normal(-14.6, 0.25)), float(np.clip(rng.normal(2.42, 0.07), 2.25, 2.6))),
        slant=float(np.clip(rng.normal(8.6, 0.7), 7, 10.2)),
        arms=float(rng.normal(0, 0.7)),
        bubble=(
            float(rng.normal(7.2, 0.7)),
            float(rng.normal(12.6, 0.5)),
            float(rng.uniform(2.0, 3.4)),
            float(rng.uniform(0.8, 1.3)),
        ),
        exposure=float(np.exp(rng.normal(0, 0.25))),
        contrast=float(np.clip(rng.normal(1, 0.07), 0.85, 1.15)),
        age=int(rng.integers(22, 84)),
        female=female,
    )


# --------------------------------------------------------------- attenuation of materials
# What stops X-rays: linear attenuation coefficients at one energy, and Beer–Lambert.
#
# Mass attenuation coefficients μ/ρ at 60 keV (cm²/g) and densities ρ (g/cm³) from J. H. Hubbell
# and S. M. Seltzer, NIST Standard Reference Database 126, tables 2 and 4 (materials of ICRU
# Report 44):
#
#     tissue           μ/ρ      ρ        μ (1/cm)
#     soft tissue      0.2048   1.06     0.217
#     bone, cortical   0.3148   1.92     0.604
#     lung, inflated   0.2053   0.26     0.053   (density: ICRP Publication 89)
#     air, dry         0.1875   0.0012   0.0002
#
# One energy stands for the whole spectrum of a chest film: there is no beam hardening here.

SOFT = 0.2048 * 1.06
BONE = 0.3148 * 1.92
LUNG = 0.2053 * 0.26
AIR = 0.1875 * 0.001205
LEAD = 5.0  # line integral of a side marker; more could not be told from it on the film


def transmission(line_integral: Floats) -> Floats:
    """Share of photons that pass: exp(−Σ μ·t) of line integrals Σ μ·t (Beer–Lambert law)."""
    return np.exp(-line_integral).astype(np.float32)


# ---------------------------------------------------------------------------- lead marker
# The lead letter that says which side is which: an L on the patient's left.

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
