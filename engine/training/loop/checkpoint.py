"""A training on disk: whole or absent, whenever the machine stops."""

import hashlib
import os
import pickle
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.errors import DataError
from engine.progress import tell
from engine.training.augment import Augmentation
from engine.training.data import Films
from engine.training.loop.rate import Plateau
from engine.training.loop.run import NAMES, Precision, Run
from engine.training.loop.step import State
from engine.training.recipe import Recipe, Schedule

_NAMED = 3  # keys that differ, in a sentence


@dataclass(frozen=True, slots=True)
class Mark:
    """What a checkpoint belongs to.

    Attributes:
        learning: Hash of whatever changes the weights.
        watched: Hash of the validation films. Where they change no weights, a training goes on
            with others, and says so.
        keys: What the recipe says of the weights, so that a difference can be named.
    """

    learning: str
    watched: str
    keys: dict[str, str]


def mark_of(recipe: Recipe, films: Films) -> Mark:
    """A corrected sentence or another test film changes nothing.

    The precision stands in a checkpoint by itself: "auto" is not the same on every machine.
    """
    plan = recipe.training
    decides = bool(plan.early_stopping) or plan.decay == "plateau"
    learnt = films.splits != "test" if decides else films.splits == "train"
    watched = _hash(films, films.splits == "val")
    return Mark(fingerprint(recipe, films, learnt), watched, _keys(recipe))


def _keys(recipe: Recipe) -> dict[str, str]:
    """Values by dotted keys."""
    tables: dict[str, Any] = {
        "augmentation": recipe.augmentation,
        "training": recipe.training,
        "input": recipe.input,
        "network": recipe.network,
    }
    return {
        f"{table}.{one.name}": str(getattr(values, one.name))
        for table, values in tables.items()
        for one in fields(values)
    } | {"data.folders": str(recipe.data.folders)}


def fingerprint(recipe: Recipe, films: Films, learnt: NDArray[np.bool_]) -> str:
    """Hash of a recipe and of the films (N,) that change its weights."""
    digest = hashlib.sha256()
    digest.update(repr((recipe.config, recipe.input, recipe.data.folders)).encode())
    digest.update(repr((_said(recipe.augmentation), _said(recipe.training))).encode())
    digest.update(_hash(films, learnt).encode())
    return digest.hexdigest()


def _hash(films: Films, chosen: NDArray[np.bool_]) -> str:
    digest = hashlib.sha256()
    for values in (films.names, films.labels, films.splits):
        digest.update("\n".join(map(str, values[chosen].tolist())).encode())
    return digest.hexdigest()


def _said(values: Augmentation | Schedule) -> list[tuple[str, object]]:
    """What differs from the defaults: a key that a later version brings voids no checkpoint."""
    given = {one.name: getattr(values, one.name) for one in fields(values)}
    defaults = {one.name: one.default for one in fields(values)}
    apart = {"precision"}
    return sorted(
        (name, value)
        for name, value in given.items()
        if value != defaults[name] and name not in apart
    )


def save(state: State, path: Path, mark: Mark, *, run: Run) -> None:
    """Write beside, force to disk, then rename.

    Raises:
        DataError: The place cannot be written.
    """
    beside = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            known = {**asdict(mark), "precision": run.precision, "scaler": run.scaler}
            torch.save(known | _stored(state), file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise DataError(
            "The checkpoint {path} cannot be written: {error}.",
            "data",
            path=path.name,
            error=error.strerror,
        ) from error


def resume(state: State, path: Path, mark: Mark, *, run: Run) -> bool:
    """Take over what a file holds; the leader reads it and tells the other processes.

    Returns:
        Whether there was a checkpoint.

    Raises:
        DataError: It is of another recipe, of other films or of another precision, or it is
            damaged.
    """
    found = run.from_leader(lambda: _read(path, mark, run.precision))
    if isinstance(found, str):
        raise DataError(found, "data")
    if found is None:
        return False
    if found["watched"] != mark.watched:
        tell(
            "The validation films are others than before: figures of the epochs so far are of"
            " those; what is measured at the end is of the new ones."
        )
    run.take_scaler(found["scaler"])
    _take(state, found)
    return True


def _read(path: Path, mark: Mark, precision: Precision) -> dict[str, Any] | str | None:
    """What the file holds, or what is wrong with it; None without a file."""
    if not path.exists():
        return None
    try:
        stored: dict[str, Any] = torch.load(path, weights_only=True, map_location="cpu")
        theirs = Mark(stored["learning"], stored["watched"], stored["keys"])
    except (OSError, RuntimeError, pickle.UnpicklingError, KeyError, EOFError, TypeError):
        return f"{path} is no checkpoint of this program; say --anew to forget it."
    if theirs.learning != mark.learning:
        return f"{path} belongs to {_other(theirs, mark)}; say --anew to forget it."
    begun: Precision = stored.get("precision", "32")
    if begun != precision:
        return (
            f"{path} was trained in {NAMES[begun]} so far, and this run computes in"
            f' {NAMES[precision]}; set `training.precision = "{begun}"` to go on, or delete it to'
            " begin anew."
        )
    return stored


def _other(theirs: Mark, mark: Mark) -> str:
    """What a checkpoint is of, where it is not of this training."""
    differ = [
        f"`{key}` was {theirs.keys.get(key, 'not there')}, is {value}"
        for key, value in mark.keys.items()
        if theirs.keys.get(key) != value and key != "training.precision"
    ]
    if not differ:
        return "other training films"
    more = f" and {len(differ) - _NAMED} more" if len(differ) > _NAMED else ""
    return f"another recipe ({'; '.join(differ[:_NAMED])}{more})"


def _stored(state: State) -> dict[str, Any]:
    return {
        "network": state.network.state_dict(),
        "kept": state.kept.state_dict(),
        "optimiser": state.optimiser.state_dict(),
        "epochs_done": state.epochs_done,
        "batches_done": state.batches_done,
        "steps_done": state.steps_done,
        "loss_sum": state.loss_sum,
        "plateau": asdict(state.plateau),
        "best": state.best,
        "history": state.history,
    }


def _take(state: State, stored: dict[str, Any]) -> None:
    state.network.load_state_dict(stored["network"])
    state.kept.load_state_dict(stored["kept"])
    state.optimiser.load_state_dict(stored["optimiser"])
    state.plateau = Plateau(**stored["plateau"])
    for name in ("epochs_done", "batches_done", "steps_done", "loss_sum", "best", "history"):
        setattr(state, name, stored[name])
