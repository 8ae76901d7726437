"""The page Unit: what the chosen hidden units did, whom they speak to, the film without them."""

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from engine.types import Prediction
from viewer.inspect.changed_strips import paint_name
from viewer.inspect.unit_blocks import (
    FilmsBlock,
    TraceBlock,
    UnitChosen,
    UnitHead,
    UsualBlock,
    WeightsBlock,
    WiresBlock,
    WithoutBlock,
    place_words,
)
from viewer.inspect.unit_parts import (
    QuietNote,
    scrolled,
)
from viewer.kit import theme
from viewer.kit.language import marked, named, tr
from viewer.kit.live import live
from viewer.kit.taken import Taken
from viewer.kit.widgets import column_in
from viewer.session.ablating import Ablating

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.inspect.strips import Strips
    from viewer.session.searching import Searching
    from viewer.session.session import Session

EMPTY: Final = marked("Appears when a model has read the film")
CHOOSE: Final = marked(
    "Click a column of the hidden state to choose a unit; click more of them for a group."
)


class UnitPage(QWidget):
    """Everything about the chosen units of the film that Inspect has opened."""

    code = "unit"

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._ablating = session, session.ablating
        self._note = QuietNote()
        self._head = UnitHead()
        self.chosen, self.trace = UnitChosen(), TraceBlock()
        self.without, self.weights = WithoutBlock(self._ablating), WeightsBlock()
        self.usual, self.wires = UsualBlock(), WiresBlock()
        self.films = FilmsBlock(session.searching)
        content = QWidget()
        column = column_in(content, 20, (theme.MARGIN, 4, theme.MARGIN, theme.MARGIN))
        self._blocks = (
            self._head,
            self.chosen,
            self.trace,
            self.without,
            self.weights,
            self.films,
            self.usual,
            self.wires,
        )
        for block in (self._note, *self._blocks):
            column.addWidget(block)
        column.addStretch(1)
        column_in(self, 0).addWidget(scrolled(content))
        self.chosen.looked_at = self._ablating.look_at
        for plot in (self.trace.plot, self.without.curve):
            plot.step_requested.connect(self._go_to_step)
        session.panes.cursor_moved.connect(lambda _cursor: self._show_row())
        session.analyses.audits.known.connect(self.without.take_tests)
        self._ablating.changed.connect(self._show)
        live(self, UnitPage._show)

    # ------------------------------------------------------------------ slots
    def _show(self) -> None:
        """Everything anew."""
        found = self._ablating
        trace, facts, group = found.trace, found.facts, found.group
        there = trace is not None and facts is not None and group is not None
        for block in self._blocks:
            block.setVisible(there)
        words = "" if found.group is not None else tr(CHOOSE if found.opened else EMPTY)
        self._note.say(words)
        if trace is None or facts is None or group is None or found.opened is None:
            return
        model = found.opened.model
        weights = facts.weights
        self._head.show_group(group.units, place_words(weights, model), trace.peak)
        self.chosen.show_units(weights)
        self.trace.show_trace(trace)
        self.without.show_ablation(found, model.classes)
        self.weights.show_weights(weights, model.classes, self._place)
        several = len(group.units) > 1
        name = f"u{found.current}" if several and found.current is not None else ""
        self.films.show_seen(found.seen, model, name)
        self.usual.aside.say(name)
        self.wires.show_weights(weights, model)
        self._show_row()

    def _show_row(self) -> None:
        """What depends on the row under the cursor."""
        trace, step, facts = self._ablating.trace, self._ablating.step, self._ablating.facts
        if trace is None or facts is None or not self._head.isVisibleTo(self):
            return
        here = step if step is not None and step < len(trace.h) else None
        self.chosen.show_row(trace, facts.weights, here, self._ablating)
        self.trace.show_row(trace, here)
        self.without.curve.show_step(here)
        found, index = self._ablating, self._session.searching.index
        self.usual.show_row(
            trace,
            here,
            self._place,
            films=facts.films,
            seen=found.seen,
            indexed=index.films if index is not None else 0,
        )

    @property
    def _place(self) -> int:
        """Column of the unit whose own numbers are shown, within the group."""
        group, current = self._ablating.group, self._ablating.current
        return group.units.index(current) if group and current in group.units else 0

    def _go_to_step(self, step: int) -> None:
        opened = self._ablating.opened
        if opened is not None:
            edges = opened.trace.edges
            self._session.pointer.move_to_row(float(edges[step] + edges[step + 1]) / 2)

    # ------------------------------------------------------------------ what it gives away
    def state(self) -> dict[str, Any]:
        """The numbers that are on screen."""
        found = self._ablating
        group, trace, facts = found.group, found.trace, found.facts
        if group is None or trace is None or facts is None:
            return {"units": [], "off": found.off}
        step = found.step
        here = step if step is not None and step < len(trace.h) else None
        return {
            "units": list(group.units),
            "layer": group.layer + 1,
            "direction": group.direction,
            "current": found.current,
            "off": found.off,
            "badge": found.words,
            "held": found.held,
            "kept_off": found.keeps,
            "peak_step": trace.peak,
            "step": here,
            "state": trace.h[here].tolist() if here is not None else None,
            "deviation": trace.deviation[here].tolist() if here is not None else None,
            "weights": [list(row) for row in self.weights.table.rows],
            "wires": [list(row) for row in self.wires.table.rows],
            "reference": seen_state(found, self._session.searching),
            "without": without_state(found),
        }

    def taken(self) -> Taken | None:
        """Traces, weights, and the film without the units, with the Python that makes them."""
        return take_unit(self._ablating)


