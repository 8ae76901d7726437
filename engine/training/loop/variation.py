"""Every random change to a batch and its targets."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from engine.reference import resampled
from engine.training.augment import Augmentation, anchor, augment, mix_up, neutral, splice
from engine.training.batches import Batch, batch_of, fitted
from engine.training.data import Films


def varied(
    films: Films,
    chosen: NDArray[np.int64],
    plan: Augmentation,
    *,
    mean: NDArray[np.float32],
    even: Tensor,
    seed: int,
) -> tuple[Batch, Tensor]:
    """A batch of films, changed at random, and its targets (N, K); no film changes its height.

    Args:
        films: All films.
        chosen: (N,) indices.
        plan: How far a film may be changed.
        mean: (M, W) the mean film, where a change needs it.
        even: (K,) the target of an undecided film.
        seed: Everything random follows from it.
    """
    generator = torch.Generator().manual_seed(seed)
    batch = batch_of(films.rows[chosen], films.heights[chosen])
    targets = functional.one_hot(torch.from_numpy(films.labels[chosen]), len(even)).float()
    return _vary(batch, targets, plan, mean=mean, even=even, generator=generator)


def _vary(
    batch: Batch,
    targets: Tensor,
    plan: Augmentation,
    *,
    mean: NDArray[np.float32],
    even: Tensor,
    generator: torch.Generator,
) -> tuple[Batch, Tensor]:
    heights, baseline = batch.lengths, _mean_films(batch, mean)
    never = torch.isin(targets.argmax(dim=1), torch.tensor(plan.never_spared))
    rows = augment(batch.rows, plan, generator, heights=heights, never_spared=never)
    rows, targets = mix_up(rows, targets, alpha=plan.mixup, generator=generator, heights=heights)
    rows, targets = anchor(
        rows, targets, mean=baseline, even=even, share=plan.anchor, generator=generator
    )
    rows, targets = splice(
        rows, targets, mean=baseline, plan=plan, generator=generator, heights=heights
    )
    rows, targets = neutral(
        rows, targets, mean=baseline, even=even, share=plan.neutral, generator=generator
    )
    return Batch(rows, batch.heights), targets


def _mean_films(batch: Batch, mean: NDArray[np.float32]) -> Tensor:
    """The mean film at the height of each film: (M, W) where all have it, else (N, M, W)."""
    if batch.lengths is None:
        return torch.from_numpy(resampled(mean, batch.rows.shape[1], axis=0))
    films = torch.from_numpy(mean).expand(len(batch.rows), -1, -1)
    return fitted(films, torch.full_like(batch.heights, len(mean)), batch.heights)
