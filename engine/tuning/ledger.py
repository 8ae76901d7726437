"""Who tries what: combinations are claimed one by one, and those of the dead are given out again.

Every claim is made under one lock, so that no combination runs twice. A trial is dead when its
process is (see `engine.tuning.presence`); its finished folds are kept.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import optuna
from optuna.exceptions import UpdateFinishedTrialError
from optuna.trial import FrozenTrial, TrialState, create_trial

from engine.errors import DataError
from engine.tuning.combinations import identity, with_changes
from engine.tuning.distributions import changes_of, distributions_of, params_of
from engine.tuning.journal import exclusive
from engine.tuning.plan import Plan
from engine.tuning.presence import Presence
from engine.tuning.space import Changes

# Attributes of a trial.
CHANGES = "changes"  # its values
FOLD = "fold "  # and a number from 1: what was measured
PARAMETERS = "parameters"  # of its network
FAILURE = "failure"  # why it cannot be trained; a failed trial without was given up
LEFT = "left"  # its process was asked to end
_WORKER = "worker"
_DEATHS = 3  # after so many the combination is not tried again
_DRAWS = 20  # draws of a search until it is taken for exhausted
_LIVE = (TrialState.WAITING, TrialState.RUNNING)


class Ledger:
    """The journal as one process sees it."""

    def __init__(
        self, output: Path, study: optuna.Study, *, plan: Plan, presence: Presence
    ) -> None:
        self.study = study
        self._output = output
        self._plan = plan
        self._presence = presence
        self._distributions = distributions_of(plan)

    def claim(self) -> optuna.Trial | None:
        """A combination that nobody tries or has tried; None if there is none at the moment."""
        with exclusive(self._output):
            self._tidy()
            waiting = bool(self._trials(TrialState.WAITING))
            trial = self.study.ask(self._distributions) if waiting else self._drawn()
            if trial is not None:
                trial.set_user_attr(_WORKER, self._presence.name)
            return trial

    def working(self) -> int:
        """How many processes try combinations, here and elsewhere."""
        names = {one.user_attrs.get(_WORKER) for one in self._trials(TrialState.RUNNING)}
        return len(names | {self._presence.name} if self._presence.works else names)

    def is_finished(self) -> bool:
        """Whether nothing is waiting and nobody is trying."""
        return not self._trials(*_LIVE)

    def trials(self) -> list[FrozenTrial]:
        """Trials that say something of their combination, in the order of the journal."""
        return [one for one in self._trials() if _counts(one)]

    def _trials(self, *states: TrialState) -> list[FrozenTrial]:
        return self.study.get_trials(deepcopy=False, states=states or None)

    def _tidy(self) -> None:
        """Give up the trials of the dead; line up what nobody has tried."""
        for trial in self._trials(TrialState.RUNNING):
            if not self._presence.is_alive(trial.user_attrs.get(_WORKER, "")):
                self._give_up(trial)
        known = {identity(one.user_attrs[CHANGES]) for one in self.trials()}
        for changes in self._plan.tries:
            if identity(changes) not in known:
                self.study.enqueue_trial(params_of(changes), user_attrs={CHANGES: changes})

    def _give_up(self, dead: FrozenTrial) -> None:
        # Should its process wake up just now and finish, then it is not dead and all is well.
        with suppress(UpdateFinishedTrialError):
            self.study.tell(dead.number, state=TrialState.FAIL)
            if (changes := dead.user_attrs.get(CHANGES)) is None:
                return
            deaths = sum(_died_alike(one, dead) for one in self._trials(TrialState.FAIL))
            kept = {k: one for k, one in dead.user_attrs.items() if k not in {_WORKER, LEFT}}
            if deaths >= _DEATHS:
                kept[FAILURE] = f"{deaths} processes ended while they tried it"
                self.study.add_trial(create_trial(state=TrialState.FAIL, user_attrs=kept))
            else:
                self.study.enqueue_trial(params_of(changes), user_attrs=kept)

    def _drawn(self) -> optuna.Trial | None:
        """A new combination of a search, if more are wanted."""
        if not self._plan.space.search or len(self.trials()) >= self._plan.wanted:
            return None
        for _ in range(_DRAWS):
            # A seed for each draw, so that a search that was interrupted goes on as it would have.
            number = len(self._trials())
            seed = self._plan.seed + 7_919 * number
            self.study.sampler = optuna.samplers.TPESampler(seed=seed)
            trial = self.study.ask(self._distributions)
            changes = changes_of(self._plan, trial.params)
            if self._is_new(changes):
                trial.set_user_attr(CHANGES, changes)
                return trial
            self.study.tell(trial, state=TrialState.FAIL)
        return None

    def _is_new(self, changes: Changes) -> bool:
        """Whether it can be trained and was not drawn before."""
        if any(one.user_attrs[CHANGES] == changes for one in self.trials()):
            return False
        try:
            with_changes(self._plan.recipe, changes)
        except DataError:
            return False
        return True


def folds_of(trial: FrozenTrial | optuna.Trial) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number (from 1) and measurements of the folds that are done, in their order."""
    number = 1
    while (measured := trial.user_attrs.get(f"{FOLD}{number}")) is not None:
        yield number, measured
        number += 1


def _died_alike(trial: FrozenTrial, dead: FrozenTrial) -> bool:
    """Whether a failed trial ended without a reason in the same fold of the same combination."""
    return (
        trial.user_attrs.get(CHANGES) == dead.user_attrs[CHANGES]
        and not trial.user_attrs.keys() & {FAILURE, LEFT}
        and len(list(folds_of(trial))) == len(list(folds_of(dead)))
    )


def _counts(trial: FrozenTrial) -> bool:
    """Whether its combination is taken: waiting, tried, or known to fail."""
    if CHANGES not in trial.user_attrs:
        return False
    return trial.state != TrialState.FAIL or FAILURE in trial.user_attrs
