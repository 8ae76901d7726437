"""Where else the network was in the state of a row: an index of films, asked in a process.

The process keeps the index open (it is mapped) and does what is asked of it; of what is asked
again only the newest counts. The window draws what came, and never waits.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from engine import index as indexes  # its modules are loaded when they are used
from engine.types import Doubles, ModelInfo
from viewer.kit.language import marked, sentence_of, tr
from viewer.session.choices import Message
from viewer.session.index_work import IndexWork, MadeIndex, labelled
from viewer.session.loading import Content, Film
from viewer.session.row_plane import IndexProcess, RowPlane

if TYPE_CHECKING:
    from engine.index import FoundStretch, IndexSummary, RowCloud, ToIndex
    from engine.inspection import Reread
    from viewer.session.choices import RowCursor
    from viewer.session.inspection import Opened
    from viewer.session.session import Session

Why = Literal["", "closed", "hidden", "looking", "none", "other", "failed"]

COUNT: Final = 12  # stretches that are looked for
PAUSE_MS: Final = 60  # between a move of the cursor and the search
HIDDEN_LABEL: Final = marked("hidden until your call")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Steps of the film that is open: first and last, both within.

    Attributes:
        own: Whether the reader brushed it; otherwise it is the row under the cursor.
    """

    first: int
    last: int
    own: bool


