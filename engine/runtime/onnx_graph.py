"""A network as an ONNX graph: nodes, layers, answer by row, integers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from engine.bundle import NetworkConfig, StemLayer
from engine.types import Floats, Link, PrefixCalibration

# --------------------------------------------------------------------------- graph writer
# An ONNX graph that is being written: nodes in order, numbers as initialisers.

OPSET, IR_VERSION = 17, 8  # read by every ONNX Runtime since 1.13

Shape = Sequence[str | int]


class GraphWriter:
    """Collects nodes and weights; names of tensors are what its methods take and give.

    Args:
        int8: Whether recurrent weights are to be written in eight bits.
    """

    def __init__(self, *, int8: bool = False) -> None:
        self.int8 = int8
        self._nodes: list[Any] = []
        self._weights: dict[str, Any] = {}
        self._inputs: list[Any] = []
        self._outputs: list[Any] = []
        self._constants: dict[tuple[Any, ...], str] = {}

    def input(self, name: str, shape: Shape, *, integer: bool = False) -> str:
        """Declare an input; words in the shape are free sizes."""
        self._inputs.append(_described(name, shape, integer=integer))
        return name

    def output(self, value: str, name: str, shape: Shape) -> None:
        """Declare a value as an output of this name."""
        self._nodes.append(helper.make_node("Identity", [value], [name], name=name))
        self._outputs.append(_described(name, shape))

    def weight(self, name: str, values: NDArray[Any]) -> str:
        """An array under a name of its own; asked for again it is the same."""
        if name not in self._weights:
            self._weights[name] = numpy_helper.from_array(np.asarray(values, order="C"), name)
        return name

    def whole(self, *numbers: int) -> str:
        """Whole numbers, (count,) int64."""
        return self._constant(np.array(numbers, np.int64))

    def index(self, number: int) -> str:
        """One whole number without an axis."""
        return self._constant(np.array(number, np.int64))

    def number(self, number: float) -> str:
        """One float without an axis."""
        return self._constant(np.array(number, np.float32))

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:  # noqa: ANN401 - as onnx
        """Add an operation with one result."""
        return self.nodes(kind, inputs, count=1, **attributes)[0]

    def nodes(
        self,
        kind: str,
        inputs: Sequence[str],
        *,
        count: int,
        **attributes: Any,  # noqa: ANN401 - numbers, words or lists of them, as onnx has it
    ) -> list[str]:
        """Add an operation with several results."""
        number = len(self._nodes)
        results = [f"{kind}_{number}_{index}" for index in range(count)]
        name = f"{kind}_{number}"
        self._nodes.append(helper.make_node(kind, inputs, results, name=name, **attributes))
        return results

    def model(self, name: str) -> onnx.ModelProto:
        """The finished model, checked.

        Raises:
            onnx.checker.ValidationError: The graph is not a valid one.
        """
        graph = helper.make_graph(
            self._nodes, name, self._inputs, self._outputs, list(self._weights.values())
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid(*domain) for domain in self._domains()],
            ir_version=IR_VERSION,
            producer_name="rowscope",
        )
        onnx.checker.check_model(model, full_check=True)
        return model

    def _domains(self) -> list[tuple[str, int]]:
        used = {node.domain for node in self._nodes} - {""}
        return [("", OPSET), *((domain, 1) for domain in sorted(used))]

    def _constant(self, values: NDArray[Any]) -> str:
        key = (values.dtype.str, values.shape, values.tobytes())
        if key not in self._constants:
            self._constants[key] = self.weight(f"constant_{len(self._constants)}", values)
        return self._constants[key]


def _described(name: str, shape: Shape, *, integer: bool = False) -> onnx.ValueInfoProto:
    kind = TensorProto.INT64 if integer else TensorProto.FLOAT
    return helper.make_tensor_value_info(name, kind, list(shape))


# ------------------------------------------------------------------ weights in eight bits
# Recurrent weights in eight bits.
#
# An LSTM is computed in integers by ONNX Runtime's `DynamicQuantizeLSTM`, which scales what it
# reads at every step. There is no such operation for a GRU or an RNN: their weights are stored in
# eight bits and the arithmetic stays in floats. So do the stem, the read-out and the head, which
# hold few of the weights. Rejected: `onnxruntime.quantization.quantize_dynamic`. It knows the
# LSTM alone, and its model does not run where two operations share weights, as they do here in
# the answer by row of a bidirectional network.
#
# Where integers are multiplied, the weights go from −64 to 64 only. Processors with AVX2 and
# without VNNI add two products of an unsigned and a signed byte in sixteen bits, and cut off what
# does not fit: two times 255 · 127 does not, two times 255 · 64 does. So a file gives the same
# integers everywhere, for one bit of precision. Rejected: unsigned weights, for which ONNX
# Runtime has slower products.

DOMAIN = "com.microsoft"
STORED = 127  # the largest weight that becomes a float again
MULTIPLIED = 64  # the largest weight that is multiplied as it is


def quantised(values: Floats, most: int = STORED) -> tuple[NDArray[np.int8], Floats]:
    """Whole numbers from −`most` to `most`, and one scale per row: values ≈ scale · numbers."""
    largest = np.abs(values).max(axis=-1)
    scale = np.where(largest > 0, largest / most, 1.0).astype(np.float32)
    return np.rint(values / scale[..., None]).astype(np.int8), scale


def stored_in_8_bits(graph: GraphWriter, name: str, values: Floats) -> str:
    """Weights (D, rows, columns) that become floats again when the model runs."""
    numbers, scale = quantised(values.reshape(-1, values.shape[-1]))
    given = [
        graph.weight(name, numbers),
        graph.weight(f"{name}_scale", scale),
        graph.weight(f"{name}_zero", np.zeros(scale.shape, np.int8)),
    ]
    floats = graph.node("DequantizeLinear", *given, axis=0)
    return graph.node("Reshape", floats, graph.whole(*values.shape))


def dynamic_lstm(
    graph: GraphWriter,
    given: tuple[str, str, str],
    weights: tuple[Floats, Floats],
    **options: object,
) -> tuple[str, str]:
    """States (L, D, N, H) and last states (D, N, H) of an LSTM that computes in integers.

    Args:
        graph: To add to.
        given: Names of the steps (L, N, I), of the bias (D, 8 · H), which also names the layer,
            and of each film's number of steps.
        weights: (D, 4 · H, I) and (D, 4 · H, H).
        options: Attributes as of an LSTM.
    """
    x, bias, counts = given
    numbers_in, scales_in = [], []
    for kind, values in zip(("x", "h"), weights, strict=True):
        name = f"{bias}_{kind}"
        numbers, scale = quantised(values, MULTIPLIED)
        numbers_in.append(graph.weight(name, numbers.transpose(0, 2, 1)))
        scales_in.append(graph.weight(f"{name}_scale", scale))
        scales_in.append(graph.weight(f"{name}_zero", np.zeros(scale.shape, np.int8)))
    inputs = [x, *numbers_in, bias, counts, "", "", "", *scales_in]
    states, last = graph.nodes("DynamicQuantizeLSTM", inputs, count=2, domain=DOMAIN, **options)
    return states, last


# -------------------------------------------------------------- stem and recurrent layers
# The stem and the recurrent layers as ONNX nodes.

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
        maps = convolution(graph, layer, weights, number=number, maps=maps)
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
    prefix, both = f"recurrent.{number}", config.bidirectional
    return recurrence(graph, config.cell, weights, prefix=prefix, both=both, x=x, counts=counts)


def recurrence(
    graph: GraphWriter,
    cell: str,
    weights: Weights,
    *,
    prefix: str,
    both: bool,
    x: str,
    counts: str,
) -> tuple[str, str]:
    """States (L, D, N, H) and last states (D, N, H) of a recurrence over steps x (L, N, I).

    Args:
        graph: To add to.
        cell: Name of a built-in cell.
        weights: Of the network.
        prefix: What the names of the recurrence's weights begin with.
        both: Whether it also reads upwards.
        x: Steps.
        counts: (N,) int32 steps of each film; empty: all have L.
    """
    operator, directions = _OPERATORS[cell], 2 if both else 1
    hidden = weights[f"{prefix}.weight_hh_l0"].shape[1]
    direction = "bidirectional" if both else "forward"
    options: dict[str, object] = {"hidden_size": hidden, "direction": direction}
    if operator == "RNN":
        options["activations"] = [_FUNCTIONS[cell]] * directions
    if operator == "GRU":
        options["linear_before_reset"] = 1

    def of(kind: str) -> Floats:
        names = [f"{prefix}.{kind}_l0{end}" for end in ("", "_reverse")]
        return np.stack([_reordered(weights[name], operator) for name in names[:directions]])

    biases = np.concatenate((of("bias_ih"), of("bias_hh")), axis=1)  # (D, 2 · gates · H)
    bias = graph.weight(f"{prefix}_bias", biases)
    of_x, of_h = of("weight_ih"), of("weight_hh")
    if graph.int8 and operator == "LSTM":
        return dynamic_lstm(graph, (x, bias, counts), (of_x, of_h), **options)
    keep = stored_in_8_bits if graph.int8 else GraphWriter.weight
    given = keep(graph, f"{prefix}_x", of_x), keep(graph, f"{prefix}_h", of_h)
    states, last = graph.nodes(operator, [x, *given, bias, counts], count=2, **options)
    return states, last


def _reordered(array: Floats, operator: str) -> Floats:
    """Gates in ONNX's order."""
    order = _ORDER[operator]
    blocks = np.split(np.asarray(array, np.float32), len(order))
    return np.concatenate([blocks[gate] for gate in order])


