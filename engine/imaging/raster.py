"""PNG, JPEG and other rasters → values at full depth."""

import struct
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.imaging.codecs import Codestream, decoder_name, describe
from engine.imaging.display import split_rgb
from engine.imaging.source import RefusedError, check_size, read_all
from engine.imaging.tiff import (
    SIGNATURES as TIFF_SIGNATURES,
    TiffPage,
    decode_tiff,
    read_tiff_pages,
)
from engine.types import (
    Booleans,
    Doubles,
    Frame,
    FrameHeader,
    Image,
    Note,
    TagLine,
    is_plausible,
)
from engine.words import Sentence

# ------------------------------------------------------------------------------ PNG files
# PNG files (ISO/IEC 15948): structure and check sums here, pixels by libpng at full depth.

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


# ------------------------------------------------------------- rasters to Image and Frame
# PNG, JPEG and TIFF files to `Image` and `Frame`, at the depth of the file.

_JPEG_SIGNATURE = b"\xff\xd8\xff"
_EXIF_ORIENTATION = 274
_TRANSPARENT = Note("transparent", Sentence("Transparency is shown over black."))
_EXTRA = Note("transparent", Sentence("It has a channel beside its colours that is not shown."))
_SQUARE = 0.01  # densities are rounded to whole pixels per unit
_FLOAT_LIMIT = 3.0e38  # float32 holds a little more


@dataclass(frozen=True, slots=True)
class _Raster:
    """One raster file before decoding: its `Image` and what its decoder needs besides."""

    image: Image
    said: tuple[FrameHeader, ...]  # of each frame
    data: bytes
    header: PngHeader | Codestream | tuple[TiffPage, ...]
    orientation: int = 1


def is_raster(head: bytes) -> bool:
    """Whether a file that begins with `head` is PNG, JPEG or TIFF."""
    return head.startswith((SIGNATURE, _JPEG_SIGNATURE, *TIFF_SIGNATURES))


def describe_raster(
    stream: BinaryIO, size: int, *, path: Path, index: int = 0
) -> tuple[Image, FrameHeader]:
    """Read a raster file's structure, and what it says of a frame, without decoding pixels."""
    raster = _read(read_all(stream, size), path)
    if index >= len(raster.said):
        raise RefusedError("it has changed since it was opened", "damaged")
    return raster.image, raster.said[index]


def raster_lines(image: Image) -> tuple[TagLine, ...]:
    """What the reader of a raster file knows of it, as lines of a list; it has no tags."""
    said = (
        (Sentence("Format"), image.format),
        (Sentence("Encoding"), image.encoding),
        (Sentence("Rows"), f"{image.rows}"),
        (Sentence("Columns"), f"{image.columns}"),
        (Sentence("Frames"), f"{image.frame_count}"),
        (Sentence("Bits"), f"{image.bits_stored}"),
        (Sentence("Colours"), image.photometric),
        (Sentence("Compressed with loss"), image.lossy),
        (Sentence("Decoder"), image.decoder),
        *((Sentence("Note"), note.words) for note in image.notes),
    )
    return tuple(TagLine(0, "", "", name, value) for name, value in said if value)


def decode_raster(stream: BinaryIO, size: int, *, image: Image, index: int) -> Frame:
    """Decode one frame: the depth of the file is kept, orientation and transparency applied."""
    raster = _read(read_all(stream, size), image.path)
    now = (raster.image.rows, raster.image.columns, raster.image.frame_count, raster.image.format)
    if now != (image.rows, image.columns, image.frame_count, image.format):
        raise RefusedError("it has changed since it was opened", "damaged")
    pixels = _decode(raster, index)
    if pixels.dtype.kind not in "iuf" or pixels.ndim not in {2, 3}:
        raise RefusedError("its decoder gave pixels of another kind", "damaged")
    pixels = _without_alpha(pixels, raster, index)
    pixels = _oriented(pixels, raster.orientation)
    if pixels.shape[:2] != (image.rows, image.columns):
        raise RefusedError("its decoder gave pixels of another shape", "damaged")
    if pixels.dtype.kind == "f" and isinstance(raster.header, tuple):
        return _fractions(pixels, raster, image, index=index)
    if pixels.ndim == 2:
        exact = _exact(pixels)
        return Frame(
            image, index, pixels.astype(np.float32), exact=exact, header=raster.said[index]
        )
    values, colour = split_rgb(pixels, bits=image.bits_stored)
    return Frame(image, index, values, colour, header=raster.said[index])


