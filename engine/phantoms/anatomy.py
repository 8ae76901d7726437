"""Soft anatomy of a frontal chest film: how many centimetres of what each ray passes.

All positions are in the standard patient's centimetres: x to the patient's left, y to the feet,
the carina near (0, −6). Curves were drawn by hand after the proportions of ordinary PA films.
"""

from dataclasses import dataclass

import numpy as np

from engine.phantoms.patient import Patient
from engine.phantoms.shapes import blob, chord, curve, step
from engine.types import Floats

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
