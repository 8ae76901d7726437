"""PNG, JPEG and TIFF files to `Image` and `Frame`, at the depth of the file."""

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.imaging.codecs import decoder_name
from engine.imaging.codestream import Codestream, describe
from engine.imaging.luminance import rounded_by_float32, split_rgb
from engine.imaging.png import SIGNATURE as PNG_SIGNATURE
from engine.imaging.png import PngHeader, read_png_header
from engine.imaging.refused import RefusedError, check_size
from engine.imaging.source import read_all
from engine.imaging.tiff import SIGNATURES as TIFF_SIGNATURES
from engine.imaging.tiff import TiffPage, decode_tiff, read_tiff_pages
from engine.types import Frame, Image, Note

_JPEG_SIGNATURE = b"\xff\xd8\xff"
_EXIF_ORIENTATION = 274
_TRANSPARENT = Note("transparent", "Transparency is shown over black.")


@dataclass(frozen=True, slots=True)
class _Raster:
    """One raster file before decoding: its `Image` and what its decoder needs besides."""

    image: Image
    data: bytes
    header: PngHeader | Codestream | tuple[TiffPage, ...]
    orientation: int = 1


def is_raster(head: bytes) -> bool:
    """Whether a file that begins with `head` is PNG, JPEG or TIFF."""
    return head.startswith((PNG_SIGNATURE, _JPEG_SIGNATURE, *TIFF_SIGNATURES))


def describe_raster(stream: BinaryIO, size: int, *, path: Path) -> Image:
    """Read a raster file's structure without decoding pixels."""
    return _read(read_all(stream, size), path).image


def decode_raster(stream: BinaryIO, size: int, *, image: Image, index: int) -> Frame:
    """Decode one frame: the depth of the file is kept, orientation and transparency applied."""
    raster = _read(read_all(stream, size), image.path)
    now = (raster.image.rows, raster.image.columns, raster.image.frame_count, raster.image.format)
    if now != (image.rows, image.columns, image.frame_count, image.format):
        raise RefusedError("it has changed since it was opened", "damaged")
    pixels = _decode(raster, index)
    if pixels.dtype.kind not in "iufb" or pixels.ndim not in {2, 3}:
        raise RefusedError("its decoder gave pixels of another kind", "damaged")
    if pixels.dtype.kind == "f":
        return _floating(pixels, image, index, raster.orientation)
    pixels = _without_alpha(pixels, bits=image.bits_stored)
    pixels = _oriented(pixels, raster.orientation)
    if pixels.shape[:2] != (image.rows, image.columns):
        raise RefusedError("its decoder gave pixels of another shape", "damaged")
    if pixels.ndim == 2:
        wide = pixels.dtype.itemsize > 2  # float32 holds every whole number up to 2²⁴ only
        exact = rounded_by_float32(pixels.astype(np.float64)) if wide else None
        return Frame(image, index, pixels.astype(np.float32), exact=exact)
    values, colour = split_rgb(pixels, bits=image.bits_stored)
    return Frame(image, index, values, colour)


def _floating(pixels: NDArray[Any], image: Image, index: int, orientation: int) -> Frame:
    """A page of floating-point numbers, whose range is what it holds: its type says nothing."""
    if pixels.ndim != 2 or not np.isfinite(pixels).all():
        raise RefusedError("some of its pixels are no finite numbers", "unsupported")
    pixels = _oriented(pixels, orientation)
    ends = (float(pixels.min()), float(pixels.max()))
    exact = rounded_by_float32(pixels.astype(np.float64))
    return Frame(replace(image, value_range=ends), index, pixels.astype(np.float32), exact=exact)


def _read(data: bytes, path: Path) -> _Raster:
    if data.startswith(PNG_SIGNATURE):
        return _png(data, path)
    if data.startswith(_JPEG_SIGNATURE):
        return _jpeg(data, path)
    return _tiff(data, path)


def _png(data: bytes, path: Path) -> _Raster:
    header = read_png_header(data)
    bits = 16 if header.depth == 16 else 8  # libpng widens 1, 2 and 4 bits to 8
    notes = (
        *(
            [Note("frames", "It is animated; only its first picture is shown.")]
            if header.animated
            else []
        ),
        *([_TRANSPARENT] if header.transparent else []),
        *_turned_notes(_exif_orientation(header.exif), "Exif"),
    )
    orientation = _exif_orientation(header.exif)
    turned = orientation >= 5
    photometric = "PALETTE COLOR" if header.palette else "RGB"
    image = Image(
        path=path,
        format="PNG",
        encoding=f"PNG {header.depth} bit{', interlaced' if header.interlaced else ''}",
        frame_count=1,
        rows=header.columns if turned else header.rows,
        columns=header.rows if turned else header.columns,
        nominal_aspect=1 / header.aspect if turned else header.aspect,
        bits_stored=bits,
        value_range=(0.0, float((1 << bits) - 1)),
        photometric="MONOCHROME2" if header.grey else photometric,
        decoder=decoder_name("png"),
        notes=notes,
    )
    return _Raster(image, data, header, orientation)


