"""The matrix of hidden states, with its chosen units and its scale."""

import math
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
from PySide6.QtWidgets import QComboBox, QWidget

from engine.maps import peak_order
from engine.types import Floats
from viewer.inspect.strip import TITLE_AT, Edges, Foot, RowStrip, Tick
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.rendering import solid_lut

# -------------------------------------------------------------------- unit marks and foot
# What stands over and under the matrix of hidden states: chosen units and the colour bar.

BAR = (24.0, 48.0)  # least and most pixels of the colour bar
MARKS = 8  # height of the band of triangles over the body


class StatesFoot(Foot):
    """Chosen units as ticks; beneath them the number of units and a small colour bar."""

    limits = (-3.0, 3.0)
    unit = ""
    lut: NDArray[np.uint8] | None = None

    def paint_title(self, painter: QPainter) -> None:
        """The count at the left, the bar with its ends at the right."""
        if self.lut is None or not self.title():
            return
        metrics, right = QFontMetricsF(theme.font()), self.place(self.span[1])
        left = self.place(self.span[0])
        low, high = (f"{limit:g}".replace("-", "−") for limit in self.limits)
        high = f"{high} {self.unit}".strip()
        ends = metrics.horizontalAdvance(low) + metrics.horizontalAdvance(high) + 8.0
        room = right - left - ends - metrics.horizontalAdvance(self.title()) - 8.0
        width = min(max(room, BAR[0]), BAR[1])
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.QUIET))
        if room >= BAR[0]:
            painter.drawText(QPointF(left, TITLE_AT), self.title())
        start = right - metrics.horizontalAdvance(high)
        painter.drawText(QPointF(start, TITLE_AT), high)
        bar = QRectF(round(start - 4.0 - width), TITLE_AT - 8, round(width), 8)
        painter.drawText(QPointF(bar.left() - 4.0 - metrics.horizontalAdvance(low), TITLE_AT), low)
        colours = np.ascontiguousarray(self.lut)
        strip = QImage(
            colours.data, len(colours), 1, 3 * len(colours), QImage.Format.Format_RGB888
        )
        painter.drawImage(bar, strip)


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


# ---------------------------------------------------------------- matrix of hidden states
# The hidden states of all units over all rows, as a matrix of solid colours.

INSETS = (8.0, 8.0)
LABELS = 12  # chosen units that are named in the foot
DRAG = 4.0  # pixels of vertical movement that make a click a drag

ORDERS = (marked("by peak step"), marked("by index"))
BRIEF_ORDERS = (marked("peak step"), marked("index"))
CHEVRON = 20  # the arrow of the order's box, and the space before it


