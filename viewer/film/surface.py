"""What the mouse does to the film of one pane: tools act here, and ask for what they want."""

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtWidgets import QWidget

from engine.imaging import auto_window, best_window, box_values
from engine.types import Window
from viewer.film.fingers import Fingers
from viewer.film.item import FilmItem
from viewer.film.mouse import Gestures, dragged
from viewer.film.painted import Drawings
from viewer.film.placement import Placement
from viewer.film.sketch import Lying, Sketch
from viewer.film.tools import Tool
from viewer.kit.words import probe_text


class FilmSurface(QObject):
    """A film under the tools (`tools.Surface`); what they change is asked for by signals.

    Args:
        pane: Its keys are for what is being drawn.
        widget: Shows the film; its mouse is watched.
        item: The film.
        drawings: Where it lies, and what is painted over it.
    """

    window_requested = Signal(object)  # Window
    row_requested = Signal(float)  # stored row
    frame_requested = Signal(int)  # by how many frames
    moved = Signal(object, bool)  # Placement, whether more of it may follow
    fit_requested = Signal()
    probe_moved = Signal(str)  # what lies under the pointer

    def __init__(self, pane: Lying, widget: QWidget, item: FilmItem, drawings: Drawings) -> None:
        super().__init__(widget)
        self.count = 1  # frames that can be leafed through
        self._item, self._drawings = item, drawings
        self._auto: Window | None = None  # of the frame, once it is asked for
        self.gestures = Gestures(widget, self)
        self.fingers = Fingers(widget, self, self.gestures)
        self.sketch = Sketch(pane, widget, drawings.over.refresh)  # sees the mouse before it
        drawings.annotated = self.sketch
        self.gestures.hovered.connect(self._on_hovered)
        self.gestures.interrupted.connect(self._on_interrupted)
        self.gestures.left.connect(lambda: self.probe_moved.emit(""))

    def show_frame(self) -> None:
        """Another frame is shown."""
        self._auto = None
        self._drawings.lens = None

    def set_tool(self, tool: Tool) -> None:
        """What a drag with the left button does."""
        self.gestures.set_tool(tool)

    # ---------------------------------------------------------------- places
    @property
    def placement(self) -> Placement:
        """Where the film lies."""
        return self._drawings.placement

    def stored(self, pixel: QPointF) -> QPointF:
        """Column and row of the image at a pixel of the body."""
        return self.placement.stored(pixel)

    def pixel(self, column: float, row: float) -> QPointF:
        """The pixel of the body at which a column and row of the image lie."""
        return self.placement.pixel(column, row)

    def zoom(self, factor: float, fixed: QPointF, *, flows: bool = False) -> None:
        """Zoom about a pixel that stays where it is."""
        if self._item.frame is not None:
            placed = self.placement.zoomed(factor, fixed, self._item.image_rect())
            self.moved.emit(placed, flows)

    def zoom_to_box(self, box: QRectF) -> None:
        """Show what lies in a box of pixels as large as the pane allows."""
        if self._item.frame is not None:
            placed = self.placement.framed(self._area(box), self._item.image_rect())
            self.moved.emit(placed, False)  # noqa: FBT003 - Qt's signals have no names

    def pan(self, right: float, down: float) -> None:
        """Move the film by pixels."""
        if self._item.frame is not None:
            placed = self.placement.panned(right, down, self._item.image_rect())
            self.moved.emit(placed, False)  # noqa: FBT003 - Qt's signals have no names

    def fit(self) -> None:
        """Show the whole film."""
        self.fit_requested.emit()

    def _area(self, box: QRectF) -> QRectF:
        """The stored area of a box of pixels."""
        return QRectF(self.stored(box.topLeft()), self.stored(box.bottomRight())).normalized()

    # ---------------------------------------------------------------- what is shown
    def change_window(self, right: float, down: float) -> None:
        """Ask for the window after a drag of so many pixels."""
        voi, frame = self._item.voi, self._item.frame
        if frame is None or frame.colour is not None:
            return
        self._auto = self._auto or auto_window(frame)  # not of each frame that is leafed through
        window = voi if isinstance(voi, Window) else self._auto
        self.window_requested.emit(dragged(window, right, down, reach=self._auto.width))

    def window_from_box(self, box: QRectF) -> None:
        """Ask for the window that shows most of what lies in a box of pixels."""
        frame, area = self._item.frame, self._area(box)
        if frame is None or frame.colour is not None:
            return
        corners = area.topLeft(), area.bottomRight()
        values = box_values(frame, *((corner.x(), corner.y()) for corner in corners))
        if values.size:
            self.window_requested.emit(best_window(values))

    def show_rubber(self, box: QRectF | None) -> None:
        """Show a box that is being drawn; None takes it away."""
        self._drawings.rubber = box
        self._drawings.near.refresh()

    def magnify(self, pixel: QPointF | None) -> None:
        """Show the film around a pixel enlarged; None ends that."""
        self._drawings.lens = pixel
        self._drawings.near.refresh()

    def point(self, row: float) -> None:
        """Ask for a stored row."""
        if self._item.frame is not None:
            self.row_requested.emit(row)

    @property
    def leafs(self) -> bool:
        """Whether a swipe goes through frames; over an enlarged film it moves the film."""
        return self._item.frame is not None and self.count > 1 and self._drawings.fitted

    def step_frames(self, by: int) -> bool:
        """Ask for another frame; False where there is only one."""
        several = self._item.frame is not None and self.count > 1
        if several:
            self.frame_requested.emit(by)
        return several

    def _on_interrupted(self) -> None:
        """What a drag had begun goes; what was there before it stays as it was."""
        self.sketch.cancel()
        self.show_rubber(None)
        self.magnify(None)

    def _on_hovered(self, place: QPointF) -> None:
        frame, stored = self._item.frame, self.stored(place)
        if frame is None or not self._item.image_rect().contains(stored):
            self.probe_moved.emit("")
            return
        rows, columns = frame.values.shape
        row, column = min(int(stored.y()), rows - 1), min(int(stored.x()), columns - 1)
        self.probe_moved.emit(probe_text(frame, row, column))
