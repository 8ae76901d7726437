"""The reading panel: what was answered, may it be believed, what moved it."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)

from engine.bundle import population_words
from engine.records import Call
from engine.types import (
    Analysis,
    BaselineAnswer,
    FrameHeader,
    Image,
    Mark,
    ModelInfo,
    Series,
    Suggestion,
    Trust,
)
from viewer.kit import theme
from viewer.kit.language import joined, marked, named, told, tr
from viewer.kit.live import live
from viewer.kit.measures import UNKNOWN
from viewer.kit.widgets import column_in, explain, label, panel, row_in, said
from viewer.kit.words import odd_series, visible
from viewer.read.blocks import (
    CheckRow,
    Disclosure,
    Fact,
    PanelEntry,
    Section,
    fits,
    picture,
    show_picture,
    wrapped,
)
from viewer.read.call import CallForm, CallQuestion, RecordedCalls
from viewer.read.evidence import evidence_rows
from viewer.read.findings import FindingsBlock
from viewer.read.found_block import FoundBlock, tells_task
from viewer.read.operating import ThresholdBlock
from viewer.read.result import SHORT, Prevalence, failure_rows, kind_words, result_rows
from viewer.read.second import SecondModel
from viewer.read.seen import SeenSection
from viewer.session.check_lines import CheckLine
from viewer.session.models import NOT_TESTED, MapState, MapTests
from viewer.session.readings import reasons
from viewer.session.thresholds import ThresholdPlace

# -------------------------------------------------------------------------- reading panel
# The reading panel: what the model says of this film, why, and who says so.
#
# Only what the engine delivered is shown. A result belongs to its film: `show_reading` and
# `show_failure` take the last one away. What most readers do not ask for lies behind a click.

RESEARCH_USE: Final = (marked("Research use only."), marked("Not a diagnosis."))
NOTHING: Final = marked("No film has been read yet.")
READING, FINDINGS = marked("Reading"), marked("Findings")
FIRST: Final = marked("your call first")
FIRST_CHECKS: Final = 4  # that passed, before the others are folded
FOOT_HEIGHT: Final = 40

Pairs = tuple[tuple[str, str], ...]
MARK_OF: dict[MapState, Mark] = {
    "passed": "passed",
    "failed": "failed",
    "not tested": "not asked",
}


class ReadingPane(QWidget):
    """Result, calls, evidence, units, checks, map, model and file; scrolls, its foot stays."""

    model_requested = Signal(str)  # name of a model that fits the film better
    card_requested = Signal(object)  # ModelInfo whose card is to be shown
    threshold_moved = Signal(object)  # where the reader puts the threshold; None: the model's
    second_requested = Signal(object)  # ModelInfo that is to read, too; None for none
    call_asked = Signal()  # the reader wants to record a call
    call_recorded = Signal(object)  # CallDraft
    call_appended = Signal(str)  # words to add to a call
    export_requested = Signal()  # of the reading

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self)
        self.setMinimumWidth(theme.READING_WIDTH["narrow"])
        self._result, self._call = Section(), Section()
        self.findings, self.found = FindingsBlock(), FoundBlock()  # in place of a result
        self._calls, self._second = Section(marked("My call")), Section(marked("A second model"))
        self._two = SecondModel(self._second)  # goes with the window also where no film is read
        self._two.chosen.connect(self.second_requested)
        self._block: ThresholdBlock | None = None
        self._point = ThresholdPlace()
        self._analysis: Analysis | None = None
        self._evidence = Section(marked("What moved the answer"))
        self._units = Section(marked("Chosen units"), marked("at this step"))
        self._checks = Section(marked("Is this image for this model?"))
        self._map, self._model = (
            Section(marked("Can the map be trusted?")),
            Section(marked("Model")),
        )
        self._file, self.seen = Section(marked("File")), SeenSection()
        self._prevalence = ""  # what the reader typed, for every film and model; never kept
        self._units_shown: Pairs = ()
        self._carded: ModelInfo | None = None  # whose card the rows are
        self._card: tuple[list[QWidget], list[QWidget]] = ([], [])
        self._tests, self._mapped = NOT_TESTED, False
        self._start: BaselineAnswer | None = None  # of the map that is shown
        self._scroll = _scroll_area(self._sections())
        column = column_in(self, 0)
        self._head = _Head()
        column.addWidget(self._head)
        column.addWidget(self._scroll, 1)
        self._buttons = _Buttons()
        self._buttons.record.clicked.connect(self.call_asked)
        self._buttons.export.clicked.connect(self.export_requested)
        column.addWidget(self._buttons)
        self._foot = label()
        column.addWidget(_foot(self._foot))
        live(self, ReadingPane._dress)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No film is open."""
        self._blank()
        self._file.replace([])
        self._calls.replace([])
        self._buttons.hide()
        words = said(NOTHING, "quiet")
        words.setWordWrap(True)
        self._result.replace([words])

    def show_reading(self, name: str = "") -> None:
        """A film is being read, or passed without a name: the result of the one before goes."""
        self._blank()
        words = tr("Reading {name} …", name=name) if name else UNKNOWN
        self._result.replace([wrapped(words, "quiet")])

    def show_failure(self, sentence: str) -> None:
        """The model gave no usable answer, and why."""
        self._blank()
        self._result.replace(failure_rows(tr("Not read"), told(sentence)))

    def show_analysis(self, analysis: Analysis) -> None:
        """Show an answer with its evidence, or why the model abstained; the model either way."""
        prediction, influence = analysis.prediction, analysis.influence
        self._analysis, self._block = analysis, None
        self._head.name(several=bool(analysis.task_answer and analysis.task_answer.labels))
        self._call.replace([])
        self._buttons.show()
        if analysis.abstained is not None or prediction is None:
            self._evidence.replace([])
            self.show_units(())
            self._head.say_kind("")
            rows = failure_rows(tr("No answer"), *reasons(analysis))
            suggestion = analysis.trust.suggestion if analysis.trust else None
            rows += _suggestion_rows(suggestion, self.model_requested.emit)
            self._result.replace(rows)
        else:
            trust = analysis.trust or Trust(())
            self._block = self._threshold_block(analysis)
            rows = result_rows(prediction, analysis.model, trust, block=self._block)
            of_film = analysis.model.objective.of_film
            self._head.say_kind(kind_words(prediction, analysis.model, trust) if of_film else "")
            self._result.replace([] if tells_task(analysis.task_answer) else rows)
            moved = evidence_rows(influence, analysis.model) if influence is not None else []
            self._evidence.replace(moved)
        self._mapped = prediction is not None and influence is not None
        self._start = influence.baseline if influence is not None else None
        self.show_map_tests(self._tests)
        self._second.replace([self._two])
        first, rest = self._card_of(analysis.model)
        self._model.replace([*first, *_read_rows(analysis), *rest])

    # ------------------------------------------------------------------ threshold, second model
    def show_threshold(self, point: ThresholdPlace) -> None:
        """The threshold of the model that reads is another, or it is known what it does."""
        self._point = point
        if self._block is not None:
            self._block.show_point(point)

    def show_models(self, models: tuple[ModelInfo, ...], second: Path | None) -> None:
        """Which models could read this film, too, and which of them does."""
        self._two.show_models(models, second)
        if second is None:
            self._two.show_nothing()

    def wait_for_second(self) -> None:
        """The second model reads."""
        self._two.show_waiting()

    def show_second(self, second: Analysis) -> None:
        """What the second model says of the same film."""
        if self._analysis is not None:
            self._two.show_answers(self._analysis, second)

    # ------------------------------------------------------------------ own calls
    def ask_for_call(self, question: CallQuestion, model: ModelInfo | None = None) -> None:
        """Ask for the reader's own call; what hides the answer leaves nothing of it here."""
        form = self.form
        kept = form is not None and form.question == question  # what was filled in stays
        if question.hides:
            self._blank(keep_call=kept)
            self._result.replace([])
            self._head.say_kind(FIRST)
            if model is not None:
                first, rest = self._card_of(model)
                self._model.replace([*first, *rest])
        self._buttons.hide()
        if not kept:
            form = CallForm(question)
            form.recorded.connect(self.call_recorded)
            self._call.replace([form])
            self._scroll.verticalScrollBar().setValue(0)

    @property
    def form(self) -> CallForm | None:
        """The form that asks for a call; None while none is asked for."""
        return next((row for row in self._call.rows if isinstance(row, CallForm)), None)

    def say_again(self) -> None:
        """A form that is filled in, in the words of this moment."""
        form = self.form
        if form is not None:
            again = form.again()
            again.recorded.connect(self.call_recorded)
            self._call.replace([again])

    def show_calls(self, calls: tuple[Call, ...]) -> None:
        """The reader's calls on this film; locked."""
        rows: list[QWidget] = []
        if calls:
            recorded = RecordedCalls(calls)
            recorded.appended.connect(self.call_appended)
            recorded.again_requested.connect(self.call_asked)
            rows = [recorded]
            self._call.replace([])
        self._calls.replace(rows)
        self._buttons.record.setVisible(not calls)

    def show_file(self, image: Image, header: FrameHeader, series: Series | None = None) -> None:
        """What is odd about file and series, and what it is: the same that `info` says of it."""
        self._file.replace(_file_parts(image, header, series))

    def show_map_tests(self, tests: MapTests) -> None:
        """Say whether the map may be trusted, where there is one; kept for the next film."""
        self._tests = tests
        rows: list[QWidget] = [CheckRow(CheckLine(tr(tests.words), "", MARK_OF[tests.state]))]
        if tests.lines:
            lines = tests.lines
            rows.append(
                Disclosure(tr("How it was tested"), lambda: [wrapped(one) for one in lines])
            )
        if self._start is not None and self._start.kind not in tests.starts:
            words = tr("Not tested from {film}.").format(film=told(self._start.words))
            rows.insert(0, CheckRow(CheckLine(words, "", "not asked")))
        self._map.replace(rows if self._mapped else [])

    def show_units(self, rows: Pairs) -> None:
        """Show the chosen hidden units as (name, value at the cursor's row)."""
        facts = [row for row in self._units.rows if isinstance(row, Fact)]
        names = [name for name, _ in rows]
        if names and names == [name for name, _ in self._units_shown]:
            for fact, (_, value) in zip(facts, rows, strict=True):
                fact.show_value(value)
        else:
            self._units.replace([Fact(name, value, "accent") for name, value in rows])
        self._units_shown = rows

    def show_checks(self, lines: tuple[CheckLine, ...]) -> None:
        """Show what speaks for and against this image."""
        self._checks.replace(_check_rows(lines))

    def _threshold_block(self, analysis: Analysis) -> ThresholdBlock | None:
        prediction, model = analysis.prediction, analysis.model
        if prediction is None or model.threshold is None or prediction.target != model.positive:
            return None
        interval = analysis.trust.interval if analysis.trust is not None else None
        block = ThresholdBlock(
            float(prediction.probabilities[prediction.target]),
            model,
            interval=interval,
            prevalence=self._prevalence_field(),
        )
        block.moved.connect(self.threshold_moved)
        if self._point.models == model.threshold.value:
            block.show_point(self._point)
        return block

    def _prevalence_field(self) -> Prevalence:
        field = Prevalence()
        field.field.setText(self._prevalence)
        field.field.textChanged.connect(self._keep_prevalence)
        return field

    def _keep_prevalence(self, text: str) -> None:
        self._prevalence = text

    def _card_of(self, model: ModelInfo) -> tuple[list[QWidget], list[QWidget]]:
        """Its card is made once; only where and how fast a film was read is new."""
        if self._carded != model:
            self._carded, self._card = model, self._card_rows(model)
        return self._card

    def _card_rows(self, model: ModelInfo) -> tuple[list[QWidget], list[QWidget]]:
        """Above and below the line that says where a film was read."""
        button = QPushButton(tr("Model card and its limits …"))
        button.clicked.connect(lambda: self.card_requested.emit(model))
        first, rest = _model_rows(model)
        return first, [*rest, button]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the foot between its sentences where both do not fit one line."""
        super().resizeEvent(event)
        self._word_foot()

    def _dress(self) -> None:
        self._carded = None  # a card keeps the words and colours that it was made with
        self._word_foot()

    def _word_foot(self) -> None:
        sentences = [tr(sentence) for sentence in RESEARCH_USE]
        line = joined(*sentences)
        one_line = fits(line, self.width() - theme.MARGIN - 16 - 2 * theme.GAP)
        self._foot.setText(line if one_line else "\n".join(sentences))

    def _blank(self, *, keep_call: bool = False) -> None:
        self._head.say_kind("")
        self._head.name(several=False)
        self._mapped, self._analysis, self._block = False, None, None
        for section in (self._evidence, self._checks, self._map, self._calls):
            section.replace([])
        if not keep_call:
            self._call.replace([])
        self.seen.show_view(None)
        self._second.hide()  # its box is kept for the next film
        self._two.show_nothing()
        self._model.hide()  # its rows are kept for the next film
        self.show_units(())
        self._scroll.verticalScrollBar().setValue(0)

    def _sections(self) -> QWidget:
        content = panel(QWidget())
        column = column_in(content, 20, (theme.MARGIN, 4, theme.MARGIN, theme.MARGIN))
        for section in (
            self._call, self._result, self.findings, self.found, self._calls, self._units,
            self._checks, self._map, self._model, self.seen, self._evidence, self._second,
            self._file,
        ):  # fmt: skip
            column.addWidget(section)
        column.addStretch(1)
        return content


def _suggestion_rows(suggestion: Suggestion | None, ask: Callable[[str], object]) -> list[QWidget]:
    """What to do with the film instead, one click away where a model fits."""
    if suggestion is None:
        return []
    rows: list[QWidget] = [wrapped(told(suggestion.sentence))]
    name = suggestion.model
    if name is not None:
        button = QPushButton(tr("Read with this model"))
        button.clicked.connect(lambda: ask(name))
        rows.append(button)
    return rows


def _check_rows(lines: tuple[CheckLine, ...]) -> list[QWidget]:
    """All that speaks against the image and the first of what does not; the rest on a click."""
    passed = [line for line in lines if line.mark == "passed"]
    folded = passed[FIRST_CHECKS:] if len(passed) > FIRST_CHECKS + 1 else []
    rows: list[QWidget] = [CheckRow(line) for line in lines if line not in folded]
    if folded:
        words = tr("%n more passed", "", n=len(folded))
        rows.append(Disclosure(words, lambda: [CheckRow(line) for line in folded]))
    return rows


def _read_rows(analysis: Analysis) -> list[QWidget]:
    if not analysis.device or analysis.abstained is not None:
        return []
    device, seconds = analysis.device, analysis.seconds
    words = tr("{device}, {seconds:.2f} s", device=device, seconds=seconds)
    return [PanelEntry(tr("Read on"), words)]


def _model_rows(model: ModelInfo) -> tuple[list[QWidget], list[QWidget]]:
    """What stands above and below the line that says where a film was read."""
    weights = PanelEntry(tr("Weights"), _short(model.sha256))
    weights.setToolTip(f"sha256 {model.sha256}")
    name = PanelEntry(tr("Name"), f"{model.name} {model.version}")
    explain(name, visible(str(model.path)))  # another model may have the same name
    rows: list[QWidget] = []
    if model.data_source:
        rows.append(PanelEntry(tr("Made from"), named(model.data_source)))
    rows.append(PanelEntry(tr("Held against a header"), told(population_words(model.population))))
    if model.results:
        figures = model.results
        made = Disclosure(
            tr("All that was measured"),
            lambda: [PanelEntry(told(name), told(value)) for name, value in figures],
        )
        rows.append(made)
    return [name, PanelEntry(tr("Kind"), named(model.architecture)), weights], rows


def _file_parts(image: Image, header: FrameHeader, series: Series | None) -> list[QWidget]:
    odd = [told(note.words) for note in image.notes] + [*odd_series(series)]
    notes: list[QWidget] = [CheckRow(CheckLine(words, "", "doubtful")) for words in odd]
    words = tr("{format}, {columns} × {rows}, {bits} bits")
    size = {"columns": image.columns, "rows": image.rows, "bits": image.bits_stored}
    kind = words.format(format=image.format, **size)
    return [*notes, Disclosure(kind, lambda: _file_rows(image, header))]


def _file_rows(image: Image, header: FrameHeader) -> list[QWidget]:
    low, high = header.value_range
    values = tr("{low:g} to {high:g}", low=low, high=high).replace("-", "−")
    pairs = [
        (tr("Format"), image.format),
        (tr("Encoding"), told(image.encoding)),
        (tr("Decoder"), image.decoder),
        (tr("Loss"), told(image.lossy)),
        (tr("Frames"), f"{image.frame_count:,}"),
        (tr("Photometric"), image.photometric),
        (tr("Values"), f"{values} {header.unit}".strip()),
    ]
    return [PanelEntry(name, value) for name, value in pairs if value]


def _short(sha256: str) -> str:
    return f"{sha256[:8]}…{sha256[-4:]}" if len(sha256) > 12 else sha256


class _Head(QWidget):
    """The panel's name, and what the number of the result is."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.HEAD)
        self._kind = label("", "quiet")
        row = row_in(self, theme.GAP, (theme.MARGIN, 0, theme.MARGIN, 0))
        self._name = said(READING, "heading")
        row.addWidget(self._name)
        row.addStretch(1)
        row.addWidget(self._kind)

    def name(self, *, several: bool) -> None:
        """What the panel lists: one reading, or several findings."""
        self._name.setText(tr(FINDINGS if several else READING))

    def say_kind(self, words: str) -> None:
        """What the number is, marked: in a few words, and whole as a tip."""
        self._kind.setText(tr(SHORT.get(words, words)) if words else "")
        explain(self._kind, tr(words) if words in SHORT else "")


