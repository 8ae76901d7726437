"""The cells of a table of films, from CSV or Parquet, as words by column."""

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.errors import DataError

PARQUET = (".parquet", ".pq")
TABLES = (".csv", ".tsv", *PARQUET)
# What people and programs write where nothing is known. A class may still be called so.
NOTHING = frozenset(
    ("", "nan", "<na>", "na", "n/a", "none", "null", "unknown", "?", "-", "-1", "−1")
)
_DELIMITERS = ",;\t"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BATCH = 10_000  # lines of a Parquet file that are held as Arrow at once

Line = Mapping[str, str]


def plain(word: str) -> str:
    """A word without spaces around it, and a whole number without its point: 17.0 is 17."""
    word = word.strip()
    head, point, tail = word.partition(".")
    return head if point and head.lstrip("-−").isdigit() and not tail.strip("0") else word


def says_nothing(word: str) -> bool:
    """Whether a cell only says that nothing is known, such as "nan", "?" or "-1"."""
    return plain(word).casefold() in NOTHING


def header_of(table: Path) -> tuple[str, ...]:
    """Names of the columns, in their order.

    Raises:
        DataError: It cannot be read, is no table, or names a column twice.
    """
    with _sentences(table):
        if table.suffix.lower() in PARQUET:
            names = [str(name) for name in _parquet(table).schema_arrow.names]
        else:
            names = next(_cells(table), [])
    if double := sorted({name for name in names if name and names.count(name) > 1}):
        raise DataError(
            "{table} has two columns “{double}”.", "data", table=table.name, double=double[0]
        )
    return tuple(names)


def lines_of(table: Path, columns: Sequence[str]) -> Iterator[Line]:
    """The words of some columns, line by line; numbers as a person writes them, "" for nothing.

    Args:
        table: CSV (UTF-8, or UTF-16 that says so, with commas, semicolons or tabulators) or
            Parquet.
        columns: Some of `header_of`.

    Raises:
        DataError: As `header_of`, or a line has more or fewer cells than the header.
    """
    with _sentences(table):
        if table.suffix.lower() in PARQUET:
            yield from _parquet_lines(table, columns)
        else:
            yield from _csv_lines(table, columns)


def _csv_lines(table: Path, columns: Sequence[str]) -> Iterator[Line]:
    lines = _cells(table)
    header = next(lines)
    places = {name: header.index(name) for name in columns}
    for number, cells in enumerate(lines, start=2):
        if not any(cells):
            continue  # spreadsheets leave empty lines behind
        while len(cells) > len(header) and not cells[-1]:
            cells.pop()
        if len(cells) != len(header):
            raise DataError(
                "{table}, line {number}: {count} cells, but the first line has"
                " {count_2}; put a cell with a comma in it between quotes.",
                "data",
                table=table.name,
                number=number,
                count=len(cells),
                count_2=len(header),
            )
        yield {name: cells[place] for name, place in places.items()}


def _cells(table: Path) -> Iterator[list[str]]:
    with table.open("rb") as start:
        encoding = "utf-16" if start.read(2) in _UTF_16 else "utf-8-sig"
    with table.open(newline="", encoding=encoding) as file:
        first = file.readline()
        file.seek(0)
        delimiter = max(_DELIMITERS, key=first.count)
        for cells in csv.reader(file, delimiter=delimiter, strict=True):
            yield [cell.strip() for cell in cells]


def _parquet_lines(table: Path, columns: Sequence[str]) -> Iterator[Line]:
    for batch in _parquet(table).iter_batches(_BATCH, columns=list(columns)):
        values = [batch.column(name).to_pylist() for name in columns]
        for cells in zip(*values, strict=True):
            yield dict(zip(columns, map(_word, cells), strict=True))


def _word(cell: object) -> str:
    if cell is None or cell != cell:  # noqa: PLR0124 - a float that is no number
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _parquet(table: Path) -> Any:  # noqa: ANN401 - pyarrow has no types
    try:
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415 - heavy, and for training only
    except ImportError as error:
        raise DataError(
            "{table} is a Parquet file; reading it needs pyarrow: pip install 'rowscope[train]'.",
            "data",
            table=table.name,
        ) from error
    return ParquetFile(table)


@contextmanager
def _sentences(table: Path) -> Iterator[None]:
    """Whatever csv, pyarrow and the file system raise, as one sentence about the table."""
    try:
        yield
    except UnicodeError as error:
        raise DataError(
            "{table} is not UTF-8; save it as UTF-8, in a spreadsheet “CSV UTF-8”.",
            "data",
            table=table.name,
        ) from error
    except csv.Error as error:
        raise DataError(
            "{table} is not a CSV table: {error}.", "data", table=table.name, error=error
        ) from error
    except OSError as error:
        # pyarrow's ArrowIOError is an OSError too, and has no `strerror`
        raise DataError(
            "{table} cannot be read: {error}.",
            "data",
            table=table.name,
            error=error.strerror or error,
        ) from error
    except ValueError as error:  # pyarrow's ArrowInvalid
        raise DataError(
            "{table} is not a Parquet table: {error}.", "data", table=table.name, error=error
        ) from error
