"""Where words may lie on a film: its black border is free, anatomy and burned-in letters are not.

Both are looked for with care and without certainty. A border that is missed costs a plate that
lies over anatomy, as all of them did before; a letter that is missed is covered as before. What
is shown and measured never depends on either.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from engine.types import Booleans, Floats, Frame

_CELLS: Final = 192  # at most so many samples along a side tell border from anatomy
_SIGNS: Final = 640  # at most so many samples along a side tell letters
_DARK: Final = 0.06  # of the film's range: noise of air and of collimated edges stays below
_ENDS: Final = (0.005, 0.995)  # between these shares of all values lies the film's range
_STROKE: Final = 0.85  # of the brightest value, above which a burned-in letter lies
_STEP: Final = 0.25  # of the range, between samples next to each other: no tissue is so sharp
_TILE: Final = 8  # samples along a side of what is looked at together
_SHARP: Final = 3  # steps at least in a tile of a letter
_FULL: Final = 0.7  # of a tile at most is white: more is a plate, a label or a burnt corner
_LARGEST: Final = 0.2  # of a side: no letter is larger; collimators and wires are
_CORNER: Final = 0.3  # of a side: signs are put where nothing else is
_MANY: Final = 40  # groups of tiles beyond which a film is sharp everywhere


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What a film has where words might lie.

    Attributes:
        sums: (r + 1, c + 1) how many cells above and left of a corner are anatomy.
        cell: Stored rows and columns of a cell.
        signs: Stored areas of burned-in letters.
    """

    sums: NDArray[np.float64]
    cell: tuple[float, float]
    signs: tuple[QRectF, ...] = ()

    def anatomy(self, area: QRectF) -> float:
        """The share of a stored area that is anatomy; what lies beside the film is none."""
        if area.isEmpty():
            return 0.0
        rows, columns = (count - 1 for count in self.sums.shape)
        down, across = self.cell
        top, bottom = (_place(edge / down, rows) for edge in (area.top(), area.bottom()))
        left, right = (_place(edge / across, columns) for edge in (area.left(), area.right()))
        sums = self.sums
        found = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return float(found) * down * across / (area.width() * area.height())

    def has_sign(self, area: QRectF) -> bool:
        """Whether burned-in letters lie in a stored area."""
        return any(sign.intersects(area) for sign in self.signs)


BARE: Final = Ground(np.zeros((2, 2)), (1.0, 1.0))  # nothing is known, everything is free


def ground_of(frame: Frame) -> Ground:
    """Look for the border and the letters of a frame; some milliseconds."""
    rows, columns = frame.values.shape
    step = max(-(-max(rows, columns) // _CELLS), 1)
    shades, valid = _shades(frame, step)
    anatomy = ~_border(shades, valid)
    sums = np.zeros((anatomy.shape[0] + 1, anatomy.shape[1] + 1))
    sums[1:, 1:] = anatomy.cumsum(axis=0).cumsum(axis=1)
    return Ground(sums, (float(step), float(step)), _signs(frame))


def _place(edge: float, count: int) -> int:
    return int(min(max(round(edge), 0), count))


def _shades(frame: Frame, step: int) -> tuple[Floats, Booleans]:
    """Every n-th value as 0 dark … 1 bright, and which of them are image and not padding."""
    values = frame.values[::step, ::step]
    valid = np.ones(values.shape, np.bool_) if frame.valid is None else frame.valid[::step, ::step]
    inside = values[valid]
    if not inside.size:
        return np.zeros(values.shape, np.float32), valid
    ends = [round(share * (inside.size - 1)) for share in _ENDS]
    low, high = (float(end) for end in np.partition(inside, ends)[ends])
    if high <= low:
        return np.ones(values.shape, np.float32), valid
    shades = (values - np.float32(low)) / np.float32(high - low)
    return (1 - shades if frame.image.inverted else shades), valid


def _border(shades: Floats, valid: Booleans) -> Booleans:
    """What is dark, or padding, without a break from an edge of the film."""
    dark = (shades < _DARK) | ~valid
    found = np.zeros(dark.shape, np.bool_)
    for axis in (0, 1):
        found |= np.logical_and.accumulate(dark, axis=axis)
        found |= np.flip(np.logical_and.accumulate(np.flip(dark, axis), axis=axis), axis)
    return found


def _signs(frame: Frame) -> tuple[QRectF, ...]:
    """Stored areas of white, small and sharp things near the corners, and a little around them."""
    step = max(-(-max(frame.values.shape) // _SIGNS), 1)
    shades, valid = _shades(frame, step)
    tiles, ups, downs = _sharp_tiles(np.where(valid, shades, np.float32(0)))
    groups = _groups(tiles)
    if len(groups) > _MANY:
        return ()
    size, (rows, columns) = float(step * _TILE), frame.values.shape
    found = []
    for group in groups:
        across, down = sorted({column for _, column in group}), sorted({row for row, _ in group})
        box = QRectF(
            across[0] * size,
            down[0] * size,
            (across[-1] - across[0] + 1) * size,
            (down[-1] - down[0] + 1) * size,
        )
        places = tuple(np.transpose(group))
        # A stroke has two sides: what becomes white becomes dark again. An edge has one.
        stroked = np.minimum(ups[:, *places].sum(axis=1), downs[:, *places].sum(axis=1)).max()
        if stroked >= _SHARP and _is_sign(box, rows, columns):
            found.append(box.adjusted(-size / 2, -size / 2, size / 2, size / 2))
    return tuple(found)


def _is_sign(box: QRectF, rows: int, columns: int) -> bool:
    small = box.width() <= _LARGEST * columns and box.height() <= _LARGEST * rows
    across, down = box.center().x() / columns, box.center().y() / rows
    return small and min(across, 1 - across) < _CORNER and min(down, 1 - down) < _CORNER


def _sharp_tiles(shades: Floats) -> tuple[Booleans, NDArray[np.int64], NDArray[np.int64]]:
    """Which tiles hold white strokes with sharp edges, and much that is not white.

    Returns:
        The tiles; for both axes how many steps of each tile become white, and become dark.
    """
    white = shades > _STROKE * max(float(shades.max()), 1.0)
    ups, downs = [], []
    for axis in (0, 1):
        steps = np.diff(shades, axis=axis, append=shades.take([-1], axis=axis))
        after = np.roll(white, -1, axis)
        ups.append(_counted((steps > _STEP) & after))
        downs.append(_counted((steps < -_STEP) & white))
    sharp = np.sum(ups, axis=0) + np.sum(downs, axis=0)
    tiles = (sharp >= _SHARP) & (_counted(white) < _FULL * _TILE * _TILE)
    return tiles, np.stack(ups), np.stack(downs)


def _counted(marks: Booleans) -> NDArray[np.int64]:
    """How many of each tile are marked; a part of a tile at the end is left out."""
    rows, columns = (size // _TILE for size in marks.shape)
    whole = marks[: rows * _TILE, : columns * _TILE]
    counted: NDArray[np.int64] = whole.reshape(rows, _TILE, columns, _TILE).sum(axis=(1, 3))
    return counted


def _groups(tiles: Booleans) -> list[list[tuple[int, int]]]:
    """Rows and columns of tiles that touch each other; a tile alone is a dot, and no letter."""
    left = {(int(row), int(column)) for row, column in np.argwhere(tiles)}
    groups = []
    while left:
        todo, group = [left.pop()], []
        while todo:
            row, column = todo.pop()
            group.append((row, column))
            near = {(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & left
            left -= near
            todo += near
        if len(group) > 1:
            groups.append(group)
    return groups
