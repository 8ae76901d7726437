"""Opening files safely: refusals, sizes, stamps, hashes of content."""

import os
import stat
import threading
import time
import warnings
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.errors import ImageError, Reason
from engine.text import clean
from engine.types import FilmIdentity, Floats, Frame, FrameHeader, Image
from engine.words import Sentence

if TYPE_CHECKING:
    from hashlib import _Hash


# ------------------------------------------------------------------------------- refusals

MAX_SAMPLES = 200_000_000  # rows × columns × samples of one frame
MAX_INFLATED = 1 << 30  # bytes of a deflated data set

_WAY_OUT: dict[Reason, Sentence] = {
    "missing": Sentence("check the path, and that you may read it"),
    "not-a-file": Sentence("choose a file"),
    "empty": Sentence("copy it again from where it came from"),
    "unknown-format": Sentence("choose a DICOM, PNG, JPEG or TIFF file"),
    "no-pixels": Sentence("choose a file that holds an image"),
    "truncated": Sentence("copy it again from where it came from"),
    "damaged": Sentence("export it again from where it came from"),
    "unsupported": Sentence("convert it, for example to uncompressed DICOM or to PNG"),
    "video": Sentence("play it with a video player, or save single frames of it as images"),
    "too-large": Sentence("choose a smaller image or export it at lower resolution"),
    "crashed": Sentence("export it again from where it came from"),
    "timed-out": Sentence("export it again, or open it once more when the machine is less busy"),
    "not-started": Sentence("close other programs"),
    "no-such-frame": Sentence("choose a frame that it has"),
}


class RefusedError(Exception):
    """Why a file is not read, said where it is found out and the file's name is not known.

    Attributes:
        what: What is wrong, as the middle of a sentence ("its pixel data end too early").
        reason: The reason code of the `ImageError` that it becomes.
    """

    def __init__(self, what: str, reason: Reason, /, **arguments: object) -> None:
        self.what = what if isinstance(what, Sentence) else Sentence(what, **arguments)
        super().__init__(self.what)
        self.reason: Reason = reason

    def sentence_about(self, name: str) -> ImageError:
        """Return the error for the user: one sentence with the file's name and the way out."""
        return ImageError(
            "{file} cannot be read: {what}; {way_out}.",
            self.reason,
            file=clean(name, limit=120) or Sentence("The file"),
            what=self.what,
            way_out=_WAY_OUT[self.reason],
        )


def check_size(rows: int, columns: int, *, samples: int = 1) -> None:
    """Refuse frames without pixels and frames with more samples than `MAX_SAMPLES`."""
    if rows < 1 or columns < 1 or samples < 1:
        raise RefusedError(
            "its header says {rows} × {columns} pixels", "damaged", rows=rows, columns=columns
        )
    if rows * columns * samples > MAX_SAMPLES:
        raise RefusedError(
            "{rows} × {columns} pixels are more than the limit of {max_samples} million",
            "too-large",
            rows=rows,
            columns=columns,
            max_samples=MAX_SAMPLES // 10**6,
        )


# ------------------------------------------------------------- opening and stamping files
# Opening a file without being caught by what it is.


# A pipe without a writer would hang in open; Windows would translate line ends.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_MAX_RASTER_BYTES = 1 << 30

Stamp = tuple[int, int, int, int]


def file_stamp(path: Path | str) -> Stamp | None:
    """Return what differs as soon as a file was written again; None where there is no file.

    Size, times of the last writing and of the last change of any kind in nanoseconds, and the
    number of the file: a copy that keeps the time of its original differs by the others. It is
    a hint to read again, not a proof: a file system may tell times by the second.
    """
    try:
        return stamp_of(os.stat(path))  # noqa: PTH116 - a Path would be made from a str only here
    except (OSError, ValueError):
        return None


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file that is open or was asked for."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


