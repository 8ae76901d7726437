"""Regions that the model found, over the film of one pane: outlines, boxes, labels.

What the model draws is white with a dark casing; a label takes the accent where the reader has
chosen it. A region that a map only points at is dashed, and says so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QApplication

from engine.annotations import KINDS
from viewer.film.marks import INSET, LINE, PADDING, TAG, Plate, Writing, paint_tag, paint_words
from viewer.film.model_view import place_plate
from viewer.kit import theme
from viewer.kit.canvas import Canvas
from viewer.kit.language import tr

if TYPE_CHECKING:
    from viewer.film.view import FilmPane
    from viewer.session.located import FoundRegion, Located
    from viewer.session.pointer import Pointer

WHITE, HALO = 1.5, 3.5  # pixels of an outline, and of the dark line under it
BOX_WHITE, BOX_HALO = 2.0, 4.0
DASHES: Final = (4.0, 2.5)  # in widths of the white line
HALO_ALPHA: Final = 200
NEAR: Final = 6.0  # pixels from a line at which it is meant
GAP: Final = 2.0  # between a region and its label
SEEN: Final = 4.0  # pixels of a region below which it is out of sight

HIDES: Final = 100.0  # what it costs to stand on other words
RINGS: Final = 6  # of places that are tried around the best ones

Boxes = Sequence[QRectF]


@dataclass(frozen=True, slots=True)
class FoundWords:
    """Label and facts of one region, where they stand.

    Attributes:
        facts: None where there is no free place for them: the list says them.
    """

    number: int
    label: Plate
    facts: Plate | None = None
    chosen: bool = False

    @property
    def boxes(self) -> tuple[QRectF, ...]:
        """What they cover."""
        return (self.label.box, *(() if self.facts is None else (self.facts.box,)))


def outline_of(found: "FoundRegion") -> QPainterPath:
    """The outline, or the box, in stored columns and rows; holes stay holes."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    if found.outlined:
        for corners in found.region.outlines:
            path.addPolygon(QPolygonF([QPointF(*corner) for corner in corners.tolist()]))
            path.closeSubpath()
    else:
        left, top, right, bottom = found.region.box
        path.addRect(QRectF(QPointF(left, top), QPointF(right, bottom)))
    return path


