"""Answers to films of known truth, and what follows: thresholds, curves, findings."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.calibration import linked
from engine.films import Films, predict
from engine.measure.figures import (
    Doubles,
    Estimate,
    Resampling,
    Statistic,
    area,
    area_figure,
    choose_threshold,
    drawn_area,
    effective_films,
    intervals,
    resampling,
    share,
    untold,
)
from engine.types import Threshold
from engine.weights import Bundle
from engine.words import Sentence

# ----------------------------------------------------------------- answers to known films
# What a model answered to films whose truth is known: all that the figures are made of.
Truths = NDArray[np.bool_]
EVEN = 0.5  # the threshold of a model that stores none


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """N answers and their truth.

    Attributes:
        logits, probabilities: (N, K).
        labels: (N,) the class that each film is of.
        patients, names: (N,) whose film it is, and its name in the data set.
        classes: K names.
        positive: Index of the finding; None for a plain choice.
        threshold: Least probability that is called the finding.
    """

    logits: Doubles
    probabilities: Doubles
    labels: NDArray[np.int64]
    patients: NDArray[np.str_]
    names: NDArray[np.str_]
    classes: tuple[str, ...]
    positive: int | None
    threshold: float = EVEN

    @property
    def present(self) -> Truths:
        """(N,) whether the finding is there; only with a finding."""
        return np.asarray(self.labels == self.positive)

    @property
    def scores(self) -> Doubles:
        """(N,) the probability of the finding; only with a finding."""
        return np.asarray(self.probabilities[:, self.positive or 0])

    @property
    def said(self) -> NDArray[np.int64]:
        """(N,) the class that is answered: of two by the threshold, else the most probable."""
        if self.positive is not None and len(self.classes) == 2:
            found = self.scores >= self.threshold
            return np.where(found, self.positive, 1 - self.positive)
        return np.asarray(self.probabilities.argmax(axis=1), dtype=np.int64)

    @property
    def per_class(self) -> tuple[int, ...]:
        """(K,) films of each class."""
        return tuple(np.bincount(self.labels, minlength=len(self.classes)).tolist())

    def resampling(self, seed: int = 0) -> Resampling:
        """Draws of patients for intervals; of two classes, as for the model's card."""
        two = self.positive is not None and len(self.classes) == 2
        labels = self.present.astype(np.int64) if two else self.labels
        return resampling(labels, self.patients, seed=seed)

    def take(self, chosen: NDArray[np.intp]) -> "Answers":
        """The answers of some indices."""
        return Answers(
            self.logits[chosen],
            self.probabilities[chosen],
            self.labels[chosen],
            self.patients[chosen],
            self.names[chosen],
            self.classes,
            self.positive,
            self.threshold,
        )

    def __len__(self) -> int:
        return len(self.labels)


def answers_of(bundle: Bundle, films: Films) -> Answers:
    """Let a model read films."""
    logits = predict(bundle.network, films.rows, heights=films.heights)
    info = bundle.info
    return Answers(
        logits=logits,
        probabilities=linked(logits, bundle.config.link),
        labels=films.labels,
        patients=films.patients,
        names=films.names,
        classes=info.classes,
        positive=info.positive,
        threshold=info.threshold.value if info.threshold else EVEN,
    )


# -------------------------------------------------------- ROC and precision–recall curves
# ROC and precision–recall curves with their bands, point by point over draws of patients.

GRID = np.linspace(0.0, 1.0, 101)  # where bands are measured
_MOST_POINTS = 400  # of a curve that is kept
_NO_BAND = np.empty((2, 0))
Steps = tuple[Doubles, Doubles]  # of each draw, (b, G): weight of films above each score


@dataclass(frozen=True, slots=True)
class RateCurve:
    """A curve and its 95 % band.

    Attributes:
        x, y: Points of the curve, in order.
        at: Places on the x axis of the band.
        low, high: The band there, each place by itself; all three are empty where there are
            too few patients for a band.
    """

    x: tuple[float, ...]
    y: tuple[float, ...]
    at: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Discrimination:
    """How well films with a class are told from those without, at any threshold.

    Attributes:
        area: Under the ROC curve.
        precision: Average precision, the area under the precision–recall curve in steps.
        roc: Sensitivity over false alarms (1 − specificity).
        recall: Precision over recall.
    """

    area: Estimate
    precision: Estimate
    roc: RateCurve
    recall: RateCurve


