"""How annotations look on the screen: outlines, handles, and plates that cover no outline.

Everything here is in pixels of the body: where a stored place lies there, a `PixelOf` says.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from engine.annotations import AnnotationKind, Places
from viewer.film.marks import INSET, LINE, PADDING, RADIUS, Plate
from viewer.kit import theme
from viewer.kit.canvas import CASING, LINE_WIDTH

PixelOf = Callable[[float, float], QPointF]
Boxes = tuple[QRectF, ...]

BAR: Final = 5.0  # half of the bar at the end of a length
CROSS: Final = (3.0, 9.0)  # of a cross, from its middle: where its lines begin and end
ARC: Final = 18.0  # radius of the arc of an angle, at most
HEAD: Final = 11.0  # of an arrow
HANDLE: Final = 3.5  # half of a handle
NEAR: Final = 6.0  # pixels at which a line is meant
GRIP: Final = 8.0  # and a handle
GAP: Final = 9.0  # between an outline and its plate
STEP: Final = 3.0  # pixels between the samples of an outline
RASTER: Final = 12.0  # pixels between the places that are tried where none nearby is free
MOST_TRIED: Final = 400
DASHES: Final = [3.0, 3.0]
OPEN_FEW: Final = 24  # corners of an outline that have handles


@dataclass(frozen=True, slots=True)
class Drawn:
    """An annotation on the screen.

    Attributes:
        lines: What is stroked.
        dashed: What is stroked in dashes.
        region: Whether the first of the lines goes round something.
        handles: Where it can be taken, in the order of `moved`.
    """

    lines: tuple[tuple[QPointF, ...], ...]
    dashed: tuple[QPointF, ...] = ()
    region: bool = False
    handles: tuple[QPointF, ...] = ()

    def samples(self) -> NDArray[np.float64]:
        """(n, 2) places along all lines, a few pixels apart."""
        found = [_sampled(line) for line in (*self.lines, self.dashed) if line]
        return np.concatenate(found) if found else np.empty((0, 2))

    def holds(self, place: QPointF) -> bool:
        """Whether a place lies within its region."""
        if not self.region:
            return False
        path = _path(self.lines[0])
        path.closeSubpath()
        return path.contains(place)


# ------------------------------------------------------------------------------- outlines


def drawn(kind: AnnotationKind, points: Places, pixel: PixelOf) -> Drawn:
    """How points of a kind look; also of one that is not finished."""
    places = tuple(pixel(column, row) for column, row in points)
    if kind in {"length", "arrow"}:
        more = _bars(*places) if kind == "length" else (_head(*places),)
        return Drawn((places, *more), handles=places)
    if kind == "angle":
        arcs = (_arc(*places),) if len(places) == 3 else ()
        return Drawn((places, *arcs), handles=places)
    if kind == "cobb":
        return _cobb(places)
    if kind in {"rectangle", "ellipse"}:
        return _box(places, ellipse=kind == "ellipse")
    if kind == "freehand":
        few = len(places) <= OPEN_FEW
        return Drawn(((*places, places[0]),), region=True, handles=places if few else ())
    return Drawn(_cross(places[-1]), handles=places)


def handle_points(kind: AnnotationKind, points: Places) -> Places:
    """Where an annotation can be taken, in stored places; as many as `Drawn.handles`."""
    if kind not in {"rectangle", "ellipse"}:
        return points
    (x1, y1), (x2, y2) = points
    if kind == "rectangle":
        return ((x1, y1), (x2, y1), (x2, y2), (x1, y2))
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    return ((x, y1), (x2, y), (x, y2), (x1, y))


def moved(kind: AnnotationKind, points: Places, handle: int, place: tuple[float, float]) -> Places:
    """The points after one handle was taken to a stored place."""
    if kind not in {"rectangle", "ellipse"}:
        return (*points[:handle], place, *points[handle + 1 :])
    (x1, y1), (x2, y2) = points
    x, y = place
    if kind == "rectangle":
        x1, x2 = (x, x2) if handle in {0, 3} else (x1, x)
        y1, y2 = (y, y2) if handle in {0, 1} else (y1, y)
    elif handle in {0, 2}:
        y1, y2 = (y, y2) if handle == 0 else (y1, y)
    else:
        x1, x2 = (x, x2) if handle == 3 else (x1, x)
    return ((x1, y1), (x2, y2))


def _cobb(places: tuple[QPointF, ...]) -> Drawn:
    lines = tuple(places[at : at + 2] for at in range(0, len(places), 2))
    middles = tuple((one + other) / 2 for one, other in lines) if len(places) == 4 else ()
    return Drawn(lines, middles, handles=places)


def _box(places: tuple[QPointF, ...], *, ellipse: bool) -> Drawn:
    box = QRectF(*places).normalized()
    (x1, y1), (x2, y2) = ((place.x(), place.y()) for place in places)
    if not ellipse:
        corners = (QPointF(x1, y1), QPointF(x2, y1), QPointF(x2, y2), QPointF(x1, y2))
        return Drawn(((*corners, corners[0]),), region=True, handles=corners)
    middle, wide, high = box.center(), box.width() / 2, box.height() / 2
    count = max(24, min(round((wide + high) / 2), 180))
    turns = [2 * math.pi * step / count for step in range(count + 1)]
    outline = tuple(
        QPointF(middle.x() + wide * math.cos(turn), middle.y() + high * math.sin(turn))
        for turn in turns
    )
    x, y = middle.x(), middle.y()
    handles = (QPointF(x, y1), QPointF(x2, y), QPointF(x, y2), QPointF(x1, y))
    return Drawn((outline,), region=True, handles=handles)


def _bars(one: QPointF, other: QPointF) -> Iterator[tuple[QPointF, QPointF]]:
    """The short bars across the ends of a length."""
    across = _unit(other - one)
    side = QPointF(-across.y(), across.x()) * BAR
    for end in (one, other):
        yield (end - side, end + side)


def _arc(one: QPointF, vertex: QPointF, other: QPointF) -> tuple[QPointF, ...]:
    first, last = QLineF(vertex, one), QLineF(vertex, other)
    radius = min(ARC, first.length() / 2, last.length() / 2)
    start = math.atan2(first.dy(), first.dx())
    sweep = math.remainder(math.atan2(last.dy(), last.dx()) - start, 2 * math.pi)
    turns = [start + sweep * step / 16 for step in range(17)]
    return tuple(vertex + QPointF(math.cos(t), math.sin(t)) * radius for t in turns)


def _head(tip: QPointF, tail: QPointF) -> tuple[QPointF, ...]:
    back = _unit(tail - tip) * HEAD
    side = QPointF(-back.y(), back.x()) * 0.45
    return (tip + back + side, tip, tip + back - side)


def _cross(middle: QPointF) -> tuple[tuple[QPointF, QPointF], ...]:
    ways = (QPointF(1, 0), QPointF(0, 1), QPointF(-1, 0), QPointF(0, -1))
    return tuple((middle + way * CROSS[0], middle + way * CROSS[1]) for way in ways)


def _unit(way: QPointF) -> QPointF:
    length = math.hypot(way.x(), way.y())
    return way / length if length else QPointF(1, 0)


def _sampled(line: Sequence[QPointF]) -> NDArray[np.float64]:
    places = [np.array([[line[0].x(), line[0].y()]])]
    for one, other in pairwise(line):
        count = max(math.ceil(QLineF(one, other).length() / STEP), 1)
        share = np.linspace(0, 1, min(count, 2000) + 1)[1:, None]
        ends = np.array([[one.x(), one.y()], [other.x(), other.y()]])
        places.append(ends[:1] + share * (ends[1:] - ends[:1]))
    return np.concatenate(places)


# ------------------------------------------------------------------------ what is pointed at


def handle_at(shape: Drawn, place: QPointF) -> int | None:
    """The handle at a place, the last of several."""
    near = [
        (math.hypot(*(handle - place).toTuple()), -number)
        for number, handle in enumerate(shape.handles)
    ]
    found = min(near, default=(math.inf, 0))
    return -found[1] if found[0] <= GRIP else None


def is_near(shape: Drawn, place: QPointF) -> bool:
    """Whether a place lies on its lines."""
    samples = shape.samples()
    if not len(samples):
        return False
    apart = samples - (place.x(), place.y())
    return bool((np.square(apart).sum(axis=1) <= NEAR**2).any())


# -------------------------------------------------------------------------------- painting


def paint_shape(painter: QPainter, shape: Drawn, *, meant: bool) -> None:
    """Paint an annotation: accent with a dark casing; thicker, with handles, where it is meant."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    more = 0.75 if meant else 0.0
    colours = ((CASING, theme.ON_FILM.casing, 170), (LINE_WIDTH, theme.ON_FILM.accent, 255))
    for width, name, alpha in colours:
        pen = QPen(theme.colour(name, alpha), width + more)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        for line in shape.lines:
            painter.strokePath(_path(line), pen)
        if shape.dashed:
            if name == theme.ON_FILM.accent:
                pen.setDashPattern(DASHES)
            painter.strokePath(_path(shape.dashed), pen)
    for handle in shape.handles if meant else ():
        box = QRectF(handle.x() - HANDLE, handle.y() - HANDLE, 2 * HANDLE, 2 * HANDLE)
        painter.setPen(QPen(theme.colour(theme.ON_FILM.accent), LINE_WIDTH))
        painter.setBrush(theme.colour(theme.ON_FILM.casing))
        painter.drawEllipse(box)


