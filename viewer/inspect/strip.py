"""A strip beside the film: one value for every row, with its foot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QToolTip, QWidget

from viewer.inspect.gutter import Gutter
from viewer.inspect.lying import Lie, Numbers, within
from viewer.kit import theme
from viewer.kit.canvas import Canvas, Painting, canvas, cursor_line, view_box
from viewer.kit.language import tr
from viewer.kit.live import live
from viewer.kit.widgets import PaneFrame, label
from viewer.session.choices import RowCursor, RowView

# ------------------------------------------------------------------------ foot of a strip
# The band beneath a strip: ticks, and what the horizontal axis measures.

MARK, TICKS_AT, TITLE_AT = 4, 18, 36  # length of a tick's mark, and two baselines
APART = 3  # pixels that two labels keep at least


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on a strip's horizontal axis."""

    value: float
    text: str
    colour: str = ""  # empty is the theme's quiet one
    weight: QFont.Weight = QFont.Weight.Normal


def longest(texts: Sequence[str], room: float, weight: QFont.Weight = QFont.Weight.Normal) -> str:
    """The first of texts, more and more brief, that fits into so many pixels; or the last."""
    metrics = QFontMetricsF(theme.font(weight=weight))
    fitting = (text for text in texts if metrics.horizontalAdvance(text) <= room)
    return next(fitting, texts[-1] if texts else "")


