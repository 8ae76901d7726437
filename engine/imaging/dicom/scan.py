"""The structure of a DICOM file, walked before anything is built from it."""

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from engine.imaging.codecs import left_over
from engine.imaging.source import RefusedError, read_at
from engine.words import Sentence

# ---------------------------------------------------------------- walk over the structure
# A walk over a DICOM file's structure before pydicom builds objects from it.
#
# pydicom recurses into sequences of undefined length and needs half a minute for eight megabytes
# of empty items. This walk is iterative, bounded, and looks at tags and lengths only.

UNDEFINED = 0xFFFFFFFF
MAX_ELEMENTS = 400_000
MAX_DEPTH = 64  # open sequences and items: 32 sequences within each other

LONG_VRS = frozenset({b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC"}) | {
    b"UN",
    b"UR",
    b"UT",
    b"UV",
}
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_PIXEL_GROUP_START = 0x7FE00008
# Sequences that are read, so that their items count even where no VR marks them.
_READ_SEQUENCES = {0x00283000, 0x00283010, 0x52009229, 0x52009230}
_SERIES, _INSTANCE = 0x0020000E, 0x00200013
_LOOKED_AT = 4_000  # elements, until the number of an image
# What decoding depends on: name and value representation (PS3.6 6). Each "US" is one number.
_CRITICAL = {
    0x00280002: ("Samples per Pixel", b"US"),
    0x00280004: ("Photometric Interpretation", b"CS"),
    0x00280006: ("Planar Configuration", b"US"),
    0x00280008: ("Number of Frames", b"IS"),
    0x00280010: ("Rows", b"US"),
    0x00280011: ("Columns", b"US"),
    0x00280100: ("Bits Allocated", b"US"),
    0x00280101: ("Bits Stored", b"US"),
    0x00280102: ("High Bit", b"US"),
    0x00280103: ("Pixel Representation", b"US"),
}


def is_dicom(head: bytes) -> bool:
    """Whether a file that begins with `head` (132 bytes or more) is DICOM.

    Without the preamble of PS3.10 7.1 the first element must be a plausible one of group
    0002 or 0008.
    """
    if head[128:132] == b"DICM":
        return True
    if len(head) < 12:
        return False
    explicit = head[4:6].isalpha() and head[4:6].isupper()
    little = head[:2] in {b"\x02\x00", b"\x08\x00"} and head[3] < 0x10
    if little:
        return explicit or int.from_bytes(head[4:8], "little") < 1024
    return explicit and head[:2] in {b"\x00\x02", b"\x00\x08"} and head[2] < 0x10


def walk_meta(head: bytes) -> tuple[str, int]:
    """Return the transfer syntax UID ("" if there is none) and where the data set begins."""
    position = start = 132 if head[128:132] == b"DICM" else 0
    uid = ""
    while head[position : position + 2] == b"\x02\x00":
        vr = head[position + 4 : position + 6]
        if not (vr.isalpha() and vr.isupper()):
            return "", start  # implicit, against the standard: pydicom finds its way
        wide = vr in LONG_VRS
        length_at = position + (8 if wide else 6)
        value = length_at + (4 if wide else 2)
        length = int.from_bytes(head[length_at:value], "little")
        if head[position : position + 4] == b"\x02\x00\x10\x00":
            uid = head[value : value + length].rstrip(b"\0 ").decode("ascii", "replace")
        position = value + length
    return uid, position


def media_class(head: bytes) -> str:
    """The Media Storage SOP Class UID in the file meta information; "" where there is none."""
    position = 132 if head[128:132] == b"DICM" else 0
    while head[position : position + 2] == b"\x02\x00":
        vr = head[position + 4 : position + 6]
        wide = vr in LONG_VRS
        length_at = position + (8 if wide else 6)
        value = length_at + (4 if wide else 2)
        length = int.from_bytes(head[length_at:value], "little")
        if head[position : position + 4] == b"\x02\x00\x02\x00":
            return head[value : value + length].rstrip(b"\0 ").decode("ascii", "replace")
        position = value + length
    return ""


@dataclass(slots=True)
class _Walker:
    stream: BinaryIO
    order: str
    size: int
    position: int
    depth: int = 0
    implicit: bool = True
    fresh: bool = True
    nested_until: int = 0

    def next_element(self) -> tuple[int, int, bytes] | None:
        """Step into the next element: tag, length, VR; None at the end of what is readable."""
        self.stream.seek(self.position)
        head = self.stream.read(12)
        if len(head) < 8:
            return None
        group, element = struct.unpack(self.order + "HH", head[:4])
        tag = group << 16 | element
        if group == 0xFFFE:
            self.position += 8
            self.fresh = True
            return tag, struct.unpack(self.order + "L", head[4:8])[0], b""
        vr = head[4:6]
        if self.fresh:
            self.implicit, self.fresh = not (vr.isalpha() and vr.isupper()), False
        if self.implicit:
            self.position += 8
            return tag, struct.unpack(self.order + "L", head[4:8])[0], b""
        if vr in LONG_VRS:
            self.position += 12
            return tag, struct.unpack(self.order + "L", head[8:12].ljust(4, b"\0"))[0], vr
        self.position += 8
        return tag, struct.unpack(self.order + "H", head[6:8])[0], vr

    def follow(self, tag: int, length: int, vr: bytes) -> None:
        """Go on behind the element, or into it if it holds items."""
        if tag == _ITEM:
            self.depth += length == UNDEFINED
        elif tag in {_ITEM_END, _SEQUENCE_END}:
            self.depth -= 1
        elif length == UNDEFINED:
            self.depth += 1
        elif vr == b"SQ" or (tag in _READ_SEQUENCES and not vr):
            self.nested_until = max(self.nested_until, self.position + length)
        else:
            self.position += length
            self.fresh = self.fresh or self.position >= self.nested_until > 0


def check_structure(stream: BinaryIO, start: int, *, big_endian: bool) -> None:
    """Walk to the pixels and refuse bombs: too many elements, too deep, critical ones twice."""
    size = stream.seek(0, 2)
    walker = _Walker(stream, ">" if big_endian else "<", size, start)
    seen: set[int] = set()
    for _ in range(MAX_ELEMENTS):
        top = walker.depth <= 0 and walker.position >= walker.nested_until
        found = walker.next_element()
        if found is None or (top and found[0] >= _PIXEL_GROUP_START and found[0] < 0xFFFE0000):
            return
        tag, length, vr = found
        if top and tag in _CRITICAL:
            _check_critical(tag, length, vr, again=tag in seen)
            seen.add(tag)
        walker.follow(tag, length, vr)
        if walker.depth > MAX_DEPTH:
            raise RefusedError("its header nests more than 32 sequences", "damaged")
        if walker.position > size:
            return
    raise RefusedError(
        "its header has more than {max_elements:,} elements",
        "too-large",
        max_elements=MAX_ELEMENTS,
    )


def top_elements(head: bytes, start: int) -> list[tuple[int, int]]:
    """Tag and place of every element outside of sequences, up to the pixels and with them.

    Args:
        head: The first bytes of a little-endian file that `check_structure` has passed; the walk
            ends where they do.
        start: Where its data set begins.
    """
    walker = _Walker(io.BytesIO(head), "<", len(head), start)
    found: list[tuple[int, int]] = []
    while walker.position < len(head) and len(found) < _LOOKED_AT:
        top = walker.depth <= 0 and walker.position >= walker.nested_until
        at = walker.position
        element = walker.next_element()
        if element is None:
            break
        if top and element[0] < 0xFFFE0000:
            found.append((element[0], at))
            if element[0] >= _PIXEL_GROUP_START:
                break
        walker.follow(*element)
    return found


def _check_critical(tag: int, length: int, vr: bytes, *, again: bool) -> None:
    """Refuse what two readers would understand in two ways; an empty value is left to others."""
    name, wanted = _CRITICAL[tag]
    if again:
        raise RefusedError("its header has two values of {name}", "damaged", name=name)
    if vr not in {b"", b"UN", wanted}:
        kind = vr.decode("ascii", "replace")
        raise RefusedError(
            "its header gives {name} as {kind}, not {wanted}",
            "damaged",
            name=name,
            kind=kind,
            wanted=wanted.decode(),
        )
    if wanted == b"US" and length not in {0, 2}:
        raise RefusedError("its header has more than one value of {name}", "damaged", name=name)


def series_and_number(stream: BinaryIO) -> tuple[str, int] | None:
    """Series Instance UID and Instance Number of a file, or None where they cannot be told.

    Only the first elements are walked over; nothing is parsed.
    """
    stream.seek(0)
    head = stream.read(1 << 12)
    uid, start = walk_meta(head)
    big = uid == "1.2.840.10008.1.2.2" or (not uid and head[start : start + 1] == b"\0")
    walker = _Walker(stream, ">" if big else "<", stream.seek(0, 2), start)
    texts: dict[int, str] = {}
    for _ in range(_LOOKED_AT):
        top = walker.depth <= 0 and walker.position >= walker.nested_until
        found = walker.next_element()
        if found is None or (top and _INSTANCE < found[0] < 0xFFFE0000):
            break
        tag, length, vr = found
        if top and tag in {_SERIES, _INSTANCE} and length <= 64:
            stream.seek(walker.position)
            texts[tag] = stream.read(length).rstrip(b"\0 ").strip().decode("ascii", "replace")
        walker.follow(tag, length, vr)
    try:
        return texts[_SERIES], int(texts[_INSTANCE])
    except (KeyError, ValueError):
        return None


# -------------------------------------------------------------------- encapsulated frames
# Compressed pixel data: which bytes belong to which frame (PS3.5 A.4).

_ENCAPSULATED_ITEM = 0xE000FFFE
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
        if tag != _ENCAPSULATED_ITEM or length == 0xFFFFFFFF or len(fragments) > _MAX_FRAGMENTS:
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
