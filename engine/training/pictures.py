"""Pictures of a training: its random changes, its curves."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.films import Films
from engine.recipe import Augmentation, Recipe
from engine.training.augmentation import varied
from engine.training.schedule import Epoch, Moment, drawing_seed
from engine.training.statistics import even_mean_film

# ---------------------------------------------------------- picture of the random changes
# One look at the random changes of a recipe: each by itself, then all together.

# of another change, none by themselves
_SETTINGS = ("splice_most", "splice_label", "never_spared", "undecided")
_RARE = ("neutral", "batch_mean", "anchor", "splice")  # befall a share of the films
_MEAN_OF = 2000  # films of the mean film
_TOGETHER = 2  # lines of films that are changed in every way at once


@dataclass(frozen=True, slots=True, eq=False)
class PictureLine:
    """Some films under one change.

    Attributes:
        title: The change as it stands in the recipe.
        rows: (n, M, W) values 0…1.
        targets: (n, K) what the network is asked to answer.
    """

    title: str
    rows: NDArray[np.float32]
    targets: NDArray[np.float32]


def changed_films(films: Films, recipe: Recipe, *, count: int = 8) -> Iterator[PictureLine]:
    """The same training films, as they are and under every change that a recipe makes.

    Args:
        films: Their "train" films are shown, the classes in turn.
        recipe: Its augmentation and its seed.
        count: Films in a line.

    Raises:
        DataError: There are no training films.
    """
    chosen = _in_turn(films, count)
    mean = _mean_film(films, recipe)
    plan = recipe.augmentation
    yield _line("as they are", films, chosen, Augmentation(), recipe=recipe, mean=mean)
    for number, name in enumerate(_active(plan), start=1):
        title, alone = _alone(plan, name)
        yield _line(title, films, chosen, alone, recipe=recipe, mean=mean, number=number)
    for number in range(_TOGETHER):
        place = 1000 + number
        yield _line("all together", films, chosen, plan, recipe=recipe, mean=mean, number=place)


def draw_augmentations(films: Films, recipe: Recipe, path: Path, *, count: int = 8) -> None:
    """Write a picture of `changed_films`; its suffix says the format, such as .png or .svg.

    Raises:
        DataError: There are no training films, or Matplotlib is not installed, or the picture
            cannot be written.
    """
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415 - only those who train have it
    except ImportError as error:
        raise DataError("Pictures need Matplotlib: pip install 'rowscope[train]'.") from error
    lines = list(changed_films(films, recipe, count=count))
    across = len(lines[0].rows)
    figure = Figure(figsize=(1.9 + 1.35 * across, 0.55 + 1.65 * len(lines)), layout="constrained")
    figure.suptitle(f"{recipe.title}: what training does to its films", fontsize=12)
    axes = figure.subplots(len(lines), across, squeeze=False)
    for line, places in zip(lines, axes, strict=True):
        for film, target, place in zip(line.rows, line.targets, places, strict=True):
            place.imshow(film, cmap="gray", vmin=0, vmax=1, aspect="auto")
            place.set(xticks=[], yticks=[])
            place.set_xlabel(_target_words(target, recipe), fontsize=7)
        label = places[0].set_ylabel(line.title, fontsize=9, rotation=0, ha="right", va="center")
        label.set_in_layout(True)
    try:
        figure.savefig(path, dpi=110)
    except (OSError, ValueError) as error:
        raise DataError(
            "{path} cannot be written: {error}", path=path.name, error=error
        ) from error


def _active(plan: Augmentation) -> list[str]:
    """Names of the changes that a plan makes."""
    names = [one.name for one in fields(plan)]
    return [name for name in names if name not in _SETTINGS and getattr(plan, name)]


def _alone(plan: Augmentation, name: str) -> tuple[str, Augmentation]:
    """One change of a plan, and its title; what befalls few films befalls all of them here."""
    amount = getattr(plan, name)
    only: dict[str, Any] = {key: getattr(plan, key) for key in _SETTINGS}
    only[name] = 1.0 if name in _RARE else amount
    title = f"{name} = {amount:g}"
    return title + ("\n(here all films)" if name in _RARE else ""), Augmentation(**only)


def _mean_film(films: Films, recipe: Recipe) -> NDArray[np.float32]:
    train = films.where("train")[:_MEAN_OF]
    return even_mean_film(
        films.rows[train],
        films.labels[train],
        heights=films.heights[train],
        onto=recipe.input.rows,
    )


def _in_turn(films: Films, count: int) -> NDArray[np.int64]:
    """Training films, one of each class after the other, always the same ones."""
    train = films.where("train")
    if not len(train):
        raise DataError("The data have no training films.")
    labels = films.labels[train]
    own = [train[labels == label] for label in np.unique(labels)]
    turns = np.arange(count)
    picked = [own[turn % len(own)][turn // len(own) % len(own[turn % len(own)])] for turn in turns]
    return np.array(picked)


def _line(
    title: str,
    films: Films,
    chosen: NDArray[np.int64],
    plan: Augmentation,
    *,
    recipe: Recipe,
    mean: NDArray[np.float32],
    number: int = 0,
) -> PictureLine:
    task = recipe.asked
    even = task.even(None)
    seed = drawing_seed(recipe.training, number)
    batch, targets = varied(films, chosen, plan, task=task, mean=mean, even=even, seed=seed)
    return PictureLine(title, batch.rows.numpy(), targets.numpy())


def _target_words(target: NDArray[np.float32], recipe: Recipe) -> str:
    """The classes that a target names, the largest share first."""
    shares = [(share, name) for share, name in zip(target, recipe.classes, strict=True)]
    parts = sorted((one for one in shares if one[0] > 0.005), reverse=True)[:2]
    if len(parts) == 1:
        return parts[0][1]
    return "\n".join(f"{100 * share:.0f} % {name}" for share, name in parts)


# ------------------------------------------------------------------------ learning curves
# Learning curves as TensorBoard shows them.


class Curves:
    """Writes what a training tells into a folder for `tensorboard --logdir`; see `Listener`.

    Args:
        folder: Of this training alone; a resumed one goes on in it.

    Raises:
        DataError: TensorBoard is not installed.
    """

    def __init__(self, folder: Path) -> None:
        try:
            from torch.utils.tensorboard import (  # noqa: PLC0415 - only where it is asked for
                SummaryWriter,
            )
        except ImportError as error:
            raise DataError(
                "Learning curves need TensorBoard: pip install 'rowscope[train]'."
            ) from error
        self._writer = SummaryWriter(str(folder))
        self._step = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.close()

    def on_step(self, moment: Moment) -> None:
        """The loss of one batch."""
        self._step = moment.step
        self._writer.add_scalar("loss/batch", moment.loss, moment.step)

    def on_epoch(self, epoch: Epoch) -> None:
        """Everything that an epoch says, over the batches read so far."""
        for name, value in (
            ("loss/training", epoch.loss),
            ("loss/validation", epoch.validation_loss),
            ("accuracy/validation", epoch.accuracy),
            ("learning rate", epoch.learning_rate),
            ("seconds per epoch", epoch.seconds),
        ):
            if value is not None:
                self._writer.add_scalar(name, value, self._step)
        self._writer.flush()
