"""Calls of readers: what they said of a film before they saw the model's answer, and after.

A call is locked by being written: rows are only ever added, and the file refuses to change one.
Films are known by the hash of their content, readers by a code that they choose.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from engine.records.csv_tables import Cell, write_table
from engine.records.store import Parts, Store, moment
from engine.types import Analysis

Stage = Literal["first", "second", "addendum"]
Compared = Literal["", "better", "same", "worse", "cannot compare"]
UNSURE: Final = "unsure"
_KEEP: Final = "RAISE(ABORT, 'calls are only added to')"
_CALLS: Final = Parts(
    "calls",
    (
        (
            """CREATE TABLE calls (
                 id INTEGER PRIMARY KEY AUTOINCREMENT, reader TEXT NOT NULL, content TEXT NOT NULL,
                 stage TEXT NOT NULL, finding TEXT NOT NULL, answer TEXT NOT NULL,
                 confidence REAL NOT NULL, compared TEXT NOT NULL, note TEXT NOT NULL,
                 seen INTEGER NOT NULL, shown TEXT NOT NULL, time TEXT NOT NULL)""",
            """CREATE TABLE reveals (
                 id INTEGER PRIMARY KEY AUTOINCREMENT, reader TEXT NOT NULL, content TEXT NOT NULL,
                 model TEXT NOT NULL, version TEXT NOT NULL, sha256 TEXT NOT NULL,
                 finding TEXT NOT NULL, score REAL, threshold REAL, status TEXT NOT NULL,
                 time TEXT NOT NULL)""",
            "CREATE INDEX calls_of_films ON calls (reader, content)",
            "CREATE INDEX reveals_of_films ON reveals (reader, content)",
            *(
                f"CREATE TRIGGER {table}_{what.lower()} BEFORE {what} ON {table}"
                f" BEGIN SELECT {_KEEP}; END"
                for table in ("calls", "reveals")
                for what in ("UPDATE", "DELETE")
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Call:
    """What a reader says of a film.

    Attributes:
        reader: Code of the reader.
        content: Of the film: the hash of pixels and header, and the number of the frame.
        answer: "present", "absent", "unsure", or one of the model's classes.
        finding: What is present or absent; empty where the answer is a class.
        confidence: 0.5 (a guess) to 1 (certain).
        stage: The first call, one after the answer was seen, or words added to either.
        compared: With a film of before; empty where none was shown.
        note: The reader's own words; never exported.
        seen: Whether the model's answer to this film had been on screen.
        shown: When the film came on screen, UTC.
        time: When the call was recorded, UTC; filled in by `CallLog.add`.
    """

    reader: str
    content: str
    answer: str
    finding: str = ""
    confidence: float = 0.5
    stage: Stage = "first"
    compared: Compared = ""
    note: str = ""
    seen: bool = False
    shown: str = ""
    time: str = ""

    def __post_init__(self) -> None:
        """Hold the confidence to its scale."""
        if not 0.5 <= self.confidence <= 1:
            raise ValueError(f"a confidence of {self.confidence}, not 0.5 to 1")

    @property
    def score(self) -> float | None:
        """How sure the reader is that the finding is there, 0…1; None of a choice of classes.

        "present" with a confidence c is c, "absent" is 1 − c, "not sure" is one half.
        """
        return {
            "present": self.confidence, "absent": 1 - self.confidence, UNSURE: 0.5
        }.get(self.answer) if self.finding else None  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reveal:
    """That a model's answer was shown to a reader, and what it was; None where it abstained."""

    reader: str
    content: str
    model: str
    version: str
    sha256: str
    finding: str
    score: float | None
    threshold: float | None
    status: Literal["ok", "abstained"]
    time: str


