"""Fitting a bundle's safeguards: guard, forecaster, limits, and how many films they refuse."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from engine.bundle import ForecastConfig, GuardConfig, StemLayer, TrustConfig
from engine.calibration import CalibrationFilms, softmax
from engine.errors import DataError
from engine.films import Films, ModelRows, model_rows_of, on_disk, predict
from engine.forecast import Forecaster, RowForecaster, SurpriseTables, surprise, tabulate
from engine.measure import Estimate, share
from engine.network import RowClassifier, RowNetwork
from engine.phantoms import PhantomSpec, draw_phantom
from engine.progress import Progress, paced
from engine.recipe import Augmentation, Data, Network, Recipe, Schedule, TrustPlan
from engine.runtime import asked_of
from engine.safeguards import Safeguards
from engine.sequence import ranks as to_ranks, resampled
from engine.training.loop import run_epochs
from engine.training.wrong_films import KINDS, UPRIGHT, each_wrong, make_wrong
from engine.types import Admission, FilmLimits, InputFormat, Objective

# --------------------------------------------------------------------- training the guard
# The guard: a small row classifier that tells the model's own films from wrong ones made of them.
#
# It learns from the training films only, each once as it is and once made wrong
# (`engine.training.wrong_films`), in the same loop as any other network. Some stand there once
# more with rows of mean films in them: whoever asks what rows do to an answer replaces them like
# this, and the guard must not take the answer away on the way.

DRAWN = "drawn"
_DRAWN_SIZE = 128  # pixels of a drawn film, before it is brought to the grid
_FIRST_SEED = 500_000  # of drawn films: none that a recipe, a demo or a test draws
_REPLACED = 4  # one film of so many is learnt with rows replaced, too
_MEAN_OF = 24  # films of the mean that stands in their place
_BLOCK = 8  # most rows that are replaced together
_SPARE_BITS = 4  # of 16, where a drawn film has 12
_SHARES = (0.1, 0.4, 0.1, 0.1, 0.1, 0.2)  # of the wrong films; a mirrored one is hardest to tell
_AUGMENTATION = Augmentation(shift=0.04, rotate=5.0, scale=0.06, stretch=0.06, noise=0.02)


def guard_classes(plan: TrustPlan) -> tuple[str, ...]:
    """Names of the guard's classes; the first is the film as it should be."""
    return (UPRIGHT, *KINDS, *((DRAWN,) if plan.drawn else ()))


def train_guard(rows: ModelRows, recipe: Recipe, plan: TrustPlan) -> RowClassifier:
    """Train the guard on films (N, M, W) and return it in evaluation mode.

    Args:
        rows: Training films as the model reads them, on its typical grid.
        recipe: Of the model that is guarded; grid, intensity and seed count.
        plan: Its epochs each read every film twice, as it is and made wrong.
    """
    lessons = _lessons(rows, recipe, drawn=plan.drawn)
    guarding = replace(
        recipe,
        classes=guard_classes(plan),
        input=_typical(recipe.input),
        positive=None,
        objective=Objective(),
        network=_network(recipe.input.rows),
        data=Data(source="", licence=""),
        augmentation=_AUGMENTATION,
        training=Schedule(
            plan.guard_epochs, 64, learning_rate=2e-3, optimiser="adamw", weight_decay=0.01,
            decay="cosine", clip=1.0, averaging=0.995, seed=recipe.training.seed,
        ),
    )  # fmt: skip
    return cast(
        "RowClassifier", run_epochs(lessons, guarding).network
    )  # a recipe with a `Network` makes one


def wrongness(guard: RowNetwork, rows: ModelRows) -> NDArray[np.float64]:
    """Probability (N,) that films (N, M, W) are wrong in any way: one minus that of upright."""
    wrong: NDArray[np.float64] = softmax(predict(guard, rows))[:, 1:].sum(axis=1)
    return wrong


def drawn_films(count: int, recipe: Recipe) -> NDArray[np.float16]:
    """Phantoms (count, M, W) as the model reads them, every second with an opacity."""
    values = np.empty((count, _DRAWN_SIZE, _DRAWN_SIZE), np.uint16)
    for number in range(count):
        seed, opacity = _FIRST_SEED + number, number % 2 == 1
        spec = PhantomSpec(seed, _DRAWN_SIZE, _DRAWN_SIZE, opacity=opacity)
        values[number] = draw_phantom(spec).values << _SPARE_BITS
    return model_rows_of(values, _typical(recipe.input), source=Path(DRAWN))


