"""DICOM files to `Image` and `Frame`."""

from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.imaging.codecs import decoder_name, syntax_of
from engine.imaging.codestream import Codestream
from engine.imaging.colour import (
    is_ybr,
    palette_bits,
    palette_rgb,
    partial_ybr_to_rgb,
    ybr_to_rgb,
)
from engine.imaging.describe import read_identity, read_lossy, read_technique, read_uids
from engine.imaging.geometry import read_orientation, read_spacing
from engine.imaging.header import Header, read_header
from engine.imaging.luminance import split_rgb
from engine.imaging.modality import (
    FLOAT_LIMIT,
    apply_modality,
    functional_layers,
    modality_range,
)
from engine.imaging.oddities import note_oddities
from engine.imaging.pixels import (
    PixelFormat,
    as_coded,
    check_pixels,
    stored_pixels,
    true_format,
)
from engine.imaging.presets import read_presets
from engine.imaging.refused import RefusedError
from engine.imaging.values import Fields
from engine.types import Booleans, Frame, Image, Note

_MAX_NOTES = 12


def describe_dicom(stream: BinaryIO, path: Path) -> Image:
    """Read a DICOM header and hold the pixel data of all frames against it."""
    header = read_header(stream)
    fields = Fields(header.dataset, [])
    syntax = syntax_of(header.syntax)
    form, codestream = check_pixels(header, fields, syntax)
    _note_colour(fields, form, codestream)
    note_oddities(header, fields, form)
    image = _image(path, header, fields, form=as_coded(form, codestream), codestream=codestream)
    for words in header.warnings:
        fields.note("parser", f"pydicom: {words}")
    return replace(image, notes=tuple(fields.notes[:_MAX_NOTES]))


def _image(
    path: Path,
    header: Header,
    fields: Fields,
    *,
    form: PixelFormat,
    codestream: Codestream | None,
) -> Image:
    syntax = syntax_of(header.syntax)
    measures = functional_layers(fields, "PixelMeasuresSequence", 0)
    planes = functional_layers(fields, "PlaneOrientationSequence", 0)
    grey = form.photometric.startswith("MONOCHROME")
    value_range = _value_range(header, fields, form)
    return Image(
        path=path,
        format="DICOM",
        encoding=syntax.words,
        frame_count=form.frames,
        rows=form.rows,
        columns=form.columns,
        bits_stored=form.stored,
        value_range=value_range,
        photometric=form.photometric,
        unit=_unit(fields) if grey else "",
        voi=read_presets(fields, signed=value_range[0] < 0) if grey else (),
        spacing=read_spacing(measures, fields),
        orientation=read_orientation(planes, fields),
        modality=fields.text("Modality"),
        identity=read_identity(fields),
        uids=read_uids(fields),
        technique=read_technique(fields),
        lossy=read_lossy(fields, syntax, codestream),
        decoder=decoder_name(syntax.decoder),
    )


def _value_range(header: Header, fields: Fields, form: PixelFormat) -> tuple[float, float]:
    if form.photometric == "PALETTE COLOR":
        return 0.0, float((1 << palette_bits(fields, signed=form.signed)) - 1)
    if form.samples == 3:
        return 0.0, float((1 << form.stored) - 1)
    if form.floating:  # the range of their type says nothing
        stored, _ = stored_pixels(header, form, syntax_of(header.syntax), index=0)
        stored, _ = _finite(stored, fields)
        return float(stored.min()), float(stored.max())
    return modality_range(fields, 0, stored=form.stored, signed=form.signed)


def _finite(stored: NDArray[Any], fields: Fields) -> tuple[NDArray[Any], Booleans | None]:
    """Take floating-point pixels that are no number for padding, at the smallest value."""
    valid = np.isfinite(stored)
    if not valid.any() or float(np.abs(stored[valid]).max()) > FLOAT_LIMIT:
        raise RefusedError("its pixels are not finite numbers of 32 bits", "damaged")
    if valid.all():
        return stored, None
    fields.note("padding", "Some pixels are no finite number; they are taken for padding.")
    return np.where(valid, stored, stored[valid].min()), valid


def _unit(fields: Fields) -> str:
    rescaled = False
    for layer in functional_layers(fields, "PixelValueTransformationSequence", 0):
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
            "colour", "The header says YBR but its JPEG frames are RGB; the frames were believed."
        )


def _contradicts(form: PixelFormat, stream: Codestream | None) -> bool:
    asked = stream is not None and stream.kind != "JPEG XL"
    return asked and not is_ybr(form.photometric, stream)


def decode_dicom(stream: BinaryIO, image: Image, index: int) -> Frame:
    """Decode one frame to modality values, reading that frame's bytes only."""
    header = read_header(stream)
    fields = Fields(header.dataset, [])
    syntax = syntax_of(header.syntax)
    form = true_format(header, fields, syntax)
    now = (form.rows, form.columns, form.frames, form.photometric)
    if now != (image.rows, image.columns, image.frame_count, image.photometric):
        raise RefusedError("it has changed since it was opened", "damaged")
    stored, codestream = stored_pixels(header, form, syntax, index=index)
    form = as_coded(form, codestream)
    if form.photometric == "PALETTE COLOR":
        rgb, beyond = palette_rgb(stored, fields, signed=form.signed)
        if beyond:
            words = f"{beyond:,} pixels have a number that its palette does not hold."
            image = replace(image, notes=(*image.notes, Note("palette", words)))
        bits = palette_bits(fields, signed=form.signed)
        return Frame(image, index, *split_rgb(rgb, bits=bits))
    if form.samples == 3:
        rgb = _rgb(stored, form, codestream)
        return Frame(image, index, *split_rgb(rgb, bits=form.stored))
    if form.floating:
        found = Fields(header.dataset, list(image.notes))
        stored, valid = _finite(stored, found)
        image = replace(image, notes=tuple(found.notes))
        exact = _beyond(stored)
        return Frame(image, index, stored.astype(np.float32), valid=valid, exact=exact)
    # Refuses a rescale whose result is not finite, without looking at every pixel.
    modality_range(fields, index, stored=form.stored, signed=form.signed)
    values = apply_modality(stored, fields, index=index, signed=form.signed)
    return Frame(image, index, values.astype(np.float32, copy=False), exact=_beyond(values))


def _beyond(values: NDArray[Any]) -> NDArray[np.float64] | None:
    """The values themselves where float32 would round them; None where it holds them all."""
    if values.dtype != np.float64:
        return None
    rounded = values.astype(np.float32).astype(np.float64)
    return None if np.array_equal(rounded, values) else values


def _rgb(stored: NDArray[Any], form: PixelFormat, stream: Codestream | None) -> NDArray[Any]:
    if form.photometric == "YBR_PARTIAL_422" and stream is None:
        return partial_ybr_to_rgb(stored, bits=form.stored)
    if is_ybr(form.photometric, stream):
        return ybr_to_rgb(stored, bits=form.stored)
    return stored
