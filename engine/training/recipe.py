"""A recipe: everything that makes a model, read from one TOML file into frozen values."""

import tomllib
import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import torch

from engine.errors import BundleError, DataError
from engine.metadata import ArchitectureConfig, NetworkConfig, StemLayer
from engine.metadata.parts import Kind, part_names
from engine.metadata.registered import read_architecture
from engine.network import build_network, describe_network
from engine.training.augment import Augmentation
from engine.training.trust_plan import TrustPlan
from engine.types import InfluenceMethod, InputFormat


@dataclass(frozen=True, slots=True)
class Network:
    """The row classifier without its grid and classes; see `engine.network.NetworkConfig`."""

    cell: str
    hidden_size: int
    layers: int = 1
    bidirectional: bool = False
    band: int = 1
    readout: str = "mean"
    dropout: float = 0.0
    stem: tuple[StemLayer, ...] = ()
    cell_options: Mapping[str, Any] = field(default_factory=dict)
    readout_options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OtherNetwork:
    """A whole architecture that a package brings, by its registered name."""

    architecture: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Data:
    """Where the films come from and how they are divided.

    Attributes:
        folders: Folder name of each class, in the order of `Recipe.classes`.
        patient: Regular expression searched in the file name; its first group that matched is
            the patient. Empty: every film is a patient of its own.
        validation: Share of the training films held out by patient; 0 keeps a `val` folder.
        test: Share held out for the test where the data have no `test` folder.
    """

    source: str
    licence: str
    folders: tuple[str, ...] = ()
    patient: str = ""
    validation: float = 0.0
    test: float = 0.0


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the weights are found.

    Attributes:
        optimiser: "adam" (Kingma 2015) or "adamw" (Loshchilov 2019).
        decay: "cosine" lowers the learning rate to zero over all epochs, "none" keeps it.
        clip: Largest norm of the gradient; 0 does not clip.
        averaging: Decay per step of the averaged weights that are kept; 0 keeps the last ones.
        class_weights: Whether rare classes weigh more, in inverse proportion to their films.
    """

    epochs: int
    batch_size: int
    learning_rate: float = 1e-3
    optimiser: Literal["adam", "adamw"] = "adam"
    weight_decay: float = 0.0
    decay: Literal["none", "cosine"] = "none"
    clip: float = 0.0
    averaging: float = 0.0
    class_weights: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Measures:
    """What is measured when the training ends.

    Attributes:
        calibrate: Whether the head's scale and offset are set on the validation films.
        sensitivity: The threshold is the highest that reaches this sensitivity on the
            validation films; 0 takes Youden's index instead.
        influence: How the bundle measures Influence, see `engine.attribution.influence`.
        statistics_films: Training films behind the hidden-state statistics.
        influence_films: Films whose Influence gives the colour scale.
        deletion_films: Validation films for deletion and weight randomisation.
    """

    calibrate: bool = False
    sensitivity: float = 0.0
    influence: InfluenceMethod = "integrated-gradients"
    statistics_films: int = 2000
    influence_films: int = 256
    deletion_films: int = 100


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that makes a model."""

    name: str
    title: str
    version: str
    task: str
    intended_use: str
    population: str
    classes: tuple[str, ...]
    input: InputFormat
    network: Network | OtherNetwork
    data: Data
    training: Schedule
    positive: int | None = None
    augmentation: Augmentation = field(default_factory=Augmentation)
    measure: Measures = field(default_factory=Measures)
    trust: TrustPlan | None = None
    limits: tuple[str, ...] = ()

    @property
    def config(self) -> ArchitectureConfig:
        """The network on the grid and for the classes of this recipe.

        Raises:
            BundleError: A part that nobody brings, wrong options, or rows that do not divide.
        """
        net, rows, columns = self.network, self.input.rows, self.input.columns
        if isinstance(net, OtherNetwork):
            return describe_network(
                net.architecture,
                rows,
                columns=columns,
                classes=len(self.classes),
                options=net.options,
            )
        given = {one.name: getattr(net, one.name) for one in fields(net)}
        return NetworkConfig(rows, columns, len(self.classes), **given)


