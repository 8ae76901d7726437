"""The window without a display: open, wait until every reading is there, save, leave."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from engine import Analysis
from viewer.choices import Message
from viewer.dialogs import trace_without_data
from viewer.window import MainWindow

PATIENCE_MS = 300_000


class Photographer(QObject):
    """Saves a picture of the window once nothing is being read any more.

    Args:
        window: The window; its session tells when it is done.
        target: The PNG to write.
        row: Stored row for the cursor, or None to leave it where the model was moved most.
        say: Where predictions and failures are written, one line each.
    """

    def __init__(
        self,
        window: MainWindow,
        target: Path,
        *,
        row: float | None = None,
        say: Callable[[str], object] = print,
    ) -> None:
        super().__init__(window)
        self._window, self._target, self._row, self._say = window, target, row, say
        self._failures, self._told = 0, set[str]()
        self._settle = QTimer(self, singleShot=True, interval=250)
        self._settle.timeout.connect(self._take)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        session = window.session
        session.settled.connect(self._settle.start)
        session.message.connect(self._on_message)
        session.unexpected.connect(lambda error: self._fail(trace_without_data(error)))
        session.answered.connect(self._on_answered)
        self._patience.start()

    def _on_answered(self, analysis: Analysis) -> None:
        name = analysis.image.path.name
        if name in self._told:
            return
        self._told.add(name)
        if analysis.prediction is None:
            self._say(f"{name}: no answer. {analysis.abstained}")
            return
        prediction = analysis.prediction
        pairs = zip(prediction.classes, prediction.probabilities, strict=True)
        self._say(f"{name}: " + ", ".join(f"{word} {value:.3f}" for word, value in pairs))

    def _on_message(self, message: Message) -> None:
        if message.severity == "error":
            self._fail(message.text)

    def _fail(self, text: str) -> None:
        self._failures += 1
        print(text, file=sys.stderr)  # noqa: T201 - the command line is the user interface here

    def _give_up(self) -> None:
        self._fail(f"The reading did not end within {PATIENCE_MS // 1000} seconds.")
        self._take()

    def _take(self) -> None:
        if self._window.session.busy and self._patience.isActive():
            return
        if self._row is not None:
            self._window.session.move_to_row(self._row)
        QApplication.processEvents()
        self._target.parent.mkdir(parents=True, exist_ok=True)
        if self._window.grab().save(str(self._target)):
            self._say(f"Saved {self._target}")
        else:
            self._fail(f"{self._target} could not be written. Choose another place.")
        self._window.close()
        QApplication.exit(1 if self._failures else 0)
