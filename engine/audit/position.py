"""How much of a map is there before any film is looked at: position, mean map, mean film."""

import numpy as np

from engine.audit.figures import figure, mean, resamples
from engine.types import Doubles, Shares


def shares(maps: Doubles, profile: Doubles, rng: np.random.Generator) -> Shares:
    """Shares of the variance of maps that need no film to be known.

    `position` is one minus what is left of the variance over all films and steps when the mean
    map is taken away (R² of the row number as a category); N films alone would give about 1/N.
    The other two are the mean over films of the squared correlation of its map with the mean map
    of the other films, and with the brightness of the mean film.

    Args:
        maps: (N, L).
        profile: (L,) brightness of the mean film, step by step.
        rng: For the intervals.
    """
    others = (maps.sum(axis=0) - maps) / max(len(maps) - 1, 1)  # (N, L)
    everywhere = np.broadcast_to(profile, maps.shape)
    whole = np.full((1, len(maps)), 1 / len(maps))
    draws = _by_position(maps, resamples(len(maps), rng))
    return Shares(
        position=figure(float(_by_position(maps, whole)[0]), draws, len(maps)),
        mean_map=mean(_squared_correlations(maps, others), rng),
        mean_film=mean(_squared_correlations(maps, everywhere), rng),
    )


def _by_position(maps: Doubles, weights: Doubles) -> Doubles:
    """Share (draws,) of the variance between steps, of films weighted (draws, N)."""
    means = weights @ maps  # (draws, L)
    between = means.var(axis=1)
    total = weights @ np.square(maps).mean(axis=1) - means.mean(axis=1) ** 2
    return _share(between, total)


def _squared_correlations(left: Doubles, right: Doubles) -> Doubles:
    """Pearson's r² (N,) of the rows of two arrays (N, L); 0 where one is constant."""
    a, b = (values - values.mean(axis=1, keepdims=True) for values in (left, right))
    spread = np.square(a).sum(axis=1) * np.square(b).sum(axis=1)
    product = np.square((a * b).sum(axis=1))
    return _share(product, spread)


def _share(part: Doubles, whole: Doubles) -> Doubles:
    """Part / whole, and 0 where there is no whole."""
    return np.asarray(np.divide(part, whole, out=np.zeros_like(part), where=whole > 0))
