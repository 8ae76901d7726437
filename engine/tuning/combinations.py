"""From a space to the combinations that can be trained; impossible ones are known beforehand."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np

from engine.errors import BundleError, DataError
from engine.metadata import NetworkConfig
from engine.training.recipe import Network, Recipe, changed, recipe_of
from engine.tuning.space import DEFAULT_GRID, HIDDEN, OTHER_GRID, RULE, Changes, Space, products
from engine.tuning.toml import toml_value

_FACTORS = (2.0, 2.5, 3.0)  # hidden units for each value that a step reads
_MULTIPLE = 8


@dataclass(frozen=True, slots=True)
class Combinations:
    """What a grid holds.

    Attributes:
        usable: In the order of the grid, none twice.
        left_out: How many fail, by the reason.
    """

    usable: tuple[Changes, ...]
    left_out: tuple[tuple[str, int], ...]


def default_grid(recipe: Recipe) -> tuple[str, ...]:
    """What is tried where nobody names anything."""
    return DEFAULT_GRID if isinstance(recipe.network, Network) else OTHER_GRID


def with_changes(recipe: Recipe, changes: Changes) -> Recipe:
    """The recipe with other values.

    Raises:
        DataError: A key or value that no recipe has, or a network that cannot be built.
    """
    values = asdict(recipe)
    del values["input"]["rows_multiple"]  # follows from the network
    for key, value in changes.items():
        values = changed(values, f"{key}={toml_value(value)}")
    return recipe_of(values, words_of(changes) or recipe.name)


def words_of(changes: Changes) -> str:
    """For people, for example "cell=gru, learning_rate=0.001"."""
    return ", ".join(f"{key.rpartition('.')[2]}={_shown(one)}" for key, one in changes.items())


def identity(changes: Changes) -> str:
    """The same text for the same values, whatever their order."""
    return json.dumps(changes, sort_keys=True, ensure_ascii=False)


def rule_sizes(input_size: int) -> tuple[int, ...]:
    """Hidden sizes of two to three times what a step reads, as multiples of 8."""
    sizes = (max(round(factor * input_size / _MULTIPLE), 1) * _MULTIPLE for factor in _FACTORS)
    return tuple(dict.fromkeys(sizes))


def combinations(recipe: Recipe, space: Space) -> Combinations:
    """Every combination of the grid that the recipe can be trained with.

    The hidden size "rule" stands for two to three times the values that one step reads, which
    depends on band, stem and grid of the same combination.

    Raises:
        DataError: A value that fits no combination and is not merely a network that cannot be
            built (so it was misspelt), or no combination at all.
    """
    usable: dict[str, Changes] = {}
    reasons: Counter[str] = Counter()
    wrong: dict[tuple[str, str], DataError] = {}
    right: set[tuple[str, str]] = set()
    for asked in products(space.grid):
        for changes, problem in _checked(recipe, asked):
            if problem is None:
                usable.setdefault(identity(changes), changes)
                right |= _pairs(asked)
                continue
            reasons[_reason(problem)] += 1
            if isinstance(problem.__cause__, BundleError):
                right |= _pairs(asked)  # well said, though no network can be built
            else:
                wrong |= dict.fromkeys(_pairs(asked), problem)
    for pair, misspelt in wrong.items():
        if pair not in right:
            raise misspelt
    if not usable:
        raise DataError(
            "No combination can be trained: {reasons}", "data", reasons=next(iter(reasons))
        )
    return Combinations(tuple(usable.values()), tuple(reasons.items()))


def shuffled(usable: tuple[Changes, ...], *, seed: int) -> tuple[Changes, ...]:
    """The order in which they are tried: a part of it is a fair sample of the grid."""
    order = np.random.default_rng(seed).permutation(len(usable))
    return tuple(usable[index] for index in order)


def _checked(recipe: Recipe, asked: Changes) -> Iterator[tuple[Changes, DataError | None]]:
    """Each combination that is meant, with the reason why it cannot be trained."""
    try:
        meant = list(_ruled(recipe, asked))
    except DataError as error:
        yield asked, error
        return
    for changes in meant:
        try:
            with_changes(recipe, changes)
        except DataError as error:
            yield changes, error
        else:
            yield changes, None


def _ruled(recipe: Recipe, asked: Changes) -> Iterator[Changes]:
    if asked.get(HIDDEN) != RULE:
        yield asked
        return
    config = with_changes(recipe, {k: one for k, one in asked.items() if k != HIDDEN}).config
    if not isinstance(config, NetworkConfig):
        raise DataError("`{hidden}` is not a key of this network.", "data", hidden=HIDDEN)
    for size in rule_sizes(config.input_size):
        yield asked | {HIDDEN: size}


def _pairs(asked: Changes) -> set[tuple[str, str]]:
    return {(key, toml_value(value)) for key, value in asked.items()}


def _reason(error: DataError) -> str:
    """Without the combination, which stands before the reason."""
    reason = error.sentence.arguments.get("error")
    return str(error) if reason is None else f"{reason}."


def _shown(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
