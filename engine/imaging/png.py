"""PNG files (ISO/IEC 15948): structure and check sums here, pixels by libpng at full depth."""

import struct
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.imaging.refused import RefusedError, check_size

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB, _PALETTE, _GREY_ALPHA, _RGBA = 0, 2, 3, 4, 6
_DEPTHS = {
    _GREY: {1, 2, 4, 8, 16},
    _RGB: {8, 16},
    _PALETTE: {1, 2, 4, 8},
    _GREY_ALPHA: {8, 16},
    _RGBA: {8, 16},
}
_KEPT = {b"IHDR", b"PLTE", b"pHYs", b"eXIf"}  # chunks whose first one is read


@dataclass(frozen=True, slots=True)
class PngHeader:
    """What the chunks say: size, depth, and the things worth a note.

    Attributes:
        colours: Entries of the palette; 0 without one.
        density: Pixels per unit to the right and downwards (pHYs); (0, 0) where not said.
        exif: Payload of the eXIf chunk.
    """

    rows: int
    columns: int
    depth: int
    colour_type: int
    interlaced: bool
    transparent: bool
    animated: bool
    colours: int = 0
    density: tuple[int, int] = (0, 0)
    exif: bytes = b""

    @property
    def grey(self) -> bool:
        """Whether pixels are grey by type."""
        return self.colour_type in {_GREY, _GREY_ALPHA}

    @property
    def palette(self) -> bool:
        """Whether pixels are looked up in a palette."""
        return self.colour_type == _PALETTE


def read_png_header(data: bytes) -> PngHeader:
    """Walk all chunks, checking every check sum, up to IEND."""
    kinds: set[bytes] = set()
    kept: dict[bytes, bytes] = {}
    position = len(SIGNATURE)
    while True:
        if position + 12 > len(data):
            raise RefusedError("it ends before its pixels do", "truncated")
        length, kind = struct.unpack_from(">L4s", data, position)
        body = position + 8
        if body + length + 4 > len(data):
            raise RefusedError("it ends before its pixels do", "truncated")
        (stated,) = struct.unpack_from(">L", data, body + length)
        if zlib.crc32(memoryview(data)[position + 4 : body + length]) != stated:
            raise RefusedError("a check sum inside does not fit", "damaged")
        if not kinds and kind != b"IHDR":
            raise RefusedError("it does not begin with a header", "damaged")
        if kind in _KEPT:
            kept.setdefault(kind, data[body : body + length])
        kinds.add(kind)
        if kind == b"IEND":
            return _header(kept, kinds)
        position = body + length + 4


def _header(kept: dict[bytes, bytes], kinds: set[bytes]) -> PngHeader:
    body = kept[b"IHDR"]
    if len(body) != 13 or b"IDAT" not in kinds:
        raise RefusedError("its header or its pixels are missing", "damaged")
    columns, rows, depth, colour_type, _, _, interlace = struct.unpack(">LLBBBBB", body)
    if depth not in _DEPTHS.get(colour_type, set()):
        raise RefusedError(
            "colour type {colour_type} at {depth} bits is unknown",
            "damaged",
            colour_type=colour_type,
            depth=depth,
        )
    check_size(rows, columns, samples=1 if colour_type in {_GREY, _PALETTE} else 4)
    transparent = b"tRNS" in kinds or colour_type in {_GREY_ALPHA, _RGBA}
    size = kept.get(b"pHYs", b"")
    colours, rest = divmod(len(kept.get(b"PLTE", b"")), 3)
    if colour_type == _PALETTE and (not 1 <= colours <= 256 or rest):
        raise RefusedError("its palette is damaged or missing", "damaged")
    across, down = struct.unpack(">LL", size[:8]) if len(size) == 9 else (0, 0)
    return PngHeader(
        rows, columns, depth, colour_type, bool(interlace), transparent, b"acTL" in kinds,
        colours, (across, down), kept.get(b"eXIf", b""),
    )  # fmt: skip


def decode_png(data: bytes, header: PngHeader) -> NDArray[Any]:
    """Decode (R, C) or (R, C, samples); a number that the palette does not hold is refused."""
    import imagecodecs  # noqa: PLC0415 - slow to import

    if header.palette and header.colours < 1 << header.depth:
        numbers = np.asarray(imagecodecs.png_decode(_as_grey(data)))
        most = int(numbers.max()) // (255 // ((1 << header.depth) - 1))
        if most >= header.colours:
            raise RefusedError(
                "its pixels use colour {most} of a palette of {colours}",
                "damaged",
                most=most + 1,
                colours=header.colours,
            )
    return np.asarray(imagecodecs.png_decode(data))


def _as_grey(data: bytes) -> bytes:
    """The same file as grey, so that libpng gives palette indices (spread over 0…255)."""
    parts, position = [SIGNATURE], len(SIGNATURE)
    while position < len(data):
        length, kind = struct.unpack_from(">L4s", data, position)
        body = data[position + 8 : position + 8 + length]
        if kind in {b"IHDR", b"IDAT", b"IEND"}:
            if kind == b"IHDR":
                body = body[:9] + bytes([_GREY]) + body[10:]
            check = zlib.crc32(kind + body)
            parts.append(struct.pack(">L4s", length, kind) + body + struct.pack(">L", check))
        if kind == b"IEND":
            break
        position += 12 + length
    return b"".join(parts)
