"""What a row classifier is made of, as a value: checked here, built in `engine.network`."""

from dataclasses import asdict, dataclass
from math import prod
from typing import Any, Literal, cast

from engine.errors import BundleError
from engine.metadata.fields import Fields

Cell = Literal["rnn", "rnn-relu", "lstm", "gru"]
Readout = Literal["last", "mean", "attention"]

_CELLS = ("rnn", "rnn-relu", "lstm", "gru")
_READOUTS = ("last", "mean", "attention")
_LARGEST_GRID = 4096


@dataclass(frozen=True, slots=True)
class StemLayer:
    """One 3 × 3 convolution before the recurrence; strides shrink the grid."""

    channels: int
    row_stride: int = 1
    column_stride: int = 1


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """Everything that decides the shape of a network.

    Attributes:
        rows, columns: Model grid, M × W. A film may be lower or higher than this reference.
        classes: K.
        cell: The recurrence; "rnn" is Elman's with tanh, "rnn-relu" the same with a rectifier.
        hidden_size: H.
        layers: S.
        bidirectional: Whether a second recurrence reads upwards (D = 2).
        band: Model rows (after the stem) per time step.
        stem: Convolutions before the recurrence; empty reads the rows themselves.
        readout: What the head looks at: the last state, the mean of all, or their weighted mean.
        dropout: Share of the states dropped after every recurrent layer while training.

    Raises:
        BundleError: The values do not fit together.
    """

    rows: int
    columns: int
    classes: int
    cell: Cell = "gru"
    hidden_size: int = 128
    layers: int = 1
    bidirectional: bool = False
    band: int = 1
    stem: tuple[StemLayer, ...] = ()
    readout: Readout = "last"
    dropout: float = 0.0

    def __post_init__(self) -> None:
        if self.rows % self.rows_per_step:
            raise BundleError(
                f"{self.rows} model rows cannot be divided by row strides {self.row_stride}"
                f" and bands of {self.band}.",
                "bundle",
            )

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
    def summary(self) -> str:
        """For people, for example "GRU 1 × 128, mean"."""
        both = ", both directions" if self.bidirectional else ""
        count = len(self.stem)
        stem = f"{count} convolution{'s' * (count > 1)}, " if count else ""
        cells = f"{self.cell.upper()} {self.layers} × {self.hidden_size}"
        return f"{stem}{cells}{both}, {self.readout}"

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `from_dict` reads them back."""
        return asdict(self) | {"stem": [asdict(layer) for layer in self.stem]}

    @classmethod
    def from_dict(cls, values: object, place: str = "The architecture") -> "NetworkConfig":
        """Read plain values strictly; keys with a default may be left out.

        Raises:
            BundleError: An unknown key, a missing one, or a value of the wrong type or range.
        """
        fields = Fields(values, place)
        stem = tuple(
            _stem_layer(layer, f"{place}: stem layer {number}")
            for number, layer in enumerate(fields.items("stem", default=()), 1)
        )
        config = cls(
            rows=fields.integer("rows", 1, _LARGEST_GRID),
            columns=fields.integer("columns", 1, _LARGEST_GRID),
            classes=fields.integer("classes", 2, 1000),
            cell=cast("Cell", fields.choice("cell", _CELLS, "gru")),
            hidden_size=fields.integer("hidden_size", 1, 4096, default=128),
            layers=fields.integer("layers", 1, 16, default=1),
            bidirectional=fields.truth("bidirectional", default=False),
            band=fields.integer("band", 1, _LARGEST_GRID, default=1),
            stem=stem,
            readout=cast("Readout", fields.choice("readout", _READOUTS, "last")),
            dropout=fields.number("dropout", 0, 0.95, default=0.0),
        )
        fields.finish()
        return config


def _stem_layer(values: object, place: str) -> StemLayer:
    fields = Fields(values, place)
    layer = StemLayer(
        channels=fields.integer("channels", 1, 512),
        row_stride=fields.integer("row_stride", 1, 3, default=1),
        column_stride=fields.integer("column_stride", 1, 3, default=1),
    )
    fields.finish()
    return layer
