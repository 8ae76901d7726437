"""Which reader a network gets, and what happens when a GPU's memory is full."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar, cast

from engine.device import device_name
from engine.runtime.asked import Asked, asked_of, is_module
from engine.runtime.batches import CpuNetwork
from engine.runtime.cpu import CpuReader
from engine.runtime.reading import Reader, Reading
from engine.types import Doubles, Floats, RowTrace

if TYPE_CHECKING:
    from engine.network import RowNetwork

FULL = "the GPU's memory is full"

_Value = TypeVar("_Value")


def reader_for(
    network: "Asked | RowNetwork", device: str = "cpu", *, reason: str = ""
) -> "DeviceReader":
    """The fastest reader that a network can have on a device.

    On the CPU a network of built-in parts gets the kernel, every other one torch; on a GPU torch
    reads, and if its memory is full the film and all that follow are read on the CPU.

    Args:
        network: In evaluation mode; moved to the device. Later changes of its weights need a new
            reader.
        device: Where to read.
        reason: Why that is not the device that was asked for; empty if it is.
    """
    return DeviceReader(network, device, reason)


class DeviceReader:
    """A network's reader on a device, with the way back to the CPU.

    Attributes:
        device: Where it reads now.
        reason: Why that is not the device it was made for; empty if it is.
    """

    def __init__(
        self, network: "Asked | RowNetwork", device: str = "cpu", reason: str = ""
    ) -> None:
        self.device, self.reason = device, reason
        if device == "cpu":
            self._asked, self._reader = _best(network, device)
            return
        import torch  # noqa: PLC0415 - a GPU needs it

        try:
            self._asked, self._reader = _best(network, device)
        except torch.OutOfMemoryError:
            self._leave(network)

    @property
    def place(self) -> str:
        """Where it reads, for people: "CPU", a GPU's name, or "CPU (no GPU was found)"."""
        return device_name(self.device, self.reason)

    @property
    def name(self) -> str:
        """Where and how it reads, for people, with the reason if it had to leave a GPU."""
        name = self._reader.name
        return f"{name} ({self.reason})" if self.reason else name

    def read(self, rows: Floats) -> Reading:
        """States, logits and the answer by row of one film (M, W)."""
        return self._on_device(lambda reader: reader.read(rows))

    def trace(self, rows: Floats, edges: Doubles) -> RowTrace:
        """Everything that the reading of one film (M, W) leaves behind; edges are passed on."""
        return self._on_device(lambda reader: reader.trace(rows, edges))

    def computed(self, work: Callable[[Asked], _Value]) -> _Value:
        """What `work` makes of the network, with the same way back to the CPU."""
        with one_thread():
            return self._on_device(lambda _reader: work(self._asked))

    def _on_device(self, work: Callable[[Reader], _Value]) -> _Value:
        if self.device == "cpu":
            return work(self._reader)
        import torch  # noqa: PLC0415 - a GPU has loaded it

        try:
            return work(self._reader)
        except torch.OutOfMemoryError:
            self._leave(self._asked.network)
        return work(self._reader)

    def _leave(self, network: "Asked | RowNetwork") -> None:
        self.device, self.reason = "cpu", FULL
        self._asked, self._reader = _best(network, "cpu")


@contextmanager
def one_thread() -> Iterator[None]:
    """One thread and full precision for torch, if it is there; see `torch_reader.one_film`."""
    if "torch" not in sys.modules:
        yield
        return
    from engine.runtime.torch_reader import one_film  # noqa: PLC0415 - torch is there

    with one_film():
        yield


def _best(network: "Asked | RowNetwork", device: str) -> tuple[Asked, Reader]:
    """The network on a device, and its fastest reader there."""
    if device == "cpu":
        known = isinstance(network, CpuNetwork)
        asked = asked_of(network if known else _module(network).to(device))
        if isinstance(asked, CpuNetwork):
            return asked, CpuReader(asked.config, asked.weights, stem=asked.stem)
        module = asked.network
    else:
        module = _module(network).to(device)
    from engine.runtime.torch_reader import TorchNetwork, TorchReader  # noqa: PLC0415 - torch

    return TorchNetwork(module), TorchReader(module)


def _module(network: "Asked | RowNetwork") -> "RowNetwork":
    return network if is_module(network) else cast("Asked", network).network
