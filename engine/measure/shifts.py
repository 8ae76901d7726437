"""Threshold and calibration held against films with truth, as they are or under a shift."""

import math

import numpy as np
from numpy.typing import NDArray

from engine.measure.figures import (
    Doubles,
    Resampling,
    Statistic,
    enough_patients,
    intervals,
    rarer_patients,
    resampling,
    share,
    told_figure,
)
from engine.types import AtThreshold, Booleans, Figure

# -------------------------------------------------------------- calibration error and slope
# The calibration slope is that of the truth's log-odds over those of what was said, with an
# intercept (Cox 1958): 1 is right, below 1 the answers are too sure.

_BINS = 10
_STEEPEST = 20.0  # a slope beyond it is that of classes told apart without an error
_FARTHEST = 30.0  # log-odds; of them float32 leaves no more
_LEAST = 1e-15  # of a probability, which is farther
_STEPS, _STILL = 60, 1e-5
_FEWEST = 10  # patients on either side of a slope, or of an error where both weigh the same
_SLOPE_DRAWS = 500  # each is a fit of its own


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
    measured = _error_figure(odds, true, drawn, balanced=balanced)
    slope = _slope(given, true, balanced=balanced)
    steep = float(slope(np.ones((1, len(true))))[0])
    few = Resampling(drawn.places, drawn.strata, min(_SLOPE_DRAWS, drawn.draws), drawn.seed)
    if rarer_patients(true, drawn.places) < _FEWEST:
        return measured, None
    if _apart(given, true) or not math.isfinite(steep) or abs(steep) >= _STEEPEST:
        return measured, None
    low, high = intervals(few, {"slope": slope})["slope"]
    return measured, Figure(steep, min(float(low), steep), max(float(high), steep), len(true))


def _error_figure(
    odds: Doubles, true: NDArray[np.bool_], drawn: Resampling, *, balanced: bool
) -> Figure:
    """The error with its interval over patients; of too few of them 0…1."""
    error = _error(np.clip(odds, -_FARTHEST, _FARTHEST), true, balanced=balanced)
    value = float(error(np.ones((1, len(true))))[0])
    rare = balanced and rarer_patients(true, drawn.places) < _FEWEST
    if rare or not enough_patients(drawn.places):
        return Figure(value, 0.0, 1.0, len(true))
    low, high = intervals(drawn, {"error": error})["error"]
    return Figure(value, min(float(low), value), max(float(high), value), len(true))


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


# ------------------------------------------------------------------------ under a threshold


def at_threshold(
    scores: Doubles,
    present: Booleans,
    patients: NDArray[np.str_],
    *,
    threshold: float,
    seed: int = 0,
) -> AtThreshold | None:
    """What a threshold and the calibration of a finding come to on N films.

    Args:
        scores: (N,) probability of the finding.
        present: (N,) whether it is there.
        patients: (N,) whose film it is.
        threshold: Least probability that is called the finding.
        seed: Of the draws.

    Returns:
        None where one kind of films is missing. In the calibration error both kinds weigh the
        same, as two classes do where a network is calibrated.
    """
    if not 0 < int(present.sum()) < len(present):
        return None
    found = scores >= threshold
    inside = np.clip(scores, _LEAST, 1 - _LEAST)
    odds = np.log(inside) - np.log1p(-inside)
    drawn = resampling(present.astype(np.int64), patients, seed=seed)
    return AtThreshold(
        sensitivity=told_figure(share(found[present], patients[present])),
        specificity=told_figure(share(~found[~present], patients[~present])),
        calibration_error=_error_figure(odds, present, drawn, balanced=True),
    )
