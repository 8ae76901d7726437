"""A model as an ONNX file for other programs, held against the network that it was made of."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray

from engine.bundle import NetworkConfig, RegisteredConfig, read_description
from engine.errors import BundleError
from engine.measure import EVEN
from engine.phantoms import PhantomSpec, draw_phantom
from engine.progress import tell
from engine.runtime import (
    ExportComparison,
    TorchReader,
    arithmetic,
    compare,
    export_model,
    exportable_config,
    weights_of,
)
from engine.sequence import to_sequence
from engine.training import films_for
from engine.types import Doubles, Floats, Frame, FrameHeader, Image, InputFormat, ModelInfo
from engine.weights import Bundle, load_bundle

_DRAWN = 32  # phantoms that stand in for films


@dataclass(frozen=True, slots=True)
class Exported:
    """What a model lost on its way into a file.

    Attributes:
        compared: The network first, then each file.
        films: How many films they were compared on.
        arithmetic: What a file of eight bits computes with, in words; empty for float32.
    """

    compared: tuple[ExportComparison, ...]
    films: int
    arithmetic: str


def export(
    model: str | Path, output: Path, *, int8: bool = False, data: Path | None = None
) -> Exported:
    """Write a model as an ONNX file, and compare it with its network.

    Args:
        model: Name or folder of a bundle.
        output: File to write, .onnx.
        int8: Whether recurrent weights are stored in eight bits.
        data: Folder, tar or npz file of films to compare on; None draws phantoms.

    Raises:
        BundleError: A model that cannot be trusted, or with a part that is not built in.
        DataError: Films that cannot be used.
    """
    bundle = load_bundle(model)
    config = exportable_config(bundle.network)
    if config is None:
        raise BundleError(
            "“{model}” (architecture “{name}”) has a part that does not come with the program;"
            " only networks of built-in parts can be exported.",
            model=bundle.info.name,
            name=bundle.config.name,
        )
    models = {"float32": _exported(bundle, config, int8=False)}
    if int8:
        models["int8"] = _exported(bundle, config, int8=True)
    rows, labels = _films(bundle, data)
    output.write_bytes(models["int8" if int8 else "float32"].SerializeToString())
    compared = _compared(bundle, models, rows, labels=labels)
    return Exported(tuple(compared), len(rows), arithmetic(config) if int8 else "")


def _exported(
    bundle: Bundle, config: NetworkConfig | RegisteredConfig, *, int8: bool
) -> onnx.ModelProto:
    description, _ = read_description(bundle.info.path)
    recipe = dict(description.training.get("recipe", {}))
    licence = str(dict(recipe.get("data", {})).get("licence", ""))
    weights = weights_of(bundle.network)
    return export_model(
        bundle.info,
        config,
        weights,
        data_licence=licence,
        int8=int8,
        prefixes=bundle.by_row,
        calibration=dict(description.training.get("calibration", {})),
    )


def _films(bundle: Bundle, data: Path | None) -> tuple[list[Floats], NDArray[np.int64] | None]:
    """Model rows (M, W), and labels (N,) where they are known."""
    if data is None:
        return [_drawn(bundle.info.input, seed) for seed in range(_DRAWN)], None
    films = films_for(bundle.info, data, split="test", report=tell)
    ends = zip(films.rows, films.heights, strict=True)
    return [rows[:height].astype(np.float32) for rows, height in ends], films.labels


def _drawn(fmt: InputFormat, seed: int) -> Floats:
    """A phantom as a model reads it."""
    size = max(2 * fmt.rows, 2 * fmt.columns, 64)
    values = draw_phantom(PhantomSpec(seed, size, size, opacity=seed % 2 == 1)).values
    image = Image(
        path=Path("phantom"),
        format="drawn",
        encoding="array",
        frame_count=1,
        rows=size,
        columns=size,
        bits_stored=12,
        photometric="MONOCHROME2",
    )
    frame = Frame(image, 0, values.astype(np.float32), header=FrameHeader((0.0, 4095.0)))
    return to_sequence(frame, fmt).rows


def _compared(
    bundle: Bundle,
    models: dict[str, onnx.ModelProto],
    rows: list[Floats],
    *,
    labels: NDArray[np.int64] | None,
) -> list[ExportComparison]:
    info = bundle.info

    def decide(probabilities: Doubles) -> NDArray[np.int64]:
        if bundle.config.link == "sigmoid":
            return _called(probabilities)
        return _decided(info, probabilities)

    if not info.objective.plain:
        labels = None
    if labels is not None and info.positive is not None and info.threshold is not None:
        labels = (labels == info.positive).astype(np.int64)
    found = compare(
        TorchReader(bundle.network),
        models,
        rows,
        decide=decide,
        labels=labels,
        link=bundle.config.link,
    )
    sizes = (info.path / "model.safetensors").stat().st_size
    return [replace(found[0], size=sizes), *found[1:]]


def _decided(info: ModelInfo, probabilities: Doubles) -> NDArray[np.int64]:
    """Whether the finding is there, by the model's threshold, or the most probable class."""
    if info.positive is None or info.threshold is None:
        best: NDArray[np.int64] = probabilities.argmax(axis=1)
        return best
    return (probabilities[:, info.positive] >= info.threshold.value).astype(np.int64)


def _called(probabilities: Doubles) -> NDArray[np.int64]:
    """Which of several findings are at least as probable as not, as one number for a film."""
    powers = 2 ** np.arange(probabilities.shape[1], dtype=np.int64)
    return np.asarray((probabilities >= EVEN) @ powers)
