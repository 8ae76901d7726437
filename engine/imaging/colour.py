"""Colour: every photometric interpretation of DICOM to RGB."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.imaging.codestream import Codestream
from engine.imaging.modality import lut_table
from engine.imaging.quiet import quiet
from engine.imaging.refused import RefusedError
from engine.imaging.values import Fields


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
    return photometric in {"YBR_FULL", "YBR_FULL_422"}


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


def palette_rgb(stored: NDArray[Any], fields: Fields, *, signed: bool) -> NDArray[Any]:
    """Look stored values (R, C) up in a colour palette (PS3.3 C.7.6.3.1.5), at its depth."""
    if "SegmentedRedPaletteColorLookupTableData" in fields.dataset:
        from pydicom.pixels.processing import apply_color_lut  # noqa: PLC0415 - rarely needed

        with quiet():
            return np.asarray(apply_color_lut(stored, fields.dataset))[..., :3]
    planes = []
    for colour in ("Red", "Green", "Blue"):
        try:
            table, first, _ = lut_table(fields, signed=signed, colour=colour)
        except (ValueError, TypeError, OverflowError):
            raise RefusedError("its colour palette is damaged or missing", "damaged") from None
        index = np.clip(stored.astype(np.int32) - first, 0, table.size - 1)
        planes.append(table[index])
    return np.stack(planes, axis=-1)
