"""The strips while a changed film is read: as read thin and quiet, changed strong, and the change.

The strips show the changed film through their own slots; what is drawn here lies over and beneath
it. The strip of the change stands where the states are shown otherwise.
"""

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from engine.maps import influence_limit
from engine.types import Doubles, Floats, Prediction
from viewer.inspect.influence import nice_below, number
from viewer.inspect.rowline import Pairs
from viewer.inspect.strip import RowStrip, Tick
from viewer.kit import theme
from viewer.kit.language import marked, named, tr
from viewer.kit.rendering import steps_at
from viewer.kit.words import answer_text, signed
from viewer.session.tries import Tries

if TYPE_CHECKING:
    from viewer.inspect.strips import Strips
    from viewer.session.session import Session

MOST: Final = 260  # pixels of the strip of the change
LEAST: Final = 0.02  # log-odds at the end of its scale, so that rounding is not drawn large


class ChangePane(RowStrip):
    """One bar per step: what the change of the film did to the influence of its rows.

    The bars sum to the change of the answer's log-odds, but for what the method leaves over.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            (marked("Change of influence"), marked("Change")),
            marked("Appears when the mouse is released"),
            scale=(-1.0, 1.0),
            insets=(8.0, 12.0),
            parent=parent,
        )
        self._values: Floats = np.zeros(0, np.float32)
        self._limit, self._name = 1.0, ""
        self.draw(self._paint_bars)

    def show_change(self, values: Floats | None, edges: Doubles, limit: float, name: str) -> None:
        """Show one bar per step.

        Args:
            values: (L,) in log-odds; None shows the empty state.
            edges: (L + 1,) stored rows.
            limit: Of the scale of Influence; a larger change has a scale of its own.
            name: The class that positive values speak for.
        """
        if values is None:
            self.clear()
            return
        self._values, self._name = values, name
        most = float(np.abs(values).max(initial=0.0))
        self._limit = max(limit / 2, 1.05 * most, LEAST)
        self.set_scale(-self._limit, self._limit)
        end = nice_below(self._limit)
        ticks = [Tick(value, number(value)) for value in (0.0, end, -end)]
        short = tr("Δ log-odds")
        titles = (tr("{scale} towards {name}", scale=short, name=named(name)), short)
        self.scale.show_scale(ticks, titles, span=(-self._limit, self._limit))
        self.show_data(edges)

    def clear(self) -> None:
        """Show the empty state."""
        self._values = np.zeros(0, np.float32)
        super().clear()

    def tip_at(self, _x: float, y: float) -> str:
        """The step under the pointer and its value."""
        if self.edges is None or not len(self._values):
            return ""
        step = int(steps_at(self.edges, self.row_at(y)))
        value = signed(float(self._values[step]))
        return tr("step {step}: its influence changed by {value}", step=step, value=value)

    def _paint_bars(self, painter: QPainter) -> None:
        if self.edges is None or not len(self._values):
            return
        zero = float(self.snap(self.x_of(0.0)))
        start, stop = self.film_span()
        painter.fillRect(QRectF(zero, start, 1, stop - start), theme.colour(theme.QUIET, 110))
        ends, rows = self.snap(self.x_of(self._values)), self.snap(self.y_of(self.edges))
        for step, value in enumerate(self._values):
            top, bottom = sorted((float(rows[step]), float(rows[step + 1])))
            gap = min(1.0, (bottom - top) / 4)
            left, right = sorted((zero, float(ends[step])))
            ink = theme.INFLUENCE_POSITIVE if value > 0 else theme.INFLUENCE_NEGATIVE
            painter.fillRect(
                QRectF(left, top, right - left, max(bottom - top - gap, 1.0)), QColor(ink)
            )


class ChangedStrips(QObject):
    """Lets the strips show the changed film while one is tried.

    Args:
        session: Has what is tried.
        strips: Of the window.
        parent: Of the Qt object.
    """

    def __init__(
        self, session: "Session", strips: "Strips", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._tries, self._strips = session, session.tries, strips
        self.change = ChangePane(strips.states.parentWidget())
        self.change.hide()
        self._on = False
        strips.influence.draw(self._paint_as_read_influence, depth=2)
        strips.answer.draw(self._paint_as_read_answer, depth=2)
        self._fields = [
            strip.draw(_Field(strip, self._tries).paint, depth=-5)
            for strip in (strips.influence, strips.answer, self.change)
        ]
        self._told: tuple[object, ...] = ()  # of which influence the strips speak
        self.change.row_requested.connect(strips.row_requested)
        session.panes.cursor_moved.connect(self.change.show_cursor)
        strips.states.installEventFilter(self)
        self._tries.changed.connect(self.show_tried)
        self._tries.turned.connect(lambda _on: self.show_tried())
        self._row: tuple[str, Pairs] = ("", ())
        session.panes.row_described.connect(self._on_row)

    @property
    def showing(self) -> bool:
        """Whether the strips speak of a film that was read again."""
        return self._tries.on and self._tries.found is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The strip of the change stands where that of the states would."""
        if event.type() in {
            QEvent.Type.Resize,
            QEvent.Type.Move,
            QEvent.Type.Show,
            QEvent.Type.Hide,
            QEvent.Type.ParentChange,
        }:
            self._stand()
        return super().eventFilter(watched, event)

    def _stand(self) -> None:
        states = self._strips.states
        if self.change.parent() is not states.parent():
            self.change.setParent(states.parentWidget())
        self.change.setGeometry(states.geometry())
        shown = self.showing and not states.isHidden()
        self.change.setVisible(shown)
        if shown:
            self.change.raise_()

    def follow_rows(self, _rows: object) -> None:
        """Show the rows that the other strips show: they may know later ones already."""
        self.change.show_rows(self._strips.states.lie.rows)

    def show_tried(self) -> None:
        """Show the changed film, or the film as read again once it is left."""
        if not self.showing:
            if self._on:
                self._on, self._told = False, ()
                self._stand()
                self._tell_row()
                if self._session.analysis is not None:
                    self._strips.show_analysis(self._session.analysis)
            return
        self._on = True
        self._show_answer()
        self._show_influence()
        self._stand()
        self._tell_row()

    def _on_row(self, title: str, pairs: Pairs) -> None:
        self._row = (title, pairs)
        self._tell_row()

    def _tell_row(self) -> None:
        """The line of the row says both answers and both influences."""
        tries, cursor = self._tries, self._session.cursor
        found, (title, pairs) = tries.found, self._row
        step = cursor.step if cursor is not None else None
        if not tries.on or found is None or not found.edits or step is None:
            self._strips.line.show_row(title, pairs)
            return
        two = {
            tr("answer"): _arrow(
                *(
                    answer_text(float(one[step, found.target]), of_film=tries.of_film)
                    for one in (found.by_row_as_read, found.by_row)
                )
            )
        }
        if tries.before is not None and tries.after is not None:
            values = (float(one.values[step]) for one in (tries.before, tries.after))
            two[tr("influence")] = _arrow(*map(signed, values))
        told = tuple((name, two.get(name, value)) for name, value in pairs)
        self._strips.line.show_row(title, told)

    def _show_answer(self) -> None:
        found, opened = self._tries.found, self._tries.opened
        if found is None or opened is None:
            return
        strip, target = self._strips.answer, found.target
        threshold = opened.model.threshold
        finding = opened.model.positive in {None, target}
        shown = Prediction(
            (tr("changed") if found.edits else opened.model.classes[target],),
            found.probabilities[[target]],
            found.by_row[:, [target]],
            0,
        )
        cut = threshold.value if threshold is not None and finding else None
        strip.show_answer(shown, opened.trace.edges, cut)

    def _show_influence(self) -> None:
        tries, opened = self._tries, self._tries.opened
        if opened is None or tries.found is None:
            return
        name = opened.model.classes[tries.found.target]
        after = tries.after or tries.before
        limit, own = self._limit()
        told = (id(opened), id(after), id(tries.before), bool(tries.draft), limit, own, name)
        if told == self._told and self._strips.influence.influence is after:
            for field in self._fields:  # rows are brushed, and no influence is known yet
                field.refresh()
            return
        self._told = told
        before = tries.before.values if tries.before is not None else None
        self._strips.influence.show_influence(after, limit, name, own=own, beside=before)
        edges = opened.trace.edges
        self.change.show_change(tries.change if tries.draft else None, edges, limit, name)

    def _limit(self) -> tuple[float, bool]:
        analysis, before = self._session.analysis, self._tries.before
        statistics = analysis.statistics if analysis is not None else None
        limit = statistics.influence_limit if statistics is not None else 1.0
        return influence_limit(before, limit) if before is not None else (limit, False)

    # ---------------------------------------------------------------- as read
    def _paint_as_read_influence(self, painter: QPainter) -> None:
        """The outline of the bars of the film as read."""
        before, strip = self._tries.before, self._strips.influence
        if not self.showing or not self._tries.draft or before is None or strip.edges is None:
            return
        xs, ys = strip.x_of(before.values.astype(np.float64)), strip.y_of(before.edges)
        xs = np.clip(xs, 0.0, float(strip.box.width()))
        path = QPainterPath(QPointF(float(strip.x_of(0.0)), float(ys[0])))
        for step, x in enumerate(xs):
            path.lineTo(float(x), float(ys[step]))
            path.lineTo(float(x), float(ys[step + 1]))
        path.lineTo(float(strip.x_of(0.0)), float(ys[-1]))
        painter.setPen(QPen(theme.colour(theme.TEXT, 170), 1.0))
        painter.drawPath(path)

    def _paint_as_read_answer(self, painter: QPainter) -> None:
        """The curve of the film as read, with its name."""
        found, strip = self._tries.found, self._strips.answer
        if not self.showing or found is None or not found.edits or strip.edges is None:
            return
        values = found.by_row_as_read[:, found.target].astype(np.float64)
        ys = strip.y_of((strip.edges[:-1] + strip.edges[1:]) / 2)
        path = QPainterPath()
        for step, (x, y) in enumerate(zip(strip.x_of(values), ys, strict=True)):
            (path.lineTo if step else path.moveTo)(float(x), float(y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(theme.QUIET), 1.0))
        painter.drawPath(path)
        changed = found.by_row[:, found.target].astype(np.float64)
        paint_name(painter, strip, strip.x_of(values), strip.x_of(changed), ys)