def convolution(
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


# --------------------------------------------------------- read-outs, head, answer by row
# Read-outs, the head and the answer by row as ONNX nodes.

_NEVER = -1e30  # a score that leaves no weight; minus infinity would give 0 · ∞


def logits_of(
    graph: GraphWriter, config: NetworkConfig, weights: Weights, *, read: Read, ends: str
) -> str:
    """Logits (N, K) of films that have ends[n] steps each."""
    if config.readout == "last":
        return _head(graph, weights, read.last)
    if config.readout == "mean":
        total = graph.node("ReduceSum", read.states, graph.whole(1), keepdims=0)  # (N, D·H)
        count = graph.node("Unsqueeze", graph.node("Cast", ends, to=1), graph.whole(1))
        return _head(graph, weights, graph.node("Div", total, count))
    inside = graph.node("Unsqueeze", _inside(graph, read.states, ends, axis=1), graph.whole(1))
    scores = _scores(graph, weights, read.states)  # (N, 1, L)
    pooled = _weighted(graph, scores, inside, states=read.states)  # (N, 1, D·H)
    return _head(graph, weights, graph.node("Squeeze", pooled, graph.whole(1)))


def by_row(
    graph: GraphWriter,
    config: NetworkConfig,
    weights: Weights,
    *,
    x: str,
    read: Read,
    ends: str,
) -> str:
    """Logits (N, L, K) after each step of steps x (L, N, I), anything behind a film's end."""
    if config.bidirectional:
        return _read_prefixes(graph, config, weights, x=x, ends=ends)
    states = read.states
    if config.readout == "mean":
        total = graph.node("CumSum", states, graph.index(1))
        count = graph.node("Add", _steps(graph, states, axis=1), graph.index(1))  # (L,)
        column = graph.node("Unsqueeze", graph.node("Cast", count, to=1), graph.whole(1))
        states = graph.node("Div", total, column)
    elif config.readout == "attention":
        steps = _steps(graph, states, axis=1)
        later = graph.node("Unsqueeze", steps, graph.whole(1))  # (L, 1)
        seen = graph.node("LessOrEqual", steps, later)  # (L, L)
        states = _weighted(graph, _scores(graph, weights, states), seen, states=states)
    return _head(graph, weights, states)


def calibrated(
    graph: GraphWriter, prefixes: PrefixCalibration, answers: str, *, x: str, ends: str
) -> str:
    """Logits (N, L, K) with the calibration by row laid along each film, as in the engine.

    Step t of a film of n steps lies at (t + ½)/n of S stored ones, between two of which values
    run straight (`engine.sequence`); the last step of each film stays as it is.

    Args:
        graph: To add to.
        prefixes: Scale and offset of S steps.
        answers: Logits (N, L, K) of the head.
        x: Steps (L, N, I).
        ends: (N,) steps of each film.
    """
    stored = len(prefixes.scale)
    table = np.column_stack((prefixes.scale, prefixes.offset)).astype(np.float32)  # (S, 1 + K)
    values = graph.weight("by_row.calibration", table)
    films = graph.node("Unsqueeze", ends, graph.whole(1))  # (N, 1)
    step = _steps(graph, x, axis=0)  # (L,)
    middle = graph.node("Add", graph.node("Cast", step, to=1), graph.number(0.5))
    share = graph.node("Div", middle, graph.node("Cast", films, to=1))  # (N, L)
    place = graph.node("Mul", share, graph.number(stored))
    place = graph.node("Sub", place, graph.number(0.5))
    place = graph.node("Clip", place, graph.number(0), graph.number(stored - 1))
    first = graph.node("Floor", place)
    before = graph.node("Gather", values, graph.node("Cast", first, to=7))  # (N, L, 1 + K)
    second = graph.node("Min", graph.node("Add", first, graph.number(1)), graph.number(stored - 1))
    after = graph.node("Gather", values, graph.node("Cast", second, to=7))
    weight = graph.node("Unsqueeze", graph.node("Sub", place, first), graph.whole(2))
    moved = graph.node("Sub", after, before)
    both = graph.node("Add", before, graph.node("Mul", weight, moved))
    last = graph.node("Equal", step, graph.node("Sub", films, graph.whole(1)))  # (N, L)
    identity = graph.weight("by_row.identity", np.eye(1, table.shape[1], dtype=np.float32)[0])
    both = graph.node("Where", graph.node("Unsqueeze", last, graph.whole(2)), identity, both)
    scale = graph.node("Slice", both, graph.whole(0), graph.whole(1), graph.whole(2))
    end = graph.whole(table.shape[1])
    offset = graph.node("Slice", both, graph.whole(1), end, graph.whole(2))
    return graph.node("Add", graph.node("Mul", answers, scale), offset)


def mask(graph: GraphWriter, x: str, ends: str) -> str:
    """(N, L) 1 within each film and 0 behind its end, of steps x (L, N, I)."""
    return graph.node("Cast", _inside(graph, x, ends, axis=0), to=1)


def _read_prefixes(
    graph: GraphWriter, config: NetworkConfig, weights: Weights, *, x: str, ends: str
) -> str:
    """Every prefix of every film as a film of its own."""
    count = graph.node("Unsqueeze", length_of(graph, x, axis=0), graph.whole(0))  # (1,)
    repeated = graph.node("Concat", graph.whole(1, 1), count, graph.whole(1), axis=0)
    each = graph.node("Expand", graph.node("Unsqueeze", x, graph.whole(2)), repeated)
    prefixes = graph.node("Reshape", each, graph.whole(0, -1, config.input_size))  # (L, N·L, I)
    lengths = graph.node("Add", _steps(graph, x, axis=0), graph.index(1))  # (L,)
    films = graph.node("Unsqueeze", ends, graph.whole(1))  # (N, 1)
    lengths = graph.node("Reshape", graph.node("Min", lengths, films), graph.whole(-1))
    read = read_layers(graph, config, weights, x=prefixes, ends=lengths)
    logits = logits_of(graph, config, weights, read=read, ends=lengths)  # (N·L, K)
    shape = graph.node("Concat", graph.whole(-1), count, graph.whole(config.classes), axis=0)
    return graph.node("Reshape", logits, shape)


def _head(graph: GraphWriter, weights: Weights, pooled: str) -> str:
    """Logits (…, K) of (…, D·H)."""
    matrix = graph.weight("head.weight", weights["head.weight"].T)
    bias = graph.weight("head.bias", weights["head.bias"])
    return graph.node("Add", graph.node("MatMul", pooled, matrix), bias)


def _scores(graph: GraphWriter, weights: Weights, states: str) -> str:
    """(N, 1, L) of states (N, L, D·H); the bias is the same for all and changes no softmax."""
    column = graph.weight("score.weight", weights["score.weight"].T)  # (D·H, 1)
    return graph.node("Transpose", graph.node("MatMul", states, column), perm=[0, 2, 1])


def _weighted(graph: GraphWriter, scores: str, allowed: str, *, states: str) -> str:
    """Mean (N, P, D·H) of the states, weighted by the softmax over those that are allowed."""
    kept = graph.node("Where", allowed, scores, graph.number(_NEVER))  # (N, P, L)
    return graph.node("MatMul", graph.node("Softmax", kept, axis=2), states)


def _inside(graph: GraphWriter, x: str, ends: str, *, axis: int) -> str:
    """(N, L) whether a step is within its film; x has its steps on the axis."""
    films = graph.node("Unsqueeze", ends, graph.whole(1))  # (N, 1)
    return graph.node("Less", _steps(graph, x, axis=axis), films)


def _steps(graph: GraphWriter, x: str, *, axis: int) -> str:
    """Count the steps, (L,), from 0."""
    return graph.node("Range", graph.index(0), length_of(graph, x, axis=axis), graph.index(1))


def length_of(graph: GraphWriter, x: str, *, axis: int) -> str:
    """The size of an axis, one whole number."""
    return graph.node("Gather", graph.node("Shape", x), graph.index(axis))


# ------------------------------------------------------------------------ the whole graph
# A network as an ONNX graph: configuration and weights in, one self-contained model out.
#
# Films may have different heights. Inputs: `rows` (N, M, W) model rows, zeros behind the end of a
# shorter film; `lengths` (N,) the model rows of each film, multiples of what one time step reads.
# Outputs: `logits` and `probabilities` (N, K); `by_row` (N, L, K), the probabilities if reading
# had stopped after each step, calibrated for that step; `h` (S, D, N, L, H). Behind a film's end
# `by_row` and `h` are zero.
#
# A bidirectional network starts its upward direction anew for every prefix of a film; the graph
# reads the L prefixes of N films as one batch of N · L, which takes N · L² · I floats of memory.


def whole_graph(
    config: NetworkConfig,
    weights: Mapping[str, Floats],
    *,
    int8: bool = False,
    prefixes: PrefixCalibration | None = None,
) -> onnx.ModelProto:
    """Everything from model rows to logits, states and the answer by row.

    Args:
        config: Of a built-in architecture, see `engine.runtime.asking`.
        weights: By the names of `RowClassifier.state_dict()`.
        int8: Whether to write recurrent weights in eight bits, see `engine.runtime.onnx_graph`.
        prefixes: Calibration of the answer by row; None leaves it as the head gives it.
    """
    graph = GraphWriter(int8=int8)
    rows = graph.input("rows", ("N", "M", config.columns))
    lengths = graph.input("lengths", ("N",), integer=True)
    ends = graph.node("Div", lengths, graph.whole(config.row_stride * config.band))  # (N,)
    x = steps_of(graph, config, weights, rows=rows)  # (L, N, I)
    read = read_layers(graph, config, weights, x=x, ends=ends)
    logits = logits_of(graph, config, weights, read=read, ends=ends)
    answers = by_row(graph, config, weights, x=x, read=read, ends=ends)  # (N, L, K)
    if prefixes is not None:
        answers = calibrated(graph, prefixes, answers, x=x, ends=ends)
    inside = mask(graph, x, ends)  # (N, L)
    answers = _linked(graph, answers, config.link, axis=2)
    answers = graph.node("Mul", answers, graph.node("Unsqueeze", inside, graph.whole(2)))
    probabilities = _linked(graph, logits, config.link, axis=1)
    graph.output(logits, "logits", ("N", config.classes))
    graph.output(probabilities, "probabilities", ("N", config.classes))
    graph.output(answers, "by_row", ("N", "L", config.classes))
    states = (config.layers, config.directions, "N", "L", config.hidden_size)
    graph.output(_stacked(graph, read.outputs), "h", states)
    return graph.model("row_classifier")


def _linked(graph: GraphWriter, logits: str, link: Link, *, axis: int) -> str:
    """Probabilities of logits: of one class of several, or of findings each by itself."""
    return (
        graph.node("Sigmoid", logits)
        if link == "sigmoid"
        else graph.node("Softmax", logits, axis=axis)
    )


def _stacked(graph: GraphWriter, outputs: list[str]) -> str:
    """(S, D, N, L, H) of a layer's outputs (L, D, N, H) each."""
    layers = [graph.node("Unsqueeze", output, graph.whole(0)) for output in outputs]
    stacked = graph.node("Concat", *layers, axis=0)  # (S, L, D, N, H)
    return graph.node("Transpose", stacked, perm=[0, 2, 3, 1, 4])


# ------------------------------------------------------------------ ONNX Runtime sessions
# ONNX Runtime sessions, on one thread: a film's steps are too small to share.

_ERRORS_ONLY = 3


def session(model: onnx.ModelProto | Path, *, threads: int = 1) -> onnxruntime.InferenceSession:
    """Ready to run on the CPU.

    Args:
        model: In memory, or a file.
        threads: CPU threads.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    source = str(model) if isinstance(model, Path) else model.SerializeToString()
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
