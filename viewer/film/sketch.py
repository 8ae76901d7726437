"""What lies on the film of one pane, and what the reader is drawing there.

A drag draws from press to release; clicks draw point by point, with the next one under the mouse.
What is finished goes to the session, which keeps it, and comes back from there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.annotations import KINDS, ROIS, Annotation, AnnotationKind, Measurement, Places
from viewer.film.measure import (
    Boxes,
    Drawn,
    PixelOf,
    drawn,
    handle_at,
    handle_points,
    is_near,
    moved,
    paint_shape,
    paint_value,
    plates_of,
)
from viewer.kit.language import tr
from viewer.kit.measures import name_of, plate_lines

if TYPE_CHECKING:
    from viewer.film.marks import Plate
    from viewer.session.annotations import Annotations
    from viewer.session.loading import Film
    from viewer.session.pointer import Pointer

LEAST: Final = 3.0  # pixels between two points of an outline, and of the smallest annotation
CLOSE: Final = 9.0  # pixels from its first point at which a click closes an outline
MOST: Final = 2000  # points of an outline
LARGE: Final = 1 << 19  # pixels in a box beyond which statistics wait for the end of a drag
LONGEST: Final = 80  # letters of a name


_SIDES: Final = {"angle": ((0, 1), (1, 2)), "cobb": ((0, 1), (2, 3))}  # that have a length


class Lying(Protocol):
    """A pane with a film in it."""

    def installEventFilter(self, watcher: QObject) -> None:
        """Let another see its keys."""

    def stored(self, pixel: QPointF) -> QPointF:
        """Column and row of the image at a pixel."""

    def pixel(self, column: float, row: float) -> QPointF:
        """The pixel at which a column and row of the image lie."""


Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is not finished; the last point follows the mouse.

    Attributes:
        begun: Whether the button that began its last point is still down.
    """

    kind: AnnotationKind
    points: Places
    begun: bool = True

    def at(self, place: Place) -> "_Draft":
        """With its last point elsewhere."""
        return replace(self, points=(*self.points[:-1], place))

    def pressed(self, place: Place) -> "_Draft":
        """The button goes down again; the second line of Cobb's begins with it."""
        if self.kind == "cobb" and len(self.points) == 3:
            return _Draft(self.kind, (*self.points[:-1], place, place))
        return replace(self.at(place), begun=False)

    def dragged(self, place: Place, pixel: PixelOf) -> "_Draft":
        """An outline grows; anything else takes its last point along."""
        if self.kind != "freehand" or not self.begun or len(self.points) >= MOST:
            return self.at(place)
        apart = pixel(*place) - pixel(*self.points[-2])
        if apart.manhattanLength() < LEAST:
            return self.at(place)
        return replace(self, points=(*self.points[:-1], place, place))

    def is_whole(self, place: QPointF, pixel: PixelOf, *, stroke: bool) -> bool:
        """Whether nothing is missing once its last point was set at a place on the screen."""
        if (count := KINDS[self.kind]) is not None:
            return len(self.points) == count
        away = (place - pixel(*self.points[0])).manhattanLength()
        return stroke or (len(self.points) > 3 and away <= CLOSE)

    def whole(self) -> Places:
        """Its points; what follows the mouse is no corner of an outline."""
        return tuple(dict.fromkeys(self.points)) if self.kind == "freehand" else self.points

    def is_meant(self, pixel: PixelOf) -> bool:
        """Whether it has all its points, and is larger on the screen than a slip of the hand."""
        points, count = self.whole(), KINDS[self.kind]
        if len(points) < (count or 3):
            return False
        places = [pixel(*point) for point in points]
        if count is None:
            xs, ys = [place.x() for place in places], [place.y() for place in places]
            return max(xs) - min(xs) >= LEAST and max(ys) - min(ys) >= LEAST
        pairs = _SIDES.get(self.kind, ((0, 1),)) if count > 1 else ()
        return all((places[a] - places[b]).manhattanLength() >= LEAST for a, b in pairs)


@dataclass(frozen=True, slots=True)
class _Grip:
    """An annotation in the hand.

    Attributes:
        was: How it lay.
        now: How it lies under the mouse.
        handle: None for all of it.
        start: Stored place where it was taken.
    """

    was: Annotation
    now: Annotation
    handle: int | None
    start: Place


@dataclass(frozen=True, slots=True)
class _There:
    annotations: "Annotations"
    pane: int
    film: "Film"


