"""The epochs of a training, and its checkpoints."""

import hashlib
import os
import pickle
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.calibration import fit_scale, softmax
from engine.errors import DataError
from engine.films import Batch, Films, alike, batch_of, outputs, predict
from engine.network import RowNetwork
from engine.progress import tell
from engine.recipe import Augmentation, Recipe, Schedule
from engine.tasks import Cells, leaning
from engine.training.augmentation import varied
from engine.training.auxiliary import learnt_task
from engine.training.run import NAMES, Precision, Run, memory_kept, start_run
from engine.training.schedule import (
    Epoch,
    Listener,
    Moment,
    Plateau,
    drawing_seed,
    epoch_batches,
    learning_rate,
)
from engine.training.statistics import epoch_refusal, even_mean_film
from engine.training.step import State, begin, change_weights, went_astray

# ---------------------------------------------------------------------------- checkpoints
# A training on disk: whole or absent, whenever the machine stops.

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
    decides |= recipe.augmentation.undecided == "calibrated"
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
    if not recipe.objective.plain:
        task = recipe.objective
        digest.update(repr((task.task, sorted(task.options.items()))).encode())
    if isinstance(films.truth, Cells):
        digest.update(np.ascontiguousarray(films.truth.numbers[learnt]).tobytes())
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
        raise DataError(found)
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
        "outline": None if state.outline is None else state.outline.state_dict(),
        "optimiser": state.optimiser.state_dict(),
        "epochs_done": state.epochs_done,
        "batches_done": state.batches_done,
        "steps_done": state.steps_done,
        "loss_sum": state.loss_sum,
        "plateau": asdict(state.plateau),
        "best": state.best,
        "history": state.history,
        "even_odds": state.even_odds,
    }


def _take(state: State, stored: dict[str, Any]) -> None:
    state.network.load_state_dict(stored["network"])
    state.kept.load_state_dict(stored["kept"])
    if state.outline is not None:
        state.outline.load_state_dict(stored["outline"])
    state.optimiser.load_state_dict(stored["optimiser"])
    state.plateau = Plateau(**stored["plateau"])
    for name in ("epochs_done", "batches_done", "steps_done", "loss_sum", "best", "history"):
        setattr(state, name, stored[name])
    state.even_odds = stored.get("even_odds", 0.0)


# --------------------------------------------------------------------------------- epochs
# Epoch after epoch: recipe and films in, weights and their history out.

_BATCH, _DROPOUT = 1, 2  # places of the draws within an epoch
_WATCHED = 64  # validation films that are read together
_FARTHEST = 3.0  # log-odds at which a film is taken for undecided: early epochs know little
_AHEAD = 2  # batches that are made ready while one is learnt


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """What a training leaves.

    Attributes:
        network: In evaluation mode, on the CPU.
        history: Every epoch, also those before an interruption.
        precision: In which the weights were found.
    """

    network: RowNetwork
    history: tuple[Epoch, ...]
    precision: Precision = "32"


def run_epochs(
    films: Films,
    recipe: Recipe,
    *,
    checkpoint: Path | None = None,
    save_every: float = 300.0,
    listener: Listener | None = None,
    run: Run | None = None,
) -> Trained:
    """Train a network.

    The random draws of a batch follow from the seed and its number alone, so that a training that
    was interrupted ends in the same weights as one that was not, and that several processes draw
    what one would draw. (Only dropout is drawn by each process for its own films.)

    Args:
        films: Its "train" films are learnt; its "val" films are only looked at.
        recipe: The network, its schedule and the random changes to the films.
        checkpoint: Written after every epoch, and read if it is there.
        save_every: Seconds after which it is also written within an epoch.
        listener: Told how far the training is.
        run: Device and processes, see `start_run`; None trains alone on the CPU.

    Raises:
        DataError: There are no training films, no validation films where the schedule needs them,
            the checkpoint is of another recipe, of other films or of another precision, or loss
            or weights are no longer finite; the checkpoint then holds what was learnt before.
    """
    _refuse_missing(films, recipe)
    run = run or start_run(recipe.training.precision)
    devices = [run.device] if run.device.type == "cuda" else []
    with memory_kept(), torch.random.fork_rng(devices=devices):
        training = _Training(films, recipe, run, checkpoint, save_every, listener)
        state = training.carry_out()
    if state.best is not None:
        state.kept.load_state_dict(state.best)
    network = state.kept.to("cpu").eval()
    history = tuple(Epoch(**one) for one in state.history)  # type: ignore[arg-type]
    return Trained(network, history, run.precision)


