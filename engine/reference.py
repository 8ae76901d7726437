"""What is stored for the typical film, laid along a film of another height. Pure numpy.

A place on a film is its share of the height: step t of L lies at (t + ½)/L. So the collar bones of
a tall film are compared with those of the typical one, and not with whatever lies at the same
step. Between stored places values run straight; above the first and below the last they stay.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", np.float32, np.float64)


def resampled(values: NDArray[Number], length: int, *, axis: int) -> NDArray[Number]:
    """Values of any shape, with `length` rows or steps along an axis instead of their own.

    Of the length that they have they come back as they are, bit for bit.
    """
    stored = values.shape[axis]
    if length == stored:
        return values
    first, second, share = places(stored, length)
    along = [1] * values.ndim
    along[axis] = length
    weight = share.astype(values.dtype).reshape(along)
    before, after = values.take(first, axis), values.take(second, axis)
    return np.asarray(before + weight * (after - before), dtype=values.dtype)


def places(
    stored: int, length: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Where each of `length` rows lies among `stored` ones: between which two, and how far."""
    place = (np.arange(length) + 0.5) / length * stored - 0.5
    place = np.clip(place, 0, stored - 1)
    first = np.floor(place).astype(np.int64)
    return first, np.minimum(first + 1, stored - 1), place - first
