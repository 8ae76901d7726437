"""What the head looks at, one file each."""

from engine.network.readouts.attention import Attention
from engine.network.readouts.last import Last
from engine.network.readouts.mean import Mean
from engine.network.readouts.readout import Readout

__all__ = ["Attention", "Last", "Mean", "Readout"]
