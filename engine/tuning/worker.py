"""One process at work: claim a combination, train its folds, write down what was measured."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import optuna
import torch
from numpy.typing import NDArray
from optuna.exceptions import UpdateFinishedTrialError
from optuna.trial import TrialState

from engine.errors import DeviceError, EngineError
from engine.network import build_network
from engine.training.data import Films
from engine.training.loop.run import DeviceChoice
from engine.training.recipe import Recipe
from engine.tuning.combinations import with_changes
from engine.tuning.crossing import Fold, measure_fold
from engine.tuning.films import Source, read_pool
from engine.tuning.journal import open_study
from engine.tuning.ledger import CHANGES, FAILURE, FOLD, LEFT, PARAMETERS, Ledger, folds_of
from engine.tuning.plan import Plan
from engine.tuning.presence import Presence
from engine.types import InputFormat

_PAUSE = 1.0  # seconds until a process that waits for others looks again


@dataclass(frozen=True, slots=True, eq=False)
class Job:
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

    def parcel(self) -> "Job":
        """What another process of this machine is sent: without films that a cache has."""
        return replace(self, films={}) if self.source.cache else self

    def unpacked(self) -> "Job":
        """The whole of a parcel again."""
        if self.films:
            return self
        return replace(self, films=read_pool(self.source, self.plan, report=lambda _: None))

    def films_of(self, recipe: Recipe) -> Films:
        """The films as this recipe reads them."""
        return self.films[replace(recipe.input, rows_multiple=1)]

    def ledger(self, presence: Presence) -> Ledger:
        """The journal, opened for a process.

        Raises:
            DataError: It belongs to another tuning.
        """
        study = open_study(self.output, self.plan, next(iter(self.films.values())))
        return Ledger(self.output, study, plan=self.plan, presence=presence)


def work(
    job: Job,
    ledger: Ledger,
    *,
    after_fold: Callable[[], None] = lambda: None,
) -> None:
    """Try combinations until none is left, here or elsewhere.

    Args:
        job: What is to be done.
        ledger: Where it is claimed and written down.
        after_fold: Called when something was measured, and now and then while waiting.

    Raises:
        KeyboardInterrupt: Somebody pressed Ctrl-C; what is not finished is taken up by others.
    """
    while True:
        trial = ledger.claim()
        if trial is not None:
            try:
                _attempt(trial, job, ledger, after_fold=after_fold)
            except UpdateFinishedTrialError:  # we slept, and another process took it over
                continue
        elif ledger.is_finished():
            return
        else:
            after_fold()
            time.sleep(_PAUSE)


def _attempt(
    trial: optuna.Trial, job: Job, ledger: Ledger, *, after_fold: Callable[[], None]
) -> None:
    """Train the folds of one combination that are not done yet, and say how it ended."""
    try:
        scores, pruned = _cross(trial, job, after_fold=after_fold)
    except DeviceError:  # says nothing of the combination
        raise
    except EngineError as error:
        _fail(trial, ledger, str(error))
    except (MemoryError, torch.OutOfMemoryError):
        _fail(trial, ledger, "It does not fit into the memory of the machine that tried it.")
    except KeyboardInterrupt:
        trial.set_user_attr(LEFT, value=True)
        raise
    else:
        if pruned:
            ledger.study.tell(trial, state=TrialState.PRUNED)
        else:
            ledger.study.tell(trial, float(np.mean(scores)))
    after_fold()


def _fail(trial: optuna.Trial, ledger: Ledger, reason: str) -> None:
    trial.set_user_attr(FAILURE, reason)
    ledger.study.tell(trial, state=TrialState.FAIL)


def _cross(
    trial: optuna.Trial, job: Job, *, after_fold: Callable[[], None]
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
