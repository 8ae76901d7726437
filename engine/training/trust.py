"""What it takes to doubt an answer: calibration films, forecaster and guard of a trained network.

The networks learn from training films; every limit is set on validation films.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.calibration import CalibrationFilms
from engine.errors import DataError
from engine.forecast import RowForecaster, SurpriseTables, tabulate
from engine.metadata import ForecastConfig, Gate, GuardConfig, TrustConfig
from engine.network import RowClassifier, RowNetwork
from engine.reference import resampled
from engine.safeguards import Safeguards
from engine.training.data import Films, ModelRows, Progress, on_disk
from engine.training.forecast import surprises, train_forecaster
from engine.training.guard import guard_classes, train_guard, wrongness
from engine.training.loop import predict
from engine.training.recipe import Recipe
from engine.training.trust_plan import TrustPlan
from engine.types import FilmLimits

_LEAST_FILMS = 20  # of validation, in each class: below, a 95 % set excludes no class


@dataclass(frozen=True, slots=True, eq=False)
class _Expecting:
    config: ForecastConfig
    forecaster: RowForecaster
    tables: SurpriseTables


@dataclass(frozen=True, slots=True, eq=False)
class _Guarding:
    config: GuardConfig
    guard: RowClassifier


def fit_trust(
    network: RowNetwork, films: Films, recipe: Recipe, *, report: Progress = lambda _: None
) -> Safeguards:
    """Fit everything that `save_bundle` takes as safeguards.

    Args:
        network: Trained and calibrated; it is not changed.
        films: Its "train" films are learnt, its "val" films set the limits.
        recipe: Its table `trust` says how; without one the defaults do.
        report: Told in words what is being done.

    Raises:
        DataError: A class has fewer than 20 validation films.
    """
    plan, seed = recipe.trust or TrustPlan(), recipe.training.seed
    calibration = calibration_films(network, films, most=plan.films, seed=seed)
    learnt = on_typical_grid(films.only("train"), recipe.input.rows)
    tried = on_typical_grid(films.only("val"), recipe.input.rows)
    expecting = guarding = None
    if plan.forecast_size:
        report("fitting the network that expects rows")
        expecting = _expect(learnt, tried, recipe, plan)
    if plan.guard_epochs:
        report("fitting the guard against wrong films")
        guarding = _guard(learnt, tried, recipe, plan)
    config = TrustConfig(
        films=len(calibration.labels),
        level=plan.level,
        balanced=network.config.classes == 2,  # as `engine.training.calibrate` does it
        limits=_limits(plan),
        forecast=expecting.config if expecting else None,
        guard=guarding.config if guarding else None,
        gate=Gate(plan.gate, plan.accepts, plan.least) if plan.gate else None,
    )
    return Safeguards(
        config,
        calibration,
        forecaster=expecting.forecaster if expecting else None,
        tables=expecting.tables if expecting else None,
        guard=guarding.guard if guarding else None,
    )


def calibration_films(
    network: RowNetwork, films: Films, *, most: int, seed: int
) -> CalibrationFilms:
    """Answers of a network to its validation films; a random `most` of them if there are more.

    Raises:
        DataError: A class has fewer than 20 of them.
    """
    chosen = films.where("val")
    if len(chosen) > most:
        chosen = np.sort(np.random.default_rng(seed).permutation(chosen)[:most])
    labels = films.labels[chosen]
    counts = np.bincount(labels, minlength=network.config.classes)
    if counts.min() < _LEAST_FILMS:
        raise DataError(
            "Class {argmin} has {min} validation films; trust needs"
            " {least_films} of each. Hold out more (`data.validation`).",
            "data",
            argmin=int(counts.argmin()),
            min=counts.min(),
            least_films=_LEAST_FILMS,
        )
    tried = films.take(chosen)
    scores = predict(network, tried.rows, heights=tried.heights)
    return CalibrationFilms(scores.astype(np.float32), labels.astype(np.int64))


def on_typical_grid(films: Films, rows: int) -> ModelRows:
    """Films (N, M, W) of any height, laid on M = `rows` model rows by relative position."""
    if (films.heights == rows).all() and films.rows.shape[1] == rows:
        return films.rows
    ends = zip(films.rows, films.heights, strict=True)
    return on_disk(
        (
            resampled(film[:height].astype(np.float32), rows, axis=0).astype(np.float16)
            for film, height in ends
        ),
        films.rows.shape[2],
    )


def _expect(learnt: ModelRows, tried: ModelRows, recipe: Recipe, plan: TrustPlan) -> _Expecting:
    grid = recipe.input
    config = ForecastConfig(grid.rows, grid.columns, hidden_size=plan.forecast_size)
    forecaster = train_forecaster(
        learnt, config, epochs=plan.forecast_epochs, seed=recipe.training.seed
    )
    measured = surprises(forecaster, tried)  # (N, M)
    limit = _limit(measured.mean(axis=1), plan.refused)
    config = ForecastConfig(grid.rows, grid.columns, hidden_size=plan.forecast_size, limit=limit)
    return _Expecting(config, forecaster, tabulate(measured, config.quantiles))


def _guard(learnt: ModelRows, tried: ModelRows, recipe: Recipe, plan: TrustPlan) -> _Guarding:
    guard = train_guard(learnt, recipe, plan)
    threshold = _limit(wrongness(guard, tried), plan.refused)
    config = GuardConfig(guard.config, guard_classes(plan), threshold)
    return _Guarding(config, guard.requires_grad_(requires_grad=False))


def _limit(values: NDArray[np.float64], refused: float) -> float:
    """The smallest value that at most this share of films exceeds."""
    ordered = np.sort(values)
    return float(ordered[len(ordered) - 1 - int(refused * len(ordered))])


def _limits(plan: TrustPlan) -> FilmLimits:
    return FilmLimits(plan.narrowest, plan.widest, plan.levels, plan.clipped, plan.upright)
