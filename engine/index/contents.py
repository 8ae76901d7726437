"""An index on the disk: which arrays it has, written streaming, mapped when it is opened.

| file | shape | what |
|---|---|---|
| index.json | | format, model and hash of its weights, layer, sizes, classes, settings |
| states.npy | (N, D·H) float16 | of the layer, standardised by unit |
| scale.npy | (2, D·H) | mean of each unit, and what its deviation is divided by |
| first.npy | (F + 1,) | row at which each film begins |
| edges.npy | (N + F,) | edges of the steps of each film, one film behind the other |
| by_row.npy | (N,) float16 | probability of the film's target after each step |
| answer.npy, target.npy | (F, K), (F,) | |
| words.npy, word_ends.npy | bytes, (4·F,) | path, name, label, content of each film |
| frame.npy | (F,) | |
| pictures.npy, picture_ends.npy, picture_sizes.npy | bytes, (F,), (F, 2) | thumbnails |
| unit_counts.npy, unit_reach.npy, unit_moments.npy | (S,D,H,B), (S,D,H), (2,S,D,H) | |
| peak_films.npy, peak_steps.npy, peak_values.npy | (2,S,D,H,P) | highest, lowest |
| axes.npy, share.npy, sample.npy, cloud.npy | (2,D·H), (2,), (m,), (m,2) | PCA |
| list_centres.npy, list_ends.npy, list_sizes.npy | (L,D·H), (2,D·H), (L,) | with many rows only |
| lists.bin | | see `engine.index.lists` |
| umap.npy | (m,2) | once it was asked for |

Rows of films lie one behind the other. Nothing here is code: arrays are read without pickle, and
every number that leads from one array into another is checked when the index is opened.
"""

import glob
import json
import math
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.text import shown

FORMAT: Final = 1
ABOUT: Final = "index.json"
UMAP: Final = "umap.npy"
_MOST_ABOUT = 2**20  # bytes of index.json

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class IndexAbout:
    """What index.json says.

    Attributes:
        model, sha256: Name of the model, and hash of its weights.
        program: Version of Rowscope that made it.
        made: When, in UTC, ISO 8601.
        source: What was indexed, in words.
        layer: Whose states are searched, from 0.
        layers, directions, hidden: S, D, H.
        films, rows: F and N.
        classes: Of the model.
        refused: How many films were left out.
        lists: Of the neighbour index; 0 where rows are few enough for exact search.
    """

    model: str
    sha256: str
    program: str
    made: str
    source: str
    layer: int
    layers: int
    directions: int
    hidden: int
    films: int
    rows: int
    classes: tuple[str, ...]
    refused: int
    lists: int

    @property
    def width(self) -> int:
        """D·H."""
        return self.directions * self.hidden


