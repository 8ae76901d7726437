"""The network: reads a film row by row. Tensors in, tensors out; axis letters as in engine.types.

Nothing here looks below the row that is being read: a stem's layers reach upwards only. So h_t of
the downward direction, and the answer "if reading stopped here", depend on model rows up to step
t and on nothing else.

What stands where: the equations in `cells`, what comes before them in `stems` and after them in
`readouts`, all together in `classifier`; what is left of a row in `gated_sum`, how far back a row
still moves the answer in `horizon`; films of different heights in `lengths`; what any other
architecture must be in `architecture`, and how names become classes in `building`.
"""

from engine.metadata.architecture import NetworkConfig, StemLayer
from engine.metadata.parts import register
from engine.metadata.registered import ArchitectureConfig, RegisteredConfig
from engine.network.architecture import RowNetwork
from engine.network.building import build_network, describe_network
from engine.network.cells.cell import Carry, Cell, GatedCell
from engine.network.classifier import RowClassifier
from engine.network.horizon import fresh_horizons, measure_horizon
from engine.network.one_film import row_trace
from engine.network.readouts.readout import Readout
from engine.network.stems.layer import StemBlock
from engine.network.trace import Trace

__all__ = [
    "ArchitectureConfig",
    "Carry",
    "Cell",
    "GatedCell",
    "NetworkConfig",
    "Readout",
    "RegisteredConfig",
    "RowClassifier",
    "RowNetwork",
    "StemBlock",
    "StemLayer",
    "Trace",
    "build_network",
    "describe_network",
    "fresh_horizons",
    "measure_horizon",
    "register",
    "row_trace",
]
