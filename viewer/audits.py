"""Whether the maps of the chosen model were tested: read in a thread, anew for each model."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine import Audit, ModelInfo, read_audit
from viewer.map_tests import map_tests
from viewer.worker import Job, Lanes

Key = tuple[Path, str]


class Audits(QObject):
    """Asks the bundle of one model after the other; until it has answered, nothing was tested."""

    known = Signal(object)  # MapTests of the model that was asked for last
    failed = Signal(object)  # BaseException: the bundle holds tests that cannot be read

    def __init__(self, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._asked: Key | None = None
        self._audit: Audit | None = None

    def ask(self, model: ModelInfo) -> None:
        """Tell what was measured of a model's maps; what was told of another one is not kept."""
        key = (model.path, model.sha256)
        if key == self._asked:
            return
        self._asked = key
        self._audit = None
        self.tell_again()
        done, failed = partial(self._on_read, key), partial(self._on_failed, key)
        self._lanes.submit(model.path, Job(read_audit, (model.path,), done, failed, urgent=True))

    def forget(self, model: ModelInfo) -> None:
        """Ask again the next time: a model that is opened anew may have been tested meanwhile."""
        self._asked = None if (model.path, model.sha256) == self._asked else self._asked

    def _on_read(self, key: Key, audit: Audit | None) -> None:
        self._settle(key, audit)

    def _on_failed(self, key: Key, error: BaseException) -> None:
        self._settle(key, None)
        self.failed.emit(error)

    def _settle(self, key: Key, audit: Audit | None) -> None:
        if key == self._asked:
            self._audit = audit
            self.tell_again()

    def tell_again(self) -> None:
        """What was told last, in the words of this moment."""
        self.known.emit(map_tests(self._audit))
