"""Reading with torch: on a GPU, and for networks with parts that the kernel does not know."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from engine.network import RowNetwork, row_trace
from engine.runtime.reading import Reading
from engine.types import Doubles, Floats, RowTrace


class TorchReader:
    """Reads with the network itself, wherever its weights are.

    Args:
        network: In evaluation mode.
    """

    def __init__(self, network: RowNetwork) -> None:
        self._network = network

    @property
    def name(self) -> str:
        """For people, for example "torch 2.13.0, CPU"."""
        device = next(self._network.parameters()).device
        where = torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"
        return f"torch {torch.__version__.split('+')[0]}, {where}"

    def read(self, rows: Floats) -> Reading:
        """States, logits and the answer by row of one film (M, W).

        Raises:
            torch.OutOfMemoryError: The GPU's memory is full.
        """
        like = next(self._network.parameters())
        with one_film(), torch.no_grad():
            trace = self._network.trace(torch.from_numpy(rows).to(like).unsqueeze(0))
        return Reading(_array(trace.h[:, :, 0]), _array(trace.logits[0]), _array(trace.by_row[0]))

    def trace(self, rows: Floats, edges: Doubles) -> RowTrace:
        """Everything that the reading of one film leaves behind.

        Args:
            rows: (M, W).
            edges: (L + 1,) stored rows, passed on.

        Raises:
            torch.OutOfMemoryError: The GPU's memory is full.
        """
        with one_film():
            found = row_trace(self._network, rows, np.arange(len(rows) + 1.0))
        return replace(found, edges=edges)


@contextmanager
def one_film() -> Iterator[None]:
    """One thread and full precision, only while a film is read.

    A film's steps are too small to share: on a busy machine more threads only wait. TF32 would
    let a GPU answer in the third digit otherwise than the CPU.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
            yield
    finally:
        torch.set_num_threads(before)


def _array(tensor: Tensor) -> Floats:
    return np.ascontiguousarray(tensor.cpu().numpy(), dtype=np.float32)
