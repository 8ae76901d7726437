"""The tools of the film: what a press, a drag, a click and the wheel do, and what they paint.

`TOOLS` is the one table of them: buttons, menu, keys and scripts come from it. A gesture is a
press, drags and a release; it speaks of columns and rows of the image.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from engine.annotations import KINDS, AnnotationKind
from viewer.film.marks import paint_row, paint_tag, place_tag
from viewer.film.sketch import Sketch
from viewer.kit.language import marked
from viewer.session.viewport import Item

NOTCH: Final = 1.15  # zoom of one notch of the wheel
ZOOM: Final = 1.006  # of a pixel of a drag
LEAST: Final = 4.0  # pixels of a side below which a box was not meant
Boxes = tuple[QRectF, ...]


@dataclass(frozen=True, slots=True)
class Touch:
    """Where the pointer is in a gesture.

    Attributes:
        column, row: Of the image, 0 at its upper left edge; may lie beside it.
        pixel: The same place in the pane.
        start: Pixel where the gesture began.
        right, down: Pixels since the touch before.
        fast: How much faster a drag is to be, for the one who holds Ctrl.
        dragged: Whether it is more than a click by now.
    """

    column: float
    row: float
    pixel: QPointF
    start: QPointF
    right: float = 0.0
    down: float = 0.0
    fast: float = 1.0
    dragged: bool = False


class Surface(Protocol):
    """A film under a tool."""

    def stored(self, pixel: QPointF) -> QPointF:
        """Column and row of the image at a pixel, however the film lies."""

    def pixel(self, column: float, row: float) -> QPointF:
        """The pixel at which a column and row of the image lie."""

    def change_window(self, right: float, down: float) -> None:
        """Widen the window and raise its centre, by pixels of a drag."""

    def zoom(self, factor: float, fixed: QPointF, *, flows: bool = False) -> None:
        """Zoom about a pixel; `flows` says that more of it may follow."""

    def pan(self, right: float, down: float) -> None:
        """Move the film by pixels."""

    def show_rubber(self, box: QRectF | None) -> None:
        """Show a box that is being drawn, in pixels; None takes it away."""

    def zoom_to_box(self, box: QRectF) -> None:
        """Show what lies in a box of pixels as large as the pane allows."""

    def window_from_box(self, box: QRectF) -> None:
        """Ask for the window that shows most of what lies in a box of pixels."""

    def magnify(self, pixel: QPointF | None) -> None:
        """Show the film around a pixel enlarged; None ends that."""

    def point(self, row: float) -> None:
        """Ask for a stored row."""

    def step_frames(self, by: int) -> bool:
        """Ask for another frame; False where there is only one."""

    def fit(self) -> None:
        """Show the whole film."""

    @property
    def leafs(self) -> bool:
        """Whether a swipe goes through frames: there are several, and the film is shown whole."""

    @property
    def sketch(self) -> Sketch:
        """What lies on the film, and what is being drawn there."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool; what all of them have in common.

    Attributes:
        code: Its name in scripts, and the kind of the items that it makes.
        words: Of its button.
        entry: Of its menu entry.
        key: That chooses it.
        cursor: Of the mouse over the film.
        undoable: Whether a gesture is taken back as one step.
    """

    code: str
    words: str
    entry: str
    key: str
    cursor: Qt.CursorShape
    undoable: bool = True

    def press(self, film: Surface, touch: Touch) -> None:
        """The button goes down."""

    def drag(self, film: Surface, touch: Touch) -> None:
        """The mouse moves with the button held."""

    def release(self, film: Surface, touch: Touch) -> None:
        """The button goes up; a click asks for the row, whatever the tool."""
        if not touch.dragged:
            film.point(touch.row)

    def wheel(self, film: Surface, touch: Touch, notches: int, *, control: bool) -> None:
        """Go through the frames, or zoom where there is one, or with Ctrl."""
        if control or not film.step_frames(-notches):
            film.zoom(NOTCH**notches, touch.pixel, flows=True)

    def double_click(self, film: Surface, touch: Touch) -> None:
        """Name what is drawn there, or show the whole film."""
        if not film.sketch.double_click(touch.pixel):
            film.fit()

    def paint(self, painter: QPainter, item: Item, body: QRectF, pixel: "PixelOf") -> None:
        """Paint an item that this tool has made, beneath the words on the film.

        Args:
            painter: In pixels of the body.
            item: Its points are columns and rows of the image.
            body: All of the pane that shows films.
            pixel: The pixel at which such a point lies, however the film lies.
        """

    def paint_words(
        self, painter: QPainter, item: Item, body: QRectF, pixel: "PixelOf", taken: Boxes
    ) -> None:
        """Write what belongs to an item, above the words on the film and clear of them.

        Args:
            painter: In pixels of the body.
            item: Its points are columns and rows of the image.
            body: All of the pane that shows films.
            pixel: The pixel at which such a point lies.
            taken: Where words stand already, in pixels of the body.
        """


class PixelOf(Protocol):
    """Column and row of the image → pixel of the body."""

    def __call__(self, column: float, row: float, /) -> QPointF:
        """The pixel of a place."""


class WindowTool(Tool):
    """Drags change the window."""

    __slots__ = ()

    def drag(self, film: Surface, touch: Touch) -> None:
        """Right widens, down raises the centre."""
        film.change_window(touch.right * touch.fast, touch.down * touch.fast)


class ZoomTool(Tool):
    """Drags zoom about the pixel where they began."""

    __slots__ = ()

    def drag(self, film: Surface, touch: Touch) -> None:
        """Up enlarges."""
        film.zoom(ZOOM ** (-touch.down * touch.fast), touch.start)


class PanTool(Tool):
    """Drags move the film."""

    __slots__ = ()

    def drag(self, film: Surface, touch: Touch) -> None:
        """As far as the mouse."""
        film.pan(touch.right, touch.down)


class RowTool(Tool):
    """Drags move the row cursor, an item across the film."""

    __slots__ = ()

    def press(self, film: Surface, touch: Touch) -> None:
        """Put it here."""
        film.point(touch.row)

    def drag(self, film: Surface, touch: Touch) -> None:
        """Take it along."""
        film.point(touch.row)

    def paint(self, painter: QPainter, item: Item, body: QRectF, pixel: PixelOf) -> None:
        """A line over the whole pane."""
        paint_row(painter, body, _ends(item, pixel))

    def paint_words(
        self, painter: QPainter, item: Item, body: QRectF, pixel: PixelOf, taken: Boxes
    ) -> None:
        """A tag at the edge of the pane."""
        row = _ends(item, pixel)
        if item.words:
            upright = abs(row.dx()) < abs(row.dy())
            at = row.center().x() if upright else row.center().y()
            paint_tag(painter, place_tag(body, at, item.words, taken=taken, upright=upright))


class MeasuringTool(Tool):
    """Draws an annotation of the kind of its code, and moves those that are there.

    Presses, drags and clicks go to what is drawn on the film (`viewer.film.sketch`), which also
    paints: all annotations are painted whatever the tool in the hand.
    """

    __slots__ = ()

    def press(self, film: Surface, touch: Touch) -> None:
        """Begin, or take what is there."""
        film.sketch.press(self.kind, touch.pixel)

    def drag(self, film: Surface, touch: Touch) -> None:
        """Take it along."""
        film.sketch.drag(touch.pixel)

    def release(self, film: Surface, touch: Touch) -> None:
        """Set a point; a click is no question about a row."""
        film.sketch.release(touch.pixel, dragged=touch.dragged)

    @property
    def kind(self) -> AnnotationKind:
        """What it draws."""
        return next(kind for kind in KINDS if kind == self.code)


def _ends(item: Item, pixel: PixelOf) -> QLineF:
    return QLineF(*(pixel(*point) for point in item.points))


class BoxTool(Tool):
    """A drag draws a box, and something is done with it."""

    __slots__ = ()

    def drag(self, film: Surface, touch: Touch) -> None:
        """Show the box so far."""
        film.show_rubber(_box(touch))

    def release(self, film: Surface, touch: Touch) -> None:
        """Do it, where there is a box; a click asks for the row."""
        film.show_rubber(None)
        box = _box(touch)
        if touch.dragged and min(box.width(), box.height()) >= LEAST:
            self.use(film, box)
        else:
            Tool.release(self, film, touch)

    def use(self, film: Surface, box: QRectF) -> None:
        """What is done with a box of pixels."""


class ZoomBoxTool(BoxTool):
    """The box is shown as large as the pane allows."""

    __slots__ = ()

    def use(self, film: Surface, box: QRectF) -> None:
        """Go there."""
        film.zoom_to_box(box)


class WindowBoxTool(BoxTool):
    """The box gets the window that shows most of it."""

    __slots__ = ()

    def use(self, film: Surface, box: QRectF) -> None:
        """Ask for it."""
        film.window_from_box(box)


class MagnifyTool(Tool):
    """A lens over the film as long as the button is held."""

    __slots__ = ()

    def press(self, film: Surface, touch: Touch) -> None:
        """Lay it here."""
        film.magnify(touch.pixel)

    def drag(self, film: Surface, touch: Touch) -> None:
        """Take it along."""
        film.magnify(touch.pixel)

    def release(self, film: Surface, touch: Touch) -> None:
        """Take it off; a click asks for the row."""
        film.magnify(None)
        Tool.release(self, film, touch)


def _box(touch: Touch) -> QRectF:
    return QRectF(touch.start, touch.pixel).normalized()


WINDOW: Final = WindowTool(
    "window", marked("Window"), marked("&Window"), "W", Qt.CursorShape.ArrowCursor
)
ZOOMING: Final = ZoomTool(
    "zoom", marked("Zoom"), marked("&Zoom"), "Z", Qt.CursorShape.SizeVerCursor
)
PAN: Final = PanTool("pan", marked("Pan"), marked("&Pan"), "P", Qt.CursorShape.OpenHandCursor)
ROW: Final = RowTool(
    "row", marked("Row cursor"), marked("&Row cursor"), "C", Qt.CursorShape.SplitVCursor
)
BRUSH: Final = Tool(  # `viewer.film.brush` sees its drags before it
    "brush",
    marked("Brush rows"),
    marked("Brush rows"),
    "Shift+B",
    Qt.CursorShape.SplitVCursor,
    undoable=False,
)
WINDOW_BOX: Final = WindowBoxTool(
    "window-box",
    marked("Best window of a box"),
    marked("&Best window of a box"),
    "Shift+W",
    Qt.CursorShape.CrossCursor,
)
ZOOM_BOX: Final = ZoomBoxTool(
    "zoom-box",
    marked("Zoom into a box"),
    marked("Zoom &into a box"),
    "Shift+Z",
    Qt.CursorShape.CrossCursor,
)
MAGNIFY: Final = MagnifyTool(
    "magnify",
    marked("Magnifier"),
    marked("&Magnifier"),
    "Q",
    Qt.CursorShape.CrossCursor,
    undoable=False,
)
_CROSS: Final = Qt.CursorShape.CrossCursor
MEASURING: Final = tuple(
    MeasuringTool(code, words, entry, key, _CROSS, undoable=False)  # the session undoes them
    for code, words, entry, key in (
        ("length", marked("Length"), marked("&Length"), "M"),
        ("angle", marked("Angle"), marked("&Angle"), "A"),
        ("cobb", marked("Cobb angle"), marked("&Cobb angle"), "Shift+A"),
        ("ellipse", marked("Ellipse"), marked("Ellip&se"), "E"),
        ("rectangle", marked("Rectangle"), marked("Rectan&gle"), "Shift+E"),
        ("freehand", marked("Outline"), marked("Outli&ne"), "G"),
        ("probe", marked("Probe"), marked("Pr&obe"), "Shift+V"),
        ("arrow", marked("Arrow with text"), marked("Arrow wi&th text"), "Y"),
        ("point", marked("Reference point"), marked("Re&ference point"), "Shift+T"),
    )
)
HANDS: Final = (WINDOW, ZOOMING, PAN, ROW, BRUSH, WINDOW_BOX, ZOOM_BOX, MAGNIFY)
TOOLS: Final = (*HANDS, *MEASURING)  # the first is in the hand at the start
BUTTONS: Final = {Qt.MouseButton.RightButton: ZOOMING, Qt.MouseButton.MiddleButton: PAN}


def tool_of(code: str) -> Tool:
    """The tool of this name.

    Raises:
        KeyError: There is none.
    """
    return {tool.code: tool for tool in TOOLS}[code]