def read_recipe(path: Path) -> Recipe:
    """Read a TOML file.

    Raises:
        DataError: The file is missing or not TOML, or a key is unknown, missing or of the wrong
            type; the message names the key, such as `training.epochs`.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path.name} cannot be read: {error.strerror}.", "data") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name} is not a TOML file: {error}.", "data") from error
    return recipe_of(table, path.name)


def recipe_of(values: object, place: str) -> Recipe:
    """The recipe of a table of plain values, for example that of a bundle's metadata.

    Args:
        values: Keys of a recipe; null counts as left out.
        place: What sentences call it.

    Raises:
        DataError: A key is unknown, missing or of the wrong type.
    """
    try:
        recipe: Recipe = _value(_without_nulls(values), Recipe, "")
        _check(recipe)
        _check_network(recipe)
        return _in_steps(recipe)
    except (ValueError, BundleError) as error:
        raise DataError(f"{place}: {str(error).rstrip('.')}.", "data") from error


def _in_steps(recipe: Recipe) -> Recipe:
    """The recipe with the multiple of rows that its network reads, which need not be given."""
    step = recipe.config.rows_per_step
    if recipe.input.rows_multiple not in {1, step}:
        raise ValueError(f"`input.rows_multiple` must be {step}, as the network reads them")
    return replace(recipe, input=replace(recipe.input, rows_multiple=step))


def _without_nulls(values: object) -> object:
    if isinstance(values, Mapping):
        return {key: _without_nulls(one) for key, one in values.items() if one is not None}
    if isinstance(values, list | tuple):
        return [_without_nulls(one) for one in values]
    return values


def _check(recipe: Recipe) -> None:
    """Refuse what has the right type and still makes no sense."""
    if len(recipe.classes) < 2:
        raise ValueError("`classes` must name two classes or more")
    if recipe.positive is not None and not 0 <= recipe.positive < len(recipe.classes):
        raise ValueError("`positive` must be the index of one of `classes`")
    if recipe.data.folders and len(recipe.data.folders) != len(recipe.classes):
        raise ValueError("`data.folders` must name one folder for each of `classes`")
    for key, count in (
        ("training.epochs", recipe.training.epochs),
        ("training.batch_size", recipe.training.batch_size),
        ("input.rows", recipe.input.rows),
        ("input.columns", recipe.input.columns),
    ):
        if count < 1:
            raise ValueError(f"`{key}` must be 1 or more")
    for key, share in (
        ("data.validation", recipe.data.validation),
        ("data.test", recipe.data.test),
        ("training.averaging", recipe.training.averaging),
        ("measure.sensitivity", recipe.measure.sensitivity),
        *(recipe.trust.shares if recipe.trust else ()),
    ):
        if not 0 <= share < 1:
            raise ValueError(f"`{key}` must be from 0 to below 1")


def _check_network(recipe: Recipe) -> None:
    """Refuse now what could not be built, or what a bundle would refuse after the training."""
    if isinstance(recipe.network, Network):
        names: list[tuple[str, Kind, str]] = [
            ("cell", "cell", recipe.network.cell),
            ("readout", "readout", recipe.network.readout),
        ]
        for key, kind, name in names:
            if name not in (known := part_names(kind)):
                raise ValueError(f"`network.{key}` must be one of {', '.join(known)}")
    read_architecture(recipe.config.to_dict(), "`network`")
    with torch.device("meta"):
        build_network(recipe.config)


def _value(value: object, kind: Any, key: str) -> Any:  # noqa: ANN401 - any field type
    """Return the TOML value as the type of a field; `key` is its dotted name for messages."""
    if is_dataclass(kind):
        return _table(value, kind, key)
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            raise ValueError(f"`{key}` must be one of {', '.join(get_args(kind))}")
        return value
    if get_origin(kind) in {Union, types.UnionType}:
        other = isinstance(value, Mapping) and "architecture" in value
        return _value(value, get_args(kind)[other], key)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ValueError(f"`{key}` must be a list")
        return tuple(_value(one, get_args(kind)[0], f"{key}[{i}]") for i, one in enumerate(value))
    return _plain(value, kind, key)


def _plain(value: object, kind: Any, key: str) -> Any:  # noqa: ANN401 - any field type
    """Return a TOML value that is nothing but itself, or a table of options."""
    if get_origin(kind) is Mapping:
        kind = dict
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise ValueError(f"`{key}` must be of type {kind.__name__}")
    return value


def _table(value: object, kind: Any, key: str) -> Any:  # noqa: ANN401 - any dataclass
    """Return a TOML table as a dataclass, with every key accounted for."""
    if not isinstance(value, Mapping):
        raise ValueError(f"`{key}` must be a table")  # noqa: TRY004 - one type for all of them
    hints = get_type_hints(kind)
    prefix = f"{key}." if key else ""
    if unknown := sorted(set(value) - set(hints)):
        raise ValueError(f"`{prefix}{unknown[0]}` is not a key of a recipe")
    for one in fields(kind):
        required = one.default is MISSING and one.default_factory is MISSING
        if required and one.name not in value:
            raise ValueError(f"`{prefix}{one.name}` is missing")
    return kind(**{name: _value(value[name], hints[name], prefix + name) for name in value})
