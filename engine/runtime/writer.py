"""An ONNX graph that is being written: nodes in order, numbers as initialisers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

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
