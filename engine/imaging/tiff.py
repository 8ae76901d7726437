"""TIFF files (TIFF 6.0, BigTIFF): pages from a bounded walk, pixels by libtiff."""

import struct
from dataclasses import dataclass
from typing import Any

from engine.imaging.refused import RefusedError, check_size

SIGNATURES = (b"II*\0", b"MM\0*", b"II+\0\x08\0\0\0", b"MM\0+\0\x08\0\0")
_MAX_PAGES = 10_000
_MAX_VALUES = 64
_FORMATS = {1: "B", 3: "H", 4: "L", 6: "b", 8: "h", 9: "l", 13: "L", 16: "Q", 17: "q"}
_COMPRESSIONS = {
    1: "uncompressed",
    2: "CCITT",
    3: "CCITT T.4",
    4: "CCITT T.6",
    5: "LZW",
    6: "JPEG",
    7: "JPEG",
    8: "deflate",
    32773: "PackBits",
    32946: "deflate",
}
_WIDTH, _LENGTH, _BITS, _COMPRESSION, _PHOTOMETRIC = 256, 257, 258, 259, 262
_ORIENTATION, _SAMPLES, _SAMPLE_FORMAT, _PLANAR = 274, 277, 339, 284
_KIND, _X_RESOLUTION, _Y_RESOLUTION, _RATIONAL = 254, 282, 283, 5
_NOT_IMAGE = 0b101  # NewSubfileType: a reduced-resolution copy, a mask
_INKS = {0: "MONOCHROME1", 1: "MONOCHROME2", 2: "RGB", 3: "PALETTE COLOR", 6: "YBR_FULL"}


@dataclass(frozen=True, slots=True)
class TiffPage:
    """One page: its directory, validated."""

    rows: int
    columns: int
    bits: int
    samples: int
    signed: bool
    photometric: str
    compression: str
    orientation: int
    number: int = 0  # among all pages of the file
    floating: bool = False
    planar: bool = False
    aspect: float = 1.0  # width over height of a pixel


def read_tiff_pages(data: bytes) -> tuple[list[TiffPage], int]:
    """Return the pages that are images: those of the first one's size and kind, and how many not.

    Reduced-resolution copies and masks (TIFF 6.0, NewSubfileType) are none, wherever they stand.
    """
    order = "<" if data[:2] == b"II" else ">"
    big = data[2:4] in {b"+\0", b"\0+"}
    directories: list[dict[int, tuple[int, ...]]] = []
    seen: set[int] = set()
    try:
        (position,) = struct.unpack_from(order + ("Q" if big else "L"), data, 8 if big else 4)
        while position:
            if position in seen or len(directories) >= _MAX_PAGES:
                raise RefusedError("its pages run in a circle", "damaged")
            seen.add(position)
            tags, position = _directory(data, position, order=order, big=big)
            directories.append(tags)
    except struct.error:
        raise RefusedError("it ends before its pixels do", "truncated") from None
    if not directories:
        raise RefusedError("it has no page", "damaged")
    whole = [n for n, tags in enumerate(directories) if not tags.get(_KIND, (0,))[0] & _NOT_IMAGE]
    numbers = whole or list(range(len(directories)))
    first = _page(directories[numbers[0]], numbers[0])
    pages = [first]
    for number in numbers[1:]:
        try:
            page = _page(directories[number], number)
        except RefusedError:
            continue
        if _shape(page) == _shape(first):
            pages.append(page)
    return pages, len(numbers) - len(pages)


def _shape(page: TiffPage) -> tuple[object, ...]:
    kind = (page.bits, page.floating, page.signed, page.planar)
    return page.rows, page.columns, page.samples, page.photometric, kind


