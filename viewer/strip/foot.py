"""The band beneath a strip: ticks, and what the horizontal axis measures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from viewer import theme

MARK, TICKS_AT, TITLE_AT = 4, 18, 36  # length of a tick's mark, and two baselines
APART = 3  # pixels that two labels keep at least


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on a strip's horizontal axis."""

    value: float
    text: str
    colour: str = ""  # empty is the theme's quiet one
    weight: QFont.Weight = QFont.Weight.Normal


class Foot(QWidget):
    """Ticks and title of a horizontal axis; labels that would collide are left out.

    Args:
        parent: The strip.
        place: Pixel from the left edge of the foot at which a value of the axis lies.
    """

    def __init__(self, parent: QWidget, place: Callable[[float], float]) -> None:
        super().__init__(parent)
        self.place = place
        self._ticks: tuple[Tick, ...] = ()
        self._titles: tuple[str, ...] = ()
        self.span = (0.0, 1.0)

    def show_scale(
        self, ticks: Sequence[Tick], titles: Sequence[str], *, span: tuple[float, float] = (0, 1)
    ) -> None:
        """Show ticks and a title.

        Args:
            ticks: The most important first; later ones give way.
            titles: The same title in words more and more brief; the first that fits is shown.
            span: Ends of the axis; the title is centred between them.
        """
        self._ticks, self._titles, self.span = tuple(ticks), tuple(titles), span
        self.update()

    def placed_ticks(self) -> list[tuple[Tick, QRectF]]:
        """The ticks for which there is room, each with the rectangle of its label."""
        placed: list[tuple[Tick, QRectF]] = []
        for tick in self._ticks:
            width = QFontMetricsF(theme.font(weight=tick.weight)).horizontalAdvance(tick.text)
            left = self.place(tick.value) - width / 2
            box = QRectF(min(max(left, 0.0), self.width() - width), TICKS_AT - 12, width, 16)
            around = box.adjusted(-APART, 0, APART, 0)
            if not any(around.intersects(other) for _, other in placed):
                placed.append((tick, box))
        return placed

    def title(self) -> str:
        """The longest title for which there is room beneath the middle of the axis."""
        metrics, middle = QFontMetricsF(theme.font()), self._middle()
        room = 2 * min(middle, self.width() - middle)
        fitting = (text for text in self._titles if metrics.horizontalAdvance(text) <= room)
        return next(fitting, self._titles[-1] if self._titles else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw marks, labels and title."""
        painter = QPainter(self)
        for tick, box in self.placed_ticks():
            x = min(max(round(self.place(tick.value) - 0.5), 0), self.width() - 1)
            shade = QColor(tick.colour or theme.QUIET)
            painter.fillRect(QRectF(x, 0, 1, MARK), shade)
            painter.setFont(theme.font(weight=tick.weight))
            painter.setPen(shade)
            painter.drawText(QPointF(box.left(), TICKS_AT), tick.text)
        self.paint_title(painter)
        painter.end()

    def paint_title(self, painter: QPainter) -> None:
        """Write the title beneath the middle of the axis."""
        text = self.title()
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.QUIET))
        width = QFontMetricsF(theme.font()).horizontalAdvance(text)
        left = min(max(self._middle() - width / 2, 0.0), max(self.width() - width, 0.0))
        painter.drawText(QPointF(left, TITLE_AT), text)

    def _middle(self) -> float:
        return (self.place(self.span[0]) + self.place(self.span[1])) / 2
