"""The cells of a table of films, from CSV or Parquet, as words by column."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.errors import DataError

PARQUET = (".parquet", ".pq")
TABLES = (".csv", ".tsv", *PARQUET)
_DELIMITERS = ",;\t"
_BATCH = 10_000  # lines of a Parquet file that are held as Arrow at once

Line = Mapping[str, str]


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
    if double := sorted({name for name in names if names.count(name) > 1}):
        raise DataError(f"{table.name} has two columns “{double[0]}”.", "data")
    return tuple(names)


def lines_of(table: Path, columns: Sequence[str]) -> Iterator[Line]:
    """The words of some columns, line by line; numbers as a person writes them, "" for nothing.

    Args:
        table: CSV (UTF-8, with commas, semicolons or tabulators) or Parquet.
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
        if len(cells) != len(header):
            raise DataError(
                f"{table.name}, line {number}: {len(cells)} cells, but the first line has"
                f" {len(header)}; put a cell with a comma in it between quotes.",
                "data",
            )
        yield {name: cells[place] for name, place in places.items()}


def _cells(table: Path) -> Iterator[list[str]]:
    with table.open(newline="", encoding="utf-8-sig") as file:
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
            f"{table.name} is a Parquet file; reading it needs pyarrow: pip install"
            " 'rowscope[train]'.",
            "data",
        ) from error
    return ParquetFile(table)


@contextmanager
def _sentences(table: Path) -> Iterator[None]:
    """Whatever csv, pyarrow and the file system raise, as one sentence about the table."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise DataError(f"{table.name} is not UTF-8; save it as UTF-8.", "data") from error
    except csv.Error as error:
        raise DataError(f"{table.name} is not a CSV table: {error}.", "data") from error
    except OSError as error:
        # pyarrow's ArrowIOError is an OSError too, and has no `strerror`
        raise DataError(
            f"{table.name} cannot be read: {error.strerror or error}.", "data"
        ) from error
    except ValueError as error:  # pyarrow's ArrowInvalid
        raise DataError(f"{table.name} is not a Parquet table: {error}.", "data") from error