def _directory(
    data: bytes, position: int, *, order: str, big: bool
) -> tuple[dict[int, tuple[int, ...]], int]:
    word, entry_size = ("Q", 20) if big else ("L", 12)
    (count,) = struct.unpack_from(order + ("Q" if big else "H"), data, position)
    position += 8 if big else 2
    if count > 4096:
        raise RefusedError("its directory is damaged", "damaged")
    tags: dict[int, tuple[int, ...]] = {}
    for _ in range(count):
        tag, kind, length = struct.unpack_from(order + "HH" + word, data, position)
        if kind in _FORMATS and length <= _MAX_VALUES:
            form = f"{order}{length}{_FORMATS[kind]}"
            inline = struct.calcsize(form) <= (8 if big else 4)
            at = position + (12 if big else 8)
            where = at if inline else struct.unpack_from(order + word, data, at)[0]
            tags[tag] = struct.unpack_from(form, data, where)
        elif kind == _RATIONAL and length == 1:
            (where,) = struct.unpack_from(order + word, data, position + (12 if big else 8))
            if not big:
                tags[tag] = struct.unpack_from(order + "LL", data, where)
        position += entry_size
    (following,) = struct.unpack_from(order + word, data, position)
    return tags, int(following)


def _page(tags: dict[int, tuple[int, ...]], number: int) -> TiffPage:
    def first(tag: int, default: int) -> int:
        return tags.get(tag, (default,))[0]

    rows, columns = first(_LENGTH, 0), first(_WIDTH, 0)
    samples = first(_SAMPLES, 1)
    check_size(rows, columns, samples=samples)
    bits = set(tags.get(_BITS, (1,)))
    form = set(tags.get(_SAMPLE_FORMAT, (1,)))
    ink = _INKS.get(first(_PHOTOMETRIC, 1))
    if ink is None or samples not in ({3, 4} if ink in {"RGB", "YBR_FULL"} else {1, 2}):
        raise RefusedError("its colours are of a kind that is not supported", "unsupported")
    floating = form <= {3} and bits <= {32, 64} and samples == 1
    whole = (form <= {1, 4} or form <= {2}) and bits <= {8, 16, 32}
    single = bits <= {1} and form <= {1, 4} and samples == 1 and ink != "PALETTE COLOR"
    if len(bits) != 1 or not (floating or whole or single) or (bits <= {32} and samples > 1):
        words = "/".join(str(bit) for bit in sorted(bits))
        raise RefusedError(f"{words} bits per pixel of this kind are not supported", "unsupported")
    if form <= {2} and ink != "MONOCHROME2":
        raise RefusedError("signed colour is not supported", "unsupported")
    compression = first(_COMPRESSION, 1)
    if compression not in _COMPRESSIONS:
        raise RefusedError(f"its compression ({compression}) is not supported", "unsupported")
    return TiffPage(
        rows, columns, bits.pop(), samples, form <= {2}, ink, _COMPRESSIONS[compression],
        first(_ORIENTATION, 1), number, floating, samples > 1 and first(_PLANAR, 1) == 2,
        _aspect(tags),
    )  # fmt: skip


def _aspect(tags: dict[int, tuple[int, ...]]) -> float:
    """Width over height of a pixel, from the two resolutions where both are there."""
    across, down = (tags.get(tag, (0, 0)) for tag in (_X_RESOLUTION, _Y_RESOLUTION))
    if len(across) != 2 or len(down) != 2 or not all((*across, *down)):
        return 1.0
    return (down[0] / down[1]) / (across[0] / across[1])


def decode_tiff(data: bytes, page: TiffPage) -> Any:  # noqa: ANN401 - an array
    """Decode one page: (R, C) or (R, C, samples) at full depth, as libtiff stores it."""
    import imagecodecs  # noqa: PLC0415 - slow to import

    as_rgb = page.photometric in {"YBR_FULL", "PALETTE COLOR"}
    pixels = imagecodecs.tiff_decode(data, index=page.number, asrgb=as_rgb)
    return pixels.transpose(1, 2, 0) if page.planar and not as_rgb else pixels
