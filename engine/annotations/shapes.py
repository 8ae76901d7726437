"""Kinds of annotations, and their geometry in stored pixels and in true shape."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

AnnotationKind = Literal[
    "length",
    "angle",
    "cobb",
    "rectangle",
    "ellipse",
    "freehand",
    "probe",
    "arrow",
    "point",
]
Places = tuple[tuple[float, float], ...]
_Doubles = NDArray[np.float64]

# How many points a kind has; None: three or more.
KINDS: Final = MappingProxyType[AnnotationKind, int | None](
    {
        "length": 2,
        "angle": 3,
        "cobb": 4,
        "rectangle": 2,
        "ellipse": 2,
        "freehand": None,
        "probe": 1,
        "arrow": 2,
        "point": 1,
    }
)
ROIS: Final[frozenset[AnnotationKind]] = frozenset({"rectangle", "ellipse", "freehand"})

_TOUCHES: Final = 1e-9  # pixels by which a middle that lies on an outline may miss it by rounding
_ALONG: Final = math.sin(math.radians(75))  # of Cobb: beyond it a line runs along the spine
_MOST: Final = 1e7  # columns and rows: larger numbers are no places on a film


@dataclass(frozen=True, slots=True)
class Annotation:
    """One thing that a reader drew on a film.

    Attributes:
        id: Its own, the same after it was moved or renamed.
        points: Columns and rows of the stored image. Angle: an end, the vertex, the other end;
            Cobb: two lines; rectangle and ellipse: opposite corners; arrow: its tip, its tail.
        name: By the reader; empty where he gave none, and it is called by kind and number.
        text: Of an arrow.
        made: When, in UTC (`engine.records.moment`).
        number: Among those of its kind on its film, from 1.

    Raises:
        ValueError: The points are not as many as the kind has, or not finite.
    """

    id: str
    kind: AnnotationKind
    points: Places
    name: str = ""
    text: str = ""
    made: str = ""
    number: int = 1

    def __post_init__(self) -> None:
        """Check the points; whatever reads annotations from elsewhere relies on it."""
        if self.kind not in KINDS:
            raise ValueError(f"no kind of annotation: {self.kind}")
        wanted = KINDS[self.kind]
        if len(self.points) != wanted and (wanted is not None or len(self.points) < 3):
            raise ValueError(f"{self.kind} of {len(self.points)} points")
        if not all(abs(part) <= _MOST for point in self.points for part in point):
            raise ValueError(f"{self.kind} beyond any film")  # nan, too


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of an annotation where pixels may be wider than high.

    Attributes:
        points: (n, 2) columns and rows.
        aspect: Width over height of a pixel.
    """

    points: _Doubles
    aspect: float = 1.0

    @property
    def true(self) -> _Doubles:
        """(n, 2) in heights of a pixel along both axes: the shape as it is."""
        return self.points * (self.aspect, 1.0)

    def length(self) -> float:
        """From the first point to the second, in heights of a pixel."""
        across, down = self.true[1] - self.true[0]
        return math.hypot(across, down)

    def angle(self) -> float | None:
        """Degrees at the second of three points, 0 to 180; None where an arm has no length."""
        first, vertex, last = self.true
        return _between(first - vertex, last - vertex)

    def cobb(self) -> float | None:
        """Degrees between two lines, 0 to 180; None where one has no length.

        How far one is tilted against the other, each against what crosses the way from the
        middle of the first to the middle of the second: so an angle of more than 90° is not
        taken for its supplement. Lines that both run along that way enclose the smaller angle.
        """
        one, two = self.true[1] - self.true[0], self.true[3] - self.true[2]
        way = (self.true[2] + self.true[3] - self.true[0] - self.true[1]) / 2
        ends = [math.hypot(*each) for each in (one, two, way)]
        if not ends[0] or not ends[1]:
            return None
        smaller = _smaller(_between(one, two))
        if not ends[2]:
            return smaller
        along = [
            abs(np.dot(each, way)) / (end * ends[2])
            for each, end in zip((one, two), ends, strict=False)
        ]
        if min(along) > _ALONG:
            return smaller
        one, two = (each if _cross(way, each) >= 0 else -each for each in (one, two))
        return _between(one, two)


