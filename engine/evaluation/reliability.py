"""Do probabilities mean what they say? Before and after the model was calibrated.

Of two classes it is the finding's probability (or the second class's) that is held against the
truth, of more the probability of the answer against whether it was right.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.calibration import class_weights, log_odds, merged, probability_interval
from engine.evaluation.answers import Answers, Doubles, Truths
from engine.evaluation.numbers import finite
from engine.training.coverage import Trial, calibration_error, weighed
from engine.training.measure import Figure

_BINS = 10
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
    true: Figure


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
class Stage:
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
    stages: tuple[Stage, ...]
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
        said, true = _held(earlier, answers.labels, target)
        stages.append(_stage("before", "before calibration", said, true, even=even, seed=seed))
    said, true = _held(answers.logits, answers.labels, target)
    stages.append(_stage("after", "as the model answers", said, true, even=even, seed=seed))
    if two and trials:
        said, true = _merged(trials, target, balanced=even)
        title = "merged Venn–Abers intervals"
        stages.append(_stage("merged", title, said, true, even=even, seed=seed))
    of = f"the probability of “{answers.classes[target]}”" if two else "the answer's probability"
    missing = "" if earlier is not None else _no_stage(calibrated=calibrated)
    return Reliability(of, even, tuple(stages), calibrated, missing)


def _before(logits: Doubles, calibration: Mapping[str, object]) -> Doubles | None:
    """Undo what `engine.training.calibrate` folded into the head."""
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


def _held(logits: Doubles, labels: np.ndarray, target: int) -> tuple[Doubles, Truths]:
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


def _stage(key: str, title: str, said: Doubles, true: Truths, *, even: bool, seed: int) -> Stage:
    weights = class_weights(true) if even else np.ones(2)
    places = np.minimum((said * _BINS).astype(np.int64), _BINS - 1)
    groups = [np.flatnonzero(places == place) for place in np.unique(places)]
    bins = tuple(
        Bin(_mean(said[one], true[one], weights), weighed(true[one], weights)) for one in groups
    )
    plain = _score(said, true, np.ones(2), seed=seed)
    return Stage(key, title, bins, _score(said, true, weights, seed=seed) if even else None, plain)


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
