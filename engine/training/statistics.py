"""What the training films looked like to a network: baselines, deviations, colour scales."""

import numpy as np
import torch
from numpy.typing import NDArray

from engine.network import RowNetwork
from engine.types import RowStatistics

_BATCH = 64


def row_statistics(
    network: RowNetwork, rows: NDArray[np.float16], *, influence_limit: float
) -> RowStatistics:
    """Means and standard deviations of every hidden state over training films.

    Args:
        network: In evaluation mode.
        rows: (N, M, W) training films.
        influence_limit: See `influence_scale`.

    Returns:
        The mean film is over all N, and so are the states.
    """
    sums: list[NDArray[np.float64]] = []
    with torch.inference_mode():
        for start in range(0, len(rows), _BATCH):
            part = torch.from_numpy(rows[start : start + _BATCH].astype(np.float32))
            h = network.trace(part).h.double()  # (S, D, N, L, H)
            norm = h.square().mean(dim=4).sqrt()  # (S, D, N, L)
            moments = [h.sum(2), h.square().sum(2), norm.sum(2), norm.square().sum(2)]
            parts = [moment.numpy() for moment in moments]
            sums = [a + b for a, b in zip(sums, parts, strict=True)] if sums else parts
    state_mean, state_std = _mean_and_deviation(sums[0], sums[1], len(rows))
    norm_mean, norm_std = _mean_and_deviation(sums[2], sums[3], len(rows))
    return RowStatistics(
        mean_image=mean_film(rows),
        state_mean=state_mean,
        state_std=state_std,
        norm_mean=norm_mean,
        norm_std=norm_std,
        influence_limit=influence_limit,
        count=len(rows),
    )


def mean_film(rows: NDArray[np.float16]) -> NDArray[np.float32]:
    """The mean (M, W) of films (N, M, W): the baseline of Influence."""
    return np.asarray(rows.mean(axis=0, dtype=np.float64), dtype=np.float32)


def influence_scale(influences: NDArray[np.float64]) -> float:
    """Colour scale of Influence (N, L): the 99th percentile of |Δ log-odds| per step."""
    return float(np.percentile(np.abs(influences), 99))


def _mean_and_deviation(
    total: NDArray[np.float64], squares: NDArray[np.float64], count: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    mean = total / count
    variance = np.maximum(squares / count - mean**2, 0.0)
    return mean.astype(np.float32), np.sqrt(variance).astype(np.float32)
