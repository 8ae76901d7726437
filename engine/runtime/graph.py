"""A network as an ONNX graph: configuration and weights in, one self-contained model out.

Films may have different heights. Inputs: `rows` (N, M, W) model rows, zeros behind the end of a
shorter film; `lengths` (N,) the model rows of each film, multiples of what one time step reads.
Outputs: `logits` and `probabilities` (N, K); `by_row` (N, L, K), the probabilities if reading had
stopped after each step, calibrated for that step; `h` (S, D, N, L, H). Behind a film's end
`by_row` and `h` are zero.

A bidirectional network starts its upward direction anew for every prefix of a film; the graph
reads the L prefixes of N films as one batch of N · L, which takes N · L² · I floats of memory.
"""

from collections.abc import Mapping

import onnx

from engine.metadata.architecture import NetworkConfig
from engine.runtime.graph_answer import by_row, calibrated, logits_of, mask
from engine.runtime.graph_layers import read_layers, steps_of
from engine.runtime.writer import GraphWriter
from engine.types import Floats, PrefixCalibration


def whole_graph(
    config: NetworkConfig,
    weights: Mapping[str, Floats],
    *,
    int8: bool = False,
    prefixes: PrefixCalibration | None = None,
) -> onnx.ModelProto:
    """Everything from model rows to logits, states and the answer by row.

    Args:
        config: Of a built-in architecture, see `engine.runtime.fit`.
        weights: By the names of `RowClassifier.state_dict()`.
        int8: Whether to write recurrent weights in eight bits, see `engine.runtime.graph_int8`.
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
    answers = graph.node("Softmax", answers, axis=2)
    answers = graph.node("Mul", answers, graph.node("Unsqueeze", inside, graph.whole(2)))
    probabilities = graph.node("Softmax", logits, axis=1)
    graph.output(logits, "logits", ("N", config.classes))
    graph.output(probabilities, "probabilities", ("N", config.classes))
    graph.output(answers, "by_row", ("N", "L", config.classes))
    states = (config.layers, config.directions, "N", "L", config.hidden_size)
    graph.output(_stacked(graph, read.outputs), "h", states)
    return graph.model("row_classifier")


def _stacked(graph: GraphWriter, outputs: list[str]) -> str:
    """(S, D, N, L, H) of a layer's outputs (L, D, N, H) each."""
    layers = [graph.node("Unsqueeze", output, graph.whole(0)) for output in outputs]
    stacked = graph.node("Concat", *layers, axis=0)  # (S, L, D, N, H)
    return graph.node("Transpose", stacked, perm=[0, 2, 3, 1, 4])
