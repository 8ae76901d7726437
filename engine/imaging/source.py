"""Opening a file without being caught by what it is."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from engine.imaging.refused import RefusedError

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
