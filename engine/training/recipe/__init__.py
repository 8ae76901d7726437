"""A recipe: everything that makes a model, read from one TOML file into frozen values."""

from engine.training.recipe.reading import changed, parsed, read_recipe, recipe_of
from engine.training.recipe.values import (
    Columns,
    Data,
    Leakage,
    Measures,
    Network,
    OtherNetwork,
    Recipe,
    Schedule,
    card_lacks,
)

__all__ = [
    "Columns",
    "Data",
    "Leakage",
    "Measures",
    "Network",
    "OtherNetwork",
    "Recipe",
    "Schedule",
    "card_lacks",
    "changed",
    "parsed",
    "read_recipe",
    "recipe_of",
]
