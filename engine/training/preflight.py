"""Before the first epoch: checks of classes and output folder, a summary, a picture of films."""

import logging
import os
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from engine.bundle import CARD, FILMS, METADATA, WEIGHTS, is_bundle
from engine.errors import DataError
from engine.films import SPLITS, Films, Skipped, Split, cells_of
from engine.recipe import Recipe
from engine.tasks import Cells

if TYPE_CHECKING:
    from matplotlib.figure import Figure


# ---------------------------------------------------------- checks before the first epoch
# What is asked before the first epoch, because nobody wants to hear of it after the last one.

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
    if recipe.asked.needs != "label":
        _check_truth(films, recipe)
        return
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
                title=title,
                empty=_quoted(empty),
                there=there,
                split=_advice(split, films),
                films=_first_left_out(films),
            )
    if not len(films.where("train")):
        raise DataError("The data have no training films.")


def _check_truth(films: Films, recipe: Recipe) -> None:
    """Of several findings, that each is there in some films and absent in others."""
    train = films.where("train")
    if not len(train):
        raise DataError("The data have no training films.")
    if not isinstance(films.truth, Cells) or recipe.asked.needs != "labels":
        return
    known = films.truth.take(train).numbers
    for place, name in enumerate(recipe.data.folders or recipe.classes):
        there, absent = (int((known[:, place] == said).sum()) for said in (1, 0))
        if not there or not absent:
            raise DataError(
                "There are no training films {which} “{name}” ({there:,} with it, {absent:,}"
                " without); bring some, or take it out of the recipe.",
                which="without" if there else "with",
                name=name,
                there=there,
                absent=absent,
            )


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
            output=output,
            parent=parent,
        )
    if force or not output.exists():
        return
    if is_bundle(output):
        raise DataError(
            "{output} holds a model already. Name another folder, or say --force to replace it.",
            output=output,
        )
    begun = {path.name for path in output.iterdir()} if output.is_dir() else {""}
    if not begun <= _PIECES:  # a model whose writing was stopped is no loss
        raise DataError(
            "{output} is there and holds no model; name another folder.", output=output
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
            output=output,
        ) from None
    except OSError as error:
        raise DataError(
            "{output} cannot be written: {error}.", output=output, error=error.strerror
        ) from error
    try:
        yield
    finally:
        lock.release()
        place.unlink(missing_ok=True)


# ------------------------------------------------------------------- summary of the films
# What a training is about to learn from, in words and as a picture, before its first epoch.

_SUMMARY_TITLES = {"train": "training", "val": "validation", "test": "test"}
_NONE = {
    "validation": "none: nothing is calibrated, and whether it tells anything is not asked",
    "test": "none: the model stays untested",
}
_LOOKED_AT = 400  # films whose values are looked at
_FEW_VALUES = 0.05  # of the grid's 0…1, below which hardly anything reaches the network
# The first that has a letter draws it; names of files may be in any script.
_FONTS = ["DejaVu Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Microsoft YaHei", "PingFang SC"]
_DRAWN = 10  # films of the picture
_NAME = 24  # letters of a name in it

Line = tuple[str, str]


def summary(films: Films, recipe: Recipe, tests: Mapping[str, Films]) -> tuple[Line, ...]:
    """Pairs of words: films and patients of every split and class, values, what was left out.

    Args:
        films: Divided.
        recipe: With the names of the classes.
        tests: Further test sets by name.
    """
    parts = {_SUMMARY_TITLES[split]: films.only(split) for split in SPLITS}
    parts |= {name: one for name, one in tests.items() if name not in parts or len(one)}
    lines = [(f"{title} films", _counted(title, part, recipe)) for title, part in parts.items()]
    lines.append(("values", _values(films, recipe)))
    lines += [("not used", words) for words in _unused(films)]
    lines += [("not read", words) for words in _skipped(films.skipped)]
    return tuple(lines)


def draw_films(films: Films, recipe: Recipe, path: Path, *, count: int = _DRAWN) -> None:
    """Write a picture of some training films as the network reads them, the classes in turn.

    Raises:
        DataError: Matplotlib is not installed, or the picture cannot be written.
    """
    try:
        from matplotlib import rc_context  # noqa: PLC0415 - only those who train have it
    except ImportError as error:
        raise DataError("Pictures need Matplotlib: pip install 'rowscope[train]'.") from error
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # fonts not installed
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings(), rc_context({"font.family": _FONTS}):
            warnings.filterwarnings("ignore", "Glyph")  # a letter that none of them has
            _figure(films, recipe, _in_turn(films, count)).savefig(path, dpi=110)
    except (OSError, ValueError) as error:
        raise DataError(
            "{path} cannot be written: {error}", path=path.name, error=error
        ) from error