def discrimination(present: Truths, scores: Doubles, drawn: Resampling) -> Discrimination | None:
    """Areas and curves of films (N,); None where all of them or none show the class."""
    if not 0 < int(present.sum()) < len(present):
        return None
    statistics: dict[str, Statistic] = {
        "area": area(present, scores),
        "precision": _stepped(present, scores, _average_precision),
        "roc": _stepped(present, scores, _sensitivities),
        "recall": _stepped(present, scores, _precisions),
    }
    ones = np.ones((1, len(scores)))
    count = len(scores)
    values = {name: float(statistics[name](ones)[0]) for name in ("area", "precision")}
    if drawn_area(values["area"], present, drawn.places):
        found = intervals(drawn, statistics)
        figures = {name: _figure(value, found[name], count) for name, value in values.items()}
    else:
        figures = {
            "area": area_figure(values["area"], present, drawn.places),
            "precision": untold(values["precision"], count),
        }
        found = {"roc": _NO_BAND, "recall": _NO_BAND}
    hits, alarms = (steps[0] for steps in _steps(present, scores)(ones))
    sensitivity, false = hits / hits[-1], alarms / alarms[-1]
    precision = hits / (hits + alarms)
    return Discrimination(
        area=figures["area"],
        precision=figures["precision"],
        roc=_curve(np.append(0.0, false), np.append(0.0, sensitivity), found["roc"]),
        recall=_curve(
            np.append(0.0, sensitivity), np.append(precision[0], precision), found["recall"]
        ),
    )


def _figure(value: float, interval: Doubles, count: int) -> Estimate:
    low, high = interval.tolist()
    return Estimate(value, low, high, count)


def _curve(x: Doubles, y: Doubles, band: Doubles) -> RateCurve:
    """The corners of a curve, thinned where there are more than anybody can see."""
    corner = np.ones(len(x), np.bool_)
    corner[1:-1] = ~((x[1:-1] == x[:-2]) & (x[1:-1] == x[2:]))
    corner[1:-1] &= ~((y[1:-1] == y[:-2]) & (y[1:-1] == y[2:]))
    kept = np.flatnonzero(corner)
    if len(kept) > _MOST_POINTS:
        kept = kept[np.rint(np.linspace(0, len(kept) - 1, _MOST_POINTS)).astype(np.intp)]
    at = GRID[: band.shape[1]]
    return RateCurve(*(tuple(values.tolist()) for values in (x[kept], y[kept], at, *band)))


def _steps(present: Truths, scores: Doubles) -> Callable[[Doubles], Steps]:
    """Weight of films with and without the class down to each different score, from the top."""
    order = np.argsort(-scores, kind="stable")
    ordered = scores[order]
    ends = np.flatnonzero(np.append(ordered[1:] < ordered[:-1], True))
    with_it = present[order].astype(float)

    def measured(weights: Doubles) -> Steps:
        drawn = weights[:, order]
        hits = np.cumsum(drawn * with_it, axis=1)[:, ends]
        alarms = np.cumsum(drawn * (1 - with_it), axis=1)[:, ends]
        return hits, alarms

    return measured


def _stepped(
    present: Truths, scores: Doubles, statistic: Callable[[Doubles, Doubles], Doubles]
) -> Statistic:
    steps = _steps(present, scores)

    def measured(weights: Doubles) -> Doubles:
        hits, alarms = steps(weights)
        with np.errstate(divide="ignore", invalid="ignore"):
            return statistic(hits, alarms)

    return measured


def _average_precision(hits: Doubles, alarms: Doubles) -> Doubles:
    """Σ (recall gained) × precision; a draw may leave out the films at the top."""
    precision = np.nan_to_num(hits / (hits + alarms))
    gained = np.diff(hits, axis=1, prepend=0.0)
    return np.asarray((gained * precision).sum(axis=1) / hits[:, -1])