def _jpeg(data: bytes, path: Path) -> _Raster:
    header = describe(data)
    if header.kind not in {"JPEG", "JPEG lossless"} or header.precision not in {8, 12, 16}:
        what = f"{header.kind} of {header.precision} bits is not supported as a file"
        raise RefusedError(what, "unsupported")
    if header.components not in {1, 3}:
        what = f"JPEG with {header.components} components (CMYK) is not supported"
        raise RefusedError(what, "unsupported")
    check_size(header.rows, header.columns, samples=header.components)
    # Compressed data never hold the end marker, and an Exif preview lies before them.
    if data.find(b"\xff\xd9", header.end) < 0:
        raise RefusedError("it ends before its end marker", "truncated")
    orientation = _exif_orientation(header.exif)
    turned = orientation >= 5
    image = Image(
        path=path,
        format="JPEG",
        encoding=f"{header.kind} {header.precision} bit",
        frame_count=1,
        rows=header.columns if turned else header.rows,
        columns=header.rows if turned else header.columns,
        nominal_aspect=1 / header.aspect if turned else header.aspect,
        bits_stored=header.precision,
        value_range=(0.0, float((1 << header.precision) - 1)),
        photometric="MONOCHROME2" if header.components == 1 else "RGB",
        lossy="lossy JPEG" if header.kind == "JPEG" else "",
        decoder=decoder_name("jpeg8"),
        notes=_turned_notes(orientation, "Exif"),
    )
    return _Raster(image, data, header, orientation)


def _tiff(data: bytes, path: Path) -> _Raster:
    pages, others = read_tiff_pages(data)
    page = pages[0]
    orientation = page.orientation if 1 <= page.orientation <= 8 else 1
    turned = orientation >= 5
    top = 1 << page.bits
    extra = page.samples in {2, 4}
    left_out = (Note("frames", _left_out(others)),)
    ends = _page_ends(data, page) if page.floating else None
    bits = 8 if page.photometric in {"PALETTE COLOR", "YBR_FULL"} else page.bits
    image = Image(
        path=path,
        format="TIFF",
        encoding=f"TIFF {page.bits} bit, {page.compression}",
        frame_count=len(pages),
        rows=page.columns if turned else page.rows,
        columns=page.rows if turned else page.columns,
        nominal_aspect=1 / page.aspect if turned else page.aspect,
        bits_stored=bits,
        value_range=ends
        or ((-top / 2, top / 2 - 1.0) if page.signed else (0.0, float((1 << bits) - 1))),
        photometric="RGB" if page.photometric == "YBR_FULL" else page.photometric,
        lossy="lossy JPEG" if page.compression == "JPEG" else "",
        decoder=decoder_name("tiff"),
        notes=(
            *_turned_notes(orientation, "TIFF"),
            *([_TRANSPARENT] if extra else []),
            *(left_out if others else ()),
        ),
    )
    return _Raster(image, data, tuple(pages), orientation)


def _left_out(pages: int) -> str:
    many = "One page" if pages == 1 else f"{pages:,} pages"
    return f"{many} of another size or kind {'is' if pages == 1 else 'are'} not shown."


def _page_ends(data: bytes, page: TiffPage) -> tuple[float, float]:
    """Least and greatest value of a page of floating-point numbers."""
    pixels = np.asarray(decode_tiff(data, page))
    if pixels.dtype.kind != "f" or not np.isfinite(pixels).all():
        raise RefusedError("some of its pixels are no finite numbers", "unsupported")
    return float(pixels.min()), float(pixels.max())


def _turned_notes(orientation: int, kind: str) -> tuple[Note, ...]:
    if orientation == 1:
        return ()
    return (Note("turned", f"It was turned as its {kind} orientation says."),)


def _decode(raster: _Raster, index: int) -> NDArray[Any]:
    import imagecodecs  # noqa: PLC0415 - slow to import

    if isinstance(raster.header, PngHeader):
        _check_palette(raster.header, raster.data)
        return np.asarray(imagecodecs.png_decode(raster.data))
    if isinstance(raster.header, Codestream):
        return np.asarray(imagecodecs.jpeg8_decode(raster.data))
    return np.asarray(decode_tiff(raster.data, raster.header[index]))


def _check_palette(header: PngHeader, data: bytes) -> None:
    """Refuse a number that the palette does not hold, which libpng would paint black."""
    if not header.palette or header.entries >= 1 << header.depth:
        return
    from PIL import Image as Pillow  # noqa: PLC0415 - only short palettes need it

    with Pillow.open(BytesIO(data), formats=("PNG",)) as picture:
        greatest = int(np.asarray(picture).max())
    if greatest >= header.entries:
        what = f"a pixel has the number {greatest} in a palette of {header.entries} colours"
        raise RefusedError(what, "damaged")


def _without_alpha(pixels: NDArray[Any], *, bits: int) -> NDArray[Any]:
    """Lay transparent pixels over black; drop an alpha channel that hides nothing."""
    if pixels.ndim == 2 or pixels.shape[2] == 3:
        return pixels
    colours, alpha = pixels[..., :-1], pixels[..., -1:]
    top = (1 << bits) - 1
    if int(alpha.min()) < top:
        weighted = colours * (alpha.astype(np.float32) / np.float32(top))
        colours = np.rint(weighted).astype(pixels.dtype)
    return colours[..., 0] if colours.shape[2] == 1 else colours


def _exif_orientation(exif: bytes) -> int:
    if not exif:
        return 1
    from PIL.Image import Exif  # noqa: PLC0415 - only photographs need it

    tags = Exif()
    try:
        tags.load(exif if exif.startswith(b"Exif\0\0") else b"Exif\0\0" + exif)
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
