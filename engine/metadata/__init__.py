"""A model's metadata on disk: metadata.json beside the weights. JSON and numpy only, no torch.

Key names follow the MONAI bundle specification (version, task, intended_use, data_source,
network_data_format, eval_metrics) where it has one. A model's name is its folder's name.
"""

import hashlib
import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import BundleError
from engine.metadata.architecture import NetworkConfig, StemLayer
from engine.metadata.fields import Fields
from engine.metadata.inputs import read_input, write_input
from engine.metadata.registered import ArchitectureConfig, RegisteredConfig, read_architecture
from engine.resources import resource_path
from engine.types import InputFormat, ModelInfo, Threshold

__all__ = [
    "METADATA",
    "WEIGHTS",
    "ArchitectureConfig",
    "Description",
    "NetworkConfig",
    "RegisteredConfig",
    "StemLayer",
    "find_bundle",
    "list_models",
    "read_description",
    "read_metadata",
    "write_metadata",
]

METADATA = "metadata.json"
WEIGHTS = "model.safetensors"
_FORMAT = 1
_METADATA_BYTES = 2**20
_WEIGHTS_BYTES = 2**30


@dataclass(frozen=True, slots=True)
class Description:
    """What a bundle's maker says about it.

    Attributes:
        title: Name for people.
        version: Of this model, not of the program.
        task: For example "Pneumonia or normal on frontal chest films of children".
        intended_use: What it may and may not be used for.
        population: Whose films it was trained and tested on.
        classes: K names.
        positive: Index of the class whose presence is the finding; None for a plain choice.
        input: What it reads.
        threshold: Measured operating point.
        results: Pairs (what was measured, value in words), shown as they stand.
        training: Anything JSON can hold that is needed to train it again.
    """

    title: str
    version: str
    task: str
    intended_use: str
    population: str
    classes: tuple[str, ...]
    positive: int | None
    input: InputFormat
    threshold: Threshold | None = None
    results: tuple[tuple[str, str], ...] = ()
    training: Mapping[str, Any] = field(default_factory=dict)


def list_models(folder: Path | None = None) -> tuple[ModelInfo, ...]:
    """Metadata of all usable bundles, in order of name; broken ones are left out.

    Args:
        folder: Where the bundles lie; by default those that come with the program, and those in
            the folder that the environment variable ROWSCOPE_MODELS names.
    """
    found: dict[str, ModelInfo] = {}
    for root in (folder,) if folder else _folders():
        for path in sorted(root.iterdir()) if root.is_dir() else ():
            if not (path / METADATA).is_file():
                continue
            try:
                info = read_metadata(path)
            except BundleError:
                continue
            found.setdefault(info.name, info)
    return tuple(found[name] for name in sorted(found))


def read_metadata(model: str | Path) -> ModelInfo:
    """Metadata of one bundle.

    Args:
        model: A model's name, or the folder of a bundle.

    Raises:
        BundleError: No such model, or metadata that cannot be trusted; names file and key.
    """
    folder = find_bundle(model)
    description, config = read_description(folder)
    return ModelInfo(
        name=folder.name,
        title=description.title,
        version=description.version,
        path=folder,
        sha256=_hash(folder / WEIGHTS),
        task=description.task,
        intended_use=description.intended_use,
        population=description.population,
        classes=description.classes,
        positive=description.positive,
        input=description.input,
        architecture=config.summary,
        layers=config.layers,
        directions=config.directions,
        hidden_size=config.hidden_size,
        steps=config.steps,
        threshold=description.threshold,
        results=description.results,
    )


def find_bundle(model: str | Path) -> Path:
    """The absolute folder of a model given by name or by path.

    Raises:
        BundleError: There is none.
    """
    folders = [Path(model)]
    if isinstance(model, str) and Path(model).name == model:
        folders = [root / model for root in _folders()] + folders
    for folder in folders:
        if (folder / METADATA).is_file():
            return folder.resolve()
    known = ", ".join(info.name for info in list_models()) or "none"
    raise BundleError(f"There is no model “{model}”; known models: {known}.", "bundle")


