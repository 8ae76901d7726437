"""Films in an npz file: `images` and `labels`, or these of each split as MedMNIST has them."""

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, compress
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.sequence import model_rows, refusal, to_sequence
from engine.training.data.entries import Entry, Listing, asked_for
from engine.training.data.films import SPLITS
from engine.training.data.layout import Layout
from engine.training.data.tables import split_of
from engine.training.film_reader import Reading
from engine.types import Frame, Image, InputFormat

_HEADERS = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}
_MOST_PIXELS = 2**28  # of one film
_BROKEN = (
    OSError, ValueError, EOFError, KeyError, MemoryError, NotImplementedError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def list_arrays(source: Path, layout: Layout) -> Listing:
    """The films of an npz file; images are decoded one by one while they are read.

    Its arrays: `images` (N, R, C) and `labels` (N,) or (N, 1); where it has them `patients` (N,),
    `splits` (N,), and `groups` (N, G), a column for each of `data.columns.subgroups`. Or images
    and labels of each split, with its name and “_” before theirs.

    Raises:
        DataError: An array is missing, of another shape or kind, or holds a label of no class.
    """
    with _sentences(source), np.load(source, allow_pickle=False) as arrays:
        parts = [f"{split}_" for split in SPLITS if f"{split}_images" in arrays.files]
        parts = [""] if "images" in arrays.files or not parts else parts
        every = {part: list(_entries(source, arrays, part, layout)) for part in parts}
    entries, unread = asked_for(chain(*every.values()), layout.splits)
    groups = layout.columns.subgroups if any(one.groups for one in entries) else ()

    def read(_entries: Sequence[Entry], _workers: int) -> Iterator[Reading]:
        for part, some in every.items():
            wanted = [one.split in layout.splits for one in some]
            if any(wanted):
                yield from _readings(source, f"{part}images", layout.input, wanted=wanted)

    return Listing(source.name, entries, read, groups=groups, unread=unread)


def model_rows_of(images: NDArray[Any], fmt: InputFormat, *, source: Path) -> NDArray[np.float16]:
    """Pass every array (N, R, C) through the same resampling and scaling as a film from a file.

    Args:
        images: Bright = radio-opaque; whole numbers are taken to use the whole of their type.
        fmt: Grid M × W and scaling.
        source: What the films come from.

    Returns:
        (N, M, W) values 0…1.

    Raises:
        DataError: They keep their aspect, and it is one that no model reads.
    """
    header = _header(source, images.shape[1:], images.dtype, fmt)
    rows = np.empty((len(images), model_rows(header, fmt), fmt.columns), dtype=np.float16)
    for number, values in enumerate(images):
        rows[number] = _rows(header, values, fmt)
    return rows


def _entries(
    source: Path, arrays: Mapping[str, NDArray[Any]], part: str, layout: Layout
) -> Iterator[Entry]:
    labels = _labels(source, arrays, part, len(layout.folders))
    count = len(labels)
    folder = part.replace("_", "/")
    names = [f"{folder}{number:06}" for number in range(count)]
    patients = _words(source, arrays, f"{part}patients", count)
    splits = _words(source, arrays, "splits", count) if not part else None
    groups = _groups(source, arrays, f"{part}groups", count, layout.columns.subgroups)
    for number, name in enumerate(names):
        word = str(splits[number]) if splits is not None else part.rstrip("_") or "train"
        yield Entry(
            path=source,
            label=int(labels[number]),
            split=split_of(word, name, source),
            name=name,
            patient=str(patients[number]) if patients is not None else name,
            groups=tuple(str(one) for one in groups[number]) if groups is not None else (),
        )


def _labels(
    source: Path, arrays: Mapping[str, NDArray[Any]], part: str, classes: int
) -> NDArray[np.int64]:
    for name in (f"{part}images", f"{part}labels"):
        if name not in arrays:
            raise DataError(f"{source.name} has no array “{name}”.", "data")
    given = arrays[f"{part}labels"]
    with _member(source, f"{part}images") as images:
        shape = images.shape
    if given.ndim > 2 or (given.ndim == 2 and given.shape[1] != 1):
        raise DataError(
            f"{source.name}: “{part}labels” must hold one label for each film.", "data"
        )
    if len(shape) != 3 or shape[0] != given.size:
        raise DataError(
            f"{source.name}: images must be (N, R, C), grey, one for each label.", "data"
        )
    labels: NDArray[np.int64] = given.ravel().astype(np.int64)
    if (labels != given.ravel()).any() or (
        labels.size and (labels.min() < 0 or labels.max() >= classes)
    ):
        raise DataError(f"{source.name}: a label is outside the classes.", "data")
    return labels


def _words(
    source: Path, arrays: Mapping[str, NDArray[Any]], name: str, count: int
) -> NDArray[Any] | None:
    if name not in arrays:
        return None
    words = arrays[name]
    if words.shape != (count,):
        raise DataError(f"{source.name}: “{name}” must hold one value for each film.", "data")
    return words


def _groups(
    source: Path,
    arrays: Mapping[str, NDArray[Any]],
    name: str,
    count: int,
    subgroups: tuple[str, ...],
) -> NDArray[Any] | None:
    """Words (N, G) where the recipe names them and the file has them."""
    if name not in arrays or not subgroups:
        return None
    words = arrays[name].reshape(count, -1) if arrays[name].shape[:1] == (count,) else None
    if words is None or words.shape[1] != len(subgroups):
        raise DataError(
            f"{source.name}: “{name}” must be (N, {len(subgroups)}), a column for each of"
            " `data.columns.subgroups`.",
            "data",
        )
    return words


@dataclass(frozen=True, slots=True)
class _Member:
    """An array inside the file, open at its first value."""

    file: IO[bytes]
    shape: tuple[int, ...]
    fortran: bool
    kind: np.dtype[Any]


@contextmanager
def _member(source: Path, name: str) -> Iterator[_Member]:
    with zipfile.ZipFile(source) as archive, archive.open(f"{name}.npy") as file:
        version = np.lib.format.read_magic(file)
        if version not in _HEADERS:
            raise ValueError(f"“{name}” is an npy array of version {version}")
        shape, fortran, kind = _HEADERS[version](file)
        if kind.kind not in "biuf":
            raise ValueError(f"“{name}” holds no numbers")
        yield _Member(file, shape, fortran, kind)


def _readings(
    source: Path, name: str, fmt: InputFormat, *, wanted: Sequence[bool]
) -> Iterator[Reading]:
    with _sentences(source), _member(source, name) as member:
        header = _header(source, member.shape[1:], member.kind, fmt)
        for values in compress(_frames(source, name, member), wanted):
            yield Reading(_rows(header, values, fmt), header.rows)


def _frames(source: Path, name: str, member: _Member) -> Iterator[NDArray[Any]]:
    """One film (R, C) after the other, so that never all of them are in memory."""
    if member.fortran:  # films lie across each other: there is no reading them one by one
        with np.load(source, allow_pickle=False) as arrays:
            yield from arrays[name]
        return
    count, *shape = member.shape
    size = int(np.prod(shape))
    if size > _MOST_PIXELS:
        raise ValueError(f"a film of {size:,} pixels is too large")
    for _ in range(count):
        found = member.file.read(size * member.kind.itemsize)
        yield np.frombuffer(found, member.kind, count=size).reshape(shape)


def _header(source: Path, shape: tuple[int, ...], kind: np.dtype[Any], fmt: InputFormat) -> Image:
    largest = float(np.iinfo(kind).max) if kind.kind in "iu" else 1.0
    header = Image(
        path=source,
        format="NPZ",
        encoding="array",
        frame_count=1,
        rows=shape[0],
        columns=shape[1],
        bits_stored=8 * kind.itemsize,
        value_range=(0.0, largest),
        photometric="MONOCHROME2",
    )
    if fmt.aspect == "keep" and (reason := refusal(header, fmt)):
        raise DataError(f"{source.name}: {reason}", "data")
    return header


def _rows(header: Image, values: NDArray[Any], fmt: InputFormat) -> NDArray[np.float16]:
    frame = Frame(header, 0, values.astype(np.float32))
    return to_sequence(frame, fmt).rows.astype(np.float16)


@contextmanager
def _sentences(source: Path) -> Iterator[None]:
    """Whatever numpy and zipfile raise over a file, as one sentence about it."""
    try:
        yield
    except _BROKEN as error:
        raise DataError(
            f"{source.name} cannot be read as an npz file: {error}.", "data"
        ) from error
