"""How much of the final state each step still holds, beside the row that is looked at."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from engine.inspection import MemoryTerms
from viewer.inspect.pixels_pane import HEADING
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.layered import (
    LayeredWidget,
    Plot,
    fitting,
    heading,
    line_pen,
    metrics,
    paragraph,
    write,
)

if TYPE_CHECKING:
    from engine.types import Floats

TITLE: Final = marked("Memory")
NO_SUM: Final = marked(
    "No gate of this network says what it keeps: its last state is no sum over the rows."
)
_TOP, _FOOT = 26.0, 38.0


class MemoryPane(LayeredWidget):
    """A filled curve of shares along the steps, with the horizon and the cursor."""

    step_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._terms: MemoryTerms | None = None
        self._share: Floats | None = None
        self._units: tuple[int, ...] = ()
        self._absent = False
        self._step: int | None = None

    def show_terms(
        self, terms: MemoryTerms | None, units: tuple[int, ...], *, absent: bool = False
    ) -> None:
        """Show the memory of units, or of all where none are chosen.

        Args:
            terms: None while nothing is known.
            units: See above.
            absent: Whether the cell has no such sum.
        """
        self._terms, self._units, self._absent = terms, units, absent
        self._share = terms.share(units) if terms is not None else None
        self.renew()

    def show_step(self, step: int | None) -> None:
        """Move the cursor."""
        if step != self._step:
            self._step = step
            self.update()

    @property
    def horizon(self) -> int | None:
        """The first step that is not forgotten."""
        return self._terms.horizon(self._units) if self._terms is not None else None

    def plot(self) -> Plot | None:
        """Where the curve lies."""
        if self._share is None:
            return None
        most = float(self._share.max(initial=0.0)) or 1.0
        area = QRectF(0, _TOP, self.width(), max(self.height() - _TOP - _FOOT, 8.0))
        return Plot(area, len(self._share), 0.0, most * 1.05)

    def paint_still(self, painter: QPainter) -> None:
        """The curve, the horizon and the ends of the steps."""
        end = heading(painter, 0, HEADING, tr(TITLE))
        plot, share = self.plot(), self._share
        if self._absent:
            area = QRectF(0, _TOP, self.width(), self.height() - _TOP)
            paragraph(painter, area, tr(NO_SUM))
        if plot is None or share is None:
            return
        names = "  ".join(f"u{unit}" for unit in self._units)
        whose = fitting(self.width() - end - 8, names or tr("all units"), "")
        write(painter, end + 8, HEADING, whose, colour=theme.ACCENT if names else theme.QUIET)
        plot.filled(painter, share, theme.colour(theme.QUIET, 110))
        plot.curve(painter, share, line_pen(theme.TEXT))
        plot.ground(painter)
        self._paint_axis(painter, plot)

    def _paint_axis(self, painter: QPainter, plot: Plot) -> None:
        y, last = plot.area.bottom() + 14, str(plot.steps - 1)
        write(painter, 0, y, "0", colour=theme.QUIET)
        write(painter, self.width(), y, last, colour=theme.QUIET, right=True)
        horizon = self.horizon
        if horizon is None:
            return
        if 0 < horizon < plot.steps - 1:
            plot.dashed(painter, horizon)
        text = tr("horizon {step}", step=horizon) if horizon else tr("nothing forgotten")
        width = metrics().horizontalAdvance(text)
        least, most = 12.0, self.width() - metrics().horizontalAdvance(last) - 6 - width
        place = plot.area.left() + horizon / plot.steps * plot.area.width() - width / 2
        if most >= least:
            write(painter, min(max(place, least), most), y, text, colour=theme.QUIET)

    def paint_moving(self, painter: QPainter) -> None:
        """The cursor, and how much its step holds."""
        plot, share, step = self.plot(), self._share, self._step
        if plot is None or share is None or step is None or step >= len(share):
            return
        plot.cursor(painter, step, float(share[step]))
        part = share_text(float(share[step]))
        long = tr("step {step}: {share} of the final state", step=step, share=part)
        short = tr("{share} of the final state", share=part)
        write(
            painter,
            0,
            plot.area.bottom() + 32,
            fitting(self.width(), long, short, tr("holds {share}", share=part), part),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press asks for the step there."""
        self._ask(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A drag goes on asking."""
        self._ask(event)

    def _ask(self, event: QMouseEvent) -> None:
        plot = self.plot()
        if plot is not None and event.position().y() >= _TOP:
            self.step_requested.emit(plot.step_at(event.position().x()))

    def state(self) -> dict[str, Any]:
        """The numbers on screen."""
        if self._share is None or self._step is None:
            return {}
        return {"share": round(float(self._share[self._step]), 6), "horizon": self.horizon}


def share_text(share: float) -> str:
    """A share of the final state: "3.5 %", "under 0.01 %"."""
    percent = 100 * share
    if percent < 0.01:
        return tr("under 0.01 %")
    digits = 0 if percent >= 99.95 else 1 if percent >= 1 else 2
    return f"{percent:.{digits}f} %"
