"""Influence on films of any height, and its audit: one height at a time."""

import copy
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.audit import Essentials, essentials, influences
from engine.metadata.registered import read_architecture
from engine.network import RowNetwork
from engine.reference import resampled
from engine.training.batches import alike
from engine.training.data import Films
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
    for chosen, own, mean in _by_height(network, films, baseline):
        rows = films.rows[chosen, : len(mean)]
        found = influences(own, rows, baseline=mean, targets=targets[chosen], method=method)
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
        _at_height(network, height),
        films.rows[chosen, :height],
        baseline=resampled(baseline, height, axis=0),
        targets=targets[chosen],
        method=method,
    )


def _by_height(
    network: RowNetwork, films: Films, baseline: NDArray[np.float32]
) -> Iterator[tuple[NDArray[np.intp], RowNetwork, NDArray[np.float32]]]:
    """Films of one height, the network configured for it, and the mean film that high."""
    for chosen in alike(films.heights, len(films)):
        height = int(films.heights[chosen[0]])
        yield chosen, _at_height(network, height), resampled(baseline, height, axis=0)


def _at_height(network: RowNetwork, rows: int) -> RowNetwork:
    """The same network and weights; only its configuration names another typical height."""
    if rows == network.config.rows:
        return network
    own = copy.copy(network)
    own.config = read_architecture(network.config.to_dict() | {"rows": rows})
    return own
