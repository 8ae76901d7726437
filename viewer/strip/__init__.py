"""What the strips right of the film share: the vertical axis, grid, row cursor and foot."""

from viewer.strip.drawing import Drawing
from viewer.strip.foot import Foot, Tick
from viewer.strip.row_strip import Edges, RowStrip

__all__ = ["Drawing", "Edges", "Foot", "RowStrip", "Tick"]
