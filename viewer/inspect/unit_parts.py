"""Parts of the page Unit: sections with a head, lines of name and value, lines of weights."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from viewer.inspect.unit_plots import SignedBar, signed
from viewer.kit import theme
from viewer.kit.language import tr
from viewer.kit.live import live
from viewer.kit.widgets import column_in, explain, label, rank, row_in

LINE: int = 16


class CutLabel(QLabel):
    """Words on one line that give way where there is no room; the whole is their tip."""

    def __init__(self, name: str = "quiet", *, right: bool = False) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("rank", name)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def whole(self) -> str:
        """All of the words."""
        return self._whole

    def say(self, words: str) -> None:
        """Show other words."""
        self._whole = words
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        end = Qt.TextElideMode.ElideRight
        shown = QFontMetrics(self.font()).elidedText(self._whole, end, max(self.width(), 16))
        self.setText(shown)
        explain(self, self._whole if shown != self._whole else "")


class UnitBlock(QWidget):
    """A heading with a quiet word at its right, and widgets beneath it.

    Args:
        title: Marked; empty for a block whose words come later.
    """

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self._heading = title
        self.title, self.aside = label("", "heading"), CutLabel(right=True)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 2)
        head.setSpacing(theme.GAP)
        head.addWidget(self.title)
        head.addWidget(self.aside, 1)
        self.head = head
        self.column = column_in(self, 4)
        self.column.addLayout(head)
        live(self, UnitBlock._dress)

    def _dress(self) -> None:
        if self._heading:
            self.title.setText(tr(self._heading))

    def add(self, widget: QWidget) -> None:
        """One more widget beneath the others."""
        self.column.addWidget(widget)


class QuietNote(QLabel):
    """Quiet words of as many lines as they need; hidden without any."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("rank", "quiet")
        self.hide()

    def say(self, words: str, name: str = "quiet") -> None:
        """Show other words, or none."""
        rank(self, name)
        self.setText(words)
        self.setVisible(bool(words))


class ValueLine(QWidget):
    """A name and a value on one line; the name gives way where both do not fit."""

    def __init__(self, name: str = "quiet") -> None:
        super().__init__()
        self.name, self.value = CutLabel(name), label("", "value")
        row = row_in(self, theme.GAP)
        row.addWidget(self.name, 1)
        row.addWidget(self.value)
        self.setMinimumHeight(LINE)

    def say(self, name: str, value: str) -> None:
        """Show both."""
        self.value.setText(value)
        self.name.say(name)


class UnitLine(QWidget):
    """One of several chosen units: its number, its state here, its weight; a press looks at it."""

    pressed = Signal(int)

    def __init__(self, unit: int) -> None:
        super().__init__()
        self.unit = unit
        self._name, self._state, self._weight = label(f"u{unit}"), label(""), label("")
        row = row_in(self, theme.GAP)
        for words in (self._state, self._weight):
            words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            words.setFixedWidth(60)
        row.addWidget(self._name, 1)
        row.addWidget(self._state)
        row.addWidget(self._weight)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def say(self, state: str, weight: str, *, current: bool) -> None:
        """Show its numbers; the one whose own plots are shown stands out."""
        rank(self._name, "accent")
        for words, text in ((self._state, state), (self._weight, weight)):
            rank(words, "value" if current else "quiet")
            words.setText(text)
        self._name.setText(f"u{self.unit} ◂" if current else f"u{self.unit}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at this one."""
        super().mousePressEvent(event)
        self.pressed.emit(self.unit)


class WeightTable(QWidget):
    """Names, bars from a common zero, numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._rows: tuple[tuple[str, float], ...] = ()

    @property
    def rows(self) -> tuple[tuple[str, float], ...]:
        """What it shows."""
        return self._rows

    def show_rows(self, rows: Sequence[tuple[str, float]]) -> None:
        """Show names with their weights, all on one scale."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        limit = max((abs(value) for _, value in rows), default=1.0)
        metrics = QFontMetrics(theme.font())
        for place, (name, value) in enumerate(rows):
            short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, 96)
            words, number = label(short), label(signed(value), "value")
            explain(words, name if short != name else "")
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(words, place, 0)
            self._grid.addWidget(SignedBar(value, limit), place, 1)
            self._grid.addWidget(number, place, 2)


def scrolled(content: QWidget) -> QScrollArea:
    """An area that scrolls up and down; its bar stands in the margin."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(content)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # arrow keys belong to the row cursor
    bar, column = area.verticalScrollBar(), content.layout()
    bar.setSingleStep(20)

    def hold_width(_low: int, high: int) -> None:
        """No line breaks anew when the bar appears."""
        if column is not None:
            margins = column.contentsMargins()
            margins.setRight(theme.MARGIN - (bar.sizeHint().width() if high > 0 else 0))
            column.setContentsMargins(margins)

    bar.rangeChanged.connect(hold_width)
    return area
