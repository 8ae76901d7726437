"""A film as an index keeps it: its rows, its edges, a small picture, what it is known by.

This imports no torch, so that a process that only reads films need not load it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from engine.errors import EngineError
from engine.imaging import film_key, read_frame, read_image, thumbnail
from engine.sequence import refusal, to_sequence
from engine.types import Bytes, Floats, Frame, InputFormat, RowSequence

SIDE: Final = 96  # pixels of the longest side of a picture


@dataclass(frozen=True, slots=True, eq=False)
class FilmLook:
    """What is needed of one film.

    Attributes:
        sequence: Its rows for the model.
        picture: (h, w), no larger than the film.
        content: `engine.imaging.film_key`.
        frames: How many films its file holds.
    """

    sequence: RowSequence
    picture: Bytes
    content: str
    frames: int


def look_into(path: Path, fmt: InputFormat, frame: int) -> FilmLook | str:
    """Read a frame as the viewer does; a sentence where it cannot be, or must not be, read."""
    try:
        found = read_frame(read_image(path), frame)
    except EngineError as error:
        return error.sentence
    return refusal(found.image, fmt, found) or look_at(found, fmt)


def look_at(frame: Frame, fmt: InputFormat) -> FilmLook:
    """The same of a frame that is read and that the model may read."""
    side = min(SIDE, max(frame.values.shape))
    picture = np.ascontiguousarray(thumbnail(frame, side))
    return FilmLook(to_sequence(frame, fmt), picture, film_key(frame), frame.image.frame_count)


def rows_of(look: FilmLook) -> Floats:
    """Model rows (M, W)."""
    return look.sequence.rows
