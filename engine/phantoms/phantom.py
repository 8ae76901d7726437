"""Patient → film: photons, scatter, noise, and what a detector shows."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.phantoms.anatomy import (
    draw_chest,
    draw_heads,
    draw_opacity,
    draw_skeleton,
    draw_spine,
    draw_vessels,
    extent,
    filled_by,
    opacity_path,
)
from engine.phantoms.drawing import Grid, clouds, lowpass
from engine.phantoms.opacities import KnownOpacity, lay_opacities
from engine.phantoms.patient import (
    AIR,
    BONE,
    LEAD,
    LUNG,
    SOFT,
    Patient,
    draw_marker,
    draw_patient,
    transmission,
)
from engine.types import Floats

# --------------------------------------------------------------- exposure and development
# From line integrals to stored values: photons, scatter, noise, and what a detector shows.
#
# The chain follows a flat-panel system: Beer–Lambert, scatter behind a grid, detector blur,
# Poisson noise, logarithm, compression of the dynamic range, a sigmoid display curve, 12 bits.

PHOTONS_PER_CM2 = 6.0e6  # unattenuated, at the detector: about 2 µGy behind the chest
SCATTER = 0.42  # scatter to local primary behind a grid, ICRU Report 54 gives 0.3 to 0.8
SCATTER_CM = 4.0
BLUR_CM = 0.013
WHITE = 4095


def expose(integral: Floats, rng: np.random.Generator, grid: Grid, exposure: float) -> Floats:
    """(R, C) detected photons relative to the unattenuated beam, with quantum noise."""
    primary = transmission(integral)
    scattered = SCATTER * lowpass(np.minimum(primary, np.float32(0.25)), grid, SCATTER_CM)
    signal = _detector_blur(primary + scattered, grid)
    photons = np.float64(PHOTONS_PER_CM2 * exposure * grid.pitch**2)
    counted = rng.poisson(signal * photons)
    return (np.maximum(counted, 1) / photons).astype(np.float32)


def _detector_blur(values: Floats, grid: Grid) -> Floats:
    """Blur by the detector's spread; nothing where pixels are much larger than it."""
    side = np.float32(
        np.exp(-0.5 * (grid.pitch / max(BLUR_CM, 0.45 * min(grid.pitch, 0.04))) ** 2)
    )
    total = 1 + 2 * side
    padded = np.pad(values, 1, mode="edge")
    down = (padded[1:-1] + side * (padded[:-2] + padded[2:])) / total
    return np.asarray((down[:, 1:-1] + side * (down[:, :-2] + down[:, 2:])) / total, np.float32)


def develop(detected: Floats, grid: Grid, contrast: float) -> NDArray[np.uint16]:
    """(R, C) stored values of 12 bits, bright where much was absorbed."""
    density = -np.log(detected)
    evened = density - np.float32(0.54) * (lowpass(density, grid, 2.6) - np.float32(2.4))
    evened += np.float32(0.5) * (evened - lowpass(evened, grid, 0.35))
    body = evened[density > 1.0]
    middle, spread = np.percentile(body, 42), np.percentile(body, 93) - np.percentile(body, 8)
    scaled = (evened - middle) * np.float32(2.9 * contrast / spread)
    shown = 1 / (1 + np.exp(-scaled))
    low = 1 / (1 + np.exp(np.float32(3.3)))
    levels = np.rint((shown - low) / (0.985 - low) * WHITE)
    return np.asarray(np.clip(levels, 0, WHITE), np.uint16)


# ------------------------------------------------------------------ from a seed to a film
# The whole drawing: a seed becomes a patient, a patient a film with its truth.


@dataclass(frozen=True, slots=True)
class PhantomSpec:
    """What to draw. One seed is one patient, at every resolution, with and without opacity.

    Attributes:
        rows, columns: Stored size; the longer side shows 41 cm.
        strength: Scales the depth of the opacity; 1 gives 3 to 6.5 cm of filled lung.
        several: How many opacities of known size and contrast, beside that one; see
            `engine.phantoms.KnownOpacity`.
    """

    seed: int
    rows: int = 1024
    columns: int = 1024
    opacity: bool = False
    strength: float = 1.0
    several: int = field(default=0, repr=False)  # UIDs of films without follow from the others

    @property
    def name(self) -> str:
        """Another text for every other film, and the same one in every version."""
        return f"{self}, several={self.several}" if self.several else str(self)


