"""What is asked before the first epoch, because nobody wants to hear of it after the last one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import numpy as np

from engine.errors import DataError
from engine.metadata import METADATA, WEIGHTS, is_bundle
from engine.metadata.files import CARD, FILMS
from engine.training.data import Films, Split
from engine.training.recipe import Recipe

_TITLES = {"train": "training", "val": "validation"}
_PIECES = frozenset({METADATA, WEIGHTS, CARD, FILMS})
_STATE, _LOCK = ".unfinished", ".lock"


def check_classes(films: Films, recipe: Recipe) -> None:
    """Every class must have films to learn, and to validate where there are any of these.

    A class that is missing in the test costs figures, not the training.

    Args:
        films: Divided.
        recipe: With the names of the classes.

    Raises:
        DataError: A class has none. The sentence names it, the split and what to do.
    """
    folders = recipe.data.folders or recipe.classes
    for split, title in _TITLES.items():
        counts = np.bincount(
            films.labels[films.where(cast("Split", split))], minlength=len(folders)
        )
        if not counts.any():
            continue
        empty = [name for name, count in zip(folders, counts, strict=True) if not count]
        if empty:
            there = ", ".join(
                f"{count:,} of “{name}”"
                for name, count in zip(folders, counts, strict=True)
                if count
            )
            raise DataError(
                "There are no {title} films of {empty} ({there}): {split}{films}",
                "data",
                title=title,
                empty=_quoted(empty),
                there=there,
                split=_advice(split, films),
                films=_first_left_out(films),
            )
    if not len(films.where("train")):
        raise DataError("The data have no training films.", "data")


def _advice(split: str, films: Films) -> str:
    if split == "train":
        return "bring some, or name the classes of the recipe as the folders are called."
    if "val" in set(films.splits):
        return (
            "move some there, or let validation films be drawn by patient with"
            " `data.validation = 0.2`."
        )
    return "bring more."


def _first_left_out(films: Films) -> str:
    if films.unused:
        most = films.unused[0]
        return f" {most.count:,} files are not used: {most.reason} (such as {most.example})."
    return f" Not read: {films.skipped[0]}" if films.skipped else ""


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def state_of(output: Path) -> Path:
    """Where the unfinished training of a model is kept: beside its folder, under its whole name.

    The name is not cut at a point: `m-lr0.01` and `m-lr0.001` are two models.
    """
    return output.parent / f"{output.name}{_STATE}"


def check_place(output: Path, *, force: bool) -> None:
    """Refuse to write over a model.

    Raises:
        DataError: There is one, or something else, and nobody said that it may go.
    """
    parent = next((one for one in output.absolute().parents if one.exists()), output)
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise DataError(
            "{output} cannot be written: {parent} is no folder to write in.",
            "data",
            output=output,
            parent=parent,
        )
    if force or not output.exists():
        return
    if is_bundle(output):
        raise DataError(
            "{output} holds a model already. Name another folder, or say --force to replace it.",
            "data",
            output=output,
        )
    begun = {path.name for path in output.iterdir()} if output.is_dir() else {""}
    if not begun <= _PIECES:  # a model whose writing was stopped is no loss
        raise DataError(
            "{output} is there and holds no model; name another folder.", "data", output=output
        )


@contextmanager
def only_training(output: Path) -> Iterator[None]:
    """Keep a second training out of a folder for as long as this one lasts.

    The lock belongs to the process: whoever is killed holds it no longer.

    Raises:
        DataError: Another process trains into it.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only those who train need it

    output.parent.mkdir(parents=True, exist_ok=True)
    place = output.parent / f".{output.name}{_LOCK}"
    lock = FileLock(place)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise DataError(
            "Another process is training into {output}. Wait for it, or name another folder.",
            "data",
            output=output,
        ) from None
    except OSError as error:
        raise DataError(
            "{output} cannot be written: {error}.", "data", output=output, error=error.strerror
        ) from error
    try:
        yield
    finally:
        lock.release()
        place.unlink(missing_ok=True)
