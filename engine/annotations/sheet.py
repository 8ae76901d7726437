"""Annotations as a table for spreadsheets."""

import csv
import io
from collections.abc import Iterable
from typing import Final

from engine.annotations.pairing import Measurement

COLUMNS: Final = (
    "film", "frame", "kind", "number", "name", "text",
    "length", "length_unit", "length_px", "spacing", "angle_degrees",
    "mean", "sd_population", "min", "max", "pixels", "padding_left_out", "area", "area_unit",
    "beside_film",
    "stored", "value", "displayed", "of", "unit",
    "points", "made", "id",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_NAMED: Final = {
    "angle": "angle_degrees",
    "sd": "sd_population",
    "left_out": "padding_left_out",
    "beside": "beside_film",
}


def as_csv(films: Iterable[tuple[tuple[str, int], Iterable[Measurement]]]) -> str:
    """A table with a row for each annotation, with CRLF at the end of each (RFC 4180).

    Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers have
    all their digits.

    Args:
        films: Subject of a film (`FilmIdentity.subject`; its frame from 0) and what lies on it.
            The table counts frames from 1.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for (film, frame), found in films:
        for one in found:
            row = {"film": film, "frame": frame + 1} | _row(one)
            writer.writerow({name: guarded(value) for name, value in row.items()})
    return text.getvalue()


def guarded(value: object) -> object:
    """A cell that no spreadsheet computes."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _row(one: Measurement) -> dict[str, object]:
    annotation, values = one.annotation, one.values
    row: dict[str, object] = {
        "kind": annotation.kind,
        "number": annotation.number,
        "name": annotation.name,
        "text": annotation.text,
        "points": " ".join(f"{column:.10g},{line:.10g}" for column, line in annotation.points),
        "made": annotation.made,
        "id": annotation.id,
    }
    for name, value in values.items():
        column = _NAMED.get(name, name)
        if column == "unit" and "length" in values:
            column = "length_unit"
        if column in COLUMNS and column not in row:
            row[column] = " ".join(map(str, value)) if isinstance(value, list) else value
    return row
