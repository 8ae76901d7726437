"""The words in the corners of a film: pure functions from header and view to lines."""

from collections.abc import Callable

from numpy import format_float_positional

from engine import Frame, Image, Voi, Window
from viewer.kit.language import marked, told, tr

Lines = tuple[str, ...]
_DOT = " · "
_AGE_UNITS = {"d": marked("d"), "w": marked("w"), "m": marked("m"), "y": marked("y")}
# What the engine may say of a spacing and of a window that it made itself.
_MARKED = (
    marked("calibrated"), marked("at detector"), marked("in patient"),
    marked("auto"), marked("full range"), marked("by hand"),
)  # fmt: skip


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
    zoom = tr("zoom {scale:.2f}, fit") if fitted else tr("zoom {scale:.2f}")
    zoom = zoom.format(scale=scale)
    image = frame.image
    number_of = (
        tr("frame {number} of {count}", number=frame.index + 1, count=image.frame_count)
        if image.frame_count > 1
        else ""
    )
    window = voi_text(voi) if frame.colour is None else tr("colour as stored")
    return (window, _joined([zoom, number_of]))


def pixel_lines(image: Image, step_rows: str) -> Lines:
    """What the pixels are: spacing and its kind, compression, how many notes, rows per step."""
    spacing = image.spacing
    if spacing is None:
        size = tr("no pixel spacing")
    elif abs(spacing.row_mm - spacing.column_mm) < 5e-4:
        size = f"{spacing.row_mm:.3f} mm {tr(spacing.kind)}"
    else:
        size = f"{spacing.row_mm:.3f} × {spacing.column_mm:.3f} mm {tr(spacing.kind)}"
    noted = len(image.notes)
    notes = tr("%n notes on this file", "", n=noted) if noted else ""
    return tuple(line for line in (_joined([size, told(image.lossy)]), notes, step_rows) if line)


def probe_text(frame: Frame, row: int, column: int) -> str:
    """The stored value at a place, exactly, with its unit; of padding, that it is no image."""
    if frame.colour is not None:
        red, green, blue = (int(part) for part in frame.colour[row, column])
        return tr(
            "column {column}, row {row}: red {red}, green {green}, blue {blue}",
            column=column,
            row=row,
            red=red,
            green=green,
            blue=blue,
        )
    exact = frame.values if frame.exact is None else frame.exact
    value = float(exact[row, column])
    padding = frame.valid is not None and not frame.valid[row, column]
    digits = 6 if frame.exact is None else 15
    text = f"{value:.0f}" if value.is_integer() else f"{value:.{digits}g}"
    unit = f" {frame.image.unit}" if frame.image.unit else ""
    text = text.replace("-", "−")
    value_text = tr("padding ({value})", value=text) if padding else f"{text}{unit}"
    return tr("column {column}, row {row}: {value}", column=column, row=row, value=value_text)


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
        table = tr("VOI LUT")
        return f"{table} ({explained(voi)})" if voi.explanation else table
    name = f" ({explained(voi)})" if voi.explanation else ""
    return f"W {number(voi.width)}  C {number(voi.center)}{name}"


def explained(voi: Voi) -> str:
    """The name of a window: of the header, which is data, or one of the program's own."""
    return tr(voi.explanation)


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
    return (
        f"{int(count)} {tr(_AGE_UNITS[unit])}" if count.isdecimal() and unit in _AGE_UNITS else age
    )


def date_text(date: str) -> str:
    """DICOM's Date ("20261123", PS3.5 6.2) as 2026-11-23."""
    return f"{date[:4]}-{date[4:6]}-{date[6:]}" if len(date) == 8 and date.isdigit() else date


def _joined(parts: list[str] | Lines) -> str:
    return _DOT.join(part for part in parts if part)
