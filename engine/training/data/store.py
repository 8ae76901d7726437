"""Model rows on their way to disk: films are added one by one, and mapped into memory at the end.

The file is an ordinary npy of all rows (T, W), films one behind the other. Nothing in here holds
more than one film.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.training.data.rows import Rows

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
                "data",
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
