"""Rows of a film that are changed to see what a model makes of it: brushed, shown, hatched."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)

from engine.imaging import apply_voi
from viewer.film.brush_head import BrushFoot, BrushHead
from viewer.film.marks import INSET, LINE, PADDING, Badge, Plate, Writing, paint_words
from viewer.film.tools import BRUSH
from viewer.kit import theme
from viewer.kit.canvas import Canvas, paint_hatching
from viewer.kit.language import marked, named, tr
from viewer.kit.rendering import steps_at
from viewer.kit.words import answer_text
from viewer.session.choices import RowCursor
from viewer.session.tries import (
    TriedView,
    fill_words,
    steps_words,
)

if TYPE_CHECKING:
    from engine.inspection import Edit, Reread
    from viewer.film.item import FilmItem
    from viewer.film.view import FilmPane
    from viewer.session.pointer import Pointer
    from viewer.session.session import Session
    from viewer.session.tries import Greys, Tries

_BADGES: Final[dict[TriedView, str]] = {
    "changed": marked("Changed film"),
    "as-read": marked("As read"),
    "both": marked("As read | changed"),
}
MEDIUM: Final = QFont.Weight.Medium
ROOM, SLIDER = 580, 72  # pixels of the head that all controls need; the grey's slider
GRASP: Final = 7.0  # pixels around an edge of the band at which it can be taken
HANDLE: Final = QSizeF(38.0, 8.0)
APART: Final = 14  # between two lines of hatching on a film


class BrushBands:
    """Head and foot of a tried film; made when one is tried, so that no start waits."""

    def __init__(self, pane: "FilmPane", session: "Session") -> None:
        self._pane, self._session, self._tries = pane, session, session.tries
        self.head: BrushHead | None = None
        self.foot: BrushFoot | None = None

    def show(self, *, shown: bool) -> None:
        """Show them, or hide them."""
        self.share(shown=shown)
        if shown and self.head is None:
            self.head, self.foot = BrushHead(self._tries, self._session), BrushFoot(self._tries)
            self.foot.show_tried()
            self._pane.head_row.addWidget(self.head, 1)
            self._pane.foot_row.addWidget(self.foot, 1)
        if self.head is not None:
            self.head.setProperty("aside", not shown)  # also when the panes are laid out anew
        for band in (self.head, self.foot):
            if band is not None:
                band.setVisible(shown)

    def share(self, *, shown: bool) -> None:
        """Where there is little room, the choice of a map gives way to that of the filling."""
        need = ROOM + (SLIDER if self._tries.fill.kind == "value" else 0)
        aside = shown and self._pane.width() < need
        if self._pane.controls.property("aside") != aside:
            self._pane.controls.setProperty("aside", aside)
            self._pane.controls.setVisible(not aside)


class BrushLayer(QObject):
    """Shows over the film of a pane what is changed of it, and brushes rows with the mouse.

    Args:
        pane: Of the film.
        pointer: Its viewport.
        session: Has what is tried.
    """

    def __init__(self, pane: "FilmPane", pointer: "Pointer", session: "Session") -> None:
        super().__init__(pane)
        self._pane, self._pointer = pane, pointer
        self._session, self._tries = session, session.tries
        self._held: int | None = None  # the end of the band that stays where it is
        self._picture: tuple[object, QImage] | None = None
        self._written = Writing(())
        self._tagged = False  # whether the row says what was tried
        self._rows = Canvas(pane.box, self._paint_rows, depth=6)
        self._band = Canvas(pane.box, self._paint_band, depth=7)
        self._words = Canvas(pane.box, self._paint_words, depth=12)
        self._bands = BrushBands(pane, session)
        pane.view.viewport().installEventFilter(self)  # after the tools: sees the mouse first
        self._tries.changed.connect(self.refresh)
        self._tries.moved.connect(self._cover)  # before the model has read it
        pointer.cursor_moved.connect(self._on_cursor)
        pane.rows_moved.connect(lambda _rows: self.refresh())
        pane.painted.connect(self.refresh)
        self.refresh()

    @property
    def shown(self) -> bool:
        """Whether the film of this pane is the one that is tried on."""
        opened, film = self._tries.opened, self._pointer.film
        if opened is None or film is None:
            return False
        return self._tries.on and opened.film.key == film.key

    @property
    def band(self) -> tuple[float, float] | None:
        """Stored rows at which the brushed ones begin and end; None without any."""
        band, opened = self._tries.band, self._tries.opened
        if not self.shown or band is None or opened is None:
            return None
        edges = opened.trace.edges
        return float(edges[band[0]]), float(edges[band[1] + 1])

    def refresh(self) -> None:
        """Paint anew: the film has moved, or another change is tried."""
        shown = self.shown
        self._say()
        self._bands.show(shown=shown)
        self._pane.legend.setVisible(not shown)
        self._on_cursor(self._pointer.cursor)
        for drawing in (self._rows, self._band, self._words):
            drawing.setVisible(shown)
        self._rows.cover(self._band_of_changed())
        self._cover()

    def _cover(self) -> None:
        """Paint band and words where they lie, and where they lay: not the whole film."""
        self._band.cover(QRectF() if self.band is None else self._reach(*self.band))
        words = QRectF()
        self._written = self.written()
        for box in self._written.boxes:
            words |= box.adjusted(-2, -2, 2, 2)
        if self.shown and self._tries.view == "both":
            words |= self._pane.drawings.film.adjusted(-1, -1, 1, 1)
        self._words.cover(words)

    def _band_of_changed(self) -> QRectF:
        """Where the changed rows lie."""
        found, opened = self._tries.found, self._tries.opened
        if not self.shown or found is None or opened is None or not found.changed.any():
            return QRectF()
        steps, edges = np.flatnonzero(found.changed), opened.trace.edges
        return self._reach(float(edges[steps[0]]), float(edges[steps[-1] + 1]))

    def _reach(self, first: float, last: float) -> QRectF:
        """Rows with edges and handles."""
        return self._area(first, last).adjusted(-6, -6, 6, 6)

    def _say(self) -> None:
        """Let a badge say that the film is not what the file holds."""
        changed = self.shown and self._tries.draft
        badge = Badge("whatif", tr(_BADGES[self._tries.view])) if changed else None
        if badge != self._pane.lettering.changed:
            self._pane.lettering.changed = badge
            self._pane.drawings.over.refresh()

    def _on_cursor(self, cursor: RowCursor | None) -> None:
        """The tag of the row says both answers, where the model's answer by row is worth it."""
        worth = self.shown and self._pointer.by_row
        tag = tried_tag(self._tries, cursor.step) if worth and cursor is not None else ""
        if cursor is not None and tag:
            self._pane.show_cursor(replace(cursor, tag=tag))
        elif self._tagged:
            self._pane.show_cursor(cursor)
        self._tagged = bool(tag)

    # ---------------------------------------------------------------- the mouse
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Brush with the brush, with Shift, and where an edge of the band is taken."""
        if event.type() == QEvent.Type.Resize:
            self._bands.share(shown=self.shown)
        if not isinstance(event, QMouseEvent):
            return False
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            return self._press(event)
        if kind == QEvent.Type.MouseMove and self._held is not None:
            self._brush_to(event.position(), moving=True)
            return True
        if kind == QEvent.Type.MouseButtonRelease and self._held is not None:
            self._brush_to(event.position(), moving=True)
            self._held = None
            self._tries.let_go()
            return True
        if kind == QEvent.Type.MouseMove:
            self._show_cursor(event.position())
        return False

    def _press(self, event: QMouseEvent) -> bool:
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        brush = self._pane.surface.gestures.tool is BRUSH
        if brush and not self._tries.on and self._tries.opened is not None:
            self._tries.turn(on=True)
        if not self.shown:
            return False
        edge, band = self._edge_at(event.position()), self._tries.band
        if edge is not None and band is not None:
            self._held = band[1 - edge]
        elif brush or event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._held = self._step_at(event.position())
            self._brush_to(event.position(), moving=True)
        else:
            return False
        return True

    def _brush_to(self, place: QPointF, *, moving: bool) -> None:
        if self._held is not None:
            self._tries.brush(self._held, self._step_at(place), moving=moving)

    def _step_at(self, place: QPointF) -> int:
        opened = self._tries.opened
        if opened is None:
            return 0
        edges, row = opened.trace.edges, self._pane.stored(place).y()
        return int(steps_at(edges, float(np.clip(row, edges[0], np.nextafter(edges[-1], 0)))))

    def _edge_at(self, place: QPointF) -> int | None:
        """Which edge of the band can be taken at a pixel: 0 the first, 1 the last."""
        if self.band is None:
            return None
        for which, row in enumerate(self.band):
            line = self._line(row)
            level = abs(line.dx()) >= abs(line.dy())
            away = abs(place.y() - line.y1()) if level else abs(place.x() - line.x1())
            film = self._pane.drawings.film.adjusted(-GRASP, -GRASP, GRASP, GRASP)
            if away <= GRASP and film.contains(place):
                return which
        return None

    def _show_cursor(self, place: QPointF) -> None:
        widget, tool = self._pane.view.viewport(), self._pane.surface.gestures.tool
        shape = tool.cursor
        if self.shown and self._edge_at(place) is not None:
            level = self._pane.placement.turn.level
            shape = Qt.CursorShape.SizeVerCursor if level else Qt.CursorShape.SizeHorCursor
        if widget.cursor().shape() != shape:
            widget.setCursor(shape)

    # ---------------------------------------------------------------- what is painted
    def _line(self, row: float) -> QLineF:
        """A stored row from one side of the film to the other."""
        columns = self._pane.item.image_rect().width()
        return QLineF(self._pane.pixel(0.0, row), self._pane.pixel(columns, row))

    def _area(self, first: float, last: float) -> QRectF:
        columns = self._pane.item.image_rect().width()
        corners = self._pane.pixel(0.0, first), self._pane.pixel(columns, last)
        return QRectF(*corners).normalized()

    def _paint_rows(self, painter: QPainter) -> None:
        """The changed rows in the greys of the film, one cell of the model's grid each."""
        found, greys, opened = self._tries.found, self._tries.greys, self._tries.opened
        hidden = self._tries.view == "as-read"
        if found is None or greys is None or opened is None or not found.edits or hidden:
            return
        edges = opened.prepared.own.sequence.edges
        count, width = found.rows.shape
        first = self._pane.pixel(greys.columns[0], float(edges[0]))
        right = (self._pane.pixel(greys.columns[1], float(edges[0])) - first) / width
        down = (self._pane.pixel(greys.columns[0], float(edges[-1])) - first) / count
        painter.setClipPath(self._clip(found.changed, opened.trace.edges))
        painter.setTransform(
            QTransform(right.x(), right.y(), down.x(), down.y(), first.x(), first.y()),
            combine=True,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._pane.item.smooth)
        painter.drawImage(QPointF(0, 0), self._image())

    def _clip(self, changed: np.ndarray, edges: np.ndarray) -> QPainterPath:
        """The changed steps; of both films side by side the right half of them."""
        path, film = QPainterPath(), self._pane.drawings.film
        for step in np.flatnonzero(changed):
            path.addRect(self._area(float(edges[step]), float(edges[step + 1])))
        if self._tries.view == "both":
            half = QPainterPath()
            half.addRect(film.adjusted(film.width() / 2, 0, 0, 0))
            return path.intersected(half)
        return path

    def _image(self) -> QImage:
        found, greys, item = self._tries.found, self._tries.greys, self._pane.item
        looks = (found, greys, item.voi, item.swapped)
        if self._picture is None or self._picture[0] != looks:
            self._picture = looks, picture_of(found, greys, item)
        return self._picture[1]

    def _paint_band(self, painter: QPainter) -> None:
        """Hatching, edges and handles of the brushed rows."""
        if self.band is None:
            return
        area = self._area(*self.band)
        paint_hatching(painter, area.intersected(self._pane.drawings.film), APART)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in self.band:
            line = self._line(row)
            for width, ink, alpha in (
                (3.0, theme.ON_FILM.casing, 170),
                (1.5, theme.ON_FILM.accent, 255),
            ):
                painter.setPen(QPen(theme.colour(ink, alpha), width))
                painter.drawLine(line)
            level = abs(line.dx()) >= abs(line.dy())
            size = HANDLE if level else HANDLE.transposed()
            box = QRectF(line.center() - QPointF(size.width() / 2, size.height() / 2), size)
            painter.setPen(QPen(theme.colour(theme.ON_FILM.casing), 1.5))
            painter.setBrush(theme.colour(theme.ON_FILM.accent))
            painter.drawRoundedRect(box, 4.0, 4.0)

    def _paint_words(self, painter: QPainter) -> None:
        paint_words(painter, self._written)
        if self._tries.view == "both":
            film = self._pane.drawings.film
            painter.setPen(QPen(theme.colour(theme.ON_FILM.text), 1.0))
            middle = film.center().x()
            painter.drawLine(QPointF(middle, film.top()), QPointF(middle, film.bottom()))

    def written(self) -> Writing:
        """The plate of the brushed rows, clear of other words."""
        values = (plate.box for plate in self._pane.sketch.plates[1])
        plate = self._plate((*self._pane.written().boxes, *values))
        return Writing(() if plate is None else (plate,))

    def _plate(self, taken: Sequence[QRectF]) -> Plate | None:
        """What the brushed rows became, within them at the right."""
        band, brushed = self.band, self._tries.band
        if band is None or brushed is None:
            return None
        long, short = _lines_of(self._tries.draft[-1], brushed, band)
        area, body, cursor = self._area(*band), self._pane.drawings.body, self._pointer.cursor
        held = list(taken)
        if cursor is not None:
            held.append(_along(self._line(cursor.row), body))
        ways = ((long, held), (short, held), (long, taken), (short, taken))
        found = (_placed(line, area, body, clear_of) for line, clear_of in ways)
        return next((plate for plate in found if plate is not None), None)