def read_description(folder: Path) -> tuple[Description, ArchitectureConfig]:
    """What the maker says, and the architecture, from a bundle's folder.

    Raises:
        BundleError: Metadata that cannot be trusted; names file and key.
    """
    place = f"{folder.name}/{METADATA}"
    fields = Fields(_load(folder / METADATA, place), place)
    fields.integer("format", _FORMAT, _FORMAT)
    config = read_architecture(fields.take("architecture"), f"{place}: “architecture”")
    layout = fields.table("network_data_format")
    inputs, outputs = layout.table("inputs"), layout.table("outputs")
    classes = outputs.texts("classes")
    if len(classes) != config.classes:
        outputs.wrong("classes", f"{config.classes} names, as in the architecture")
    last, finding = len(classes) - 1, outputs.has("positive")
    positive = outputs.integer("positive", 0, last) if finding else outputs.take("positive")
    training = fields.take("training")
    if not isinstance(training, dict):
        fields.wrong("training", "a table")
    description = Description(
        title=fields.text("title"),
        version=fields.text("version"),
        task=fields.text("task"),
        intended_use=fields.text("intended_use"),
        population=fields.text("data_source"),
        classes=classes,
        positive=positive,
        input=read_input(inputs, config),
        threshold=_read_threshold(fields),
        results=_read_results(fields),
        training=training,
    )
    for table in (outputs, layout, fields):
        table.finish()
    return description, config


def write_metadata(folder: Path, description: Description, config: ArchitectureConfig) -> None:
    """Write metadata.json into a bundle's folder, and read it back to be sure.

    Raises:
        BundleError: The description does not fit the architecture, or JSON cannot hold it.
    """
    threshold = description.threshold
    values = {
        "format": _FORMAT,
        "title": description.title,
        "version": description.version,
        "task": description.task,
        "intended_use": description.intended_use,
        "data_source": description.population,
        "network_data_format": {
            "inputs": write_input(description.input, config),
            "outputs": {"classes": description.classes, "positive": description.positive},
        },
        "architecture": config.to_dict(),
        "threshold": threshold
        and {name: getattr(threshold, name) for name in Threshold.__slots__},
        "eval_metrics": description.results,
        "training": dict(description.training),
    }
    text = json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    (folder / METADATA).write_text(text, encoding="utf-8")
    read_description(folder)


def _folders() -> tuple[Path, ...]:
    extra = os.environ.get("ROWSCOPE_MODELS")
    return (resource_path("models"), *((Path(extra),) if extra else ()))


def _load(path: Path, place: str) -> Any:  # noqa: ANN401 - JSON
    try:
        with path.open("rb") as file:
            data = file.read(_METADATA_BYTES + 1)
    except OSError as error:
        raise BundleError(f"{place} cannot be read: {error.strerror}.", "bundle") from error
    if len(data) > _METADATA_BYTES:
        raise BundleError(f"{place} is larger than 1 MiB.", "bundle")
    try:
        return json.loads(data, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError) as error:
        raise BundleError(f"{place} is not valid JSON of finite numbers.", "bundle") from error


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _read_threshold(fields: Fields) -> Threshold | None:
    if not fields.has("threshold"):
        fields.take("threshold")
        return None
    table = fields.table("threshold")
    threshold = Threshold(
        value=table.number("value", 0, 1),
        sensitivity=table.number("sensitivity", 0, 1),
        specificity=table.number("specificity", 0, 1),
        chosen_on=table.text("chosen_on"),
    )
    table.finish()
    return threshold


def _read_results(fields: Fields) -> tuple[tuple[str, str], ...]:
    results = []
    for pair in fields.items("eval_metrics"):
        if not isinstance(pair, list) or [type(item) for item in pair] != [str, str]:
            fields.wrong("eval_metrics", "a list of pairs of texts")
        results.append((pair[0], pair[1]))
    return tuple(results)


def _hash(path: Path) -> str:
    place = f"{path.parent.name}/{path.name}"
    try:
        if path.stat().st_size > _WEIGHTS_BYTES:
            raise BundleError(f"{place} is larger than 1 GiB.", "bundle")
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BundleError(f"{place} cannot be read: {error.strerror}.", "bundle") from error
