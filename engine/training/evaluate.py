"""Measure a finished bundle on films, exactly as its training did."""

from pathlib import Path
from typing import cast

from engine.bundle import load_bundle
from engine.errors import DataError
from engine.metadata import read_description
from engine.training.data import Films, Layout, Progress, Split, divide, read_films
from engine.training.recipe import Data, recipe_of
from engine.training.results import measured_words, pointing_results
from engine.types import ModelInfo

Results = tuple[tuple[str, str], ...]


def evaluate_bundle(
    model: str | Path, source: Path, *, split: str, report: Progress = lambda _: None
) -> Results:
    """Results of a model on films, as pairs of words.

    Args:
        model: Name or folder.
        source: Folder, tar or npz; see `read_films`.
        split: "train", "val" or "test" as at the model's training, or "all". Films that come
            without any splits are taken whole.
        report: Told in words what is being done.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DataError: Films that cannot be used, or none of the split.
    """
    bundle = load_bundle(model)
    chosen = films_for(bundle.info, source, split=split, report=report)
    results = measured_words(
        bundle.network, chosen, threshold=bundle.info.threshold, positive=bundle.info.positive
    )
    pointing = pointing_results(
        bundle.network,
        chosen,
        bundle.statistics,
        positive=bundle.info.positive,
        method=bundle.info.influence,
    )
    skipped = (("skipped files", f"{len(chosen.skipped):,}"),) if chosen.skipped else ()
    return (*results, *pointing, *skipped)


def films_for(
    info: ModelInfo, source: Path, *, split: str, report: Progress = lambda _: None
) -> Films:
    """Films as a model reads them, of one split as at its training; see `evaluate_bundle`.

    Raises:
        BundleError: Metadata that cannot be trusted.
        DataError: Films that cannot be used, or none of the split.
    """
    description, _ = read_description(info.path)
    values = description.training.get("recipe")
    recipe = None if values is None else recipe_of(values, f"The recipe in {info.name}")
    plan = recipe.data if recipe else Data(source="", licence="")
    layout = Layout(
        info.input,
        plan.folders or info.classes,
        plan.patient,
        plan.columns,
        info.positive,
    )
    films = read_films(source, layout, report=report)
    return _choose(films, plan, seed=recipe.training.seed if recipe else 0, split=split)


def _choose(films: Films, plan: Data, *, seed: int, split: str) -> Films:
    """The split as the training made it; films that no recipe divides are taken whole."""
    unsplit = set(films.splits) == {"train"}
    divided = plan.test if split == "test" else plan.validation or plan.test
    if split == "all" or (unsplit and not divided):
        return films
    chosen = divide(films, plan, seed=seed).only(cast("Split", split))
    if not len(chosen):
        raise DataError(f"The data have no films of the split “{split}”.", "data")
    return chosen
