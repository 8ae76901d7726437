"""The values of a film's pixels in 16 bits, and in words what the numbers mean.

A picture of values has no window, no map and no label in it: every number would be another one.
The label stands in the file's description and in the text beside it.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from engine import __version__
from engine.output import write_whole
from engine.types import Bytes, Doubles, Frame
from viewer.export.picture import LABEL, ExportError, not_written, write_image
from viewer.kit.language import tr

LEVELS = 65_536


@dataclass(frozen=True, slots=True, eq=False)
class PixelValues:
    """Pixels that a PNG holds without loss, and the way back to modality values.

    Attributes:
        pixels: (R, C) 16 bits; of a colour film (R, C, 3) of 8 bits as they are stored.
        slope, intercept: value = pixel × slope + intercept.
        exact: Whether this gives every modality value back as it was read; otherwise it is right
            to half a slope.
    """

    pixels: NDArray[np.uint16] | Bytes
    slope: float = 1.0
    intercept: float = 0.0
    exact: bool = True


def pixel_values(frame: Frame) -> PixelValues:
    """The values of a frame in 16 bits: as stored where they fit, or else stretched.

    Values that were stored in whole numbers keep them, moved by a whole number where some are
    negative. Others are stretched over the 65,536 levels from the least to the greatest.
    """
    if frame.colour is not None:
        return PixelValues(frame.colour)
    values = np.asarray(frame.values if frame.exact is None else frame.exact, np.float64)
    slope, intercept = frame.header.rescale or (1.0, 0.0)
    kept = _whole(values, slope, intercept)
    if kept is not None:
        return kept
    low, high = float(values.min()), float(values.max())
    step = (high - low) / (LEVELS - 1) or 1.0
    pixels = np.rint((values - low) / step).astype(np.uint16)
    return PixelValues(pixels, step, low, exact=False)


def _whole(values: Doubles, slope: float, intercept: float) -> PixelValues | None:
    stored = np.rint((values - intercept) / slope)
    same = np.float32(stored * slope + intercept) == np.float32(values)
    least, most = float(stored.min()), float(stored.max())
    if not same.all() or most - least >= LEVELS:
        return None
    moved = 0.0
    if least < 0:  # signed 16 bits take their usual place
        moved = -32768.0 if least >= -32768 and most < 32768 else least
    elif most >= LEVELS:
        moved = least
    return PixelValues((stored - moved).astype(np.uint16), slope, intercept + moved * slope)


def mapping_text(values: PixelValues, frame: Frame) -> str:
    """What the numbers of the picture mean, line by line; nothing of the patient."""
    header, spacing = frame.header, frame.header.spacing
    rows, columns = values.pixels.shape[:2]
    lines = [
        tr(LABEL),
        f"Rowscope {__version__}",
        tr("{rows} rows, {columns} columns", rows=rows, columns=columns),
        *_meaning(values, header.unit),
    ]
    if frame.valid is not None:
        lines.append(tr("The film has padding; its pixels are in the picture as they are stored."))
    if frame.image.inverted:
        lines.append(tr("The smallest value is meant to be shown white (MONOCHROME1)."))
    if spacing is not None:
        words = tr("Distance of rows {row:g} mm, of columns {column:g} mm: {kind}")
        kind = tr(spacing.kind)
        lines.append(words.format(row=spacing.row_mm, column=spacing.column_mm, kind=kind))
    lines.append(tr("Content of the film: {content}", content=frame.content or "–"))
    return "\n".join(lines) + "\n"


def _meaning(values: PixelValues, unit: str) -> tuple[str, ...]:
    if values.pixels.ndim == 3:
        return (tr("Red, green and blue as they are stored, 8 bits each."),)
    formula = tr(
        "modality value = pixel × {slope} + {intercept}",
        slope=repr(values.slope),
        intercept=repr(values.intercept),
    )
    right = (
        tr("The formula gives every value back as it was read.")
        if values.exact
        else tr("The values were stretched to 16 bits: they are right to half of the slope.")
    )
    return (f"{formula} {unit}".strip(), right)


def write_values(frame: Frame, path: Path) -> Path:
    """Write the values as a PNG, and beside it a text that says what they mean.

    Returns:
        The text's place.

    Raises:
        ExportError: One of the files cannot be written.
    """
    if path.suffix.lower() != ".png":
        raise ExportError(tr("{name} must end in .png.", name=path.name))
    values = pixel_values(frame)
    text = path.with_name(f"{path.name}.txt")
    words = mapping_text(values, frame)
    image = _image(values)
    image.setText("Description", words.replace("\n", "; ").removesuffix("; "))
    write_image(image, path)
    try:
        write_whole(text, words)
    except OSError:
        raise not_written(text) from None
    return text


def _image(values: PixelValues) -> QImage:
    pixels = np.ascontiguousarray(values.pixels)
    rows, columns = pixels.shape[:2]
    grey = pixels.ndim == 2
    form = QImage.Format.Format_Grayscale16 if grey else QImage.Format.Format_RGB888
    return QImage(pixels.data, columns, rows, columns * (2 if grey else 3), form).copy()
