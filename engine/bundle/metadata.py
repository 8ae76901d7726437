"""A model's metadata on disk: metadata.json beside the weights. JSON and numpy only, no torch.

Key names follow the MONAI bundle specification (version, task, intended_use, data_source,
network_data_format, eval_metrics) where it has one. A model's name is its folder's name.
"""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, cast, get_args

from engine.bundle.audit import (
    AUDIT,
    LEAST_FACTOR,
    by_row_passes,
    calibration_holds,
    influence_passes,
    read_audit,
    verdicts,
    write_audit,
)
from engine.bundle.config import (
    ArchitectureConfig,
    NetworkConfig,
    RegisteredConfig,
    StemLayer,
    read_architecture,
)
from engine.bundle.description import (
    bundle_folders,
    find_bundle,
    is_bundle,
    population_to_dict,
    population_words,
    prefixes_hash,
    prefixes_to_dict,
    read_input,
    read_objective,
    read_population,
    read_prefixes,
    read_test,
    read_tests,
    read_threshold,
    tests_to_list,
    threshold_to_dict,
    write_input,
)
from engine.bundle.strict import METADATA, WEIGHTS, Fields, hash_file, load_json, read_card
from engine.bundle.trust import ForecastConfig, GuardConfig, TrustConfig, read_trust, trust_to_dict
from engine.errors import BundleError
from engine.text import is_visible, place_of
from engine.types import (
    Admission,
    FilmTest,
    InfluenceMethod,
    InputFormat,
    ModelInfo,
    Objective,
    Population,
    PrefixCalibration,
    Results,
    Threshold,
)
from engine.words import Sentence, as_json, from_json

__all__ = [
    "AUDIT",
    "LEAST_FACTOR",
    "METADATA",
    "MOST_CLASS_MEANS",
    "WEIGHTS",
    "Admission",
    "ArchitectureConfig",
    "Description",
    "ForecastConfig",
    "GuardConfig",
    "NetworkConfig",
    "RegisteredConfig",
    "StemLayer",
    "TrustConfig",
    "by_row_passes",
    "calibration_holds",
    "find_bundle",
    "influence_passes",
    "info_of",
    "is_bundle",
    "list_models",
    "population_words",
    "prefixes_hash",
    "read_audit",
    "read_card",
    "read_description",
    "read_metadata",
    "read_test",
    "replace_metadata",
    "verdicts",
    "write_audit",
    "write_metadata",
]

MOST_CLASS_MEANS = 2**20  # values of all classes together, 4 MiB

_FORMAT = 1
_SPARE_BYTES = 2**26  # of a weights file beyond its network and statistics
_SHAPLEY_READINGS = 16  # of a film for each step, as in engine.explain
_MOST_OPERATIONS = 2**38  # multiplications behind the map of one film
_MOST_RESULTS = 200
_MOST_RESULT_TEXT = 400


@dataclass(frozen=True, slots=True)
class Description:
    """What a bundle's maker says about it.

    Attributes:
        title: Name for people.
        version: Of this model, not of the program.
        task: For example "Pneumonia or normal on frontal chest films of children".
        intended_use: What it may and may not be used for.
        data_source: Whose films it was trained and tested on.
        classes: K names.
        positive: Index of the class whose presence is the finding; None for a plain choice.
        input: What it reads.
        influence: How Influence is measured.
        threshold: Measured operating point.
        results: Pairs (what was measured, value in words), shown as they stand.
        training: Anything JSON can hold that is needed to train it again.
        trust: What it takes to doubt an answer; None in bundles that have no such part.
        population: What of a header is held against a film; None where the maker did not say.
        tests: What was measured on test films, as numbers, the chief test first.
        by_row: What makes the answer by row true; None leaves it as the head gives it.
        class_means: Whether the weights file holds the mean film of each class.
        objective: What it was trained for.
    """

    title: str
    version: str
    task: str
    intended_use: str
    data_source: str
    classes: tuple[str, ...]
    positive: int | None
    input: InputFormat
    influence: InfluenceMethod = "integrated-gradients"
    threshold: Threshold | None = None
    results: Results = ()
    training: Mapping[str, Any] = field(default_factory=dict)
    trust: TrustConfig | None = None
    population: Population | None = None
    tests: tuple[FilmTest, ...] = ()
    by_row: PrefixCalibration | None = None
    class_means: bool = False
    objective: Objective = field(default_factory=Objective)


