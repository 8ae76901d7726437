"""Which cells, stem layers, read-outs and whole architectures there are: names only, no torch.

A part is one class with a name. Those that come with the program stand in a table here, those of
other packages in entry points of the group `rowscope.architectures`, both in the same words:

    [project.entry-points."rowscope.architectures"]
    "cell.mgu" = "rowscope_mgu:MinimalGatedUnit"

`register` does the same for one process, for example a notebook. A bundle holds names and options,
never a path to import: a name that nobody registered is refused.
"""

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import Literal, TypeVar

from engine.errors import BundleError
from engine.metadata.fields import Fields

Kind = Literal["cell", "stem", "readout", "architecture"]
_Part = TypeVar("_Part", bound=type)

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
            raise BundleError(
                "The {kind} “{name}” comes with the program.", "bundle", kind=kind, name=name
            )
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
            "bundle",
            kind=kind,
            name=name,
            packages=packages,
        )
    for entry in found:
        return entry
    raise BundleError(
        "There is no {kind} “{name}” here; install the package that brings it.",
        "bundle",
        kind=kind,
        name=name[:40],
    )


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
