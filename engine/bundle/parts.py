"""The names of cells, stems, read-outs, architectures and tasks, and their options."""

import math
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from engine.bundle.strict import Fields
from engine.errors import BundleError

# ---------------------------------------------------------------------- register of parts
# Which cells, stem layers, read-outs and whole architectures there are: names only, no torch.
#
# A part is one class with a name. Those that come with the program stand in a table here, those
# of other packages in entry points of the group `rowscope.architectures`, both in the same words:
#
#     [project.entry-points."rowscope.architectures"]
#     "cell.mgu" = "rowscope_mgu:MinimalGatedUnit"
#
# `register` does the same for one process, for example a notebook. A bundle holds names and
# options, never a path to import: a name that nobody registered is refused.

Kind = Literal["cell", "stem", "readout", "architecture", "task"]
_Part = TypeVar("_Part", bound=type)
_Base = TypeVar("_Base")

GROUP = "rowscope.architectures"
_BUILT_IN = {
    "cell.rnn": "engine.network.cells:TanhRNN",
    "cell.rnn-relu": "engine.network.cells:ReluRNN",
    "cell.lstm": "engine.network.cells:LSTM",
    "cell.gru": "engine.network.cells:GRU",
    "stem.convolution": "engine.network.stems:Convolution",
    "readout.last": "engine.network.readouts:Last",
    "readout.mean": "engine.network.readouts:Mean",
    "readout.attention": "engine.network.readouts:Attention",
    "architecture.row-classifier": "engine.network.classifier:RowClassifier",
    "architecture.grid": "engine.network.grid:GridNetwork",
    "task.classification": "engine.tasks.classification:Classification",
    "task.localisation": "engine.tasks.localisation:Localisation",
    "task.multi-label": "engine.tasks.multi_label:MultiLabel",
    "task.segmentation": "engine.tasks.segmentation:Segmentation",
}
_registered: dict[str, type] = {}


def register(kind: Kind, name: str) -> Callable[[_Part], _Part]:
    """Make a class known in this process, as an entry point does in all of them.

    Args:
        kind: What it is.
        name: How configurations call it; no name that comes with the program.

    Raises:
        BundleError: The name is taken.
    """

    def remember(part: _Part) -> _Part:
        key = f"{kind}.{name}"
        if key in _BUILT_IN:
            raise BundleError("The {kind} “{name}” comes with the program.", kind=kind, name=name)
        _registered[key] = part
        return part

    return remember


def find_part(kind: Kind, name: str) -> type | EntryPoint:
    """What a name stands for: a registered class, or where it can be loaded from; imports nothing.

    Raises:
        BundleError: Nobody brings this name, or two packages do.
    """
    key = f"{kind}.{name}"
    if key in _BUILT_IN:  # first: no package may put itself in its place
        return EntryPoint(key, _BUILT_IN[key], GROUP)
    if key in _registered:
        return _registered[key]
    found = entry_points(group=GROUP, name=key)
    if len({entry.value for entry in found}) > 1:
        packages = ", ".join(sorted(entry.dist.name for entry in found if entry.dist))
        raise BundleError(
            "The {kind} “{name}” comes with two packages: {packages}.",
            kind=kind,
            name=name,
            packages=packages,
        )
    for entry in found:
        return entry
    raise BundleError(
        "There is no {kind} “{name}” here; install the package that brings it.",
        kind=kind,
        name=name[:40],
    )


def load_part(kind: Kind, name: str, base: type[_Base]) -> type[_Base]:
    """The class that a name stands for.

    Args:
        kind: What it is.
        name: Of a registered class.
        base: What the class must derive from.

    Raises:
        BundleError: Nobody brings the name, or what they bring cannot be loaded or is no such
            class; names the part and the package that brings it.
    """
    found = find_part(kind, name)
    part = _loaded(found, kind, name) if isinstance(found, EntryPoint) else found
    if not (isinstance(part, type) and issubclass(part, base)):
        raise BundleError(
            "The {kind} “{name}” is no {name_2}.", kind=kind, name=name, name_2=base.__name__
        )
    return part


def _loaded(entry: EntryPoint, kind: Kind, name: str) -> object:
    try:
        return entry.load()
    except Exception as error:  # whatever importing a package of other people may raise
        package = entry.dist.name if entry.dist else "Rowscope"
        raise BundleError(
            "The {kind} “{name}” of {package} cannot be loaded: {error}. Install it again.",
            kind=kind,
            name=name,
            package=package,
            error=error,
        ) from error


def part_names(kind: Kind) -> tuple[str, ...]:
    """Every name of a kind that can be used here, in order."""
    keys = {*_BUILT_IN, *_registered, *(entry.name for entry in entry_points(group=GROUP))}
    prefix = f"{kind}."
    return tuple(sorted(key.removeprefix(prefix) for key in keys if key.startswith(prefix)))


def read_part(fields: Fields, key: str, kind: Kind, *, default: str | None = None) -> str:
    """The name of a part under a key of JSON.

    Raises:
        BundleError: It is no text, or nobody brings it; names the key and what there is.
    """
    name = fields.text(key, default)
    if f"{kind}.{name}" not in _BUILT_IN and name not in part_names(kind):
        known = ", ".join(part_names(kind))
        fields.wrong(
            key, "one of {known}; no package here brings “{name}”", known=known, name=name[:40]
        )
    return name


# ---------------------------------------------------------------------- options of a part
# Options of a part: a frozen dataclass with defaults, read from JSON as strictly as the rest.

_Options = TypeVar("_Options")
_WORDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


@dataclass(frozen=True, slots=True)
class NoOptions:
    """For a part that has nothing to choose."""


NO_OPTIONS = NoOptions()


def read_options(kind: type[_Options], values: object, place: str) -> _Options:
    """The options as their dataclass.

    A field's type may be bool, int, float, str, a Literal, such a dataclass, or a tuple[…, ...] of
    one of these. A dataclass may refuse what makes no sense by raising ValueError.

    Args:
        kind: The dataclass.
        values: Plain values of JSON or TOML.
        place: For messages.

    Raises:
        BundleError: An unknown key, a missing one, or a value of the wrong type; names the key.
    """
    given, hints = Fields(values, place), get_type_hints(kind)
    found = {}
    for option in fields(kind):  # type: ignore[arg-type]
        required = option.default is MISSING and option.default_factory is MISSING
        if required or given.has(option.name):
            value = given.take(option.name)
            found[option.name] = _read(value, hints[option.name], f"{place}: “{option.name}”")
    given.finish()
    try:
        return kind(**found)
    except ValueError as error:
        raise BundleError("{place}: {error}.", place=place, error=error) from error


def _read(value: Any, kind: Any, place: str) -> Any:  # noqa: ANN401 - JSON, as a field's type
    if is_dataclass(kind):
        return read_options(kind, value, place)  # type: ignore[arg-type]
    if get_origin(kind) is Literal:
        if type(value) is str and value in get_args(kind):
            return value
        raise _wrong(place, "one of " + ", ".join(map(str, get_args(kind))))
    if get_origin(kind) is tuple:
        if not isinstance(value, list | tuple):
            raise _wrong(place, "a list")
        return tuple(_read(one, get_args(kind)[0], place) for one in value)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind or (kind is float and not math.isfinite(value)):
        raise _wrong(place, _WORDS[kind])
    return value


def _wrong(place: str, expected: str) -> BundleError:
    return BundleError("{place} must be {expected}.", place=place, expected=expected)
