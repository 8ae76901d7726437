"""The stem and the recurrent layers as ONNX nodes."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import gcd

import numpy as np

from engine.metadata.architecture import NetworkConfig, StemLayer
from engine.runtime.graph_int8 import dynamic_lstm, stored_in_8_bits
from engine.runtime.writer import GraphWriter
from engine.types import Floats

Weights = Mapping[str, Floats]

# ONNX's name of each cell, and where its gates stand in torch's weights.
_OPERATORS = {"rnn": "RNN", "rnn-relu": "RNN", "lstm": "LSTM", "gru": "GRU"}
_FUNCTIONS = {"rnn": "Tanh", "rnn-relu": "Relu"}
_ORDER = {"RNN": (0,), "LSTM": (0, 3, 1, 2), "GRU": (1, 0, 2)}  # i o f c; z r h
_EPSILON = 1e-5  # torch's of GroupNorm


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """Names of what the layers give.

    Attributes:
        outputs: Per layer (L, D, N, H).
        states: (N, L, D·H) of the last layer.
        last: (N, D·H) its states after each direction's last step.
    """

    outputs: list[str]
    states: str
    last: str


def steps_of(graph: GraphWriter, config: NetworkConfig, weights: Weights, *, rows: str) -> str:
    """What the first layer reads, (L, N, I), of model rows (N, M, W)."""
    maps = graph.node("Unsqueeze", rows, graph.whole(1))  # (N, 1, M, W)
    for number, layer in enumerate(config.stem):
        maps = _convolution(graph, layer, weights, number=number, maps=maps)
    by_row = graph.node("Transpose", maps, perm=[0, 2, 1, 3])  # (N, rows, channels, columns)
    shape = graph.whole(0, -1, config.input_size)
    films = graph.node("Reshape", by_row, shape)  # (N, L, I)
    return graph.node("Transpose", films, perm=[1, 0, 2])


def read_layers(
    graph: GraphWriter, config: NetworkConfig, weights: Weights, *, x: str, ends: str
) -> Read:
    """Read steps x (L, N, I), of which each film has ends[n]; all have L if that name is empty."""
    counts = graph.node("Cast", ends, to=6) if ends else ""  # int32, as the operators want
    side_by_side = graph.whole(0, 0, config.directions * config.hidden_size)
    outputs, last = [], ""
    for layer in range(config.layers):
        output, last = _layer(graph, config, weights, number=layer, x=x, counts=counts)
        outputs.append(output)  # (L, D, N, H)
        turned = graph.node("Transpose", output, perm=[0, 2, 1, 3])  # (L, N, D, H)
        x = graph.node("Reshape", turned, side_by_side)  # (L, N, D·H)
    films = graph.node("Transpose", last, perm=[1, 0, 2])  # (N, D, H)
    width = graph.whole(0, config.directions * config.hidden_size)
    states = graph.node("Transpose", x, perm=[1, 0, 2])
    return Read(outputs, states, graph.node("Reshape", films, width))


def _layer(
    graph: GraphWriter,
    config: NetworkConfig,
    weights: Weights,
    *,
    number: int,
    x: str,
    counts: str,
) -> tuple[str, str]:
    """States (L, D, N, H) and last states (D, N, H) of one layer."""
    operator = _OPERATORS[config.cell]
    direction = "bidirectional" if config.bidirectional else "forward"
    options: dict[str, object] = {"hidden_size": config.hidden_size, "direction": direction}
    if operator == "RNN":
        options["activations"] = [_FUNCTIONS[config.cell]] * config.directions
    if operator == "GRU":
        options["linear_before_reset"] = 1

    def both(kind: str) -> Floats:
        names = [f"recurrent.{number}.{kind}_l0{end}" for end in ("", "_reverse")]
        chosen = names[: config.directions]
        return np.stack([_reordered(weights[name], operator) for name in chosen])

    name = f"layer_{number}"
    biases = np.concatenate((both("bias_ih"), both("bias_hh")), axis=1)  # (D, 2 · gates · H)
    bias = graph.weight(f"{name}_bias", biases)
    of_x, of_h = both("weight_ih"), both("weight_hh")
    if graph.int8 and operator == "LSTM":
        return dynamic_lstm(graph, (x, bias, counts), (of_x, of_h), **options)
    keep = stored_in_8_bits if graph.int8 else GraphWriter.weight
    given = keep(graph, f"{name}_x", of_x), keep(graph, f"{name}_h", of_h)
    states, last = graph.nodes(operator, [x, *given, bias, counts], count=2, **options)
    return states, last


def _reordered(array: Floats, operator: str) -> Floats:
    """Gates in ONNX's order."""
    order = _ORDER[operator]
    blocks = np.split(np.asarray(array, np.float32), len(order))
    return np.concatenate([blocks[gate] for gate in order])


def _convolution(
    graph: GraphWriter, layer: StemLayer, weights: Weights, *, number: int, maps: str
) -> str:
    """Maps (N, C, M, W) to (N, channels, M / row stride, W / column stride); see the network."""
    name = f"stem.{number}"
    kernel, bias, scale, shift = (
        graph.weight(f"{name}.{part}", weights[f"{name}.{part}"])
        for part in ("convolution.weight", "convolution.bias", "norm.weight", "norm.bias")
    )
    maps = graph.node(
        *("Conv", maps, kernel, bias),
        strides=[layer.row_stride, layer.column_stride],
        pads=[3 - layer.row_stride, 1, 0, 1],  # above, left, below, right
    )
    rows = graph.node("Transpose", maps, perm=[0, 2, 1, 3])  # (N, M, C, W)
    normal = _normalised(graph, rows, groups=gcd(8, layer.channels))
    scaled = graph.node("Mul", normal, graph.node("Unsqueeze", scale, graph.whole(1)))
    shifted = graph.node("Add", scaled, graph.node("Unsqueeze", shift, graph.whole(1)))
    active = graph.node("Mul", shifted, graph.node("Sigmoid", shifted))
    return graph.node("Transpose", active, perm=[0, 2, 1, 3])


def _normalised(graph: GraphWriter, rows: str, *, groups: int) -> str:
    """Mean 0 and variance 1 of each row's groups of channels, (N, M, C, W)."""
    shape = graph.node("Shape", rows)
    grouped = graph.node("Reshape", rows, graph.whole(0, 0, groups, -1))
    mean = graph.node("ReduceMean", grouped, axes=[3], keepdims=1)
    centred = graph.node("Sub", grouped, mean)
    squares = graph.node("Mul", centred, centred)
    variance = graph.node("ReduceMean", squares, axes=[3], keepdims=1)
    spread = graph.node("Sqrt", graph.node("Add", variance, graph.number(_EPSILON)))
    return graph.node("Reshape", graph.node("Div", centred, spread), shape)
