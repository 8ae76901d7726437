"""What is being read now: takes intentions, lets the engine read, emits values.

The way of one film: `select` → a thread reads it → `frame_read` (the image is on screen) → a
thread prepares its rows → a process runs the network → `analysed` → maps and cursor. A failed
step leaves everything on screen as it was and says what failed.

Answers, thumbnails and maps belong to what a file held when it was read (`loading.Content`), never
to its name. A window shows one film or several: a layout of viewports, each with its own window,
place, map and row, over answers that they share.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine import EngineError
from engine.types import Analysis, ModelInfo
from viewer.kit.language import marked, told, tr
from viewer.session import jobs
from viewer.session.analyses import Analyses
from viewer.session.choices import Loading, MapChoice, Message, RowCursor
from viewer.session.film_list import FilmList, OpenedPaths, Openings
from viewer.session.jobs import Job, Lane, Lanes, NotAnsweringError
from viewer.session.loading import Film, Found, Stamp, draw_demo, list_files, load_film
from viewer.session.model_rows import ModelViews
from viewer.session.models import Models
from viewer.session.pointer import Pointer, Viewports

DRAWING = marked("The demo study is being drawn. This takes some seconds once.")


class Session(QObject):
    """The viewports of a window, and what is on its way into them; speaks of the active one."""

    film_selected = Signal(object)  # Path | None
    loading_changed = Signal(object)  # Loading | None: what is on screen is not what was chosen
    frame_read = Signal(object)  # Film
    model_changed = Signal(object)  # ModelInfo
    message = Signal(object)  # Message
    unexpected = Signal(object)  # BaseException
    settled = Signal()  # nothing runs or waits any more

    def __init__(self, models: tuple[ModelInfo, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.loading: Loading | None = None
        self._into: Pointer | None = None  # the viewport that waits for it
        self._turn = 0  # counts what the reader asked to see; only the last one is shown
        self._selected: Path | None = None
        self._reading = Lanes(jobs.READING, self)
        self._inference = Lane("process", self, patience=jobs.INFERENCE)
        self.models = Models(models, self._reading, inference=self._inference, parent=self)
        self.films = FilmList(self.models, self)
        self.panes = Viewports(self.models.current, self)
        self.analyses = Analyses(
            self.models, self.films, panes=self.panes, inference=self._inference, parent=self
        )
        self._openings = Openings(self._reading, self)
        self.seen = ModelViews(self)
        self._lanes = (self._reading, self.films.surveying, *self.analyses.lanes, self.seen.lane)
        self._wire()

    def _wire(self) -> None:
        self.models.ready.connect(self._on_model_ready)
        self.models.taken.connect(self._on_model_taken)
        self.models.refused.connect(self._on_model_refused)
        self.analyses.audits.known.connect(self.panes.take_tests)
        self._openings.found.connect(self._on_found)
        self._openings.finished.connect(self._on_opened)
        self.films.checked.connect(self._on_checked)
        analyses = self.analyses
        lost = (analyses.audits.failed, analyses.analysis_failed, analyses.lost)
        for failed in (self._openings.failed, self.films.failed, *lost):
            failed.connect(self._tell)
        self.analyses.model_differs.connect(self._on_model_differs)
        self.panes.arranged.connect(self._go_back)
        for lane in self._lanes:
            lane.idle.connect(self._on_idle)

    # ------------------------------------------------------------------ viewports
    @property
    def pointer(self) -> Pointer:
        """The active viewport."""
        return self.panes.active

    @property
    def model(self) -> ModelInfo | None:
        """What reads; None until the one of the start is there."""
        return self.models.current

    @property
    def film(self) -> Film | None:
        """What the active viewport shows."""
        return self.pointer.film

    @property
    def analysis(self) -> Analysis | None:
        """What is known of it."""
        return self.pointer.analysis

    @property
    def choice(self) -> MapChoice:
        """The map over it."""
        return self.pointer.choice

    @property
    def cursor(self) -> RowCursor | None:
        """The row that all panes point at."""
        return self.pointer.cursor

    # ------------------------------------------------------------------ films
    def open(self, paths: tuple[Path, ...]) -> None:
        """Add files, and the files of folders, to the list and show the first of them.

        A folder that is a bundle is opened as a model. Files that are in the list already are
        read anew where they have changed.
        """
        if not paths:
            return
        parts = self._reading.by_storage(paths)
        self._begin(Loading(paths[0], place=self._reading.storage(paths[0])))
        self._openings.begin(self._turn, [partial(list_files, part) for part in parts], parts)

    def open_demo(self, folder: Path) -> None:
        """Draw the demo study into a folder, unless it is there, and open it."""
        self.message.emit(Message(tr(DRAWING)))
        self._begin(Loading(folder, place=self._reading.storage(folder)))
        self._openings.begin(self._turn, [partial(draw_demo, folder)], [(folder,)])

    def select(self, path: Path, index: int = 0) -> None:
        """Read one frame of a file that is in the list; also one that is shown, which may change.

        Until it is there, `loading` says that the film on screen is another one.
        """
        self._selected = path
        self.film_selected.emit(path)
        self._begin(Loading(path, index, self._reading.storage(path)))
        self._load(self.pointer, path, index, urgent=True)

    def cancel(self) -> None:
        """Stay with the film that is shown: what is on its way is not waited for any more."""
        if self.loading is None:
            return
        self._turn += 1
        self._reading.overtake()
        self._openings.cancel()
        self._end()
        self._go_back()

    def step_film(self, by: int) -> None:
        """Go to the next or previous file of the list; what cannot be read is passed over."""
        path = self.films.after(self._selected, by)
        if path is not None:
            self.select(path)

    def step_frame(self, by: int) -> None:
        """Go to another frame of the film that is shown, or of that frame that is on its way."""
        if self.film is None:
            return
        image, index = self.film.frame.image, self.film.frame.index
        if self.loading is not None and self.loading.path == image.path:
            index = self.loading.index
        if 0 <= index + by < image.frame_count:
            self.select(image.path, index + by)

    def check_next(self) -> None:
        """Ask the disk about the films that are shown and a part of the list, by a clock."""
        self.films.check_next(film.frame.image.path for _, film in self.panes.shown())

    def tell_again(self) -> None:
        """What is known already, in the words of this moment."""
        self.analyses.audits.tell_again()
        for pointer in self.panes.all:
            pointer.tell_again()

    def close(self) -> None:
        """End all background work."""
        for lane in (*self._lanes, self.films.checking):
            lane.close()

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return any(lane.busy for lane in self._lanes)

    @property
    def hangs(self) -> bool:
        """Whether threads run that cannot be ended, only left behind."""
        return any(lane.running for lane in (*self._lanes, self.films.checking))

    def answering(self, path: Path) -> bool:
        """Whether the storage of a path has answered in time so far; does not ask it."""
        return not (self._reading.hangs(path) or self.films.checking.hangs(path))

    def _begin(self, loading: Loading) -> None:
        self._turn += 1
        self.loading, self._into = loading, self.pointer
        self.loading_changed.emit(loading)

    def _end(self) -> None:
        self.loading = self._into = None
        self.loading_changed.emit(None)

    def _go_back(self) -> None:
        """The film that is still on screen is the one that the list marks."""
        if self.loading is not None:
            return
        self._selected = self.film.frame.image.path if self.film is not None else None
        self.film_selected.emit(self._selected)

    def _on_found(self, found: Found, opening: OpenedPaths) -> None:
        for model in found.models:
            self.models.open(model)
        there = self.films.add(found.films)
        if found.passed_over and found.films:
            self.message.emit(Message(found.passed_over))
        first = found.films[:1]
        if there:
            self.films.check(path for path in there if path not in first)
        if first and not opening.chose and opening.turn == self._turn:
            opening.chose = True
            self.select(first[0])

    def _on_opened(self, opening: OpenedPaths) -> None:
        if not any(found and (found.films or found.models) for found in opening.found):
            self.message.emit(Message(tr("The folder holds no image files."), "warning"))
        if opening.turn == self._turn:  # nothing was found to show
            self._end()
        if not opening.chose:
            self.films.survey_new()

    def _load(self, pointer: Pointer, path: Path, index: int, *, urgent: bool) -> None:
        done, failed = partial(self._on_loaded, pointer), partial(self._on_not_read, pointer, path)
        self._reading.submit(path, Job(load_film, (path, index), done, failed, urgent=urgent))

    def _on_loaded(self, pointer: Pointer, film: Film) -> None:
        path, last = film.frame.image.path, pointer.film
        again = last is not None and last.key == film.key  # written, but not changed
        changed = self.films.note(film) and not again
        if pointer in self.panes.all:
            pointer.show_film(film)
        if pointer is self._into:
            self._end()
        if pointer is self.pointer:
            self.frame_read.emit(film)
        else:
            self._go_back()
        if changed:
            self.message.emit(
                Message(tr("{name} has changed on disk and was read again.", name=path.name))
            )
        if pointer in self.panes.all:
            self.analyses.ask(pointer)
        self.films.survey_new()

    def _on_not_read(self, pointer: Pointer, path: Path, error: BaseException) -> None:
        if pointer is self._into:
            self._end()
        if isinstance(error, NotAnsweringError):
            self.message.emit(Message(_silent(path, self._reading.storage(path)), "error"))
        else:
            self._tell(error)
            self.films.refuse(path, error)
        self.films.survey_new()
        if self.film is not None:  # the last good film is still on screen: so says the list
            self._go_back()
        elif path == self._selected:  # nothing is on screen yet: perhaps the next one can be read
            self.step_film(1)

    def _on_checked(self, stamps: dict[Path, Stamp]) -> None:
        """Read films on screen again where their files have changed."""
        if self.loading is not None:
            return
        for pointer, path in self.panes.changed(stamps):
            self.films.await_change(path)
            if pointer is self.pointer:
                self.select(path)
            else:
                self._load(pointer, path, 0, urgent=False)

    # ------------------------------------------------------------------ reading
    def choose_map(self, choice: MapChoice) -> None:
        """Show another map; Influence from another baseline is read anew."""
        other = choice.baseline != self.choice.baseline
        self.pointer.choose_map(choice)
        if other and self.film is not None:
            self.pointer.blank(keep_cursor=True)
            self.analyses.ask(self.pointer)

    def move_to_row(self, row: float) -> None:
        """Put the row cursor on a stored row."""
        self.pointer.move_to_row(row)

    def step_row(self, by: int) -> None:
        """Move the row cursor by model rows."""
        self.pointer.step_row(by)

    def start_with(self, model: str | Path, *, asked: bool) -> None:
        """Let no other model read before this one is there; see `Models.open`."""
        self.panes.take_model(None)
        self.models.start_with(model, asked=asked)

    def _on_model_taken(self, model: ModelInfo) -> None:
        self.panes.take_model(model)
        self.films.surveying.forget()
        self.model_changed.emit(model)
        self.analyses.ask_all()
        self.films.survey_all()

    def _on_model_ready(self, model: ModelInfo) -> None:
        self.analyses.audits.forget(model)
        if model == self.model:
            self.analyses.audits.ask(model)

    def _on_model_differs(self, now: ModelInfo) -> None:
        """The folder holds another model than when it was listed: nothing is shown of either."""
        if self.models.renew(now):
            words = tr("The model {name} has changed on disk and was read again.", name=now.name)
            self.message.emit(Message(words))

    def _on_model_refused(self, error: BaseException, asked: bool) -> None:  # noqa: FBT001 - a slot
        if asked or not isinstance(error, EngineError):
            self._tell(error)

    def _on_idle(self) -> None:
        if not self.busy:
            self.settled.emit()

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, EngineError):
            self.message.emit(Message(told(error), "error"))
        else:
            self.unexpected.emit(error)


def _silent(path: Path, storage: str) -> str:
    return tr(
        "{name} cannot be read now: {storage} is not answering. Try again later.",
        name=path.name,
        storage=storage if storage.strip("/") else tr("its storage"),
    )
