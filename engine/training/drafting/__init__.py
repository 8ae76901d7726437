"""A first recipe from a look at the films: classes, patients, shares, grid, network, each guessed.

Every guess stands in the recipe with the reason beside it, so that it can be put right. Before
it is handed out, the films are listed and divided by it, as a training would. Nothing in here
loads torch.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.errors import DataError
from engine.training.data import Films, divide, layout_of
from engine.training.data.sources import listed
from engine.training.drafting.look import Look, look_at
from engine.training.drafting.recipe_text import cautions, recipe_text, shares_of
from engine.training.preflight import check_classes
from engine.training.recipe import Recipe, parsed

__all__ = ["Draft", "Look", "draft"]


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
        raise DataError(
            "{look} has no films of two classes. Put those of each class into a folder of"
            " its own, name them in a table with the columns path and label, or bring an npz file"
            " with images and labels.",
            "data",
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
