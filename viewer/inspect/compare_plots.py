"""Small plots of two readings beside each other; rows run from left to right.

The first one is strong, the other one thin and quiet. What does not change with the row is
painted once into a picture; moving the cursor draws a line over it.
"""

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.inspection import LIMIT
from viewer.kit import theme
from viewer.kit.canvas import paint_cursor, painted
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.rendering import solid_lut, steps_at
from viewer.kit.words import signed

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.inspection import NetworkComparison

HEAD: Final = 18  # a plot's name, and its value at the row
AXIS: Final = 16  # numbers beneath
MATCH: Final = 22  # pixels of the bars that say how well units match
FADED: Final = 0.01  # where the horizon ends
LEAST: Final = 1e-4  # of a share that is drawn

Numbers = NDArray[np.floating]


class RowPlot(QWidget):
    """A plot over the rows of the first film; a press or drag asks for a row.

    Args:
        words: Its name, marked, more and more brief; the first that leaves room is shown.
        axis: Whether numbers stand beneath.
    """

    row_requested = Signal(float)

    def __init__(self, *words: str, axis: bool = True) -> None:
        super().__init__()
        self.words, self.axis = words, axis
        self.found: NetworkComparison | None = None
        self.row: float | None = None
        self._picture: QPixmap | None = None
        self.setMinimumSize(70, 40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        live(self, RowPlot.refresh)

    # ------------------------------------------------------------------ slots
    def show_comparison(self, found: "NetworkComparison | None") -> None:
        """Show another comparison; None empties the plot."""
        self.found = found
        self.refresh()

    def show_row(self, row: float | None) -> None:
        """Move the cursor."""
        if row != self.row:
            self.row = row
            self.update()

    def refresh(self) -> None:
        """Paint everything again."""
        self._picture = None
        self.setAccessibleName(tr(self.words[0]))
        self.update()

    # ------------------------------------------------------------------ what a plot says
    def there(self, _found: "NetworkComparison") -> bool:
        """Whether there is something to draw."""
        return True

    def value(self, _found: "NetworkComparison", _step: int) -> str:
        """What stands at the right of the name, of the step under the cursor."""
        return ""

    def draw(self, painter: QPainter, found: "NetworkComparison", area: QRectF) -> None:
        """Draw all but name, value and cursor."""

    def area(self) -> QRectF:
        """Where it is drawn."""
        foot = AXIS if self.axis else 2
        return QRectF(0, HEAD, self.width(), max(self.height() - HEAD - foot, 1))

    @property
    def step(self) -> int | None:
        """The step under the cursor."""
        if self.found is None or self.row is None:
            return None
        return int(steps_at(self.found.edges, self.row))

    def x_of(self, rows: Numbers | float) -> Numbers:
        """Pixels of stored rows."""
        area, edges = self.area(), self.found.edges if self.found else np.array([0.0, 1.0])
        share = (np.asarray(rows, np.float64) - edges[0]) / (edges[-1] - edges[0])
        return np.asarray(area.left() + share * area.width())

    # ------------------------------------------------------------------ inside
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the cursor over the picture."""
        painter = QPainter(self)
        painted(painter, self._paint)
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        if self._picture is None:
            self._picture = self._drawn()
        painter.drawPixmap(0, 0, self._picture)
        found, step = self.found, self.step
        if found is None or step is None or self.row is None or not self.there(found):
            self._write(painter, "")
            return
        self._write(painter, self.value(found, step))
        area = self.area()
        x = min(max(float(self.x_of(self.row)), area.left() + 1), area.right() - 1)
        line = QRectF(x, area.top(), 0, area.height())
        paint_cursor(painter, _line(line), theme.current())

    def _write(self, painter: QPainter, value: str) -> None:
        """The name, as long as the value leaves room, and the value at the right."""
        font = theme.font(weight=QFont.Weight.Medium)
        width = QFontMetricsF(font).horizontalAdvance(value)
        room = self.area().right() - (width + 8 if value else 0)
        metrics, names = QFontMetricsF(_heading()), [tr(one) for one in self.words]
        fitting = (one for one in names if metrics.horizontalAdvance(one) <= room)
        name = next(fitting, names[-1])
        painter.setFont(_heading())
        painter.setPen(QColor(theme.TEXT))
        painter.drawText(QPointF(0, 12), name)
        if metrics.horizontalAdvance(name) <= room:
            painter.setFont(font)
            painter.drawText(QPointF(self.area().right() - width, 12), value)

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        found = self.found
        if found is not None and self.there(found):
            painted(painter, lambda one: self._draw(one, found))
        elif found is not None:
            painter.setFont(theme.font())
            painter.setPen(QColor(theme.QUIET))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
            painter.drawText(self.area(), flags, tr("Other classes: not compared"))
        painter.end()
        return picture

    def _draw(self, painter: QPainter, found: "NetworkComparison") -> None:
        area = self.area()
        painter.fillRect(area, QColor(theme.WINDOW))
        self.draw(painter, found, area)
        if self.axis:
            self.draw_axis(painter, found, area)

    def draw_axis(self, painter: QPainter, found: "NetworkComparison", area: QRectF) -> None:
        """The first and the last step."""
        _ends(painter, area, tr("step {step}", step=0), str(len(found.edges) - 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint for another size."""
        super().resizeEvent(event)
        self._picture = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the row under the pointer."""
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The same while the button is held."""
        if self.found is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        area, edges = self.area(), self.found.edges
        share = min(max((event.position().x() - area.left()) / area.width(), 0.0), 1.0 - 1e-6)
        self.row_requested.emit(float(edges[0] + share * (edges[-1] - edges[0])))


class AnswerPlot(RowPlot):
    """Both answers by row: the probability of the class that is looked at."""

    def __init__(self) -> None:
        super().__init__(marked("Answer by row"), marked("Answer"), axis=False)

    def there(self, found: "NetworkComparison") -> bool:
        """Only of models with the same classes."""
        return found.answer is not None

    def curves(self, found: "NetworkComparison") -> tuple[Numbers, Numbers]:
        """Probabilities (L,) of both."""
        name = found.target_name
        one, other = (
            side.by_row[:, side.classes.index(name)] for side in (found.first, found.second)
        )
        return one, other

    def value(self, found: "NetworkComparison", step: int) -> str:
        """Both probabilities."""
        one, other = self.curves(found)
        return f"{one[step]:.2f} · {other[step]:.2f}"

    def draw(self, painter: QPainter, found: "NetworkComparison", area: QRectF) -> None:
        """Two curves."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = area.adjusted(0, 3, 0, -3)
        xs = self.x_of((found.edges[:-1] + found.edges[1:]) / 2)
        one, other = self.curves(found)
        _curve(painter, xs, inner.bottom() - other * inner.height(), theme.QUIET, 1.25)
        first = inner.bottom() - one * inner.height()
        _curve(painter, xs, first, theme.INFLUENCE_POSITIVE, 2.0)


class BarsPlot(RowPlot):
    """A signed number of each row, blue and orange; perhaps an outline over it.

    Args:
        words: Its names, marked.
        bars: What is drawn of a comparison, (L,); None where it is not there.
        outline: The other one's, thin; None draws none.
        axis: Whether numbers stand beneath.
    """

    def __init__(
        self,
        words: tuple[str, ...],
        bars: "Callable[[NetworkComparison], Numbers | None]",
        outline: "Callable[[NetworkComparison], Numbers | None] | None" = None,
        *,
        axis: bool = True,
    ) -> None:
        super().__init__(*words, axis=axis)
        self.bars, self.outline = bars, outline

    def there(self, found: "NetworkComparison") -> bool:
        """Only of models with the same classes."""
        return self.bars(found) is not None

    def value(self, found: "NetworkComparison", step: int) -> str:
        """The bar's value, and the outline's."""
        shown = [signed(float(one[step])) for one in self._drawn_values(found)]
        return " · ".join(shown)

    def draw(self, painter: QPainter, found: "NetworkComparison", area: QRectF) -> None:
        """Bars from zero in the middle, then the outline."""
        values = self._drawn_values(found)
        reach = max((float(np.abs(one).max(initial=0)) for one in values), default=0.0) or 1.0
        zero, half = area.center().y(), area.height() / 2 - 1
        xs = np.round(self.x_of(found.edges))
        gap = 1.0 if len(xs) > 1 and xs[1] - xs[0] >= 3 else 0.0
        for left, right, value in zip(xs[:-1], xs[1:], values[0], strict=True):
            high = float(value) / reach * half
            name = theme.INFLUENCE_POSITIVE if high > 0 else theme.INFLUENCE_NEGATIVE
            top = min(zero, zero - high)
            width = max(float(right - left) - gap, 1.0)
            painter.fillRect(QRectF(float(left), top, width, abs(high)), QColor(name))
        painter.fillRect(
            QRectF(area.left(), zero, area.width(), 1), theme.colour(theme.QUIET, 110)
        )
        if len(values) > 1:
            _stairs(painter, xs, zero - values[1] / reach * half)
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.QUIET))
        text = f"±{reach:.2g}"
        width = QFontMetricsF(theme.font()).horizontalAdvance(text) + 4
        painter.drawText(area.adjusted(2, 0, -2, 0), _free(values, width / area.width()), text)

    def _drawn_values(self, found: "NetworkComparison") -> list[Numbers]:
        asked = (self.bars, self.outline) if self.outline is not None else (self.bars,)
        known = (one(found) for one in asked)
        return [one for one in known if one is not None]


class StatesPlot(RowPlot):
    """What differs in the states of units that belong together: a line a pair, the best first."""

    def __init__(self) -> None:
        super().__init__(marked("States, difference in σ"), marked("States, σ"))

    def area(self) -> QRectF:
        """The matrix; bars that say how well units match stand at its right."""
        beside = self.found is None or self.found.alignment.searched
        return super().area().adjusted(0, 0, -MATCH - 4 if beside else 0, 0)

    def value(self, found: "NetworkComparison", step: int) -> str:
        """Mean size of the difference at the row."""
        return tr("mean {value}", value=f"{float(np.abs(found.states[step]).mean()):.2f}")

    def draw(self, painter: QPainter, found: "NetworkComparison", area: QRectF) -> None:
        """The matrix, and |r| of each pair beside it."""
        order = self.order(found)
        seen = np.nan_to_num(found.states[:, order]).T  # (P, L)
        lines = max(min(round(area.height() * self.devicePixelRatioF()), len(seen)), 1)
        starts = np.arange(lines) * len(seen) // lines
        top, bottom = (f.reduceat(seen, starts, axis=0) for f in (np.maximum, np.minimum))
        values = np.where(top >= -bottom, top, bottom)
        table = solid_lut("state", signed=True)
        places = np.clip((values + LIMIT) / (2 * LIMIT), 0.0, 1.0) * (len(table) - 1)
        pixels = np.ascontiguousarray(table[np.rint(places).astype(np.intp)])
        form = QImage.Format.Format_RGB888
        image = QImage(pixels.data, seen.shape[1], lines, 3 * seen.shape[1], form)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(area, image)
        if found.alignment.searched:
            self._match(painter, found.alignment.correlation[order], area)

    def order(self, found: "NetworkComparison") -> NDArray[np.intp]:
        """Pairs by how well they match; the same units by how far they are apart."""
        if found.alignment.searched:
            return np.argsort(-found.alignment.correlation, kind="stable")
        return np.argsort(-np.abs(found.states).mean(axis=0), kind="stable")

    def _match(self, painter: QPainter, alike: Numbers, area: QRectF) -> None:
        left, high = area.right() + 4, area.height() / len(alike)
        painter.fillRect(QRectF(left, area.top(), MATCH, area.height()), QColor(theme.FIELD))
        for place, value in enumerate(alike):
            bar = QRectF(left, area.top() + place * high, MATCH * float(value), max(high, 1.0))
            painter.fillRect(bar, QColor(theme.QUIET))
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.QUIET))
        painter.drawText(QPointF(left, area.bottom() + AXIS - 3), "|r|")


class HorizonPlot(RowPlot):
    """How much a row still moves the last state, counted back from the end; both curves."""

    def __init__(self) -> None:
        super().__init__(marked("Horizon"))

    def value(self, found: "NetworkComparison", _step: int) -> str:
        """Both shares of the row under the cursor."""
        shares = [self._share(side) for side in _sides(found)]
        return " · ".join(f"{one:.2g}" for one in shares if one is not None)

    def draw(self, painter: QPainter, found: "NetworkComparison", area: QRectF) -> None:
        """Shares by their logarithm; below one per cent a row has no say."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sides = _sides(found)
        most = max((float(one.max()) for one in sides if one is not None), default=1.0)
        faded = float(_height(area, np.array([FADED]), most)[0])
        pen = QPen(theme.colour(theme.QUIET, 200), 1.0)
        pen.setDashPattern([3.0, 3.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(area.left(), faded), QPointF(area.right(), faded))
        for side, colour, width in zip(
            sides[::-1], (theme.QUIET, theme.TEXT), (1.25, 2.0), strict=True
        ):
            if side is None:
                continue
            ends = np.linspace(area.left(), area.right(), len(side) + 1)
            xs = (ends[:-1] + ends[1:]) / 2
            _curve(painter, xs, _height(area, side, most), colour, width)
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.QUIET))
        painter.drawText(QPointF(area.left() + 2, faded - 3), "1 %")
        if all(side is None for side in sides):
            words = tr("is being measured …")
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)

    def _share(self, side: Numbers | None) -> float | None:
        """Of the row under the cursor."""
        if side is None or self.found is None or self.row is None:
            return None
        edges = self.found.edges
        place = (self.row - edges[0]) / (edges[-1] - edges[0])
        return float(side[min(int(place * len(side)), len(side) - 1)])


