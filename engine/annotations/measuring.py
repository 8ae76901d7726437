"""What annotations measure on a frame.

**Units.** Lengths and areas are in mm and mm² where the frame has a spacing; `spacing` then says
for what it is true ("calibrated", "at detector", "in patient"). Without one they are in px: a
length in heights of a pixel, which are its widths too unless the file says that pixels are not
square, an area in pixels. Angles are those of the true shape wherever the aspect is known.

**Statistics** are of the modality values (of a colour film its luminance) of the pixels whose
middle lies inside, without padding, in double precision. The standard deviation is that of the
pixels themselves (divided by n), not an estimate for others (n − 1).
"""

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from engine.annotations.shapes import ROIS, Annotation, area_on, lies_beside, shape_of, spans_of
from engine.imaging import apply_voi
from engine.types import Doubles, Frame, Voi

Values = dict[str, Any]  # as they are written to JSON; None where something is not known
BARS: Final = 64  # of a histogram, at most


def values_of(
    annotation: Annotation, frame: Frame, voi: Voi | None = None, *, inverted: bool = False
) -> Values:
    """What an annotation measures.

    | kind | values |
    |---|---|
    | length | length, unit, spacing, length_px (between its ends, in stored pixels) |
    | angle, cobb | angle, unit |
    | rectangle, ellipse, freehand | mean, sd, min, max, histogram, unit, of |
    | these three, too | pixels, left_out (pixels of padding), area, area_unit, spacing, beside |
    | probe | stored, value, unit, of, displayed, column, row, padding |
    | arrow | text |
    | point | number, column, row |

    All of a region is of the part that lies on the film; `beside` says that some of it does not.
    `of` says what the numbers are: "stored values", "modality values" (rescaled) or "luminance".

    Args:
        annotation: Its points may lie beside the film.
        frame: What it lies on.
        voi: What the film is shown with; without it a probe does not know the displayed value.
        inverted: Whether the reader has swapped black and white.
    """
    kind = annotation.kind
    if kind == "length":
        return _length(annotation, frame)
    if kind in {"angle", "cobb"}:
        shape = shape_of(annotation, frame.header.pixel_aspect)
        return {"angle": shape.angle() if kind == "angle" else shape.cobb(), "unit": "°"}
    if kind in ROIS:
        return _region(annotation, frame)
    if kind == "probe":
        return _probe(annotation, frame, voi, inverted=inverted)
    if kind == "arrow":
        return {"text": annotation.text}
    column, row = annotation.points[0]
    return {"number": annotation.number, "column": column, "row": row}


# ---------------------------------------------------------------------- lengths and areas


def _length(annotation: Annotation, frame: Frame) -> Values:
    spacing = frame.header.spacing
    length = shape_of(annotation, frame.header.pixel_aspect).length()
    return {
        "length": length * (spacing.row_mm if spacing else 1.0),
        "unit": "mm" if spacing else "px",
        "spacing": spacing.kind if spacing else None,
        "length_px": math.dist(*annotation.points),
    }


def _area(annotation: Annotation, frame: Frame) -> Values:
    (rows, columns), spacing = frame.values.shape, frame.header.spacing
    points = shape_of(annotation).points
    pixel = spacing.row_mm * spacing.column_mm if spacing else 1.0
    return {
        "area": area_on(annotation.kind, points, rows, columns) * pixel,
        "area_unit": "mm²" if spacing else "px",
        "spacing": spacing.kind if spacing else None,
        "beside": lies_beside(points, rows, columns),
    }


# ----------------------------------------------------------------------------- statistics


def _region(annotation: Annotation, frame: Frame) -> Values:
    inside, left_out = _inside(annotation, frame)
    figures: Values = {"pixels": inside.size, "left_out": left_out}
    figures |= dict.fromkeys(("mean", "sd", "min", "max", "histogram"))
    if inside.size:
        mean = float(inside.mean())
        apart = inside - mean
        figures |= {
            "mean": mean,
            "sd": math.sqrt(float(apart @ apart) / inside.size),
            "min": float(inside.min()),
            "max": float(inside.max()),
            "histogram": _histogram(inside),
        }
    return figures | _area(annotation, frame) | _meaning(frame)


