"""A digit that is opened, and an inspection that answers at once: for tests of What if."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

import engine
from engine.inspection import trace_rows
from engine.preparation import frame_of, prepare
from tests.viewer import film_values as made
from viewer.kit.rendering import build_pyramid
from viewer.session.inspection import Opened
from viewer.session.loading import Film


def seven() -> np.ndarray:
    """(28, 28) a drawn seven."""
    values = np.zeros((28, 28), np.uint8)
    values[6:9, 7:21] = 230
    for row in range(9, 24):
        column = 20 - (row - 9) * 10 // 15
        values[row, column - 2 : column + 1] = 230
    return values


def opened(values: np.ndarray | None = None, key: str = "seven 0") -> Opened:
    """A digit as Inspect opens it, with the shipped model of digits."""
    model = engine.load("digits", "cpu")
    frame = frame_of(seven() if values is None else values)
    prepared = prepare(frame, model.info)
    film = Film(frame, build_pyramid(frame), (made.WINDOW,), made.WINDOW, key)
    return Opened(film, prepared, trace_rows(model.info.path, prepared), model.info)


class AnsweringInspection(QObject):
    """Asks the engine in this process and at once, unless it holds.

    Attributes:
        asked: Topics, in their order.
        holds: Topics of which answers wait until `release`.
    """

    opened_changed = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.opened = None
        self.asked: list[str] = []
        self.withheld: set[Path] = set()
        self.holds: set[str] = set()
        self._held: list = []

    def show(self, film: Opened | None) -> None:
        """Another film is opened."""
        self.opened = film
        self._held = []
        self.opened_changed.emit(film)

    def ask(self, topic, function, *arguments, done, failed=None):
        """As `Inspection.ask`."""
        self.asked.append(topic)
        task = (function, (Path(self.opened.model.path), self.opened.prepared, *arguments))
        if topic in self.holds:
            self._held.append((task, done))
            return
        self._run(task, done, failed or self.failed.emit)

    def lends(self, path):
        """As `Inspection.lends`."""
        return path not in self.withheld

    def release(self) -> None:
        """Answer what was held."""
        held, self._held, self.holds = self._held, [], set()
        for task, done in held:
            self._run(task, done, self.failed.emit)

    def _run(self, task, done, failed) -> None:
        function, arguments = task
        try:
            answer = function(*arguments)
        except engine.EngineError as error:
            failed(error)
        else:
            done(answer)
