"""Where in a frame the film lies: all of it, or what is left without padding."""

from dataclasses import dataclass

import numpy as np

from engine.types import Frame


@dataclass(frozen=True, slots=True)
class Area:
    """Stored rows top … bottom − 1 and columns left … right − 1."""

    top: int
    left: int
    bottom: int
    right: int


def film_area(frame: Frame) -> Area:
    """The least rectangle that holds all of a frame that is image and not padding."""
    rows, columns = frame.values.shape
    if frame.valid is None:
        return Area(0, 0, rows, columns)
    down = np.flatnonzero(frame.valid.any(axis=1))
    across = np.flatnonzero(frame.valid.any(axis=0))
    return Area(int(down[0]), int(across[0]), int(down[-1]) + 1, int(across[-1]) + 1)
