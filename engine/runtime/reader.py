"""Which reader a network gets, and what happens when a GPU's memory is full."""

from collections.abc import Callable
from typing import TypeVar

import torch

from engine.device import device_name
from engine.network import RowNetwork
from engine.runtime.cpu import CpuReader
from engine.runtime.fit import config_of, weights_of
from engine.runtime.reading import Reader, Reading
from engine.runtime.torch_reader import TorchReader
from engine.types import Doubles, Floats, RowTrace

FULL = "the GPU's memory is full"

_Value = TypeVar("_Value")


def reader_for(
    network: RowNetwork, device: torch.device | str = "cpu", *, reason: str = ""
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
    return DeviceReader(network, torch.device(device), reason)


class DeviceReader:
    """A network's reader on a device, with the way back to the CPU.

    Attributes:
        device: Where it reads now.
        reason: Why that is not the device it was made for; empty if it is.
    """

    def __init__(self, network: RowNetwork, device: torch.device, reason: str = "") -> None:
        self.device, self.reason = device, reason
        self._network = network
        try:
            self._reader = _best(network, device)
        except torch.OutOfMemoryError:
            self._leave()

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

    def computed(self, work: Callable[[RowNetwork, torch.device], _Value]) -> _Value:
        """What `work` makes of the network on its device, with the same way back to the CPU."""
        return self._on_device(lambda _reader: work(self._network, self.device))

    def _on_device(self, work: Callable[[Reader], _Value]) -> _Value:
        try:
            return work(self._reader)
        except torch.OutOfMemoryError:
            if self.device.type == "cpu":
                raise
        self._leave()
        return work(self._reader)

    def _leave(self) -> None:
        self.device, self.reason = torch.device("cpu"), FULL
        self._reader = _best(self._network, self.device)


def _best(network: RowNetwork, device: torch.device) -> Reader:
    network.to(device)
    config = config_of(network) if device.type == "cpu" else None
    if config is None:
        return TorchReader(network)
    try:
        return CpuReader(config, weights_of(network))
    except RuntimeError:  # LLVM does not know this processor
        return TorchReader(network)
