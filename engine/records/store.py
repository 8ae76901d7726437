"""One SQLite file for what readers make; what was acknowledged is on the disk.

Every change is one transaction that is on the disk when `Store.transaction` ends (WAL with
synchronous FULL), so that a program that is killed loses nothing that it had shown as kept. Two
programs may write at once: each waits for the other. A file that is damaged is set aside under
another name and never written again; where nothing can be written, the store works in memory and
says so once (`Store.warning`).

No name and no number of a patient belongs into the file: films are known by SOP Instance UID or
by the hash of their content.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import ClassVar, Final

from platformdirs import user_data_dir

from engine.errors import EngineError, Reason
from engine.words import Sentence

FILE: Final = "records.sqlite"
_OURS: Final = 0x526F7773  # "Rows": what SQLite calls the application ID
_PATIENCE: Final = 5.0  # seconds that a program waits for another one that writes
_BESIDE: Final = ("", "-wal", "-shm")  # the file, and what SQLite keeps beside it


class RecordsError(EngineError):
    """Something that a reader made could not be kept."""

    usual: ClassVar[Reason] = "data"


@dataclass(frozen=True, slots=True)
class Parts:
    """The tables of one part of the program, and how they came about.

    Attributes:
        name: Of the part.
        versions: Statements that lead from one version to the next, the first from nothing. Only
            ever add one at the end: files that are out there have the earlier ones.
    """

    name: str
    versions: tuple[tuple[str, ...], ...]


class _ForeignError(Exception):
    """A file that is sound, and not for this program: another's, or a later version's."""


def records_path() -> Path:
    """Where the file lies: in the folder ROWSCOPE_DATA, or else the user's data."""
    folder = os.environ.get("ROWSCOPE_DATA") or user_data_dir("rowscope", appauthor=False)
    return Path(folder) / FILE


def moment() -> str:
    """This moment in UTC to the millisecond, such as 2026-11-29T14:02:31.250Z; sorts as text."""
    now = datetime.now(UTC)
    return f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}Z"