# -------------------------------------------------------------------- beside the film
class WithoutCurve(QObject):
    """The strip of the answer while units are off: as read thin and quiet, without them strong.

    Args:
        session: Says what is off.
        strips: Of the window.
        parent: Of the Qt object.
    """

    def __init__(
        self, session: "Session", strips: "Strips", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._strips, self._on = session, strips, False
        strips.answer.draw(self._paint_as_read, depth=2)
        session.ablating.changed.connect(self.show_without)
        session.analyses.analysed.connect(lambda _analysis: self.show_without())

    def show_without(self) -> None:
        """Show the film without the units, or as it was read once they are on again."""
        found, analysis = self._session.ablating, self._session.analysis
        result, opened = found.shown, found.opened
        if result is None or opened is None or self._session.tries.on:
            if self._on and analysis is not None and not self._session.tries.on:
                self._strips.show_analysis(analysis)
            self._on = False
            return
        self._on = True
        target, model = found.target, opened.model
        shown = Prediction(
            (tr("without"),),
            result.without.probabilities[[target]],
            result.without.by_row[:, [target]],
            0,
        )
        cut = model.threshold.value if model.threshold and model.positive == target else None
        self._strips.answer.show_answer(shown, opened.trace.edges, cut)

    def _paint_as_read(self, painter: QPainter) -> None:
        found, strip = self._session.ablating, self._strips.answer
        result = found.shown
        if not self._on or result is None or strip.edges is None:
            return
        before, after = (
            one.by_row[:, found.target].astype(np.float64) for one in (result.read, result.without)
        )
        ys = strip.y_of((strip.edges[:-1] + strip.edges[1:]) / 2)
        path = QPainterPath()
        for step, (x, y) in enumerate(zip(strip.x_of(before), ys, strict=True)):
            (path.lineTo if step else path.moveTo)(float(x), float(y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(theme.QUIET), 1.0))
        painter.drawPath(path)
        paint_name(painter, strip, strip.x_of(before), strip.x_of(after), ys)


# -------------------------------------------------------------------------------- away
def without_state(found: Ablating) -> dict[str, Any] | None:
    """The film without the units as plain values."""
    result, target = found.ablation, found.target
    if result is None:
        return None
    others = result.random_changes(target)
    return {
        "target": target,
        "read": float(result.read.probabilities[target]),
        "without": float(result.without.probabilities[target]),
        "change": result.change(target),
        "random": float(result.random_probabilities[:, target].mean()),
        "random_change": [float(others.min()), float(others.mean()), float(others.max())],
    }


def seen_state(found: Ablating, searching: "Searching") -> dict[str, Any] | None:
    """What the current unit did over the films of an index, as plain values."""
    if found.seen is None:
        return None
    reference = found.seen.reference
    return {
        "mean": reference.mean,
        "std": reference.std,
        "highest": [
            {
                "film": one.path.name,
                "label": searching.label(one.label, one.content),
                "step": peak.step,
                "value": peak.value,
            }
            for one, peak in zip(found.seen.highest, reference.highest, strict=False)
        ],
    }


def take_unit(found: Ablating) -> Taken | None:
    """What the page shows, and how Python makes it."""
    group, trace, result = found.group, found.trace, found.ablation
    if group is None or trace is None or result is None or found.opened is None:
        return None
    target = found.target
    arrays: dict[str, NDArray[Any]] = {
        "h": trace.h,
        "mean": trace.mean,
        "std": trace.std,
        "probability": result.without.probabilities,
        "by_row": result.without.by_row,
        "by_row_read": result.read.by_row,
        "change": np.array(result.change(target)),
        "random_changes": result.random_changes(target),
    }
    model = found.opened.model
    units = ", ".join(map(str, group.units))
    kind = tr("switched off") if found.held == "zero" else tr("held at their training means")
    place = tr("layer {number} upwards") if group.direction else tr("layer {number}")
    words = tr(
        "Hidden units {units} of {place}, {model}: state by step, and the answer with them {kind},"
        " against {count} random groups of the same size; Δ log-odds of {name}.",
        units=units,
        model=model.name,
        place=place.format(number=group.layer + 1),
        kind=kind,
        count=len(result.random_units),
        name=named(model.classes[target]),
    )
    python = PYTHON.format(
        units=list(group.units),
        layer=group.layer,
        direction=group.direction,
        held=found.held,
        target=target,
    )
    return Taken("unit", words, arrays, python)


PYTHON: Final = """\
units, layer, direction, target = {units}, {layer}, {direction}, {target}
where = {{"layer": layer, "direction": direction}}
trace = model.trace(film, frame)
h = trace.h[layer, direction][:, units]
statistics = model.rows.bundle.statistics
usual = engine.maps.usual_states(statistics, steps=len(h), **where)
mean, std = (values[:, units] for values in usual)
found = engine.inspection.ablate(model, film, units, held="{held}", frame=frame, **where)
probability, by_row = found.without.probabilities, found.without.by_row
by_row_read = found.read.by_row
change, random_changes = found.change(target), found.random_changes(target)
"""
