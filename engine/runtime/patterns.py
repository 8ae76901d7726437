"""How few films show a stem everything that it could meet in spliced ones.

A stem looks upwards only: what it makes of a step is decided by a window of steps. In pattern p
step s is the film's where bit s modulo the window of p is set, so whatever a window of steps
keeps, some pattern keeps the same there.
"""

import numpy as np
from numpy.typing import NDArray

from engine.metadata.architecture import NetworkConfig
from engine.types import Booleans, Floats

Choice = NDArray[np.int64]


def window_of(config: NetworkConfig, layers: int | None = None) -> int:
    """How many steps, its own included, decide what the first layers make of a step."""
    row = 0  # the first that step 0 reads after the layers; then what each layer reads for it
    for layer in reversed(config.stem[:layers]):
        row = (row + 1) * layer.row_stride - 3
    return 1 - row // config.rows_per_step


def kept_by(window: int, steps: int) -> Booleans:
    """Which steps every pattern keeps, (patterns, L)."""
    bits, numbers = np.arange(steps) % window, np.arange(2**window)
    return np.asarray((numbers[:, None] >> bits) & 1 == 1)


def pattern_of(kept: Booleans, window: int) -> Choice:
    """The pattern (P, L) that every step of splices (P, L) meets in its window."""
    powers = kept.astype(np.int64) << np.arange(kept.shape[1]) % window
    sums = np.pad(powers, ((0, 0), (window, 0))).cumsum(axis=1)  # (P, window + L)
    return np.asarray(sums[:, window:] - sums[:, :-window])


def spliced(rows: Floats, baseline: Floats, kept: Booleans) -> Floats:
    """Films (P, M, W) that have a film's rows (M, W) where they keep its steps (P, L)."""
    by_row = kept.repeat(len(rows) // kept.shape[1], axis=1)[:, :, None]
    return np.where(by_row, rows, baseline)
