"""Every gate of some units as small curves along the steps, as many as the cell has."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPaintEngine, QPainter, QPixmap

from engine.inspection import GateSense
from engine.types import Floats
from viewer.inspect.pixels_pane import HEADING
from viewer.kit import theme
from viewer.kit.language import marked, told, tr
from viewer.kit.layered import LayeredWidget, Plot, fitting, heading, line_pen, metrics, write
from viewer.kit.widgets import explain
from viewer.kit.words import signed

TITLE: Final = marked("Gates")
MOST: Final = 4  # units that are shown at most
_UNIT: Final = 38.0  # room for the name of a unit
_VALUE: Final = 38.0  # and for a value
_GAP: Final = 8.0
_TOP, _FOOT = 24.0, 18.0
_ROW: Final = (34.0, 104.0)  # least and most height of a unit


class GatesPane(LayeredWidget):
    """A column a gate, a row a unit: its curve, the cursor with a dot, and the value there."""

    step_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._senses: tuple[GateSense, ...] = ()
        self._values: Mapping[str, Floats] = {}
        self._units: tuple[int, ...] = ()
        self._chosen = False
        self._step: int | None = None
        self._tried: Mapping[str, Floats] = {}
        self._band: tuple[int, int] | None = None
        self._read: QPixmap | None = None  # names and curves as read, while a change is tried

    def show_tried(self, values: Mapping[str, Floats], band: tuple[int, int] | None) -> None:
        """Show the gates of a changed film over those as read, which become thin; empty: none.

        Args:
            values: By name (L, H), as in `show_cell`.
            band: First and last step that were brushed.
        """
        if values or self._tried or band != self._band:
            if bool(values) != bool(self._tried):
                self._read = None
            self._tried, self._band = values, band
            super().renew()  # what the film as read has stays

    def show_cell(self, senses: tuple[GateSense, ...], values: Mapping[str, Floats]) -> None:
        """Show other gates: what they are, and by name their values (L, H)."""
        self._senses, self._values = senses, values
        explain(self, *(f"{one.name}: {told(one.meaning)}" for one in senses if one.meaning))
        self.renew()

    def show_units(self, units: tuple[int, ...], *, chosen: bool) -> None:
        """Show other units; `chosen` by the reader, or the strongest ones of the row."""
        if (units, chosen) != (self._units, self._chosen):
            self._units, self._chosen = units, chosen
            self.renew()

    def show_step(self, step: int | None) -> None:
        """Move the cursor."""
        if step != self._step:
            self._step = step
            self.update()

    def fitting_units(self) -> int:
        """How many units there is room for."""
        return max(min(int((self.height() - _TOP - _FOOT) // _ROW[0]), MOST), 1)

    @property
    def shown(self) -> tuple[int, ...]:
        """The units for which there is room."""
        return self._units[: self.fitting_units()]

    def renew(self) -> None:
        """Lay the curves out anew."""
        self._plots: dict[tuple[int, str], Plot] | None = None
        self._read = None
        super().renew()

    def plots(self) -> dict[tuple[int, str], Plot]:
        """Where the curve of each unit and gate lies."""
        if self._plots is None:
            self._plots = self._laid_out()
        return self._plots

    def _laid_out(self) -> dict[tuple[int, str], Plot]:
        found = {}
        for column, sense in enumerate(self._senses):
            values = self._values[sense.name]
            for row, unit in enumerate(self.shown):
                area = QRectF(
                    self._left(column),
                    _TOP + row * self._height() + 3,
                    self._width() - _VALUE,
                    self._height() - 9,
                )
                found[unit, sense.name] = Plot(area, len(values), *self._range(sense))
        return found

    def _range(self, sense: GateSense) -> tuple[float, float]:
        """Of a gate; of a state without bounds what it is in the units that are shown."""
        if sense.low >= -1.0 and sense.high <= 1.0:
            return sense.low, sense.high
        shown = self._values[sense.name][:, list(self.shown)]
        most = float(np.abs(shown).max(initial=0.0)) or 1.0
        return (-most if sense.low < 0 else 0.0), most

    def paint_still(self, painter: QPainter) -> None:
        """Names, curves and the ends of the steps; over them the curves of a changed film."""
        tried = self._comparable()
        if not tried or painter.paintEngine().type() != QPaintEngine.Type.Raster:
            self._paint_bands(painter, tried)
            self._paint_read(painter)
        else:
            if self._read is None or self._read.devicePixelRatio() != self.devicePixelRatioF():
                self._read = self.layer(self._paint_read)
            self._paint_bands(painter, tried)
            painter.drawPixmap(0, 0, self._read)
        for (unit, name), plot in self.plots().items():
            if name in tried:
                plot.curve(painter, self._tried[name][:, unit], line_pen(theme.TEXT, 1.5))

    def _comparable(self) -> set[str]:
        """Gates of which the changed film has as many steps as the one as read."""
        read = self._values
        return {name for name, of in self._tried.items() if len(of) == len(read.get(name, ()))}

    def _paint_bands(self, painter: QPainter, tried: set[str]) -> None:
        """A lighter field where rows are brushed."""
        if self._band is None:
            return
        for (_unit, name), plot in self.plots().items():
            if name in tried:
                left, right = plot.x(self._band[0] - 0.5), plot.x(self._band[1] + 0.5)
                area = QRectF(left, plot.area.top(), right - left, plot.area.height())
                painter.fillRect(area.intersected(plot.area), theme.colour(theme.RAISED))

    def _paint_read(self, painter: QPainter) -> None:
        """All that does not change with what is tried: curves thin and quiet beneath others."""
        end = heading(painter, 0, HEADING, tr(TITLE))
        if not self._senses:
            return
        for column, sense in enumerate(self._senses):
            left = max(self._left(column), end + 8) if column == 0 else self._left(column)
            end = self._left(column) + self._width()
            self._paint_name(painter, sense, self._range(sense), (left, end))
        for row, unit in enumerate(self.shown):
            y = _TOP + (row + 0.5) * self._height() + 2
            write(painter, 0, y, f"u{unit}", colour=theme.ACCENT if self._chosen else theme.TEXT)
        for (unit, name), plot in self.plots().items():
            plot.ground(painter, 0.0 if plot.low < 0 else plot.low)
            thin = name in self._comparable()
            pen = line_pen(theme.QUIET, 0.75) if thin else line_pen(theme.TEXT, 1.0)
            plot.curve(painter, self._values[name][:, unit], pen)
        if self._chosen:
            self._paint_ends(painter)
        elif self.shown:
            self._paint_hint(painter)

    def paint_moving(self, painter: QPainter) -> None:
        """The cursor in every curve, and the value there."""
        for (unit, name), plot in self.plots().items():
            if self._step is None or self._step >= plot.steps:
                continue
            shown = self._tried.get(name, self._values[name])
            value = float(shown[min(self._step, len(shown) - 1), unit])
            plot.cursor(painter, self._step, value)
            text = signed(value) if plot.low < 0 else f"{value:.2f}"
            y = plot.area.center().y() + 4
            write(painter, plot.area.right() + 6, y, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press in a curve asks for the step there."""
        self._ask(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A drag goes on asking."""
        self._ask(event)

    def _ask(self, event: QMouseEvent) -> None:
        for plot in self.plots().values():
            if plot.area.adjusted(-4, -6, 4, 6).contains(event.position()):
                self.step_requested.emit(plot.step_at(event.position().x()))
                return

    def _width(self) -> float:
        """Of a gate: curve and value."""
        return (self.width() - _UNIT) / max(len(self._senses), 1) - _GAP

    def _left(self, column: int) -> float:
        return _UNIT + column * (self._width() + _GAP)

    def _height(self) -> float:
        """Of a unit."""
        room = (self.height() - _TOP - _FOOT) / max(len(self.shown), 1)
        return float(min(max(room, _ROW[0]), _ROW[1]))

    @staticmethod
    def _paint_name(
        painter: QPainter,
        sense: GateSense,
        limits: tuple[float, float],
        room: tuple[float, float],
    ) -> None:
        left, end = room
        strong = write(painter, left, HEADING, sense.name, weight=QFont.Weight.DemiBold) + 5
        word = told(sense.meaning)
        ends = _ends(*limits)
        text = fitting(end - strong, f"{word} {ends}".strip(), word, "")
        write(painter, strong, HEADING, text, colour=theme.QUIET)

    def _paint_hint(self, painter: QPainter) -> None:
        """Which units these are, where nobody has chosen them."""
        long = tr("no unit is chosen: these are the strongest at this step")
        text = fitting(self.width(), long, tr("the strongest at this step"))
        write(painter, 0, self._foot_line(), text, colour=theme.QUIET)

    def _paint_ends(self, painter: QPainter) -> None:
        """The first and the last step under each column, where there is room."""
        y, last = self._foot_line(), str(len(self._values[self._senses[0].name]) - 1)
        write(painter, 0, y, tr("step"), colour=theme.QUIET)
        for column in range(len(self._senses)):
            left, right = self._left(column), self._left(column) + self._width() - _VALUE
            if right - left > metrics().horizontalAdvance(f"0 {last}") + 4:
                write(painter, left, y, "0", colour=theme.QUIET)
                write(painter, right, y, last, colour=theme.QUIET, right=True)
            elif column == 0:
                write(painter, left, y, f"0–{last}", colour=theme.QUIET)

    def _foot_line(self) -> float:
        return _TOP + len(self.shown) * self._height() + 12

    def state(self) -> dict[str, Any]:
        """The numbers on screen."""
        if self._step is None:
            return {}
        return {
            "chosen": self._chosen,
            "gates": {
                f"u{unit}": {
                    sense.name: round(float(self._values[sense.name][self._step, unit]), 4)
                    for sense in self._senses
                }
                for unit in self.shown
            },
        }


def _ends(low: float, high: float) -> str:
    """A range in few figures: "0–1", "±1"."""
    return f"±{high:.2g}" if low < 0 else f"{low:g}–{high:.2g}"
