"""One film from its file, here or in a process of its own.

It lies outside `engine.training.data` and imports no torch: a process that only reads films
starts with this module, and would otherwise wait for torch and hold its memory.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError
from engine.imaging import read_frame, read_image
from engine.sequence import refusal, to_sequence
from engine.types import Frame, InputFormat


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A film that was read.

    Attributes:
        rows: (M, W) model rows.
        stored: Rows of pixels in the file.
        frames: How many films the file holds.
        patient: Whose film it is by its header, as a hash; empty where it does not say. Names of
            people stay in the files.
    """

    rows: NDArray[np.float16]
    stored: int
    frames: int = 1
    patient: str = ""


def read_rows(path: Path, fmt: InputFormat, index: int = 0) -> Reading | str:
    """Read a frame as the viewer does; a sentence where it cannot be, or must not be, read."""
    try:
        frame = read_frame(read_image(path), index)
    except EngineError as error:
        return str(error)
    if reason := refusal(frame.image, fmt, frame):
        return reason
    rows = to_sequence(frame, fmt).rows.astype(np.float16)
    return Reading(rows, frame.image.rows, frame.image.frame_count, _patient(frame))


def _patient(frame: Frame) -> str:
    named = frame.image.identity.patient_id.strip()
    digest = hashlib.blake2b(named.encode(), digest_size=8).hexdigest()
    return f"Patient ID {digest}" if named else ""