def _exact(pixels: NDArray[Any]) -> Doubles | None:
    """The values themselves where float32 rounds them; None where it holds them all."""
    if pixels.dtype.itemsize <= 2 or pixels.dtype == np.float32:
        return None
    doubles = pixels.astype(np.float64)
    return None if np.array_equal(doubles.astype(np.float32), doubles) else doubles


def _fractions(pixels: NDArray[Any], raster: _Raster, image: Image, *, index: int) -> Frame:
    """A frame of floating-point pixels: their type has no range, so the values give it.

    It is what the file declares (SMinSampleValue and SMaxSampleValue), if the values lie within;
    else 0…1, if they lie within; else their own least and greatest.
    """
    values, valid = _finite(pixels)
    exact = _exact(values)
    pages = raster.header
    declared = pages[index].declared if isinstance(pages, tuple) else None
    low, high = float(values.min()), float(values.max())
    least, greatest = low, high if high > low else low + 1
    words = Sentence(
        "its values, {low:.6g} to {high:.6g}, were taken as its range", low=low, high=high
    )
    if declared is not None and declared[0] <= low and high <= declared[1]:
        least, greatest = declared
        words = Sentence(
            "the range that it declares, {least:.6g} to {greatest:.6g}, was taken",
            least=least,
            greatest=greatest,
        )
    elif low >= 0 and high <= 1:
        least, greatest = 0.0, 1.0
        words = Sentence("they lie within 0 and 1, which was taken as their range")
    notes = [Note("range", Sentence("Its pixels are fractions; {words}.", words=words))]
    if valid is not None:
        count = int(np.count_nonzero(~valid))
        notes.append(
            Note(
                "padding",
                Sentence("{count:,} of its pixels are no numbers, and no image.", count=count),
            )
        )
    # Those of the first frame's values are there already.
    others = [note for note in raster.image.notes if note.code not in {"range", "padding"}]
    image = replace(image, notes=(*others, *notes))
    said = replace(raster.said[index], value_range=(least, greatest))
    return Frame(image, index, values.astype(np.float32), valid=valid, exact=exact, header=said)


def _finite(pixels: NDArray[Any]) -> tuple[NDArray[Any], Booleans | None]:
    """Values that are all finite, and where they were; what is no number takes the least."""
    known = np.isfinite(pixels)
    if not known.any():
        raise RefusedError("none of its pixels is a number", "damaged")
    inside = pixels[known]
    if max(abs(float(inside.min())), abs(float(inside.max()))) > _FLOAT_LIMIT:
        raise RefusedError("its values are larger than can be shown", "unsupported")
    if known.all():
        return pixels, None
    return np.where(known, pixels, inside.min()), known


def _read(data: bytes, path: Path) -> _Raster:
    if data.startswith(SIGNATURE):
        return _png(data, path)
    if data.startswith(_JPEG_SIGNATURE):
        return _jpeg(data, path)
    return _tiff(data, path)


def _png(data: bytes, path: Path) -> _Raster:
    header = read_png_header(data)
    bits = 16 if header.depth == 16 else 8  # libpng widens 1, 2 and 4 bits to 8
    notes = (
        *(
            [Note("frames", Sentence("It is animated; only its first picture is shown."))]
            if header.animated
            else []
        ),
        *([_TRANSPARENT] if header.transparent else []),
    )
    photometric = "PALETTE COLOR" if header.palette else "RGB"
    orientation = _exif_orientation(header.exif)
    turned = orientation >= 5
    aspect, odd = _aspect(header.density, "pHYs chunk", turned=turned)
    image = Image(
        path=path,
        format="PNG",
        encoding=Sentence(
            "PNG {bits} bit, interlaced" if header.interlaced else "PNG {bits} bit",
            bits=header.depth,
        ),
        frame_count=1,
        rows=header.columns if turned else header.rows,
        columns=header.rows if turned else header.columns,
        bits_stored=bits,
        photometric="MONOCHROME2" if header.grey else photometric,
        decoder=decoder_name("png"),
        notes=(*notes, *_turned_notes(orientation, "Exif"), *odd),
    )
    said = FrameHeader((0.0, float((1 << bits) - 1)), nominal_aspect=aspect or 1.0)
    return _Raster(image, (said,), data, header, orientation)


