"""Stored pixels of one DICOM frame (PS3.3 C.7.6.3), native or compressed, grey or colour."""

import struct
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.imaging.codecs import (
    Codestream,
    Syntax,
    decode_codestream,
    decode_rle,
    describe,
    inflate_frame,
    is_big_endian,
    left_over,
)
from engine.imaging.dicom.header import Header, HeaderFields
from engine.imaging.dicom.modality import lut_table
from engine.imaging.dicom.scan import (
    UNDEFINED,
    Fragment,
    check_endings,
    find_fragments,
    group_frames,
    read_frame_bytes,
)
from engine.imaging.source import RefusedError, check_size, quiet, read_at
from engine.words import Sentence

# -------------------------------------------------------------------------- stored pixels

_GREY = {"MONOCHROME1", "MONOCHROME2", "PALETTE COLOR"}
_COLOUR = {"RGB", "YBR_FULL", "YBR_FULL_422", "YBR_PARTIAL_422", "YBR_ICT", "YBR_RCT", "XYB"}
_HALVED = {"YBR_FULL_422", "YBR_PARTIAL_422"}
_MAX_FRAMES = 1_000_000
_PIXEL_GROUP = 0x7FE0
_FLOATS = {b"OF": 32, b"OD": 64}
_PADDING = 1  # byte behind native pixels, to make their length even
_APART = 0.3  # of the shares of values in even and odd places, from which they are two halves
_LOOKED_AT = 1 << 18  # bytes


@dataclass(frozen=True, slots=True)
class PixelFormat:
    """How pixels are stored: the attributes of the Image Pixel Module, validated."""

    rows: int
    columns: int
    samples: int
    allocated: int
    stored: int
    high: int
    signed: bool
    photometric: str
    planar: bool
    frames: int
    byte_count: int  # of one native frame
    floating: bool = False
    groups: tuple[tuple[Fragment, ...], ...] = ()  # fragments of each compressed frame

    @property
    def halved(self) -> bool:
        """Whether colour is stored for every second pixel only (YBR_…_422, native)."""
        return self.photometric in _HALVED and self.byte_count < self.samples * self.area

    @property
    def area(self) -> int:
        """Pixels of one frame."""
        return self.rows * self.columns


def pixel_format(header: Header, fields: HeaderFields) -> PixelFormat:
    """Read and validate the Image Pixel Module."""
    rows, columns = fields.count("Rows"), fields.count("Columns")
    samples = fields.count("SamplesPerPixel", 1)
    check_size(rows, columns, samples=samples)
    photometric = fields.text("PhotometricInterpretation").upper()
    if not photometric:
        raise RefusedError("its header has no Photometric Interpretation", "damaged")
    allowed = {1: _GREY, 3: _COLOUR}.get(samples, set())
    if photometric not in allowed:
        raise RefusedError(
            "{samples} samples per pixel as {photometric} are not supported",
            "unsupported",
            samples=samples,
            photometric=photometric or Sentence("unknown colours"),
        )
    floating = header.vr in _FLOATS
    allocated, stored, high = _float_bits(header, fields) if floating else _bits(fields)
    signed = floating or _signed(fields)
    if samples == 3 and (signed or allocated not in {8, 16, 32}):
        raise RefusedError("signed or fractional colour is not supported", "unsupported")
    frames = _frame_count(fields)
    byte_count = rows * columns * samples * allocated // 8
    if photometric in _HALVED and header.length != UNDEFINED:
        half = rows * columns * 2
        byte_count = half if header.length < byte_count * frames else byte_count
    planar = samples == 3 and _is_planar(fields)
    return PixelFormat(
        rows, columns, samples, allocated, stored, high, signed, photometric, planar, frames,
        byte_count, floating,
    )  # fmt: skip


