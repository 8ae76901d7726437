"""What a layer before the recurrence is."""

from typing import Any, ClassVar

from torch import Tensor, nn

from engine.metadata.options import NoOptions


class StemBlock(nn.Module):
    """Turns maps into fewer rows and columns; made with `(channels, layer, options)`.

    It looks upwards only: what leaves it as row t may depend on the rows that t covers and on
    those above them, never on a row below. Otherwise the answer by row, and the answers for films
    of different heights in one batch, would not be what they are said to be.

    Attributes:
        Options: The frozen dataclass that its options are read into.
    """

    Options: ClassVar[type[Any]] = NoOptions

    def forward(self, maps: Tensor) -> Tensor:
        """(N, C, M, W) to (N, layer.channels, M / row stride, W / column stride, rounded up).

        M is a multiple of the row stride.
        """
        raise NotImplementedError
