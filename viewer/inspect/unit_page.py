"""The page Unit: what the chosen hidden units did, whom they speak to, the film without them."""

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from engine.inspection import Ablation, UnitWeights
from viewer.inspect.unit_parts import (
    Block,
    CutLabel,
    Note,
    UnitLine,
    ValueLine,
    WeightTable,
    scrolled,
)
from viewer.inspect.unit_plots import (
    ChangeScale,
    Distribution,
    StepCurve,
    StepPlot,
    plain,
    signed,
)
from viewer.kit import theme
from viewer.kit.language import joined, marked, named, tr
from viewer.kit.live import live
from viewer.kit.pages import PageBar
from viewer.kit.taken import Taken
from viewer.kit.widgets import column_in, label, row_in
from viewer.kit.words import probability_text
from viewer.session.ablating import Ablating, UnitTrace
from viewer.session.models import NOT_TESTED, MapTests

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.session.session import Session

EMPTY: Final = marked("Appears when a model has read the film")
CHOOSE: Final = marked(
    "Click a column of the hidden state to choose a unit; click more of them for a group."
)
MOST_CLASSES: Final = 4  # that are listed with their weights
WIRES: Final = 6  # of the weights onto other units
READOUTS: Final = {
    "last": marked("The head reads the state after the last step."),
    "mean": marked("The head reads the mean of all steps: each step adds its share of it."),
    "attention": marked("The head reads a weighted mean of all steps."),
}


class UnitPage(QWidget):
    """Everything about the chosen units of the film that Inspect has opened."""

    code = "unit"

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._ablating = session, session.ablating
        self._note = Note()
        self._head = _Head()
        self.chosen, self.trace = _Chosen(), _TraceBlock()
        self.without, self.weights = _WithoutBlock(self._ablating), _WeightsBlock()
        self.usual, self.wires = _UsualBlock(), _WiresBlock()
        content = QWidget()
        column = column_in(content, 20, (theme.MARGIN, 4, theme.MARGIN, theme.MARGIN))
        self._blocks = (
            self._head,
            self.chosen,
            self.trace,
            self.without,
            self.weights,
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
        self.usual.show_row(trace, here, self._place, facts.films)

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
            "held": found.held,
            "kept_off": found.keeps,
            "peak_step": trace.peak,
            "step": here,
            "state": trace.h[here].tolist() if here is not None else None,
            "deviation": trace.deviation[here].tolist() if here is not None else None,
            "weights": [list(row) for row in self.weights.table.rows],
            "wires": [list(row) for row in self.wires.table.rows],
            "without": without_state(found),
        }

    def taken(self) -> Taken | None:
        """Traces, weights, and the film without the units, with the Python that makes them."""
        return take_unit(self._ablating)


