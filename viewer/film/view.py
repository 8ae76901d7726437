"""The film inside the pyqtgraph view, at the resolution of the screen."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.imaging import auto_window, default_voi
from engine.types import Frame, Heatmap, ModelInfo, Voi, Window
from viewer.film.foot import FilmFoot
from viewer.film.head import FilmHead
from viewer.film.marks import (
    RIBBON,
    SEAM,
    Corners,
    Writing,
    arrange,
    paint_notice,
    paint_ribbon,
    paint_tag,
    paint_words,
    place_tag,
)
from viewer.film.mouse import Gestures, dragged
from viewer.film.tools import tool_of
from viewer.kit import theme
from viewer.kit.canvas import Canvas, canvas, painted, view_box
from viewer.kit.language import tr
from viewer.kit.rendering import (
    NEAREST_FROM,
    Pyramid,
    Rect,
    Screen,
    View,
    on_screen,
    render_view,
    sampled,
)
from viewer.kit.widgets import PaneFrame
from viewer.kit.words import identity_lines, pixel_lines, probe_text, view_lines
from viewer.session.choices import MapChoice, RowCursor, RowView, TextLevel
from viewer.session.loading import NOT_KNOWN, Content
from viewer.session.viewport import Item, Place, row_items

# -------------------------------------------------------------- graphics item of the film

Film = tuple[Frame, Pyramid, Voi]


class FilmItem(pg.GraphicsObject):
    """One frame with its window and its map, in coordinates of stored pixels."""

    def __init__(self, box: Any) -> None:  # noqa: ANN401 - pyqtgraph is untyped
        super().__init__()
        self._box = box
        self.frame: Frame | None = None
        self.heatmap: Heatmap | None = None
        self.voi: Voi | None = None
        self.swapped = False  # by the reader, on top of what the file says
        self.strength = 0.7
        self._pyramid: Pyramid | None = None
        self._drawn: View | None = None
        self._place: Screen | None = None  # where it was painted last
        self._samples: Pyramid | None = None  # the film at the pixels of that place
        self._broken = False

    def show_frame(self, frame: Frame, pyramid: Pyramid, voi: Voi) -> None:
        """Draw another frame; the map of the last one goes with it."""
        self.prepareGeometryChange()
        self.frame, self._pyramid, self.voi, self.heatmap = frame, pyramid, voi, None
        self._place = self._samples = None
        self.refresh()

    def clear(self) -> None:
        """Draw nothing, and keep nothing of the last frame."""
        self.prepareGeometryChange()
        self.frame = self.heatmap = self.voi = self._pyramid = None
        self._place = self._samples = None
        self.refresh()

    def refresh(self) -> None:
        """Draw anew: something that is seen has changed."""
        self._drawn, self._broken = None, False
        self.update()

    def image_rect(self) -> QRectF:
        """The stored area of the image: (0, 0) to (C, R)."""
        if self.frame is None:
            return QRectF()
        rows, columns = self.frame.values.shape
        return QRectF(0, 0, columns, rows)

    def overlay_rect(self) -> QRectF:
        """The stored area that the map covers, from its edges; empty without a map."""
        if self.heatmap is None or self.frame is None:
            return QRectF()
        top, bottom = float(self.heatmap.edges[0]), float(self.heatmap.edges[-1])
        return QRectF(0, top, self.frame.values.shape[1], bottom - top)

    def boundingRect(self) -> QRectF:
        """The image."""
        return self.image_rect()

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the visible part; what failed is not tried again until something changes."""
        if self.frame is None or self._pyramid is None or self.voi is None or self._broken:
            return
        film = (self.frame, self._pyramid, self.voi)
        ratio = widget.devicePixelRatioF() if widget else 1.0
        self._broken = not painted(painter, lambda safe: self._paint(safe, film, ratio))

    def _paint(self, painter: QPainter, film: Film, ratio: float) -> None:
        """Draw the visible part; what was drawn before is kept until something changes.

        The first time at a place Qt scales the film; when it changes there, by a drag of the
        window say, its values are sampled once for the pixels of the screen.
        """
        frame, pyramid, _ = film
        screen = self._screen(painter, ratio)
        if screen != self._place:
            self._place, self._drawn, self._samples = screen, None, None
        elif self._drawn is None and screen.scale < 1 and not pyramid.colours:
            self._samples = self._samples or sampled(pyramid, screen)
        if self._drawn is None:
            self._drawn = self._render(film, screen)
        image = _qimage(self._drawn)
        if self._samples is not None:
            rows, columns = frame.values.shape
            corner = QPointF(screen.columns(columns)[0], screen.rows(rows)[0])
            image.setDevicePixelRatio(ratio)
            painter.resetTransform()
            painter.drawImage(corner / ratio, image)
        else:
            painter.setClipRect(self.image_rect())
            smooth = screen.scale < NEAREST_FROM
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(_qrect(self._drawn.rect), image)

    def _screen(self, painter: QPainter, ratio: float) -> Screen:
        matrix = painter.transform()
        (left, right), (top, bottom) = self._box.viewRange()
        body = matrix.mapRect(QRectF(left, top, right - left, bottom - top))
        sides = (body.left(), body.top(), body.right(), body.bottom())
        return Screen(
            matrix.dx() * ratio,
            matrix.dy() * ratio,
            matrix.m11() * ratio,
            matrix.m22() * ratio,
            Rect(*(side * ratio for side in sides)),
        )

    def _render(self, film: Film, screen: Screen) -> View:
        frame, pyramid, voi = film
        heatmap, part, scale = self.heatmap, screen.part, screen.scale
        if self._samples is not None:
            pyramid, scale = self._samples, 1.0
            rows, columns = pyramid.levels[0].shape
            part = Rect(0, 0, columns, rows)
            heatmap = on_screen(heatmap, screen, len(frame.values)) if heatmap else None
        return render_view(
            pyramid,
            voi,
            inverted=frame.image.inverted != self.swapped,
            heatmap=heatmap,
            strength=self.strength,
            part=part,
            scale=scale,
        )


