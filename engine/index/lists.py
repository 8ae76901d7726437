"""Inverted lists of states: plain arrays on the disk, searched by faiss where they lie.

faiss finds the centres, encodes a state as one byte per unit (its place between the least and the
largest difference from its centre) and searches. What it is given to search are arrays of ours,
checked before: a file of its own format would be believed as it stands, and a cut or forged one
could end the program.

`lists.bin` holds list after list, of each its codes (n, W) and then its row numbers (n,) int64,
as `faiss.OnDiskInvertedLists` lays them out; they are written block by block, and mapped.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.types import Floats

LISTS: Final = "lists.bin"
_ID = 8  # bytes of a row number
_BLOCK = 2**15  # rows that are encoded together
_LEARNT = 64  # rows of each list that centres are found from
_PROBED, _LEAST_PROBED = 32, 32  # a share of the lists, but that many at least
_FEW = 4  # rows of a question, below which more lists are looked through

Places = NDArray[np.int64]
States = NDArray[np.float16]


def need_faiss() -> None:
    """Say how to get it, before anything is read.

    Raises:
        DataError: faiss is not installed.
    """
    if find_spec("faiss") is None:
        raise DataError(
            "An index of so many rows needs faiss; get it with: pip install “rowscope[index]”."
        )


class FaissLists:
    """Inverted lists, mapped; faiss is imported with the first search.

    Args:
        folder: In which `lists.bin` lies.
        arrays: "list_centres" (L, W), "list_ends" (2, W) and "list_sizes" (L,) as `write_lists`
            gives them, checked: sizes add up to the rows.

    Raises:
        OSError: There is no such file, or it has another length.
    """

    def __init__(self, folder: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._path, self._arrays = folder / LISTS, arrays
        self._rows = int(arrays["list_sizes"].sum())
        self._stamp = self._stamped()
        if self._stamp[0] != self._rows * (arrays["list_centres"].shape[1] + _ID):
            raise OSError("cut off")
        self._index: Any = None

    def nearest(
        self, rows: Floats, count: int, leave_out: tuple[int, int]
    ) -> tuple[Places, Floats]:
        """Rows and squared distances, both (n, count), nearest first; −1 where there are no more.

        Args:
            rows: (n, W) standardised.
            count: Of neighbours.
            leave_out: Rows [begin, end) that are not wanted.

        Raises:
            DataError: faiss is not installed.
            OSError: The file was replaced since it was opened.
        """
        faiss = _faiss()
        if self._index is None:
            self._index = self._opened(faiss)
        how: dict[str, Any] = {"nprobe": _probes(self._index.nlist, len(rows))}
        if leave_out[1] > leave_out[0]:
            how["sel"] = faiss.IDSelectorNot(faiss.IDSelectorRange(*leave_out))
        given = np.ascontiguousarray(rows, np.float32)
        found = self._index.search(given, count, params=faiss.SearchParametersIVF(**how))
        squares, places = found
        return np.where(places < self._rows, places, -1), squares

    def _opened(self, faiss: Any) -> Any:  # noqa: ANN401 - faiss has no types
        centres = np.array(self._arrays["list_centres"])
        sizes = np.array(self._arrays["list_sizes"], np.uint64)
        index = _empty(faiss, *centres.shape)
        index.quantizer.add(centres)
        faiss.copy_array_to_vector(np.array(self._arrays["list_ends"]).ravel(), index.sq.trained)
        index.is_trained = True
        lists = faiss.OnDiskInvertedLists(len(centres), index.code_size, str(self._path))
        lists.set_all_lists_sizes(faiss.swig_ptr(sizes))
        lists.totsize, lists.read_only, lists.prefetch_nthread = self._stamp[0], True, 0
        if self._stamped() != self._stamp:
            raise OSError("replaced")
        lists.do_mmap()
        index.replace_invlists(lists, True)  # noqa: FBT003 - faiss takes no names
        lists.this.disown()
        index.ntotal = self._rows
        return index

    def _stamped(self) -> tuple[int, int, int]:
        status = self._path.stat()
        return status.st_size, status.st_ino, status.st_mtime_ns


def write_lists(
    folder: Path, states: States, lists: int, *, seed: int = 0
) -> dict[str, NDArray[Any]]:
    """Write inverted lists of standardised states (N, W) into a folder.

    Args:
        folder: Where `lists.bin` goes.
        states: May lie on the disk; some thousand rows are read at a time.
        lists: Into how many lists rows are put, by their nearest centre.
        seed: Of the rows that centres are found from.

    Returns:
        The arrays that belong to them, by name.

    Raises:
        DataError: faiss is not installed.
        OSError: The file cannot be written.
    """
    faiss = _faiss()
    width = states.shape[1]
    index = _trained(faiss, states, lists, seed)
    of = np.empty(len(states), np.int32)  # the list of each row
    for block, numbers, _ in _encoded(index, states):
        of[block] = numbers
    sizes = np.bincount(of, minlength=lists)
    begins = (np.cumsum(sizes) - sizes) * (width + _ID)
    filled = np.zeros(lists, np.int64)
    mapped = np.memmap(folder / LISTS, np.uint8, "w+", shape=(len(states) * (width + _ID),))
    for block, numbers, codes in _encoded(index, states):
        order = np.argsort(numbers, kind="stable")
        bounds = np.flatnonzero(np.diff(numbers[order], prepend=-1, append=-1))
        for one in map(order.__getitem__, map(slice, bounds[:-1], bounds[1:])):
            number, start = numbers[one[0]], filled[numbers[one[0]]]
            place = begins[number] + start * width
            mapped[place : place + len(one) * width] = codes[one].ravel()
            place = begins[number] + sizes[number] * width + start * _ID
            ids = (one + block.start).astype("<i8")
            mapped[place : place + len(one) * _ID] = ids.view(np.uint8)
            filled[number] += len(one)
    mapped.flush()
    return {
        "list_centres": index.quantizer.reconstruct_n(0, lists),
        "list_ends": faiss.vector_to_array(index.sq.trained).reshape(2, width),
        "list_sizes": sizes.astype(np.int64),
    }


def _trained(faiss: Any, states: States, lists: int, seed: int) -> Any:  # noqa: ANN401 - no types
    random = np.random.default_rng(seed)
    count = min(_LEARNT * lists, len(states))
    some = np.sort(random.choice(len(states), count, replace=False))
    index = _empty(faiss, lists, states.shape[1])
    index.cp.seed, index.cp.min_points_per_centroid = seed + 1, 1
    index.train(states[some].astype(np.float32))
    return index


def _encoded(index: Any, states: States) -> Iterator[tuple[slice, Places, NDArray[np.uint8]]]:  # noqa: ANN401 - faiss has no types
    """Blocks of rows, the list of each row (n,), and its code (n, W)."""
    head = index.coarse_code_size()  # bytes that name the list, least first
    for begin in range(0, len(states), _BLOCK):
        block = slice(begin, min(begin + _BLOCK, len(states)))
        codes = index.sa_encode(states[block].astype(np.float32))
        numbers = np.zeros(len(codes), np.int64)
        for byte in range(head):
            numbers |= codes[:, byte].astype(np.int64) << (8 * byte)
        yield block, numbers, codes[:, head:]


def _empty(faiss: Any, lists: int, width: int) -> Any:  # noqa: ANN401 - faiss has no types
    quantizer = faiss.IndexFlatL2(width)
    kind = faiss.ScalarQuantizer.QT_8bit
    index = faiss.IndexIVFScalarQuantizer(quantizer, width, lists, kind)
    index.quantizer = quantizer  # which keeps it alive
    return index


def _faiss() -> Any:  # noqa: ANN401 - its types do not know its own arguments
    """It is imported where there are many rows, and only then."""
    need_faiss()
    return import_module("faiss")


def _probes(lists: int, rows: int) -> int:
    """How many lists are looked through for each of some rows: more where there are few rows."""
    share = max(lists // _PROBED, _LEAST_PROBED)
    return min(share * max(_FEW // rows, 1), lists)
