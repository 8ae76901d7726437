"""DICOM files to `Image` and `Frame`."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from numpy.typing import NDArray

from engine.imaging.codecs import Syntax, decoder_name, syntax_of
from engine.imaging.codestream import Codestream
from engine.imaging.colour import is_ybr, palette_rgb, ybr_to_rgb
from engine.imaging.describe import read_identity, read_lossy, read_technique, read_uids
from engine.imaging.geometry import read_orientation, read_spacing
from engine.imaging.header import Header, read_header
from engine.imaging.luminance import split_rgb
from engine.imaging.modality import (
    apply_modality,
    functional_layers,
    modality_range,
    usable_rescale,
)
from engine.imaging.padding import not_padding
from engine.imaging.pixels import PixelFormat, check_pixels, pixel_format, stored_pixels
from engine.imaging.presets import read_presets
from engine.imaging.refused import RefusedError
from engine.imaging.remembered import Remembered
from engine.imaging.values import Fields
from engine.types import Frame, Image, Note

_MAX_NOTES = 12


@dataclass(frozen=True, slots=True, eq=False)
class _Parsed:
    """A header that was parsed and held against its pixels.

    Attributes:
        image: What holds for every frame.
        pixel_notes, notes: What is odd about the pixels of all frames, and about the rest.
    """

    header: Header
    form: PixelFormat
    image: Image
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
    form = pixel_format(header, fields)
    codestream = check_pixels(header, form, syntax_of(header.syntax))
    _note_colour(fields, form, codestream)
    rest = Fields(header.dataset, [])
    image = _image(path, header, rest, form=form, codestream=codestream)
    for words in header.warnings:
        rest.note("parser", f"pydicom: {words}")
    parsed = _Parsed(header, form, image, tuple(fields.notes), tuple(rest.notes))
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
    form = parsed.form
    fields = Fields(parsed.header.dataset, list(parsed.pixel_notes))
    grey = form.photometric.startswith("MONOCHROME")
    values = _value_range(fields, form, index)
    image = replace(
        parsed.image,
        value_range=values,
        unit=_unit(fields, index) if grey else "",
        rescale=usable_rescale(fields, index) if grey else None,
        # The input of a VOI LUT, the modality values, can be negative.
        voi=read_presets(fields, signed=values[0] < 0, index=index) if grey else (),
        spacing=read_spacing(functional_layers(fields, "PixelMeasuresSequence", index), fields),
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
        return 0.0, float((1 << _palette_bits(fields)) - 1)
    if form.samples == 3:
        return 0.0, float((1 << form.stored) - 1)
    return modality_range(fields, index, stored=form.stored, signed=form.signed)


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
    if form.photometric.startswith("YBR_FULL") and stream and not is_ybr(form.photometric, stream):
        fields.note(
            "colour", "The header says YBR but its JPEG frames are RGB; the frames were believed."
        )


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
    if form.photometric == "PALETTE COLOR":
        rgb = palette_rgb(stored, fields, signed=form.signed)
        return Frame(image, index, *split_rgb(rgb, bits=_palette_bits(fields)))
    if form.samples == 3:
        rgb = _rgb(stored, form, codestream)
        return Frame(image, index, *split_rgb(rgb, bits=form.stored))
    valid = not_padding(stored, fields, signed=form.signed)
    if fields.notes:
        image = replace(image, notes=(*image.notes, *fields.notes))
    values = apply_modality(stored, fields, index=index, signed=form.signed)
    return Frame(image, index, values, valid=valid)


def _rgb(stored: NDArray[Any], form: PixelFormat, stream: Codestream | None) -> NDArray[Any]:
    if is_ybr(form.photometric, stream):
        return ybr_to_rgb(stored, bits=form.stored)
    return stored


def _palette_bits(fields: Fields) -> int:
    descriptor = fields.numbers("RedPaletteColorLookupTableDescriptor")
    if len(descriptor) != 3 or int(descriptor[2]) not in {8, 16}:
        raise RefusedError("its colour palette is damaged or missing", "damaged")
    return int(descriptor[2])
