"""Where the finding of a film lies: the table `truth.csv` that phantoms come with."""

import csv
import math
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from engine.errors import DataError

TABLE = "truth.csv"
NOWHERE = (math.nan, math.nan)
_COLUMNS = ("file", "first_row", "last_row")

Truth = Mapping[str, tuple[float, float]]


def read_truth(root: Path) -> Truth:
    """Stored rows [first, last) of each finding, by file name; empty without a table.

    Raises:
        DataError: A table without the columns that this needs, or with a row that is no number.
    """
    path = root / TABLE
    if not path.is_file():
        return {}
    with path.open(newline="", encoding="utf-8") as file:
        table = csv.DictReader(file)
        if missing := set(_COLUMNS) - set(table.fieldnames or ()):
            raise DataError(f"{TABLE} has no column “{min(missing)}”.", "data")
        try:
            return {
                _key(line["file"]): (float(line["first_row"]), float(line["last_row"]))
                for line in table
                if line["first_row"]
            }
        except ValueError as error:
            raise DataError(f"{TABLE}: a row is not a number ({error}).", "data") from error


def finding_of(truth: Truth, name: str, height: int) -> tuple[float, float]:
    """Where a film's finding begins and ends, as shares of its height of stored rows."""
    first, last = truth.get(_key(name), NOWHERE)
    return first / height, last / height


def _key(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).as_posix()