def list_models(folder: Path | None = None) -> tuple[ModelInfo, ...]:
    """Metadata of all usable bundles, in order of name; broken ones are left out.

    Where two bundles have one name, the first is meant; see `bundle_folders`.

    Args:
        folder: Where the bundles lie; by default those that come with the program, and those in
            the folder that the environment variable ROWSCOPE_MODELS names.
    """
    found = []
    for path in bundle_folders(folder):
        try:
            found.append(read_metadata(path))
        except BundleError:
            continue
    return tuple(found)


def read_metadata(model: str | Path) -> ModelInfo:
    """Metadata of one bundle.

    Args:
        model: A model's name, or the folder of a bundle.

    Raises:
        BundleError: No such model, or metadata that cannot be trusted; names file and key.
    """
    folder = find_bundle(model)
    description, config = read_description(folder)
    sha256 = hash_file(folder / WEIGHTS, most=4 * config.most_values + _SPARE_BYTES)
    return info_of(folder, description, config, sha256=sha256)


def info_of(
    folder: Path, description: Description, config: ArchitectureConfig, *, sha256: str
) -> ModelInfo:
    """What is known of a bundle.

    Args:
        folder: Absolute.
        description: Of its metadata.json.
        config: Of the same.
        sha256: Of the weights that are meant.
    """
    return ModelInfo(
        name=folder.name,
        title=description.title,
        version=description.version,
        path=folder,
        sha256=sha256,
        task=description.task,
        intended_use=description.intended_use,
        data_source=description.data_source,
        classes=description.classes,
        positive=description.positive,
        input=description.input,
        influence=description.influence,
        architecture=config.summary,
        layers=config.layers,
        directions=config.directions,
        hidden_size=config.hidden_size,
        steps=config.steps,
        threshold=description.threshold,
        results=description.results,
        limits=description.trust.limits if description.trust else None,
        admission=description.trust.admission if description.trust else None,
        population=description.population,
        tests=description.tests,
        objective=description.objective,
        midway=description.class_means and config.classes == 2 and description.objective.plain,
    )


def read_description(folder: Path) -> tuple[Description, ArchitectureConfig]:
    """What the maker says, and the architecture, from a bundle's folder.

    Raises:
        BundleError: Metadata that cannot be trusted; names file and key.
    """
    place = place_of(folder, METADATA)
    fields = Fields(load_json(folder / METADATA), place)
    fields.integer("format", _FORMAT, _FORMAT)
    config = read_architecture(fields.take("architecture"), f"{place}: “architecture”")
    layout = fields.table("network_data_format")
    inputs, outputs = layout.table("inputs"), layout.table("outputs")
    classes = outputs.texts("classes")
    if len(classes) != config.classes:
        outputs.wrong("classes", "{classes} names, as in the architecture", classes=config.classes)
    last, finding = len(classes) - 1, outputs.has("positive")
    positive = outputs.integer("positive", 0, last) if finding else outputs.take("positive")
    training = fields.take("training")
    if not isinstance(training, dict):
        fields.wrong("training", "a table")
    description = Description(
        title=fields.text("title", most=200),
        version=fields.text("version", most=50),
        task=fields.text("task", breaks=True),
        intended_use=fields.text("intended_use", breaks=True),
        data_source=fields.text("data_source", breaks=True),
        classes=classes,
        positive=positive,
        input=read_input(inputs, config),
        influence=_read_method(fields, config),
        threshold=read_threshold(fields),
        results=_read_results(fields),
        training=training,
        trust=read_trust(fields, config),
        population=read_population(fields),
        tests=read_tests(fields, place),
        by_row=read_prefixes(fields, config),
        class_means=_read_class_means(fields, config),
        objective=read_objective(fields),
    )
    for table in (outputs, layout, fields):
        table.finish()
    return description, config


