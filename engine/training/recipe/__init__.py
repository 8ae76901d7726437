"""A recipe: everything that makes a model, read from one TOML file into frozen values."""

from engine.training.recipe.reading import (
    changed,
    parsed,
    put,
    read_recipe,
    recipe_of,
    toml_value,
    without_nulls,
)
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
    "put",
    "read_recipe",
    "recipe_of",
    "toml_value",
    "without_nulls",
]
