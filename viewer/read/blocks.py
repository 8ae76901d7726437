"""Small parts of the reading panel: headline, facts, checks, scale."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from engine.types import Interval, Mark
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.widgets import column_in, explain, label, rank, row_in, said
from viewer.kit.words import interval_text
from viewer.session.check_lines import CheckLine

# ---------------------------------------------------------------- facts, checks, sections

ROOM = theme.READING_WIDTH["narrow"] - 2 * theme.MARGIN  # what a line has in a small window
WEIGHTS = {"value": QFont.Weight.Medium, "heading": QFont.Weight.DemiBold}
TOP = Qt.AlignmentFlag.AlignTop
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_WORD: Final = re.compile(r"[^ \u2e80-\uffff]+")


def breakable(text: str, font: QFont, width: int) -> str:
    """Text in which every word that is wider than `width` may be broken (U+200B put in).

    Chinese may be broken as it stands, but not before a comma, so nothing is put in there.
    """
    metrics = QFontMetrics(font)

    def pieces(word: str) -> Iterator[str]:
        piece = ""
        for letter in word:
            if piece and metrics.horizontalAdvance(piece + letter) > width:
                yield piece
                piece = ""
            piece += letter
        yield piece

    return _WORD.sub(lambda found: "\u200b".join(pieces(found[0])), text)


def wrapped(text: str, rank: str = "", width: int = ROOM) -> QLabel:
    """A label of as many lines as it needs, none of them cut."""
    result = label("", rank)
    weight = WEIGHTS.get(rank, QFont.Weight.Normal)
    result.setText(breakable(text, theme.font(weight=weight), width))
    result.setWordWrap(True)
    return result


def fits(text: str, width: int) -> bool:
    """Whether text of the middle weight fits one line of a width in pixels."""
    return QFontMetrics(theme.font(weight=QFont.Weight.Medium)).horizontalAdvance(text) <= width


def picture(name: str, tint: str) -> QLabel:
    """An icon as tall as a line of text, in one of the theme's colours by its name."""
    result = QLabel()
    show_picture(result, name, tint)
    result.setFixedSize(16, 16)
    return result


def show_picture(icon: QLabel, name: str, tint: str) -> None:
    """Draw it in the colours of this moment."""
    shade = getattr(theme.current(), tint)
    icon.setPixmap(theme.icon(name, shade, 16).pixmap(QSize(16, 16), 2.0))


class Section(QWidget):
    """A heading, marked, and rows beneath it; hidden while it has none."""

    def __init__(self, title: str = "", aside: str = "") -> None:
        super().__init__()
        self._column = column_in(self, 5)  # with a line of 15 px: facts every 20
        self._rows: tuple[QWidget, ...] = ()
        if title:
            head = QHBoxLayout()
            head.setContentsMargins(0, 0, 0, 4)
            head.addWidget(said(title, "heading"), 1)
            if aside:
                head.addWidget(said(aside, "quiet"))
            self._column.addLayout(head)
        self.hide()

    @property
    def rows(self) -> tuple[QWidget, ...]:
        """The rows on show."""
        return self._rows

    def replace(self, rows: Sequence[QWidget]) -> None:
        """Show these rows instead of the ones before; a row that was shown may be shown again."""
        for row in self._rows:
            self._column.removeWidget(row)
            if row not in rows:
                row.hide()
                row.deleteLater()
        self._rows = tuple(rows)
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(self._rows))


class Fact(QWidget):
    """Name and value on one line, or the value beneath where they do not fit side by side."""

    def __init__(self, name: str, value: str, rank: str = "quiet") -> None:
        super().__init__()
        beside = fits(f"{name}   {value}", ROOM)
        layout = QHBoxLayout(self) if beside else QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP if beside else 0)
        self._value = label(value, "value") if beside else wrapped(value, "value")
        layout.addWidget(label(name, rank) if beside else wrapped(name, rank))
        if beside:
            self._value.setAlignment(RIGHT)
        layout.addWidget(self._value, 1)

    def show_value(self, value: str) -> None:
        """Change the value alone, as the row cursor does many times a second."""
        self._value.setText(value)


