"""Spacing and orientation: present only where the file can be trusted."""

import numpy as np

from engine.imaging.aspect import is_plausible
from engine.imaging.values import Fields
from engine.types import Orientation, Spacing, SpacingKind

# PS3.3 10.7.1.3: for projections Pixel Spacing may be calibrated or copied from the detector.
_PROJECTIONS = {"CR", "DX", "MG", "RF", "XA", "IO", "PX", "RG", "DR"}
_SECTIONS = {"CT", "MR", "PT", "NM", "US", "RTDOSE", "OPT"}
_SPACINGS = {
    "PixelSpacing": "Pixel Spacing",
    "ImagerPixelSpacing": "Imager Pixel Spacing",
    "NominalScannedPixelSpacing": "Nominal Scanned Pixel Spacing",
}
_OPPOSITE = {"A": "P", "P": "A", "R": "L", "L": "R", "H": "F", "F": "H"}
_AXES = (("L", "R"), ("P", "A"), ("H", "F"))  # positive and negative x, y, z of the patient
_OBLIQUE = 0.26  # sine of 15 degrees: below it a second letter says more than is true


def read_spacing(layers: list[Fields], top: Fields) -> Spacing | None:
    """Return the distance between pixel centres and what it is true for, or None.

    Args:
        layers: Where Pixel Spacing may stand: functional groups first, then the top level.
        top: The data set itself.
    """
    modality = top.text("Modality").upper()
    measured = next((pair for layer in layers if (pair := _pair(layer, "PixelSpacing"))), None)
    detector = _pair(top, "ImagerPixelSpacing")
    if measured is None:
        return Spacing(*detector, "at detector") if detector else None
    kind = _kind(measured, detector, top=top, modality=modality)
    if kind is None:
        top.note(
            "spacing",
            "Pixel Spacing does not say where it is true, so lengths are given in pixels.",
        )
        return None
    return Spacing(*measured, kind)


def read_aspect(layers: list[Fields], top: Fields) -> float:
    """Return width over height of a pixel as the file says it, with or without usable lengths.

    1 where it says nothing that can be meant.

    Lengths that cannot be trusted as such still have a ratio; Pixel Aspect Ratio is for files
    that have no lengths at all (PS3.3 C.7.6.3.1.7).

    Args:
        layers: Where Pixel Spacing may stand: functional groups first, then the top level.
        top: The data set itself.
    """
    measured = next((pair for layer in layers if (pair := _pair(layer, "PixelSpacing"))), None)
    lengths = (
        measured or _pair(top, "ImagerPixelSpacing") or _pair(top, "NominalScannedPixelSpacing")
    )
    stated = _ratio(top)
    if lengths is None:
        return 1.0 if stated is None else stated
    aspect = lengths[1] / lengths[0]
    if stated is not None and not np.isclose(stated, aspect, rtol=0.02):
        top.note("pixel-aspect", "Pixel Aspect Ratio contradicts the spacing, which was used.")
    return aspect


def _ratio(top: Fields) -> float | None:
    """Pixel Aspect Ratio, vertical to horizontal size, as width over height."""
    if top.raw("PixelAspectRatio") is None:
        return None
    parts = top.numbers("PixelAspectRatio")
    if len(parts) != 2 or min(parts) <= 0 or not is_plausible(parts[1] / parts[0]):
        top.note("pixel-aspect", "Pixel Aspect Ratio is not two sizes and was ignored.")
        return None
    return parts[1] / parts[0]


def _kind(
    measured: tuple[float, float],
    detector: tuple[float, float] | None,
    *,
    top: Fields,
    modality: str,
) -> SpacingKind | None:
    if top.text("PixelSpacingCalibrationType"):
        return "calibrated"
    if detector is not None:
        same = np.allclose(measured, detector, rtol=1e-4)
        return "at detector" if same else "calibrated"
    if modality in _PROJECTIONS:
        return "at detector"
    sectional = modality in _SECTIONS or top.raw("ImageOrientationPatient") is not None
    return "in patient" if sectional else None


def _pair(fields: Fields, keyword: str) -> tuple[float, float] | None:
    if fields.raw(keyword) is None:
        return None
    numbers = fields.numbers(keyword)
    if len(numbers) != 2 or not all(1e-5 < number < 1e4 for number in numbers):
        fields.note(
            "spacing",
            "{spacings} is not two lengths in millimetres and was ignored.",
            spacings=_SPACINGS[keyword],
        )
        return None
    return numbers[0], numbers[1]


def read_orientation(
    layers: list[Fields], top: Fields, letters: list[Fields] | None = None
) -> Orientation | None:
    """Return the letters at the four edges (PS3.3 C.7.6.1.1.1, C.7.6.2.1.1), or None.

    Args:
        layers: Where Image Orientation (Patient) may stand: functional groups first.
        top: The data set itself.
        letters: The same for Patient Orientation (PS3.3 C.7.6.16.2.15); the top without.
    """
    if top.text("AnatomicalOrientationType").upper() == "QUADRUPED":
        top.note(
            "orientation",
            "The patient is a quadruped, so no orientation letters are shown.",
        )
        return None
    for layer in layers:
        if layer.raw("ImageOrientationPatient") is not None:
            return _from_cosines(layer)
    for layer in letters or [top]:
        if layer.raw("PatientOrientation") is not None:
            return _from_letters(layer)
    return None


def _from_cosines(fields: Fields) -> Orientation | None:
    cosines = np.array(fields.numbers("ImageOrientationPatient"))
    if cosines.shape != (6,) or not _orthonormal(cosines[:3], cosines[3:]):
        fields.note(
            "orientation",
            "Image Orientation (Patient) is not two directions and was ignored.",
        )
        return None
    return _from_edges(_letters(cosines[:3]), _letters(cosines[3:]))


def _orthonormal(row: np.ndarray, column: np.ndarray) -> bool:
    lengths = np.array([row @ row, column @ column])
    return bool(np.allclose(lengths, 1, atol=0.01) and abs(row @ column) < 0.01)


def _letters(direction: np.ndarray) -> str:
    order = np.argsort(-np.abs(direction), kind="stable")
    near = [axis for axis in order if abs(direction[axis]) > _OBLIQUE]
    return "".join(_AXES[axis][0 if direction[axis] > 0 else 1] for axis in near)


def _from_letters(fields: Fields) -> Orientation | None:
    value = fields.raw("PatientOrientation")
    if value is None or len(value) == 0:
        return None
    parts = [str(part).strip().upper() for part in value] if not isinstance(value, str) else []
    if len(parts) == 2 and all(_is_direction(part) for part in parts):
        row, column = parts
        if not _axes(row[0]) & _axes(column[0]):
            return _from_edges(row, column)
    if any(parts) or isinstance(value, str):
        fields.note("orientation", "Patient Orientation is not two directions and was ignored.")
    return None


def _is_direction(letters: str) -> bool:
    known = bool(letters) and len(letters) <= 3 and all(c in _OPPOSITE for c in letters)
    return known and len(_axes(letters)) == len(letters)


def _axes(letters: str) -> set[frozenset[str]]:
    return {frozenset({letter, _OPPOSITE[letter]}) for letter in letters}


def _from_edges(right: str, bottom: str) -> Orientation:
    left = "".join(_OPPOSITE[letter] for letter in right)
    top = "".join(_OPPOSITE[letter] for letter in bottom)
    return Orientation(left=left, right=right, top=top, bottom=bottom)