def _sides(found: "NetworkComparison") -> tuple[Numbers | None, Numbers | None]:
    """Shares of both from the first row to the last."""
    one, other = (
        None if side.horizon is None else side.horizon.share[::-1]
        for side in (found.first, found.second)
    )
    return one, other


def _height(area: QRectF, shares: Numbers, most: float) -> Numbers:
    """Pixels of shares; the most at the top."""
    place = np.log(np.clip(shares, LEAST, most) / most) / np.log(LEAST / most)
    inner = area.adjusted(0, 3, 0, -3)
    return np.asarray(inner.top() + place * inner.height())


def _free(values: "list[Numbers]", share: float) -> Qt.AlignmentFlag:
    """The corner where a text of that share of the width covers least of the bars."""
    count = max(round(len(values[0]) * share), 1)
    ends = {
        Qt.AlignmentFlag.AlignLeft: slice(count),
        Qt.AlignmentFlag.AlignRight: slice(-count, None),
    }
    ways = {Qt.AlignmentFlag.AlignTop: 1.0, Qt.AlignmentFlag.AlignBottom: -1.0}
    corners = [(up | side) for up in ways for side in ends]
    covered = [
        max(float((sign * one[part]).max()) for one in values)
        for sign in ways.values()
        for part in ends.values()
    ]
    return corners[int(np.argmin(np.maximum(covered, 0.0)))]


