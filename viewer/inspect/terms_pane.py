"""The final state as the exact sum of one term a step: of all units, and of those chosen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from engine.inspection import MemoryTerms
from viewer.inspect.memory_pane import NO_SUM, share_text
from viewer.inspect.pixels_pane import HEADING, NOT_YET
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.layered import (
    LayeredWidget,
    Plot,
    fitting,
    heading,
    line_pen,
    paragraph,
    wrapped,
    write,
)
from viewer.kit.words import signed

if TYPE_CHECKING:
    from engine.types import Floats

TITLE: Final = marked("What is left of each step")
MOST: Final = 3  # units beside all of them
_UNIT, _VALUE = 60.0, 66.0
_TOP, _FOOT, _LEAST = 24.0, 58.0, 24.0


@dataclass(frozen=True, slots=True)
class _Line:
    """One curve: of all units by norm, or the signed terms of one."""

    unit: int | None
    values: "Floats"
    plot: Plot


class TermsPane(LayeredWidget):
    """Small curves along the steps: the norm over all units, then each chosen one."""

    step_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._terms: MemoryTerms | None = None
        self._units: tuple[int, ...] = ()
        self._absent, self._reason = False, ""
        self._step: int | None = None
        self._lines: tuple[_Line, ...] = ()

    def show_terms(
        self, terms: MemoryTerms | None, units: tuple[int, ...], *, absent: bool = False
    ) -> None:
        """As `MemoryPane.show_terms`."""
        self._terms, self._units, self._absent = terms, units[:MOST], absent
        self.renew()

    def show_reason(self, reason: str) -> None:
        """Whether the horizon of the last state is the answer's, in a sentence."""
        self._reason = reason
        self.renew()

    def show_step(self, step: int | None) -> None:
        """Move the cursor."""
        if step != self._step:
            self._step = step
            self.update()

    def renew(self) -> None:
        """Lay the curves out anew."""
        self._lines = self._laid_out() if getattr(self, "_terms", None) is not None else ()
        super().renew()

    def _reason_height(self) -> float:
        """Of its lines at this width, with room above them."""
        return wrapped(self.width(), self._reason) + 4 if self._reason else 0.0

    def _laid_out(self) -> tuple[_Line, ...]:
        terms = self._terms
        if terms is None:
            return ()
        room = self.height() - _TOP - _FOOT - self._reason_height()
        units = self._units[: max(int(room // _LEAST) - 1, 0)]
        height = room / (len(units) + 1)
        lines = []
        for place, unit in enumerate((None, *units)):
            values = terms.norm() if unit is None else terms.terms[:, unit]
            most = float(np.abs(values).max(initial=0.0)) or 1.0
            low = 0.0 if unit is None else -most
            width = max(self.width() - _UNIT - _VALUE, 8.0)
            area = QRectF(_UNIT, _TOP + place * height + 2, width, height - 7)
            lines.append(_Line(unit, values, Plot(area, len(values), low, most)))
        return tuple(lines)

    def paint_still(self, painter: QPainter) -> None:
        """The curves, and that they sum to the final state."""
        heading(painter, 0, HEADING, fitting(self.width(), tr(TITLE)))
        terms = self._terms
        if terms is None:
            area = QRectF(0, _TOP, self.width(), self.height() - _TOP)
            paragraph(painter, area, tr(NO_SUM if self._absent else NOT_YET))
            return
        for line in self._lines:
            name = tr("all units") if line.unit is None else f"u{line.unit}"
            colour = theme.QUIET if line.unit is None else theme.ACCENT
            write(painter, 0, line.plot.area.center().y() + 4, name, colour=colour)
            if line.unit is None:
                line.plot.filled(painter, line.values, theme.colour(theme.QUIET, 110))
            line.plot.ground(painter, 0.0)
            line.plot.curve(painter, line.values, line_pen(theme.TEXT, 1.0))
        plot = self._lines[0].plot
        y, last = self._lines[-1].plot.area.bottom() + 14, str(plot.steps - 1)
        write(painter, 0, y, tr("step"), colour=theme.QUIET)
        write(painter, plot.area.left(), y, "0", colour=theme.QUIET)
        write(painter, plot.area.right(), y, last, colour=theme.QUIET, right=True)
        self._paint_sum(painter, terms, y + 18)

    def _paint_sum(self, painter: QPainter, terms: MemoryTerms, y: float) -> None:
        error = tr(
            "of all {count} units off by at most {error}",
            count=len(terms.final),
            error=tiny(terms.error),
        )
        unit = self._units[0] if self._units else int(np.abs(terms.final).argmax())
        total = float(terms.terms[:, unit].sum(dtype=np.float64))
        sums = tr(
            "u{unit}: terms sum to {total}, final {state} {final}",
            unit=unit,
            total=signed(total, digits=4),
            state=terms.state,
            final=signed(float(terms.final[unit]), digits=4),
        )
        brief = tr(
            "u{unit}: sum {total}, {state} {final}",
            unit=unit,
            total=signed(total, digits=4),
            state=terms.state,
            final=signed(float(terms.final[unit]), digits=4),
        )
        for line, texts in enumerate(((sums, brief), (error,))):
            write(painter, 0, y + 16 * line, fitting(self.width(), *texts), colour=theme.QUIET)
        area = QRectF(0, y + 21, self.width(), self._reason_height())
        paragraph(painter, area, self._reason, colour=theme.TEXT)

    def paint_moving(self, painter: QPainter) -> None:
        """The cursor in every curve, and the term there."""
        terms, step = self._terms, self._step
        if terms is None or step is None:
            return
        for line in self._lines:
            if step >= len(line.values):
                continue
            value = float(line.values[step])
            line.plot.cursor(painter, step, value)
            text = signed(value, digits=4) if line.unit is not None else self._share(terms, step)
            write(painter, self.width(), line.plot.area.center().y() + 4, text, right=True)

    @staticmethod
    def _share(terms: MemoryTerms, step: int) -> str:
        return share_text(float(terms.share()[step]))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press asks for the step there."""
        self._ask(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A drag goes on asking."""
        self._ask(event)

    def _ask(self, event: QMouseEvent) -> None:
        if self._lines and event.position().y() >= _TOP:
            self.step_requested.emit(self._lines[0].plot.step_at(event.position().x()))

    def state(self) -> dict[str, Any]:
        """The numbers on screen."""
        terms, step = self._terms, self._step
        if terms is None or step is None:
            return {"exact": False}
        return {
            "exact": True,
            "share": round(float(terms.share()[step]), 6),
            "error": terms.error,
            "horizon": terms.horizon(),
            "terms": {f"u{unit}": float(terms.terms[step, unit]) for unit in self._units},
        }


def tiny(value: float) -> str:
    """A rounding error as a power of ten: "2·10⁻⁷"."""
    if value == 0:
        return "0"
    figure, _, power = f"{value:.0e}".partition("e")
    raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{figure}·10{raised}"