class Searching(QObject):
    """Looks for states of the open film in the index of its model, and shows where they lie.

    Args:
        session: Its inspection opens films; its models, calls and list are asked.
    """

    index_changed = Signal()  # another index, or another reason why there is none
    stretch_changed = Signal(object)  # Stretch | None
    found_changed = Signal()
    idle = Signal()  # as a lane's

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self._process, self.indexing = IndexProcess(self), IndexWork(self)
        self.plane = RowPlane(self._process, self.indexing, self)
        self._own: dict[str, Path] = {}  # indexes that the reader opened, by hash of the model
        self._asked = ""  # hash of the model whose index is shown or looked for
        self._without: tuple[Why, str] = ("none", "")  # why that model has no index
        self._wanted: tuple[Path, int] | None = None  # where the cursor shall stand after opening
        self._waiting: tuple[int, int] | None = None  # brushed before its film was opened
        self.changed: Reread | None = None  # the film as What if has changed it
        self.why: Why = "closed"
        self.sentence = ""  # of an error
        self.index: IndexSummary | None = None
        self.stretch: Stretch | None = None
        self.found: tuple[FoundStretch, ...] = ()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._search)
        for part in (self._process, self.indexing):
            part.idle.connect(self.idle)
            part.failed.connect(session.inspection.failed)
        self.indexing.made.connect(self._on_made)
        self.plane.lasso_changed.connect(self.found_changed)
        session.inspection.opened_changed.connect(self._on_opened)
        session.panes.cursor_moved.connect(self._on_cursor)
        analyses = session.analyses
        analyses.call_awaited.connect(self._on_opened)
        analyses.calls.recorded.connect(lambda _call: self.plane.changed.emit())
        analyses.calls.changed.connect(lambda: self._on_opened(session.inspection.opened))

    # ------------------------------------------------------------------ as a lane
    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._process.busy or self._pause.isActive() or self.indexing.busy

    @property
    def running(self) -> bool:
        """Whether a process works."""
        return self._process.running or self.indexing.running

    def close(self) -> None:
        """End all work."""
        self._pause.stop()
        self._process.close()
        self.indexing.close()

    # ------------------------------------------------------------------ what the reader asks
    def brush(self, first: int, last: int) -> None:
        """Look for a stretch of steps; beyond an end it is that end."""
        low, high = sorted((first, last))
        edges = self.edges
        if edges is None:
            self._waiting = low, high  # for the film that is on its way
            return
        most = len(edges) - 2
        self._take_stretch(Stretch(min(max(low, 0), most), min(max(high, 0), most), own=True))

    def release(self) -> None:
        """Look for the row under the cursor again."""
        self._waiting = None
        if self.stretch is not None and self.stretch.own:
            self._take_stretch(self._at_cursor())

    def open_index(self, folder: Path) -> None:
        """Look for states in an index that the reader names; the one before stays if it fails."""
        done = partial(self._take_chosen, folder)
        self._process.ask("chosen", indexes.summarise_index, folder, done=done)

    def films_of_list(self) -> "tuple[ToIndex, ...]":
        """The films of the list as they would be indexed, with labels."""
        films = self._session.films
        return labelled(tuple(path for path in films.paths if films.reason(path) is None))

    def index_list(self) -> bool:
        """Make an index of the films of the list, for the model that reads; whether it began."""
        films, model = self.films_of_list(), self._session.model
        if model is None or len(films) < 2:
            words = tr("An index needs a model and two films in the list, or more.")
            self._session.message.emit(Message(words, "warning"))
            return False
        self.indexing.index_list(model, films)
        return True

    def open_found(self, found: "FoundStretch") -> None:
        """Show a film of the index, its row under the cursor."""
        middle = (found.first + found.last + 1) // 2
        self.open_row(found.path, found.content, middle, found.frame)

    def open_row(self, path: Path, content: str, step: int, frame: int = 0) -> None:
        """Show a film of the index at one of its steps, from the list where it is in it."""
        here = self._session.films.holding(Content(content)) if content else ()
        path = here[0] if here else path
        self._wanted = path, step
        stack = self._session.stacks.of(path, frame)
        place = stack.place_of(path, frame) if stack is not None else None
        if stack is not None and place is not None and len(stack) > 1:
            self._session.show(stack, place)  # this image of a series, not where it was left
        elif path in self._session.films.paths:
            self._session.select(path, frame)
        else:
            self._session.open((path,))

    # ------------------------------------------------------------------ what is shown
    @property
    def shown(self) -> "tuple[FoundStretch, ...]":
        """What is listed: the films of a lasso, or else those that were found."""
        lassoed = self.plane.lassoed
        return lassoed.shown if lassoed is not None else self.found

    def label(self, label: str, content: str) -> str:
        """What the reference set calls a film; of one that waits for the reader's call nothing."""
        return tr(HIDDEN_LABEL) if _waits(self._session, content) else label

    def labels(self, cloud: "RowCloud") -> tuple[str, ...]:
        """The labels of a cloud's films, empty for those that wait for the reader's call."""
        if not self._session.analyses.calls.first:
            return cloud.labels
        pairs = zip(cloud.labels, cloud.contents, strict=True)
        return tuple("" if _waits(self._session, content) else label for label, content in pairs)

    @property
    def edges(self) -> Doubles | None:
        """(L + 1,) of the film that is open."""
        return self._opened.trace.edges if self._opened is not None else None

    @property
    def model(self) -> ModelInfo | None:
        """That opened the film."""
        return self._opened.model if self._opened is not None else None

    @property
    def film(self) -> Film | None:
        """That is open."""
        return self._opened.film if self._opened is not None else None

    def show_changed(self, changed: "Reread | None") -> None:
        """Look for the states of the film as it was changed; None: as it was read."""
        if changed is not self.changed:
            self.changed = changed
            self.plane.show_changed(changed.trace if changed is not None else None)
            self._soon()

    # ------------------------------------------------------------------ the film
    @property
    def _opened(self) -> "Opened | None":
        opened = self._session.inspection.opened
        if opened is None or self._session.analyses.calls.hides(opened.film.key):
            return None
        return opened

    def _on_opened(self, _opened: object) -> None:
        """Another film, or none: what was found for the one before goes."""
        self._pause.stop()
        self._process.drop("search")
        opened = self._opened
        self.found, self.stretch, self.changed = (), None, None
        self.plane.show_trace(opened.trace if opened is not None else None)
        if opened is None:
            self._say(_reason(self._session))
        elif opened.model.sha256 != self._asked:
            self._look(opened.model)
        else:
            self._say(*(("", "") if self.index is not None else self._without))
        self._go_to_wanted()
        waiting = self._waiting
        if waiting is not None and opened is not None:
            self._waiting = None
            self.brush(*waiting)
        else:
            self._take_stretch(self._at_cursor())
        self.found_changed.emit()

    def _go_to_wanted(self) -> None:
        opened = self._opened
        if opened is None or self._wanted is None:
            return
        (path, step), self._wanted = self._wanted, None
        if opened.film.frame.image.path != path:
            return
        edges = opened.trace.edges
        step = min(step, len(edges) - 2)
        self._session.pointer.move_to_row(float(edges[step] + edges[step + 1]) / 2)

    def _at_cursor(self) -> Stretch | None:
        cursor: RowCursor | None = self._session.cursor
        if self._opened is None or cursor is None or cursor.step is None:
            return None
        return Stretch(cursor.step, cursor.step, own=False)

    def _on_cursor(self, _cursor: object) -> None:
        if self.stretch is None or not self.stretch.own:
            self._take_stretch(self._at_cursor())

    def _take_stretch(self, stretch: Stretch | None) -> None:
        if stretch == self.stretch:
            return
        self.stretch = stretch
        self.stretch_changed.emit(stretch)
        self._soon()

    def _soon(self) -> None:
        """Search in a moment, which is not put off while the cursor is dragged."""
        if not self._pause.isActive():
            self._pause.start()

    # ------------------------------------------------------------------ the index
    def _look(self, model: ModelInfo) -> None:
        """Look for the index of a model."""
        self._asked = model.sha256
        self._take(None, "looking")
        folder = self._own.get(model.sha256)
        done = partial(self._take_index, model)
        self._process.ask(
            "index", indexes.find_summary, model, folder, done=done, failed=self._fail
        )

    def _take_chosen(self, folder: Path, index: "IndexSummary") -> None:
        """The reader chose an index: it is kept for its model, whichever is open."""
        self._own[index.sha256] = folder
        model = self.model
        if model is not None and index.sha256 != model.sha256:
            words = _other_model(index, model)
            self._session.message.emit(Message(words, "warning"))
            if self.index is None:
                self._take(None, "other", words)
        elif model is not None:
            self._asked = model.sha256
            self._take_index(model, index)

    def _take_index(self, model: ModelInfo, index: "IndexSummary | None") -> None:
        if model.sha256 == self._asked:
            self._take(index, "" if index is not None else "none")

    def _take(self, index: "IndexSummary | None", why: Why, sentence: str = "") -> None:
        self.index, self._without = index, (why, sentence)
        self.plane.show_index(index)
        self._say(why, sentence)
        self._soon()

    def _on_made(self, made: MadeIndex) -> None:
        """An index of the list is there: it is shown, if its model is still open."""
        self.plane.forget(made.folder)
        if made.left_out:
            left = tr("%n films were left out", "", n=len(made.left_out))
            details = "\n".join(made.left_out)
            words = tr("{films} films were indexed, and {left}.", films=made.films, left=left)
            self._session.message.emit(Message(words, "warning", details))
        self.open_index(made.folder)

    def _fail(self, error: BaseException) -> None:
        self._take(None, "failed", sentence_of(error))

    def _say(self, why: Why, sentence: str = "") -> None:
        self.why, self.sentence = why, sentence
        self.index_changed.emit()

    # ------------------------------------------------------------------ answers
    def _search(self) -> None:
        opened, index, stretch = self._opened, self.index, self.stretch
        if opened is None or index is None or stretch is None:
            if self.found:
                self.found = ()
                self.found_changed.emit()
            if not self.busy:
                self.idle.emit()
            return
        trace = self.changed.trace if self.changed is not None else opened.trace
        states = trace.h[index.layer][:, stretch.first : stretch.last + 1]
        asked = (index.folder, states, COUNT, opened.film.key)
        done, failed = self._take_found, self._on_not_found
        self._process.ask("search", indexes.search_index, *asked, done=done, failed=failed)

    def _take_found(self, found: "tuple[FoundStretch, ...]") -> None:
        self.found, self.sentence = found, ""
        self.found_changed.emit()

    def _on_not_found(self, error: BaseException) -> None:
        self.found, self.sentence = (), sentence_of(error)
        self.found_changed.emit()


def _other_model(index: "IndexSummary", model: ModelInfo) -> str:
    """Why an index says nothing of a model."""
    if index.model == model.name:
        return tr(
            "This index holds states of other weights of {name}: make it again, or choose another"
            " index.",
            name=model.name,
        )
    return tr(
        "This index holds states of {other}, and {name} is open: choose that model, or another"
        " index.",
        other=index.model,
        name=model.name,
    )


def _waits(session: "Session", content: str) -> bool:
    """Whether a film of the list waits for the reader's own call."""
    film = Content(content)
    hides = bool(film) and session.analyses.calls.hides(film)
    return hides and bool(session.films.holding(film))


def _reason(session: "Session") -> Why:
    """Why no film is open to be looked for."""
    film = session.film
    hides = film is not None and session.analyses.calls.hides(film.key)
    return "hidden" if hides else "closed"
