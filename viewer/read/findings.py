"""Several findings in the reading panel: each with its probability, threshold and interval."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from viewer.kit import theme
from viewer.kit.language import named, told, tr
from viewer.kit.live import live
from viewer.kit.measures import UNKNOWN
from viewer.kit.widgets import column_in, explain, label, row_in
from viewer.kit.words import interval_text, probability_text
from viewer.read.blocks import ROOM, fits, picture, wrapped
from viewer.read.result import FigurePair
from viewer.read.threshold_handle import ThresholdHandle

if TYPE_CHECKING:
    from engine.types import Interval, ModelInfo
    from viewer.session.session import Session
    from viewer.session.several import FindingPlace

NUMBER: Final = 16  # pixels for the number of a finding
TICK: Final = 14  # its height


class FindingBar(QWidget):
    """A probability as the filled part of a groove, with a threshold that can be dragged.

    Signals:
        moved(object): Where the threshold was put, 0…1; None back to the model's.
        pressed(): Elsewhere than on the threshold.
    """

    moved = Signal(object)
    pressed = Signal()

    def __init__(self, found: "FindingPlace") -> None:
        super().__init__()
        self._handle = ThresholdHandle(self)
        self._handle.moved.connect(self.moved)
        self._handle.pressed.connect(self.pressed)
        self.setFixedHeight(TICK + 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name, value = named(found.answer.label), found.answer.probability
        spoken = tr("{name}: {value:.2f} on a scale from 0 to 1.", name=name, value=value)
        self.setAccessibleName(spoken)
        self.show_place(found)

    def show_place(self, found: "FindingPlace") -> None:
        """Draw another threshold."""
        self._found = found
        self._handle.place(found.threshold, movable=True)
        self.update()

    def x_of(self, share: float) -> float:
        """Pixel of a probability."""
        return self._handle.x_of(share)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Groove, filled part, tick."""
        painter, middle = QPainter(self), self.height() / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        filled = theme.INFLUENCE_POSITIVE if self._found.called else theme.QUIET
        for width, tint in (
            (self.width(), theme.LINE),
            (self.x_of(self._found.answer.probability), filled),
        ):
            painter.setBrush(theme.colour(tint))
            painter.drawRoundedRect(QRectF(0, middle - 2, width, 4), 2, 2)
        limit = self._found.threshold
        if limit is None:
            return
        x = min(max(self.x_of(limit), 2.0), self.width() - 2.0)
        painter.setBrush(theme.colour(theme.PANEL))
        painter.drawRect(QRectF(x - 2.5, middle - TICK / 2, 5, TICK))
        painter.setBrush(theme.colour(theme.ACCENT))
        painter.drawRect(QRectF(x - 1.25, middle - TICK / 2, 2.5, TICK))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(theme.ACCENT), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(x - 5, middle - TICK / 2, 10, TICK), 3, 3)


def _interval_words(interval: "Interval") -> str:
    ends = interval_text(interval)
    if interval.level is None:
        return tr("interval {ends}", ends=ends)
    return tr("{level:.0f} % interval {ends}", level=100 * interval.level, ends=ends)


