"""Answers of the network: asked for, remembered, and shown wherever their film is on screen.

An answer belongs to a frame by its content, and to a model: two viewports, or two files that hold
one film, share it. An answer that waits for the reader's own call (`Calls.hides`) is known here
and nowhere else: no signal carries it, no viewport has it, `said` does not say it.
"""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine import analyse_rows
from engine.preparation import prepare
from engine.records import Store, moment
from engine.types import Analysis, ModelInfo, PreparedFilm
from viewer.kit.language import sentence_of
from viewer.session import readings
from viewer.session.calls import Calls
from viewer.session.choices import MapChoice, Outcome, start_of
from viewer.session.film_list import FilmList
from viewer.session.jobs import Job, Lane
from viewer.session.loading import Content, Survey
from viewer.session.located import Located
from viewer.session.models import Audits, Models
from viewer.session.pointer import Pointer, Viewports
from viewer.session.thresholds import Thresholds


class Analyses(QObject):
    """Asks the network once for each frame and model, whoever shows the answer.

    Args:
        models: The current one reads.
        films: Know which files hold a film.
        panes: Show answers.
        inference: Lane of the process that reads.
        records: Where readings and calls are kept.
        parent: Of the Qt object.
    """

    reading_started = Signal(str)  # name of the file that the active viewport shows
    blanked = Signal()  # the active viewport shows a frame that no answer is asked for yet
    result_known = Signal(str, object)  # Content, Outcome
    answered = Signal(object)  # Analysis of any film of the list
    analysed = Signal(object)  # Analysis of what the active viewport shows
    analysis_failed = Signal(object)  # BaseException: it gets none
    lost = Signal(object)  # BaseException: nor does a film of the list
    paused = Signal(bool)  # whether no more films of the list are read for now
    call_awaited = Signal(object)  # Film: its answer is hidden until the reader's own call
    second_known = Signal(object)  # Analysis of the same film by the second model
    model_differs = Signal(object)  # ModelInfo: the folder holds another one than was listed

    def __init__(
        self,
        models: Models,
        films: FilmList,
        *,
        panes: Viewports,
        inference: Lane,
        records: Store,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._models, self._films, self._panes = models, films, panes
        self._preparing, self._inference = Lane("thread", self), inference
        self.lanes = (self._preparing, self._inference)
        self.audits = Audits(films.surveying, self)
        self.thresholds = Thresholds(films.surveying, self)
        self.calls, self.located = Calls(records, self), Located(panes, self)
        self.second: ModelInfo | None = None
        self.calls.changed.connect(self._on_calls_changed)
        self.calls.recorded.connect(lambda call: self._tell(Content(call.content)))
        self._known = readings.KnownAnswers()
        self._read_at: dict[Content, str] = {}
        films.surveyed.connect(self._on_surveyed)

    def said(self, path: Path) -> Analysis | None:
        """What the current model says of the first frame that a file of the list holds."""
        return self.said_of(self._films.content(path))

    def said_of(self, content: Content) -> Analysis | None:
        """What the current model says of a film; None where that is hidden or not known."""
        if not content or self.calls.hides(content):
            return None
        return self._known.said(content, self._models.current)

    def knows(self, content: Content) -> bool:
        """Whether the current model has read a film, hidden or not."""
        return bool(content) and self._known.said(content, self._models.current) is not None

    def outcome(self, content: Content) -> Outcome:
        """What a list says of a film at this moment."""
        if self.calls.hides(content):
            return Outcome(hidden=True)
        known = self._known.said(content, self._models.current)
        return readings.outcome(known) if known is not None else Outcome()

    def read_quietly(self, prepared: PreparedFilm, content: Content) -> None:
        """Ask for the answer to a film that nobody waits for."""
        if (model := self._models.current) is not None:
            choice = self._panes.active.choice
            self._infer(prepared, content, model=model, choice=choice, urgent=False)

    def read_at(self, content: Content) -> str:
        """When the current model read a film, UTC; empty where it did not in this run."""
        return self._read_at.get(content, "")

    def hides(self, path: Path) -> bool:
        """Whether the answer to the first frame of a file waits for the reader's own call."""
        return self.calls.hides(self._films.content(path))

    def withholds(self, path: Path) -> bool:
        """The same of any file; of one whose film is not known a call cannot be known, either."""
        return self.calls.first and (not self._films.content(path) or self.hides(path))

    def choose_suggested(self) -> None:
        """Read with the model that fits the film which the current one does not read."""
        shown = self._panes.active.analysis
        trust = shown.trust if shown is not None else None
        if trust is not None and trust.suggestion is not None and trust.suggestion.model:
            self._models.choose_named(trust.suggestion.model)

    def ask(self, pointer: Pointer) -> None:
        """Show the answer to the film of a viewport, as soon as it is there."""
        film, model, choice = pointer.film, self._models.current, pointer.choice
        if film is None or not self._models.all:
            return
        active = pointer is self._panes.active
        self.calls.note_film(film.key)
        if active and self.calls.hides(film.key):
            self.call_awaited.emit(film)
        elif active:
            self.reading_started.emit(film.frame.image.path.name)
        if model is None:  # the one of the start is on its way
            return
        self.audits.ask(model)
        self.thresholds.ask(model)
        known = self._known.of(film.key, model)
        if known is not None and readings.starts_as(known, choice):
            self._show(pointer, known)
            return
        done = partial(self._infer, key=film.key, model=model, choice=choice, urgent=active)
        failed = self.analysis_failed.emit if active else partial(self._on_lost, film.key)
        job = Job(prepare, (film.frame, model), done, failed, urgent=active)
        self._preparing.submit(job)

    def blank(self, pointer: Pointer) -> None:
        """Another frame is shown, for which no answer is asked yet."""
        if pointer.film is not None and self._models.all:
            self.blanked.emit()

    def ask_all(self) -> None:
        """The same for every viewport, as another model reads from now on."""
        self._inference.forget()
        self._read_at.clear()
        for pointer in self._panes.all:
            pointer.blank()
            self.ask(pointer)

    # ------------------------------------------------------------------ own calls
    def _on_calls_changed(self) -> None:
        """The mode or the reader is another: what is hidden now goes, what is not comes back."""
        for pointer in self._panes.all:
            # The cursor stands where the answer was moved most: that would tell it, too.
            hides = pointer.film is not None and self.calls.hides(pointer.film.key)
            pointer.blank(keep_cursor=not hides)
            self.ask(pointer)
        for path in self._films.paths:
            if (content := self._films.content(path)) and self._films.reason(path) is None:
                self._tell(content)

    def _tell(self, key: Content) -> None:
        """Say what is known of a film, to whoever may know it now."""
        known = self._known.said(key, self._models.current)
        if self.calls.hides(key):
            self.result_known.emit(key, Outcome(hidden=True))
        elif known is not None:
            self._on_analysed(key, known)
            for pointer in self._panes.all:  # maps and states may have been forgotten since
                film = pointer.film
                if film is not None and film.key == key and pointer.analysis is None:
                    self.ask(pointer)
        else:
            self.result_known.emit(key, Outcome())

    # ------------------------------------------------------------------ a second model
    def choose_second(self, model: ModelInfo | None) -> None:
        """Let another model read what the active viewport shows, beside the one that reads."""
        self.second = model
        self._ask_second(self._panes.active)

    def _ask_second(self, pointer: Pointer) -> None:
        film, model = pointer.film, self.second
        if model is None or film is None or pointer.analysis is None:
            return
        if (known := self._known.said(film.key, model)) is not None:
            self._show_second(film.key, known)
            return
        done = partial(self._infer_second, key=film.key, model=model)
        self._preparing.submit(Job(prepare, (film.frame, model), done, self.lost.emit, ahead=True))

    def _infer_second(self, prepared: PreparedFilm, *, key: Content, model: ModelInfo) -> None:
        rows = (model.path, prepared, "mean")
        done = partial(self._show_second, key)
        self._inference.submit(Job(analyse_rows, rows, done, self.lost.emit, ahead=True))

    def _show_second(self, key: Content, analysis: Analysis) -> None:
        self._known.add(key, analysis)
        film, second = self._panes.active.film, self.second
        wanted = second is not None and analysis.model.path == second.path
        if wanted and film is not None and film.key == key and not self.calls.hides(key):
            self.calls.note_answer(key, analysis)
            self.second_known.emit(analysis)

    # ------------------------------------------------------------------ the list
    def stop_list(self) -> None:
        """Read no more films of the list; what is on screen is read all the same."""
        self._films.surveying.forget()
        self._inference.forget()
        self.paused.emit(True)  # noqa: FBT003 - a signal
        for pointer in self._panes.all:
            if pointer.analysis is None:
                self.ask(pointer)

    def go_on(self) -> None:
        """Read the films of the list that have no answer yet."""
        for path in self._films.paths:
            known = self._known.said(self._films.content(path), self._models.current)
            if known is None and self._films.reason(path) is None:
                self._films.survey(path)
        self.paused.emit(False)  # noqa: FBT003 - a signal

    def _on_surveyed(self, _path: Path, found: Survey) -> None:
        if found.prepared is not None:
            self.read_quietly(found.prepared, found.key)

    def _infer(
        self,
        prepared: PreparedFilm,
        key: Content,
        *,
        model: ModelInfo,
        choice: MapChoice,
        urgent: bool,
    ) -> None:
        if model != self._models.current:
            return

        def known() -> Analysis | None:
            found = self._known.of(key, model)
            serves = found is not None and (not urgent or readings.starts_as(found, choice))
            return found if serves else None

        done = partial(self._on_analysed, key)
        if (answer := known()) is not None:
            done(answer)
            return
        failed = self.analysis_failed.emit if urgent else partial(self._on_lost, key)
        rows = (model.path, prepared, start_of(choice, model))
        self._inference.submit(Job(analyse_rows, rows, done, failed, urgent=urgent, known=known))

    def _on_analysed(self, key: Content, analysis: Analysis) -> None:
        self._read_at.setdefault(key, moment())
        self._known.add(key, analysis)
        model = self._models.current
        if model is None or analysis.model.path != model.path:
            return
        if analysis.model != model:
            self.model_differs.emit(analysis.model)
            return
        if self.calls.hides(key):
            self.result_known.emit(key, Outcome(hidden=True))
            return
        self.result_known.emit(key, readings.outcome(analysis))
        for path in self._films.holding(key):
            self.answered.emit(replace(analysis, image=replace(analysis.image, path=path)))
        for pointer in self._panes.all:
            shown = pointer.film is not None and pointer.film.key == key
            if pointer.analysis is None and shown and readings.starts_as(analysis, pointer.choice):
                self._show(pointer, analysis)

    def _on_lost(self, key: Content, error: BaseException) -> None:
        self.result_known.emit(key, Outcome(why=sentence_of(error), severity="error"))
        self.lost.emit(error)

    def _show(self, pointer: Pointer, analysis: Analysis) -> None:
        if pointer.film is None or self.calls.hides(pointer.film.key):
            return
        frame = pointer.film.frame  # the same film may have been read under another name
        pointer.analysis = replace(analysis, image=frame.image, frame=frame.index)
        self.calls.note_answer(pointer.film.key, pointer.analysis)
        if pointer is self._panes.active:
            self.analysed.emit(pointer.analysis)
            self._ask_second(pointer)
        pointer.show_answer()
