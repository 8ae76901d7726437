"""The network of rows and columns as an ONNX graph: sweeps, decoder, film logits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import onnx

from engine.bundle import GATES, RegisteredConfig, StemLayer
from engine.runtime.onnx_graph import GraphWriter, Weights, convolution, length_of, recurrence
from engine.types import Floats

if TYPE_CHECKING:
    from engine.network import GridOptions

# Inputs as for the row classifier: `rows` (N, M, W), `lengths` (N,). Outputs: `logits` and
# `probabilities` (N, K); `maps` (N, channels, R, C) where the network has them, zero behind a
# film's end; `h` (S, D, N, L, H), the units of the vertical sweeps, column after column. There is
# no answer by row: where a sweep looks up every prefix would have to be read anew.

_NEVER = -1e30  # as in `engine.runtime.onnx_graph`
_EPSILON = 1e-5  # torch's of LayerNorm


@dataclass(frozen=True, slots=True)
class _Place:
    """What all parts of the graph share.

    Attributes:
        ends: Name of (N,) rows of cells of each film.
        columns: Q.
        films: Name of (1,) N.
    """

    graph: GraphWriter
    options: "GridOptions"
    weights: Weights
    ends: str
    columns: int
    films: str

    def inside(self, values: str, *, axis: int, height: int) -> str:
        """(N, X) truths: rows within their film, of values with X = L · height on the axis."""
        graph = self.graph
        rows = graph.node(
            "Range", graph.index(0), length_of(graph, values, axis=axis), graph.index(1)
        )
        ends = graph.node("Mul", self.ends, graph.whole(height))
        return graph.node("Less", rows, graph.node("Unsqueeze", ends, graph.whole(1)))

    def shape(self, *sizes: int | str) -> str:
        """A shape of numbers and of names of (1,) sizes."""
        parts = [self.graph.whole(one) if isinstance(one, int) else one for one in sizes]
        return self.graph.node("Concat", *parts, axis=0)


def grid_graph(
    config: RegisteredConfig,
    options: "GridOptions",
    weights: Mapping[str, Floats],
    *,
    int8: bool = False,
) -> onnx.ModelProto:
    """Everything from model rows to logits, maps and states.

    Args:
        config: Of a grid network.
        options: Its options.
        weights: By the names of `GridNetwork.state_dict()`.
        int8: Whether to write recurrent weights in eight bits.
    """
    graph = GraphWriter(int8=int8)
    rows = graph.input("rows", ("N", "M", config.columns))
    lengths = graph.input("lengths", ("N",), integer=True)
    ends = graph.node("Div", lengths, graph.whole(config.rows_per_step))
    films = graph.node("Shape", lengths)
    columns = config.columns // options.cell_size[1]
    place = _Place(graph, options, weights, ends, columns, films)
    levels, cells = _looked(place, rows)
    states, outputs = _read(place, cells)
    maps = _maps(place, states, levels) if options.maps else ""
    if options.pool == "features":
        logits = _head(place, _pooled(place, states))
    else:
        logits = _of_maps(place, maps, config.classes)
    link = "Sigmoid" if config.link == "sigmoid" else "Softmax"
    known = {} if link == "Sigmoid" else {"axis": 1}
    graph.output(logits, "logits", ("N", config.classes))
    graph.output(graph.node(link, logits, **known), "probabilities", ("N", config.classes))
    if maps:
        graph.output(maps, "maps", ("N", options.maps, "R", columns * options.factors[1]))
    shape = (config.layers, config.directions, "N", "L", config.hidden_size)
    layers = [graph.node("Unsqueeze", one, graph.whole(0)) for one in outputs]
    graph.output(graph.node("Concat", *layers, axis=0), "h", shape)
    return graph.model("grid")


def exportable(options: "GridOptions") -> bool:
    """Whether every part of a grid network has ONNX operations."""
    return options.cell in GATES and all(layer.kind == "convolution" for layer in options.stem)


def _looked(place: _Place, rows: str) -> tuple[list[str], str]:
    """Maps of every resolution, the film first, and the cells (N, L, Q, I)."""
    graph, options = place.graph, place.options
    levels = [graph.node("Unsqueeze", rows, graph.whole(1))]
    for number, one in enumerate(options.stem):
        layer = StemLayer(one.channels, one.row_stride, one.column_stride)
        maps = convolution(graph, layer, place.weights, number=number, maps=levels[-1])
        levels.append(maps)
    channels = options.stem[-1].channels if options.stem else 1
    high, wide = options.patch_rows, options.patch_columns
    shape = graph.whole(0, channels, -1, high, place.columns, wide)
    patches = graph.node("Reshape", levels[-1], shape)  # (N, channels, L, high, Q, wide)
    turned = graph.node("Transpose", patches, perm=[0, 2, 4, 1, 3, 5])
    cells = graph.node("Reshape", turned, graph.whole(0, 0, place.columns, channels * high * wide))
    return levels, cells


def _read(place: _Place, cells: str) -> tuple[str, list[str]]:
    """The last layer's states (N, L, Q, D·U), and every layer's (D, N, L, Q·U)."""
    graph, options, outputs = place.graph, place.options, []
    units, columns = options.hidden_size, place.columns
    ends = graph.node("Unsqueeze", graph.node("Cast", place.ends, to=6), graph.whole(1))  # int32
    each = graph.node("Expand", ends, graph.whole(1, columns))
    counts = graph.node("Reshape", each, graph.whole(-1))  # (N·Q,)
    for number in range(options.layers):
        across = _swept_rows(place, cells, prefix=f"layers.{number}.across")
        split = _swept_columns(place, across, counts, prefix=f"layers.{number}.along")
        h = graph.node("Transpose", split, perm=[1, 2, 0, 3, 4])  # (D, N, L, Q, U)
        outputs.append(graph.node("Reshape", h, graph.whole(0, 0, 0, columns * units)))
        states = graph.node("Transpose", split, perm=[2, 0, 3, 1, 4])  # (N, L, Q, D, U)
        width = graph.whole(0, 0, 0, options.directions * units)
        cells = graph.node("Reshape", states, width)
    return cells, outputs


def _swept_rows(place: _Place, cells: str, *, prefix: str) -> str:
    """States (Q, N, L, 2·U) of the horizontal sweep over cells (N, L, Q, I)."""
    graph, options, weights = place.graph, place.options, place.weights
    values = weights[f"{prefix}.weight_ih_l0"].shape[1]
    lines = graph.node("Transpose", cells, perm=[2, 0, 1, 3])  # (Q, N, L, I)
    lines = graph.node("Reshape", lines, graph.whole(0, -1, values))  # (Q, N·L, I)
    states, _ = recurrence(
        graph, options.cell, weights, prefix=prefix, both=True, x=lines, counts=""
    )  # (Q, 2, N·L, U)
    states = graph.node("Transpose", states, perm=[0, 2, 1, 3])
    shape = place.shape(place.columns, place.films, -1, 2 * options.hidden_size)
    return graph.node("Reshape", states, shape)


def _swept_columns(place: _Place, across: str, counts: str, *, prefix: str) -> str:
    """States (L, D, N, Q, U) of the vertical sweep over (Q, N, L, 2·U); counts (N·Q,)."""
    graph, options = place.graph, place.options
    lines = graph.node("Transpose", across, perm=[2, 1, 0, 3])  # (L, N, Q, 2·U)
    lines = graph.node("Reshape", lines, graph.whole(0, -1, 2 * options.hidden_size))
    both = options.directions == 2
    states, _ = recurrence(
        graph, options.cell, place.weights, prefix=prefix, both=both, x=lines, counts=counts
    )  # (L, D, N·Q, U)
    shape = place.shape(0, 0, place.films, place.columns, options.hidden_size)
    return graph.node("Reshape", states, shape)


def _maps(place: _Place, states: str, levels: list[str]) -> str:
    """Dense maps (N, channels, R, C), zero behind each film's end."""
    graph, options, height = place.graph, place.options, 1
    maps = graph.node("Transpose", states, perm=[0, 3, 1, 2])  # (N, F, L, Q)
    above, below = (1, 1) if options.vertical == "both" else (2, 0)
    for number, (stage, level) in enumerate(zip(options.decoder, options.skipped, strict=True)):
        name, height = f"decoder.{number}", height * stage.row_factor
        factor = [stage.row_factor, stage.column_factor]
        maps = graph.node(
            *("ConvTranspose", maps, *_weights(place, f"{name}.up")),
            kernel_shape=factor,
            strides=factor,
        )
        if level is not None:
            maps = graph.node("Concat", maps, levels[level], axis=1)
        maps = graph.node(
            *("Conv", _kept(place, maps, height), *_weights(place, f"{name}.convolution")),
            pads=[above, 1, below, 1],
        )
        last = graph.node("Transpose", maps, perm=[0, 2, 3, 1])  # (N, R, C, channels)
        scale, shift = _weights(place, f"{name}.norm")
        normal = graph.node("LayerNormalization", last, scale, shift, axis=-1, epsilon=_EPSILON)
        active = graph.node("Mul", normal, graph.node("Sigmoid", normal))
        maps = graph.node("Transpose", active, perm=[0, 3, 1, 2])
    maps = graph.node("Conv", maps, *_weights(place, "map_head"))
    return _kept(place, maps, height)


