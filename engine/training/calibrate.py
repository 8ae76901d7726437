"""Probabilities that mean what they say: the head's scale and offset, set on validation films.

A calibration never turns a network round. What answers the wrong way, or not at all, is said in
`refuse_untold` before anything is fitted.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import torch
from numpy.typing import NDArray

from engine.calibration import fit_temperature
from engine.errors import DataError
from engine.network import RowNetwork
from engine.training.data import Films
from engine.training.measure import Figure, area_under_curve
from engine.training.recipe import Recipe
from engine.types import Results
from engine.words import Sentence, plain

FLATTEST = 0.05  # standard deviation of the scaled log-odds; the films are all answered alike
_STEPS = 100
_STILL = 1e-10
_WATCHED = 8  # validation films; of fewer all may be answered wrong by chance
_WRONG = 2  # epochs running without a right answer
_EVEN = 0.5  # the area of a network that tells nothing


def calibrate(
    network: RowNetwork, logits: NDArray[np.float64], labels: NDArray[np.int64]
) -> tuple[float, float]:
    """Set the probabilities of a network in place, on films (N, K) with labels (N,).

    Returns:
        Scale and offset of the logits (for K > 2 there is no offset). The scale is above zero.
    """
    if logits.shape[1] == 2:
        return _scale_and_move(network, logits, labels)
    return 1 / _divide(network, logits, labels), 0.0


def _divide(network: RowNetwork, logits: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Divide the logits by a temperature (Guo 2017), folded into the weights of the head."""
    temperature = fit_temperature(logits, labels)
    with torch.no_grad():
        network.head.weight.div_(temperature)
        network.head.bias.div_(temperature)
    return temperature


def _scale_and_move(
    network: RowNetwork, logits: NDArray[np.float64], labels: NDArray[np.int64]
) -> tuple[float, float]:
    """Scale and move the log-odds of a two-class network in place, see `fit_scale`.

    The order of the films does not change, nor the order of the rows within a map: the change is
    folded into the weights of the head.
    """
    scale, offset = fit_scale(logits[:, 1] - logits[:, 0], labels)
    with torch.no_grad():
        network.head.weight.mul_(scale)
        network.head.bias.mul_(scale)
        network.head.bias.add_(torch.tensor([-offset / 2, offset / 2]))
    return scale, offset


def fit_scale(odds: NDArray[np.float64], labels: NDArray[np.int64]) -> tuple[float, float]:
    """Scale > 0 and offset of log-odds (N,) with which they fit their truth (N,) best.

    Platt's calibration (1999): the log loss, where n films of a class count as (n + 1) / (n + 2)
    true, so that few films without an error do not make every answer certain. Both classes weigh
    the same, so that a probability is meant for films of which half show the finding.

    The loss is convex; Newton's steps find its minimum. Where that lies at a scale that turns the
    answers round, or leaves next to nothing of them, the scale stays where their standard
    deviation is `FLATTEST`, and the offset is fitted alone. Answers that are all the same keep
    the scale 1.
    """
    present = labels == 1
    counts = np.array([len(labels) - int(present.sum()), int(present.sum())])
    target = np.where(present, (counts[1] + 1) / (counts[1] + 2), 1 / (counts[0] + 2))
    weight = 1 / (2 * counts[present.astype(np.int64)])
    centre, spread = float(odds.mean()), float(odds.std())
    if spread <= 1e-12 * max(1.0, abs(centre)):
        return 1.0, _newton(np.zeros((len(odds), 0)), target, weight)[0] - centre
    units = (odds - centre) / spread
    offset, scale = _newton(units[:, None], target, weight)
    if scale < FLATTEST:
        scale = FLATTEST
        offset = _newton(np.zeros((len(odds), 0)), target, weight, known=scale * units)[0]
    return scale / spread, offset - scale * centre / spread


def _newton(
    units: NDArray[np.float64],
    target: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    known: NDArray[np.float64] | float = 0.0,
) -> list[float]:
    """Intercept and slopes of a logistic regression on units (N, J), beside known log-odds."""
    columns = np.column_stack((np.ones(len(target)), units))
    line = np.zeros(columns.shape[1])

    def loss(line: NDArray[np.float64]) -> float:
        z = columns @ line + known
        return float(weight @ (np.logaddexp(0.0, z) - target * z))

    now = loss(line)
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(columns @ line + known, -700, 700)))
        slope = columns.T @ (weight * (p - target))
        bent = (columns.T * (weight * p * (1 - p))) @ columns
        move = np.linalg.solve(bent + 1e-12 * np.eye(len(line)), slope)
        size = 1.0
        while (tried := loss(line - size * move)) > now and size > 1e-6:
            size /= 2
        if tried > now:
            break
        line, before, now = line - size * move, now, tried
        if before - now < _STILL:
            break
    return [float(one) for one in line]