def _inside(annotation: Annotation, frame: Frame) -> tuple[Doubles, int]:
    """The values within an outline, and how many pixels of padding lie there."""
    rows, columns = frame.values.shape
    points = shape_of(annotation).points
    spans = list(spans_of(annotation.kind, points, rows, columns))
    if not spans:
        return np.empty(0, np.float64), 0
    values = _joined(_exact(frame), spans).astype(np.float64, copy=False)
    if frame.valid is None:
        return values, 0
    valid = _joined(frame.valid, spans)
    return values[valid], int(values.size - np.count_nonzero(valid))


def _joined(pixels: NDArray[Any], spans: list[slice]) -> NDArray[Any]:
    flat = pixels.reshape(-1)
    return np.concatenate([flat[span] for span in spans])


def _histogram(values: Doubles) -> Values:
    """How many pixels lie in each bar from `low` to `high`; bars of whole numbers are whole."""
    low, high = float(values.min()), float(values.max())
    if np.array_equal(values, np.rint(values)):
        width = max(math.ceil((high - low + 1) / BARS), 1)
        bars = math.ceil((high - low + 1) / width)
        low, high = low - 0.5, low - 0.5 + bars * width
    else:  # they differ, or are all the same fraction
        bars = BARS if high > low else 1
        high = high if high > low else low + 1.0
    places = ((values - low) * (bars / (high - low))).astype(np.intp)
    counts = np.bincount(np.minimum(places, bars - 1), minlength=bars)
    return {"low": low, "high": high, "counts": counts.tolist()}


def _meaning(frame: Frame) -> Values:
    """What the numbers are."""
    if frame.colour is not None:
        return {"of": "luminance", "unit": ""}
    stored = frame.image.format != "DICOM" or frame.header.rescale == (1.0, 0.0)
    return {"of": "stored values" if stored else "modality values", "unit": frame.header.unit}


def _exact(frame: Frame) -> NDArray[Any]:
    return frame.values if frame.exact is None else frame.exact


# ---------------------------------------------------------------------------------- probe


def _probe(annotation: Annotation, frame: Frame, voi: Voi | None, *, inverted: bool) -> Values:
    x, y = annotation.points[0]
    row, column = math.floor(y), math.floor(x)
    place: Values = {"column": column, "row": row, **_meaning(frame)}
    rows, columns = frame.values.shape
    if not (0 <= row < rows and 0 <= column < columns):
        return place | dict.fromkeys(("stored", "value", "displayed", "padding"))
    grey = None
    if voi is not None and frame.colour is None:
        swapped = frame.image.inverted != inverted
        grey = int(apply_voi(frame.values[row : row + 1, column], voi, swapped)[0])
    return place | {
        "stored": _stored(frame, row, column),
        "value": float(_exact(frame)[row, column]),
        "displayed": grey,
        "padding": frame.valid is not None and not frame.valid[row, column],
    }


def _stored(frame: Frame, row: int, column: int) -> int | float | list[int] | None:
    """What the file holds: the inverse of the rescale where that is exact; red, green, blue.

    None where a Modality LUT stands between, and where rounding has lost which number it was.
    """
    if frame.colour is not None:
        return [int(part) for part in frame.colour[row, column]]
    value = float(_exact(frame)[row, column])
    rescale = frame.header.rescale
    if frame.image.format != "DICOM" or rescale == (1.0, 0.0):
        return int(value) if value.is_integer() else value
    if rescale is None:
        return None
    slope, intercept = rescale
    stored = round((value - intercept) / slope)
    largest = max(abs(value), abs(intercept), abs(stored * slope))
    rounding = float(np.finfo(_exact(frame).dtype).eps) * 2 * largest
    sure = rounding < abs(slope) / 2 and abs(stored * slope + intercept - value) <= rounding
    return stored if sure else None
