"""TIFF files (TIFF 6.0, BigTIFF): pages from a bounded walk, pixels by libtiff."""

import math
import struct
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.imaging.source import RefusedError, check_size

SIGNATURES = (b"II*\0", b"MM\0*", b"II+\0\x08\0\0\0", b"MM\0+\0\x08\0\0")
_MAX_PAGES = 10_000
_MAX_VALUES = 64
# Letters of struct by field type; a rational (5) is two numbers.
_FORMATS = {
    1: "B", 3: "H", 4: "L", 5: "LL", 6: "b", 8: "h", 9: "l", 11: "f", 12: "d", 13: "L", 16: "Q",
    17: "q",
}  # fmt: skip
_COMPRESSIONS = {
    1: "uncompressed",
    2: "CCITT",
    3: "CCITT",
    4: "CCITT",
    5: "LZW",
    6: "JPEG",
    7: "JPEG",
    8: "deflate",
    32773: "PackBits",
    32946: "deflate",
}
_SUBFILE, _OLD_SUBFILE = 254, 255
_WIDTH, _LENGTH, _BITS, _COMPRESSION, _PHOTOMETRIC = 256, 257, 258, 259, 262
_ORIENTATION, _SAMPLES, _ACROSS, _DOWN, _PLANAR = 274, 277, 282, 283, 284
_EXTRA, _SAMPLE_FORMAT, _LEAST, _GREATEST = 338, 339, 340, 341
_INKS = {0: "MONOCHROME1", 1: "MONOCHROME2", 2: "RGB", 3: "PALETTE COLOR", 6: "YBR_FULL"}
_REDUCED, _MASK = 1, 4  # bits of NewSubfileType
_OLD_REDUCED = 2  # value of SubfileType

