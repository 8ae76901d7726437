"""The answer that influence explains, and the mode in which a network is asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn


def log_odds(logits: Tensor, targets: Tensor) -> Tensor:
    """Log p/(1 − p) (N,) of class targets[n] (N,), of logits (N, K)."""
    chosen = logits.gather(1, targets.unsqueeze(1)).squeeze(1)
    others = logits.scatter(1, targets.unsqueeze(1), -torch.inf)
    return chosen - others.logsumexp(dim=1)


@contextmanager
def differentiable(network: nn.Module) -> Iterator[None]:
    """Evaluation mode with gradients: cuDNN refuses that for recurrences, so it is turned off."""
    with _evaluation(network), torch.backends.cudnn.flags(enabled=False):
        yield


@contextmanager
def answering(network: nn.Module) -> Iterator[None]:
    """Evaluation mode without gradients, in full precision, the same on every call."""
    exact = torch.backends.cudnn.flags(enabled=True, deterministic=True, allow_tf32=False)
    with _evaluation(network), torch.inference_mode(), exact:
        yield


@contextmanager
def _evaluation(network: nn.Module) -> Iterator[None]:
    training = network.training
    network.eval()
    try:
        yield
    finally:
        network.train(training)
