"""DICOM file → image, with what is odd about it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.imaging.codecs import Codestream, Syntax, decoder_name, syntax_of
from engine.imaging.dicom.header import Header, HeaderFields, read_header
from engine.imaging.dicom.modality import (
    FLOAT_LIMIT,
    apply_modality,
    functional_layers,
    modality_range,
    not_padding,
    usable_rescale,
)
from engine.imaging.dicom.overlays import (
    has_embedded,
    note_overlays,
    read_overlays,
    read_shutter,
)
from engine.imaging.dicom.pixels import (
    PixelFormat,
    as_coded,
    check_pixels,
    is_ybr,
    palette_bits,
    palette_rgb,
    partial_ybr_to_rgb,
    stored_pixels,
    ybr_to_rgb,
)
from engine.imaging.dicom.tags import (
    read_aspect,
    read_directions,
    read_identity,
    read_lossy,
    read_orientation,
    read_position,
    read_presets,
    read_spacing,
    read_technique,
    read_uids,
)
from engine.imaging.display import rounded_by_float32, split_rgb
from engine.imaging.source import RefusedError, Remembered
from engine.types import Booleans, Doubles, Frame, FrameHeader, Image, Note
from engine.words import Sentence

# --------------------------------------------------------------------- notes on odd files
# What is odd about a DICOM file though it can be shown: said, because a reader may be misled.

# First bytes of files of another kind, which a preamble may hold beside DICOM (PS3.10 7.1).
_OTHER_KINDS = {
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"II+\0": "BigTIFF",
    b"MM\0+": "BigTIFF",
    b"MZ": "a Windows program",
    b"\x7fELF": "a Linux program",
    b"\xcf\xfa\xed\xfe": "a macOS program",
    b"\xca\xfe\xba\xbe": "a program",
    b"PK\x03\x04": "ZIP",
    b"%PDF": "PDF",
    b"#!": "a script",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"<": "a page of text",
}
# Modalities whose images must say a spacing (type 1 in PS3.3 C.7.6.2, C.8.11.2), or, as those of
# CR, nearly always do.
_MEASURED = {"CT", "MR", "PT", "NM", "CR", "DX", "MG", "IO", "PX"}
_SPACINGS = ("PixelSpacing", "ImagerPixelSpacing", "NominalScannedPixelSpacing")
_IMPLICIT = "1.2.840.10008.1.2"
_GROUPS = ("SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence")


def note_oddities(header: Header, fields: HeaderFields, form: PixelFormat) -> None:
    """Note what header and preamble hold that a careful reader would ask about."""
    _note_preamble(header, fields)
    _note_syntax(header, fields)
    _note_spacing(fields)
    note_overlays(fields, form)


def _note_preamble(header: Header, fields: HeaderFields) -> None:
    for start, kind in _OTHER_KINDS.items():
        if header.preamble.startswith(start):
            fields.note(
                "polyglot",
                "Its first bytes are also those of another kind: {kind}.",
                kind=kind,
            )
            return


def _note_syntax(header: Header, fields: HeaderFields) -> None:
    """The data set is read as it is; where the file meta information lies, it is said."""
    if header.explicit != (header.syntax != _IMPLICIT):
        found, said = ("explicit", "implicit")[:: 1 if header.explicit else -1]
        fields.note(
            "syntax",
            "Its data set is {found} where its transfer syntax says {said}.",
            found=found,
            said=said,
        )


def _note_spacing(fields: HeaderFields) -> None:
    modality = fields.text("Modality").upper()
    enhanced = any(fields.raw(groups) is not None for groups in _GROUPS)
    silent = all(fields.raw(keyword) is None for keyword in _SPACINGS)
    if modality in _MEASURED and silent and not enhanced:
        fields.note(
            "spacing",
            "{modality} images say their pixel spacing as a rule, and this one does not.",
            modality=modality,
        )


# --------------------------------------------------------------- DICOM to Image and Frame
# DICOM files to `Image` and `Frame`.

_MAX_NOTES = 12


@dataclass(frozen=True, slots=True, eq=False)
class _Parsed:
    """A header that was parsed and held against its pixels.

    Attributes:
        form, coded: How pixels are stored, by the header and as the first codestream says.
        image: What holds for every frame.
        floats: Least and greatest value of frame 1 of floating-point pixels; None of all others.
        pixel_notes, notes: What is odd about the pixels of all frames, and about the rest.
    """

    header: Header
    form: PixelFormat
    coded: PixelFormat
    image: Image
    floats: tuple[float, float] | None
    pixel_notes: tuple[Note, ...]
    notes: tuple[Note, ...]

    @property
    def syntax(self) -> Syntax:
        return syntax_of(self.header.syntax)

    @property
    def cost(self) -> int:
        """Bytes of the header: what pydicom makes of it takes a multiple of that."""
        return self.header.offset


# A frame's own header lies in one part of that of the file, so stepping through frames would
# parse all of it at each step.
_remembered: Remembered[_Parsed] = Remembered(entries=4, cost=16 << 20)


def describe_dicom(stream: BinaryIO, path: Path, index: int = 0) -> tuple[Image, FrameHeader]:
    """Read a DICOM header and what it says of one frame; all pixels are held against it."""
    parsed = _parse(stream, path)
    if not 0 <= index < parsed.form.frames:
        raise RefusedError("it has changed since it was opened", "damaged")
    return _of_frame(parsed, index)


def _parse(stream: BinaryIO, path: Path) -> _Parsed:
    """Parse and check a file, or take what is remembered of it as long as it has not changed."""
    known = _remembered.of(stream, path)
    if known is not None:
        return replace(known, header=replace(known.header, stream=stream))
    header = read_header(stream)
    fields = HeaderFields(header.dataset, [])
    form, codestream = check_pixels(header, fields, syntax_of(header.syntax))
    _note_colour(fields, form, codestream)
    note_oddities(header, fields, form)
    coded = as_coded(form, codestream)
    floats = _float_ends(header, form, fields) if form.floating else None
    rest = HeaderFields(header.dataset, [])
    image = _image(path, header, rest, form=coded, codestream=codestream)
    for words in header.warnings:
        rest.note("parser", "pydicom: {words}", words=words)
    notes = tuple(fields.notes), tuple(rest.notes)
    parsed = _Parsed(header, form, coded, image, floats, *notes)
    if header.stream is stream:  # of a deflated file all that was inflated would be kept
        # Not the stream: it is closed behind its reader, and every reader has its own.
        _remembered.keep(parsed, stream, path, cost=parsed.cost)
    return parsed


def _image(
    path: Path,
    header: Header,
    fields: HeaderFields,
    *,
    form: PixelFormat,
    codestream: Codestream | None,
) -> Image:
    """What holds for every frame; `_of_frame` tells what is the frame's own."""
    syntax = syntax_of(header.syntax)
    return Image(
        path=path,
        format="DICOM",
        encoding=syntax.words,
        frame_count=form.frames,
        rows=form.rows,
        columns=form.columns,
        bits_stored=form.stored,
        photometric=form.photometric,
        modality=fields.text("Modality"),
        identity=read_identity(fields),
        uids=read_uids(fields),
        technique=read_technique(fields),
        lossy=read_lossy(fields, syntax, codestream),
        decoder=decoder_name(syntax.decoder),
    )


