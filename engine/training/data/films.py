"""The value that reading ends in: films as a network reads them, and what is known of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.progress import Progress
from engine.training.data.rows import ModelRows, taken

__all__ = ["SPLITS", "Films", "Progress", "Split", "Unused"]

Split = Literal["train", "val", "test"]
SPLITS: tuple[Split, ...] = ("train", "val", "test")


@dataclass(frozen=True, slots=True)
class Unused:
    """Files of a source that are no film of a class.

    Attributes:
        reason: Such as "in no folder of a class", of each of them.
        count: How many there are.
        example: Path of the first inside the source.
    """

    reason: str
    count: int
    example: str


@dataclass(frozen=True, slots=True, eq=False)
class Films:
    """A data set as a network reads it.

    Attributes:
        rows: (N, M, W) model rows, float16 to halve the memory; 0…1. M is the highest film's;
            behind the ends of the others there are zeros. From files they stay on disk (`Rows`):
            indexing reads what is asked for.
        labels: (N,) class indices.
        splits: (N,) one of "train", "val", "test".
        patients: (N,) whose film it is; the film's own name where nobody said.
        names: (N,) path inside the data set.
        findings: (N, 2) where the finding begins and ends, as shares of the film's height; NaN
            where there is none or nobody said (`engine.training.truth`).
        skipped: Files that could not be read, with the reason.
        heights: (N,) model rows of each film; left empty, all of them have M.
        unread: Splits that the source has and that were left alone, see `Layout.splits`.
        groups: (N,) words by the column they stand in, such as "sex"; see `Columns.subgroups`.
        unused: Files of the source that are no film of a class, by reason.
        notes: What else a user should know of the reading, as sentences.
    """

    rows: ModelRows
    labels: NDArray[np.int64]
    splits: NDArray[np.str_]
    patients: NDArray[np.str_]
    names: NDArray[np.str_]
    findings: NDArray[np.float64]
    skipped: tuple[str, ...] = ()
    heights: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    groups: Mapping[str, NDArray[np.str_]] = field(default_factory=dict)
    unread: tuple[Split, ...] = ()
    unused: tuple[Unused, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not len(self.heights):
            full = np.full(len(self), self.rows.shape[1], dtype=np.int64)
            object.__setattr__(self, "heights", full)

    def where(self, split: Split) -> NDArray[np.int64]:
        """Indices of one split."""
        return np.flatnonzero(self.splits == split)

    def only(self, split: Split) -> "Films":
        """The films of one split."""
        return self.take(self.where(split))

    def take(self, chosen: NDArray[np.int64]) -> "Films":
        """The films of some indices, in their order; no rows are read or copied."""
        names = ("labels", "splits", "patients", "names", "findings", "heights")
        return replace(
            self,
            rows=taken(self.rows, chosen, heights=self.heights),
            groups={name: words[chosen] for name, words in self.groups.items()},
            **{name: getattr(self, name)[chosen] for name in names},
        )

    def __len__(self) -> int:
        return len(self.labels)
