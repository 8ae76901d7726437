"""What every unit does over many films, counted while they stream by: no state is kept.

Histograms have 64 even bins over −r…r. What r must be is not known before the last film, so it
begins small and doubles for a unit whose state lies beyond: pairs of bins then become one, which
loses nothing. So the bins of a unit cover at most twice what it needs, and its counts are those
of a histogram of all its states over the same edges.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.types import Doubles, Floats

BINS: Final = 64
PEAKS: Final = 16  # films at either end
_LEAST_REACH = 2.0**-6
_HALF = BINS // 2
_TOGETHER = 64  # films whose extremes are sorted at once

Counts = NDArray[np.int64]


def edges_of(reach: float) -> Doubles:
    """Edges (B + 1,) of a histogram that covers −reach…reach; the last bin holds its end."""
    return reach * (np.arange(BINS + 1) / _HALF - 1)


class References:
    """Counts, sums and extremes of every unit (S, D, H); films are added, the end is read.

    Attributes:
        counts: (S, D, H, B).
        reach: (S, D, H) where each histogram ends.
    """

    def __init__(self, layers: int, directions: int, hidden: int) -> None:
        units = (layers, directions, hidden)
        self.counts: Counts = np.zeros((*units, BINS), np.int64)
        self.reach: Doubles = np.full(units, _LEAST_REACH)
        self._films: Counts = np.empty((2, *units, 0), np.int64)
        self._steps: Counts = np.empty((2, *units, 0), np.int64)
        self._values: Floats = np.empty((2, *units, 0), np.float32)
        self._waiting: list[tuple[int, Counts, Floats]] = []
        self._sum, self._squares = np.zeros(units), np.zeros(units)
        self._rows = 0

    def add(self, h: Floats, film: int) -> None:
        """Count a film's states, (S, D, L, H)."""
        self._rows += h.shape[2]
        exact = h.astype(np.float64)
        self._sum += exact.sum(axis=2)
        self._squares += (exact * exact).sum(axis=2)
        self._count(h)
        steps = np.stack((h.argmax(axis=2), h.argmin(axis=2)))  # (2, S, D, H)
        self._waiting.append((film, steps, np.stack((h.max(axis=2), h.min(axis=2)))))
        if len(self._waiting) == _TOGETHER:
            self._keep_extremes()

    @property
    def extremes(self) -> tuple[Counts, Counts, Floats]:
        """Films, steps and values (2, S, D, H, P): the highest, and the lowest, of all units.

        The most extreme first, each film once; of equal ones the first film. P is 16, or as many
        films as there were.
        """
        self._keep_extremes()
        return self._films, self._steps, self._values

    @property
    def mean(self) -> Doubles:
        """(S, D, H)."""
        return self._sum / max(self._rows, 1)

    @property
    def std(self) -> Doubles:
        """(S, D, H), of all rows."""
        variance = self._squares / max(self._rows, 1) - self.mean**2
        return np.sqrt(np.maximum(variance, 0))

    def _count(self, h: Floats) -> None:
        largest = np.abs(h).max(axis=2)  # (S, D, H)
        while (small := largest > self.reach).any():
            self._double(small)
        scaled = (h / self.reach[:, :, None] + 1) * _HALF
        bins = np.minimum(scaled.astype(np.int64), BINS - 1)  # (S, D, L, H)
        unit = np.arange(self.reach.size).reshape(self.reach.shape)[:, :, None] * BINS
        found = np.bincount((bins + unit).ravel(), minlength=self.counts.size)
        self.counts += found.reshape(self.counts.shape)

    def _double(self, which: NDArray[np.bool_]) -> None:
        """Let the histograms of some units reach twice as far: two bins become one."""
        pairs = self.counts[which].reshape(-1, _HALF, 2).sum(axis=2)
        wider = np.zeros((len(pairs), BINS), np.int64)
        wider[:, _HALF // 2 : _HALF // 2 + _HALF] = pairs
        self.counts[which] = wider
        self.reach[which] *= 2

    def _keep_extremes(self) -> None:
        """Let the films that wait in, where they are more extreme than those that are kept."""
        if not self._waiting:
            return
        films, steps, values = zip(*self._waiting, strict=True)
        self._waiting = []
        like = np.stack(values, axis=-1)  # (2, S, D, H, waiting)
        numbers = np.broadcast_to(np.array(films, np.int64), like.shape)
        extremes = np.concatenate((self._values, like), axis=-1)
        signs = np.array((-1, 1), np.float32).reshape(2, 1, 1, 1, 1)
        order = np.argsort(signs * extremes, axis=-1, kind="stable")[..., :PEAKS]
        self._values = np.take_along_axis(extremes, order, axis=-1)
        together = np.concatenate((self._steps, np.stack(steps, axis=-1)), axis=-1)
        self._steps = np.take_along_axis(together, order, axis=-1)
        together = np.concatenate((self._films, numbers), axis=-1)
        self._films = np.take_along_axis(together, order, axis=-1)
