"""What a reader of films must know, and whose film a file is."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import DataError
from engine.training.data.films import SPLITS, Split
from engine.training.recipe import Columns, Recipe
from engine.types import InputFormat

_LONGEST_PATTERN = 200


@dataclass(frozen=True, slots=True)
class Layout:
    """What a reader of films must know.

    Attributes:
        input: What the network reads.
        folders: Folder name or label of each class; capitals do not matter. In a table, "*"
            stands for any other label.
        patient: Pattern of the patient in a file name or path, see `Data`.
        columns: Names in a table.
        positive: Index of the class that is a finding, see `Recipe`; a film with its label and
            another one shows the finding.
        splits: What is read; films that the source puts elsewhere are left alone.
        value_range: Of the values of an array; empty: found from them.
    """

    input: InputFormat
    folders: tuple[str, ...]
    patient: str = ""
    columns: Columns = field(default_factory=Columns)
    positive: int | None = None
    splits: tuple[Split, ...] = SPLITS
    value_range: tuple[float, ...] = ()


def layout_of(recipe: Recipe) -> Layout:
    """What a recipe says about reading films."""
    data = recipe.data
    return Layout(
        recipe.input,
        data.folders or recipe.classes,
        data.patient,
        data.columns,
        recipe.positive,
        value_range=data.value_range,
    )


def patient_of(name: str, pattern: str) -> str:
    """Whose film a file is: the first group of the pattern that matched, else its whole name.

    A pattern with a "/" is searched in the whole path, any other in the file name alone.

    Raises:
        DataError: The pattern is not a regular expression.
    """
    if not pattern:
        return name
    if len(pattern) > _LONGEST_PATTERN:
        raise DataError(
            "`data.patient` has more than {longest_pattern} characters.",
            "data",
            longest_pattern=_LONGEST_PATTERN,
        )
    try:
        match = re.search(pattern, name if "/" in pattern else Path(name).name)
    except re.error as error:
        raise DataError(
            "`data.patient` is not a regular expression: {error}.", "data", error=error
        ) from error
    if match is None:
        return name
    return next((group for group in match.groups() if group), match.group())
