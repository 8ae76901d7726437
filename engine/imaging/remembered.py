"""What was found in files that were read a moment ago, as long as nobody wrote them since."""

import os
import threading
import time
from collections import OrderedDict
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar

from engine.imaging.source import Stamp, stamp_of

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
