"""Influence of each model row on an answer: signed integrated gradients.

Sundararajan, Taly, Yan 2017: with baseline b and path b + α (x − b), the influence of a pixel is
(x − b) · ∫₀¹ ∂f/∂x dα. Summed over a row, and over all rows, it gives f(x) − f(b) (completeness).
f is the log-odds of one class against all others.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from engine.network import RowNetwork

STEPS = 16  # nodes; on trained chest models no row is off by more than 1e-4 of the largest
_RELATIVE = 0.01  # of the difference in log-odds may be left over
_ABSOLUTE = 1e-3  # or this much of it
_MOST_STEPS = 256
_BATCH_VALUES = 2**20  # pixels per batch of the path; a stem holds about 50 times as many


class RowAttribution(NamedTuple):
    """Influence of rows; residual = log_odds − baseline_log_odds − per_row.sum()."""

    per_row: Tensor  # (M,)
    residual: float
    log_odds: float
    baseline_log_odds: float


def integrated_gradients(
    network: RowNetwork, rows: Tensor, *, baseline: Tensor, target: int, steps: int = STEPS
) -> RowAttribution:
    """How much each row of one film moved the log-odds of a class away from the baseline's.

    Gauss–Legendre nodes integrate the path; their number doubles, to at most 256, until what is
    left over is below 1 % of the difference or below 0.001.

    Args:
        network: Used in evaluation mode, left in the mode it had.
        rows: (M, W) on the network's device.
        baseline: (M, W), usually the mean of the training films.
        target: Index of the class.
        steps: Nodes to begin with.
    """
    films, targets = rows.unsqueeze(0), torch.tensor([target], device=rows.device)
    with _differentiable(network):
        with torch.no_grad():
            ends = log_odds(network(torch.stack((rows, baseline))), targets.expand(2)).double()
        difference = float(ends[0] - ends[1])
        per_row, residual = torch.zeros(len(rows)), difference
        while steps <= _MOST_STEPS:
            films_rows = _integrate(
                network, films, baseline=baseline, targets=targets, steps=steps
            )  # (1, M)
            per_row = films_rows[0]
            residual = difference - float(per_row.double().sum())
            if abs(residual) <= max(_RELATIVE * abs(difference), _ABSOLUTE):
                break
            steps *= 2
    return RowAttribution(per_row, residual, float(ends[0]), float(ends[1]))


def row_influence(
    network: RowNetwork, rows: Tensor, *, baseline: Tensor, targets: Tensor, steps: int = STEPS
) -> Tensor:
    """Influence (N, M) of the rows of many films (N, M, W), for statistics; a fixed path.

    Args:
        network: Used in evaluation mode, left in the mode it had.
        rows: On the network's device.
        baseline: (M, W).
        targets: (N,) class per film.
        steps: Nodes of the path.
    """
    with _differentiable(network):
        return _integrate(network, rows, baseline=baseline, targets=targets, steps=steps)


def log_odds(logits: Tensor, targets: Tensor) -> Tensor:
    """Log p/(1 − p) (N,) of class targets[n] (N,), of logits (N, K)."""
    chosen = logits.gather(1, targets.unsqueeze(1)).squeeze(1)
    others = logits.scatter(1, targets.unsqueeze(1), -torch.inf)
    return chosen - others.logsumexp(dim=1)


def _integrate(
    network: RowNetwork, rows: Tensor, *, baseline: Tensor, targets: Tensor, steps: int
) -> Tensor:
    nodes, weights = (torch.tensor(v, device=rows.device) for v in _legendre(steps))
    change = rows - baseline  # (N, M, W)
    sums = torch.zeros_like(rows)
    films = torch.arange(len(rows), device=rows.device).repeat_interleave(steps)  # (N · steps,)
    at = torch.arange(steps, device=rows.device).repeat(len(rows))
    together = max(_BATCH_VALUES // baseline.numel(), 1)
    for film, node in zip(torch.split(films, together), torch.split(at, together), strict=True):
        path = baseline + nodes[node].view(-1, 1, 1) * change[film]  # (P, M, W)
        path.requires_grad_()
        with torch.enable_grad():
            total = (log_odds(network(path), targets[film]) * weights[node]).sum()
            (gradient,) = torch.autograd.grad(total, path)
        sums.index_add_(0, film, gradient)
    return (change * sums).sum(dim=2)  # (N, M)


@cache
def _legendre(steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights of Gauss and Legendre on 0…1."""
    nodes, weights = np.polynomial.legendre.leggauss(steps)
    return ((nodes + 1) / 2).astype(np.float32), (weights / 2).astype(np.float32)


@contextmanager
def _differentiable(network: RowNetwork) -> Iterator[None]:
    """Evaluation mode with gradients: cuDNN refuses that for recurrences, so it is turned off."""
    training = network.training
    network.eval()
    try:
        with torch.backends.cudnn.flags(enabled=False):
            yield
    finally:
        network.train(training)
