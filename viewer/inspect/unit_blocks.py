"""Blocks of the page Unit: each shows one thing that is known of the chosen units."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QPushButton, QWidget

from engine.index import UnitReference, UnitSeen
from engine.inspection import Ablation, UnitWeights, Wire
from engine.types import ModelInfo
from viewer.inspect.similar import LINE, StretchButton, named_label, why_nothing
from viewer.inspect.unit_parts import (
    CutLabel,
    QuietNote,
    UnitBlock,
    UnitLine,
    ValueLine,
    WeightTable,
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
from viewer.kit.pages import PageBar
from viewer.kit.widgets import explain, label, row_in
from viewer.kit.words import answer_text
from viewer.session.ablating import Ablating, UnitTrace
from viewer.session.models import NOT_TESTED, MapTests

if TYPE_CHECKING:
    from viewer.session.searching import Searching

SHOWN: Final = 4  # films of the index
THUMBNAIL: Final = 60  # pixels of their pictures' height
MOST_CLASSES: Final = 4  # that are listed with their weights
WIRES: Final = 6  # of the weights onto other units
READOUTS: Final = {
    "last": marked("The head reads the state after the last step."),
    "mean": marked("The head reads the mean of all steps: each step adds its share of it."),
    "attention": marked("The head reads a weighted mean of all steps."),
}


# -------------------------------------------------------------------------------- words
def share_below(reference: UnitReference, value: float) -> float:
    """Share of all rows whose state lies below a value, even within a bin."""
    counts = np.concatenate(([0], np.cumsum(reference.counts)))
    return float(np.interp(value, reference.edges, counts) / max(counts[-1], 1))


def below_words(share: float) -> str:
    """A share in per cent that never claims all, or none."""
    if share > 0.99:
        return tr("more than 99 %")
    if share < 0.01:
        return tr("less than 1 %")
    return f"{100 * share:.0f} %"


def deviation_in(reference: UnitReference, value: float) -> float:
    """How far a state lies from its mean over all rows, in their standard deviation."""
    return (value - reference.mean) / (reference.std or 1.0)


def place_words(weights: UnitWeights, model: ModelInfo) -> str:
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


def sigma(value: float, digits: int = 1) -> str:
    """Standard deviations, with a sign."""
    return f"{signed(value, digits)} σ"


def limits_of(*values: Any) -> tuple[float, float]:  # noqa: ANN401 - arrays
    """Ends of a scale that holds all values, a little wider."""
    low = min(float(one.min()) for one in values)
    high = max(float(one.max()) for one in values)
    room = 0.04 * ((high - low) or 1.0)
    return low - room, high + room


# -------------------------------------------------------------------------------- the parts
class UnitHead(QWidget):
    """Which units these are."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.aside = label("", "row"), CutLabel(right=True)
        row = row_in(self, theme.GAP)
        row.addWidget(self.title)
        row.addWidget(self.aside, 1)

    def show_group(self, units: tuple[int, ...], place: str, peak: int) -> None:
        """Say which, where, and where they were farthest from their mean."""
        one = len(units) == 1
        title = tr("Unit {unit}", unit=units[0]) if one else tr("%n units", "", n=len(units))
        self.title.setText(title)
        self.aside.say(tr("{place} · peak step {step}", place=place, step=peak))


class UnitChosen(UnitBlock):
    """A line for each of several units; a press shows its own numbers."""

    def __init__(self) -> None:
        super().__init__(marked("Chosen units"))
        self.lines: tuple[UnitLine, ...] = ()
        self.looked_at: Any = None

    def show_units(self, weights: UnitWeights) -> None:
        """Give each unit a line; one alone needs none."""
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
        self.aside.say(tr("at this step · weight") if known else tr("at this step"))

    def show_row(
        self, trace: UnitTrace, weights: UnitWeights, step: int | None, found: Ablating
    ) -> None:
        """Say what each did at a step."""
        onto = weights.classes
        for place, line in enumerate(self.lines):
            state = sigma(float(trace.deviation[step, place])) if step is not None else ""
            weight = signed(float(onto[found.target, place])) if onto is not None else ""
            line.say(state, weight, current=line.unit == found.current)