class PanelEntry(QWidget):
    """Name in a narrow column, words beside it, as many lines as they need."""

    NAMES = 64  # the longest word that the bundles' results begin with

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        row = row_in(self, theme.GAP)
        title = wrapped(name, "quiet", self.NAMES)
        title.setFixedWidth(self.NAMES)
        row.addWidget(title, 0, TOP)
        row.addWidget(wrapped(words, "", ROOM - self.NAMES - theme.GAP), 1, TOP)


MARKS: dict[Mark, tuple[str, str]] = {  # four shapes, four luminances: picture and colour
    "passed": ("check", "quiet"),
    "doubtful": ("warning", "warning"),
    "failed": ("failed", "text"),
    "not asked": ("unasked", "disabled"),
}
MARK_WORDS: dict[Mark, str] = {
    "passed": marked("passed"),
    "doubtful": marked("doubtful"),
    "failed": marked("failed"),
    "not asked": marked("not asked"),
}


class CheckRow(QWidget):
    """One line of a list of checks: mark, words, value; the whole sentence as a tip."""

    def __init__(self, line: CheckLine) -> None:
        super().__init__()
        words, value = line.words, line.value
        room = ROOM - 16 - theme.GAP
        beside = not value or fits(value, room // 2)
        row = row_in(self, theme.GAP)
        icon = picture(*MARKS[line.mark])
        icon.setAccessibleName(tr(MARK_WORDS[line.mark]))
        row.addWidget(icon, 0, TOP)
        text = QVBoxLayout()
        text.setSpacing(0)
        taken = QFontMetrics(theme.font()).horizontalAdvance(value) + theme.GAP if beside else 0
        text.addWidget(wrapped(words, "", room - taken))
        row.addLayout(text, 1)
        if value and beside:
            row.addWidget(label(value, "quiet"), 0, TOP)
        elif value:
            text.addWidget(wrapped(value, "quiet", room))
        explain(self, line.tip)


class Disclosure(QWidget):
    """A line that opens on a click, and closes on the next one: what not everybody asks for.

    Args:
        title: Of the line.
        rows: Makes what lies beneath; asked when it is first opened.
    """

    def __init__(self, title: str, rows: Callable[[], Sequence[QWidget]]) -> None:
        super().__init__()
        self._make: Callable[[], Sequence[QWidget]] | None = rows
        self.button = QToolButton()
        self.button.setText(self._cut(title))
        self.button.setToolTip("" if self.button.text() == title else title)
        self.button.setCheckable(True)
        self.button.setProperty("disclosure", True)  # noqa: FBT003 - Qt's own signature
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(12, 12))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the film
        self.button.toggled.connect(self._on_toggled)
        self._inner = QWidget()
        self._inner.hide()
        column_in(self._inner, 5, (0, 4, 0, 0))
        column = column_in(self, 0)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._inner)
        self._on_toggled(opened=False)

    @staticmethod
    def _cut(title: str) -> str:
        """The title on one line: a wider button would push the panel's values out of sight."""
        metrics = QFontMetrics(theme.font())
        return metrics.elidedText(title, Qt.TextElideMode.ElideRight, ROOM - 24)

    def _on_toggled(self, opened: bool) -> None:  # noqa: FBT001 - a slot
        self.button.setIcon(theme.icon("open-down" if opened else "open-right", theme.QUIET, 12))
        if opened and self._make is not None:
            layout = self._inner.layout()
            for row in self._make():
                if layout is not None:
                    layout.addWidget(row)
            self._make = None
        self._inner.setVisible(opened)


