"""Recurrent weights in eight bits.

An LSTM is computed in integers by ONNX Runtime's `DynamicQuantizeLSTM`, which scales what it
reads at every step. There is no such operation for a GRU or an RNN: their weights are stored in
eight bits and the arithmetic stays in floats. So do the stem, the read-out and the head, which
hold few of the weights. Rejected: `onnxruntime.quantization.quantize_dynamic`. It knows the LSTM
alone, and its model does not run where two operations share weights, as they do here in the
answer by row of a bidirectional network.

Where integers are multiplied, the weights go from −64 to 64 only. Processors with AVX2 and without
VNNI add two products of an unsigned and a signed byte in sixteen bits, and cut off what does not
fit: two times 255 · 127 does not, two times 255 · 64 does. So a file gives the same integers
everywhere, for one bit of precision. Rejected: unsigned weights, for which ONNX Runtime has
slower products.
"""

import numpy as np
from numpy.typing import NDArray

from engine.runtime.writer import GraphWriter
from engine.types import Floats

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
