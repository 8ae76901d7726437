"""A recipe: everything that makes a model, read from one TOML file into frozen values."""

from engine.training.recipe.reading import ask_population, changed, read_recipe, recipe_of
from engine.training.recipe.values import (
    Columns,
    Data,
    Leakage,
    Measures,
    Network,
    OtherNetwork,
    Recipe,
    Schedule,
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
    "ask_population",
    "changed",
    "read_recipe",
    "recipe_of",
]