def _bits(fields: HeaderFields) -> tuple[int, int, int]:
    allocated = fields.count("BitsAllocated")
    stored = fields.count("BitsStored", allocated)
    high = fields.count("HighBit", stored - 1)
    if allocated not in {1, 8, 16, 32}:
        raise RefusedError(
            "{allocated} bits per pixel are not supported", "unsupported", allocated=allocated
        )
    if not 1 <= stored <= allocated:
        raise RefusedError(
            "it stores {stored} bits in {allocated}", "damaged", stored=stored, allocated=allocated
        )
    if not stored - 1 <= high < allocated:
        fields.note(
            "bits",
            "High Bit {high} contradicts {stored} bits stored and was ignored.",
            high=high,
            stored=stored,
        )
        high = stored - 1
    if high > stored - 1:
        fields.note(
            "bits",
            "High Bit is {high} of {stored} bits stored; they were moved down.",
            high=high,
            stored=stored,
        )
    return allocated, stored, high


def _signed(fields: HeaderFields) -> bool:
    signed = fields.count("PixelRepresentation")
    if signed not in {0, 1}:
        raise RefusedError(
            "its header has the Pixel Representation {signed}", "damaged", signed=signed
        )
    return signed == 1


def _is_planar(fields: HeaderFields) -> bool:
    planar = fields.count("PlanarConfiguration", 0)
    if planar not in {0, 1}:
        raise RefusedError(
            "its header has the Planar Configuration {planar}", "damaged", planar=planar
        )
    return planar == 1


def _float_bits(header: Header, fields: HeaderFields) -> tuple[int, int, int]:
    """Of Float and Double Float Pixel Data (PS3.3 C.7.6.24, C.7.6.25)."""
    bits = _FLOATS[header.vr]
    if fields.count("BitsAllocated", bits) != bits:
        raise RefusedError(
            "its pixels are numbers of {bits} bits, its header denies it", "damaged", bits=bits
        )
    return bits, bits, bits - 1


def _frame_count(fields: HeaderFields) -> int:
    if fields.raw("NumberOfFrames") is None:
        return 1
    frames = fields.count("NumberOfFrames")
    if frames < 0:
        raise RefusedError("its header says {frames} frames", "damaged", frames=frames)
    if frames == 0:
        fields.note("frames", "Number of Frames is 0; one frame was assumed.")
        return 1
    if frames > _MAX_FRAMES:
        raise RefusedError("it claims {frames:,} frames", "too-large", frames=frames)
    return frames


def check_pixels(
    header: Header, fields: HeaderFields, syntax: Syntax
) -> tuple[PixelFormat, Codestream | None]:
    """Hold the pixel data against the header, without decoding; all frames, cheaply.

    Returns how pixels are stored, with the number of frames that are there, and what the first
    frame's codestream says of itself: None for native, RLE and deflated pixels.
    """
    form = true_format(header, fields, syntax)
    if header.length != UNDEFINED and not syntax.decoder:
        return form, None
    if syntax.kind is None:
        return form, None
    if syntax.kind != "JPEG XL":  # whose end has no marker; its decoder refuses what is cut off
        after = check_endings(header.stream, form.groups)
        if after:
            fields.note(
                "left-over",
                "{after} after the end of the image were ignored.",
                after=_bytes(after),
            )
    first = read_frame_bytes(header.stream, form.groups[0])
    stream = _check_codestream(first, form, syntax)
    if stream.precision < form.stored:
        fields.note(
            "bits",
            "The compressed pixels have {bits} of {stored} stored bits; their values are shown as"
            " they are.",
            bits=stream.precision,
            stored=form.stored,
        )
    return form, stream


def true_format(header: Header, fields: HeaderFields, syntax: Syntax) -> PixelFormat:
    """How pixels are stored, with as many frames as there are; oddities are noted."""
    form = pixel_format(header, fields)
    if header.length != UNDEFINED and not syntax.decoder:
        return _with_native_frames(header, fields, form)
    if form.photometric == "XYB" and syntax.kind != "JPEG XL":
        raise RefusedError("only JPEG XL has the colours XYB", "damaged")
    groups, end = _grouped(header, form, syntax)
    _check_end(header, fields, end)
    if len(groups) != form.frames:
        fields.note("frames", _frame_words(form.frames, len(groups)))
    return replace(form, frames=len(groups), groups=tuple(map(tuple, groups)))


