"""Reading files in a process of their own, so that a file can crash or hang only that one.

Every file goes through it, whatever its format or transfer syntax: a rule without exceptions is
one that nobody has to remember. It is a guard against crashes, hangs and exhaustion, no sandbox.
Pixels come back in shared memory. A file that cost the process its life is refused with a
sentence, and its content is not tried again unless somebody asks for that.
"""

import hashlib
import importlib
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from engine.errors import ImageError
from engine.imaging import archives, read
from engine.imaging.codecs import THREADS
from engine.imaging.source import RefusedError, file_stamp, open_file
from engine.processes import ONE_THREAD, Crew, Limits, LostError
from engine.types import Frame, FrameHeader, Image, PresentationState, TagLine, Unread
from engine.words import Sentence

if TYPE_CHECKING:
    from engine.imaging.archives import Directory
    from engine.imaging.series import FileHead
    from engine.imaging.volume import StoredFrame

LIMITS: Final = Limits(memory=4 << 30, seconds=120.0)  # the largest film that is read takes a few
_MOST: Final = 4  # reads side by side: one storage that hangs holds up no other
# Memory of one film is kept for the next one: the first touch of a page costs more than decoding
# it (glibc; 2,048 × 2,500 pixels: 3,300 faults and 29 ms of the processor, without them 22 ms).
_ENVIRONMENT: Final = {
    **ONE_THREAD,
    THREADS: str(min(os.cpu_count() or 1, 4)),
    "MALLOC_TRIM_THRESHOLD_": str(128 << 20),
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
}
_DECODERS: Final = (
    "engine.imaging.dicom.image",
    "imagecodecs",
)  # what most files need, slow to import

_Value = TypeVar("_Value")
_Asked = TypeVar("_Asked")


def read_image(path: Path | str) -> Image:
    """Read what a file says of itself: DICOM, PNG, JPEG or TIFF, whatever its name.

    What belongs to a frame (geometry, windows, unit, range) is told by `describe_frame`. The
    pixels of all frames are held against the header, but not decoded.

    Raises:
        ImageError: The file cannot be read as an image; the reason says why.
    """
    path = Path(path)
    return replace(_guarded(path, read.read_image, _absolute(path)), path=path)


def describe_frame(image: Image, index: int = 0) -> FrameHeader:
    """Return what a file says of one of its frames; no pixels are decoded.

    Raises:
        ImageError: There is no such frame, or the file cannot be read any more.
    """
    return _guarded(image.path, read.describe_frame, _placed(image), index)


def read_frame(image: Image, index: int = 0) -> Frame:
    """Decode one frame to modality values, float32 (R, C); of colour also RGB (R, C, 3).

    Its `image` is the header as it holds for that frame, of the file as it is now.

    Raises:
        ImageError: There is no such frame, or its pixels cannot be decoded.
    """
    frame = _guarded(image.path, _read_frame, _placed(image), index)
    return replace(frame, image=replace(frame.image, path=image.path))


def read_presentation(path: Path | str) -> PresentationState:
    """Read a Softcopy Presentation State: how it shows which images.

    Raises:
        ImageError: The file cannot be read, or is none; the reason says why.
    """
    path = Path(path)
    return _guarded(path, read.read_presentation, _absolute(path))


def read_tags(path: Path | str) -> tuple[TagLine, ...]:
    """Read what stands in a file's header up to its pixels, line by line, for people.

    It names patients: show it, and keep nothing of it.

    Raises:
        ImageError: The file cannot be read; the reason says why.
    """
    path = Path(path)
    return _guarded(path, read.read_tags, _absolute(path))


def read_stored(
    wanted: Sequence[tuple[Path, int]],
) -> tuple["StoredFrame | ImageError", ...]:
    """Read many frames by path and number in one request; of each that cannot be, the reason.

    Each has memory of its own. The block in which they come from the process is given back at
    once: it would stay for as long as one of them is kept, and is used again for the next ones.
    """
    asked = tuple((_absolute(path), index) for path, index in wanted)
    found = _in_parts(_read_stored, asked, lambda one: one[0])
    return tuple(one if isinstance(one, ImageError) else one.apart() for one in found)


def read_heads(paths: Sequence[Path]) -> tuple["FileHead | Unread", ...]:
    """What files say of their places in studies, for `grouped_studies`, in the order of paths."""
    found = _in_parts(_read_heads, tuple(map(_absolute, paths)), lambda path: path)
    return tuple(
        Unread(path, head.reason, str(head)) if isinstance(head, ImageError) else head
        for path, head in zip(paths, found, strict=True)
    )


def read_directory(path: Path) -> "Directory":
    """Read which files a DICOMDIR names; see `archives.read_directory`.

    Raises:
        ImageError: It cannot be read.
    """
    return _guarded(path, archives.read_directory, _absolute(path))


