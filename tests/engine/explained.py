"""Small networks and films whose influence is known, for the tests of engine.explain."""

from itertools import permutations

import numpy as np
import torch

from engine import explain
from engine.bundle import NetworkConfig
from engine.network import RowClassifier, log_odds
from tests.engine.tolerances import apart


def build(rows=10, columns=4, *, sharp=15.0, **changes):
    """A network of five steps (two rows each) that answers steeply enough to be explained."""
    torch.manual_seed(3)
    known = {"hidden_size": 6, "readout": "mean", "band": 2, "cell": "gru"} | changes
    network = RowClassifier(NetworkConfig(rows, columns, 3, **known)).eval()
    network.head.weight.data.mul_(sharp)
    return network.requires_grad_(requires_grad=False)


def film(seed=5, rows=10, columns=4):
    return torch.rand(rows, columns, generator=torch.Generator().manual_seed(seed))


def odds(network, films, target):
    """Log-odds (N,) of films (N, M, W)."""
    with torch.no_grad():
        return log_odds(network(films), torch.tensor([target]).expand(len(films))).double()


def of_odds(network, films, target):
    """How far apart float32 may carry two readings of the log-odds of films (N, M, W)."""
    return apart(lambda there, at: (odds(there, at, target),), network, films)[0]


def of_worth(network, rows, baseline, target):
    """How far apart two values may lie that are differences, or means of differences, of odds.

    Each end of a difference may be off by the bound of the odds, in both values.
    """
    return 4 * of_odds(network, torch.stack((rows, baseline)), target)


def influence(network, rows, *, baseline, **words):
    """`engine.explain.influence` of tensors."""
    return explain.influence(network, rows.numpy(), baseline=baseline.numpy(), **words)


def column_influence(network, rows, *, baseline, **words):
    """`engine.explain.column_influence` of tensors."""
    return explain.column_influence(network, rows.numpy(), baseline=baseline.numpy(), **words)


def spliced(rows, baseline, kept):
    """The film where `kept` (M, 1) or (M, W) is true, else the baseline."""
    return torch.where(torch.as_tensor(kept), rows, baseline)


def exact_shapley(players, worth):
    """Shapley values by all orders; `worth` takes a frozenset of players."""
    values, orders = np.zeros(players), list(permutations(range(players)))
    known = {}
    for order in orders:
        for place, player in enumerate(order):
            before, after = frozenset(order[:place]), frozenset(order[: place + 1])
            for group in (before, after):
                if group not in known:
                    known[group] = worth(group)
            values[player] += known[after] - known[before]
    return values / len(orders)
