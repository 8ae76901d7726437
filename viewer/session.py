"""What is being read now: the only caller of the engine; takes intentions, emits values.

The way of one film: `select` → a thread reads it → `frame_read` (the image is on screen) → the
thread prepares its rows → a process runs the network → `analysed` → maps and cursor. A failed
step leaves everything on screen as it was and says what failed.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine import (
    Analysis,
    EngineError,
    ModelInfo,
    PreparedFilm,
    analyse_rows,
    prepare,
    warm_up,
)
from viewer import readings
from viewer.audits import Audits
from viewer.choices import Message, Severity
from viewer.loading import (
    Film,
    Found,
    Survey,
    draw_demo,
    list_files,
    load_film,
    survey,
)
from viewer.models import Models
from viewer.pointer import Pointer
from viewer.worker import Job, Lane


class Session(Pointer):
    """Films, model and analysis that the reader looks at; map and row are the pointer's."""

    films_added = Signal(object)  # tuple[Path, ...]
    film_selected = Signal(object)  # Path
    image_surveyed = Signal(object, object)  # Path, Survey
    result_known = Signal(object, str, str)  # Path, text, Severity
    reading_started = Signal(str)  # name of the file
    frame_read = Signal(object)  # Film
    answered = Signal(object)  # Analysis of any film of the list
    analysed = Signal(object)  # Analysis of the frame that is shown
    analysis_failed = Signal(str)
    model_changed = Signal(object)  # ModelInfo
    model_chosen = Signal(object)  # ModelInfo, by the reader in the window
    message = Signal(object)  # Message
    unexpected = Signal(object)  # BaseException
    settled = Signal()  # nothing runs or waits any more

    def __init__(self, models: tuple[ModelInfo, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = models[0] if models else None
        self.paths: tuple[Path, ...] = ()
        self._unsurveyed: tuple[Path, ...] = ()
        self._selected: Path | None = None
        self._loading = self._unprepared = False  # a film on its way; one that waits for its rows
        self._unreadable: set[Path] = set()
        self._starting = False  # the model that the start asked for is on its way
        self._known = readings.Answers()
        self._reading = Lane("thread", self)
        self._surveying = Lane("thread", self)
        self._inference = Lane("process", self)
        self.audits = Audits(self._surveying, self)
        self.audits.failed.connect(self._tell)
        self.models = Models(models, self._reading, inference=self._inference, parent=self)
        self.models.ready.connect(self._on_model_ready)
        self.models.refused.connect(self._on_model_refused)
        self._lanes = (self._reading, self._surveying, self._inference)
        for lane in self._lanes:
            lane.idle.connect(self._on_idle)

    # ------------------------------------------------------------------ films
    def open(self, paths: tuple[Path, ...]) -> None:
        """Add files, and the files of folders, to the list and show the first of them.

        A folder that is a bundle is opened as a model.
        """
        self._reading.submit(Job(list_files, (paths,), self._on_listed, self._tell))

    def open_demo(self, folder: Path) -> None:
        """Draw the demo study into a folder, unless it is there, and open it."""
        self.message.emit(Message("The demo study is being drawn. This takes some seconds once."))
        self._reading.submit(Job(draw_demo, (folder,), self._on_listed, self._tell))

    def select(self, path: Path, index: int = 0) -> None:
        """Read one frame of a file that is in the list."""
        self._selected, self._loading = path, True
        self.film_selected.emit(path)
        failed = partial(self._on_not_read, path)
        self._reading.submit(Job(load_film, (path, index), self._on_loaded, failed, urgent=True))

    def step_film(self, by: int) -> None:
        """Go to the next or previous file of the list; what cannot be read is passed over."""
        if self._selected in self.paths:
            place = self.paths.index(self._selected) + by
            while 0 <= place < len(self.paths) and self.paths[place] in self._unreadable:
                place += by
            if 0 <= place < len(self.paths):
                self.select(self.paths[place])

    def step_frame(self, by: int) -> None:
        """Go to another frame of the film that is shown."""
        if self.film is None:
            return
        image, index = self.film.frame.image, self.film.frame.index + by
        if 0 <= index < image.frame_count:
            self.select(image.path, index)

    def warm_up(self) -> None:
        """Let the inference process load torch and the model before the first film needs them."""
        if self.model is not None:
            self._inference.submit(
                Job(warm_up, (self.model.path,), lambda _nothing: None, lambda _error: None)
            )

    def close(self) -> None:
        """End all background work."""
        for lane in self._lanes:
            lane.close()

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return any(lane.busy for lane in self._lanes)

    def _on_listed(self, found: Found) -> None:
        for model in found.models:
            self.models.open(model)
        new = tuple(path for path in found.films if path not in self.paths)
        self.paths += new
        if new:
            self.films_added.emit(new)
            self._unsurveyed += new
        if found.films:
            self.select(found.films[0])
        elif not found.models:
            self.message.emit(Message("The folder holds no image files.", "warning"))

    def _on_loaded(self, film: Film) -> None:
        same_film = self.film is not None and self.film.frame.image.path == film.frame.image.path
        self.film, self._loading = film, False
        self._unreadable.discard(film.frame.image.path)
        self._blank(keep_cursor=same_film)
        self.frame_read.emit(film)
        self._analyse()
        self._survey_new()

    def _on_not_read(self, path: Path, error: BaseException) -> None:
        self._loading = False
        self._tell(error)
        self._on_unreadable(path, error)
        self._survey_new()
        if self.film is not None:  # the last good film is still on screen: so says the list
            self._selected = self.film.frame.image.path
            self.film_selected.emit(self._selected)
        elif path == self._selected:  # nothing is on screen yet: perhaps the next one can be read
            self.step_film(1)
        if self._unprepared:  # the failed reading took its turn
            self._analyse()

    # ------------------------------------------------------------------ study list
    def _survey_new(self) -> None:
        """Look at the other new files, now that the first one is on screen."""
        new, self._unsurveyed = self._unsurveyed, ()
        for path in new:
            self._survey(path)

    def _survey(self, path: Path) -> None:
        done = partial(self._on_surveyed, path, self.model)
        failed = partial(self._on_not_surveyed, path)
        self._surveying.submit(Job(survey, (path, self.model), done, failed))

    def _on_surveyed(self, path: Path, model: ModelInfo | None, found: Survey) -> None:
        self.image_surveyed.emit(path, found)
        if found.prepared is not None and model is not None:
            self._infer(found.prepared, model, urgent=False)

    def _on_unreadable(self, path: Path, error: BaseException) -> None:
        self._unreadable.add(path)
        self.result_known.emit(path, str(error), "error")

    def _on_not_surveyed(self, path: Path, error: BaseException) -> None:
        self._on_unreadable(path, error)
        if not isinstance(error, EngineError):
            self._tell(error)

    # ------------------------------------------------------------------ reading
    def start_with(self, model: str | Path, *, asked: bool) -> None:
        """Let no other model read before this one is there; see `Models.open`."""
        self.model, self._starting = None, True
        self.models.open(model, asked=asked)

    def choose_model(self, path: Path) -> None:
        """Read everything that is open with another model of the list, as the reader wants it.

        Args:
            path: The model's folder.
        """
        self._change_model(path, chosen=True)

    def _change_model(self, path: Path, *, chosen: bool) -> None:
        self._starting = False
        self.models.leave()
        found = self.models.of(path)
        if found is None or found == self.model:
            return
        self._take_model(found)
        self._inference.forget()
        self._surveying.forget()
        self._unsurveyed = ()
        self.model_changed.emit(found)
        if chosen:
            self.model_chosen.emit(found)
        self._blank()
        self._analyse()
        for film in self.paths:
            self._survey(film)

    def next_model(self) -> None:
        """Read with the next model of the list."""
        if self.model is not None:
            self.choose_model(self.models.after(self.model).path)

    def _on_model_ready(self, model: ModelInfo) -> None:
        self.audits.forget(model)
        if model == self.model:
            self.audits.ask(model)
        self._change_model(model.path, chosen=not self._starting)

    def _on_model_refused(self, error: BaseException, asked: bool) -> None:  # noqa: FBT001 - a slot
        if asked or not isinstance(error, EngineError):
            self._tell(error)
        if self.model is None and self.models.all:
            self._change_model(self.models.all[0].path, chosen=False)
            self.warm_up()

    def _analyse(self) -> None:
        if self.film is None or not self.models.all:
            return
        frame = self.film.frame
        self.reading_started.emit(frame.image.path.name)
        if self.model is None:  # the one of the start is on its way
            return
        self.audits.ask(self.model)
        known = self._known.of(frame.image.path, frame.index, self.model)
        self._unprepared = known is None
        if known is not None:
            self._show(known)
        elif not self._loading:  # a film on its way must not be overtaken: it will be analysed
            done = partial(self._infer, model=self.model, urgent=True)
            job = Job(prepare, (frame, self.model), done, self._on_not_analysed, urgent=True)
            self._reading.submit(job)

    def _infer(self, prepared: PreparedFilm, model: ModelInfo, *, urgent: bool) -> None:
        if model != self.model:
            return
        self._unprepared = self._unprepared and not urgent
        image, index = prepared.image, prepared.index
        if (known := self._known.of(image.path, index, model)) is not None:
            self._on_analysed(known)
        else:
            failed = self._on_not_analysed if urgent else partial(self._on_lost, image.path)
            self._inference.submit(
                Job(analyse_rows, (model.path, prepared), self._on_analysed, failed, urgent=urgent)
            )

    def _on_analysed(self, analysis: Analysis) -> None:
        self._known.add(analysis)
        if self.model is None or analysis.model.path != self.model.path:
            return
        path = analysis.image.path
        if analysis.frame == 0:
            severity: Severity = "info" if analysis.abstained is None else "warning"
            self.result_known.emit(path, readings.result_text(analysis), severity)
            self.answered.emit(analysis)
        if self.analysis is None and self.film is not None:
            frame = self.film.frame
            if (path, analysis.frame) == (frame.image.path, frame.index):
                self._show(analysis)

    def _on_not_analysed(self, error: BaseException) -> None:
        self._unprepared = False
        self._tell(error)
        self.analysis_failed.emit(str(error))

    def _on_lost(self, path: Path, error: BaseException) -> None:
        self.result_known.emit(path, str(error), "error")
        self._tell(error)

    def _show(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.analysed.emit(analysis)
        self._emit_maps()
        row = self.cursor.row if self.cursor else readings.strongest_row(analysis)
        if row is not None and analysis.prediction is not None:
            self.move_to_row(row)

    # ------------------------------------------------------------------ the rest
    def _on_idle(self) -> None:
        if not self.busy:
            self.settled.emit()

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, EngineError):
            self.message.emit(Message(str(error), "error"))
        else:
            self.unexpected.emit(error)
