"""The films that a tuning may look at: all but the test films, which are not even decoded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.training.data import (
    Films,
    Progress,
    Split,
    check_leakage,
    divide,
    layout_of,
    read_films,
)
from engine.training.recipe import Recipe
from engine.tuning.crossing import watches
from engine.tuning.plan import Plan, step_multiple
from engine.types import InputFormat

_LEARNT: tuple[Split, ...] = ("train", "val")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the films are.

    Attributes:
        path: As for `read_films`.
        cache: Folder in which films are kept once read; None keeps none.
        readers: Most processes that read.
    """

    path: Path
    cache: Path | None = None
    readers: int = 1


def read_pool(source: Source, plan: Plan, *, report: Progress) -> dict[InputFormat, Films]:
    """The films for cross-validation in every format that the plan tries, all in "train".

    What `train` would hold out for validation takes part: every fold is held out once. A test
    folder is not read; a share that `train` would hold out for the test is dropped at once.

    Args:
        source: Of the films.
        plan: Its grid may hold several formats; films that one of them refuses are in none.
        report: Told in words what is being done.

    Raises:
        DataError: See `read_films`; or no film is left; or a schedule that is tried would have no
            validation films to watch when the chosen recipe is trained.
    """
    recipes = list(plan.recipes()) or [plan.recipe]
    multiple = step_multiple(iter(recipes))
    read = {
        fmt: _divided(source, recipe, rows_multiple=multiple, report=report)
        for fmt, recipe in _formats(recipes).items()
    }
    if any(map(watches, recipes)) and not all(len(one.where("val")) for one in read.values()):
        raise DataError(
            "`training.early_stopping` and a plateau need validation films; set"
            " `data.validation`.",
            "data",
        )
    names = reduce(np.intersect1d, (films.names for films in read.values()))
    tests = [films.names[films.where("test")] for films in read.values()]
    names = np.setdiff1d(names, np.concatenate(tests))
    if not len(names):
        raise DataError("{path} has no films to learn from.", "data", path=source.path.name)
    return {fmt: _learning(films, names) for fmt, films in read.items()}


def read_learning(source: Source, recipe: Recipe, *, report: Progress) -> Films:
    """Training and validation films, divided as `train` does; without test films."""
    films = _divided(source, recipe, rows_multiple=recipe.input.rows_multiple, report=report)
    return films.take(np.flatnonzero(films.splits != "test"))


def check_copies(
    films: Films, folds: Sequence[NDArray[np.int64]], recipe: Recipe, *, report: Progress
) -> None:
    """Refuse films whose copy is in another fold: their score would be remembered, not found.

    Raises:
        DataError: See `check_leakage`.
    """
    report("looking for films that are in two folds")
    for held in folds:
        splits = np.full(len(films), "train", dtype="<U5")
        splits[held] = "val"
        check_leakage(replace(films, splits=splits), allowed=recipe.data.allow_leakage)


def _divided(source: Source, recipe: Recipe, *, rows_multiple: int, report: Progress) -> Films:
    kept = recipe.input.aspect == "keep"
    fmt = replace(recipe.input, rows_multiple=rows_multiple if kept else 1)
    films = read_films(
        source.path,
        replace(layout_of(recipe), input=fmt, splits=_LEARNT),
        report=report,
        cache=source.cache,
        workers=source.readers,
    )
    return divide(films, recipe.data, seed=recipe.division_seed)


def _formats(recipes: Iterable[Recipe]) -> dict[InputFormat, Recipe]:
    """One recipe for each format."""
    found: dict[InputFormat, Recipe] = {}
    for recipe in recipes:
        found.setdefault(replace(recipe.input, rows_multiple=1), recipe)
    return found


def _learning(films: Films, names: NDArray[np.str_]) -> Films:
    """The films of these names, in their order, all in "train"."""
    order = np.argsort(films.names, kind="stable")
    places = order[np.searchsorted(films.names, names, sorter=order)]
    chosen = films.take(places)
    return replace(chosen, splits=np.full(len(chosen), "train", dtype="<U5"))
