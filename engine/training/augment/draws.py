"""Random numbers, one for each film."""

import torch
from torch import Tensor


def between(rows: Tensor, largest: float, generator: torch.Generator) -> Tensor:
    """Draw one value per film, evenly from −largest to largest: (N, 1, 1)."""
    return (torch.rand(len(rows), 1, 1, generator=generator) * 2 - 1) * largest


def all_heights(rows: Tensor, heights: Tensor | None) -> Tensor:
    """Model rows (N,) of films (N, M, W), where nothing else is said all M."""
    return torch.full((len(rows),), rows.shape[1]) if heights is None else heights
