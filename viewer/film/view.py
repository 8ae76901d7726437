"""The pane of a film: one frame with its window, place, turn, map, cursor and words."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from engine.imaging import auto_window, default_voi
from engine.types import Frame, Heatmap, ModelInfo, Voi, Window
from viewer.film.foot import FilmFoot
from viewer.film.head import FilmHead
from viewer.film.item import FilmItem
from viewer.film.marks import (
    RIBBON,
    SEAM,
    Corners,
    Writing,
    arrange,
    paint_notice,
    paint_ribbon,
    paint_words,
)
from viewer.film.mouse import Gestures, dragged
from viewer.film.placement import Placement
from viewer.film.tools import tool_of
from viewer.kit import theme
from viewer.kit.canvas import Canvas, canvas, view_box
from viewer.kit.language import tr
from viewer.kit.rendering import Pyramid
from viewer.kit.widgets import PaneFrame
from viewer.kit.words import identity_lines, pixel_lines, probe_text, view_lines
from viewer.session.choices import MapChoice, RowCursor, TextLevel
from viewer.session.loading import NOT_KNOWN, Content
from viewer.session.viewport import Item, Place, Viewport, row_items

NARROW = 300  # pixels of film below which plates stand in the corners of the pane


class FilmPane(PaneFrame):
    """Shows values; asks for windows, maps, rows and frames."""

    window_requested = Signal(object)  # Window
    map_requested = Signal(object)  # MapChoice
    row_requested = Signal(float)  # stored row
    rows_moved = Signal(object)  # RowView
    frame_requested = Signal(int)  # by how many frames
    probe_moved = Signal(str)
    zoomed = Signal(object)  # pixels per stored pixel, None while fitted
    placed = Signal(object, bool)  # by the reader: Place | None, whether more of it may follow
    gesture_began = Signal()  # what is asked for until it ends is one step back
    gesture_ended = Signal()
    painted = Signal()  # a frame that was not on screen before now is

    def __init__(self, parent: QWidget | None = None) -> None:
        holder = QWidget()
        super().__init__(holder, parent)
        self.view = canvas(holder, 0)
        self.view.setBackground(theme.ON_FILM.pane)
        self.box = view_box(self.view)
        self.item = FilmItem(self.box)
        self.item.setParentItem(self.box)  # placed in pixels of the body, by its transform
        self._beside = Canvas(self.box, self._paint_beside, depth=5)
        self._over = Canvas(self.box, self._paint_over, depth=11)
        self.controls, self.legend = FilmHead(), FilmFoot()
        self.head_row.addWidget(self.controls)
        self.foot_row.addWidget(self.legend)
        self._cursor: RowCursor | None = None
        self._content: Content = NOT_KNOWN
        self.items: tuple[Item, ...] = ()
        self._notice, self._step_rows = "", ""
        self._text_level: TextLevel = "all"
        self.placement, self._fitted = Placement(), True
        self._unseen = False
        self._auto: Window | None = None  # of the frame, once it is asked for
        self._count = 1  # frames that can be leafed through
        self._moved: object = None  # rows and scale that the strips know
        self.controls.map_requested.connect(self.map_requested)
        self.box.sigResized.connect(lambda _box: self._place())
        self.view.viewport().installEventFilter(self)
        self._connect(Gestures(self.view.viewport(), self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # ---------------------------------------------------------------- slots
    def show_frame(
        self,
        frame: Frame,
        pyramid: Pyramid,
        *,
        fresh: bool,
        content: Content = NOT_KNOWN,
        voi: Voi | None = None,
    ) -> None:
        """Show a frame; another frame of the same film keeps window, zoom and place.

        Args:
            frame: What is shown.
            pyramid: Of the same frame.
            fresh: Whether the film is another one.
            content: What the frame is, for the items on it.
            voi: What it is shown through; that of the film before, or its own, by default.
        """
        same = not fresh and self.item.frame is not None
        before = self.item.voi if same else None
        self._content = content
        self.item.show_frame(frame, pyramid, voi or before or default_voi(frame))
        self._auto = None
        self._notice, self._unseen = "", True
        if not same:
            self._step_rows = ""
            self._fitted = True
        self.legend.show_map(None, self.controls.choice)
        self.controls.show_film(shown=True)
        self._place()

    def show_stack(self, count: int) -> None:
        """How many frames the film has that can be leafed through."""
        self._count = count

    def set_wheel(self, does: str) -> None:
        """What the wheel does over a stack: "scroll", and with Ctrl "zoom", or the other way."""
        self._gestures.wheel_zooms = does == "zoom"

    def add_beside(self, widget: QWidget) -> None:
        """Put a widget at the right of the film."""
        layout = self.body.layout()
        if layout is not None:
            layout.addWidget(widget)

    def clear(self) -> None:
        """Take film, map and cursor away."""
        self.item.clear()
        self._step_rows, self._fitted = "", True
        self.legend.show_map(None, self.controls.choice)
        self.controls.show_film(shown=False)
        self.show_cursor(None)
        self.probe_moved.emit("")
        self._redraw()

    def show_voi(self, voi: Voi) -> None:
        """Show the film through another window."""
        self.item.voi = voi
        self._redraw()

    def show_map(self, heatmap: Heatmap | None, choice: MapChoice) -> None:
        """Lay a map over the film, or take it off."""
        self.item.heatmap, self.item.strength = heatmap, choice.strength
        self.controls.show_choice(choice)
        self.legend.show_map(heatmap, choice)
        self._mark_value()
        self._redraw()

    def show_model(self, model: ModelInfo | None) -> None:
        """Offer the layers and units of a model."""
        self.controls.show_model(model)

    def show_cursor(self, cursor: RowCursor | None) -> None:
        """Move the row cursor; None takes it away."""
        self._cursor = cursor
        columns = self.item.image_rect().width()
        self.items = row_items(self._content, cursor, int(columns))
        self._over.refresh()
        self._mark_value()

    def show_place(self, place: Place | None) -> None:
        """Move the film; None shows all of it."""
        self._fitted = place is None
        if place is not None:
            self.placement = self.placement.at(place)
        self._place()

    def show_notice(self, text: str) -> None:
        """Say in the middle of the empty pane what to do; a marked sentence."""
        self._notice = text
        self._beside.refresh()

    def show_step_rows(self, text: str) -> None:
        """How many stored rows one step covers."""
        self._step_rows = text
        self._over.refresh()

    def set_tool(self, tool: str) -> None:
        """What a drag with the left button does."""
        self._gestures.set_tool(tool_of(tool))

    def set_text_level(self, level: TextLevel) -> None:
        """All text over the film, the least, or none but the research-use line."""
        self._text_level = level
        self._over.refresh()

    def show_look(self, viewport: Viewport) -> None:
        """Let the film lie and be drawn as a viewport says: turn, inversion, smoothing."""
        self.item.swapped, self.item.smooth = viewport.inverted, viewport.smooth
        self.placement = replace(self.placement, turn=viewport.turn)
        self._place()

    def fit(self) -> None:
        """Show the whole film."""
        self.show_place(None)
        if self.item.frame is not None:
            self._tell_place(None)

    def zoom_to(self, scale: float) -> None:
        """Show the film at a scale in device-independent pixels per stored pixel."""
        middle = QPointF(self.box.width() / 2, self.box.height() / 2)
        self.zoom(scale / self.placement.scale, middle)

    def zoom_by(self, factor: float) -> None:
        """Zoom about the middle of the pane."""
        middle = QPointF(self.box.width() / 2, self.box.height() / 2)
        self.zoom(factor, middle, flows=True)

    # ---------------------------------------------------------------- geometry
    def _place(self) -> None:
        """Put the view where it should be, and tell the strips."""
        width, height = self.box.width(), self.box.height()
        frame = self.item.frame
        if frame is None or width < 1 or height < 1:
            self._redraw()
            return
        aspect = frame.header.pixel_aspect
        self.placement = replace(self.placement, width=width, height=height, aspect=aspect)
        if self._fitted:
            self.placement = self.placement.fitted(self.item.image_rect(), RIBBON + SEAM)
        self.item.setTransform(self.placement.transform())
        now = (self.placement.rows(), None if self._fitted else self.placement.scale)
        if now != self._moved:  # another frame at the same place is nothing new to the strips
            self._moved = now
            self.rows_moved.emit(now[0])
            self.zoomed.emit(now[1])
        self._redraw()

    # ---------------------------------------------------------------- gestures
    def _connect(self, gestures: Gestures) -> None:
        self._gestures = gestures
        gestures.began.connect(self.gesture_began)
        gestures.ended.connect(self.gesture_ended)
        gestures.hovered.connect(self._on_hovered)
        gestures.left.connect(lambda: self.probe_moved.emit(""))

    def change_window(self, right: float, down: float) -> None:
        """Ask for the window after a drag of so many pixels."""
        voi, frame = self.item.voi, self.item.frame
        if frame is None or frame.colour is not None:
            return
        self._auto = self._auto or auto_window(frame)  # not of each frame that is leafed through
        window = voi if isinstance(voi, Window) else self._auto
        self.window_requested.emit(dragged(window, right, down, reach=self._auto.width))

    def zoom(self, factor: float, fixed: QPointF, *, flows: bool = False) -> None:
        """Zoom about a pixel that stays where it is."""
        if self.item.frame is not None:
            self._move(self.placement.zoomed(factor, fixed, self.item.image_rect()), flows=flows)

    def pan(self, right: float, down: float) -> None:
        """Move the film by pixels."""
        if self.item.frame is not None:
            self._move(self.placement.panned(right, down, self.item.image_rect()))

    def _move(self, placement: Placement, *, flows: bool = False) -> None:
        self.placement, self._fitted = placement, False
        self._place()
        self._tell_place(placement.place, flows=flows)

    def _tell_place(self, place: Place | None, *, flows: bool = False) -> None:
        self.placed.emit(place, flows)

    def stored(self, pixel: QPointF) -> QPointF:
        """Column and row of the image at a pixel of the body."""
        return self.placement.stored(pixel)

    def pixel(self, column: float, row: float) -> QPointF:
        """The pixel of the body at which a column and row of the image lie."""
        return self.placement.pixel(column, row)

    def point(self, row: float) -> None:
        """Ask for a stored row."""
        if self.item.frame is not None:
            self.row_requested.emit(row)

    def step_frames(self, by: int) -> bool:
        """Ask for another frame; False where there is only one."""
        several = self.item.frame is not None and self._count > 1
        if several:
            self.frame_requested.emit(by)
        return several

    def _on_hovered(self, place: QPointF) -> None:
        frame, stored = self.item.frame, self.placement.stored(place)
        if frame is None or not self.item.image_rect().contains(stored):
            self.probe_moved.emit("")
            return
        rows, columns = frame.values.shape
        row, column = min(int(stored.y()), rows - 1), min(int(stored.x()), columns - 1)
        self.probe_moved.emit(probe_text(frame, row, column))

    # ---------------------------------------------------------------- drawing
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when a new frame has reached the screen."""
        if event.type() == QEvent.Type.Paint and self._unseen and self.item.frame is not None:
            self._unseen = False
            self.painted.emit()
        return bool(super().eventFilter(watched, event))

    def _redraw(self) -> None:
        self.item.refresh()
        self._beside.refresh()
        self._over.refresh()

    def _mark_value(self) -> None:
        heatmap, cursor = self.item.heatmap, self._cursor
        known = heatmap is not None and cursor is not None and cursor.step is not None
        self.legend.bar.show_value(
            float(heatmap.values[cursor.step]) if known and heatmap and cursor else None
        )

    def _paint_beside(self, painter: QPainter) -> None:
        body, heatmap = self._body(), self.item.heatmap
        if self.item.frame is None:
            paint_notice(painter, body, tr(self._notice))
        elif heatmap is not None:
            film = self._film()
            left = min(film.right() + SEAM, body.right() - RIBBON)
            ribbon = QRectF(left, film.top(), RIBBON, film.height())
            if not self.placement.turn.level:
                top = min(film.bottom() + SEAM, body.bottom() - RIBBON)
                ribbon = QRectF(film.left(), top, film.width(), RIBBON)
            paint_ribbon(painter, ribbon, heatmap, self.placement.pixel)

    def _paint_over(self, painter: QPainter) -> None:
        layout, body, pixel = self.written(), self._body(), self.placement.pixel
        for item in self.items:
            tool_of(item.kind).paint(painter, item, body, pixel)
        paint_words(painter, layout)  # no line strikes a letter out
        for item in self.items if self._text_level != "none" else ():
            tool_of(item.kind).paint_words(painter, item, body, pixel, layout.boxes)

    def written(self) -> Writing:
        """Plates, letters and badges, where they stand now."""
        body, film, frame = self._body(), self._film(), self.item.frame
        if frame is None or self.item.voi is None:
            return arrange(body, film, Corners())
        corners = Corners()
        if self._text_level == "all":
            scale = self.placement.scale
            corners = Corners(
                identity_lines(frame.image),
                view_lines(self.item.voi, scale, fitted=self._fitted, frame=frame),
                pixel_lines(frame.image, frame.header.spacing, self._step_rows),
            )
        known = frame.header.orientation if self._text_level != "none" else None
        letters = self.placement.turn.letters(known) if known else None
        return arrange(film if film.width() > NARROW else body, film, corners, letters=letters)

    def _body(self) -> QRectF:
        return QRectF(0, 0, self.box.width(), self.box.height())

    def _film(self) -> QRectF:
        film = self.item.image_rect()
        return QRectF() if film.isEmpty() else self.placement.on_screen(film)
