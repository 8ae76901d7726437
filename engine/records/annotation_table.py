"""The table of annotations: what readers drew, by the film that they drew it on."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from engine.annotations import Annotation
from engine.records.store import Parts, Store

Subject = tuple[str, int]  # of `engine.types.FilmIdentity`: UID or content; the frame from 0

ANNOTATIONS: Final = Parts(
    "annotations",
    (
        (
            """
            CREATE TABLE annotations (
                id TEXT PRIMARY KEY,
                film TEXT NOT NULL,
                frame INTEGER NOT NULL,
                kind TEXT NOT NULL,
                number INTEGER NOT NULL,
                points TEXT NOT NULL,
                name TEXT NOT NULL,
                text TEXT NOT NULL,
                made TEXT NOT NULL
            )
            """,
            "CREATE INDEX annotations_by_film ON annotations (film, frame)",
        ),
    ),
)
_FIELDS: Final = "id, kind, points, name, text, made, number"


class AnnotationTable:
    """Annotations in a store; each change is on the disk when its method returns.

    Args:
        store: Gets the table, if it has none.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        store.prepare(ANNOTATIONS)

    def of(self, subject: Subject) -> tuple[Annotation, ...]:
        """What lies on a frame, in the order in which it was made.

        Raises:
            RecordsError: The file cannot be read.
        """
        with self._store.reading() as sql:
            rows = sql.execute(
                f"SELECT {_FIELDS} FROM annotations WHERE film = ? AND frame = ?"  # noqa: S608 - ours
                " ORDER BY made, rowid",
                subject,
            ).fetchall()
        return tuple(_read(rows))

    def version(self) -> int:
        """Another number after each change that another program has made in the file.

        Raises:
            RecordsError: It could not be read.
        """
        with self._store.reading() as sql:
            return int(sql.execute("PRAGMA data_version").fetchone()[0])

    def frames(self, film: str) -> tuple[int, ...]:
        """The frames of a film that something lies on, from 0."""
        with self._store.reading() as sql:
            rows = sql.execute(
                "SELECT DISTINCT frame FROM annotations WHERE film = ? ORDER BY frame", (film,)
            ).fetchall()
        return tuple(row[0] for row in rows)

    def change(
        self, subject: Subject, gone: Iterable[str] = (), put: Iterable[Annotation] = ()
    ) -> None:
        """Take some away and put others in their place, as one step.

        Args:
            subject: The frame that they lie on.
            gone: By id; those that are not there are gone already.
            put: New ones, and those of a known id as they are now.

        Raises:
            RecordsError: It could not be written; nothing is changed then.
        """
        with self._store.transaction() as sql:
            sql.executemany("DELETE FROM annotations WHERE id = ?", [(one,) for one in gone])
            sql.executemany(
                "INSERT INTO annotations (film, frame, id, kind, points, name, text, made, number)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET points = excluded.points, name = excluded.name,"
                " text = excluded.text, number = excluded.number",
                [(*subject, *_written(one)) for one in put],
            )


def _written(one: Annotation) -> tuple[str | int, ...]:
    points = json.dumps(one.points, separators=(",", ":"))
    return one.id, one.kind, points, one.name, one.text, one.made, one.number


def _read(rows: Iterable[tuple[Any, ...]]) -> Iterator[Annotation]:
    """What the rows hold; one that another hand has spoiled is left out, and stays in the file."""
    for key, kind, points, name, text, made, number in rows:
        try:
            places = tuple((float(column), float(row)) for column, row in json.loads(points))
            yield Annotation(key, kind, places, name, text, made, int(number))
        except (ValueError, TypeError):
            continue
