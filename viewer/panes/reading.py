"""The reading panel: what the model says of this film, why, and who says so.

Only what the engine delivered is shown. A result belongs to its film: `show_reading` and
`show_failure` take the last one away. What most readers do not ask for lies behind a click.
"""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine import (
    Analysis,
    BaselineAnswer,
    Image,
    Influence,
    Mark,
    Suggestion,
    Trust,
    population_words,
)
from viewer import theme
from viewer.kit.language import marked, told, tr
from viewer.kit.live import live
from viewer.map_tests import NOT_TESTED, MapState, MapTests
from viewer.model_words import visible
from viewer.panes.reading_evidence import EvidenceTable, baseline_line
from viewer.panes.reading_figures import Prevalence
from viewer.panes.reading_parts import (
    CheckRow,
    Disclosure,
    Entry,
    Fact,
    Section,
    fits,
    picture,
    show_picture,
    wrapped,
)
from viewer.panes.reading_result import failure_rows, result_rows
from viewer.readings import reasons
from viewer.scaffold import explain, label, panel, said
from viewer.suitability import CheckLine

RESEARCH_USE: Final = (marked("Research use only."), marked("Not a diagnosis."))
NOTHING: Final = marked("No film has been read yet.")
FOOT_HEIGHT: Final = 40

Pairs = tuple[tuple[str, str], ...]
MARK_OF: dict[MapState, Mark] = {
    "passed": "passed",
    "failed": "failed",
    "not tested": "not asked",
}


class ReadingPane(QWidget):
    """Result, evidence, units, checks, map, model and file; scrolls, while its foot stays."""

    model_requested = Signal(str)  # name of a model that fits the film better
    card_requested = Signal(object)  # ModelInfo whose card is to be shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self)
        self.setFixedWidth(theme.READING_WIDTH["narrow"])
        self._result = Section()
        self._evidence = Section(marked("What moved the answer"))
        self._units = Section(marked("Chosen units"), marked("at this row"))
        self._checks = Section(marked("Is this image for this model?"))
        self._map = Section(marked("Can the map be trusted?"))
        self._model = Section(marked("Model"))
        self._file = Section(marked("File"))
        self._prevalence = ""  # what the reader typed, for every film and model; never kept
        self._units_shown: Pairs = ()
        self._tests, self._mapped = NOT_TESTED, False
        self._start: BaselineAnswer | None = None  # of the map that is shown
        self._scroll = _scroll_area(self._sections())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_head())
        column.addWidget(self._scroll, 1)
        self._foot = label()
        column.addWidget(_foot(self._foot))
        live(self, ReadingPane._word_foot)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No film is open."""
        self._blank()
        self._file.replace([])
        self._result.replace([wrapped(tr(NOTHING), "quiet")])

    def show_reading(self, name: str) -> None:
        """A film is being read: the result of the one before goes."""
        self._blank()
        self._result.replace([wrapped(tr("Reading {name} …", name=name), "quiet")])

    def show_failure(self, sentence: str) -> None:
        """The model gave no usable answer, and why."""
        self._blank()
        self._result.replace(failure_rows(tr("Not read"), told(sentence)))

    def show_analysis(self, analysis: Analysis) -> None:
        """Show an answer with its evidence, or why the model abstained; the model either way."""
        prediction, influence = analysis.prediction, analysis.influence
        if analysis.abstained is not None or prediction is None:
            self._evidence.replace([])
            self.show_units(())
            rows = failure_rows(tr("No answer"), *reasons(analysis))
            suggestion = analysis.trust.suggestion if analysis.trust else None
            self._result.replace(rows + self._suggestion_rows(suggestion))
        else:
            trust, field = analysis.trust or Trust(()), self._prevalence_field()
            self._result.replace(result_rows(prediction, analysis.model, trust, prevalence=field))
            self._evidence.replace([] if influence is None else _evidence(influence, analysis))
        self._mapped = prediction is not None and influence is not None
        self._start = influence.baseline if influence is not None else None
        self.show_map_tests(self._tests)
        self._model.replace([*_model_rows(analysis), self._card_row(analysis)])

    def show_file(self, image: Image) -> None:
        """What is odd about the file, and what it is: the same that `info` says of it."""
        notes: list[QWidget] = [
            CheckRow(CheckLine(told(note.words), "", "doubtful")) for note in image.notes
        ]
        words = tr("{format}, {columns} × {rows}, {bits} bits")
        size = {"columns": image.columns, "rows": image.rows, "bits": image.bits_stored}
        kind = words.format(format=image.format, **size)
        self._file.replace([*notes, Disclosure(kind, lambda: _file_rows(image))])

    def show_map_tests(self, tests: MapTests) -> None:
        """Say whether the map may be trusted, where there is one; kept for the next film."""
        self._tests = tests
        rows: list[QWidget] = [CheckRow(CheckLine(tr(tests.words), "", MARK_OF[tests.state]))]
        if tests.lines:
            lines = tests.lines
            rows.append(
                Disclosure(tr("How it was tested"), lambda: [wrapped(one) for one in lines])
            )
        if self._start is not None and self._start.kind != "mean":
            words = tr("Not tested from {film}, only from the mean film.")
            words = words.format(film=told(self._start.words))
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
        self._checks.replace([CheckRow(line) for line in lines])

    def _suggestion_rows(self, suggestion: Suggestion | None) -> list[QWidget]:
        """What to do with the film instead, one click away where a model fits."""
        if suggestion is None:
            return []
        rows: list[QWidget] = [wrapped(told(suggestion.sentence))]
        name = suggestion.model
        if name is not None:
            button = QPushButton(tr("Read with this model"))
            button.clicked.connect(lambda: self.model_requested.emit(name))
            rows.append(button)
        return rows

    def _prevalence_field(self) -> Prevalence:
        field = Prevalence()
        field.field.setText(self._prevalence)
        field.field.textChanged.connect(self._keep_prevalence)
        return field

    def _keep_prevalence(self, text: str) -> None:
        self._prevalence = text

    def _card_row(self, analysis: Analysis) -> QWidget:
        button = QPushButton(tr("Model card and its limits …"))
        button.clicked.connect(lambda: self.card_requested.emit(analysis.model))
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the foot between its sentences where both do not fit one line."""
        super().resizeEvent(event)
        self._word_foot()

    def _word_foot(self) -> None:
        sentences = [tr(sentence) for sentence in RESEARCH_USE]
        one_line = fits(" ".join(sentences), self.width() - theme.MARGIN - 16 - 2 * theme.GAP)
        self._foot.setText((" " if one_line else "\n").join(sentences))

    def _blank(self) -> None:
        self._mapped = False
        for section in (self._evidence, self._checks, self._map, self._model):
            section.replace([])
        self.show_units(())
        self._scroll.verticalScrollBar().setValue(0)

    def _sections(self) -> QWidget:
        content = panel(QWidget())
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, theme.MARGIN)
        column.setSpacing(20)
        for section in (
            self._result, self._evidence, self._units, self._checks, self._map, self._model,
            self._file,
        ):  # fmt: skip
            column.addWidget(section)
        column.addStretch(1)
        return content


