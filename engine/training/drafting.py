"""A first recipe for a folder of films, with the reason beside every guess."""

import json
import math
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.errors import DataError
from engine.films import Films, divide, layout_of, listed
from engine.recipe import Recipe, parsed
from engine.training.look import Look, look_at
from engine.training.preflight import check_classes

# ----------------------------------------------------------------------- text of a recipe
# The text of a drafted recipe: every guess with the reason beside it.

_HELD_OUT = 0.2  # share of the patients, of validation and of test
_LARGEST_GRID, _SMALL_FILM, _GRID_STEP = 64, 48, 8
_MANY = 5000  # films from which a larger network pays
_STEPS, _MOST_EPOCHS, _FEWEST_EPOCHS = 900, 40, 6
_FEW_FILMS = 20  # of validation, of a class, below which others are held out
_FEW_PATIENTS = 10  # of a class, below which a held-out share says next to nothing


@dataclass(frozen=True, slots=True)
class SplitShares:
    """Shares of the patients that are held out; 0 holds none out.

    Attributes:
        validation: To decide by.
        test: To measure once.
    """

    validation: float
    test: float


def shares_of(look: Look) -> tuple[SplitShares, ...]:
    """What may be held out, the best first; a split that is there and large enough stays."""
    own = look.fewest("val") if "val" in look.splits else 0
    validation = 0.0 if own >= _FEW_FILMS else _HELD_OUT
    test = 0.0 if "test" in look.splits else _HELD_OUT
    wishes = (SplitShares(validation, test), SplitShares(validation, 0.0), SplitShares(0.0, 0.0))
    return tuple(dict.fromkeys(wishes))


def recipe_text(look: Look, name: str, shares: SplitShares) -> str:
    """A recipe as TOML, with comments.

    Args:
        look: What was found.
        name: Of the model.
        shares: Of the patients that are held out.
    """
    parts = (
        _head(look, name), _classes(look), _grid(look), _network(look), _data(look, shares),
        _augmentation(look), _training(look, shares), _measure(look), _asked_later(),
    )  # fmt: skip
    return "\n".join(parts)


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)  # JSON's escapes are TOML's


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"


def _head(look: Look, name: str) -> str:
    counts = ", ".join(f"{look.of_class(one):,} of “{one}”" for one in look.classes)
    rows, columns = look.shape
    lines = [
        f"# Drafted from a look at {look.title}: {look.films:,} films ({counts}).",
        f"# Typical film: {rows} × {columns} pixels, {look.values[0]:g} to {look.values[1]:g}.",
        *(["# A film may have several of these findings, or none."] if look.several else []),
        "# Every value can be changed here, or for one training with --set KEY=VALUE.",
    ]
    if look.unused:
        said = "; ".join(f"{count:,} {reason}" for reason, count in look.unused.items())
        lines.append(f"# Not used: {said}.")
    title = name.replace("-", " ").capitalize()
    return "\n".join(
        [
            *lines,
            "",
            f"name = {_quoted(name)}",
            f"title = {_quoted(title)}",
            f"task = {_quoted(' or '.join(look.classes))}  # what is asked of a film",
        ]
    )


def _classes(look: Look) -> str:
    lines = [f"classes = {_list(look.classes)}  # as they are shown"]
    if look.several:
        return "\n".join(
            [
                *lines,
                "",
                "[objective]",
                'task = "multi-label"  # findings that may be there together, each by itself',
                "# options = { sensitivity = 0.95 }  # least of each finding's threshold",
            ]
        )
    if len(look.classes) == 2:
        named = look.classes[look.positive]
        if look.guessed_positive:
            lines.append(
                f"positive = {look.positive}  # guessed: the finding is “{named}”. 0 if it is"
                f" “{look.classes[0]}”"
            )
        else:
            lines.append(f"positive = {look.positive}  # the finding: “{named}”")
    return "\n".join(lines)


def _grid(look: Look) -> str:
    size = _grid_size(look)
    intensity = "full-range" if size < _SMALL_FILM and look.known_values else "rank"
    lines = [
        "",
        "[input]",
        "# The grid that a network reads, row by row. More rows see finer and take longer.",
        f"rows = {size}",
        f"columns = {size}",
        '# "rank": the place of each value within its film; window and bit depth do not matter.',
        '# "full-range": the values themselves.',
        f'intensity = "{intensity}"',
    ]
    if look.shapes_differ:
        lines.append(
            "# The films have different shapes and are stretched to the grid;"
            ' aspect = "keep" reads them as they are.'
        )
    return "\n".join(lines)


