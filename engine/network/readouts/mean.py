"""The mean state."""

import torch
from torch import Tensor

from engine.metadata.options import NoOptions
from engine.network.readouts.readout import Readout


class Mean(Readout):
    """The mean of a film's states: every row is equally near to the answer."""

    def __init__(self, _hidden_size: int, _directions: int, _options: NoOptions) -> None:
        super().__init__()

    def pool(self, states: Tensor, lengths: Tensor | None = None) -> Tensor:
        """(N, D·H) of states (N, L, D·H)."""
        if lengths is None:
            return states.mean(dim=1)
        return states.sum(dim=1) / lengths.to(states.device).unsqueeze(1)

    def pool_prefixes(self, states: Tensor) -> Tensor:
        """Running means (N, L, H)."""
        count = torch.arange(1, states.shape[1] + 1, device=states.device).unsqueeze(1)
        return states.cumsum(dim=1) / count
