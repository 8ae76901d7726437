"""The window without a display: open, do what a script says, save what is seen, leave."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from engine.output import say
from engine.types import Analysis
from viewer.commanding.dialogs import trace_without_data
from viewer.kit.language import listed, told, tr
from viewer.session.choices import Message
from viewer.session.readings import answer_pairs
from viewer.window import MainWindow

if TYPE_CHECKING:
    from viewer.scripting.director import Director
    from viewer.tour import Stand

PATIENCE_MS = 300_000


class Photographer(QObject):
    """Saves a picture of the window, and its state, once nothing is being read any more.

    With commands it waits for the last of them instead, whatever is still being read then.

    Args:
        window: The window; its session tells when it is done.
        target: The PNG to write, or None.
        state: The JSON to write, or None.
        director: Gives the commands, or the tour, or None.
        row: Stored row for the cursor, or None to leave it where the model was moved most.
        say: Where predictions and failures are written, one line each.
    """

    def __init__(
        self,
        window: MainWindow,
        target: Path | None,
        *,
        state: Path | None = None,
        director: "Director | Stand | None" = None,
        row: float | None = None,
        say: Callable[[str], object] = say,
    ) -> None:
        super().__init__(window)
        self._window, self._row, self._say = window, row, say
        self._target, self._state = target, state
        self._directed = director is not None
        self._failures, self._told = 0, set[Path]()
        self._settle = QTimer(self, singleShot=True, interval=50)
        self._settle.timeout.connect(self._take)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        session = window.session
        if director is None:
            session.settled.connect(self._settle.start)
        else:
            director.finished.connect(self._settle.start)
            director.failed.connect(self._fail)
        session.message.connect(self._on_message)
        session.unexpected.connect(lambda error: self._fail(trace_without_data(error)))
        session.analyses.answered.connect(self._on_answered)
        self._patience.start()

    def _on_answered(self, analysis: Analysis) -> None:
        path, name = analysis.image.path, analysis.image.path.name
        if path in self._told:  # two folders may hold films of one name
            return
        self._told.add(path)
        if analysis.prediction is None:
            self._say(
                tr("{name}: no answer. {why}", name=name, why=told(analysis.abstained or ""))
            )
            return
        pairs = answer_pairs(analysis, "{:.3f}".format)
        answers = listed([f"{word} {value}" for word, value in pairs]) or tr("none")
        self._say(tr("{name}: {answers}", name=name, answers=answers))

    def _on_message(self, message: Message) -> None:
        if message.severity == "error":
            self._fail(message.text)

    def _fail(self, text: str) -> None:
        self._failures += 1
        say(text, sys.stderr)

    def _write(self, path: Path, write: Callable[[Path], object]) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            written = write(path)
        except OSError:
            written = False
        if written:
            self._say(tr("Saved {path}", path=path))
        else:
            self._fail(tr("{path} could not be written. Choose another place.", path=path))

    def _give_up(self) -> None:
        seconds = PATIENCE_MS // 1000
        self._fail(tr("The reading did not end within %n seconds.", "", n=seconds))
        self._take()

    def _take(self) -> None:
        waits = self._window.session.busy and not self._directed
        if waits and self._patience.isActive():
            return
        if self._row is not None:
            self._window.session.move_to_row(self._row)
        QApplication.processEvents()
        if self._target is not None:
            self._write(self._target, lambda path: self._window.grab().save(str(path)))
        if self._state is not None:
            from viewer.scripting.state import state_of  # noqa: PLC0415 - it was asked for

            text = json.dumps(state_of(self._window), indent=2, allow_nan=False) + "\n"
            self._write(self._state, lambda path: path.write_text(text, encoding="utf-8"))
        self._window.close()
        QApplication.exit(1 if self._failures else 0)
