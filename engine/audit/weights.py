"""Weight randomisation (Adebayo 2018): a map of what was learnt must change with the weights.

A new network's answer may go up or down with what the trained one has learnt, by the luck of its
draw: a map that only tells how a film differs from the mean film, times the sign of that luck,
would correlate by 1 or −1 with any network, and by 0 in the mean. So several networks are drawn,
and the mean is of sizes: |mean over films of the rank correlation|, 0…1.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy

import numpy as np
import torch
from torch import nn

from engine.audit.figures import figure, rank_correlations, resamples
from engine.network import RowNetwork, build_network
from engine.types import Doubles, Figure

NETWORKS = 3  # drawn anew


def likeness(maps: Doubles, others: Sequence[Doubles], rng: np.random.Generator) -> Figure:
    """How like maps (N, L) are to those (N, L) of each new network: see the module; 0…1."""
    each = np.stack([rank_correlations(maps, other) for other in others], axis=1)  # (N, networks)
    draws = np.abs(resamples(len(maps), rng) @ each).mean(axis=1)
    return figure(float(np.abs(each.mean(axis=0)).mean()), draws, len(maps))


def untrained(network: RowNetwork, seed: int, number: int = 0) -> RowNetwork:
    """The same architecture with new weights, on the same device, in evaluation mode.

    Args:
        network: Left as it is.
        seed: Of the weights.
        number: Which of several new networks.
    """
    device = next(network.parameters()).device
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed + 1 + 1_000 * number)
        return build_network(network.config).to(device).eval()


def cascade(network: RowNetwork, seed: int) -> Iterator[tuple[str, RowNetwork]]:
    """Replace the weights layer by layer, from the head downwards, all that were replaced stay so.

    Yields the layer's name and the network; the same object each time, so use it before going
    on. The last one is the first that `untrained` gives.
    """
    new, changed = untrained(network, seed), deepcopy(network).eval()
    fresh = dict(new.named_modules())
    for words, name in _layers(changed):
        changed.get_submodule(name).load_state_dict(fresh[name].state_dict())
        yield words, changed


def _layers(network: RowNetwork) -> Iterator[tuple[str, str]]:
    """Every layer with weights from the top, in words and by its name in the network.

    The top is the head, then what was made last: of the row classifier its read-out, its
    recurrent layers and its stem.
    """
    children = dict(network.named_children())
    for name in ("head", *(child for child in reversed(children) if child != "head")):
        child = children[name]
        if isinstance(child, nn.ModuleList):
            yield from ((f"{name} {n + 1}", f"{name}.{n}") for n in reversed(range(len(child))))
        elif next(child.parameters(), None) is not None:
            yield name, name