class _Buttons(QWidget):
    """What is done with a reading, at the foot."""

    def __init__(self) -> None:
        super().__init__()
        self.record, self.export = QPushButton(), QPushButton()
        row = row_in(self, theme.GAP, (theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP))
        for button in (self.record, self.export):
            button.setProperty("tight", "true")  # both words fit the narrowest panel
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button, 1)
        live(self, _Buttons._dress)
        self.hide()

    def _dress(self) -> None:
        self.record.setText(tr("Record my call"))
        self.export.setText(tr("Export reading"))


def _foot(words: QLabel) -> QWidget:
    foot = panel(QWidget(), "field")
    foot.setFixedHeight(FOOT_HEIGHT)
    row = row_in(foot, theme.GAP, (theme.MARGIN, 0, theme.GAP, 0))
    row.addWidget(live(picture("info", "quiet"), lambda icon: show_picture(icon, "info", "quiet")))
    row.addWidget(words, 1)
    return foot


def _scroll_area(content: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(content)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # arrow keys belong to the row cursor
    bar = area.verticalScrollBar()
    bar.setSingleStep(20)

    def hold_width(_low: int, high: int) -> None:
        """Let the bar stand in the margin, so that no line breaks anew when it appears."""
        right = theme.MARGIN - bar.sizeHint().width() if high > 0 else theme.MARGIN
        margins = content.contentsMargins()
        column = content.layout()
        if column is not None:
            margins = column.contentsMargins()
            margins.setRight(right)
            column.setContentsMargins(margins)

    bar.rangeChanged.connect(hold_width)
    return area
