"""Frames of stacks that are read before they are asked for: outwards from where the reader is."""

from collections import OrderedDict
from collections.abc import Iterator, Set as AbstractSet
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from engine.imaging import StoredFrame, auto_window_of, read_stored
from engine.types import SeriesFrame, Window
from viewer.session import jobs
from viewer.session.jobs import Job, Lanes
from viewer.session.loading import Stamp
from viewer.session.stacks import Stack

LIMIT: Final = 1 << 30  # bytes of decoded pixels
_AT_ONCE: Final = 8 << 20  # bytes of one request: some ten milliseconds
_MOST_AT_ONCE: Final = 32  # frames of one request
_FILLED: Final = 0.95  # of the limit, by what is read ahead: frames may differ in size
SAMPLE: Final = 9  # frames that the automatic window of a stack is taken from

Place = tuple[Path, int]


class FrameStore:
    """Frames as they were read, the last used longest, up to so many bytes.

    Args:
        limit: Bytes of decoded pixels.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self.nbytes = 0
        self.lost = 0  # counts the frames that were let go of
        self._frames: OrderedDict[Place, StoredFrame] = OrderedDict()

    def get(self, place: Place) -> StoredFrame | None:
        """A frame, which is now the one that was used last; None if it is not there."""
        found = self._frames.get(place)
        if found is not None:
            self._frames.move_to_end(place)
        return found

    def __contains__(self, place: Place) -> bool:
        """Whether a frame is there."""
        return place in self._frames

    def put(self, place: Place, frame: StoredFrame, near: AbstractSet[Place]) -> None:
        """Keep a frame, and let go of others where it has no room.

        Args:
            place: Where it belongs.
            frame: As it was read.
            near: Those that the reader may ask for next go last.
        """
        self.drop(place)
        self._frames[place] = frame
        self.nbytes += frame.nbytes
        self.trim({*near, place})

    def trim(self, near: AbstractSet[Place] = frozenset()) -> None:
        """Let go of the frames that were used longest ago until the others have room."""
        while self.nbytes > self.limit and len(self._frames) > 1:
            far = (one for one in self._frames if one not in near)
            self.drop(next(far, next(iter(self._frames))))

    def drop(self, place: Place) -> None:
        """Let go of a frame."""
        frame = self._frames.pop(place, None)
        if frame is not None:
            self.nbytes -= frame.nbytes
            self.lost += 1

    def changed(self, stamps: dict[Path, Stamp]) -> set[Path]:
        """The files that are not any more as they were when frames of them were read."""
        return {
            path
            for (path, _), frame in self._frames.items()
            if path in stamps and frame.stamp != stamps[path]
        }

    def drop_file(self, path: Path) -> None:
        """Let go of all frames of a file."""
        for place in [place for place in self._frames if place[0] == path]:
            self.drop(place)


def sample_of(stack: Stack) -> tuple[SeriesFrame, ...]:
    """Some frames that are spread over a stack, the ends left out where there are others."""
    count = min(SAMPLE, len(stack))
    return tuple(stack.frames[(2 * k + 1) * len(stack) // (2 * count)] for k in range(count))


def window_of(frames: tuple[SeriesFrame, ...]) -> Window | None:
    """The automatic window of some frames; None where none of them can be read."""
    found = read_stored([(one.path, one.index) for one in frames])
    read = [one.frame() for one in found if isinstance(one, StoredFrame)]
    grey = [frame for frame in read if frame.colour is None]
    return auto_window_of(grey) if grey else None


def fetch(places: tuple[Place, ...]) -> tuple[tuple[Place, StoredFrame], ...]:
    """Read frames; those that cannot be read are left out, and say why when they are shown."""
    found = zip(places, read_stored(places), strict=True)
    return tuple((place, one) for place, one in found if isinstance(one, StoredFrame))


class Fetching(QObject):
    """Reads the frames of the stacks that are on screen, the nearest first.

    Args:
        limit: Bytes of decoded pixels that are kept.
        parent: Of the Qt object.
    """

    loaded = Signal(object)  # Stack: others of its frames are there now, or not any more

    def __init__(self, limit: int = LIMIT, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = FrameStore(limit)
        self.lanes = Lanes(jobs.SURVEYING, self)  # nobody waits for these: never busy
        self._at: OrderedDict[str, tuple[Stack, int]] = OrderedDict()  # the last one goes first
        self._refused: set[Place] = set()
        self._done: dict[str, tuple[int, int, int]] = {}  # with what nothing was missing, by stack
        self._sizes: dict[str, int] = {}  # bytes of a frame, by stack
        self._running = False
        self._paused = False

    def follow(self, stack: Stack, place: int) -> None:
        """The reader is here: read on from this place."""
        if len(stack) < 2:
            return
        self._at[stack.key] = stack, place
        self._at.move_to_end(stack.key)
        self._read_on()

    def pause(self, *, paused: bool) -> None:
        """Read nothing more ahead; go on."""
        self._paused = paused
        self._read_on()

    def set_limit(self, limit: int) -> None:
        """Keep no more bytes of decoded pixels than these."""
        self.store.limit = limit
        self.store.trim()
        self._read_on()

    def leave(self, keep: set[str]) -> None:
        """Read ahead for these stacks only."""
        for key in [key for key in self._at if key not in keep]:
            del self._at[key]

    def stored(self, frame: SeriesFrame) -> StoredFrame | None:
        """A frame, if it is there."""
        return self.store.get((frame.path, frame.index))

    def loaded_places(self, stack: Stack) -> tuple[bool, ...]:
        """Of every place of a stack, whether its frame is there."""
        return tuple((one.path, one.index) in self.store for one in stack.frames)

    def forget(self, path: Path) -> None:
        """A file holds something else now."""
        self.store.drop_file(path)
        self._refused = {place for place in self._refused if place[0] != path}
        self._done.clear()

    def compare(self, stamps: dict[Path, Stamp]) -> None:
        """Let go of frames whose files have changed on disk."""
        for path in self.store.changed(stamps):
            self.forget(path)

    def close(self) -> None:
        """Read nothing more."""
        self._at.clear()
        self.lanes.close()

    def _read_on(self) -> None:
        if self._running or self._paused:
            return
        for stack, place, room in self._plan():
            state = (room, -1 if room == len(stack) else place, self.store.lost)
            if self._done.get(stack.key) == state:
                continue
            wanted = self._next(stack, place, room)
            if wanted:
                self._ask(stack, wanted)
                return
            self._done[stack.key] = state

    def _plan(self) -> list[tuple[Stack, int, int]]:
        """Stack, place, and how many of its frames have room: the last stack goes first."""
        left = int(self.store.limit * _FILLED)
        plan: list[tuple[Stack, int, int]] = []
        for key in reversed(self._at):
            stack, place = self._at[key]
            size = self._size(stack)
            room = min(max(left // size, 0 if plan else 1), len(stack))
            left -= room * size
            plan.append((stack, place, room))
        return plan

    def _next(self, stack: Stack, place: int, room: int) -> tuple[Place, ...]:
        """The nearest frames that are not there, as many as one request may have."""
        most = max(1, min(_MOST_AT_ONCE, _AT_ONCE // self._size(stack)))
        missing = (
            one
            for one in _near(stack, place, room)
            if one not in self.store and one not in self._refused
        )
        return tuple(islice(missing, most))

    def _size(self, stack: Stack) -> int:
        """Bytes of the largest frame that was read of a stack; of a grey one until then."""
        pixels = stack.series.rows * stack.series.columns if stack.series is not None else 1 << 20
        return max(self._sizes.get(stack.key, 2 * pixels), 1)

    def _ask(self, stack: Stack, wanted: tuple[Place, ...]) -> None:
        self._running = True
        done = partial(self._on_read, stack, wanted)
        failed = partial(self._on_lost, stack, wanted)
        self.lanes.submit(wanted[0][0], Job(fetch, (wanted,), done, failed))

    def _on_read(
        self,
        stack: Stack,
        wanted: tuple[Place, ...],
        found: tuple[tuple[Place, StoredFrame], ...],
    ) -> None:
        self._running = False
        self._refused.update(set(wanted) - {place for place, _ in found})
        if found:
            largest = max(frame.nbytes for _, frame in found)
            self._sizes[stack.key] = max(self._sizes.get(stack.key, 0), largest)
        near = {one for planned in self._plan() for one in _near(*planned)}
        for place, frame in found:
            self.store.put(place, frame, near)
        self.loaded.emit(stack)
        self._read_on()

    def _on_lost(self, stack: Stack, wanted: tuple[Place, ...], _error: BaseException) -> None:
        self._on_read(stack, wanted, ())


def _near(stack: Stack, place: int, room: int) -> Iterator[Place]:
    """So many frames of a stack, outwards from a place."""
    first = min(max(place - room // 2, 0), len(stack) - room)
    for distance in range(room):
        for at in (place + distance, place - distance) if distance else (place,):
            if first <= at < first + room:
                yield stack.frames[at].path, stack.frames[at].index
