"""What a batch costs: cross entropy with the answers to rare classes and easy films."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor

if TYPE_CHECKING:
    from engine.recipe import Schedule


def undecided(weight: Tensor | None, classes: int) -> Tensor:
    """The target (K,) under which even odds have the least cross entropy.

    Where classes are weighted (K,) the same share of each would pull towards the heavier one, so
    each share is divided by its weight.
    """
    shares = torch.ones(classes) if weight is None else 1 / weight
    return shares / shares.sum()


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
