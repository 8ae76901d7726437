"""A finding or none: what a threshold makes of the probability, and what its answers are worth."""

from dataclasses import dataclass

import numpy as np

from engine.evaluation.answers import Answers, Truths
from engine.evaluation.curves import Discrimination, discrimination
from engine.training.bootstrap import Doubles, Resampling
from engine.training.measure import Figure, choose_threshold, share
from engine.types import Threshold

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
    sensitivity: Figure
    specificity: Figure
    ppv: Figure
    npv: Figure
    accuracy: Figure
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
            present, answers.scores, sensitivity=wanted, chosen_on="these films"
        )
        name = f"sensitivity at least {wanted:.2f}" if wanted else "largest Youden index"
        points.append(_point(answers, chosen.value, f"{name}, {where}", stored=False))
    return tuple(points)


def _point(answers: Answers, threshold: float, rule: str, *, stored: bool) -> OperatingPoint:
    present, found = answers.present, answers.scores >= threshold

    def among(hits: Truths, chosen: Truths) -> Figure:
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