def _frame_words(said: int, there: int) -> Sentence:
    return Sentence(
        "Number of Frames says {said:,} and {there:,} are there; these are shown.",
        said=said,
        there=there,
    )


def _with_native_frames(header: Header, fields: HeaderFields, form: PixelFormat) -> PixelFormat:
    needed, there = _native_bytes(form), header.size - header.offset
    if header.length > there + _PADDING:
        raise RefusedError(
            "its header promises {length:,} bytes of pixels and {there:,} are there",
            "truncated",
            length=header.length,
            there=there,
        )
    there = min(header.length, there)
    _check_end(header, fields, header.offset + header.length)
    if there < needed:
        whole = there // form.byte_count if form.allocated > 1 else 0
        if whole < 1:
            raise RefusedError(
                "its pixels need {needed:,} bytes and {there:,} are there",
                "truncated",
                needed=needed,
                there=there,
            )
        fields.note("frames", _frame_words(form.frames, whole))
        return replace(form, frames=whole)
    if there > needed + _PADDING:
        if there >= 2 * needed:
            _check_depth(header, form)
        whole = there // form.byte_count
        stated = fields.raw("NumberOfFrames") is not None
        if stated and form.allocated > 1 and there - whole * form.byte_count <= _PADDING:
            fields.note("frames", _frame_words(form.frames, whole))
            return replace(form, frames=min(whole, _MAX_FRAMES))
        fields.note(
            "left-over",
            "{there} follow the pixels that the header promises; not shown.",
            there=_bytes(there - needed),
        )
    return form


def _native_bytes(form: PixelFormat) -> int:
    if form.allocated == 1:
        return (form.frames * form.area + 7) // 8
    return form.frames * form.byte_count