def _of_frame(parsed: _Parsed, index: int) -> tuple[Image, FrameHeader]:
    """The file with what is odd about a frame of it, and the frame's own header.

    Its own functional group goes before the shared.
    """
    form = parsed.coded
    fields = HeaderFields(parsed.header.dataset, list(parsed.pixel_notes))
    grey = form.photometric.startswith("MONOCHROME")
    values = parsed.floats or _value_range(fields, form, index)
    measures, planes, places, letters = (
        functional_layers(fields, f"{name}Sequence", index)
        for name in (
            "PixelMeasures", "PlaneOrientation", "PlanePosition", "PatientOrientationInFrame"
        )
    )  # fmt: skip
    header = FrameHeader(
        values,
        unit=_unit(fields, index) if grey else "",
        rescale=usable_rescale(fields, index) if grey else None,
        # The input of a VOI LUT, the modality values, can be negative.
        voi=read_presets(fields, signed=values[0] < 0, index=index) if grey else (),
        spacing=read_spacing(measures, fields),
        nominal_aspect=read_aspect(measures, fields),
        orientation=read_orientation(planes, fields, letters),
        # What a file of several frames says once is not the place of each of them.
        position=read_position(places[:-1] if form.frames > 1 else places),
        directions=read_directions(planes),
    )
    notes = dict.fromkeys((*fields.notes, *parsed.notes))
    return replace(parsed.image, notes=tuple(notes)[:_MAX_NOTES]), header


def _value_range(fields: HeaderFields, form: PixelFormat, index: int) -> tuple[float, float]:
    if form.photometric == "PALETTE COLOR":
        return 0.0, float((1 << palette_bits(fields, signed=form.signed)) - 1)
    if form.samples == 3:
        return 0.0, float((1 << form.stored) - 1)
    return modality_range(fields, index, stored=form.stored, signed=form.signed)


def _float_ends(header: Header, form: PixelFormat, fields: HeaderFields) -> tuple[float, float]:
    """The range of floating-point pixels is that of their values: their type says nothing."""
    stored, _ = stored_pixels(header, form, syntax_of(header.syntax), index=0)
    stored, _ = _finite(stored, fields)
    return float(stored.min()), float(stored.max())


def _finite(stored: NDArray[Any], fields: HeaderFields) -> tuple[NDArray[Any], Booleans | None]:
    """Take floating-point pixels that are no number for padding, at the smallest value."""
    valid = np.isfinite(stored)
    if not valid.any() or float(np.abs(stored[valid]).max()) > FLOAT_LIMIT:
        raise RefusedError("its pixels are not finite numbers of 32 bits", "damaged")
    if valid.all():
        return stored, None
    fields.note("padding", "Some pixels are no finite number; they are taken for padding.")
    return np.where(valid, stored, stored[valid].min()), valid