def _grid_size(look: Look) -> int:
    """Rows and columns of the grid: those of small films, else 64."""
    least = min(look.shape)
    size = least if 0 < least < _SMALL_FILM else _LARGEST_GRID
    return size - size % 4 if size >= _GRID_STEP else max(size, 1)


def _network(look: Look) -> str:
    hidden = 64 if look.films < _MANY else 128
    lines = [
        "",
        "[network]",
        'cell = "gru"  # or "lstm", "rnn"',
        f"hidden_size = {hidden}",
        "bidirectional = true  # reads from the top and from the bottom",
        'readout = "last"  # or "mean", "attention"',
        "dropout = 0.2",
    ]
    if _grid_size(look) >= _SMALL_FILM:
        lines += [
            "stem = [  # two convolutions see edges and halve the rows before they are read",
            "  { channels = 8, row_stride = 1, column_stride = 2 },",
            "  { channels = 16, row_stride = 2, column_stride = 2 },",
            "]",
        ]
    return "\n".join(lines)


def _data(look: Look, shares: SplitShares) -> str:
    said = "its columns of 0 and 1" if look.several else "or the labels in a table"
    lines = ["", "[data]", f"folders = {_list(look.classes)}  # {said}"]
    lines += _whose(look)
    lines += [f"# {words}" for words in cautions(look, shares)]
    if shares.validation:
        lines.append(f"validation = {shares.validation:g}  # share of the patients to decide by")
    if shares.test:
        lines.append(f"test = {shares.test:g}  # share that is measured once, at the end")
    lines += [
        'source = ""   # TODO before a card is written: whose films they are',
        'licence = ""  # TODO before a card is written: under which they may be used',
    ]
    if look.columns:
        lines += ["", "[data.columns]"]
        lines += [
            f"{key} = {'true' if said is True else _quoted(str(said))}"
            for key, said in look.columns.items()
        ]
    return "\n".join(lines)


def _whose(look: Look) -> list[str]:
    """How patients are told, or that they are not."""
    if look.patient:
        return [
            f"# Guessed from the names: {look.people:,} patients. All films of one stay together.",
            f"patient = '{look.patient}'",
        ]
    if look.headers:
        return ["# Patients by the headers' Patient ID; all films of one stay together."]
    if look.people:
        return [f"# {look.people:,} patients by the table; all films of one stay together."]
    return [
        (
            "# No patients in the names: each film counts as one of its own. If a patient has"
            " several films, say how the name tells whose they are: patient = '(P[0-9]+)'"
        )
    ]


def cautions(look: Look, shares: SplitShares) -> tuple[str, ...]:
    """What speaks against the figures of a drafted recipe, as sentences."""
    found = []
    if shares.validation and "val" in look.splits:
        few = look.fewest("val")
        found.append(
            f"Of a class there are {f'only {few:,}' if few else 'no'} validation films: they join"
            " the training films, and others are held out."
        )
    if not shares.validation and "val" not in look.splits:
        found.append("Too few patients to hold any out for validation: nothing is calibrated.")
    if not shares.test and "test" not in look.splits:
        found.append("Too few patients to hold any out for a test: the model stays untested.")
    if look.rarest_patients < _FEW_PATIENTS:
        who = "patients" if look.people else "films"
        found.append(
            f"The rarest class has about {look.rarest_patients:,} {who}: figures of the films held"
            " out will say little about it."
        )
    return tuple(found)


def _augmentation(look: Look) -> str:
    counts = [look.of_class(one) for one in look.classes]
    uneven = max(counts) > 3 * min(counts)
    lines = [
        "",
        "[augmentation]  # how far a training film may be moved and changed",
        "shift = 0.05",
        "scale = 0.1",
        "rotate = 5.0",
        "# flip = 0.5  # only if left and right mean nothing",
    ]
    if uneven and not look.several:
        lines.append("# One class has far more films; see training.sampling.")
    return "\n".join(lines)


def _training(look: Look, shares: SplitShares) -> str:
    counts = [look.of_class(one) for one in look.classes]
    learnt = sum(len(group.names) for group in look.groups if group.split == "train")
    learnt = max(1, round(learnt * (1 - shares.validation - shares.test)))
    batch = 16 if learnt < 1000 else 32 if learnt < 10_000 else 64
    epochs = math.ceil(_STEPS / math.ceil(learnt / batch))
    epochs = min(max(epochs, _FEWEST_EPOCHS), _MOST_EPOCHS)
    lines = [
        "",
        "[training]",
        f"epochs = {epochs}",
        f"batch_size = {batch}",
        "learning_rate = 3e-3",
        'optimiser = "adamw"',
        "weight_decay = 0.01",
        'decay = "cosine"',
        "clip = 1.0",
        "seed = 0",
    ]
    if look.several:
        lines.append("# class_weights = true  # if findings are rare: a film with one weighs more")
    elif max(counts) > 3 * min(counts):
        lines.append('sampling = "balanced"  # rare classes are drawn as often as others')
    return "\n".join(lines)


