"""What was found, ranked; and which combination is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from optuna.trial import FrozenTrial, TrialState

from engine.tuning.combinations import identity
from engine.tuning.crossing import Fold
from engine.tuning.ledger import CHANGES, FAILURE, PARAMETERS, folds_of
from engine.tuning.plan import Plan
from engine.tuning.scoring import Summary, summarise
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


def make_table(plan: Plan, trials: Sequence[FrozenTrial]) -> Table:
    """Rank what was measured and choose.

    The smallest network whose mean lies within one standard error of the best one's is taken
    (Breiman, Friedman, Olshen and Stone 1984, section 3.4.3), or the best if the plan says so.
    """
    rows = sorted((_row(trial) for trial in trials), key=_rank)
    finished = [row for row in rows if row.summary is not None]
    chosen = _chosen(finished, smallest=plan.wishes.smallest) if finished else None
    return Table(plan, tuple(rows), chosen, _why(finished, chosen, plan))


def _row(trial: FrozenTrial) -> Row:
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
        summarise([one.score for one in folds]) if state == "finished" else None,
        folds,
        trial.user_attrs.get(PARAMETERS, 0),
        trial.user_attrs.get(FAILURE, ""),
    )


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