# -------------------------------------------------------------------- where its words stand
def _lines_of(edit: "Edit", steps: tuple[int, int], rows: tuple[float, float]) -> tuple[str, str]:
    """What these steps and stored rows became, long and short."""
    what, how = steps_words(*steps), fill_words(edit)
    long = tr(
        "{steps}: {fill}, stored rows {first}–{last}",
        steps=what,
        fill=how,
        first=round(rows[0]),
        last=max(round(rows[1]) - 1, round(rows[0])),
    )
    return long, tr("{steps}: {fill}", steps=what, fill=how)


def _along(line: QLineF, body: QRectF) -> QRectF:
    """Where the tag of the row cursor may stand: at its line, and a little beside it."""
    if abs(line.dx()) >= abs(line.dy()):
        return QRectF(body.left(), line.y1() - LINE, body.width(), 2 * LINE)
    return QRectF(line.x1() - LINE, body.top(), 2 * LINE, body.height())


def _placed(line: str, area: QRectF, body: QRectF, taken: Sequence[QRectF]) -> Plate | None:
    """A line within the brushed rows or near them, where it hides no other words."""
    metrics = QFontMetricsF(theme.font(weight=MEDIUM))
    size = QSizeF(metrics.horizontalAdvance(line) + 2 * PADDING, LINE + 2 * PADDING - 2)
    area = area.intersected(body)
    first, last = body.left() + INSET, max(area.right() - INSET - size.width(), 0.0)
    top = area.top() + INSET
    if size.height() + 2 * INSET > area.height():  # no room within: beneath, or above
        below = area.bottom() + INSET
        top = below if below + size.height() < body.bottom() else area.top() - 24 - INSET
    boxes = []
    for left in (last, (first + last) / 2, first):
        place = QPointF(round(max(left, first)), round(top))
        boxes.append(_lowered(QRectF(place, size), taken, body))
    clear = [box for box in boxes if _is_clear(box, taken, body)]
    if not clear:
        return None
    return Plate(min(clear, key=lambda box: box.top()), (line,), right=True)


