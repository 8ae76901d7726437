"""Work on an index that takes minutes: making one of the films of the list, mapping it by UMAP.

One such work runs at a time, in a process of its own, which can be ended at any moment; nothing is
left of what was ended. How far it is stands in a file, a word that holds until the next one.
"""

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from engine.index import RowCloud, ToIndex, index_listed, map_index
from engine.types import ModelInfo
from viewer.session.jobs import Job, Lane

LOOK_MS: Final = 250  # between two looks at how far it is
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


def labelled(paths: tuple[Path, ...]) -> tuple[ToIndex, ...]:
    """Films with the names of their folders as labels, where they lie in more than one folder."""
    folders = dict.fromkeys(path.parent for path in paths)
    several = len({folder.name for folder in folders}) > 1
    return tuple(ToIndex(path, 0, path.parent.name if several else "") for path in paths)


def labels_of(films: tuple[ToIndex, ...]) -> tuple[str, ...]:
    """The labels of films, each once, in their order."""
    return tuple(dict.fromkeys(film.label for film in films if film.label))


class Indexing(QObject):
    """Does long work in the background, and says how far it is."""

    working = Signal(object)  # Working | None
    made = Signal(object)  # Path: of a new index
    mapped = Signal(object, object)  # Path of an index, its RowCloud
    failed = Signal(object)  # BaseException
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane: Lane | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
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

    def index_list(self, model: ModelInfo, films: tuple[ToIndex, ...]) -> None:
        """Read films and keep their states, where the index of the model is looked for."""
        self._begin("list", index_listed, (model, films), self.made.emit)

    def map(self, folder: Path) -> None:
        """Lay the sample of an index out by UMAP."""

        def done(cloud: RowCloud) -> None:
            self.mapped.emit(folder, cloud)

        self._begin("umap", map_index, (folder,), done)

    def cancel(self) -> None:
        """End what is made, and keep nothing of it."""
        self._end()
        self.working.emit(None)
        self.idle.emit()

    def _begin(
        self,
        kind: WorkKind,
        function: Callable[..., Any],
        arguments: tuple[Any, ...],
        done: Callable[[Any], None],
    ) -> None:
        self._end()
        self._lane = Lane("process", self)
        self._scratch = tempfile.TemporaryDirectory(prefix="rowscope-index-")
        self.now = Working(kind)

        def answer(value: Any) -> None:  # noqa: ANN401 - what the function gives
            self._end()
            done(value)
            self.working.emit(None)
            self.idle.emit()

        def lost(error: BaseException) -> None:
            self._end()
            self.failed.emit(error)
            self.working.emit(None)
            self.idle.emit()

        self._lane.submit(Job(function, (*arguments, self._report), answer, lost))
        self._clock.start()
        self.working.emit(self.now)

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

    def _end(self) -> None:
        self._clock.stop()
        self.now = None
        if self._lane is not None:
            self._lane.close()
            self._lane.deleteLater()
            self._lane = None
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None
