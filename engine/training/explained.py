"""Influence on films of any height, and its audit: one height at a time."""

import numpy as np
from numpy.typing import NDArray

from engine.audit import Essentials, essentials, influences
from engine.network import RowNetwork
from engine.reference import resampled
from engine.training.batches import alike
from engine.training.data import Films
from engine.training.loop import predict
from engine.types import InfluenceMethod

Maps = list[NDArray[np.float64]]


def film_influences(
    network: RowNetwork,
    films: Films,
    *,
    baseline: NDArray[np.float32],
    targets: NDArray[np.int64],
    method: InfluenceMethod = "integrated-gradients",
) -> Maps:
    """Influence (L,) of every step of each film, as the viewer shows it; each with its own L.

    Args:
        network: In evaluation mode.
        films: N of them.
        baseline: (M, W) the mean film; it is laid along each film.
        targets: (N,) the class that is explained.
        method: How the map is measured.
    """
    maps: Maps = [np.empty(0)] * len(films)
    for chosen in alike(films.heights, len(films)):
        height = films.heights[chosen[0]]
        found = influences(
            network,
            films.rows[chosen, :height],
            baseline=resampled(baseline, height, axis=0),
            targets=targets[chosen],
            method=method,
        )
        for film, values in zip(chosen, found, strict=True):
            maps[film] = values
    return maps


def film_essentials(
    network: RowNetwork,
    films: Films,
    *,
    baseline: NDArray[np.float32],
    targets: NDArray[np.int64],
    method: InfluenceMethod = "integrated-gradients",
) -> Essentials | None:
    """`engine.audit.essentials` of the films of the commonest height; None as there."""
    heights = np.bincount(films.heights)
    chosen = np.flatnonzero(films.heights == heights.argmax())
    height = int(heights.argmax())
    return essentials(
        network,
        films.rows[chosen, :height],
        baseline=resampled(baseline, height, axis=0),
        targets=targets[chosen],
        method=method,
    )


def explained_classes(
    network: RowNetwork, films: Films, positive: int | None
) -> NDArray[np.int64]:
    """(N,) the class that the viewer explains: the finding, else the most probable one."""
    if positive is not None:
        return np.full(len(films), positive)
    return most_probable(network, films)


def most_probable(network: RowNetwork, films: Films) -> NDArray[np.int64]:
    """(N,) the class that a network thinks likeliest."""
    logits = predict(network, films.rows, heights=films.heights)
    return np.asarray(logits.argmax(axis=1), dtype=np.int64)
