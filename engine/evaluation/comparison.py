"""Two models on the same films: paired differences, each with an interval and a test.

A difference is always B − A. Two models that read the same films err on the same hard ones, so
their figures go up and down together, and the intervals of each alone say nothing about the
difference. Every test here is of pairs.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.calibration import log_odds
from engine.evaluation.doubt import SMALL
from engine.measure import (
    Answers,
    Doubles,
    Estimate,
    Resampling,
    Statistic,
    Truths,
    area,
    area_under_curve,
    calibration_statistics,
    mean_area,
    share,
)
from engine.types import LEVEL

SLOPE_DRAWS = 500  # each is a fit of its own
LEAST_PATIENTS = 6  # that differ: with five, the exact p is never below 0.05 (2 · 0.5⁵ = 0.06)
_ALPHA = 1 - LEVEL
_Z = NormalDist().inv_cdf((1 + LEVEL) / 2)  # two-sided
_PERCENTILES = (50 * (1 - LEVEL), 50 * (1 + LEVEL))
_LEAST = 1e-12  # a probability of 0 for what happened would cost without end

Verdict = Literal["few", "same", "a", "b", "differ"]
Method = Literal["delong", "mcnemar", "bootstrap"]
VERDICTS: Mapping[Verdict, str] = {
    "few": "too few to tell",
    "same": "not told apart",
    "a": "A is better",
    "b": "B is better",
    "differ": "they differ",
}
METHODS: Mapping[Method, str] = {
    "delong": "DeLong",
    "mcnemar": "McNemar",
    "bootstrap": "bootstrap",
}


@dataclass(frozen=True, slots=True)
class PairedTest:
    """One test of a difference.

    Attributes:
        low, high: Interval of B − A at `LEVEL`; NaN where it cannot be known.
        p: Two-sided, that there is no difference; NaN as well.
    """

    method: Method
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Films by who was right; only those of which one model was right tell them apart.

    Attributes:
        both, only_a, only_b, neither: How many films.
        patients: Patients of whom one model got more films right than the other.
        exact: p of McNemar's test by the binomial distribution (McNemar 1947; two-sided).
        mid_p: The same with half the weight of what was seen: the exact test refuses too often to
            tell models apart, this one is right more nearly (Lancaster 1961; Fagerland 2013).
    """

    both: int
    only_a: int
    only_b: int
    neither: int
    patients: int
    exact: float
    mid_p: float


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of both models.

    Attributes:
        key: Stable.
        title, meaning: For people.
        better: Which is better, "high" or "low"; empty where neither is ("slope": 1 is best).
        a, b: Each alone, with its own interval.
        value: B − A.
        tests: Of the difference, the least flattering (largest p) first.
        agreement: Of shares of films.
        verdict: See `VERDICTS`; a model is better only where no interval holds 0 and every p is
            below 0.05.
    """

    key: str
    title: str
    meaning: str
    better: str
    a: Estimate
    b: Estimate
    value: float
    tests: tuple[PairedTest, ...]
    agreement: Agreement | None
    verdict: Verdict


def differences(
    a: Answers, b: Answers, *, balanced: bool, drawn: Resampling
) -> tuple[Difference, ...]:
    """Compare two models figure by figure.

    Args:
        a: Answers to N films.
        b: Those of the other model to the same films in the same order, with the same classes
            and finding.
        balanced: Whether both classes weigh the same in calibration, as both models mean it.
        drawn: Draws of patients, the same for both.

    Returns:
        With a finding: AUC, accuracy, sensitivity, specificity, then calibration; else accuracy,
        mean AUC, then calibration. What no film can tell (no films of a class) is left out.
    """
    if a.positive is not None and len(a.classes) == 2:
        found = [*_of_finding(a, b, drawn)]
    else:
        found = [*_of_choice(a, b, drawn)]
    return (*found, *_of_calibration(a, b, balanced=balanced, drawn=drawn))


# ------------------------------------------------------- paired tests, as plain functions


def delong(present: Truths, scores: Doubles) -> tuple[Doubles, Doubles]:
    """Areas under the ROC curves of models (J,) and their covariance (J, J).

    DeLong, DeLong and Clarke-Pearson 1988, by midranks in O(N log N) (Sun and Xu 2014). Ties count
    half. The covariance needs two films of each kind; with fewer it is NaN.

    Args:
        present: (N,) whether the finding is there; films are independent.
        scores: (J, N) of each model.
    """
    from scipy.stats import rankdata  # noqa: PLC0415 - a second, only for two models

    with_it, without = scores[:, present], scores[:, ~present]
    m, n = with_it.shape[1], without.shape[1]
    every = np.concatenate((with_it, without), axis=1)
    ranks, own, others = (rankdata(values, axis=1) for values in (every, with_it, without))
    won = (ranks[:, :m] - own) / n  # share of films without it that each film with it outranks
    stood = 1 - (ranks[:, m:] - others) / m  # the same of each film without it
    areas = won.mean(axis=1)
    if m < 2 or n < 2:
        return areas, np.full((len(scores), len(scores)), np.nan)
    return areas, np.atleast_2d(np.cov(won) / m + np.cov(stood) / n)


def delong_test(present: Truths, a: Doubles, b: Doubles) -> PairedTest:
    """DeLong's test of the difference of two areas, B − A, with its normal interval."""
    areas, covariance = delong(present, np.stack((a, b)))
    value = float(areas[1] - areas[0])
    variance = float(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
    if math.isnan(variance):
        return PairedTest("delong", math.nan, math.nan, math.nan)
    spread = math.sqrt(max(variance, 0.0))
    if spread < 1e-9:  # rounding of a covariance of equal answers
        same = abs(value) < 1e-9
        return PairedTest("delong", *((0.0, 0.0, 1.0) if same else (math.nan,) * 3))
    p = math.erfc(abs(value) / spread / math.sqrt(2))
    low, high = max(-1.0, value - _Z * spread), min(1.0, value + _Z * spread)
    return PairedTest("delong", low, high, p)


def mcnemar(only_a: int, only_b: int) -> tuple[float, float]:
    """The exact p and the mid-p of as many films that only A, only B got right.

    Without a difference each of them is as likely either model's: a binomial distribution of one
    half. Where both are equal in number the mid-p is 1 − P(as seen) (Fagerland 2013).
    """
    from scipy.stats import binom  # noqa: PLC0415 - as above

    count, few = only_a + only_b, min(only_a, only_b)
    if not count:
        return 1.0, 1.0
    tail, seen = float(binom.cdf(few, count, 0.5)), float(binom.pmf(few, count, 0.5))
    if only_a == only_b:
        return 1.0, 1 - seen / 2
    return min(1.0, 2 * tail), min(1.0, 2 * tail - seen)


def paired_shares(a: Truths, b: Truths) -> tuple[float, float]:
    """Interval of the difference of two shares of the same independent films, B − A.

    Newcombe 1998, method 10: the intervals of both (`share`), added as squares with their
    correlation. It stays within −1…1, and has a width where no film tells the models apart.

    Args:
        a: (N,) whether each film counts for A.
        b: (N,) the same for B.
    """
    one, two, value = share(b), share(a), float(b.mean() - a.mean())
    both, only_b = int((a & b).sum()), int((b & ~a).sum())
    only_a, neither = int((a & ~b).sum()), int((~a & ~b).sum())
    margins = (both + only_b) * (only_a + neither) * (both + only_a) * (only_b + neither)
    crossed = float(both * neither - only_a * only_b)
    if crossed > 0:
        crossed = max(crossed - len(a) / 2, 0.0)  # towards no correlation
    phi = crossed / math.sqrt(margins) if margins else 0.0

    def reach(left: float, right: float) -> float:
        return math.sqrt(max(left**2 - 2 * phi * left * right + right**2, 0.0))

    low = reach(one.value - one.low, two.high - two.value)
    high = reach(one.high - one.value, two.value - two.low)
    return value - low, value + high


def paired_draws(
    drawn: Resampling, a: Statistic, b: Statistic
) -> tuple[Estimate, Estimate, PairedTest]:
    """Two statistics on the same draws of patients: each alone, and the difference B − A.

    Percentile intervals. p is twice the share of draws on the rarer side of 0, with one draw added
    to both sides, so that it is never 0 (Davison and Hinkley 1997). A draw in which one of the two
    is not defined is left out.
    """
    blocks = [np.stack((a(weights), b(weights))) for weights in drawn.weights()]
    both = np.concatenate(blocks, axis=1)
    both = both[:, np.isfinite(both).all(axis=0)]
    ones, count = np.ones((1, len(drawn.places))), len(drawn.places)
    first, second = float(a(ones)[0]), float(b(ones)[0])
    figures = [
        Estimate(value, *_interval(values, value), count)
        for value, values in zip((first, second), both, strict=True)
    ]
    apart = both[1] - both[0]
    rarer = min(int((apart <= 0).sum()), int((apart >= 0).sum()))
    p = min(1.0, 2 * (rarer + 1) / (len(apart) + 1)) if len(apart) else math.nan
    low, high = _interval(apart, second - first)
    return figures[0], figures[1], PairedTest("bootstrap", low, high, p)


def verdict_of(tests: tuple[PairedTest, ...], value: float, better: str) -> Verdict:
    """Which model is better by every one of the tests."""
    known = [one for one in tests if not math.isnan(one.low + one.high + one.p)]
    if not known or len(known) < len(tests):
        return "few"
    if any(one.low <= 0 <= one.high or one.p >= _ALPHA for one in known):
        return "same"
    if not better:
        return "differ"
    return "b" if (value > 0) == (better == "high") else "a"


# ------------------------------------------------------------------ figures of two models


@dataclass(frozen=True, slots=True)
class _Named:
    key: str
    title: str
    meaning: str
    better: str = "high"


def _of_finding(a: Answers, b: Answers, drawn: Resampling) -> Iterator[Difference]:
    present, everyone = a.present, np.ones(len(a), np.bool_)
    rights = a.said == a.labels, b.said == b.labels
    if 0 < int(present.sum()) < len(present):
        yield _areas(a, b, drawn)
    named = _Named("accuracy", "Accuracy", "right answers, each at its own threshold")
    yield _shares(a, rights, among=everyone, drawn=drawn, named=named)
    if present.any():
        named = _Named("sensitivity", "Sensitivity", "findings found")
        yield _shares(a, rights, among=present, drawn=drawn, named=named)
    if not present.all():
        named = _Named("specificity", "Specificity", "films without the finding left alone")
        yield _shares(a, rights, among=~present, drawn=drawn, named=named)


def _areas(a: Answers, b: Answers, drawn: Resampling) -> Difference:
    """By DeLong where each film has its own patient, and by draws of patients."""
    present = a.present
    _, _, test = paired_draws(drawn, area(present, a.scores), area(present, b.scores))
    alone = [
        area_under_curve(present, one.scores, patients=one.patients, seed=drawn.seed)
        for one in (a, b)
    ]
    tests = [test] if drawn.patients < len(a) else [delong_test(present, a.scores, b.scores), test]
    named = _Named("auc", "AUC", "how often a film with the finding ranks above one without")
    few = _few(a, present) or _few(a, ~present)
    few = few or any(math.isnan(one.low + one.high) for one in alone)
    return _difference(named, alone[0], alone[1], tests, few=few)


def _of_choice(a: Answers, b: Answers, drawn: Resampling) -> Iterator[Difference]:
    rights = a.said == a.labels, b.said == b.labels
    everyone = np.ones(len(a), np.bool_)
    named = _Named("accuracy", "Accuracy", "films whose answer is right")
    yield _shares(a, rights, among=everyone, drawn=drawn, named=named)
    first, second = (mean_area(one.labels, one.probabilities) for one in (a, b))
    if first is not None and second is not None:
        one, two, test = paired_draws(drawn, first, second)
        meaning = "each class against all others, then the mean"
        few = any(_few(a, a.labels == k) for k in np.unique(a.labels))
        yield _difference(_Named("macro_auc", "Mean AUC", meaning), one, two, [test], few=few)


def _shares(
    answers: Answers,
    rights: tuple[Truths, Truths],
    *,
    among: Truths,
    drawn: Resampling,
    named: _Named,
) -> Difference:
    """McNemar; where patients have several films, draws of patients decide instead."""
    first, second = (right[among] for right in rights)
    patients = answers.patients[among]
    found = _agreement(first, second, patients)
    alone = share(first, patients), share(second, patients)
    clustered = drawn.patients < len(answers)
    if clustered:
        weighed = (_mean_among(right.astype(float), among) for right in rights)
        test = paired_draws(drawn, *weighed)[2]
    else:
        test = PairedTest("mcnemar", *paired_shares(first, second), found.exact)
    line = _difference(named, *alone, [test], few=_few(answers, among), agreement=found)
    if clustered and found.patients < LEAST_PATIENTS and line.verdict in {"a", "b"}:
        return replace(line, verdict="same")  # so few may all lie on one side by chance
    return line


def _agreement(a: Truths, b: Truths, patients: NDArray[np.str_]) -> Agreement:
    only_a, only_b = int((a & ~b).sum()), int((b & ~a).sum())
    places = np.unique(patients, return_inverse=True)[1]
    net = np.bincount(places, weights=b.astype(float) - a.astype(float))
    exact, mid = mcnemar(only_a, only_b)
    both, neither = int((a & b).sum()), int((~a & ~b).sum())
    return Agreement(both, only_a, only_b, neither, int((net != 0).sum()), exact, mid)


def _of_calibration(
    a: Answers, b: Answers, *, balanced: bool, drawn: Resampling
) -> Iterator[Difference]:
    """Error, Brier score, log loss and slope; see `engine.training.film_tests`."""
    two = len(a.classes) == 2
    balanced = balanced and two
    odds, truths = zip(*(held(one) for one in (a, b)), strict=True)
    if balanced and len(np.unique(truths[0])) < 2:
        balanced = False  # there is nothing to weigh against
    weighs = ", both classes weighing the same" if balanced else ""
    parts = [
        calibration_statistics(one, true, balanced=balanced)
        for one, true in zip(odds, truths, strict=True)
    ]
    smallest = [truths[0], ~truths[0]] if two else [np.ones(len(a), np.bool_)]
    few = any(_few(a, chosen) for chosen in smallest)
    mean = _even_mean(truths[0]) if balanced else _mean

    def line(named: _Named, statistics: list[Statistic], draws: Resampling) -> Difference:
        one, other, test = paired_draws(draws, *statistics)
        return _difference(named, one, other, [test], few=few)

    of = "the probability" if two else "the answer's probability"
    named = _Named("calibration_error", "Calibration error", f"how far {of} is off{weighs}", "low")
    yield line(named, [part[0] for part in parts], drawn)
    errors, losses = (
        [mean(kind(one)) for one in (a, b)] for kind in (_squared_errors, _log_losses)
    )
    yield line(_Named("brier", "Brier score", f"squared error{weighs}", "low"), errors, drawn)
    meaning = f"surprise at the truth, in nats{weighs}"
    yield line(_Named("log_loss", "Log loss", meaning, "low"), losses, drawn)
    slopes = [part[1] for part in parts if part[1] is not None]
    if len(slopes) == 2:
        fewer = Resampling(drawn.places, drawn.strata, min(SLOPE_DRAWS, drawn.draws), drawn.seed)
        meaning = "1 is right, below it answers are too sure"
        yield line(_Named("calibration_slope", "Calibration slope", meaning, ""), slopes, fewer)


def held(answers: Answers) -> tuple[Doubles, Truths]:
    """Log-odds (N,) that are held against truths (N,).

    Of two classes those of the finding (or of the second class), of more those of the answer
    against whether it was right.
    """
    if len(answers.classes) == 2:
        target = 1 if answers.positive is None else answers.positive
        return log_odds(answers.logits, target), np.asarray(answers.labels == target)
    best = answers.probabilities.argmax(axis=1)
    odds = np.stack([log_odds(answers.logits, k) for k in range(len(answers.classes))], axis=1)
    return odds[np.arange(len(best)), best], np.asarray(best == answers.labels)


def _squared_errors(answers: Answers) -> Doubles:
    """Of two classes that of one probability, of more the sum over all classes (Brier 1950)."""
    truth = answers.labels[:, None] == np.arange(len(answers.classes))
    errors = ((answers.probabilities - truth) ** 2).sum(axis=1)
    return np.asarray(errors / 2 if len(answers.classes) == 2 else errors)


def _log_losses(answers: Answers) -> Doubles:
    said = answers.probabilities[np.arange(len(answers)), answers.labels]
    return -np.log(np.clip(said, _LEAST, 1.0))


def _mean(values: Doubles) -> Statistic:
    return _mean_among(values, np.ones(len(values), np.bool_))


def _even_mean(true: Truths) -> Callable[[Doubles], Statistic]:
    """Means in which films with and without the finding weigh the same together."""

    def of(values: Doubles) -> Statistic:
        one, other = _mean_among(values, true), _mean_among(values, ~true)
        return lambda weights: np.asarray((one(weights) + other(weights)) / 2)

    return of


def _mean_among(values: Doubles, chosen: Truths) -> Statistic:
    """Weighted mean over some of the films; NaN in a draw without any of them."""
    counted = chosen.astype(float)

    def measured(weights: Doubles) -> Doubles:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(weights @ (values * counted) / (weights @ counted))

    return measured


def _few(answers: Answers, chosen: Truths) -> bool:
    """Whether some films are of so few patients that an interval says hardly anything."""
    return len(np.unique(answers.patients[chosen])) < SMALL


def _difference(
    named: _Named,
    a: Estimate,
    b: Estimate,
    tests: list[PairedTest],
    *,
    few: bool,
    agreement: Agreement | None = None,
) -> Difference:
    value = b.value - a.value
    ordered = tuple(sorted(tests, key=lambda one: (not math.isnan(one.p), -one.p)))
    verdict = "few" if few else verdict_of(ordered, value, named.better)
    return Difference(
        key=named.key,
        title=named.title,
        meaning=named.meaning,
        better=named.better,
        a=a,
        b=b,
        value=value,
        tests=ordered,
        agreement=agreement,
        verdict=verdict,
    )


def _interval(values: Doubles, value: float) -> tuple[float, float]:
    """Percentiles, widened so that what was measured lies between them."""
    if not len(values) or math.isnan(value):
        return math.nan, math.nan
    low, high = np.percentile(values, _PERCENTILES).tolist()
    return min(low, value), max(high, value)
