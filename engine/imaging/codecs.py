"""Transfer syntaxes: one fixed decoder each, never "try the next one".

Where one decoder refuses, another fills in what is missing and says nothing; so a frame is
decoded by the one library named here, or not at all.
"""

import os
import struct
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from engine.imaging.codestream import Codestream, Kind, describe
from engine.imaging.quiet import quiet
from engine.imaging.refused import RefusedError
from engine.imaging.text import clean

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

    words: str
    decoder: Decoder = ""
    kind: Kind | None = None
    lossy: str = ""


_JPEG = "1.2.840.10008.1.2.4."
_SYNTAXES = {
    _IMPLICIT: Syntax("uncompressed, implicit little endian"),
    "1.2.840.10008.1.2.1": Syntax("uncompressed, explicit little endian"),
    _BIG_ENDIAN: Syntax("uncompressed, explicit big endian"),
    DEFLATED: Syntax("deflated, explicit little endian"),
    "1.2.840.10008.1.2.5": Syntax("RLE lossless", "rle"),
    _JPEG + "50": Syntax("JPEG baseline", "jpeg8", "JPEG", "JPEG"),
    _JPEG + "51": Syntax("JPEG extended", "jpeg8", "JPEG", "JPEG"),
    _JPEG + "53": Syntax("JPEG spectral selection", "jpeg8", "JPEG", "JPEG"),
    _JPEG + "55": Syntax("JPEG progressive", "jpeg8", "JPEG", "JPEG"),
    _JPEG + "57": Syntax("JPEG lossless", "jpeg8", "JPEG lossless"),
    _JPEG + "70": Syntax("JPEG lossless, first order", "jpeg8", "JPEG lossless"),
    _JPEG + "80": Syntax("JPEG-LS lossless", "jpegls", "JPEG-LS"),
    _JPEG + "81": Syntax("JPEG-LS near-lossless", "jpegls", "JPEG-LS", "JPEG-LS"),
    _JPEG + "90": Syntax("JPEG 2000 lossless", "jpeg2k", "JPEG 2000"),
    _JPEG + "91": Syntax("JPEG 2000", "jpeg2k", "JPEG 2000"),
    _JPEG + "201": Syntax("HTJ2K lossless", "jpeg2k", "HTJ2K"),
    _JPEG + "202": Syntax("HTJ2K lossless, RPCL", "jpeg2k", "HTJ2K"),
    _JPEG + "203": Syntax("HTJ2K", "jpeg2k", "HTJ2K"),
    _JPEG + "110": Syntax("JPEG XL lossless", "jpegxl", "JPEG XL"),
    _JPEG + "111": Syntax("JPEG XL, a JPEG packed", "jpegxl", "JPEG XL", "JPEG"),
    _JPEG + "112": Syntax("JPEG XL", "jpegxl", "JPEG XL"),
    "1.2.840.10008.1.2.8.1": Syntax("deflated frame by frame", "deflate"),
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
        raise RefusedError(f"it is a video ({name}), not an image", "video")
    named = f"{name} ({uid})" if name != uid else uid
    raise RefusedError(f"the transfer syntax {named} is not supported", "unsupported")


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
