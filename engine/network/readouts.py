"""Read-outs: all states of the last layer in, one vector out."""

from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from engine.bundle import NoOptions
from engine.network.network import behind_end

# --------------------------------------------------------------- what a read-out promises


class Readout(nn.Module):
    """Pools the states of a film's steps; made with `(hidden_size, directions, options)`.

    Attributes:
        Options: The frozen dataclass that its options are read into.
    """

    Options: ClassVar[type[Any]] = NoOptions

    def pool(self, states: Tensor, lengths: Tensor | None = None) -> Tensor:
        """What the head looks at, (N, D·H).

        Args:
            states: (N, L, D·H) of the last layer, zero behind each film's end.
            lengths: (N,) steps of each film, on the CPU; None if all have L.
        """
        raise NotImplementedError

    def pool_prefixes(self, states: Tensor) -> Tensor:
        """The same (N, L, H) if reading had stopped after each step, of states (N, L, H).

        Only for one direction, whose states do not depend on what follows. This pools every
        prefix anew; subclasses may know a shorter way.
        """
        count, length, _ = states.shape
        lengths = torch.arange(1, length + 1)  # (L,)
        inside = torch.ones(length, length, device=states.device).tril().unsqueeze(2)  # (L, L, 1)
        films = [self.pool(film * inside, lengths) for film in states.unsqueeze(1)]
        return torch.stack(films).view(count, length, -1)


# ------------------------------------------------------------------------------ attention
# The weighted mean state.


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


# ----------------------------------------------------------------------------- last state
# The last state.


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


# ----------------------------------------------------------------------------- mean state
# The mean state.


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
