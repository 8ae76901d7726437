"""Stacks: the frames that are leafed through together, and which files of the list they are."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from engine.imaging import FileHead, grouped_studies, read_heads
from engine.types import Series, SeriesFrame, Study
from viewer.session.jobs import Job, Lanes

FIRST_HEADS: Final = 64  # files whose headers are read before a first grouping; then twice as many
MOST_HEADS: Final = 1024
_NUMBERS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Frames on screen that can be leafed through; a film of one frame is a stack of one.

    Attributes:
        key: Its own, as long as its first file is in it.
        frames: In the order in which they are leafed through.
        series, study: What they are of; None of a file whose header was not read, or cannot be.
    """

    key: str
    frames: tuple[SeriesFrame, ...]
    series: Series | None = None
    study: Study | None = None
    _places: dict[tuple[Path, int], int] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Know the place of every frame."""
        self._places.update({(one.path, one.index): i for i, one in enumerate(self.frames)})

    def __len__(self) -> int:
        """How many frames it has."""
        return len(self.frames)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files of its frames, each once."""
        return tuple(dict.fromkeys(frame.path for frame in self.frames))

    @property
    def middle(self) -> SeriesFrame:
        """The frame that stands for it in the list."""
        return self.frames[(len(self.frames) - 1) // 2]

    def place_of(self, path: Path, index: int = 0) -> int | None:
        """Where a frame stands, from 0; None where it is of another stack."""
        return self._places.get((path, index))

    def nearest(self, place: int) -> int:
        """The place itself, or the end that it lies beyond."""
        return min(max(place, 0), len(self.frames) - 1)


def single(path: Path, frames: int = 1) -> Stack:
    """A file by itself, in the order in which its frames are stored."""
    return Stack(_key(path, 0), tuple(SeriesFrame(path, index) for index in range(frames)))


def _key(path: Path, index: int) -> str:
    return f"{path}|{index}"


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Files that were placed in stacks.

    Attributes:
        heads: All that were read so far of the files that were opened together.
        stacks: Of these; a file that has no place in a study is a stack by itself.
    """

    heads: tuple[FileHead, ...]
    stacks: tuple[Stack, ...]


def place_files(
    known: tuple[FileHead, ...], paths: tuple[Path, ...], joined: frozenset[Path]
) -> Placed:
    """Read the headers of files and group them, together with others that were read before.

    Args:
        known: What was read before of the files that were opened with them.
        paths: Those to read.
        joined: Raster files of folders, which may be series where they are alike.
    """
    found = tuple(head for head in read_heads(paths) if isinstance(head, FileHead))
    heads = (*known, *found)
    numbered = _numbered(head.path for head in heads if head.path in joined)
    apart = [head for head in heads if head.path not in numbered]
    together = [head for head in heads if head.path in numbered]
    studies = (*grouped_studies(apart), *grouped_studies(together, join_rasters=True))
    stacks = [_stack(study, series) for study in studies for series in study.series]
    order = {path: place for place, path in enumerate((*(head.path for head in known), *paths))}
    every = [*stacks, *map(single, _left_over(stacks, heads, paths))]
    every.sort(key=lambda stack: min(order.get(path, 0) for path in stack.paths))
    return Placed(heads, tuple(every))


def _numbered(paths: Iterable[Path]) -> set[Path]:
    """Files of one folder whose names differ by their numbers only: those count something.

    A folder of raster files is as often one of patients, each under a name of his own.
    """
    alike: dict[tuple[Path, str], list[Path]] = {}
    for path in paths:
        alike.setdefault((path.parent, _NUMBERS.sub("0", path.name.casefold())), []).append(path)
    return {path for found in alike.values() if len(found) > 1 for path in found}


def _stack(study: Study, series: Series) -> Stack:
    first = min(series.frames, key=lambda one: (str(one.path), one.index))
    return Stack(_key(first.path, first.index), series.frames, series, study)


def _left_over(
    stacks: list[Stack], heads: Sequence[FileHead], paths: Sequence[Path]
) -> list[Path]:
    """Files that cannot be read, and copies of films of one frame: they are listed all the same.

    A copy of a slice is not: its series is there.
    """
    there = {path for stack in stacks for path in stack.paths}
    slices = {one.sop_instance_uid for stack in stacks if len(stack) > 1 for one in stack.frames}
    copies = {head.path for head in heads if head.uids.sop_instance in slices - {None}}
    return [path for path in paths if path not in there and path not in copies]


class Stacks(QObject):
    """Which stacks the files of the list are, in the order in which they were opened.

    Args:
        lanes: Headers are read in them.
        parent: Of the Qt object.
    """

    changed = Signal(object)  # tuple[Stack, ...]: all of them
    placed = Signal(object)  # tuple[Path, ...]: files whose stacks are known now
    failed = Signal(object)  # BaseException

    def __init__(self, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._order: dict[str, Stack] = {}
        self._of: dict[tuple[Path, int], str] = {}
        self._left = 0  # files whose headers are still to be read

    @property
    def all(self) -> tuple[Stack, ...]:
        """Every stack, in the order in which they were opened."""
        return tuple(self._order.values())

    @property
    def left(self) -> int:
        """Files whose place is not known yet."""
        return self._left

    def of(self, path: Path, index: int = 0) -> Stack | None:
        """The stack of a frame; None where its file was not placed yet, or is not in the list."""
        return self._order.get(self._of.get((path, index), ""))

    def by_key(self, key: str) -> Stack | None:
        """The stack of this key."""
        return self._order.get(key)

    def after(self, stack: Stack | None, by: int) -> Stack | None:
        """The next or previous stack of the list."""
        if stack is None or stack.key not in self._order:
            return None
        stacks, place = self.all, list(self._order).index(stack.key) + by
        return stacks[place] if 0 <= place < len(stacks) else None

    def place(self, paths: Iterable[Path], joined: Iterable[Path] = ()) -> None:
        """Find out which stacks files are that were opened together."""
        together = frozenset(joined)
        for part in self._lanes.by_storage(paths, files=True):
            self._left += len(part)
            self._read_on(part, (), together, FIRST_HEADS)

    def remove(self, stacks: Iterable[Stack]) -> None:
        """Take stacks out of the list."""
        self._forget(stack.key for stack in stacks)
        self.changed.emit(self.all)

    def _read_on(
        self,
        paths: tuple[Path, ...],
        heads: tuple[FileHead, ...],
        joined: frozenset[Path],
        count: int,
    ) -> None:
        now, rest = paths[:count], paths[count:]
        done = partial(self._on_placed, now, rest, joined, count)
        failed = partial(self._on_lost, now, rest, joined, count)
        job = Job(place_files, (heads, now, joined), done, failed, ahead=True)
        self._lanes.submit(now[0], job)

    def _on_placed(
        self,
        now: tuple[Path, ...],
        rest: tuple[Path, ...],
        joined: frozenset[Path],
        count: int,
        placed: Placed,
    ) -> None:
        self._left -= len(now)
        if rest:
            self._read_on(rest, placed.heads, joined, min(2 * count, MOST_HEADS))
        self._take(placed.stacks)
        self.placed.emit(now)

    def _on_lost(
        self,
        now: tuple[Path, ...],
        rest: tuple[Path, ...],
        joined: frozenset[Path],
        count: int,
        error: BaseException,
    ) -> None:
        self.failed.emit(error)
        self._on_placed(now, rest, joined, count, Placed((), tuple(map(single, now))))

    def _take(self, stacks: tuple[Stack, ...]) -> None:
        """Put stacks where the first that they take the place of stood."""
        frames = [(frame.path, frame.index) for stack in stacks for frame in stack.frames]
        old = {self._of[frame] for frame in frames if frame in self._of}
        taken = {key: self._order[key] for key in self._order if key not in old}
        first = next((i for i, key in enumerate(self._order) if key in old), len(self._order))
        before = list(taken.items())[: min(first, len(taken))]
        after = list(taken.items())[len(before) :]
        new = [(stack.key, stack) for stack in stacks]
        self._order = dict([*before, *new, *after])
        for stack in stacks:
            for frame in stack.frames:
                self._of[frame.path, frame.index] = stack.key
        self.changed.emit(self.all)

    def _forget(self, keys: Iterable[str]) -> None:
        for key in keys:
            stack = self._order.pop(key, None)
            for frame in stack.frames if stack is not None else ():
                self._of.pop((frame.path, frame.index), None)