def _unit(fields: HeaderFields, index: int) -> str:
    rescaled = False
    for layer in functional_layers(fields, "PixelValueTransformationSequence", index):
        unit = layer.text("RescaleType")
        if unit:
            return "" if unit in {"US", "UNSPECIFIED"} else unit
        rescaled = rescaled or layer.raw("RescaleIntercept") is not None
    # PS3.3 C.8.2.1.1.2: in CT images the output of the rescale is in Hounsfield units.
    return "HU" if fields.text("Modality") == "CT" and rescaled else ""


def _note_colour(fields: HeaderFields, form: PixelFormat, stream: Codestream | None) -> None:
    if form.photometric == "RGB" and is_ybr("RGB", stream):
        fields.note(
            "colour",
            "The header says RGB but its JPEG frames are YCbCr; the frames were believed.",
        )
    if form.photometric.startswith("YBR_FULL") and _contradicts(form, stream):
        fields.note(
            "colour",
            "The header says YBR but its JPEG frames are RGB; the frames were believed.",
        )


def _contradicts(form: PixelFormat, stream: Codestream | None) -> bool:
    asked = stream is not None and stream.kind != "JPEG XL"
    return asked and not is_ybr(form.photometric, stream)


def decode_dicom(stream: BinaryIO, image: Image, index: int) -> Frame:
    """Decode one frame to modality values, reading that frame's bytes only."""
    parsed = _parse(stream, image.path)
    frame = _decoded(parsed, image, index)
    fields = HeaderFields(parsed.header.dataset, [])
    overlays = read_overlays(fields, parsed.form, index=index, words=_words(parsed, index))
    shutter = read_shutter(fields, frame.header.pixel_aspect)
    if shutter is not None:
        fields.note(
            "shutter",
            "A shutter hides some of it on screen; values beneath are measured and read.",
        )
    notes = tuple(dict.fromkeys((*frame.image.notes, *fields.notes)))
    image = replace(frame.image, notes=notes) if fields.notes else frame.image
    return replace(frame, image=image, overlays=overlays, shutter=shutter)


def _words(parsed: _Parsed, index: int) -> NDArray[Any] | None:
    """A frame's pixels with the bits that hold nothing of the image, where planes lie in them."""
    form, syntax = parsed.form, parsed.syntax
    if not has_embedded(HeaderFields(parsed.header.dataset, []), form) or syntax.kind is not None:
        return None
    whole = replace(form, stored=form.allocated, high=form.allocated - 1, signed=False)
    return stored_pixels(parsed.header, whole, syntax, index=index)[0]


def _decoded(parsed: _Parsed, image: Image, index: int) -> Frame:
    form, fields = parsed.form, HeaderFields(parsed.header.dataset, [])
    now = (form.rows, form.columns, form.frames, form.photometric)
    if now != (image.rows, image.columns, image.frame_count, image.photometric):
        raise RefusedError("it has changed since it was opened", "damaged")
    # Not from the image that was given: the file may be another one by now.
    image, header = _of_frame(parsed, index)
    stored, codestream = stored_pixels(parsed.header, form, parsed.syntax, index=index)
    form = as_coded(form, codestream)
    if form.photometric == "PALETTE COLOR":
        rgb, beyond = palette_rgb(stored, fields, signed=form.signed)
        if beyond:
            words = Sentence(
                "{beyond:,} pixels have a number that its palette does not hold.", beyond=beyond
            )
            image = replace(image, notes=(*image.notes, Note("palette", words)))
        bits = palette_bits(fields, signed=form.signed)
        return Frame(image, index, *split_rgb(rgb, bits=bits), header=header)
    if form.samples == 3:
        rgb = _rgb(stored, form, codestream)
        return Frame(image, index, *split_rgb(rgb, bits=form.stored), header=header)
    if form.floating:
        stored, valid = _finite(stored, fields)
        ends = (float(stored.min()), float(stored.max()))
        notes = tuple(dict.fromkeys((*image.notes, *fields.notes)))
        image, header = replace(image, notes=notes), replace(header, value_range=ends)
        values, exact = stored.astype(np.float32), _exact(stored)
        return Frame(image, index, values, valid=valid, exact=exact, header=header)
    valid = not_padding(stored, fields, signed=form.signed)
    if fields.notes:
        image = replace(image, notes=(*image.notes, *fields.notes))
    found = apply_modality(stored, fields, index=index, signed=form.signed)
    exact, values = _exact(found), found.astype(np.float32, copy=False)
    return Frame(image, index, values, valid=valid, exact=exact, header=header)


def _exact(values: NDArray[Any]) -> Doubles | None:
    return rounded_by_float32(values.astype(np.float64)) if values.dtype.itemsize > 4 else None


def _rgb(stored: NDArray[Any], form: PixelFormat, stream: Codestream | None) -> NDArray[Any]:
    if form.photometric == "YBR_PARTIAL_422" and stream is None:
        return partial_ybr_to_rgb(stored, bits=form.stored)
    if is_ybr(form.photometric, stream):
        return ybr_to_rgb(stored, bits=form.stored)
    return stored
