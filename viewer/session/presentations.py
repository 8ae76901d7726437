"""Presentation states that came with the films of the list, read in the background."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.imaging import read_presentation
from engine.types import presentations_for
from viewer.session.jobs import Job, Lanes

if TYPE_CHECKING:
    from engine.types import Presentation, PresentationState
    from viewer.session.loading import Film


class Presentations(QObject):
    """Knows which presentation states speak of a film.

    Args:
        reading: Lanes in which files are read.
        parent: Of the Qt object.
    """

    changed = Signal()  # there are others than before
    failed = Signal(object)  # one error, of a file that cannot be read

    def __init__(self, reading: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading = reading
        self._states: dict[Path, PresentationState] = {}
        self._asked: set[Path] = set()

    def take(self, paths: Iterable[Path]) -> None:
        """Read files that are presentation states; each once, until `forget`."""
        for path in paths:
            if path not in self._asked:
                self._asked.add(path)
                done = partial(self._on_read, path)
                job = Job(read_presentation, (path,), done, self.failed.emit, ahead=True)
                self._reading.submit(path, job)

    def forget(self) -> None:
        """Files may hold others when they are opened again."""
        self._asked.clear()

    def of(self, film: "Film") -> "tuple[Presentation, ...]":
        """How they show a film, the newest first; empty where none speaks of it."""
        if not self._states:
            return ()
        frame = film.frame
        return presentations_for(self._states.values(), frame.image, frame.index)

    def _on_read(self, path: Path, state: "PresentationState") -> None:
        self._states[path] = state
        self.changed.emit()
