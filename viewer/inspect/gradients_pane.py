"""Vanishing gradients: how fast RNN, LSTM, GRU and this model forget, in curves and numbers."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from engine.inspection import Forgetting
from engine.types import Horizon
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

TITLE: Final = marked("Vanishing gradients")
CELLS: Final = (("rnn", "RNN"), ("lstm", "LSTM"), ("gru", "GRU"))
_DASHES: Final = {"rnn": [1.5, 2.5], "lstm": [5.0, 2.5], "gru": []}
_LOW, _HIGH = -6.0, 0.3  # decades; a model may look closer at earlier rows than at the last
_TOP, _AXIS, _TABLE, _LINE = 24.0, 34.0, 214.0, 18.0


class GradientsPane(LayeredWidget):
    """Log curves of the gradient by rows back from the last one; beside them where 1 % is left."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Forgetting | None = None
        self._waiting = False

    def show_found(self, found: Forgetting | None, *, waiting: bool = False) -> None:
        """What was measured; `waiting` while it is."""
        self._found, self._waiting = found, waiting
        self.renew()

    def curves(self) -> dict[str, Horizon]:
        """What is drawn, by code: the cells before training, then the model."""
        found = self._found
        if found is None:
            return {}
        named = {one.name: one for one in found.fresh}
        curves = {cell: named[f"{cell}, ours"] for cell, _ in CELLS if f"{cell}, ours" in named}
        own = {"answer": found.answer, "state": found.state}
        return curves | {name: one for name, one in own.items() if one is not None}

    def others(self) -> dict[str, Horizon]:
        """The cells again with the weights that torch draws, which are drawn more quietly."""
        named = {one.name: one for one in self._found.fresh} if self._found is not None else {}
        return {
            cell: named[f"{cell}, torch's"] for cell, _ in CELLS if f"{cell}, torch's" in named
        }

    def paint_still(self, painter: QPainter) -> None:
        """Curves and table."""
        heading(painter, 0, HEADING, fitting(self.width(), tr(TITLE), tr("Gradients")))
        curves = self.curves()
        if not curves:
            words = tr(
                "How much the gradient of the answer shrinks from the last row back, for RNN, LSTM"
                " and GRU of this size before training, and for this model, on this film."
            )
            if self._waiting:
                words = tr("Gradients are being measured …")
            area = QRectF(0, _TOP, self.width(), self.height() - _TOP)
            paragraph(painter, area, words)
            return
        table = min(_TABLE, self.width() * 0.56)
        plot = self._plot(curves, table)
        self._paint_scale(painter, plot)
        for code, one in self.others().items():
            pen = self._pen(code)
            pen.setColor(theme.colour(theme.QUIET, 120))
            plot.curve(painter, _decades(one, plot.steps), pen)
        for code, one in curves.items():
            plot.curve(painter, _decades(one, plot.steps), self._pen(code))
        self._paint_table(painter, curves, self.width() - table + 12)

    def _plot(self, curves: dict[str, Horizon], table: float) -> Plot:
        rows = max(len(one.share) * one.rows_per_step for one in curves.values())
        area = QRectF(
            _AXIS, _TOP, max(self.width() - table - _AXIS, 8.0), self.height() - _TOP - 24
        )
        most = max(float(one.share.max()) for one in curves.values())
        return Plot(area, rows, _LOW, max(_HIGH, float(np.log10(most)) + 0.1))

    @staticmethod
    def _pen(code: str) -> QPen:
        own = code in {"answer", "state"}
        pen = line_pen(theme.ACCENT if own else theme.TEXT, 1.75 if code == "answer" else 1.25)
        dashes = _DASHES.get(code, [])
        if code == "state":
            dashes = [1.5, 2.5]
        if dashes:
            pen.setDashPattern(dashes)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    @staticmethod
    def _paint_scale(painter: QPainter, plot: Plot) -> None:
        texts = {-6: "10⁻⁶", -4: "10⁻⁴", -2: "1 %", 0: "1", 2: "100", 4: "10⁴"}
        high = plot.low + plot.span
        texts = {decade: text for decade, text in texts.items() if decade <= high}
        for decade, text in texts.items():
            plot.ground(painter, decade)
            write(painter, _AXIS - 6, plot.y(decade) + 4, text, colour=theme.QUIET, right=True)
        foot = plot.area.bottom() + 14
        write(painter, plot.area.left(), foot, "0", colour=theme.QUIET)
        last = str(plot.steps - 1)
        write(painter, plot.area.right(), foot, last, colour=theme.QUIET, right=True)
        words = fitting(plot.area.width() - 50, tr("rows back"), "")
        write(painter, plot.area.left() + 16, foot, words, colour=theme.QUIET)

    def _paint_table(self, painter: QPainter, curves: dict[str, Horizon], left: float) -> None:
        right, y = float(self.width()), HEADING
        write(painter, right, y, fitting(right - left, tr("rows until 1 %"), tr("1 %")),
              colour=theme.QUIET, right=True)  # fmt: skip
        names = dict(CELLS)
        for line, (code, one) in enumerate(curves.items()):
            y = _TOP + (line + 0.75) * _LINE
            painter.setPen(self._pen(code))
            painter.drawLine(int(left), int(y - 4), int(left + 18), int(y - 4))
            own = {
                "answer": (tr("this model, answer"), tr("model, answer")),
                "state": (tr("this model, last state"), tr("model, state")),
            }
            other = self.others().get(code)
            text = rows_text(one) if other is None else f"{rows_text(one)} / {rows_text(other)}"
            write(painter, right, y, text, right=True, weight=QFont.Weight.Medium)
            room = right - metrics().horizontalAdvance(text) - left - 36
            name = fitting(room, *own.get(code, (names.get(code, code),)))
            write(painter, left + 26, y, name, colour=theme.QUIET)
        found, y = self._found, _TOP + (len(curves) + 0.3) * _LINE
        if found is None:
            return
        words = tr(
            "RNN, LSTM, GRU: {size} units before training, our first weights / torch’s (quiet)",
            size=found.hidden_size,
        )
        area = QRectF(left, y, right - left, self.height() - y)
        paragraph(painter, area, words)

    def state(self) -> dict[str, Any]:
        """The numbers on screen: rows until 1 %, null where it is never reached."""
        curves = self.curves()
        return {
            "measured": bool(curves),
            "rows": {code: one.rows for code, one in curves.items()},
            "torch": {code: one.rows for code, one in self.others().items()},
        }


def _decades(one: Horizon, rows: int) -> NDArray[np.float64]:
    """Powers of ten of the shares by rows back; behind the film's first row no numbers."""
    found, per = np.full(rows, np.nan), one.rows_per_step
    found[: len(one.share) * per] = np.repeat(np.maximum(one.share, 10.0**_LOW), per)
    decades: NDArray[np.float64] = np.log10(found)
    return decades


def rows_text(one: Horizon) -> str:
    """Where a horizon lies, or that the film is too short for it."""
    height = len(one.share) * one.rows_per_step
    return str(one.rows) if one.rows is not None else tr("over {rows}", rows=height)