def shape_of(annotation: Annotation, aspect: float = 1.0) -> Shape:
    """The shape of an annotation on pixels of an aspect."""
    return Shape(np.array(annotation.points, np.float64), aspect)


def _cross(one: _Doubles, two: _Doubles) -> float:
    return float(one[0] * two[1] - one[1] * two[0])


def _between(one: _Doubles, two: _Doubles) -> float | None:
    if not one.any() or not two.any():
        return None
    return math.degrees(math.atan2(abs(_cross(one, two)), float(np.dot(one, two))))


def _smaller(angle: float | None) -> float | None:
    return None if angle is None else min(angle, 180 - angle)


# -------------------------------------------------------------------- outlines of regions


def lies_beside(points: _Doubles, rows: int, columns: int) -> bool:
    """Whether some of an outline lies beside a film of this size."""
    low, high = points.min(axis=0), points.max(axis=0)
    return bool((low < -_TOUCHES).any() or (high > np.array((columns, rows)) + _TOUCHES).any())


def area_on(kind: AnnotationKind, points: _Doubles, rows: int, columns: int) -> float:
    """Area within an outline in pixels, of the part that lies on a film of this size."""
    if not lies_beside(points, rows, columns):
        return area_of(kind, points)
    size = np.array((columns, rows), np.float64)
    if kind == "freehand":
        for axis in (0, 1):
            points = _clipped(points, axis, 0.0, above=True)
            points = _clipped(points, axis, size[axis], above=False)
        return _polygon_area(points) if len(points) > 2 else 0.0
    low, high = points.min(axis=0), points.max(axis=0)
    if kind == "rectangle":
        return float(np.prod(np.maximum(np.minimum(high, size) - np.maximum(low, 0.0), 0.0)))
    middle, half = (low + high) / 2, (high - low) / 2
    if not half.all():
        return 0.0
    return float(np.prod(half)) * _disc_area(-middle / half, (size - middle) / half)


def area_of(kind: AnnotationKind, points: _Doubles) -> float:
    """Area within an outline in pixels, as drawn; where it crosses itself, of its odd parts."""
    if kind == "freehand":
        return _polygon_area(points)
    width, height = np.abs(points[1] - points[0])
    return float(width * height * (math.pi / 4 if kind == "ellipse" else 1.0))


def spans_of(kind: AnnotationKind, points: _Doubles, rows: int, columns: int) -> Iterator[slice]:
    """The pixels whose middle lies within an outline, as slices of the film's pixels in order.

    Middles on an outline are inside of a rectangle and an ellipse.
    """
    top, bottom = points[:, 1].min(), points[:, 1].max()
    first = max(math.ceil(top - 0.5 - _TOUCHES), 0)
    last = min(math.floor(bottom - 0.5 + _TOUCHES), rows - 1)
    for row in range(first, last + 1):
        for left, right in _across(kind, points, row + 0.5):
            start = max(math.ceil(left - 0.5 - _TOUCHES), 0)
            end = min(math.floor(right - 0.5 + _TOUCHES) + 1, columns)
            if start < end:
                yield slice(row * columns + start, row * columns + end)


def _across(kind: AnnotationKind, points: _Doubles, y: float) -> Iterator[tuple[float, float]]:
    """Where a level line runs within an outline: from column to column."""
    if kind == "freehand":
        yield from _polygon_across(points, y)
        return
    low, high = points.min(axis=0), points.max(axis=0)
    if kind == "rectangle":
        yield float(low[0]), float(high[0])
        return
    middle, half = (low + high) / 2, (high - low) / 2
    share = 1 - ((y - middle[1]) / half[1]) ** 2 if half[1] else 0.0
    if share > -_TOUCHES:
        reach = float(half[0] * math.sqrt(max(share, 0.0)))
        yield float(middle[0] - reach), float(middle[0] + reach)


