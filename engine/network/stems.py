"""Stems: what looks at the rows before the recurrence does."""

from math import gcd
from typing import Any, ClassVar

from torch import Tensor, nn
from torch.nn import functional

from engine.bundle import NoOptions, StemLayer

# ------------------------------------------------------------- what a stem layer promises
# What a layer before the recurrence is.


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


# ----------------------------------------------------------------------------- convolution
# The convolution before the recurrence.


class Convolution(StemBlock):
    """3 × 3 convolution over this row and the two above it, normalised within each row.

    With K the kernel, m_t row t of the maps, and norm over channels in groups and columns (group
    normalisation, Wu 2018, of one row by itself):

        m′_t = silu(norm(b + K ∗ (m_{t−2}, m_{t−1}, m_t))),  silu(x) = x σ(x)
    """

    def __init__(self, channels: int, layer: StemLayer, _options: NoOptions) -> None:
        super().__init__()
        # Output row t ends where stored row (t + 1)·stride ends: all padding lies above.
        self.above = 3 - layer.row_stride
        strides = (layer.row_stride, layer.column_stride)
        self.convolution = nn.Conv2d(channels, layer.channels, 3, strides, padding=(0, 1))
        self.norm = nn.GroupNorm(gcd(8, layer.channels), layer.channels)

    def forward(self, maps: Tensor) -> Tensor:
        """Maps (N, C, M, W) to (N, channels, M / row stride, W / column stride)."""
        maps = self.convolution(functional.pad(maps, (0, 0, self.above, 0)))  # (N, C, M, W)
        rows = maps.transpose(1, 2)  # (N, M, C, W)
        normal: Tensor = self.norm(rows.flatten(0, 1)).view(rows.shape)  # each row by itself
        return functional.silu(normal).transpose(1, 2)  # (N, C, M, W)
