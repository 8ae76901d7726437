"""What is asked for answers to many films: the kernel where it reads a network, else torch."""

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard, cast
from weakref import WeakKeyDictionary

from engine.metadata.registered import ArchitectureConfig
from engine.runtime.batches import CpuNetwork
from engine.runtime.fit import config_of, is_built_in, shapes_of, weights_of
from engine.runtime.patterns import Choice
from engine.types import Floats

if TYPE_CHECKING:
    from engine.network import RowNetwork


class Asked(Protocol):
    """A network in evaluation mode, on some device; films and answers are arrays on the CPU."""

    @property
    def config(self) -> ArchitectureConfig:
        """What it is made of."""

    @property
    def network(self) -> "RowNetwork":
        """As torch has it, for gradients: built when it is first asked for."""

    @property
    def shares(self) -> bool:
        """Whether it has `patterns` and `read`."""

    def logits(self, rows: Floats) -> Floats:
        """Logits (N, K) of films (N, M, W) of one height."""

    def patterns(self, rows: Floats, baseline: Floats) -> Any:  # noqa: ANN401 - `read` takes it
        """What the first layer reads at each step of a film (M, W) in every pattern."""

    def read(self, steps: Any, choice: Choice) -> Floats:  # noqa: ANN401 - of `patterns`
        """Logits (P, K) of films that have at step t what pattern choice[p, t] (P, L) has."""


_Stamp = tuple[tuple[int, float], ...]
_KNOWN: "WeakKeyDictionary[RowNetwork, tuple[_Stamp, Asked]]" = WeakKeyDictionary()


def asked(config: ArchitectureConfig, weights: Mapping[str, Floats], device: str = "cpu") -> Asked:
    """A network that reads by the kernel where it can, which needs no torch; else by torch.

    Args:
        config: Of any architecture.
        weights: By the names of its state; later changes of them are not seen.
        device: Where it reads, in torch's words; the kernel reads on the CPU.
    """
    if device == "cpu" and is_built_in(config, weights):
        with suppress(RuntimeError):  # LLVM does not know this processor
            return CpuNetwork(config, weights)
    from engine.network.building import built  # noqa: PLC0415 - imports torch
    from engine.runtime.torch_reader import TorchNetwork  # noqa: PLC0415 - the same

    return TorchNetwork(built(config, weights).to(device))


def asked_of(network: "Asked | RowNetwork") -> Asked:
    """A torch network in any mode as something that is asked; what is that comes back as it is.

    Its weights are laid out anew when they have changed.
    """
    return _asked_of(network) if is_module(network) else cast("Asked", network)


def is_module(network: "Asked | RowNetwork") -> TypeGuard["RowNetwork"]:
    """Whether it is torch's, told without torch."""
    return hasattr(network, "state_dict")


def _asked_of(network: "RowNetwork") -> Asked:
    from engine.runtime.torch_reader import TorchNetwork  # noqa: PLC0415 - imports torch

    like, config = next(network.parameters()), config_of(network)
    if config is None or like.device.type != "cpu":
        return TorchNetwork(network)
    weights = weights_of(network)
    stamp = tuple((value.ctypes.data, float(value.sum())) for value in weights.values())
    known = _KNOWN.get(network)
    if known is None or known[0] != stamp:
        found: Asked
        try:
            found = CpuNetwork(config, weights)
        except RuntimeError:  # LLVM does not know this processor
            found = TorchNetwork(network)
        known = _KNOWN[network] = stamp, found
    return known[1]


def expected_weights(config: ArchitectureConfig) -> Mapping[str, tuple[int, ...]]:
    """Names and shapes of a network's weights; only unknown parts need torch to tell.

    Raises:
        BundleError: A part that is not installed, or wrong options.
    """
    if (shapes := shapes_of(config)) is not None:
        return shapes
    import torch  # noqa: PLC0415 - for other people's parts only

    from engine.network.building import build_network  # noqa: PLC0415 - imports torch

    with torch.device("meta"):
        state = build_network(config).state_dict()
    return {name: tuple(value.shape) for name, value in state.items()}
