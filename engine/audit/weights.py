"""Weight randomisation (Adebayo 2018): a map of what was learnt must change with the weights."""

from collections.abc import Iterator
from copy import deepcopy

import torch
from torch import nn

from engine.network import RowNetwork, build_network


def untrained(network: RowNetwork, seed: int) -> RowNetwork:
    """The same architecture with new weights, on the same device, in evaluation mode."""
    device = next(network.parameters()).device
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed + 1)
        return build_network(network.config).to(device).eval()


def cascade(network: RowNetwork, seed: int) -> Iterator[tuple[str, RowNetwork]]:
    """Replace the weights layer by layer, from the head downwards, all that were replaced stay so.

    Yields the layer's name and the network; the same object each time, so use it before going
    on. The last one is `untrained`.
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
