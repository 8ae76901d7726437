"""What the training films looked like to a network: baselines, deviations, colour scales."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.metadata import MOST_CLASS_MEANS
from engine.network import RowNetwork
from engine.progress import paced
from engine.reference import resampled
from engine.training.batches import Heights, alike, batch_of
from engine.training.data.rows import ModelRows, taken
from engine.types import RowStatistics

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
        (`engine.metadata.MOST_CLASS_MEANS`).
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
