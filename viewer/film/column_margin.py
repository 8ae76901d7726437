"""The sums by column of a map over rows and columns, along the film's own columns."""

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from engine.maps import by_columns
from engine.text import rounded_up
from viewer.kit import theme
from viewer.kit.language import tr
from viewer.kit.rendering import steps_at
from viewer.kit.widgets import panel

if TYPE_CHECKING:
    from engine.types import Doubles, Floats, Heatmap
    from viewer.film.view import FilmPane
    from viewer.session.pointer import Pointer

HIGH: Final = 48  # pixels of the margin, beneath the film or beside it
PART: Final = 0.62  # of them for what speaks towards the class
LEAST: Final = 2.0  # pixels of a bar from which bars stand apart


class ColumnMargin(QWidget):
    """Bars beneath the film, or right of one that is turned by a quarter; hidden without a map.

    Args:
        pane: Of the film.
        upright: Whether it is the one at the right.
    """

    def __init__(self, pane: "FilmPane", *, upright: bool) -> None:
        super().__init__(pane)
        panel(self, "window")
        self._pane, self._upright = pane, upright
        self.values: Floats | None = None  # (C,)
        self._edges: Doubles | None = None
        self._end = 1.0
        if upright:
            self.setFixedWidth(HIGH)
        else:
            self.setFixedHeight(HIGH)
        self.hide()

    def show_map(self, heatmap: "Heatmap | None", limit: float) -> None:
        """Show the sums of a map over rows and columns; of any other nothing.

        Args:
            heatmap: Over the film.
            limit: The model's scale of rows, which holds for sums of columns, too.
        """
        shown = heatmap is not None and heatmap.columns is not None
        self.values = by_columns(heatmap) if heatmap is not None and shown else None
        self._edges = heatmap.columns if heatmap is not None else None
        self._end = rounded_up(limit)
        self.follow()

    def follow(self) -> None:
        """The film lies elsewhere, or another way."""
        fits = self._pane.placement.turn.level != self._upright
        self.setVisible(self.values is not None and fits)
        words = tr("Influence by column, to ±{end:g} log-odds", end=self._end)
        self.setAccessibleName(words)
        self.update()

    def places(self) -> "Doubles":
        """Pixel along the margin of every edge of a column, where the film has it now."""
        edges, pixel = self._edges, self._pane.placement.pixel
        if edges is None:
            return np.zeros(0)
        ends = [pixel(float(edge), 0.0) for edge in (edges[0], edges[-1])]
        first, last = ((end.y() if self._upright else end.x()) for end in ends)
        shares = (edges - edges[0]) / (edges[-1] - edges[0])
        return np.asarray(first + shares * (last - first))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line at zero, a bar for each column; what lies beyond the scale ends at its edge."""
        if self.values is None:
            return
        painter = QPainter(self)
        zero, places = PART * HIGH, self.places()
        first, last = sorted((float(places[0]), float(places[-1])))
        self._fill(painter, QRectF(first, zero, last - first, 1), theme.QUIET, 110)
        gap = 1.0 if (last - first) / len(self.values) > LEAST else 0.0
        shares = np.clip(self.values / self._end, -(1 - PART) / PART, 1.0)
        for share, one, other in zip(shares.tolist(), places[:-1], places[1:], strict=True):
            low, high = sorted((float(one), float(other)))
            length = abs(share) * (zero - 2)
            top = zero - length if share > 0 else zero + 1
            tint = theme.INFLUENCE_POSITIVE if share > 0 else theme.INFLUENCE_NEGATIVE
            if length >= 0.25:
                wide = max(high - low - gap, 1.0)
                self._fill(painter, QRectF(low, top, wide, max(length, 1.0)), tint, 255)
        painter.end()

    def _fill(self, painter: QPainter, box: QRectF, name: str, alpha: int) -> None:
        """Beside a turned film the margin's top points away from it."""
        if self._upright:
            box = QRectF(HIGH - box.bottom(), box.left(), box.height(), box.width())
        painter.fillRect(box, theme.colour(name, alpha))

    def event(self, event: QEvent) -> bool:
        """Say columns and sum under the pointer."""
        if isinstance(event, QHelpEvent):
            words = self.tip_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return bool(super().event(event))

    def tip_at(self, place: QPointF) -> str:
        """The column under a pixel of the margin, and its sum."""
        if self.values is None or self._edges is None:
            return ""
        row = self._pane.placement.stored(place)
        column = int(steps_at(self._edges, row.x()))
        if not self._edges[0] <= row.x() <= self._edges[-1]:
            return ""
        first, last = self._edges[column], self._edges[column + 1]
        value = f"{float(self.values[column]):+.3g}".replace("-", "−")
        return tr("stored columns {first:.0f}–{last:.0f}: {value} log-odds").format(
            first=first, last=last, value=value
        )


class MarginLayer(QObject):
    """Lets both margins of a pane follow its film and its map.

    Args:
        pane: Of the film.
        pointer: Its viewport.
    """

    def __init__(self, pane: "FilmPane", pointer: "Pointer") -> None:
        super().__init__(pane)
        self._pointer = pointer
        self.beneath = ColumnMargin(pane, upright=False)
        self.beside = ColumnMargin(pane, upright=True)
        column, row = pane.layout(), pane.body.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.indexOf(pane.body) + 1, self.beneath)
        if isinstance(row, QHBoxLayout):
            row.insertWidget(1, self.beside, 0, Qt.AlignmentFlag(0))
        pointer.map_changed.connect(lambda heatmap, _choice: self._show(heatmap))
        pointer.look_changed.connect(lambda _look: self._follow())
        pointer.place_changed.connect(lambda _place: self._follow())
        pane.rows_moved.connect(lambda _rows: self._follow())
        pane.placed.connect(lambda _place, _flows: self._follow())
        pane.box.sigResized.connect(lambda _box: self._follow())

    def _show(self, heatmap: "Heatmap | None") -> None:
        analysis = self._pointer.analysis
        statistics = analysis.statistics if analysis is not None else None
        limit = statistics.influence_limit if statistics is not None else 1.0
        for margin in (self.beneath, self.beside):
            margin.show_map(heatmap, limit)

    def _follow(self) -> None:
        for margin in (self.beneath, self.beside):
            margin.follow()