def _kept(place: _Place, maps: str, height: int) -> str:
    """Maps (N, X, R, C) with zeros behind each film's end."""
    graph = place.graph
    inside = graph.node("Cast", place.inside(maps, axis=2, height=height), to=1)  # (N, R)
    return graph.node("Mul", maps, graph.node("Unsqueeze", inside, graph.whole(1, 3)))


def _weights(place: _Place, name: str) -> tuple[str, str]:
    weight, bias = f"{name}.weight", f"{name}.bias"
    graph = place.graph
    return graph.weight(weight, place.weights[weight]), graph.weight(bias, place.weights[bias])


def _pooled(place: _Place, states: str) -> str:
    """Mean and maximum (N, 2·F) of a film's cells (N, L, Q, F)."""
    graph = place.graph
    count = graph.node("Unsqueeze", graph.node("Cast", place.ends, to=1), graph.whole(1))
    by_row = graph.node("ReduceMean", states, axes=[2], keepdims=0)  # (N, L, F), zero behind
    total = graph.node("ReduceSum", by_row, graph.whole(1), keepdims=0)
    inside = graph.node("Unsqueeze", place.inside(states, axis=1, height=1), graph.whole(2))
    largest = graph.node("ReduceMax", states, axes=[2], keepdims=0)
    largest = graph.node("Where", inside, largest, graph.number(_NEVER))
    largest = graph.node("ReduceMax", largest, axes=[1], keepdims=0)
    return graph.node("Concat", graph.node("Div", total, count), largest, axis=1)


