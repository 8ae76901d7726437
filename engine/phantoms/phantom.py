"""The whole drawing: a seed becomes a patient, a patient a film with its truth."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.phantoms.anatomy import draw_chest
from engine.phantoms.film import develop, expose
from engine.phantoms.grid import Grid, clouds
from engine.phantoms.marker import draw_marker
from engine.phantoms.materials import AIR, BONE, LEAD, LUNG, SOFT
from engine.phantoms.opacity import draw_opacity, extent, opacity_path
from engine.phantoms.patient import Patient, draw_patient
from engine.phantoms.skeleton import draw_heads, draw_skeleton, draw_spine
from engine.phantoms.vessels import draw_vessels
from engine.types import Floats


@dataclass(frozen=True, slots=True)
class PhantomSpec:
    """What to draw. One seed is one patient, at every resolution, with and without opacity.

    Attributes:
        rows, columns: Stored size; the longer side shows 41 cm.
        strength: Scales the depth of the opacity; 1 gives 3 to 6.5 cm of filled lung.
    """

    seed: int
    rows: int = 1024
    columns: int = 1024
    opacity: bool = False
    strength: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Phantom:
    """A drawn film and what is true of it.

    Attributes:
        values: (R, C) stored values, 12 bits, bright = radio-opaque.
        opacity_rows, opacity_columns: Stored rows and columns [first, last) of the opacity, or
            None: where its excess exceeds a quarter of its peak (`opacity.SHARE`).
    """

    values: NDArray[np.uint16]
    opacity_rows: tuple[int, int] | None
    opacity_columns: tuple[int, int] | None
    spec: PhantomSpec
    patient: Patient


def draw_phantom(spec: PhantomSpec) -> Phantom:
    """Draw a film; the same spec gives the same film on one machine."""
    if min(spec.rows, spec.columns) < 16:
        raise ValueError("A phantom has at least 16 rows and 16 columns.")
    body, texture, blob, quanta = np.random.default_rng(spec.seed).spawn(4)
    patient = draw_patient(body)
    grid = Grid(spec.rows, spec.columns)
    x, y = patient.to_patient(grid)
    integral, lung = line_integrals(patient, body, texture, grid=grid, x=x, y=y)
    rows = columns = None
    if spec.opacity:
        opacity = draw_opacity(patient, blob, spec.strength)
        filled = opacity_path(opacity, blob, grid, x=x, y=y, lung=lung)
        excess = np.float32((SOFT - LUNG) * patient.size) * filled
        integral += excess
        rows, columns = extent(excess)
    integral += np.float32(LEAD) * draw_marker(texture, grid)
    detected = expose(integral, quanta, grid, patient.exposure)
    return Phantom(develop(detected, grid, patient.contrast), rows, columns, spec, patient)


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
