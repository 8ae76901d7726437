"""Joins worklist, reading panel and session: thresholds, a second model, calls, exports."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from engine.records import Call, write_table
from engine.types import Analysis, Identity, ModelInfo
from viewer.kit.language import told, tr
from viewer.kit.live import live
from viewer.read.call import CallDraft, CallQuestion
from viewer.read.entries import Listed
from viewer.read.panel import ReadingPane
from viewer.read.worklist import Worklist
from viewer.read.worklist_table import WORKLIST_HEADER, worklist_rows
from viewer.session.choices import Message
from viewer.session.loading import Content, Film
from viewer.session.session import Session
from viewer.session.settings import Settings
from viewer.session.stacks import Stack
from viewer.session.thresholds import ThresholdPlace


def listed(stack: Stack) -> Listed:
    """A stack as the worklist has it."""
    series, study = stack.series, stack.study
    return Listed(
        stack.key,
        tuple((frame.path, frame.index) for frame in stack.frames),
        identity=study.identity if study is not None else Identity(),
        study=study.uid if study is not None else "",
        series=series.uid if series is not None else "",
        number=series.number if series is not None else None,
        description=series.description if series is not None else "",
        modality=series.modality if series is not None else "",
        face=(len(stack) - 1) // 2,
    )


class ReadingDesk(QObject):
    """What a reader does with films and answers; panel and list only show and ask.

    Args:
        session: Reads.
        worklist: Shows the stacks.
        panel: Shows the answer of the active pane.
        settings: Know whether the reader's own call comes first.
    """

    def __init__(
        self, session: Session, worklist: Worklist, panel: ReadingPane, settings: Settings
    ) -> None:
        super().__init__(panel)
        self._session, self._list, self._panel = session, worklist, panel
        self._settings = settings
        self._truth: dict[str, int] = {}
        self._wire()
        live(self, ReadingDesk._dress)
        session.analyses.calls.reader = settings.reader
        if settings.call_first:
            self.call_first(on=True)

    def _wire(self) -> None:
        analyses, panel, worklist = self._session.analyses, self._panel, self._list
        calls = analyses.calls
        analyses.thresholds.changed.connect(self._on_threshold)
        panel.threshold_moved.connect(analyses.thresholds.move)
        panel.second_requested.connect(self.read_with_second)
        analyses.second_known.connect(panel.show_second)
        self._session.models.listed.connect(self._on_models)
        self._session.model_changed.connect(lambda _model: self._on_models())
        self._session.annotations.changed.connect(lambda _subject: self._count_marks())
        analyses.call_awaited.connect(self._on_call_awaited)
        analyses.analysed.connect(self._on_analysed)
        panel.call_asked.connect(self.ask_for_call)
        panel.call_recorded.connect(self.record)
        panel.call_appended.connect(self.append)
        calls.changed.connect(lambda: worklist.call_first(on=calls.first))
        calls.warned.connect(lambda words: self._say(told(words), "warning"))
        session = self._session
        session.films.stacks_changed.connect(self._on_stacks)
        session.films.removed.connect(worklist.remove)
        worklist.removal_requested.connect(session.close_films)
        worklist.image_requested.connect(self._show_image)
        worklist.stop_requested.connect(analyses.stop_list)
        worklist.go_on_requested.connect(analyses.go_on)
        worklist.export_requested.connect(self.ask_to_export_list)
        worklist.reading_requested.connect(self._on_reading_requested)
        session.series.changed.connect(self._show_images)
        analyses.paused.connect(lambda paused: worklist.show_stopped(stopped=paused))

    def _dress(self) -> None:
        """Say what does not say itself again, in the words of this moment."""
        self._on_models()
        film, form = self._session.film, self._panel.form
        if film is not None and form is not None and form.question.hides:
            self._on_call_awaited(film)
        self._panel.say_again()
        if self._session.analysis is not None:
            self._on_analysed(self._session.analysis)

    @property
    def _content(self) -> Content:
        return self._session.pointer.viewport.content

    def _on_stacks(self, stacks: tuple[Stack, ...]) -> None:
        self._list.list_stacks(tuple(map(listed, stacks)))
        for stack in stacks:
            if len(stack) > 1:
                self._show_images(stack.key)

    # ------------------------------------------------------------------ images of series
    def read_series(self) -> bool:
        """Let the model read all images of the series on screen; False where there is none."""
        stack = self._session.pointer.viewport.stack
        known = self._session.stacks.by_key(stack.key) if stack is not None else None
        if known is None or len(known) < 2 or self._session.model is None:
            return False
        self._read(known)
        return True

    def ask_for_series(self) -> None:
        """The same, and say why nothing happens where nothing does."""
        if not self.read_series():
            self._say(tr("Open a series first: the film on screen is a single one."), "info")

    def _on_reading_requested(self, key: str, begins: bool) -> None:  # noqa: FBT001 - a slot
        stack = self._session.stacks.by_key(key)
        if not begins:
            self._session.series.stop()
        elif stack is not None:
            self._read(stack)

    def _read(self, stack: Stack) -> None:
        self._list.show_stopped(stopped=False)
        self._session.series.read(stack)

    def _show_images(self, key: str) -> None:
        stack, series = self._session.stacks.by_key(key), self._session.series
        if stack is not None:
            self._list.show_images(key, series.outcomes(stack), asked=series.reads(key))

    def _show_image(self, key: str, place: int) -> None:
        stack = self._session.stacks.by_key(key)
        if stack is not None:
            self._session.show(stack, place)

    # ------------------------------------------------------------------ thresholds and models
    def _on_threshold(self, point: ThresholdPlace) -> None:
        self._panel.show_threshold(point)
        self._list.hold_against(point.value if point.own else None)

    def step_threshold(self, by: float) -> None:
        """Move the threshold a little, where it can be moved."""
        thresholds = self._session.analyses.thresholds
        value = thresholds.point.value
        if value is not None:
            thresholds.move(round(min(max(value + by, 0.01), 0.99), 2))

    def read_with_second(self, model: ModelInfo | None) -> None:
        """Let another model read the same film, too; None: no longer."""
        self._session.analyses.choose_second(model)
        self._on_models()
        if model is not None and self._session.analysis is not None:
            self._panel.wait_for_second()
            self._session.analyses.choose_second(model)

    def _on_models(self) -> None:
        models, current = self._session.models.all, self._session.model
        second = self._session.analyses.second
        if second is not None and current is not None and second.path == current.path:
            self._session.analyses.choose_second(None)
            second = None
        others = tuple(one for one in models if current is None or one.path != current.path)
        self._panel.show_models(others, second.path if second is not None else None)

    # ------------------------------------------------------------------ own calls
    def call_first(self, *, on: bool) -> None:
        """Hide every answer until the reader's own call, or show them as they come."""
        self._settings.call_first = on
        calls = self._session.analyses.calls
        if calls.first != on:
            calls.choose(first=on)

    def name_reader(self, code: str) -> None:
        """Whose calls these are."""
        self._session.analyses.calls.name(code)
        self._settings.reader = self._session.analyses.calls.reader

    def ask_for_call(self) -> None:
        """Ask for a call on the film that is shown, whose answer may have been seen."""
        film = self._session.film
        if film is not None:
            hides = self._session.analyses.calls.hides(film.key)
            self._panel.ask_for_call(self._question(film, hides=hides), self._session.model)

    def record(self, draft: CallDraft) -> Call | None:
        """Write the reader's call on the active film down; None where there is no film."""
        content = self._content
        if not content:
            return None
        made = self._session.analyses.calls.record(
            content,
            draft.answer,
            draft.confidence,
            finding=self._finding() if draft.answer in {"present", "absent", "unsure"} else "",
            compared=draft.compared,
            note=draft.note,
        )
        if made is not None:
            self._show_calls()
        return made

    def append(self, note: str) -> None:
        """Add words to the call on the active film."""
        self._session.analyses.calls.append(self._content, note)
        self._show_calls()

    def _show_calls(self) -> None:
        if not self._session.analyses.calls.hides(self._content):
            self._panel.show_calls(self._session.analyses.calls.of(self._content))

    def _on_call_awaited(self, film: Film) -> None:
        self._panel.ask_for_call(self._question(film, hides=True), self._session.model)

    def _count_marks(self) -> None:
        """Of the films that are on screen, which alone are drawn on."""
        kept = self._session.annotations
        for _, film in self._session.panes.shown():
            self._list.show_marks(film.key, len(kept.of(kept.subject_of(film))))

    def _on_analysed(self, _analysis: Analysis) -> None:
        self._show_calls()
        self._count_marks()

    def _question(self, film: Film, *, hides: bool) -> CallQuestion:
        finding = self._finding()
        model = self._session.model
        again = any(one.stage == "first" for one in self._session.analyses.calls.of(film.key))
        return CallQuestion(
            film.key,
            finding,
            model.classes if model is not None and not finding else (),
            prior=self._has_prior(),
            hides=hides,
            again=again,
        )

    def _finding(self) -> str:
        model = self._session.model
        if model is None or model.positive is None:
            return ""
        return model.classes[model.positive]

    def _has_prior(self) -> bool:
        """Whether another film of the same person is on screen."""
        shown = [film for _, film in self._session.panes.shown()]
        people = [(one.frame.image.identity.patient_id, one.key) for one in shown]
        mine = next((who for who, key in people if key == self._content), "")
        return bool(mine) and any(who == mine and key != self._content for who, key in people)

    # ------------------------------------------------------------------ for other programs
    def export_list(self, path: Path) -> None:
        """Write the worklist as a table, as it is sorted and filtered now."""
        analyses, model = self._session.analyses, self._session.model
        wish = replace(self._list.wish, own=analyses.thresholds.own)
        rows = worklist_rows(self._list.shown, analyses, model, wish, frames=self._session.series)
        self._write(path, lambda: write_table(path, WORKLIST_HEADER, rows))

    def export_calls(self, path: Path) -> None:
        """Write the reader study: calls, times and the models' answers."""
        calls = self._session.analyses.calls
        self._write(path, lambda: calls.export_calls(path, self._truth))

    def export_readings(self, path: Path) -> None:
        """Write the log of readings as a table."""
        self._write(path, lambda: self._session.analyses.calls.export_readings(path))

    def ask_to_export_list(self) -> None:
        """Let the reader say where the worklist goes."""
        self._ask(tr("Export the list"), "worklist.csv", self.export_list)

    def ask_to_export_calls(self) -> None:
        """Let the reader say where the reader study goes."""
        self._ask(tr("Export calls"), "reader-study.csv", self.export_calls)

    def ask_to_export_readings(self) -> None:
        """Let the reader say where the log of readings goes."""
        self._ask(tr("Export the log of readings"), "readings.csv", self.export_readings)

    def take_truth(self, truth: dict[str, int]) -> None:
        """Know of films by content whether the finding is there: it goes into the reader study."""
        self._truth = dict(truth)

    def _ask(self, title: str, name: str, write: Callable[[Path], None]) -> None:
        place = str(self._settings.folder / name)
        kinds = tr("Tables (*.csv)")
        chosen, _ = QFileDialog.getSaveFileName(self._panel.window(), title, place, kinds)
        if chosen:
            write(Path(chosen))

    def _write(self, path: Path, write: Callable[[], object]) -> None:
        try:
            write()
        except OSError as error:
            why = error.strerror or str(error)
            words = tr("{name} could not be written: {why}.", name=path.name, why=why)
            self._say(words, "error")
        else:
            self._say(tr("Saved {path}", path=path), "info")

    def _say(self, text: str, severity: str) -> None:
        kind = "error" if severity == "error" else "warning" if severity == "warning" else "info"
        self._session.message.emit(Message(text, kind))  # type: ignore[arg-type]