class StatesPane(RowStrip):
    """One column per hidden unit, one line per time step; a click chooses a unit."""

    units_requested = Signal(object)

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
        self._image: QImage | None = None
        self._pressed = QPointF()
        self._dragging = False
        self.draw(self._paint_matrix)
        self._marks = UnitMarks(self, self._mark_places)
        self.order = QComboBox()
        self.order.addItems(ORDERS)
        self.order.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # ↑ and ↓ stay with the row cursor
        self.order.hide()
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
    ) -> None:
        """Show one layer and direction.

        Args:
            matrix: (L, H) values; None shows the empty state.
            edges: (L + 1,) stored row at which each time step begins.
            limits: Values of the two ends of the colour bar.
            unit: Of the values, for example "σ".
        """
        if matrix is None or edges is None:
            self.clear()
            return
        self._matrix, self._limits, self._unit = matrix, limits, unit
        self.scale_foot.limits, self.scale_foot.unit = limits, unit
        self.scale_foot.lut = solid_lut("state", signed=limits[0] < 0.0)
        self.set_scale(0.0, float(matrix.shape[1]))
        self.order.show()
        self._on_order_changed()
        self.show_data(edges)

    def show_units(self, units: tuple[int, ...]) -> None:
        """Mark the chosen units; none chosen means all of them together."""
        self._units = units
        self._show_ticks()
        self._marks.update()

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
        values = self._matrix[self.step_at(self.edges, row), units]
        return int(units[np.argmax(np.abs(values))])

    def tip_at(self, x: float, y: float) -> str:
        """The unit, row and value under the pointer."""
        row = self.row_at(y)
        unit = self.unit_at(x, row)
        if unit is None or self._matrix is None or self.edges is None:
            return ""
        step = self.step_at(self.edges, row)
        value = f"{self._matrix[step, unit]:+.1f} {self._unit}".strip().replace("-", "−")
        return tr("unit {unit}, step {step}: {value}", unit=unit, step=step, value=value)

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
        if unit is None:
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
        _dress_order(self.order)
        for place, text in enumerate(ORDERS if self.width() >= 200 else BRIEF_ORDERS):
            self.order.setItemText(place, tr(text))
        self._fit_order()

    def _fit_order(self) -> None:
        """The box is as wide as the order it names; the title takes what is left."""
        text = self.order.currentText()
        width = QFontMetricsF(theme.font()).horizontalAdvance(text)
        self.order.setFixedWidth(math.ceil(width) + CHEVRON)
        taken = 0 if self.order.isHidden() else self.order.width() + theme.GAP
        self.fit_title(self.width() - sum(INSETS) - taken)

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
        self._fit_order()
        if self._matrix is None:
            return
        peaks = self.order.currentIndex() == 0
        self._order = peak_order(self._matrix) if peaks else np.arange(self._matrix.shape[1])
        self._render()
        self._show_ticks()
        self.refresh()

    def _render(self) -> None:
        """Colour the matrix; units that share a pixel show the value farthest from zero."""
        if self._matrix is None or self.scale_foot.lut is None:
            return
        ordered = np.nan_to_num(self._matrix[:, self._order])
        starts = np.arange(self._columns()) * len(self._order) // self._columns()
        top = np.maximum.reduceat(ordered, starts, axis=1)
        bottom = np.minimum.reduceat(ordered, starts, axis=1)
        seen = np.where(top >= -bottom, top, bottom)  # (L, columns)
        low, high = self._limits
        places = np.clip((seen - low) / (high - low), 0.0, 1.0) * (len(self.scale_foot.lut) - 1)
        pixels = np.ascontiguousarray(self.scale_foot.lut[np.rint(places).astype(np.intp)])
        rows, columns = seen.shape
        form = QImage.Format.Format_RGB888
        self._image = QImage(pixels.data, columns, rows, 3 * columns, form).copy()

    def _show_ticks(self) -> None:
        if self._matrix is None:
            return
        count = len(self._order)
        weight = QFont.Weight.DemiBold
        ticks = [
            Tick(self._column_of(unit), str(unit), theme.ACCENT, weight)
            for unit in self._known_units()[:LABELS]
        ]
        if not ticks and self.order.currentIndex() == 1:
            ticks = [Tick(0.5, "0"), Tick(count - 0.5, str(count - 1))]
        self.scale.show_scale(ticks, (tr("%n units", "", n=count),), span=(0.0, float(count)))

    def _known_units(self) -> list[int]:
        """The chosen units that this network has; a choice may outlive a model."""
        return [unit for unit in self._units if 0 <= unit < len(self._order)]

    def _column_of(self, unit: int) -> float:
        """Middle of a unit's column, in columns."""
        return float(np.flatnonzero(self._order == unit)[0]) + 0.5

    def _mark_places(self) -> list[float]:
        if self._matrix is None:
            return []
        return [float(self.x_of(self._column_of(unit))) for unit in self._known_units()]

    def _paint_matrix(self, painter: QPainter) -> None:
        if self._image is None or self.edges is None:
            return
        left, right = self._span()
        top, bottom = float(self.y_of(self.edges[0])), float(self.y_of(self.edges[-1]))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        if bottom < top:  # the film is upside down
            painter.translate(0.0, top + bottom)
            painter.scale(1.0, -1.0)
            top, bottom = bottom, top
        painter.drawImage(QRectF(left, top, right - left, bottom - top), self._image)


def _dress_order(box: QComboBox) -> None:
    box.setToolTip(tr("Order of the units"))
    box.setStyleSheet(
        f"QComboBox {{ background: transparent; border: none; padding: 0; color: {theme.QUIET}; }}"
        f"QComboBox:hover {{ color: {theme.TEXT}; }}"
        f"QComboBox:focus {{ color: {theme.ACCENT}; }}"
        "QComboBox::down-arrow { margin-right: 0; }"
    )
