"""What a read-out is: all states of the last layer in, one vector out."""

from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from engine.metadata.options import NoOptions


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
