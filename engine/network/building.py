"""From a configuration to a network: the one place where names become classes."""

from collections.abc import Mapping
from importlib.metadata import EntryPoint
from typing import Any, TypeVar

from engine.errors import BundleError
from engine.metadata.options import read_options
from engine.metadata.parts import Kind, find_part
from engine.metadata.registered import ArchitectureConfig, RegisteredConfig
from engine.network.architecture import RowNetwork

_Part = TypeVar("_Part")


def build_network(config: ArchitectureConfig) -> RowNetwork:
    """A network of any registered architecture, with new weights from torch's random state.

    Raises:
        BundleError: A part that is not installed or cannot be loaded, or wrong options.
    """
    return load_part("architecture", config.name, RowNetwork).build(config)


def describe_network(
    name: str, rows: int, *, columns: int, classes: int, options: Mapping[str, Any]
) -> RegisteredConfig:
    """The configuration of a registered architecture for a grid M × W and K classes.

    Raises:
        BundleError: As `build_network`.
    """
    network = load_part("architecture", name, RowNetwork)
    known = read_options(network.Options, options, f"The options of “{name}”")
    return network.describe(rows, columns, classes=classes, options=known)


def load_part(kind: Kind, name: str, base: type[_Part]) -> type[_Part]:
    """The class that a name stands for.

    Args:
        kind: What it is.
        name: Of a registered class.
        base: What the class must derive from.

    Raises:
        BundleError: Nobody brings the name, or what they bring cannot be loaded or is no such
            class.
    """
    found = find_part(kind, name)
    part = _load(found, kind, name) if isinstance(found, EntryPoint) else found
    if not (isinstance(part, type) and issubclass(part, base)):
        raise BundleError(
            "The {kind} “{name}” is no {name_2}.",
            "bundle",
            kind=kind,
            name=name,
            name_2=base.__name__,
        )
    return part


def _load(entry: EntryPoint, kind: Kind, name: str) -> object:
    try:
        return entry.load()
    except Exception as error:  # whatever importing a package of other people may raise
        package = entry.dist.name if entry.dist else "Rowscope"
        raise BundleError(
            "The {kind} “{name}” of {package} cannot be loaded: {error}. Install it again.",
            "bundle",
            kind=kind,
            name=name,
            package=package,
            error=error,
        ) from error