def _typical(fmt: InputFormat) -> InputFormat:
    """The same grid for every film: guards read films of any height laid on the typical one."""
    return replace(fmt, aspect="stretch", rows_multiple=1)


def _network(rows: int) -> Network:
    """A small network whose row strides divide the grid."""
    first = 2 if rows % 2 == 0 else 1
    last = 2 if rows % 4 == 0 else 1
    stem = (StemLayer(12, first, 2), StemLayer(24, 1, 2), StemLayer(32, last, 2))
    return Network("gru", 64, readout="mean", dropout=0.1, stem=stem)


def replaced_rows(
    rows: ModelRows, *, ranks: bool, seed: int, every: int = _REPLACED
) -> Iterator[NDArray[np.float16]]:
    """Every so manieth of films (N, M, W) with a share of its rows, from none to all, replaced.

    In their place stand those of a mean of other films, its greys as they are or drawn out again.

    Args:
        rows: Of right films.
        ranks: Whether the model reads ranks; they are then taken anew, as of a stored film.
        seed: Of the draws.
        every: One film of so many.
    """
    rng = np.random.default_rng(seed)
    for number in range(0, len(rows), every):
        film = rows[number].astype(np.float32)
        others = np.sort(rng.choice(len(rows), min(_MEAN_OF, len(rows)), replace=False))
        mean = np.mean([rows[other].astype(np.float32) for other in others], axis=0)
        if ranks:
            share = rng.random()
            mean = share * mean + (1 - share) * to_ranks(mean)
        block = int(rng.integers(1, _BLOCK + 1))
        chosen = rng.random(-(-len(film) // block)) < rng.random()
        film = np.where(np.repeat(chosen, block)[: len(film), None], mean, film)
        yield (to_ranks(film) if ranks else film).astype(np.float16)


def _lessons(rows: ModelRows, recipe: Recipe, *, drawn: int) -> Films:
    seed, ranks = recipe.training.seed, recipe.input.intensity == "rank"
    kinds = np.random.default_rng(seed).choice(len(KINDS), len(rows), p=_SHARES)
    further = len(range(0, len(rows), _REPLACED))
    count = 2 * len(rows) + further + drawn
    names = np.array([f"{number:06}" for number in range(count)])
    wrong = each_wrong(rows, kinds, ranks=ranks, seed=seed)
    replaced = replaced_rows(rows, ranks=ranks, seed=seed)
    right, also = np.zeros(len(rows), np.int64), np.zeros(further, np.int64)
    return Films(
        rows=on_disk(chain(rows, wrong, replaced, drawn_films(drawn, recipe)), rows.shape[2]),
        labels=np.concatenate([right, kinds + 1, also, np.full(drawn, 1 + len(KINDS))]),
        splits=np.full(count, "train"),
        patients=names,
        names=names,
        findings=np.full((count, 2), np.nan),
    )


# ---------------------------------------------------------------- training the forecaster
# Teaching a network to expect the next row of a film, with the true rows above (teacher forcing).
#
# Williams and Zipser 1989.

_BATCH = 32
_RATE = 8e-3
_CLIP = 1.0


def train_forecaster(
    rows: ModelRows, config: ForecastConfig, *, epochs: int, seed: int
) -> RowForecaster:
    """Train on films (N, M, W) and return the network in evaluation mode.

    Adam (Kingma 2015), learning rate lowered to zero over all epochs by a cosine.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        forecaster = RowForecaster(config)
        together = config.rows_per_step
        first = rows[:, :together].mean(axis=(0, 1), dtype=np.float64).astype(np.float32)
        forecaster.first.copy_(torch.from_numpy(first))
        optimiser = torch.optim.Adam(forecaster.parameters(), lr=_RATE)
        batches = -(-len(rows) // _BATCH)
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs * batches)
        for _ in paced(range(epochs), "fitting the network that expects rows", epochs):
            order = torch.randperm(len(rows)).numpy()
            for begin in range(0, len(rows), _BATCH):
                chosen = order[begin : begin + _BATCH]
                films = torch.from_numpy(rows[chosen].astype(np.float32))
                loss = surprise(forecaster, films).mean()
                optimiser.zero_grad(set_to_none=True)
                loss.backward()  # type: ignore[no-untyped-call]
                nn.utils.clip_grad_norm_(forecaster.parameters(), _CLIP)
                optimiser.step()
                schedule.step()
    return forecaster.eval().requires_grad_(requires_grad=False)


def surprises(
    forecaster: RowForecaster, rows: ModelRows, *, batch: int = 256
) -> NDArray[np.float64]:
    """Surprise (N, M) of every row of films (N, M, W), in nats per pixel."""
    parts = []
    with torch.inference_mode():
        for start in range(0, len(rows), batch):
            films = torch.from_numpy(rows[start : start + batch].astype(np.float32))
            parts.append(surprise(forecaster, films).double().numpy())
    return np.concatenate(parts)


# ----------------------------------------------------------------- fitting all safeguards
# What it takes to doubt an answer: calibration films, forecaster and guard of a trained network.
#
# The networks learn from training films; every limit is set on validation films.

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
    least = _LEAST_FILMS if recipe.objective.plain else 0
    calibration = calibration_films(network, films, most=plan.films, seed=seed, least=least)
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
        balanced=network.config.classes == 2,  # as `engine.training.statistics` does it
        limits=_limits(plan),
        forecast=expecting.config if expecting else None,
        guard=guarding.config if guarding else None,
        admission=Admission(plan.admission, plan.accepts, plan.least) if plan.admission else None,
    )
    return Safeguards(
        config,
        calibration,
        forecaster=Forecaster.of(expecting.forecaster) if expecting else None,
        tables=expecting.tables if expecting else None,
        guard=asked_of(guarding.guard) if guarding else None,
    )


def calibration_films(
    network: RowNetwork, films: Films, *, most: int, seed: int, least: int = _LEAST_FILMS
) -> CalibrationFilms:
    """Answers of a network to its validation films; a random `most` of them if there are more.

    Raises:
        DataError: A class has fewer than `least` of them.
    """
    chosen = films.where("val")
    if len(chosen) > most:
        chosen = np.sort(np.random.default_rng(seed).permutation(chosen)[:most])
    labels = films.labels[chosen]
    counts = np.bincount(labels, minlength=network.config.classes)
    if counts.min() < least:
        raise DataError(
            "Class {argmin} has {min} validation films; trust needs"
            " {least_films} of each. Hold out more (`data.validation`).",
            argmin=int(counts.argmin()),
            min=counts.min(),
            least_films=least,
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
    config = ForecastConfig(
        grid.rows,
        grid.columns,
        hidden_size=plan.forecast_size,
        rows_per_step=plan.forecast_rows,
    )
    forecaster = train_forecaster(
        learnt, config, epochs=plan.forecast_epochs, seed=recipe.training.seed
    )
    measured = surprises(forecaster, tried)  # (N, M)
    limit = _limit(measured.mean(axis=1), plan.refused)
    config = replace(config, limit=limit)
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


# ---------------------------------------------------------------------- counting refusals
# How many films guard and surprise refuse: of the right kind, and of every wrong kind.


def refused(safeguards: Safeguards, rows: ModelRows) -> dict[str, NDArray[np.bool_]]:
    """Which of films (N, M, W) each check refuses: "guard", "surprise", where the bundle has them.

    These are the checks of `engine.trust` that look at model rows alone, many films at once.
    """
    found: dict[str, NDArray[np.bool_]] = {}
    config = safeguards.config
    if safeguards.guard is not None and config.guard is not None:
        found["guard"] = wrongness(safeguards.guard.network, rows) > config.guard.threshold
    if safeguards.forecaster is not None and config.forecast is not None:
        found["surprise"] = (
            surprises(safeguards.forecaster.network, rows).mean(axis=1) > config.forecast.limit
        )
    return found


def refusal_rates(safeguards: Safeguards, rows: ModelRows) -> Mapping[str, Estimate]:
    """Share of films (N, M, W) refused by each check, and by "any" of them."""
    found = refused(safeguards, rows)
    either = np.zeros(len(rows), np.bool_)
    for one in found.values():
        either |= one
    return {name: share(one) for name, one in (found | {"any": either}).items()}


def wrong_film_rates(
    safeguards: Safeguards, rows: ModelRows, *, ranks: bool, seed: int
) -> Mapping[str, Mapping[str, Estimate]]:
    """The same by kind of wrong film, each made of every film (N, M, W).

    Args:
        safeguards: Of the model.
        rows: Films that neither the guard nor the forecaster was trained on.
        ranks: Whether the model reads ranks.
        seed: Of the draws.
    """
    return {
        kind: refusal_rates(
            safeguards, make_wrong(rows, np.full(len(rows), number), ranks=ranks, seed=seed)
        )
        for number, kind in enumerate(KINDS)
    }
