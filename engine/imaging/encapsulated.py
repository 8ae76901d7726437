"""Compressed pixel data: which bytes belong to which frame (PS3.5 A.4)."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from engine.imaging.codestream import left_over
from engine.imaging.refused import RefusedError
from engine.imaging.source import read_at
from engine.words import Sentence

_ITEM = 0xE000FFFE
_DELIMITER = 0xE0DDFFFE
_MAX_FRAGMENTS = 1_000_000
_STARTS = (
    b"\xff\xd8\xff",
    b"\xff\x4f\xff\x51",
    b"\x00\x00\x00\x0cjP",
    b"\xff\x0a",
    b"\x00\x00\x00\x0cJXL ",
)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Where the bytes of one fragment lie in the file."""

    offset: int
    length: int


def find_fragments(stream: BinaryIO, start: int) -> tuple[tuple[int, ...], list[Fragment], int]:
    """Walk the items from the first one at `start`.

    Returns:
        Basic offset table, fragments, and where the pixel data end.
    """
    table: tuple[int, ...] = ()
    fragments: list[Fragment] = []
    position, first = start, True
    end = stream.seek(0, 2)
    while True:
        if position == end and fragments:  # only the delimiter is missing: no pixel is lost
            return table, fragments, end
        tag, length = struct.unpack("<LL", read_at(stream, position, count=8))
        if tag == _DELIMITER:
            return table, fragments, position + 8
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
    decoder: str = "",
) -> list[list[Fragment]]:
    """Assign fragments to frames: `count` of them, or as many as there are.

    Args:
        stream: The file, to look at the beginnings of fragments where nothing else helps.
        fragments: All fragments, in the order of the file.
        count: Number of frames that the header promises.
        offsets: Offset table, from the first byte of the first fragment's item; may be empty.
        decoder: That of the transfer syntax: it decides how a frame begins.
    """
    if not fragments:
        raise RefusedError("its pixel data hold no frame", "truncated")
    if len(fragments) == count:
        return [[fragment] for fragment in fragments]
    groups = _by_offset(fragments, offsets) if len(offsets) == count else None
    if groups is not None and count > 1:
        return groups
    if decoder == "deflate":  # each frame is one fragment (PS3.5 A.4.13)
        return [[fragment] for fragment in fragments]
    return _by_beginning(stream, fragments, decoder=decoder, single=count == 1)


def read_frame_bytes(stream: BinaryIO, group: Sequence[Fragment]) -> bytes:
    """Read and join the fragments of one frame."""
    return b"".join(read_at(stream, part.offset, count=part.length) for part in group)


def check_endings(stream: BinaryIO, groups: Sequence[Sequence[Fragment]]) -> int:
    """Refuse a file with a frame that lacks its end marker: decoders would invent the rest.

    Returns:
        The most bytes that follow the end marker of a frame, padding ignored.
    """
    most = 0
    for number, group in enumerate(groups, start=1):
        after = left_over(_tail(stream, group))
        if after is None:
            which = (
                Sentence("frame {number} of {count}", number=number, count=len(groups))
                if len(groups) > 1
                else Sentence("its image")
            )
            raise RefusedError("{which} ends before its end marker", "truncated", which=which)
        most = max(most, len(after))
    return most


def _tail(stream: BinaryIO, group: Sequence[Fragment]) -> bytes:
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


def _by_beginning(
    stream: BinaryIO, fragments: list[Fragment], *, decoder: str, single: bool
) -> list[list[Fragment]]:
    groups: list[list[Fragment]] = []
    for fragment in fragments:
        begin = read_at(stream, fragment.offset, count=min(fragment.length, 12))
        starts = _is_rle(begin) if decoder == "rle" else begin.startswith(_STARTS)
        if starts and single and groups:
            # Bytes can look like a beginning by chance, or be that of a thumbnail: where one
            # frame is promised the one before must have come to its end.
            ended = decoder == "rle" or left_over(_tail(stream, groups[-1])) is not None
            starts = ended and decoder != "jpegxl"
        if not groups or starts:
            groups.append([])
        groups[-1].append(fragment)
    return groups


def _is_rle(begin: bytes) -> bool:
    """Whether a fragment begins with the header of an RLE frame (PS3.5 G.5)."""
    count, first = begin[:4], begin[4:8]
    return 1 <= int.from_bytes(count, "little") <= 15 and first == b"\x40\0\0\0"
