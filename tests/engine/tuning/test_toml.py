"""Recipes as text."""

import tomllib
from dataclasses import replace

import pytest

from engine.recipe import read_recipe
from engine.resources import resource_path
from engine.tuning import recipe_toml
from tests.engine.tuning_parts import RECIPE

SHIPPED = sorted(resource_path("recipes").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_that_a_recipe_is_read_back_as_it_was(path, tmp_path):
    recipe = read_recipe(path)
    (tmp_path / "recipe.toml").write_text(recipe_toml(recipe, "chosen\n\nby hand"))
    assert read_recipe(tmp_path / "recipe.toml") == recipe


@pytest.mark.parametrize(
    "value",
    [
        "", 'a "b" \\ c', "one\ntwo\ttab", "\x7f\x01", "Größe → 3", True, -3, 1e-30, 2.0,
        [[], [1]], {"a b": [1, 2.5]},
    ],
)  # fmt: skip
def test_that_options_of_parts_are_kept(value):
    network = replace(RECIPE.network, readout_options={"one": value})
    values = tomllib.loads(recipe_toml(replace(RECIPE, network=network), ""))
    assert values["network"]["readout_options"] == {"one": value}