def _path(line: Iterable[QPointF]) -> QPainterPath:
    places = iter(line)
    path = QPainterPath(next(places))
    for place in places:
        path.lineTo(place)
    return path


# --------------------------------------------------------------------------------- plates


def place_plate(
    body: QRectF, shape: Drawn, lines: tuple[str, ...], *, taken: Boxes, others: Iterable[Drawn]
) -> Plate:
    """Where the words of an annotation stand: near it, on no outline, on no other words.

    Args:
        body: All of the pane.
        shape: Whose words they are.
        lines: The words.
        taken: Where words stand already.
        others: The outlines of the others.
    """
    metrics = QFontMetricsF(theme.font(weight=QFont.Weight.Medium))
    width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * PADDING
    size = QSizeF(width, LINE * len(lines) + PADDING)
    own = shape.samples()
    strange = [samples for other in others if len(samples := other.samples())]
    room = body.adjusted(INSET, INSET, -INSET, -INSET)
    best, least = QRectF(QPointF(), size), math.inf
    for order, box in enumerate(_places(own, size, room)):
        cost = 1e-4 * order
        cost += 1000.0 * _on(box, own) + (400.0 if shape.holds(box.center()) else 0.0)
        cost += 100.0 * sum(box.intersects(other) for other in taken)
        cost += 10.0 * sum(_on(box, other) for other in strange)
        if cost < least:
            best, least = box, cost
        if cost < 1:
            break
    return Plate(best, lines)


