"""What is changed of a film before a model reads it again: edits of model rows, in numpy alone.

A try is a tuple of edits, applied one after the other. The same rows and edits give the same
film, noise too, which has a seed. A band counts time steps and holds both its ends.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import numpy as np

from engine.errors import InferenceError
from engine.explain import blurred
from engine.sequence import resampled
from engine.text import shown
from engine.types import Floats

FillKind = Literal["mean", "blurred", "neighbour", "mirror", "noise", "value", "film"]
WholeKind = Literal["shift", "rotate", "invert", "window"]

FILLS: Final[tuple[FillKind, ...]] = (
    "mean",
    "blurred",
    "neighbour",
    "mirror",
    "noise",
    "value",
    "film",
)
WHOLE: Final[tuple[WholeKind, ...]] = ("shift", "rotate", "invert", "window")

_NUMBERS: Final = {"noise": 1, "value": 1, "shift": 2, "rotate": 1, "window": 2}


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a film.

    Of a band of steps, which become
    - "mean": those of the mean film that the bundle keeps;
    - "blurred": those of the film without its detail, as for the baseline of that name;
    - "neighbour": values that run straight from the row above the band to the row below it;
    - "mirror": their own, left and right exchanged;
    - "noise": values drawn from all values of the film, each pixel alone; `numbers` is the seed;
    - "value": one grey; `numbers` is that grey on the model's scale of 0…1;
    - "film": those at the same relative place of another film, `path`.

    Of the whole film, without a band
    - "shift": down and to the right by `numbers` model rows and columns;
    - "rotate": clockwise around its centre by `numbers` degrees;
    - "invert": dark and bright exchanged;
    - "window": `numbers` are centre and width, on the model's scale of 0…1, of what becomes 0…1.
    What comes in at an edge that was moved repeats the row or column there.

    Attributes:
        kind: Which.
        first, last: The band, both its ends; None of the whole film.
        numbers: See above.
        path: Of the other film.
        other: (M, W) its rows, once they were read.
    """

    kind: FillKind | WholeKind
    first: int | None = None
    last: int | None = None
    numbers: tuple[float, ...] = ()
    path: Path | None = None
    other: Floats | None = field(default=None, compare=False, repr=False)

    @property
    def words(self) -> str:
        """As `parsed` takes it, for example "rows 10 20 value 0.5"."""
        band = "" if self.first is None else f"rows {self.first} {self.last} "
        last = [f"{number:g}" for number in self.numbers] + ([str(self.path)] if self.path else [])
        return band + " ".join([self.kind, *last])


EditLike = Edit | str


def parsed(given: EditLike | Sequence[str]) -> Edit:
    """The edit that words mean; one that is ready comes back as it is.

    Args:
        given: "rows FIRST LAST FILL" with FILL one of mean, blurred, neighbour, mirror,
            noise SEED (0 without), value GREY, film PATH; or shift ROWS COLUMNS, rotate DEGREES,
            invert, window CENTRE WIDTH. As one text, or as its words.

    Raises:
        InferenceError: They mean nothing.
    """
    if isinstance(given, Edit):
        return given
    words = given.split(maxsplit=4) if isinstance(given, str) else list(given)
    try:
        if words[0] != "rows":
            return _whole(words[0], words[1:])
        first, last = int(words[1]), int(words[2])
        return _band(first, last, words[3], words[4:])
    except (IndexError, ValueError):
        raise InferenceError(
            "“{words}” is no change of a film; say rows FIRST LAST and one of {fills}, or"
            " shift ROWS COLUMNS, rotate DEGREES, invert, window CENTRE WIDTH.",
            words=shown(" ".join(words)),
            fills="mean, blurred, neighbour, mirror, noise SEED, value GREY, film PATH",
        ) from None


def _whole(kind: str, rest: Sequence[str]) -> Edit:
    known = next(one for one in (*WHOLE, None) if one == kind or one is None)
    if known is None:
        raise ValueError(kind)
    return Edit(known, numbers=_numbers(rest, _NUMBERS.get(known, 0)))


def _band(first: int, last: int, kind: str, rest: Sequence[str]) -> Edit:
    known = next(one for one in (*FILLS, None) if one == kind or one is None)
    if known is None:
        raise ValueError(kind)
    if known == "film":
        if not rest:
            raise ValueError(kind)
        return Edit(known, first, last, path=Path(" ".join(rest)))
    numbers = (0.0,) if known == "noise" and not rest else None
    return Edit(known, first, last, numbers or _numbers(rest, _NUMBERS.get(known, 0)))


