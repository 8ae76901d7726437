"""What the training films look like to a network, and how its answers are scaled."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.bundle import MOST_CLASS_MEANS
from engine.calibration import FLATTEST, fit_scale, fit_temperature
from engine.errors import DataError
from engine.films import Films, Heights, ModelRows, alike, batch_of, taken
from engine.measure import Estimate, area_under_curve
from engine.network import RowNetwork
from engine.progress import paced
from engine.recipe import Recipe
from engine.sequence import resampled
from engine.types import Results, RowStatistics
from engine.words import Sentence, plain

# ------------------------------------------------------- statistics of the training films
# What the training films looked like to a network: baselines, deviations, colour scales.

_BATCH = 64


def row_statistics(
    network: RowNetwork,
    rows: ModelRows,
    *,
    influence_limit: float,
    heights: Heights | None = None,
    mean: NDArray[np.float32] | None = None,
    labels: NDArray[np.int64] | None = None,
) -> RowStatistics:
    """Means and standard deviations of every hidden state over training films.

    Args:
        network: In evaluation mode.
        rows: (N, M, W) training films.
        influence_limit: See `influence_scale`.
        heights: (N,) model rows of each film; None if all have M.
        mean: (M, W) the mean film, see `even_mean_film`; None takes that of all N.
        labels: (N,) class indices, for `class_mean_films`; None keeps none.

    Returns:
        The states are over all N, on the grid of the network's configuration: films of other
        heights are laid on it by relative position.
    """
    heights = _full(rows) if heights is None else heights
    sums: list[NDArray[np.float64]] = []
    with torch.inference_mode():
        batches = list(alike(heights, _BATCH))
        for chosen in paced(batches, "measuring hidden states", len(batches)):
            films = batch_of(rows[chosen], heights[chosen]).rows
            parts = _moments(network.trace(films).h.double(), network.config.steps)
            sums = [a + b for a, b in zip(sums, parts, strict=True)] if sums else parts
    state_mean, state_std = _mean_and_deviation(sums[0], sums[1], len(rows))
    norm_mean, norm_std = _mean_and_deviation(sums[2], sums[3], len(rows))
    config, class_means = network.config, None
    if labels is not None:
        class_means = class_mean_films(
            rows, labels, classes=config.classes, heights=heights, onto=config.rows
        )
    if mean is None:
        mean = mean_film(rows, heights=heights, onto=config.rows)
    return RowStatistics(
        mean_image=mean,
        state_mean=state_mean,
        state_std=state_std,
        norm_mean=norm_mean,
        norm_std=norm_std,
        influence_limit=influence_limit,
        count=len(rows),
        class_means=class_means,
    )


def mean_film(
    rows: ModelRows, *, heights: Heights | None = None, onto: int | None = None
) -> NDArray[np.float32]:
    """The mean (M, W) of films (N, …, W): the baseline of Influence.

    Args:
        rows: Films, padded behind.
        heights: (N,) model rows of each film; None if nothing is padded.
        onto: M, rows of the typical film, on which every film is laid; None if all have them.
    """
    heights = _full(rows) if heights is None else heights
    onto = onto or rows.shape[1]
    total = np.zeros((onto, rows.shape[2]))
    for chosen in alike(heights, _BATCH):
        height = heights[chosen[0]]
        total += resampled(rows[chosen, :height].sum(axis=0, dtype=np.float64), onto, axis=0)
    return np.asarray(total / len(rows), dtype=np.float32)


def even_mean_film(
    rows: ModelRows,
    labels: NDArray[np.int64],
    *,
    heights: Heights | None = None,
    onto: int | None = None,
) -> NDArray[np.float32]:
    """The mean (M, W) of the classes' mean films.

    Where three films of four show a finding, the mean of all films half shows it too, and
    Influence would start from there.

    Args:
        rows: Films, padded behind.
        labels: (N,) class indices.
        heights: (N,) model rows of each film; None if nothing is padded.
        onto: M, rows of the typical film, on which every film is laid; None if all have them.
    """
    means = _mean_films(rows, labels, heights=heights, onto=onto)
    return np.asarray(np.mean(list(means.values()), axis=0), dtype=np.float32)


def class_mean_films(
    rows: ModelRows,
    labels: NDArray[np.int64],
    *,
    classes: int,
    heights: Heights | None = None,
    onto: int | None = None,
) -> NDArray[np.float32] | None:
    """The mean film of each class (K, M, W), for bundles; its mean is `even_mean_film`.

    Args:
        rows: Films, padded behind.
        labels: (N,) class indices.
        classes: K.
        heights: (N,) model rows of each film; None if nothing is padded.
        onto: M, rows of the typical film, on which every film is laid; None if all have them.

    Returns:
        None where a class has no film, or where all together would make a bundle large
        (`engine.bundle.MOST_CLASS_MEANS`).
    """
    if classes * (onto or rows.shape[1]) * rows.shape[2] > MOST_CLASS_MEANS:
        return None
    if not np.bincount(labels, minlength=classes).all():
        return None
    means = _mean_films(rows, labels, heights=heights, onto=onto)
    return np.stack([means[label] for label in range(classes)])


def _mean_films(
    rows: ModelRows,
    labels: NDArray[np.int64],
    *,
    heights: Heights | None,
    onto: int | None,
) -> dict[int, NDArray[np.float32]]:
    """The mean film (M, W) of every class that has films."""
    heights = _full(rows) if heights is None else heights
    means = {}
    for label in map(int, np.flatnonzero(np.bincount(labels))):
        chosen = np.flatnonzero(labels == label)
        films = taken(rows, chosen, heights=heights)
        means[label] = mean_film(films, heights=heights[chosen], onto=onto)
    return means


def influence_scale(influences: NDArray[np.float64]) -> float:
    """Colour scale of Influence (N, L): the 99th percentile of |Δ log-odds| per step."""
    return float(np.percentile(np.abs(influences), 99))


def _full(rows: ModelRows) -> Heights:
    return np.full(len(rows), rows.shape[1])


def _moments(h: Tensor, steps: int) -> list[NDArray[np.float64]]:
    """Sums over films, and of squares, of states (S, D, N, …, H) and their norms on L steps."""
    norm = h.square().mean(dim=4).sqrt()  # (S, D, N, …)
    sums = []
    for values in (h.numpy(), norm.numpy()):
        typical = resampled(values, steps, axis=3)  # (S, D, N, L, …)
        sums += [typical.sum(axis=2), np.square(typical).sum(axis=2)]
    return sums


def _mean_and_deviation(
    total: NDArray[np.float64], squares: NDArray[np.float64], count: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    mean = total / count
    variance = np.maximum(squares / count - mean**2, 0.0)
    return mean.astype(np.float32), np.sqrt(variance).astype(np.float32)


# ----------------------------------------------------------- scale and offset of the head
# Probabilities that mean what they say: the head's scale and offset, set on validation films.
#
# A calibration never turns a network round. What answers the wrong way, or not at all, is said in
# `refuse_untold` before anything is fitted.

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
            " `training.learning_rate`, or set `training.clip`."
        )
    if len(np.unique(films.labels)) < 2:
        name = _folder(recipe, int(films.labels[0]))
        raise DataError(
            "The validation films are all of “{name}”; put films of the other classes into `val`,"
            " or set `data.validation`.",
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
    raise DataError("{why}; `measure.allow_untold = true` writes the model as it is.", why=why)


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


def _pairs(logits: NDArray[np.float64], films: Films) -> dict[tuple[int, int], Estimate]:
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


def _mean(figures: list[Estimate]) -> Estimate:
    """The mean of areas; its interval is that of areas which err together, the widest."""
    value, low, high = (
        float(np.mean([getattr(one, end) for one in figures])) for end in ("value", "low", "high")
    )
    return Estimate(value, low, high, sum(one.count for one in figures))


def _turned(pairs: dict[tuple[int, int], Estimate]) -> tuple[int, int] | None:
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
