import numpy as np
from numpy.typing import NDArray

from engine.types import Doubles


def isotonic_fit(values: NDArray[np.floating], weights: NDArray[np.floating]) -> Doubles:
    """The non-decreasing sequence nearest to values (n,) in weighted least squares.

    Pool adjacent violators (Ayer 1955): neighbours in the wrong order share their mean, until
    none is left; each value is pooled once, so that it takes linear time.

    Args:
        values: In the order of their scores; equal scores must already be one value.
        weights: (n,) above zero.
    """
    means: list[float] = []
    masses: list[float] = []
    counts: list[int] = []
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        mean, mass, count = value, weight, 1
        while means and means[-1] >= mean:
            before = masses.pop()
            mean = (means.pop() * before + mean * mass) / (before + mass)
            mass += before
            count += counts.pop()
        means.append(mean)
        masses.append(mass)
        counts.append(count)
    return np.repeat(np.array(means, np.float64), np.array(counts, np.int64))
