"""How far a training is, in numbers."""

from dataclasses import dataclass
from typing import Protocol


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
