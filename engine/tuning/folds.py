"""One recipe, fold by fold: its figures in words, and in the results of its model."""

from engine.errors import DataError
from engine.metadata import find_bundle, read_description
from engine.training.card import add_results
from engine.training.recipe import Recipe, recipe_of
from engine.tuning.scoring import NAMES
from engine.tuning.table import Table
from engine.types import ModelInfo, Results
from engine.words import Sentence


def fold_words(table: Table) -> Results:
    """The mean with its interval, the folds, the spread and the log loss of the only row."""
    row, wishes = table.chosen, table.plan.wishes
    assert row is not None  # noqa: S101 - `select` made sure
    found = row.summary
    assert found is not None  # noqa: S101 - the same
    name = NAMES[table.plan.kind]
    mean = Sentence("figure.number", value=found.mean, low=found.low, high=found.high)
    how = "folds.blocks" if wishes.blocks else "folds.drawn"
    each = tuple(Sentence("figure.plain", value=fold.score) for fold in row.folds)
    return (
        (
            Sentence("result.over-folds", score=name, folds=wishes.folds),
            Sentence(how, figure=mean),
        ),
        (
            Sentence("result.each-fold", score=name),
            Sentence("folds.each", scores=each, spread=found.spread),
        ),
        (Sentence("result.loss-over-folds"), Sentence("figure.plain", value=row.log_loss)),
    )


def write_folds(model: str, recipe: Recipe, found: Results) -> ModelInfo:
    """Write what a cross-validation of its recipe found into a model's results.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DataError: Another recipe made it.
    """
    description, _ = read_description(find_bundle(model))
    made = description.training.get("recipe")
    own = recipe_of(made, model) if made is not None else None
    if own is None or _learning(own) != _learning(recipe):
        raise DataError(
            "{model} was made by another recipe than {recipe}: network, grid, training or"
            " augmentation differ. Cross-validate the recipe that made it.",
            "data",
            model=model,
            recipe=recipe.name,
        )
    return add_results(model, found)


def _learning(recipe: Recipe) -> tuple[object, ...]:
    """What changes the weights that a recipe learns."""
    return (
        recipe.classes,
        recipe.input,
        recipe.network,
        recipe.augmentation,
        recipe.training,
        recipe.data.folders,
    )
