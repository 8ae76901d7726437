"""How a training went, epoch by epoch, as the bundle remembers it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.bundle import find_bundle, read_description
from engine.types import Doubles
from engine.words import Sentence

_MOST_EPOCHS: Final = 100_000
_COLUMNS: Final = ("loss", "validation_loss", "accuracy", "learning_rate", "seconds")


@dataclass(frozen=True, slots=True, eq=False)
class LearningCurves:
    """What every epoch of a training said; arrays of one length, NaN where nothing was said.

    Attributes:
        epochs: Their numbers, from 1.
        loss: Mean loss of the training films, under dropout and the random changes of the recipe.
        validation_loss: Mean cross entropy of the validation films, of the weights that would be
            kept, without dropout and changes. It may well lie beneath `loss`.
        accuracy: Of the validation films, 0 to 1.
        learning_rate: Of the epoch's last step.
        seconds: What each took.
        early: Whether the training was to stop early: then the weights of the best epoch were
            kept, else those of the last.
        unlike: Why training and validation loss are no like-for-like, one sentence each.
    """

    epochs: Doubles
    loss: Doubles
    validation_loss: Doubles
    accuracy: Doubles
    learning_rate: Doubles
    seconds: Doubles
    early: bool
    unlike: tuple[Sentence, ...]

    def __len__(self) -> int:
        return len(self.epochs)

    @property
    def best(self) -> int | None:
        """Epoch of the lowest validation loss; None where no validation loss was measured."""
        if not np.isfinite(self.validation_loss).any():
            return None
        return int(self.epochs[np.nanargmin(self.validation_loss)])

    @property
    def kept(self) -> int | None:
        """Epoch whose weights the bundle holds; None without any epoch."""
        if not len(self):
            return None
        return self.best if self.early and self.best else int(self.epochs[-1])


def learning_curves(model: str | Path) -> LearningCurves | None:
    """The curves of a bundle's training; None where it holds none.

    What another program wrote into its place is left out: the table of a training may hold
    anything, and no answer rests on it.

    Args:
        model: A model's name, or the folder of a bundle.

    Raises:
        BundleError: The metadata cannot be read or trusted; names the file.
    """
    description, _ = read_description(find_bundle(model))
    history = description.training.get("history")
    if not isinstance(history, list):
        return None
    lines = [line for line in history[:_MOST_EPOCHS] if _whole(line)]
    if not lines:
        return None
    table = {name: _column(lines, name) for name in _COLUMNS}
    recipe = description.training.get("recipe")
    plan = recipe if isinstance(recipe, Mapping) else {}
    return LearningCurves(
        epochs=np.array([line["number"] for line in lines], np.float64),
        early=bool(_within(plan, "training", "early_stopping")),
        unlike=_unlike(plan),
        **table,
    )


def _whole(line: object) -> bool:
    """Whether it is an epoch: a table with a number and a loss."""
    if not isinstance(line, Mapping):
        return False
    number = line.get("number")
    return type(number) is int and number >= 1 and not math.isnan(_number(line.get("loss")))


def _column(lines: list[Mapping[str, Any]], name: str) -> Doubles:
    return np.array([_number(line.get(name)) for line in lines], np.float64)


def _number(value: object) -> float:
    good = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if good and math.isfinite(value) else math.nan  # type: ignore[arg-type]


def _within(plan: Mapping[str, Any], table: str, key: str) -> float:
    """A number of a recipe; 0 where the recipe has none."""
    inner = plan.get(table)
    value = _number(inner.get(key)) if isinstance(inner, Mapping) else math.nan
    return 0.0 if math.isnan(value) else value


def _unlike(plan: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """Why the two losses of this training cannot be compared value by value."""
    found = []
    if _within(plan, "network", "dropout"):
        found.append(Sentence("Training films were read under dropout."))
    inner = plan.get("augmentation")
    changes = inner if isinstance(inner, Mapping) else {}
    harmless = {"splice_most", "splice_label", "never_spared", "spare"}
    if any(_within(plan, "augmentation", key) for key in changes if key not in harmless):
        found.append(Sentence("Training films were changed at random."))
    if _within(plan, "augmentation", "mixup") or _within(plan, "training", "label_smoothing"):
        found.append(
            Sentence("Training targets were mixed, so that their loss cannot reach zero.")
        )
    if _within(plan, "training", "averaging"):
        found.append(Sentence("Validation reads averaged weights, which follow later."))
    if _within(plan, "training", "focal"):
        found.append(Sentence("The training loss is a focal one, which counts easy films less."))
    return tuple(found)
