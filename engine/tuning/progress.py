"""How far a tuning is: a line for each combination, and the time that is left."""

from types import TracebackType
from typing import Self

from optuna.trial import FrozenTrial, TrialState
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from engine.tuning.combinations import words_of
from engine.tuning.crossing import Fold
from engine.tuning.ledger import CHANGES, FAILURE, PARAMETERS, Ledger, folds_of
from engine.tuning.plan import Plan
from engine.tuning.scoring import NAMES, summarise


class Watch:
    """Tells what is new in the journal, whoever wrote it. Use it in a `with` statement."""

    def __init__(self, ledger: Ledger, plan: Plan, *, console: Console) -> None:
        self._ledger = ledger
        self._plan = plan
        self._console = console
        self._told: set[int] = set()
        self._bar = Progress(
            TextColumn("{task.completed:.0f} of {task.total:.0f} folds"),
            BarColumn(),
            TextColumn("{task.description}"),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("", total=plan.wanted * plan.wishes.folds)

    def __enter__(self) -> Self:
        done = [one.number for one in self._ledger.trials() if one.state.is_finished()]
        if done:
            self._told.update(done)
            self._console.print(f"{len(done)} of {self._plan.wanted} were done before.")
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def look(self) -> None:
        """Tell what was finished since the last look."""
        trials = self._ledger.trials()
        new = [one for one in trials if one.state.is_finished() and one.number not in self._told]
        wanted = max(self._plan.wanted, len(trials))  # another machine may have asked for more
        total = wanted * self._plan.wishes.folds
        done = sum(self._folds_done(trial) for trial in trials)
        left = self._time_left(trials, total - done)
        for trial in new:
            self._told.add(trial.number)
            words = f"{len(self._told)} of {wanted}: {self._line(trial)}{left and '; '}{left}"
            self._console.print(words, highlight=False, markup=False, soft_wrap=True)
        self._bar.update(self._task, completed=done, total=total, description=left)

    def _line(self, trial: FrozenTrial) -> str:
        words = words_of(trial.user_attrs[CHANGES])
        if trial.state == TrialState.FAIL:
            return f"{words}: failed. {trial.user_attrs[FAILURE]}"
        folds = [Fold.from_dict(measured) for _, measured in folds_of(trial)]
        seconds = sum(one.seconds for one in folds)
        size = f"{trial.user_attrs[PARAMETERS]:,} parameters, {seconds:.0f} s"
        if trial.state == TrialState.PRUNED:
            return f"{words}: given up after fold {len(folds)} ({size})"
        found = summarise([one.score for one in folds])
        score = f"{NAMES[self._plan.kind]} {found.mean:.3f} ± {found.spread:.3f}"
        return f"{words}: {score} ({size})"

    def _folds_done(self, trial: FrozenTrial) -> int:
        """A trial that is over needs no more folds, however many it had."""
        count = self._plan.wishes.folds
        return count if trial.state.is_finished() else len(list(folds_of(trial)))

    def _time_left(self, trials: list[FrozenTrial], folds: int) -> str:
        """From the mean time of a fold so far and the processes that work, here and elsewhere."""
        seconds = [one["seconds"] for trial in trials for _, one in folds_of(trial)]
        if not seconds or not folds:
            return ""
        working = max(self._ledger.working(), 1)
        return f"{_duration(folds * sum(seconds) / len(seconds) / working)} left"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(round(seconds), 1)} s"
    if seconds < 5400:
        return f"about {round(seconds / 60)} min"
    return f"about {seconds / 3600:.1f} h"
