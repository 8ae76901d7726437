"""Calibration measured: coverage of sets and intervals, reliability of probabilities."""

from collections.abc import Iterable, Mapping
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
from engine.measure.answers import Answers, Truths
from engine.measure.figures import Doubles, Estimate, finite, share
from engine.types import Interval

# --------------------------------------------------------- coverage of sets and intervals
# Do sets, intervals and probabilities keep what they promise? Measured on labelled films.

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

    per_class: tuple[Estimate, ...]
    overall: Estimate
    mean_size: float
    single: Estimate
    empty: Estimate


@dataclass(frozen=True, slots=True)
class CoverageBin:
    """Films of similar probability.

    Attributes:
        low, high: Mean interval p0 … p1 of its films.
        positives: Share of them that show the class, with its Wilson interval; where intervals
            are balanced, what that share is if half of all films show the class.
    """

    low: float
    high: float
    positives: Estimate

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

    bins: tuple[CoverageBin, ...]
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
            CoverageBin(
                float(low[one].mean()), float(high[one].mean()), weighed(truth[one], weights)
            )
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


def weighed(truth: NDArray[np.bool_], weights: NDArray[np.float64]) -> Estimate:
    """A share of films and its interval, its odds moved by what the two classes weigh."""
    plain = share(truth)

    def moved(value: float) -> float:
        with_it, without = value * float(weights[1]), (1 - value) * float(weights[0])
        return with_it / (with_it + without)

    return Estimate(moved(plain.value), moved(plain.low), moved(plain.high), plain.count)


# ----------------------------------------------------------- reliability of probabilities
# Do probabilities mean what they say? Before and after the model was calibrated.
#
# Of two classes it is the finding's probability (or the second class's) that is held against the
# truth, of more the probability of the answer against whether it was right.
_TRIES = 500  # sets of truths drawn from the probabilities themselves
_LEAST = 1e-12  # a probability of 0 for what happened would cost without end


@dataclass(frozen=True, slots=True)
class Bin:
    """Films of similar probability.

    Attributes:
        said: Their mean probability.
        true: How many of them it was true of; where both classes weigh the same, what that share
            is if half of all films show the finding.
    """

    said: float
    true: Estimate


@dataclass(frozen=True, slots=True)
class Score:
    """How far probabilities are off; all are 0 for a perfect model.

    Attributes:
        error: Expected calibration error, ten bins of equal width (Naeini 2015).
        by_chance, by_chance_high: Mean and 95th percentile of the error that a perfectly
            calibrated model would show on as many films (Bröcker and Smith 2007).
        brier: Mean squared error (Brier 1950).
        log_loss: Mean negative logarithm of the probability of the truth, in nats.
    """

    error: float
    by_chance: float
    by_chance_high: float
    brier: float
    log_loss: float


@dataclass(frozen=True, slots=True)
class ReliabilityStage:
    """Probabilities at one stage of calibration.

    Attributes:
        key: "before", "after" or "merged", stable.
        title: For people.
        bins: Ten of equal width, but for those without films.
        even: With both classes weighing the same; None where the model is not meant so.
        plain: Films as they are.
    """

    key: str
    title: str
    bins: tuple[Bin, ...]
    even: Score | None
    plain: Score


@dataclass(frozen=True, slots=True)
class Reliability:
    """Every stage that is known, earliest first.

    Attributes:
        of: Whose probability, in words.
        even: Whether probabilities are meant for films of which half show the finding.
        calibrated: Whether the model's training calibrated it.
        missing: Why there is no stage before calibration; empty where there is.
    """

    of: str
    even: bool
    stages: tuple[ReliabilityStage, ...]
    calibrated: bool
    missing: str


def reliability(
    answers: Answers,
    *,
    calibration: Mapping[str, object],
    calibrated: bool,
    even: bool,
    trials: tuple[Trial, ...],
    seed: int = 0,
) -> Reliability:
    """Measure each stage.

    Args:
        answers: Of the model as it is, calibrated.
        calibration: What the bundle says its calibration did, `scale` and `offset` of the
            logits; without them the stage before cannot be known.
        calibrated: See `Reliability`.
        even: The same.
        trials: The same films held against calibration films, for Venn–Abers probabilities.
        seed: Of the drawn truths.
    """
    two = len(answers.classes) == 2
    target = 1 if answers.positive is None else answers.positive
    even = even and two
    stages = []
    earlier = _before(answers.logits, calibration)
    if earlier is not None:
        said, true = _reliability_held(earlier, answers.labels, target)
        stages.append(_stage("before", "before calibration", said, true, even=even, seed=seed))
    said, true = _reliability_held(answers.logits, answers.labels, target)
    stages.append(_stage("after", "as the model answers", said, true, even=even, seed=seed))
    if two and trials:
        said, true = _merged(trials, target, balanced=even)
        title = "merged Venn–Abers intervals"
        stages.append(_stage("merged", title, said, true, even=even, seed=seed))
    of = f"the probability of “{answers.classes[target]}”" if two else "the answer's probability"
    missing = "" if earlier is not None else _no_stage(calibrated=calibrated)
    return Reliability(of, even, tuple(stages), calibrated, missing)


