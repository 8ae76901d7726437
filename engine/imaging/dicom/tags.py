"""What a header says of a film: person, geometry, windows."""

from collections.abc import Iterable

import numpy as np

from engine.imaging.codecs import Codestream, Syntax
from engine.imaging.dicom.header import HeaderFields
from engine.imaging.dicom.modality import functional_layers, lut_table
from engine.text import clean, date, person_name
from engine.types import (
    Identity,
    Orientation,
    Point,
    Spacing,
    SpacingKind,
    Uids,
    Voi,
    VoiFunction,
    VoiLut,
    Window,
    is_plausible,
)
from engine.words import Sentence

# ---------------------------------------------------------------- person, technique, time
# Who, what and how: the parts of a DICOM header that are shown, not computed with.

_METHODS = {
    "ISO_10918_1": "JPEG",
    "ISO_14495_1": "JPEG-LS",
    "ISO_15444_1": "JPEG 2000",
    "ISO_15444_15": "HTJ2K",
}


def read_identity(fields: HeaderFields) -> Identity:
    """Return the patient, study and series as plain, cleaned text."""
    return Identity(
        patient_name=person_name(fields.string("PatientName")),
        patient_id=fields.text("PatientID"),
        birth_date=date(fields.raw("PatientBirthDate")),
        sex=fields.text("PatientSex"),
        age=fields.text("PatientAge"),
        study_date=date(fields.raw("StudyDate")),
        study_description=fields.text("StudyDescription"),
        series_description=fields.text("SeriesDescription"),
        body_part=fields.text("BodyPartExamined") or _meaning(fields, "AnatomicRegionSequence"),
        view_position=fields.text("ViewPosition") or _meaning(fields, "ViewCodeSequence"),
        laterality=fields.text("ImageLaterality") or fields.text("Laterality"),
        manufacturer=fields.text("Manufacturer"),
    )


def _meaning(fields: HeaderFields, keyword: str) -> str:
    """Code Meaning of the first item of a sequence of codes, such as "antero-posterior"."""
    items = fields.items(keyword)
    return HeaderFields(items[0], fields.notes).text("CodeMeaning") if items else ""


def read_uids(fields: HeaderFields) -> Uids:
    """Return the unique identifiers of study, series and instance, noting one that is none."""
    uids = Uids(
        study=fields.text("StudyInstanceUID"),
        series=fields.text("SeriesInstanceUID"),
        instance=fields.text("SOPInstanceUID"),
        sop_class=fields.text("SOPClassUID"),
        reference=fields.text("FrameOfReferenceUID"),
    )
    if uids.sop_instance is None:
        fault = "is malformed" if uids.instance else "is missing"
        fields.note("uid", f"SOP Instance UID {fault}; the film is known by its content.")
    return uids


def read_technique(fields: HeaderFields) -> tuple[str, ...]:
    """Return how the image was made, for display: "62 kV", "2.5 mAs", "120 cm SID"."""
    charge = _positive(fields, "Exposure")
    fine = _positive(fields, "ExposureInuAs")
    if fine is not None:  # finer than the whole mAs of Exposure
        charge = fine / 1000
    distance = _positive(fields, "DistanceSourceToDetector")
    thickness = _positive(fields, "SliceThickness")
    tube = (
        (_positive(fields, "KVP"), "{:.4g} kV"),
        (_positive(fields, "XRayTubeCurrent"), "{:.4g} mA"),
        (charge, "{:.3g} mAs"),
        (_positive(fields, "ExposureTime"), "{:.4g} ms"),
        (None if distance is None else distance / 10, "{:.4g} cm SID"),
    )
    magnet = (
        (_positive(fields, "RepetitionTime"), "TR {:.5g} ms"),
        (_positive(fields, "EchoTime"), "TE {:.4g} ms"),
    )
    words = Sentence("{thickness:.3g} mm slice", thickness=thickness) if thickness else ""
    return tuple(filter(None, (*_measured(tube), words, *_measured(magnet))))


def _measured(parts: Iterable[tuple[float | None, str]]) -> Iterable[str]:
    return (words.format(value) for value, words in parts if value is not None)


def _positive(fields: HeaderFields, keyword: str) -> float | None:
    number = fields.number(keyword)
    return number if number is not None and 0 < number < 1e9 else None


def read_lossy(fields: HeaderFields, syntax: Syntax, stream: Codestream | None) -> str:
    """Return how the pixels lost information ("lossy JPEG 1:14"), empty if nothing says so.

    Once lossy always lossy (PS3.3 C.7.6.1.1.5), so an uncompressed file can be lossy too.
    """
    flagged = fields.text("LossyImageCompression") == "01"
    method = syntax.lossy
    if stream is not None and stream.irreversible:
        method = stream.kind
    if not flagged and not method:
        return ""
    stated = fields.text("LossyImageCompressionMethod").split(",")[-1].strip()
    method = _METHODS.get(stated) or method or syntax.kind or ""
    ratios = fields.numbers("LossyImageCompressionRatio")
    ratio = f"1:{ratios[-1]:.3g}" if ratios and ratios[-1] > 1 else ""
    if method:
        return Sentence(
            "lossy {method} {ratio}" if ratio else "lossy {method}", method=method, ratio=ratio
        )
    return Sentence("lossy compression {ratio}" if ratio else "lossy compression", ratio=ratio)


# ---------------------------------------------------------------- spacing and orientation
# Spacing and orientation: present only where the file can be trusted.

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
_FARTHEST = 1e6  # millimetres from the origin; beyond it a number is no place
_OBLIQUE = 0.26  # sine of 15 degrees: below it a second letter says more than is true


def read_spacing(layers: list[HeaderFields], top: HeaderFields) -> Spacing | None:
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


