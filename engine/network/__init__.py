"""The network: reads a film row by row. Tensors in, tensors out; axis letters as in engine.types.

Nothing here looks below the row that is being read: a stem's layers reach upwards only. So h_t of
the downward direction, and the answer "if reading stopped here", depend on model rows up to step
t and on nothing else.
"""

from engine.metadata.architecture import NetworkConfig, StemLayer
from engine.network.architecture import RowNetwork
from engine.network.building import build_network, describe_network
from engine.network.classifier import RowClassifier
from engine.network.row_trace import row_trace
from engine.network.trace import Trace

__all__ = [
    "NetworkConfig",
    "RowClassifier",
    "RowNetwork",
    "StemLayer",
    "Trace",
    "build_network",
    "describe_network",
    "row_trace",
]
