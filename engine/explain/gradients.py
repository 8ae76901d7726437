"""Signed integrated gradients of an answer with respect to the model rows, in torch."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from engine.network import RowNetwork, log_odds
from engine.runtime import evaluating, one_film
from engine.types import Floats

# -------------------------------------------------------------------- differentiable mode
# The mode in which a network is differentiated.


@contextmanager
def differentiable(network: nn.Module) -> Iterator[None]:
    """Evaluation mode with gradients: cuDNN refuses that for recurrences, so it is turned off."""
    with evaluating(network), torch.backends.cudnn.flags(enabled=False):
        yield


# ------------------------------------------------------------------- integrated gradients
# Sundararajan, Taly, Yan 2017: with baseline b and path b + α (x − b), the influence of a pixel
# is (x − b) · ∫₀¹ ∂f/∂x dα. Summed over a row, and over all rows, it gives f(x) − f(b)
# (completeness). f is the log-odds of one class against all others.

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


class PixelAttribution(NamedTuple):
    """Influence of pixels; residual = log_odds − baseline_log_odds − per_pixel.sum()."""

    per_pixel: Tensor  # (M, W)
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
    found = integrated_pixels(network, rows, baseline=baseline, target=target, steps=steps)
    return RowAttribution(found.per_pixel.sum(dim=1), *found[1:])


def of_film(
    network: RowNetwork, rows: Floats, *, baseline: Floats, target: int
) -> PixelAttribution:
    """The same pixel by pixel, of arrays."""
    like = next(network.parameters())
    film, empty = (torch.from_numpy(array).to(like) for array in (rows, baseline))
    with one_film():
        return integrated_pixels(network, film, baseline=empty, target=target)


def integrated_pixels(
    network: RowNetwork, rows: Tensor, *, baseline: Tensor, target: int, steps: int = STEPS
) -> PixelAttribution:
    """The same pixel by pixel; arguments as for `integrated_gradients`."""
    films, targets = rows.unsqueeze(0), torch.tensor([target], device=rows.device)
    link = network.config.link
    with differentiable(network):
        with torch.no_grad():
            both = network(torch.stack((rows, baseline)))
            ends = log_odds(both, targets.expand(2), link).double()
        difference = float(ends[0] - ends[1])
        pixels, residual = torch.zeros_like(rows), difference
        while steps <= _MOST_STEPS:
            pixels = _integrate(network, films, baseline=baseline, targets=targets, steps=steps)[0]
            residual = difference - float(pixels.sum(dim=1).double().sum())
            if abs(residual) <= max(_RELATIVE * abs(difference), _ABSOLUTE):
                break
            steps *= 2
    return PixelAttribution(pixels, residual, float(ends[0]), float(ends[1]))


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
    return _pixels(network, rows, baseline=baseline, targets=targets, steps=steps).sum(dim=2)


def complete_row_influence(
    network: RowNetwork, rows: Tensor, *, baseline: Tensor, targets: Tensor
) -> Tensor:
    """Influence (N, M) of the rows of many films, each refined as `integrated_gradients` does.

    Arguments as for `row_influence`.
    """
    return complete_pixel_influence(network, rows, baseline=baseline, targets=targets).sum(dim=2)


def complete_pixel_influence(
    network: RowNetwork, rows: Tensor, *, baseline: Tensor, targets: Tensor
) -> Tensor:
    """The same pixel by pixel, (N, M, W)."""
    link = network.config.link
    with differentiable(network), torch.no_grad():
        empty = log_odds(network(baseline[None]).expand(len(rows), -1), targets, link)
        difference = log_odds(network(rows), targets, link) - empty  # (N,)
    allowed = (_RELATIVE * difference.abs()).clamp(min=_ABSOLUTE)
    steps = STEPS
    pixels = _pixels(network, rows, baseline=baseline, targets=targets, steps=steps)
    while steps < _MOST_STEPS:
        left = (difference - pixels.sum(dim=2).sum(dim=1)).abs() > allowed  # (N,)
        if not bool(left.any()):
            break
        steps *= 2
        pixels[left] = _pixels(
            network, rows[left], baseline=baseline, targets=targets[left], steps=steps
        )
    return pixels


def _pixels(
    network: RowNetwork, rows: Tensor, *, baseline: Tensor, targets: Tensor, steps: int
) -> Tensor:
    with differentiable(network):
        return _integrate(network, rows, baseline=baseline, targets=targets, steps=steps)


def _integrate(
    network: RowNetwork, rows: Tensor, *, baseline: Tensor, targets: Tensor, steps: int
) -> Tensor:
    """Influence (N, M, W) of every pixel."""
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
            odds = log_odds(network(path), targets[film], network.config.link)
            total = (odds * weights[node]).sum()
            (gradient,) = torch.autograd.grad(total, path)
        sums.index_add_(0, film, gradient)
    return change * sums  # (N, M, W)


@cache
def _legendre(steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights of Gauss and Legendre on 0…1."""
    nodes, weights = np.polynomial.legendre.leggauss(steps)
    return ((nodes + 1) / 2).astype(np.float32), (weights / 2).astype(np.float32)