class FindingRow(QWidget):
    """One finding: number, name, probability, bar, threshold and interval; or why there is none.

    Signals:
        chosen(), moved(object): See `FindingBar`.
    """

    chosen = Signal()
    moved = Signal(object)

    def __init__(self, found: "FindingPlace", *, chosen: bool) -> None:
        super().__init__()
        self._chosen = chosen
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        rank = "row" if chosen else "heading"
        name = named(found.answer.label)
        line = row_in(self, theme.GAP, (8, 6, 8, 6))
        number = label(str(found.number), "quiet")
        number.setFixedWidth(NUMBER)
        line.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(1)
        line.addLayout(column, 1)
        head = QWidget()
        words = row_in(head, theme.GAP)
        words.addWidget(wrapped(name[:1].upper() + name[1:], rank, 112), 1)
        value = probability_text(found.answer.probability) if found.answered else UNKNOWN
        words.addWidget(label(value, rank), 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(head)
        self.bar: FindingBar | None = None
        self._limit, self._ends = label("", "quiet"), label("", "quiet")
        self._interval = found.answer.interval
        if found.answered:
            self._add_bar(column, found)
        else:
            column.addWidget(_abstained(told(found.answer.abstained)))

    def show_place(self, found: "FindingPlace") -> None:
        """Its threshold is another: nothing else is made anew, so that a drag goes on."""
        if self.bar is not None:
            self.bar.show_place(found)
        self._word(found)

    def _add_bar(self, column: QVBoxLayout, found: "FindingPlace") -> None:
        self.bar = FindingBar(found)
        self.bar.moved.connect(self.moved)
        self.bar.pressed.connect(self.chosen)
        column.addWidget(self.bar)
        foot = QWidget()
        words = row_in(foot, theme.GAP)
        words.addWidget(self._limit)
        words.addStretch(1)
        words.addWidget(self._ends)
        column.addWidget(foot)
        self._word(found)

    def _word(self, found: "FindingPlace") -> None:
        if found.threshold is None:
            self._limit.setText("")
        elif found.own:
            self._limit.setText(tr("your threshold {value}", value=f"{found.threshold:.2f}"))
        else:
            self._limit.setText(tr("threshold {value}", value=f"{found.threshold:.2f}"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Call the interval one where there is room for the words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._interval is None:
            return
        whole, room = _interval_words(self._interval), self.width() - NUMBER - 3 * theme.GAP - 8
        fitting = fits(f"{self._limit.text()}   {whole}", room)
        self._ends.setText(whole if fitting else interval_text(self._interval))
        explain(self._ends, whole)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the panel: words give way."""
        return QSize(ROOM, super().minimumSizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Explain this finding."""
        event.accept()
        self.chosen.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chosen one is raised, with the accent at its left."""
        if not self._chosen:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.RAISED))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.fillRect(QRectF(0, 0, 3, self.height()), theme.colour(theme.ACCENT))


def _abstained(reason: str) -> QWidget:
    holder = QWidget()
    line = row_in(holder, theme.GAP)
    icon = picture("warning", "warning")
    icon.setAccessibleName(tr("warning"))
    line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    words = wrapped(tr("Abstained: {reason}", reason=reason), "value", 128)
    line.addWidget(words, 1)
    return holder


class FindingsBlock(QWidget):
    """The list of findings, and what the threshold of the chosen one does; empty without several.

    Signals:
        chosen(int): The finding that is to be explained.
        moved(int, object): A finding and its threshold; None back to the model's.
    """

    chosen = Signal(int)
    moved = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[FindingRow, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._places: tuple[FindingPlace, ...] = ()
        self._number = 0
        self._model: ModelInfo | None = None
        self._list, self._below = QWidget(), QWidget()
        column_in(self._list, 4)
        column_in(self._below, 5)
        column = column_in(self, 16)
        column.addWidget(self._list)
        column.addWidget(self._below)
        live(self, FindingsBlock._again)
        self.hide()

    def follow(self, session: "Session") -> None:
        """Show the findings of the active viewport, and change them as the reader asks."""
        several = session.several

        def tell() -> None:
            analysis = session.analysis
            model = analysis.model if analysis is not None else None
            self.show_findings(several.shown, several.chosen, model)

        several.changed.connect(tell)
        self.chosen.connect(several.choose)
        self.moved.connect(several.move)
        tell()

    def show_findings(
        self, places: "tuple[FindingPlace, ...]", chosen: int, model: "ModelInfo | None"
    ) -> None:
        """List findings; where only thresholds are others, the rows stay what they are."""
        shown = (tuple(id(one.answer) for one in places), chosen)
        self._places, self._number, self._model = places, chosen, model
        if shown != self._shown:
            self._shown = shown
            self._make_rows()
        else:
            for row, place in zip(self.rows, places, strict=True):
                row.show_place(place)
        self._make_below()
        self.setVisible(bool(places))

    def _again(self) -> None:
        self._make_rows()
        self._make_below()

    def _make_rows(self) -> None:
        _empty(self._list)
        self.rows = tuple(
            FindingRow(place, chosen=place.number == self._number) for place in self._places
        )
        for place, row in zip(self._places, self.rows, strict=True):
            row.chosen.connect(partial(self.chosen.emit, place.number))
            row.moved.connect(partial(self.moved.emit, place.number))
            _add(self._list, row)

    def _make_below(self) -> None:
        """Sensitivity and specificity of the chosen one at its threshold."""
        _empty(self._below)
        place = next((one for one in self._places if one.number == self._number), None)
        if place is None or place.threshold is None or self._model is None or not place.answered:
            self._below.hide()
            return
        self._below.show()
        name = named(place.answer.label)
        title = tr(
            "{name} at {value:.2f}", name=name[:1].upper() + name[1:], value=place.threshold
        )
        _add(self._below, label(title, "heading"))
        pair = FigurePair(self._model)
        known = not place.own
        pair.show_figures(
            place.answer.sensitivity if known else None,
            place.answer.specificity if known else None,
            counts=True,
        )
        if known and (place.answer.sensitivity or place.answer.specificity):
            _add(self._below, pair)
        _add(self._below, wrapped(_note(place), "quiet"))
        if place.own:
            back = QPushButton(tr("Back to the model's threshold"))
            back.clicked.connect(partial(self.moved.emit, place.number, None))
            _add(self._below, back)


def _note(place: "FindingPlace") -> str:
    limit = place.answer.threshold
    if place.own and limit is not None:
        return tr(
            "This is your threshold, not the model's ({value:.2f}). What it does to other films"
            " was not measured.",
            value=limit,
        )
    if place.answer.sensitivity is None and place.answer.specificity is None:
        return tr("What this threshold does to other films was not measured.")
    return tr(
        "On validation films. Drag a marker to change a threshold; each finding has its own."
    )


def _add(holder: QWidget, widget: QWidget) -> None:
    layout = holder.layout()
    if layout is not None:
        layout.addWidget(widget)


def _empty(holder: QWidget) -> None:
    layout = holder.layout()
    while layout is not None and (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
