"""The two tests that an Influence map must pass before it may be called influence."""

from dataclasses import dataclass

import numpy as np

from engine.audit.curves import deletion_areas, explained, first_largest, random_places
from engine.audit.figures import mean, ratio
from engine.audit.maps import Classes, Rows, influences
from engine.audit.weights import NETWORKS, likeness, untrained
from engine.network import RowNetwork
from engine.types import Figure, Floats, InfluenceMethod


@dataclass(frozen=True, slots=True)
class Essentials:
    """Deletion and weight randomisation of the Influence map.

    Attributes:
        deletion: Deletion area in the order of the map (`engine.audit.curves`).
        random: The same in random order.
        over_random: The second over the first.
        untrained: Size of the rank correlation with maps of the same architecture with new
            weights (`engine.audit.weights`); a map that ignores the weights would stay near 1.
    """

    deletion: Figure
    random: Figure
    over_random: Figure
    untrained: Figure


def essentials(
    network: RowNetwork,
    rows: Rows,
    *,
    baseline: Floats,
    targets: Classes,
    method: InfluenceMethod = "integrated-gradients",
    seed: int = 0,
) -> Essentials | None:
    """Delete steps in the order of the map and at random; compare with an untrained network.

    Args:
        network: Used in evaluation mode.
        rows: (N, M, W) films that were not trained on.
        baseline: (M, W) the mean training film.
        targets: (N,) the class that is explained on each film.
        method: How the map is measured.
        seed: Of the random orders, the new weights and the intervals.

    Returns:
        None where no film's answer lies half a unit of log-odds above the mean film's.
    """
    chosen = explained(network, rows, baseline=baseline, targets=targets)
    if not len(chosen):
        return None
    rows, targets = rows[chosen], targets[chosen]
    rng = np.random.default_rng(seed)
    maps = influences(network, rows, baseline=baseline, targets=targets, method=method)
    others = [
        influences(
            untrained(network, seed, number), rows, baseline=baseline, targets=targets, seed=seed
        )
        for number in range(NETWORKS)
    ]
    orders = np.concatenate(
        (first_largest(maps)[:, None], random_places(len(maps), maps.shape[1], rng)), axis=1
    )
    areas = deletion_areas(network, rows, baseline=baseline, targets=targets, orders=orders)
    own, random = areas[:, 0], areas[:, 1:].mean(axis=1)
    return Essentials(
        deletion=mean(own, rng),
        random=mean(random, rng),
        over_random=ratio(random, own, rng),
        untrained=likeness(maps, others, rng),
    )
