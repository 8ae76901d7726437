"""Compressed pixel data: which bytes belong to which frame (PS3.5 A.4)."""

import struct
from dataclasses import dataclass
from typing import BinaryIO

from engine.imaging.codestream import ends_properly
from engine.imaging.refused import RefusedError
from engine.imaging.source import read_at

_ITEM = 0xE000FFFE
_DELIMITER = 0xE0DDFFFE
_MAX_FRAGMENTS = 1_000_000
_STARTS = (
    b"\xff\xd8\xff",
    b"\xff\x4f\xff\x51",
    b"\x00\x00\x00\x0cjP",
    b"\xff\x0a",
    b"\x00\x00\x00\x0cJXL",
)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Where the bytes of one fragment lie in the file."""

    offset: int
    length: int


def find_fragments(stream: BinaryIO, start: int) -> tuple[tuple[int, ...], list[Fragment]]:
    """Walk the items from the first one at `start`; return basic offset table and fragments."""
    table: tuple[int, ...] = ()
    fragments: list[Fragment] = []
    position, first = start, True
    end = stream.seek(0, 2)
    while True:
        if position == end and fragments:  # only the delimiter is missing: no pixel is lost
            return table, fragments
        tag, length = struct.unpack("<LL", read_at(stream, position, count=8))
        if tag == _DELIMITER:
            return table, fragments
        if tag != _ITEM or length == 0xFFFFFFFF or len(fragments) > _MAX_FRAGMENTS:
            raise RefusedError("its compressed pixel data are not a list of fragments", "damaged")
        if first:
            raw = read_at(stream, position + 8, count=length)
            table = struct.unpack(f"<{length // 4}L", raw[: length // 4 * 4])
        else:
            fragments.append(Fragment(position + 8, length))
        first = False
        position += 8 + length


def group_frames(
    stream: BinaryIO,
    fragments: list[Fragment],
    *,
    count: int,
    offsets: tuple[int, ...],
    unmarked: bool = False,
) -> list[list[Fragment]]:
    """Assign fragments to frames: to `count` of them, or to as many as there are.

    Args:
        stream: The file, to look at the beginnings of fragments where nothing else helps.
        fragments: All fragments, in the order of the file.
        count: Number of frames that the header promises.
        offsets: Offset table, from the first byte of the first fragment's item; may be empty.
        unmarked: Whether frames do not begin with a mark, so that each has one fragment (RLE,
            PS3.5 A.4.2; deflated frames, A.4.14).
    """
    if not fragments:
        raise RefusedError("its pixel data hold no frame", "truncated")
    if count == 1:
        return [fragments]
    if len(fragments) == count:
        return [[fragment] for fragment in fragments]
    if unmarked:
        return [[fragment] for fragment in fragments]
    groups = _by_offset(fragments, offsets) if len(offsets) == count else None
    return groups or _by_beginning(stream, fragments)


def read_frame_bytes(stream: BinaryIO, group: list[Fragment]) -> bytes:
    """Read and join the fragments of one frame."""
    return b"".join(read_at(stream, part.offset, count=part.length) for part in group)


def check_endings(stream: BinaryIO, groups: list[list[Fragment]]) -> None:
    """Refuse a file with a frame that lacks its end marker: decoders would invent the rest."""
    for number, group in enumerate(groups, start=1):
        if not ends_properly(_tail(stream, group)):
            which = f"frame {number} of {len(groups)}" if len(groups) > 1 else "its image"
            raise RefusedError(f"{which} ends before its end marker", "truncated")


def _tail(stream: BinaryIO, group: list[Fragment]) -> bytes:
    tail = b""
    for part in reversed(group):
        length = min(part.length, 1024 - len(tail))
        tail = read_at(stream, part.offset + part.length - length, count=length) + tail
        if len(tail) == 1024:
            break
    return tail


def _by_offset(fragments: list[Fragment], offsets: tuple[int, ...]) -> list[list[Fragment]] | None:
    """Group by the offset table; None where it does not fit the fragments."""
    base = fragments[0].offset
    starts = {fragment.offset - base for fragment in fragments}
    if offsets[0] != 0 or not starts.issuperset(offsets) or sorted(set(offsets)) != list(offsets):
        return None
    known = set(offsets)
    groups: list[list[Fragment]] = []
    for fragment in fragments:
        if fragment.offset - base in known:
            groups.append([])
        groups[-1].append(fragment)
    return groups


def _by_beginning(stream: BinaryIO, fragments: list[Fragment]) -> list[list[Fragment]]:
    groups: list[list[Fragment]] = []
    for fragment in fragments:
        begin = read_at(stream, fragment.offset, count=min(fragment.length, 12))
        if not groups or begin.startswith(_STARTS):
            groups.append([])
        groups[-1].append(fragment)
    return groups