def _sensitivities(hits: Doubles, alarms: Doubles) -> Doubles:
    """Sensitivity at each share of false alarms of GRID, on the straight lines between points."""
    sensitivity, false = hits / hits[:, -1:], alarms / alarms[:, -1:]
    return np.stack([np.interp(GRID, x, y) for x, y in zip(false, sensitivity, strict=True)])


def _precisions(hits: Doubles, alarms: Doubles) -> Doubles:
    """Precision at the highest threshold that reaches each recall of GRID."""
    precision, recall = hits / (hits + alarms), hits / hits[:, -1:]
    wanted = np.maximum(GRID, 1e-9)  # recall 0 is reached by no film at all
    return np.stack(
        [
            y[np.minimum(np.searchsorted(x, wanted - 1e-12), len(x) - 1)]
            for x, y in zip(recall, precision, strict=True)
        ]
    )


# ------------------------------------------------------------------- choice among classes
# A choice among classes: which are told apart, and which are taken for which.

_ENOUGH = 5.0  # right and wrong answers of a class, for the bootstrap of its share


@dataclass(frozen=True, slots=True)
class Confusion:
    """How many films of each class were called what.

    Attributes:
        counts: [truth][answer].
        shares: Of the films of each class; NaN where there are none.
    """

    classes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    shares: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """One class against all others.

    Attributes:
        recall: How many films of the class were called so (sensitivity).
        precision: How many films called so are of the class.
        discrimination: By the probability of the class; None where all films or none are of it.
    """

    name: str
    films: int
    recall: Estimate
    precision: Estimate
    discrimination: Discrimination | None


@dataclass(frozen=True, slots=True)
class ThresholdChoice:
    """A plain choice among K classes.

    Attributes:
        accuracy: Films whose most probable class is the true one.
        balanced: Mean recall over the classes that there are films of.
        second: Films whose class is among the two most probable; None of two classes.
        area: Mean area under the classes' ROC curves, one against all others.
    """

    accuracy: Estimate
    balanced: Estimate
    second: Estimate | None
    area: Estimate
    classes: tuple[ClassFigures, ...]


def confusion(answers: Answers) -> Confusion:
    """Count truths and answers."""
    count = len(answers.classes)
    flat = np.bincount(answers.labels * count + answers.said, minlength=count * count)
    counts = flat.reshape(count, count)
    with np.errstate(invalid="ignore"):
        shares = counts / counts.sum(axis=1, keepdims=True)
    return Confusion(
        answers.classes, tuple(map(tuple, counts.tolist())), tuple(map(tuple, shares.tolist()))
    )


def choice(answers: Answers, drawn: Resampling) -> ThresholdChoice:
    """Measure the choice."""
    said, labels, patients = answers.probabilities.argmax(axis=1), answers.labels, answers.patients
    classes = tuple(
        ClassFigures(
            name=name,
            films=int((labels == k).sum()),
            recall=share((said == k)[labels == k], patients[labels == k]),
            precision=share((labels == k)[said == k], patients[said == k]),
            discrimination=discrimination(labels == k, answers.probabilities[:, k], drawn),
        )
        for k, name in enumerate(answers.classes)
    )
    right = np.asarray(said == labels)
    ranks = (answers.probabilities > _of_truth(answers)[:, None]).sum(axis=1)
    return ThresholdChoice(
        accuracy=share(right, patients),
        balanced=_balanced(right, answers, drawn),
        second=share(ranks < 2, patients) if len(classes) > 2 else None,
        area=_mean_area(answers, drawn),
        classes=classes,
    )


def _of_truth(answers: Answers) -> Doubles:
    return np.asarray(answers.probabilities[np.arange(len(answers)), answers.labels])


