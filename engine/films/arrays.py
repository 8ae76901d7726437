"""Films in an npz file: `images` and `labels`, or these of each split as MedMNIST has them."""

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, compress, islice
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.films.films import SPLITS, Split
from engine.films.listing import Entry, FilmListing, FolderLayout, asked_for
from engine.films.readers import FilmReading, Outcome
from engine.films.scale import Extent, Scale, number_word, scale_of
from engine.films.tables import label_of, left_out_note, says_nothing, split_of, tidy_cell
from engine.imaging import split_rgb
from engine.sequence import GIVEN, model_rows, refusal, to_sequence
from engine.types import Bytes, Floats, Frame, FrameHeader, Image, InputFormat

_HEADERS = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}
_MOST_PIXELS = 2**28  # of one film
_BROKEN = (
    OSError, ValueError, EOFError, KeyError, MemoryError, NotImplementedError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
# What the arrays of a split are called: with the split before or behind, in capitals or not.
_IMAGES, _LABELS, _PATIENTS, _GROUPS = ("images", "x"), ("labels", "y"), ("patients",), ("groups",)
_SPLIT_WORDS: dict[Split, tuple[str, ...]] = {
    "train": ("train", "training"),
    "val": ("val", "valid", "validation"),
    "test": ("test", "testing"),
}
_LOOKED_AT = 64  # films of a split whose values a first look sees
_NAMES_SHOWN = 12


def list_arrays(source: Path, layout: FolderLayout) -> FilmListing:
    """The films of an npz file; images are decoded one by one while they are read.

    Its arrays: `images` (N, R, C), or (N, R, C, 3) in colour, and `labels` (N,) or (N, 1), class
    indices or the words of `data.folders`, or (N, K) with a 1 in each line; where it has them
    `patients` (N,), `splits` (N,), and `groups` (N, G), a column for each of
    `data.columns.subgroups`. Or images and labels of each split, with its name and “_” before
    theirs. `x` and `y` are other names of images and labels.

    Which values "full-range" reads as 0 and 1 is found from all films of the file
    (`engine.films.scale`), unless the recipe says it. Films of the same value everywhere,
    or with values that are no numbers, are skipped.

    Raises:
        DataError: An array is missing, of another shape or kind, holds a label of no class, or
            values of which nobody can tell what is black and white.
    """
    with _sentences(source), np.load(source, allow_pickle=False) as arrays:
        parts = _parts(source, arrays.files)
        lists = [_labels(source, arrays, part, layout) for part in parts]
        every = [
            list(_entries(source, arrays, part, labels, layout))
            for part, (labels, _) in zip(parts, lists, strict=True)
        ]
        scale = _scale(source, parts, layout)
    entries, unread = asked_for(filter(None, chain(*every)), layout.splits)
    groups = layout.groups if any(one.groups for one in entries) else ()
    left_out = sum((words for _, words in lists), Counter[str]())

    def read(chosen: Sequence[Entry], _workers: int) -> Iterator[Outcome]:
        names = {one.name for one in chosen}
        for part, some in zip(parts, every, strict=True):
            wanted = [one is not None and one.name in names for one in some]
            if any(wanted):
                yield from _readings(source, part.images, scale, layout.input, wanted=wanted)

    notes = (*left_out_note(source.name, left_out), *scale.notes)
    return FilmListing(source.name, entries, read, groups=groups, unread=unread, notes=notes)


def model_rows_of(images: NDArray[Any], fmt: InputFormat, *, source: Path) -> NDArray[np.float16]:
    """Pass every array (N, R, C) through the same resampling and scaling as a film from a file.

    Args:
        images: Bright = radio-opaque; whole numbers are read by their bits, others as 0…1.
        fmt: Grid M × W and scaling.
        source: What the films come from.

    Returns:
        (N, M, W) values 0…1.

    Raises:
        DataError: They keep their aspect, and it is one that no model reads.
    """
    largest = float(np.iinfo(images.dtype).max) if images.dtype.kind in "iu" else 1.0
    image, header = _header(source, images.shape[1:3], Scale((0.0, largest)), fmt)
    rows = np.empty((len(images), model_rows(image, fmt), fmt.columns), dtype=np.float16)
    for number, values in enumerate(images):
        rows[number] = _rows(Frame(image, 0, values.astype(np.float32), header=header), fmt)
    return rows


@dataclass(frozen=True, slots=True)
class ArrayPart:
    """One split of an npz file, or all of it, as a first look shows it.

    Attributes:
        split: "train", "val" or "test"; empty where the file has none.
        labels: A word for each film.
        size: R and C of its films.
        low, high: Least and largest value of some films.
    """

    split: str
    labels: tuple[str, ...]
    size: tuple[int, int]
    low: float
    high: float


def array_parts(source: Path) -> list[ArrayPart]:
    """What an npz file seems to hold, whatever its classes are called.

    Raises:
        DataError: It cannot be read, or has no images with a label for each.
    """
    found = []
    with _sentences(source), np.load(source, allow_pickle=False) as arrays:
        for part in _parts(source, arrays.files):
            given = arrays[part.labels]
            if given.ndim == 2 and given.shape[1] > 1:
                given = _one_hot(source, part, given)
            with _member(source, part.images) as member:
                _check_count(source, part, member.count, len(given))
                some = islice(_frames(source, part.images, member), _LOOKED_AT)
                ends = [(float(np.nanmin(one)), float(np.nanmax(one))) for one in some]
                size = member.size
            words = tuple(map(_word, given.ravel()))
            low, high = min(low for low, _ in ends), max(high for _, high in ends)
            found.append(ArrayPart(part.split, words, size, low, high))
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """Names of the arrays of one split, or of all films; empty where the file has none."""

    split: str
    images: str
    labels: str
    patients: str
    groups: str
    splits: str

    @property
    def folder(self) -> str:
        """What stands before the number in the names of its films."""
        return f"{self.split}/" if self.split else ""


def _parts(source: Path, names: Sequence[str]) -> list[_Part]:
    """The splits of a file, or one part for all of them."""
    lower = {name.lower(): name for name in names}

    def first(bases: Sequence[str], split: Split | None) -> str:
        wanted = (
            bases
            if split is None
            else [
                pair
                for word in _SPLIT_WORDS[split]
                for base in bases
                for pair in (f"{word}_{base}", f"{base}_{word}")
            ]
        )
        return next((lower[one] for one in wanted if one in lower), "")

    def part(split: Split | None) -> _Part | None:
        images, labels, patients, groups = (
            first(bases, split) for bases in (_IMAGES, _LABELS, _PATIENTS, _GROUPS)
        )
        splits = first(("splits",), None) if split is None else ""
        return _Part(split or "", images, labels, patients, groups, splits) if images else None

    splits = [one for one in map(part, SPLITS) if one]
    parts = [whole] if (whole := part(None)) else splits
    held = ", ".join(f"“{name}”" for name in names[:_NAMES_SHOWN]) or "nothing"
    if not parts:
        raise DataError(
            "{source} has no array “images” but {held}; call its arrays “images” and"
            " “labels”, or “train_images”, “train_labels”, “val_images” and so on.",
            source=source.name,
            held=held,
        )
    for one in parts:
        if not one.labels:
            missing = f"{one.split}_labels" if one.split else "labels"
            raise DataError(
                "{source} has no array “{missing}” but {held}.",
                source=source.name,
                missing=missing,
                held=held,
            )
    return parts


def _entries(
    source: Path,
    arrays: Mapping[str, NDArray[Any]],
    part: _Part,
    labels: Sequence[int | None],
    layout: FolderLayout,
) -> Iterator[Entry | None]:
    """One for each film, None for those of no class."""
    count = len(labels)
    patients = _words(source, arrays, part.patients, count)
    splits = _words(source, arrays, part.splits, count)
    groups = _groups(source, arrays, part.groups, count, layout.columns.subgroups)
    if layout.cells:
        groups = _with_cells(groups, arrays[part.labels], layout)
    for number, label in enumerate(labels):
        name = f"{part.folder}{number:06}"
        word = splits[number] if splits else part.split or "train"
        split = split_of(word, name, source)
        patient = patients[number] if patients else ""
        yield (
            None
            if label is None
            else Entry(
                path=source,
                label=label,
                split=split,
                name=name,
                patient=name if says_nothing(patient) else patient,
                groups=groups[number] if groups else (),
            )
        )


def _labels(
    source: Path, arrays: Mapping[str, NDArray[Any]], part: _Part, layout: FolderLayout
) -> tuple[list[int | None], Counter[str]]:
    """The class of every film, None where its word is of none; and how often each such word is."""
    given, classes = arrays[part.labels], len(layout.folders)
    with _member(source, part.images) as images:
        count = images.count
    if layout.cells:
        _check_cells(source, part, given, layout.cells)
        _check_count(source, part, count, len(given))
        return [0] * count, Counter()
    if given.ndim == 2 and given.shape[1] == classes > 1 and given.dtype.kind in "biuf":
        given = _one_hot(source, part, given)
    if given.ndim not in {1, 2} or given.size != len(given):
        raise DataError(
            "{source}: “{labels}” is {given}, but it must hold one label"
            " for each film, as (N,), or a column for each of the {classes} classes.",
            source=source.name,
            labels=part.labels,
            given=_shape(given.shape),
            classes=classes,
        )
    _check_count(source, part, count, len(given))
    if given.dtype.kind in "US":
        return _from_words(source, part, given.ravel(), layout)
    if given.dtype.kind not in "biuf":
        raise DataError(
            "{source}: “{labels}” holds neither numbers nor words.",
            source=source.name,
            labels=part.labels,
        )
    return _from_numbers(source, part, given.ravel(), layout.folders), Counter()


def _check_cells(source: Path, part: _Part, given: NDArray[Any], cells: tuple[str, ...]) -> None:
    if given.ndim not in {1, 2} or given.size != len(given) * len(cells):
        raise DataError(
            "{source}: “{labels}” is {given}, but it must hold a column for each of {cells}.",
            source=source.name,
            labels=part.labels,
            given=_shape(given.shape),
            cells=", ".join(f"“{one}”" for one in cells),
        )


def _with_cells(
    groups: list[tuple[str, ...]] | None, given: NDArray[Any], layout: FolderLayout
) -> list[tuple[str, ...]]:
    """Words of each film: those of its subgroups, then those that the task needs."""
    own = [tuple(map(_word, line)) for line in given.reshape(len(given), -1)]
    empty = ("",) * len(layout.columns.subgroups)
    before = groups or [empty] * len(own)
    return [(*one, *other) for one, other in zip(before, own, strict=True)]


def _check_count(source: Path, part: _Part, films: int, labels: int) -> None:
    if labels != films:
        raise DataError(
            "{source}: “{images}” holds {films:,} films, but “{labels}”"
            " {labels_2:,} labels; there must be one for each film.",
            source=source.name,
            images=part.images,
            films=films,
            labels=part.labels,
            labels_2=labels,
        )


def _one_hot(source: Path, part: _Part, given: NDArray[Any]) -> NDArray[np.int64]:
    """Class indices (N,) of lines (N, K) with one 1 in each."""
    faulty = ~((given == 0) | (given == 1)).all(axis=1) | (given.sum(axis=1) != 1)
    for film in np.flatnonzero(faulty)[:1]:
        shown = ", ".join(map(number_word, given[film][:_NAMES_SHOWN]))
        raise DataError(
            "{source}: “{labels}” of film {folder}{film:06} is {shown}; a line of"
            " columns must hold a 1 for the film's class and else zeros.",
            source=source.name,
            labels=part.labels,
            folder=part.folder,
            film=film,
            shown=shown,
        )
    return np.asarray(given.argmax(axis=1), np.int64)


def _from_words(
    source: Path, part: _Part, given: NDArray[Any], layout: FolderLayout
) -> tuple[list[int | None], Counter[str]]:
    labels: list[int | None] = []
    left_out = Counter[str]()
    separator = layout.columns.separator
    for film, word in enumerate(map(_word, given)):
        label = label_of(word.split(separator) if separator else [word], layout)
        if isinstance(label, str):
            raise DataError(
                "{source}, film {folder}{film:06}: {label}",
                source=source.name,
                folder=part.folder,
                film=film,
                label=label,
            )
        if label is None:
            left_out[word] += 1
        labels.append(label)
    return labels, left_out


def _from_numbers(
    source: Path, part: _Part, given: NDArray[Any], folders: Sequence[str]
) -> list[int | None]:
    """Class indices from 0, or the numbers that the classes are called by in `data.folders`."""
    named = _numbers(folders)
    known = np.array(named if named is not None else range(len(folders)), np.float64)
    values = given.astype(np.float64)
    faulty = np.flatnonzero(~np.isin(values, known))
    if len(faulty):
        film, others = faulty[0], len(faulty) - 1
        more = f", and so are those of {others:,} more" if others else ""
        wanted = (
            f"the whole numbers from 0 to {len(folders) - 1}, or words"
            if named is None
            else f"those of `data.folders`: {', '.join(folders)}"
        )
        raise DataError(
            "{source}: “{labels}” of film {folder}{film:06} is"
            " {given}, which is outside the classes{more}; labels must be"
            " {wanted}.",
            source=source.name,
            labels=part.labels,
            folder=part.folder,
            film=film,
            given=number_word(given[film]),
            more=more,
            wanted=wanted,
        )
    places = {value: label for label, value in enumerate(known.tolist())}
    return [places[one] for one in values.tolist()]


def _numbers(folders: Sequence[str]) -> list[float] | None:
    """The numbers that classes are called by; None where one is called by a word."""
    try:
        return [float(name) for name in folders]
    except ValueError:
        return None


def _words(
    source: Path, arrays: Mapping[str, NDArray[Any]], name: str, count: int
) -> list[str] | None:
    if not name:
        return None
    words = arrays[name]
    if words.shape not in {(count,), (count, 1)}:
        raise DataError(
            "{source}: “{name}” must hold one value for each film.", source=source.name, name=name
        )
    return [_word(one) for one in words.ravel()]


def _groups(
    source: Path,
    arrays: Mapping[str, NDArray[Any]],
    name: str,
    count: int,
    subgroups: tuple[str, ...],
) -> list[tuple[str, ...]] | None:
    """Words (N, G) where the recipe names them and the file has them."""
    if not name or not subgroups:
        return None
    words = arrays[name].reshape(count, -1) if arrays[name].shape[:1] == (count,) else None
    if words is None or words.shape[1] != len(subgroups):
        raise DataError(
            "{source}: “{name}” must be (N, {count}), a column for each of"
            " `data.columns.subgroups`.",
            source=source.name,
            name=name,
            count=len(subgroups),
        )
    return [tuple(_word(one) for one in line) for line in words]


def _word(value: object) -> str:
    """As a person writes it: 17.0 is 17, and what is no number is nothing."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return "" if isinstance(value, float | np.floating) and np.isnan(value) else tidy_cell(text)


def _shape(shape: Sequence[int]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _scale(source: Path, parts: Sequence[_Part], layout: FolderLayout) -> Scale:
    """The one scale of all films of a file, of every split."""
    if layout.input.intensity != "full-range":
        return Scale((0.0, 1.0))
    extent = Extent()
    for part in parts:
        with _member(source, part.images) as member:
            extent.kinds[part.images] = member.kind
            for values in _frames(source, part.images, member):
                extent.add(values)
    return scale_of(source.name, extent, layout.value_range)


@dataclass(frozen=True, slots=True)
class _Member:
    """An array of images inside the file, open at its first value."""

    file: IO[bytes]
    shape: tuple[int, ...]
    fortran: bool
    kind: np.dtype[Any]

    @property
    def count(self) -> int:
        """N."""
        return self.shape[0]

    @property
    def colours_first(self) -> bool:
        """Whether channels stand before rows, as in torch."""
        return len(self.shape) == 4 and self.shape[3] not in {1, 3} and self.shape[1] in {1, 3}

    @property
    def size(self) -> tuple[int, int]:
        """R and C."""
        return self.shape[2:4] if self.colours_first else self.shape[1:3]  # type: ignore[return-value]  # two


@contextmanager
def _member(source: Path, name: str) -> Iterator[_Member]:
    with zipfile.ZipFile(source) as archive, archive.open(f"{name}.npy") as file:
        version = np.lib.format.read_magic(file)
        if version not in _HEADERS:
            raise ValueError(f"“{name}” is an npy array of version {version}")
        shape, fortran, kind = _HEADERS[version](file)
        if kind.kind not in "biuf":
            of = (
                "objects; store films of one size as one array, others as files"
                if kind.kind == "O"
                else "words"
            )
            raise ValueError(f"“{name}” holds no numbers but {of}")
        member = _Member(file, shape, fortran, kind)
        channels = 1 if len(shape) == 3 else 0
        if len(shape) == 4:
            channels = shape[1] if member.colours_first else shape[3]
        if channels not in {1, 3} or 0 in member.size:
            raise DataError(
                "{source}: “{name}” is {shape}; images must be (N, R, C), grey, or"
                " (N, R, C, 3), in colour.",
                source=source.name,
                name=name,
                shape=_shape(shape),
            )
        yield member


def _readings(
    source: Path, name: str, scale: Scale, fmt: InputFormat, *, wanted: Sequence[bool]
) -> Iterator[Outcome]:
    with _sentences(source), _member(source, name) as member:
        headers = _header(source, member.size, scale, fmt)
        for values in compress(_frames(source, name, member), wanted):
            yield _reading(headers, values, fmt)


def _reading(
    headers: tuple[Image, FrameHeader], values: NDArray[Any], fmt: InputFormat
) -> Outcome:
    """A film (R, C) or (R, C, 3), or why it must not be read, as of a film from a file."""
    if not np.isfinite(values).all():
        return "This film has values that are no numbers."
    image, header = headers
    if values.ndim == 3:
        frame = Frame(image, 0, *_grey(values), header=header)
    else:
        frame = Frame(image, 0, values.astype(np.float32), header=header)
    if reason := refusal(image, replace(fmt, rows=1, columns=1, aspect="stretch"), frame):
        return reason  # for its pixels: films in arrays may be as small as they like
    return FilmReading(_rows(frame, fmt), image.rows, frame=frame)


def _grey(rgb: NDArray[Any]) -> tuple[Floats, Bytes | None]:
    """Luminance (R, C), and colours of 8 bits (R, C, 3) or None, as of a film from a file."""
    if rgb.dtype == np.uint8:
        return split_rgb(rgb, bits=8)
    real = rgb.astype(np.float32)
    low, high = float(real.min()), float(real.max())
    shown = np.rint((real - low) * (255 / max(high - low, 1e-30))).astype(np.uint8)
    with np.errstate(invalid="ignore"):  # of the colours, which are those of `shown`
        return split_rgb(real, bits=8)[0], split_rgb(shown, bits=8)[1]


def _frames(source: Path, name: str, member: _Member) -> Iterator[NDArray[Any]]:
    """One film (R, C), or (R, C, 3), after the other, so that never all of them are in memory."""
    for values in _stored(source, name, member):
        if values.ndim == 3:
            ordered = np.moveaxis(values, 0, 2) if member.colours_first else values
            yield ordered[..., 0] if ordered.shape[2] == 1 else ordered
        else:
            yield values


def _stored(source: Path, name: str, member: _Member) -> Iterator[NDArray[Any]]:
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


def _header(
    source: Path, size: tuple[int, int], scale: Scale, fmt: InputFormat
) -> tuple[Image, FrameHeader]:
    image = Image(
        path=source,
        format=GIVEN if scale.given else "NPZ",
        encoding="array",
        frame_count=1,
        rows=size[0],
        columns=size[1],
        bits_stored=0,
        photometric="MONOCHROME2",
    )
    if fmt.aspect == "keep" and (reason := refusal(image, fmt)):
        raise DataError("{source}: {reason}", source=source.name, reason=reason)
    return image, FrameHeader(scale.ends)


def _rows(frame: Frame, fmt: InputFormat) -> NDArray[np.float16]:
    return to_sequence(frame, fmt).rows.astype(np.float16)


@contextmanager
def _sentences(source: Path) -> Iterator[None]:
    """Whatever numpy and zipfile raise over a file, as one sentence about it."""
    try:
        yield
    except _BROKEN as error:
        why = str(error)
        if "allow_pickle" in why:
            why = "an array holds Python objects; store numbers, films of one size as one array"
        raise DataError(
            "{source} cannot be read as an npz file: {why}.", source=source.name, why=why
        ) from error
