"""Over and beneath a changed film: what rows become, which film is shown, what is asked."""

from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.inspection import Edit
from viewer.kit import theme
from viewer.kit.language import marked, named, tr
from viewer.kit.live import live
from viewer.kit.widgets import label, panel, row_in, said
from viewer.session.tries import TriedView, Tries, edit_lines, fill_words

if TYPE_CHECKING:
    from viewer.session.session import Session

ARROW: Final = 44  # pixels that a box needs beside its text
WORDED: Final = 440  # pixels of the head from which it says what the box is for
_VIEWS: Final[tuple[tuple[TriedView, str], ...]] = (
    ("changed", marked("Changed")),
    ("as-read", marked("As read")),
    ("both", marked("Both")),
)
_KINDS: Final = ("mean", "blurred", "neighbour", "mirror", "noise", "value")
_MOST: Final = 12  # films of the list that are offered


class FillBox(QComboBox):
    """A box of fillings; the name of a long film is shortened."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as usual, with the text elided to its field."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.width() - ARROW
        elide = Qt.TextElideMode.ElideMiddle
        option.currentText = self.fontMetrics().elidedText(option.currentText, elide, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class BrushHead(QWidget):
    """What brushed rows become, and which of the two films is shown."""

    def __init__(self, tries: Tries, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tries, self._session = tries, session
        row = row_in(self, theme.GAP, (0, 8, 0, 8))
        self._word = said(marked("Brushed rows become"), "quiet")
        self.fills = live(FillBox(), _word_fills)
        self.fills.setFixedHeight(24)
        self.fills.setMinimumWidth(84)
        self.fills.setMaximumWidth(168)
        self.fills.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.fills.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.grey = live(QSlider(Qt.Orientation.Horizontal), _word_grey)
        self.grey.setRange(0, 100)
        self.grey.setFixedWidth(64)
        for widget in (self._word, self.fills, self.grey):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._segments())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._offer()
        self.fills.activated.connect(self._on_fill)
        self.grey.valueChanged.connect(lambda value: self._on_grey(value / 100))
        session.films.stacks_changed.connect(self._on_films)
        session.frame_read.connect(self._on_films)
        calls = session.analyses.calls
        calls.changed.connect(self._offer)
        calls.recorded.connect(self._on_films)
        tries.changed.connect(self.show_tried)
        live(self, BrushHead._offer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop the words where there is little room."""
        super().resizeEvent(event)
        self._word.setVisible(self.width() > WORDED)

    def _segments(self) -> QWidget:
        holder = panel(QWidget(), "segments")
        holder.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row, group = row_in(holder, 0), QButtonGroup(self)
        self.views: dict[TriedView, QToolButton] = {}
        for code, words in _VIEWS:
            button = live(QToolButton(), partial(_word_view, words))
            button.setCheckable(True)
            button.setProperty("segment", "true")
            button.setStyleSheet("padding: 4px 7px")  # there is little room beside the maps
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on, code=code: self._tries.show(code))
            group.addButton(button)
            row.addWidget(button)
            self.views[code] = button
        return holder

    def _offer(self) -> None:
        """Every kind of filling, then rows of other films of the list."""
        self.fills.clear()
        for kind in _KINDS:
            self.fills.addItem(fill_words(Edit(kind)), kind)
        film = self._session.film
        own = film.frame.image.path if film is not None else None
        lends = self._session.inspection.lends
        others = (path for path in self._session.films.paths if path != own and lends(path))
        for path in islice(others, _MOST):
            self.fills.addItem(fill_words(Edit("film", path=path)), path)
        self.show_tried()

    def _on_films(self, _changed: object) -> None:
        self._offer()

    def show_tried(self) -> None:
        """Show what is chosen, without asking for it."""
        fill = self._tries.fill
        place = self.fills.findData(fill.path or fill.kind)
        if place < 0 and fill.path is not None:
            self.fills.addItem(fill_words(fill), fill.path)
            place = self.fills.count() - 1
        self.fills.setCurrentIndex(place)
        self.grey.setVisible(fill.kind == "value")
        self.grey.blockSignals(True)  # noqa: FBT003 - Qt's signature
        if fill.kind == "value":
            self.grey.setValue(round(100 * fill.numbers[0]))
        self.grey.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.views[self._tries.view].setChecked(True)

    def _on_fill(self, place: int) -> None:
        given = self.fills.itemData(place)
        if isinstance(given, Path):
            self._tries.fill_with(Edit("film", 0, 0, path=given))
            return
        numbers = {"noise": (0.0,), "value": (self.grey.value() / 100,)}.get(given, ())
        self._tries.fill_with(Edit(given, 0, 0, numbers))

    def _on_grey(self, value: float) -> None:
        self._tries.fill_with(replace(self._tries.fill, numbers=(value,)))


