"""Where the finding of a film lies: the table `truth.csv` that phantoms come with."""

import csv
import math
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from engine.errors import DataError

TABLE = "truth.csv"
NOWHERE = (math.nan, math.nan)
_FILE, _FIRST, _LAST = "file", "opacity_first_row", "opacity_last_row"

Truth = Mapping[str, tuple[float, float]]


def read_truth(root: Path) -> Truth:
    """Stored rows [first, end) of each finding, by file name; empty without a table.

    Raises:
        DataError: A table without the columns that this needs, or with a row that is no number.
    """
    path = root / TABLE
    if not path.is_file():
        return {}
    with path.open(newline="", encoding="utf-8") as file:
        table = csv.DictReader(file)
        if missing := {_FILE, _FIRST, _LAST} - set(table.fieldnames or ()):
            raise DataError(
                "{table} has no column “{missing}”.", "data", table=TABLE, missing=min(missing)
            )
        try:
            return {
                _key(line[_FILE]): (float(line[_FIRST]), float(line[_LAST]) + 1)
                for line in table
                if line[_FIRST]
            }
        except ValueError as error:
            raise DataError(
                "{table}: a row is not a number ({error}).", "data", table=TABLE, error=error
            ) from error


def finding_of(truth: Truth, name: str, height: int) -> tuple[float, float]:
    """Where a film's finding begins and ends, as shares of its height of stored rows."""
    first, end = truth.get(_key(name), NOWHERE)
    return first / height, end / height


def _key(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).as_posix()