def read_aspect(layers: list[HeaderFields], top: HeaderFields) -> float:
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


def _ratio(top: HeaderFields) -> float | None:
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
    top: HeaderFields,
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


def _pair(fields: HeaderFields, keyword: str) -> tuple[float, float] | None:
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


def read_directions(layers: list[HeaderFields]) -> tuple[Point, Point] | None:
    """Return unit vectors along a row and down a column (PS3.3 C.7.6.2.1.1), or None.

    Args:
        layers: Where Image Orientation (Patient) may stand: functional groups first.
    """
    stated = _stating(layers, "ImageOrientationPatient")
    cosines = np.array(stated.numbers("ImageOrientationPatient")) if stated else np.empty(0)
    if cosines.shape != (6,) or not _orthonormal(cosines[:3], cosines[3:]):
        return None
    return _point(cosines[:3]), _point(cosines[3:])


def read_position(layers: list[HeaderFields]) -> Point | None:
    """Return the centre of the first pixel in the patient (PS3.3 C.7.6.2.1.1), or None.

    Args:
        layers: Where Image Position (Patient) may stand: functional groups first.
    """
    stated = _stating(layers, "ImagePositionPatient")
    numbers = stated.numbers("ImagePositionPatient") if stated else ()
    near = len(numbers) == 3 and max(map(abs, numbers)) < _FARTHEST
    return _point(numbers) if near else None


def _stating(layers: list[HeaderFields], keyword: str) -> HeaderFields | None:
    return next((layer for layer in layers if layer.raw(keyword) is not None), None)


def _point(numbers: Iterable[float]) -> Point:
    x, y, z = (float(number) for number in numbers)
    return x, y, z


def read_orientation(
    layers: list[HeaderFields], top: HeaderFields, letters: list[HeaderFields] | None = None
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


def _from_cosines(fields: HeaderFields) -> Orientation | None:
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


def _from_letters(fields: HeaderFields) -> Orientation | None:
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


# ----------------------------------------------------- windows and VOI LUTs of the header
# The windows and VOI LUTs that a DICOM header offers (PS3.3 C.11.2).

_FUNCTIONS: dict[str, VoiFunction] = {
    "": "LINEAR",
    "LINEAR": "LINEAR",
    "LINEAR_EXACT": "LINEAR_EXACT",
    "SIGMOID": "SIGMOID",
}
_MAX_PRESETS = 64
_LEAST, _MOST = 1e-12, 1e30  # what float32 can compute with


def read_presets(fields: HeaderFields, *, signed: bool, index: int = 0) -> tuple[Voi, ...]:
    """Return windows, then VOI LUTs, in the order of the header; unusable ones are noted.

    Args:
        fields: The data set.
        signed: Whether modality values can be negative.
        index: Frame whose own ones go before the shared ones and those of the top level.
    """
    layers = functional_layers(fields, "FrameVOILUTSequence", index)
    windows: list[Window] = next((found for layer in layers if (found := _windows(layer))), [])
    tables: list[VoiLut] = next(
        (luts for layer in layers if (luts := _tables(layer, signed=signed))), []
    )
    if windows and tables:
        fields.note("voi-lut", "It has a VOI LUT and a window; the window is shown first.")
    return (*windows[:_MAX_PRESETS], *tables)


def _tables(layer: HeaderFields, *, signed: bool) -> list[VoiLut]:
    items = layer.items("VOILUTSequence")[:_MAX_PRESETS]
    tables = (_table(HeaderFields(item, layer.notes), signed=signed) for item in items)
    return [table for table in tables if table is not None]


def _windows(fields: HeaderFields) -> list[Window]:
    centers, widths = fields.numbers("WindowCenter"), fields.numbers("WindowWidth")
    if len(centers) != len(widths):
        fields.note(
            "window",
            "Window Center and Window Width do not pair up; the pairs there were used.",
        )
    explanation = fields.raw("WindowCenterWidthExplanation")
    single = isinstance(explanation, str) or explanation is None
    names = [clean(explanation)] if single else [clean(name) for name in explanation]
    function = _FUNCTIONS.get(fields.text("VOILUTFunction").upper())
    if function is None:
        fields.note("window", "VOI LUT Function is unknown; LINEAR was assumed.")
        function = "LINEAR"
    windows = []
    for i, (center, width) in enumerate(zip(centers, widths, strict=False)):
        least = 1.0 if function == "LINEAR" else _LEAST
        if not least <= width <= _MOST or abs(center) > _MOST:
            fields.note(
                "window",
                "Window Width {width:g} at {center:g} is impossible and was ignored.",
                width=width,
                center=center,
            )
            continue
        windows.append(Window(center, width, names[i] if i < len(names) else "", function))
    return windows


def _table(fields: HeaderFields, *, signed: bool) -> VoiLut | None:
    """One VOI LUT (PS3.3 C.11.2.1.1); None, and a note, of one that cannot be used.

    A film is never refused for it: the windows that are computed from its values always work.
    """
    try:
        entries, first, bits = lut_table(fields, signed=signed)
    except (ValueError, TypeError, OverflowError):
        fields.note("voi-lut", "A VOI LUT is damaged and was ignored.")
        return None
    if not 10 <= bits <= 16 and bits != 8:
        fields.note("voi-lut", "A VOI LUT has entries of {descriptor:g} bits.", descriptor=bits)
    used = int(entries.max()).bit_length()
    if 0 < used < bits - 2:  # all of it in the darkest eighth: nobody means a black film
        fields.note(
            "voi-lut",
            "A VOI LUT uses {used} of the {bits} bits that it says; its greatest entry is white.",
            used=used,
            bits=bits,
        )
        bits = used
    table = entries.astype(np.float32) / np.float32((1 << bits) - 1)
    return VoiLut(table, float(first), fields.text("LUTExplanation"))
