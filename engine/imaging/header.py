"""The part of a DICOM file before its pixels, and where the pixels begin."""

import io
import struct
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.filereader import read_dataset
from pydicom.tag import BaseTag

from engine.imaging.codecs import DEFLATED, is_big_endian
from engine.imaging.quiet import quiet
from engine.imaging.refused import MAX_INFLATED, RefusedError
from engine.imaging.scan import LONG_VRS, check_structure, walk_meta
from engine.imaging.text import clean

_PIXELS = 0x7FE00010
_FLOAT_VRS = {0x7FE00008: b"OF", 0x7FE00009: b"OD"}
_FLOAT_PIXELS = frozenset(_FLOAT_VRS)
_GUESSED = {True: "1.2.840.10008.1.2", False: "1.2.840.10008.1.2.1"}
_BIG_ENDIAN = "1.2.840.10008.1.2.2"


@dataclass(frozen=True, slots=True)
class Header:
    """A parsed DICOM header.

    Attributes:
        dataset: Everything before the pixel data.
        stream: The file, or the inflated data set of a deflated one.
        syntax: UID of the transfer syntax, found from the structure if the file does not say.
        offset: First byte of the pixel data's value.
        length: Its length in bytes, `UNDEFINED` for compressed pixels.
        vr: Value representation of the pixel data, b"" if implicit; "OF" and "OD" are those of
            floating-point pixels.
        size: Bytes of the stream.
        warnings: What pydicom found odd, cleaned.
        preamble: The first 128 bytes; empty without a preamble.
        explicit: Whether the data set names its value representations, whatever `syntax` says.
    """

    dataset: Dataset
    stream: BinaryIO
    syntax: str
    offset: int
    length: int
    vr: bytes
    size: int
    warnings: tuple[str, ...]
    preamble: bytes = b""
    explicit: bool = True


def read_header(stream: BinaryIO) -> Header:
    """Parse a DICOM file up to its pixels; refuse one that has none."""
    stream.seek(0)
    head = stream.read(1 << 16)
    uid, start = walk_meta(head)
    with quiet() as said:
        if uid == DEFLATED:
            body: BinaryIO = _inflate(stream, start)
            check_structure(body, 0, big_endian=False)
            dataset = _read_inflated(body)
        elif DEFLATED.encode() in head[:1024]:
            raise RefusedError("its file meta information is damaged", "damaged")
        else:
            body = stream
            check_structure(body, start, big_endian=_looks_big_endian(head[start:], uid))
            body.seek(0)
            dataset = dcmread(body, stop_before_pixels=True, force=True)
            uid = uid or _guess_syntax(dataset)
        begin = body.tell()
        big_endian = is_big_endian(uid)
        offset, length, vr = _pixel_element(dataset, body, begin, big_endian=big_endian)
    size = body.seek(0, io.SEEK_END)
    preamble = head[:128] if head[128:132] == b"DICM" else b""
    explicit = uid == DEFLATED or head[start + 4 : start + 6].isalpha()
    return Header(
        dataset, body, uid, offset, length, vr, size, tuple(said), preamble, explicit
    )  # fmt: skip


def _looks_big_endian(start: bytes, uid: str) -> bool:
    return is_big_endian(uid) or (not uid and start[:1] == b"\0" and start[4:6].isalpha())


def _guess_syntax(dataset: Dataset) -> str:
    meta = getattr(dataset, "file_meta", None)
    stated = str(meta.get("TransferSyntaxUID", "") or "") if meta is not None else ""
    implicit, little = dataset.original_encoding
    return stated or (_GUESSED[bool(implicit)] if little else _BIG_ENDIAN)


def _inflate(stream: BinaryIO, start: int) -> io.BytesIO:
    stream.seek(start)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        inflated = inflater.decompress(stream.read(), MAX_INFLATED)
    except zlib.error:
        raise RefusedError("its deflated data are damaged", "damaged") from None
    if inflater.unconsumed_tail:
        raise RefusedError("its deflated data become larger than 1 GiB", "too-large")
    if not inflater.eof:
        raise RefusedError("its deflated data end too early", "truncated")
    return io.BytesIO(inflated)


def _read_inflated(body: BinaryIO) -> Dataset:
    def at_pixels(tag: BaseTag, _vr: str | None, _length: int) -> bool:
        return tag == _PIXELS or tag in _FLOAT_PIXELS

    body.seek(0)
    return read_dataset(body, is_implicit_VR=False, is_little_endian=True, stop_when=at_pixels)


def _pixel_element(
    dataset: Dataset, stream: BinaryIO, begin: int, *, big_endian: bool
) -> tuple[int, int, bytes]:
    """Find value offset, length and VR of the pixel data element at `begin`."""
    stream.seek(begin)
    head = stream.read(12)
    order = ">" if big_endian else "<"
    if len(head) < 8:
        raise _without_pixels(dataset)
    group, element = struct.unpack(order + "HH", head[:4])
    tag = group << 16 | element
    if tag != _PIXELS and tag not in _FLOAT_PIXELS:
        raise _without_pixels(dataset)
    vr = head[4:6] if head[4:6] in LONG_VRS else _FLOAT_VRS.get(tag, b"")
    implicit = head[4:6] not in LONG_VRS
    at = 4 if implicit else 8
    if len(head) < at + 4:
        raise RefusedError("it ends before its pixels do", "truncated")
    return begin + at + 4, struct.unpack(order + "L", head[at : at + 4])[0], vr


def _without_pixels(dataset: Dataset) -> RefusedError:
    """Say what the file is instead, or that its pixels are missing."""
    if "Rows" in dataset and "Columns" in dataset:
        return RefusedError("it describes an image but ends before the pixels", "truncated")
    if "DirectoryRecordSequence" in dataset:
        return RefusedError("it is a directory of other files (DICOMDIR)", "no-pixels")
    if len(dataset) == 0:
        return RefusedError("its header is damaged", "damaged")
    modality = clean(dataset.get("Modality", ""), limit=16)
    kind = f" (modality {modality})" if modality else ""
    return RefusedError("it is DICOM without an image{kind}", "no-pixels", kind=kind)