def _lowered(box: QRectF, taken: Sequence[QRectF], body: QRectF) -> QRectF:
    """A box at its place, or as far below as it takes to hide no other words."""
    placed = QRectF(box)
    while any(placed.intersects(other) for other in taken) and placed.bottom() < body.bottom():
        placed.translate(0, 4)
    return placed


def _is_clear(box: QRectF, taken: Sequence[QRectF], body: QRectF) -> bool:
    return body.contains(box) and not any(box.intersects(other) for other in taken)


def tried_tag(tries: "Tries", step: int | None) -> str:
    """Both answers after a step; nothing where they are the same film's."""
    found, opened = tries.found, tries.opened
    if step is None or found is None or opened is None or not found.edits:
        return ""
    before, after = (
        answer_text(float(by_row[step, found.target]), of_film=tries.of_film)
        for by_row in (found.by_row_as_read, found.by_row)
    )
    return tr(
        "step {step} · {name} {before} → {after}",
        step=step,
        name=named(opened.model.classes[found.target]),
        before=before,
        after=after,
    )


def picture_of(found: "Reread | None", greys: "Greys | None", item: "FilmItem") -> QImage:
    """The rows of a changed film in the film's greys, one pixel each."""
    if found is None or greys is None or item.voi is None or item.frame is None:
        return QImage()
    inverted = item.frame.image.inverted != item.swapped
    grey = np.ascontiguousarray(apply_voi(greys.of(found.rows), item.voi, inverted))
    rows, columns = grey.shape
    image = QImage(grey.data, columns, rows, columns, QImage.Format.Format_Grayscale8)
    return image.copy()