def paint_value(painter: QPainter, plate: Plate) -> None:
    """Paint the words of an annotation on their plate."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(theme.ON_FILM.pane, theme.PLATE_ALPHA))
    painter.drawRoundedRect(plate.box, RADIUS, RADIUS)
    painter.setFont(theme.font(weight=QFont.Weight.Medium))
    painter.setPen(theme.colour(theme.ON_FILM.text))
    text = plate.box.adjusted(PADDING, PADDING / 2, -PADDING, -PADDING / 2)
    for place, line in enumerate(plate.lines):
        row = QRectF(text.left(), text.top() + place * LINE, text.width(), LINE)
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)


def _places(own: NDArray[np.float64], size: QSizeF, room: QRectF) -> Iterator[QRectF]:
    """Boxes near an outline, the best first: beneath it, above it, beside it, elsewhere."""
    low, high = own.min(axis=0), own.max(axis=0)
    middle = (low + high) / 2
    near = own[np.abs(own[:, 0] - middle[0]) <= 2 * STEP]  # where its middle is crossed
    near = near[np.argmax(near[:, 1])] if len(near) else middle
    wide, tall = size.width(), size.height()
    lefts = [middle[0] - wide / 2, high[0] - wide, low[0], high[0] + GAP, low[0] - GAP - wide]
    tops = [high[1] + GAP, low[1] - GAP - tall]
    corners = [(left, top) for top in tops for left in lefts]
    sides = [near[1] + GAP, near[1] - GAP - tall, middle[1] - tall / 2, high[1] - tall, low[1]]
    corners[0:0] = [(near[0] - wide / 2, near[1] + GAP)]
    corners += [(left, top) for top in sides for left in lefts]
    for left, top in (*corners, *_everywhere(middle, size, room)):
        x = min(max(left, room.left()), max(room.right() - wide, room.left()))
        y = min(max(top, room.top()), max(room.bottom() - tall, room.top()))
        yield QRectF(QPointF(round(x), round(y)), size)


def _everywhere(
    middle: NDArray[np.float64], size: QSizeF, room: QRectF
) -> list[tuple[float, float]]:
    """Corners of boxes all over the pane, those near an outline's middle first."""
    lefts = np.arange(room.left(), max(room.right() - size.width(), room.left()) + 1, RASTER)
    tops = np.arange(room.top(), max(room.bottom() - size.height(), room.top()) + 1, RASTER)
    grid = np.stack(np.meshgrid(lefts, tops), axis=-1).reshape(-1, 2)
    apart = grid - middle + np.array([size.width() / 2, size.height() / 2])
    near = np.argsort(np.square(apart).sum(axis=1), kind="stable")[:MOST_TRIED]
    return [(float(left), float(top)) for left, top in grid[near]]


def _on(box: QRectF, samples: NDArray[np.float64]) -> bool:
    """Whether an outline runs through a box."""
    around = box.adjusted(-STEP, -STEP, STEP, STEP)
    inside = (samples >= (around.left(), around.top())) & (
        samples <= (around.right(), around.bottom())
    )
    return bool(inside.all(axis=1).any())
