"""Answers of the network: asked for, remembered, and shown wherever their film is on screen.

An answer belongs to a frame by its content, and to a model: two viewports, or two files that hold
one film, share it.
"""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine import analyse_rows
from engine.preparation import prepare
from engine.types import Analysis, ModelInfo, PreparedFilm
from viewer.kit.language import sentence_of
from viewer.session import readings
from viewer.session.choices import MapChoice, Outcome
from viewer.session.film_list import FilmList
from viewer.session.jobs import Job, Lane
from viewer.session.loading import Content, Survey
from viewer.session.models import Audits, Models
from viewer.session.pointer import Pointer, Viewports


class Analyses(QObject):
    """Asks the network once for each frame and model, whoever shows the answer.

    Args:
        models: The current one reads.
        films: Know which files hold a film.
        panes: Show answers.
        inference: Lane of the process that reads.
        parent: Of the Qt object.
    """

    reading_started = Signal(str)  # name of the file that the active viewport shows
    result_known = Signal(str, object)  # Content, Outcome
    answered = Signal(object)  # Analysis of any film of the list
    analysed = Signal(object)  # Analysis of what the active viewport shows
    analysis_failed = Signal(object)  # BaseException: it gets none
    lost = Signal(object)  # BaseException: nor does a film of the list
    model_differs = Signal(object)  # ModelInfo: the folder holds another one than was listed

    def __init__(
        self,
        models: Models,
        films: FilmList,
        *,
        panes: Viewports,
        inference: Lane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._models, self._films, self._panes = models, films, panes
        self._preparing, self._inference = Lane("thread", self), inference
        self.lanes = (self._preparing, self._inference)
        self.audits = Audits(films.surveying, self)
        self._known = readings.KnownAnswers()
        films.surveyed.connect(self._on_surveyed)

    def said(self, path: Path) -> Analysis | None:
        """What the current model says of the first frame that a file of the list holds."""
        content = self._films.content(path)
        return self._known.said(content, self._models.current) if content else None

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
        if active:
            self.reading_started.emit(film.frame.image.path.name)
        if model is None:  # the one of the start is on its way
            return
        self.audits.ask(model)
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
            self.reading_started.emit(pointer.film.frame.image.path.name)

    def ask_all(self) -> None:
        """The same for every viewport, as another model reads from now on."""
        self._inference.forget()
        for pointer in self._panes.all:
            pointer.blank()
            self.ask(pointer)

    def _on_surveyed(self, _path: Path, found: Survey) -> None:
        model = self._models.current
        if found.prepared is not None and model is not None:
            choice = self._panes.active.choice
            self._infer(found.prepared, found.key, model=model, choice=choice, urgent=False)

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
        known = self._known.of(key, model)
        if known is not None and (not urgent or readings.starts_as(known, choice)):
            self._on_analysed(key, known)
            return
        done = partial(self._on_analysed, key)
        failed = self.analysis_failed.emit if urgent else partial(self._on_lost, key)
        rows = (model.path, prepared, choice.baseline)
        self._inference.submit(Job(analyse_rows, rows, done, failed, urgent=urgent))

    def _on_analysed(self, key: Content, analysis: Analysis) -> None:
        self._known.add(key, analysis)
        model = self._models.current
        if model is None or analysis.model.path != model.path:
            return
        if analysis.model != model:
            self.model_differs.emit(analysis.model)
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
        if pointer.film is None:
            return
        frame = pointer.film.frame  # the same film may have been read under another name
        pointer.analysis = replace(analysis, image=frame.image, frame=frame.index)
        if pointer is self._panes.active:
            self.analysed.emit(pointer.analysis)
        pointer.show_answer()