class TraceBlock(UnitBlock):
    """The states against the rows, before the band of the training films."""

    def __init__(self) -> None:
        super().__init__(marked("State"))
        self.plot, self._words = StepPlot(), QuietNote()
        self.add(self.plot)
        self.add(self._words)

    def show_trace(self, trace: UnitTrace) -> None:
        """Draw one unit as it is, several in deviations."""
        if trace.h.shape[1] == 1:
            h, mean, std = trace.h[:, 0], trace.mean[:, 0], trace.std[:, 0]
            band = (mean - std, mean + std)
            limits = limits_of(h, *band)
            marks = (plain(limits[0]), plain(limits[1]))
            self.plot.show_curves([StepCurve(h, "text", 1.5)], limits, marks=marks, band=band)
            self._words.say(tr("band: training films, mean ± 1\u00a0σ"))
            return
        each = trace.deviation  # (L, U)
        mean = each.mean(axis=1)
        ones = np.ones(len(each))
        limits = limits_of(mean, -1.5 * ones, 1.5 * ones, *each.T[:8])
        curves = [StepCurve(values, "disabled", 1.0) for values in each.T[:8]]
        marks = (sigma(limits[0], 0), sigma(limits[1], 0))
        self.plot.show_curves(
            [*curves, StepCurve(mean, "text", 1.75)], limits, marks=marks, band=(-ones, ones)
        )
        self._words.say(tr("strong: mean of the group, in σ; band: ±\u00a01\u00a0σ"))

    def show_row(self, trace: UnitTrace, step: int | None) -> None:
        """Say the value at a step."""
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


class WithoutBlock(UnitBlock):
    """The film without the units, against the film as read and against random units."""

    def __init__(self, found: Ablating) -> None:
        super().__init__(marked("Switched off"))
        self._found, self._tests = found, NOT_TESTED.by_row
        self.switch = PageBar()
        self.switch.add("read", marked("No"))
        self.switch.add("off", marked("Yes"))
        self.switch.chosen.connect(lambda code: found.switch(off=code == "off"))
        self.head.addWidget(self.switch)
        self._failed = QuietNote()
        self._answer, self._change, self._random = ValueLine(""), ValueLine(""), ValueLine()
        self.scale, self._scale_words = ChangeScale(), QuietNote()
        self.curve, self._curve_words = StepPlot(height=56), QuietNote()
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
            if widget is self.curve:
                self.column.addSpacing(theme.GAP)
            self.add(widget)
        self.column.addSpacing(4)
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
        opened = self._found.opened
        of_film = opened is None or opened.model.objective.of_film
        before, after = (
            answer_text(float(one.probabilities[target]), of_film=of_film)
            for one in (result.read, result.without)
        )
        name = named(classes[target])
        words = name if of_film else tr("{name}, log-odds", name=name)
        self._answer.say(words, f"{before} → {after}")
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