@dataclass(frozen=True, slots=True, eq=False)
class Phantom:
    """A drawn film and what is true of it.

    Attributes:
        values: (R, C) stored values, 12 bits, bright = radio-opaque.
        opacity_rows, opacity_columns: Stored rows and columns [first, last) of the opacity, or
            None: where its excess exceeds a quarter of its peak (`engine.phantoms.SHARE`).
        known: The opacities of `PhantomSpec.several`, as many as there was room for.
        mask: (R, C) where opacities lie, each as its rows and columns are; None without any.
    """

    values: NDArray[np.uint16]
    opacity_rows: tuple[int, int] | None
    opacity_columns: tuple[int, int] | None
    spec: PhantomSpec
    patient: Patient
    known: tuple[KnownOpacity, ...] = ()
    mask: NDArray[np.bool_] | None = None


def draw_phantom(spec: PhantomSpec) -> Phantom:
    """Draw a film; the same spec gives the same film on one machine."""
    if min(spec.rows, spec.columns) < 16:
        raise ValueError("A phantom has at least 16 rows and 16 columns.")
    source = np.random.default_rng(spec.seed)
    body, texture, blob, quanta = source.spawn(4)
    patient = draw_patient(body)
    grid = Grid(spec.rows, spec.columns)
    x, y = patient.to_patient(grid)
    integral, lung = line_integrals(patient, body, texture, grid=grid, x=x, y=y)
    rows = columns = mask = None
    if spec.opacity:
        opacity = draw_opacity(patient, blob, spec.strength)
        filled = opacity_path(opacity, blob, grid, x=x, y=y, lung=lung)
        excess = np.float32((SOFT - LUNG) * patient.size) * filled
        integral += excess
        rows, columns = extent(excess)
        mask = filled_by(excess)
    known: tuple[KnownOpacity, ...] = ()
    if spec.several:
        rng = source.spawn(1)[0]
        excess, known, laid = lay_opacities(patient, spec.several, rng, grid, x=x, y=y, lung=lung)
        integral += excess
        mask = laid if mask is None else mask | laid
    integral += np.float32(LEAD) * draw_marker(texture, grid)
    detected = expose(integral, quanta, grid, patient.exposure)
    values = develop(detected, grid, patient.contrast)
    return Phantom(values, rows, columns, spec, patient, known, mask)


def line_integrals(
    patient: Patient,
    body: np.random.Generator,
    texture: np.random.Generator,
    *,
    grid: Grid,
    x: Floats,
    y: Floats,
) -> tuple[Floats, Floats]:
    """(R, C) line integrals Σ μ·t of the healthy patient, and the lung's path length in cm."""
    chest = draw_chest(patient, x, y)
    bone = draw_skeleton(patient, body, grid) / np.float32(patient.size)
    bone += draw_spine(patient, x, y) + draw_heads(patient, x, y)
    blood = draw_vessels(patient, texture, grid) / np.float32(patient.size)
    grain = clouds(texture, grid, largest_cm=1.6, octaves=5, fall=0.75)
    blood = np.minimum(blood, 0.7 * chest.lung) + np.maximum(chest.lung, 0) * 0.012 * grain
    tissue = 1 + 0.012 * clouds(texture, grid, largest_cm=5, octaves=4)
    bone = np.minimum(bone, 0.9 * chest.body)
    gas = np.minimum(chest.gas, 0.9 * (chest.body - chest.lung))
    integral = SOFT * (chest.body * tissue - chest.lung - gas) + LUNG * chest.lung + AIR * gas
    integral += (SOFT - LUNG) * blood + (BONE - SOFT) * bone
    return np.asarray(integral * patient.size, np.float32), chest.lung
