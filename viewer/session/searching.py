"""Where else the network was in the state of a row: an index of films, asked in a process.

The process keeps the index open (it is mapped) and does what is asked of it; of what is asked
again only the newest counts. The window draws what came, and never waits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from engine.index import (
    FoundStretch,
    IndexSummary,
    ProjectionKind,
    RowCloud,
    ToIndex,
    find_summary,
    project_index,
    search_index,
    show_stretches,
    summarise_index,
)
from engine.types import Doubles, Floats, ModelInfo, RowTrace
from viewer.kit.language import marked, sentence_of, tr
from viewer.session.index_work import Indexing, labelled
from viewer.session.jobs import INFERENCE, Job, Lane
from viewer.session.loading import Content, Film

if TYPE_CHECKING:
    from viewer.session.choices import RowCursor
    from viewer.session.inspection import Opened
    from viewer.session.session import Session

Why = Literal["", "closed", "hidden", "looking", "none", "other", "failed"]
Colouring = Literal["row", "class", "film"]

COUNT: Final = 12  # stretches that are looked for
LASSOED: Final = 24  # films of a lasso that are shown
PAUSE_MS: Final = 60  # between a move of the cursor and the search
COLOURINGS: Final[tuple[Colouring, ...]] = ("row", "class", "film")
PROJECTIONS: Final[tuple[ProjectionKind, ...]] = ("pca", "umap")
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


@dataclass(frozen=True, slots=True, eq=False)
class Lassoed:
    """Rows within a line that was drawn around them.

    Attributes:
        corners: (k, 2) of the line, in the plane of the projection.
        films, rows: How many of the cloud lie inside.
        shown: The first of these films, each at one of its rows.
    """

    corners: Floats
    films: int
    rows: int
    shown: tuple[FoundStretch, ...] = ()


def inside(points: NDArray[np.floating], corners: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Which points (m, 2) lie inside a closed line (k, 2), by the even-odd rule."""
    found = np.zeros(len(points), np.bool_)
    x, y = points[:, 0], points[:, 1]
    for (x0, y0), (x1, y1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y0 == y1:
            continue
        crosses = (y0 > y) != (y1 > y)
        found ^= crosses & (x < x0 + (y - y0) / (y1 - y0) * (x1 - x0))
    return found


class Searching(QObject):
    """Looks for states of the open film in the index of its model, and shows where they lie.

    Args:
        session: Its inspection opens films; its models, calls and list are asked.
    """

    index_changed = Signal()  # another index, or another reason why there is none
    stretch_changed = Signal(object)  # Stretch | None
    found_changed = Signal()
    plane_changed = Signal()  # cloud, colours, path or lasso
    idle = Signal()  # as a lane's

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self._lane = Lane("process", self, patience=INFERENCE)
        self._lane.idle.connect(self.idle)
        self._jobs: dict[str, Job] = {}
        self.indexing = Indexing(self)
        self._own: dict[str, Path] = {}  # indexes that the reader opened, by hash of the model
        self._asked = ""  # hash of the model whose index is shown or looked for
        self._maps: dict[Path, RowCloud] = {}  # by UMAP
        self._wanted: tuple[Path, int] | None = None  # where the cursor shall stand after opening
        self._waiting: tuple[int, int] | None = None  # brushed before its film was opened
        self._changed: RowTrace | None = None
        self.why: Why = "closed"
        self.sentence = ""  # of an error
        self.index: IndexSummary | None = None
        self.stretch: Stretch | None = None
        self.found: tuple[FoundStretch, ...] = ()
        self.kind: ProjectionKind = "pca"
        self.colouring: Colouring = "row"
        self.path: Floats | None = None
        self.changed_path: Floats | None = None
        self.lassoed: Lassoed | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.indexing.idle.connect(self.idle)
        self.indexing.made.connect(self._on_made)
        self.indexing.mapped.connect(self._on_mapped)
        self.indexing.failed.connect(session.inspection.failed)
        session.inspection.opened_changed.connect(self._on_opened)
        session.panes.cursor_moved.connect(self._on_cursor)
        session.analyses.calls.changed.connect(lambda: self._on_opened(session.inspection.opened))

    # ------------------------------------------------------------------ as a lane
    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._lane.busy or self._pause.isActive() or self.indexing.busy

    @property
    def running(self) -> bool:
        """Whether a process works."""
        return self._lane.running or self.indexing.running

    def close(self) -> None:
        """End all work."""
        self._pause.stop()
        self._lane.close()
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
        """Look for states in an index from a file."""
        self._asked = ""
        done = partial(self._take_chosen, folder)
        self._ask("index", summarise_index, folder, done=done, failed=self._fail)

    def films_of_list(self) -> tuple[ToIndex, ...]:
        """The films of the list as they would be indexed, with labels."""
        films = self._session.films
        return labelled(tuple(path for path in films.paths if films.reason(path) is None))

    def index_list(self) -> bool:
        """Make an index of the films of the list, for the model that is open; whether it began."""
        films = self.films_of_list()
        if self.model is None or len(films) < 2:
            return False
        self.indexing.index_list(self.model, films)
        return True

    def choose_projection(self, kind: ProjectionKind) -> None:
        """Show another plane; one that is not there yet is made."""
        if self.index is None or kind == self.kind:
            return
        if kind == "umap" and self.index.folder not in self._maps:
            self.indexing.map(self.index.folder)
            return
        self.kind = kind
        self._project()

    def choose_colouring(self, colouring: Colouring) -> None:
        """Colour the points by something else."""
        if colouring != self.colouring:
            self.colouring = colouring
            self.plane_changed.emit()

    def lasso(self, corners: NDArray[np.floating] | None) -> None:
        """List the films whose points lie inside a line; None, and a line around none, forgets."""
        cloud, index = self.cloud, self.index
        self.lassoed = None
        self.drop("lasso")
        if cloud is not None and index is not None and corners is not None and len(corners) > 2:
            within = np.flatnonzero(inside(cloud.points, corners))
            films, places = _one_of_each(cloud, within)
            kept = np.asarray(corners, np.float32)
            if len(films):
                self.lassoed = Lassoed(kept, len(films), len(within))
                asked = [
                    (int(cloud.numbers[film]), int(cloud.step[place]))
                    for film, place in zip(films[:LASSOED], places[:LASSOED], strict=True)
                ]
                done = partial(self._take_lassoed, self.lassoed)
                self._ask("lasso", show_stretches, index.folder, asked, done=done)
        self.plane_changed.emit()
        self.found_changed.emit()

    def open_found(self, found: FoundStretch) -> None:
        """Show a film of the index, its row under the cursor."""
        middle = (found.first + found.last + 1) // 2
        self.open_row(found.path, found.content, middle)

    def open_row(self, path: Path, content: str, step: int) -> None:
        """Show a film of the index at one of its steps, from the list where it is in it."""
        here = self._session.films.holding(Content(content)) if content else ()
        path = here[0] if here else path
        self._wanted = path, step
        if path in self._session.films.paths:
            self._session.showing.visit(path)
        else:
            self._session.open((path,))

    # ------------------------------------------------------------------ what is shown
    @property
    def cloud(self) -> RowCloud | None:
        """The points of the plane that is chosen."""
        if self.index is None:
            return None
        return self._maps[self.index.folder] if self.kind == "umap" else self.index.cloud

    @property
    def shown(self) -> tuple[FoundStretch, ...]:
        """What is listed: the films of a lasso, or else those that were found."""
        return self.lassoed.shown if self.lassoed is not None else self.found

    def label(self, label: str, content: str) -> str:
        """What the reference set calls a film; of one that waits for the reader's call nothing."""
        calls, films = self._session.analyses.calls, self._session.films
        film = Content(content)
        if film and calls.hides(film) and films.holding(film):
            return tr(HIDDEN_LABEL)
        return label

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

    def show_changed(self, trace: RowTrace | None) -> None:
        """Show the path of the same film, changed, too; None takes it away."""
        self._changed = trace
        self.changed_path = None
        self._project_changed()
        self.plane_changed.emit()

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
        for topic in ("search", "path", "changed"):
            self.drop(topic)
        self.found, self.path, self.changed_path, self._changed = (), None, None, None
        opened = self._opened
        self.stretch = None
        if opened is None:
            self._say(self._reason())
        elif opened.model.sha256 != self._asked:
            self._look(opened.model)
        elif self.index is not None:
            self._say("")
            self._project()
        self._go_to_wanted()
        waiting = self._waiting
        if waiting is not None and opened is not None:
            self._waiting = None
            self.brush(*waiting)
        else:
            self._take_stretch(self._at_cursor())
        self.found_changed.emit()
        self.plane_changed.emit()

    def _reason(self) -> Why:
        film = self._session.film
        hides = film is not None and self._session.analyses.calls.hides(film.key)
        return "hidden" if hides else "closed"

    def _go_to_wanted(self) -> None:
        opened = self._opened
        if opened is None or self._wanted is None:
            return
        path, step = self._wanted
        if opened.film.frame.image.path != path:
            return
        self._wanted = None
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
        if not self._pause.isActive():  # not put off while the cursor is dragged
            self._pause.start()

    # ------------------------------------------------------------------ the index
    def _look(self, model: ModelInfo) -> None:
        """Look for the index of a model."""
        self._asked, self.index, self.kind, self.lassoed = model.sha256, None, "pca", None
        self._say("looking")
        folder = self._own.get(model.sha256)
        done = partial(self._take_index, model)
        self._ask("index", find_summary, model, folder, done=done, failed=self._fail)

    def _take_chosen(self, folder: Path, index: IndexSummary) -> None:
        """The reader chose an index: it is kept for its model, whichever is open."""
        self._own[index.sha256] = folder
        model = self.model
        if model is not None and index.sha256 != model.sha256:
            self.index, self._asked = None, model.sha256
            words = tr(
                "This index holds states of {other}, and {name} is open: choose that model, or"
                " another index.",
                other=index.model,
                name=model.name,
            )
            self._say("other", words)
        elif model is not None:
            self._asked = model.sha256
            self._take_index(model, index)

    def _take_index(self, model: ModelInfo, index: IndexSummary | None) -> None:
        if model.sha256 != self._asked:
            return
        self.index = index
        self._say("" if index is not None else "none")
        if index is not None:
            self._project()
            self._pause.start()

    def _on_made(self, folder: Path) -> None:
        """An index of the list is there: it is shown, if its model is still open."""
        self._maps.pop(folder, None)
        self.open_index(folder)

    def _on_mapped(self, folder: Path, cloud: RowCloud) -> None:
        self._maps[folder] = cloud
        if self.index is not None and self.index.folder == folder:
            self.kind = "umap"
            self._project()

    def _fail(self, error: BaseException) -> None:
        self.index = None
        self._say("failed", sentence_of(error))

    def _say(self, why: Why, sentence: str = "") -> None:
        self.why, self.sentence = why, sentence
        self.index_changed.emit()
        self.plane_changed.emit()

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
        states = opened.trace.h[index.layer][:, stretch.first : stretch.last + 1]
        done = partial(self._take_found, stretch)
        asked = (index.folder, states, COUNT, opened.film.key)
        self._ask("search", search_index, *asked, done=done, failed=self._on_not_found)

    def _take_found(self, _stretch: Stretch, found: tuple[FoundStretch, ...]) -> None:
        self.found, self.sentence = found, ""
        self.found_changed.emit()

    def _on_not_found(self, error: BaseException) -> None:
        self.found, self.sentence = (), sentence_of(error)
        self.found_changed.emit()

    def _take_lassoed(self, lassoed: Lassoed, shown: tuple[FoundStretch, ...]) -> None:
        if self.lassoed is lassoed:
            self.lassoed = Lassoed(lassoed.corners, lassoed.films, lassoed.rows, shown)
            self.found_changed.emit()

    def _project(self) -> None:
        opened, index = self._opened, self.index
        self.path = self.lassoed = None
        if opened is not None and index is not None:
            asked = (index.folder, opened.trace.h[index.layer], self.kind)
            self._ask("path", project_index, *asked, done=self._take_path)
        self._project_changed()
        self.plane_changed.emit()

    def _project_changed(self) -> None:
        if self._changed is not None and self.index is not None:
            asked = (self.index.folder, self._changed.h[self.index.layer], self.kind)
            self._ask("changed", project_index, *asked, done=self._take_changed)

    def _take_path(self, path: Floats) -> None:
        self.path = path
        self.plane_changed.emit()

    def _take_changed(self, path: Floats) -> None:
        self.changed_path = path
        self.plane_changed.emit()

    # ------------------------------------------------------------------ the process
    def _ask(
        self,
        topic: str,
        function: Callable[..., Any],
        *arguments: Any,  # noqa: ANN401 - what the function takes
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Let the process do something; of one topic only the newest answer counts."""
        self.drop(topic)
        job = Job(function, arguments, done, failed or self._session.inspection.failed.emit)
        self._jobs[topic] = job
        self._lane.submit(job)

    def drop(self, topic: str) -> None:
        """Nobody waits for the answer to this any more."""
        if (job := self._jobs.pop(topic, None)) is not None:
            self._lane.drop(job)


def _one_of_each(
    cloud: RowCloud, within: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Films with points inside, those with most of them first, each with its middle point."""
    order = within[np.lexsort((cloud.step[within], cloud.film[within]))]
    starts = np.flatnonzero(np.diff(cloud.film[order], prepend=-1))  # np.unique loads numpy.ma
    counts = np.diff(starts, append=len(order))
    ranked = np.argsort(-counts, kind="stable")
    middles = order[starts[ranked] + counts[ranked] // 2]
    return cloud.film[middles], middles
