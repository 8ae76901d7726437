"""The last state."""

import torch
from torch import Tensor

from engine.metadata.options import NoOptions
from engine.network.readouts.readout import Readout


class Last(Readout):
    """Each direction's state after its last step: the upward one ends at the top of the film."""

    def __init__(self, hidden_size: int, _directions: int, _options: NoOptions) -> None:
        super().__init__()
        self._size = hidden_size

    def pool(self, states: Tensor, lengths: Tensor | None = None) -> Tensor:
        """(N, D·H) of states (N, L, D·H)."""
        downwards, upwards = states[..., : self._size], states[:, 0, self._size :]
        if lengths is None:
            last = downwards[:, -1]  # (N, H)
        else:
            films = torch.arange(len(states), device=states.device)
            last = downwards[films, lengths.to(states.device) - 1]
        return torch.cat((last, upwards), dim=1)

    def pool_prefixes(self, states: Tensor) -> Tensor:
        """The states themselves, (N, L, H)."""
        return states
