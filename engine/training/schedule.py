"""Learning rate, order of films, and how far a training is."""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.films import Heights
from engine.recipe import Schedule

# -------------------------------------------------------------------------- learning rate
# The learning rate: how it rises and how it falls.


@dataclass(frozen=True, slots=True)
class Plateau:
    """What validation has shown so far.

    Attributes:
        best: Lowest validation loss yet.
        since: Epochs since then.
        since_drop: Epochs since then, or since the learning rate last fell.
        drops: How often the learning rate fell for want of progress.
    """

    best: float = math.inf
    since: int = 0
    since_drop: int = 0
    drops: int = 0

    def after(self, loss: float, plan: Schedule) -> "Plateau":
        """What another epoch with this validation loss makes of it."""
        if loss < self.best:
            return Plateau(loss, 0, 0, self.drops)
        waited = self.since_drop + 1
        if plan.decay == "plateau" and waited >= plan.patience:
            return Plateau(self.best, self.since + 1, 0, self.drops + 1)
        return Plateau(self.best, self.since + 1, waited, self.drops)

    def exhausted(self, plan: Schedule) -> bool:
        """Whether the training should stop early."""
        return bool(plan.early_stopping) and self.since >= plan.early_stopping


def learning_rate(plan: Schedule, progress: float, *, drops: int = 0) -> float:
    """Of the step that begins after `progress` epochs.

    Args:
        plan: The schedule; its warm-up multiplies whatever the decay says.
        progress: Epochs, with a fraction.
        drops: See `Plateau`.
    """
    rate = plan.learning_rate
    if plan.decay == "cosine":
        rate *= 0.5 * (1 + math.cos(math.pi * progress / plan.epochs))
    elif plan.decay == "step":
        rate *= plan.decay_factor ** int(progress / plan.decay_every)
    elif plan.decay == "plateau":
        rate *= plan.decay_factor**drops
    if progress < plan.warm_up:
        rate *= progress / plan.warm_up
    return rate


# ------------------------------------------------------------------------- order of films
# Which films stand in which batch. All of it follows from the seed, so every process agrees.

_POOL = 32  # batches whose films are sorted by height together, so that chance keeps its part


def drawing_seed(plan: Schedule, *place: int) -> int:
    """A seed for one place of the training, such as (epoch, batch); below 2⁶³ for torch."""
    state = np.random.SeedSequence((plan.seed, *place)).generate_state(1, np.uint64)
    return int(state[0] >> 1)


def epoch_batches(
    indices: NDArray[np.int64],
    labels: NDArray[np.int64],
    heights: Heights,
    *,
    plan: Schedule,
    epoch: int,
) -> list[NDArray[np.int64]]:
    """Batches of indices for one epoch.

    Naturally sampled, each film stands in exactly one of them. Bucketed, films of like height
    stand together and the batches come in a random order.

    Args:
        indices: (N,) of the training films.
        labels: (N,) their classes.
        heights: (N,) their model rows.
        plan: Batch size, sampling and bucketing.
        epoch: Counted from 0.
    """
    rng = np.random.default_rng(drawing_seed(plan, epoch))
    order = _balanced(labels, rng) if plan.sampling == "balanced" else rng.permutation(len(labels))
    if not plan.bucketing:
        return [indices[chosen] for chosen in _cut(order, plan.batch_size)]
    pools = _cut(order, _POOL * plan.batch_size)
    batches = [
        indices[chosen]
        for pool in pools
        for chosen in _cut(pool[np.argsort(heights[pool], kind="stable")], plan.batch_size)
    ]
    return [batches[number] for number in rng.permutation(len(batches))]


def _balanced(labels: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """As many draws as there are films, every class equally often up to one."""
    present = np.unique(labels)
    count, spare = divmod(len(labels), len(present))
    more = rng.permutation(len(present)) < spare
    draws = [
        _in_turns(np.flatnonzero(labels == label), count + int(extra), rng)
        for label, extra in zip(present, more, strict=True)
    ]
    return rng.permutation(np.concatenate(draws))


def _in_turns(films: NDArray[np.int64], count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw `count` films; none is drawn again before all of them were."""
    turns = -(-count // len(films))
    return np.concatenate([rng.permutation(films) for _ in range(turns)])[:count]


def _cut(order: NDArray[np.int64], size: int) -> list[NDArray[np.int64]]:
    return [order[start : start + size] for start in range(0, len(order), size)]


# ------------------------------------------------------------------- progress of an epoch
# How far a training is, in numbers.


@dataclass(frozen=True, slots=True)
class Epoch:
    """One epoch that is over.

    Attributes:
        number: 1 … epochs.
        loss: Mean training loss; with mix-up it cannot reach zero.
        validation_loss: Mean cross entropy on the validation films, of the weights that would be
            kept; None without such films.
        accuracy: On the same films, with the same weights.
        learning_rate: That of the last step.
        seconds: What the epoch took.
        remaining: Seconds that the epochs to come will take, if they are like this one.
    """

    number: int
    epochs: int
    loss: float
    validation_loss: float | None
    accuracy: float | None
    learning_rate: float
    seconds: float
    remaining: float


@dataclass(frozen=True, slots=True)
class Moment:
    """Within an epoch.

    Attributes:
        step, steps: Batches of the whole training: read, and in all.
        loss: Of the last batch.
        remaining: Seconds until the end, by the pace since the training was started or resumed.
    """

    epoch: int
    step: int
    steps: int
    loss: float
    remaining: float


class Listener(Protocol):
    """Who is told how far the training is; only the leading process tells."""

    def on_step(self, moment: Moment) -> None:
        """After every batch."""

    def on_epoch(self, epoch: Epoch) -> None:
        """After every epoch, when the checkpoint is written."""
