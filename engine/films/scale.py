"""Which values of an array are black and white: found from all of its films, or said."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.sequence import whole_range

_LEAST_USE = 1 / 8  # of a range; the brightest value of all films below it is a mistake
_SLACK = 1e-3  # by which resampling may leave 0…1


@dataclass(frozen=True, slots=True)
class Scale:
    """What "full-range" reads as 0 and 1; by fewer bits where `given` is false and a film does."""

    ends: tuple[float, float]
    given: bool = False
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Extent:
    """The values of all films; those that are no numbers left out."""

    least: float = np.inf
    most: float = -np.inf
    whole: bool = True
    kinds: dict[str, np.dtype[Any]] = field(default_factory=dict)

    def add(self, values: NDArray[Any]) -> None:
        """Take another film in."""
        if values.dtype.kind == "f":
            values = values[np.isfinite(values)]
            self.whole = self.whole and bool((values == np.rint(values)).all())
        if values.size:
            self.least = min(self.least, float(values.min()))
            self.most = max(self.most, float(values.max()))


def scale_of(title: str, extent: Extent, said: tuple[float, ...]) -> Scale:
    """The one scale of all films.

    Args:
        title: What sentences call their file.
        extent: Of the values of all films, whatever their split.
        said: The recipe's `data.value_range`; empty to find it.

    Raises:
        DataError: Nobody can tell it from the values, or the recipe's is none of theirs.
    """
    if extent.least >= extent.most:  # every film is flat, and will be skipped
        return Scale((0.0, 1.0))
    return _said(title, extent, (said[0], said[1])) if said else _found(title, extent)


def value_range_of(
    least: float, most: float, *, whole: bool, kind: np.dtype[Any]
) -> tuple[float, float] | None:
    """The values that "full-range" reads as 0 and 1, from those of all films of a file.

    Whole numbers from 0 are read as those of a file, by the least number of bits, 8 or more, that
    holds the film; also where they are stored as floats or in wider integers. Only zeros and ones
    are read as 0…1. Other floats are read as 0…1, as −1…1 where they go below −0.5, or as 0…255
    where they go above 127.

    Args:
        least: Smallest value of all films.
        most: Largest one.
        whole: Whether all of them are whole numbers.
        kind: How they are stored.

    Returns:
        The range; None where the values fit none, or would use less than an eighth of it.
    """
    if kind.kind == "b":
        return 0.0, 1.0
    if least >= -_SLACK and most <= 1 + _SLACK:
        found = (0.0, 1.0)
    elif least >= 0 and whole:
        found = whole_range(least, most)
    elif kind.kind == "f" and -1 - _SLACK <= least < -0.5 and 0 < most <= 1 + _SLACK:
        return -1.0, 1.0
    elif kind.kind == "f" and least >= -0.5 and 127 < most <= 255.5:
        found = (0.0, 255.0)
    else:
        return None
    return found if most >= _LEAST_USE * found[1] else None


def _said(title: str, extent: Extent, ends: tuple[float, float]) -> Scale:
    """The scale of the recipe."""
    values = f"values {number_word(extent.least)}…{number_word(extent.most)}"
    wanted = f"{number_word(ends[0])}…{number_word(ends[1])}"
    if extent.most <= ends[0] or extent.least >= ends[1]:
        raise DataError(
            "{title}: {values} lie outside {wanted}, the recipe's `data.value_range`.",
            title=title,
            values=values,
            wanted=wanted,
        )
    cut = f"{title}: {values} are cut off at {wanted}, as `data.value_range` says"
    within = ends[0] <= extent.least and extent.most <= ends[1]
    return Scale(ends, given=True, notes=() if within else (cut,))


def _found(title: str, extent: Extent) -> Scale:
    """The scale that the values tell."""
    values = f"values {number_word(extent.least)}…{number_word(extent.most)}"
    (name, kind), *others = extent.kinds.items()
    for other, second in others:
        if second.kind.replace("i", "u") != kind.kind.replace("i", "u"):
            raise DataError(
                "{title}: “{name}” holds {kind} and “{other}” {second}; store all images"
                " in one type, or say in the recipe what is black and white:"
                " `data.value_range = [low, high]`.",
                title=title,
                name=name,
                kind=kind,
                other=other,
                second=second,
            )
    ends = value_range_of(extent.least, extent.most, whole=extent.whole, kind=kind)
    if ends is None:
        raise DataError(
            "{title}: {values} in {kind} do not tell what is black and what is white. Say"
            " it in the recipe, `data.value_range = [low, high]`, or take `input.intensity ="
            ' "min-max"` or `"rank"`.',
            title=title,
            values=values,
            kind=kind,
        )
    if kind.kind == "b" or kind == np.uint8:
        return Scale(ends)
    bits = round(np.log2(ends[1] + 1))
    way = f"{number_word(ends[0])}…{number_word(ends[1])}"
    if ends[1] > 1 and extent.whole:
        way = f"{bits} bits" if bits == 8 else f"at most {bits} bits, film by film as from files"
    return Scale(ends, notes=(f"{title}: {values} in {kind} are read as {way}",))


def number_word(value: object) -> str:
    """A number for a sentence."""
    return f"{float(value):.6g}".replace("-", "−")  # type: ignore[arg-type]  # of numpy