Numbers = Literal["unsigned", "signed", "float"]
_NUMBERS: dict[int, Numbers] = {1: "unsigned", 2: "signed", 3: "float", 4: "unsigned"}
_DEPTHS: dict[Numbers, set[int]] = {
    "unsigned": {1, 8, 16, 32},
    "signed": {8, 16, 32},
    "float": {16, 32, 64},
}
_Tags = dict[int, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class TiffPage:
    """One page: its directory, validated.

    Attributes:
        number: Place among all pages of the file, previews and masks counted.
        planar: Whether each sample has a plane of its own.
        alpha: What an extra sample is: transparency that is still to be applied, transparency
            that is in the colours already, something else, or "" where there is none.
        density: Pixels per unit to the right and downwards; (0, 0) where not said.
        declared: Least and greatest value that the file promises, or None.
    """

    number: int
    rows: int
    columns: int
    bits: int
    samples: int
    numbers: Numbers
    photometric: str
    compression: str
    orientation: int
    planar: bool
    alpha: Literal["", "apply", "applied", "unknown"]
    density: tuple[float, float]
    declared: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class TiffPages:
    """The pages that are frames, and how many pages of other sizes or kinds were left out."""

    frames: tuple[TiffPage, ...]
    left_out: int


def read_tiff_pages(data: bytes) -> TiffPages:
    """Return the pages of a TIFF file that show its image.

    A preview (reduced resolution) or a mask is not the image, wherever it stands (TIFF 6.0,
    NewSubfileType). Of the rest the first decides, and pages like it are frames.

    Raises:
        RefusedError: The file is damaged, or its first page is of a kind that is not read.
    """
    directories = _directories(data)
    full = [(number, tags) for number, tags in directories if not _is_aside(tags)]
    (number, tags), *others = full or directories
    first = _page(number, tags)
    frames, left_out = [first], 0
    for number, tags in others:
        try:
            page = _page(number, tags)
        except RefusedError as refused:
            if refused.reason != "unsupported":
                raise
            page = None
        if page is not None and _shape(page) == _shape(first):
            frames.append(page)
        else:
            left_out += 1
    return TiffPages(tuple(frames), left_out)


def _directories(data: bytes) -> list[tuple[int, _Tags]]:
    order = "<" if data[:2] == b"II" else ">"
    big = data[2:4] in {b"+\0", b"\0+"}
    found: list[tuple[int, _Tags]] = []
    seen: set[int] = set()
    try:
        (position,) = struct.unpack_from(order + ("Q" if big else "L"), data, 8 if big else 4)
        while position:
            if position in seen or len(found) >= _MAX_PAGES:
                raise RefusedError("its pages run in a circle", "damaged")
            seen.add(position)
            tags, position = _directory(data, position, order=order, big=big)
            found.append((len(found), tags))
    except struct.error:
        raise RefusedError("it ends before its pixels do", "truncated") from None
    if not found:
        raise RefusedError("it has no page", "damaged")
    return found


def _is_aside(tags: _Tags) -> bool:
    """Whether a page is a preview or a mask of another one."""
    if _SUBFILE in tags:
        return bool(int(tags[_SUBFILE][0]) & (_REDUCED | _MASK))
    return bool(tags.get(_OLD_SUBFILE, (0,))[0] == _OLD_REDUCED)


def _shape(page: TiffPage) -> tuple[object, ...]:
    return page.rows, page.columns, page.bits, page.samples, page.numbers, page.photometric


def _directory(data: bytes, position: int, *, order: str, big: bool) -> tuple[_Tags, int]:
    word, entry_size = ("Q", 20) if big else ("L", 12)
    (count,) = struct.unpack_from(order + ("Q" if big else "H"), data, position)
    position += 8 if big else 2
    if count > 4096:
        raise RefusedError("its directory is damaged", "damaged")
    tags: _Tags = {}
    for _ in range(count):
        tag, kind, length = struct.unpack_from(order + "HH" + word, data, position)
        if kind in _FORMATS and 0 < length <= _MAX_VALUES:
            form = order + length * _FORMATS[kind]
            inline = struct.calcsize(form) <= (8 if big else 4)
            at = position + (12 if big else 8)
            where = at if inline else struct.unpack_from(order + word, data, at)[0]
            tags[tag] = struct.unpack_from(form, data, where)
        position += entry_size
    (following,) = struct.unpack_from(order + word, data, position)
    return tags, int(following)


def _page(number: int, tags: _Tags) -> TiffPage:
    def first(tag: int, default: int) -> int:
        return int(tags.get(tag, (default,))[0])

    rows, columns = first(_LENGTH, 0), first(_WIDTH, 0)
    samples = first(_SAMPLES, 1)
    check_size(rows, columns, samples=samples)
    ink = _INKS.get(first(_PHOTOMETRIC, 1))
    colour = ink in {"RGB", "YBR_FULL"}
    if ink is None or samples not in ({3, 4} if colour else {1, 2}):
        raise RefusedError("its colours are of a kind that is not supported", "unsupported")
    bits, numbers = _depth(tags, plain=not colour and ink != "PALETTE COLOR" and samples == 1)
    compression = first(_COMPRESSION, 1)
    if compression not in _COMPRESSIONS:
        raise RefusedError(
            "its compression ({compression}) is not supported",
            "unsupported",
            compression=compression,
        )
    return TiffPage(
        number=number,
        rows=rows,
        columns=columns,
        bits=bits,
        samples=samples,
        numbers=numbers,
        photometric=ink,
        compression=_COMPRESSIONS[compression],
        orientation=first(_ORIENTATION, 1),
        planar=first(_PLANAR, 1) == 2 and samples > 1,
        alpha=_alpha(tags) if samples in {2, 4} else "",
        density=(_rational(tags.get(_ACROSS)), _rational(tags.get(_DOWN))),
        declared=_declared(tags),
    )


def _depth(tags: _Tags, *, plain: bool) -> tuple[int, Numbers]:
    """Bits and kind of the numbers; colours and transparency come in 8 or 16 bits only."""
    bits = {int(bit) for bit in tags.get(_BITS, (1,))}
    kinds = {_NUMBERS.get(int(form)) for form in tags.get(_SAMPLE_FORMAT, (1,))}
    depth, numbers = min(bits), kinds.pop()
    if kinds or len(bits) != 1 or numbers is None or depth not in _DEPTHS[numbers]:
        words = "/".join(str(bit) for bit in sorted(bits))
        raise RefusedError(
            "{words} bits per pixel of this kind are not supported", "unsupported", words=words
        )
    if not plain and (numbers != "unsigned" or depth not in {8, 16}):
        raise RefusedError(
            "colour or transparency of {depth} bits, {numbers}, is not supported",
            "unsupported",
            depth=depth,
            numbers=numbers,
        )
    return depth, numbers


def _alpha(tags: _Tags) -> Literal["apply", "applied", "unknown"]:
    """What the last sample is (TIFF 6.0, ExtraSamples)."""
    kind = tags.get(_EXTRA, (0,))[-1]
    return "apply" if kind == 2 else "applied" if kind == 1 else "unknown"


def _rational(value: tuple[Any, ...] | None) -> float:
    return value[0] / value[1] if value is not None and len(value) == 2 and value[1] else 0.0


def _declared(tags: _Tags) -> tuple[float, float] | None:
    low, high = (float(tags.get(tag, (math.nan,))[0]) for tag in (_LEAST, _GREATEST))
    return (low, high) if math.isfinite(low) and math.isfinite(high) and low < high else None


def decode_tiff(data: bytes, page: TiffPage) -> NDArray[Any]:
    """Decode one page: (R, C) or (R, C, samples) at full depth, as libtiff stores it."""
    import imagecodecs  # noqa: PLC0415 - slow to import

    as_rgb = page.photometric in {"YBR_FULL", "PALETTE COLOR"}
    pixels = np.asarray(imagecodecs.tiff_decode(data, index=page.number, asrgb=as_rgb))
    if page.planar and not as_rgb:
        if pixels.shape != (page.samples, page.rows, page.columns):
            raise RefusedError("its decoder gave pixels of another shape", "damaged")
        pixels = pixels.transpose(1, 2, 0)
    return pixels.astype(np.uint8) if pixels.dtype == np.bool_ else pixels
