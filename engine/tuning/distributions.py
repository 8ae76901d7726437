"""A space in Optuna's words, and what Optuna answers in ours."""

from typing import Any

from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)

from engine.tuning.combinations import identity
from engine.tuning.plan import Plan
from engine.tuning.space import Changes, Range


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
