"""Films as model rows on disk, and batches of them."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import EllipsisType
from typing import Any, BinaryIO, Literal, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.errors import DataError
from engine.network import Output, RowNetwork
from engine.progress import paced
from engine.sequence import places
from engine.tasks import FilmOutputs, Truth

# --------------------------------------------------------------------- model rows on disk
# Model rows of many films that stay on disk until somebody asks for them.

_Basic = int | np.integer | slice | EllipsisType


class Rows:
    """(N, M, W) model rows as an array that is read when it is indexed.

    The films lie one behind the other in one array of rows, without padding; usually that is a
    file that is mapped into memory. `rows[indices]`, `rows[3]`, `rows[:, :40]` and the like give
    ordinary arrays of their own, with zeros behind the ends of lower films; `take` gives a view
    that reads nothing. `numpy.asarray(rows)` reads everything.

    Attributes:
        shape: (N, M, W), M the highest film's.
        dtype: float16.
    """

    def __init__(
        self,
        values: NDArray[np.float16],
        starts: NDArray[np.int64],
        *,
        heights: NDArray[np.int64],
        highest: int,
    ) -> None:
        """Describe films in `values` (T, W).

        Args:
            values: All rows of all films, perhaps of others too.
            starts: (N,) where each film begins.
            heights: (N,) its rows.
            highest: M.
        """
        self._values, self._starts, self._heights = values, starts, heights
        self.shape = (len(starts), highest, values.shape[1])
        self.dtype = values.dtype
        self._cube = self._as_cube()

    @classmethod
    def of(cls, films: NDArray[np.float16], heights: NDArray[np.int64]) -> "Rows":
        """A view of films (N, M, W), padded behind, of the given heights (N,)."""
        count, highest, columns = films.shape
        starts = np.arange(count, dtype=np.int64) * highest
        values = films.reshape(count * highest, columns)
        return cls(values, starts, heights=heights, highest=highest)

    def take(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> "Rows":
        """The films of some indices, in their order; nothing is read."""
        return Rows(
            self._values,
            self._starts[chosen],
            heights=self._heights[chosen],
            highest=self.shape[1],
        )

    def __len__(self) -> int:
        return self.shape[0]

    def __iter__(self) -> Iterator[NDArray[np.float16]]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, key: Any) -> NDArray[np.float16]:  # noqa: ANN401 - as numpy's
        first, *rest = key if isinstance(key, tuple) else (key,)
        if isinstance(first, EllipsisType):
            first, rest = slice(None), [first, *rest]
        if not all(isinstance(one, _Basic) for one in rest):
            raise IndexError("Choose films by indices first, and rows or columns of those then.")
        numbers = np.arange(len(self))[first]
        if self._cube is not None:
            places = self._starts[numbers] // self.shape[1]
            return np.array(self._cube[(places, *rest)])
        films = self._padded(np.atleast_1d(numbers))
        inside = films[0] if numbers.ndim == 0 else films
        axes = () if numbers.ndim == 0 else (slice(None),)
        return np.asarray(inside[(*axes, *rest)])

    def __array__(
        self,
        dtype: np.dtype[Any] | None = None,
        copy: bool | None = None,  # noqa: FBT001 - numpy's protocol
    ) -> NDArray[Any]:
        if copy is False:
            raise ValueError("Rows lie on disk: an array of them is a copy.")
        return self[:].astype(dtype or self.dtype, copy=False)

    def _as_cube(self) -> NDArray[np.float16] | None:
        """The films as (n, M, W) without copying, where all of them have M rows."""
        highest = self.shape[1]
        even = not len(self._values) % highest and not (self._starts % highest).any()
        if not even or (self._heights != highest).any():
            return None
        return self._values.reshape(-1, highest, self.shape[2])

    def _padded(self, numbers: NDArray[np.intp]) -> NDArray[np.float16]:
        films = np.zeros((len(numbers), *self.shape[1:]), self.dtype)
        for place, number in enumerate(numbers):
            start, height = self._starts[number], self._heights[number]
            films[place, :height] = self._values[start : start + height]
        return films


ModelRows = NDArray[np.float16] | Rows


def taken(rows: ModelRows, chosen: NDArray[np.int64], *, heights: NDArray[np.int64]) -> Rows:
    """Some of the films (N, M, W) of given heights (N,), without copying them."""
    return (rows if isinstance(rows, Rows) else Rows.of(rows, heights)).take(chosen)


# ------------------------------------------------------------------------ films as values
# The value that reading ends in: films as a network reads them, and what is known of each.

Split = Literal["train", "val", "test"]
SPLITS: tuple[Split, ...] = ("train", "val", "test")


class Skipped(NamedTuple):
    """A film that could not be read, and why: one sentence."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


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
            where there is none or nobody said (`engine.films.listing`).
        skipped: Files that could not be read, with the reason.
        heights: (N,) model rows of each film; left empty, all of them have M.
        unread: Splits that the source has and that were left alone, see `Layout.splits`.
        groups: (N,) words by the column they stand in, such as "sex"; see `Columns.subgroups`.
        aspects: (N,) width over height that each film had before it was drawn out to the shape
            of its file; NaN where nobody said (`with_shapes`).
        unused: Files of the source that are no film of a class, by reason.
        notes: What else a user should know of the reading, as sentences.
        truth: What is known of each film beside its class, where a task needs more.
    """

    rows: ModelRows
    labels: NDArray[np.int64]
    splits: NDArray[np.str_]
    patients: NDArray[np.str_]
    names: NDArray[np.str_]
    findings: NDArray[np.float64]
    skipped: tuple[Skipped, ...] = ()
    heights: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    groups: Mapping[str, NDArray[np.str_]] = field(default_factory=dict)
    unread: tuple[Split, ...] = ()
    unused: tuple[Unused, ...] = ()
    notes: tuple[str, ...] = ()
    truth: Truth | None = None
    aspects: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    def __post_init__(self) -> None:
        if not len(self.aspects):
            object.__setattr__(self, "aspects", np.full(len(self), np.nan))
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
        names = ("labels", "splits", "patients", "names", "findings", "heights", "aspects")
        return replace(
            self,
            rows=taken(self.rows, chosen, heights=self.heights),
            groups={name: words[chosen] for name, words in self.groups.items()},
            truth=None if self.truth is None else self.truth.take(chosen),
            **{name: getattr(self, name)[chosen] for name in names},
        )

    def __len__(self) -> int:
        return len(self.labels)


# --------------------------------------------------------------------- writing model rows
# Model rows on their way to disk: films are added one by one, and mapped into memory at the end.
#
# The file is an ordinary npy of all rows (T, W), films one behind the other. Nothing in here
# holds more than one film.

_Rows16 = NDArray[np.float16]


class RowWriter:
    """Writes rows (M, W) of films behind each other into an npy file."""

    def __init__(self, file: BinaryIO, columns: int) -> None:
        self._file, self._columns, self._total = file, columns, 0
        self._header()
        self._begin = file.tell()

    def add(self, rows: _Rows16) -> None:
        """Append one film (M, W).

        Raises:
            DataError: The disk is full.
        """
        try:
            self._file.write(np.ascontiguousarray(rows).data)
        except OSError as error:
            raise DataError(
                "The rows of the films cannot be written ({error}); free some space, or"
                " name a folder elsewhere (`--cache`).",
                error=error.strerror,
            ) from error
        self._total += len(rows)

    def finish(self) -> None:
        """Say in the header how many rows there are."""
        self._file.seek(0)
        self._header()  # numpy leaves room for a longer first axis
        if self._file.tell() != self._begin:
            raise RuntimeError("numpy's header grew over the first rows")
        self._file.flush()

    def _header(self) -> None:
        shape = (self._total, self._columns)
        about: dict[str, Any] = {"descr": "<f2", "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(self._file, about)


def mapped(file: BinaryIO | Path) -> _Rows16:
    """The rows (T, W) of an npy file, read from disk when they are asked for.

    A file that is open may be closed, and even deleted, once it is mapped.

    Raises:
        ValueError: It is no such file.
    """
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return mapped(opened)
    file.seek(0)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError("not an npy file of version 1.0")
    shape, fortran, kind = np.lib.format.read_array_header_1_0(file)
    if len(shape) != 2 or fortran or kind != np.dtype("<f2"):
        raise ValueError("not an array of rows")
    return np.memmap(file, kind, "r", offset=file.tell(), shape=shape)


def laid(values: NDArray[np.float16], heights: NDArray[np.int64]) -> Rows:
    """Films of given heights (N,) that lie behind each other in `values` (T, W)."""
    starts = np.cumsum(heights) - heights
    return Rows(values, starts, heights=heights, highest=int(heights.max()))


def on_disk(films: Iterable[_Rows16], columns: int) -> Rows:
    """Films (M, W) of any heights in a file without a name, which is gone when they are."""
    heights = []
    with tempfile.TemporaryFile(prefix="rowscope-") as file:
        writer = RowWriter(file, columns)
        for rows in films:
            writer.add(rows)
            heights.append(len(rows))
        writer.finish()
        return laid(mapped(file), np.array(heights, dtype=np.int64))


# ----------------------------------------------------------- batches of different heights
# Films of different heights side by side: padded behind, and only where they must be.

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


def outputs(network: RowNetwork, batch: Batch) -> Output:
    """The same with the maps of a network that has some."""
    return network.output(batch.rows, batch.lengths)


def alike(heights: Heights, size: int) -> Iterator[NDArray[np.intp]]:
    """Indices of films of equal height, at most `size` together: nothing need be padded.

    Films of one height keep their order; lower films come first.
    """
    for height in np.flatnonzero(np.bincount(heights)) if len(heights) else ():
        chosen = np.flatnonzero(heights == height)
        for start in range(0, len(chosen), size):
            yield chosen[start : start + size]


def inside(heights: Tensor, rows: Tensor) -> Tensor:
    """Which model rows of (N, M, W) are film and not padding: (N, M) truths."""
    return torch.arange(rows.shape[1]) < heights.unsqueeze(1)


def fitted(rows: Tensor, own: Tensor, wanted: Tensor) -> Tensor:
    """Films (N, M, W) with `wanted` (N,) rows instead of their `own` (N,), by relative position.

    Returns:
        (N, M, W), M the largest of `wanted`, zeros behind; see `engine.sequence`.
    """
    fits = rows.new_zeros(len(rows), int(wanted.max()), rows.shape[2])
    for number, (stored, length) in enumerate(zip(own.tolist(), wanted.tolist(), strict=True)):
        film = rows[number]
        first, second, share = map(torch.from_numpy, places(stored, length))
        fits[number, :length] = torch.lerp(film[first], film[second], share.to(film)[:, None])
    return fits


# ------------------------------------------------------------------ answers to many films
# Answers of a network to many films.


def read_outputs(
    network: RowNetwork, rows: ModelRows, *, batch: int = 64, heights: Heights | None = None
) -> FilmOutputs:
    """Logits (N, K), and the maps of a network that has some, as `predict` reads them."""
    if heights is None:
        heights = np.full(len(rows), rows.shape[1])
    network.eval()
    device = next(network.parameters()).device
    logits = np.empty((len(rows), network.config.classes))
    maps: NDArray[np.float16] | None = None
    with torch.inference_mode():
        batches = list(alike(heights, batch))
        for chosen in paced(batches, "reading films with the network", len(batches)):
            films = batch_of(rows[chosen], heights[chosen])
            found = outputs(network, Batch(films.rows.to(device), films.heights))
            logits[chosen] = found.logits.cpu().numpy()
            if found.maps is not None:
                if maps is None:
                    maps = np.zeros((len(rows), *found.maps.shape[1:]), np.float16)
                maps[chosen] = found.maps.cpu().numpy()
    return FilmOutputs(logits, maps)


def predict(
    network: RowNetwork,
    rows: ModelRows,
    *,
    batch: int = 256,
    heights: Heights | None = None,
) -> NDArray[np.float64]:
    """Logits (N, K) of model rows (N, M, W), without dropout, in float32.

    Args:
        network: Left in evaluation mode; it reads on the device where its weights are.
        rows: Films, padded behind.
        batch: Most films that are read together; they are of equal height.
        heights: (N,) model rows of each film; None if all have M.
    """
    if heights is None:
        heights = np.full(len(rows), rows.shape[1])
    network.eval()
    device = next(network.parameters()).device
    logits = np.empty((len(rows), network.config.classes))
    with torch.inference_mode():
        batches = list(alike(heights, batch))
        for chosen in paced(batches, "reading films with the network", len(batches)):
            films = batch_of(rows[chosen], heights[chosen])
            moved = Batch(films.rows.to(device), films.heights)
            logits[chosen] = answer(network, moved).cpu().numpy()
    return logits
