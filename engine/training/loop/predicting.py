"""Answers of a network to many films."""

import numpy as np
import torch
from numpy.typing import NDArray

from engine.network import RowNetwork
from engine.progress import paced
from engine.training.batches import Batch, Heights, alike, answer, batch_of
from engine.training.data import ModelRows


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
    network.eval()
    device = next(network.parameters()).device
    logits = np.empty((len(rows), network.config.classes))
    with torch.inference_mode():
        batches = list(alike(heights, batch))
        for chosen in paced(batches, "reading films with the network", len(batches)):
            films = batch_of(rows[chosen], heights[chosen])
            moved = Batch(films.rows.to(device), films.heights)
            logits[chosen] = answer(network, moved).cpu().numpy()
    return logits
