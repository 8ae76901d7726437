"""What a compressed frame says of itself, to be held against the header before decoding."""

from dataclasses import dataclass, replace
from typing import Literal

from engine.imaging.jpegxl import CODESTREAM, CONTAINER, read_jpegxl_header
from engine.imaging.refused import RefusedError

Kind = Literal[
    "JPEG", "JPEG lossless", "JPEG-LS", "JPEG 2000", "HTJ2K", "JPEG XL", "JPEG arithmetic"
]  # fmt: skip

_KIND_OF_SOF: dict[int, Kind] = {
    0xC0: "JPEG",
    0xC1: "JPEG",
    0xC2: "JPEG",
    0xC3: "JPEG lossless",
    0xF7: "JPEG-LS",
    **dict.fromkeys((0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF), "JPEG arithmetic"),
}
_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_STRAY = 64  # bytes; two were seen in the field, and no thumbnail ends a frame so near
_MAX_TILES = 65_535  # ISO/IEC 15444-1 B.3


@dataclass(frozen=True, slots=True)
class Codestream:
    """The header of one compressed frame.

    Attributes:
        kind: Family of the codestream, which must be the transfer syntax's.
        adobe: Colour transform of Adobe's APP14 marker (0 none, 1 YCbCr), None without marker.
        jfif: Whether a JFIF marker says that three components are YCbCr.
        component_ids: JPEG component identifiers, b"RGB" says that the components are that.
        exif: Payload of the first Exif segment.
        end: Where the header ends and compressed data may begin, in bytes.
        aspect: Width over height of a pixel, from JFIF's two densities.
        irreversible: Whether JPEG 2000 used the 9/7 wavelet, or JPEG XL its colours or a JPEG:
            each of them has lost something.
    """

    kind: Kind
    rows: int
    columns: int
    components: int
    precision: int
    adobe: int | None = None
    jfif: bool = False
    component_ids: bytes = b""
    exif: bytes = b""
    end: int = 0
    irreversible: bool = False
    aspect: float = 1.0


def describe(data: bytes) -> Codestream:
    """Parse the header of a JPEG, JPEG-LS, JPEG 2000 or JPEG XL codestream.

    ISO/IEC 10918-1, 14495-1, 15444-1 and 18181-1.
    """
    try:
        if data[:2] == b"\xff\xd8":
            return _describe_jpeg(data)
        if data.startswith((CODESTREAM, CONTAINER)):
            return _describe_jpegxl(data)
        start = data[:4096].find(b"\xff\x4f\xff\x51")
        if start == 0 or (start > 0 and data[4:8] == b"jP  "):
            return _describe_jpeg2000(data[start:])
    except IndexError:
        raise RefusedError("a compressed frame ends inside its header", "truncated") from None
    raise RefusedError("a compressed frame does not begin with a codestream", "damaged")


def left_over(tail: bytes) -> bytes | None:
    """Return what follows the end marker FFD9, padding ignored; None where there is no marker.

    Coded data cannot hold the marker by chance (each standard forbids it there). Some bytes
    behind it are a fault of the writer that costs no pixel.

    Args:
        tail: The last bytes of a frame, a kilobyte of them at least where it is longer.
    """
    at = tail.rfind(b"\xff\xd9")
    after = tail[at + 2 :].strip(b"\x00\xff")
    return None if at < 0 or len(after) > _STRAY else after


def _describe_jpeg(data: bytes) -> Codestream:
    position, adobe, exif, jfif, aspect = 2, None, b"", False, 1.0
    while True:
        if data[position] != 0xFF:
            raise RefusedError("a compressed frame has a damaged header", "damaged")
        marker = data[position + 1]
        if marker == 0xFF:  # fill byte
            position += 1
            continue
        if marker in _STANDALONE:
            position += 2
            continue
        length = int.from_bytes(data[position + 2 : position + 4], "big")
        body = data[position + 4 : position + 2 + length]
        if length < 2 or marker in {0xD9, 0xDA}:
            raise RefusedError("a compressed frame has no frame header", "damaged")
        if marker == 0xEE and body[:5] == b"Adobe" and len(body) >= 12:
            adobe = body[11]
        if marker == 0xE1 and body[:6] == b"Exif\x00\x00":
            exif = exif or body
        if marker == 0xE0 and body[:5] == b"JFIF\x00":
            jfif, aspect = True, _jfif_aspect(body)
        if marker in _KIND_OF_SOF:
            found = _from_sof(_KIND_OF_SOF[marker], body)
            end = position + 2 + length
            return replace(found, adobe=adobe, exif=exif, jfif=jfif, end=end, aspect=aspect)
        position += 2 + length


def _jfif_aspect(body: bytes) -> float:
    across, down = (int.from_bytes(body[at : at + 2], "big") for at in (8, 10))
    return down / across if across and down else 1.0


def _from_sof(kind: Kind, body: bytes) -> Codestream:
    components = body[5]
    return Codestream(
        kind,
        rows=int.from_bytes(body[1:3], "big"),
        columns=int.from_bytes(body[3:5], "big"),
        components=components,
        precision=body[0],
        component_ids=bytes(body[6 + 3 * i] for i in range(components)),
    )


def _describe_jpeg2000(data: bytes) -> Codestream:
    def number(offset: int) -> int:
        if len(data) < offset + 4:
            raise IndexError
        return int.from_bytes(data[offset : offset + 4], "big")

    right, bottom, left, top = (number(offset) for offset in (8, 12, 16, 20))
    width, height = number(24), number(28)  # of a tile
    if not width or not height or -(-right // width) * -(-bottom // height) > _MAX_TILES:
        raise RefusedError("its codestream has an impossible number of tiles", "damaged")
    components = int.from_bytes(data[40:42], "big")
    depths = {(data[42 + 3 * i] & 0x7F) + 1 for i in range(components)}
    if len(depths) != 1:
        raise RefusedError("the components of its codestream differ in depth", "unsupported")
    segments = _main_header(data, 42 + 3 * components)
    return Codestream(
        "HTJ2K" if b"\xff\x50" in segments else "JPEG 2000",
        rows=bottom - top,
        columns=right - left,
        components=components,
        precision=depths.pop(),
        irreversible=segments.get(b"\xff\x52", b"")[9:10] == b"\0",
    )


def _describe_jpegxl(data: bytes) -> Codestream:
    found = read_jpegxl_header(data)
    return Codestream(
        "JPEG XL",
        rows=found.rows,
        columns=found.columns,
        components=found.components,
        precision=found.precision,
        irreversible=found.packed or found.lossy,
    )


def _main_header(data: bytes, position: int) -> dict[bytes, bytes]:
    """Return the marker segments between SIZ and the first tile, by marker."""
    segments: dict[bytes, bytes] = {}
    while len(data) >= position + 4:
        marker = data[position : position + 2]
        if marker == b"\xff\x90":
            break
        length = max(int.from_bytes(data[position + 2 : position + 4], "big"), 2)
        segments[marker] = data[position + 4 : position + 2 + length]
        position += 2 + length
    return segments
