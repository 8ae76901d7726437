"""The masks of films: found beside them, read once, kept on disk."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError, EngineError
from engine.films.films import Films, Skipped
from engine.films.listing import SPLIT_WORDS, cell_key, descend
from engine.films.sources import unpacked
from engine.imaging import (
    RASTERS,
    Segment,
    describe_frame,
    instance_of,
    is_dicom,
    read_image,
    read_mask,
    read_segments,
    stored_size,
)
from engine.progress import paced
from engine.recipe import Recipe
from engine.tasks import Masks, OutlineShares, shares_on

_ARCHIVES = (".tar", ".tar.gz", ".tgz")
_NONE = "There is no mask for it."
_WHITE = 255  # of a mask that knows within and around only

Bytes = NDArray[np.uint8]


def with_masks(films: Films, source: Path, recipe: Recipe) -> Films:
    """The films that have a mask, with it; the label of a film is its mask's largest class.

    A mask lies in `data.masks` under the same path as its film, with another ending; or where the
    column `data.columns.mask` says; or in a DICOM Segmentation that names the film's SOP Instance
    UID.

    Raises:
        DataError: No film has a mask, or one is of another size or holds other numbers.
    """
    own = cell_key(recipe.data.columns.mask)
    shelved = _shelved(films, source, recipe, films.groups.get(own))
    kept = films.take(np.flatnonzero(shelved.there))
    without = tuple(Skipped(str(name), _NONE) for name in films.names[~shelved.there])
    return replace(
        kept,
        labels=np.array(shelved.labels, dtype=np.int64),
        groups={name: words for name, words in kept.groups.items() if name != own},
        skipped=(*films.skipped, *without),
        truth=shelved.masks,
    )


def with_outlines(films: Films, source: Path, recipe: Recipe) -> Films:
    """The films with what masks say lies within an outline; those without a mask stay as well.

    The masks lie where `with_masks` looks for them. Whatever is not 0 in one is within.

    Raises:
        DataError: No film has a mask, or one is of another size or holds other numbers.
    """
    if not recipe.training.outlines:
        return films
    shelved = _shelved(films, source, replace(recipe, classes=("around", "within")), None)
    places = np.where(shelved.there, np.cumsum(shelved.there) - 1, -1)
    return replace(films, truth=OutlineShares(shelved.masks.shares, places))


@dataclass(frozen=True, slots=True, eq=False)
class _Shelved:
    """Which of N films have a mask, these masks, and the largest class of each."""

    there: NDArray[np.bool_]
    masks: Masks
    labels: Sequence[int]


def _shelved(
    films: Films, source: Path, recipe: Recipe, cells: NDArray[np.str_] | None
) -> _Shelved:
    """Read the mask of every film that has one.

    Args:
        films: Read from `source`.
        source: Folder, table or tar file that they came from.
        recipe: Says where masks lie, and of which classes.
        cells: (N,) where the mask of each film lies; None finds it by the film's path.

    Raises:
        DataError: No film has a mask, or one is of another size or holds other numbers.
    """
    names = films.names.tolist()
    said = [None] * len(names) if cells is None else cells.tolist()
    with ExitStack() as stack:
        root, given = _roots(source, recipe, stack)
        files = [stack.enter_context(tempfile.TemporaryFile(prefix="rowscope-")) for _ in "vs"]
        shelf = _MaskShelf(_MaskFolder(given, recipe), recipe, *files)
        pairs = paced(zip(names, said, strict=True), "reading masks", len(names))
        there = [shelf.add(name, _file_of(root, name), cell) for name, cell in pairs]
        if not any(there):
            raise DataError(
                "No film of {source} has a mask in {masks}; a mask lies there under the same path"
                " as its film, with another ending (the first film is {name}).",
                source=source.name,
                masks=given.name,
                name=names[0] if names else "–",
            )
        return _Shelved(np.array(there, np.bool_), shelf.masks(), shelf.labels)


# ------------------------------------------------------------------------- where they lie


def _roots(source: Path, recipe: Recipe, stack: ExitStack) -> tuple[Path, Path]:
    """Folder of the films, and that of their masks.

    Raises:
        DataError: The masks are not there, or the source is an array.
    """
    data = recipe.data
    if source.suffix.lower() == ".npz":
        raise DataError(
            "{source} holds arrays; masks are read beside films that are files.",
            source=source.name,
        )
    root = source.parent
    if source.is_dir():
        root = descend(source, data.folders)
    elif source.name.lower().endswith(_ARCHIVES):
        root = descend(stack.enter_context(unpacked(source)), data.folders)
    if not data.masks:
        return root, root
    apart = (*data.folders, *SPLIT_WORDS)
    for place in (root / data.masks, source / data.masks, source.parent / data.masks):
        if place.is_dir():
            return root, descend(place, apart)
        if place.is_file() and place.name.lower().endswith(_ARCHIVES):
            folder = stack.enter_context(unpacked(place))
            return root, descend(folder, apart)
    raise DataError(
        "The masks “{masks}” are neither in {source} nor beside it; `data.masks` names a folder or"
        " a tar file.",
        masks=data.masks,
        source=source.name,
    )


def _file_of(root: Path, name: str) -> Path:
    return root / name.partition("#")[0]


@dataclass(slots=True)
class _Index:
    """Masks by path without ending, those of one name alone by that, segments by their film."""

    paths: dict[str, Path]
    alone: dict[str, Path]
    segments: dict[str, list[Segment]]


class _MaskFolder:
    """The masks of a folder."""

    def __init__(self, root: Path, recipe: Recipe) -> None:
        self.root, self._recipe = root, recipe
        self._index: _Index | None = None

    def path_of(self, name: str, cell: str | None) -> Path | None:
        """The raster of a film, by its cell in a table or by its own path."""
        if cell is not None:
            path = self.root / cell
            return path if cell.strip() and path.is_file() else None
        index = self._indexed()
        bare = PurePosixPath(name.partition("#")[0].replace("\\", "/")).with_suffix("")
        ending = self._recipe.data.mask_ending
        key = f"{bare.as_posix()}{ending}"
        return index.paths.get(key) or index.alone.get(f"{bare.name}{ending}")

    def segments_of(self, film: Path) -> list[Segment]:
        """Of a DICOM film."""
        index = self._indexed()
        return index.segments.get(instance_of(film), []) if index.segments else []

    def _indexed(self) -> _Index:
        if self._index is None:
            files = sorted(path for path in self.root.rglob("*") if path.is_file())
            rasters = [path for path in files if path.suffix.lower() in RASTERS]
            names = Counter(path.stem for path in rasters)
            self._index = _Index(
                {self._key(path): path for path in rasters},
                {path.stem: path for path in rasters if names[path.stem] == 1},
                self._segments([path for path in files if path not in set(rasters)]),
            )
        return self._index

    def _key(self, path: Path) -> str:
        return path.relative_to(self.root).with_suffix("").as_posix()

    def _segments(self, files: Sequence[Path]) -> dict[str, list[Segment]]:
        found: dict[str, list[Segment]] = {}
        if not self._recipe.data.masks:
            return found
        for path in files:
            if is_dicom(path):
                for one in read_segments(path):
                    found.setdefault(one.film, []).append(one)
        return found


# ---------------------------------------------------------------------------- reading them


class _MaskShelf:
    """The masks that were read so far, in files that may be closed once they are mapped."""

    def __init__(
        self, found: _MaskFolder, recipe: Recipe, values: BinaryIO, shares: BinaryIO
    ) -> None:
        self._found, self._classes = found, recipe.classes
        self._grid = (recipe.input.rows, recipe.input.columns)
        self._values, self._shares = values, shares
        self._sizes: list[tuple[int, int]] = []
        self._spacings: list[tuple[float, float]] = []
        self.labels: list[int] = []

    def add(self, name: str, film: Path, cell: str | None) -> bool:
        """Read the mask of a film; whether there is one."""
        mask = self._read(name, film, cell)
        if mask is None:
            return False
        size = stored_size(film)
        if size is not None and size != mask.shape:
            raise DataError(
                "The mask of {name} has {rows} × {columns} pixels, its film {rows_2} ×"
                " {columns_2}.",
                name=name,
                rows=mask.shape[0],
                columns=mask.shape[1],
                rows_2=size[0],
                columns_2=size[1],
            )
        self._values.write(np.ascontiguousarray(mask).data)
        self._shares.write(shares_on(mask, len(self._classes), self._grid).tobytes())
        self._sizes.append((mask.shape[0], mask.shape[1]))
        self._spacings.append(_spacing(film, name))
        counts = np.bincount(mask.ravel(), minlength=len(self._classes))
        self.labels.append(int(counts[1:].argmax()) + 1 if counts[1:].any() else 0)
        return True

    def masks(self) -> Masks:
        """All of them as one value."""
        shapes = np.array(self._sizes, dtype=np.int64).reshape(-1, 2)
        sizes = shapes.prod(axis=1)
        shape = (len(shapes), len(self._classes) - 1, *self._grid)
        return Masks(
            values=_mapped(self._values, (int(sizes.sum()),)),
            starts=np.cumsum(sizes) - sizes,
            shapes=shapes,
            shares=_mapped(self._shares, shape),
            places=np.arange(len(shapes)),
            spacings=np.array(self._spacings, dtype=np.float64).reshape(-1, 2),
        )

    def _read(self, name: str, film: Path, cell: str | None) -> Bytes | None:
        path = self._found.path_of(name, cell)
        if path is not None:
            return class_numbers(read_mask(path), len(self._classes), path.name)
        parts = self._found.segments_of(film) if cell is None else []
        return _joined(parts, self._classes) if parts else None


def _spacing(film: Path, name: str) -> tuple[float, float]:
    """Millimetres of a stored pixel down and across where they are true, else NaN."""
    said = None
    if is_dicom(film):  # no other file says what its pixels measure
        with suppress(EngineError):  # who reads the film says why it cannot be read
            header = describe_frame(read_image(film), int(name.partition("#")[2] or 1) - 1)
            said = header.spacing
    return (said.row_mm, said.column_mm) if said and said.is_true else (np.nan, np.nan)


def class_numbers(values: NDArray[np.integer], classes: int, name: str) -> Bytes:
    """A mask's numbers as class indices: 0 and 255 are the first two classes.

    Raises:
        DataError: Other numbers.
    """
    known = np.unique(values)
    if set(known.tolist()) <= {0, _WHITE} and classes > 1:
        return (values > 0).astype(np.uint8)
    if known[0] < 0 or known[-1] >= classes:
        wrong = next(one for one in known.tolist() if not 0 <= one < classes)
        raise DataError(
            "The mask {name} holds the number {wrong}; it must hold 0 and 255, or class numbers"
            " from 0 to {last}.",
            name=name,
            wrong=wrong,
            last=classes - 1,
        )
    return values.astype(np.uint8)


def _joined(parts: Sequence[Segment], classes: Sequence[str]) -> Bytes:
    """Segments of one film as class indices, by label where it is a class, else by number."""
    names = {name.casefold(): place for place, name in enumerate(classes) if place}
    mask = np.zeros(parts[0].inside.shape, np.uint8)
    for one in parts:
        place = names.get(one.label.strip().casefold(), one.number)
        if not 0 < place < len(classes):
            raise DataError(
                "A DICOM Segmentation has the segment “{label}”, which is none of the classes"
                " {classes}.",
                label=one.label or one.number,
                classes=", ".join(f"“{name}”" for name in classes[1:]),
            )
        if one.inside.shape != mask.shape:
            raise DataError("The segments of one film differ in size.")
        mask[one.inside] = place
    return mask


def _mapped(file: BinaryIO, shape: tuple[int, ...]) -> Bytes:
    file.flush()
    found: Bytes = np.memmap(file, np.uint8, "r", shape=shape)
    return found
