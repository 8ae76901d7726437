"""Files for the imaging tests, written when they are needed: DICOM, PNG and their damage."""

import io
import struct
import zlib
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import UID

from engine import ImageError
from engine.imaging import read_frame, read_image

EXPLICIT = "1.2.840.10008.1.2.1"
IMPLICIT = "1.2.840.10008.1.2"
BIG_ENDIAN = "1.2.840.10008.1.2.2"
DEFLATED = "1.2.840.10008.1.2.1.99"
JPEG = "1.2.840.10008.1.2.4."

CODED = {
    "50": lambda film: imagecodecs.jpeg8_encode(film.astype(np.uint8)),
    "80": imagecodecs.jpegls_encode,
    "90": lambda film: imagecodecs.jpeg2k_encode(film, reversible=True, codecformat="J2K"),
    "201": imagecodecs.htj2k_encode,
}


def ramp(rows=12, columns=10, top=4000, dtype=np.uint16):
    """A film in which every pixel differs from its neighbours."""
    return np.linspace(0, top, rows * columns).reshape(rows, columns).astype(dtype)


def dataset(pixels, syntax=EXPLICIT, **attributes):
    """A radiograph with these pixels; attributes override or, with None, remove."""
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = UID(syntax)
    made.SOPClassUID = "1.2.840.10008.5.1.4.1.1.1"
    made.SOPInstanceUID = "1.2.3.4"
    made.Modality = "CR"
    made.Rows, made.Columns = pixels.shape[:2]
    made.SamplesPerPixel = 3 if pixels.ndim == 3 else 1
    made.PhotometricInterpretation = "RGB" if pixels.ndim == 3 else "MONOCHROME2"
    if pixels.ndim == 3:
        made.PlanarConfiguration = 0
    bits = pixels.dtype.itemsize * 8
    made.BitsAllocated, made.BitsStored, made.HighBit = bits, bits, bits - 1
    made.PixelRepresentation = int(pixels.dtype.kind == "i")
    made.PixelData = pixels.tobytes()
    made["PixelData"].VR = "OB" if bits == 8 else "OW"
    for keyword, value in attributes.items():
        if value is None:
            delattr(made, keyword)
        else:
            setattr(made, keyword, value)
    return made


def write(path: Path, pixels, syntax=EXPLICIT, frames=None, **attributes):
    """Write a DICOM file; `frames` are codestreams of a compressed syntax."""
    made = dataset(pixels, syntax, **attributes)
    if frames is not None:
        made.PixelData = encapsulate(frames)
        made["PixelData"].is_undefined_length = True
        made["PixelData"].VR = "OB"
    if UID(syntax).is_transfer_syntax:
        made.save_as(path, enforce_file_format=True)
    else:  # newer than pydicom
        made.save_as(path, implicit_vr=False, little_endian=True, force_encoding=True)
    return path


def without_meta(path: Path, made: Dataset, *, implicit: bool, little: bool):
    """Write a data set without preamble and file meta information."""
    del made.file_meta
    made.save_as(path, implicit_vr=implicit, little_endian=little, enforce_file_format=False)
    return path


def chunk(kind: bytes, body: bytes) -> bytes:
    """One PNG chunk with its check sum."""
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def png(pixels, *extra: bytes, colour_type=None) -> bytes:
    """A PNG file of 8 or 16 bit pixels, with extra chunks before the pixels."""
    kind = {2: 0, 3: 2}.get(pixels.ndim, 0) if colour_type is None else colour_type
    rows, columns = pixels.shape[:2]
    depth = pixels.dtype.itemsize * 8
    raw = pixels.astype(pixels.dtype.newbyteorder(">")).reshape(rows, -1)
    lines = b"".join(b"\0" + line.tobytes() for line in raw)
    header = struct.pack(">LLBBBBB", columns, rows, depth, kind, 0, 0, 0)
    out = io.BytesIO()
    out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header))
    for more in extra:
        out.write(more)
    out.write(chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))
    return out.getvalue()


def file(tmp_path, data, name="film.dcm"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def refusal(path):
    """The reason why a file is refused, in one sentence that names it."""
    with pytest.raises(ImageError) as caught:
        read_frame(read_image(path))
    message = str(caught.value)
    assert path.name in message
    assert message.endswith(".")
    assert "\n" not in message
    return caught.value.reason


def jpeg_lossless(pixels, precision: int) -> bytes:
    """A lossless JPEG of any depth (ITU-T T.81 H), which no encoder here writes: predictor 1."""
    values = pixels.astype(np.int64)
    guess = np.empty_like(values)
    guess[:, 1:] = values[:, :-1]
    guess[1:, 0] = values[:-1, 0]
    guess[0, 0] = 1 << precision - 1
    bits = []
    for step in (values - guess).ravel().tolist():
        size = abs(step).bit_length()
        bits.append(f"{size:05b}")
        if size:
            bits.append(f"{step if step > 0 else step + (1 << size) - 1:0{size}b}")
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    coded = int(text, 2).to_bytes(len(text) // 8, "big").replace(b"\xff", b"\xff\0")
    frame = struct.pack(">BHHB", precision, *pixels.shape, 1) + b"\1\x11\0"
    table = b"\0" + bytes([0] * 4 + [17] + [0] * 11) + bytes(range(17))  # 17 codes of 5 bits
    parts = ((b"\xff\xc3", frame), (b"\xff\xc4", table), (b"\xff\xda", b"\1\1\0\1\0\0"))
    head = b"".join(marker + struct.pack(">H", len(body) + 2) + body for marker, body in parts)
    return b"\xff\xd8" + head + coded + b"\xff\xd9"


def rle_frame(pixels, *, extra: bytes = b"") -> bytes:
    """One RLE frame (PS3.5 G) of literal runs, whose segments hold `extra` beyond their pixels."""
    planes = pixels.astype(pixels.dtype.newbyteorder(">")).tobytes()
    depth = pixels.dtype.itemsize
    segments = []
    for place in range(depth):
        plane = planes[place::depth] + extra
        runs = [plane[at : at + 128] for at in range(0, len(plane), 128)]
        coded = b"".join(bytes([len(run) - 1]) + run for run in runs)
        segments.append(coded + b"\x80" * (len(coded) % 2))  # 128 is no operation
    offsets = [64 + sum(map(len, segments[:place])) for place in range(depth)]
    header = struct.pack(f"<{depth + 1}L", depth, *offsets).ljust(64, b"\0")
    return header + b"".join(segments)