def _evidence(influence: Influence, analysis: Analysis) -> list[QWidget]:
    """What moved the answer, after what is missing from it."""
    line = baseline_line(influence, analysis.model)
    table = EvidenceTable(influence)
    return [table] if line is None else [CheckRow(line), table]


def _model_rows(analysis: Analysis) -> list[QWidget]:
    model = analysis.model
    weights = Entry(tr("Weights"), _short(model.sha256))
    weights.setToolTip(f"sha256 {model.sha256}")
    name = Entry(tr("Name"), f"{model.name} {model.version}")
    explain(name, visible(str(model.path)))  # another model may have the same name
    rows: list[QWidget] = [
        name,
        Entry(tr("Kind"), model.architecture),
        weights,
    ]
    if analysis.device and analysis.abstained is None:
        rows.append(Entry(tr("Read on"), f"{analysis.device}, {analysis.seconds:.2f} s"))
    if model.data_source:
        rows.append(Entry(tr("Made from"), told(model.data_source)))
    rows.append(Entry(tr("Held against a header"), told(population_words(model.population))))
    if model.results:
        figures = model.results
        made = Disclosure(
            tr("All that was measured"),
            lambda: [Entry(told(name), told(value)) for name, value in figures],
        )
        rows.append(made)
    return rows


def _file_rows(image: Image) -> list[QWidget]:
    low, high = image.value_range
    values = tr("{low:g} to {high:g}", low=low, high=high).replace("-", "−")
    pairs = [
        (tr("Format"), image.format),
        (tr("Encoding"), told(image.encoding)),
        (tr("Decoder"), image.decoder),
        (tr("Loss"), told(image.lossy)),
        (tr("Frames"), f"{image.frame_count:,}"),
        (tr("Photometric"), image.photometric),
        (tr("Values"), f"{values} {image.unit}".strip()),
    ]
    return [Entry(name, value) for name, value in pairs if value]


def _short(sha256: str) -> str:
    return f"{sha256[:8]}…{sha256[-4:]}" if len(sha256) > 12 else sha256


def _head() -> QWidget:
    head = QWidget()
    head.setFixedHeight(theme.HEAD)
    row = QHBoxLayout(head)
    row.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
    row.addWidget(said(marked("Reading"), "heading"))
    return head


def _foot(words: QLabel) -> QWidget:
    foot = panel(QWidget(), "field")
    foot.setFixedHeight(FOOT_HEIGHT)
    row = QHBoxLayout(foot)
    row.setContentsMargins(theme.MARGIN, 0, theme.GAP, 0)
    row.setSpacing(theme.GAP)
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
