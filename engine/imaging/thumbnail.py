import numpy as np

from engine.imaging.voi import apply_voi, default_voi
from engine.types import Bytes, Floats, Frame


def thumbnail(frame: Frame, size: int) -> Bytes:
    """Return the frame as it first appears on screen, small.

    Args:
        frame: Grey or colour; of colour the luminance is shown.
        size: Pixels of the longest side; the aspect of the stored grid is kept.

    Returns:
        (h, w) uint8, each pixel the mean of the stored pixels that it covers.
    """
    rows, columns = frame.values.shape
    scale = max(size, 1) / max(rows, columns)
    height, width = max(round(rows * scale), 1), max(round(columns * scale), 1)
    small = _shrink(_shrink(frame.values, height).T, width).T
    return apply_voi(small, default_voi(frame), frame.image.inverted)


def _shrink(values: Floats, count: int) -> Floats:
    """Average neighbouring rows into `count` rows; repeat rows where there are fewer."""
    rows = values.shape[0]
    edges = np.arange(count + 1) * rows // count
    if count >= rows:
        return values[edges[:-1]]
    sums = np.add.reduceat(values, edges[:-1], axis=0)
    return np.asarray(sums / np.diff(edges)[:, None], np.float32)