class Headline(QWidget):
    """The class and its probability in the largest type; a long name takes the middle one."""

    def __init__(self, name: str, value: str = "") -> None:
        super().__init__()
        self._text = name
        self._name = label(name, "result")
        self._name.setWordWrap(True)
        self._value = label(value, "result")
        row = row_in(self, theme.GAP)
        row.addWidget(self._name, 1)
        row.addWidget(self._value, 0, TOP)
        self._value.setVisible(bool(value))
        self._set_type(ROOM)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the type again for the new width."""
        super().resizeEvent(event)
        self._set_type(self.width())

    def _set_type(self, width: int) -> None:
        bold = QFont.Weight.DemiBold
        if self._value.text():
            number = QFontMetrics(theme.font(theme.RESULT, bold))
            width -= number.horizontalAdvance(self._value.text()) + theme.GAP + 2
        widest = max(self._text.split() or [""], key=len)
        large = theme.font(theme.RESULT, bold)
        fitting = QFontMetrics(large).horizontalAdvance(widest) <= width
        font = large if fitting else theme.font(theme.LARGE, bold)
        self._name.setText(breakable(self._text, font, width))
        rank(self._name, "result" if fitting else "row")


# --------------------------------------------------------------- scale of the probability
# A probability as a place between 0 and 1, with its interval and the threshold.

ENDS: Final = 6  # pixels from the ends of a scale to 0 and 1, half the dot
BAND_ALPHA: Final = 130  # of an interval: clearly there, and clearly not the dot


class ProbabilityScale(QWidget):
    """Probability as a place on 0…1: orange from the threshold on, grey below it."""

    def __init__(
        self,
        probability: float,
        threshold: float | None,
        *,
        words: str = "",
        interval: Interval | None = None,
    ) -> None:
        super().__init__()
        self._probability, self._threshold, self._words = probability, threshold, words
        self._interval = interval
        self.setFixedHeight(52)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        spoken = tr("Probability {value:.2f} on a scale from 0 to 1.", value=probability)
        spoken = f"{spoken} {words}"
        if interval is not None:
            ends = tr("interval {ends}", ends=interval_text(interval))
            spoken = f"{spoken} {ends}"
        self.setAccessibleName(spoken.strip())

    @property
    def tint(self) -> str:
        """Colour of band and dot: orange only where a threshold is reached."""
        reached = self._threshold is not None and self._probability >= self._threshold
        return theme.INFLUENCE_POSITIVE if reached else theme.QUIET

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw groove, interval, threshold, dot and the numbers beneath."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        place = self._place(self._probability)
        painter.setBrush(theme.colour(theme.LINE))
        painter.drawRoundedRect(QRectF(0, 16, self.width(), 4), 2, 2)
        if self._interval is not None:
            painter.setBrush(theme.colour(self.tint, BAND_ALPHA))
            painter.drawRoundedRect(self.band(self._interval), 4, 4)
        if self._threshold is not None:
            self._draw_threshold(painter, self._place(self._threshold))
        painter.setPen(QPen(theme.colour(theme.PANEL), 2))
        painter.setBrush(theme.colour(self.tint))
        painter.drawEllipse(QPointF(place, 18), 6, 6)
        self._draw_numbers(painter)

    def band(self, interval: Interval) -> QRectF:
        """Where an interval lies; never too short to be seen beside the dot."""
        low, high = self._place(interval.low), self._place(interval.high)
        return QRectF(low - 4, 14, high - low + 8, 8)

    def _place(self, probability: float) -> float:
        return ENDS + min(max(probability, 0.0), 1.0) * (self.width() - 2 * ENDS)

    def _draw_threshold(self, painter: QPainter, x: float) -> None:
        painter.setBrush(theme.colour(theme.ACCENT))
        painter.drawPolygon(QPolygonF([QPointF(x - 4, 2), QPointF(x + 4, 2), QPointF(x, 8)]))
        painter.drawRect(QRectF(x - 0.75, 7, 1.5, 20))

    def _draw_numbers(self, painter: QPainter) -> None:
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.QUIET))
        line = QRectF(0, 32, self.width(), 16)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, "1")
        if self._threshold is None:
            return
        width = painter.fontMetrics().horizontalAdvance(self._words) + 2
        left = self._place(self._threshold) - width / 2
        left = min(max(left, 16.0), self.width() - 16.0 - width)
        painter.setPen(theme.colour(theme.TEXT))
        painter.drawText(QRectF(left, 32, width, 16), Qt.AlignmentFlag.AlignCenter, self._words)