def _qrect(rect: Rect) -> QRectF:
    return QRectF(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top)


def _qimage(view: View) -> QImage:
    pixels = np.ascontiguousarray(view.pixels)
    height, width = pixels.shape
    # RGB32 shares the array's memory; the view keeps it alive while the painter reads it.
    return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)


# ------------------------------------------------------------------ placement of the film
# Where the film lies in the pane: a value; zooming and panning make the next one.

SMALLEST, LARGEST = 32.0, 64.0  # pixels of the longer side, pixels per stored pixel


@dataclass(frozen=True, slots=True)
class Placement:
    """What the body shows.

    Attributes:
        x, y: Stored column and row in the middle of the body.
        scale: Pixels per stored row.
        aspect: Width over height of a stored pixel.
        width, height: Of the body, in pixels.
    """

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    aspect: float = 1.0
    width: float = 1.0
    height: float = 1.0

    @property
    def across(self) -> float:
        """Pixels per stored column."""
        return self.scale * self.aspect

    def fitted(self, film: QRectF, margin: float) -> "Placement":
        """Show the whole film, a margin free at its right."""
        room = max(self.width - margin, 1.0)
        scale = min(self.height / film.height(), room / (film.width() * self.aspect))
        shift = margin / 2 / (scale * self.aspect)
        return replace(self, scale=scale, x=film.center().x() + shift, y=film.center().y())

    def zoomed(self, factor: float, fixed: QPointF, film: QRectF) -> "Placement":
        """Zoom about a pixel that stays where it is; beside the film, about its nearest edge."""
        least = SMALLEST / max(film.width(), film.height())
        scale = min(max(self.scale * factor, least), LARGEST)
        place, share = self.stored(fixed), self.scale / scale
        x = min(max(place.x(), film.left()), film.right())
        y = min(max(place.y(), film.top()), film.bottom())
        return replace(self, scale=scale, x=x + (self.x - x) * share, y=y + (self.y - y) * share)

    def panned(self, right: float, down: float, film: QRectF) -> "Placement":
        """Move by pixels; the middle of the body stays on the film."""
        x = min(max(self.x - right / self.across, film.left()), film.right())
        y = min(max(self.y - down / self.scale, film.top()), film.bottom())
        return replace(self, x=x, y=y)

    def stored(self, pixel: QPointF) -> QPointF:
        """Stored column and row at a pixel of the body."""
        across = (pixel.x() - self.width / 2) / self.across
        return QPointF(self.x + across, self.y + (pixel.y() - self.height / 2) / self.scale)

    def y_of(self, row: float) -> float:
        """Pixels from the body's upper edge of a stored row."""
        return self.height / 2 + (row - self.y) * self.scale

    def visible(self) -> QRectF:
        """The stored area that the body shows; may reach beyond the film."""
        corner = self.stored(QPointF(0, 0))
        return QRectF(corner.x(), corner.y(), self.width / self.across, self.height / self.scale)

    def on_screen(self, film: QRectF) -> QRectF:
        """The part of the body that the film covers, in pixels."""
        left = self.width / 2 + (film.left() - self.x) * self.across
        size = (film.width() * self.across, film.height() * self.scale)
        whole = QRectF(left, self.y_of(film.top()), *size)
        return whole.intersected(QRectF(0, 0, self.width, self.height))


