"""From a space to combinations that can be trained."""

from dataclasses import replace

import pytest

from engine.errors import DataError
from engine.recipe import Network
from engine.tuning import (
    Range,
    combinations,
    default_grid,
    read_space,
    rule_sizes,
    step_multiple,
    with_changes,
)
from tests.engine.tuning_parts import RECIPE, plan_of


def found(*grids, recipe=RECIPE):
    return combinations(recipe, read_space(grids))


def test_that_the_rule_is_two_to_three_times_what_a_step_reads():
    assert rule_sizes(28) == (56, 72, 80)


def test_that_the_rule_follows_the_band():
    usable = found("network.band=1,2", "network.hidden_size=rule").usable
    sizes = [(one["network.band"], one["network.hidden_size"]) for one in usable]
    assert sizes == [(1, 16), (1, 24), (2, 32), (2, 40), (2, 48)]


def test_that_every_combination_of_the_default_grid_can_be_trained():
    usable = found(*default_grid(RECIPE)).usable
    assert len(usable) == (2 + 3) * 2 * 2 * 2 * 3
    assert with_changes(RECIPE, usable[0]).training.learning_rate == 3e-4


def test_that_a_band_that_does_not_divide_the_rows_is_left_out_with_a_word():
    every = found("network.band=1,3", "network.cell=gru,lstm")
    assert [one["network.band"] for one in every.usable] == [1, 1]
    ((reason, count),) = every.left_out
    assert count == 2
    assert "8 model rows cannot be divided" in reason


def test_that_two_remedies_for_rare_classes_are_left_out_together_only():
    every = found("training.class_weights=true,false", "training.sampling=natural,balanced")
    assert len(every.usable) == 3
    assert "choose one" in every.left_out[0][0]


def test_that_a_misspelt_value_is_refused_not_left_out():
    with pytest.raises(DataError, match=r"`network\.cell` must be one of"):
        found("network.cell=gru,gruu")


def test_that_an_unknown_key_is_refused():
    with pytest.raises(
        DataError, match=r"`network\.cells` \(meant: `network\.cell`\?\) is not a key of a recipe"
    ):
        found("network.cells=1,2")


def test_that_a_grid_without_any_usable_combination_is_refused():
    with pytest.raises(DataError, match="No combination can be trained: 8 model rows"):
        found("network.band=3")


def test_that_a_combination_is_tried_once_though_named_twice():
    assert len(found("network.layers=1,1,2").usable) == 2


def test_that_a_network_that_would_be_too_large_does_not_take_the_others_with_it():
    every = found("network.hidden_size=4,4096", "network.layers=4")
    assert [one["network.hidden_size"] for one in every.usable] == [4]
    assert "too large" in every.left_out[0][0]


def test_that_the_recipe_keeps_what_is_not_changed():
    changed = with_changes(RECIPE, {"network.band": 2})
    assert changed.config.rows_per_step == 2
    assert replace(changed, network=RECIPE.network, input=RECIPE.input) == RECIPE


def test_that_a_band_may_be_changed_back():
    banded = with_changes(RECIPE, {"network.band": 4})
    assert with_changes(banded, {"network.band": 1}) == RECIPE


def test_that_the_order_follows_the_seed():
    other = replace(RECIPE, training=replace(RECIPE.training, seed=1))
    grid = ["network.hidden_size=1,2,3,4,5,6,7,8"]
    assert plan_of(*grid).tries == plan_of(*grid).tries
    assert plan_of(*grid).tries != plan_of(*grid, recipe=other).tries


def test_that_a_capped_grid_is_the_beginning_of_the_whole_one():
    assert plan_of(trials=3).tries == plan_of().tries[:3]


def test_that_more_trials_than_combinations_are_just_all_of_them():
    assert plan_of(trials=99).wanted == 4


def test_that_a_range_takes_the_type_of_its_key():
    plan = plan_of(search=["training.focal=0..2", "network.layers=1..3"])
    assert plan.space.search["training.focal"] == Range(0, 2)
    assert plan.space.search["network.layers"] == Range(1, 3, whole=True)


def test_that_a_range_of_the_wrong_type_is_refused():
    with pytest.raises(DataError, match=r"`network\.layers` must be of type int"):
        plan_of(search=["network.layers=0.5..3"])


@pytest.mark.parametrize("key", ["input.rows", "network.band"])
def test_that_what_films_are_read_for_cannot_be_searched(key):
    with pytest.raises(DataError, match="give its values in the grid"):
        plan_of(search=[f"{key}=1..8"])


def test_that_the_rule_is_refused_in_a_search():
    with pytest.raises(DataError, match="as numbers or as a range"):
        plan_of("network.hidden_size=rule", search=["training.focal=0..2"])


def test_that_one_fold_is_refused():
    with pytest.raises(DataError, match="two folds or more"):
        plan_of(folds=1)


def test_that_the_fingerprint_ignores_prose():
    other = replace(RECIPE, title="Another", limits=("none",))
    assert plan_of(recipe=other).fingerprint() == plan_of().fingerprint()


def test_that_the_fingerprint_ignores_how_many_are_tried():
    assert plan_of(trials=2).fingerprint() == plan_of().fingerprint()


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("recipe", plan_of(recipe=replace(RECIPE, network=Network("gru", 6, layers=2)))),
        ("space", plan_of("network.cell=gru,lstm")),
        ("folds", plan_of(folds=4)),
        ("folds", plan_of(blocks=True)),
        ("folds", plan_of(score="accuracy")),
    ],
)
def test_that_the_fingerprint_tells_what_differs(part, other):
    first, second = plan_of().fingerprint(), other.fingerprint()
    assert [key for key in first if first[key] != second[key]] == [part]


def test_that_films_are_read_for_all_bands_at_once():
    assert step_multiple(plan_of("network.band=1,2,4").recipes()) == 4