class BrushFoot(QWidget):
    """What is asked of the model by the change, in words beneath the film."""

    def __init__(self, tries: Tries, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tries = tries
        self.name, self.meaning = label("", "heading"), label("", "quiet")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.setContentsMargins(0, 4, 0, 6)
        for line in (self.name, self.meaning):
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            line.setFixedHeight(18)
            column.addWidget(line)
        column.addStretch(1)
        self._question = ""
        self.towards = WaysLegend()
        row = row_in(self, theme.GAP)
        row.addLayout(column, 1)
        row.addWidget(self.towards)
        tries.changed.connect(self.show_tried)
        live(self, BrushFoot.show_tried)

    def show_tried(self) -> None:
        """Put the question that the change is."""
        self._question = question(self._tries.draft)
        self.name.setToolTip(self._question)
        found, opened = self._tries.found, self._tries.opened
        name = opened.model.classes[found.target] if found is not None and opened else ""
        others = [one for one in opened.model.classes if one != name] if opened else []
        self.towards.show_class(name, others[0] if len(others) == 1 else "")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the question where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetricsF(theme.font(weight=QFont.Weight.DemiBold))
        room = max(self.width() - self.towards.width() - theme.GAP, 60)
        elide = Qt.TextElideMode.ElideRight
        self.name.setText(metrics.elidedText(self._question, elide, room))
        long, short = tr("a what-if of the model, not of the patient"), tr("about the model alone")
        wide = QFontMetricsF(theme.font()).horizontalAdvance(long)
        self.meaning.setText(long if wide <= room else short)
        self.meaning.setToolTip(long)


class WaysLegend(QWidget):
    """Which way the colours of the strips point, and what their outline is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = self._other = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.FOOT)

    def show_class(self, name: str, other: str) -> None:
        """Name the class that orange speaks for, and the one that blue does if there is one."""
        if (name, other) != (self._name, self._other):
            self._name, self._other = name, other
            self.setFixedWidth(round(self._width()))
            self.update()

    def _words(self) -> tuple[str, str, str]:
        name = named(self._name)
        other = named(self._other) if self._other else None
        towards = tr("towards {name}", name=name)
        away = tr("towards {name}", name=other) if other else tr("away from {name}", name=name)
        return towards, away, tr("outline: as read")

    def _width(self) -> float:
        metrics = QFontMetricsF(theme.font())
        one, other, outline = (metrics.horizontalAdvance(words) for words in self._words())
        return max(one + other + 56, outline + 32) if self._name else 0.0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw two samples and a line with their words, from the right."""
        if not self._name:
            return
        painter, metrics = QPainter(self), QFontMetricsF(theme.font())
        painter.setFont(theme.font())
        one, other, outline = self._words()
        right = float(self.width())
        samples = ((one, theme.INFLUENCE_POSITIVE), (other, theme.INFLUENCE_NEGATIVE))
        for words, ink in samples:
            left = right - metrics.horizontalAdvance(words)
            painter.setPen(theme.colour(theme.TEXT))
            painter.drawText(QPointF(left, 17), words)
            painter.fillRect(QRectF(left - 16, 8, 9, 9), theme.colour(ink))
            right = left - 28
        left = self.width() - metrics.horizontalAdvance(outline)
        painter.setPen(theme.colour(theme.QUIET))
        painter.drawText(QPointF(left, 35), outline)
        painter.drawLine(QPointF(left - 24, 31), QPointF(left - 7, 31))
        painter.end()


def question(edits: tuple[Edit, ...]) -> str:
    """What a change asks, as one sentence."""
    if not edits:
        return tr("Drag with Shift over the film to brush rows")
    last, (what, how) = edits[-1], edit_lines(edits)
    if last.first is None:
        return tr("What if the film were {how}?", how=how)
    if last.kind == "mean" and len(edits) == 1:
        return tr("What if {steps} held nothing unusual?", steps=what.lower())
    return tr("What if {steps} were {how}?", steps=what.lower(), how=how)


def _word_fills(box: QComboBox) -> None:
    box.setToolTip(tr("What brushed rows become"))
    box.setAccessibleName(tr("Brushed rows become"))


def _word_grey(slider: QSlider) -> None:
    slider.setToolTip(tr("The grey that brushed rows become, on the model's scale"))
    slider.setAccessibleName(tr("Grey of brushed rows"))


def _word_view(words: str, button: QToolButton) -> None:
    button.setText(tr(words))
    button.setMinimumWidth(0)
    button.setMinimumWidth(button.sizeHint().width())
