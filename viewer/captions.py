"""The words in the corners of a film: pure functions from header and view to lines."""

from collections.abc import Callable

from numpy import format_float_positional

from engine import Frame, Image, Spacing, Voi, Window

Lines = tuple[str, ...]
_DOT = " · "


def identity_lines(image: Image) -> Lines:
    """Who and what is shown, as far as the file says: patient, film, technique."""
    person = image.identity
    who = [person.patient_id or person.patient_name, age_text(person.age), person.sex]
    kind = " ".join(
        part for part in (image.modality, person.body_part.lower(), person.view_position) if part
    )
    what = [kind or image.format, date_text(person.study_date)]
    lines = (_joined(who), _joined(what), _joined(image.technique[:3]))
    return tuple(line for line in lines if line)


def view_lines(voi: Voi, scale: float, *, fitted: bool, frame: Frame) -> Lines:
    """How it is shown: window, zoom, frame; a colour image has no window."""
    zoom = f"zoom {scale:.2f}" + (", fit" if fitted else "")
    image = frame.image
    number_of = f"frame {frame.index + 1} of {image.frame_count}" if image.frame_count > 1 else ""
    window = voi_text(voi) if frame.colour is None else "colour as stored"
    return (window, _joined([zoom, number_of]))


def pixel_lines(image: Image, spacing: Spacing | None, step_rows: str) -> Lines:
    """What the pixels are: spacing and its kind, compression, how many notes, rows per step."""
    if spacing is None:
        size = "no pixel spacing"
    elif abs(spacing.row_mm - spacing.column_mm) < 5e-4:
        size = f"{spacing.row_mm:.3f} mm {spacing.kind}"
    else:
        size = f"{spacing.row_mm:.3f} × {spacing.column_mm:.3f} mm {spacing.kind}"
    noted = len(image.notes)
    notes = f"{noted} {'note' if noted == 1 else 'notes'} on this file" if noted else ""
    return tuple(line for line in (_joined([size, image.lossy]), notes, step_rows) if line)


def probe_text(frame: Frame, row: int, column: int) -> str:
    """The stored value at a place, exactly, with its unit; of padding, that it is no image."""
    if frame.colour is not None:
        red, green, blue = (int(part) for part in frame.colour[row, column])
        return f"column {column}, row {row}: red {red}, green {green}, blue {blue}"
    exact = frame.values if frame.exact is None else frame.exact
    value = float(exact[row, column])
    padding = frame.valid is not None and not frame.valid[row, column]
    digits = 6 if frame.exact is None else 15
    text = f"{value:.0f}" if value.is_integer() else f"{value:.{digits}g}"
    unit = f" {frame.header.unit}" if frame.header.unit else ""
    text = f"padding ({text})" if padding else f"{text}{unit}"
    return f"column {column}, row {row}: {text.replace('-', '−')}"


def broken(lines: Lines, room: float, measure: Callable[[str], float]) -> Lines:
    """Lines that are wider than the room, broken at their dots, then at spaces; no word is lost.

    Args:
        lines: Parts are joined by " · ".
        room: In the unit of `measure`.
        measure: Width of a text.
    """
    result: list[str] = []
    for line in lines:
        for part in _filled(line.split(_DOT), _DOT, room, measure):
            result.extend(_filled(part.split(" "), " ", room, measure))
    return tuple(result)


def _filled(
    parts: list[str], joint: str, room: float, measure: Callable[[str], float]
) -> list[str]:
    """As few lines as the room allows; a part that is too wide has a line of its own."""
    result = parts[:1]
    for part in parts[1:]:
        longer = f"{result[-1]}{joint}{part}"
        if measure(longer) <= room:
            result[-1] = longer
        else:
            result.append(part)
    return result


def voi_text(voi: Voi) -> str:
    """A window as width and centre with its explanation; a table by its name."""
    if not isinstance(voi, Window):
        return f"VOI LUT ({voi.explanation})" if voi.explanation else "VOI LUT"
    name = f" ({voi.explanation})" if voi.explanation else ""
    return f"W {number(voi.width)}  C {number(voi.center)}{name}"


def number(value: float) -> str:
    """Three figures are enough, without an exponent."""
    if abs(value) >= 100:
        text = f"{value:.0f}"
    else:
        text = format_float_positional(value, precision=3, fractional=False, trim="-")
    return text.replace("-", "−")


def age_text(age: str) -> str:
    """DICOM's Age String ("004Y", PS3.5 6.2) in words: "4 y"."""
    count, unit = age[:-1], age[-1:].lower()
    return f"{int(count)} {unit}" if count.isdecimal() and unit in "dwmy" else age


def date_text(date: str) -> str:
    """DICOM's Date ("20261123", PS3.5 6.2) as 2026-11-23."""
    return f"{date[:4]}-{date[4:6]}-{date[6:]}" if len(date) == 8 and date.isdigit() else date


def _joined(parts: list[str] | Lines) -> str:
    return _DOT.join(part for part in parts if part)
