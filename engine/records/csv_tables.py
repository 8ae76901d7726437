"""Tables for other programs: CSV in which no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from engine.output import write_whole

Cell = str | int | float | bool | None
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as CSV in UTF-8, whole or not at all.

    Numbers have a point, times are those of UTC, what is not known is empty. Text that a
    spreadsheet would take for a formula begins with an apostrophe.

    Raises:
        OSError: The file cannot be written.
    """
    write_whole(path, table_text(header, rows))


def table_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The same as text; lines end with a line feed."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value
