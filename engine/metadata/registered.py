"""Whole architectures: what every one of them says of itself, and those that packages bring."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from engine.errors import BundleError
from engine.metadata.architecture import NetworkConfig
from engine.metadata.fields import Fields
from engine.metadata.parts import read_part

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

    def __post_init__(self) -> None:
        if self.rows % self.rows_per_step:
            raise BundleError(
                "{rows} model rows cannot be read {rows_per_step} at a time.",
                "bundle",
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
        return asdict(self)

    @classmethod
    def from_dict(cls, values: object, place: str = "The architecture") -> "RegisteredConfig":
        """Read plain values strictly.

        Raises:
            BundleError: A name that no package here brings, an unknown key, a missing one, or a
                value of the wrong type or range.
        """
        fields = Fields(values, place)
        config = cls(
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
        )
        fields.finish()
        return config


def read_architecture(values: object, place: str = "The architecture") -> ArchitectureConfig:
    """The architecture in a bundle: the row classifier, or by its name what a package brings.

    Raises:
        BundleError: An unknown key, a missing one, or a value of the wrong type or range.
    """
    if isinstance(values, Mapping) and "name" in values:
        return RegisteredConfig.from_dict(values, place)
    return NetworkConfig.from_dict(values, place)
