"""What a bundle's metadata says about trust: shapes, limits and names; read strictly.

The numbers behind it (weights, calibration films, quantiles) are tensors of the weights file.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal, cast

from engine.bundle.config import ArchitectureConfig, NetworkConfig
from engine.bundle.strict import Fields
from engine.types import Admission, FilmLimits

ForecastCell = Literal["gru", "lstm"]

_CELLS = ("gru", "lstm")
_MOST_FILMS = 2**14
_MOST_QUANTILES = 4096
_SURPRISE = 1e6  # nats per pixel; anything near it is a broken file


@dataclass(frozen=True, slots=True)
class ForecastConfig:
    """The network that expects the next row; its grid is the model's.

    Attributes:
        rows, columns: Model grid, M × W.
        hidden_size: H.
        quantiles: Entries of each table of surprise, evenly spaced from 0 to 100 %.
        limit: Surprise of a film in nats per pixel above which the model abstains.
        rows_per_step: Rows that are averaged before they are read; divides M.
    """

    rows: int
    columns: int
    cell: ForecastCell = "gru"
    hidden_size: int = 128
    quantiles: int = 201
    limit: float = 0.0
    rows_per_step: int = 1


@dataclass(frozen=True, slots=True)
class GuardConfig:
    """The network that tells films as trained on from films turned, inverted or made up.

    Attributes:
        network: Same grid as the model; its first class is the film as trained on.
        classes: One name per class, see `engine.trust.admission`.
        threshold: Least probability that a film is wrong at which the model abstains.
    """

    network: NetworkConfig
    classes: tuple[str, ...]
    threshold: float


@dataclass(frozen=True, slots=True)
class TrustConfig:
    """Everything about trust that metadata.json holds.

    Attributes:
        films: Validation films kept for interval and set, n.
        level: Aimed coverage of the prediction set.
        balanced: Whether intervals are for films of which half show the class.
        limits: What a film's header and pixels must keep to.
        forecast, guard, admission check: None where the bundle has none.
    """

    films: int
    level: float
    balanced: bool
    limits: FilmLimits
    forecast: ForecastConfig | None = None
    guard: GuardConfig | None = None
    admission: Admission | None = None


def trust_to_dict(trust: TrustConfig) -> dict[str, Any]:
    """Plain values for JSON; `read_trust` reads them back."""
    values = asdict(trust)
    if trust.forecast is not None:
        del values["forecast"]["rows"], values["forecast"]["columns"]
    if trust.guard is not None:
        values["guard"]["network"] = trust.guard.network.to_dict()
    return values


def read_trust(fields: Fields, config: ArchitectureConfig) -> TrustConfig | None:
    """The table “trust” of metadata.json; None where it is absent or null.

    Raises:
        BundleError: A key that is unknown, missing or of the wrong type or range.
    """
    return fields.optional(
        "trust",
        lambda table: TrustConfig(
            films=table.integer("films", 1, _MOST_FILMS),
            level=table.number("level", 0.5, 1),
            balanced=table.truth("balanced"),
            limits=table.part("limits", _read_limits),
            forecast=table.optional("forecast", lambda part: _read_forecast(part, config)),
            guard=table.optional("guard", lambda part: _read_guard(part, config)),
            admission=table.optional("admission", _read_admission),
        ),
    )


def _read_limits(table: Fields) -> FilmLimits:
    return FilmLimits(
        narrowest=table.number("narrowest", 0, 1000),
        widest=table.number("widest", 0, 1000),
        levels=table.integer("levels", 0, 2**16),
        clipped=table.number("clipped", 0, 1),
        upright=table.truth("upright"),
    )


def _read_forecast(table: Fields, config: ArchitectureConfig) -> ForecastConfig:
    together = table.integer("rows_per_step", 1, config.rows, default=1)
    if config.rows % together:
        table.wrong("rows_per_step", "a divisor of {rows}", rows=config.rows)
    return ForecastConfig(
        rows=config.rows,
        columns=config.columns,
        cell=cast("ForecastCell", table.choice("cell", _CELLS)),
        hidden_size=table.integer("hidden_size", 1, 4096),
        quantiles=table.integer("quantiles", 2, _MOST_QUANTILES),
        limit=table.number("limit", -_SURPRISE, _SURPRISE),
        rows_per_step=together,
    )


def _read_guard(table: Fields, config: ArchitectureConfig) -> GuardConfig:
    network = NetworkConfig.from_dict(table.take("network"), "The guard's architecture")
    if (network.rows, network.columns) != (config.rows, config.columns):
        table.wrong(
            "network",
            "of the model's grid, {rows} × {columns}",
            rows=config.rows,
            columns=config.columns,
        )
    guard = GuardConfig(network, table.texts("classes"), table.number("threshold", 0, 1))
    if len(guard.classes) != network.classes:
        table.wrong("classes", "{classes} names, as in its architecture", classes=network.classes)
    return guard


def _read_admission(table: Fields) -> Admission:
    return Admission(
        table.text("model", most=200), table.texts("accepts"), table.number("least", 0, 1)
    )
