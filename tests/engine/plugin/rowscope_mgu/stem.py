"""A stem layer without a kernel."""

from torch import Tensor, nn
from torch.nn import functional

from engine.network import StemBlock


class Pool(StemBlock):
    """Means of as many rows and columns as the strides say, then mixed channel by channel."""

    def __init__(self, channels, layer, _options):
        super().__init__()
        self.window = (layer.row_stride, layer.column_stride)
        self.mix = nn.Conv2d(channels, layer.channels, 1)

    def forward(self, maps: Tensor) -> Tensor:
        return self.mix(functional.avg_pool2d(maps, self.window, ceil_mode=True))