class Foot(QWidget):
    """Ticks and title of a horizontal axis; labels that would collide are left out.

    Args:
        parent: The strip.
        place: Pixel from the left edge of the foot at which a value of the axis lies.
    """

    def __init__(self, parent: QWidget, place: Callable[[float], float]) -> None:
        super().__init__(parent)
        self.place = place
        self._ticks: tuple[Tick, ...] = ()
        self._titles: tuple[str, ...] = ()
        self.span = (0.0, 1.0)

    def show_scale(
        self, ticks: Sequence[Tick], titles: Sequence[str], *, span: tuple[float, float] = (0, 1)
    ) -> None:
        """Show ticks and a title.

        Args:
            ticks: The most important first; later ones give way.
            titles: The same title in words more and more brief; the first that fits is shown.
            span: Ends of the axis; the title is centred between them.
        """
        self._ticks, self._titles, self.span = tuple(ticks), tuple(titles), span
        self.update()

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """All of them, the most important first."""
        return self._ticks

    def brief_title(self, room: float) -> str:
        """The longest title for which there is so much room, or the shortest."""
        return longest(self._titles, room)

    def placed_ticks(self) -> list[tuple[Tick, QRectF]]:
        """The ticks for which there is room, each with the rectangle of its label."""
        placed: list[tuple[Tick, QRectF]] = []
        for tick in self._ticks:
            width = QFontMetricsF(theme.font(weight=tick.weight)).horizontalAdvance(tick.text)
            left = self.place(tick.value) - width / 2
            box = QRectF(min(max(left, 0.0), self.width() - width), TICKS_AT - 12, width, 16)
            around = box.adjusted(-APART, 0, APART, 0)
            if not any(around.intersects(other) for _, other in placed):
                placed.append((tick, box))
        return placed

    def title(self) -> str:
        """The longest title for which there is room beneath the middle of the axis."""
        middle = self._middle()
        return self.brief_title(2 * min(middle, self.width() - middle))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw marks, labels and title."""
        painter = QPainter(self)
        for tick, box in self.placed_ticks():
            x = min(max(round(self.place(tick.value) - 0.5), 0), self.width() - 1)
            shade = QColor(tick.colour or theme.QUIET)
            painter.fillRect(QRectF(x, 0, 1, MARK), shade)
            painter.setFont(theme.font(weight=tick.weight))
            painter.setPen(shade)
            painter.drawText(QPointF(box.left(), TICKS_AT), tick.text)
        self.paint_title(painter)
        painter.end()

    def paint_title(self, painter: QPainter) -> None:
        """Write the title beneath the middle of the axis."""
        text = self.title()
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.QUIET))
        width = QFontMetricsF(theme.font()).horizontalAdvance(text)
        left = min(max(self._middle() - width / 2, 0.0), max(self.width() - width, 0.0))
        painter.drawText(QPointF(left, TITLE_AT), text)

    def _middle(self) -> float:
        return (self.place(self.span[0]) + self.place(self.span[1])) / 2


# -------------------------------------------------------------------------- strip of rows
# One strip right of the film.
#
# One stored row lies at the same pixel in every strip and in the film, because all bodies are
# equally high and their ViewBoxes show the same rows without any margin.

Edges = NDArray[np.float64]


class RowStrip(PaneFrame):
    """One strip: y in stored rows, x in its own unit; a press or drag asks for a row.

    Beneath a film that is turned by 90° it lies on its side (`Lie`), without head and foot: its
    name and scale stand in a gutter at the left.

    Args:
        titles: Name of the strip, marked, more and more brief; the first that fits is shown.
        empty: The sentence in the body while there is nothing to show, marked.
        scale: Ends of the horizontal axis.
        insets: Free pixels left and right of the scale.
        indent: Pixels kept free left of the body.
    """

    row_requested = Signal(float)

    def __init__(
        self,
        titles: tuple[str, ...],
        empty: str,
        *,
        scale: tuple[float, float] = (0.0, 1.0),
        insets: tuple[float, float],
        indent: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        holder = QWidget()
        super().__init__(holder, parent)
        self.edges: Edges | None = None
        self.indent = indent
        self._scale, self._insets = scale, insets
        self._rows = RowView(0.0, 1.0)
        self.row_cursor: RowCursor | None = None
        self.view = canvas(holder, indent)
        self.view.viewport().installEventFilter(self)
        self.box = view_box(self.view)
        self._drawings: list[Canvas] = []
        self.draw(self._paint_grid, depth=-10)
        self._lines = cursor_line(self.box), cursor_line(self.box, upright=True)
        self._words, self._empty_words = _sentence(self.view), empty
        self._titles = titles
        self.title = label("", "heading")
        self.head_row.addWidget(self.title)
        self.head_row.setContentsMargins(indent + int(insets[0]), 0, 0, 0)
        self.scale = self.make_foot(lambda value: self.indent + float(self.x_of(value)))
        self.foot_row.addWidget(self.scale)
        self.gutter = Gutter(self, self.more_words, self.paint_gutter)
        self.box.sigResized.connect(self._on_resized)
        live(self, RowStrip._dress)

    # ---------------------------------------------------------------- slots

    def show_rows(self, view: RowView) -> None:
        """Show the stored rows between two edges over the whole length of the body."""
        turned = view.level != self._rows.level
        self._rows = view
        if turned:
            self._lay()
        if view.level:
            self.box.setYRange(view.top, view.bottom, padding=0)
        self.refresh()

    @property
    def level(self) -> bool:
        """Whether the rows of the film run across the screen, so that this strip stands."""
        return self._rows.level

    @property
    def lie(self) -> Lie:
        """Where rows and values lie in the body."""
        return Lie(self._rows, self.box.width(), self.box.height(), self._scale, self._insets)

    def show_cursor(self, cursor: RowCursor | None) -> None:
        """Move the row cursor; None takes it away. Nothing else is drawn anew."""
        self.row_cursor = cursor
        at = float(self.y_of(cursor.row)) if cursor is not None else 0.0
        for line, level in zip(self._lines, (True, False), strict=True):
            line.setVisible(cursor is not None and self.level == level)
            line.setPos(*((0.0, at) if level else (at, 0.0)))

    def _lay(self) -> None:
        """Stand beside the film with head and foot, or lie beneath it with a gutter."""
        for band in (self.head, self.foot):
            band.setVisible(self.level)
        self.gutter.setVisible(not self.level)
        self.set_indent(self.indent)
        self._place_gutter()

    def set_empty(self, text: str) -> None:
        """The sentence to show while there is nothing to show, marked."""
        self._empty_words = text
        self._tell()

    def _tell(self) -> None:
        """Say why there is nothing to see, if there is nothing."""
        self._words.setText(tr(self._empty_words))
        self._words.setVisible(self.edges is None)

    def _dress(self) -> None:
        """Take words and colours of this moment."""
        self.view.setBackground(theme.WINDOW)
        for drawing in self._drawings:
            drawing.refresh()
        self._tell()
        self._fit_title()

    def clear(self) -> None:
        """Show the empty state; rows and cursor stay."""
        self.edges = None
        self.scale.show_scale((), ())
        self._tell()
        self.refresh()

    # ---------------------------------------------------------------- geometry

    def x_of(self, values: Numbers) -> Numbers:
        """Pixels of values from where the body begins, as it stands."""
        return self.lie.x_of(values)

    def y_of(self, rows: Numbers) -> Numbers:
        """Pixels of stored rows from where the body begins, as it stands."""
        return self.lie.y_of(rows)

    def row_at(self, y: float) -> float:
        """The stored row at a pixel of the body, kept inside what the model read."""
        row = self.lie.row_at(y)
        return float(row) if self.edges is None else within(self.edges, row)

    def snap(self, pixels: Numbers) -> Numbers:
        """The nearest edges of device pixels."""
        ratio = self.devicePixelRatioF()
        return np.round(np.asarray(pixels) * ratio) / ratio

    def grid_steps(self) -> range:
        """Time steps through whose middle a grid line runs."""
        return range(0) if self.edges is None else self.lie.grid(self.edges)

    def set_indent(self, indent: int) -> None:
        """Keep pixels free left of the body, for an axis."""
        self.indent = indent
        right = self.head_row.contentsMargins().right()
        self.head_row.setContentsMargins(indent + int(self._insets[0]), 0, right, 0)
        layout = self.body.layout()
        if layout is not None and self.level:
            layout.setContentsMargins(indent, 0, 0, 0)
        elif layout is not None:
            layout.setContentsMargins(theme.SIDE, self.above, 0, 0)

    @property
    def above(self) -> int:
        """Pixels that are kept free over the body of a strip that lies."""
        return 0

    def set_scale(self, low: float, high: float) -> None:
        """Give the horizontal axis other ends."""
        self._scale = (low, high)
        self._fit()

    # ---------------------------------------------------------------- content

    def make_foot(self, place: Callable[[float], float]) -> Foot:
        """The band beneath the body; a strip may have one of its own kind."""
        return Foot(self, place)

    def draw(self, paint: Painting, *, depth: float = 0.0) -> Canvas:
        """A drawing over the body that follows its size and its rows."""

        def lying(painter: QPainter) -> None:
            self.lie.turn(painter)
            paint(painter)

        drawing = Canvas(self.box, lying, depth=depth)
        drawing.keep()  # the cursor moves over it
        self._drawings.append(drawing)
        return drawing

    def show_data(self, edges: Edges) -> None:
        """Data take the place of the empty state; the strip is painted anew."""
        self.edges = np.asarray(edges, dtype=np.float64)
        self._tell()
        self.refresh()

    def refresh(self) -> None:
        """Paint everything again, after another range, size or value."""
        for drawing in self._drawings:
            drawing.refresh()
        self.show_cursor(self.row_cursor)
        self.scale.update()
        self.gutter.update()

    def film_span(self) -> tuple[float, float]:
        """Pixels between which the film lies in the body; nothing is drawn beyond."""
        return (0.0, 0.0) if self.edges is None else self.lie.span(self.edges)

    def grid_end(self) -> float:
        """Pixel from the body's left edge at which the grid lines end."""
        return self.lie.across

    def fit_title(self, room: float) -> None:
        """Show the longest of the titles that fits into so many pixels."""
        self.title.setText(self.fitting_title(room))

    def fitting_title(self, room: float) -> str:
        """The longest of the titles that fits into so many pixels."""
        return longest(self.title_words(), room, QFont.Weight.DemiBold)

    def more_words(self) -> list[tuple[str, str]]:
        """Further lines in the gutter, each with its colour."""
        return []

    def paint_gutter(self, painter: QPainter, room: QRectF) -> None:
        """What else stands in the gutter, beneath its words."""

    def title_words(self) -> list[str]:
        """The titles, more and more brief."""
        return [tr(text) for text in self._titles]

    def _fit_title(self) -> None:
        self.fit_title(self.width() - self.indent - self._insets[0])

    def tip_at(self, _x: float, _y: float) -> str:
        """What the tooltip at a pixel of the body says."""
        return ""

    # ---------------------------------------------------------------- the pointer

    def press(self, _x: float, y: float) -> None:
        """A press in the body."""
        self.row_requested.emit(self.row_at(y))

    def drag(self, _x: float, y: float) -> None:
        """A move with the button held."""
        self.row_requested.emit(self.row_at(y))

    def release(self, x: float, y: float) -> None:
        """The end of a press."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the pointer's events from the view: no zoom, no pan, no scene in between."""
        if isinstance(event, QHelpEvent):
            text = self.tip_at(*self.lie.place(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), text, self.view)
            return True
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        if not isinstance(event, QMouseEvent):
            return super().eventFilter(watched, event)
        self._on_mouse(event)
        return True

    def _on_mouse(self, event: QMouseEvent) -> None:
        (x, y), left = self.lie.place(event.position()), Qt.MouseButton.LeftButton
        if event.type() == QEvent.Type.MouseMove and event.buttons() & left:
            self.drag(x, y)
        elif event.button() != left:
            event.ignore()
        elif event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}:
            self.press(x, y)
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self.release(x, y)

    # ---------------------------------------------------------------- inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the title that fits."""
        super().resizeEvent(event)
        self._fit_title()
        self._place_gutter()

    def _place_gutter(self) -> None:
        height = max(self.height() - self.above, 0)
        self.gutter.setGeometry(0, self.above, theme.SIDE, height)

    def _on_resized(self) -> None:
        self._fit()
        left = int(self.lie.free[0])
        width = int(self.box.width() - sum(self.lie.free))
        self._words.setGeometry(left, 8, width, max(int(self.box.height()) - 24, 0))

    def _fit(self) -> None:
        (low, high), (left, right) = self._scale, self._insets
        if self.level:
            unit = (high - low) / max(self.box.width() - left - right, 1.0)
            self.box.setXRange(low - left * unit, high + right * unit, padding=0)
        self.refresh()

    def _paint_grid(self, painter: QPainter) -> None:
        if self.edges is None:
            return
        width = self.grid_end()
        for step in self.grid_steps():
            middle = self.y_of((self.edges[step] + self.edges[step + 1]) / 2)
            y = float(self.snap(middle - 0.5))
            painter.fillRect(QRectF(0, y, width, 1), theme.colour(theme.LINE, 150))


def _sentence(parent: QWidget) -> QLabel:
    words = label("", "quiet")
    words.setParent(parent)
    words.setWordWrap(True)
    words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return words
