"""A choice among classes: which are told apart, and which are taken for which."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.answers import Answers, Truths
from engine.evaluation.curves import Discrimination, discrimination
from engine.training.bootstrap import Doubles, Resampling, Statistic, area, intervals
from engine.training.measure import (
    Figure,
    area_figure,
    drawn_area,
    effective_films,
    share,
    untold,
)

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
    recall: Figure
    precision: Figure
    discrimination: Discrimination | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A plain choice among K classes.

    Attributes:
        accuracy: Films whose most probable class is the true one.
        balanced: Mean recall over the classes that there are films of.
        second: Films whose class is among the two most probable; None of two classes.
        area: Mean area under the classes' ROC curves, one against all others.
    """

    accuracy: Figure
    balanced: Figure
    second: Figure | None
    area: Figure
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


def choice(answers: Answers, drawn: Resampling) -> Choice:
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
    return Choice(
        accuracy=share(right, patients),
        balanced=_balanced(right, answers, drawn),
        second=share(ranks < 2, patients) if len(classes) > 2 else None,
        area=_mean_area(answers, drawn),
        classes=classes,
    )


def _of_truth(answers: Answers) -> Doubles:
    return np.asarray(answers.probabilities[np.arange(len(answers)), answers.labels])


def _balanced(right: Truths, answers: Answers, drawn: Resampling) -> Figure:
    present = np.unique(answers.labels)
    truth = (answers.labels[:, None] == present).astype(float)  # (N, classes that there are)
    statistic = _mean_recall(right.astype(float), truth)
    value = float(statistic(np.ones((1, len(answers))))[0])
    each = [(right[answers.labels == k], answers.patients[answers.labels == k]) for k in present]
    if not all(_drawn_share(hits, whose) for hits, whose in each):
        return _added([share(hits, whose) for hits, whose in each], len(answers))
    low, high = intervals(drawn, {"balanced": statistic})["balanced"]
    return Figure(value, float(low), float(high), len(answers))


def _drawn_share(hits: Truths, patients: NDArray[np.str_]) -> bool:
    """Whether the bootstrap of a share holds: enough patients, of right and of wrong answers."""
    films = effective_films(hits, patients)
    value = float(np.mean(hits))
    return films * min(value, 1 - value) >= _ENOUGH


def _added(shares: list[Figure], count: int) -> Figure:
    """The mean of independent shares, its interval from theirs (Zou and Donner 2008)."""
    value = float(np.mean([one.value for one in shares]))
    below = sum((one.value - one.low) ** 2 for one in shares) ** 0.5 / len(shares)
    above = sum((one.high - one.value) ** 2 for one in shares) ** 0.5 / len(shares)
    return Figure(value, max(0.0, value - below), min(1.0, value + above), count)


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


def _mean_area(answers: Answers, drawn: Resampling) -> Figure:
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
        return Figure(float(np.mean(values)), low, high, count)
    low, high = intervals(drawn, {"area": measured})["area"]
    return Figure(float(np.mean(values)), float(low), float(high), count)
