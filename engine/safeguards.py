"""Safeguards of a bundle: calibration films, forecaster and guard, and their tensors.

Tensors of the weights file, all beside "network.…" and "statistics.…":

    calibration.scores (n, K), calibration.labels (n,)
    forecast.network.…, forecast.film (Q,), forecast.rows (M, Q)
    guard.…
    selftest.p_values (K,), selftest.surprise (M,), selftest.guard (G,)

They are believed under the same conditions as the rest of the file. They stay on the CPU.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.bundle import ArchitectureConfig, TrustConfig
from engine.calibration import CalibrationFilms, p_values
from engine.errors import BundleError
from engine.forecast import Forecaster, SurpriseTables
from engine.runtime import Asked, asked, expected_weights, weights_of
from engine.types import Floats

_TOLERANCE = 1e-3  # of the self-test, between machines
_FORECAST, _GUARD = "forecast.network.", "guard."

Arrays = Mapping[str, NDArray[Any]]
SafeguardShapes = dict[str, tuple[str, tuple[int, ...]]]  # name → ("F32" or "I64", shape)


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
    forecaster: Forecaster | None = None
    tables: SurpriseTables | None = None
    guard: Asked | None = None


def expected_tensors(config: ArchitectureConfig, trust: TrustConfig | None) -> SafeguardShapes:
    """Names, types and shapes that belong in the weights file."""
    if trust is None:
        return {}
    expected: SafeguardShapes = {
        "calibration.scores": ("F32", (trust.films, config.classes)),
        "calibration.labels": ("I64", (trust.films,)),
        "selftest.p_values": ("F32", (config.classes,)),
    }
    if (forecast := trust.forecast) is not None:
        expected |= _floats(_FORECAST, Forecaster.shapes(forecast)) | {
            "forecast.film": ("F32", (forecast.quantiles,)),
            "forecast.rows": ("F32", (config.rows, forecast.quantiles)),
            "selftest.surprise": ("F32", (config.rows,)),
        }
    if trust.guard is not None:
        expected |= _floats(_GUARD, expected_weights(trust.guard.network))
        expected["selftest.guard"] = ("F32", (trust.guard.network.classes,))
    return expected


def safeguard_tensors(safeguards: Safeguards | None) -> dict[str, NDArray[Any]]:
    """What belongs in the weights file, but for the self-test."""
    if safeguards is None:
        return {}
    films, tables = safeguards.calibration, safeguards.tables
    tensors: dict[str, NDArray[Any]] = {
        "calibration.scores": np.asarray(films.scores, np.float32),
        "calibration.labels": np.asarray(films.labels, np.int64),
    }
    if safeguards.forecaster is not None and tables is not None:
        tensors |= _named(_FORECAST, safeguards.forecaster.weights) | {
            "forecast.film": np.asarray(tables.film, np.float32),
            "forecast.rows": np.asarray(tables.rows, np.float32),
        }
    if safeguards.guard is not None:
        tensors |= _named(_GUARD, weights_of(safeguards.guard.network))
    return tensors


def build_safeguards(trust: TrustConfig | None, tensors: Arrays) -> Safeguards | None:
    """The safeguards of a file that holds the expected tensors; None if there are none."""
    if trust is None:
        return None
    films = CalibrationFilms(tensors["calibration.scores"], tensors["calibration.labels"])
    forecaster = tables = guard = None
    if trust.forecast is not None:
        forecaster = Forecaster(trust.forecast, _without(_FORECAST, tensors))
        tables = SurpriseTables(tensors["forecast.film"], tensors["forecast.rows"])
    if trust.guard is not None:
        guard = asked(trust.guard.network, _without(_GUARD, tensors))
    return Safeguards(trust, films, forecaster, tables, guard)


def answers(safeguards: Safeguards | None, rows: Floats, logits: Floats) -> dict[str, Floats]:
    """What the safeguards say of the film of the self-test.

    Args:
        safeguards: None says nothing.
        rows: (1, M, W).
        logits: (K,) of the network.
    """
    if safeguards is None:
        return {}
    said = {"selftest.p_values": p_values(safeguards.calibration, logits).astype(np.float32)}
    if safeguards.forecaster is not None:
        said["selftest.surprise"] = safeguards.forecaster.surprise(rows[0])
    if safeguards.guard is not None:
        said["selftest.guard"] = safeguards.guard.logits(rows)[0]
    return said


def check_safeguards(safeguards: Safeguards | None, tensors: Arrays, *, place: str) -> None:
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
        raise BundleError("{place}: “calibration.labels” names an unknown class.", place=place)
    if tables is not None and min(np.diff(tables.film).min(), np.diff(tables.rows).min()) < 0:
        raise BundleError("{place}: the quantiles of surprise are not in order.", place=place)
    said = answers(safeguards, tensors["selftest.rows"], tensors["selftest.logits"])
    for name, value in said.items():
        if not np.allclose(value, tensors[name], rtol=_TOLERANCE, atol=_TOLERANCE):
            raise BundleError(
                "{place} fails its self-test: “{name}” does not come out as it was when it was"
                " saved. Install the bundle again.",
                place=place,
                name=name,
            )


def _floats(prefix: str, shapes: Mapping[str, tuple[int, ...]]) -> SafeguardShapes:
    return {prefix + name: ("F32", shape) for name, shape in shapes.items()}


def _named(prefix: str, weights: Mapping[str, Floats]) -> dict[str, Floats]:
    return {prefix + name: values for name, values in weights.items()}


def _without(prefix: str, tensors: Arrays) -> dict[str, Floats]:
    return {
        name.removeprefix(prefix): values
        for name, values in tensors.items()
        if name.startswith(prefix)
    }
