"""From line integrals to stored values: photons, scatter, noise, and what a detector shows.

The chain follows a flat-panel system: Beer–Lambert, scatter behind a grid, detector blur, Poisson
noise, logarithm, compression of the dynamic range, a sigmoid display curve, 12 bits.
"""

import numpy as np
from numpy.typing import NDArray

from engine.phantoms.grid import Grid, lowpass
from engine.phantoms.materials import transmission
from engine.types import Floats

PHOTONS_PER_CM2 = 6.0e6  # unattenuated, at the detector: about 2 µGy behind the chest
SCATTER = 0.42  # scatter to local primary behind a grid, ICRU Report 54 gives 0.3 to 0.8
SCATTER_CM = 4.0
BLUR_CM = 0.013
WHITE = 4095


def expose(integral: Floats, rng: np.random.Generator, grid: Grid, exposure: float) -> Floats:
    """(R, C) detected photons relative to the unattenuated beam, with quantum noise."""
    primary = transmission(integral)
    scattered = SCATTER * lowpass(np.minimum(primary, np.float32(0.25)), grid, SCATTER_CM)
    signal = _detector_blur(primary + scattered, grid)
    photons = np.float64(PHOTONS_PER_CM2 * exposure * grid.pitch**2)
    counted = rng.poisson(signal * photons)
    return (np.maximum(counted, 1) / photons).astype(np.float32)


def _detector_blur(values: Floats, grid: Grid) -> Floats:
    """Blur by the detector's spread; nothing where pixels are much larger than it."""
    side = np.float32(
        np.exp(-0.5 * (grid.pitch / max(BLUR_CM, 0.45 * min(grid.pitch, 0.04))) ** 2)
    )
    total = 1 + 2 * side
    padded = np.pad(values, 1, mode="edge")
    down = (padded[1:-1] + side * (padded[:-2] + padded[2:])) / total
    return np.asarray((down[:, 1:-1] + side * (down[:, :-2] + down[:, 2:])) / total, np.float32)


def develop(detected: Floats, grid: Grid, contrast: float) -> NDArray[np.uint16]:
    """(R, C) stored values of 12 bits, bright where much was absorbed."""
    density = -np.log(detected)
    evened = density - np.float32(0.54) * (lowpass(density, grid, 2.6) - np.float32(2.4))
    evened += np.float32(0.5) * (evened - lowpass(evened, grid, 0.35))
    body = evened[density > 1.0]
    middle, spread = np.percentile(body, 42), np.percentile(body, 93) - np.percentile(body, 8)
    scaled = (evened - middle) * np.float32(2.9 * contrast / spread)
    shown = 1 / (1 + np.exp(-scaled))
    low = 1 / (1 + np.exp(np.float32(3.3)))
    levels = np.rint((shown - low) / (0.985 - low) * WHITE)
    return np.asarray(np.clip(levels, 0, WHITE), np.uint16)
