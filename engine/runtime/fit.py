"""Which networks the graph and the kernel can read: built-in parts, weights exactly as implied."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeGuard

from engine.metadata.architecture import NetworkConfig
from engine.metadata.registered import ArchitectureConfig
from engine.types import Floats

if TYPE_CHECKING:
    from engine.network import RowNetwork

_GATES = {"rnn": 1, "rnn-relu": 1, "lstm": 4, "gru": 3}
_READOUTS = {"last", "mean", "attention"}

Shapes = dict[str, tuple[int, ...]]


def shapes_of(config: ArchitectureConfig) -> Shapes | None:
    """Names and shapes of the weights of a network of built-in parts; None of every other."""
    if not isinstance(config, NetworkConfig) or config.cell not in _GATES:
        return None
    if config.readout not in _READOUTS or config.cell_options or config.readout_options:
        return None
    if any(layer.kind != "convolution" or layer.options for layer in config.stem):
        return None
    return _shapes(config)


def is_built_in(
    config: ArchitectureConfig, weights: Mapping[str, Floats]
) -> TypeGuard[NetworkConfig]:
    """Whether a network has only built-in parts: known names, float32, exactly these shapes."""
    found = {name: values.shape for name, values in weights.items()}
    single = all(values.dtype.str == "<f4" for values in weights.values())
    return single and found == shapes_of(config)


def config_of(network: "RowNetwork") -> NetworkConfig | None:
    """The configuration of a network that has only built-in parts; None of every other.

    A subclass may answer in a way of its own with the same weights, and is none of them.
    """
    from engine.network import RowClassifier  # noqa: PLC0415 - torch, which a network has loaded

    if type(network) is not RowClassifier:
        return None
    config = network.config
    return config if is_built_in(config, weights_of(network)) else None


def weights_of(network: "RowNetwork") -> dict[str, Floats]:
    """The network's weights as arrays, by their names; not copied if it is on the CPU."""
    return {name: value.detach().cpu().numpy() for name, value in network.state_dict().items()}


def _shapes(config: NetworkConfig) -> Shapes:
    width, gates = config.hidden_size * config.directions, _GATES[config.cell]
    shapes: Shapes = {"head.weight": (config.classes, width), "head.bias": (config.classes,)}
    if config.readout == "attention":
        shapes |= {"score.weight": (1, width), "score.bias": (1,)}
    before = 1
    for number, layer in enumerate(config.stem):
        kernel = (layer.channels, before, 3, 3)
        shapes[f"stem.{number}.convolution.weight"] = kernel
        for name in ("convolution.bias", "norm.weight", "norm.bias"):
            shapes[f"stem.{number}.{name}"] = (layer.channels,)
        before = layer.channels
    for layer_number in range(config.layers):
        inputs = width if layer_number else config.input_size
        shapes |= _recurrent(f"recurrent.{layer_number}", config, gates, inputs=inputs)
    return shapes


def _recurrent(prefix: str, config: NetworkConfig, gates: int, *, inputs: int) -> Shapes:
    rows = gates * config.hidden_size
    shapes: Shapes = {}
    for end in ("_l0", "_l0_reverse")[: config.directions]:
        shapes[f"{prefix}.weight_ih{end}"] = (rows, inputs)
        shapes[f"{prefix}.weight_hh{end}"] = (rows, config.hidden_size)
        shapes[f"{prefix}.bias_ih{end}"] = shapes[f"{prefix}.bias_hh{end}"] = (rows,)
    return shapes