def paint_region(
    painter: QPainter, path: QPainterPath, found: "FoundRegion", *, fill: float = 0.0
) -> None:
    """Stroke an outline or a box in pixels of the body; a weak one in dashes.

    Args:
        painter: In pixels of the body.
        path: Of the region, in the same pixels.
        found: What it is of.
        fill: 0…1, of an outline.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    white, halo = (WHITE, HALO) if found.outlined else (BOX_WHITE, BOX_HALO)
    if found.outlined and fill > 0:
        painter.fillPath(path, theme.colour(theme.ON_FILM.text, round(255 * min(fill, 1.0))))
    pens = []
    for ink, alpha, width in (
        (theme.ON_FILM.casing, HALO_ALPHA, halo),
        (theme.ON_FILM.text, 255, white),
    ):
        pen = QPen(theme.colour(ink, alpha), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        if found.region.weak:
            pen.setDashPattern([length * white / width for length in DASHES])
        pens.append(pen)
    for pen in pens:
        painter.strokePath(path, pen)


# ------------------------------------------------------------------------ places of words


def _label_corners(shape: QRectF, size: QSizeF, *, inside: bool) -> Iterator[QPointF]:
    """Where a label may stand, the best place first: on the upper edge, beneath, beside."""
    wide, high = size.width(), size.height()
    if inside:
        yield QPointF(shape.center().x() - wide / 2, shape.top() + 0.12 * shape.height())
        yield QPointF(shape.center().x() - wide / 2, shape.center().y() - high / 2)
    for top in (shape.top() - high - GAP, shape.bottom() + GAP):
        yield QPointF(shape.left(), top)
        yield QPointF(shape.right() - wide, top)
    for left in (shape.right() + GAP, shape.left() - wide - GAP):
        yield QPointF(left, shape.top())
        yield QPointF(left, shape.bottom() - high)
    yield QPointF(shape.left() + GAP, shape.top() + GAP)
    yield QPointF(shape.center().x() - wide / 2, shape.center().y() - high / 2)


def _fact_corners(shape: QRectF, size: QSizeF, *, left: bool) -> Iterator[QPointF]:
    """Where facts may stand: beneath, above, beside, at last within."""
    wide, high = size.width(), size.height()
    sides = (shape.left(), shape.right() - wide)
    for top in (shape.bottom() + 2 * GAP, shape.top() - high - 2 * GAP):
        for side in sides if left else sides[::-1]:
            yield QPointF(side, top)
    for side in (shape.right() + 2 * GAP, shape.left() - wide - 2 * GAP):
        yield QPointF(side, shape.bottom() - high)
        yield QPointF(side, shape.top())
    yield QPointF(shape.right() - wide - 2 * GAP, shape.bottom() - high - 2 * GAP)


class Places:
    """Finds places for words over a film, each clear of those before it.

    Args:
        room: Where words may stand, in pixels of the body.
        taken: What stands there already.
        sign: Whether burned-in letters lie in a box of pixels.
    """

    def __init__(self, room: QRectF, taken: Boxes, sign: Callable[[QRectF], bool]) -> None:
        self._room, self._sign = room.adjusted(2, 2, -2, -2), sign
        self._taken: list[QRectF] = list(taken)

    def free(self, corners: Iterator[QPointF], size: QSizeF, *, must: bool) -> QRectF | None:
        """The first place that hides nothing; where none is, the one that hides least, or none."""
        given = list(corners)
        around = self._around(given[0], size) if must else iter(())
        best, least = None, HIDES
        for place, corner in enumerate(chain(given, around)):
            if place >= len(given) and least < HIDES:
                break
            box = self._within(QRectF(QPointF(round(corner.x()), round(corner.y())), size))
            moved = abs(box.left() - corner.x()) + abs(box.top() - corner.y()) > 1
            cost = self._cost(box) + 0.01 * place + (1.0 if moved else 0.0)
            if cost < least or (best is None and must):
                best, least = box, cost
        if best is not None:
            self._taken.append(best)
        return best

    def _cost(self, box: QRectF) -> float:
        met = sum(box.intersects(other) for other in self._taken)
        return HIDES * met + (10 * HIDES if self._sign(box) else 0.0)

    def _around(self, start: QPointF, size: QSizeF) -> Iterator[QPointF]:
        """Places farther and farther from the best one."""
        for ring in range(1, RINGS + 1):
            for right, down in product((0, 1, -1), (0, 1, -1)):
                if right or down:
                    across, along = right * ring * size.width() / 2, down * ring * size.height()
                    yield start + QPointF(across, along)

    def _within(self, box: QRectF) -> QRectF:
        room = self._room
        left = max(min(box.left(), room.right() - box.width()), room.left())
        top = max(min(box.top(), room.bottom() - box.height()), room.top())
        return QRectF(QPointF(left, top), box.size())


def place_words(
    shapes: "Sequence[tuple[FoundRegion, QRectF]]", places: Places, *, chosen: int, brief: bool
) -> tuple[FoundWords, ...]:
    """Labels first, that of the chosen one before all others; then facts, where there is room.

    Args:
        shapes: Regions in sight, each with the part of the body that it takes.
        places: Knows what is free.
        chosen: Number of the region that the reader has chosen.
        brief: Whether there are to be labels alone.
    """
    order = sorted(shapes, key=lambda one: one[0].number != chosen)
    labels = {found.number: _label(found, shape, places) for found, shape in order}
    facts = {} if brief else {found.number: _facts(found, shape, places) for found, shape in order}
    return tuple(
        FoundWords(
            found.number, labels[found.number], facts.get(found.number), found.number == chosen
        )
        for found, _ in shapes
    )


def _label(found: "FoundRegion", shape: QRectF, places: Places) -> Plate:
    metrics = QFontMetricsF(theme.font(weight=QFont.Weight.DemiBold))
    size = QSizeF(metrics.horizontalAdvance(found.label) + 2 * PADDING, TAG)
    inside = (
        found.outlined
        and shape.width() > 1.2 * size.width()
        and shape.height() > 4 * size.height()
    )
    box = places.free(_label_corners(shape, size, inside=inside), size, must=True)
    return Plate(box or QRectF(shape.topLeft(), size), (found.label,))


def _facts(found: "FoundRegion", shape: QRectF, places: Places) -> Plate | None:
    lines = found.facts
    if not lines:
        return None
    metrics = QFontMetricsF(theme.font(weight=QFont.Weight.Medium))
    wide = max(metrics.horizontalAdvance(line) for line in lines)
    size = QSizeF(wide + 2 * PADDING, LINE * len(lines) + 2 * PADDING - 2)
    weak = found.region.weak  # that it is no outline is always said
    box = places.free(_fact_corners(shape, size, left=weak), size, must=weak)
    return Plate(box, lines, right=not weak) if box is not None else None


# -------------------------------------------------------------------------- over one film


class RegionLayer(QObject):
    """Draws the regions of a viewport over its film; a click on one chooses it.

    Args:
        pane: Of the film.
        pointer: Its viewport.
        located: Knows the regions.
    """

    def __init__(self, pane: "FilmPane", pointer: "Pointer", located: "Located") -> None:
        super().__init__(pane)
        self._pane, self._pointer, self._located = pane, pointer, located
        self.found: tuple[FoundRegion, ...] = ()
        self._paths: tuple[QPainterPath, ...] = ()  # in stored places
        self._written: tuple[object, tuple[FoundWords, ...]] = ((), ())
        self._pressed: QPointF | None = None
        self._lines = Canvas(pane.box, self._paint_lines, depth=8)
        self._words = Canvas(pane.box, self._paint_words, depth=11.2)
        pane.view.viewport().installEventFilter(self)  # after the tools: sees the mouse first
        located.changed.connect(self._reload)
        located.chosen_changed.connect(lambda _number: self.refresh())
        located.centred.connect(self._centre)
        pane.controls.found.look_requested.connect(located.show)
        pane.rows_moved.connect(lambda _rows: self.refresh())
        pane.placed.connect(lambda _place, _flows: self.refresh())
        pointer.place_changed.connect(lambda _place: self.refresh())
        pointer.look_changed.connect(lambda _look: self.refresh())
        pane.box.sigResized.connect(lambda _box: self.refresh())
        self._reload()

    # ------------------------------------------------------------------ what is drawn
    def refresh(self) -> None:
        """Paint anew: film, choice or regions are others."""
        self._lines.refresh()
        self._words.refresh()

    def _reload(self) -> None:
        there = self._located.of(self._pointer)
        look = self._located.look
        self.found = tuple(one for one in there if one.visible(look))
        self._paths = tuple(outline_of(one) for one in self.found)
        self._pane.drawings.labels = ()
        self._pane.controls.show_regions(there, look)
        self.refresh()

    @property
    def chosen(self) -> int:
        """Number of the region that is chosen here; 0: none."""
        return self._located.chosen_in(self._pointer)

    @property
    def _transform(self) -> QTransform:
        return self._pane.placement.transform()

    def _shapes(self) -> "list[tuple[FoundRegion, QRectF]]":
        """Regions in sight, each with the part of the body that it takes."""
        body, way = self._pane.drawings.body, self._transform
        shapes = []
        for found, path in zip(self.found, self._paths, strict=True):
            seen = way.mapRect(path.boundingRect()).intersected(body)
            if max(seen.width(), seen.height()) >= SEEN:
                shapes.append((found, seen))
        return shapes

    def _paint_lines(self, painter: QPainter) -> None:
        painter.setClipRect(self._pane.drawings.film)
        for found, path in zip(self.found, self._paths, strict=True):
            paint_region(painter, self._transform.map(path), found, fill=self._located.look.fill)

    def _paint_words(self, painter: QPainter) -> None:
        level = self._pane.lettering.level
        if not self.found or level == "none":
            return
        for words in self.words(brief=level != "all"):
            if words.chosen:
                paint_tag(painter, words.label)
            else:
                paint_words(painter, Writing((), (words.label,)))
            if words.facts is not None:
                paint_words(painter, Writing((words.facts,)))
        cut = self.cut_plate
        if cut is not None:
            paint_words(painter, Writing((cut,)))

    def words(self, *, brief: bool = False) -> tuple[FoundWords, ...]:
        """Labels and facts where they stand now; placed anew only where something has changed."""
        pane, chosen = self._pane, self.chosen
        taken = self._taken()
        rects = tuple(box.getRect() for box in taken)
        now = (pane.placement, rects, self.found, chosen, brief, theme.font().key())
        if now != self._written[0]:
            places = Places(pane.drawings.film, taken, self._hides_sign)
            made = place_words(self._shapes(), places, chosen=chosen, brief=brief)
            self._written = (now, made)
            pane.drawings.labels = tuple(box for one in made for box in one.boxes)
        return self._written[1]

    def _taken(self) -> list[QRectF]:
        marks = self._pane.drawings.annotated
        plates = marks.plates[1] if marks is not None and self._pane.drawings.wordy else ()
        return [*self._pane.written().boxes, *(plate.box for plate in plates)]

    @property
    def cut_plate(self) -> Plate | None:
        """Says over the film that its regions are not those that the model came with."""
        cut = self._located.cut_of(self._pointer)
        if cut is None or not cut.own or not self.found:
            return None
        lines = (tr("your cut {cut}, not the model's {shipped}", cut=f"{cut.value:.2f}",
                    shipped=f"{cut.shipped:.2f}"),)  # fmt: skip
        words = self._written[1]
        taken = [*self._taken(), *(box for one in words for box in one.boxes)]
        body, film = self._pane.drawings.body, self._pane.drawings.film
        return place_plate(body, film.adjusted(INSET, 0, -INSET, 0), lines, taken)

    def _hides_sign(self, box: QRectF) -> bool:
        one, other = self._pane.stored(box.topLeft()), self._pane.stored(box.bottomRight())
        return self._pane.lettering.hides_sign(QRectF(one, other).normalized())

    # ------------------------------------------------------------------ the mouse
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See a click that is no drag; it stays with the tool as well."""
        if not isinstance(event, QMouseEvent) or not self.found:
            return False
        kind, left = event.type(), event.button() == Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseButtonPress and left:
            self._pressed = event.position()
        elif kind == QEvent.Type.MouseButtonRelease and left and self._pressed is not None:
            away = (event.position() - self._pressed).manhattanLength()
            self._pressed = None
            if away < QApplication.startDragDistance() and not self._measures():
                self._located.choose_in(self._pointer, self.at(event.position()))
        return False

    def _measures(self) -> bool:
        """Whether a click draws something: then it chooses nothing."""
        return self._pane.surface.gestures.tool.code in KINDS

    def at(self, pixel: QPointF) -> int:
        """Number of the region at a pixel: by its label, its line, its inside; 0: none."""
        for words in self._written[1]:
            if any(box.contains(pixel) for box in words.boxes):
                return words.number
        way, stroker = self._transform, QPainterPathStroker()
        stroker.setWidth(2 * NEAR)
        mapped = [way.map(path) for path in self._paths]
        hits = [
            (not stroker.createStroke(path).contains(pixel), _area(path), found.number)
            for found, path in zip(self.found, mapped, strict=True)
            if path.contains(pixel) or stroker.createStroke(path).contains(pixel)
        ]
        return min(hits)[2] if hits else 0

    def _centre(self, number: int) -> None:
        """Bring a region into the middle; a film that is shown whole shows it as it is."""
        if not self._located.is_active(self._pointer) or self._pane.drawings.fitted:
            return
        found = next((one for one in self.found if one.number == number), None)
        if found is not None:
            middle = self._pane.drawings.body.center()
            away = middle - self._pane.pixel(*found.middle)
            self._pane.pan(away.x(), away.y())


def _area(path: QPainterPath) -> float:
    box = path.boundingRect()
    return float(box.width() * box.height())
