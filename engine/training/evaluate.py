"""The films that a finished bundle is measured on, divided as its training divided them."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np

from engine.errors import DataError
from engine.metadata import read_description
from engine.training.data import Films, Layout, Progress, Split, divide, read_films
from engine.training.fingerprints import film_digests
from engine.training.overlap import Seen, read_seen, splits_by_content
from engine.training.recipe import Data, Recipe, recipe_of
from engine.types import ModelInfo

_SHOWN = 3  # films that a sentence names


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Films to measure on.

    Attributes:
        films: The chosen ones.
        divided: All films of the source, in the splits that the model's recipe makes of them.
        whole: Whether no recipe divides the source for this split, so that all of it was taken.
        plan: What the recipe says of data; an empty one where the bundle holds no recipe.
        recipe: That made the model; None where the bundle does not hold it.
        seen: The films that the model saw; None where the bundle does not keep them.
        by_content: Whether it was these that divided the source, and no rule.
    """

    films: Films
    divided: Films
    whole: bool
    plan: Data
    recipe: Recipe | None
    seen: Seen | None = None
    by_content: bool = False


def choose_films(
    info: ModelInfo,
    source: Path,
    *,
    split: str,
    cache: Path | None = None,
    report: Progress = lambda _: None,
) -> Chosen:
    """Films as a model reads them, of one split as at its training.

    Where the source has no splits and the bundle keeps which films it saw, these tell: what was
    not seen in training or validation is the test, and films of which none was seen are one test
    as a whole. Else the recipe divides the source as it did at the training.

    Args:
        info: Of the model.
        source: See `read_films`.
        split: "train", "val" or "test" as at the model's training, or "all". Films that no rule
            divides are taken whole.
        cache: See `read_films`.
        report: Told in words what is being done.

    Raises:
        BundleError: Metadata that cannot be trusted.
        DataError: Films that cannot be used, or none of the split.
    """
    description, _ = read_description(info.path)
    values = description.training.get("recipe")
    recipe = None if values is None else recipe_of(values, f"The recipe in {info.name}")
    plan = recipe.data if recipe else Data()
    layout = Layout(
        info.input,
        plan.folders or info.classes,
        plan.patient,
        plan.columns,
        info.positive,
        value_range=plan.value_range,
    )
    films = read_films(source, layout, report=report, cache=cache)
    seen = read_seen(info.path, description.training)
    if seen is not None and set(films.splits) == {"train"} and not films.unread:
        chosen = _by_content(films, seen, split, plan, recipe)
        if not chosen.whole:
            chosen = replace(chosen, by_content=True)
            report(_seen_words(chosen, split))
    else:
        chosen = _choose(films, plan, recipe, split=split)
    return replace(chosen, seen=seen)


def films_for(
    info: ModelInfo, source: Path, *, split: str, report: Progress = lambda _: None
) -> Films:
    """The films of `choose_films` alone."""
    return choose_films(info, source, split=split, report=report).films


def _by_content(films: Films, seen: Seen, split: str, plan: Data, recipe: Recipe | None) -> Chosen:
    """The split by what the model saw, whatever the films are called now."""
    found = splits_by_content(seen, films, film_digests(films))
    learnt = np.isin(found, ("train", "val"))
    if not learnt.any() or (learnt.all() and split == "test"):
        return Chosen(films, films, whole=True, plan=plan, recipe=recipe)
    divided = replace(films, splits=np.where(found == "", "test", found))
    if split == "all":
        return Chosen(films, divided, whole=False, plan=plan, recipe=recipe)
    return Chosen(_only(divided, split), divided, whole=False, plan=plan, recipe=recipe)


def _seen_words(chosen: Chosen, split: str) -> str:
    """What the model had seen already of films that no rule divides."""
    splits = chosen.divided.splits
    count = len(splits)
    learnt, set_on = (int((splits == name).sum()) for name in ("train", "val"))
    first = [str(name) for name in chosen.divided.names[splits != "test"][:_SHOWN]]
    words = (
        f"Recognised by content: of these {count:,} films the model was trained on {learnt:,}"
        f" already and set on {set_on:,} as validation films (such as {', '.join(first)})"
    )
    if split == "test":
        words += f"; the other {len(chosen.films):,} are measured"
    return f"{words}."


def _only(divided: Films, split: str) -> Films:
    chosen = divided.only(cast("Split", split))
    if not len(chosen):
        raise DataError("The data have no films of the split “{split}”.", "data", split=split)
    return chosen


def _choose(films: Films, plan: Data, recipe: Recipe | None, *, split: str) -> Chosen:
    """The split as the training made it; films that no recipe divides are taken whole."""
    unsplit = set(films.splits) == {"train"}
    parts = plan.test if split == "test" else plan.validation or plan.test
    if unsplit and (split == "all" or not parts):
        return Chosen(films, films, whole=True, plan=plan, recipe=recipe)
    divided = divide(films, plan, seed=recipe.division_seed if recipe else 0)
    if split == "all":
        return Chosen(films, divided, whole=False, plan=plan, recipe=recipe)
    return Chosen(_only(divided, split), divided, whole=False, plan=plan, recipe=recipe)