def write_metadata(folder: Path, description: Description, config: ArchitectureConfig) -> None:
    """Write metadata.json into a bundle's folder, and read it back to be sure.

    Raises:
        BundleError: The description does not fit the architecture, or JSON cannot hold it.
    """
    threshold, trust = description.threshold, description.trust
    values = {
        "format": _FORMAT,
        "title": description.title,
        "version": description.version,
        "task": description.task,
        "intended_use": description.intended_use,
        "data_source": description.data_source,
        "network_data_format": {
            "inputs": write_input(description.input, config),
            "outputs": {"classes": description.classes, "positive": description.positive},
        },
        "architecture": config.to_dict(),
        "influence": description.influence,
        "threshold": threshold and threshold_to_dict(threshold),
        "eval_metrics": [list(map(as_json, pair)) for pair in description.results],
        "training": dict(description.training),
    }
    if description.population is not None:
        values["population"] = population_to_dict(description.population)
    if trust is not None:
        values["trust"] = trust_to_dict(trust)
    if description.tests:
        values["tests"] = tests_to_list(description.tests)
    if description.by_row is not None:
        values["by_row"] = prefixes_to_dict(description.by_row)
    if description.class_means:
        values["class_means"] = True
    if not description.objective.plain:
        values["objective"] = asdict(description.objective)
    text = json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    (folder / METADATA).write_text(text, encoding="utf-8")
    read_description(folder)


def replace_metadata(folder: Path, description: Description, config: ArchitectureConfig) -> None:
    """Change what a bundle says, whole or not at all; its weights stay as they are.

    Raises:
        BundleError: The description does not fit the architecture, or JSON cannot hold it.
    """
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".") as beside:
        write_metadata(Path(beside), description, config)  # reads it back
        Path(beside, METADATA).replace(folder / METADATA)


def _read_method(fields: Fields, config: ArchitectureConfig) -> InfluenceMethod:
    """Bundles from before there was a choice integrate gradients."""
    methods = get_args(InfluenceMethod)
    method = cast("InfluenceMethod", fields.choice("influence", methods, methods[0]))
    if method == "shapley" and isinstance(config, NetworkConfig):
        readings = _SHAPLEY_READINGS * max(config.steps - 1, 1)
        if config.cost.operations * readings > _MOST_OPERATIONS:
            fields.wrong("influence", "another method for a network as large as this one")
    return method


def _read_class_means(fields: Fields, config: ArchitectureConfig) -> bool:
    """Bundles from before there were any have none, and none may make a file a large one."""
    there = fields.truth("class_means", default=False)
    if there and config.classes * config.rows * config.columns > MOST_CLASS_MEANS:
        fields.wrong("class_means", "false for so many classes on so large a grid")
    return there


def _read_results(fields: Fields) -> Results:
    pairs = fields.items("eval_metrics")
    if len(pairs) > _MOST_RESULTS:
        fields.wrong(
            "eval_metrics", "a list of at most {most_results} pairs", most_results=_MOST_RESULTS
        )
    results = tuple(_read_result(fields, pair) for pair in pairs)
    for said in (said for pair in results for said in pair):
        if not (len(said) <= _MOST_RESULT_TEXT and is_visible(said)):
            fields.wrong("eval_metrics", "pairs of short texts of visible characters")
    return results


def _read_result(fields: Fields, pair: object) -> tuple[Sentence, Sentence]:
    try:
        what, value = map(from_json, pair if isinstance(pair, list) else ())
    except ValueError:
        fields.wrong("eval_metrics", "a list of pairs of texts")
    return what, value
