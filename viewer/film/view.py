"""The pane of a film: one frame with its window, place, turn, map, cursor and words."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from engine.imaging import default_voi
from engine.types import Frame, Heatmap, ModelInfo, Voi
from viewer.film.file_layers import FilmLayers
from viewer.film.foot import FilmFoot
from viewer.film.head import FilmHead
from viewer.film.item import FilmItem
from viewer.film.lettering import Lettering
from viewer.film.marks import RIBBON, SEAM, Writing
from viewer.film.model_view import ModelLayer
from viewer.film.painted import Drawings
from viewer.film.placement import Placement
from viewer.film.surface import FilmSurface
from viewer.film.tools import tool_of
from viewer.kit import theme
from viewer.kit.canvas import canvas, view_box
from viewer.kit.rendering import Pyramid
from viewer.kit.widgets import PaneFrame
from viewer.session.choices import MapChoice, RowCursor, TextLevel
from viewer.session.loading import NOT_KNOWN, Content
from viewer.session.viewport import Item, LayerChoice, Place, Viewport, row_items

REST_MS = 300  # after which a frame is no more one of many that are passed


class FilmPane(PaneFrame):
    """Shows values; asks for windows, maps, rows and frames."""

    window_requested = Signal(object)  # Window
    map_requested = Signal(object)  # MapChoice
    row_requested = Signal(float)  # stored row
    rows_moved = Signal(object)  # RowView
    frame_requested = Signal(int)  # by how many frames
    probe_moved = Signal(str)
    zoomed = Signal(object)  # pixels of the screen per stored pixel, None while fitted
    placed = Signal(object, bool)  # by the reader: Place | None, whether more of it may follow
    gesture_began = Signal()  # what is asked for until it ends is one step back
    gesture_ended = Signal()
    painted = Signal()  # a frame that was not on screen before now is
    activated = Signal()  # the reader has pressed on it

    def __init__(self, parent: QWidget | None = None) -> None:
        holder = QWidget()
        super().__init__(holder, parent)
        self.view = canvas(holder, 0)
        self.view.setBackground(theme.ON_FILM.pane)
        self.box = view_box(self.view)
        self.item = FilmItem(self.box)
        self.item.setParentItem(self.box)  # placed in pixels of the body, by its transform
        self.layers, self.lettering = FilmLayers(), Lettering()
        self.drawings = Drawings(self, self.box, self.item, self.layers, self.lettering)
        self.surface = FilmSurface(self, self.view.viewport(), self.item, self.drawings)
        self.sketch = self.surface.sketch
        self.seen = ModelLayer(self.box, lambda: self.placement, lambda: self.written().boxes)
        self.controls, self.legend = FilmHead(), FilmFoot()
        self.head_row.addWidget(self.controls)
        self.foot_row.addWidget(self.legend)
        self._cursor: RowCursor | None = None
        self._content: Content = NOT_KNOWN
        self._unseen = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._moved: object = None  # rows and scale that the strips know
        self.view.viewport().installEventFilter(self)
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # over films Tab is a command

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
        self.layers.show_frame(frame)
        self.surface.show_frame()
        self.lettering.show_frame(frame, fresh=not same)
        self.drawings.notice, self._unseen = "", True
        if same:
            self._rest.start()
        else:
            self.drawings.fitted = True
        self.legend.clear(self.controls.choice)
        self.controls.show_film(shown=True)
        self.sketch.show_film()
        self._place()

    def show_stack(self, at: int, count: int, *, uneven: bool = False) -> None:
        """Where it stands of how many, from 0; uneven where some may be missing."""
        self.surface.count = count
        self.lettering.place, self.lettering.uneven = (at, count), uneven
        self.drawings.over.refresh()

    def clear(self) -> None:
        """Take film, map and cursor away."""
        self._rest.stop()
        self._content, self._unseen = NOT_KNOWN, False
        self.item.clear()
        self.layers.show_frame(None)
        self.lettering.show_frame(None, fresh=True)
        self.drawings.fitted = True
        self.legend.clear(self.controls.choice)
        self.controls.show_film(shown=False)
        self.show_cursor(None)
        self.show_stack(0, 1)
        self.show_lines(())
        self.probe_moved.emit("")
        self.sketch.show_film()
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
        self.legend.mark_row(self._cursor)
        self._redraw()

    def show_model(self, model: ModelInfo | None) -> None:
        """Offer the layers and units of a model."""
        self.controls.show_model(model)

    def show_cursor(self, cursor: RowCursor | None) -> None:
        """Move the row cursor; None takes it away."""
        self._cursor = cursor
        columns = self.item.image_rect().width()
        self.drawings.show_items(row_items(self._content, cursor, int(columns)))
        self.legend.mark_row(self._cursor)

    def show_place(self, place: Place | None) -> None:
        """Move the film; None shows all of it."""
        self.drawings.fitted = place is None
        if place is not None:
            self.drawings.placement = self.placement.at(place)
        self._place()

    def tell(self) -> None:
        """Say again which rows are seen, and how large."""
        self._moved = None
        self._place()

    def show_lines(self, lines: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Show where films of other panes cut this one, from end to end in columns and rows."""
        if tuple(lines) != self.drawings.lines:
            self.drawings.lines = tuple(lines)
            self.drawings.over.refresh()

    def show_notice(self, text: str) -> None:
        """Say in the middle of the empty pane what to do; a marked sentence."""
        self.drawings.notice = text
        self.drawings.beside.refresh()

    def show_step_rows(self, text: str) -> None:
        """How many stored rows one step covers."""
        self.lettering.step_rows = text
        self.drawings.over.refresh()

    def set_wheel(self, *, zooms: bool) -> None:
        """Whether the wheel zooms; otherwise it leafs through frames, and zooms with Ctrl."""
        self.surface.gestures.wheel_zooms = zooms

    def set_tool(self, tool: str) -> None:
        """What a drag with the left button does."""
        self.sketch.cancel()
        self.surface.set_tool(tool_of(tool))

    def set_text_level(self, level: TextLevel) -> None:
        """All text over the film, the least, or none but the research-use line."""
        self.lettering.level, self.drawings.wordy = level, level != "none"
        self.drawings.over.refresh()

    def set_active(self, active: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Frame the pane that keys and commands go to, where there are several."""
        self.drawings.active = active
        self.drawings.near.refresh()

    def set_scroll(self, widget: QWidget) -> None:
        """Put a widget right of the film, for going through a stack."""
        layout = self.body.layout()
        if layout is not None:
            layout.setSpacing(0)
            layout.addWidget(widget)

    def show_look(self, viewport: Viewport) -> None:
        """Let the film lie and be drawn as a viewport says: turn, inversion, smoothing."""
        self.item.swapped, self.item.smooth = viewport.inverted, viewport.smooth
        self.drawings.placement = replace(self.placement, turn=viewport.turn)
        self._place()

    def show_layers(self, choice: LayerChoice) -> None:
        """Show and hide what lies over the film by its file."""
        self.layers.show_choice(choice)
        self._place()

    def fit(self) -> None:
        """Show the whole film."""
        self.show_place(None)
        if self.item.frame is not None:
            self.placed.emit(None, False)  # noqa: FBT003 - Qt's signals have no names

    def zoom_to(self, scale: float) -> None:
        """Show the film at a scale in pixels of the screen per stored pixel; 1 is one for one."""
        self.zoom(scale / self.drawings.ratio / self.placement.scale, self.drawings.body.center())

    def zoom_by(self, factor: float) -> None:
        """Zoom about the middle of the pane."""
        self.zoom(factor, self.drawings.body.center(), flows=True)

    def zoom_true(self) -> str:
        """Show a centimetre as a centimetre; says, marked, why that cannot be done, or nothing."""
        scale = self.drawings.true_scale
        if isinstance(scale, str):
            return scale
        self.zoom(scale / self.placement.scale, self.drawings.body.center())
        return ""

    def zoom(self, factor: float, fixed: QPointF, *, flows: bool = False) -> None:
        """Zoom about a pixel that stays where it is."""
        self.surface.zoom(factor, fixed, flows=flows)

    def pan(self, right: float, down: float) -> None:
        """Move the film by pixels."""
        self.surface.pan(right, down)

    # ---------------------------------------------------------------- what is painted
    @property
    def placement(self) -> Placement:
        """Where the film lies."""
        return self.drawings.placement

    @property
    def items(self) -> tuple[Item, ...]:
        """What lies on the film."""
        return self.drawings.items

    def stored(self, pixel: QPointF) -> QPointF:
        """Column and row of the image at a pixel of the body."""
        return self.placement.stored(pixel)

    def pixel(self, column: float, row: float) -> QPointF:
        """The pixel of the body at which a column and row of the image lie."""
        return self.placement.pixel(column, row)

    def written(self) -> Writing:
        """Plates, badges and letters, where they stand now."""
        return self.drawings.written()

    # ---------------------------------------------------------------- geometry
    def _place(self) -> None:
        """Put the view where it should be, and tell the strips."""
        width, height = self.box.width(), self.box.height()
        frame = self.item.frame
        if frame is None or width < 1 or height < 1:
            self._redraw()
            return
        aspect = frame.header.pixel_aspect
        placed = replace(self.placement, width=width, height=height, aspect=aspect)
        if self.drawings.fitted:
            area = self.layers.area(self.item.image_rect())
            placed = placed.fitted(area, RIBBON + SEAM)
        self.drawings.placement = placed
        self.item.setTransform(self.placement.transform())
        scale = self.placement.scale * self.drawings.ratio
        now = (self.placement.rows(), None if self.drawings.fitted else scale)
        if now != self._moved:  # another frame at the same place is nothing new to the strips
            self._moved = now
            self.rows_moved.emit(now[0])
            self.zoomed.emit(now[1])
        self._redraw()

    def _move(self, placement: Placement, flows: bool) -> None:  # noqa: FBT001 - a Qt slot
        """The reader has moved the film."""
        self.drawings.placement, self.drawings.fitted = placement, False
        self._place()
        self.placed.emit(placement.place, flows)

    def _connect(self) -> None:
        surface, gestures = self.surface, self.surface.gestures
        surface.window_requested.connect(self.window_requested)
        surface.row_requested.connect(self.row_requested)
        surface.frame_requested.connect(self.frame_requested)
        surface.probe_moved.connect(self.probe_moved)
        surface.moved.connect(self._move)
        surface.fit_requested.connect(self.fit)
        gestures.pressed.connect(self.activated)
        gestures.began.connect(self.gesture_began)
        gestures.ended.connect(self.gesture_ended)
        self.controls.map_requested.connect(self.map_requested)
        self.box.sigResized.connect(lambda _box: self._place())
        self._rest.timeout.connect(self.drawings.look)

    # ---------------------------------------------------------------- drawing
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when a new frame has reached the screen."""
        if event.type() == QEvent.Type.Paint and self._unseen and self.item.frame is not None:
            self._unseen = False
            self.painted.emit()
        return bool(super().eventFilter(watched, event))

    def _redraw(self) -> None:
        self.item.refresh()
        self.drawings.refresh()
        self.seen.refresh()
