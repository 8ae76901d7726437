"""How often a model refuses to answer, and why, over folders of films."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from engine.errors import ImageError
from engine.imaging import image_files, read_frame, read_image
from engine.model import Model, load
from engine.types import Bytes, Floats, Frame

_Pixels = TypeVar("_Pixels", Floats, Bytes)

_CHANGES = ("upside down", "mirrored", "inverted", "on its left side", "on its right side")


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of some films.

    Attributes:
        films: In words.
        read: How many could be read as an image.
        refused: Files that could not.
        abstained: How many of those read got no answer.
        reasons: How often each check spoke against a film; a film may have several.
    """

    films: str
    read: int
    refused: int
    abstained: int
    reasons: dict[str, int]


def abstentions(
    model: str | Path | Model, paths: Sequence[Path], *, most: int = 1000, changed: bool = False
) -> tuple[Tally, ...]:
    """Ask header, pixels, body part, guard and surprise of many films, as when one is opened.

    Args:
        model: Its name, the folder of its bundle, or the model.
        paths: Images or folders; a tally for each.
        most: Files of each folder, evenly spread.
        changed: Whether the films of the first path are asked again turned, mirrored, inverted.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        ImageError: A path is not there.
    """
    for path in paths:
        if not path.exists():
            raise ImageError("{path} is not there.", "missing", path=path)
    judge = model if isinstance(model, Model) else load(model)
    found = [_tally(judge, _label(path), _frames(path, most)) for path in paths]
    for change in _CHANGES if changed else ():
        frames = (_changed(frame, change) for frame in _frames(paths[0], most))
        found.append(_tally(judge, f"{_label(paths[0])}, {change}", frames))
    return tuple(found)


def _tally(model: Model, words: str, frames: Iterator[Frame | None]) -> Tally:
    """Judge every frame; None stands for a file that could not be read."""
    read = refused = abstained = 0
    reasons: Counter[str] = Counter()
    for frame in frames:
        if frame is None:
            refused += 1
            continue
        read += 1
        codes = [reason.code for reason in model.trust(frame).reasons]
        abstained += bool(codes)
        reasons.update(codes)
    return Tally(words, read, refused, abstained, dict(reasons.most_common()))


def _frames(path: Path, most: int) -> Iterator[Frame | None]:
    files = list(image_files((path,)))
    chosen = np.unique(np.linspace(0, len(files) - 1, min(most, len(files))).astype(int))
    for number in chosen:
        try:
            yield read_frame(read_image(files[number]), 0)
        except Exception:  # noqa: BLE001 - one file must not cost the others their count
            yield None


def _changed(frame: Frame | None, change: str) -> Frame | None:
    """The film as it would lie in a file that shows it wrongly; its header says nothing of it."""
    if frame is None:
        return None
    image, values = frame.image, frame.values
    header = replace(frame.header, orientation=None)
    if change == "inverted":
        photometric = "MONOCHROME2" if image.inverted else "MONOCHROME1"
        image = replace(image, photometric=photometric)
        return Frame(image, frame.index, values, frame.colour, header=header)
    turned, colour = _turned(values, change), frame.colour
    spacing = header.spacing
    if spacing is not None and turned.shape != values.shape:
        spacing = replace(spacing, row_mm=spacing.column_mm, column_mm=spacing.row_mm)
    rows, columns = turned.shape
    image, header = replace(image, rows=rows, columns=columns), replace(header, spacing=spacing)
    colour = None if colour is None else _turned(colour, change)
    return Frame(image, frame.index, turned, colour, header=header)


def _turned(values: _Pixels, change: str) -> _Pixels:
    """Pixels (R, C, …) turned, as an array of its own."""
    if change == "upside down":
        return np.ascontiguousarray(values[::-1])
    if change == "mirrored":
        return np.ascontiguousarray(values[:, ::-1])
    return np.ascontiguousarray(np.rot90(values, 1 if change == "on its left side" else -1))


def _label(path: Path) -> str:
    return "/".join(path.resolve().parts[-2:])
