"""A network's matrices, gate by gate, with their spectra."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.bundle import ArchitectureConfig, NetworkConfig
from engine.errors import InferenceError
from engine.inspection.dissection import GATE_ORDER
from engine.text import shown
from engine.types import Doubles, Floats
from engine.weights import read_weights
from engine.words import Sentence

_MOST_SPECTRUM = 2**20  # values of a matrix whose spectrum is computed: 1024 × 1024
Complexes = NDArray[np.complex128]


class MatrixName(NamedTuple):
    """Which matrix is meant.

    Attributes:
        name: Of the weights, as torch has them, for example "recurrent.0.weight_hh_l0".
        gate: Letter of the gate whose block of rows is meant; empty for all of them.
    """

    name: str
    gate: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class WeightMap:
    """One matrix: (outputs, inputs). A convolution's inputs are channels × 3 rows × 3 columns.

    Attributes:
        values: As they are stored.
        singular: min(outputs, inputs) singular values, the largest first; empty where the matrix
            has more than 1,048,576 values.
        eigenvalues: Of a recurrent block (H × H), the largest modulus first; empty of all others,
            because only what is multiplied again and again has eigenvalues that mean something.
        recurrent: Whether it is multiplied with the state at every step.
        gated: Whether gates of the cell decide beside it what is kept.
    """

    matrix: MatrixName
    values: Floats
    singular: Doubles
    eigenvalues: Complexes
    recurrent: bool
    gated: bool

    @property
    def limit(self) -> float:
        """Largest absolute weight: the end of the scale."""
        return float(np.abs(self.values).max(initial=0.0))

    @property
    def norm(self) -> float:
        """Frobenius norm: root of the sum of all squares."""
        return float(np.sqrt(np.square(self.values, dtype=np.float64).sum()))

    @property
    def radius(self) -> float | None:
        """Spectral radius: the largest modulus of an eigenvalue; None where there are none."""
        return float(np.abs(self.eigenvalues[0])) if len(self.eigenvalues) else None

    @property
    def rank(self) -> float | None:
        """Participation ratio (Σ s²)² / Σ s⁴ of the singular values: how many directions count.

        One for a matrix of rank one, n where n singular values are equal; None without any.
        """
        squares = np.square(self.singular)
        total = float(np.square(squares).sum())
        return float(squares.sum()) ** 2 / total if total else None

    @property
    def meaning(self) -> Sentence | None:
        """What the spectral radius says and what it does not; None where there is none."""
        radius = self.radius
        if radius is None:
            return None
        if radius < 1:
            alone = Sentence("multiplied by it again and again, any state would fade")
        else:
            alone = Sentence("multiplied by it again and again, some states would grow")
        if self.gated:
            return Sentence(
                "Its spectral radius is {radius:.2f}: taken alone, {alone}. But it is never alone:"
                " gates decide at every row what is kept, so this number does not say how long the"
                " network remembers. The horizon measures that.",
                radius=radius,
                alone=alone,
            )
        return Sentence(
            "Its spectral radius is {radius:.2f}: taken alone, {alone}. The activation bends this"
            " at every row, so it is a tendency and no proof. The horizon measures how far back a"
            " row can still move the answer.",
            radius=radius,
            alone=alone,
        )


def matrix_names(config: ArchitectureConfig, weights: Mapping[str, Floats]) -> list[MatrixName]:
    """Every matrix in the order of data; of several gates as a whole and then gate by gate."""
    found = []
    for name in sorted((one for one, values in weights.items() if values.ndim > 1), key=_place):
        found.append(MatrixName(name))
        gates = _gates(config, name)
        found += [MatrixName(name, gate) for gate in gates if len(gates) > 1]
    return found


def _place(name: str) -> tuple[int, str]:
    """Where a matrix stands among the others: what reads the input goes before the state."""
    kind = name.partition(".")[0]
    known = ("stem", "recurrent", "score", "head")
    place = known.index(kind) if kind in known else 1
    return place, name.replace("weight_ih", "weight_0").replace("weight_hh", "weight_1")


def named_matrices(model: str | Path) -> tuple[MatrixName, ...]:
    """The matrices of a bundle's network; no spectrum is computed.

    Raises:
        BundleError: The bundle cannot be read or trusted; names the file.
    """
    _, config, weights = read_weights(model)
    return tuple(matrix_names(config, weights))


def weight_maps(model: str | Path) -> dict[MatrixName, WeightMap]:
    """Every matrix of a bundle's network with its spectrum, in the order of `matrix_names`.

    Args:
        model: A model's name, or the folder of a bundle.

    Raises:
        BundleError: The bundle cannot be read or trusted; names the file.
    """
    _, config, weights = read_weights(model)
    return {one: _map(config, weights, one) for one in matrix_names(config, weights)}


def weight_map(model: str | Path, name: str, gate: str = "") -> WeightMap:
    """One matrix of a bundle's network with its spectrum.

    Args:
        model: A model's name, or the folder of a bundle.
        name: Of the weights, see `MatrixName`.
        gate: Letter of a gate; empty takes the whole matrix.

    Raises:
        BundleError: The bundle cannot be read or trusted; names the file.
        InferenceError: The network has no such matrix, or no such gate.
    """
    _, config, weights = read_weights(model)
    matrix = MatrixName(name, gate)
    if matrix not in matrix_names(config, weights):
        raise InferenceError(
            "The network has no matrix “{name}”.", name=shown(" ".join(filter(None, matrix)))
        )
    return _map(config, weights, matrix)


def _map(
    config: ArchitectureConfig, weights: Mapping[str, Floats], matrix: MatrixName
) -> WeightMap:
    whole = weights[matrix.name]
    flat = whole.reshape(len(whole), -1)
    gates = _gates(config, matrix.name)
    recurrent = ".weight_hh" in matrix.name and bool(gates)
    single = matrix.gate or (gates[0] if len(gates) == 1 else "")
    if matrix.gate:
        flat = np.split(flat, len(gates))[gates.index(matrix.gate)]
    small = flat.size <= _MOST_SPECTRUM
    exact = flat.astype(np.float64)
    singular: Doubles = np.empty(0)
    if small:
        singular = np.asarray(np.linalg.svd(exact, compute_uv=False), np.float64)
    squared = bool(recurrent and single and small)
    eigenvalues = _by_modulus(np.linalg.eigvals(exact)) if squared else np.empty(0, np.complex128)
    return WeightMap(
        matrix=matrix,
        values=np.ascontiguousarray(flat, np.float32),
        singular=singular,
        eigenvalues=eigenvalues,
        recurrent=recurrent,
        gated=len(gates) > 1,
    )


def _by_modulus(values: NDArray[Any]) -> Complexes:
    """Largest first; of a pair the one above the real axis first, so that the order is fixed."""
    found: Complexes = values.astype(np.complex128)
    order = np.lexsort((-found.imag, -found.real, -np.abs(found).round(9)))
    return found[order]


def _gates(config: ArchitectureConfig, name: str) -> tuple[str, ...]:
    """Gates whose blocks of rows a recurrent matrix has; none of every other."""
    if not isinstance(config, NetworkConfig) or config.cell_options:
        return ()
    if not name.startswith("recurrent.") or ".weight_" not in name:
        return ()
    return GATE_ORDER.get(config.cell, ())
