"""Whether rows above a step could have moved the answer: they were replaced, and read again."""

from typing import Any, Final

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen

from engine.inspection import FORGOTTEN, ReplacedRows
from viewer.inspect.pixels_pane import HEADING
from viewer.kit import theme
from viewer.kit.language import joined, marked, tr
from viewer.kit.layered import (
    LayeredWidget,
    Plot,
    fitting,
    heading,
    line_pen,
    paragraph,
    write,
)

TITLE: Final = marked("If the rows above were others")
SHORT: Final = marked("Other rows above")
FILLINGS: Final = {
    "mean": marked("mean film"),
    "blank": marked("black"),
    "white": marked("white"),
    "noise": marked("noise"),
    "upside-down": marked("film upside down"),
}
READOUTS: Final = {
    "last": marked("This model answers from its last state."),
    "mean": marked("This model answers from the mean of all its states: every row reaches it."),
    "attention": marked(
        "This model answers from a weighted mean of all its states: every row reaches it."
    ),
}
BOTH: Final = marked("It reads from both ends: no row is far from the answer.")
_LOW, _HIGH = -6.0, 2.0  # decades of log-odds
_TOP, _AXIS = 24.0, 34.0


class ReachPane(LayeredWidget):
    """The largest change of the answer by step, on a scale of decades, and what follows."""

    step_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._found: ReplacedRows | None = None
        self._waiting = False
        self._step: int | None = None

    def show_found(self, found: ReplacedRows | None, *, waiting: bool = False) -> None:
        """What was measured; `waiting` while it is."""
        self._found, self._waiting = found, waiting
        self.renew()

    def show_step(self, step: int | None) -> None:
        """Move the cursor."""
        if step != self._step:
            self._step = step
            self.update()

    def plot(self) -> Plot | None:
        """Where the curve lies."""
        if self._found is None:
            return None
        width = max(self.width() - _AXIS, 8.0)
        height = max(self.height() - _TOP - 88.0, 24.0)
        return Plot(QRectF(_AXIS, _TOP, width, height), len(self._found.most), _LOW, _HIGH)

    def verdict(self) -> str:
        """What was found, in a sentence with its number."""
        found = self._found
        if found is None:
            return ""
        first = found.forgotten()
        moved = float(found.most[: first + 1].max())
        if first:
            return tr(
                "Rows above step {step} (stored rows 0–{row}) could not have affected this answer:"
                " replaced in {ways} ways, they moved its log-odds by at most {moved}.",
                step=first,
                row=max(int(np.ceil(found.edges[first])) - 1, 0),
                ways=len(found.fillings),
                moved=small(moved),
            )
        moved = float(found.most[1]) if len(found.most) > 1 else 0.0
        return tr(
            "No row is out of reach: replacing those of the first step alone moves the log-odds by"
            " up to {moved}.",
            moved=small(moved),
        )

    def paint_still(self, painter: QPainter) -> None:
        """The curve on its decades, and the sentences."""
        heading(painter, 0, HEADING, fitting(self.width(), tr(TITLE), tr(SHORT)))
        plot, found = self.plot(), self._found
        if plot is None or found is None:
            self._paint_before(painter)
            return
        self._paint_scale(painter, plot)
        for one in found.moved:
            plot.curve(painter, decades(np.abs(one)), QPen(theme.colour(theme.QUIET, 130), 0.75))
        plot.curve(painter, decades(found.most), line_pen(theme.TEXT, 1.5))
        area = QRectF(0, plot.area.bottom() + 36, self.width(), 60)
        paragraph(painter, area, self.verdict(), colour=theme.TEXT)

    def _paint_before(self, painter: QPainter) -> None:
        text = tr(
            "All rows above each step are replaced by five other contents and the film is read"
            " again: only this says whether they could have affected the answer."
        )
        if self._waiting:
            text = tr("The film is being read again …")
        area = QRectF(0, _TOP, self.width(), self.height() - _TOP)
        paragraph(painter, area, text)

    @staticmethod
    def _paint_scale(painter: QPainter, plot: Plot) -> None:
        for decade in (-6, -4, -2, 0, 2):
            y = plot.y(decade)
            plot.ground(painter, decade)
            text = {-6: "10⁻⁶", -4: "10⁻⁴", -2: "0.01", 0: "1", 2: "100"}[decade]
            write(painter, _AXIS - 6, y + 4, text, colour=theme.QUIET, right=True)
        pen = QPen(QColor(theme.QUIET), 1.0, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        y = round(plot.y(float(np.log10(FORGOTTEN)))) + 0.5
        painter.drawLine(int(plot.area.left()), int(y), int(plot.area.right()), int(y))
        foot = plot.area.bottom() + 14
        write(painter, plot.area.left(), foot, "0", colour=theme.QUIET)
        last = str(plot.steps - 1)
        end = write(painter, plot.area.right(), foot, last, colour=theme.QUIET, right=True)
        words = fitting(end - plot.area.left() - 60, tr("rows above this step"), tr("step"))
        write(painter, plot.area.left() + 16, foot, words, colour=theme.QUIET)

    def paint_moving(self, painter: QPainter) -> None:
        """The cursor, and how far the answer moves with the rows above it replaced."""
        plot, found, step = self.plot(), self._found, self._step
        if plot is None or found is None or step is None or step >= len(found.most):
            return
        most = float(found.most[step])
        plot.cursor(painter, step, float(decades(found.most[step : step + 1])[0]))
        by = found.fillings[int(np.abs(found.moved[:, step]).argmax())]
        long = tr(
            "above step {step} replaced: up to {moved} log-odds, by {filling}",
            step=step,
            moved=small(most),
            filling=tr(FILLINGS.get(by, by)),
        )
        short = tr("step {step}: up to {moved}", step=step, moved=small(most))
        if step == 0:
            long = short = tr("above step 0 there is no row")
        write(painter, 0, plot.area.bottom() + 31, fitting(self.width(), long, short))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press asks for the step there."""
        self._ask(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A drag goes on asking."""
        self._ask(event)

    def _ask(self, event: QMouseEvent) -> None:
        plot = self.plot()
        if plot is not None and plot.area.adjusted(0, -4, 0, 18).contains(event.position()):
            self.step_requested.emit(plot.step_at(event.position().x()))

    def state(self) -> dict[str, Any]:
        """The numbers on screen."""
        found, step = self._found, self._step
        if found is None:
            return {"measured": False}
        here = None if step is None else float(found.most[min(step, len(found.most) - 1)])
        return {
            "measured": True,
            "moved": here,
            "forgotten_above": found.forgotten(),
            "log_odds": found.log_odds,
            "sentence": self.verdict(),
        }


def reason(readout: str, *, both: bool) -> str:
    """Whether the horizon of the last state is the answer's, by how the model comes to it.

    Args:
        readout: Its name.
        both: Whether the network reads upwards, too.
    """
    known = READOUTS if not both else {**READOUTS, "last": ""}
    return joined(tr(known.get(readout, "")), tr(BOTH) if both else "")


def decades(values: Any) -> Any:  # noqa: ANN401 - numbers in, numbers out
    """Powers of ten of positive values; what is nearly nothing lies at the lower end."""
    return np.log10(np.maximum(values, 10.0**_LOW))


def small(value: float) -> str:
    """A number of log-odds in two figures, without an exponent."""
    if value < 10.0**_LOW:
        return tr("less than 0.000001")
    digits = max(1 - int(np.floor(np.log10(value))), 0)
    return f"{value:.{min(digits, 7)}f}"
