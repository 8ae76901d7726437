"""What is measured on films, in words and numbers as the window says them."""

from datetime import datetime
from typing import Any, Final

from engine.annotations import Annotation, AnnotationKind, Change, Measurement, Values
from viewer.kit.language import clauses, marked, tr
from viewer.kit.words import signed

KINDS: Final[dict[AnnotationKind, str]] = {  # one of them with its number, where it has no name
    "length": marked("Length {number}"),
    "angle": marked("Angle {number}"),
    "cobb": marked("Cobb angle {number}"),
    "rectangle": marked("Rectangle {number}"),
    "ellipse": marked("Ellipse {number}"),
    "freehand": marked("Outline {number}"),
    "probe": marked("Probe {number}"),
    "arrow": marked("Arrow {number}"),
    "point": marked("Point {number}"),
}
_TRUE_FOR: Final = {
    "calibrated": marked("calibrated"),
    "at detector": marked("at detector, not corrected for magnification"),
    "in patient": marked("in patient"),
}
_MEANS: Final = {
    "stored values": marked("mean ± SD of stored values"),
    "modality values": marked("mean ± SD of modality values"),
    "luminance": marked("mean ± SD of luminance"),
}
_AT: Final = {
    "stored values": marked("stored value at column {column}, row {row}"),
    "modality values": marked("modality value at column {column}, row {row}"),
    "luminance": marked("luminance at column {column}, row {row}"),
}
UNKNOWN: Final = "–"


def name_of(annotation: Annotation) -> str:
    """What the reader called it, or its kind and number."""
    return annotation.name or tr(KINDS[annotation.kind], number=annotation.number)


def value_text(one: Measurement) -> str:
    """Its value in a few letters."""
    kind, values = one.annotation.kind, one.values
    if kind == "length":
        return f"{size_text(values['length'])} {values['unit']}"
    if "angle" in values:
        return UNKNOWN if values["angle"] is None else f"{values['angle']:.1f}°"
    if "mean" in values:
        return _mean_text(values)
    if kind == "probe":
        return _probe_text(values)
    return tr("placed")


def plate_lines(one: Measurement) -> tuple[str, ...]:
    """What stands beside it on the film."""
    kind, values = one.annotation.kind, one.values
    if kind == "cobb":
        return (tr("Cobb {angle}", angle=value_text(one)),)
    if kind == "point":
        return (str(one.annotation.number),)
    if "mean" in values:
        return (tr("mean {value}", value=_mean_text(values)), _area_text(values))
    text = values["text"] if kind == "arrow" else value_text(one)
    return (text,) if text else ()


def note_text(one: Measurement) -> str:
    """What the value is, and what it is true for."""
    kind, values = one.annotation.kind, one.values
    if kind == "length" and values["spacing"] is None:
        return tr("in pixels: the file has no spacing that can be trusted")
    if kind == "length":
        return tr(_TRUE_FOR[values["spacing"]])
    if "mean" in values:
        return _region_note(values)
    if kind == "probe":
        return _probe_note(values)
    if kind != "point":
        return str(values.get("text", ""))
    column, row = f"{values['column']:.1f}", f"{values['row']:.1f}"
    return tr("reference point at column {column}, row {row}", column=column, row=row)


def change_text(change: Change | None) -> str:
    """How much it has become more or less."""
    if change is None:
        return UNKNOWN
    unit = change.unit if change.unit in {"", "°"} else f" {change.unit}"
    return f"{signed(change.value, digits=1)}{unit}"


def time_text(made: str) -> str:
    """Hour and minute of here, of a moment in UTC; empty where it is none."""
    try:
        return f"{datetime.fromisoformat(made).astimezone():%H:%M}"
    except ValueError:
        return ""


def size_text(value: float) -> str:
    """A length or an area: one decimal, two where it is small, none where it is large."""
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f}"


def level_text(value: float, spread: float | None = None) -> str:
    """A value of pixels, as finely as its spread makes sense."""
    scale = max(abs(value), spread or 0.0)
    digits = 1 if scale >= 10 or scale == 0 else 3 if scale >= 0.1 else 5
    return f"{value:.{digits}f}".replace("-", "−")


def _mean_text(values: Values) -> str:
    if values["mean"] is None:
        return UNKNOWN
    unit = f" {values['unit']}" if values["unit"] else ""
    spread = max(abs(values["mean"]), values["sd"])
    return f"{level_text(values['mean'], spread)} ± {level_text(values['sd'], spread)}{unit}"


def _area_text(values: Values) -> str:
    return f"{_area(values['area'])} {values['area_unit']}"


def _area(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def _region_note(values: Values) -> str:
    parts = [tr(_MEANS[values["of"]]), _area_text(values)]
    if values["area_unit"] != "px":
        parts.append(f"{values['pixels']:,} px")
    if values["left_out"]:
        parts.append(tr("without {count} px of padding", count=f"{values['left_out']:,}"))
    if values["beside"]:
        parts.insert(0, tr("part of it lies beside the film"))  # a narrow column cuts the end off
    return clauses(parts)


def _probe_text(values: Values) -> str:
    if values["value"] is None:
        return UNKNOWN
    unit = f" {values['unit']}" if values["unit"] else ""
    value = values["value"]
    text = f"{value:.0f}" if float(value).is_integer() else f"{value:.6g}"
    return f"{text}{unit}".replace("-", "−")


def _probe_note(values: Values) -> str:
    parts = [tr(_AT[values["of"]], column=values["column"], row=values["row"])]
    stored: Any = values["stored"]
    if isinstance(stored, list):
        red, green, blue = stored
        parts.append(tr("red {red}, green {green}, blue {blue}", red=red, green=green, blue=blue))
    elif stored is not None and values["of"] == "modality values":
        parts.append(tr("stored {value}", value=f"{stored}".replace("-", "−")))
    if values["displayed"] is not None:
        parts.append(tr("shown as grey {grey} of 255", grey=values["displayed"]))
    if values["padding"]:
        parts.append(tr("padding"))
    return clauses(parts)
