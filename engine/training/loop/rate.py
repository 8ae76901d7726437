"""The learning rate: how it rises and how it falls."""

import math
from dataclasses import dataclass

from engine.training.recipe import Schedule


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
