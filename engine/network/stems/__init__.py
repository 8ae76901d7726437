"""What comes before the recurrence, one file each: layers that shrink the grid."""

from engine.network.stems.convolution import Convolution
from engine.network.stems.layer import StemBlock

__all__ = ["Convolution", "StemBlock"]
