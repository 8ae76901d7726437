"""How the training went, as the bundle tells it."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.evaluation.numbers import finite

_MOST = 10_000  # epochs
_KEYS = ("loss", "validation_loss", "accuracy", "learning_rate", "seconds")


@dataclass(frozen=True, slots=True)
class Learnt:
    """One epoch; None where the bundle does not say.

    Attributes:
        loss: Mean training loss; with mix-up or smoothed labels it cannot reach zero.
        validation_loss, accuracy: On the validation films.
        seconds: That the epoch took.
    """

    number: int
    loss: float | None
    validation_loss: float | None
    accuracy: float | None
    learning_rate: float | None
    seconds: float | None


def learning_of(training: Mapping[str, object]) -> tuple[Learnt, ...]:
    """The epochs of a bundle's `training` table; what is no number is left out."""
    history = training.get("history")
    if not isinstance(history, list):
        return ()
    epochs = []
    for line in history[:_MOST]:
        number = finite(line.get("number")) if isinstance(line, Mapping) else None
        if number is not None:
            epochs.append(Learnt(int(number), **{key: finite(line.get(key)) for key in _KEYS}))
    return tuple(sorted(epochs, key=lambda epoch: epoch.number))
