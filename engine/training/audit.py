"""Does the Influence map mean what it says? Deletion, weight randomisation, pointing game."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from engine.attribution import log_odds, row_influence
from engine.network import RowNetwork, build_network
from engine.training.loop import predict

_LEAST_CHANGE = 0.5  # log-odds: below, a film has nothing to explain
_RANDOM_ORDERS = 3  # per film
_FILMS_AT_ONCE = 32

Rows = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Audit:
    """How faithful the Influence map is.

    Attributes:
        deletion: Mean share of the answer that remains while steps are replaced by the mean
            film's in the order of the map; lower is better.
        random: The same in random order.
        untrained: Mean rank correlation of a film's map with the map of the same architecture
            with new weights (Adebayo 2018); a map that ignores the weights would stay near 1.
        films: Films behind these numbers.
    """

    deletion: float
    random: float
    untrained: float
    films: int


def influences(
    network: RowNetwork,
    rows: Rows,
    *,
    baseline: NDArray[np.float32],
    targets: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Influence (N, L) of every step of films (N, M, W), as the viewer shows it."""
    mean = torch.from_numpy(baseline)
    parts = []
    for start in range(0, len(rows), _FILMS_AT_ONCE):
        part = slice(start, start + _FILMS_AT_ONCE)
        films = torch.from_numpy(rows[part].astype(np.float32))
        wanted = torch.from_numpy(targets[part])
        parts.append(row_influence(network, films, baseline=mean, targets=wanted))  # (N, M)
    per_row = torch.cat(parts).double().numpy()
    steps = network.config.steps
    by_step: NDArray[np.float64] = per_row.reshape(len(rows), steps, -1).sum(axis=2)
    return by_step


def audit(
    network: RowNetwork,
    rows: Rows,
    *,
    baseline: NDArray[np.float32],
    targets: NDArray[np.int64],
    seed: int = 0,
) -> Audit:
    """Delete rows in the order of the map and at random; compare with an untrained network.

    Args:
        network: In evaluation mode.
        rows: (N, M, W) films that were not trained on.
        baseline: (M, W) the mean training film.
        targets: (N,) the class that is explained on each film. Films whose answer is less than
            half a unit of log-odds above the baseline's are left out.
        seed: Of the random orders and of the new weights.
    """
    change = _log_odds(network, rows, targets) - _baseline_odds(network, baseline, targets)
    chosen = np.flatnonzero(change > _LEAST_CHANGE)
    if not len(chosen):
        return Audit(np.nan, np.nan, np.nan, 0)
    rows, targets = rows[chosen], targets[chosen]
    maps = influences(network, rows, baseline=baseline, targets=targets)
    other = _untrained(network, seed)
    others = influences(other, rows, baseline=baseline, targets=targets)
    rng = np.random.default_rng(seed)
    random_orders = [
        rng.permuted(np.tile(np.arange(maps.shape[1]), (len(rows), 1)), axis=1)
        for _ in range(_RANDOM_ORDERS)
    ]

    def remains(order: NDArray[np.int64]) -> float:
        return _deletion_area(network, rows, baseline=baseline, targets=targets, order=order)

    return Audit(
        deletion=remains(np.argsort(-maps, axis=1)),
        random=float(np.mean([remains(order) for order in random_orders])),
        untrained=float(
            np.mean([rank_correlation(a, b) for a, b in zip(maps, others, strict=True)])
        ),
        films=len(rows),
    )


def rank_correlation(left: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Spearman's rank correlation of two vectors without ties; 0 if one of them is constant."""
    if np.ptp(left) == 0 or np.ptp(right) == 0:
        return 0.0
    ranks = [np.argsort(np.argsort(values)) for values in (left, right)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def peaks_inside(
    maps: NDArray[np.float64], first: NDArray[np.float64], last: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """The pointing game (Zhang 2018) with rows: is the peak of each map in the finding's rows?

    Args:
        maps: (N, L) influences.
        first: (N,) where the finding begins, as a share of the film's height.
        last: (N,) where it ends. The peak's step counts as inside if it overlaps the finding.
    """
    steps = maps.shape[1]
    peak = maps.argmax(axis=1)
    inside: NDArray[np.bool_] = (peak / steps < last) & ((peak + 1) / steps > first)
    return inside


def _deletion_area(
    network: RowNetwork,
    rows: Rows,
    *,
    baseline: NDArray[np.float32],
    targets: NDArray[np.int64],
    order: NDArray[np.int64],
) -> float:
    """Area under (answer − baseline's) / (film's answer − baseline's), each kept within 0…1."""
    steps, height = order.shape[1], rows.shape[1]
    empty = _baseline_odds(network, baseline, targets)
    whole = _log_odds(network, rows, targets) - empty
    rank = np.argsort(order, axis=1)  # (N, L) when each step is deleted
    when = np.repeat(rank, height // steps, axis=1)[:, :, None]  # (N, M, 1)
    remaining = [np.ones(len(rows))]
    for count in range(1, steps + 1):
        deleted = np.where(when < count, baseline.astype(np.float16), rows)
        odds = _log_odds(network, deleted, targets) - empty
        remaining.append(np.clip(odds / whole, 0.0, 1.0))
    return float(np.trapezoid(np.stack(remaining).mean(axis=1), dx=1 / steps))


def _log_odds(network: RowNetwork, rows: Rows, targets: NDArray[np.int64]) -> NDArray[np.float64]:
    logits = torch.from_numpy(predict(network, rows))
    odds: NDArray[np.float64] = log_odds(logits, torch.from_numpy(targets)).numpy()
    return odds


def _baseline_odds(
    network: RowNetwork, baseline: NDArray[np.float32], targets: NDArray[np.int64]
) -> NDArray[np.float64]:
    logits = torch.from_numpy(predict(network, baseline[None].astype(np.float16)))
    odds: NDArray[np.float64] = log_odds(
        logits.expand(len(targets), -1), torch.from_numpy(targets)
    ).numpy()
    return odds


def _untrained(network: RowNetwork, seed: int) -> RowNetwork:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed + 1)
        return build_network(network.config).eval()
