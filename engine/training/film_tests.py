"""A test of a new model on films with truth; the answer by row fitted."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.bundle import read_description, replace_metadata
from engine.calibration import fit_prefixes, log_odds, softmax
from engine.errors import DataError
from engine.explain import prefix_answers
from engine.films import Films, alike
from engine.measure import (
    Doubles,
    Estimate as Share,
    area_under_curve,
    calibration_figures,
    resampling,
    share,
)
from engine.network import RowNetwork
from engine.progress import Progress
from engine.sequence import resampled
from engine.tasks import only_classes
from engine.training.overlap import choose_films
from engine.types import Figure, FilmTest, ModelInfo, PrefixCalibration
from engine.weights import load_bundle
from engine.words import Sentence

# -------------------------------------------------------------------- one test as numbers
# One test as numbers: what a model's answers to films of a test are worth, for its bundle.
#
# Of two classes it is the finding's probability that is held against the truth, of more the
# probability of the answer against whether it was right. Where both classes weigh the same in the
# model's calibration, they do here.


def film_test(
    logits: Doubles,
    labels: NDArray[np.int64],
    patients: NDArray[np.str_],
    *,
    name: str,
    source: Sentence,
    date: str,
    known_patients: bool,
    positive: int | None,
    threshold: float | None,
    balanced: bool,
    seed: int = 0,
) -> FilmTest:
    """Measure N answers.

    Args:
        logits: (N, K).
        labels: (N,) the truth.
        patients: (N,) whose film it is.
        name: Of the test.
        source: Where the films come from, in words.
        date: Of today, as YYYY-MM-DD.
        known_patients: Whether a rule names the patients; else each film counts as one.
        positive: Index of the finding; None for a plain choice.
        threshold: Least probability that is called the finding; None takes the most probable
            class.
        balanced: Whether both classes weigh the same in the model's calibration.
        seed: Of the draws.
    """
    probabilities = softmax(logits)
    two = positive is not None and probabilities.shape[1] == 2
    if positive is not None and two:
        said_odds, true = log_odds(logits, positive), labels == positive
        cut = 0.5 if threshold is None else threshold
        found = probabilities[:, positive] >= cut
        shares = {
            "accuracy": share(found == true, patients),
            "sensitivity": share(found[true], patients[true]),
            "specificity": share(~found[~true], patients[~true]),
        }
        if 0 < int(true.sum()) < len(true):
            scores = probabilities[:, positive]
            shares["auc"] = area_under_curve(true, scores, patients=patients, seed=seed)
    else:
        best = probabilities.argmax(axis=1)
        odds = np.stack([log_odds(logits, k) for k in range(logits.shape[1])], axis=1)
        said_odds, true = odds[np.arange(len(odds)), best], best == labels
        shares = {"accuracy": share(true, patients)}
    error, slope = calibration_figures(
        said_odds,
        np.asarray(true),
        resampling(true.astype(np.int64) if two else labels, patients, seed=seed),
        balanced=balanced and two,
    )
    return FilmTest(
        name=name,
        source=source,
        films=len(labels),
        patients=len(np.unique(patients)) if known_patients else None,
        positive=int((labels == positive).sum()) if positive is not None else None,
        date=date,
        **{key: _figure(one) for key, one in shares.items()},  # type: ignore[arg-type]
        calibration_error=error,
        calibration_slope=slope,
    )


def _figure(found: Share | None) -> Figure | None:
    if found is None or not math.isfinite(found.value):
        return None
    if not found.told:
        return Figure(found.value, 0.0, 1.0, found.count)
    low, high = min(found.low, found.value), max(found.high, found.value)
    return Figure(found.value, low, high, found.count)


# -------------------------------------------------------------- fitting the answer by row
# What makes the answer by row of a trained network true, fitted on its validation films.

MOST_FILMS = 5000  # more say nothing more, and a network that reads both ways reads each prefix
_LEAST_FILMS = 20  # of each class, as for intervals and sets


def fit_by_row(network: RowNetwork, films: Films, *, seed: int) -> PrefixCalibration | None:
    """Fit the calibration by row; None where a class has fewer than 20 validation films.

    Args:
        network: Trained and calibrated; it is not changed.
        films: Its "val" films are read; of more than 5,000 a random part.
        seed: Of that part.
    """
    chosen = films.only("val")
    classes = network.config.classes
    if np.bincount(chosen.labels, minlength=classes).min(initial=len(chosen)) < _LEAST_FILMS:
        return None
    source = f"{len(chosen):,} validation films"
    if len(chosen) > MOST_FILMS:
        part = np.random.default_rng(seed).permutation(len(chosen))[:MOST_FILMS]
        chosen = chosen.take(np.sort(part))
        source = f"{MOST_FILMS:,} of {source}"
    return fit_prefixes(
        typical_prefixes(network, chosen),
        chosen.labels,
        balanced=classes == 2,  # as `engine.training.statistics` does it
        source=source,
        patients=chosen.patients,
    )


def typical_prefixes(network: RowNetwork, films: Films) -> NDArray[np.float64]:
    """Logits (N, L, K) after each step; of films of other heights laid on the typical steps."""
    steps = network.config.steps
    found = np.empty((len(films), steps, network.config.classes))
    for chosen in alike(films.heights, len(films)):
        height = films.heights[chosen[0]]
        given = prefix_answers(network, films.rows[chosen, :height])  # (n, L, K)
        found[chosen] = resampled(given, steps, axis=1)
        found[chosen, -1] = given[:, -1]  # the answers themselves
    return found


def add_by_row(
    model: str | Path,
    source: Path,
    *,
    cache: Path | None = None,
    report: Progress = lambda _: None,
) -> ModelInfo:
    """Fit the calibration by row of a bundle again; weights and final answers stay to the byte.

    Args:
        model: Name or folder.
        source: The films that it was trained on; they are divided as they were then.
        cache: See `read_films`.
        report: Told in words what is being done.

    Returns:
        The bundle's metadata as they are now.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DataError: Films that cannot be used, or too few of them held out for validation.
    """
    bundle = load_bundle(model)
    folder = bundle.info.path
    only_classes(bundle.info, "work.by-row")
    chosen = choose_films(bundle.info, source, split="val", cache=cache, report=report)
    if chosen.whole or chosen.recipe is None:
        raise DataError(
            "{source} is not divided by the recipe of {bundle}: which of its films"
            " are validation films cannot be told.",
            source=source.name,
            bundle=bundle.info.name,
        )
    report(f"reading {len(chosen.films):,} validation films row by row")
    found = fit_by_row(bundle.network, chosen.films, seed=chosen.recipe.training.seed)
    if found is None:
        raise DataError(
            "{bundle}: a class has fewer than {least_films} validation films, too few"
            " to calibrate the answer by row.",
            bundle=bundle.info.name,
            least_films=_LEAST_FILMS,
        )
    description, config = read_description(folder)
    replace_metadata(folder, replace(description, by_row=found), config)
    return load_bundle(folder).info
