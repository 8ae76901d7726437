"""The influence of each row as bars, and the numbers of the steps left of all strips."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from engine.text import rounded_up
from engine.types import Floats, Influence
from viewer.inspect.lying import step_at
from viewer.inspect.strip import RowStrip, Tick
from viewer.kit import theme
from viewer.kit.language import marked, named, tr
from viewer.session.choices import RowCursor

INFLUENCE, BY_ROW = marked("Influence"), marked("By row")
INDENT = 48  # the row axis; wider where numbers have more than two digits
OVERHANG = 12  # how far a number may reach over the ends of the body
AXIS_GAP = 8  # right of the numbers; half of it left of them
INSETS = (4.0, 12.0)
GAP = 1.0  # between two bars
APART = 20.0  # pixels between the last number of the axis and another one
TIP = 5.0  # the arrow at a bar that is longer than the scale


class RowAxis(QWidget):
    """Numbers of steps beside the bars, with the cursor's number on an accent plate.

    Over strips that lie beneath a turned film the numbers follow from left to right.
    """

    def __init__(self, strip: RowStrip) -> None:
        super().__init__(strip)
        self._strip = strip
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def labels(self) -> list[tuple[float, str]]:
        """Pixels along the body and texts, from its beginning on; the unit stands first."""
        edges = self._strip.edges
        if edges is None:
            return []
        last = len(edges) - 2
        steps = [step for step in self._strip.grid_steps() if step != last]
        places = self._strip.y_of((edges[:-1] + edges[1:]) / 2)
        steps = [step for step in steps if abs(places[last] - places[step]) >= APART] + [last]
        length = self._strip.lie.along
        shown = [step for step in steps if -1.0 <= places[step] <= length + 1.0]
        return [
            (float(places[step]), tr("step {step}", step=step) if step == shown[0] else str(step))
            for step in shown
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the numbers, except under the plate, and the cursor."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.QUIET))
        plate = self._plate()
        level = self._strip.level
        side = Qt.AlignmentFlag.AlignRight if level else Qt.AlignmentFlag.AlignHCenter
        for at, text in self.labels():
            box = QRectF(0, at + OVERHANG - 8, self.width() - AXIS_GAP, 16)
            if not level:
                box = QRectF(at + OVERHANG - 40, 4, 80, 16)
            if plate is None or not plate[0].intersects(_written(box, text, level=level)):
                painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)
        self._paint_cursor(painter, plate)
        painter.end()

    def _plate(self) -> tuple[QRectF, str] | None:
        cursor, at = self._strip.row_cursor, self._cursor_place()
        if cursor is None or cursor.step is None or at is None:
            return None
        metrics = QFontMetricsF(theme.font(weight=QFont.Weight.DemiBold))
        width = metrics.horizontalAdvance(str(cursor.step)) + 12.0
        if not self._strip.level:
            return QRectF(at + OVERHANG - width / 2, 3, width, 18), str(cursor.step)
        return QRectF(self.width() - 3 - width, at + OVERHANG - 9, width, 18), str(cursor.step)

    def _cursor_place(self) -> float | None:
        cursor = self._strip.row_cursor
        if cursor is None:
            return None
        at = float(self._strip.y_of(cursor.row))
        return at if 0.0 <= at <= self._strip.lie.along else None

    def _paint_cursor(self, painter: QPainter, plate: tuple[QRectF, str] | None) -> None:
        at = self._cursor_place()
        if at is None:
            return
        line = QRectF(0, at + OVERHANG - 0.625, self.width(), 1.25)
        if not self._strip.level:
            line = QRectF(at + OVERHANG - 0.625, 0, 1.25, self.height())
        painter.fillRect(line, QColor(theme.ACCENT))
        if plate is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ACCENT))
        painter.drawRoundedRect(plate[0], 3, 3)
        painter.setPen(QColor(theme.ON_ACCENT))
        painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
        painter.drawText(plate[0], Qt.AlignmentFlag.AlignCenter, plate[1])


def _written(box: QRectF, text: str, *, level: bool) -> QRectF:
    """What a number really takes of its box."""
    if level:
        return box
    width = QFontMetricsF(theme.font()).horizontalAdvance(text) + 4.0
    return QRectF(box.center().x() - width / 2, box.y(), width, box.height())


class InfluencePane(RowStrip):
    """One bar per model row: orange towards the named class, blue away from it.

    The scale follows from the model and not from the film's largest bar, so that two films can be
    compared; a bar beyond it ends in an arrow.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            (INFLUENCE,),
            marked("Appears when a model has read the film"),
            scale=(-1.0, 1.0),
            insets=INSETS,
            indent=INDENT,
            parent=parent,
        )
        self.influence: Influence | None = None
        self._ends = (-1.0, 1.0)
        self._class_name = ""
        self.draw(self._paint_bars)
        self._axis = RowAxis(self)
        self.setMinimumWidth(110)

    def name_rows(self, *, by_row: bool) -> None:
        """Call it one margin of a map over rows and columns, or Influence by itself."""
        self._titles = (BY_ROW,) if by_row else (INFLUENCE,)
        self._fit_title()

    def show_influence(
        self,
        influence: Influence | None,
        limit: float,
        class_name: str,
        *,
        own: bool = False,
        beside: Floats | None = None,
    ) -> None:
        """Show one bar per time step.

        Args:
            influence: Signed change of the log-odds, step by step; None shows the empty state.
            limit: Value at the ends of the scale, in log-odds; the same for a model's films.
            class_name: The class that positive values speak for.
            own: Whether the limit is this film's alone.
            beside: Values that are drawn over the bars, for which there must be room, too.
        """
        self.influence, self._class_name = influence, class_name
        if influence is None:
            self.clear()
            return
        self._make_room(len(influence.values) - 1)
        end = rounded_up(limit)  # as that of the map over the film: one scale for both
        known = influence.values if beside is None else np.append(influence.values, beside)
        self._ends = ends_of_scale(known, end)
        self.set_scale(*self._ends)
        low, high = (one if one == end else nice_below(one) for one in map(abs, self._ends))
        ticks = [Tick(value, number(value)) for value in (0.0, high, -low)]
        short = tr("Δ log-odds")
        scale = tr("Δ log-odds, this film’s scale") if own else short
        titles = (tr("{scale} towards {name}", scale=scale, name=named(class_name)), scale, short)
        self.scale.show_scale(ticks, titles, span=self._ends)
        self.show_data(influence.edges)

    def show_cursor(self, cursor: RowCursor | None) -> None:
        """Move the row cursor, and its number on the axis."""
        super().show_cursor(cursor)
        self._axis.update()

    def clear(self) -> None:
        """Show the empty state."""
        self.influence = None
        super().clear()

    def tip_at(self, _x: float, y: float) -> str:
        """The row under the pointer and its value."""
        if self.influence is None:
            return ""
        step = step_at(self.influence.edges, self.row_at(y))
        value = float(self.influence.values[step])
        if value >= 0.0:
            words = tr("step {step}: {value} log-odds, towards {name}")
        else:
            words = tr("step {step}: {value} log-odds, away from {name}")
        signed = f"{'+' if value >= 0.0 else '−'}{abs(value):.2f}"
        return words.format(step=step, value=signed, name=named(self._class_name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the axis beside the body, reaching a little over both ends."""
        super().resizeEvent(event)
        self._place_axis()

    @property
    def above(self) -> int:
        """The axis stands over the body of the first of the strips that lie."""
        return theme.AXIS

    def set_indent(self, indent: int) -> None:
        """Keep pixels free left of the body, for an axis."""
        super().set_indent(indent)
        self._place_axis()

    def _place_axis(self) -> None:
        if self.level:
            height = self.height() - theme.HEAD - theme.FOOT + 2 * OVERHANG
            self._axis.setGeometry(0, theme.HEAD - OVERHANG, self.indent, height)
        else:
            width = self.width() - theme.SIDE + 2 * OVERHANG
            self._axis.setGeometry(theme.SIDE - OVERHANG, 0, width, theme.AXIS)

    def _make_room(self, last: int) -> None:
        width = QFontMetricsF(theme.font()).horizontalAdvance(tr("step {step}", step=last))
        self.set_indent(max(INDENT, math.ceil(width) + AXIS_GAP + AXIS_GAP // 2))

    def _paint_bars(self, painter: QPainter) -> None:
        if self.influence is None:
            return
        zero, height = float(self.snap(self.x_of(0.0))), self.lie.along
        start, stop = self.film_span()
        painter.fillRect(QRectF(zero, start, 1, stop - start), theme.colour(theme.QUIET, 110))
        values = np.nan_to_num(np.asarray(self.influence.values, dtype=np.float64))
        cut = np.clip(values, *self._ends)
        ends, rows = self.snap(self.x_of(cut)), self.snap(self.y_of(self.influence.edges))
        pitch = abs(float(rows[-1] - rows[0])) / len(values)
        gap = min(GAP, float(self.snap(pitch / 4)))
        for step in np.argsort(np.abs(values)):  # where rows share a pixel the largest is seen
            top, bottom = sorted((float(rows[step]), float(rows[step + 1])))
            end = float(ends[step])
            if bottom < 0.0 or top > height or end == zero:
                continue
            bar = QRectF(min(zero, end), top, abs(end - zero), max(bottom - top - gap, 1.0))
            name = theme.INFLUENCE_POSITIVE if values[step] > 0 else theme.INFLUENCE_NEGATIVE
            painter.fillRect(bar, QColor(name))
            if values[step] != cut[step]:
                _paint_tip(painter, bar, QColor(name), right=values[step] > 0)


def ends_of_scale(values: Floats, limit: float) -> tuple[float, float]:
    """Ends of the horizontal axis in log-odds, from the model's limit.

    One side is only half as long where half is enough; with both sides long it is symmetric.
    """
    limit = limit if math.isfinite(limit) and limit > 0.0 else 1.0
    known = np.append(values[np.isfinite(values)], 0.0)
    least, most = float(known.min()), float(known.max())
    if least >= -limit / 2 and (most > limit / 2 or most >= -least):
        return -limit / 2, limit
    if most <= limit / 2:
        return -limit, limit / 2
    return -limit, limit


def nice_below(limit: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is not above a limit."""
    power = 10.0 ** math.floor(math.log10(limit))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= limit * (1 + 1e-9))


def number(value: float) -> str:
    """A short number with a true minus sign."""
    return f"{value:g}".replace("-", "−")


def _paint_tip(painter: QPainter, bar: QRectF, shade: QColor, *, right: bool) -> None:
    start = bar.right() + 1 if right else bar.left() - 1
    middle, half = bar.center().y(), min(bar.height() / 2, TIP)
    point = start + (TIP if right else -TIP)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    painter.drawPolygon(
        QPolygonF(
            [QPointF(start, middle - half), QPointF(point, middle), QPointF(start, middle + half)]
        )
    )
    painter.restore()
