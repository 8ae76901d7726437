"""A network whose answers can be differentiated in its rows, as fast as the machine allows."""

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import torch
from torch import Tensor

from engine.network import RowClassifier, RowNetwork
from engine.runtime.fit import config_of, weights_of
from engine.runtime.slopes import Slopes

_Known = tuple[tuple[tuple[int, float], ...], Slopes | None]
_KNOWN: WeakKeyDictionary[RowNetwork, _Known] = WeakKeyDictionary()


def with_gradients(network: RowNetwork) -> Callable[[Tensor], Tensor]:
    """Logits (N, K) of rows (N, M, W), with gradients in the rows and in nothing else.

    On the CPU the recurrent layers of a network of built-in parts are read and undone by the
    kernel, many films side by side; what comes before them, and every other network, is torch's.
    About a dozen films at a time are fastest: their states still fit in the last cache.

    Args:
        network: In evaluation mode. Its weights are laid out anew when they have changed.
    """
    slopes = _slopes_of(network)
    if slopes is None:
        return network

    def logits(rows: Tensor) -> Tensor:
        found: Tensor = _Recurrence.apply(network.steps(rows), slopes)  # type: ignore[no-untyped-call]
        return found

    return logits


def _slopes_of(network: RowNetwork) -> Slopes | None:
    """The kernel's passes of a network; None where only torch can take them."""
    if type(network) is not RowClassifier or network.head.weight.device.type != "cpu":
        return None
    with torch.no_grad():
        stamp = tuple((value.data_ptr(), float(value.sum())) for value in network.parameters())
    known = _KNOWN.get(network)
    if known is None or known[0] != stamp:
        config = config_of(network)
        try:
            known = stamp, None if config is None else Slopes(config, weights_of(network))
        except RuntimeError:  # LLVM does not know this processor
            known = stamp, None
        _KNOWN[network] = known
    return known[1]


class _Recurrence(torch.autograd.Function):
    """From what the first layer reads, (N, L, I), to logits (N, K)."""

    @staticmethod
    def forward(ctx: Any, steps: Tensor, slopes: Slopes) -> Tensor:  # noqa: ANN401 - torch's
        """Read all films; the context keeps every state and gate until the way back."""
        logits, ctx.passed = slopes.forwards(steps.detach().numpy())
        ctx.slopes = slopes
        return torch.from_numpy(logits)

    @staticmethod
    def backward(ctx: Any, logits: Tensor) -> tuple[Tensor, None]:  # noqa: ANN401 - torch's
        """Undo every step, last one first."""
        return torch.from_numpy(ctx.slopes.back(ctx.passed, logits.numpy())), None
