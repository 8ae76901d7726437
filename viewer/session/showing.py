"""Films on their way to the screen: asked for, read or in memory, shown in their stacks.

Of what a reader asks for in one stack nothing is lost and nothing is done twice: steps add up, a
frame that is in memory is shown at once, and of those that have to be read the newest one follows
the one that is being read.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine import EngineError
from viewer.kit.language import tr
from viewer.session.analyses import Analyses
from viewer.session.choices import Loading, Message
from viewer.session.film_list import FilmList
from viewer.session.jobs import Job, Lanes, NotAnsweringError
from viewer.session.leafing import Leafing
from viewer.session.loading import Film, Stamp, Survey, load_film
from viewer.session.pointer import Pointer, Viewports
from viewer.session.stacks import Stack

MOST_TRIED = 5  # films that cannot be read, before what the list finds readable is waited for
LEAF_MS = 300  # that a frame of the stack on screen may take before it is said that it loads


class FirstFilm(QObject):
    """Finds a film to show while there is none, where the first ones cannot be read.

    A few are tried in their order; after that the first one is shown that the list finds
    readable. What was tried in vain is told once for all, when all of the list is looked at.

    Args:
        showing: Knows what is on screen, and the list.
    """

    wanted = Signal(object, int)  # Path, frame
    message = Signal(object)  # Message
    failed = Signal(object)  # BaseException

    def __init__(self, showing: "Showing") -> None:
        super().__init__(showing)
        self._showing, self._films = showing, showing.films
        self._errors: list[EngineError] = []  # not told yet
        self._waits = False
        self._films.surveyed.connect(self._on_surveyed)
        self._films.surveying.idle.connect(self.rest)

    def note(self, error: EngineError) -> None:
        """A film was tried in vain."""
        self._errors.append(error)

    def try_after(self, path: Path) -> None:
        """Ask for the next film, or for one that the list has found readable, or wait for one."""
        following, others = self._films.after(path, 1), self._films.nearest(path)
        if len(self._errors) < MOST_TRIED and following is not None:
            self._ask(following)
            return
        found = next((one for one in others if self._films.content(one)), None)
        if found is not None:
            self._ask(found)
            return
        self._waits = bool(others) and self._films.surveying.busy
        if not self._waits:
            self.tell()

    def rest(self) -> None:
        """Say what was tried in vain, if nothing is on its way any more."""
        if self._showing.loading is None and not self._films.surveying.busy:
            self.tell()

    def _on_surveyed(self, path: Path, _found: Survey) -> None:
        if self._waits and self._showing.film is None and self._showing.loading is None:
            self._ask(path)

    def tell(self) -> None:
        """Say what was tried in vain, in one sentence."""
        errors, self._errors, self._waits = self._errors, [], False
        if len(errors) == 1:
            self.failed.emit(errors[0])
        elif errors:
            count = self._films.unreadable
            words = tr("%n files cannot be read; see the list.", "", n=count)
            self.message.emit(Message(words, "error"))

    def _ask(self, path: Path) -> None:
        """Of a series, the frame that was looked at for the list."""
        self._waits = False
        stack = self._films.stacks.of(path)
        looked_at = stack is not None and stack.middle.path == path
        self.wanted.emit(path, stack.middle.index if stack is not None and looked_at else 0)


class Showing(QObject):
    """Brings films into viewports.

    Args:
        films: The list.
        panes: Show them.
        analyses: Are asked for.
        leafing: Knows what is in memory.
        reading: Lanes of threads.
        parent: Of the Qt object.
    """

    film_selected = Signal(object)  # Path | None
    loading_changed = Signal(object)  # Loading | None
    frame_read = Signal(object)  # Film
    message = Signal(object)  # Message
    failed = Signal(object)  # BaseException

    def __init__(
        self,
        films: FilmList,
        panes: Viewports,
        *,
        analyses: Analyses,
        leafing: Leafing,
        reading: Lanes,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.films, self.panes = films, panes
        self.analyses, self.leafing, self._reading = analyses, leafing, reading
        self.loading: Loading | None = None
        self.turn = 0  # counts what the reader asked to see; only the last one is shown
        self._into: Pointer | None = None  # the viewport that waits for it
        self.selected: Path | None = None
        self._told = False  # whether it was said that a film is on its way
        self._following: set[Pointer] = set()  # for which a frame is read, as they are linked
        self._tell_loading = QTimer(self, singleShot=True, interval=LEAF_MS)
        self._tell_loading.timeout.connect(self._say_loading)
        films.checked.connect(self._on_checked)
        self._first = FirstFilm(self)
        self._first.wanted.connect(self.select)
        self._first.message.connect(self.message)
        self._first.failed.connect(self.failed)
        films.stacks.placed.connect(self._on_placed)
        leafing.rested.connect(self._on_rested)
        panes.arranged.connect(self.go_back)

    @property
    def pointer(self) -> Pointer:
        """The active viewport."""
        return self.panes.active

    @property
    def film(self) -> Film | None:
        """What it shows."""
        return self.pointer.film

    # ------------------------------------------------------------------ asking
    def select(self, path: Path, index: int = 0) -> None:
        """Read one frame of a file that is in the list; also one that is shown, which may change.

        Until it is there, `loading` says that the film on screen is another one.
        """
        self._ask(path, index)

    def visit(self, path: Path) -> None:
        """Show the stack of a file where it was left; a film by itself is read anew."""
        stack = self.films.stacks.of(path)
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
        self.turn += 1
        self._reading.overtake()
        self._select(frame.path)
        if self.loading is not None:
            self.end()
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
        self.turn += 1
        self._reading.overtake()
        self.end()
        self._first.tell()
        self.go_back()

    def step_film(self, by: int) -> None:
        """Go to the next or previous stack of the list; what cannot be read is passed over."""
        path = self.films.after(self.selected, by)
        if path is not None:
            self.visit(path)

    def step_frame(self, by: int) -> None:
        """Go on in the stack that is shown, from the frame that was asked for last."""
        stack = self.pointer.viewport.stack
        if stack is not None:
            self.go_to_frame(self._place_asked(stack) + by)

    def _place_asked(self, stack: Stack) -> int:
        """The place that is shown, or that is on its way."""
        place = None
        if self.loading is not None and self._into is self.pointer:
            place = stack.place_of(self.loading.path, self.loading.index)
        return self.pointer.viewport.at if place is None else place

    def tell(self) -> bool:
        """Say again which film is chosen, which is listed only now; whether there is one."""
        self.film_selected.emit(self.selected)
        return self.film is not None or self.loading is not None

    def _select(self, path: Path | None) -> None:
        if path != self.selected:
            self.selected = path
            self.film_selected.emit(path)

    def _ask(self, path: Path, index: int) -> None:
        """Read a frame and show it; one of the same stack that is on its way arrives before it."""
        stack, before = self.films.stacks.of(path, index), self.loading
        waits = before is not None and self._into is self.pointer and stack is not None
        follows = waits and before is not None and self._one_stack(stack, before)
        leafs = self._one_stack(stack, None)
        self.selected = path
        self.film_selected.emit(path)
        self.begin(Loading(path, index, self._reading.storage(path)), quietly=leafs)
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

    # ------------------------------------------------------------------ on its way
    def begin(self, loading: Loading, *, quietly: bool = False) -> None:
        """Something is on its way: said at once, or if it takes long."""
        self.turn += 1
        self.loading, self._into = loading, self.pointer
        if not quietly or self._told:
            self._say_loading()
        elif not self._tell_loading.isActive():
            self._tell_loading.start()

    def _say_loading(self) -> None:
        self._told = True
        self.loading_changed.emit(self.loading)

    def end(self) -> None:
        """Nothing is on its way any more."""
        self.loading = self._into = None
        self._tell_loading.stop()
        if self._told:
            self._told = False
            self.loading_changed.emit(None)

    def go_back(self) -> None:
        """The film that is still on screen is the one that the list marks."""
        if self.loading is not None:
            return
        self.selected = self.film.frame.image.path if self.film is not None else None
        self.film_selected.emit(self.selected)

    def _load(self, pointer: Pointer, path: Path, index: int, *, urgent: bool) -> None:
        done, failed = partial(self._on_loaded, pointer), partial(self._on_not_read, pointer, path)
        self._reading.submit(path, Job(load_film, (path, index), done, failed, urgent=urgent))

    def _on_loaded(self, pointer: Pointer, film: Film) -> None:
        path, last = film.frame.image.path, pointer.film
        if last is None and not (pointer is self._into and self.loading is not None):
            self._following.discard(pointer)
            return  # it was read again for a pane that is empty by now
        again = last is not None and last.key == film.key  # written, but not changed
        changed = self.films.note(film) and not again
        wanted = self.loading if pointer is self._into else None
        follows = pointer in self._following
        self._following.discard(pointer)
        if wanted is None and self.leafing.moves(pointer) and not follows:
            return  # it was read for a rest that is over
        if wanted is not None and (wanted.path, wanted.index) == (path, film.frame.index):
            self.end()
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
        self._first.rest()

    def _show(self, pointer: Pointer, film: Film) -> None:
        """Put a film into its pane, as its stack was left there."""
        stack = self.films.stacks.of(film.frame.image.path, film.frame.index)
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
            self.go_back()

    def _on_rested(self, pointer: Pointer) -> None:
        """Read in full what was shown from memory, and ask for its answer."""
        if pointer.film is not None and pointer is not self._into:
            frame = pointer.film.frame
            urgent = pointer is self.pointer
            self._load(pointer, frame.image.path, frame.index, urgent=urgent)

    def _on_placed(self, _paths: tuple[Path, ...]) -> None:
        for pointer, film in self.panes.shown():
            stack = self.films.stacks.of(film.frame.image.path, film.frame.index)
            if stack is not None and stack is not pointer.viewport.stack:
                pointer.take_stack(stack)
                self.leafing.follow(pointer)

    def _on_not_read(self, pointer: Pointer, path: Path, error: BaseException) -> None:
        self._following.discard(pointer)
        wanted = self.loading if pointer is self._into else None
        if wanted is not None and wanted.path != path:  # the reader has gone on meanwhile
            self._load(pointer, wanted.path, wanted.index, urgent=True)
        elif wanted is not None:
            self.end()
        tries = self.film is None and path == self.selected
        if isinstance(error, NotAnsweringError):
            self.message.emit(Message(_silent(path, self._reading.storage(path)), "error"))
        else:
            if tries and isinstance(error, EngineError):
                self._first.note(error)
            else:
                self.failed.emit(error)
            self.films.refuse(path, error)
        self.films.survey_new()
        if self.film is not None:  # the last good film is still on screen: so says the list
            self.go_back()
        elif tries:  # nothing is on screen yet: perhaps another one can be read
            self._first.try_after(path)

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


def _silent(path: Path, storage: str) -> str:
    return tr(
        "{name} cannot be read now: {storage} is not answering. Try again later.",
        name=path.name,
        storage=storage if storage.strip("/") else tr("its storage"),
    )


def close_films(showing: Showing, paths: tuple[Path, ...]) -> None:
    """Take the stacks of files out of the list, and off the screen.

    In the active pane the next stack of the list takes the place of one that goes, or the one
    before it where there is no next one; other panes become empty.
    """
    films, chosen = showing.films, showing.selected
    heirs = films.nearest(chosen)
    gone = set(films.remove(paths))
    for path in gone:
        showing.leafing.fetching.forget(path)
    if showing.loading is not None and showing.loading.path in gone:
        showing.cancel()
    lost = [one for one, film in showing.panes.shown() if film.frame.image.path in gone]
    for pointer in lost:
        showing.leafing.arrived(pointer)
        pointer.clear()
    if showing.film is not None or showing.loading is not None:
        return
    heir = next((path for path in heirs if path not in gone), None)
    if heir is not None and (showing.pointer in lost or chosen in gone):
        showing.visit(heir)
    elif showing.pointer in lost:
        showing.go_back()
