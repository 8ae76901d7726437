"""Probabilities that mean what they say: the head's scale and offset, set on validation films."""

import numpy as np
import torch
from numpy.typing import NDArray

from engine.calibration import fit_temperature
from engine.network import RowNetwork

_STEPS = 50


def calibrate(
    network: RowNetwork, logits: NDArray[np.float64], labels: NDArray[np.int64]
) -> tuple[float, float]:
    """Set the probabilities of a network in place, on films (N, K) with labels (N,).

    Returns:
        Scale and offset of the logits (for K > 2 there is no offset).
    """
    if logits.shape[1] == 2:
        return _scale_and_move(network, logits, labels)
    return 1 / _divide(network, logits, labels), 0.0


def _divide(network: RowNetwork, logits: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Divide the logits by a temperature (Guo 2017), folded into the weights of the head."""
    temperature = fit_temperature(logits, labels)
    with torch.no_grad():
        network.head.weight.div_(temperature)
        network.head.bias.div_(temperature)
    return temperature


def _scale_and_move(
    network: RowNetwork, logits: NDArray[np.float64], labels: NDArray[np.int64]
) -> tuple[float, float]:
    """Scale and move the log-odds of a two-class network in place (Platt 1999, as in Guo 2017).

    Both classes weigh the same, so that a probability is meant for films of which half show the
    finding. The order of the films does not change, nor the order of the rows within a map:
    the change is folded into the weights of the head.

    Args:
        network: With K = 2.
        logits: (N, 2) its answers to validation films.
        labels: (N,) 0 or 1.

    Returns:
        Scale and offset of the log-odds.
    """
    odds = torch.from_numpy(logits[:, 1] - logits[:, 0])
    present = torch.from_numpy(labels).double()
    weight = torch.where(present > 0, 0.5 / present.mean(), 0.5 / (1 - present).mean())
    scale_and_offset = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([scale_and_offset], max_iter=_STEPS)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scale, offset = scale_and_offset
        value = torch.nn.functional.binary_cross_entropy_with_logits(
            scale * odds + offset, present, weight=weight
        )
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    scale, offset = scale_and_offset.detach().tolist()
    with torch.no_grad():
        network.head.weight.mul_(scale)
        network.head.bias.mul_(scale)
        network.head.bias.add_(torch.tensor([-offset / 2, offset / 2]))
    return scale, offset
