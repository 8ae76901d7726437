"""Films of different heights side by side: padded behind, and only where they must be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.network import RowNetwork
from engine.reference import places

Heights = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Some films as a network reads them.

    Attributes:
        rows: (N, M, W) model rows, M those of the highest film; zeros behind the others' ends.
        heights: (N,) model rows of each film, int64 on the CPU.
    """

    rows: Tensor
    heights: Tensor

    @property
    def lengths(self) -> Tensor | None:
        """The heights, if a film is padded; otherwise the network need not know them."""
        return self.heights if bool((self.heights < self.rows.shape[1]).any()) else None


def batch_of(rows: NDArray[np.float16], heights: Heights) -> Batch:
    """Films (N, M, W) with their heights (N,), without the padding that all of them share."""
    films = torch.from_numpy(rows[:, : heights.max()].astype(np.float32))
    return Batch(films, torch.from_numpy(heights))


def answer(network: RowNetwork, batch: Batch) -> Tensor:
    """Logits (N, K); no film's answer depends on the films beside it."""
    lengths = batch.lengths
    logits: Tensor = network(batch.rows) if lengths is None else network(batch.rows, lengths)
    return logits


def alike(heights: Heights, size: int) -> Iterator[NDArray[np.intp]]:
    """Indices of films of equal height, at most `size` together: nothing need be padded.

    Films of one height keep their order; lower films come first.
    """
    for height in np.flatnonzero(np.bincount(heights)) if len(heights) else ():
        chosen = np.flatnonzero(heights == height)
        for start in range(0, len(chosen), size):
            yield chosen[start : start + size]


def stacked(films: Sequence[NDArray[np.float16]]) -> tuple[NDArray[np.float16], Heights]:
    """Films (M, W) of any heights as one array (N, M, W), zeros behind, and their heights (N,)."""
    heights = np.array([len(film) for film in films], dtype=np.int64)
    rows = np.zeros((len(films), heights.max(), films[0].shape[1]), dtype=np.float16)
    for number, film in enumerate(films):
        rows[number, : len(film)] = film
    return rows, heights


def inside(heights: Tensor, rows: Tensor) -> Tensor:
    """Which model rows of (N, M, W) are film and not padding: (N, M) truths."""
    return torch.arange(rows.shape[1]) < heights.unsqueeze(1)


def fitted(rows: Tensor, own: Tensor, wanted: Tensor) -> Tensor:
    """Films (N, M, W) with `wanted` (N,) rows instead of their `own` (N,), by relative position.

    Returns:
        (N, M, W), M the largest of `wanted`, zeros behind; see `engine.reference`.
    """
    fits = rows.new_zeros(len(rows), int(wanted.max()), rows.shape[2])
    for number, (stored, length) in enumerate(zip(own.tolist(), wanted.tolist(), strict=True)):
        film = rows[number]
        first, second, share = map(torch.from_numpy, places(stored, length))
        fits[number, :length] = torch.lerp(film[first], film[second], share.to(film)[:, None])
    return fits
