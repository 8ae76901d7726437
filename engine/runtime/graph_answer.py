"""Read-outs, the head and the answer by row as ONNX nodes."""

import numpy as np

from engine.metadata.architecture import NetworkConfig
from engine.runtime.graph_layers import Read, Weights, read_layers
from engine.runtime.writer import GraphWriter
from engine.types import PrefixCalibration

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
    run straight (`engine.reference`); the last step of each film stays as it is.

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
    count = graph.node("Unsqueeze", _length(graph, x, axis=0), graph.whole(0))  # (1,)
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
    return graph.node("Range", graph.index(0), _length(graph, x, axis=axis), graph.index(1))


def _length(graph: GraphWriter, x: str, *, axis: int) -> str:
    return graph.node("Gather", graph.node("Shape", x), graph.index(axis))