def paint_name(painter: QPainter, strip: RowStrip, xs: Floats, others: Floats, ys: Floats) -> None:
    """Name the curve of the film as read where it lies furthest from the other one.

    Args:
        painter: Of the strip.
        strip: Has both curves.
        xs: (L,) pixels of the one that is named.
        others: (L,) of the other one.
        ys: (L,) of the steps.
    """
    far = np.abs(xs - others)
    inside = (ys > 24) & (ys < strip.box.height() - 24)
    if not inside.any() or float(far[inside].max()) < 12:
        return
    step = int(np.argmax(np.where(inside, far, -1)))
    words, font = tr("as read"), theme.font()
    wide = QFontMetricsF(font).horizontalAdvance(words)
    left = float(xs[step]) + (6 if xs[step] > others[step] else -6 - wide)
    if left + wide > strip.box.width() - 2:
        left = float(xs[step]) - 6 - wide
    left = max(left, 2.0)
    box = QRectF(left, float(ys[step]) - 8, wide, 16)
    painter.fillRect(box.adjusted(-2, 1, 2, -1), QColor(theme.WINDOW))
    painter.setFont(theme.font(weight=QFont.Weight.Normal))
    painter.setPen(QColor(theme.QUIET))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _arrow(before: str, after: str) -> str:
    """As read, then changed."""
    return f"{before} → {after}" if before != after else after


class _Field:
    """A lighter field in a strip where rows are brushed."""

    def __init__(self, strip: RowStrip, tries: Tries) -> None:
        self._strip, self._tries = strip, tries

    def paint(self, painter: QPainter) -> None:
        """Fill it."""
        band, strip = self._tries.band, self._strip
        if not self._tries.on or band is None or strip.edges is None:
            return
        if not math.isfinite(strip.box.width()) or band[1] + 1 >= len(strip.edges):
            return
        top, bottom = sorted(float(strip.y_of(strip.edges[end])) for end in (band[0], band[1] + 1))
        area = QRectF(0.0, top, float(strip.box.width()), bottom - top)
        painter.fillRect(area, QColor(theme.RAISED))