# ----------------------------------------------------------------------- pane of the film
# The film: one frame with its window, zoom, row-wise map, cursor and corner texts.

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
        self.box.addItem(self.item)
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
        self.controls.map_requested.connect(self.map_requested)
        self.box.sigResized.connect(lambda _box: self._place())
        self.view.viewport().installEventFilter(self)
        self._connect(Gestures(self.view.viewport(), self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # ---------------------------------------------------------------- slots
    def show_frame(
        self, frame: Frame, pyramid: Pyramid, *, fresh: bool, content: Content = NOT_KNOWN
    ) -> None:
        """Show a frame; another frame of the same film keeps window, zoom and place.

        Args:
            frame: What is shown.
            pyramid: Of the same frame.
            fresh: Whether the film is another one.
            content: What the frame is, for the items on it.
        """
        same, voi = not fresh and self.item.frame is not None, self.item.voi
        self._content = content
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
        columns = self.item.image_rect().width()
        self.items = row_items(self._content, cursor, int(columns))
        self._over.refresh()
        self._mark_value()

    def show_place(self, place: Place | None) -> None:
        """Move the film; None shows all of it."""
        self._fitted = place is None
        if place is not None:
            self.placement = replace(self.placement, x=place.x, y=place.y, scale=place.scale)
        self._place()

    def tell(self) -> None:
        """Say again which rows are seen, and how large."""
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

    def set_inverted(self, inverted: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Swap black and white, on top of what the file says."""
        self.item.swapped = inverted
        self._redraw()

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
        seen = self.placement.visible()
        self.box.setRange(seen, padding=0)
        self.rows_moved.emit(RowView(seen.top(), seen.bottom()))
        self.zoomed.emit(None if self._fitted else self.placement.scale)
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
        self._tell_place(Place(placement.x, placement.y, placement.scale), flows=flows)

    def _tell_place(self, place: Place | None, *, flows: bool = False) -> None:
        self.placed.emit(place, flows)

    def stored(self, pixel: QPointF) -> QPointF:
        """Column and row of the image at a pixel of the body."""
        return self.placement.stored(pixel)

    def point(self, row: float) -> None:
        """Ask for a stored row."""
        if self.item.frame is not None:
            self.row_requested.emit(row)

    def step_frames(self, by: int) -> bool:
        """Ask for another frame; False where there is only one."""
        frame = self.item.frame
        several = frame is not None and frame.image.frame_count > 1
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
            paint_ribbon(painter, ribbon, heatmap, self.placement.y_of)

    def _paint_over(self, painter: QPainter) -> None:
        layout, body, y_of = self._words(), self._body(), self.placement.y_of
        for item in self.items:
            tool_of(item.kind).paint(painter, item, body, y_of)
        paint_words(painter, layout)  # no line strikes a letter out
        for item in self.items if self._text_level != "none" else ():
            if item.words:
                y = y_of(item.points[0][1])
                paint_tag(painter, place_tag(body, y, item.words, taken=layout.boxes))

    def _words(self) -> Writing:
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
        letters = frame.header.orientation if self._text_level != "none" else None
        return arrange(film if film.width() > NARROW else body, film, corners, letters=letters)

    def _body(self) -> QRectF:
        return QRectF(0, 0, self.box.width(), self.box.height())

    def _film(self) -> QRectF:
        film = self.item.image_rect()
        return QRectF() if film.isEmpty() else self.placement.on_screen(film)