def prepare_reading() -> None:
    """Start the process, and let it import what most files need; does not wait."""
    if not _inside.is_set():
        with suppress(LostError):  # the first file will say so
            _crew.warm((_import, _DECODERS))


def try_again(paths: Iterable[Path]) -> None:
    """Let files be tried once more that have cost the process its life."""
    for path in paths if _faults else ():
        _faults.pop(_content(path), None)


def be_the_guarded_process() -> None:
    """Read files in this process from now on, which somebody else holds to limits."""
    _inside.set()


def _guarded(path: Path, function: Callable[..., _Value], *arguments: object) -> _Value:
    if _inside.is_set():
        return function(*arguments)
    value: _Value
    known = _faults.get(_content(path)) if _faults else None
    if known is None:
        try:
            value = _crew.call(_within, function, arguments)
        except LostError as lost:
            known = RefusedError(_WHAT[lost.reason], lost.reason)
            if lost.reason != "not-started" and (content := _content(path)):
                _faults[content] = known
        else:
            return value
    raise known.sentence_about(path.name)


def _in_parts(
    function: Callable[[tuple[_Asked, ...]], tuple[_Value, ...]],
    asked: tuple[_Asked, ...],
    path_of: Callable[[_Asked], Path],
) -> tuple[_Value | ImageError, ...]:
    """Ask for many at once; where the process is lost, for halves, so that one file costs one."""
    if not asked:
        return ()
    if len(asked) == 1:
        try:
            return tuple(_guarded(path_of(asked[0]), function, asked))
        except ImageError as error:
            return (error,)
    if _inside.is_set():
        return tuple(function(asked))
    try:
        return tuple(_crew.call(_within, function, (asked,)))
    except LostError:
        half = len(asked) // 2
        return (
            *_in_parts(function, asked[:half], path_of),
            *_in_parts(function, asked[half:], path_of),
        )


_WHAT: Final = {
    "crashed": Sentence("the process that read it crashed"),
    "timed-out": Sentence("it was not read within {seconds:.0f} seconds", seconds=LIMITS.seconds),
    "too-large": Sentence("there is not enough memory for it"),
    "not-started": Sentence("no process could be started to read it"),
}
_faults: dict[str, RefusedError] = {}  # by content
_inside = threading.Event()  # whether this is the guarded process


def _content(path: Path) -> str:
    """Hash of a file's bytes, which are read where a storage that hangs does no harm."""
    try:
        return _crew.call(_digest, _absolute(path)) if file_stamp(path) else ""
    except LostError:
        return ""


def _absolute(path: Path) -> Path:
    """The process keeps the folder that it was started in."""
    return path if path.is_absolute() else Path(os.getcwd(), path)  # noqa: PTH109 - of this moment


def _placed(image: Image) -> Image:
    return replace(image, path=_absolute(image.path))


# ------------------------------------------------------------------------ in the guarded process


def _within(function: Callable[..., _Value], arguments: tuple[object, ...]) -> _Value:
    try:
        return function(*arguments)
    except ImageError as error:
        if isinstance(error.__cause__, MemoryError):  # of the process: it is counted against it
            raise MemoryError from None  # noqa: TRY004 - not of a wrong type
        raise


def _read_frame(image: Image, index: int) -> Frame:
    frame = read.read_frame(image, index)
    # Only whole blocks of memory can be shared.
    return replace(
        frame,
        values=np.ascontiguousarray(frame.values),
        colour=None if frame.colour is None else np.ascontiguousarray(frame.colour),
        valid=None if frame.valid is None else np.ascontiguousarray(frame.valid),
        exact=None if frame.exact is None else np.ascontiguousarray(frame.exact),
    )


def _read_stored(
    wanted: tuple[tuple[Path, int], ...],
) -> tuple["StoredFrame | ImageError", ...]:
    from engine.imaging.volume import read_stored as read_all  # noqa: PLC0415 - imports pydicom

    return read_all(wanted)


def _read_heads(paths: tuple[Path, ...]) -> tuple["FileHead | Unread", ...]:
    from engine.imaging.heads import read_head  # noqa: PLC0415 - imports pydicom

    return tuple(map(read_head, paths))


def _digest(path: Path) -> str:
    with suppress(RefusedError, OSError), open_file(path) as (stream, _):
        digest = hashlib.sha256()
        while block := stream.read(1 << 20):
            digest.update(block)
        return digest.hexdigest()
    return ""


def _import(*names: str) -> None:
    be_the_guarded_process()
    for name in names:
        importlib.import_module(name)


_crew = Crew(_MOST, LIMITS, environment=_ENVIRONMENT, first=(be_the_guarded_process, ()))
