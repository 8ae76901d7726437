"""What a task answers in place of a class, in the reading panel: regions, their cut, values."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QLineEdit, QPushButton, QSlider, QWidget

from engine.types import CLASSIFICATION
from viewer.kit import theme
from viewer.kit.language import marked, named, tr
from viewer.kit.live import live
from viewer.kit.measures import UNKNOWN
from viewer.kit.widgets import column_in, explain, label, row_in, said
from viewer.kit.words import number
from viewer.read.blocks import Fact, Headline, Section, wrapped
from viewer.session.readings import value_text

if TYPE_CHECKING:
    from engine.types import MeasuredValue, TaskAnswer
    from viewer.session.located import CutPlace, FoundRegion
    from viewer.session.session import Session

MOST: Final = 6  # regions that are listed; the table beneath the film has all of them
NO_OUTLINE: Final = marked("Nothing was found at this cut.")
NO_BOX: Final = marked("The model draws no box on this film.")
_CUT_TIP: Final = marked(
    "An outline goes round the pixels that are at least this probable. Another cut draws other"
    " outlines and areas; the figures of the model's tests hold for its own."
)


def tells_task(answer: "TaskAnswer | None") -> bool:
    """Whether the panel shows what the task answers instead of a class of the whole film."""
    return answer is not None and answer.task != CLASSIFICATION


def value_words(one: "MeasuredValue") -> tuple[str, str]:
    """A measured number with its unit, and its interval; empty without one."""
    value = value_text(one)
    if one.interval is None:
        return value, ""
    low, high = (number(end) for end in one.interval)
    return value, f"{low}–{high} {one.unit}".strip()


class CutLine(QWidget):
    """The least probability of a pixel within an outline: dragged, typed, or as shipped.

    Signals:
        moved(object): Where the reader puts it; None as the model came.
    """

    moved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._cut: CutPlace | None = None
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(1, 99)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.field = QLineEdit()
        self.field.setProperty("small", True)  # noqa: FBT003 - Qt's own signature
        self.field.setFixedWidth(44)
        self.field.setValidator(QDoubleValidator(0.01, 0.99, 3, self.field))
        self.back = QPushButton()
        self._note = wrapped("", "quiet")
        line = QWidget()
        row = row_in(line, theme.GAP)
        row.addWidget(said(marked("Cut"), "quiet"))
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)
        column = column_in(self, 5)
        for widget in (line, self._note, self.back):
            column.addWidget(widget)
        self.slider.valueChanged.connect(lambda per: self.moved.emit(per / 100))
        self.field.editingFinished.connect(self._on_typed)
        self.back.clicked.connect(lambda: self.moved.emit(None))
        live(self, CutLine._dress)

    def show_cut(self, cut: "CutPlace") -> None:
        """Where it stands."""
        self._cut = cut
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(100 * cut.value))
        if not self.field.hasFocus() or self.field.text() == "":
            self.field.setText(f"{cut.value:.2f}")
        self.back.setVisible(cut.own)
        self._note.setText(_cut_note(cut))
        explain(self, tr(_CUT_TIP))

    def _on_typed(self) -> None:
        text = self.field.text().replace(",", ".")
        self.field.clearFocus()
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if self._cut is not None and 0 < value < 1:
            if abs(value - self._cut.value) > 5e-4:
                self.moved.emit(value)
        elif self._cut is not None:  # what is no cut leaves it where it was
            self.field.setText(f"{self._cut.value:.2f}")

    def _dress(self) -> None:
        self.back.setText(tr("As shipped"))
        self.slider.setAccessibleName(tr("Least probability of a pixel within an outline"))
        self.field.setAccessibleName(self.slider.accessibleName())
        if self._cut is not None:
            self._note.setText(_cut_note(self._cut))


def _cut_note(cut: "CutPlace") -> str:
    if cut.own:
        return tr(
            "This is your cut, not the model's ({value:.2f}). The figures of its tests hold for"
            " its own.",
            value=cut.shipped,
        )
    return tr("Pixels of at least {value:.2f} are within. Drag to change it.", value=cut.value)


class FoundBlock(QWidget):
    """Regions by name, probability and area, the cut that makes them, and measured values."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values, self._regions = Section(), Section(marked("Found on this film"))
        self._none = label("", "quiet")
        self.cut = CutLine()
        self._answer: TaskAnswer | None = None
        self._shown: tuple[object, ...] = ()
        column = column_in(self, 12)
        for widget in (self._values, self._regions, self._none, self.cut):
            column.addWidget(widget)
        self.hide()

    def follow(self, session: "Session") -> None:
        """Show what the model found on the film of the active viewport."""
        located = session.analyses.located

        def tell() -> None:
            analysis = session.analysis
            answered = analysis is not None and analysis.abstained is None
            answer = analysis.task_answer if analysis is not None and answered else None
            self.show_answer(answer, located.shown, located.cut)

        located.changed.connect(tell)
        self.cut.moved.connect(located.move_cut)
        live(self, lambda block: block.say_again())
        tell()

    def say_again(self) -> None:
        """In the words of this moment."""
        self._shown = ()

    def show_answer(
        self,
        answer: "TaskAnswer | None",
        regions: "tuple[FoundRegion, ...]",
        cut: "CutPlace | None",
    ) -> None:
        """Show what a task answers; nothing where that is a class of the whole film."""
        places = answer is not None and answer.located
        values = answer.values if answer is not None else ()
        if (answer, regions) != self._shown:
            self._shown = (answer, regions)
            self._values.replace([row for one in values for row in _value_rows(one)])
            self._regions.replace(_region_rows(regions) if places else [])
        boxes = answer is not None and answer.task == "localisation"
        self._none.setText(tr(NO_BOX if boxes else NO_OUTLINE))
        self._none.setVisible(places and not regions)
        self.cut.setVisible(cut is not None)
        if cut is not None:
            self.cut.show_cut(cut)
        self.setVisible(places or bool(values) or cut is not None)


def _value_rows(one: "MeasuredValue") -> list[QWidget]:
    name = named(one.label)
    value, interval = value_words(one)
    rows: list[QWidget] = [Headline(name[:1].upper() + name[1:], value)]
    if interval:
        rows.append(label(tr("interval {ends}", ends=interval), "value"))
    return rows


def _region_rows(regions: "tuple[FoundRegion, ...]") -> list[QWidget]:
    shown, more = regions[:MOST], len(regions) - MOST
    rows: list[QWidget] = []
    for one in shown:
        known = (words for words in (one.probability, one.area) if words != UNKNOWN)
        rows.append(Fact(one.object, " · ".join(known) or UNKNOWN))
    if more > 0:
        rows.append(label(tr("%n more in the table", "", n=more), "quiet"))
    return rows
