"""The weighted mean state."""

import torch
from torch import Tensor, nn

from engine.metadata.options import NoOptions
from engine.network.lengths import behind_end
from engine.network.readouts.readout import Readout


class Attention(nn.Linear, Readout):
    """Σ_t a_t h_t with a = softmax over the film's steps of w · h_t + b.

    One learnt query for all films (Yang 2016, without its hidden layer). The weights say what is
    pooled, not what mattered.
    """

    def __init__(self, hidden_size: int, directions: int, _options: NoOptions) -> None:
        super().__init__(hidden_size * directions, 1)

    def pool(self, states: Tensor, lengths: Tensor | None = None) -> Tensor:
        """(N, D·H) of states (N, L, D·H)."""
        scores: Tensor = self(states)  # (N, L, 1)
        if lengths is not None:
            scores = scores.masked_fill(behind_end(lengths, states), -torch.inf)
        return (scores.softmax(dim=1) * states).sum(dim=1)

    def pool_prefixes(self, states: Tensor) -> Tensor:
        """(N, L, H): the softmax of each prefix over its own steps."""
        scores: Tensor = self(states).transpose(1, 2)  # (N, 1, L)
        length = states.shape[1]
        later = torch.ones(length, length, dtype=torch.bool, device=states.device).triu(1)
        weights = scores.expand(-1, length, -1).masked_fill(later, -torch.inf).softmax(dim=2)
        return weights @ states  # (N, L, L) @ (N, L, H) → (N, L, H)
