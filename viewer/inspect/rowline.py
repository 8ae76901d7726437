"""One line beneath the film: everything that is read at the row under the cursor."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.kit import theme
from viewer.kit.language import listed
from viewer.kit.widgets import panel

HEIGHT = 44
BASELINE = 27
NEAR, FAR = 5.0, 18.0  # between a label and its value, and between two pairs

Pairs = tuple[tuple[str, str], ...]


class RowLinePane(QWidget):
    """The row's name, then pairs of a quiet label and a value; the last ones give way first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._text = ""
        self._pairs: Pairs = ()

    def show_row(self, text: str, pairs: Pairs) -> None:
        """Show a row's name and its readings, the most important first."""
        self._text, self._pairs = text, tuple(pairs)
        spoken = listed((text, *(f"{name} {value}" for name, value in self._pairs)))
        self.setAccessibleName(spoken)
        self.setToolTip("" if self.visible_pairs() == self._pairs else spoken)
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self.show_row("", ())

    def sizeHint(self) -> QSize:
        """Any width, one height."""
        return QSize(400, HEIGHT)

    def visible_pairs(self) -> Pairs:
        """The pairs for which there is room."""
        return tuple(pair for pair, _x in self._placed())

    def _placed(self) -> list[tuple[tuple[str, str], float]]:
        quiet = QFontMetricsF(theme.font())
        value = QFontMetricsF(theme.font(weight=QFont.Weight.Medium))
        title = QFontMetricsF(theme.font(theme.LARGE, QFont.Weight.DemiBold))
        x = theme.MARGIN + title.horizontalAdvance(self._text) + FAR
        placed = []
        for pair in self._pairs:
            end = x + quiet.horizontalAdvance(pair[0]) + NEAR + value.horizontalAdvance(pair[1])
            if end > self.width() - theme.MARGIN:
                break
            placed.append((pair, x))
            x = end + FAR
        return placed

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the line."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(theme.TEXT))
        painter.setFont(theme.font(theme.LARGE, QFont.Weight.DemiBold))
        painter.drawText(QPointF(theme.MARGIN, BASELINE), self._text)
        quiet, value = theme.font(), theme.font(weight=QFont.Weight.Medium)
        for (name, text), x in self._placed():
            painter.setFont(quiet)
            painter.setPen(QColor(theme.QUIET))
            painter.drawText(QPointF(x, BASELINE), name)
            start = x + QFontMetricsF(quiet).horizontalAdvance(name) + NEAR
            painter.setFont(value)
            painter.setPen(QColor(theme.TEXT))
            painter.drawText(QPointF(start, BASELINE), text)
        painter.end()
