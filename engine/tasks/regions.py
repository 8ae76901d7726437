"""From probabilities on a grid to regions: outlines, areas, and labels of stored pixels."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.types import Box, Doubles, Floats, Region, RegionRule, Spacing, TaskAnswer

# Coordinates are stored pixels as in `engine.types.tasks`: x to the right, y downwards. A grid's
# values lie in the middles of its cells and are taken as linear between them; beyond the outermost
# middles they stay as they are there.

Labels = NDArray[np.uint8]
_LEAST_ODDS = 1e-6  # of a probability, so that its logarithm is a number


def regions_of(answer: TaskAnswer, cut: float, spacing: Spacing | None) -> tuple[Region, ...]:
    """The regions of a grid at a cut, the most probable first.

    Args:
        answer: With maps, their edges and the rule.
        cut: Least probability of a place within, above 0 and below 1.
        spacing: Of the film's stored pixels; None where nobody says. An area in mm² is told where
            it is that of the patient, and not of the detector before him.
    """
    rule, maps = answer.rule, answer.maps
    if rule is None or maps is None or answer.row_edges is None or answer.column_edges is None:
        return ()
    film = float(np.ptp(answer.row_edges) * np.ptp(answer.column_edges))
    square = spacing.row_mm * spacing.column_mm if spacing and spacing.is_true else None
    found = []
    for label, values in enumerate(_by_class(maps, cut), start=1):
        for shape in _shapes(values, cut, answer.row_edges, answer.column_edges):
            area = abs(sum(map(_signed_area, shape.outlines)))
            if not shape.outlines or area < rule.smallest * film or area <= 0:
                continue
            region = Region(
                label=rule.classes[label],
                probability=probability_of(rule, shape.peak, area / film),
                box=_box(shape.outlines),
                outlines=shape.outlines,
                area_px=area,
                area_mm2=None if square is None else area * square,
            )
            found.append(region)
    return tuple(sorted(found, key=lambda one: (-one.probability, -(one.area_px or 0.0))))


def probability_of(rule: RegionRule, peak: float, share: float) -> float:
    """That a region is there, of the probability of its surest cell and its share of the film."""
    if rule.odds is None:
        return peak
    start, by_peak, by_share = rule.odds
    score = start + by_peak * log_odds_of(peak) + by_share * np.log(share)
    return float(0.5 * (1 + np.tanh(score / 2)))


def log_odds_of(probability: float) -> float:
    """Finite also of 0 and 1."""
    kept = min(max(probability, _LEAST_ODDS), 1 - _LEAST_ODDS)
    return float(np.log(kept / (1 - kept)))


def labels_on(
    maps: Floats, shape: tuple[int, int], *, cut: float, smallest: float = 0.0
) -> Labels:
    """The class (R, C) of every stored pixel of a film that a grid covers.

    Args:
        maps: (K, rows, columns) probabilities.
        shape: Stored rows and columns.
        cut: Least probability of a pixel within.
        smallest: Share of the film's area below which a part that hangs together is dropped.
    """
    inside = np.zeros(shape, np.uint8)
    largest = np.full(shape, np.float32(cut), np.float32)
    for label, values in enumerate(maps[1:], start=1):
        full = on_pixels(values, shape)
        above = full >= largest
        inside[above] = label
        largest = np.maximum(largest, full)
    return _without_small(inside, smallest * shape[0] * shape[1])


def class_numbers_of(answer: TaskAnswer) -> Labels:
    """The class (R, C) of every stored pixel of a film, at the cut of its answer.

    Raises:
        ValueError: The answer has no grid.
    """
    rows, columns, rule = answer.row_edges, answer.column_edges, answer.rule
    if answer.maps is None or rows is None or columns is None or rule is None:
        raise ValueError("an answer without a grid has no class for every pixel")
    shape = (round(float(rows[-1])), round(float(columns[-1])))
    return labels_on(answer.maps, shape, cut=answer.cut or 0.5, smallest=rule.smallest)


def on_pixels(values: Floats, shape: tuple[int, int]) -> Floats:
    """Values of a grid (rows, columns) in the middles of stored pixels (R, C)."""
    rows, columns = _weights(values.shape[0], shape[0]), _weights(values.shape[1], shape[1])
    return np.asarray(rows @ values.astype(np.float32) @ columns.T)


def components(inside: NDArray[np.bool_]) -> tuple[NDArray[np.int32], int]:
    """Parts (R, C) that hang together by their sides, counted from 1, and how many there are."""
    from scipy import ndimage  # noqa: PLC0415 - a fifth of a second, and not every model needs it

    numbers, count = ndimage.label(inside)
    return numbers, int(count)


def _without_small(inside: Labels, least: float) -> Labels:
    if least <= 1:
        return inside
    kept = inside.copy()
    for label in np.unique(inside[inside > 0]):
        numbers, count = components(inside == label)
        sizes = np.bincount(numbers.ravel(), minlength=count + 1)
        sizes[0] = np.iinfo(np.int64).max
        kept[(sizes < least)[numbers]] = 0
    return kept


def _weights(cells: int, pixels: int) -> Floats:
    """(pixels, cells) how much each cell counts in the middle of each pixel."""
    places = (np.arange(pixels) + 0.5) * cells / pixels - 0.5
    places = np.clip(places, 0.0, cells - 1.0)
    first = np.minimum(places.astype(np.intp), max(cells - 2, 0))
    weights = np.zeros((pixels, cells), np.float32)
    at = np.arange(pixels)
    share = (places - first).astype(np.float32)
    weights[at, first] = 1 - share
    weights[at, np.minimum(first + 1, cells - 1)] += share
    return weights


def _by_class(maps: Floats, cut: float) -> Iterator[Floats]:
    """Probabilities (R, C) of each class but the first, below the cut where another is larger."""
    others = maps[1:]
    if len(others) == 1:
        yield others[0]
        return
    best = others.argmax(axis=0)
    below = np.nextafter(np.float32(cut), np.float32(0))
    for place, values in enumerate(others):
        yield np.where(best == place, values, np.minimum(values, below))


# -------------------------------------------------------------------------------- outlines
# Marching squares (Lorensen and Cline 1987, in two dimensions). Two squares that touch at a corner
# only are apart, as they are for `components`.

_SIDES = {  # where the outline enters and leaves a square of these corners within
    1: ((3, 0),), 2: ((0, 1),), 4: ((1, 2),), 8: ((2, 3),),
    3: ((3, 1),), 6: ((0, 2),), 12: ((1, 3),), 9: ((2, 0),),
    7: ((3, 2),), 14: ((0, 3),), 13: ((1, 0),), 11: ((2, 1),),
    5: ((3, 0), (1, 2)), 10: ((0, 1), (2, 3)),
}  # fmt: skip


class _Shape:
    """A part that hangs together: its outlines, and the value of its most probable cell."""

    __slots__ = ("outlines", "peak")

    def __init__(self, peak: float) -> None:
        self.peak = peak
        self.outlines: tuple[Doubles, ...] = ()


def _shapes(values: Floats, cut: float, row_edges: Doubles, column_edges: Doubles) -> list[_Shape]:
    numbers, count = components(values >= cut)
    if not count:
        return []
    peaks = np.zeros(count + 1)
    np.maximum.at(peaks, numbers.ravel(), values.ravel().astype(float))
    shapes = [_Shape(float(peak)) for peak in peaks[1:]]
    for line, (row, column) in _contours(values, cut, row_edges, column_edges):
        shape = shapes[numbers[row, column] - 1]
        shape.outlines = (*shape.outlines, line)
    return shapes


def _contours(
    values: Floats, cut: float, row_edges: Doubles, column_edges: Doubles
) -> Iterator[tuple[Doubles, tuple[int, int]]]:
    """Closed lines (P, 2) of x and y around what reaches the cut, and a cell within each."""
    # Once more along the film's edge with the same value, and there once more with none: so an
    # outline that reaches the edge follows it.
    framed = np.pad(np.pad(values.astype(float), 1, mode="edge"), 1, constant_values=-1.0)
    y, x = _framed(row_edges), _framed(column_edges)
    width = framed.shape[1]
    within = framed >= cut
    corners = within[:-1, :-1] + 2 * within[:-1, 1:] + 4 * within[1:, 1:] + 8 * within[1:, :-1]
    follow = dict(_steps(corners, width, framed.size))
    while follow:
        start, side = next(iter(follow.items()))
        sides = [start]
        del follow[start]
        while side != start:
            sides.append(side)
            side = follow.pop(side)
        yield _line(np.array(sides), framed, cut, x=x, y=y)


def _steps(corners: NDArray[np.intp], width: int, size: int) -> Iterator[tuple[int, int]]:
    """From the side by which an outline enters a square to that by which it leaves it.

    A side is numbered by the value at its upper or left end, those downwards behind the others.
    """
    for code, pairs in _SIDES.items():
        rows, columns = np.nonzero(corners == code)
        at = rows * width + columns
        sides = (at, size + at + 1, at + width, size + at)  # above, right, below, left
        for enters, leaves in pairs:
            yield from zip(sides[enters].tolist(), sides[leaves].tolist(), strict=True)


def _line(
    sides: NDArray[np.intp], framed: Doubles, cut: float, *, x: Doubles, y: Doubles
) -> tuple[Doubles, tuple[int, int]]:
    size, width = framed.size, framed.shape[1]
    down = sides >= size
    first = np.where(down, sides - size, sides)
    second = np.where(down, first + width, first + 1)
    flat = framed.ravel()
    share = (cut - flat[first]) / (flat[second] - flat[first])
    ends = [np.divmod(place, width) for place in (first, second)]
    points = [np.stack((x[columns], y[rows]), axis=1) for rows, columns in ends]
    line = points[0] + share[:, None] * (points[1] - points[0])
    inner = int(first[0] if flat[first[0]] >= cut else second[0])
    row, column = divmod(inner, width)
    rows, columns = framed.shape[0] - 4, width - 4
    return line, (min(max(row - 2, 0), rows - 1), min(max(column - 2, 0), columns - 1))


def _framed(edges: Doubles) -> Doubles:
    middles = (edges[:-1] + edges[1:]) / 2
    return np.concatenate((edges[:1], edges[:1], middles, edges[-1:], edges[-1:]))


def _signed_area(line: Doubles) -> float:
    x, y = line[:, 0], line[:, 1]
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)


def _box(outlines: tuple[Doubles, ...]) -> Box:
    points = np.concatenate(outlines)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)
