"""The words in the corners of a film: pure functions from header and view to lines."""

from engine import Frame, Image, Voi, Window

Lines = tuple[str, ...]


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
    """How it is shown: window, zoom, frame."""
    zoom = f"zoom {scale:.2f}" + (", fit" if fitted else "")
    if frame.image.frame_count > 1:
        zoom += f" · frame {frame.index + 1} of {frame.image.frame_count}"
    return (voi_text(voi), zoom)


def pixel_lines(image: Image, step_rows: str) -> Lines:
    """What the pixels are: spacing and its kind, compression, rows per step."""
    spacing = image.spacing
    if spacing is None:
        size = "no pixel spacing"
    elif abs(spacing.row_mm - spacing.column_mm) < 5e-4:
        size = f"{spacing.row_mm:.3f} mm {spacing.kind}"
    else:
        size = f"{spacing.row_mm:.3f} × {spacing.column_mm:.3f} mm {spacing.kind}"
    return tuple(line for line in (step_rows, _joined([size, image.lossy])) if line)


def voi_text(voi: Voi) -> str:
    """A window as width and centre with its explanation; a table by its name."""
    if not isinstance(voi, Window):
        return f"VOI LUT ({voi.explanation})" if voi.explanation else "VOI LUT"
    name = f" ({voi.explanation})" if voi.explanation else ""
    return f"W {number(voi.width)}  C {number(voi.center)}{name}"


def number(value: float) -> str:
    """Three figures are enough, without an exponent."""
    text = f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return text.replace("-", "−")


def age_text(age: str) -> str:
    """DICOM's Age String ("004Y", PS3.5 6.2) in words: "4 y"."""
    count, unit = age[:-1].lstrip("0"), age[-1:].lower()
    return f"{count} {unit}" if count.isdigit() and unit in "dwmy" else age


def date_text(date: str) -> str:
    """DICOM's Date ("20261123", PS3.5 6.2) as 2026-11-23."""
    return f"{date[:4]}-{date[4:6]}-{date[6:]}" if len(date) == 8 and date.isdigit() else date


def _joined(parts: list[str] | Lines) -> str:
    return " · ".join(part for part in parts if part)
