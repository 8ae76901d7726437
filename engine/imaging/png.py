"""PNG files (ISO/IEC 15948): structure and check sums here, pixels by libpng at full depth."""

import struct
import zlib
from dataclasses import dataclass

from engine.imaging.refused import RefusedError, check_size

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB, _PALETTE, _GREY_ALPHA, _RGBA = 0, 2, 3, 4, 6
_READ = frozenset({b"PLTE", b"pHYs", b"eXIf"})
_DEPTHS = {
    _GREY: {1, 2, 4, 8, 16},
    _RGB: {8, 16},
    _PALETTE: {1, 2, 4, 8},
    _GREY_ALPHA: {8, 16},
    _RGBA: {8, 16},
}


@dataclass(frozen=True, slots=True)
class PngHeader:
    """What the chunks say: size, depth, and the things worth a note."""

    rows: int
    columns: int
    depth: int
    colour_type: int
    interlaced: bool
    transparent: bool
    animated: bool
    entries: int = 0  # of its palette
    aspect: float = 1.0  # width over height of a pixel
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
    position, header, bodies = len(SIGNATURE), b"", dict[bytes, bytes]()
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
        header = header or data[body : body + length]
        kinds.add(kind)
        if kind in _READ:
            bodies.setdefault(kind, data[body : body + length])
        if kind == b"IEND":
            return _header(header, kinds, bodies)
        position = body + length + 4


def _header(body: bytes, kinds: set[bytes], bodies: dict[bytes, bytes]) -> PngHeader:
    if len(body) != 13 or b"IDAT" not in kinds:
        raise RefusedError("its header or its pixels are missing", "damaged")
    columns, rows, depth, colour_type, _, _, interlace = struct.unpack(">LLBBBBB", body)
    if depth not in _DEPTHS.get(colour_type, set()):
        raise RefusedError(f"colour type {colour_type} at {depth} bits is unknown", "damaged")
    check_size(rows, columns, samples=1 if colour_type in {_GREY, _PALETTE} else 4)
    transparent = b"tRNS" in kinds or colour_type in {_GREY_ALPHA, _RGBA}
    palette = bodies.get(b"PLTE", b"")
    if colour_type == _PALETTE and (not palette or len(palette) % 3 or len(palette) > 768):
        raise RefusedError("its palette is damaged or missing", "damaged")
    return PngHeader(
        rows,
        columns,
        depth,
        colour_type,
        interlaced=bool(interlace),
        transparent=transparent,
        animated=b"acTL" in kinds,
        entries=len(palette) // 3 if colour_type == _PALETTE else 0,
        aspect=_aspect(bodies.get(b"pHYs", b"")),
        exif=bodies.get(b"eXIf", b""),
    )


def _aspect(body: bytes) -> float:
    """Width over height of a pixel from the pixels per unit along both axes."""
    if len(body) != 9:
        return 1.0
    across, down = struct.unpack(">LL", body[:8])
    return down / across if across and down else 1.0
