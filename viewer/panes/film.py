"""The film: one frame with its window, zoom, row-wise map, cursor and corner texts."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from engine import Frame, Heatmap, ModelInfo, Voi, Window, auto_window, default_voi
from viewer import theme
from viewer.captions import identity_lines, pixel_lines, probe_text, view_lines
from viewer.choices import MapChoice, RowCursor, RowView, TextLevel, Tool
from viewer.kit.language import tr
from viewer.panes.film_foot import FilmFoot
from viewer.panes.film_geometry import Placement
from viewer.panes.film_gestures import Gestures, dragged
from viewer.panes.film_head import FilmHead
from viewer.panes.film_item import FilmItem
from viewer.panes.film_layout import Corners, Layout, arrange, place_tag
from viewer.panes.film_marks import (
    RIBBON,
    SEAM,
    paint_notice,
    paint_ribbon,
    paint_tag,
    paint_words,
)
from viewer.rendering import Pyramid
from viewer.scaffold import PaneFrame
from viewer.strip.drawing import Drawing, canvas, cursor_line, view_box

NOTCH = 1.15  # zoom of one notch of the wheel
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
    painted = Signal()  # a frame that was not on screen before now is

    def __init__(self, parent: QWidget | None = None) -> None:
        holder = QWidget()
        super().__init__(holder, parent)
        self.view = canvas(holder, 0)
        self.view.setBackground(theme.ON_FILM.pane)
        self.box = view_box(self.view)
        self.item = FilmItem(self.box)
        self.box.addItem(self.item)
        self._beside = Drawing(self.box, self._paint_beside, depth=5)
        self._line = cursor_line(self.box, on_film=True)
        self._over = Drawing(self.box, self._paint_over, depth=11)  # no line strikes a letter out
        self.controls, self.legend = FilmHead(), FilmFoot()
        self.head_row.addWidget(self.controls)
        self.foot_row.addWidget(self.legend)
        self._cursor: RowCursor | None = None
        self._notice, self._step_rows = "", ""
        self._text_level: TextLevel = "all"
        self.placement, self._fitted = Placement(), True
        self._unseen = False
        self.controls.map_requested.connect(self.map_requested)
        self.box.sigResized.connect(lambda _box: self._place())
        self.view.viewport().installEventFilter(self)
        self._connect(Gestures(self.view.viewport()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # ---------------------------------------------------------------- slots
    def show_frame(self, frame: Frame, pyramid: Pyramid, *, fresh: bool = False) -> None:
        """Show a frame; another frame of the same file keeps window, zoom and place.

        Args:
            frame: What is shown.
            pyramid: Of the same frame.
            fresh: Whether the file is another one, also where its name is the same.
        """
        last, voi = self.item.frame, self.item.voi
        same = not fresh and last is not None and last.image.path == frame.image.path
        self.item.show_frame(frame, pyramid, voi if same and voi else default_voi(frame))
        self._auto = auto_window(frame)
        self._notice, self._unseen = "", True
        if not same:
            self._step_rows = ""
            self._fitted = True
        self.legend.show_map(None, self.controls.choice)
        self.controls.show_film(shown=True)
        self._place()

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
        self._line.setVisible(cursor is not None)
        self._place_cursor()
        self._mark_value()

    def show_notice(self, text: str) -> None:
        """Say in the middle of the empty pane what to do; a marked sentence."""
        self._notice = text
        self._beside.refresh()

    def show_step_rows(self, text: str) -> None:
        """How many stored rows one step covers."""
        self._step_rows = text
        self._over.refresh()

    def set_tool(self, tool: Tool) -> None:
        """What a drag with the left button does."""
        self._gestures.set_tool(tool)

    def set_text_level(self, level: TextLevel) -> None:
        """All text over the film, the least, or none but the research-use line."""
        self._text_level = level
        self._over.refresh()

    def set_inverted(self, inverted: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Swap black and white, on top of what the file says."""
        self.item.swapped = inverted
        self._redraw()

    def fit(self) -> None:
        """Show the whole film."""
        self._fitted = True
        self._place()

    def zoom_to(self, scale: float) -> None:
        """Show the film at a scale in device-independent pixels per stored pixel."""
        self._zoom(
            scale / self.placement.scale, QPointF(self.box.width() / 2, self.box.height() / 2)
        )

    def zoom_by(self, factor: float) -> None:
        """Zoom about the middle of the pane."""
        self.zoom_to(self.placement.scale * factor)

    # ---------------------------------------------------------------- geometry
    def _place(self) -> None:
        """Put the view where it should be, and tell the strips."""
        width, height = self.box.width(), self.box.height()
        frame = self.item.frame
        if frame is None or width < 1 or height < 1:
            self._redraw()
            return
        aspect = frame.image.pixel_aspect
        self.placement = replace(self.placement, width=width, height=height, aspect=aspect)
        if self._fitted:
            self.placement = self.placement.fitted(self.item.image_rect(), RIBBON + SEAM)
        seen = self.placement.visible()
        self.box.setRange(seen, padding=0)
        self.rows_moved.emit(RowView(seen.top(), seen.bottom()))
        self.zoomed.emit(None if self._fitted else self.placement.scale)
        self._place_cursor()
        self._redraw()

    # ---------------------------------------------------------------- gestures
    def _connect(self, gestures: Gestures) -> None:
        self._gestures = gestures
        gestures.windowed.connect(self._on_windowed)
        gestures.zoomed.connect(self._zoom)
        gestures.panned.connect(self._on_panned)
        gestures.row_pointed.connect(self._on_row_pointed)
        gestures.hovered.connect(self._on_hovered)
        gestures.left.connect(lambda: self.probe_moved.emit(""))
        gestures.wheeled.connect(self._on_wheeled)
        gestures.fitted.connect(self.fit)

    def _on_windowed(self, right: float, down: float) -> None:
        voi, frame = self.item.voi, self.item.frame
        if frame is None or frame.colour is not None:
            return
        window = voi if isinstance(voi, Window) else self._auto
        self.window_requested.emit(dragged(window, right, down, reach=self._auto.width))

    def _zoom(self, factor: float, fixed: QPointF) -> None:
        if self.item.frame is not None:
            self._fitted = False
            film = self.item.image_rect()
            self.placement = self.placement.zoomed(factor, fixed, film)
            self._place()

    def _on_panned(self, right: float, down: float) -> None:
        if self.item.frame is not None:
            self._fitted = False
            self.placement = self.placement.panned(right, down, self.item.image_rect())
            self._place()

    def _on_row_pointed(self, y: float) -> None:
        if self.item.frame is not None:
            self.row_requested.emit(self.placement.stored(QPointF(0, y)).y())

    def _on_wheeled(self, notches: int, place: QPointF, control: bool) -> None:  # noqa: FBT001 - a Qt slot
        frame = self.item.frame
        if frame is not None and frame.image.frame_count > 1 and not control:
            self.frame_requested.emit(-notches)
        else:
            self._zoom(NOTCH**notches, place)

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

    def _place_cursor(self) -> None:
        if self._cursor is not None:
            self._line.setPos(0.0, self.placement.y_of(self._cursor.row))
        self._over.refresh()

    def _paint_beside(self, painter: QPainter) -> None:
        body, heatmap = self._body(), self.item.heatmap
        if self.item.frame is None:
            paint_notice(painter, body, tr(self._notice))
        elif heatmap is not None:
            film = self._film()
            left = min(film.right() + SEAM, body.right() - RIBBON)
            ribbon = QRectF(left, film.top(), RIBBON, film.height())
            paint_ribbon(painter, ribbon, heatmap, self.placement.y_of)

    def _paint_over(self, painter: QPainter) -> None:
        layout, cursor = self._words(), self._cursor
        paint_words(painter, layout)
        if cursor is not None and self._text_level != "none":
            y = self._line.pos().y()
            paint_tag(painter, place_tag(self._body(), y, cursor.tag, taken=layout.boxes))

    def _words(self) -> Layout:
        body, film, frame = self._body(), self._film(), self.item.frame
        if frame is None or self.item.voi is None:
            return arrange(body, film, Corners())
        corners = Corners()
        if self._text_level == "all":
            scale = self.placement.scale
            corners = Corners(
                identity_lines(frame.image),
                view_lines(self.item.voi, scale, fitted=self._fitted, frame=frame),
                pixel_lines(frame.image, self._step_rows),
            )
        letters = frame.image.orientation if self._text_level != "none" else None
        return arrange(film if film.width() > NARROW else body, film, corners, letters=letters)

    def _body(self) -> QRectF:
        return QRectF(0, 0, self.box.width(), self.box.height())

    def _film(self) -> QRectF:
        film = self.item.image_rect()
        return QRectF() if film.isEmpty() else self.placement.on_screen(film)
