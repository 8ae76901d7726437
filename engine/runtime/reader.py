"""Readers of one film: the CPU kernel, or torch."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np

from engine.bundle import NetworkConfig
from engine.device import device_name
from engine.runtime.asking import Asked, CpuNetwork, asked_of, is_module
from engine.runtime.kernel.compiler import Target, kernel_of
from engine.runtime.kernel.layers import Recurrence, aligned
from engine.runtime.kernel.stem import Stem
from engine.runtime.reading import Answer, Reader, Reading, what_remains
from engine.types import Doubles, Floats, RowTrace

if TYPE_CHECKING:
    from engine.network import RowNetwork


# --------------------------------------------------------------- reader on the CPU kernel
# Reading a film on the CPU without torch, with everything that its reading leaves behind.

_NEAR = 2**21  # bytes of recurrent weights that a processor's second cache may hold


class CpuReader:
    """A built-in network, its weights laid out once; later changes of them are not seen.

    One thread reads a film, and the kernel writes every gate as it goes, so that a trace costs
    what a reading costs. Films may have any height that is a multiple of a time step's rows.

    Args:
        config: Of a built-in architecture, see `engine.runtime.asking`.
        weights: By the names of `RowClassifier.state_dict()`.
        target: Another processor than this one, for tests.
        stem: Of the same weights, if it is laid out already.

    Raises:
        RuntimeError: LLVM cannot compile for this processor.
    """

    def __init__(
        self,
        config: NetworkConfig,
        weights: Mapping[str, Floats],
        *,
        target: Target | None = None,
        stem: Stem | None = None,
    ) -> None:
        self._config = config
        recurrent = weights["recurrent.0.weight_hh_l0"].nbytes
        self._kernel = kernel_of(config.cell, far=recurrent > _NEAR, target=target)
        self._layers = [
            [
                Recurrence(self._kernel, weights, layer, upwards=direction == 1)
                for direction in range(config.directions)
            ]
            for layer in range(config.layers)
        ]
        self._answer = Answer(config.readout, weights, config.hidden_size)
        self._stem = stem or Stem(config, weights, target=target)

    @property
    def name(self) -> str:
        """For people, for example "CPU, 512-bit vectors"."""
        return f"CPU, {self._kernel.target.name}"

    def inside(self, rows: Floats) -> dict[str, Floats]:
        """States and gates of one film (M, W) by name, each (S, D, L, H): h, c of an LSTM, gates.

        Raises:
            ValueError: Rows of another width, or a number that makes no whole time steps.
        """
        return self._named(self._read(self._steps(rows))[0])

    def read(self, rows: Floats) -> Reading:
        """States, logits and the answer by row of one film (M, W).

        Raises:
            ValueError: Rows of another width, or a number that makes no whole time steps.
        """
        planes, projected = self._read(self._steps(rows))
        by_row, logits = self._answers(planes, projected)
        return Reading(self._trimmed(planes[0]), logits, by_row)

    def trace(self, rows: Floats, edges: Doubles) -> RowTrace:
        """Everything that the reading of one film leaves behind.

        Args:
            rows: (M, W).
            edges: (L + 1,) stored rows, passed on.

        Raises:
            ValueError: Rows of another width, or a number that makes no whole time steps.
        """
        planes, projected = self._read(self._steps(rows))
        by_row, logits = self._answers(planes, projected)
        inside = self._named(planes)
        h, c = inside.pop("h"), inside.pop("c", None)
        memory = what_remains(self._config.cell, inside)
        return RowTrace(h, c, inside, memory, by_row=by_row, logits=logits, edges=edges)

    def _steps(self, rows: Floats) -> Floats:
        """What the first layer reads, (L, I)."""
        return self._stem(rows[None])[:, 0]

    def _read(self, steps: Floats) -> tuple[Floats, list[Floats]]:
        """All that is written, (h and the rest, S, D, L, P), and the first projections."""
        projected = [one.project(steps) for one in self._layers[0]]
        planes = self._planes(len(steps))
        self._fill(planes, projected)
        return planes, projected

    def _planes(self, length: int) -> Floats:
        config, cell = self._config, self._kernel.cell
        padded = self._layers[0][0].padded
        return aligned((len(cell.writes), config.layers, config.directions, length, padded))

    def _fill(
        self, planes: Floats, projected: Sequence[Floats], *, but_the_first: bool = False
    ) -> None:
        """Read as many steps as the planes have; the first layer's way down may be known."""
        for layer, pair in enumerate(self._layers):
            if layer:
                states = self._side_by_side(planes, layer - 1)
                projected = [one.project(states) for one in pair]
            for direction, one in enumerate(pair):
                if layer or direction or not but_the_first:
                    one.run(projected[direction], planes[:, layer, direction])

    def _prefixes(self, planes: Floats, projected: Sequence[Floats]) -> Iterator[Floats]:
        """Logits (K,) of each prefix: the way up starts anew, the first way down stays."""
        again = aligned(planes.shape)
        again[:, 0, 0] = planes[:, 0, 0]
        for end in range(1, planes.shape[3] + 1):
            prefix = again[:, :, :, :end]
            self._fill(prefix, projected, but_the_first=True)
            yield self._answer.of_film(self._side_by_side(prefix, -1))

    def _side_by_side(self, planes: Floats, layer: int) -> Floats:
        """States (L, D·H) of a layer, as the next one reads them."""
        h = planes[0, layer, :, :, : self._config.hidden_size]  # (D, L, H)
        return h[0] if len(h) == 1 else np.concatenate(list(h), axis=1)

    def _answers(self, planes: Floats, projected: Sequence[Floats]) -> tuple[Floats, Floats]:
        """By row (L, K), and logits (K,)."""
        states = self._side_by_side(planes, -1)
        if self._config.bidirectional:
            by_row = np.stack(list(self._prefixes(planes, projected)))
        else:
            by_row = self._answer.by_row(states)
        return by_row, self._answer.of_film(states)

    def _named(self, planes: Floats) -> dict[str, Floats]:
        named = zip(self._kernel.cell.writes, planes, strict=True)
        return {name: self._trimmed(plane) for name, plane in named}

    def _trimmed(self, plane: Floats) -> Floats:
        """Without the units that only fill up a block."""
        return np.ascontiguousarray(plane[..., : self._config.hidden_size])


# ---------------------------------------------------------------------- choosing a reader
# Which reader a network gets, and what happens when a GPU's memory is full.

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
