"""What a network is made of, as values: checked here, built in `engine.network`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import prod
from typing import Any, Protocol, cast, get_args

from engine.bundle.cost import Cost, cost_of
from engine.bundle.parts import read_part
from engine.bundle.strict import Fields, read_whole
from engine.errors import BundleError
from engine.types import Link

# ------------------------------------------------------- architecture of a row classifier
# Cells, stem layers and read-outs are named by text (see `engine.bundle.parts`); their options
# are plain values, which the named class reads when the network is built. All sizes follow from
# what stands here, so that a bundle can be listed without loading any of them.

_LARGEST_GRID = 4096
_CONVOLUTION = "convolution"
_MOST_STEM_LAYERS = 16


@dataclass(frozen=True, slots=True)
class StemLayer:
    """One layer before the recurrence; strides shrink the grid.

    Attributes:
        channels: Values per row and column that leave it.
        row_stride, column_stride: Rows and columns that become one.
        kind: Name of a registered stem layer; "convolution" is 3 × 3 with strides of 1 to 3.
        options: Of that kind.
    """

    channels: int
    row_stride: int = 1
    column_stride: int = 1
    kind: str = _CONVOLUTION
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; what a convolution has no use for is left out."""
        values = asdict(self)
        if self.kind == _CONVOLUTION:
            del values["kind"]
        return values if self.options else _without(values, "options")


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """Everything that decides the shape of a network.

    Attributes:
        rows, columns: Model grid, M × W. A film may be lower or higher than this reference.
        classes: K.
        cell: Name of a registered cell: "rnn" (Elman's, with tanh), "rnn-relu", "lstm", "gru" or
            one that a package brings.
        hidden_size: H.
        layers: S.
        bidirectional: Whether a second recurrence reads upwards (D = 2).
        band: Model rows (after the stem) per time step.
        stem: Layers before the recurrence; empty reads the rows themselves.
        readout: What the head looks at, by name: the "last" state, the "mean" of all, their
            weighted mean ("attention"), or what a package brings.
        dropout: Share of the states dropped after every recurrent layer while training.
        cell_options, readout_options: Of the cell and the read-out.
        link: How the K logits become probabilities: "softmax" of all, one of K classes, or
            "sigmoid" of each, K findings that may be there together.

    Raises:
        BundleError: The values do not fit together, or the network would cost too much.
    """

    rows: int
    columns: int
    classes: int
    cell: str = "gru"
    hidden_size: int = 128
    layers: int = 1
    bidirectional: bool = False
    band: int = 1
    stem: tuple[StemLayer, ...] = ()
    readout: str = "last"
    dropout: float = 0.0
    cell_options: Mapping[str, Any] = field(default_factory=dict, hash=False)
    readout_options: Mapping[str, Any] = field(default_factory=dict, hash=False)
    link: Link = "softmax"

    def __post_init__(self) -> None:
        if self.rows % self.rows_per_step:
            raise BundleError(
                "{rows} model rows cannot be divided by row strides {row_stride}"
                " and bands of {band}.",
                rows=self.rows,
                row_stride=self.row_stride,
                band=self.band,
            )
        self.cost.check()

    @property
    def most_values(self) -> int:
        """Numbers in the weights file: parameters, statistics and self-test."""
        return self.cost.values

    @property
    def cost(self) -> Cost:
        """What one film takes at most."""
        return cost_of(self)

    @property
    def row_stride(self) -> int:
        """Model rows per row that leaves the stem."""
        return prod(layer.row_stride for layer in self.stem)

    @property
    def rows_per_step(self) -> int:
        """Model rows that one time step reads; the height of every film is a multiple of it."""
        return self.row_stride * self.band

    @property
    def steps(self) -> int:
        """L, time steps of a film of `rows` model rows."""
        return self.rows // self.rows_per_step

    @property
    def stem_columns(self) -> int:
        """Columns that leave the stem."""
        columns = self.columns
        for layer in self.stem:
            columns = -(-columns // layer.column_stride)
        return columns

    @property
    def input_size(self) -> int:
        """I, values per time step."""
        channels = self.stem[-1].channels if self.stem else 1
        return channels * self.band * self.stem_columns

    @property
    def directions(self) -> int:
        """D."""
        return 2 if self.bidirectional else 1

    @property
    def name(self) -> str:
        """Of the registered architecture that is built from this."""
        return "row-classifier"

    @property
    def summary(self) -> str:
        """For people, for example "GRU 1 × 128, mean"."""
        both = ", both directions" if self.bidirectional else ""
        kinds = {layer.kind for layer in self.stem}
        count, kind = len(self.stem), _CONVOLUTION if kinds == {_CONVOLUTION} else "stem layer"
        stem = f"{count} {kind}{'s' * (count > 1)}, " if count else ""
        cells = f"{self.cell.upper()} {self.layers} × {self.hidden_size}"
        return f"{stem}{cells}{both}, {self.readout}"

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `from_dict` reads them back."""
        values = asdict(self) | {"stem": [layer.to_dict() for layer in self.stem]}
        empty = [key for key in ("cell_options", "readout_options") if not values[key]]
        return _without(values, *empty, *(["link"] if self.link == "softmax" else []))

    @classmethod
    def from_dict(cls, values: object, place: str = "The architecture") -> "NetworkConfig":
        """Read plain values strictly; keys with a default may be left out.

        Raises:
            BundleError: An unknown key, a missing one, or a value of the wrong type or range.
        """
        fields = Fields(values, place)
        layers = fields.items("stem", default=())
        if len(layers) > _MOST_STEM_LAYERS:
            fields.wrong(
                "stem",
                "a list of at most {most_stem_layers} layers",
                most_stem_layers=_MOST_STEM_LAYERS,
            )
        stem = tuple(
            read_whole(layer, f"{place}: stem layer {number}", _stem_layer)
            for number, layer in enumerate(layers, 1)
        )
        config = _named(
            place,
            rows=fields.integer("rows", 1, _LARGEST_GRID),
            columns=fields.integer("columns", 1, _LARGEST_GRID),
            classes=fields.integer("classes", 2, 1000),
            cell=read_part(fields, "cell", "cell", default="gru"),
            hidden_size=fields.integer("hidden_size", 1, 4096, default=128),
            layers=fields.integer("layers", 1, 16, default=1),
            bidirectional=fields.truth("bidirectional", default=False),
            band=fields.integer("band", 1, _LARGEST_GRID, default=1),
            stem=stem,
            readout=read_part(fields, "readout", "readout", default="last"),
            dropout=fields.number("dropout", 0, 0.95, default=0.0),
            cell_options=fields.mapping("cell_options"),
            readout_options=fields.mapping("readout_options"),
            link=_read_link(fields),
        )
        fields.finish()
        return config


def _read_link(fields: Fields) -> Link:
    return cast("Link", fields.choice("link", get_args(Link), "softmax"))


def _named(place: str, **values: Any) -> NetworkConfig:  # noqa: ANN401 - of any field
    """A configuration; what does not fit together is said with the place."""
    try:
        return NetworkConfig(**values)
    except BundleError as error:
        raise BundleError("{place}: {error}", place=place, error=error) from error


def _stem_layer(fields: Fields) -> StemLayer:
    kind = read_part(fields, "kind", "stem", default=_CONVOLUTION)
    most = 3 if kind == _CONVOLUTION else _LARGEST_GRID
    return StemLayer(
        channels=fields.integer("channels", 1, 512),
        row_stride=fields.integer("row_stride", 1, most, default=1),
        column_stride=fields.integer("column_stride", 1, most, default=1),
        kind=kind,
        options=fields.mapping("options"),
    )


def _without(values: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in keys}


# -------------------------------------------------------- architectures of other packages
# Whole architectures: what every one of them says of itself, and those that packages bring.

_LARGEST = 4096
_LONGEST_SUMMARY = 200
_MOST_VALUES = 2**26  # 256 MiB


class ArchitectureConfig(Protocol):
    """What bundles, maps, training and the viewer ask of a network's configuration.

    Attributes:
        name: Of the registered architecture that is built from it.
        rows, columns: Model grid, M × W; the reference height, a film may be lower or higher.
        classes: K.
        layers, directions, hidden_size: S, D, H of its trace.
        row_stride, band: Model rows per time step are `row_stride` × `band` = `rows_per_step`.
        steps: L of a film of `rows` model rows.
        summary: For people, for example "GRU 1 × 128, mean".
        most_values: Numbers that the weights file of such a network holds at most.
        link: How its K logits become probabilities.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - as above, like all that follow
    @property
    def rows(self) -> int: ...  # noqa: D102
    @property
    def columns(self) -> int: ...  # noqa: D102
    @property
    def classes(self) -> int: ...  # noqa: D102
    @property
    def layers(self) -> int: ...  # noqa: D102
    @property
    def directions(self) -> int: ...  # noqa: D102
    @property
    def hidden_size(self) -> int: ...  # noqa: D102
    @property
    def row_stride(self) -> int: ...  # noqa: D102
    @property
    def band(self) -> int: ...  # noqa: D102
    @property
    def rows_per_step(self) -> int: ...  # noqa: D102
    @property
    def steps(self) -> int: ...  # noqa: D102
    @property
    def summary(self) -> str: ...  # noqa: D102
    @property
    def most_values(self) -> int: ...  # noqa: D102
    @property
    def link(self) -> Link: ...  # noqa: D102
    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `read_architecture` reads them back."""
        ...


@dataclass(frozen=True, slots=True)
class RegisteredConfig:
    """A whole architecture that a package brings: its name, its sizes, its options.

    The class of that name says the sizes (`RowNetwork.describe`); they stand in a bundle so that
    it can be listed without loading the package, and must be the same when it is loaded.

    Attributes:
        name: Of the registered architecture.
        rows, columns: Model grid, M × W.
        classes: K.
        layers, directions, hidden_size: S, D, H of its trace.
        summary: For people.
        rows_per_step: Model rows that one time step reads.
        options: Plain values, which the class reads into its own dataclass.
        link: How its K logits become probabilities.

    Raises:
        BundleError: The rows cannot be divided into steps.
    """

    name: str
    rows: int
    columns: int
    classes: int
    layers: int
    directions: int
    hidden_size: int
    summary: str
    rows_per_step: int = 1
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)
    link: Link = "softmax"

    def __post_init__(self) -> None:
        if self.rows % self.rows_per_step:
            raise BundleError(
                "{rows} model rows cannot be read {rows_per_step} at a time.",
                rows=self.rows,
                rows_per_step=self.rows_per_step,
            )

    @property
    def row_stride(self) -> int:
        """The same as `rows_per_step`."""
        return self.rows_per_step

    @property
    def band(self) -> int:
        """1."""
        return 1

    @property
    def steps(self) -> int:
        """L, time steps of a film of `rows` model rows."""
        return self.rows // self.rows_per_step

    @property
    def most_values(self) -> int:
        """The same for all: what it really holds, only its class can say."""
        return _MOST_VALUES

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `from_dict` reads them back."""
        return _without(asdict(self), *(["link"] if self.link == "softmax" else []))

    @classmethod
    def from_dict(cls, values: object, place: str = "The architecture") -> "RegisteredConfig":
        """Read plain values strictly.

        Raises:
            BundleError: A name that no package here brings, an unknown key, a missing one, or a
                value of the wrong type or range.
        """
        return read_whole(
            values,
            place,
            lambda fields: cls(
                name=read_part(fields, "name", "architecture"),
                rows=fields.integer("rows", 1, _LARGEST),
                columns=fields.integer("columns", 1, _LARGEST),
                classes=fields.integer("classes", 2, 1000),
                layers=fields.integer("layers", 1, 16),
                directions=fields.integer("directions", 1, 2),
                hidden_size=fields.integer("hidden_size", 1, _LARGEST),
                summary=fields.text("summary")[:_LONGEST_SUMMARY],
                rows_per_step=fields.integer("rows_per_step", 1, _LARGEST, default=1),
                options=fields.mapping("options"),
                link=_read_link(fields),
            ),
        )


def read_architecture(values: object, place: str = "The architecture") -> ArchitectureConfig:
    """The architecture in a bundle: the row classifier, or by its name what a package brings.

    Raises:
        BundleError: An unknown key, a missing one, or a value of the wrong type or range.
    """
    if isinstance(values, Mapping) and "name" in values:
        return RegisteredConfig.from_dict(values, place)
    return NetworkConfig.from_dict(values, place)