def _numbers(words: Sequence[str], count: int) -> tuple[float, ...]:
    numbers = tuple(map(float, words))
    if len(numbers) != count or not all(map(math.isfinite, numbers)):
        raise ValueError(words)
    return numbers


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What an edit needs to know beside the film's rows.

    Attributes:
        mean: (M, W) the mean film at the height of the film.
        rows_per_step: Model rows of a time step.
        cell_aspect: Width over height on the film of a cell of the model grid.
    """

    mean: Floats
    rows_per_step: int = 1
    cell_aspect: float = 1.0


def applied(rows: Floats, edits: Iterable[Edit], around: Surroundings) -> Floats:
    """The rows (M, W) of the film that edits make of one (M, W); that one stays as it is.

    Raises:
        InferenceError: The film has no such band, a number lies beyond its limits, or another
            film's rows are missing.
    """
    for edit in edits:
        if edit.first is not None:
            rows = _refilled(rows, edit, around)
        else:
            rows = _WHOLE[edit.kind](rows, edit, around)
    return np.ascontiguousarray(rows, dtype=np.float32)


def _refilled(rows: Floats, edit: Edit, around: Surroundings) -> Floats:
    """The film with a band that became something else."""
    size = around.rows_per_step
    steps, first, last = len(rows) // size, edit.first or 0, edit.last
    if last is None or not 0 <= first <= last < steps:
        raise InferenceError(
            "Rows {first} to {last} are no band of the film; it has rows 0 to {end}.",
            first=first,
            last=last,
            end=steps - 1,
        )
    top, bottom = first * size, (last + 1) * size
    changed = rows.copy()
    changed[top:bottom] = _FILLS[edit.kind](rows, edit, around, top, bottom)
    return changed


def _mean(_rows: Floats, _edit: Edit, around: Surroundings, top: int, bottom: int) -> Floats:
    return around.mean[top:bottom]


def _blurred(rows: Floats, _edit: Edit, _around: Surroundings, top: int, bottom: int) -> Floats:
    return blurred(rows)[top:bottom]


def _neighbour(rows: Floats, _edit: Edit, _around: Surroundings, top: int, bottom: int) -> Floats:
    if top == 0 and bottom == len(rows):
        raise InferenceError("The whole film has no neighbours; brush fewer rows.")
    above = rows[top - 1] if top else rows[bottom]
    below = rows[bottom] if bottom < len(rows) else above
    share = np.arange(1, bottom - top + 1, dtype=np.float32)[:, None] / (bottom - top + 1)
    return np.asarray(above + share * (below - above))


def _mirror(rows: Floats, _edit: Edit, _around: Surroundings, top: int, bottom: int) -> Floats:
    return rows[top:bottom, ::-1]


def _noise(rows: Floats, edit: Edit, _around: Surroundings, top: int, bottom: int) -> Floats:
    seed = int(edit.numbers[0]) if edit.numbers else 0
    if seed < 0:
        raise InferenceError("{seed} is no seed; give 0 or more.", seed=seed)
    rng = np.random.default_rng(seed)
    return rng.choice(rows.ravel(), (bottom - top, rows.shape[1]))


def _value(rows: Floats, edit: Edit, _around: Surroundings, top: int, bottom: int) -> Floats:
    grey = edit.numbers[0]
    if not 0.0 <= grey <= 1.0:
        raise InferenceError("{grey:g} is no grey of the model; give 0 to 1.", grey=grey)
    return np.full((bottom - top, rows.shape[1]), grey, np.float32)


def _film(rows: Floats, edit: Edit, _around: Surroundings, top: int, bottom: int) -> Floats:
    if edit.other is None or edit.other.shape[1] != rows.shape[1]:
        name = shown(edit.path.name) if edit.path else ""
        raise InferenceError("{name} was not read for this model; open it first.", name=name)
    return resampled(edit.other, len(rows), axis=0)[top:bottom]


_Fill = Callable[[Floats, Edit, Surroundings, int, int], Floats]
_FILLS: Final[dict[str, _Fill]] = {
    "mean": _mean,
    "blurred": _blurred,
    "neighbour": _neighbour,
    "mirror": _mirror,
    "noise": _noise,
    "value": _value,
    "film": _film,
}


def _shifted(rows: Floats, edit: Edit, _around: Surroundings) -> Floats:
    down, right = (round(number) for number in edit.numbers)
    count, width = rows.shape
    row = np.clip(np.arange(count) - down, 0, count - 1)
    column = np.clip(np.arange(width) - right, 0, width - 1)
    return np.asarray(rows[row[:, None], column])


def _rotated(rows: Floats, edit: Edit, around: Surroundings) -> Floats:
    """Bilinear, on the film as it hangs: cells of the grid may be wider than high."""
    angle, wide = math.radians(edit.numbers[0]), around.cell_aspect
    count, width = rows.shape
    down = (np.arange(count) - (count - 1) / 2)[:, None]
    right = (np.arange(width) - (width - 1) / 2) * wide
    row = math.cos(angle) * down - math.sin(angle) * right + (count - 1) / 2
    column = (math.sin(angle) * down + math.cos(angle) * right) / wide + (width - 1) / 2
    return _sampled(rows, np.clip(row, 0, count - 1), np.clip(column, 0, width - 1))


def _sampled(rows: Floats, row: np.ndarray, column: np.ndarray) -> Floats:
    top, left = np.floor(row).astype(int), np.floor(column).astype(int)
    bottom = np.minimum(top + 1, rows.shape[0] - 1)
    right = np.minimum(left + 1, rows.shape[1] - 1)
    down, across = row - top, column - left
    upper = rows[top, left] * (1 - across) + rows[top, right] * across
    lower = rows[bottom, left] * (1 - across) + rows[bottom, right] * across
    return np.asarray(upper * (1 - down) + lower * down, np.float32)


def _inverted(rows: Floats, _edit: Edit, _around: Surroundings) -> Floats:
    return np.asarray(1.0 - rows, np.float32)


def _windowed(rows: Floats, edit: Edit, _around: Surroundings) -> Floats:
    centre, width = edit.numbers
    if width <= 0:
        raise InferenceError("A window of width {width:g} shows nothing.", width=width)
    return np.asarray(np.clip((rows - (centre - width / 2)) / width, 0.0, 1.0))


_WHOLE: Final[dict[str, Callable[[Floats, Edit, Surroundings], Floats]]] = {
    "shift": _shifted,
    "rotate": _rotated,
    "invert": _inverted,
    "window": _windowed,
}