def _balanced(right: Truths, answers: Answers, drawn: Resampling) -> Estimate:
    present = np.unique(answers.labels)
    truth = (answers.labels[:, None] == present).astype(float)  # (N, classes that there are)
    statistic = _mean_recall(right.astype(float), truth)
    value = float(statistic(np.ones((1, len(answers))))[0])
    each = [(right[answers.labels == k], answers.patients[answers.labels == k]) for k in present]
    if not all(_drawn_share(hits, whose) for hits, whose in each):
        return _added([share(hits, whose) for hits, whose in each], len(answers))
    low, high = intervals(drawn, {"balanced": statistic})["balanced"]
    return Estimate(value, float(low), float(high), len(answers))


def _drawn_share(hits: Truths, patients: NDArray[np.str_]) -> bool:
    """Whether the bootstrap of a share holds: enough patients, of right and of wrong answers."""
    films = effective_films(hits, patients)
    value = float(np.mean(hits))
    return films * min(value, 1 - value) >= _ENOUGH


def _added(shares: list[Estimate], count: int) -> Estimate:
    """The mean of independent shares, its interval from theirs (Zou and Donner 2008)."""
    value = float(np.mean([one.value for one in shares]))
    below = sum((one.value - one.low) ** 2 for one in shares) ** 0.5 / len(shares)
    above = sum((one.high - one.value) ** 2 for one in shares) ** 0.5 / len(shares)
    return Estimate(value, max(0.0, value - below), min(1.0, value + above), count)


def _mean_recall(right: Doubles, truth: Doubles) -> Statistic:
    def measured(weights: Doubles) -> Doubles:
        with np.errstate(divide="ignore", invalid="ignore"):
            recalls = (weights * right) @ truth / (weights @ truth)
        return np.asarray(recalls.mean(axis=1))

    return measured


def mean_area(labels: NDArray[np.int64], probabilities: Doubles) -> Statistic | None:
    """Mean area of the classes that some but not all films are of; None where there is none."""
    single = [area(labels == k, probabilities[:, k]) for k in _parted(labels, probabilities)]
    if not single:
        return None

    def measured(weights: Doubles) -> Doubles:
        return np.asarray(np.mean([one(weights) for one in single], axis=0))

    return measured


def _parted(labels: NDArray[np.int64], probabilities: Doubles) -> list[int]:
    """Classes that some but not all films (N,) are of."""
    classes = range(probabilities.shape[1])
    return [k for k in classes if 0 < int((labels == k).sum()) < len(labels)]


def _mean_area(answers: Answers, drawn: Resampling) -> Estimate:
    count, measured = len(answers), mean_area(answers.labels, answers.probabilities)
    if measured is None:
        return untold(float("nan"), count)
    everyone = np.ones((1, count))
    present = [answers.labels == k for k in _parted(answers.labels, answers.probabilities)]
    values = [
        float(area(answers.labels == k, answers.probabilities[:, k])(everyone)[0])
        for k in _parted(answers.labels, answers.probabilities)
    ]
    each = list(zip(values, present, strict=True))
    if not all(drawn_area(value, there, drawn.places) for value, there in each):
        # Areas of one film's probabilities err together: the widest is the mean of the ends.
        figures = [area_figure(value, there, drawn.places) for value, there in each]
        low, high = (float(np.mean([getattr(f, end) for f in figures])) for end in ("low", "high"))
        return Estimate(float(np.mean(values)), low, high, count)
    low, high = intervals(drawn, {"area": measured})["area"]
    return Estimate(float(np.mean(values)), float(low), float(high), count)


# ----------------------------------------------------------------- finding at a threshold
# A finding or none: what a threshold makes of the probability, and what its answers are worth.