def _refuse_missing(films: Films, recipe: Recipe) -> None:
    if not len(films.where("train")):
        raise DataError("The data have no training films.")
    plan = recipe.training
    asked = {
        "training.early_stopping": bool(plan.early_stopping),
        "training.decay": plan.decay == "plateau",
        "augmentation.undecided": recipe.augmentation.undecided == "calibrated",
    }
    for key in (key for key, needed in asked.items() if needed and not len(films.where("val"))):
        raise DataError("`{key}` needs validation films; set `data.validation`.", key=key)


class _Training:
    """One training: what stays the same from epoch to epoch, and its state."""

    def __init__(
        self,
        films: Films,
        recipe: Recipe,
        run: Run,
        checkpoint: Path | None,
        save_every: float,
        listener: Listener | None,
    ) -> None:
        self.films, self.recipe, self.run = films, recipe, run
        self.checkpoint, self.save_every = checkpoint, save_every
        self.listener = listener if run.leads else None
        self.indices, self.watched = films.where("train"), films.where("val")
        labels = films.labels[self.indices]
        self.task, self.weight = learnt_task(recipe), None
        if recipe.training.class_weights:
            truth = None if films.truth is None else films.truth.take(self.indices)
            self.weight = self.task.weights(labels, truth)
        self.even = self.task.even(self.weight)
        self.mean = even_mean_film(
            films.take(self.indices).rows,
            labels,
            heights=films.heights[self.indices],
            onto=recipe.input.rows,
        )
        self.steps = recipe.training.epochs * len(self._batches(0))
        self.mark = mark_of(recipe, films)
        self.state = begin(recipe, run)
        if checkpoint is not None:
            resume(self.state, checkpoint, self.mark, run=run)
        self.started, self.steps_before = time.monotonic(), self.state.steps_done
        self.saved = self.started

    def carry_out(self) -> State:
        """Every epoch that is still to be done."""
        plan, state = self.recipe.training, self.state
        while state.epochs_done < plan.epochs and not state.plateau.exhausted(plan):
            self._epoch()
        return state

    def _batches(self, epoch: int) -> list[NDArray[np.int64]]:
        films, chosen = self.films, self.indices
        return epoch_batches(
            chosen,
            films.labels[chosen],
            films.heights[chosen],
            plan=self.recipe.training,
            epoch=epoch,
        )

    def _epoch(self) -> None:
        """Read the training films once, or what an interruption left of them."""
        state, plan, begun = self.state, self.recipe.training, time.monotonic()
        batches = self._batches(state.epochs_done)
        state.model.train()
        for batch, targets in self._prepared(batches[state.batches_done :]):
            progress = state.epochs_done + state.batches_done / len(batches)
            rate = learning_rate(plan, progress, drops=state.plateau.drops)
            self._step(batch, targets, rate)
        self._close_epoch(sum(map(len, batches)), time.monotonic() - begun)

    def _step(self, batch: Batch, targets: Tensor, rate: float) -> None:
        state, run = self.state, self.run
        for group in state.optimiser.param_groups:
            group["lr"] = rate
        place = (state.epochs_done, _DROPOUT, state.batches_done, run.rank)
        torch.manual_seed(drawing_seed(self.recipe.training, *place))
        loss = change_weights(
            state,
            batch,
            targets,
            task=self.task,
            plan=self.recipe.training,
            weight=self.weight,
            run=run,
        )
        if (wrong := went_astray(state, loss, run)) is not None:
            read = self._batches(state.epochs_done)[state.batches_done]
            raise DataError(self._astray(wrong, read, state.batches_done + 1))
        state.loss_sum += loss
        state.batches_done += 1
        self._tell(loss / len(targets))
        self._save_within_epoch()

    def _astray(self, wrong: str, read: NDArray[np.int64], step: int) -> str:
        """Where the training went astray, what to do, and what is left of it; a sentence.

        Args:
            wrong: What is wrong.
            read: (N,) indices of the films that were read when it showed.
            step: Of the epoch, counted from 1.
        """
        plan, films = self.recipe.training, self.films
        for film in read:
            if not np.isfinite(films.rows[film]).all():
                return (
                    f"The film {films.names[film]} has grey values that are no finite numbers;"
                    " take it out and train again."
                )
        where = f"in epoch {self.state.epochs_done + 1}, step {step}"
        ways = [f"lower `training.learning_rate` (now {plan.learning_rate:g})"]
        ways += [] if plan.clip else ["set `training.clip = 1`"]
        ways += [] if self.run.precision == "32" else ['set `training.precision = "32"`']
        words = f"{wrong} {where}: {' or '.join(ways)}"
        if self.checkpoint is None or not self.checkpoint.exists():
            return f"{words}, and train again."
        return (
            f"{words}, and train again with --anew; {self.checkpoint.name} holds the last good"
            " weights."
        )

    def _prepared(self, batches: list[NDArray[np.int64]]) -> Iterator[tuple[Batch, Tensor]]:
        """Batches in their order, each made ready while those before it are learnt."""
        first = self.state.batches_done
        with ThreadPoolExecutor(1, thread_name_prefix="films") as pool:
            waiting: list[Future[tuple[Batch, Tensor]]] = []
            for number, chosen in enumerate(batches):
                waiting.append(pool.submit(self._prepare, chosen, first + number))
                if len(waiting) > _AHEAD:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()

    def _prepare(self, chosen: NDArray[np.int64], number: int) -> tuple[Batch, Tensor]:
        place = (self.state.epochs_done, _BATCH, number)
        return varied(
            self.films,
            chosen,
            self.recipe.augmentation,
            task=self.task,
            mean=self.mean,
            even=leaning(self.even, self.state.even_odds),
            seed=drawing_seed(self.recipe.training, *place),
        )

    def _close_epoch(self, count: int, seconds: float) -> None:
        state, plan = self.state, self.recipe.training
        loss = state.loss_sum / count
        rate = state.optimiser.param_groups[0]["lr"]  # also where an interruption left no step
        watched, accuracy = self._validate()
        if watched is not None and not np.isfinite(watched):
            wrong = "The validation loss stopped being a finite number"
            raise DataError(self._astray(wrong, self.watched, state.batches_done))
        state.epochs_done, state.batches_done, state.loss_sum = state.epochs_done + 1, 0, 0.0
        if watched is not None:
            state.plateau = state.plateau.after(watched, plan)
            if plan.early_stopping and state.plateau.since == 0:
                weights = state.kept.state_dict()
                state.best = {name: value.cpu().clone() for name, value in weights.items()}
        left = plan.epochs - state.epochs_done
        epoch = Epoch(
            state.epochs_done, plan.epochs, loss, watched, accuracy, rate, seconds, left * seconds
        )
        state.history.append(asdict(epoch))
        self._save()
        if self.listener is not None:
            self.listener.on_epoch(epoch)
        said = [one["accuracy"] for one in state.history]
        if not self.recipe.measure.allow_untold and (
            why := epoch_refusal(said, films=len(self.watched))
        ):
            raise DataError(why)

    def _validate(self) -> tuple[float | None, float | None]:
        """Cross entropy and accuracy on the validation films, each process reading its share."""
        if not len(self.watched):
            return None, None
        own = self.films.take(self.watched[self.run.rank :: self.run.processes])
        if not self.recipe.objective.plain:
            return self._task_loss(own), None
        logits = predict(self.state.kept, own.rows, heights=own.heights)
        logits = self.run.gathered(logits, len(self.watched))
        labels = self.films.labels[self.watched]
        if self.recipe.augmentation.undecided == "calibrated" and np.isfinite(logits).all():
            scale, offset = fit_scale(logits[:, 1] - logits[:, 0], labels)
            self.state.even_odds = float(np.clip(-offset / scale, -_FARTHEST, _FARTHEST))
        given = softmax(logits)[np.arange(len(labels)), labels]
        loss = -np.log(np.maximum(given, np.finfo(np.float64).tiny)).mean()
        return float(loss), float(np.mean(logits.argmax(axis=1) == labels))

    def _task_loss(self, own: Films) -> float:
        """Mean loss of the task on validation films; each process reads its share."""
        plan, losses = self.recipe.training, np.empty((len(own), 1))
        network, device = self.state.kept.eval(), self.run.device
        with torch.inference_mode():
            for chosen in alike(own.heights, _WATCHED):
                films = own.take(chosen)
                batch = batch_of(films.rows[:], films.heights)
                found = outputs(network, Batch(batch.rows.to(device), batch.heights))
                aims = self.task.targets(films.labels, films.truth).to(device)
                weight = None if self.weight is None else self.weight.to(device)
                each = self.task.loss(found, aims, plan=plan, weight=weight)
                losses[chosen, 0] = each.cpu().numpy()
        return float(self.run.gathered(losses, len(self.watched)).mean())

    def _tell(self, loss: float) -> None:
        if self.listener is None:
            return
        done = self.state.steps_done
        pace = (time.monotonic() - self.started) / max(done - self.steps_before, 1)
        left = pace * (self.steps - done)
        self.listener.on_step(Moment(self.state.epochs_done + 1, done, self.steps, loss, left))

    def _save_within_epoch(self) -> None:
        if time.monotonic() - self.saved >= self.save_every:
            self._save()

    def _save(self) -> None:
        if self.checkpoint is not None and self.run.leads:
            save(self.state, self.checkpoint, self.mark, run=self.run)
        self.saved = time.monotonic()
