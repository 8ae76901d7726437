"""Work on an index that takes minutes: making one of the films of the list, mapping it by UMAP.

One such work runs at a time, in a process of its own, which ends with it: whoever cancels waits
for nothing. Films are read a few at a time; UMAP, which is one call, says in a file how far it is.
"""

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from engine import index as indexes  # its modules are loaded when they are used
from engine.types import ModelInfo
from viewer.session.jobs import Job, Lane

if TYPE_CHECKING:
    from engine.index import BuiltIndex, RowCloud, SoFar, ToIndex


LOOK_MS: Final = 250  # between two looks at how far UMAP is
TOGETHER: Final = 8  # films that are read before something is said
_SHARE: Final = re.compile(r"(\d+) %")

WorkKind = Literal["list", "umap"]


@dataclass(frozen=True, slots=True)
class Working:
    """How far a long work is.

    Attributes:
        kind: What is made.
        share: Per cent; None while that is not known.
    """

    kind: WorkKind
    share: int | None = None


@dataclass(frozen=True, slots=True)
class MadeIndex:
    """An index of the films of the list.

    Attributes:
        folder: Where it is.
        films: How many are in it.
        left_out: Of those that are not, one sentence each.
    """

    folder: Path
    films: int
    left_out: tuple[str, ...]


def labelled(paths: tuple[Path, ...]) -> "tuple[ToIndex, ...]":
    """Films with the names of their folders as labels, where there is more than one such name."""
    several = len({path.parent.name for path in paths}) > 1
    return tuple(indexes.ToIndex(path, 0, path.parent.name if several else "") for path in paths)


def labels_of(films: "tuple[ToIndex, ...]") -> tuple[str, ...]:
    """The labels of films, each once, in their order."""
    return tuple(dict.fromkeys(film.label for film in films if film.label))


class IndexWork(QObject):
    """Does long work in the background, and says how far it is."""

    working = Signal(object)  # Working | None
    made = Signal(object)  # MadeIndex
    mapped = Signal(object, object)  # Path of an index, its RowCloud
    failed = Signal(object)  # BaseException
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane: Lane | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._begun: Path | None = None
        self.now: Working | None = None
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether something is made."""
        return self.now is not None

    @property
    def running(self) -> bool:
        """Whether a process works."""
        return self._lane is not None and self._lane.running

    def close(self) -> None:
        """End the work for good."""
        self._end()

    def cancel(self) -> None:
        """End what is made, and keep nothing of it."""
        lane, begun = self._lane, self._begun
        if lane is None:
            return
        if begun is None:
            self._end()
        else:  # what was written goes before the process does
            self._lane = self._begun = None
            self._end()
            lane.forget()
            ended = partial(_close, lane)
            lane.submit(Job(indexes.drop_index, (begun,), ended, ended))
        self._say_done()

    # ------------------------------------------------------------------ films of the list
    def index_list(self, model: ModelInfo, films: "tuple[ToIndex, ...]") -> None:
        """Read films and keep their states where the index of a model is looked for."""
        self._begin("list")
        folder = indexes.indexes_folder() / f"{model.name}-list"
        self._do(
            partial(indexes.begin_index, films=len(films)),
            (model.path, folder),
            partial(self._go_on, films, 0, ()),
        )

    def _go_on(
        self,
        films: "tuple[ToIndex, ...]",
        done: int,
        left_out: tuple[str, ...],
        answer: "Path | SoFar",
    ) -> None:
        if isinstance(answer, Path):
            self._begun = answer
        else:
            left_out = (*left_out, *map(str, answer.left_out))
        if self._begun is None:
            return
        self.now = Working("list", 100 * done // len(films))
        self.working.emit(self.now)
        if some := films[done : done + TOGETHER]:
            then = partial(self._go_on, films, done + len(some), left_out)
            self._do(indexes.index_some, (self._begun, some), then)
        else:
            self._do(indexes.finish_index, (self._begun,), partial(self._take_made, left_out))

    def _take_made(self, left_out: tuple[str, ...], summary: "BuiltIndex") -> None:
        self._end()
        self.made.emit(MadeIndex(summary.folder, summary.films, left_out))
        self._say_done()

    # ------------------------------------------------------------------ UMAP
    def map(self, folder: Path) -> None:
        """Lay the sample of an index out by UMAP."""
        self._begin("umap")
        self._scratch = tempfile.TemporaryDirectory(prefix="rowscope-index-")
        self._clock.start()
        self._do(indexes.map_index, (folder, self._report), partial(self._take_mapped, folder))

    def _take_mapped(self, folder: Path, cloud: "RowCloud") -> None:
        self._end()
        self.mapped.emit(folder, cloud)
        self._say_done()

    @property
    def _report(self) -> Path:
        """The file that says how far it is."""
        return Path(self._scratch.name if self._scratch is not None else "") / "progress"

    def _look(self) -> None:
        if self.now is None or self._scratch is None:
            return
        try:
            found = _SHARE.search(self._report.read_text(encoding="utf-8"))
        except OSError:  # nothing was said yet
            return
        if found is not None:
            self.now = Working(self.now.kind, int(found[1]))
            self.working.emit(self.now)

    # ------------------------------------------------------------------ the process
    def _begin(self, kind: WorkKind) -> None:
        self._end()
        self._lane = Lane("process", self)
        self.now = Working(kind)
        self.working.emit(self.now)

    def _do(
        self,
        function: Callable[..., Any],
        arguments: tuple[Any, ...],
        done: Callable[[Any], None],
    ) -> None:
        if self._lane is not None:
            self._lane.submit(Job(function, arguments, done, self._lose))

    def _lose(self, error: BaseException) -> None:
        self._end()
        self.failed.emit(error)
        self._say_done()

    def _say_done(self) -> None:
        self.working.emit(None)
        self.idle.emit()

    def _end(self) -> None:
        self._clock.stop()
        self.now = self._begun = None
        lane, self._lane = self._lane, None
        if lane is not None:
            _close(lane)
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None


def _close(lane: Lane, _answer: object = None) -> None:
    lane.close()
    lane.deleteLater()