class Store:
    """The file, open.

    Args:
        path: Made where it is missing, for its owner's eyes only; None keeps all in memory.

    Attributes:
        path: None while it works in memory.
        warning: Why something is not kept, or where the damaged file lies; None if all is well.
    """

    def __init__(self, path: Path | None) -> None:
        self.path: Path | None = path
        self.warning: Sentence | None = None
        self._lock = RLock()
        self._parts: list[Parts] = []
        self._sql = self._memory() if path is None else self._open(path)

    # ------------------------------------------------------------------ use
    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Read and change as one step: all of it is kept, or nothing.

        Raises:
            RecordsError: It could not be written (the disk is full, another program holds it).
        """
        with self._lock:
            if self._sql.in_transaction:  # of the caller: it is one step with that
                yield self._sql
            else:
                with self._step() as sql:
                    yield sql

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read only; waits for no other program that writes.

        Raises:
            RecordsError: It could not be read.
        """
        with self._lock:
            try:
                yield self._sql
            except sqlite3.OperationalError as error:
                raise RecordsError(
                    "{path} cannot be read: {reason}. Close other programs that use it.",
                    path=str(self.path or "memory"),
                    reason=str(error),
                ) from error

    @contextmanager
    def _step(self) -> Iterator[sqlite3.Connection]:
        sql = self._sql
        try:
            sql.execute("BEGIN IMMEDIATE")
            yield sql
            sql.execute("COMMIT")
        except BaseException as error:
            if sql.in_transaction:
                sql.execute("ROLLBACK")
            if not isinstance(error, sqlite3.OperationalError):
                raise
            raise RecordsError(
                "This could not be kept in {path}: {reason}. It is lost when the program ends;"
                " free some space there, or close other programs that use it.",
                path=str(self.path or "memory"),
                reason=str(error),
            ) from error

    def prepare(self, parts: Parts) -> None:
        """Make the tables of a part, or bring them to its last version.

        A file that a later version of the program has written is left as it is; the store then
        works in memory.
        """
        self._parts.append(parts)
        try:
            self._bring(parts)
        except _ForeignError:
            self._retreat(
                Sentence(
                    "{path} was written by a later version of Rowscope and is left as it is."
                    " What you make now is lost when the program ends; install that version.",
                    path=str(self.path),
                )
            )
        except (sqlite3.DatabaseError, RecordsError) as error:
            self._retreat(_unwritable(self.path, error))

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        with self._lock:
            self._sql.close()

    # ------------------------------------------------------------------ opening
    def _open(self, path: Path) -> sqlite3.Connection:
        """The file, or memory with a warning."""
        try:
            _touch(path)
            return _sound(path)
        except _ForeignError:
            self.warning = Sentence(
                "{path} is not a file of Rowscope and is left as it is. What you make now is"
                " lost when the program ends; move that file away.",
                path=str(path),
            )
        except sqlite3.OperationalError as error:
            return self._copied(path, error)
        except sqlite3.DatabaseError:
            return self._set_aside(path)
        except OSError as error:
            return self._copied(path, error)
        return self._memory()

    def _memory(self) -> sqlite3.Connection:
        self.path = None
        return _connected(":memory:")

    def _copied(self, path: Path, error: Exception) -> sqlite3.Connection:
        """What can only be read, in memory."""
        self.warning = _unwritable(path, error)
        address = path.absolute().as_uri()
        for mode in ("mode=ro", "mode=ro&immutable=1"):  # the second where no lock can be had
            memory = self._memory()
            with suppress(sqlite3.Error):
                with closing(sqlite3.connect(f"{address}?{mode}", uri=True)) as old:
                    old.backup(memory)
                return memory
            memory.close()
        return self._memory()

    def _set_aside(self, path: Path) -> sqlite3.Connection:
        """Give a damaged file another name, and begin a new one."""
        aside = _free_name(path)
        try:
            for end in _BESIDE:
                with suppress(FileNotFoundError):
                    Path(f"{path}{end}").rename(f"{aside}{end}")
            _touch(path)
            opened = _sound(path)
        except (OSError, sqlite3.DatabaseError) as error:
            self.warning = _unwritable(path, error)
            return self._memory()
        self.warning = Sentence(
            "The records in {path} are damaged. The file is kept as {aside}, and new records"
            " begin empty; a copy of yours can be put back in its place.",
            path=str(path),
            aside=aside.name,
        )
        return opened

    # ------------------------------------------------------------------ tables
    def _bring(self, parts: Parts) -> None:
        with self.transaction() as sql:
            sql.execute(
                "CREATE TABLE IF NOT EXISTS parts (name TEXT PRIMARY KEY, version INTEGER)"
            )
            row = sql.execute("SELECT version FROM parts WHERE name = ?", (parts.name,)).fetchone()
            version = row[0] if row else 0
            if version > len(parts.versions):
                raise _ForeignError
            for statement in (one for made in parts.versions[version:] for one in made):
                sql.execute(statement)
            sql.execute(
                "INSERT OR REPLACE INTO parts VALUES (?, ?)", (parts.name, len(parts.versions))
            )

    def _retreat(self, warning: Sentence) -> None:
        """Work in memory from now on."""
        with self._lock:
            self.warning = self.warning or warning
            self._sql.close()
            self._sql = self._memory()
            for parts in self._parts:
                self._bring(parts)


def _unwritable(path: Path | None, error: Exception) -> Sentence:
    return Sentence(
        "{path} cannot be written: {reason}. What you make now is lost when the program ends;"
        " make the folder writable, or name another one in ROWSCOPE_DATA.",
        path=str(path),
        reason=error.strerror if isinstance(error, OSError) and error.strerror else str(error),
    )


def _touch(path: Path) -> None:
    """Make the file for its owner alone, before SQLite makes it for everybody."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _connected(place: str) -> sqlite3.Connection:
    # Threads may take turns: `Store` lets one in at a time.
    return sqlite3.connect(place, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)


def _sound(path: Path) -> sqlite3.Connection:
    """The file, whole and ours, ready to be written."""
    sql = _connected(str(path))
    try:
        _examine(sql)
        sql.execute("PRAGMA journal_mode = WAL")  # a share that cannot do it keeps its journal
        sql.execute("PRAGMA synchronous = FULL")
        sql.execute("BEGIN IMMEDIATE")  # one that cannot be written says it here
        sql.execute(f"PRAGMA application_id = {_OURS}")
        sql.execute("COMMIT")
    except BaseException:
        sql.close()
        raise
    return sql


def _examine(sql: sqlite3.Connection) -> None:
    """Refuse what is damaged, and what is another program's; writes nothing."""
    found: Sequence[tuple[str]] = sql.execute("PRAGMA quick_check(1)").fetchall()
    if found != [("ok",)]:
        raise sqlite3.DatabaseError(found[0][0] if found else "nothing")
    ours = sql.execute("PRAGMA application_id").fetchone()[0] == _OURS
    if not ours and sql.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise _ForeignError


def _free_name(path: Path) -> Path:
    """A name beside the file that nothing has."""
    number = 1
    while (aside := path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")).exists():
        number += 1
    return aside