# ------------------------------------------------------------------------------- writing
class Growing:
    """An npy file whose first axis grows while it is written; nothing of it is kept in memory.

    Args:
        path: Of the file.
        kind: Of its values.
        shape: Of one entry.
    """

    def __init__(self, path: Path, kind: str, shape: tuple[int, ...] = ()) -> None:
        self._kind, self._shape, self.count = np.dtype(kind), shape, 0
        self._file: BinaryIO = path.open("wb")
        self._header()
        self._begin = self._file.tell()

    def add(self, values: NDArray[Any]) -> None:
        """Append entries, (n, …).

        Raises:
            DataError: The disk is full.
        """
        kept = np.ascontiguousarray(values, self._kind)
        if kept.shape[1:] != self._shape:
            raise ValueError(f"{kept.shape[1:]} is not {self._shape}")
        try:
            self._file.write(kept.data.cast("B") if kept.size else b"")
        except OSError as error:
            raise DataError(
                "The index cannot be written ({error}); free some space, or name another folder"
                " (`-o`).",
                error=error.strerror,
            ) from error
        self.count += len(kept)

    def close(self) -> None:
        """Say in the header how many entries there are."""
        if self._file.closed:
            return
        self._file.seek(0)
        self._header()  # numpy leaves room for a longer first axis
        if self._file.tell() != self._begin:
            raise RuntimeError("numpy's header grew over the first entries")
        self._file.close()

    def _header(self) -> None:
        about: dict[str, Any] = {
            "descr": np.lib.format.dtype_to_descr(self._kind),
            "fortran_order": False,
            "shape": (self.count, *self._shape),
        }
        np.lib.format.write_array_header_1_0(self._file, about)


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A folder to be filled, which takes the place of another at the end, or is gone.

    Args:
        folder: Where the index shall be: nothing, an empty folder, or an older index.

    Raises:
        DataError: Something else lies there, or nothing can be written.
    """
    check_place(folder)
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        _tidy(folder)
        part.mkdir(parents=True)
        yield part
        put_in_place(part, folder)
    except OSError as error:
        raise DataError(
            "{folder} cannot be written ({error}); name another folder (`-o`).",
            folder=shown(str(folder)),
            error=error.strerror,
        ) from error
    finally:
        rmtree(part, ignore_errors=True)


def _tidy(folder: Path) -> None:
    """Take away what programs that were killed have left beside a folder."""
    for left in folder.parent.glob(f".{glob.escape(folder.name)}.*.*"):
        number = left.name.split(".")[-2]
        if left.suffix in {".part", ".old"} and number.isdecimal() and not _runs(int(number)):
            rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True  # somebody else's
    return True


def put_in_place(part: Path, folder: Path) -> None:
    """Let a finished folder take its place; an older index goes."""
    old = part.with_suffix(".old")
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    rmtree(old, ignore_errors=True)


def check_place(folder: Path) -> None:
    """Refuse to replace what is no index.

    Raises:
        DataError: A file, or a folder with other things, lies there.
    """
    if folder.is_dir():
        if (folder / ABOUT).is_file() or not any(folder.iterdir()):
            return
    elif not folder.exists():
        return
    raise DataError(
        "{folder} is there and is no index; name another folder (`-o`).", folder=shown(str(folder))
    )


def write_about(folder: Path, about: IndexAbout) -> None:
    """Write index.json, the last file of an index."""
    words = json.dumps({"format": FORMAT, **asdict(about)}, ensure_ascii=False, indent=1)
    (folder / ABOUT).write_text(words + "\n", encoding="utf-8")


# ------------------------------------------------------------------------------- opening
def read_about(folder: Path) -> IndexAbout:
    """What an index says of itself.

    Raises:
        DataError: There is none, or it is of another format or damaged.
    """
    path = folder / ABOUT
    if not path.is_file():
        raise DataError(
            "{folder} holds no index of row states; make one: rowscope-engine index MODEL FILMS.",
            folder=shown(str(folder)),
        )
    try:
        with path.open(encoding="utf-8") as file:
            values = json.loads(file.read(_MOST_ABOUT))  # cut off it is no JSON
        version = values.pop("format")
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise damaged(folder, ABOUT) from error
    if version != FORMAT:
        raise DataError(
            "The index in {folder} is of format {version}, and this program reads format"
            " {format}; make it again.",
            folder=shown(str(folder)),
            version=shown(str(version)),
            format=FORMAT,
        )
    return _about(folder, values)


def _about(folder: Path, values: dict[str, Any]) -> IndexAbout:
    kinds = {name: kind for name, kind in IndexAbout.__annotations__.items() if name != "classes"}
    classes = values.get("classes")
    sound = (
        set(values) == {*kinds, "classes"}
        and all(type(values[name]) is kind for name, kind in kinds.items())
        and isinstance(classes, list)
        and all(isinstance(one, str) for one in classes)
        and all(values[name] >= 0 for name, kind in kinds.items() if kind is int)
        and 0 < values["films"] <= values["rows"]
        and values["layer"] < values["layers"]
        and values["directions"] * values["hidden"] > 0
    )
    if not sound:
        raise damaged(folder, ABOUT)
    return IndexAbout(**{**values, "classes": tuple(values["classes"])})


def opened(folder: Path, about: IndexAbout, *, bins: int) -> Arrays:
    """Every array of an index, mapped: nothing but headers is read.

    Raises:
        DataError: One is missing, cut off, or of another shape than index.json implies.
    """
    found: dict[str, NDArray[Any]] = {}
    for name, (kind, shape) in _expected(about, bins).items():
        array = mapped(folder, f"{name}.npy", kind)
        if len(shape) != array.ndim or any(
            want not in {None, have} for want, have in zip(shape, array.shape, strict=True)
        ):
            raise damaged(folder, f"{name}.npy")
        found[name] = array
    _check_ends(folder, about, found)
    return found


def mapped(folder: Path, name: str, kind: str) -> NDArray[Any]:
    """One npy file, mapped.

    Raises:
        DataError: It is missing, cut off or of another kind.
    """
    path = folder / name
    try:
        with path.open("rb") as file:
            version = np.lib.format.read_magic(file)
            shape, fortran, found = np.lib.format.read_array_header_1_0(file)
            offset = file.tell()
        size = math.prod(shape) * found.itemsize
        whole = path.stat().st_size == offset + size
    except (OSError, ValueError, SyntaxError, TypeError) as error:
        raise damaged(folder, name) from error
    if version != (1, 0) or fortran or found != np.dtype(kind) or not whole:
        raise damaged(folder, name)
    if not size:
        return np.empty(shape, found)  # nothing can be mapped
    return np.memmap(path, found, "r", offset=offset, shape=shape)


_Expected = dict[str, tuple[str, tuple[int | None, ...]]]


def _expected(about: IndexAbout, bins: int) -> _Expected:
    films, rows, width = about.films, about.rows, about.width
    units = (about.layers, about.directions, about.hidden)
    lists: _Expected = {
        "list_centres": ("<f4", (about.lists, width)),
        "list_ends": ("<f4", (2, width)),
        "list_sizes": ("<i8", (about.lists,)),
    }
    return (lists if about.lists else {}) | {
        "states": ("<f2", (rows, width)),
        "scale": ("<f8", (2, width)),
        "first": ("<i8", (films + 1,)),
        "edges": ("<f8", (rows + films,)),
        "by_row": ("<f2", (rows,)),
        "answer": ("<f4", (films, len(about.classes))),
        "target": ("<i8", (films,)),
        "frame": ("<i8", (films,)),
        "words": ("|u1", (None,)),
        "word_ends": ("<i8", (4 * films,)),
        "pictures": ("|u1", (None,)),
        "picture_ends": ("<i8", (films,)),
        "picture_sizes": ("<i8", (films, 2)),
        "unit_counts": ("<i8", (*units, bins)),
        "unit_reach": ("<f8", units),
        "unit_moments": ("<f8", (2, *units)),
        "peak_films": ("<i8", (2, *units, None)),
        "peak_steps": ("<i8", (2, *units, None)),
        "peak_values": ("<f4", (2, *units, None)),
        "axes": ("<f8", (2, width)),
        "share": ("<f8", (2,)),
        "sample": ("<i8", (None,)),
        "cloud": ("<f4", (None, 2)),
    }


def _check_ends(folder: Path, about: IndexAbout, found: Arrays) -> None:
    """Whatever leads from one array into another must stay inside it."""
    ends = (
        ("first", found["first"], about.rows),
        ("word_ends", found["word_ends"], len(found["words"])),
        ("picture_ends", found["picture_ends"], len(found["pictures"])),
    )
    for name, places, last in ends:
        if places[-1] != last or places[0] < 0 or (np.diff(places) < 0).any():
            raise damaged(folder, f"{name}.npy")
    areas = np.diff(found["picture_ends"], prepend=0)
    checks: tuple[tuple[str, bool], ...] = (
        ("first", found["first"][0] == 0 and bool((np.diff(found["first"]) > 0).all())),
        ("picture_sizes", bool((found["picture_sizes"].prod(axis=1) == areas).all())),
        ("target", inside(found["target"], len(about.classes))),
        ("peak_films", inside(found["peak_films"], about.films)),
        ("sample", inside(found["sample"], about.rows)),
        ("cloud", len(found["cloud"]) == len(found["sample"])),
        ("peak_values", found["peak_films"].shape == found["peak_values"].shape),
        ("peak_steps", found["peak_films"].shape == found["peak_steps"].shape),
    )
    if about.lists:
        sizes = found["list_sizes"]
        checks += (("list_sizes", bool((sizes >= 0).all()) and int(sizes.sum()) == about.rows),)
    for name, sound in checks:
        if not sound:
            raise damaged(folder, f"{name}.npy")


def inside(places: NDArray[Any], count: int) -> bool:
    """Whether all numbers lie within 0…count − 1."""
    return not places.size or bool(places.min() >= 0 and places.max() < count)


def damaged(folder: Path, name: str) -> DataError:
    """What is said of a file that is missing, cut off or does not fit the others."""
    return DataError(
        "The index in {folder} is damaged ({name}); make it again.",
        folder=shown(str(folder)),
        name=name,
    )


def size_of(folder: Path) -> int:
    """Bytes of all files."""
    return sum(path.stat().st_size for path in folder.iterdir())


def joined(words: Iterable[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Texts as bytes behind each other, and where each ends."""
    encoded = [word.encode("utf-8", "surrogateescape") for word in words]
    ends = np.cumsum([len(one) for one in encoded], dtype=np.int64)
    return np.frombuffer(b"".join(encoded), np.uint8), ends
