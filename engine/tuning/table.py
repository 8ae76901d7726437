"""What was found, ranked; and which combination is taken."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from optuna.trial import FrozenTrial, TrialState

from engine.training.measure import share_interval
from engine.tuning.combinations import identity
from engine.tuning.crossing import Fold
from engine.tuning.ledger import CHANGES, FAILURE, PARAMETERS, folds_of
from engine.tuning.plan import Plan
from engine.tuning.scoring import NAMES, Chance, Summary, above_chance, summarise
from engine.tuning.space import Changes

State = Literal["finished", "pruned", "failed", "unfinished"]
_STATES: tuple[State, ...] = ("finished", "pruned", "failed", "unfinished")


@dataclass(frozen=True, slots=True)
class Row:
    """One combination.

    Attributes:
        summary: Of its folds; None unless it is finished.
        folds: What was measured, in the order of the folds.
        parameters: Numbers that its network learns; 0 if it never came so far.
        reason: Why it failed, if it did.
    """

    changes: Changes
    state: State
    summary: Summary | None
    folds: tuple[Fold, ...]
    parameters: int = 0
    reason: str = ""

    @property
    def log_loss(self) -> float:
        """Mean of the folds; NaN without any."""
        return float(np.mean([one.log_loss for one in self.folds])) if self.folds else float("nan")

    @property
    def seconds(self) -> float:
        """Of all folds together."""
        return sum(one.seconds for one in self.folds)


@dataclass(frozen=True, slots=True)
class Table:
    """All combinations, the best first.

    Attributes:
        chosen: The row that is taken; None while none is finished.
        why: How it was chosen, as a sentence.
    """

    plan: Plan
    rows: tuple[Row, ...]
    chosen: Row | None
    why: str


def make_table(
    plan: Plan, trials: Sequence[FrozenTrial], *, chance: Chance | None = None
) -> Table:
    """Rank what was measured and choose.

    A choice among scores that are not told from `chance` says so; None does not ask.

    The smallest network whose mean lies within one standard error of the best one's is taken
    (Breiman, Friedman, Olshen and Stone 1984, section 3.4.3), or the best if the plan says so.
    """
    rows = sorted((_row(trial, chance) for trial in trials), key=_rank)
    finished = [row for row in rows if row.summary is not None]
    chosen = _chosen(finished, smallest=plan.wishes.smallest) if finished else None
    why = _why(finished, chosen, plan)
    if chance is not None and finished:
        why += _doubt(finished, chance, plan)
    return Table(plan, tuple(rows), chosen, why)


def _doubt(finished: Sequence[Row], chance: Chance, plan: Plan) -> str:
    """A sentence more where the best score may be chance; else nothing."""
    best, count = finished[0], len(finished)
    if best.summary is None or above_chance(
        [one.score for one in best.folds], chance, tried=count
    ):
        return ""
    tried = f"the best of {count:,} combinations" if count > 1 else "the only combination"
    return (
        f" Not told from chance: {NAMES[plan.kind]} {best.summary.mean:.3f} of {tried}, measured"
        f" on {chance.patients:,} patients{'' if plan.kind == 'accuracy' else ' of a class'},"
        f" may be the {chance.level:.3f} of chance, so the choice means little."
    )


def _row(trial: FrozenTrial, chance: Chance | None) -> Row:
    folds = tuple(Fold.from_dict(measured) for _, measured in folds_of(trial))
    states: dict[TrialState, State] = {
        TrialState.COMPLETE: "finished",
        TrialState.PRUNED: "pruned",
        TrialState.FAIL: "failed",
    }
    state = states.get(trial.state, "unfinished")
    return Row(
        trial.user_attrs[CHANGES],
        state,
        _summary([one.score for one in folds], chance) if state == "finished" else None,
        folds,
        trial.user_attrs.get(PARAMETERS, 0),
        trial.user_attrs.get(FAILURE, ""),
    )


def _summary(scores: Sequence[float], chance: Chance | None) -> Summary:
    """Of folds; where all of them agree, the interval is that of as many patients."""
    found = summarise(scores)
    if found.spread > 0 or chance is None:
        return found
    low, high = share_interval(found.mean, chance.patients)
    return replace(found, low=low, high=high)


def _rank(row: Row) -> tuple[int, float, int, str]:
    mean = row.summary.mean if row.summary else 0.0
    return _STATES.index(row.state), -mean, row.parameters, identity(row.changes)


def _chosen(finished: Sequence[Row], *, smallest: bool) -> Row:
    best = finished[0]
    if not smallest:
        return best
    return min(_as_good(finished), key=lambda row: (row.parameters, _rank(row)))


def _as_good(finished: Sequence[Row]) -> list[Row]:
    """All within one standard error of the best."""
    best = finished[0].summary
    assert best is not None  # noqa: S101 - for the type checker
    least = best.mean - best.error
    return [row for row in finished if row.summary is not None and row.summary.mean >= least]


def _why(finished: Sequence[Row], chosen: Row | None, plan: Plan) -> str:
    if chosen is None:
        return "Nothing is finished yet."
    words = f"of {len(finished):,} cross-validated combinations"
    if not plan.wishes.smallest:
        return f"The best {words}."
    count = len(_as_good(finished))
    if count == 1:
        return f"The best {words}; no other lies within one standard error of it."
    return (
        f"The smallest network ({chosen.parameters:,} parameters) among the {count:,} {words} that"
        " lie within one standard error of the best."
    )