def _of_maps(place: _Place, maps: str, classes: int) -> str:
    """Logits (N, K) of dense maps, as `GridNetwork` has them."""
    graph, options = place.graph, place.options
    area = options.pool == "area"
    first = graph.node(
        "Slice", maps, graph.whole(0), graph.whole(classes - (not area)), graph.whole(1)
    )
    if area:
        scores = graph.node("LogSoftmax", first, axis=1)
    else:
        scores = graph.node("Mul", first, graph.number(options.sharpness))
    height, width = options.factors
    inside = place.inside(maps, axis=2, height=height)
    inside = graph.node("Unsqueeze", inside, graph.whole(1, 3))
    kept = graph.node("Where", inside, scores, graph.number(_NEVER))
    sums = graph.node("ReduceLogSumExp", kept, axes=[2, 3], keepdims=0)
    cells = graph.node("Mul", place.ends, graph.whole(height * width * place.columns))
    count = graph.node("Log", graph.node("Cast", cells, to=1))
    means = graph.node("Sub", sums, graph.node("Unsqueeze", count, graph.whole(1)))
    if not area:
        means = graph.node("Div", means, graph.number(options.sharpness))
        means = graph.node("Pad", means, graph.whole(0, 1, 0, 0), graph.number(0))
    return _head(place, means)


def _head(place: _Place, pooled: str) -> str:
    graph, weights = place.graph, place.weights
    matrix = graph.weight("head.weight", weights["head.weight"].T)
    bias = graph.weight("head.bias", weights["head.bias"])
    return graph.node("Add", graph.node("MatMul", pooled, matrix), bias)
