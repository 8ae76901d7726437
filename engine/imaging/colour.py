"""Colour: every photometric interpretation of DICOM to RGB."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.imaging.codestream import Codestream
from engine.imaging.modality import lut_table
from engine.imaging.quiet import quiet
from engine.imaging.refused import RefusedError
from engine.imaging.values import Fields

_SEGMENTED = "SegmentedRedPaletteColorLookupTableData"
_NO_PALETTE = "its colour palette is damaged or missing"


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


def palette_bits(fields: Fields, *, signed: bool) -> int:
    """Bits per entry of a colour palette: as its data say, where the descriptor contradicts."""
    if _SEGMENTED in fields.dataset:
        descriptor = fields.numbers("RedPaletteColorLookupTableDescriptor")
        if len(descriptor) != 3 or int(descriptor[2]) not in {8, 16}:
            raise RefusedError(_NO_PALETTE, "damaged")
        return int(descriptor[2])
    return max(bits for _, _, bits in _tables(fields, signed=signed))


def palette_rgb(stored: NDArray[Any], fields: Fields, *, signed: bool) -> tuple[NDArray[Any], int]:
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


def _tables(fields: Fields, *, signed: bool) -> list[tuple[NDArray[np.uint16], int, int]]:
    try:
        return [
            lut_table(fields, signed=signed, colour=colour) for colour in ("Red", "Green", "Blue")
        ]
    except (ValueError, TypeError, OverflowError):
        raise RefusedError(_NO_PALETTE, "damaged") from None
