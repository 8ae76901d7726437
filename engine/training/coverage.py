"""Do sets, intervals and probabilities keep what they promise? Measured on labelled films."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.calibration import (
    CalibrationFilms,
    class_weights,
    conformal_set,
    log_odds,
    merged,
    probability_interval,
)
from engine.training.measure import Figure, share
from engine.types import Interval

_BINS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """Films with known truth that are not among the calibration films they are held against.

    Attributes:
        known: n calibration films.
        logits: (N, K) answers to the films.
        labels: (N,) their truth.
    """

    known: CalibrationFilms
    logits: NDArray[np.float64]
    labels: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SetCoverage:
    """Prediction sets of films with known truth.

    Attributes:
        per_class: How often the set holds the true class, for each class, with Wilson intervals.
        overall: The same of all films.
        mean_size: Mean number of classes in a set.
        single: Share of sets that hold one class.
        empty: Share of sets that hold none.
    """

    per_class: tuple[Figure, ...]
    overall: Figure
    mean_size: float
    single: Figure
    empty: Figure


@dataclass(frozen=True, slots=True)
class Bin:
    """Films of similar probability.

    Attributes:
        low, high: Mean interval p0 … p1 of its films.
        positives: Share of them that show the class, with its Wilson interval; where intervals
            are balanced, what that share is if half of all films show the class.
    """

    low: float
    high: float
    positives: Figure

    @property
    def inside(self) -> bool:
        """Whether the share lies in the mean interval."""
        return self.low <= self.positives.value <= self.high

    @property
    def compatible(self) -> bool:
        """Whether chance explains what is outside: the two intervals overlap."""
        return self.positives.low <= self.high and self.low <= self.positives.high


@dataclass(frozen=True, slots=True)
class IntervalCalibration:
    """Venn–Abers intervals of films with known truth.

    Attributes:
        bins: Films in order of their probability, about as many in each.
        mean_width: Mean of p1 − p0.
        error_before: Expected calibration error of the network's own probability.
        error_after: The same of the probability that the interval is merged into.
    """

    bins: tuple[Bin, ...]
    mean_width: float
    error_before: float
    error_after: float


def crossed(
    logits: NDArray[np.float64],
    labels: NDArray[np.int64],
    patients: NDArray[np.str_],
    *,
    seed: int,
) -> tuple[Trial, Trial]:
    """Each random half of the patients held against the other, so that every film is measured."""
    names = np.unique(patients)
    order = np.random.default_rng(seed).permutation(len(names))
    half = np.isin(patients, names[order[: len(names) // 2]])
    return _held(logits, labels, half), _held(logits, labels, ~half)


def set_coverage(trials: Iterable[Trial], *, level: float) -> SetCoverage:
    """Coverage of conformal sets at a level, over the films of all trials."""
    trials = tuple(trials)
    sets = [conformal_set(one.known, z, level=level) for one in trials for z in one.logits]
    labels = np.concatenate([one.labels for one in trials])
    held = np.array([truth in given for truth, given in zip(labels, sets, strict=True)])
    sizes = np.array([len(given) for given in sets])
    return SetCoverage(
        per_class=tuple(share(held[labels == k]) for k in range(trials[0].logits.shape[1])),
        overall=share(held),
        mean_size=float(sizes.mean()),
        single=share(sizes == 1),
        empty=share(sizes == 0),
    )


def interval_calibration(
    trials: Iterable[Trial], *, target: int, balanced: bool = False, bins: int = _BINS
) -> IntervalCalibration:
    """How Venn–Abers intervals compare with what is true, over the films of all trials.

    Args:
        trials: Films and what they are held against.
        target: The class.
        balanced: As for `probability_interval`; the films count like that, too.
        bins: As many films in each, as far as that goes.
    """
    trials = tuple(trials)
    odds = np.concatenate([log_odds(one.logits, target) for one in trials])
    truth = np.concatenate([one.labels == target for one in trials])
    intervals = [one for trial in trials for one in _intervals(trial, target, balanced=balanced)]
    low = np.array([one.low for one in intervals])
    high = np.array([one.high for one in intervals])
    after = np.array([merged(one) for one in intervals])
    weights = class_weights(truth) if balanced else np.ones(2)
    masses = weights[truth.astype(np.int64)]
    groups = [one for one in np.array_split(np.argsort(odds, kind="stable"), bins) if len(one)]
    return IntervalCalibration(
        bins=tuple(
            Bin(float(low[one].mean()), float(high[one].mean()), weighed(truth[one], weights))
            for one in groups
        ),
        mean_width=float((high - low).mean()),
        error_before=calibration_error(1 / (1 + np.exp(-odds)), truth, masses),
        error_after=calibration_error(after, truth, masses),
    )


def calibration_error(
    probabilities: NDArray[np.float64],
    present: NDArray[np.bool_],
    masses: NDArray[np.float64] | None = None,
) -> float:
    """Expected calibration error with ten bins of equal width (Naeini 2015): 0 is perfect.

    Args:
        probabilities: (N,) said.
        present: (N,) true.
        masses: (N,) what each film counts; by default all count the same.
    """
    weights = np.ones(len(present)) if masses is None else masses
    place = np.minimum((probabilities * _BINS).astype(np.int64), _BINS - 1)
    said = np.bincount(place, weights=weights * probabilities, minlength=_BINS)
    true = np.bincount(place, weights=weights * present, minlength=_BINS)
    return float(np.abs(said - true).sum() / weights.sum())


def _held(
    logits: NDArray[np.float64], labels: NDArray[np.int64], known: NDArray[np.bool_]
) -> Trial:
    films = CalibrationFilms(logits[known].astype(np.float32), labels[known])
    return Trial(films, logits[~known], labels[~known])


def _intervals(trial: Trial, target: int, *, balanced: bool) -> list[Interval]:
    scores, present = log_odds(trial.known.scores, target), trial.known.labels == target
    return [
        probability_interval(scores, present, float(one), balanced=balanced)
        for one in log_odds(trial.logits, target)
    ]


def weighed(truth: NDArray[np.bool_], weights: NDArray[np.float64]) -> Figure:
    """A share of films and its interval, its odds moved by what the two classes weigh."""
    plain = share(truth)

    def moved(value: float) -> float:
        with_it, without = value * float(weights[1]), (1 - value) * float(weights[0])
        return with_it / (with_it + without)

    return Figure(moved(plain.value), moved(plain.low), moved(plain.high), plain.count)
