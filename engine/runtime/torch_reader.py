"""Reading with torch: on a GPU, and for networks with parts that the kernel does not know."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn

from engine.bundle import ArchitectureConfig
from engine.network import RowClassifier, RowNetwork, row_trace
from engine.runtime.kernel.stem import Choice, kept_by, spliced, window_of
from engine.runtime.reading import Reading
from engine.types import Doubles, Floats, RowTrace

_PIXELS = {"cpu": 2**17, "cuda": 2**22}  # per batch; a CPU's cache holds no more of a stem
_INPUTS = {"cpu": 2**20, "cuda": 2**24}  # of the recurrence per batch


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
        return Reading(
            _array(trace.h[:, :, 0]),
            _array(trace.logits[0]),
            _array(trace.by_row[0]),
            None if trace.maps is None else _array(trace.maps[0]),
            trace.columns,
        )

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


class TorchNetwork:
    """Asks the network itself, wherever its weights are, in the precision that it has.

    Args:
        network: Used in evaluation mode, left in the mode it had.
    """

    def __init__(self, network: RowNetwork) -> None:
        self.network = network

    @property
    def config(self) -> ArchitectureConfig:
        """What it is made of."""
        return self.network.config

    @property
    def shares(self) -> bool:
        """Whether its recurrence can be asked alone."""
        return isinstance(self.network, RowClassifier)

    def logits(self, rows: Floats) -> Floats:
        """Logits (N, K) of films (N, M, W) of one height."""
        with answering(self.network):
            parts = torch.split(self._tensor(rows), self._together(_PIXELS, rows[0].size))
            return np.concatenate([self.network(part).cpu().numpy() for part in parts])

    def patterns(self, rows: Floats, baseline: Floats) -> Tensor:
        """What the first layer reads (patterns, L, I) of a film (M, W) in every pattern."""
        config = self._classifier.config
        kept = kept_by(window_of(config), len(rows) // config.rows_per_step)
        films = spliced(rows, baseline, kept)
        with answering(self.network):
            parts = torch.split(self._tensor(films), self._together(_PIXELS, rows.size))
            return torch.cat([self._classifier.steps(part) for part in parts])

    def read(self, steps: Tensor, choice: Choice) -> Floats:
        """Logits (P, K) of films that have at step t what pattern choice[p, t] (P, L) has."""
        at = torch.arange(steps.shape[1], device=steps.device)
        chosen = torch.from_numpy(choice).to(steps.device)
        with answering(self.network):
            parts = torch.split(chosen, self._together(_INPUTS, steps[0].numel()))
            read = self._classifier.read
            return np.concatenate([read(steps[part, at]).cpu().numpy() for part in parts])

    @property
    def _classifier(self) -> RowClassifier:
        if not isinstance(self.network, RowClassifier):
            raise TypeError("its recurrence cannot be asked alone")
        return self.network

    def _tensor(self, rows: Floats) -> Tensor:
        own = rows if rows.flags.writeable else rows.copy()  # torch warns of the others
        return torch.from_numpy(own).to(next(self.network.parameters()))

    def _together(self, values: Mapping[str, int], size: int) -> int:
        kind = next(self.network.parameters()).device.type
        return max(values.get(kind, values["cpu"]) // size, 1)


@contextmanager
def answering(network: nn.Module) -> Iterator[None]:
    """Evaluation mode without gradients, in full precision, the same on every call."""
    exact = torch.backends.cudnn.flags(enabled=True, deterministic=True, allow_tf32=False)
    with evaluating(network), torch.inference_mode(), exact:
        yield


@contextmanager
def evaluating(network: nn.Module) -> Iterator[None]:
    """Evaluation mode, and then the mode that it had."""
    training = network.training
    network.eval()
    try:
        yield
    finally:
        network.train(training)
