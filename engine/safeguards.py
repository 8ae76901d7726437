"""What a bundle holds besides its network so that an answer can be doubted.

Tensors of the weights file, all beside "network.…" and "statistics.…":

    calibration.scores (n, K), calibration.labels (n,)
    forecast.network.…, forecast.film (Q,), forecast.rows (M, Q)
    guard.…
    selftest.p_values (K,), selftest.surprise (M,), selftest.guard (G,)

They are believed under the same conditions as the rest of the file. They stay on the CPU.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from engine.calibration import CalibrationFilms, p_values
from engine.errors import BundleError
from engine.forecast import RowForecaster, SurpriseTables, surprise
from engine.metadata import ArchitectureConfig, TrustConfig
from engine.network import RowClassifier

_TOLERANCE = 1e-3  # of the self-test, between machines
_FORECAST, _GUARD = "forecast.network.", "guard."


@dataclass(frozen=True, slots=True, eq=False)
class Safeguards:
    """Calibration films, forecaster and guard of a model, in evaluation mode on the CPU.

    Attributes:
        config: What metadata.json says of them.
        calibration: Validation films, as this network answered them.
        forecaster, tables: None where the bundle expects no rows.
        guard: None where the bundle has none.
    """

    config: TrustConfig
    calibration: CalibrationFilms
    forecaster: RowForecaster | None = None
    tables: SurpriseTables | None = None
    guard: RowClassifier | None = None


def expected_tensors(config: ArchitectureConfig, trust: TrustConfig | None) -> dict[str, Tensor]:
    """Names, shapes and types that belong in the weights file; call it on the meta device."""
    if trust is None:
        return {}
    expected = {
        "calibration.scores": torch.empty(trust.films, config.classes),
        "calibration.labels": torch.empty(trust.films, dtype=torch.int64),
        "selftest.p_values": torch.empty(config.classes),
    }
    if (forecast := trust.forecast) is not None:
        expected |= _named(_FORECAST, RowForecaster(forecast)) | {
            "forecast.film": torch.empty(forecast.quantiles),
            "forecast.rows": torch.empty(config.rows, forecast.quantiles),
            "selftest.surprise": torch.empty(config.rows),
        }
    if trust.guard is not None:
        expected |= _named(_GUARD, RowClassifier(trust.guard.network))
        expected["selftest.guard"] = torch.empty(trust.guard.network.classes)
    return expected


def safeguard_tensors(safeguards: Safeguards | None) -> dict[str, Tensor]:
    """What belongs in the weights file, but for the self-test."""
    if safeguards is None:
        return {}
    films, tables = safeguards.calibration, safeguards.tables
    tensors = {
        "calibration.scores": _tensor(films.scores, np.float32),
        "calibration.labels": _tensor(films.labels, np.int64),
    }
    if safeguards.forecaster is not None and tables is not None:
        tensors |= _named(_FORECAST, safeguards.forecaster) | {
            "forecast.film": _tensor(tables.film, np.float32),
            "forecast.rows": _tensor(tables.rows, np.float32),
        }
    if safeguards.guard is not None:
        tensors |= _named(_GUARD, safeguards.guard)
    return tensors


def build_safeguards(trust: TrustConfig | None, tensors: dict[str, Tensor]) -> Safeguards | None:
    """The safeguards of a file that holds the expected tensors; None if there are none."""
    if trust is None:
        return None
    films = CalibrationFilms(
        tensors["calibration.scores"].numpy(), tensors["calibration.labels"].numpy()
    )
    forecaster = tables = guard = None
    with torch.device("meta"):  # draws no random numbers and fills no memory
        if trust.forecast is not None:
            forecaster = RowForecaster(trust.forecast)
        if trust.guard is not None:
            guard = RowClassifier(trust.guard.network)
    if forecaster is not None:
        _fill(forecaster, tensors, _FORECAST)
        film, rows = tensors["forecast.film"], tensors["forecast.rows"]
        tables = SurpriseTables(film.numpy(), rows.numpy())
    if guard is not None:
        _fill(guard, tensors, _GUARD)
    return Safeguards(trust, films, forecaster, tables, guard)


def answers(safeguards: Safeguards | None, rows: Tensor, logits: Tensor) -> dict[str, Tensor]:
    """What the safeguards say of the film of the self-test.

    Args:
        safeguards: None says nothing.
        rows: (1, M, W).
        logits: (K,) of the network.
    """
    if safeguards is None:
        return {}
    usual = p_values(safeguards.calibration, logits.numpy())
    said = {"selftest.p_values": _tensor(usual, np.float32)}
    with torch.no_grad():
        if safeguards.forecaster is not None:
            said["selftest.surprise"] = surprise(safeguards.forecaster, rows)[0]
        if safeguards.guard is not None:
            said["selftest.guard"] = safeguards.guard(rows)[0]
    return said


def check_safeguards(
    safeguards: Safeguards | None, tensors: dict[str, Tensor], *, place: str
) -> None:
    """Hold the safeguards against what they said when they were saved.

    Args:
        safeguards: As built from the tensors.
        tensors: Of the whole file.
        place: Name of the file, for messages.

    Raises:
        BundleError: Labels that are no classes, tables that fall, another answer than stored.
    """
    if safeguards is None:
        return
    films, tables = safeguards.calibration, safeguards.tables
    if films.labels.min() < 0 or films.labels.max() >= films.scores.shape[1]:
        raise BundleError(
            "{place}: “calibration.labels” names an unknown class.", "bundle", place=place
        )
    if tables is not None and min(np.diff(tables.film).min(), np.diff(tables.rows).min()) < 0:
        raise BundleError(
            "{place}: the quantiles of surprise are not in order.", "bundle", place=place
        )
    said = answers(safeguards, tensors["selftest.rows"], tensors["selftest.logits"])
    for name, value in said.items():
        if not torch.allclose(value, tensors[name], rtol=_TOLERANCE, atol=_TOLERANCE):
            raise BundleError(
                "{place} fails its self-test: “{name}” does not come out as it was when it was"
                " saved. Install the bundle again.",
                "bundle",
                place=place,
                name=name,
            )


def _named(prefix: str, network: nn.Module) -> dict[str, Tensor]:
    return {prefix + name: value for name, value in network.state_dict().items()}


def _fill(network: nn.Module, tensors: dict[str, Tensor], prefix: str) -> None:
    weights = {
        name.removeprefix(prefix): value
        for name, value in tensors.items()
        if name.startswith(prefix)
    }
    network.load_state_dict(weights, assign=True)
    network.eval().requires_grad_(requires_grad=False)


def _tensor(array: np.ndarray, kind: type) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(array, kind))
