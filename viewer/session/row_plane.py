"""All row states of an index as points of a plane, and the way of the open film through it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from engine import index as indexes  # its modules are loaded when they are used
from engine.types import Floats, RowTrace
from viewer.session.index_work import IndexWork
from viewer.session.jobs import INFERENCE, Job, Lane, Topics

if TYPE_CHECKING:
    from engine.index import FoundStretch, IndexSummary, ProjectionKind, RowCloud


Colouring = Literal["row", "class", "film"]

LASSOED: Final = 24  # films of a lasso that are shown
COLOURINGS: Final[tuple[Colouring, ...]] = ("row", "class", "film")
PROJECTIONS: Final[tuple["ProjectionKind", ...]] = ("pca", "umap")


class IndexProcess(QObject):
    """The process that keeps the index open; of one topic only the newest question is answered.

    It keeps no network, and a search never waits behind one.
    """

    failed = Signal(object)  # BaseException
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = Lane("process", self, patience=INFERENCE)
        self._lane.idle.connect(self.idle)
        self._topics = Topics()

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._lane.busy

    @property
    def running(self) -> bool:
        """Whether it works."""
        return self._lane.running

    def close(self) -> None:
        """End it for good."""
        self._lane.close()

    def ask(
        self,
        topic: str,
        function: Callable[..., Any],
        *arguments: Any,  # noqa: ANN401 - what the function takes
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Let it do something with the index."""
        job = Job(function, arguments, done, failed or self.failed.emit)
        self._topics.submit(topic, self._lane, job)

    def drop(self, topic: str) -> None:
        """Nobody waits for the answer to this any more."""
        self._topics.drop(topic)


@dataclass(frozen=True, slots=True, eq=False)
class Lassoed:
    """Rows within a line that was drawn around them.

    Attributes:
        corners: (k, 2) of the line, in the plane.
        films, rows: How many of the cloud lie inside.
        shown: The first of these films, each at one of its rows.
    """

    corners: Floats
    films: int
    rows: int
    shown: "tuple[FoundStretch, ...]" = ()


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


class RowPlane(QObject):
    """The plane that is chosen, its colours, the paths through it, and the line drawn in it.

    Args:
        process: Projects states.
        work: Makes a map by UMAP where there is none yet.
        parent: Of the Qt object.
    """

    changed = Signal()
    lasso_changed = Signal()  # other films are inside, or they are known now

    def __init__(
        self, process: IndexProcess, work: IndexWork, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._process, self._work = process, work
        self._index: IndexSummary | None = None
        self._trace: RowTrace | None = None
        self._other: RowTrace | None = None
        self._maps: dict[Path, RowCloud] = {}  # by UMAP
        self.kind: ProjectionKind = "pca"
        self.colouring: Colouring = "row"
        self.path: Floats | None = None
        self.changed_path: Floats | None = None
        self.lassoed: Lassoed | None = None
        work.mapped.connect(self._on_mapped)

    @property
    def cloud(self) -> "RowCloud | None":
        """The points."""
        if self._index is None:
            return None
        return self._maps[self._index.folder] if self.kind == "umap" else self._index.cloud

    def show_index(self, index: "IndexSummary | None") -> None:
        """Show the rows of another index, or of none."""
        if self._index is not index:
            self._index, self.kind = index, "pca"
            self._project()

    def show_trace(self, trace: RowTrace | None) -> None:
        """Show the path of another film, or of none."""
        self._trace, self._other = trace, None
        self._project()

    def show_changed(self, trace: RowTrace | None) -> None:
        """Show the path of the same film, changed, too; None takes it away."""
        self._other, self.changed_path = trace, None
        self._lay("changed", trace, self._take_changed)
        self.changed.emit()

    def forget(self, folder: Path) -> None:
        """An index was made anew: a map of the one before is none of it."""
        self._maps.pop(folder, None)

    def choose_projection(self, kind: "ProjectionKind") -> None:
        """Show another plane; one that is not there yet is made."""
        if self._index is None or kind == self.kind:
            return
        if kind == "umap" and self._index.folder not in self._maps:
            self._work.map(self._index.folder)
            return
        self.kind = kind
        self._project()

    def choose_colouring(self, colouring: Colouring) -> None:
        """Colour the points by something else."""
        if colouring != self.colouring:
            self.colouring = colouring
            self.changed.emit()

    def lasso(self, corners: NDArray[np.floating] | None) -> None:
        """List the films whose points lie inside a line; None, and a line around none, forgets."""
        cloud, index = self.cloud, self._index
        self.lassoed = None
        self._process.drop("lasso")
        if cloud is not None and index is not None and corners is not None and len(corners) > 2:
            within = np.flatnonzero(inside(cloud.points, corners))
            films, places = _one_of_each(cloud, within)
            if len(films):
                kept = np.asarray(corners, np.float32)
                self.lassoed = Lassoed(kept, len(films), len(within))
                asked = [
                    (int(cloud.numbers[film]), int(cloud.step[place]))
                    for film, place in zip(films[:LASSOED], places[:LASSOED], strict=True)
                ]
                done = partial(self._take_lassoed, self.lassoed)
                self._process.ask("lasso", indexes.show_stretches, index.folder, asked, done=done)
        self.changed.emit()
        self.lasso_changed.emit()

    # ------------------------------------------------------------------ answers
    def _project(self) -> None:
        lassoed = self.lassoed
        self.path = self.changed_path = self.lassoed = None
        self._process.drop("lasso")
        self._lay("path", self._trace, self._take_path)
        self._lay("changed", self._other, self._take_changed)
        self.changed.emit()
        if lassoed is not None:
            self.lasso_changed.emit()

    def _lay(self, topic: str, trace: RowTrace | None, done: Callable[[Floats], None]) -> None:
        self._process.drop(topic)
        if trace is not None and self._index is not None:
            index = self._index
            asked = (index.folder, trace.h[index.layer], self.kind)
            self._process.ask(topic, indexes.project_index, *asked, done=done)

    def _take_path(self, path: Floats) -> None:
        self.path = path
        self.changed.emit()

    def _take_changed(self, path: Floats) -> None:
        self.changed_path = path
        self.changed.emit()

    def _take_lassoed(self, lassoed: Lassoed, shown: "tuple[FoundStretch, ...]") -> None:
        if self.lassoed is lassoed:
            self.lassoed = Lassoed(lassoed.corners, lassoed.films, lassoed.rows, shown)
            self.lasso_changed.emit()

    def _on_mapped(self, folder: Path, cloud: "RowCloud") -> None:
        self._maps[folder] = cloud
        if self._index is not None and self._index.folder == folder:
            self.kind = "umap"
            self._project()


def _one_of_each(
    cloud: "RowCloud", within: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Films with points inside, those with most of them first, each with its middle point."""
    order = within[np.lexsort((cloud.step[within], cloud.film[within]))]
    starts = np.flatnonzero(np.diff(cloud.film[order], prepend=-1))  # np.unique loads numpy.ma
    counts = np.diff(starts, append=len(order))
    ranked = np.argsort(-counts, kind="stable")
    middles = order[starts[ranked] + counts[ranked] // 2]
    return cloud.film[middles], middles