def _jpeg(data: bytes, path: Path) -> _Raster:
    header = describe(data)
    if header.kind not in {"JPEG", "JPEG lossless"} or header.precision not in {8, 12, 16}:
        raise RefusedError(
            "{kind} of {precision} bits is not supported as a file",
            "unsupported",
            kind=header.kind,
            precision=header.precision,
        )
    if header.components not in {1, 3}:
        raise RefusedError(
            "JPEG with {components} components (CMYK) is not supported",
            "unsupported",
            components=header.components,
        )
    check_size(header.rows, header.columns, samples=header.components)
    # Compressed data never hold the end marker, and an Exif preview lies before them.
    if data.find(b"\xff\xd9", header.end) < 0:
        raise RefusedError("it ends before its end marker", "truncated")
    orientation = _exif_orientation(header.exif)
    turned = orientation >= 5
    aspect, odd = _aspect(_jfif_density(data), "JFIF density", turned=turned)
    image = Image(
        path=path,
        format="JPEG",
        encoding=Sentence("{kind} {bits} bit", kind=header.kind, bits=header.precision),
        frame_count=1,
        rows=header.columns if turned else header.rows,
        columns=header.rows if turned else header.columns,
        bits_stored=header.precision,
        photometric="MONOCHROME2" if header.components == 1 else "RGB",
        lossy=Sentence("lossy {method}", method="JPEG") if header.kind == "JPEG" else "",
        decoder=decoder_name("jpeg8"),
        notes=(*_turned_notes(orientation, "Exif"), *odd),
    )
    most = float((1 << header.precision) - 1)
    said = FrameHeader((0.0, most), nominal_aspect=aspect or 1.0)
    return _Raster(image, (said,), data, header, orientation)


def _tiff(data: bytes, path: Path) -> _Raster:
    pages = read_tiff_pages(data)
    page = pages.frames[0]
    orientation = page.orientation if 1 <= page.orientation <= 8 else 1
    turned = orientation >= 5
    _, odd = _aspect(page.density, "resolution", turned=turned)
    bits = 8 if page.photometric in {"PALETTE COLOR", "YBR_FULL"} else page.bits
    kind = "" if page.numbers == "unsigned" else f" {page.numbers}"
    extra = {"apply": [_TRANSPARENT], "applied": [_TRANSPARENT], "unknown": [_EXTRA], "": []}
    image = Image(
        path=path,
        format="TIFF",
        encoding=Sentence(
            "TIFF {bits} bit{kind}, {compression}",
            bits=page.bits,
            kind=kind,
            compression=page.compression,
        ),
        frame_count=len(pages.frames),
        rows=page.columns if turned else page.rows,
        columns=page.rows if turned else page.columns,
        bits_stored=bits,
        photometric="RGB" if page.photometric == "YBR_FULL" else page.photometric,
        lossy=Sentence("lossy {method}", method="JPEG") if page.compression == "JPEG" else "",
        decoder=decoder_name("tiff"),
        notes=(
            *_left_out_notes(pages.left_out),
            *_turned_notes(orientation, "TIFF"),
            *extra[page.alpha],
            *odd,
        ),
    )
    said = [
        FrameHeader(
            _tiff_range(one, bits),
            nominal_aspect=_aspect(one.density, "resolution", turned=turned)[0] or 1.0,
        )
        for one in pages.frames
    ]
    raster = _Raster(image, tuple(said), data, pages.frames, orientation)
    if page.numbers != "float":
        return raster
    # Fractions have no range but that of their values, so those must be looked at.
    first = _fractions(decode_tiff(data, page), raster, image, index=0)
    image = replace(image, notes=first.image.notes)
    return replace(raster, image=image, said=(first.header, *said[1:]))