def _before(logits: Doubles, calibration: Mapping[str, object]) -> Doubles | None:
    """Undo what `engine.training.statistics` folded into the head."""
    scale, offset = finite(calibration.get("scale")), finite(calibration.get("offset"))
    if scale is None or offset is None or scale == 0:
        return None
    moved = logits.copy()
    if logits.shape[1] == 2:
        moved += np.array([offset / 2, -offset / 2])
    return moved / scale


def _no_stage(*, calibrated: bool) -> str:
    if not calibrated:
        return "The model's probabilities were not calibrated."
    return "The bundle does not keep what its calibration changed, so there is no stage before it."


def _reliability_held(logits: Doubles, labels: np.ndarray, target: int) -> tuple[Doubles, Truths]:
    """Probabilities (N,) that are held against truths (N,)."""
    if logits.shape[1] == 2:
        return 1 / (1 + np.exp(-log_odds(logits, target))), np.asarray(labels == target)
    odds = log_odds_of_all(logits)
    said = logits.argmax(axis=1)
    best = odds[np.arange(len(odds)), said]
    return 1 / (1 + np.exp(-best)), np.asarray(said == labels)


def log_odds_of_all(logits: Doubles) -> Doubles:
    """Log-odds (N, K) of each class against all others."""
    return np.stack([log_odds(logits, k) for k in range(logits.shape[1])], axis=1)


def _merged(trials: tuple[Trial, ...], target: int, *, balanced: bool) -> tuple[Doubles, Truths]:
    said, true = [], []
    for one in trials:
        scores, present = log_odds(one.known.scores, target), one.known.labels == target
        for odds in log_odds(one.logits, target):
            found = probability_interval(scores, present, float(odds), balanced=balanced)
            said.append(merged(found))
        true.append(one.labels == target)
    return np.array(said), np.concatenate(true)


def _stage(
    key: str, title: str, said: Doubles, true: Truths, *, even: bool, seed: int
) -> ReliabilityStage:
    weights = class_weights(true) if even else np.ones(2)
    places = np.minimum((said * _BINS).astype(np.int64), _BINS - 1)
    groups = [np.flatnonzero(places == place) for place in np.unique(places)]
    bins = tuple(
        Bin(_mean(said[one], true[one], weights), weighed(true[one], weights)) for one in groups
    )
    plain = _score(said, true, np.ones(2), seed=seed)
    return ReliabilityStage(
        key, title, bins, _score(said, true, weights, seed=seed) if even else None, plain
    )


def _score(said: Doubles, true: Truths, weights: Doubles, *, seed: int) -> Score:
    """All figures, each film counting what its class weighs."""
    masses = weights[true.astype(np.int64)]
    clipped = np.clip(said, _LEAST, 1 - _LEAST)
    loss = -np.log(np.where(true, clipped, 1 - clipped))
    chance = _chance(said, weights, seed=seed)
    return Score(
        error=calibration_error(said, true, masses),
        by_chance=float(chance.mean()),
        by_chance_high=float(np.percentile(chance, 95)),
        brier=float(np.average((said - true) ** 2, weights=masses)),
        log_loss=float(np.average(loss, weights=masses)),
    )


def _chance(said: Doubles, weights: Doubles, *, seed: int) -> Doubles:
    """Calibration errors where truths are drawn from the probabilities, so that nothing is off.

    Where classes weigh differently, a probability p is one of p·w₀ / (p·w₀ + (1 − p)·w₁) among
    the films as they are.
    """
    rng = np.random.default_rng(seed)
    odds = said * weights[0], (1 - said) * weights[1]
    here = odds[0] / (odds[0] + odds[1])
    errors = []
    for _ in range(_TRIES):
        true = rng.random(len(said)) < here
        errors.append(calibration_error(said, true, weights[true.astype(np.int64)]))
    return np.array(errors)


def _mean(said: Doubles, true: Truths, weights: Doubles) -> float:
    return float(np.average(said, weights=weights[true.astype(np.int64)]))
