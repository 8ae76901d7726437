"""Answers of a network to many films."""

import numpy as np
import torch
from numpy.typing import NDArray

from engine.network import RowNetwork
from engine.training.batches import Batch, Heights, alike, answer, batch_of
from engine.training.data import Films, ModelRows


def predict(
    network: RowNetwork,
    rows: ModelRows,
    *,
    batch: int = 256,
    heights: Heights | None = None,
) -> NDArray[np.float64]:
    """Logits (N, K) of model rows (N, M, W), without dropout, in float32.

    Args:
        network: Left in evaluation mode; it reads on the device where its weights are.
        rows: Films, padded behind.
        batch: Most films that are read together; they are of equal height.
        heights: (N,) model rows of each film; None if all have M.
    """
    if heights is None:
        heights = np.full(len(rows), rows.shape[1])
    logits = np.empty((len(rows), network.config.classes))
    for chosen in alike(heights, batch):
        logits[chosen] = _answers(network, batch_of(rows[chosen], heights[chosen]))
    return logits


def predict_films(
    network: RowNetwork, films: Films, chosen: NDArray[np.int64], *, batch: int = 256
) -> NDArray[np.float64]:
    """Logits (n, K) of some films by their indices (n,); only one batch is in memory at a time."""
    logits = np.empty((len(chosen), network.config.classes))
    for part in alike(films.heights[chosen], batch):
        which = chosen[part]
        logits[part] = _answers(network, batch_of(films.rows[which], films.heights[which]))
    return logits


def _answers(network: RowNetwork, batch: Batch) -> NDArray[np.float32]:
    network.eval()
    device = next(network.parameters()).device
    with torch.inference_mode():
        moved = Batch(batch.rows.to(device), batch.heights)
        return answer(network, moved).cpu().numpy()