def refuse_untold(logits: NDArray[np.float64], films: Films, recipe: Recipe) -> Results:
    """Stop where a network tells nothing on its validation films, or the wrong way round.

    Args:
        logits: (N, K) answers of the network to the validation films, not calibrated.
        films: The N validation films; none say nothing.
        recipe: With `measure.allow_untold` nothing stops.

    Returns:
        A warning for the first line of the results: where the answers are not told from chance,
        or would have stopped the run; else nothing.

    Raises:
        DataError: Answers that are no numbers; the classes of some films seem to be exchanged, the
            area under the curve is not above that of chance, all films get nearly the same
            answer, or all are of one class.
    """
    if not len(films):
        return ()
    if not np.isfinite(logits).all():
        raise DataError(
            "The training went astray: the network answers with no numbers. Lower"
            " `training.learning_rate`, or set `training.clip`.",
            "data",
        )
    if len(np.unique(films.labels)) < 2:
        name = _folder(recipe, int(films.labels[0]))
        raise DataError(
            "The validation films are all of “{name}”; put films of the other classes into `val`,"
            " or set `data.validation`.",
            "data",
            name=name,
        )
    found = _pairs(logits, films)
    area = _mean(list(found.values()))
    words = f"{_name(recipe)} {area.words()}"
    turned = _turned(found)
    if turned is not None:
        first, second = (_folder(recipe, label) for label in turned)
        why = (
            f"The classes of the validation films seem to be exchanged: {words}. Look whether"
            f" “{first}” and “{second}” of the validation films hold each other's films"
        )
    elif area.value <= _EVEN or _flat(logits, films.labels):
        why = (
            f"The network tells nothing on the validation films: {words}. Give it more films, or"
            " train it --anew with more epochs or another learning rate"
            + (", and look whether classes of `val` are exchanged" if area.value < _EVEN else "")
        )
    elif not area.told or area.low <= _EVEN:
        return ((Sentence("result.warning"), Sentence("result.untold", words=words)),)
    else:
        return ()
    if recipe.measure.allow_untold:
        return ((Sentence("result.warning"), plain(f"{why}.")),)
    raise DataError(
        "{why}; `measure.allow_untold = true` writes the model as it is.", "data", why=why
    )


def epoch_refusal(accuracies: Sequence[float | None], *, films: int) -> str:
    """Why a training should stop after an epoch; empty where it may go on.

    Args:
        accuracies: On the validation films, of every epoch so far.
        films: How many validation films there are.
    """
    last = accuracies[-_WRONG:]
    if films < _WATCHED or len(last) < _WRONG or any(one is None or one > 0 for one in last):
        return ""
    return (
        f"Not one of {films:,} validation films was answered rightly in {_WRONG} epochs running:"
        " their classes are probably exchanged; look into the folders, or the table, of `val`."
    )


def _pairs(logits: NDArray[np.float64], films: Films) -> dict[tuple[int, int], Figure]:
    """How well each two classes are told apart: areas of their films alone (Hand and Till 2001).

    Two classes that were exchanged lie far below one half here, however many others are right.
    """
    labels = films.labels
    found = {}
    for first, second in combinations(np.unique(labels).tolist(), 2):
        both = np.flatnonzero((labels == first) | (labels == second))
        odds = logits[both, second] - logits[both, first]
        present = labels[both] == second
        found[first, second] = area_under_curve(present, odds, patients=films.patients[both])
    return found


def _mean(figures: list[Figure]) -> Figure:
    """The mean of areas; its interval is that of areas which err together, the widest."""
    value, low, high = (
        float(np.mean([getattr(one, end) for one in figures])) for end in ("value", "low", "high")
    )
    return Figure(value, low, high, sum(one.count for one in figures))


def _turned(pairs: dict[tuple[int, int], Figure]) -> tuple[int, int] | None:
    """The two classes that are told the wrong way round most surely; None where none are.

    Among many pairs some areas lie below one half by chance, so that of more than one pair the
    middle of the way to zero must be passed, too.
    """
    least = min(pairs, key=lambda pair: pairs[pair].value)
    area = pairs[least]
    wrong = area.told and area.high < _EVEN and (len(pairs) == 1 or area.value < _EVEN / 2)
    return least if wrong else None


def _flat(logits: NDArray[np.float64], labels: NDArray[np.int64]) -> bool:
    """Whether calibration would leave next to nothing of the answers."""
    if logits.shape[1] == 2:
        odds = logits[:, 1] - logits[:, 0]
        return fit_scale(odds, labels)[0] * float(odds.std()) <= FLATTEST * (1 + 1e-9)
    spread = float((logits - logits.mean(axis=1, keepdims=True)).std(axis=0).mean())
    return spread / fit_temperature(logits, labels) <= FLATTEST


def _name(recipe: Recipe) -> str:
    return "AUC" if len(recipe.classes) == 2 else "mean AUC over pairs of classes"


def _folder(recipe: Recipe, label: int) -> str:
    folders = recipe.data.folders
    return folders[label] if label < len(folders) else recipe.classes[label]