def _check_depth(header: Header, form: PixelFormat) -> None:
    """Refuse pixels of twice the depth that the header says, which look like twice the pixels.

    Halves of a pixel differ: one is smooth, the other is noise, or is empty. Neighbours of one
    film are alike.
    """
    if form.allocated not in {8, 16} or form.samples != 1:
        return
    count = min(2 * form.byte_count, _LOOKED_AT) // 4 * 4
    flat = _read(header, header.offset, count=count).view(f"u{form.allocated // 8}")
    pairs = flat[: flat.size // 2 * 2].reshape(-1, 2)
    if is_big_endian(header.syntax) and form.allocated == 16:
        pairs = pairs.byteswap()
    tops = [np.bincount(half >> form.allocated - 4, minlength=16) for half in pairs.T]
    apart = float(np.abs(tops[0] - tops[1]).sum()) / 2 / max(len(pairs), 1)
    rough = [float(np.abs(np.diff(half.astype(np.int32))).mean()) for half in pairs.T]
    if apart > _APART or max(rough) > 2 * min(rough) + 1:
        raise RefusedError(
            "its pixels have twice the {allocated} bits that its header says",
            "damaged",
            allocated=form.allocated,
        )


def _check_end(header: Header, fields: HeaderFields, end: int) -> None:
    """Refuse a second set of pixels, and tell of bytes that belong to nothing."""
    if end >= header.size:
        return
    header.stream.seek(end)
    head = header.stream.read(8)
    group, element = struct.unpack(
        ">HH" if is_big_endian(header.syntax) else "<HH", head[:4].ljust(4, b"\0")
    )
    if (group, element) == (_PIXEL_GROUP, 0x0010):
        raise RefusedError("it holds two sets of pixel data", "damaged")
    if group < _PIXEL_GROUP or len(head) < 8:
        rest = header.size - end
        fields.note("left-over", "{rest} after the pixel data were ignored.", rest=_bytes(rest))


def _bytes(count: int) -> Sentence:
    return Sentence("{count:,} {count:byte|bytes}", count=count)


def as_coded(form: PixelFormat, stream: Codestream | None) -> PixelFormat:
    """Return the format with the depth of the codestream, where that is less than stated.

    The codestream rules (PS3.5 8.2.1). Signed values keep the range of Bits Stored: whether the
    sign lies in the codestream or above it, nothing says.
    """
    if stream is None or form.signed or stream.precision >= form.stored:
        return form
    return replace(form, stored=stream.precision, high=stream.precision - 1)


def _grouped(
    header: Header, form: PixelFormat, syntax: Syntax
) -> tuple[list[list[Fragment]], int]:
    """Return the fragments of each frame, and where the pixel data end."""
    if header.length != UNDEFINED:
        raise RefusedError("its transfer syntax says compressed but its pixels are not", "damaged")
    if not syntax.decoder:
        raise RefusedError("its pixels are compressed in an unknown way", "unsupported")
    table, fragments, end = find_fragments(header.stream, header.offset)
    offsets = _extended_offsets(header) or table
    groups = group_frames(
        header.stream,
        fragments,
        count=form.frames,
        offsets=offsets,
        decoder=syntax.decoder,
    )
    return groups, end


def _extended_offsets(header: Header) -> tuple[int, ...]:
    raw = header.dataset.get("ExtendedOffsetTable")
    if not isinstance(raw, bytes) or len(raw) % 8:
        return ()
    return tuple(int(offset) for offset in np.frombuffer(raw, "<u8"))


def _check_codestream(data: bytes, form: PixelFormat, syntax: Syntax) -> Codestream:
    stream = describe(data)
    if stream.kind != syntax.kind:
        raise RefusedError(
            "its pixels are {kind} where its header promises {kind_2}",
            "damaged",
            kind=stream.kind,
            kind_2=syntax.kind,
        )
    said = (stream.rows, stream.columns, stream.components)
    if said != (form.rows, form.columns, form.samples):
        raise RefusedError(
            "its header says {rows} × {columns} × {samples} and its "
            "compressed pixels say {said} × {said_2} × {said_3}",
            "damaged",
            rows=form.rows,
            columns=form.columns,
            samples=form.samples,
            said=said[0],
            said_2=said[1],
            said_3=said[2],
        )
    if stream.precision > form.allocated:
        raise RefusedError(
            "its compressed pixels have {precision} bits where its header says "
            "{stored} of {allocated}",
            "damaged",
            precision=stream.precision,
            stored=form.stored,
            allocated=form.allocated,
        )
    return stream


def stored_pixels(
    header: Header, form: PixelFormat, syntax: Syntax, *, index: int
) -> tuple[NDArray[Any], Codestream | None]:
    """Decode one frame to stored values: (R, C), or (R, C, 3) in the colours of the file."""
    if not syntax.decoder and header.length != UNDEFINED:
        return _native(header, form, index), None
    group = form.groups[index]
    data = read_frame_bytes(header.stream, group)
    if syntax.decoder == "deflate":
        count = (form.area + 7) // 8 if form.allocated == 1 else form.byte_count
        raw = np.frombuffer(inflate_frame(data, count=count), np.uint8)
        return _from_bytes(raw, form, big_endian=False), None
    if syntax.kind is None:
        pixels = decode_rle(
            data,
            rows=form.rows,
            columns=form.columns,
            samples=form.samples,
            bits_allocated=form.allocated,
        )
        return significant(pixels, form), None
    if syntax.kind != "JPEG XL":
        check_endings(header.stream, [group])
        data = _trimmed(data)
    _check_codestream(data, form, syntax)
    decoded, stream = decode_codestream(data, syntax)
    return significant(_widened(decoded, form), form), stream


def _trimmed(data: bytes) -> bytes:
    """Cut off what follows the end marker: what a decoder makes of it is left to nobody."""
    return data[: data.rfind(b"\xff\xd9") + 2] if left_over(data[-1024:]) else data


def _widened(pixels: NDArray[Any], form: PixelFormat) -> NDArray[Any]:
    """Bring pixels of a shallower codestream to the depth of the file, with their sign."""
    if 8 * pixels.dtype.itemsize >= form.allocated:
        return pixels
    return pixels.astype(f"{pixels.dtype.kind}{form.allocated // 8}")


def _native(header: Header, form: PixelFormat, index: int) -> NDArray[Any]:
    if form.allocated == 1:
        return _single_bits(header, form, index)
    big = is_big_endian(header.syntax)
    offset = header.offset + index * form.byte_count
    if big and form.allocated == 8 and header.vr == b"OW":
        # Bytes travel as 16-bit words here, so each pair is swapped (PS3.5 8.1.2).
        odd = index * form.byte_count % 2
        words = _read(header, offset - odd, count=(form.byte_count + odd + 1) // 2 * 2)
        raw = words.view(np.uint16).byteswap().view(np.uint8)[odd : odd + form.byte_count]
    else:
        raw = _read(header, offset, count=form.byte_count)
    return _from_bytes(raw, form, big_endian=big)


def _from_bytes(raw: NDArray[np.uint8], form: PixelFormat, *, big_endian: bool) -> NDArray[Any]:
    """Pixels of one native frame, whose bytes begin with its first pixel."""
    if form.allocated == 1:
        bits = np.unpackbits(raw, bitorder="little")
        return bits[: form.area].reshape(form.rows, form.columns)
    kind = "f" if form.floating else "u"
    flat = raw.view(np.dtype(f"{'>' if big_endian else '<'}{kind}{form.allocated // 8}"))
    if not flat.dtype.isnative:
        flat = flat.astype(flat.dtype.newbyteorder("="))
    pixels = _arranged(flat, form)
    return pixels if form.floating else significant(pixels, form)


def _arranged(flat: NDArray[Any], form: PixelFormat) -> NDArray[Any]:
    rows, columns = form.rows, form.columns
    if form.samples == 1:
        return flat.reshape(rows, columns)
    if form.halved:  # Y Y Cb Cr for two neighbours (PS3.3 C.7.6.3.1.2)
        pairs = flat.reshape(-1, 4)
        full = np.empty((pairs.shape[0], 2, 3), flat.dtype)
        full[:, :, 0] = pairs[:, :2]
        full[:, :, 1:] = pairs[:, None, 2:]
        return full.reshape(rows, columns, 3)
    if form.planar:
        return flat.reshape(3, rows, columns).transpose(1, 2, 0)
    return flat.reshape(rows, columns, 3)


def _read(header: Header, offset: int, *, count: int) -> NDArray[np.uint8]:
    return np.frombuffer(read_at(header.stream, offset, count=count), np.uint8)


def _single_bits(header: Header, form: PixelFormat, index: int) -> NDArray[np.uint8]:
    first = index * form.area
    last = first + form.area
    raw = _read(header, header.offset + first // 8, count=(last + 7) // 8 - first // 8)
    bits = np.unpackbits(raw, bitorder="little")
    return bits[first % 8 : first % 8 + form.area].reshape(form.rows, form.columns)


def significant(pixels: NDArray[Any], form: PixelFormat) -> NDArray[Any]:
    """Keep the stored bits only, whatever lies in the others, and give them their sign."""
    width = pixels.dtype.itemsize * 8
    unsigned = pixels.view(f"u{pixels.dtype.itemsize}")
    shift = form.high + 1 - form.stored
    if shift:
        unsigned = unsigned >> shift
    if not form.signed:
        return unsigned if form.stored >= width else unsigned & ((1 << form.stored) - 1)
    spare = max(width - form.stored, 0)
    signed = (unsigned << spare if spare else unsigned).view(f"i{pixels.dtype.itemsize}")
    return signed >> spare if spare else signed


# -------------------------------------------------------------------------- colour to RGB
# Colour: every photometric interpretation of DICOM to RGB.

_SEGMENTED = "SegmentedRedPaletteColorLookupTableData"
_NO_PALETTE = Sentence("its colour palette is damaged or missing")


def is_ybr(photometric: str, stream: Codestream | None) -> bool:
    """Whether decoded components are Y, Cb, Cr and must become RGB.

    JPEG's own markers are believed before the header: Adobe's transform flag, component
    identifiers "RGB", then JFIF. JPEG 2000 decoders undo YBR_ICT and YBR_RCT themselves.
    """
    if stream is not None and stream.kind == "JPEG" and stream.components == 3:
        if stream.adobe in {0, 1}:
            return stream.adobe == 1
        if stream.component_ids == b"RGB":
            return False
        if stream.jfif:
            return True
    if (
        stream is not None and stream.kind == "JPEG XL"
    ):  # its decoder gives RGB, whatever is inside
        return False
    return photometric in {"YBR_FULL", "YBR_FULL_422", "YBR_PARTIAL_422"}


def ybr_to_rgb(pixels: NDArray[Any], *, bits: int) -> NDArray[Any]:
    """Convert full-range Y Cb Cr to RGB of the same type (PS3.3 C.7.6.3.1.2)."""
    top = (1 << bits) - 1
    luma = pixels[..., 0].astype(np.float32)
    blue = pixels[..., 1].astype(np.float32) - (1 << bits - 1)
    red = pixels[..., 2].astype(np.float32) - (1 << bits - 1)
    rgb = np.empty(pixels.shape, pixels.dtype)
    for channel, plane in enumerate(
        (luma + 1.402 * red, luma - 0.344136 * blue - 0.714136 * red, luma + 1.772 * blue)
    ):
        np.rint(plane, out=plane)
        rgb[..., channel] = np.clip(plane, 0, top, out=plane)
    return rgb


def partial_ybr_to_rgb(pixels: NDArray[Any], *, bits: int) -> NDArray[Any]:
    """Convert Y of 16…235 and Cb, Cr of 16…240 (at 8 bits) to RGB of the same type.

    ITU-R BT.601, as PS3.3 C.7.6.3.1.2 describes YBR_PARTIAL_422, turned round.
    """
    top, unit = (1 << bits) - 1, float(1 << bits - 8)
    luma = (pixels[..., 0].astype(np.float32) - 16 * unit) * np.float32(255 / 219)
    blue = (pixels[..., 1].astype(np.float32) - 128 * unit) * np.float32(255 / 224)
    red = (pixels[..., 2].astype(np.float32) - 128 * unit) * np.float32(255 / 224)
    planes = (luma + 1.402 * red, luma - 0.344136 * blue - 0.714136 * red, luma + 1.772 * blue)
    rgb = np.stack([np.clip(np.rint(plane), 0, top) for plane in planes], axis=-1)
    return rgb.astype(pixels.dtype)


def palette_bits(fields: HeaderFields, *, signed: bool) -> int:
    """Bits per entry of a colour palette: as its data say, where the descriptor contradicts."""
    if _SEGMENTED in fields.dataset:
        descriptor = fields.numbers("RedPaletteColorLookupTableDescriptor")
        if len(descriptor) != 3 or int(descriptor[2]) not in {8, 16}:
            raise RefusedError(_NO_PALETTE, "damaged")
        return int(descriptor[2])
    return max(bits for _, _, bits in _tables(fields, signed=signed))


def palette_rgb(
    stored: NDArray[Any], fields: HeaderFields, *, signed: bool
) -> tuple[NDArray[Any], int]:
    """Look stored values (R, C) up in a colour palette (PS3.3 C.7.6.3.1.5), at its depth.

    Returns RGB, and how many pixels lie beyond the palette: they take its nearest end.
    """
    if _SEGMENTED in fields.dataset:
        from pydicom.pixels.processing import apply_color_lut  # noqa: PLC0415 - rarely needed

        with quiet():
            return np.asarray(apply_color_lut(stored, fields.dataset))[..., :3], 0
    planes, beyond = [], 0
    for table, first, _ in _tables(fields, signed=signed):
        places = stored.astype(np.int32) - first
        index = np.clip(places, 0, table.size - 1)
        beyond = max(beyond, int(np.count_nonzero(places > table.size - 1)))
        planes.append(table[index])
    return np.stack(planes, axis=-1), beyond


def _tables(fields: HeaderFields, *, signed: bool) -> list[tuple[NDArray[np.uint16], int, int]]:
    try:
        return [
            lut_table(fields, signed=signed, colour=colour) for colour in ("Red", "Green", "Blue")
        ]
    except (ValueError, TypeError, OverflowError):
        raise RefusedError(_NO_PALETTE, "damaged") from None
