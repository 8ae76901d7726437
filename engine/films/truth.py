"""What is known of films beside their class: found by name, and kept beside the rows."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.errors import DataError
from engine.films.box_tables import with_boxes
from engine.films.films import Films, Skipped
from engine.films.listing import cell_key, cells_of
from engine.films.masks import with_masks
from engine.films.tables import UNSURE, says_nothing, tidy_cell
from engine.recipe import Recipe
from engine.tasks import Cells

_THERE = frozenset(("1", "yes", "true", "present", "positive"))
_ABSENT = frozenset(("0", "no", "false", "absent", "negative"))


def with_truth(films: Films, source: Path, recipe: Recipe) -> Films:
    """The films with what the task of a recipe needs to know of them; of classes nothing more.

    Args:
        films: Read from `source`, divided or not.
        source: Folder, table or tar file that they came from.
        recipe: Its task says what is needed, its data where that lies.

    Raises:
        DataError: The truth is missing or cannot be read; names the file.
    """
    needs = recipe.asked.needs
    if needs == "label":
        return films
    if needs == "boxes":
        return with_boxes(films, source, recipe)
    if needs in {"labels", "value"}:
        return _with_cells(films, source, cells_of(recipe), findings=needs == "labels")
    if needs == "mask":
        return with_masks(films, source, recipe)
    raise DataError(
        "The task “{task}” needs {needs}, which cannot be read from {source}.",
        task=recipe.objective.task,
        needs=needs,
        source=source.name,
    )


def _with_cells(films: Films, source: Path, columns: tuple[str, ...], *, findings: bool) -> Films:
    """Numbers of columns, which were read as words; films of which nothing is known are left out.

    Args:
        films: With the words in `groups`.
        source: What sentences call it.
        columns: C of them.
        findings: Whether each is a finding, there or not, and no value.
    """
    numbers = np.empty((len(films), len(columns)))
    for place, column in enumerate(columns):
        words = films.groups[cell_key(column)].tolist()
        read = {word: _number(word, findings=findings) for word in set(words)}
        for word in (one for one, number in read.items() if number is None):
            raise DataError(
                "{source}: “{column}” of {name} is “{word}”; it must be {wanted}, or empty where"
                " nothing is known.",
                source=source.name,
                column=column,
                name=films.names[words.index(word)],
                word=word,
                wanted="1 or 0" if findings else "a number",
            )
        numbers[:, place] = [read[word] for word in words]
    told = np.isfinite(numbers).any(axis=1)
    if not told.any():
        raise DataError(
            "{source}: no film has a word in any of the columns {columns}.",
            source=source.name,
            columns=", ".join(f"“{one}”" for one in columns),
        )
    left_out = tuple(
        Skipped(str(name), "It has no word in any column that the task needs.")
        for name in films.names[~told]
    )
    kept = {cell_key(one) for one in columns}
    groups = {name: words for name, words in films.groups.items() if name not in kept}
    known = replace(films, groups=groups, truth=Cells(numbers))
    known = known if told.all() else known.take(np.flatnonzero(told))
    return replace(known, skipped=(*films.skipped, *left_out))


def says_there(word: str) -> bool:
    """Whether a cell of a table says that a finding is there."""
    return tidy_cell(word).casefold() in _THERE


def _number(word: str, *, findings: bool) -> float | None:
    """What a cell says: NaN for nothing, None where it says something else."""
    said = tidy_cell(word).casefold()
    if findings:
        if said in _THERE or said in _ABSENT:
            return float(said in _THERE)
        return np.nan if says_nothing(word) or said in UNSURE else None
    try:
        value = float(said)
    except ValueError:
        return np.nan if says_nothing(word) else None
    return value if np.isfinite(value) else np.nan
