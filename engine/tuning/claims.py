"""A study on disk: combinations claimed and measured by many processes."""

import hashlib
import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import optuna
from filelock import FileLock, Timeout
from optuna.exceptions import DuplicatedStudyError, UpdateFinishedTrialError
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna.trial import FrozenTrial, TrialState, create_trial

from engine.errors import DataError
from engine.films import Films
from engine.tuning.plan import Plan, changes_of, distributions_of, params_of
from engine.tuning.space import Changes, identity, with_changes

# ------------------------------------------------------------------- journal of the study
# Optuna's journal: one file of lines that processes of many machines may write.

_JOURNAL = "journal.log"
_STUDY = "tuning"
_OF = "of"
_POLL = 0.005  # seconds between two tries of a lock that is held for a few
_LIKE = 1e-3  # brightness of a film may differ so much between processors
_LOOKED_AT = 64  # films whose brightness tells whether they are the same
_WORDS = {
    "recipe": "of another recipe",
    "films": "of other films",
    "space": "with other values to try",
    "folds": "with other folds, another seed or another score",
}


def exclusive(output: Path) -> FileLock:
    """Only one process at a time, also of several machines that share the folder.

    To be used in a `with` statement; whoever is killed holds it no longer.
    """
    return FileLock(output / ".claims.lock", poll_interval=_POLL)


def open_study(output: Path, plan: Plan, films: Films) -> optuna.Study:
    """The study in a folder, begun if it is not there.

    Raises:
        DataError: The folder holds a tuning of something else, or a damaged journal.
    """
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    output.mkdir(parents=True, exist_ok=True)
    path = output / _JOURNAL
    with exclusive(output):
        lock = FileLock(output / ".journal.lock", poll_interval=_POLL)
        _mend(path, lock)
        try:
            # Optuna asks for `acquire` and `release` only; its own locks outlive who was killed.
            backend = JournalFileBackend(str(path), lock_obj=lock)  # type: ignore[arg-type]
            study = _begin(JournalStorage(backend), plan)
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(
                "{output}/{journal} is damaged; delete the folder to begin anew.",
                output=output.name,
                journal=_JOURNAL,
            ) from error
        mine = plan.fingerprint() | {"films": fingerprint(films)}
        stored = study.user_attrs.get(_OF)
        if stored is None:
            study.set_user_attr(_OF, mine)
        else:
            _compare(stored, mine, output.name)
    return study


def fingerprint(films: Films) -> dict[str, Any]:
    """What tells one set of films from another: names and truth exactly, brightness nearly."""
    digest = hashlib.sha256()
    for name, label, patient in zip(films.names, films.labels, films.patients, strict=True):
        digest.update(f"{name}\0{label}\0{patient}\n".encode())
    chosen = np.linspace(0, len(films) - 1, min(len(films), _LOOKED_AT)).astype(int)
    means = films.rows[chosen].astype(np.float64).mean(axis=(1, 2))
    return {"names": digest.hexdigest()[:16], "brightness": [round(x, 6) for x in means.tolist()]}


def _begin(storage: JournalStorage, plan: Plan) -> optuna.Study:
    pruner = optuna.pruners.MedianPruner() if plan.wishes.prune else optuna.pruners.NopPruner()
    sampler = optuna.samplers.TPESampler(seed=plan.seed)
    try:
        return optuna.create_study(
            storage=storage,
            study_name=_STUDY,
            direction="maximize",
            sampler=sampler,
            pruner=pruner,
        )
    except DuplicatedStudyError:
        return optuna.load_study(
            storage=storage, study_name=_STUDY, sampler=sampler, pruner=pruner
        )


def _mend(path: Path, lock: FileLock) -> None:
    """Cut off a line that a crash left unfinished."""
    with lock:
        data = path.read_bytes() if path.exists() else b""
        if data and not data.endswith(b"\n"):
            with path.open("r+b") as stream:
                stream.truncate(data.rfind(b"\n") + 1)


def _compare(stored: Mapping[str, Any], mine: Mapping[str, Any], name: str) -> None:
    for key, words in _WORDS.items():
        same = stored.get(key) == mine[key]
        if key == "films":
            same = _same_films(stored.get(key, {}), mine[key])
        if not same:
            raise DataError(
                "{name} holds a tuning {words}; name another folder, or delete it to begin anew.",
                name=name,
                words=words,
            )


def _same_films(stored: Mapping[str, Any], mine: Mapping[str, Any]) -> bool:
    first, second = stored.get("brightness", []), mine["brightness"]
    return (
        stored.get("names") == mine["names"]
        and len(first) == len(second)
        and all(abs(a - b) < _LIKE for a, b in zip(first, second, strict=True))
    )


# ----------------------------------------------------------------- heartbeat of a process
# Who works on a tuning: each process holds the lock of one small file for as long as it lives.
#
# The system lets go of a lock when its process ends, however it ends; that of a machine that is
# gone goes when the shared folder's server gives it up. Should that machine only have slept, it
# finds its trial taken away when it wakes, and goes on with another.

_FOLDER = "workers"


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A process's sign of life among those that work in one folder: the lock that it holds.

    Attributes:
        name: Unique; the journal says with it who runs a trial.
        works: Whether it tries combinations itself, or only watches others.
        folder: Where everybody's files are.
    """

    name: str
    works: bool
    folder: Path

    def is_alive(self, name: str) -> bool:
        """Whether the process of that name still works. Ask inside `exclusive`."""
        path = self.folder / name
        if name == self.name or not path.is_file():  # whoever leaves takes the file away
            return name == self.name
        try:
            with FileLock(path, timeout=0):
                return False
        except Timeout:
            return True


@contextmanager
def beating(output: Path, *, works: bool = True) -> Iterator[Heartbeat]:
    """Hold this process's lock in the folder of a tuning for a while; see `Heartbeat`."""
    name = f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
    folder = output / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / name):
            yield Heartbeat(name, works, folder)
    finally:
        (folder / name).unlink(missing_ok=True)


# ----------------------------------------------------------------- claims of combinations
# Who tries what: combinations are claimed one by one, and those of the dead are given out again.
#
# Every claim is made under one lock, so that no combination runs twice. A trial is dead when its
# process is (see `Heartbeat`); its finished folds are kept.

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


class Claims:
    """The journal as one process sees it."""

    def __init__(
        self, output: Path, study: optuna.Study, *, plan: Plan, heartbeat: Heartbeat
    ) -> None:
        self.study = study
        self._output = output
        self._plan = plan
        self._heartbeat = heartbeat
        self._distributions = distributions_of(plan)

    def claim(self) -> optuna.Trial | None:
        """A combination that nobody tries or has tried; None if there is none at the moment."""
        with exclusive(self._output):
            self._tidy()
            waiting = bool(self._trials(TrialState.WAITING))
            trial = self.study.ask(self._distributions) if waiting else self._drawn()
            if trial is not None:
                trial.set_user_attr(_WORKER, self._heartbeat.name)
            return trial

    def working(self) -> int:
        """How many processes try combinations, here and elsewhere."""
        names = {one.user_attrs.get(_WORKER) for one in self._trials(TrialState.RUNNING)}
        return len(names | {self._heartbeat.name} if self._heartbeat.works else names)

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
            if not self._heartbeat.is_alive(trial.user_attrs.get(_WORKER, "")):
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