def _polygon_across(points: _Doubles, y: float) -> Iterator[tuple[float, float]]:
    x_from, y_from = points.T
    x_to, y_to = np.roll(points, -1, axis=0).T
    crosses = (y_from <= y) != (y_to <= y)
    share = (y - y_from[crosses]) / (y_to[crosses] - y_from[crosses])
    places = np.sort(x_from[crosses] + share * (x_to[crosses] - x_from[crosses]))
    yield from ((float(left), float(right)) for left, right in places.reshape(-1, 2))


def _polygon_area(points: _Doubles) -> float:
    """By bands between the heights of its corners and crossings: there its width is linear."""
    heights = np.unique(np.concatenate([points[:, 1], _crossings(points)]))
    area = 0.0
    for top, bottom in pairwise(heights):
        widths = _polygon_across(points, float(top + bottom) / 2)
        area += float(bottom - top) * sum(right - left for left, right in widths)
    return area


def _crossings(points: _Doubles) -> _Doubles:
    """Heights at which sides of a polygon cross each other."""
    sides = np.roll(points, -1, axis=0) - points
    heights = []
    for number, side in enumerate(sides[:-1]):
        apart = points[number + 1 :] - points[number]
        others = sides[number + 1 :]
        turn = side[0] * others[:, 1] - side[1] * others[:, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            on_it = (apart[:, 0] * others[:, 1] - apart[:, 1] * others[:, 0]) / turn
            on_other = (apart[:, 0] * side[1] - apart[:, 1] * side[0]) / turn
        meets = (turn != 0) & (on_it > 0) & (on_it < 1) & (on_other > 0) & (on_other < 1)
        heights.append(points[number, 1] + on_it[meets] * side[1])
    return np.concatenate(heights)


# ----------------------------------------------------------------------- parts of regions


def _clipped(points: _Doubles, axis: int, limit: float, *, above: bool) -> _Doubles:
    """A polygon cut along a line (Sutherland and Hodgman): what is not beyond it.

    What lay beyond is laid along the line, where it has no area; so outlines that cross
    themselves keep theirs.

    Args:
        points: (n, 2).
        axis: 0 cuts at a column, 1 at a row.
        limit: That column or row.
        above: Whether larger numbers are kept, or smaller ones.
    """
    kept: list[_Doubles] = []
    for here, there in zip(points, np.roll(points, -1, axis=0), strict=True):
        inside, follows = (
            (one[axis] >= limit) == above or one[axis] == limit for one in (here, there)
        )
        if inside:
            kept.append(here)
        if inside != follows:
            share = (limit - here[axis]) / (there[axis] - here[axis])
            cut = here + share * (there - here)
            cut[axis] = limit
            kept.append(cut)
    return np.array(kept, np.float64).reshape(-1, 2)


def _disc_area(low: _Doubles, high: _Doubles) -> float:
    """Area of the part of the disc of radius 1 about 0 that lies between two corners.

    By bands between the heights at which the sides meet the circle: within one, either a side
    or the circle bounds it on the left, and on the right.
    """
    top, bottom = max(float(low[1]), -1.0), min(float(high[1]), 1.0)
    left, right = max(float(low[0]), -1.0), min(float(high[0]), 1.0)
    if top >= bottom or left >= right:
        return 0.0
    meets = [sign * math.sqrt(1 - side * side) for side in (left, right) for sign in (-1, 1)]
    heights = sorted({top, bottom, *(one for one in meets if top < one < bottom)})
    area = 0.0
    for start, end in pairwise(heights):
        reach = math.sqrt(max(1 - ((start + end) / 2) ** 2, 0.0))
        if left >= reach or right <= -reach:
            continue
        half = _under_circle(end) - _under_circle(start)
        area += right * (end - start) if right < reach else half
        area -= left * (end - start) if left > -reach else -half
    return area


def _under_circle(height: float) -> float:
    """Integral of the half width of the disc of radius 1 from 0 to a height."""
    height = min(max(height, -1.0), 1.0)
    return (height * math.sqrt(1 - height * height) + math.asin(height)) / 2
