"""The reader's own call: present or not, how sure, compared with before, a note; then locked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.records import Call, Compared
from viewer.kit import theme
from viewer.kit.language import joined, listed, marked, named, tr
from viewer.kit.widgets import column_in, label, panel, row_in
from viewer.read.blocks import Fact, Headline, picture, wrapped

# ----------------------------------------------------------------------------- what is asked

ANSWERS: Final[tuple[tuple[str, str], ...]] = (
    ("present", marked("Present")),
    ("absent", marked("Absent")),
    ("unsure", marked("Not sure")),
)
COMPARED: Final[tuple[tuple[Compared, str], ...]] = (
    ("better", marked("Better")),
    ("same", marked("Same")),
    ("worse", marked("Worse")),
    ("cannot compare", marked("Cannot compare")),
)
HIDDEN_THINGS: Final = (
    marked("Probability, interval and threshold"),
    marked("Sensitivity and specificity"),
    marked("Is this image for this model?"),
    marked("Map, and what moved the answer"),
)
LEAST, MOST = 50, 100  # per cent
MOST_BUTTONS = 4  # classes beyond that are a list


@dataclass(frozen=True, slots=True)
class CallDraft:
    """What stands in the form when the reader records it.

    Attributes:
        answer: "present", "absent", "unsure", or one of the model's classes.
        confidence: 0.5 to 1.
    """

    answer: str
    confidence: float = 0.5
    compared: Compared = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CallQuestion:
    """What the reader is asked.

    Attributes:
        content: Of the film; another one empties the form.
        finding: What is present or absent; empty where one of the classes is to be chosen.
        classes: Of the model, where it has no finding.
        prior: Whether a film of before is on screen, too.
        hides: Whether the model's answer waits for this call.
        again: Whether a call was recorded already: this one is the second.
    """

    content: str
    finding: str = ""
    classes: tuple[str, ...] = ()
    prior: bool = False
    hides: bool = True
    again: bool = False


class CallForm(QWidget):
    """Asks for the reader's call; its button is the one filled control of the window.

    Signals:
        recorded(object): CallDraft.
    """

    recorded = Signal(object)

    def __init__(self, question: CallQuestion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self._answers = QButtonGroup(self)
        self._compared = QButtonGroup(self)
        self._classes: QComboBox | None = None
        self.confidence = QSlider(Qt.Orientation.Horizontal)
        self.note = QPlainTextEdit()
        self.button = QPushButton(tr("Record my call"))
        self._percent = label("", "value")
        self._place()
        self._answers.buttonToggled.connect(lambda _one, _on: self._refresh())
        self.confidence.valueChanged.connect(lambda _value: self._refresh())
        self.button.clicked.connect(self.record)
        self._refresh()

    @property
    def answer(self) -> str:
        """What is chosen; empty while nothing is."""
        if self._classes is not None:
            return str(self._classes.currentData() or "")
        return _chosen(self._answers)

    def record(self) -> None:
        """Hand the call over, if an answer is chosen."""
        if not self.answer:
            return
        chosen = _chosen(self._compared)
        compared: Compared = next((code for code, _ in COMPARED if code == chosen), "")
        confidence = LEAST if self.answer == "unsure" else self.confidence.value()
        note = self.note.toPlainText().strip()
        self.recorded.emit(CallDraft(self.answer, confidence / 100, compared, note))

    def choose(self, answer: str, confidence: int) -> None:
        """Fill in what a script says, without recording it."""
        for one in self._answers.buttons():
            one.setChecked(one.property("code") == answer)
        if self._classes is not None:
            self._classes.setCurrentIndex(self._classes.findData(answer))
        self.confidence.setValue(confidence)

    def again(self) -> "CallForm":
        """The same form in the words and colours of this moment, with what stands in it."""
        form = CallForm(self.question)
        form.choose(self.answer, self.confidence.value())
        form.note.setPlainText(self.note.toPlainText())
        for one in form._compared.buttons():
            one.setChecked(one.property("code") == _chosen(self._compared))
        return form

    def _refresh(self) -> None:
        self._percent.setText(f"{self.confidence.value()} %")
        sure = self.answer != "unsure"
        self.confidence.setEnabled(sure)
        self._percent.setVisible(sure)
        self.button.setEnabled(bool(self.answer))

    def _place(self) -> None:
        column = column_in(self, 8)
        self._place_head(column)
        self._place_answers(column)
        self._place_confidence(column)
        if self.question.prior:
            column.addSpacing(4)
            column.addWidget(label(tr("Compared with the prior film")))
            column.addWidget(_segments(self._compared, COMPARED))
        self._place_note(column)
        self.button.setProperty("filled", True)  # noqa: FBT003 - Qt's own signature
        self.button.setIcon(theme.icon("check", theme.ON_ACCENT, 16))
        self.button.setMinimumHeight(36)
        column.addSpacing(4)
        column.addWidget(self.button)
        words = tr("The call is then locked. You can add to it, not change it.")
        if self.question.hides:
            shown = tr("After recording the model's answer is shown.")
            words = joined(shown, words)
        column.addWidget(wrapped(words, "quiet"))
        if self.question.hides:
            self._place_hidden(column)

    def _place_head(self, column: QVBoxLayout) -> None:
        asked = self.question
        finding = named(asked.finding)
        name = finding[:1].upper() + finding[1:]
        title = tr("{finding}?", finding=name) if name else tr("What does it show?")
        head = QWidget()
        row = row_in(head, theme.GAP)
        row.addWidget(Headline(title), 1)
        if asked.hides:
            icon = picture("hidden", "quiet")
            icon.setAccessibleName(tr("hidden"))
            row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(head)
        words = tr("The model's answer is hidden. Record your own call first.")
        if not asked.hides:
            words = tr("Your call is kept beside the model's answer.")
            if asked.again:
                words = tr("A second call. The first one stays as it is.")
        column.addWidget(wrapped(words, "quiet"))

    def _place_answers(self, column: QVBoxLayout) -> None:
        asked = self.question
        if not asked.finding and len(asked.classes) > MOST_BUTTONS:
            self._classes = QComboBox()
            self._classes.setAccessibleName(tr("My call"))
            self._classes.addItem(tr("Choose"), "")
            for name in asked.classes:
                self._classes.addItem(named(name), name)
            self._classes.currentIndexChanged.connect(lambda _place: self._refresh())
            column.addWidget(self._classes)
            return
        choices = (
            ANSWERS if asked.finding else tuple((name, named(name)) for name in asked.classes)
        )
        holder = QWidget()
        row = row_in(holder, theme.GAP)
        for code, words in choices:
            button = QPushButton(tr(words) if asked.finding else words)
            button.setCheckable(True)
            button.setProperty("choice", True)  # noqa: FBT003 - Qt's own signature
            button.setProperty("code", code)
            self._answers.addButton(button)
            row.addWidget(button, 1)
        column.addWidget(holder)

    def _place_confidence(self, column: QVBoxLayout) -> None:
        line = QWidget()
        row = row_in(line, theme.GAP)
        row.addWidget(label(tr("Confidence")), 1)
        row.addWidget(self._percent)
        self.confidence.setRange(LEAST, MOST)
        self.confidence.setValue(75)
        self.confidence.setPageStep(10)
        self.confidence.setAccessibleName(tr("Confidence in per cent"))
        ends = QWidget()
        below = row_in(ends, theme.GAP)
        below.addWidget(label(tr("50 % a guess"), "quiet"), 1)
        below.addWidget(label(tr("100 % certain"), "quiet"))
        for widget in (line, self.confidence, ends):
            column.addWidget(widget)

    def _place_note(self, column: QVBoxLayout) -> None:
        line = QWidget()
        row = row_in(line, theme.GAP, (0, 4, 0, 0))
        row.addWidget(label(tr("Note")), 1)
        row.addWidget(label(tr("optional"), "quiet"))
        self.note.setFixedHeight(56)
        self.note.setTabChangesFocus(True)
        self.note.setAccessibleName(tr("Note"))
        column.addWidget(line)
        column.addWidget(self.note)

    def _place_hidden(self, column: QVBoxLayout) -> None:
        """What is hidden is named and its place kept."""
        column.addSpacing(8)
        column.addWidget(label(tr("Shown after recording"), "heading"))
        for words in HIDDEN_THINGS:
            line = QWidget()
            row = row_in(line, theme.GAP)
            row.addWidget(picture("hidden", "quiet"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(wrapped(tr(words), "quiet", 150), 1)
            row.addWidget(_Blank())
            column.addWidget(line)


class RecordedCalls(QWidget):
    """The reader's calls on a film, locked; words can be added.

    Signals:
        appended(str): The words to add.
        again_requested: A second call, after the answer was seen.
    """

    appended = Signal(str)
    again_requested = Signal()

    def __init__(self, calls: Sequence[Call], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = column_in(self, 5)
        for one in calls:
            for row in _call_rows(one):
                column.addWidget(row)
        self._field = QPlainTextEdit()
        self._field.setFixedHeight(48)
        self._field.setTabChangesFocus(True)
        self._field.setAccessibleName(tr("Words to add to the call"))
        self._field.hide()
        self.add = QPushButton(tr("Add to the call …"))
        self.again = QPushButton(tr("Second call …"))
        self.again.setVisible(not any(one.stage == "second" for one in calls))
        self.add.clicked.connect(self._on_add)
        self.again.clicked.connect(self.again_requested)
        column.addWidget(self._field)
        buttons = QWidget()
        beside = row_in(buttons, theme.GAP, (0, 4, 0, 0))
        beside.addWidget(self.add)
        beside.addWidget(self.again)
        column.addWidget(buttons)

    def _on_add(self) -> None:
        if self._field.isHidden():
            self._field.show()
            self._field.setFocus()
            self.add.setText(tr("Add"))
        elif self._field.toPlainText().strip():
            self.appended.emit(self._field.toPlainText().strip())


def call_words(call: Call) -> str:
    """A call in words, for example "Present, 70 %"."""
    words = dict(ANSWERS).get(call.answer)
    answer = tr(words) if words else named(call.answer)
    confidence = f"{100 * call.confidence:.0f} %"
    return answer if call.answer == "unsure" else listed((answer, confidence))


def _call_rows(one: Call) -> list[QWidget]:
    at = one.time[11:16]
    if one.stage == "addendum":
        return [Fact(tr("Added"), f"{at} UTC"), wrapped(one.note)]
    title = tr("First call") if one.stage == "first" else tr("Second call")
    rows: list[QWidget] = [Fact(title, call_words(one))]
    if one.compared:
        rows.append(Fact(tr("Compared with before"), tr(dict(COMPARED)[one.compared])))
    if one.note:
        rows.append(wrapped(one.note))
    seen = tr("before any answer was seen")
    if one.seen:
        seen = tr("after the model's answer was seen")
    rows.append(wrapped(tr("recorded {time} UTC, {seen}", time=at, seen=seen), "quiet"))
    return rows


def _segments(group: QButtonGroup, choices: Sequence[tuple[str, str]]) -> QWidget:
    """Buttons of which one is chosen, two in a row: words of any language have room."""
    holder = panel(QWidget(), "segments")
    grid = QGridLayout(holder)
    grid.setContentsMargins(2, 2, 2, 2)
    grid.setSpacing(2)
    for place, (code, words) in enumerate(choices):
        button = QToolButton()
        button.setText(tr(words))
        button.setCheckable(True)
        button.setProperty("segment", True)  # noqa: FBT003 - Qt's own signature
        button.setProperty("code", code)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        group.addButton(button)
        grid.addWidget(button, place // 2, place % 2)
    return holder


def _chosen(group: QButtonGroup) -> str:
    button: QAbstractButton | None = group.checkedButton()
    return str(button.property("code")) if button is not None else ""


class _Blank(QWidget):
    """The place of a number that is hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(56, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a grey bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.FIELD))
        painter.drawRoundedRect(QRectF(0, 4, self.width(), 8), 2, 2)
