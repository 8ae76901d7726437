"""The largest state of every unit."""

import torch
from torch import Tensor

from engine.network import Readout, behind_end


class Max(Readout):
    """max_t h_t, unit by unit."""

    def __init__(self, _hidden_size, _directions, _options):
        super().__init__()

    def pool(self, states: Tensor, lengths: Tensor | None = None) -> Tensor:
        if lengths is not None:
            states = states.masked_fill(behind_end(lengths, states), -torch.inf)
        return states.amax(dim=1)
