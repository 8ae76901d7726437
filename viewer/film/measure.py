"""How annotations look on the screen: outlines, handles, and plates that cover no outline.

Everything here is in pixels of the body: where a stored place lies there, a `PixelOf` says.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from engine.annotations import AnnotationKind, Places
from viewer.film.marks import INSET, LINE, PADDING, RADIUS, Plate
from viewer.kit import theme
from viewer.kit.canvas import CASING, LINE_WIDTH, stamp
from viewer.kit.words import visible

Samples = NDArray[np.float64]
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
CELL: Final = 2.0  # pixels of the cells in which outlines are looked for
RASTER: Final = 12.0  # pixels between the places that are tried where none nearby is free
MOST_TRIED: Final = 400
MOST_SAMPLES: Final = 1000  # of one side
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

    def samples(self) -> Samples:
        """(n, 2) places along all lines, a few pixels apart."""
        return np.concatenate([_sampled(line) for line in (*self.lines, self.dashed) if line])

    def holds(self, place: QPointF) -> bool:
        """Whether a place lies within its region."""
        if not self.region:
            return False
        return bool(self.hold(np.array([[place.x(), place.y()]]))[0])

    def hold(self, places: Samples) -> NDArray[np.bool_]:
        """(n,) whether each of (n, 2) places lies within its region: a ray crosses it oddly."""
        if not self.region:
            return np.zeros(len(places), bool)
        corners = np.array([(place.x(), place.y()) for place in self.lines[0]])
        (x1, y1), (x2, y2) = corners.T, np.roll(corners, -1, axis=0).T
        x, y = places[:, :1], places[:, 1:]
        tall = np.where(y1 == y2, 1.0, y2 - y1)
        crossed = ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / tall + x1)
        return crossed.sum(axis=1) % 2 == 1


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


def _sampled(line: Sequence[QPointF]) -> Samples:
    """(n, 2) places along a line, at most `STEP` pixels apart; those far away are fewer."""
    ends = np.array([(place.x(), place.y()) for place in line])
    ways = np.diff(ends, axis=0)
    counts = np.ceil(np.hypot(*ways.T) / STEP).astype(int).clip(1, MOST_SAMPLES)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    share = (np.arange(counts.sum()) - first + 1) / np.repeat(counts, counts)
    along = np.repeat(ends[:-1], counts, axis=0) + share[:, None] * np.repeat(ways, counts, axis=0)
    return np.concatenate([ends[:1], along])


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
    apart = shape.samples() - np.array([place.x(), place.y()])
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
        painter.strokePath(_path(shape.lines), pen)
        if shape.dashed:
            if name == theme.ON_FILM.accent:
                pen.setDashPattern(DASHES)
            painter.strokePath(_path((shape.dashed,)), pen)
    for handle in shape.handles if meant else ():
        box = QRectF(handle.x() - HANDLE, handle.y() - HANDLE, 2 * HANDLE, 2 * HANDLE)
        painter.setPen(QPen(theme.colour(theme.ON_FILM.accent), LINE_WIDTH))
        painter.setBrush(theme.colour(theme.ON_FILM.casing))
        painter.drawEllipse(box)


def _path(lines: Iterable[Sequence[QPointF]]) -> QPainterPath:
    path = QPainterPath()
    for first, *others in lines:
        path.moveTo(first)
        for place in others:
            path.lineTo(place)
    return path


# --------------------------------------------------------------------------------- plates


class Outlines:
    """Where outlines run, counted by cells, so that many boxes are asked at once.

    Args:
        body: All of the pane; what lies outside is not asked.
        samples: (n, 2) places along the outlines (`Drawn.samples`).
    """

    def __init__(self, body: QRectF, samples: Samples) -> None:
        self._first = np.array([body.left(), body.top()])
        self._size = math.ceil(body.width() / CELL) + 1, math.ceil(body.height() / CELL) + 1
        columns, rows = self._size
        cells = self._cells(samples)
        cells = cells[((cells >= 0) & (cells < self._size)).all(axis=1)]
        counts = np.bincount(cells @ np.array([1, columns]), minlength=rows * columns)
        self._sums = np.zeros((rows + 1, columns + 1), np.int64)
        self._sums[1:, 1:] = counts.reshape(rows, columns).cumsum(axis=0).cumsum(axis=1)

    def met(self, boxes: Samples, own: Samples) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """(n,) each, whether `own` samples, which are among all, and others run through boxes."""
        low = np.clip(self._cells(boxes[:, :2] - STEP), 0, self._size)
        high = np.clip(self._cells(boxes[:, 2:] + STEP) + 1, low, self._size)
        (left, top), (right, bottom) = low.T, high.T
        sums = self._sums
        among = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        x, y = self._cells(own).T
        wide = (x >= left[:, None]) & (x < right[:, None])
        mine = (wide & (y >= top[:, None]) & (y < bottom[:, None])).sum(axis=1)
        return mine > 0, among > mine

    def _cells(self, places: Samples) -> NDArray[np.int64]:
        return np.floor((places - self._first) / CELL).astype(np.int64)


def plates_of(
    worded: Sequence[tuple[tuple[str, ...], Drawn]], body: QRectF, taken: Boxes
) -> tuple[Plate, ...]:
    """The plates of several annotations with words, each clear of those before it.

    Takes time as the number of annotations, not as its square: a film may hold dozens, and they
    are placed anew at every step of a zoom.
    """
    samples = [shape.samples() for _, shape in worded]
    outlines = Outlines(body, np.concatenate([*samples, np.empty((0, 2))]))
    plates: list[Plate] = []
    for (lines, shape), own in zip(worded, samples, strict=True):
        if lines:
            boxes = (*taken, *(plate.box for plate in plates))
            plates.append(_place(body, (shape, own), lines, boxes, outlines))
    return tuple(plates)


def place_plate(body: QRectF, shape: Drawn, lines: tuple[str, ...], *, taken: Boxes) -> Plate:
    """Where the words of an annotation stand: near it, on no outline, on no other words.

    Args:
        body: All of the pane.
        shape: Whose words they are.
        lines: The words.
        taken: Where words stand already.
    """
    own = shape.samples()
    return _place(body, (shape, own), lines, taken, Outlines(body, own))


def _place(
    body: QRectF,
    drawn: tuple[Drawn, Samples],
    lines: tuple[str, ...],
    taken: Boxes,
    outlines: Outlines,
) -> Plate:
    shape, own = drawn
    metrics = QFontMetricsF(theme.font(weight=QFont.Weight.Medium))
    room = body.adjusted(INSET, INSET, -INSET, -INSET)
    lines = tuple(
        metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width() - 2 * PADDING)
        for line in map(visible, lines)
    )
    width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * PADDING
    size = QSizeF(width, LINE * len(lines) + PADDING)
    best, least = QRectF(QPointF(), size), math.inf
    for corners in (_near(own, size), _everywhere(own, size, room)):
        boxes = _boxes(corners, size, room)
        costs = 1e-4 * np.arange(len(boxes)) + (0.5 if math.isfinite(least) else 0.0)
        mine, others = outlines.met(boxes, own)
        costs += 1000.0 * mine + 10.0 * others
        costs += 100.0 * _intersect(boxes, taken)
        if shape.region:
            costs += 400.0 * shape.hold(boxes.reshape(-1, 2, 2).mean(axis=1))
        place = int(costs.argmin())
        if costs[place] < least:
            left, top, right, bottom = boxes[place].tolist()
            best, least = QRectF(QPointF(left, top), QPointF(right, bottom)), float(costs[place])
        if least < 1:
            break
    return Plate(best, lines)


def paint_value(painter: QPainter, plate: Plate) -> None:
    """Paint the words of an annotation on their plate."""
    stamp(painter, plate.box, ("value", plate.lines), partial(_paint_plate, plate=plate))


def _paint_plate(painter: QPainter, plate: Plate) -> None:
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


def _near(own: Samples, size: QSizeF) -> Samples:
    """(n, 2) corners of boxes near an outline, the best first: beneath it, above it, beside it."""
    low, high = own.min(axis=0), own.max(axis=0)
    middle = (low + high) / 2
    crossed = own[np.abs(own[:, 0] - middle[0]) <= 2 * STEP]  # where its middle is crossed
    below = float(crossed[:, 1].max() if len(crossed) else middle[1]) + GAP
    above = float(crossed[:, 1].min() if len(crossed) else middle[1]) - GAP - size.height()
    wide, tall = size.width(), size.height()
    lefts = [middle[0] - wide / 2, high[0] - wide, low[0], high[0] + GAP, low[0] - GAP - wide]
    first = [below, high[1] + GAP, low[1] - GAP - tall, above]
    tops = [*first, middle[1] - tall / 2, high[1] - tall, low[1]]
    return np.array([(left, top) for top in tops for left in lefts])


def _everywhere(own: Samples, size: QSizeF, room: QRectF) -> Samples:
    """(n, 2) corners of boxes all over the pane, those near an outline's middle first."""
    lefts = np.arange(room.left(), max(room.right() - size.width(), room.left()) + 1, RASTER)
    tops = np.arange(room.top(), max(room.bottom() - size.height(), room.top()) + 1, RASTER)
    grid = np.stack(np.meshgrid(lefts, tops), axis=-1).reshape(-1, 2)
    middle = (own.min(axis=0) + own.max(axis=0)) / 2
    apart = grid - middle + np.array([size.width() / 2, size.height() / 2])
    return grid[np.argsort(np.square(apart).sum(axis=1), kind="stable")[:MOST_TRIED]]


def _boxes(corners: Samples, size: QSizeF, room: QRectF) -> Samples:
    """(n, 4) left, top, right, bottom of boxes, brought into the room."""
    most = (
        max(room.right() - size.width(), room.left()),
        max(room.bottom() - size.height(), room.top()),
    )
    placed = np.clip(corners, (room.left(), room.top()), most).round().astype(np.float64)
    return np.hstack([placed, placed + np.array([size.width(), size.height()])])


def _intersect(boxes: Samples, taken: Boxes) -> Samples:
    """(n,) how many of the boxes that are taken each box meets."""
    found = np.zeros(len(boxes))
    for box in taken:
        across = (boxes[:, 0] < box.right()) & (boxes[:, 2] > box.left())
        found += across & (boxes[:, 1] < box.bottom()) & (boxes[:, 3] > box.top())
    return found