def _heading() -> QFont:
    return theme.font(weight=QFont.Weight.DemiBold)


def _line(box: QRectF) -> QLineF:
    return QLineF(box.topLeft(), box.bottomLeft())


def _ends(painter: QPainter, area: QRectF, first: str, last: str) -> None:
    painter.setFont(theme.font())
    painter.setPen(QColor(theme.QUIET))
    y = area.bottom() + AXIS - 3
    painter.drawText(QPointF(area.left(), y), first)
    width = QFontMetricsF(theme.font()).horizontalAdvance(last)
    painter.drawText(QPointF(area.right() - width, y), last)


def _curve(painter: QPainter, xs: Numbers, ys: Numbers, name: str, width: float) -> None:
    path = QPainterPath()
    for n, (x, y) in enumerate(zip(xs, ys, strict=True)):
        (path.lineTo if n else path.moveTo)(float(x), float(y))
    pen = QPen(QColor(name), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPath(path)


def _stairs(painter: QPainter, xs: Numbers, heights: Numbers) -> None:
    path = QPainterPath(QPointF(float(xs[0]), float(heights[0])))
    for left, right, y in zip(xs[:-1], xs[1:], heights, strict=True):
        path.lineTo(float(left), float(y))
        path.lineTo(float(right), float(y))
    painter.setPen(QPen(QColor(theme.TEXT), 1.0))
    painter.drawPath(path)