class Sketch(QObject):
    """The annotations of one pane.

    Args:
        film: The pane: it knows places, and has the keys.
        holder: Has the mouse, and names are written over it.
        redraw: Called when something looks different.
    """

    def __init__(self, film: Lying, holder: QWidget, redraw: Callable[[], None]) -> None:
        super().__init__(holder)
        self._lying, self._holder, self._redraw = film, holder, redraw
        self._pointer: Pointer | None = None
        self._annotations: Annotations | None = None
        self.items: tuple[Measurement, ...] = ()
        self._draft: _Draft | None = None
        self._grip: _Grip | None = None
        self._pressed = False
        self.plates: tuple[object, tuple[Plate, ...]] = ((), ())  # where they are, and why
        self.hovered = ""
        self.editor = _NameEditor(holder)
        self.editor.written.connect(self._on_written)
        holder.installEventFilter(self)
        film.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See where the mouse is; Esc is ours while something is begun."""
        kind = event.type()
        if watched is self._holder:
            if kind == QEvent.Type.Leave:
                self._point_at("")
            elif isinstance(event, QMouseEvent) and kind == QEvent.Type.MouseMove:
                self.hover(event.position())
            return False
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return False
        if kind == QEvent.Type.ShortcutOverride and self.is_busy:
            event.accept()
            return True
        return kind == QEvent.Type.KeyPress and self.cancel()

    def watch(self, pointer: "Pointer", annotations: "Annotations") -> None:
        """Show, and change, what lies on the film of a viewport."""
        self._pointer, self._annotations = pointer, annotations
        annotations.changed.connect(self._on_changed)
        annotations.chosen_changed.connect(self._redraw)
        self.show_film()

    def show_film(self) -> None:
        """Another film or frame is shown, or none."""
        self._drop()
        self.hovered = ""
        self.editor.hide()
        self._reload()

    @property
    def chosen(self) -> str:
        """The annotation that keys go to, if it lies here."""
        key = self._annotations.chosen if self._annotations else ""
        return key if any(one.annotation.id == key for one in self.items) else ""

    @property
    def is_busy(self) -> bool:
        """Whether something is begun that Esc would drop."""
        return self._draft is not None or self._grip is not None

    # ------------------------------------------------------------------ the mouse
    def press(self, kind: AnnotationKind, pixel: QPointF) -> None:
        """Go on with what is begun, take what is there, or begin."""
        if self._there is None:
            return
        self._pressed = True
        place = self._place(pixel)
        if self._draft is not None and self._draft.kind == kind:
            self._draft = self._draft.pressed(place)
        elif (hit := self._hit(pixel)) is not None:
            self._drop()
            self._take(*hit, place)
        else:
            self._choose("")
            points = (place,) if KINDS[kind] == 1 else (place, place)
            self._draft = _Draft(kind, points)
        self._redraw()

    def drag(self, pixel: QPointF) -> None:
        """Take along what is in the hand, or the point that is being set."""
        place = self._place(pixel)
        if self._grip is not None:
            self._grip = replace(self._grip, now=self._moved(self._grip, place))
        elif self._draft is not None:
            self._draft = self._draft.dragged(place, self._lying.pixel)
        self._redraw()

    def release(self, pixel: QPointF, *, dragged: bool) -> None:
        """Put down what is in the hand, or set a point."""
        self._pressed = False
        grip, self._grip = self._grip, None
        if grip is not None and grip.now != grip.was:
            self._change(grip.now)
        draft = self._draft
        if draft is not None:
            count = KINDS[draft.kind]
            if count != 1 and draft.begun and not dragged:
                self._draft = replace(draft, begun=False)  # a click: the next one sets the end
            else:
                self._set(draft, pixel, stroke=dragged and draft.begun)
        self._redraw()

    def hover(self, pixel: QPointF) -> None:
        """Let the next point follow the mouse, or show what would be taken."""
        if self._pressed or self._there is None:
            return
        if self._draft is not None:
            self._draft = self._draft.at(self._place(pixel))
            self._redraw()
            return
        hit = self._hit(pixel)
        self._point_at(hit[0].id if hit is not None else "")

    def _point_at(self, key: str) -> None:
        if key != self.hovered:
            self.hovered = key
            self._redraw()

    def double_click(self, pixel: QPointF) -> bool:
        """Close an outline, or name what lies there; False where nothing does."""
        if self._draft is not None:
            self._finish(self._draft)
            self._redraw()
            return True
        hit = self._hit(pixel)
        if hit is not None:
            self._choose(hit[0].id)
            self.write()
        return hit is not None

    # ------------------------------------------------------------------ keys
    def cancel(self) -> bool:
        """Drop what is begun; False where nothing is."""
        busy = self.is_busy
        self._drop()
        self._redraw()
        return busy

    def remove_chosen(self) -> None:
        """Take the chosen one away."""
        if (there := self._there) is not None and self.chosen:
            there.annotations.remove(there.pane, there.film, [self.chosen])

    def write(self) -> None:
        """Let the reader name the chosen one, or write the text of an arrow."""
        found = [one.annotation for one in self.items if one.annotation.id == self.chosen]
        if found:
            one, at = found[0], self._lying.pixel(*found[0].points[-1])
            words = one.text if one.kind == "arrow" else one.name
            self.editor.ask(one.id, words, "" if one.kind == "arrow" else name_of(one), at)

    # ------------------------------------------------------------------ painting
    def paint(self, painter: QPainter) -> None:
        """Paint all outlines."""
        meant = {self.hovered, self.chosen} - {""}
        for one in self._shown():
            paint_shape(painter, self._shape(one.annotation), meant=one.annotation.id in meant)
        if self._draft is not None:
            paint_shape(painter, self._shape(self._draft), meant=False)

    def paint_values(self, painter: QPainter, body: QRectF, taken: Boxes) -> None:
        """Write all values beside their outlines, clear of what is written already."""
        shown = [(one, self._shape(one.annotation)) for one in self._shown()]
        if self._draft is not None and (made := self._measured_draft(self._draft)) is not None:
            shown.append((made, self._shape(self._draft)))
        worded = tuple((self._words(one), shape) for one, shape in shown)
        key = (worded, body.getRect(), tuple(box.getRect() for box in taken))
        if key != self.plates[0]:  # not at every step of a drag of the window
            self.plates = (key, plates_of(worded, body, taken))
        for plate in self.plates[1]:
            paint_value(painter, plate)

    def _words(self, one: Measurement) -> tuple[str, ...]:
        written = one.annotation.id == self.editor.about  # by the reader, at this moment
        return plate_lines(one) if one.values and not written else ()

    # ------------------------------------------------------------------ what is begun
    def _set(self, draft: _Draft, pixel: QPointF, *, stroke: bool) -> None:
        """The last point is where it should be; another one follows the mouse, or it is whole."""
        draft = draft.at(self._place(pixel))
        if draft.is_whole(pixel, self._lying.pixel, stroke=stroke):
            closed = draft.kind == "freehand" and not stroke  # by a click on its beginning
            self._finish(replace(draft, points=draft.points[:-1]) if closed else draft)
        else:
            self._draft = _Draft(draft.kind, (*draft.points, draft.points[-1]), begun=False)

    def _finish(self, draft: _Draft) -> None:
        """Hand it to the session, unless it is too small to be meant."""
        self._drop()
        there = self._there
        if there is not None and draft.is_meant(self._lying.pixel):
            there.annotations.add(there.pane, there.film, draft.kind, draft.whole())
            if draft.kind == "arrow":
                self.write()

    def _drop(self) -> None:
        self._draft = self._grip = None
        self._pressed = False

    # ------------------------------------------------------------------ what is there
    @property
    def _there(self) -> "_There | None":
        """The film that is shown, and who keeps what lies on it."""
        pointer, annotations = self._pointer, self._annotations
        if pointer is None or annotations is None or pointer.film is None:
            return None
        return _There(annotations, pointer.pane, pointer.film)

    def _reload(self) -> None:
        there = self._there
        self.items = there.annotations.measured(there.film) if there is not None else ()
        self._redraw()

    def _on_changed(self, subject: tuple[str, int]) -> None:
        there = self._there
        if there is not None and there.annotations.subject_of(there.film) == subject:
            self._reload()

    def _choose(self, key: str) -> None:
        if self._annotations is not None:
            self._annotations.choose(key)

    def _change(self, now: Annotation) -> None:
        if (there := self._there) is not None:
            there.annotations.change(there.pane, there.film, now)

    def _on_written(self, key: str, words: str) -> None:
        text = words.strip()[:LONGEST]
        for one in (item.annotation for item in self.items if item.annotation.id == key):
            arrow = one.kind == "arrow"
            self._change(replace(one, text=text) if arrow else replace(one, name=text))
        self._redraw()

    def _shown(self) -> list[Measurement]:
        """What lies here, with the one in the hand as it lies under the mouse."""
        grip = self._grip
        if grip is None:
            return list(self.items)
        return [
            self._measured(grip.now) if one.annotation.id == grip.now.id else one
            for one in self.items
        ]

    def _measured(self, annotation: Annotation) -> Measurement:
        """With its values; those of a large region wait for the end of the drag."""
        there = self._there
        large = annotation.kind in ROIS and _box_size(annotation.points) > LARGE
        if large or there is None:
            return Measurement(annotation, {})
        return there.annotations.measure(annotation, there.film)

    def _measured_draft(self, draft: _Draft) -> Measurement | None:
        """The values of what is being drawn, once it has all its points."""
        count = KINDS[draft.kind]
        if count is None or count != len(draft.points) or count == 1:
            return None
        return self._measured(Annotation("", draft.kind, draft.points))

    def _shape(self, one: Annotation | _Draft) -> Drawn:
        return drawn(one.kind, one.points, self._lying.pixel)

    def _hit(self, pixel: QPointF) -> tuple[Annotation, int | None] | None:
        """What lies at a pixel, and which of its handles; the chosen one first."""
        order = sorted(self.items, key=lambda one: one.annotation.id == self.chosen, reverse=True)
        shapes = [(one.annotation, self._shape(one.annotation)) for one in order]
        for annotation, shape in shapes:
            if (handle := handle_at(shape, pixel)) is not None:
                return annotation, handle
        return next(((one, None) for one, shape in shapes if is_near(shape, pixel)), None)

    def _take(self, annotation: Annotation, handle: int | None, place: Place) -> None:
        self._choose(annotation.id)
        if KINDS[annotation.kind] == 1:
            handle = None
        self._grip = _Grip(annotation, annotation, handle, place)

    def _moved(self, grip: _Grip, place: Place) -> Annotation:
        kind, points = grip.was.kind, grip.was.points
        across, down = place[0] - grip.start[0], place[1] - grip.start[1]
        if grip.handle is None:
            return replace(grip.was, points=_shifted(points, (across, down), self._size()))
        x, y = handle_points(kind, points)[grip.handle]
        there = _on_film((x + across, y + down), self._size())
        return replace(grip.was, points=moved(kind, points, grip.handle, there))

    def _place(self, pixel: QPointF) -> Place:
        stored = self._lying.stored(pixel)
        return _on_film((stored.x(), stored.y()), self._size())

    def _size(self) -> Place:
        there = self._there
        rows, columns = there.film.frame.values.shape if there is not None else (0, 0)
        return float(columns), float(rows)


def _on_film(place: Place, size: Place) -> Place:
    """The nearest place on a film of so many columns and rows."""
    return min(max(place[0], 0.0), size[0]), min(max(place[1], 0.0), size[1])


def _shifted(points: Places, way: Place, size: Place) -> Places:
    """Points moved together, as far as they stay on the film."""
    xs, ys = zip(*points, strict=True)
    across = min(max(way[0], -min(xs)), max(size[0] - max(xs), 0.0))
    down = min(max(way[1], -min(ys)), max(size[1] - max(ys), 0.0))
    return tuple((x + across, y + down) for x, y in points)


def _box_size(points: Places) -> float:
    xs, ys = zip(*points, strict=True)
    return float((max(xs) - min(xs)) * (max(ys) - min(ys)))


class _NameEditor(QLineEdit):
    """A line over the film in which a name or a text is written.

    Enter, and going elsewhere, keep what was written; Esc does not.
    """

    written = Signal(str, str)  # id, words
    WIDTH: Final = 168

    def __init__(self, holder: QWidget) -> None:
        super().__init__(holder)
        self._holder, self.about = holder, ""
        self.setMaxLength(LONGEST)
        self.setFixedWidth(self.WIDTH)
        self.hide()
        self.editingFinished.connect(self._keep)

    def ask(self, key: str, words: str, hint: str, at: QPointF) -> None:
        """Let the reader write; `hint` stands there while nothing is written."""
        self.about = key
        self.setText(words)
        self.setPlaceholderText(hint)
        self.setAccessibleName(tr("Name") if hint else tr("Text of the arrow"))
        room = self._holder.rect()
        height = self.sizeHint().height()
        left = min(max(round(at.x()) + 8, 8), max(room.width() - self.WIDTH - 8, 0))
        top = min(max(round(at.y()) + 8, 8), max(room.height() - height - 8, 0))
        self.move(left, top)
        self.selectAll()
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc forgets what was written."""
        if event.key() == Qt.Key.Key_Escape:
            self._end()
            event.accept()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Esc is not for the window while one writes."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return bool(super().event(event))

    def hideEvent(self, _event: QEvent) -> None:
        """Nothing is asked any more."""
        self.about = ""

    def _keep(self) -> None:
        key, words = self.about, self.text()
        if key:
            self._end()
            self.written.emit(key, words)

    def _end(self) -> None:
        self.about = ""
        self.hide()
        around: QWidget | None = self._holder
        while around is not None and around.focusPolicy() == Qt.FocusPolicy.NoFocus:
            around = around.parentWidget()
        if around is not None:
            around.setFocus()
