"""Left of a strip that lies beneath a turned film: its name, unit and scale."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from viewer.kit import theme

if TYPE_CHECKING:
    from viewer.inspect.strip import RowStrip

LINE = 16.0  # between two lines of words
MARK = 4.0  # length of a tick's mark
SHORT = 34.0  # pixels of a body beneath which its unit is not said

Words = tuple[str, str]  # with its colour; empty is the theme's quiet one


class Gutter(QWidget):
    """Paints what head and foot say of a strip that stands, beside one that lies.

    Args:
        strip: Lies at its right.
        more: Further lines, each with its colour.
        paint: Paints beneath them, from a height on, within a width.
    """

    def __init__(
        self,
        strip: "RowStrip",
        more: Callable[[], Sequence[Words]],
        paint: Callable[[QPainter, QRectF], None],
    ) -> None:
        super().__init__(strip)
        self._strip, self._more, self._paint = strip, more, paint
        self.hide()

    def ticks(self) -> list[tuple[float, str, str]]:
        """Heights, texts and colours of the ticks for which there is room."""
        placed: list[tuple[float, str, str]] = []
        high = float(self.height())
        for tick in self._strip.scale.ticks:
            y = self._strip.lie.screen(float(self._strip.x_of(tick.value)), 0.0).y()
            y = min(max(y, 7.0), high - 7.0)
            if all(abs(y - other) >= LINE - 3 for other, _, _ in placed):
                placed.append((y, tick.text, tick.colour))
        return placed

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words at the left, ticks at the right."""
        painter = QPainter(self)
        strong = theme.font(weight=QFont.Weight.DemiBold)
        widest = max([0.0, *map(self._wide, self.ticks())])
        room = self.width() - widest - 3 * MARK
        lines = [(self._strip.fitting_title(room), theme.TEXT)]
        if self.height() >= SHORT:
            lines += [(self._strip.scale.brief_title(room), ""), *self._more()]
        at = 12.0
        for place, (text, colour) in enumerate(lines):
            if at > self.height() or not text:
                continue
            painter.setFont(theme.font() if place else strong)
            painter.setPen(QColor(colour or theme.QUIET))
            metrics = QFontMetricsF(painter.font())
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(0.0, at), shown)
            at += LINE
        self._paint(painter, QRectF(0.0, at - 8.0, room, self.height() - at + 8.0))
        self._paint_ticks(painter)
        painter.end()

    def _paint_ticks(self, painter: QPainter) -> None:
        painter.setFont(theme.font())
        right = float(self.width())
        for y, text, colour in self.ticks():
            shade = QColor(colour or theme.QUIET)
            painter.setPen(shade)
            painter.fillRect(QRectF(right - MARK, round(y - 0.5), MARK, 1), shade)
            box = QRectF(0.0, y - LINE / 2, right - 2 * MARK, LINE)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
            )

    @staticmethod
    def _wide(tick: tuple[float, str, str]) -> float:
        return QFontMetricsF(theme.font()).horizontalAdvance(tick[1])
