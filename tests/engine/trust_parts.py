"""Small safeguards that were never trained, for tests of everything that holds or asks them."""

import numpy as np
import torch

from engine.bundle import ForecastConfig, GuardConfig, NetworkConfig, TrustConfig
from engine.calibration import CalibrationFilms
from engine.forecast import Forecaster, RowForecaster, SurpriseTables
from engine.network import RowClassifier
from engine.recipe import Data, Network, Recipe, Schedule, TrustPlan
from engine.runtime import asked_of
from engine.safeguards import Safeguards
from engine.types import Admission, FilmLimits, InputFormat

LIMITS = FilmLimits(narrowest=0.5, widest=2.0, levels=8, clipped=0.6, upright=True)
GUARD = NetworkConfig(rows=16, columns=12, classes=3, hidden_size=4)
FORECAST = ForecastConfig(rows=16, columns=12, hidden_size=5, quantiles=11, limit=2.0)
CONFIG = TrustConfig(
    films=60,
    level=0.95,
    balanced=True,
    limits=LIMITS,
    forecast=FORECAST,
    guard=GuardConfig(GUARD, ("upright", "upside down", "mirrored"), 0.9),
    admission=Admission("kind-of-image", ("chest film",), 0.5),
)


def calibration_films(count=60, classes=2, seed=0):
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % classes
    scores = rng.standard_normal((count, classes)) + 2 * np.eye(classes)[labels]
    return CalibrationFilms(scores.astype(np.float32), labels.astype(np.int64))


def make_safeguards(config=CONFIG, classes=2):
    torch.manual_seed(11)
    forecaster = tables = guard = None
    if config.forecast is not None:
        forecaster = Forecaster.of(RowForecaster(config.forecast).eval())
        line = np.linspace(-1, 4, config.forecast.quantiles, dtype=np.float32)
        tables = SurpriseTables(line, np.tile(line, (config.forecast.rows, 1)))
    if config.guard is not None:
        guard = asked_of(RowClassifier(config.guard.network).eval())
    films = calibration_films(config.films, classes)
    return Safeguards(config, films, forecaster, tables, guard)


def tiny_recipe():
    """A recipe for `TINY` whose trust is fitted in a moment."""
    return Recipe(
        name="tiny",
        title="Tiny model",
        version="1",
        task="-",
        intended_use="-",
        data_source="-",
        classes=("normal", "ill"),
        positive=1,
        input=InputFormat(16, 12, "rank"),
        network=Network("gru", 6),
        data=Data("a test", "none", validation=0.3),
        training=Schedule(1, 16),
        trust=TrustPlan(forecast_size=6, forecast_epochs=2, guard_epochs=2, films=50),
    )
