"""What a batch costs: cross entropy with the answers to rare classes and easy films."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.training.recipe import Schedule


def film_losses(logits: Tensor, targets: Tensor, plan: Schedule, weight: Tensor | None) -> Tensor:
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


def class_weights(labels: NDArray[np.int64], classes: int) -> Tensor:
    """(K,) weights in inverse proportion to the films of a class; their mean over films is 1."""
    counts = np.maximum(np.bincount(labels, minlength=classes), 1)
    return torch.tensor(len(labels) / (classes * counts), dtype=torch.float32)
