"""One recipe under several seeds: how far its figures are luck, and which training is kept.

Which one is kept follows a rule that is set before any of them is trained: the median of their
losses on the validation films. The best one would flatter, the first one might be an accident.
All are trained and tested on the same division of the films, so that only the draws of weights,
batches and changes differ; how far the division matters, a cross-validation tells.
"""

import math
import shutil
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.bundle import Description, read_description
from engine.errors import BundleError, DataError
from engine.recipe import Recipe, recipe_of
from engine.training.card import add_results
from engine.types import ModelInfo, Results
from engine.words import Sentence

RULE = Sentence("seeds.rule")
_FIGURES = ("auc", "accuracy", "sensitivity", "specificity", "calibration_error")
_FEWEST = 2

Build = Callable[[Recipe, Path], ModelInfo | None]


@dataclass(frozen=True, slots=True)
class Seeded:
    """The training under one seed.

    Attributes:
        seed: Of its draws.
        folder: Of its bundle.
        validation_loss: After its last epoch, or its best one where it stopped early; NaN without
            validation films.
        figures: Of its chief test, such as "auc"; empty without one.
    """

    seed: int
    folder: Path
    validation_loss: float
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class SeedTable:
    """All seeds of a recipe.

    Attributes:
        rows: In the order of their seeds.
        kept: Which of them is kept, by `RULE`.
    """

    rows: tuple[Seeded, ...]
    kept: int

    def spread(self, figure: str) -> tuple[float, float, float, float] | None:
        """Mean, standard deviation, least and largest of a figure; None where one lacks it."""
        values = [row.figures.get(figure, math.nan) for row in self.rows]
        if any(math.isnan(value) for value in values):
            return None
        return statistics.fmean(values), statistics.stdev(values), min(values), max(values)

    @property
    def figures(self) -> tuple[str, ...]:
        """Figures that every seed has."""
        return tuple(name for name in _FIGURES if self.spread(name) is not None)

    @property
    def words(self) -> Results:
        """For the results of the kept bundle."""
        seed, count = self.rows[self.kept].seed, len(self.rows)
        kept = Sentence("seeds.kept", count=count, seed=seed, rule=RULE)
        pairs = [(Sentence("result.seeds"), kept)]
        for name in self.figures:
            mean, deviation, low, high = self.spread(name) or (0.0,) * 4
            what = Sentence("result.over-seeds", figure=Sentence(f"seeds.{name}"))
            spread = {"low": low, "high": high, "mean": mean, "deviation": deviation}
            pairs.append((what, Sentence("seeds.spread", **spread)))
        return tuple(pairs)


def train_seeds(recipe: Recipe, seeds: Sequence[int], *, output: Path, build: Build) -> SeedTable:
    """Train a recipe under several seeds, and keep one of them.

    Seeds that were trained before are not trained again, so that the same call goes on where it
    was stopped.

    Args:
        recipe: Its films are divided as it says, for all seeds alike.
        seeds: Two or more.
        output: The kept bundle's folder; all of them lie beside it, in "…-seeds".
        build: Trains a recipe into a folder.

    Raises:
        DataError: Fewer than two seeds, or films that cannot be used.
    """
    if len(set(seeds)) < _FEWEST:
        raise DataError("Several seeds are two or more.")
    beside = output.parent / f"{output.name}-seeds"
    rows = []
    for seed in seeds:
        own = replace(
            recipe,
            training=replace(recipe.training, seed=seed),
            data=replace(recipe.data, seed=recipe.division_seed),
        )
        folder = beside / f"seed-{seed}"
        if not _is_trained(folder, own):
            build(own, folder)
        rows.append(_seeded(seed, folder))
    table = SeedTable(tuple(rows), _median(rows))
    _keep(table, output)
    return table


def _is_trained(folder: Path, recipe: Recipe) -> bool:
    try:
        made = read_description(folder)[0].training.get("recipe")
    except BundleError:
        return False
    return made is not None and recipe_of(made, folder.name) == recipe


def _seeded(seed: int, folder: Path) -> Seeded:
    description, _ = read_description(folder)
    tests = description.tests
    figures = {
        name: figure.value
        for name in _FIGURES
        if tests and (figure := getattr(tests[0], name)) is not None
    }
    return Seeded(seed, folder, _validation_loss(description), figures)


def _validation_loss(description: Description) -> float:
    """Of the weights that were kept."""
    losses = [epoch.get("validation_loss") for epoch in description.training.get("history", [])]
    known = [float(loss) for loss in losses if loss is not None]
    if not known:
        return math.nan
    recipe = description.training.get("recipe", {})
    return min(known) if recipe.get("training", {}).get("early_stopping") else known[-1]


def _median(rows: Sequence[Seeded]) -> int:
    """The place of the median loss; of an even number the larger of the two in the middle."""
    places = sorted(range(len(rows)), key=lambda place: (rows[place].validation_loss, place))
    if any(math.isnan(row.validation_loss) for row in rows):
        return 0
    return places[len(rows) // 2]


def _keep(table: SeedTable, output: Path) -> None:
    """Copy the kept bundle to its place, and write there what all seeds came to."""
    shutil.copytree(table.rows[table.kept].folder, output, dirs_exist_ok=True)
    add_results(output, table.words)
