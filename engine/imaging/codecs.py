"""One decoder for each compressed syntax, and what its header has to say."""

import os
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from engine.imaging.source import RefusedError, quiet
from engine.text import clean
from engine.words import Sentence

# ------------------------------------------------------------------------- JPEG XL header
# The header of a JPEG XL image (ISO/IEC 18181-1 annex D, 18181-2): size, depth, channels.

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


# ----------------------------------------------------------- headers of compressed frames
# What a compressed frame says of itself, to be held against the header before decoding.

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


# --------------------------------------------------------- transfer syntaxes and decoders
# Transfer syntaxes: one fixed decoder each, never "try the next one".
#
# Where one decoder refuses, another fills in what is missing and says nothing; so a frame is
# decoded by the one library named here, or not at all.

Decoder = Literal["jpeg8", "jpegls", "jpeg2k", "jpegxl", "deflate", "rle", ""]

DEFLATED = "1.2.840.10008.1.2.1.99"
_IMPLICIT = "1.2.840.10008.1.2"
_BIG_ENDIAN = "1.2.840.10008.1.2.2"


@dataclass(frozen=True, slots=True)
class Syntax:
    """A transfer syntax (PS3.5 A): its name in words, its decoder, what loss it may bring.

    Attributes:
        decoder: Name of the codec; empty for native pixels.
        kind: The codestream that must be inside; None for native and RLE pixels.
        lossy: Method of the loss ("JPEG"), empty for lossless and undecided syntaxes.
    """

    words: Sentence
    decoder: Decoder = ""
    kind: Kind | None = None
    lossy: str = ""


_JPEG = "1.2.840.10008.1.2.4."
_SYNTAXES = {
    _IMPLICIT: Syntax(Sentence("uncompressed, implicit little endian")),
    "1.2.840.10008.1.2.1": Syntax(Sentence("uncompressed, explicit little endian")),
    _BIG_ENDIAN: Syntax(Sentence("uncompressed, explicit big endian")),
    DEFLATED: Syntax(Sentence("deflated, explicit little endian")),
    "1.2.840.10008.1.2.5": Syntax(Sentence("RLE lossless"), "rle"),
    _JPEG + "50": Syntax(Sentence("JPEG baseline"), "jpeg8", "JPEG", "JPEG"),
    _JPEG + "51": Syntax(Sentence("JPEG extended"), "jpeg8", "JPEG", "JPEG"),
    _JPEG + "53": Syntax(Sentence("JPEG spectral selection"), "jpeg8", "JPEG", "JPEG"),
    _JPEG + "55": Syntax(Sentence("JPEG progressive"), "jpeg8", "JPEG", "JPEG"),
    _JPEG + "57": Syntax(Sentence("JPEG lossless"), "jpeg8", "JPEG lossless"),
    _JPEG + "70": Syntax(Sentence("JPEG lossless, first order"), "jpeg8", "JPEG lossless"),
    _JPEG + "80": Syntax(Sentence("JPEG-LS lossless"), "jpegls", "JPEG-LS"),
    _JPEG + "81": Syntax(Sentence("JPEG-LS near-lossless"), "jpegls", "JPEG-LS", "JPEG-LS"),
    _JPEG + "90": Syntax(Sentence("JPEG 2000 lossless"), "jpeg2k", "JPEG 2000"),
    _JPEG + "91": Syntax(Sentence("JPEG 2000"), "jpeg2k", "JPEG 2000"),
    _JPEG + "201": Syntax(Sentence("HTJ2K lossless"), "jpeg2k", "HTJ2K"),
    _JPEG + "202": Syntax(Sentence("HTJ2K lossless, RPCL"), "jpeg2k", "HTJ2K"),
    _JPEG + "203": Syntax(Sentence("HTJ2K"), "jpeg2k", "HTJ2K"),
    _JPEG + "110": Syntax(Sentence("JPEG XL lossless"), "jpegxl", "JPEG XL"),
    _JPEG + "111": Syntax(Sentence("JPEG XL, a JPEG packed"), "jpegxl", "JPEG XL", "JPEG"),
    _JPEG + "112": Syntax(Sentence("JPEG XL"), "jpegxl", "JPEG XL"),
    "1.2.840.10008.1.2.8.1": Syntax(Sentence("deflated frame by frame"), "deflate"),
}
_VIDEOS = ("MPEG", "HEVC", "SMPTE")
# Of a process that reads for one reader; where many processes read, they share the cores.
THREADS: Final = "ROWSCOPE_DECODER_THREADS"
_THREADS = int(os.environ.get(THREADS, "1"))
_RLE_PADDING = 4  # bytes behind a segment; the standard has one


def syntax_of(uid: str) -> Syntax:
    """Return the transfer syntax of a UID, or refuse one that has no decoder here."""
    if uid in _SYNTAXES:
        return _SYNTAXES[uid]
    from pydicom.uid import UID  # noqa: PLC0415 - pydicom is slow to import

    with quiet():  # pydicom warns of UIDs that are none
        name, uid = clean(UID(uid).name), clean(uid, limit=64)
    if any(word in name for word in _VIDEOS):
        raise RefusedError("it is a video ({name}), not an image", "video", name=name)
    named = f"{name} ({uid})" if name != uid else uid
    raise RefusedError("the transfer syntax {named} is not supported", "unsupported", named=named)


def is_big_endian(uid: str) -> bool:
    """Whether native pixels of this transfer syntax are big endian."""
    return uid == _BIG_ENDIAN


