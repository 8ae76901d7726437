"""The mode in which a network is differentiated."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn

from engine.runtime.torch_reader import evaluating


@contextmanager
def differentiable(network: nn.Module) -> Iterator[None]:
    """Evaluation mode with gradients: cuDNN refuses that for recurrences, so it is turned off."""
    with evaluating(network), torch.backends.cudnn.flags(enabled=False):
        yield
