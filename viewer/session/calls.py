"""The reader's own calls, the log of readings, and which answers are hidden until a call."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.records import (
    Call,
    CallLog,
    Compared,
    ReadingLog,
    RecordsError,
    Store,
    moment,
)
from engine.types import Analysis
from viewer.kit.language import sentence_of
from viewer.session.loading import Content

READER = "R1"  # until the reader says how he wants to be called


class Calls(QObject):
    """Calls of the reader and what he has seen of answers; written down as it happens.

    In the mode "own call first" the answer to a film is hidden from everything that shows answers
    until a call on that film was recorded (`hides`).

    Args:
        store: Keeps them; its tables are made when they are first needed.
        parent: Of the Qt object.
    """

    changed = Signal()  # what is hidden may be other films now
    recorded = Signal(object)  # Call
    warned = Signal(object)  # the sentence why records cannot be kept

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.first = False  # whether the reader's own call comes before the model's answer
        self.reader = READER
        self._readings: ReadingLog | None = None
        self._calls: CallLog | None = None
        self._called: frozenset[str] | None = None
        self._shown: dict[Content, str] = {}  # when films came on screen, in this run
        self._seen: dict[tuple[str, Content], list[Analysis]] = {}  # answers on screen, by reader
        self._logged: set[tuple[Content, str]] = set()
        self._revealed: set[tuple[str, Content, str]] = set()

    # ------------------------------------------------------------------ the mode
    def choose(self, *, first: bool) -> None:
        """Hide answers until the reader's own call, or show them as they come."""
        if first != self.first:
            self.first = first
            self.changed.emit()

    def name(self, reader: str) -> None:
        """Another reader, by a code; his calls are his own."""
        code = " ".join(reader.split())[:32]
        if code and code != self.reader:
            self.reader, self._called = code, None
            self.changed.emit()

    def hides(self, content: Content) -> bool:
        """Whether the answer to a film waits for the reader's call."""
        return self.first and bool(content) and content not in self._done()

    def of(self, content: Content) -> tuple[Call, ...]:
        """The reader's calls on a film, the oldest first."""
        if not content or (self._calls is None and content not in self._done()):
            return ()
        return self._log().calls(self.reader, content)

    # ------------------------------------------------------------------ what happens
    def note_film(self, content: Content) -> None:
        """A film is on screen: from now on the reader looks at it."""
        self._shown.setdefault(content, moment())

    def note_answer(self, content: Content, analysis: Analysis) -> None:
        """An answer is on screen: it is logged once in a run, and for a reader who made a call."""
        self._seen.setdefault((self.reader, content), []).append(analysis)
        key = (content, analysis.model.sha256)
        try:
            if key not in self._logged:
                self._logged.add(key)
                self._reading_log().add(content, analysis)
            if content in self._done():
                self._reveal(content, analysis)
        except RecordsError as error:
            self.warned.emit(sentence_of(error))

    def record(
        self,
        content: Content,
        answer: str,
        confidence: float = 0.5,
        *,
        finding: str = "",
        compared: Compared = "",
        note: str = "",
    ) -> Call | None:
        """Write down what the reader says of a film, which locks it.

        The first call is the first; one after it is the second. None where it cannot be written.
        """
        seen = self._seen.get((self.reader, content), [])
        stage = "second" if any(one.stage == "first" for one in self.of(content)) else "first"
        call = Call(
            self.reader,
            content,
            answer,
            finding,
            min(max(confidence, 0.5), 1.0),
            "second" if stage == "second" else "first",
            compared,
            note,
            seen=bool(seen),
            shown=self._shown.get(content, ""),
        )
        return self._write(call)

    def append(self, content: Content, note: str) -> Call | None:
        """Add words to a call that is locked."""
        calls = self.of(content)
        if not calls or not note.strip():
            return None
        last = calls[-1]
        added = replace(last, stage="addendum", compared="", note=note.strip())
        return self._write(replace(added, seen=(self.reader, content) in self._seen))

    def _write(self, call: Call) -> Call | None:
        content = Content(call.content)
        try:
            made = self._log().add(call)
            self._called = self._done() | {call.content}
            for analysis in self._seen.get((self.reader, content), []):
                self._reveal(content, analysis)
        except RecordsError as error:
            self.warned.emit(sentence_of(error))
            return None
        self.recorded.emit(made)
        return made

    def _reveal(self, content: Content, analysis: Analysis) -> None:
        key = (self.reader, content, analysis.model.sha256)
        if key not in self._revealed:
            self._revealed.add(key)
            self._log().reveal(self.reader, content, analysis)

    # ------------------------------------------------------------------ for other programs
    def export_calls(self, path: Path, truth: dict[str, int] | None = None) -> int:
        """Write the reader study as a table; how many calls it holds.

        Raises:
            OSError: The file cannot be written.
        """
        return self._log().export(path, truth)

    def export_readings(self, path: Path) -> int:
        """Write the log of readings as a table, hidden answers left out; how many it holds.

        Raises:
            OSError: The file cannot be written.
        """
        return self._reading_log().export(path, lambda content: self.hides(Content(content)))

    # ------------------------------------------------------------------ the file
    def _done(self) -> frozenset[str]:
        if self._called is None:
            self._called = self._log().called(self.reader)
        return self._called

    def _log(self) -> CallLog:
        if self._calls is None:
            self._calls = CallLog(self._store)
        return self._calls

    def _reading_log(self) -> ReadingLog:
        if self._readings is None:
            self._readings = ReadingLog(self._store)
        return self._readings