def _figure(films: Films, recipe: Recipe, chosen: NDArray[np.int64]) -> "Figure":
    from matplotlib.figure import Figure  # noqa: PLC0415 - only those who train have it

    across = min(5, len(chosen))
    down = -(-len(chosen) // across)
    figure = Figure(figsize=(0.3 + 1.7 * across, 0.7 + 2.0 * down), layout="constrained")
    figure.suptitle(f"{recipe.title}: films as the network reads them", fontsize=11)
    places = figure.subplots(down, across, squeeze=False).ravel()
    for place in places:
        place.set_axis_off()
    for place, film in zip(places, chosen, strict=False):
        place.imshow(_rows(films, film), cmap="gray", vmin=0, vmax=1, aspect="auto")
        name, label = str(films.names[film]), _shown(films, recipe, int(film))
        short = name if len(name) < _NAME else f"…{name[2 - _NAME :]}"
        place.set_title(f"{label}\n{short}", fontsize=7)
    return figure


def _shown(films: Films, recipe: Recipe, film: int) -> str:
    """What a film is, in words; "" where its truth is no class."""
    if recipe.asked.needs == "label":
        return recipe.classes[int(films.labels[film])]
    if not isinstance(films.truth, Cells):
        return ""
    said = films.truth.numbers[film]
    if recipe.asked.needs != "labels":
        return ", ".join(f"{one:g}" for one in said)
    there: list[str] = [name for name, one in zip(recipe.classes, said, strict=True) if one == 1]
    return ", ".join(there)


def _in_turn(films: Films, count: int) -> NDArray[np.int64]:
    """Training films spread over each class, the classes in turn."""
    train = films.where("train")
    own = [train[films.labels[train] == label] for label in np.unique(films.labels[train])]
    turns = -(-count // max(len(own), 1))
    spread = [of[np.linspace(0, len(of) - 1, min(turns, len(of))).astype(int)] for of in own]
    picked = [of[turn] for turn in range(turns) for of in spread if turn < len(of)]
    return np.array(picked[:count], dtype=np.int64)


def _counted(title: str, films: Films, recipe: Recipe) -> str:
    if not len(films):
        return _NONE.get(title, "none")
    patients = len(np.unique(films.patients))
    known = bool((films.patients != films.names).any())
    who = f" films of {patients:,} patients" if known else ", each counted as a patient of its own"
    if recipe.asked.needs != "label":
        return f"{len(films):,}{who}{_told(films, recipe)}"
    counts = np.bincount(films.labels, minlength=len(recipe.classes))
    classes = ", ".join(
        f"{count:,} {name}" for name, count in zip(recipe.classes, counts, strict=True)
    )
    empty = [name for name, count in zip(recipe.classes, counts, strict=True) if not count]
    missing = f"; nothing will be known of {', '.join(f'“{name}”' for name in empty)}"
    return f"{len(films):,}{who}: {classes}{missing if empty else ''}"


def _told(films: Films, recipe: Recipe) -> str:
    """What the columns of a table say: how often each finding is there, or the values' range."""
    if not isinstance(films.truth, Cells):
        return ""
    numbers = films.truth.numbers
    if recipe.asked.needs != "labels":
        parts = [
            f"{name} {np.nanmin(said):g} to {np.nanmax(said):g}"
            for name, said in zip(cells_of(recipe), numbers.T, strict=True)
            if np.isfinite(said).any()
        ]
        return f": {', '.join(parts)}"
    parts = [
        f"{int((said == 1).sum()):,} {name} (of {int(np.isfinite(said).sum()):,} known)"
        for name, said in zip(recipe.classes, numbers.T, strict=True)
    ]
    return f": {', '.join(parts)}"


def _values(films: Films, recipe: Recipe) -> str:
    """The range of what reaches the network, with a word where it is next to nothing."""
    parts = _some(films)
    values = np.concatenate([part.ravel() for part in parts])
    low, middle, high = np.percentile(values, (1, 50, 99))
    words = f"{low:.2f} to {high:.2f}, middle {middle:.2f} (of 0 to 1, “{recipe.input.intensity}”)"
    flat = sum(float(np.ptp(part)) < _FEW_VALUES for part in parts)
    if flat:
        words += f"; {flat:,} of {len(parts):,} films looked at use less than a twentieth of it"
    return words


def _some(films: Films) -> list[NDArray[np.float32]]:
    """The model rows of some training films, spread over all of them."""
    train = films.where("train")
    places = np.linspace(0, len(train) - 1, min(_LOOKED_AT, len(train))).astype(int)
    return [_rows(films, film) for film in train[places]]


def _rows(films: Films, film: int) -> NDArray[np.float32]:
    """The model rows (M, W) of one film, without what is padded behind them."""
    return np.asarray(films.rows[film : film + 1])[0, : films.heights[film]].astype(np.float32)


def check_values(films: Films) -> None:
    """Refuse films of which next to nothing reaches the network.

    Raises:
        DataError: Half of the training films looked at use less than a hundredth of 0…1.
    """
    spans = [float(np.ptp(part)) for part in _some(films)]
    flat = sum(span < _FEW_VALUES / 5 for span in spans)
    if flat > len(spans) / 2:
        raise DataError(
            "The network would see nearly nothing: {flat:,} of {count:,} training films use"
            " less than a hundredth of its range. Read ranks instead"
            ' (`input.intensity = "rank"`), or say the range of the stored values.',
            flat=flat,
            count=len(spans),
        )


def _unused(films: Films) -> list[str]:
    return [
        f"{one.count:,} {'file' if one.count == 1 else 'files'}: {one.reason}"
        f" ({'' if one.count == 1 else 'such as '}{one.example})"
        for one in films.unused
    ]


def _skipped(films: tuple[Skipped, ...]) -> list[str]:
    """Films that could not be read, by reason: how many, and the first of each."""
    groups: dict[str, list[Skipped]] = {}
    for name, reason in films:
        short = reason.replace(Path(name).name, "It").rstrip(".")
        groups.setdefault(re.sub(r"\d+", "N", short), []).append(Skipped(name, short))
    lines = []
    for same in sorted(groups.values(), key=len, reverse=True):
        name, short = same[0]
        said = re.sub(r"^It ", "", short)
        many = f"{len(same):,} films, such as {name}" if len(same) > 1 else f"1 film, {name}"
        lines.append(f"{many}: {said}")
    return lines
