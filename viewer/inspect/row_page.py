"""The dock's page of one row: its pixels, every gate, the strongest units, and the memory."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.inspection import Carried
from engine.maps import unit_matrix
from engine.sequence import column_edges
from engine.types import Floats, RowTrace
from viewer.inspect.gates_pane import MOST, GatesPane
from viewer.inspect.memory_pane import MemoryPane
from viewer.inspect.pixels_pane import FilmPixels, PixelsPane
from viewer.inspect.strongest import StrongestPane, UnitDeeds
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.taken import Taken
from viewer.kit.widgets import panel, row_in, said
from viewer.session.choices import MapChoice, RowCursor
from viewer.session.readings import row_of_step

if TYPE_CHECKING:
    from viewer.session.inspection import Opened
    from viewer.session.recollection import Recollection
    from viewer.session.session import Session

GAPS: Final = (14, 28)  # between two sections, in a narrow page and in a wide one
WIDE: Final = 1150  # of the page


@dataclass(frozen=True, slots=True)
class DockSection:
    """A part of the page: it wants `least` to `most` pixels; those of a lower rank go first."""

    widget: QWidget
    least: int
    most: int
    rank: int


def shared(sections: list[DockSection], width: int, gap: int) -> dict[QWidget, tuple[int, int]]:
    """Left edges and widths of the sections for which there is room, in their order."""
    kept = list(sections)
    while len(kept) > 1 and sum(one.least for one in kept) + gap * (len(kept) - 1) > width:
        kept.remove(min(kept, key=lambda one: one.rank))
    free = max(width - sum(one.least for one in kept) - gap * (len(kept) - 1), 0)
    wish = sum(one.most - one.least for one in kept)
    spare = max(free - wish, 0)  # in a very wide window
    whole = sum(one.most for one in kept)
    found, left = {}, 0
    for one in kept:
        more = one.most - one.least
        size = one.least + min(round(free * more / max(wish, 1)), more) + spare * one.most // whole
        found[one.widget] = (left, size)
        left += size + gap
    return found


class RowPage(QWidget):
    """Everything about the row under the cursor.

    Args:
        session: Its active viewport is followed.
        recollection: What the opened network keeps of the film.
    """

    code = "row"
    unit_requested = Signal(int)

    def __init__(self, session: "Session", recollection: "Recollection") -> None:
        super().__init__()
        panel(self)
        self.session, self._recollection = session, recollection
        self.pixels, self.gates = PixelsPane(), GatesPane()
        self.strongest, self.memory = StrongestPane(), MemoryPane()
        self._beside: list[DockSection] = []
        self._deeds: UnitDeeds | None = None
        self._step: int | None = None
        self._choice = session.choice
        for pane in (self.pixels, self.gates, self.strongest, self.memory):
            pane.setParent(self)
        self._wire()

    def _wire(self) -> None:
        panes = self.session.panes
        panes.cursor_moved.connect(self._on_cursor)
        panes.map_changed.connect(self._on_map)
        panes.window_changed.connect(lambda _window: self._show_pixels())
        panes.look_changed.connect(lambda _viewport: self._show_pixels())
        self._recollection.changed.connect(lambda _carried: self._show_all())
        self.session.tries.changed.connect(self._show_tried)
        self.gates.step_requested.connect(self._go)
        self.memory.step_requested.connect(self._go)
        self.strongest.unit_requested.connect(self._toggle)

    def add(self, widget: QWidget, *, least: int, most: int) -> None:
        """One more section at the right end."""
        widget.setParent(self)
        self._beside.append(DockSection(widget, least, most, rank=3))
        self._lay_out()

    # ------------------------------------------------------------------ what is shown
    @property
    def _opened(self) -> "Opened | None":
        return self._recollection.opened

    @property
    def _carried(self) -> Carried | None:
        return self._recollection.carried

    def _show_all(self) -> None:
        self._show_pixels()
        self._show_layer()
        self._follow_step()
        self._lay_out()

    def _show_pixels(self) -> None:
        opened, carried, pointer = self._opened, self._carried, self.session.pointer
        voi = pointer.viewport.window.voi
        if opened is None or carried is None or voi is None:
            self.pixels.show_film(None)
            return
        frame = opened.film.frame
        rows = opened.prepared.own.sequence.rows
        self.pixels.show_film(
            FilmPixels(
                opened.film.pyramid,
                voi,
                frame.image.inverted != pointer.viewport.inverted,
                rows,
                per_step=carried.rows_per_step,
                above=carried.rows_above,
                edges=opened.trace.edges,
                columns=column_edges(frame, rows.shape[1]),
            )
        )

    def _show_layer(self) -> None:
        """Gates, deeds and memory of the layer and direction that are chosen."""
        opened, carried = self._opened, self._carried
        if opened is None or carried is None:
            self._deeds = None
            self.gates.show_cell((), {})
            self.memory.show_terms(None, ())
        else:
            layer, direction = self._place(opened.trace)
            self._deeds = self._deeds_of(opened, carried)
            self.gates.show_cell(carried.gates, gates_of(opened.trace, layer, direction))
            self._show_tried()
            self._show_memory()
        self.strongest.show_deeds(self._deeds)

    def _show_tried(self) -> None:
        """Over the gates those of the changed film, while one is tried."""
        tries, found = self.session.tries, self.session.tries.found
        if not tries.on or found is None or not found.edits:
            self.gates.show_tried({}, None)
            return
        layer, direction = self._place(found.trace)
        self.gates.show_tried(gates_of(found.trace, layer, direction), tries.band)

    def _show_memory(self) -> None:
        opened, carried = self._opened, self._carried
        if opened is None or carried is None:
            return
        layer, direction = self._place(opened.trace)
        terms, absent = carried.memory(layer, direction), carried.carried is None
        self.memory.show_terms(terms, self._choice.units, absent=absent)

    def _place(self, trace: RowTrace) -> tuple[int, int]:
        layers, directions = trace.h.shape[:2]
        return self._choice.layer % layers, min(self._choice.direction, directions - 1)

    def _deeds_of(self, opened: "Opened", carried: Carried) -> UnitDeeds:
        trace, analysis = opened.trace, self.session.analysis
        layer, direction = self._place(trace)
        deviation, unit = trace.h[layer, direction], ""
        if analysis is not None and analysis.statistics and analysis.states:
            known, of = analysis.statistics, analysis.states
            deviation = unit_matrix(
                of, known, layer=layer, direction=direction, quantity="deviation"
            )
            unit = "σ"
        drives = carried.drives
        return UnitDeeds(
            deviation,
            unit,
            carried.updates(layer, direction),
            None if drives is None else drives[:, layer, direction],
            carried.states[layer, direction],
        )

    # ------------------------------------------------------------------ what moves
    def _on_cursor(self, cursor: RowCursor | None) -> None:
        step = cursor.step if cursor is not None else None
        if step != self._step:
            self._step = step
            self._follow_step()

    def _follow_step(self) -> None:
        for pane in (self.pixels, self.gates, self.strongest, self.memory):
            pane.show_step(self._step)
        self._show_units()

    def _show_units(self) -> None:
        """The chosen units, or the strongest ones of the row."""
        units = self._choice.units[:MOST]
        if not units and self._deeds is not None and self._step is not None:
            if self._step < len(self._deeds.deviation):
                units = self._deeds.strongest(self._step, self.gates.fitting_units())
            self.gates.show_units(units, chosen=False)
        else:
            self.gates.show_units(units, chosen=bool(units))

    def _on_map(self, _map: object, choice: MapChoice) -> None:
        before, self._choice = self._choice, choice
        if (before.layer, before.direction) != (choice.layer, choice.direction):
            self._show_layer()
        elif before.units != choice.units:
            self._show_memory()
        self.strongest.show_chosen(choice.units)
        self._show_units()

    def _go(self, step: int) -> None:
        go_to_step(self.session, step)

    def _toggle(self, unit: int) -> None:
        units = self.session.choice.units
        others = tuple(one for one in units if one != unit)
        chosen = others if unit in units else (*units, unit)
        self.session.choose_map(replace(self.session.choice, units=chosen))

    # ------------------------------------------------------------------ place
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        gates = len(self._carried.gates) if self._carried is not None else 3
        each = 68 if gates < 4 else 60
        sections = [
            DockSection(self.pixels, 110, 232, rank=4),
            DockSection(self.gates, 40 + each * gates, 40 + 118 * gates, rank=5),
            DockSection(self.strongest, 162, 260, rank=2),
            DockSection(self.memory, 104, 208, rank=1),
            *self._beside,
        ]
        inside = self.width() - 2 * theme.MARGIN
        places = shared(sections, inside, GAPS[self.width() >= WIDE])
        for one in sections:
            one.widget.setVisible(one.widget in places)
            if one.widget in places:
                left, width = places[one.widget]
                one.widget.setGeometry(theme.MARGIN + left, 0, width, max(self.height() - 8, 1))
        self._show_units()

    # ------------------------------------------------------------------ what leaves
    def state(self) -> dict[str, Any]:
        """The numbers on screen."""
        return {
            "step": self._step,
            "pixels": self.pixels.state(),
            **self.gates.state(),
            "strongest": self.strongest.state(),
            "memory": self.memory.state(),
        }

    def taken(self) -> Taken | None:
        """Model rows, gates of the units, memory, and what the strongest units did."""
        opened, carried, step = self._opened, self._carried, self._step
        if opened is None or carried is None or step is None or self._deeds is None:
            return None
        layer, direction = self._place(opened.trace)
        units, strongest = self.gates.shown, self.strongest.shown()
        values = gates_of(opened.trace, layer, direction)
        arrays: dict[str, Any] = {
            "seen": opened.prepared.own.sequence.rows[
                step * carried.rows_per_step : (step + 1) * carried.rows_per_step
            ],
            "edges": opened.trace.edges,
        }
        arrays |= {f"gate_{one.name}": values[one.name][:, list(units)] for one in carried.gates}
        lines = _lines(carried, layer, direction, step=step, units=units)
        if self._deeds.updates is not None and (terms := carried.memory(layer, direction)):
            did, chosen = self._deeds.updates, list(strongest)
            arrays |= {
                "kept": did.kept[step, chosen],
                "written": did.written[step, chosen],
                "erased": did.erased[step, chosen],
                "memory": terms.share(self._choice.units),
            }
            lines += _deed_lines(strongest, self._choice.units)
        words = tr(
            "Step {step} of layer {layer}: model rows, gates of units {units} along all steps,"
            " what units {strongest} kept, wrote and erased there, and what each step still holds"
            " of the final state.",
            step=step,
            layer=layer + 1,
            units=", ".join(map(str, units)),
            strongest=", ".join(map(str, strongest)),
        )
        return Taken("row", words, arrays, "\n".join(lines))


def _lines(
    carried: Carried, layer: int, direction: int, *, step: int, units: tuple[int, ...]
) -> list[str]:
    lines = [
        "from engine.inspection import remember",
        "from engine.preparation import frame_of, prepare",
        "",
        f"step, layer, direction, units = {step}, {layer}, {direction}, {list(units)}",
        "trace, carried = model.trace(film, frame), remember(model, film, frame)",
        "rows = prepare(frame_of(film, frame, None), model.info).own.sequence.rows",
        "per_step = carried.rows_per_step",
        "seen = rows[step * per_step : (step + 1) * per_step]",
        "edges = trace.edges",
    ]
    for sense in carried.gates:
        of = f"trace.{sense.name}" if sense.name in "hc" else f'trace.gates["{sense.name}"]'
        lines.append(f"gate_{sense.name} = {of}[layer, direction][:, units]")
    return lines


def _deed_lines(strongest: tuple[int, ...], units: tuple[int, ...]) -> list[str]:
    return [
        f"strongest = {list(strongest)}",
        "did = carried.updates(layer, direction)",
        "kept, written = did.kept[step, strongest], did.written[step, strongest]",
        "erased = did.erased[step, strongest]",
        f"memory = carried.memory(layer, direction).share({units!r})",
    ]


def gates_of(trace: RowTrace, layer: int, direction: int) -> Mapping[str, Floats]:
    """Every gate and state of a layer and direction by name, each (L, H)."""
    named = {**trace.gates, "h": trace.h} | ({"c": trace.c} if trace.c is not None else {})
    return {name: np.asarray(values[layer, direction]) for name, values in named.items()}


def go_to_step(session: "Session", step: int) -> None:
    """Put the row cursor on a step of the film."""
    if session.analysis is not None and session.analysis.states is not None:
        session.move_to_row(row_of_step(session.analysis, step))


class StepField(QWidget):
    """The number of a step, to be typed."""

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self._session = session
        across = row_in(self, 6)
        across.addWidget(said(marked("step"), "quiet"))
        self.edit = live(QLineEdit(), lambda edit: edit.setAccessibleName(tr("Step")))
        self.edit.setProperty("small", "true")
        self.edit.setFixedWidth(48)
        self.edit.setValidator(QIntValidator(0, 99999, self))
        across.addWidget(self.edit)
        self.edit.returnPressed.connect(self._go)
        session.panes.cursor_moved.connect(self._show)

    def ask(self) -> None:
        """Let the reader type."""
        self.edit.setFocus()
        self.edit.selectAll()

    def _show(self, cursor: RowCursor | None) -> None:
        if not self.edit.hasFocus():
            step = cursor.step if cursor is not None else None
            self.edit.setText("" if step is None else str(step))

    def _go(self) -> None:
        if self.edit.text():
            go_to_step(self._session, int(self.edit.text()))
            self.edit.clearFocus()
            cursor = self._session.cursor
            self._show(cursor)
