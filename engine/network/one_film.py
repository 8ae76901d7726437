"""One film's trace as a numpy value, for whoever has no torch at hand."""

import numpy as np
import torch
from torch import Tensor

from engine.network.architecture import RowNetwork
from engine.types import Doubles, Floats, RowTrace


def row_trace(network: RowNetwork, rows: Floats, edges: Doubles) -> RowTrace:
    """States, gates, memory and answers at every step of one film.

    Args:
        network: In evaluation mode, on any device.
        rows: (M, W) model rows, of any height that the network can read.
        edges: (M + 1,) stored row at which each model row begins, as in `RowSequence`.

    Raises:
        ValueError: M is no multiple of `config.rows_per_step`, or edges are not M + 1.
    """
    if len(edges) != len(rows) + 1:
        raise ValueError(f"{len(rows)} model rows have {len(rows) + 1} edges, not {len(edges)}")
    like = next(network.parameters())
    with torch.no_grad():
        trace = network.trace(torch.from_numpy(np.asarray(rows, np.float32))[None].to(like))
        gates, memory = network.gates(trace), network.memory(trace)
    return RowTrace(
        h=_array(trace.h[:, :, 0]),
        c=None if trace.c is None else _array(trace.c[:, :, 0]),
        gates={name: _array(gate[:, :, 0]) for name, gate in gates.items()},
        memory=None if memory is None else _array(memory[:, 0]),
        by_row=_array(trace.by_row[0]),
        logits=_array(trace.logits[0]),
        edges=edges[:: network.config.rows_per_step],
    )


def _array(tensor: Tensor) -> Floats:
    return np.ascontiguousarray(tensor.cpu().numpy(), dtype=np.float32)
