"""The matrix of one quantity of all units, with its chosen units and its scale."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from engine.types import Floats
from viewer.inspect.lying import step_at
from viewer.inspect.strip import TITLE_AT, Edges, Foot, RowStrip, Tick
from viewer.inspect.unit_order import UnitOrder
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.rendering import beyond, beyond_colours, solid_lut
from viewer.kit.words import signed
from viewer.session.choices import Order

# -------------------------------------------------------------------- unit marks and foot
# What stands over and under the matrix: chosen units and the colour bar.

BAR = (24.0, 48.0)  # least and most pixels of the colour bar
POINT = 4.0  # how far the point at an end of the bar reaches, beyond which a value lies
MARKS = 8  # height of the band of triangles over the body


class StatesFoot(Foot):
    """Chosen units as ticks; beneath them the number of units and a small colour bar."""

    limits = (-3.0, 3.0)
    unit = ""
    lut: NDArray[np.uint8] | None = None
    cut = (False, False)  # whether a value lies beneath the lower end, and above the upper one

    def paint_title(self, painter: QPainter) -> None:
        """The count at the left, the bar with its ends at the right."""
        if self.lut is None or not self.title():
            return
        left, right = self.place(self.span[0]), self.place(self.span[1])
        title = QFontMetricsF(theme.font()).horizontalAdvance(self.title())
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.QUIET))
        if right - left - self.least() - title - 8.0 >= BAR[0]:
            painter.drawText(QPointF(left, TITLE_AT), self.title())
            left += title + 8.0
        self.paint_scale(painter, left, right - left, TITLE_AT)

    def ends(self) -> tuple[str, str]:
        """What stands at the ends of the bar; the upper one with the unit."""
        low, high = (f"{limit:g}".replace("-", "−") for limit in self.limits)
        return low, f"{high} {self.unit}".strip()

    def least(self) -> float:
        """Pixels that the scale takes besides its bar."""
        metrics = QFontMetricsF(theme.font())
        return sum(map(metrics.horizontalAdvance, self.ends())) + 8.0 + 2 * POINT

    def paint_scale(self, painter: QPainter, left: float, room: float, base: float) -> None:
        """The bar with its ends, at the right of a room; a unit that does not fit is left out."""
        if self.lut is None:
            return
        metrics, (low, high) = QFontMetricsF(theme.font()), self.ends()
        if self.least() + BAR[0] > room:
            high = high.split(" ", maxsplit=1)[0]
        taken = metrics.horizontalAdvance(low) + metrics.horizontalAdvance(high) + 8.0 + 2 * POINT
        width = min(max(room - taken, BAR[0]), BAR[1])
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.QUIET))
        start = left + room - metrics.horizontalAdvance(high)
        painter.drawText(QPointF(start, base), high)
        bar = QRectF(round(start - 4.0 - POINT - width), base - 8, round(width), 8)
        lowest = bar.left() - 4.0 - POINT - metrics.horizontalAdvance(low)
        painter.drawText(QPointF(lowest, base), low)
        paint_bar(painter, bar, self.lut, cut=self.cut)


def paint_bar(
    painter: QPainter, bar: QRectF, lut: NDArray[np.uint8], *, cut: tuple[bool, bool]
) -> None:
    """A small colour bar; a point at an end beyond which some value lies.

    Args:
        painter: Of the band beneath or beside the matrix.
        bar: Where.
        lut: Colours from the lower end to the upper one.
        cut: Whether a value lies beneath the lower end, and above the upper one.
    """
    colours = np.ascontiguousarray(lut)
    form = QImage.Format.Format_RGB888
    painter.drawImage(bar, QImage(colours.data, len(colours), 1, 3 * len(colours), form))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for clipped, way, colour in zip(cut, (-1, 1), beyond_colours("state"), strict=True):
        if clipped:
            end = bar.right() + 0.5 if way > 0 else bar.left() - 0.5
            painter.setBrush(QColor(*(int(part) for part in colour)))
            tip = QPointF(end + way * POINT, bar.center().y())
            painter.drawPolygon(
                QPolygonF([QPointF(end, bar.top()), tip, QPointF(end, bar.bottom())])
            )


class UnitMarks(QWidget):
    """Triangles over the columns of the chosen units."""

    def __init__(self, parent: QWidget, places: Callable[[], list[float]]) -> None:
        super().__init__(parent)
        self._places = places
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the triangles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ACCENT))
        for x in self._places():
            corners = [QPointF(x - 4.5, 0), QPointF(x + 4.5, 0), QPointF(x, MARKS - 2)]
            painter.drawPolygon(QPolygonF(corners))
        painter.end()


def matrix_image(
    values: Floats, columns: int, *, limits: tuple[float, float], lut: NDArray[np.uint8]
) -> QImage:
    """A matrix as a picture of one pixel a step; those beyond the scale are brighter.

    Args:
        values: (L, H); units that share a column show the value farthest from zero.
        columns: Of the picture, at most H.
        limits: Of the scale.
        lut: Its colours.
    """
    known, count = np.nan_to_num(values), values.shape[1]
    starts = np.arange(columns) * count // columns
    top = np.maximum.reduceat(known, starts, axis=1)
    bottom = np.minimum.reduceat(known, starts, axis=1)
    seen = np.where(top >= -bottom, top, bottom)  # (L, columns)
    (low, high), last = limits, len(lut) - 1
    places = np.rint(np.clip((seen - low) / (high - low), 0.0, 1.0) * last).astype(np.intp)
    slack = 1e-4 * (high - low)
    places[seen < low - slack] = last + 1
    places[seen > high + slack] = last + 2
    pixels = np.ascontiguousarray(np.concatenate([lut, beyond_colours("state")])[places])
    form = QImage.Format.Format_RGB888
    return QImage(pixels.data, columns, len(seen), 3 * columns, form).copy()


# ---------------------------------------------------------------------- matrix of all units
# One quantity of all units over all rows, as a matrix of solid colours.

INSETS = (8.0, 8.0)
LABELS = 12  # chosen units that are named in the foot
DRAG = 4.0  # pixels of vertical movement that make a click a drag

ORDER_AT = 32  # pixels of the gutter over the order
WORDY = 240  # pixels of the strip from which orders are named in full


def value_words(value: float, limits: tuple[float, float], unit: str) -> str:
    """A number with its unit, marked; one beyond the scale says so."""
    low, high = limits
    digits = 1 if unit else 2
    text = signed(value, digits=digits) if low < 0.0 else f"{value:.{digits}f}"
    words = f"{text} {tr(unit) if unit else ''}".strip()
    return words if low <= value <= high else tr("{value}, beyond the scale", value=words)


def with_share(words: str, order: UnitOrder, unit: int) -> str:
    """Words of a unit, and what it brings to the answer where units are in that order."""
    moved = order.moved
    if order.order != "influence" or moved is None or unit >= len(moved):
        return words
    brings = signed(float(moved[unit]))
    return tr("{words}; brings {value} log-odds", words=words, value=brings)


class StatesPane(RowStrip):
    """One column per hidden unit, one line per time step; a click chooses a unit."""

    units_requested = Signal(object)
    order_requested = Signal(str)  # Order
    _name, _shown = "", "h"  # of the quantity

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            (marked("Hidden state"), marked("State")),
            marked("Appears when a model has read the film"),
            insets=INSETS,
            parent=parent,
        )
        self._matrix: Floats | None = None
        self._limits, self._unit = (-3.0, 3.0), ""
        self._units: tuple[int, ...] = ()
        self._order: NDArray[np.intp] = np.arange(0)
        self._drawn: tuple[object, ...] = ()  # what the picture is of
        self._orders: dict[Order, NDArray[np.intp]] = {}  # of the matrix that is shown
        self._image: QImage | None = None
        self._pressed = QPointF()
        self._dragging = False
        self.draw(self._paint_matrix)
        self._marks = UnitMarks(self, self._mark_places)
        self.order = UnitOrder()
        self.order.currentIndexChanged.connect(self._on_order_changed)
        self.head_row.setContentsMargins(int(INSETS[0]), 0, int(INSETS[1]), 0)
        self.head_row.addStretch(1)
        self.head_row.addWidget(self.order)
        self.setMinimumWidth(120)
        live(self, StatesPane._word_orders)

    # ---------------------------------------------------------------- slots

    def show_states(
        self,
        matrix: Floats | None,
        edges: Edges | None,
        *,
        limits: tuple[float, float],
        unit: str,
        name: str = "",
        shown: str = "h",
    ) -> None:
        """Show one quantity of one layer and direction.

        Args:
            matrix: (L, H) values; None shows the empty state.
            edges: (L + 1,) stored row at which each time step begins.
            limits: Values of the two ends of the colour bar.
            unit: Of the values, for example "σ".
            name: Of the quantity, as it is said; empty for the hidden state.
            shown: Its name for programs: "surprise" is of rows and has no units.
        """
        if matrix is None or edges is None:
            self.clear()
            return
        words = tr(unit) if unit else "", tr("%n units", "", n=matrix.shape[1])
        drawn = (limits, words, name, shown, theme.current())
        if self._shows(matrix, edges, drawn):
            return
        self._drawn = drawn
        foot = self.scale_foot
        self._matrix, self._limits, self._unit = matrix, limits, unit
        self._orders.clear()
        self._name, self._shown = name, shown
        foot.limits, foot.unit = limits, words[0]
        foot.lut = solid_lut("state", signed=limits[0] < 0.0)
        foot.cut = beyond(matrix, limits)
        self.set_scale(0.0, float(matrix.shape[1]))
        self.order.setVisible(shown != "surprise")
        self._sort()
        self.show_data(edges)

    def _shows(self, matrix: Floats, edges: Edges, drawn: tuple[object, ...]) -> bool:
        """Whether it shows this already: another unit is no other matrix."""
        return (
            self._matrix is not None
            and self.edges is not None
            and drawn == self._drawn
            and np.array_equal(self.edges, edges)
            and np.array_equal(self._matrix, matrix)
        )

    def show_units(self, units: tuple[int, ...]) -> None:
        """Mark the chosen units; none chosen means all of them together."""
        if units == self._units:
            return
        self._units = units
        self._show_ticks()
        self._marks.update()

    def show_order(self, order: Order) -> None:
        """Stand the units in another order, without asking for it again."""
        if self.order.choose(order):
            self._sort()

    def show_contributions(self, moved: Floats | None) -> None:
        """What each unit (H,) brings to the log-odds; None while that is not known."""
        self.order.moved = moved
        if self.order.order == "influence":
            self._sort()

    def clear(self) -> None:
        """Show the empty state."""
        self._matrix = self._image = None
        self.order.hide()
        self._fit_order()
        super().clear()
        self._marks.update()

    # ---------------------------------------------------------------- what is where

    def units_at(self, x: float) -> NDArray[np.intp]:
        """The units that share the pixel column at x, mostly one; empty outside the matrix."""
        count = len(self._order)
        left, right = self._span()
        if self._matrix is None or not left <= x < right:
            return self._order[:0]
        columns = self._columns()
        column = int((x - left) / (right - left) * columns)
        return self._order[column * count // columns : (column + 1) * count // columns]

    def unit_at(self, x: float, row: float) -> int | None:
        """The unit that is seen at a pixel column and stored row."""
        units = self.units_at(x)
        if self._matrix is None or self.edges is None or not len(units):
            return None
        values = self._matrix[step_at(self.edges, row), units]
        return int(units[np.argmax(np.abs(values))])

    def tip_at(self, x: float, y: float) -> str:
        """The unit, row and value under the pointer."""
        row = self.row_at(y)
        unit = self.unit_at(x, row)
        if unit is None or self._matrix is None or self.edges is None:
            return ""
        step = step_at(self.edges, row)
        value = value_words(float(self._matrix[step, unit]), self._limits, self._unit)
        if self._shown == "surprise":
            return tr("model row {row}: {value}", row=step, value=value)
        words = tr("unit {unit}, step {step}: {value}", unit=unit, step=step, value=value)
        return with_share(words, self.order, unit)

    # ---------------------------------------------------------------- the pointer

    def press(self, x: float, y: float) -> None:
        """Wait whether it becomes a click or a drag."""
        self._pressed, self._dragging = QPointF(x, y), False

    def drag(self, x: float, y: float) -> None:
        """Ask for rows once the pointer has moved up or down."""
        self._dragging = self._dragging or abs(y - self._pressed.y()) > DRAG
        if self._dragging:
            super().drag(x, y)

    def release(self, x: float, y: float) -> None:
        """A click adds the unit to the chosen ones, or takes it away."""
        if self._dragging or abs(x - self._pressed.x()) > DRAG:
            return
        unit = self.unit_at(x, self.row_at(y))
        if unit is None or self._shown == "surprise":
            return
        others = tuple(chosen for chosen in self._units if chosen != unit)
        self.units_requested.emit(others if unit in self._units else (*self._units, unit))

    # ---------------------------------------------------------------- inside

    def make_foot(self, place: Callable[[float], float]) -> Foot:
        """The foot with the colour bar."""
        self.scale_foot = StatesFoot(self, place)
        return self.scale_foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the triangles over the body, and drop words before controls."""
        super().resizeEvent(event)
        self._marks.setGeometry(0, theme.HEAD - MARKS, self.width(), MARKS)
        self._word_orders()

    def _word_orders(self) -> None:
        self.order.dress(wordy=self.width() >= WORDY and self.level)
        self._fit_order()

    def title_words(self) -> list[str]:
        """The quantity's name; a gate's letter where there is little room."""
        if not self._name:
            return super().title_words()
        return [self._name, self._shown if len(self._shown) == 1 else self._name.split(" ")[0]]

    def _fit_order(self) -> None:
        """The box is as wide as the order it names; the title takes what is left."""
        self.order.fit()
        taken = 0 if self.order.isHidden() else self.order.width() + theme.GAP
        self.fit_title(self.width() - sum(INSETS) - taken)

    def _lay(self) -> None:
        """The box of the order goes with the name: into the gutter, or back into the head."""
        super()._lay()
        if self.level:
            self.head_row.addWidget(self.order)
        else:
            self.head_row.removeWidget(self.order)
            self.order.setParent(self.gutter)
            self.order.move(0, ORDER_AT)
        self.order.setVisible(self._matrix is not None and self._shown != "surprise")
        self._word_orders()

    def more_words(self) -> list[tuple[str, str]]:
        """A line left free for the order, which is a box of its own."""
        return [("", "")] if self.order.isHidden() else [(" ", "")]

    def paint_gutter(self, painter: QPainter, room: QRectF) -> None:
        """The colour bar with its ends."""
        if self.scale_foot.lut is None or self._matrix is None or room.height() < 12.0:
            return
        self.scale_foot.paint_scale(painter, room.left(), room.width(), room.top() + 12.0)

    def grid_end(self) -> float:
        """No grid lines: they would only show beside the matrix."""
        return 0.0

    def refresh(self) -> None:
        """Paint everything again; another width may share other units."""
        if self._image is not None and self._image.width() != self._columns():
            self._render()
        super().refresh()
        self._marks.update()

    def _span(self) -> tuple[float, float]:
        """Pixels between which the matrix is drawn: whole ones, so that its sides are crisp."""
        return float(self.snap(self.x_of(0.0))), float(self.snap(self.x_of(len(self._order))))

    def _columns(self) -> int:
        left, right = self._span()
        pixels = round((right - left) * self.devicePixelRatioF())
        return max(min(pixels, len(self._order)), 1)

    def _on_order_changed(self) -> None:
        self._sort()
        self.order_requested.emit(self.order.order)

    def _sort(self) -> None:
        """Put the units in their order, and draw them so."""
        self._fit_order()
        if self._matrix is None:
            return
        self._order = ordered_units(self.order, self._orders, self._matrix)
        self._render()
        self._show_ticks()
        self.refresh()

    def _render(self) -> None:
        """Colour the matrix; units that share a pixel show the value farthest from zero."""
        if self._matrix is None or self.scale_foot.lut is None:
            return
        ordered = self._matrix[:, self._order]
        columns, lut = self._columns(), self.scale_foot.lut
        self._image = matrix_image(ordered, columns, limits=self._limits, lut=lut)

    def _show_ticks(self) -> None:
        if self._matrix is None:
            return
        count = len(self._order)
        weight = QFont.Weight.DemiBold
        ticks = [
            Tick(self._column_of(unit), str(unit), theme.ACCENT, weight)
            for unit in self._known_units()[:LABELS]
        ]
        if self._shown == "surprise":
            self.scale.show_scale((), (tr("model rows"),), span=(0.0, float(count)))
            return
        if not ticks and self.order.order == "index":
            ticks = [Tick(0.5, "0"), Tick(count - 0.5, str(count - 1))]
        self.scale.show_scale(ticks, (tr("%n units", "", n=count),), span=(0.0, float(count)))

    def _known_units(self) -> list[int]:
        """The chosen units that this network has; a choice may outlive a model."""
        if self._shown == "surprise":
            return []
        return [unit for unit in self._units if 0 <= unit < len(self._order)]

    def _column_of(self, unit: int) -> float:
        """Middle of a unit's column, in columns."""
        return float(np.flatnonzero(self._order == unit)[0]) + 0.5

    def _mark_places(self) -> list[float]:
        if self._matrix is None or not self.level:
            return []
        return [float(self.x_of(self._column_of(unit))) for unit in self._known_units()]

    def _paint_matrix(self, painter: QPainter) -> None:
        if self._image is not None and self.edges is not None:
            top, bottom = float(self.y_of(self.edges[0])), float(self.y_of(self.edges[-1]))
            paint_rows(painter, self._image, span=self._span(), ends=(top, bottom))


def paint_rows(
    painter: QPainter, image: QImage, *, span: tuple[float, float], ends: tuple[float, float]
) -> None:
    """Paint a matrix between two pixels across and the pixels of its first and last row."""
    (left, right), (top, bottom) = span, ends
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    if bottom < top:  # the film is upside down
        painter.translate(0.0, top + bottom)
        painter.scale(1.0, -1.0)
        top, bottom = bottom, top
    painter.drawImage(QRectF(left, top, right - left, bottom - top), image)


def ordered_units(
    box: UnitOrder, known: dict[Order, NDArray[np.intp]], matrix: Floats
) -> NDArray[np.intp]:
    """The units in the order that is chosen; what follows from the matrix alone is kept."""
    found = known.get(box.order)
    if found is None or box.order == "influence":
        found = known[box.order] = box.ordered(matrix)
    else:
        box.explain()
    return found
