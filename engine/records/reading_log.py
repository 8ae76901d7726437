"""The log of every reading: when, which film, which model, what came out. Nobody's name.

Rows are only ever added. The file itself refuses to change or delete one, whoever asks.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final, Literal

from engine.records.csv_tables import Cell, write_table
from engine.records.store import Parts, Store, moment
from engine.types import Analysis

ReadingStatus = Literal["ok", "abstained"]

_LOG: Final = Parts(
    "readings",
    (
        (
            """CREATE TABLE readings (
                 id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, content TEXT NOT NULL,
                 model TEXT NOT NULL, version TEXT NOT NULL, sha256 TEXT NOT NULL,
                 device TEXT NOT NULL, seconds REAL NOT NULL, status TEXT NOT NULL,
                 classes TEXT NOT NULL, probabilities TEXT NOT NULL, reasons TEXT NOT NULL,
                 program TEXT NOT NULL)""",
            """CREATE TRIGGER readings_stay BEFORE UPDATE ON readings
                 BEGIN SELECT RAISE(ABORT, 'the log of readings is only added to'); END""",
            """CREATE TRIGGER readings_remain BEFORE DELETE ON readings
                 BEGIN SELECT RAISE(ABORT, 'the log of readings is only added to'); END""",
        ),
    ),
)
_INSERT: Final = "INSERT INTO readings VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_HEADER: Final = (
    "time", "content", "model", "model_version", "model_sha256", "device", "seconds", "status",
    "class", "probability", "reasons", "program_version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LoggedReading:
    """One reading.

    Attributes:
        time: UTC, as `moment` writes it.
        content: Of the film: the hash of pixels and header, and the number of the frame.
        model, version, sha256: Which model read, and the hash of its weights.
        device: What computed.
        seconds: How long it took.
        status: Whether the model answered.
        classes, probabilities: What it answered; empty where it abstained.
        reasons: Codes of why it abstained.
        program: Version of this program.
    """

    time: str
    content: str
    model: str
    version: str
    sha256: str
    device: str
    seconds: float
    status: ReadingStatus
    classes: tuple[str, ...]
    probabilities: tuple[float, ...]
    reasons: tuple[str, ...]
    program: str


class ReadingLog:
    """The log, in the store of what is recorded."""

    def __init__(self, store: Store) -> None:
        self._store = store
        store.prepare(_LOG)

    def add(self, content: str, analysis: Analysis) -> LoggedReading:
        """Write down that a model read a film, and what it answered.

        Raises:
            RecordsError: It could not be written.
        """
        entry = _entry(content, analysis)
        values = (
            entry.time, entry.content, entry.model, entry.version, entry.sha256, entry.device,
            entry.seconds, entry.status, json.dumps(entry.classes),
            json.dumps(entry.probabilities), json.dumps(entry.reasons), entry.program,
        )  # fmt: skip
        with self._store.transaction() as sql:
            sql.execute(_INSERT, values)
        return entry

    def entries(self) -> tuple[LoggedReading, ...]:
        """All readings, the oldest first."""
        with self._store.transaction() as sql:
            rows = sql.execute("SELECT * FROM readings ORDER BY id").fetchall()
        return tuple(_read(row[1:]) for row in rows)

    def export(self, path: Path, hides: Callable[[str], bool] = lambda _content: False) -> int:
        """Write the log as CSV, one line for each class; how many readings it holds.

        Args:
            path: The file.
            hides: Whether what was answered of a film, by its content, must not be told now.

        Raises:
            OSError: The file cannot be written.
        """
        entries = self.entries()
        lines = (line for one in entries for line in _lines(one, hidden=hides(one.content)))
        write_table(path, _HEADER, lines)
        return len(entries)


def _entry(content: str, analysis: Analysis) -> LoggedReading:
    model, prediction, trust = analysis.model, analysis.prediction, analysis.trust
    answered = prediction is not None and analysis.abstained is None
    found = prediction.probabilities.tolist() if answered and prediction is not None else ()
    reasons = tuple(reason.code for reason in trust.reasons) if trust is not None else ()
    return LoggedReading(
        time=moment(),
        content=content,
        model=model.name,
        version=model.version,
        sha256=model.sha256,
        device=analysis.device,
        seconds=round(float(analysis.seconds), 4),
        status="ok" if answered else "abstained",
        classes=model.classes if answered else (),
        probabilities=tuple(round(float(value), 6) for value in found),
        reasons=() if answered else reasons or ("unknown",),
        program=str(import_module("engine").__version__),
    )


def _read(row: tuple[object, ...]) -> LoggedReading:
    texts = [str(value) for value in row]
    return LoggedReading(
        time=texts[0],
        content=texts[1],
        model=texts[2],
        version=texts[3],
        sha256=texts[4],
        device=texts[5],
        seconds=float(texts[6]),
        status="ok" if texts[7] == "ok" else "abstained",
        classes=tuple(json.loads(texts[8])),
        probabilities=tuple(json.loads(texts[9])),
        reasons=tuple(json.loads(texts[10])),
        program=texts[11],
    )


def _lines(one: LoggedReading, *, hidden: bool) -> list[tuple[Cell, ...]]:
    head: tuple[Cell, ...] = (
        one.time, one.content, one.model, one.version, one.sha256, one.device, one.seconds,
        "hidden" if hidden else one.status,
    )  # fmt: skip
    if hidden:
        return [(*head, None, None, None, one.program)]
    if one.status == "abstained":
        return [(*head, None, None, " ".join(one.reasons), one.program)]
    pairs = zip(one.classes, one.probabilities, strict=True)
    return [(*head, name, value, None, one.program) for name, value in pairs]
