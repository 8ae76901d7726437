"""Optuna's journal: one file of lines that processes of many machines may write."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import optuna
from optuna.exceptions import DuplicatedStudyError
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend, JournalFileOpenLock

from engine.errors import DataError
from engine.training.data import Films
from engine.tuning.plan import Plan

_JOURNAL = "journal.log"
_STUDY = "tuning"
_OF = "of"
_LIKE = 1e-3  # brightness of a film may differ so much between processors
_LOOKED_AT = 64  # films whose brightness tells whether they are the same
_WORDS = {
    "recipe": "of another recipe",
    "films": "of other films",
    "space": "with other values to try",
    "folds": "with other folds, another seed or another score",
}


@contextmanager
def exclusive(output: Path) -> Iterator[None]:
    """Only one process at a time, also of several machines that share the folder.

    A lock whose owner was killed is broken after half a minute.
    """
    lock = JournalFileOpenLock(str(output / "claims"))
    lock.acquire()
    try:
        yield
    finally:
        lock.release()


def open_study(output: Path, plan: Plan, films: Films) -> optuna.Study:
    """The study in a folder, begun if it is not there.

    Raises:
        DataError: The folder holds a tuning of something else, or a damaged journal.
    """
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    output.mkdir(parents=True, exist_ok=True)
    path = output / _JOURNAL
    with exclusive(output):
        _mend(path)
        try:
            backend = JournalFileBackend(str(path), lock_obj=JournalFileOpenLock(str(path)))
            study = _begin(JournalStorage(backend), plan)
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(
                "{output}/{journal} is damaged; delete the folder to begin anew.",
                "data",
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


def _mend(path: Path) -> None:
    """Cut off a line that a crash of the machine left unfinished."""
    if not path.exists():
        return
    lock = JournalFileOpenLock(str(path))
    lock.acquire()
    try:
        data = path.read_bytes()
        if data and not data.endswith(b"\n"):
            with path.open("r+b") as stream:
                stream.truncate(data.rfind(b"\n") + 1)
    finally:
        lock.release()


def _compare(stored: Mapping[str, Any], mine: Mapping[str, Any], name: str) -> None:
    for key, words in _WORDS.items():
        same = stored.get(key) == mine[key]
        if key == "films":
            same = _same_films(stored.get(key, {}), mine[key])
        if not same:
            raise DataError(
                "{name} holds a tuning {words}; name another folder, or delete it to begin anew.",
                "data",
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
