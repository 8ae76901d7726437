"""Spliced films: what the answer is when only a part of a film is there.

What is not there is replaced by the baseline's rows, never left out, so that the reading keeps
its length. When whole steps are replaced, the stem need not see every splice: it looks upwards
only, a few steps far, so what it makes of a step is decided by which of these few are the film's.
All patterns of so many steps fit into a few films, and each splice is put together from them. The
answers are the same, and what is left to do is the recurrence, of which splices that begin alike
share the beginning (`engine.runtime.batches`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.calibration import log_odds
from engine.metadata.architecture import NetworkConfig
from engine.runtime.asked import Asked
from engine.runtime.patterns import pattern_of, window_of
from engine.types import Doubles, Floats

_PIXELS = 2**22  # of splices that are made at once (16 MiB)
_MOST_INPUTS = 2**24  # of all patterns together (64 MiB)

Indices = NDArray[np.int64]
Keep = Callable[[Indices], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True, eq=False)
class Game:
    """One film, one baseline and one class.

    Attributes:
        asked: The network; what is said above of the stem is made use of where it `shares`.
        rows, baseline: (M, W).
        target: Index of the class.
    """

    asked: Asked
    rows: Floats
    baseline: Floats
    target: int

    def odds(self, count: int, keep: Keep) -> Doubles:
        """Log-odds (count,) of splices by pixels.

        Args:
            count: Number of splices.
            keep: From indices (P,) to what splices of these numbers keep of the film, as truth
                values that broadcast to (P, M, W).
        """
        numbers, together = np.arange(count), max(_PIXELS // self.rows.size, 1)
        parts = [numbers[start : start + together] for start in range(0, count, together)]
        films = (np.where(keep(part), self.rows, self.baseline) for part in parts)
        return np.concatenate([log_odds(self.asked.logits(film), self.target) for film in films])

    def band_odds(self, count: int, keep: Keep, *, bands: int) -> Doubles:
        """Log-odds (count,) of splices by bands of equal height.

        Args:
            count: Number of splices.
            keep: From indices (P,) to which bands are the film's, (P, B).
            bands: B.
        """
        height = len(self.rows) // bands
        config = self.asked.config if self.asked.shares else None
        if not isinstance(config, NetworkConfig) or not self._shares(config, height, count):
            return self.odds(
                count, lambda indices: keep(indices).repeat(height, axis=1)[:, :, None]
            )
        steps = len(self.rows) // config.rows_per_step
        kept = keep(np.arange(count)).repeat(steps // bands, axis=1)  # (P, L)
        patterns = self.asked.patterns(self.rows, self.baseline)
        read = self.asked.read(patterns, pattern_of(kept, window_of(config)))
        return log_odds(read, self.target)

    def ends(self) -> tuple[float, float]:
        """Log-odds of the film and of the baseline."""
        whole, empty = self.odds(2, lambda indices: (indices == 0)[:, None, None])
        return float(whole), float(empty)

    def _shares(self, config: NetworkConfig, height: int, count: int) -> bool:
        """Whether bands are whole steps, and all patterns are less work than the splices."""
        if any(layer.kind != "convolution" for layer in config.stem):
            return False  # how far another stem looks up, nobody says
        size, patterns = config.rows_per_step, 2 ** window_of(config)
        inputs = patterns * (len(self.rows) // size) * config.input_size
        return height % size == 0 and patterns < count and inputs <= _MOST_INPUTS
