"""How good the answers to held-out films are, and what the folds say together."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit
from sklearn.metrics import roc_auc_score

from engine.errors import DataError
from engine.training.data import Films
from engine.training.measure import share_interval
from engine.training.recipe import Recipe
from engine.types import LEVEL
from engine.words import Sentence

Score = Literal["auc", "macro-auc", "accuracy"]
NAMES: dict[Score, str] = {
    "auc": Sentence("score.auc"),
    "macro-auc": Sentence("score.macro-auc"),
    "accuracy": Sentence("score.accuracy"),
}
_LEAST = 1e-12  # of a probability, in a log loss
# Student's t, two-sided 95 %, for 1, 2, 3 … degrees of freedom.
_STUDENT = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Summary:
    """What the folds of one combination say.

    Attributes:
        mean: Of the folds' scores.
        spread: Their standard deviation (n − 1).
        error: Standard error of the mean, spread / √folds: that of the rule of one standard error.
        low, high: 95 % interval of the mean by Student's t, within 0…1. The variance is Nadeau
            and Bengio's (2003), because the folds share most of their training films.
    """

    mean: float
    spread: float
    error: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Chance:
    """What a score would be by chance, and on how many patients it was measured.

    Attributes:
        level: One half of an area; of an accuracy the share of the commonest class.
        patients: Of the rarest class for an area, all of them for an accuracy.
    """

    level: float
    patients: int


def chance_of(kind: Score, films: Films) -> Chance:
    """Chance on the films that are held out one fold after the other, all of them once."""
    counts = np.bincount(films.labels)
    if kind == "accuracy":
        return Chance(float(counts.max() / counts.sum()), len(np.unique(films.patients)))
    people = [len(np.unique(films.patients[films.labels == k])) for k in np.unique(films.labels)]
    return Chance(0.5, min(people))


def above_chance(scores: Sequence[float], chance: Chance, *, tried: int) -> bool:
    """Whether the best mean of several is told from chance.

    Both the folds (Student's t, see `summarise`) and the number of patients must say so: scores
    of few films agree by chance, too. The best of many looks better than it is, so the level is
    divided by their number (Bonferroni).

    Args:
        scores: Of the folds of the best.
        chance: See `chance_of`.
        tried: How many combinations it is the best of.
    """
    count, tail = len(scores), (1 - LEVEL) / 2 / max(tried, 1)
    mean, spread = float(np.mean(scores)), float(np.std(scores, ddof=1))
    half = float(stdtrit(count - 1, 1 - tail)) * spread * math.sqrt(1 / count + 1 / (count - 1))
    low, _ = share_interval(mean, chance.patients, z=-NormalDist().inv_cdf(tail))
    return min(mean - half, low) > chance.level


def choose_score(recipe: Recipe, wanted: str | None) -> Score:
    """The score that is asked for, or the recipe's own.

    Two classes with a `positive` are scored by AUC, everything else by accuracy.

    Raises:
        DataError: There is no such score, or an AUC without `positive`.
    """
    plain = recipe.positive is not None
    if wanted is None:
        return "auc" if plain and len(recipe.classes) == 2 else "accuracy"
    for name in get_args(Score):
        if name == wanted:
            if name == "auc" and not plain:
                raise DataError(
                    "The score auc needs `positive` in the recipe; macro-auc does not.", "data"
                )
            return name  # type: ignore[no-any-return]
    raise DataError("The score must be one of {score}.", "data", score=", ".join(get_args(Score)))


def score(
    kind: Score,
    probabilities: NDArray[np.float64],
    labels: NDArray[np.int64],
    *,
    positive: int | None,
) -> float:
    """Higher is better, 0…1.

    Args:
        kind: "auc" of the class `positive`, "macro-auc" the mean of every class's against the
            rest, "accuracy" the share of right answers.
        probabilities: (N, K).
        labels: (N,) class indices; for an AUC each class must be there.
        positive: Index of the finding's class.
    """
    if kind == "accuracy":
        return float(np.mean(probabilities.argmax(axis=1) == labels))
    classes = (positive,) if kind == "auc" else range(probabilities.shape[1])
    areas = [roc_auc_score(labels == one, probabilities[:, one]) for one in classes]
    return float(np.mean(areas))


def log_loss(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Mean −ln of the probability (N, K) of the true class (N,); lower is better."""
    true = probabilities[np.arange(len(labels)), labels]
    return float(-np.mean(np.log(np.maximum(true, _LEAST))))


def summarise(scores: Sequence[float]) -> Summary:
    """Mean, spread and interval of the scores of two folds or more."""
    count = len(scores)
    mean, spread = float(np.mean(scores)), float(np.std(scores, ddof=1))
    quantile = _STUDENT[count - 2] if count - 2 < len(_STUDENT) else 1.96
    # Each fold tests 1 film for every count − 1 that it learns.
    half = quantile * spread * math.sqrt(1 / count + 1 / (count - 1))
    low, high = max(mean - half, 0.0), min(mean + half, 1.0)
    return Summary(mean, spread, spread / math.sqrt(count), low, high)
