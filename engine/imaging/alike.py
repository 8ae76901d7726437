"""DICOM files whose headers are alike but for what tells one slice from the next.

Parsing a header with all its checks costs more than reading its pixels. The headers of a stack
are the same byte by byte but for a few elements, so each kind of header is parsed once, and of
the others only those elements are read. Anything that is not exactly so is parsed like any file.
"""

import math
import re
import struct
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from engine.imaging.dicom.scan import LONG_VRS, UNDEFINED, top_elements, walk_meta
from engine.types import Point

HEAD: Final = 1 << 16  # bytes of a file in which its pixels have to begin
_PLAIN: Final = {"1.2.840.10008.1.2": False, "1.2.840.10008.1.2.1": True}  # explicit or not
_SOP, _TIME, _NUMBER, _POSITION = 0x00080018, 0x00080032, 0x00200013, 0x00200032
_READ: Final = (_SOP, _TIME, _NUMBER, _POSITION)
# What differs from slice to slice and is shown nowhere: when it was made or taken, where along
# the table, the ends of its values; group lengths.
_UNREAD: Final = frozenset(
    {
        0x00020000,
        0x00020003,
        0x00080012,
        0x00080013,
        0x00080022,
        0x00080023,
        0x0008002A,
        0x00080033,
        0x00201041,
        0x00280106,
        0x00280107,
    }
)
_PIXELS: Final = 0x7FE00010
_UID: Final = re.compile(rb"[0-9]+(?:\.[0-9]+)+")
_CLOCK: Final = re.compile(rb"[0-9]*(?:\.[0-9]+)?")
_KINDS: Final = 24  # of headers that are known at once
_FARTHEST: Final = 1e6  # millimetres; a position beyond is not one

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Own:
    """What a header says of its own slice.

    Attributes:
        sop_instance_uid, number, position: As in `SeriesFrame`.
        time: Acquisition Time; empty where the file has none.
        pixels: Where the pixels begin in the file.
    """

    sop_instance_uid: str
    time: str
    number: int | None
    position: Point | None
    pixels: int


@dataclass(frozen=True, slots=True)
class _Slot:
    """An element that differs: its bytes up to the length, and how its length is written."""

    tag: int
    start: bytes
    wide: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A header as bytes that are the same in all of its kind, with slots in between.

    Attributes:
        parts: One more than slots; the last ends where the pixels begin.
        size: Bytes of the pixels: nothing follows them.
    """

    parts: tuple[bytes, ...]
    slots: tuple[_Slot, ...]
    size: int

    def own(self, head: bytes, size: int) -> Own | None:
        """What a file of this kind says of its slice; None of any other file.

        Args:
            head: Its first bytes, as far as its pixels at least.
            size: Of the file.
        """
        at, read = 0, {}
        for part, slot in zip(self.parts, self.slots, strict=False):
            if not head.startswith(part, at):
                return None
            at += len(part)
            if not head.startswith(slot.start, at):
                return None
            at += len(slot.start)
            wide = 4 if slot.wide else 2
            length = int.from_bytes(head[at : at + wide], "little")
            at += wide
            if slot.tag in _READ:
                read[slot.tag] = head[at : at + length]
            at += length
        if not head.startswith(self.parts[-1], at):
            return None
        at += len(self.parts[-1])
        return _own(read, at) if at + self.size == size else None


def pattern_of(head: bytes, size: int) -> Pattern | None:
    """The kind of a header; None where it is not plain: compressed, of several frames, odd.

    Args:
        head: The first bytes of a file that was parsed and found right.
        size: Of the file.
    """
    syntax, begin = walk_meta(head)
    if head[128:132] != b"DICM" or syntax not in _PLAIN:
        return None
    elements = [*_meta(head, begin), *top_elements(head, begin)]
    tags = [tag for tag, _ in elements]
    if not tags or tags[-1] != _PIXELS or tags != sorted(set(tags)) or 0x00280008 in tags:
        return None
    parts, slots, last = [], [], 0
    for tag, at in elements[:-1]:
        if tag not in _READ and tag not in _UNREAD and not _private(tag):
            continue
        start, wide, length = _start(head, at, explicit=at < begin or _PLAIN[syntax])
        if length == UNDEFINED:
            continue
        parts.append(head[last:at])
        slots.append(_Slot(tag, start, wide))
        last = at + len(start) + (4 if wide else 2) + length
    start, wide, length = _start(head, elements[-1][1], explicit=_PLAIN[syntax])
    end = elements[-1][1] + len(start) + (4 if wide else 2)
    if length == UNDEFINED or end + length != size or _SOP not in tags:
        return None
    return Pattern((*parts, head[last:end]), tuple(slots), length)


def _private(tag: int) -> bool:
    return bool(tag >> 16 & 1)


def _meta(head: bytes, end: int) -> list[tuple[int, int]]:
    """Tag and place of the elements of the file meta information, which are explicit."""
    found, at = [], 132
    while at < end:
        group, element = struct.unpack_from("<HH", head, at)
        found.append((group << 16 | element, at))
        start, wide, length = _start(head, at, explicit=True)
        at += len(start) + (4 if wide else 2) + length
    return found


def _start(head: bytes, at: int, *, explicit: bool) -> tuple[bytes, bool, int]:
    """The bytes before the length of an element, whether that has four bytes, and the length."""
    if not explicit:
        return head[at : at + 4], True, int.from_bytes(head[at + 4 : at + 8], "little")
    if head[at + 4 : at + 6] in LONG_VRS:
        return head[at : at + 8], True, int.from_bytes(head[at + 8 : at + 12], "little")
    return head[at : at + 6], False, int.from_bytes(head[at + 6 : at + 8], "little")


def _own(read: dict[int, bytes], pixels: int) -> Own | None:
    """The values, only where they are written as simply as they may be."""
    uid, time = (read.get(tag, b"").rstrip(b"\0 ") for tag in (_SOP, _TIME))
    plain = _UID.fullmatch(uid) and len(uid) <= 64 and _CLOCK.fullmatch(time)
    if not plain or any(b"_" in value for value in read.values()):
        return None
    number = position = None
    try:
        if _NUMBER in read:
            number = int(read[_NUMBER])
        if _POSITION in read:
            x, y, z = (float(part) for part in read[_POSITION].rstrip(b"\0 ").split(b"\\"))
            position = (x, y, z)
    except ValueError:
        return None
    if position and not all(math.isfinite(at) and abs(at) < _FARTHEST for at in position):
        return None
    return Own(uid.decode("ascii"), time.decode("ascii"), number, position, pixels)


class Kinds(Generic[_Value]):
    """What was made of the last few kinds of headers; for any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[Pattern, tuple[Own, _Value]] = OrderedDict()

    def of(self, head: bytes, size: int) -> tuple[Own, Own, _Value] | None:
        """What a file says of its own slice, and slice and value of the first of its kind."""
        with self._lock:
            for pattern in reversed(self._known):
                own = pattern.own(head, size)
                if own is not None:
                    self._known.move_to_end(pattern)
                    return own, *self._known[pattern]
        return None

    def keep(self, head: bytes, size: int, value: _Value) -> None:
        """Remember what was made of a file, if its header is plain."""
        pattern = pattern_of(head, size)
        own = pattern.own(head, size) if pattern is not None else None
        if pattern is None or own is None:
            return
        with self._lock:
            self._known[pattern] = own, value
            while len(self._known) > _KINDS:
                self._known.popitem(last=False)

    def forget(self) -> None:
        """Know no kind any more."""
        with self._lock:
            self._known.clear()
