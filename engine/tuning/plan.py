"""The plan of a tuning: combinations, folds and seeds, decided before the first training."""

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)

from engine.errors import BundleError, DataError
from engine.recipe import Recipe
from engine.tuning.space import (
    HIDDEN,
    NAMES,
    RULE,
    Changes,
    Combinations,
    Range,
    Score,
    Space,
    choose_score,
    combinations,
    identity,
    products,
    shuffled,
    with_changes,
)
from engine.words import Sentence

# ----------------------------------------------------------------------- plan of a tuning

_SEARCHED = 30  # trials of a search, if nobody says
_PROSE = (
    "name", "title", "version", "task", "intended_use", "data_source", "limits", "measure",
    "trust", "population",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for.

    Attributes:
        folds: How often the films are divided.
        blocks: Whether a fold is a run of neighbouring patients instead of a draw.
        trials: Most combinations that are tried; None tries a whole grid.
        score: See `engine.tuning.space`; None is the recipe's own.
        prune: Whether a combination is given up that lies below the median after a fold.
        smallest: Whether the smallest network within one standard error of the best is chosen.
    """

    folds: int = 5
    blocks: bool = False
    trials: int | None = None
    score: str | None = None
    prune: bool = False
    smallest: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What every process of a tuning agrees on.

    Attributes:
        usable: All combinations of the grid, in the order in which they are tried; empty for a
            search, which has no end.
        wanted: How many combinations are to be tried.
        left_out: Reasons why combinations of the grid cannot be trained, with their number.
        kind: The score.
    """

    recipe: Recipe
    space: Space
    wishes: Wishes
    usable: tuple[Changes, ...]
    wanted: int
    left_out: tuple[tuple[str, int], ...]
    kind: Score

    @property
    def tries(self) -> tuple[Changes, ...]:
        """Combinations of the grid that are to be tried, in their order; empty for a search."""
        return self.usable[: self.wanted]

    @property
    def scored_by(self) -> Sentence:
        """What the score is called; where less is better a figure counts below zero."""
        if self.kind != "task":
            return NAMES[self.kind]
        task = self.recipe.asked
        words = task.figure_words(task.chief)
        return words if task.rises(task.chief) else Sentence("score.below-zero", figure=words)

    @property
    def seed(self) -> int:
        """The recipe's: of folds, of the order, of every training."""
        return self.recipe.training.seed

    def fingerprint(self) -> dict[str, str]:
        """What may not change while the same journal is used, by what it is called."""
        values = asdict(self.recipe)
        for key in _PROSE:
            del values[key]
        values["data"] |= {"source": "", "licence": ""}
        wishes = self.wishes
        folds = [wishes.folds, wishes.blocks, self.seed, self.kind, wishes.prune]
        space = [list(asdict(self.space)["grid"].items()), asdict(self.space)["search"]]
        return {"recipe": _digest(values), "space": _digest(space), "folds": _digest(folds)}

    def recipes(self) -> Iterator[Recipe]:
        """Recipes with every film format and every number of rows per step that may occur."""
        grid = {key: values for key, values in self.space.grid.items() if key != HIDDEN}
        for changes in self.usable or products(grid):
            try:
                yield with_changes(self.recipe, changes)
            except DataError:  # told in `left_out`
                continue


def make_plan(recipe: Recipe, space: Space, wishes: Wishes) -> Plan:
    """Find out what can be tried.

    Raises:
        DataError: A key, value, score or number that makes no sense.
    """
    if wishes.folds < 2:
        raise DataError("Cross-validation needs two folds or more.")
    kind = choose_score(recipe, wishes.score)
    if not space.keys:
        raise DataError("Name at least one key to tune.")
    if space.search:
        space = _fitted(recipe, space)
        found = combinations(recipe, Space(space.grid)) if space.grid else Combinations((), ())
        wanted = wishes.trials or _SEARCHED
        return Plan(recipe, space, wishes, (), wanted, found.left_out, kind)
    found = combinations(recipe, space)
    usable = shuffled(found.usable, seed=recipe.training.seed)
    wanted = min(wishes.trials or len(usable), len(usable))
    return Plan(recipe, space, wishes, usable, wanted, found.left_out, kind)


def step_multiple(recipes: Iterator[Recipe]) -> int:
    """Model rows that every film must be a multiple of, so that all of the networks read it."""
    return math.lcm(*(recipe.config.rows_per_step for recipe in recipes))


def _fitted(recipe: Recipe, space: Space) -> Space:
    """The space with ranges of the type of their keys, or a sentence why it cannot be searched."""
    if RULE in space.grid.get(HIDDEN, ()):
        raise DataError("With a search, give `{hidden}` as numbers or as a range.", hidden=HIDDEN)
    search = {}
    for key, one in space.search.items():
        if key.startswith("input.") or key == "network.band":
            raise DataError("“{key}” cannot be searched; give its values in the grid.", key=key)
        search[key] = _typed(recipe, key, one)
    return replace(space, search=search)


def _typed(recipe: Recipe, key: str, given: Range) -> Range:
    """`training.focal=0..2` means all numbers between, `network.layers=1..3` whole ones."""
    as_float = replace(given, whole=False)
    for one in (as_float, given) if given.whole else (as_float,):
        for end in (one.low, one.high):
            try:
                with_changes(recipe, {key: int(end) if one.whole else end})
            except DataError as error:
                if isinstance(error.__cause__, BundleError):
                    return one
                wrong = error
                break
        else:
            return one
    raise wrong


def _digest(values: Any) -> str:  # noqa: ANN401 - plain values
    text = json.dumps(values, sort_keys=True, default=list)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


# ----------------------------------------------------------------- Optuna's distributions
# A space in Optuna's words, and what Optuna answers in ours.


def distributions_of(plan: Plan) -> dict[str, BaseDistribution]:
    """A list of values or a range for each key; the same in every process."""
    found: dict[str, BaseDistribution] = {}
    for key, values in plan.space.grid.items():
        met = [one[key] for one in plan.usable] or values
        choices = sorted({identity(value): _code(value) for value in met}.items())
        found[key] = CategoricalDistribution([code for _, code in choices])
    for key, ends in plan.space.search.items():
        found[key] = _numbers(ends)
    return found


def params_of(changes: Changes) -> dict[str, Any]:
    """Values as Optuna keeps them."""
    return {key: _code(value) for key, value in changes.items()}


def changes_of(plan: Plan, params: dict[str, Any]) -> Changes:
    """Values as a recipe has them, in the order of the space."""
    changes: Changes = {}
    for key in plan.space.keys:
        values = plan.space.grid.get(key, ())
        changes[key] = next((one for one in values if _code(one) == params[key]), params[key])
    return changes


def _numbers(ends: Range) -> BaseDistribution:
    if ends.whole:
        return IntDistribution(int(ends.low), int(ends.high), log=ends.log)
    return FloatDistribution(ends.low, ends.high, log=ends.log)


def _code(value: object) -> str | int | float | bool:
    """Optuna keeps numbers, truths and text; a list or a table becomes its text."""
    return value if isinstance(value, str | int | float | bool) else identity(value)
