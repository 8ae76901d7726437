"""The header of a JPEG XL image (ISO/IEC 18181-1 annex D, 18181-2): size, depth, channels."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.imaging.refused import RefusedError

CONTAINER = b"\0\0\0\x0cJXL \r\n\x87\n"
CODESTREAM = b"\xff\x0a"
_HEADER_BYTES = 4096
_MOST_BOXES = 64
_RATIOS = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}
_GREY = 1


@dataclass(frozen=True, slots=True)
class JpegXlHeader:
    """What the first bytes say.

    Attributes:
        precision: Bits per sample, 1…32.
        packed: Whether it is a JPEG that was packed without loss, so that the loss is JPEG's.
        lossy: Whether colours were turned into XYB, which only lossy compression does.
    """

    rows: int
    columns: int
    components: int
    precision: int
    packed: bool
    lossy: bool


class _Bits:
    """Reads numbers from the lowest bit of each byte upwards (18181-1 annex B)."""

    def __init__(self, data: bytes) -> None:
        self._number = int.from_bytes(data, "little")
        self._left = 8 * len(data)

    def take(self, count: int) -> int:
        """The next `count` bits."""
        if count > self._left:
            raise IndexError
        value = self._number & ((1 << count) - 1)
        self._number >>= count
        self._left -= count
        return value

    def choose(self, *ways: Callable[[], int]) -> int:
        """U32: two bits say which of four ways the number is stored in."""
        return ways[self.take(2)]()

    def flag(self) -> bool:
        """One bit."""
        return self.take(1) == 1


def read_jpegxl_header(data: bytes) -> JpegXlHeader:
    """Parse a bare codestream, or one in a container.

    Raises:
        RefusedError: An animation, extra channels, floating point, or a damaged container.
        IndexError: It ends inside its header.
    """
    stream, packed = _codestream(data)
    bits = _Bits(stream[len(CODESTREAM) : _HEADER_BYTES])
    rows, columns = _size(bits)
    if bits.flag():  # all defaults: 8 bits, three components in XYB
        return JpegXlHeader(rows, columns, 3, 8, packed, lossy=True)
    if bits.flag():
        _extra_fields(bits)
    if bits.flag():
        raise RefusedError("its JPEG XL image holds floating-point numbers", "unsupported")
    precision = bits.choose(lambda: 8, lambda: 10, lambda: 12, lambda: 1 + bits.take(6))
    bits.flag()  # whether 16-bit buffers are enough
    if bits.choose(lambda: 0, lambda: 1, lambda: 2 + bits.take(4), lambda: 1 + bits.take(12)):
        raise RefusedError("its JPEG XL image has extra channels", "unsupported")
    lossy = bits.flag()
    components = 3
    if not bits.flag():  # the colour encoding is not sRGB, as it would be by default
        bits.flag()  # whether an ICC profile follows
        space = bits.choose(
            lambda: 0, lambda: 1, lambda: 2 + bits.take(4), lambda: 18 + bits.take(6)
        )
        components = 1 if space == _GREY else 3
    return JpegXlHeader(rows, columns, components, precision, packed, lossy)


def _size(bits: _Bits) -> tuple[int, int]:
    small = bits.flag()
    rows = _side(bits, small=small)
    ratio = bits.take(3)
    if ratio:
        over, under = _RATIOS[ratio]
        return rows, rows * over // under
    return rows, _side(bits, small=small)


def _side(bits: _Bits, *, small: bool) -> int:
    if small:
        return 8 * (1 + bits.take(5))
    return 1 + bits.choose(
        lambda: bits.take(9), lambda: bits.take(13), lambda: bits.take(18), lambda: bits.take(30)
    )


def _extra_fields(bits: _Bits) -> None:
    if bits.take(3):
        raise RefusedError(
            "its JPEG XL image is turned, which DICOM does not allow", "unsupported"
        )
    if bits.flag():
        _size(bits)  # the size that it was meant to be shown at
    if bits.flag() or bits.flag():
        raise RefusedError("its JPEG XL image is an animation, or holds a preview", "unsupported")


def _codestream(data: bytes) -> tuple[bytes, bool]:
    """The beginning of the codestream, and whether data to rebuild a JPEG lie beside it."""
    if not data.startswith(CONTAINER):
        return data[:_HEADER_BYTES], False
    parts, packed, position = b"", False, 0
    for _ in range(_MOST_BOXES):
        if position + 8 > len(data):
            break
        size, kind = int.from_bytes(data[position : position + 4], "big"), data[position + 4 :][:4]
        begin = position + 8
        if size == 1:
            size, begin = int.from_bytes(data[begin : begin + 8], "big"), begin + 8
        end = position + size if size else len(data)
        if end < begin:
            raise RefusedError("its JPEG XL container is damaged", "damaged")
        packed = packed or kind == b"jbrd"
        if kind in {b"jxlc", b"jxlp"}:
            parts += data[begin + (4 if kind == b"jxlp" else 0) : min(end, begin + _HEADER_BYTES)]
        position = end
    if not parts.startswith(CODESTREAM):
        raise RefusedError("its JPEG XL container holds no image", "damaged")
    return parts[:_HEADER_BYTES], packed
