"""Teaching a network to expect the next row of a film, with the true rows above (teacher forcing).

Williams and Zipser 1989.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from engine.forecast.network import RowForecaster, surprise
from engine.metadata import ForecastConfig
from engine.progress import paced
from engine.training.data import ModelRows

_BATCH = 32
_RATE = 8e-3
_CLIP = 1.0


def train_forecaster(
    rows: ModelRows, config: ForecastConfig, *, epochs: int, seed: int
) -> RowForecaster:
    """Train on films (N, M, W) and return the network in evaluation mode.

    Adam (Kingma 2015), learning rate lowered to zero over all epochs by a cosine.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        forecaster = RowForecaster(config)
        first = rows[:, 0].mean(axis=0, dtype=np.float64).astype(np.float32)
        forecaster.first.copy_(torch.from_numpy(first))
        optimiser = torch.optim.Adam(forecaster.parameters(), lr=_RATE)
        batches = -(-len(rows) // _BATCH)
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs * batches)
        for _ in paced(range(epochs), "fitting the network that expects rows", epochs):
            order = torch.randperm(len(rows)).numpy()
            for begin in range(0, len(rows), _BATCH):
                chosen = order[begin : begin + _BATCH]
                films = torch.from_numpy(rows[chosen].astype(np.float32))
                loss = surprise(forecaster, films).mean()
                optimiser.zero_grad(set_to_none=True)
                loss.backward()  # type: ignore[no-untyped-call]
                nn.utils.clip_grad_norm_(forecaster.parameters(), _CLIP)
                optimiser.step()
                schedule.step()
    return forecaster.eval().requires_grad_(requires_grad=False)


def surprises(
    forecaster: RowForecaster, rows: ModelRows, *, batch: int = 256
) -> NDArray[np.float64]:
    """Surprise (N, M) of every row of films (N, M, W), in nats per pixel."""
    parts = []
    with torch.inference_mode():
        for start in range(0, len(rows), batch):
            films = torch.from_numpy(rows[start : start + batch].astype(np.float32))
            parts.append(surprise(forecaster, films).double().numpy())
    return np.concatenate(parts)
