"""Influence on films of any height, and its audit: one height at a time."""

import copy
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.metadata.registered import read_architecture
from engine.network import RowNetwork
from engine.reference import resampled
from engine.training.audit import Audit, audit, influences
from engine.training.batches import alike
from engine.training.data import Films

Maps = list[NDArray[np.float64]]


def film_influences(
    network: RowNetwork,
    films: Films,
    *,
    baseline: NDArray[np.float32],
    targets: NDArray[np.int64],
) -> Maps:
    """Influence (L,) of every step of each film, as the viewer shows it; each with its own L.

    Args:
        network: In evaluation mode.
        films: N of them.
        baseline: (M, W) the mean film; it is laid along each film.
        targets: (N,) the class that is explained.
    """
    maps: Maps = [np.empty(0)] * len(films)
    for chosen, own, mean in _by_height(network, films, baseline):
        rows = films.rows[chosen, : len(mean)]
        found = influences(own, rows, baseline=mean, targets=targets[chosen])
        for film, values in zip(chosen, found, strict=True):
            maps[film] = values
    return maps


def film_audit(
    network: RowNetwork,
    films: Films,
    *,
    baseline: NDArray[np.float32],
    targets: NDArray[np.int64],
) -> Audit:
    """The audit of `engine.training.audit` over films of any height, each film counted alike."""
    parts = [
        audit(own, films.rows[chosen, : len(mean)], baseline=mean, targets=targets[chosen])
        for chosen, own, mean in _by_height(network, films, baseline)
    ]
    parts = [part for part in parts if part.films]
    if not parts:
        return Audit(np.nan, np.nan, np.nan, 0)
    shares = [part.films for part in parts]
    return Audit(
        deletion=float(np.average([part.deletion for part in parts], weights=shares)),
        random=float(np.average([part.random for part in parts], weights=shares)),
        untrained=float(np.average([part.untrained for part in parts], weights=shares)),
        films=sum(shares),
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
