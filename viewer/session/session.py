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

from PySide6.QtCore import QObject, QTimer, Signal

from engine import EngineError
from engine.records import Store
from engine.types import Analysis, ModelInfo
from viewer.kit.language import marked, told, tr
from viewer.session import jobs
from viewer.session.analyses import Analyses
from viewer.session.annotations import Annotations
from viewer.session.choices import Loading, MapChoice, Message, RowCursor
from viewer.session.film_list import FilmList, OpenedPaths, Openings
from viewer.session.jobs import Job, Lane, Lanes, NotAnsweringError
from viewer.session.leafing import Leafing
from viewer.session.loading import Film, Found, Stamp, draw_demo, list_files, load_film
from viewer.session.model_rows import ModelViews
from viewer.session.models import Models
from viewer.session.pointer import Pointer, Viewports
from viewer.session.presentations import Presentations
from viewer.session.stacks import Stack, Stacks

LEAF_MS = 300  # that a frame of the stack on screen may take before it is said that it loads
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

    def __init__(
        self,
        models: tuple[ModelInfo, ...],
        parent: QObject | None = None,
        *,
        records: Store | None = None,
    ) -> None:
        super().__init__(parent)
        self.records = records or Store(None)  # what the reader makes; None: for this session
        self.loading: Loading | None = None
        self._into: Pointer | None = None  # the viewport that waits for it
        self._tell_loading = QTimer(self, singleShot=True, interval=LEAF_MS)
        self._tell_loading.timeout.connect(self._say_loading)
        self._told = False  # whether it was said that a film is on its way
        self._following: set[Pointer] = set()  # for which a frame is read, as they are linked
        self._turn = 0  # counts what the reader asked to see; only the last one is shown
        self._selected: Path | None = None
        self._reading = Lanes(jobs.READING, self)
        self._inference = Lane("process", self, patience=jobs.INFERENCE)
        self.models = Models(models, self._reading, inference=self._inference, parent=self)
        self.films = FilmList(self.models, self)
        self.panes = Viewports(self.models.current, self)
        self.annotations = Annotations(self.panes.history, self.records, self)
        self.analyses = Analyses(
            self.models, self.films, panes=self.panes, inference=self._inference, parent=self
        )
        self.leafing = Leafing(self.films, self.panes, self)
        self._openings = Openings(self._reading, self)
        self.presentations = Presentations(self._reading, self)
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
        self.panes.presented = self.presentations.of
        self.presentations.changed.connect(self.panes.present_again)
        self.films.stacks.placed.connect(self._on_placed)
        self.leafing.rested.connect(self._on_rested)
        self.leafing.ended.connect(self._on_idle)
        analyses = self.analyses
        lost = (analyses.audits.failed, analyses.analysis_failed, analyses.lost)
        kept = (self._openings.failed, self.films.failed, self.annotations.failed)
        for failed in (*kept, self.presentations.failed, *lost):
            failed.connect(self._tell)
        self.analyses.model_differs.connect(self._on_model_differs)
        self.panes.arranged.connect(self._go_back)
        self.panes.redrawn.connect(lambda step, back: self.annotations.take(step, back=back))
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

    @property
    def stacks(self) -> Stacks:
        """What the files of the list are."""
        return self.films.stacks

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
        self._ask(path, index)

    def visit(self, path: Path) -> None:
        """Show the stack of a file where it was left; a film by itself is read anew."""
        stack = self.stacks.of(path)
        if stack is None or len(stack) == 1:
            self.select(path)
        else:
            self.show(stack)

    def show(self, stack: Stack, place: int | None = None) -> None:
        """Show a frame of a stack: at once if it is in memory.

        Args:
            stack: Of the list.
            place: From 0; None for where the reader left the stack. Beyond an end it is that end.
        """
        place = self.leafing.place_in(stack) if place is None else stack.nearest(place)
        film = self.leafing.ready(self.pointer, stack, place)
        frame = stack.frames[place]
        if film is None:
            self._ask(frame.path, frame.index)
            return
        self._turn += 1
        self._reading.overtake()
        self._select(frame.path)
        if self.loading is not None:
            self._end()
        self._show(self.pointer, film)
        self.leafing.moved(self.pointer)

    def go_to_frame(self, place: int) -> None:
        """Go to a place of the stack that is shown, from 0; beyond an end to that end."""
        stack = self.pointer.viewport.stack
        if stack is not None and len(stack) > 1 and self.film is not None:
            here = self._place_asked(stack)
            if stack.nearest(place) != here:
                self.show(stack, place)

    def follow(self, pointer: Pointer, place: int) -> None:
        """Leaf through the stack of a pane that is not active but linked, from 0; ends are kept.

        What is in memory is shown at once; else one frame at a time is read, quietly.
        """
        stack = pointer.viewport.stack
        if stack is None or pointer.film is None or stack.nearest(place) == pointer.viewport.at:
            return
        place = stack.nearest(place)
        film, frame = self.leafing.ready(pointer, stack, place), stack.frames[place]
        if film is not None:
            self._show(pointer, film)
            self.leafing.moved(pointer)
        elif pointer not in self._following:
            self._following.add(pointer)
            self._load(pointer, frame.path, frame.index, urgent=False)

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
        """Go to the next or previous stack of the list; what cannot be read is passed over."""
        path = self.films.after(self._selected, by)
        if path is not None:
            self.visit(path)

    def step_frame(self, by: int) -> None:
        """Go on in the stack that is shown, from the frame that was asked for last."""
        stack = self.pointer.viewport.stack
        if stack is not None:
            self.go_to_frame(self._place_asked(stack) + by)

    def close_films(self, paths: tuple[Path, ...]) -> None:
        """Take the stacks of files out of the list; one that is on screen stays until another is.

        The next stack of the list is shown in its place, if there is one.
        """
        shown = self._selected
        heir = self.films.after(shown, 1) or self.films.after(shown, -1)
        gone = self.films.remove(paths)
        for path in gone:
            self.leafing.fetching.forget(path)
        if shown in gone and heir is not None and heir not in gone:
            self.visit(heir)

    def _place_asked(self, stack: Stack) -> int:
        """The place that is shown, or that is on its way."""
        place = None
        if self.loading is not None and self._into is self.pointer:
            place = stack.place_of(self.loading.path, self.loading.index)
        return self.pointer.viewport.at if place is None else place

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
        self.leafing.close()

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self.leafing.busy or any(lane.busy for lane in self._lanes)

    @property
    def hangs(self) -> bool:
        """Whether threads run that cannot be ended, only left behind."""
        lanes = (*self._lanes, self.films.checking, self.leafing.fetching.lanes)
        return any(lane.running for lane in lanes)

    def answering(self, path: Path) -> bool:
        """Whether the storage of a path has answered in time so far; does not ask it."""
        return not (self._reading.hangs(path) or self.films.checking.hangs(path))

    def _select(self, path: Path | None) -> None:
        if path != self._selected:
            self._selected = path
            self.film_selected.emit(path)

    def _ask(self, path: Path, index: int) -> None:
        """Read a frame and show it; one of the same stack that is on its way arrives before it."""
        stack, before = self.stacks.of(path, index), self.loading
        waits = before is not None and self._into is self.pointer and stack is not None
        follows = waits and before is not None and self._one_stack(stack, before)
        leafs = self._one_stack(stack, None)
        self._selected = path
        self.film_selected.emit(path)
        self._begin(Loading(path, index, self._reading.storage(path)), quietly=leafs)
        if not follows:
            self._load(self.pointer, path, index, urgent=True)

    def _one_stack(self, stack: Stack | None, loading: Loading | None) -> bool:
        """Whether a stack is that of what is on its way, or of what is shown."""
        if stack is None or len(stack) < 2:
            return False
        if loading is not None:
            return stack.place_of(loading.path, loading.index) is not None
        held = self.pointer.viewport.stack
        return held is not None and held.key == stack.key

    def _begin(self, loading: Loading, *, quietly: bool = False) -> None:
        """Something is on its way: said at once, or if it takes long."""
        self._turn += 1
        self.loading, self._into = loading, self.pointer
        if not quietly or self._told:
            self._say_loading()
        elif not self._tell_loading.isActive():
            self._tell_loading.start()

    def _say_loading(self) -> None:
        self._told = True
        self.loading_changed.emit(self.loading)

    def _end(self) -> None:
        self.loading = self._into = None
        self._tell_loading.stop()
        if self._told:
            self._told = False
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
        self.presentations.take(found.presentations)
        if found.presentations and not found.films:
            words = tr("The file says only how films are shown. Open these films, too.")
            self.message.emit(Message(words, "warning"))
        for failure in found.failures:
            self._tell(failure)
        there = self.films.add(found.films, found.joined)
        if found.passed_over and found.films:
            self.message.emit(Message(found.passed_over))
        first = found.films[:1]
        if there:
            self.films.check(path for path in there if path not in first)
        if first and not opening.chose and opening.turn == self._turn:
            opening.chose = True
            self.select(first[0])
        elif self.loading is None:
            self.films.survey_new()

    def _on_opened(self, opening: OpenedPaths) -> None:
        parts = [one for one in opening.found if one is not None]
        if not any(one.films or one.models or one.presentations or one.failures for one in parts):
            self.message.emit(Message(tr("The folder holds no image files."), "warning"))
        if opening.turn == self._turn:  # nothing was found to show
            self._end()
        if not opening.chose:
            self.films.survey_new()

    def _load(self, pointer: Pointer, path: Path, index: int, *, urgent: bool) -> None:
        done, failed = partial(self._on_loaded, pointer), partial(self._on_not_read, pointer, path)
        self._reading.submit(path, Job(load_film, (path, index), done, failed, urgent=urgent))

    def _on_loaded(self, pointer: Pointer, film: Film) -> None:
        self._following.discard(pointer)
        path, last = film.frame.image.path, pointer.film
        again = last is not None and last.key == film.key  # written, but not changed
        changed = self.films.note(film) and not again
        wanted = self.loading if pointer is self._into else None
        if wanted is None and self.leafing.moves(pointer):
            return  # it was read for a rest that is over
        if wanted is not None and (wanted.path, wanted.index) == (path, film.frame.index):
            self._end()
            wanted = None
        self._show(pointer, film)
        if changed:
            self.message.emit(
                Message(tr("{name} has changed on disk and was read again.", name=path.name))
            )
        if wanted is not None:  # the reader has gone on meanwhile
            self._load(pointer, wanted.path, wanted.index, urgent=True)
        elif pointer in self.panes.all:
            self.leafing.arrived(pointer)
            self.analyses.ask(pointer)
        self.films.survey_new()

    def _show(self, pointer: Pointer, film: Film) -> None:
        """Put a film into its pane, as its stack was left there."""
        stack = self.stacks.of(film.frame.image.path, film.frame.index)
        if pointer in self.panes.all:
            before = pointer.analysis
            then = self.leafing.leave(pointer, stack)
            pointer.show_film(self.leafing.dressed(film, stack), stack, then)
            if before is not None and pointer is self.pointer:
                self.analyses.blank(pointer)
            self.leafing.follow(pointer)
        if pointer is self.pointer and pointer.film is not None:
            self.frame_read.emit(pointer.film)
        elif not pointer.same:
            self._go_back()

    def _on_rested(self, pointer: Pointer) -> None:
        """Read in full what was shown from memory, and ask for its answer."""
        if pointer.film is not None and pointer is not self._into:
            frame = pointer.film.frame
            urgent = pointer is self.pointer
            self._load(pointer, frame.image.path, frame.index, urgent=urgent)

    def _on_placed(self, _paths: tuple[Path, ...]) -> None:
        for pointer, film in self.panes.shown():
            stack = self.stacks.of(film.frame.image.path, film.frame.index)
            if stack is not None and stack is not pointer.viewport.stack:
                pointer.take_stack(stack)
                self.leafing.follow(pointer)

    def _on_not_read(self, pointer: Pointer, path: Path, error: BaseException) -> None:
        self._following.discard(pointer)
        wanted = self.loading if pointer is self._into else None
        if wanted is not None and wanted.path != path:  # the reader has gone on meanwhile
            self._load(pointer, wanted.path, wanted.index, urgent=True)
        elif wanted is not None:
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
