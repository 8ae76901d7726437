"""The units that stand out most at a row, and what they did to their state there."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter

from engine.inspection import Updates
from engine.types import Floats
from viewer.inspect.pixels_pane import HEADING
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.layered import LayeredWidget, fitting, heading, metrics, write
from viewer.kit.words import signed

TITLE: Final = marked("Strongest units")
GATED: Final = (marked("kept"), marked("written"), marked("erased"))
PLAIN: Final = (marked("row"), marked("before"), marked("now"))
_LINE: Final = 19.0
_TOP: Final = 31.0
_UNIT: Final = 34.0
_COLUMN: Final = (42.0, 60.0)  # least and most width


@dataclass(frozen=True, slots=True, eq=False)
class UnitDeeds:
    """What every unit did at every step.

    Attributes:
        deviation: (L, H) how far the hidden state is from its training mean of the row, in σ;
            without statistics its value.
        unit: "σ", or empty.
        updates: What was kept, written and erased; None of a plain RNN.
        drives: (2, L, H) of a plain RNN, what row and state before drive a unit with.
        states: (L, H) the state after the step.
    """

    deviation: Floats
    unit: str
    updates: Updates | None
    drives: Floats | None
    states: Floats

    def columns(self) -> tuple[tuple[str, Floats], ...]:
        """Names, marked, and values (L, H) of what is told of a unit."""
        if self.updates is not None:
            done = self.updates
            return tuple(zip(GATED, (done.kept, done.written, done.erased), strict=True))
        if self.drives is not None:
            values = (self.drives[0], self.drives[1], self.states)
            return tuple(zip(PLAIN, values, strict=True))
        return ((PLAIN[2], self.states),)

    def strongest(self, step: int, count: int) -> tuple[int, ...]:
        """The units that deviate most at a step, the strongest first."""
        size = np.abs(self.deviation[step])
        count = min(count, len(size))
        best = np.argpartition(size, len(size) - count)[len(size) - count :]
        order = best[np.lexsort((best, -size[best]))]
        return tuple(int(unit) for unit in order)


class StrongestPane(LayeredWidget):
    """One line a unit: deviation, then what was kept, written and erased."""

    unit_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._deeds: UnitDeeds | None = None
        self._step: int | None = None
        self._chosen: tuple[int, ...] = ()
        self.setToolTip("")

    def show_deeds(self, deeds: UnitDeeds | None) -> None:
        """Show another film, layer or direction."""
        self._deeds = deeds
        self.setToolTip(_tip(deeds))
        self.renew()

    def show_chosen(self, units: tuple[int, ...]) -> None:
        """Which units the reader has chosen: they stand in the accent."""
        self._chosen = units
        self.update()

    def show_step(self, step: int | None) -> None:
        """Show the units of a step."""
        if step != self._step:
            self._step = step
            self.update()

    def shown(self) -> tuple[int, ...]:
        """The units for which there is room."""
        if self._deeds is None or self._step is None:
            return ()
        return self._deeds.strongest(self._step, max(int((self.height() - _TOP) // _LINE), 1))

    def paint_still(self, painter: QPainter) -> None:
        """The name, and what the columns are."""
        deeds = self._deeds
        if deeds is None:
            heading(painter, 0, HEADING, tr(TITLE))
            return
        names, ends = self._names(deeds), self._ends(deeds)
        first = ends[0] - metrics().horizontalAdvance(names[0]) - 8
        heading(painter, 0, HEADING, fitting(first, tr(TITLE), tr("Strongest"), tr("Units")))
        for name, right in zip(names, ends, strict=True):
            text = fitting(self._column(deeds) - 3, name)
            write(painter, right, HEADING, text, colour=theme.QUIET, right=True)

    def paint_moving(self, painter: QPainter) -> None:
        """The units of the step and their numbers."""
        deeds, step = self._deeds, self._step
        if deeds is None or step is None:
            return
        columns, ends = self._shown_columns(deeds), self._ends(deeds)
        for line, unit in enumerate(self.shown()):
            y = _TOP + line * _LINE + 13
            colour = theme.ACCENT if unit in self._chosen else theme.TEXT
            write(painter, 0, y, f"u{unit}", colour=colour, weight=QFont.Weight.Medium)
            text = signed(float(deeds.deviation[step, unit]), digits=1)
            write(painter, ends[0], y, text, right=True)
            for right, (_, values) in zip(ends[1:], columns, strict=True):
                write(painter, right, y, signed(float(values[step, unit])), right=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a line chooses its unit, or no longer."""
        line = int((event.position().y() - _TOP) // _LINE)
        units = self.shown()
        if 0 <= line < len(units):
            self.unit_requested.emit(units[line])

    def _shown_columns(self, deeds: UnitDeeds) -> tuple[tuple[str, Floats], ...]:
        """As many as fit beside the unit and its deviation; the last ones give way."""
        room = int((self.width() - _UNIT) // _COLUMN[0]) - 1
        return deeds.columns()[: max(room, 0)]

    def _column(self, deeds: UnitDeeds) -> float:
        count = len(self._shown_columns(deeds)) + 1
        return min(max((self.width() - _UNIT) / count, _COLUMN[0]), _COLUMN[1])

    def _ends(self, deeds: UnitDeeds) -> list[float]:
        """The right edge of every column, the deviation's first."""
        count, column = len(self._shown_columns(deeds)) + 1, self._column(deeds)
        return [self.width() - (count - 1 - place) * column for place in range(count)]

    def _names(self, deeds: UnitDeeds) -> list[str]:
        first = deeds.unit or tr("state")
        return [first, *(tr(name) for name, _ in self._shown_columns(deeds))]

    def state(self) -> list[dict[str, Any]]:
        """The numbers on screen."""
        deeds, step = self._deeds, self._step
        if deeds is None or step is None:
            return []
        return [
            {"unit": unit, "deviation": round(float(deeds.deviation[step, unit]), 4)}
            | {name: round(float(values[step, unit]), 5) for name, values in deeds.columns()}
            for unit in self.shown()
        ]


def _tip(deeds: UnitDeeds | None) -> str:
    if deeds is None:
        return ""
    if deeds.updates is None:
        return tr(
            "A plain RNN has no gate: all of its state passes through every step. What the row"
            " and the state before drive a unit with adds up before the tanh, which gives the"
            " state now."
        )
    return tr(
        "kept + written = the state {state} after this step; kept + erased = before it.",
        state=deeds.updates.state,
    )