@contextmanager
def open_file(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    """Open a regular file, or a link to one, and yield it with its size in bytes."""
    try:
        if path.is_dir():
            raise RefusedError("it is a folder", "not-a-file")
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError:
        raise RefusedError("there is no such file", "missing") from None
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or "the name is not allowed"
        raise RefusedError("it cannot be opened ({what})", "missing", what=what) from None
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise RefusedError("it is a pipe or a device, not a regular file", "not-a-file")
        if status.st_size == 0:
            raise RefusedError("it is empty", "empty")
        yield stream, status.st_size


def read_all(stream: BinaryIO, size: int) -> bytes:
    """Read a whole raster file, up to 1 GiB."""
    if size > _MAX_RASTER_BYTES:
        raise RefusedError("it is larger than 1 GiB", "too-large")
    stream.seek(0)
    return stream.read()


def read_at(stream: BinaryIO, offset: int, *, count: int) -> bytes:
    """Read exactly `count` bytes at `offset`."""
    stream.seek(offset)
    data = stream.read(count)
    if len(data) < count:
        raise RefusedError("it ends before its pixels do", "truncated")
    return data


# -------------------------------------------------------------------- silencing libraries

# Warning filters are global to the process: two readers must not swap them crosswise.
_lock = threading.RLock()
# Texts are decoded by `charset`, which knows more sets and says what it guessed.
_OURS = "Unknown encoding"


@contextmanager
def quiet() -> Iterator[list[str]]:
    """Collect what pydicom warns of, instead of letting it out; the list is filled at the end.

    Not to be held while pixels are decoded (but for RLE, which pydicom does in Python anyway):
    readers in other threads would wait for it.
    """
    said: list[str] = []
    with _lock, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield said
    words = dict.fromkeys(clean(warning.message) for warning in caught)
    said += [warned for warned in words if _OURS not in warned]


# ---------------------------------------------------------------------- hashes of content
# What a film is, whatever its file is called: hashes of its pixels and of its header.

_ELSEWHERE = "path"  # the one field that a copy of the file does not share
_SHORT = ("u1", "u2", "i2")  # what whole numbers are hashed in, the first that holds them
_BLOCK = 65_536  # values that stay in the cache while they are looked at


def content_hash(frame: Frame) -> str:
    """Return the hash of a frame's pixels: shape, modality values, colour, padding.

    Hashing takes as long as there are bytes, so whole numbers are hashed in as few as hold them.

    Returns:
        64 hexadecimal figures (SHA-256).
    """
    digest = sha256()
    for array in (shortened(frame.values), frame.exact, frame.colour, frame.valid):
        _feed(digest, array)
    return digest.hexdigest()


def shortened(values: Floats) -> NDArray[Any]:
    """The same numbers in the first of `_SHORT` that holds them all; else as they are."""
    low, high = (float(values.min()), float(values.max())) if values.size else (0.5, 0.5)
    for kind in _SHORT:
        reach = np.iinfo(kind)
        if reach.min <= low and high <= reach.max:
            return _as_whole(np.ascontiguousarray(values), kind)
    return values


def _as_whole(values: Floats, kind: str) -> NDArray[Any]:
    """Values that lie within an integer type in that type, as they are if they are fractions."""
    whole = np.empty(values.shape, kind)
    source, target = values.reshape(-1), whole.reshape(-1)
    for start in range(0, source.size, _BLOCK):
        place = slice(start, start + _BLOCK)
        target[place] = source[place]
        if not np.array_equal(target[place], source[place]):
            return values
    return whole


def header_digest(image: Image, header: FrameHeader) -> str:
    """Return the hash of all that a file says of a frame: what can change answer or display.

    Every field counts but the path.

    Returns:
        64 hexadecimal figures.
    """
    digest = sha256()
    for part in _parts((image, header)):
        if isinstance(part, np.ndarray):
            _feed(digest, part)
        else:
            digest.update(f"{part!r};".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def film_identity(frame: Frame) -> FilmIdentity:
    """Return which film a frame is: by its content, and by its SOP Instance UID where it has one.

    A copy of the file has the same identity, under any name; a file that was written again has
    not. Of films that share a UID and differ, see `told_apart`.
    """
    pixels = frame.content or content_hash(frame)
    content = f"{pixels}-{header_digest(frame.image, frame.header)}"
    return FilmIdentity(content, frame.index, frame.image.uids.sop_instance)


def film_key(frame: Frame) -> str:
    """Return what an answer to a frame belongs to: `FilmIdentity.key` of its identity."""
    return film_identity(frame).key


def told_apart(films: Iterable[FilmIdentity]) -> tuple[FilmIdentity, ...]:
    """Return the identities of films that lie together; the content decides where UIDs lie.

    A UID that several of them claim with different content names none of them.
    """
    films = tuple(films)
    contents: dict[tuple[str, int], set[str]] = {}
    for film in films:
        contents.setdefault(film.subject, set()).add(film.content)
    claimed = {subject[0] for subject, found in contents.items() if len(found) > 1}
    return tuple(
        replace(film, sop_instance_uid=None) if film.sop_instance_uid in claimed else film
        for film in films
    )


def _feed(digest: "_Hash", array: NDArray[Any] | None) -> None:
    if array is None:
        digest.update(b"none;")
        return
    digest.update(f"{array.dtype.str}{array.shape};".encode())
    digest.update(np.ascontiguousarray(array).data)


def _parts(value: object) -> Iterator[object]:
    """Every plain value within, each field by name, so that no two headers read alike."""
    if is_dataclass(value):
        yield type(value).__name__
        for field in fields(value):
            if field.name != _ELSEWHERE:
                yield field.name
                yield from _parts(getattr(value, field.name))
    elif isinstance(value, tuple):
        yield len(value)
        for part in value:
            yield from _parts(part)
    else:
        yield value


# ---------------------------------------------------------------- files read a moment ago
# What was found in files that were read a moment ago, as long as nobody wrote them since.


# A file system tells times in steps of up to two seconds (FAT): what was written more recently
# could be written again, at the same length, without a sign of it.
_SETTLED_NS = 2_000_000_000

_Value = TypeVar("_Value")


class Remembered(Generic[_Value]):
    """The last few values, each bound to a path and to the stamp of the open file.

    May be used by any number of threads; the values must not be changed by anybody.

    Args:
        entries: Most values that are kept.
        cost: Most that they may cost together, in the unit of `keep`.
    """

    def __init__(self, *, entries: int, cost: int) -> None:
        self._entries, self._cost = entries, cost
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[Stamp, _Value, int]] = OrderedDict()

    def of(self, stream: BinaryIO, path: Path) -> _Value | None:
        """Return what is known of the file that is open; None if it was written since."""
        stamp = stamp_of(os.fstat(stream.fileno()))
        with self._lock:
            found = self._known.get(str(path))
            if found is None:
                return None
            if found[0] != stamp:
                del self._known[str(path)]
                return None
            self._known.move_to_end(str(path))
            return found[1]

    def keep(self, value: _Value, stream: BinaryIO, path: Path, *, cost: int) -> None:
        """Remember a value, unless it costs too much or the file was written just now."""
        status = os.fstat(stream.fileno())
        if cost > self._cost or time.time_ns() - status.st_mtime_ns < _SETTLED_NS:
            return
        with self._lock:
            self._known.pop(str(path), None)
            self._known[str(path)] = (stamp_of(status), value, cost)
            while len(self._known) > self._entries or self._total() > self._cost:
                self._known.popitem(last=False)

    def _total(self) -> int:
        return sum(cost for _, _, cost in self._known.values())