# -------------------------------------------------------------------------------- the parts
class _Head(QWidget):
    """Which units these are."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.aside = label("", "row"), CutLabel(right=True)
        row = row_in(self, theme.GAP)
        row.addWidget(self.title)
        row.addWidget(self.aside, 1)

    def show_group(self, units: tuple[int, ...], place: str, peak: int) -> None:
        one = len(units) == 1
        title = tr("Unit {unit}", unit=units[0]) if one else tr("%n units", "", n=len(units))
        self.title.setText(title)
        self.aside.say(tr("{place} · peak {step}", place=place, step=peak))


class _Chosen(Block):
    """A line for each of several units; a press shows its own numbers."""

    def __init__(self) -> None:
        super().__init__(marked("Chosen units"))
        self.lines: tuple[UnitLine, ...] = ()
        self.looked_at: Any = None

    def show_units(self, weights: UnitWeights) -> None:
        units = weights.group.units
        if tuple(line.unit for line in self.lines) != units:
            for line in self.lines:
                self.column.removeWidget(line)
                line.hide()
                line.deleteLater()
            self.lines = tuple(map(UnitLine, units))
            for line in self.lines:
                line.pressed.connect(self.looked_at)
                self.add(line)
        self.setVisible(len(units) > 1)
        known = weights.classes is not None
        self.aside.say(tr("at this row · weight") if known else tr("at this row"))

    def show_row(
        self, trace: UnitTrace, weights: UnitWeights, step: int | None, found: Ablating
    ) -> None:
        onto = weights.classes
        for place, line in enumerate(self.lines):
            state = sigma(float(trace.deviation[step, place])) if step is not None else ""
            weight = signed(float(onto[found.target, place])) if onto is not None else ""
            line.say(state, weight, current=line.unit == found.current)


class _TraceBlock(Block):
    """The states against the rows, before the band of the training films."""

    def __init__(self) -> None:
        super().__init__(marked("State"))
        self.plot, self._words = StepPlot(), Note()
        self.add(self.plot)
        self.add(self._words)

    def show_trace(self, trace: UnitTrace) -> None:
        if trace.h.shape[1] == 1:
            h, mean, std = trace.h[:, 0], trace.mean[:, 0], trace.std[:, 0]
            band = (mean - std, mean + std)
            limits = _limits(h, *band)
            marks = (plain(limits[0]), plain(limits[1]))
            self.plot.show_curves([StepCurve(h, "text", 1.5)], limits, marks=marks, band=band)
            self._words.say(tr("band: training films, mean ± 1 σ"))
            return
        each = trace.deviation  # (L, U)
        mean = each.mean(axis=1)
        ones = np.ones(len(each))
        limits = _limits(mean, -1.5 * ones, 1.5 * ones, *each.T[:8])
        curves = [StepCurve(values, "disabled", 1.0) for values in each.T[:8]]
        marks = (sigma(limits[0], 0), sigma(limits[1], 0))
        self.plot.show_curves(
            [*curves, StepCurve(mean, "text", 1.75)], limits, marks=marks, band=(-ones, ones)
        )
        self._words.say(tr("strong: mean of the group, in σ; band: ± 1 σ"))

    def show_row(self, trace: UnitTrace, step: int | None) -> None:
        self.plot.show_step(step)
        if step is None:
            self.aside.say("")
            return
        off = sigma(float(trace.deviation[step].mean()))
        if trace.h.shape[1] == 1:
            value = signed(float(trace.h[step, 0]))
            words = tr("step {step}: {value} ({sigma})", step=step, value=value, sigma=off)
        else:
            words = tr("step {step}: {value}", step=step, value=off)
        self.aside.say(words)


class _WithoutBlock(Block):
    """The film without the units, against the film as read and against random units."""

    def __init__(self, found: Ablating) -> None:
        super().__init__()
        self._found, self._tests = found, NOT_TESTED.by_row
        self.switch = PageBar()
        self.switch.add("read", marked("On"))
        self.switch.add("off", marked("Off"))
        self.switch.chosen.connect(lambda code: found.switch(off=code == "off"))
        self.head.addWidget(self.switch)
        self._failed = Note()
        self._answer, self._change, self._random = ValueLine(""), ValueLine(""), ValueLine()
        self.scale, self._scale_words = ChangeScale(), Note()
        self.curve, self._curve_words = StepPlot(height=56), Note()
        self.held = PageBar()
        self.held.add("zero", marked("zero"))
        self.held.add("mean", marked("its mean"))
        self.held.chosen.connect(self._hold)
        self.keeps = QCheckBox()
        self.keeps.toggled.connect(lambda on: found.keep(keeps=on))
        self._read_words = label("", "quiet")
        beneath = QHBoxLayout()
        beneath.setSpacing(theme.GAP)
        beneath.addWidget(self._read_words)
        beneath.addStretch(1)
        beneath.addWidget(self.held)
        for widget in (
            self._failed,
            self._answer,
            self._change,
            self._random,
            self.scale,
            self._scale_words,
            self.curve,
            self._curve_words,
        ):
            self.add(widget)
        self.column.addLayout(beneath)
        self.add(self.keeps)

    def take_tests(self, tests: MapTests) -> None:
        """Only a curve that passed its tests is drawn."""
        self._tests = tests.by_row
        if self._found.opened is not None:
            self.show_ablation(self._found, self._found.opened.model.classes)

    def _hold(self, code: str) -> None:
        self._found.hold("mean" if code == "mean" else "zero")

    def show_ablation(self, found: Ablating, classes: tuple[str, ...]) -> None:
        """Show what is known; nothing until the film was read again."""
        group, result = found.group, found.ablation
        many = group is not None and len(group.units) > 1
        self.title.setText(tr("Without them") if many else tr("Without this unit"))
        self.switch.mark("off" if found.off else "read")
        self.held.mark(found.held)
        self._read_words.setText(tr("read as"))
        self.keeps.setText(tr("also off on the next film"))
        self.keeps.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.keeps.setChecked(found.keeps)
        self.keeps.blockSignals(False)  # noqa: FBT003 - the same
        self.keeps.setVisible(found.off)
        self._failed.say(found.sentence)
        shown = (self._answer, self._change, self._random, self.scale)
        for widget in shown:
            widget.setVisible(result is not None)
        self._show_curve(result, found)
        self._scale_words.say("")
        if result is not None:
            self._show_numbers(result, found.target, classes, many=many)

    def _show_numbers(
        self, result: Ablation, target: int, classes: tuple[str, ...], *, many: bool
    ) -> None:
        before = probability_text(float(result.read.probabilities[target]))
        after = probability_text(float(result.without.probabilities[target]))
        self._answer.say(named(classes[target]), f"{before} → {after}")
        own, others = result.change(target), result.random_changes(target)
        self._change.say(tr("Δ log-odds"), signed(own))
        words = tr("random group, mean of {count}") if many else tr("random unit, mean of {count}")
        self._random.say(words.format(count=len(others)), signed(float(others.mean())))
        self.scale.show_changes(own, others)
        below = int((np.abs(others) < abs(own)).sum())
        ticks = tr(
            "ticks: {count} random ones; {below} move it less", count=len(others), below=below
        )
        self._scale_words.say(ticks)

    def _show_curve(self, result: Ablation | None, found: Ablating) -> None:
        passed = self._tests.state == "passed"
        self.curve.setVisible(result is not None and passed)
        if result is None or not passed:
            self._curve_words.say("")
            return
        target = found.target
        before, after = (one.by_row[:, target] for one in (result.read, result.without))
        thin, strong = StepCurve(before, "quiet", 1.0), StepCurve(after, "influence_positive", 2.0)
        self.curve.show_curves([thin, strong], (0.0, 1.0), marks=("0", "1"))
        self._curve_words.say(tr("answer by row: thin as read, strong without"))


class _WeightsBlock(Block):
    """What the head makes of a unit."""

    def __init__(self) -> None:
        super().__init__(marked("Weight onto the classes"))
        self.table, self._words = WeightTable(), Note()
        self.add(self.table)
        self.add(self._words)

    def show_weights(self, weights: UnitWeights, classes: tuple[str, ...], place: int) -> None:
        many = len(weights.group.units) > 1
        self.aside.say(f"u{weights.group.units[place]}" if many else "")
        if weights.classes is None:
            self.table.show_rows(())
            self._words.say(
                tr("None: the head reads the last layer.")
                if weights.onto == "next"
                else tr("Not known: these parts come from another package.")
            )
            return
        onto = weights.classes[:, place]
        order = list(range(len(onto)))
        if len(onto) > MOST_CLASSES:
            order = np.argsort(-np.abs(onto), kind="stable")[:MOST_CLASSES].tolist()
        elif len(onto) == 2:
            order.reverse()  # the finding first
        self.table.show_rows([(named(classes[k]), float(onto[k])) for k in order])
        left = len(onto) - len(order)
        words = [tr("the strongest of {count}", count=len(onto))] if left else []
        words += [readout_words(weights, place)]
        self._words.say(joined(*words) if not left else "; ".join(words))


class _UsualBlock(Block):
    """What a unit usually does at this row."""

    def __init__(self) -> None:
        super().__init__(marked("Training films at this row"))
        self.plot, self._words = Distribution(height=40), Note()
        self.add(self.plot)
        self.add(self._words)

    def show_row(self, trace: UnitTrace, step: int | None, place: int, films: int) -> None:
        self.setVisible(step is not None)
        if step is None:
            return
        h, mean, std = trace.h[:, place], trace.mean[:, place], trace.std[:, place]
        limits = _limits(h, mean - 2 * std, mean + 2 * std)
        self.plot.show_usual(float(mean[step]), float(std[step]), limits)
        self.plot.show_value(float(h[step]))
        words = tr(
            "mean {mean}, σ {std} over {films:,} films; this film {value}",
            mean=signed(float(mean[step])),
            std=f"{float(std[step]):.2f}",
            films=films,
            value=signed(float(h[step])),
        )
        self._words.say(words)


class _WiresBlock(Block):
    """The strongest weights onto other units."""

    def __init__(self) -> None:
        super().__init__()
        self.table, self._words = WeightTable(), Note()
        self.add(self.table)
        self.add(self._words)

    def show_weights(self, weights: UnitWeights, model: Any) -> None:  # noqa: ANN401 - ModelInfo
        group = weights.group
        own = weights.onto == "own"
        self.title.setText(
            tr("Speaks to its own layer")
            if own
            else tr("Speaks to layer {number}", number=group.layer + 2)
        )
        rows = [(self._name(weights, wire, model), wire.weight) for wire in weights.wires[:WIRES]]
        self.table.show_rows(rows)
        if not rows:
            self._words.say(tr("Not known: these parts come from another package."))
            return
        when = tr("at the next step") if own else tr("at the same step")
        self._words.say(tr("unit and gate, {when}; the strongest weights", when=when))

    def _name(self, weights: UnitWeights, wire: Any, model: Any) -> str:  # noqa: ANN401 - values
        gate = "" if wire.gate == "h" else f" {wire.gate}"
        arrow = "" if model.directions == 1 else (" ↑" if wire.direction else " ↓")
        source = f"u{wire.source} → " if len(weights.group.units) > 1 else ""
        return f"{source}u{wire.unit}{gate}{arrow}"


# -------------------------------------------------------------------------------- words
def place_words(weights: UnitWeights, model: Any) -> str:  # noqa: ANN401 - ModelInfo
    """Layer and direction."""
    number = weights.group.layer + 1
    if model.directions == 1:
        return tr("layer {number}", number=number)
    if weights.group.direction:
        return tr("layer {number} upwards", number=number)
    return tr("layer {number} downwards", number=number)


def readout_words(weights: UnitWeights, place: int) -> str:
    """How the head comes to read the unit."""
    words = tr(READOUTS.get(weights.readout, ""))
    if weights.readout == "last" and weights.group.direction:
        words = tr("The head reads the state at the top of the film.")
    if weights.attention is None:
        return words
    score = signed(float(weights.attention[place]))
    more = tr("To a step's score this unit adds {score} for each unit of state.", score=score)
    return joined(words, more)


def off_words(found: Ablating) -> str:
    """What a badge says while units are off; empty while none is."""
    group = found.group
    if not found.off or group is None or found.opened is None:
        return ""
    count = len(group.units)
    if found.held == "mean":
        if count == 1:
            return tr("unit {unit} held at its mean", unit=group.units[0])
        return tr("{count} units held at their means", count=count)
    if count == 1:
        return tr("unit {unit} switched off", unit=group.units[0])
    return tr("{count} units switched off", count=count)


def sigma(value: float, digits: int = 1) -> str:
    """Standard deviations, with a sign."""
    return f"{signed(value, digits)} σ"


def _limits(*values: Any) -> tuple[float, float]:  # noqa: ANN401 - arrays
    """Ends of a scale that holds all values, a little wider."""
    low = min(float(one.min()) for one in values)
    high = max(float(one.max()) for one in values)
    room = 0.04 * ((high - low) or 1.0)
    return low - room, high + room


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
    kind = "switched off" if found.held == "zero" else "held at the mean of the training films"
    words = (
        f"Hidden units {units} of layer {group.layer + 1}{', upwards' * group.direction}, of"
        f" {model.name}: state by step, and the answer with them {kind}, against"
        f" {len(result.random_units)} random groups of the same size; Δ log-odds of"
        f" {model.classes[target]}."
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
frame_read = engine.imaging.read_frame(film, frame)
trace = model.trace(frame_read)
h = trace.h[layer, direction][:, units]
statistics = model.rows.bundle.statistics
usual = engine.maps.usual_states(statistics, layer=layer, direction=direction, steps=len(h))
mean, std = (values[:, units] for values in usual)
found = model.ablation(frame_read, units, layer=layer, direction=direction, held="{held}")
probability, by_row = found.without.probabilities, found.without.by_row
by_row_read = found.read.by_row
change, random_changes = found.change(target), found.random_changes(target)
"""
