"""The answer that influence explains, and the mode in which a network is asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn

from engine.network.odds import log_odds

__all__ = ["answering", "differentiable", "log_odds"]


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