@cache
def decoder_name(decoder: str) -> str:
    """Return the library, version and codec behind a decoder, for the record of a result."""
    if decoder in {"", "rle"}:
        codec = "RLE" if decoder else "native"
        return f"pydicom {version('pydicom')} {codec}"
    if decoder == "deflate":
        return f"zlib {zlib.ZLIB_RUNTIME_VERSION}"
    return f"imagecodecs {version('imagecodecs')} {decoder}"


def decode_codestream(data: bytes, syntax: Syntax) -> tuple[NDArray[Any], Codestream]:
    """Decode one frame: (R, C) or (R, C, samples), components as they are in the codestream.

    The caller has compared the codestream's header with the file's.
    """
    import imagecodecs  # noqa: PLC0415 - slow to import, and only compressed files need it

    stream = describe(data)
    if syntax.decoder == "jpeg8":
        # Equal spaces in and out: no colour transform, which the header decides about.
        space = "YCBCR" if stream.components == 3 and stream.kind == "JPEG" else None
        pixels = imagecodecs.jpeg8_decode(data, colorspace=space, outcolorspace=space)
    elif syntax.decoder == "jpegls":
        pixels = imagecodecs.jpegls_decode(data)
    elif syntax.decoder == "jpegxl":
        pixels = imagecodecs.jpegxl_decode(data, numthreads=_THREADS)
    else:
        # For HTJ2K too: imagecodecs' own htj2k prints an error and returns the damaged pixels.
        pixels = imagecodecs.jpeg2k_decode(data, numthreads=_THREADS)
    return _shaped(np.asarray(pixels), stream), stream


def _shaped(pixels: NDArray[Any], stream: Codestream) -> NDArray[Any]:
    expected: tuple[int, ...] = (stream.rows, stream.columns)
    if stream.components > 1:
        expected += (stream.components,)
    if pixels.shape != expected or pixels.dtype.kind not in "iu":
        raise RefusedError("its decoder gave pixels of another shape", "damaged")
    return pixels


def decode_rle(
    data: bytes, *, rows: int, columns: int, samples: int, bits_allocated: int
) -> NDArray[Any]:
    """Decode one RLE frame (PS3.5 G) into unsigned (R, C) or (R, C, samples).

    Raises:
        RefusedError: A segment holds more or less than one byte of every pixel.
    """
    from pydicom.encaps import encapsulate  # noqa: PLC0415 - pydicom is slow to import
    from pydicom.pixels.decoders.base import get_decoder  # noqa: PLC0415
    from pydicom.uid import RLELossless  # noqa: PLC0415

    options: dict[str, Any] = {
        "rows": rows,
        "columns": columns,
        "samples_per_pixel": samples,
        "bits_allocated": bits_allocated,
        "bits_stored": bits_allocated,
        "pixel_representation": 0,
        "number_of_frames": 1,
        "photometric_interpretation": "RGB" if samples == 3 else "MONOCHROME2",
        "pixel_keyword": "PixelData",
        "planar_configuration": 1,
    }
    decoder = get_decoder(RLELossless)
    with quiet() as said:
        try:
            pixels, _ = decoder.as_array(
                encapsulate([data]), index=0, raw=True, decoding_plugin="pydicom", **options
            )
        except (RuntimeError, ValueError):
            _check_segments(data, rows * columns)  # which tells what is wrong
            raise
    if said:  # of more than the frame, which can be padding; walking costs as much as decoding
        _check_segments(data, rows * columns)
    return pixels


def _check_segments(data: bytes, area: int) -> None:
    """Walk the codes of each segment: what they give, without giving it (PS3.5 G.3.1)."""
    if len(data) < 64:
        raise RefusedError("an RLE frame ends inside its header", "truncated")
    count, *offsets = struct.unpack_from("<16L", data)
    if not 1 <= count <= 15 or list(offsets[:count]) != sorted(offsets[:count]):
        raise RefusedError("an RLE frame has a damaged header", "damaged")
    for start, end in zip(offsets[:count], [*offsets[1:count], len(data)], strict=True):
        given = _given(data[start:end], area)
        if given < area:
            raise RefusedError("an RLE segment ends before its pixels do", "truncated")
        if given > area:
            raise RefusedError("an RLE segment holds more than the pixels of its frame", "damaged")


def _given(segment: bytes, area: int) -> int:
    """Bytes that a segment unpacks to, counted no further than where they are too many.

    Zeros behind the last pixel are padding, if they are few.
    """
    given, position = 0, 0
    while position < len(segment) and given <= area:
        code = segment[position]
        if code == 128:
            position += 1
            continue
        if code < 128:
            step, length = 2 + code, code + 1
        else:
            step, length = 2, 257 - code
        if position + step > len(segment) or (given == area and _is_padding(segment[position:])):
            break
        position, given = position + step, given + length
    return given


def _is_padding(rest: bytes) -> bool:
    return len(rest) <= _RLE_PADDING and not rest.strip(b"\0")


def inflate_frame(data: bytes, *, count: int) -> bytes:
    """Unpack one deflated frame (PS3.5 A.4.14) of `count` bytes, and no more.

    Raises:
        RefusedError: The stream is damaged, or holds more or less than one frame.
    """
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        pixels = inflater.decompress(data, count + 1)
    except zlib.error:
        raise RefusedError("a deflated frame is damaged", "damaged") from None
    if len(pixels) > count and not (len(pixels) == count + 1 and count % 2):
        raise RefusedError("a deflated frame holds more than its pixels", "damaged")
    if len(pixels) < count:
        raise RefusedError("a deflated frame ends before its pixels do", "truncated")
    return pixels[:count]