def _tiff_range(page: TiffPage, bits: int) -> tuple[float, float]:
    if page.numbers == "signed":
        return -float(1 << bits - 1), float((1 << bits - 1) - 1)
    return 0.0, float((1 << bits) - 1)


def _left_out_notes(count: int) -> tuple[Note, ...]:
    if not count:
        return ()
    words = Sentence(
        "{count} further {count:page differs|pages differ} in size or kind and cannot be shown.",
        count=count,
    )
    return (Note("frames", words),)


def _jfif_density(data: bytes) -> tuple[int, int]:
    """Density to the right and downwards of a JFIF marker, which follows SOI if there is one."""
    if data[2:4] != b"\xff\xe0" or data[6:11] != b"JFIF\0" or len(data) < 18:
        return 0, 0
    return int.from_bytes(data[14:16], "big"), int.from_bytes(data[16:18], "big")


def _aspect(
    density: tuple[float, float], source: str, *, turned: bool
) -> tuple[float | None, tuple[Note, ...]]:
    """Width over height of a pixel from how many there are per unit, and what to say of it.

    No millimetres: the density of a raster file is that of a print or of a scanner's glass.
    """
    across, down = density
    if across <= 0 or down <= 0:
        return None, ()
    aspect = down / across
    if abs(aspect - 1) <= _SQUARE:
        return None, ()
    if not is_plausible(aspect):
        words = Sentence(
            "Its {source} gives pixels of an impossible shape and was ignored.", source=source
        )
        return None, (Note("pixel-aspect", words),)
    aspect = 1 / aspect if turned else aspect
    words = Sentence(
        "Its pixels are {times:.3g} times as wide as high, as its {source} says."
        if aspect > 1
        else "Its pixels are {times:.3g} times as high as wide, as its {source} says.",
        times=max(aspect, 1 / aspect),
        source=source,
    )
    return aspect, (Note("pixel-aspect", words),)


def _turned_notes(orientation: int, kind: str) -> tuple[Note, ...]:
    if orientation == 1:
        return ()
    return (Note("turned", Sentence("It was turned as its {kind} orientation says.", kind=kind)),)


def _decode(raster: _Raster, index: int) -> NDArray[Any]:
    import imagecodecs  # noqa: PLC0415 - slow to import

    if isinstance(raster.header, PngHeader):
        return decode_png(raster.data, raster.header)
    if isinstance(raster.header, Codestream):
        return np.asarray(imagecodecs.jpeg8_decode(raster.data))
    return decode_tiff(raster.data, raster.header[index])


def _without_alpha(pixels: NDArray[Any], raster: _Raster, index: int) -> NDArray[Any]:
    """Lay transparent pixels over black; drop an alpha channel that hides nothing."""
    if pixels.ndim == 2 or pixels.shape[2] == 3:
        return pixels
    colours, alpha = pixels[..., :-1], pixels[..., -1:]
    top = (1 << raster.image.bits_stored) - 1
    header = raster.header
    drop = isinstance(header, tuple) and header[index].alpha in {"applied", "unknown"}
    if not drop and int(alpha.min()) < top:
        weighted = colours * (alpha.astype(np.float32) / np.float32(top))
        colours = np.rint(weighted).astype(pixels.dtype)
    return colours[..., 0] if colours.shape[2] == 1 else colours


def _exif_orientation(exif: bytes) -> int:
    if not exif:
        return 1
    from PIL.Image import Exif  # noqa: PLC0415 - only photographs need it

    tags = Exif()
    try:
        tags.load(exif)
        orientation = int(tags.get(_EXIF_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - Exif that cannot be read says nothing
        return 1
    return orientation if 1 <= orientation <= 8 else 1


def _oriented(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Turn pixels upright (Exif 2.3, tag 274; TIFF 6.0, Orientation)."""
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in {3, 4, 7, 8}:
        pixels = pixels[::-1]
    if orientation in {2, 3, 6, 7}:
        pixels = pixels[:, ::-1]
    return pixels
