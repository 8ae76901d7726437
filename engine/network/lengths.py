"""Films of different heights in one batch: padded behind, each read to its own end."""

import torch
from torch import Tensor


def steps_per_film(lengths: Tensor | None, rows: Tensor, rows_per_step: int) -> Tensor | None:
    """Time steps (N,) of each film, of its model rows; None where nothing is padded.

    Args:
        lengths: (N,) int64 on the CPU, model rows of each film; None if all have M.
        rows: (N, M, W).
        rows_per_step: Model rows that one time step reads.

    Raises:
        ValueError: M, or a length, is no multiple of `rows_per_step`, or a length does not lie
            within 1…M.
    """
    count, height = rows.shape[:2]
    if height % rows_per_step or not height:
        raise ValueError(f"{height} model rows cannot be read {rows_per_step} at a time")
    if lengths is None:
        return None
    if lengths.shape != (count,) or lengths.dtype != torch.int64 or lengths.device.type != "cpu":
        raise ValueError(f"lengths must be {count} whole numbers (int64) on the CPU")
    if bool(((lengths < 1) | (lengths > height) | (lengths % rows_per_step != 0)).any()):
        raise ValueError(
            f"lengths must be multiples of {rows_per_step} from {rows_per_step} to {height}"
        )
    return lengths // rows_per_step


def behind_end(lengths: Tensor, like: Tensor) -> Tensor:
    """Which steps lie behind their film's end: (N, L, 1) truths, on the device of (N, L, …)."""
    steps = torch.arange(like.shape[1], device=like.device)
    behind = steps >= lengths.to(like.device).unsqueeze(1)  # (N, L)
    return behind.unsqueeze(2)


def zero_behind(values: Tensor, lengths: Tensor | None) -> Tensor:
    """Values (N, L, …) with zeros behind each film's end."""
    return values if lengths is None else values.masked_fill(behind_end(lengths, values), 0.0)
