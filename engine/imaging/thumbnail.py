import numpy as np

from engine.imaging.voi import apply_voi, default_voi
from engine.types import Bytes, Floats, Frame

_HALF = 0.5


def thumbnail(frame: Frame, size: int) -> Bytes:
    """Return the frame as it first appears on screen, small.

    Args:
        frame: Grey or colour; of colour the luminance is shown.
        size: Pixels of the longest side; the aspect of the stored grid is kept.

    Returns:
        (h, w) uint8, each pixel the mean of the stored pixels that it covers; padding is black.
    """
    rows, columns = frame.values.shape
    scale = max(size, 1) / max(rows, columns)
    height, width = max(round(rows * scale), 1), max(round(columns * scale), 1)

    # Along the rows first: memory is walked in its order, six times as fast.
    def shrunk(values: Floats) -> Floats:
        return _shrink(_shrink(values, width, axis=1), height, axis=0)

    voi, inverted = default_voi(frame), frame.image.inverted
    if frame.valid is None:
        return apply_voi(shrunk(frame.values), voi, inverted)
    weights = frame.valid.astype(np.float32)
    share = shrunk(weights)  # of each pixel that is image
    small = shrunk(np.where(frame.valid, frame.values, np.float32(0)))
    small /= np.maximum(share, np.float32(1e-6))
    shades = apply_voi(small, voi, inverted)
    shades[share < _HALF] = 0
    return shades


def _shrink(values: Floats, count: int, *, axis: int) -> Floats:
    """Average neighbours along an axis into `count` values; repeat where there are fewer."""
    size = values.shape[axis]
    edges = np.arange(count + 1) * size // count
    if count >= size:
        return np.asarray(values.take(edges[:-1], axis=axis), np.float32)
    sums: Floats = np.add.reduceat(values, edges[:-1], axis=axis, dtype=np.float32)
    lengths = np.diff(edges).astype(np.float32)
    sums /= lengths if axis else lengths[:, None]
    return sums
