"""Processes that train one combination after the other."""

import os
import signal
import time
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import optuna
import torch
from numpy.typing import NDArray
from optuna.exceptions import UpdateFinishedTrialError
from optuna.trial import TrialState

from engine.errors import DeviceError, EngineError
from engine.films import Films
from engine.network import build_network
from engine.processes import LostError, Worker
from engine.recipe import Recipe
from engine.training import DeviceChoice
from engine.tuning.claims import (
    CHANGES,
    FAILURE,
    FOLD,
    LEFT,
    PARAMETERS,
    Claims,
    Heartbeat,
    beating,
    folds_of,
    open_study,
)
from engine.tuning.cross_validation import Fold, Source, measure_fold, read_pool
from engine.tuning.plan import Plan
from engine.tuning.space import with_changes
from engine.types import InputFormat

# ----------------------------------------------------------------------------- one worker
# One process at work: claim a combination, train its folds, write down what was measured.

_PAUSE = 1.0  # seconds until a process that waits for others looks again


@dataclass(frozen=True, slots=True, eq=False)
class TrialJob:
    """What a process must have to help.

    Attributes:
        output: The folder of the tuning.
        films: Films without test films, by the format in which a network reads them (with
            `rows_multiple` 1). All have the same films in the same order.
        folds: (N,) indices of each held-out fold.
        source: Where the films came from.
        device: Where networks are trained.
    """

    output: Path
    plan: Plan
    films: Mapping[InputFormat, Films]
    folds: tuple[NDArray[np.int64], ...]
    source: Source
    device: DeviceChoice = "cpu"

    def parcel(self) -> "TrialJob":
        """What another process of this machine is sent: without films that a cache has."""
        return replace(self, films={}) if self.source.cache else self

    def unpacked(self) -> "TrialJob":
        """The whole of a parcel again."""
        if self.films:
            return self
        return replace(self, films=read_pool(self.source, self.plan, report=lambda _: None))

    def films_of(self, recipe: Recipe) -> Films:
        """The films as this recipe reads them."""
        return self.films[replace(recipe.input, rows_multiple=1)]

    def claims(self, heartbeat: Heartbeat) -> Claims:
        """The journal, opened for a process.

        Raises:
            DataError: It belongs to another tuning.
        """
        study = open_study(self.output, self.plan, next(iter(self.films.values())))
        return Claims(self.output, study, plan=self.plan, heartbeat=heartbeat)


def work(
    job: TrialJob,
    claims: Claims,
    *,
    after_fold: Callable[[], None] = lambda: None,
) -> None:
    """Try combinations until none is left, here or elsewhere.

    Args:
        job: What is to be done.
        claims: Where it is claimed and written down.
        after_fold: Called when something was measured, and now and then while waiting.

    Raises:
        KeyboardInterrupt: Somebody pressed Ctrl-C; what is not finished is taken up by others.
    """
    while True:
        trial = claims.claim()
        if trial is not None:
            try:
                _attempt(trial, job, claims, after_fold=after_fold)
            except UpdateFinishedTrialError:  # we slept, and another process took it over
                continue
        elif claims.is_finished():
            return
        else:
            after_fold()
            time.sleep(_PAUSE)


def _attempt(
    trial: optuna.Trial, job: TrialJob, claims: Claims, *, after_fold: Callable[[], None]
) -> None:
    """Train the folds of one combination that are not done yet, and say how it ended."""
    try:
        scores, pruned = _cross(trial, job, after_fold=after_fold)
    except DeviceError:  # says nothing of the combination
        raise
    except EngineError as error:
        _fail(trial, claims, str(error))
    except (MemoryError, torch.OutOfMemoryError):
        _fail(trial, claims, "It does not fit into the memory of the machine that tried it.")
    except KeyboardInterrupt:
        trial.set_user_attr(LEFT, value=True)
        raise
    else:
        if pruned:
            claims.study.tell(trial, state=TrialState.PRUNED)
        else:
            claims.study.tell(trial, float(np.mean(scores)))
    after_fold()


def _fail(trial: optuna.Trial, claims: Claims, reason: str) -> None:
    trial.set_user_attr(FAILURE, reason)
    claims.study.tell(trial, state=TrialState.FAIL)


def _cross(
    trial: optuna.Trial, job: TrialJob, *, after_fold: Callable[[], None]
) -> tuple[list[float], bool]:
    """The scores of the folds, and whether the rest was not worth it."""
    recipe = with_changes(job.plan.recipe, trial.user_attrs[CHANGES])
    trial.set_user_attr(PARAMETERS, parameters_of(recipe))
    scores = [Fold.from_dict(measured).score for _, measured in folds_of(trial)]
    for number, held in enumerate(job.folds[len(scores) :], len(scores) + 1):
        fold = measure_fold(
            job.films_of(recipe), held, recipe, kind=job.plan.kind, device=job.device
        )
        trial.set_user_attr(f"{FOLD}{number}", fold.to_dict())
        scores.append(fold.score)
        trial.report(float(np.mean(scores)), number)
        if number < len(job.folds):
            if trial.should_prune():
                return scores, True
            after_fold()
    return scores, False


def parameters_of(recipe: Recipe) -> int:
    """How many numbers its network learns."""
    with torch.device("meta"):  # draws no random numbers and fills no memory
        network = build_network(recipe.config)
    return sum(one.numel() for one in network.parameters())


# ------------------------------------------------------------------------ several workers
# Several processes of this machine that share one tuning.

_LOOK = 0.5  # seconds between two looks at the journal
_PATIENCE = 5.0  # seconds that a process has to leave in good order


def work_together(
    job: TrialJob, claims: Claims, *, workers: int, threads: int, after_fold: Callable[[], None]
) -> None:
    """Try combinations until none is left, in this process or in several.

    Args:
        job: What is to be done.
        claims: This process's.
        workers: How many processes; one is this one itself.
        threads: Of each.
        after_fold: Called when there may be something new in the journal.

    Raises:
        KeyboardInterrupt: Somebody pressed Ctrl-C; all processes have ended.
        EngineError: What stopped a process, if the others did not finish without it.
    """
    if workers == 1:
        torch.set_num_threads(threads)
        work(job, claims, after_fold=after_fold)
        return
    # OpenMP reads the number when it is loaded: before the first line of a process runs.
    environment = {"OMP_NUM_THREADS": str(threads)}
    team = [Worker(environment=environment) for _ in range(workers)]
    try:
        asked = [one.submit(_help, job.parcel(), threads) for one in team]
        while wait(asked, _LOOK).not_done:
            after_fold()
    finally:
        for one in team:  # all at once, so that none takes up what another has just left
            one.leave()
        for one in team:
            one.close(_PATIENCE)
    after_fold()
    for end in [] if claims.is_finished() else asked:
        with suppress(LostError, CancelledError):
            end.result()


def _help(parcel: TrialJob, threads: int) -> None:
    """What a process of the team does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # it is asked to leave like this
    torch.set_num_threads(threads)
    with suppress(KeyboardInterrupt), beating(parcel.output) as heartbeat:
        job = parcel.unpacked()
        work(job, job.claims(heartbeat))


def free_threads(workers: int) -> int:
    """Threads for each process, so that together they fill the processors and no more."""
    try:
        processors = len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        processors = os.cpu_count() or 1
    return max(processors // workers, 1)
