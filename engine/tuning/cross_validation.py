"""Cross-validation by patient: every film is held out once."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.calibration import softmax
from engine.errors import DataError
from engine.films import (
    Films,
    Split,
    check_leakage,
    divide,
    layout_of,
    predict,
    read_films,
    read_outputs,
    with_outlines,
    with_shapes,
    with_truth,
)
from engine.network import RowNetwork
from engine.progress import Progress
from engine.recipe import Recipe
from engine.training import DeviceChoice, run_epochs, start_run
from engine.tuning.plan import Plan, step_multiple
from engine.tuning.space import Score, log_loss, score
from engine.types import InputFormat

# ------------------------------------------------------------------------ measuring folds
# Cross-validation by patient: every film is held out once, and no patient is on both sides.

_WATCHED = (
    0.15  # of the learning films, where a schedule must watch some and the recipe names none
)


@dataclass(frozen=True, slots=True)
class Fold:
    """What was measured on one held-out fold.

    Attributes:
        score: Of the held-out films, see `engine.tuning.space`.
        log_loss: Of the same films.
        seconds: Of training and answering.
    """

    score: float
    log_loss: float
    seconds: float

    def to_dict(self) -> dict[str, float]:
        """Plain values for the journal."""
        return {"score": self.score, "log_loss": self.log_loss, "seconds": self.seconds}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Fold":
        """What `to_dict` wrote."""
        return cls(values["score"], values["log_loss"], values["seconds"])


def check_folds(films: Films, folds: Sequence[NDArray[np.int64]], recipe: Recipe) -> None:
    """Refuse folds that cannot be scored.

    Raises:
        DataError: A fold has no film of a class, or leaves none of it to learn from.
    """
    for number, held in enumerate(folds, 1):
        if recipe.asked.needs != "label":
            continue  # what cannot be measured is told by the fold
        inside = np.bincount(films.labels[held], minlength=len(recipe.classes))
        outside = np.bincount(films.labels, minlength=len(recipe.classes)) - inside
        for counts, words in ((inside, "holds no film"), (outside, "leaves no film to learn")):
            if not counts.all():
                missing = recipe.classes[int(np.argmin(counts))]
                raise DataError(
                    "Fold {number} of {count} {words} of class “{missing}”; ask for fewer"
                    " folds, or not for blocks.",
                    number=number,
                    count=len(folds),
                    words=words,
                    missing=missing,
                )


def measure_fold(
    films: Films,
    held: NDArray[np.int64],
    recipe: Recipe,
    *,
    kind: Score,
    device: DeviceChoice = "cpu",
) -> Fold:
    """Train on all films but a fold, then answer that fold.

    The held-out films are shown to nothing that decides. Where the schedule watches validation
    films (early stopping, plateau), these are patients held out from the learning films.

    Args:
        films: Without test films.
        held: (N,) indices of the fold.
        recipe: With the values that are tried.
        kind: How the answers are scored.
        device: Where it is trained, see `start_run`.

    Raises:
        DataError: The training went astray: the network answers with no numbers.
    """
    begun = time.monotonic()
    tested = films.take(held)
    learnt = _learnt(films.take(np.setdiff1d(np.arange(len(films)), held)), recipe)
    run = start_run(recipe.training.precision, device=device)
    network = run_epochs(learnt, recipe, run=run).network
    if not recipe.objective.plain:
        chief, loss = _task_scores(network, tested, recipe)
        return Fold(chief, loss, time.monotonic() - begun)
    logits = predict(network, tested.rows, heights=tested.heights)
    if not np.isfinite(logits).all():
        raise DataError("The training went astray: the network answers with no numbers.")
    probabilities = softmax(logits)
    return Fold(
        score(kind, probabilities, tested.labels, positive=recipe.positive),
        log_loss(probabilities, tested.labels),
        time.monotonic() - begun,
    )


def _task_scores(network: RowNetwork, tested: Films, recipe: Recipe) -> tuple[float, float]:
    """The chief figure of a task, larger is better, and its mean loss."""
    task = recipe.asked
    found = read_outputs(network, tested.rows, heights=tested.heights)
    if not np.isfinite(found.logits).all():
        raise DataError("The training went astray: the network answers with no numbers.")
    measured = task.statistics(found, tested.labels, tested.truth)[task.chief]
    value = float(measured(np.ones((1, len(tested))))[0])
    if not np.isfinite(value):
        raise DataError(
            "The {figure} cannot be measured on a fold of {films:,} films; ask for fewer folds.",
            figure=task.figure_words(task.chief),
            films=len(tested),
        )
    loss = task.mean_loss(found, tested.labels, tested.truth, plan=recipe.training)
    return value if task.rises(task.chief) else -value, loss


def watches(recipe: Recipe) -> bool:
    """Whether its schedule needs validation films."""
    return bool(recipe.training.early_stopping) or recipe.training.decay == "plateau"


def _learnt(films: Films, recipe: Recipe) -> Films:
    films = replace(films, splits=np.full(len(films), "train", dtype="<U5"))
    if not watches(recipe):
        return films
    share = recipe.data.validation or _WATCHED
    inner = replace(recipe.data, validation=share, test=0.0)
    return divide(films, inner, seed=recipe.training.seed)


# ---------------------------------------------------------------------- films of a tuning
# The films that a tuning may look at: all but the test films, which are not even decoded.

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
            "`training.early_stopping` and a plateau need validation films; set `data.validation`."
        )
    names = reduce(np.intersect1d, (films.names for films in read.values()))
    tests = [films.names[films.where("test")] for films in read.values()]
    names = np.setdiff1d(names, np.concatenate(tests))
    if not len(names):
        raise DataError("{path} has no films to learn from.", path=source.path.name)
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
    films = with_truth(films, source.path, recipe)
    divided = divide(films, recipe.data, seed=recipe.division_seed)
    divided = with_shapes(divided, source.path, recipe.data.shapes)
    return with_outlines(divided, source.path, recipe)


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
