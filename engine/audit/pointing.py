"""The pointing game (Zhang 2018) with rows: is the peak of a map in the finding's rows?"""

import numpy as np
from numpy.typing import NDArray

from engine.audit.figures import mean
from engine.types import Doubles, Pointing


def peaks_inside(maps: Doubles, first: Doubles, last: Doubles) -> NDArray[np.bool_]:
    """Whether the peak (N,) of each map lies in the finding's rows.

    Args:
        maps: (N, L) influences.
        first: (N,) where the finding begins, as a share of the film's height.
        last: (N,) where it ends. The peak's step counts as inside if it overlaps the finding.
    """
    films = np.arange(len(maps))
    return np.asarray(_inside(maps.shape[1], first, last)[films, maps.argmax(axis=1)])


def pointing(
    maps: Doubles, first: Doubles, last: Doubles, *, rng: np.random.Generator
) -> Pointing:
    """The share of hits, and the share that a step drawn at random would hit."""
    hits = peaks_inside(maps, first, last).astype(np.float64)
    chance = _inside(maps.shape[1], first, last).mean(axis=1)
    return Pointing(mean(hits, rng), mean(chance, rng))


def _inside(steps: int, first: Doubles, last: Doubles) -> NDArray[np.bool_]:
    """Whether each step overlaps each film's finding, (N, L)."""
    step = np.arange(steps)
    overlaps: NDArray[np.bool_] = (step / steps < last[:, None]) & (
        (step + 1) / steps > first[:, None]
    )
    return overlaps