_SENSITIVITIES = (0.90, 0.95, 0.99)
_PREVALENCES = (0.01, 0.05, 0.10, 0.20, 0.50)
_BARS = 20


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """A threshold, and what it does to these films.

    Attributes:
        rule: In words, how it was chosen.
        stored: Whether it is the model's own, chosen beforehand on other films.
        ppv, npv: How many of the films called positive (negative) are, at the share of films
            with the finding that these films have.
        counts: True positives, false positives, false negatives, true negatives.
    """

    rule: str
    stored: bool
    threshold: float
    sensitivity: Estimate
    specificity: Estimate
    ppv: Estimate
    npv: Estimate
    accuracy: Estimate
    counts: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Worth:
    """What an answer would be worth if this share of all films showed the finding."""

    prevalence: float
    ppv: float
    npv: float


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything about one finding.

    Attributes:
        name: Of its class.
        films: That show it.
        prevalence: Share of the films that show it.
        points: Operating points, the one in use first.
        worth: By Bayes' rule from its sensitivity and specificity.
        bars: Films with and without it by probability, twenty equal steps from 0 to 1.
    """

    name: str
    films: int
    prevalence: float
    discrimination: Discrimination | None
    points: tuple[OperatingPoint, ...]
    worth: tuple[Worth, ...]
    bars: tuple[tuple[int, ...], tuple[int, ...]]


def finding(answers: Answers, drawn: Resampling, stored: Threshold | None) -> Finding | None:
    """Measure the finding; None where the model knows none."""
    if answers.positive is None:
        return None
    present, scores = answers.present, answers.scores
    points = operating_points(answers, stored)
    first = points[0]
    place = np.minimum((scores * _BARS).astype(np.int64), _BARS - 1)
    bars = [np.bincount(place[chosen], minlength=_BARS) for chosen in (present, ~present)]
    return Finding(
        name=answers.classes[answers.positive],
        films=int(present.sum()),
        prevalence=float(present.mean()),
        discrimination=discrimination(present, scores, drawn),
        points=points,
        worth=_worth(first.sensitivity.value, first.specificity.value),
        bars=(tuple(bars[0].tolist()), tuple(bars[1].tolist())),
    )


def operating_points(answers: Answers, stored: Threshold | None) -> tuple[OperatingPoint, ...]:
    """The model's own threshold (0.5 where it has none), then those that these films suggest.

    What is chosen on the very films that it is measured on flatters, so that is said in the rule.
    """
    rule = f"stored: {stored.chosen_on}" if stored else "0.5, since the model stores none"
    points = [_point(answers, answers.threshold, rule, stored=stored is not None)]
    present = answers.present
    if not 0 < int(present.sum()) < len(present):
        return tuple(points)
    where = "chosen on these very films"
    for wanted in (0.0, *_SENSITIVITIES):
        chosen = choose_threshold(
            present, answers.scores, sensitivity=wanted, chosen_on=Sentence("these films")
        )
        name = f"sensitivity at least {wanted:.2f}" if wanted else "largest Youden index"
        points.append(_point(answers, chosen.value, f"{name}, {where}", stored=False))
    return tuple(points)


def _point(answers: Answers, threshold: float, rule: str, *, stored: bool) -> OperatingPoint:
    present, found = answers.present, answers.scores >= threshold

    def among(hits: Truths, chosen: Truths) -> Estimate:
        return share(hits[chosen], answers.patients[chosen])

    everyone = np.ones(len(answers), np.bool_)
    return OperatingPoint(
        rule=rule,
        stored=stored,
        threshold=threshold,
        sensitivity=among(found, present),
        specificity=among(~found, ~present),
        ppv=among(present, found),
        npv=among(~present, ~found),
        accuracy=among(found == present, everyone),
        counts=(
            int((found & present).sum()),
            int((found & ~present).sum()),
            int((~found & present).sum()),
            int((~found & ~present).sum()),
        ),
    )


def _worth(sensitivity: float, specificity: float) -> tuple[Worth, ...]:
    lines = []
    for prevalence in _PREVALENCES:
        hit, alarm = prevalence * sensitivity, (1 - prevalence) * (1 - specificity)
        missed, spared = prevalence * (1 - sensitivity), (1 - prevalence) * specificity
        lines.append(Worth(prevalence, _ratio(hit, alarm), _ratio(spared, missed)))
    return tuple(lines)


def _ratio(right: float, wrong: float) -> float:
    return right / (right + wrong) if right + wrong > 0 else float("nan")


def brier(present: Truths, scores: Doubles) -> Doubles:
    """Squared error (N,) of the probability of each film (Brier 1950)."""
    return np.asarray((scores - present) ** 2)