class CallLog:
    """The calls of all readers on this machine, in the store of what is recorded."""

    def __init__(self, store: Store) -> None:
        self._store = store
        store.prepare(_CALLS)

    def add(self, call: Call) -> Call:
        """Write a call down, which locks it; the call with its time.

        Raises:
            RecordsError: It could not be written.
        """
        made = replace(call, time=moment())
        values = (
            made.reader, made.content, made.stage, made.finding, made.answer, made.confidence,
            made.compared, made.note, int(made.seen), made.shown, made.time,
        )  # fmt: skip
        with self._store.transaction() as sql:
            sql.execute("INSERT INTO calls VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        return made

    def reveal(self, reader: str, content: str, analysis: Analysis) -> Reveal:
        """Write down that a model's answer is on screen.

        Raises:
            RecordsError: It could not be written.
        """
        model, prediction = analysis.model, analysis.prediction
        answered = prediction is not None and analysis.abstained is None
        target = prediction.target if prediction is not None else 0
        limit = model.threshold if answered and target == model.positive else None
        made = Reveal(
            reader,
            content,
            model.name,
            model.version,
            model.sha256,
            finding=model.classes[target] if answered else "",
            score=float(prediction.probabilities[target]) if answered and prediction else None,
            threshold=limit.value if limit is not None else None,
            status="ok" if answered else "abstained",
            time=moment(),
        )
        values = (
            reader, content, made.model, made.version, made.sha256, made.finding, made.score,
            made.threshold, made.status, made.time,
        )  # fmt: skip
        with self._store.transaction() as sql:
            sql.execute("INSERT INTO reveals VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        return made

    def calls(self, reader: str | None = None, content: str | None = None) -> tuple[Call, ...]:
        """Calls of a reader, of a film, or all; the oldest first."""
        with self._store.transaction() as sql:
            rows = sql.execute(
                "SELECT reader, content, answer, finding, confidence, stage, compared, note,"
                " seen, shown, time FROM calls WHERE (?1 IS NULL OR reader = ?1)"
                " AND (?2 IS NULL OR content = ?2) ORDER BY id",
                (reader, content),
            ).fetchall()
        return tuple(_read_call(row) for row in rows)

    def called(self, reader: str) -> frozenset[str]:
        """The films that a reader has made a call on."""
        with self._store.transaction() as sql:
            rows = sql.execute("SELECT DISTINCT content FROM calls WHERE reader = ?", (reader,))
            return frozenset(row[0] for row in rows)

    def reveals(self) -> tuple[Reveal, ...]:
        """Answers that were shown, the oldest first."""
        with self._store.transaction() as sql:
            rows = sql.execute(
                "SELECT reader, content, model, version, sha256, finding, score, threshold,"
                " status, time FROM reveals ORDER BY id"
            ).fetchall()
        return tuple(Reveal(*row) for row in rows)

    def export(self, path: Path, truth: Mapping[str, int] | None = None) -> int:
        """Write the reader study as a table that MRMC packages read; how many calls it holds.

        Args:
            path: The file.
            truth: By content whether the finding is there (1) or not (0), as far as known.

        Raises:
            OSError: The file cannot be written.
        """
        calls = [one for one in self.calls() if one.stage != "addendum"]
        write_table(path, STUDY_HEADER, study_rows(calls, self.reveals(), truth or {}))
        return len(calls)


def _read_call(row: Sequence[Any]) -> Call:
    return Call(
        reader=row[0],
        content=row[1],
        answer=row[2],
        finding=row[3],
        confidence=row[4],
        stage=row[5],
        compared=row[6],
        note=row[7],
        seen=bool(row[8]),
        shown=row[9],
        time=row[10],
    )


# ------------------------------------------------------------------------- reader study
# One line for each reader, case and way of reading ("long format"): what iMRMC and MRMCaov in R
# read at once, and what pandas and RJafroc's data frames are made of with one command.

STUDY_HEADER: Final = (
    "readerID", "caseID", "modalityID", "score", "truth", "call", "finding", "confidence",
    "compared_with_prior", "answer_seen_before", "film_shown", "call_recorded",
    "seconds_to_call", "answer_revealed", "model", "model_version", "model_sha256",
    "model_score", "model_threshold", "model_status",
)  # fmt: skip


def study_rows(
    calls: list[Call], reveals: tuple[Reveal, ...], truth: Mapping[str, int]
) -> list[tuple[Cell, ...]]:
    """The lines: readers first, each model once for a case, then the truth as iMRMC wants it."""
    contents = {one.content for one in calls} | {one.content for one in reveals}
    cases = case_ids(contents | set(truth))
    shown: dict[tuple[str, str], Reveal] = {}
    models: dict[tuple[str, str], Reveal] = {}
    for one in reveals:
        shown.setdefault((one.reader, one.content), one)
        models.setdefault((one.sha256, one.content), one)
    rows = [
        _call_row(one, shown.get((one.reader, one.content)), cases, truth.get(one.content))
        for one in calls
    ]
    for (_, content), one in models.items():
        case, said = cases[content], truth.get(content)
        head = (f"{one.model} {one.version}", case, "model", one.score, said)
        rows.append((*head, *(None,) * 9, *_model_cells(one)))
    known = {content: value for content, value in truth.items() if content in cases}
    rows += [
        ("truth", cases[content], "truth", value, value, *(None,) * 15)
        for content, value in known.items()
    ]
    return rows


def case_ids(contents: set[str]) -> dict[str, str]:
    """A short name for each film: the same on every machine, and nothing of a patient."""
    names = {one: hashlib.sha256(one.encode()).hexdigest() for one in contents}
    length = 10
    while len({name[:length] for name in names.values()}) < len(names):
        length += 2
    return {one: f"case-{name[:length]}" for one, name in names.items()}


def _call_row(
    one: Call, shown: Reveal | None, cases: Mapping[str, str], truth: int | None
) -> tuple[Cell, ...]:
    return (
        one.reader, cases[one.content], "aided" if one.seen else "unaided", one.score, truth,
        one.answer, one.finding, one.confidence, one.compared, one.seen, one.shown, one.time,
        _seconds(one.shown, one.time), shown.time if shown else None, *_model_cells(shown),
    )  # fmt: skip


def _model_cells(one: Reveal | None) -> tuple[Cell, ...]:
    if one is None:
        return (None,) * 6
    return (one.model, one.version, one.sha256, one.score, one.threshold, one.status)


def _seconds(begin: str, end: str) -> float | None:
    if not begin or not end:
        return None
    first, last = (datetime.fromisoformat(text) for text in (begin, end))
    return round((last - first).total_seconds(), 3)
