"""The strips while Compare is shown: the other one thin and quiet over them, and the difference.

The first one stays what the strips show. The strip of the difference stands where the states are
shown otherwise; what differs in these is on the page.
"""

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from viewer.inspect.influence import nice_below, number
from viewer.inspect.lying import step_at
from viewer.inspect.strip import RowStrip, Tick
from viewer.kit import theme
from viewer.kit.language import marked, named, tr
from viewer.kit.words import signed

if TYPE_CHECKING:
    from engine.inspection import NetworkComparison
    from engine.types import Floats
    from viewer.inspect.compare_page import ComparePage
    from viewer.inspect.strips import Strips
    from viewer.kit.pages import Pages
    from viewer.session.session import Session

LEAST: Final = 0.02  # log-odds at the end of a scale, so that rounding is not drawn large
_MOVES: Final = frozenset(
    {
        QEvent.Type.Resize,
        QEvent.Type.Move,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.ParentChange,
    }
)


class DifferencePane(RowStrip):
    """One bar per step: Influence of the first one minus that of the other one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            (marked("Influence, difference"), marked("Difference")),
            marked("Other classes: not compared"),
            scale=(-1.0, 1.0),
            insets=(8.0, 12.0),
            parent=parent,
        )
        self._values: Floats | None = None
        self.draw(self._paint_bars)

    def show_comparison(self, found: "NetworkComparison") -> None:
        """Show one bar per step, or why there are none."""
        self._values = found.influence
        if self._values is None:
            self.clear()
            return
        limit = max(1.05 * float(np.abs(self._values).max(initial=0.0)), LEAST)
        self.set_scale(-limit, limit)
        end = nice_below(limit)
        ticks = [Tick(value, number(value)) for value in (0.0, end, -end)]
        short = tr("Δ log-odds")
        titles = (tr("{scale} towards {name}", scale=short, name=named(found.target_name)), short)
        self.scale.show_scale(ticks, titles, span=(-limit, limit))
        self.show_data(found.edges)

    def tip_at(self, _x: float, y: float) -> str:
        """The step under the pointer and its value."""
        if self.edges is None or self._values is None:
            return ""
        step = step_at(self.edges, self.row_at(y))
        value = signed(float(self._values[step]))
        return tr("step {step}: {value} log-odds more than the other one", step=step, value=value)

    def _paint_bars(self, painter: QPainter) -> None:
        if self.edges is None or self._values is None:
            return
        zero = float(self.snap(self.x_of(0.0)))
        start, stop = self.film_span()
        painter.fillRect(QRectF(zero, start, 1, stop - start), theme.colour(theme.QUIET, 110))
        ends, rows = self.snap(self.x_of(self._values)), self.snap(self.y_of(self.edges))
        for step, value in enumerate(self._values):
            top, bottom = sorted((float(rows[step]), float(rows[step + 1])))
            left, right = sorted((zero, float(ends[step])))
            high = max(bottom - top - min(1.0, (bottom - top) / 4), 1.0)
            name = theme.INFLUENCE_POSITIVE if value > 0 else theme.INFLUENCE_NEGATIVE
            painter.fillRect(QRectF(left, top, right - left, high), QColor(name))


class ComparedStrips(QObject):
    """Lets the strips show the other one while the page of comparisons is open.

    Args:
        session: Has what is tried: a changed film goes before a comparison.
        strips: Of the window.
        page: Of comparisons.
        pages: Of which it is one.
        parent: Of the Qt object.
    """

    def __init__(
        self,
        session: "Session",
        strips: "Strips",
        page: "ComparePage",
        *,
        pages: "Pages",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._strips = session, strips
        self._page, self._pages = page, pages
        self.difference = DifferencePane(strips.states.parentWidget())
        self.difference.hide()
        strips.influence.draw(self._paint_influence, depth=2)
        strips.answer.draw(self._paint_answer, depth=2)
        self.difference.row_requested.connect(strips.row_requested)
        session.panes.cursor_moved.connect(self.difference.show_cursor)
        strips.states.installEventFilter(self)
        page.comparisons.changed.connect(self.show_compared)
        pages.turned.connect(lambda _code: self.show_compared())
        session.tries.turned.connect(lambda _on: self.show_compared())

    @property
    def found(self) -> "NetworkComparison | None":
        """What is shown; None while the page is not, or a changed film is."""
        shown = self._pages.code == self._page.code and not self._session.tries.on
        return self._page.comparisons.found if shown else None

    def show_compared(self) -> None:
        """Show the other one, or leave the strips as they are without it."""
        found = self.found
        if found is not None:
            self.difference.show_comparison(found)
        for strip in (self._strips.influence, self._strips.answer):
            strip.refresh()
        self._stand()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The strip of the difference stands where that of the states would."""
        if event.type() in _MOVES:
            self._stand()
        return super().eventFilter(watched, event)

    def _stand(self) -> None:
        states, strip = self._strips.states, self.difference
        if strip.parent() is not states.parent():
            strip.setParent(states.parentWidget())
        strip.setGeometry(states.geometry())
        shown = self.found is not None and not states.isHidden()
        strip.setVisible(shown)
        if shown:
            strip.raise_()

    # ------------------------------------------------------------------ the other one
    def _paint_influence(self, painter: QPainter) -> None:
        """The outline of its bars."""
        found, strip = self.found, self._strips.influence
        if found is None or strip.edges is None or found.second.influence is None:
            return
        xs = strip.x_of(found.second.influence.astype(np.float64))
        xs = np.clip(xs, 0.0, strip.lie.across)
        ys, zero = strip.y_of(found.edges), float(strip.x_of(0.0))
        path = QPainterPath(QPointF(zero, float(ys[0])))
        for step, x in enumerate(xs):
            path.lineTo(float(x), float(ys[step]))
            path.lineTo(float(x), float(ys[step + 1]))
        path.lineTo(zero, float(ys[-1]))
        painter.setPen(QPen(theme.colour(theme.TEXT, 170), 1.0))
        painter.drawPath(path)

    def _paint_answer(self, painter: QPainter) -> None:
        """Its curve of the same class."""
        found, strip = self.found, self._strips.answer
        if found is None or strip.edges is None or found.answer is None:
            return
        place = found.second.classes.index(found.target_name)
        xs = strip.x_of(found.second.by_row[:, place].astype(np.float64))
        ys = strip.y_of((found.edges[:-1] + found.edges[1:]) / 2)
        path = QPainterPath()
        for step, (x, y) in enumerate(zip(xs, ys, strict=True)):
            (path.lineTo if step else path.moveTo)(float(x), float(y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.QUIET), 1.25))
        painter.drawPath(path)