def _measure(look: Look) -> str:
    if look.several:
        return "\n# Scale and threshold of each finding are set on the validation films."
    return "\n[measure]\ncalibrate = true  # probabilities are set on the validation films"


def _asked_later() -> str:
    return """
# Before a card is written (`rowscope-engine model card MODEL --recipe THIS`), say here:
# intended_use = "…" and data_source = "…" at the top of this file, and below whose films the
# model is for; an empty table means anybody's.
# [population]
# ages = [18, 90]
# views = ["AP", "PA"]
# body_parts = ["CHEST"]
"""


# ---------------------------------------------------------------------- drafting a recipe
# A first recipe from a look at the films: classes, patients, shares, grid, network, each guessed.
#
# Every guess stands in the recipe with the reason beside it, so that it can be put right. Before
# it is handed out, the films are listed and divided by it, as a training would. Nothing in here
# loads torch.


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted recipe.

    Attributes:
        text: TOML with comments.
        look: What was found.
        films: How many a training would try to read.
        absent: How many of their files are not there.
        cautions: What speaks against its figures, as sentences; they stand in the text, too.
    """

    text: str
    look: Look
    films: int
    absent: int
    cautions: tuple[str, ...]


def _refuse_masks_and_boxes(source: Path, title: str) -> None:
    """Name the recipes of tasks that draw, where films without classes have what these need."""
    for name in ("masks", "boxes.csv"):
        if (source / name).exists():
            raise DataError(
                "{title} has no classes, but “{name}”: a recipe for masks or boxes is written by"
                " hand; begin with `resources/recipes/{recipe}.toml`, see “Masks and boxes” in the"
                " guide to training.",
                title=title,
                name=name,
                recipe="phantom-opacity-mask" if name == "masks" else "phantom-opacities",
            )


def draft(source: Path, *, output: Path) -> Draft:
    """Look at films and write a recipe that trains as it is.

    Args:
        source: Folder, table, tar or npz, see `read_films`.
        output: The recipe's file; its name becomes the model's.

    Raises:
        DataError: There are no films, no two classes of them, or they cannot be trained on.
    """
    look = look_at(source)
    if len(look.classes) < 2:
        _refuse_masks_and_boxes(source, look.title)
        raise DataError(
            "{look} has no films of two classes. Put those of each class into a folder of"
            " its own, name them in a table with the columns path and label, or bring an npz file"
            " with images and labels.",
            look=look.title,
        )
    name = re.sub(r"[^a-z0-9]+", "-", output.stem.casefold()).strip("-") or "model"
    wishes = shares_of(look)
    texts = [recipe_text(look, name, shares) for shares in wishes]
    recipes = [parsed(tomllib.loads(text), output.name) for text in texts]
    films, absent = _listed_films(source, recipes[0])
    first = next((place for place, one in enumerate(recipes[:-1]) if _divides(films, one)), -1)
    _check_divided(films, recipes[first])
    return Draft(texts[first], look, len(films), absent, cautions(look, wishes[first]))


def _divides(films: Films, recipe: Recipe) -> bool:
    try:
        _check_divided(films, recipe)
    except DataError:
        return False
    return True


def _check_divided(films: Films, recipe: Recipe) -> None:
    check_classes(divide(films, recipe.data, seed=recipe.division_seed), recipe)


def _listed_films(source: Path, recipe: Recipe) -> tuple[Films, int]:
    """The films as they are listed, without what is in them; and how many files are not there."""
    with listed(source, layout_of(recipe)) as listing:
        entries = listing.entries
        paths = {one.path for one in entries}
        absent = sum(not path.exists() for path in paths)
        films = Films(
            rows=np.zeros((len(entries), 1, 1), np.float16),
            labels=np.array([one.label for one in entries], np.int64),
            splits=np.array([one.split for one in entries], dtype="<U5"),
            patients=np.array([one.patient for one in entries]),
            names=np.array([one.name for one in entries]),
            findings=np.full((len(entries), 2), np.nan),
            skipped=listing.skipped,
            unread=listing.unread,
            unused=listing.unused,
        )
    return films, absent
