"""TIFF files of kinds that no encoder here writes, made by hand."""

import struct
from fractions import Fraction

import numpy as np

_SHORT, _LONG, _RATIONAL, _DOUBLE = 3, 4, 5, 12
_FORMS = {_SHORT: "H", _LONG: "L", _RATIONAL: "LL", _DOUBLE: "d"}
_SAMPLE_FORMAT = {"u": 1, "i": 2, "f": 3}


def tiff(*pages, planar=False, tags=()):
    """Uncompressed TIFF of pages (R, C) or (R, C, samples); `tags` per page change entries.

    Args:
        planar: Whether each sample has a plane of its own.
        tags: For each page a mapping from tag to (field type, values).
    """
    data, link = bytearray(b"II*\0" + struct.pack("<L", 0)), 4
    for number, page in enumerate(pages):
        own = tags[number] if number < len(tags) else {}
        link = _append(data, np.atleast_3d(page), link, planar=planar, own=own)
    return bytes(data)


def rational(value):
    """An entry that holds one rational number."""
    exact = Fraction(value).limit_denominator(10_000)
    return _RATIONAL, [exact.numerator, exact.denominator]


def double(value):
    """An entry that holds one double."""
    return _DOUBLE, [value]


def long(*values):
    """An entry that holds whole numbers."""
    return _LONG, list(values)


def _append(data, pixels, link, *, planar, own):
    rows, columns, samples = pixels.shape
    planes = [pixels[..., s] for s in range(samples)] if planar else [pixels]
    offsets = []
    for plane in planes:
        offsets.append(len(data))
        raw = np.ascontiguousarray(plane).tobytes()
        data += raw + b"\0" * (len(raw) % 2)
    bits = 8 * pixels.dtype.itemsize
    entries = {
        256: long(columns),
        257: long(rows),
        258: (_SHORT, [bits] * samples),
        259: (_SHORT, [1]),
        262: (_SHORT, [2 if samples >= 3 else 1]),
        273: long(*offsets),
        277: (_SHORT, [samples]),
        278: long(rows),
        279: long(*[plane.size * plane.dtype.itemsize for plane in planes]),
        284: (_SHORT, [2 if planar else 1]),
        339: (_SHORT, [_SAMPLE_FORMAT[pixels.dtype.kind]] * samples),
    } | own
    if samples in {2, 4}:
        entries.setdefault(338, (_SHORT, [2]))
    at = len(data)
    data[link : link + 4] = struct.pack("<L", at)
    link = at + 2 + 12 * len(entries)
    body, extra = b"", b""
    for tag in sorted(entries):
        kind, values = entries[tag]
        form = _FORMS[kind]
        packed = struct.pack("<" + form * (len(values) // len(form)), *values)
        body += struct.pack("<HHL", tag, kind, len(values) // len(form))
        body += (
            packed.ljust(4, b"\0")
            if len(packed) <= 4
            else struct.pack("<L", link + 4 + len(extra))
        )
        extra += packed if len(packed) > 4 else b""
    data += struct.pack("<H", len(entries)) + body + struct.pack("<L", 0) + extra
    data += b"\0" * (len(data) % 2)
    return link