class WeightsBlock(UnitBlock):
    """What the head makes of a unit."""

    def __init__(self) -> None:
        super().__init__(marked("Weight onto the classes"))
        self.table, self._words = WeightTable(), QuietNote()
        self.add(self.table)
        self.add(self._words)

    def show_weights(self, weights: UnitWeights, classes: tuple[str, ...], place: int) -> None:
        """Show those of the unit at a place of the group."""
        many = len(weights.group.units) > 1
        self.aside.say(f"u{weights.group.units[place]}" if many else "")
        if weights.classes is None:
            self.table.show_rows(())
            self._words.say(
                tr("None: the head reads the last layer.")
                if weights.onto == "next"
                else tr("Not known of a network of this kind.")
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
        some = tr("The {count} strongest of {all}.", count=len(order), all=len(onto))
        self._words.say(joined(some if left else "", readout_words(weights, place)))


class UsualBlock(UnitBlock):
    """What a unit usually does: over the films of an index, or of the training films here."""

    def __init__(self) -> None:
        super().__init__()
        self.plot, self._words = Distribution(height=48), QuietNote()
        self.add(self.plot)
        self.add(self._words)

    def show_row(
        self,
        trace: UnitTrace,
        step: int | None,
        place: int,
        *,
        films: int,
        seen: UnitSeen | None,
        indexed: int,
    ) -> None:
        """Show where the row under the cursor stands."""
        self.setVisible(step is not None)
        if step is None:
            return
        h, mean, std = trace.h[:, place], trace.mean[:, place], trace.std[:, place]
        value = float(h[step])
        usual = tr(
            "training films at this step: mean {mean}, σ {std}",
            mean=signed(float(mean[step])),
            std=f"{float(std[step]):.2f}",
        )
        if seen is not None:
            reference = seen.reference
            self.title.setText(tr("Over all steps of %n films", "", n=indexed))
            self.plot.show_counts(reference.edges, reference.counts)
            share = below_words(share_below(reference, value))
            here = tr("{value} here: above {share} of them", value=signed(value), share=share)
            words = f"{here}; {usual}"
        else:
            self.title.setText(tr("Training films at this step"))
            limits = limits_of(h, mean - 2 * std, mean + 2 * std)
            self.plot.show_usual(float(mean[step]), float(std[step]), limits)
            words = tr(
                "mean {mean}, σ {std} over {films:,} films; this film {value}",
                mean=signed(float(mean[step])),
                std=f"{float(std[step]):.2f}",
                films=films,
                value=signed(value),
            )
        self.plot.show_value(value)
        self._words.say(words)


class FilmsBlock(UnitBlock):
    """The films and rows in which a unit was most extreme."""

    def __init__(self, searching: "Searching") -> None:
        super().__init__(marked("Films"))
        self._searching = searching
        self.side = PageBar()
        self.side.add("highest", marked("highest"))
        self.side.add("lowest", marked("lowest"))
        self.side.mark("highest")
        self.side.chosen.connect(self._turn)
        self.head.addWidget(self.side)
        self.which, self._seen = "highest", cast("UnitSeen | None", None)
        self.buttons = tuple(StretchButton("beneath") for _ in range(SHOWN))
        self._words = QuietNote()
        self.make = QPushButton()
        self.make.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.make.clicked.connect(searching.index_list)
        grid, self._grid = QGridLayout(), QWidget()
        self._grid.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GAP)
        for place, button in enumerate(self.buttons):
            button.setFixedHeight(THUMBNAIL + 2 * LINE + 4)
            button.clicked.connect(partial(self._open, button))
            grid.addWidget(button, *divmod(place, 2))
        for widget in (self._grid, self._words, self.make):
            self.add(widget)

    def show_seen(self, seen: UnitSeen | None, model: ModelInfo, name: str = "") -> None:
        """Show films of the index; without one, how to make one.

        Args:
            seen: What the unit did in them.
            model: That is open.
            name: Of the unit, where it is one of several.
        """
        self._seen = seen
        self.aside.say(name)
        self._grid.setVisible(seen is not None)
        self.side.setVisible(seen is not None)
        self.make.setVisible(seen is None and self._searching.why == "none")
        if seen is None:
            why = why_nothing(self._searching)
            if self._searching.why == "none":
                why = tr("An index of films shows them, and how this unit is distributed.")
            self._words.say(why)
            self.make.setText(tr("Index the films of the list"))
            explain(self.make, f"rowscope-engine index {model.name} …")
            return
        self._words.say("")
        found = seen.highest if self.which == "highest" else seen.lowest
        peaks = seen.reference.highest if self.which == "highest" else seen.reference.lowest
        for place, button in enumerate(self.buttons):
            one = found[place] if place < len(found) else None
            button.show_found(one, named_label(self._searching, one) if one else "")
            if one is not None:
                button.show_value(sigma(deviation_in(seen.reference, peaks[place].value)))

    def _turn(self, code: str) -> None:
        self.which = code
        self.side.mark(code)
        opened = self._searching.model
        if opened is not None:
            self.show_seen(self._seen, opened, self.aside.whole)

    def _open(self, button: StretchButton) -> None:
        if button.found is not None:
            self._searching.open_found(button.found)


class WiresBlock(UnitBlock):
    """The strongest weights onto other units."""

    def __init__(self) -> None:
        super().__init__()
        self.table, self._words = WeightTable(), QuietNote()
        self.add(self.table)
        self.add(self._words)

    def show_weights(self, weights: UnitWeights, model: ModelInfo) -> None:
        """Show the strongest of the group's."""
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
            self._words.say(tr("Not known of a network of this kind."))
            return
        when = tr("at the next step") if own else tr("at the same step")
        self._words.say(tr("unit and gate, {when}; the strongest weights", when=when))

    def _name(self, weights: UnitWeights, wire: Wire, model: ModelInfo) -> str:
        gate = "" if wire.gate == "h" else f" {wire.gate}"
        arrow = "" if model.directions == 1 else (" ↑" if wire.direction else " ↓")
        source = f"u{wire.source} → " if len(weights.group.units) > 1 else ""
        return f"{source}u{wire.unit}{gate}{arrow}"
