"""What a batch costs: cross entropy with the answers to rare classes and easy films."""

from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

if TYPE_CHECKING:
    from engine.recipe import Schedule


def class_weights(labels: NDArray[np.int64], classes: int) -> Tensor:
    """(K,) weights in inverse proportion to the films of a class; their mean over films is 1."""
    counts = np.maximum(np.bincount(labels, minlength=classes), 1)
    return torch.tensor(len(labels) / (classes * counts), dtype=torch.float32)


def undecided(weight: Tensor | None, classes: int) -> Tensor:
    """The target (K,) under which even odds have the least cross entropy.

    Where classes are weighted (K,) the same share of each would pull towards the heavier one, so
    each share is divided by its weight.
    """
    shares = torch.ones(classes) if weight is None else 1 / weight
    return shares / shares.sum()


def leaning(even: Tensor, odds: float) -> Tensor:
    """The target (2, …) that an undecided film has where log-odds of `odds` count as even.

    Args:
        even: As `undecided` makes it, for log-odds of 0; what follows the two classes is kept.
        odds: Of class 1 over class 0.
    """
    if not odds:
        return even
    shares = even[:2] * torch.sigmoid(torch.tensor([-odds, odds]))
    return torch.cat((shares / shares.sum(), even[2:]))


def film_losses(
    logits: Tensor, targets: Tensor, plan: "Schedule", weight: Tensor | None
) -> Tensor:
    """Loss of each film, (N,).

    With p the softmax of the logits, y the target and w the weights of the classes:

        loss = −Σ_k w_k y′_k (1 − p_k)^γ log p_k,   y′ = (1 − ε) y + ε / K

    γ = 0 is the cross entropy; γ > 0 the focal loss (Lin 2017, eq. 5), here for soft targets too.

    Args:
        logits: (N, K).
        targets: (N, K), each row sums to one.
        plan: Its `focal` is γ, its `label_smoothing` ε.
        weight: (K,); None weighs all classes alike.
    """
    classes = logits.shape[1]
    soft = targets * (1 - plan.label_smoothing) + plan.label_smoothing / classes
    chances = torch.log_softmax(logits, dim=1)
    terms = soft * chances
    if plan.focal:
        terms = terms * (1 - chances.exp()) ** plan.focal
    if weight is not None:
        terms = terms * weight
    return -terms.sum(dim=1)


def binary_losses(
    logits: Tensor, targets: Tensor, plan: "Schedule", weight: Tensor | None
) -> Tensor:
    """Loss of each finding in each film, (N, K), 0 where nothing is known.

    With p the sigmoid of a logit, y the target and w the weight of the finding:

        loss = −w y′ (1 − p)^γ log p − (1 − y′) p^γ log(1 − p),   y′ = (1 − ε) y + ε / 2

    Args:
        logits: (N, K).
        targets: (N, K) from 0 to 1; NaN where nothing is known.
        plan: Its `focal` is γ, its `label_smoothing` ε.
        weight: (K,) of films with the finding; None weighs both kinds alike.
    """
    known = targets.isfinite()
    soft = torch.where(known, targets, 0.5)
    soft = soft * (1 - plan.label_smoothing) + plan.label_smoothing / 2
    there = functional.logsigmoid(logits)
    absent = functional.logsigmoid(-logits)
    with_it, without = soft * there, (1 - soft) * absent
    if plan.focal:
        with_it = with_it * absent.exp() ** plan.focal
        without = without * there.exp() ** plan.focal
    if weight is not None:
        with_it = with_it * weight
    return torch.where(known, -(with_it + without), 0.0)
