"""One test as numbers: what a model's answers to films of a test are worth, for its bundle.

Of two classes it is the finding's probability that is held against the truth, of more the
probability of the answer against whether it was right. The calibration slope is that of the
truth's log-odds over those of what was said, with an intercept (Cox 1958): 1 is right, below 1 the
answers are too sure. Where both classes weigh the same in the model's calibration, they do here.
"""

import math

import numpy as np
from numpy.typing import NDArray

from engine.calibration import log_odds, softmax
from engine.training.bootstrap import Doubles, Resampling, Statistic, intervals, resampling
from engine.training.measure import Figure as Share
from engine.training.measure import area_under_curve, many, rarer_patients, share
from engine.types import Figure, FilmTest

_BINS = 10
_STEEPEST = 20.0  # a slope beyond it is that of classes told apart without an error
_FARTHEST = 30.0  # log-odds; of them float32 leaves no more
_STEPS, _STILL = 60, 1e-5
_FEWEST = 10  # patients on either side of a slope, or of an error where both weigh the same
_SLOPE_DRAWS = 500  # each is a fit of its own


def film_test(
    logits: Doubles,
    labels: NDArray[np.int64],
    patients: NDArray[np.str_],
    *,
    name: str,
    source: str,
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
        **{key: _figure(one) for key, one in shares.items()},
        calibration_error=error,
        calibration_slope=slope,
    )


def calibration_figures(
    odds: Doubles, true: NDArray[np.bool_], drawn: Resampling, *, balanced: bool
) -> tuple[Figure, Figure | None]:
    """Expected calibration error and slope, with intervals over patients.

    Args:
        odds: (N,) log-odds of what is said.
        true: (N,) whether it is.
        drawn: Draws of patients.
        balanced: Whether films for which it is true, and others, weigh the same together.

    Returns:
        The error of too few patients has the interval 0…1, see `Figure.told`. The slope is None
        where fewer than ten patients are on one side, or where it has no finite value: all answers
        are right, all are wrong, or the two are told apart without an error.
    """
    given = np.clip(odds, -_FARTHEST, _FARTHEST)
    error = _error(given, true, balanced=balanced)
    slope = _slope(given, true, balanced=balanced)
    everyone = np.ones((1, len(true)))
    value, steep = float(error(everyone)[0]), float(slope(everyone)[0])
    few = Resampling(drawn.places, drawn.strata, min(_SLOPE_DRAWS, drawn.draws), drawn.seed)
    low, high = intervals(drawn, {"error": error})["error"]
    measured = Figure(value, min(float(low), value), max(float(high), value), len(true))
    if not many(drawn.places) or (balanced and rarer_patients(true, drawn.places) < _FEWEST):
        measured = Figure(value, 0.0, 1.0, len(true))
    if rarer_patients(true, drawn.places) < _FEWEST:
        return measured, None
    if _apart(given, true) or not math.isfinite(steep) or abs(steep) >= _STEEPEST:
        return measured, None
    low, high = intervals(few, {"slope": slope})["slope"]
    return measured, Figure(steep, min(float(low), steep), max(float(high), steep), len(true))


def calibration_statistics(
    odds: Doubles, true: NDArray[np.bool_], *, balanced: bool
) -> tuple[Statistic, Statistic | None]:
    """Error and slope of `calibration_figures` as statistics, for draws that two models share."""
    given = np.clip(odds, -_FARTHEST, _FARTHEST)
    slope = _slope(given, true, balanced=balanced)
    steep = float(slope(np.ones((1, len(true))))[0])
    known = math.isfinite(steep) and abs(steep) < _STEEPEST and not _apart(given, true)
    return _error(given, true, balanced=balanced), slope if known else None


def _apart(odds: Doubles, true: NDArray[np.bool_]) -> bool:
    """Whether one threshold tells all from all, so that no slope is steep enough."""
    return bool(true.all()) or not true.any() or float(odds[true].min() - odds[~true].max()) > 0


def _error(odds: Doubles, true: NDArray[np.bool_], *, balanced: bool) -> Statistic:
    """Expected calibration error with ten bins of equal width (Naeini 2015)."""
    said = 1 / (1 + np.exp(-odds))
    place = np.minimum((said * _BINS).astype(np.int64), _BINS - 1)
    off = (said - true)[:, None] * np.eye(_BINS)[place]  # (N, bins)

    def measured(weights: Doubles) -> Doubles:
        masses = _even(weights, true) if balanced else weights
        return np.asarray(np.abs(masses @ off).sum(axis=1) / masses.sum(axis=1))

    return measured


def _slope(odds: Doubles, true: NDArray[np.bool_], *, balanced: bool) -> Statistic:
    """Slope of a logistic regression with an intercept; Newton's steps, of all draws at once."""
    truth = true.astype(float)

    def measured(weights: Doubles) -> Doubles:
        masses = _even(weights, true) if balanced else weights
        line = np.tile([0.0, 1.0], (len(masses), 1))  # intercept and slope
        for _ in range(_STEPS):
            p = 1 / (1 + np.exp(-np.clip(line[:, :1] + line[:, 1:] * odds, -_FARTHEST, _FARTHEST)))
            off, bent = masses * (p - truth), masses * p * (1 - p)
            first = np.stack((off.sum(axis=1), off @ odds), axis=1)
            a, b, c = bent.sum(axis=1), bent @ odds, bent @ odds**2
            steps = (c * first[:, 0] - b * first[:, 1], a * first[:, 1] - b * first[:, 0])
            with np.errstate(divide="ignore", invalid="ignore"):
                whole = np.stack(steps, axis=1) / (a * c - b * b)[:, None]
            moved = np.clip(np.nan_to_num(whole), -1.0, 1.0)
            line = np.clip(line - moved, -_STEEPEST, _STEEPEST)
            if float(np.abs(moved).max()) < _STILL:
                break
        known = (weights @ truth > 0) & (weights @ (1 - truth) > 0)
        return np.where(known, line[:, 1], np.nan)

    return measured


def _even(weights: Doubles, true: NDArray[np.bool_]) -> Doubles:
    """Weights (b, N) with which both kinds of films weigh the same in every draw."""
    kinds = np.stack((~true, true), axis=1).astype(float)  # (N, 2)
    totals = np.maximum(weights @ kinds, 1e-12)  # (b, 2)
    return np.asarray(weights / totals[:, true.astype(np.int64)])


def _figure(found: Share | None) -> Figure | None:
    if found is None or not math.isfinite(found.value):
        return None
    if not found.told:
        return Figure(found.value, 0.0, 1.0, found.count)
    low, high = min(found.low, found.value), max(found.high, found.value)
    return Figure(found.value, low, high, found.count)
