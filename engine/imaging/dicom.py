"""DICOM files to `Image` and `Frame`."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.imaging.codecs import Syntax, decoder_name, syntax_of
from engine.imaging.codestream import Codestream
from engine.imaging.colour import (
    is_ybr,
    palette_bits,
    palette_rgb,
    partial_ybr_to_rgb,
    ybr_to_rgb,
)
from engine.imaging.describe import read_identity, read_lossy, read_technique, read_uids
from engine.imaging.geometry import read_aspect, read_orientation, read_spacing
from engine.imaging.header import Header, read_header
from engine.imaging.luminance import rounded_by_float32, split_rgb
from engine.imaging.modality import (
    FLOAT_LIMIT,
    apply_modality,
    functional_layers,
    modality_range,
    usable_rescale,
)
from engine.imaging.oddities import note_oddities
from engine.imaging.padding import not_padding
from engine.imaging.pixels import PixelFormat, as_coded, check_pixels, stored_pixels
from engine.imaging.presets import read_presets
from engine.imaging.refused import RefusedError
from engine.imaging.remembered import Remembered
from engine.imaging.values import Fields
from engine.types import Booleans, Doubles, Frame, Image, Note
from engine.words import Sentence

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


def describe_dicom(stream: BinaryIO, path: Path, index: int = 0) -> Image:
    """Read a DICOM header as it holds for one frame; all frames' pixels are held against it."""
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
    fields = Fields(header.dataset, [])
    form, codestream = check_pixels(header, fields, syntax_of(header.syntax))
    _note_colour(fields, form, codestream)
    note_oddities(header, fields, form)
    coded = as_coded(form, codestream)
    floats = _float_ends(header, form, fields) if form.floating else None
    rest = Fields(header.dataset, [])
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
    fields: Fields,
    *,
    form: PixelFormat,
    codestream: Codestream | None,
) -> Image:
    """What holds for every frame; `_of_frame` adds what is the frame's own."""
    syntax = syntax_of(header.syntax)
    return Image(
        path=path,
        format="DICOM",
        encoding=syntax.words,
        frame_count=form.frames,
        rows=form.rows,
        columns=form.columns,
        bits_stored=form.stored,
        value_range=(0.0, 0.0),
        photometric=form.photometric,
        modality=fields.text("Modality"),
        identity=read_identity(fields),
        uids=read_uids(fields),
        technique=read_technique(fields),
        lossy=read_lossy(fields, syntax, codestream),
        decoder=decoder_name(syntax.decoder),
    )


def _of_frame(parsed: _Parsed, index: int) -> Image:
    """The header as it holds for one frame: its own functional group goes before the shared."""
    form = parsed.coded
    fields = Fields(parsed.header.dataset, list(parsed.pixel_notes))
    grey = form.photometric.startswith("MONOCHROME")
    values = parsed.floats or _value_range(fields, form, index)
    measures = functional_layers(fields, "PixelMeasuresSequence", index)
    image = replace(
        parsed.image,
        value_range=values,
        unit=_unit(fields, index) if grey else "",
        rescale=usable_rescale(fields, index) if grey else None,
        # The input of a VOI LUT, the modality values, can be negative.
        voi=read_presets(fields, signed=values[0] < 0, index=index) if grey else (),
        spacing=read_spacing(measures, fields),
        nominal_aspect=read_aspect(measures, fields),
        orientation=read_orientation(
            functional_layers(fields, "PlaneOrientationSequence", index),
            fields,
            functional_layers(fields, "PatientOrientationInFrameSequence", index),
        ),
    )
    notes = dict.fromkeys((*fields.notes, *parsed.notes))
    return replace(image, notes=tuple(notes)[:_MAX_NOTES])


def _value_range(fields: Fields, form: PixelFormat, index: int) -> tuple[float, float]:
    if form.photometric == "PALETTE COLOR":
        return 0.0, float((1 << palette_bits(fields, signed=form.signed)) - 1)
    if form.samples == 3:
        return 0.0, float((1 << form.stored) - 1)
    return modality_range(fields, index, stored=form.stored, signed=form.signed)


def _float_ends(header: Header, form: PixelFormat, fields: Fields) -> tuple[float, float]:
    """The range of floating-point pixels is that of their values: their type says nothing."""
    stored, _ = stored_pixels(header, form, syntax_of(header.syntax), index=0)
    stored, _ = _finite(stored, fields)
    return float(stored.min()), float(stored.max())


def _finite(stored: NDArray[Any], fields: Fields) -> tuple[NDArray[Any], Booleans | None]:
    """Take floating-point pixels that are no number for padding, at the smallest value."""
    valid = np.isfinite(stored)
    if not valid.any() or float(np.abs(stored[valid]).max()) > FLOAT_LIMIT:
        raise RefusedError("its pixels are not finite numbers of 32 bits", "damaged")
    if valid.all():
        return stored, None
    fields.note("padding", "Some pixels are no finite number; they are taken for padding.")
    return np.where(valid, stored, stored[valid].min()), valid


def _unit(fields: Fields, index: int) -> str:
    rescaled = False
    for layer in functional_layers(fields, "PixelValueTransformationSequence", index):
        unit = layer.text("RescaleType")
        if unit:
            return "" if unit in {"US", "UNSPECIFIED"} else unit
        rescaled = rescaled or layer.raw("RescaleIntercept") is not None
    # PS3.3 C.8.2.1.1.2: in CT images the output of the rescale is in Hounsfield units.
    return "HU" if fields.text("Modality") == "CT" and rescaled else ""


def _note_colour(fields: Fields, form: PixelFormat, stream: Codestream | None) -> None:
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
    form, fields = parsed.form, Fields(parsed.header.dataset, [])
    now = (form.rows, form.columns, form.frames, form.photometric)
    if now != (image.rows, image.columns, image.frame_count, image.photometric):
        raise RefusedError("it has changed since it was opened", "damaged")
    # Not from the image that was given: the file may be another one by now.
    image = _of_frame(parsed, index)
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
        return Frame(image, index, *split_rgb(rgb, bits=bits))
    if form.samples == 3:
        rgb = _rgb(stored, form, codestream)
        return Frame(image, index, *split_rgb(rgb, bits=form.stored))
    if form.floating:
        stored, valid = _finite(stored, fields)
        ends = (float(stored.min()), float(stored.max()))
        notes = tuple(dict.fromkeys((*image.notes, *fields.notes)))
        image = replace(image, value_range=ends, notes=notes)
        exact = _exact(stored)
        return Frame(image, index, stored.astype(np.float32), valid=valid, exact=exact)
    valid = not_padding(stored, fields, signed=form.signed)
    if fields.notes:
        image = replace(image, notes=(*image.notes, *fields.notes))
    values = apply_modality(stored, fields, index=index, signed=form.signed)
    exact = _exact(values)
    return Frame(image, index, values.astype(np.float32, copy=False), valid=valid, exact=exact)


def _exact(values: NDArray[Any]) -> Doubles | None:
    return rounded_by_float32(values.astype(np.float64)) if values.dtype.itemsize > 4 else None


def _rgb(stored: NDArray[Any], form: PixelFormat, stream: Codestream | None) -> NDArray[Any]:
    if form.photometric == "YBR_PARTIAL_422" and stream is None:
        return partial_ybr_to_rgb(stored, bits=form.stored)
    if is_ybr(form.photometric, stream):
        return ybr_to_rgb(stored, bits=form.stored)
    return stored
