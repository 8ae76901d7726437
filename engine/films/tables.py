"""Films that a CSV or Parquet table lists."""

import codecs
import csv
import os
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import Any

from engine.errors import DataError
from engine.films.films import Skipped, Split
from engine.films.listing import (
    SPLIT_WORDS,
    TABLE as TRUTH,
    Entry,
    FilmListing,
    FolderLayout,
    asked_for,
    file_reader,
    has_classes,
    patient_of,
    read_truth,
)
from engine.recipe import Columns

# ----------------------------------------------------------------------- cells of a table
# The cells of a table of films, from CSV or Parquet, as words by column.

PARQUET = (".parquet", ".pq")
TABLES = (".csv", ".tsv", *PARQUET)
# What people and programs write where nothing is known. A class may still be called so.
NOTHING = frozenset(
    ("", "nan", "<na>", "na", "n/a", "none", "null", "unknown", "?", "-", "-1", "−1")
)
# What says of a finding that it is neither there nor absent.
UNSURE = frozenset(("u", "unsure", "uncertain"))
_DELIMITERS = ",;\t"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BATCH = 10_000  # lines of a Parquet file that are held as Arrow at once

Line = Mapping[str, str]


def tidy_cell(word: str) -> str:
    """A word without spaces around it, and a whole number without its point: 17.0 is 17."""
    word = word.strip()
    head, point, tail = word.partition(".")
    return head if point and head.lstrip("-−").isdigit() and not tail.strip("0") else word


def says_nothing(word: str) -> bool:
    """Whether a cell only says that nothing is known, such as "nan", "?" or "-1"."""
    return tidy_cell(word).casefold() in NOTHING


def header_of(table: Path) -> tuple[str, ...]:
    """Names of the columns, in their order.

    Raises:
        DataError: It cannot be read, is no table, or names a column twice.
    """
    with _sentences(table):
        if table.suffix.lower() in PARQUET:
            names = [str(name) for name in _parquet(table).schema_arrow.names]
        else:
            names = next(_cells(table), [])
    if double := sorted({name for name in names if name and names.count(name) > 1}):
        raise DataError("{table} has two columns “{double}”.", table=table.name, double=double[0])
    return tuple(names)


def lines_of(table: Path, columns: Sequence[str]) -> Iterator[Line]:
    """The words of some columns, line by line; numbers as a person writes them, "" for nothing.

    Args:
        table: CSV (UTF-8, or UTF-16 that says so, with commas, semicolons or tabulators) or
            Parquet.
        columns: Some of `header_of`.

    Raises:
        DataError: As `header_of`, or a line has more or fewer cells than the header.
    """
    with _sentences(table):
        if table.suffix.lower() in PARQUET:
            yield from _parquet_lines(table, columns)
        else:
            yield from _csv_lines(table, columns)


def _csv_lines(table: Path, columns: Sequence[str]) -> Iterator[Line]:
    lines = _cells(table)
    header = next(lines)
    places = {name: header.index(name) for name in columns}
    for number, cells in enumerate(lines, start=2):
        if not any(cells):
            continue  # spreadsheets leave empty lines behind
        while len(cells) > len(header) and not cells[-1]:
            cells.pop()
        if len(cells) != len(header):
            raise DataError(
                "{table}, line {number}: {count} cells, but the first line has"
                " {count_2}; put a cell with a comma in it between quotes.",
                table=table.name,
                number=number,
                count=len(cells),
                count_2=len(header),
            )
        yield {name: cells[place] for name, place in places.items()}


def _cells(table: Path) -> Iterator[list[str]]:
    with table.open("rb") as start:
        encoding = "utf-16" if start.read(2) in _UTF_16 else "utf-8-sig"
    with table.open(newline="", encoding=encoding) as file:
        first = file.readline()
        file.seek(0)
        delimiter = max(_DELIMITERS, key=first.count)
        for cells in csv.reader(file, delimiter=delimiter, strict=True):
            yield [cell.strip() for cell in cells]


def _parquet_lines(table: Path, columns: Sequence[str]) -> Iterator[Line]:
    for batch in _parquet(table).iter_batches(_BATCH, columns=list(columns)):
        values = [batch.column(name).to_pylist() for name in columns]
        for cells in zip(*values, strict=True):
            yield dict(zip(columns, map(_word, cells), strict=True))


def _word(cell: object) -> str:
    if cell is None or cell != cell:  # noqa: PLR0124 - a float that is no number
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _parquet(table: Path) -> Any:  # noqa: ANN401 - pyarrow has no types
    try:
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415 - heavy, and for training only
    except ImportError as error:
        raise DataError(
            "{table} is a Parquet file; reading it needs pyarrow: pip install 'rowscope[train]'.",
            table=table.name,
        ) from error
    return ParquetFile(table)


@contextmanager
def _sentences(table: Path) -> Iterator[None]:
    """Whatever csv, pyarrow and the file system raise, as one sentence about the table."""
    try:
        yield
    except UnicodeError as error:
        raise DataError(
            "{table} is not UTF-8; save it as UTF-8, in a spreadsheet “CSV UTF-8”.",
            table=table.name,
        ) from error
    except csv.Error as error:
        raise DataError(
            "{table} is not a CSV table: {error}.", table=table.name, error=error
        ) from error
    except OSError as error:
        # pyarrow's ArrowIOError is an OSError too, and has no `strerror`
        raise DataError(
            "{table} cannot be read: {error}.", table=table.name, error=error.strerror or error
        ) from error
    except ValueError as error:  # pyarrow's ArrowInvalid
        raise DataError(
            "{table} is not a Parquet table: {error}.", table=table.name, error=error
        ) from error


# ----------------------------------------------------------------------- films of a table
# Films in a table: a CSV or Parquet file with a line for each film.

ANY = "*"
_USUAL = "films"  # the table of a folder or a tar file, before any other
_NAMED = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".dcm", ".dicom", ".bmp", ".webp"}
_APART = ("__MACOSX",)  # what archives of a Mac hold beside the files
_SHOWN = 5  # words that a sentence quotes


@dataclass(slots=True)
class _Film:
    """All that the lines of one film say, and why its file cannot be told."""

    about: Mapping[str, str]
    reason: str = ""
    labels: list[str] = field(default_factory=list)


def table_in(root: Path, layout: FolderLayout) -> Path | None:
    """The table of a folder: `films.csv` or the like, or the only one where no class has a folder.

    `truth.csv` tells where findings lie and is none.
    """
    tables = sorted(
        path
        for path in root.iterdir()
        if path.suffix.lower() in TABLES and path.name != TRUTH and path.is_file()
    )
    for table in tables:
        if table.stem.lower() == _USUAL:
            return table
    alone = len(tables) == 1 and (bool(layout.cells) or not has_classes(root, layout))
    return tables[0] if alone else None


def list_table(
    table: Path, layout: FolderLayout, *, title: str, enclosed: bool = False
) -> FilmListing:
    """The films of a table, in the order of their first lines.

    Args:
        table: CSV or Parquet; paths count from its folder. Several lines of one film are taken
            together, also where its path is spelled in several ways.
        layout: What the columns are called, how paths become files, and which labels count.
        title: What sentences call the source.
        enclosed: Whether files must lie in the table's folder, as in an archive.

    Raises:
        DataError: A column is missing, lines contradict each other, or no file is there.
    """
    columns, shares = _columns(table, layout)
    test = _listed_films(table, columns)
    films = _grouped(table, columns, shares)
    entries, skipped, left_out, both = [], [], Counter[str](), 0
    for name, film in films.items():
        free = layout.cells or layout.anywhere
        label = 0 if free else label_of(film.labels, layout)
        both += has_both(film.labels, layout)
        if label is None:
            left_out[" and ".join(sorted({one.strip() for one in film.labels} - {""}))] += 1
        elif isinstance(label, str) or film.reason:
            skipped.append(Skipped(name, label if isinstance(label, str) else film.reason))
        else:
            path = _path(table, name, enclosed=enclosed)
            entry = _entry(table, name, film, columns, label=label, path=path, layout=layout)
            listed = name in test or PurePosixPath(name).name in test
            entries.append(replace(entry, split="test") if listed else entry)
    _check_list(table, columns, entries, films)
    entries, unread = asked_for(entries, layout.splits)
    _check_files(table, entries)
    return FilmListing(
        title,
        entries,
        file_reader(layout.input),
        read_truth(table.parent),
        layout.groups,
        tuple(skipped),
        (*left_out_note(title, left_out), *_both_note(title, both, layout)),
        unread,
        wanted=layout.folders,
    )


def left_out_note(title: str, left_out: Mapping[str, int]) -> tuple[str, ...]:
    """A sentence on films whose labels, joined in words, are of no class; none without any."""
    if not left_out:
        return ()
    often = sorted(left_out.items(), key=lambda one: (-one[1], one[0]))
    words = [f"{f'“{word}”' if word else 'nothing'} {count:,}" for word, count in often[:_SHOWN]]
    more = ", …" if len(often) > _SHOWN else ""
    count = sum(left_out.values())
    said = ", ".join(words) + more
    return (f"{title}: films left out because they have none of the labels: {count:,} ({said})",)


def label_of(labels: Iterable[str], layout: FolderLayout) -> int | str | None:
    """The class of a film with these labels; a sentence where two claim it; None where none does.

    Where there are two classes, and one of them is a finding, the finding wins. Words that say
    nothing, such as "nan" or "-1", are no label unless a class is called so.
    """
    names = [_canonical(name) for name in layout.folders]
    held = {_canonical(label) for label in labels} - (NOTHING - set(names))
    classes = {names.index(label) for label in held if label in names}
    if ANY in names and held - set(names):
        classes.add(names.index(ANY))
    if len(classes) > 1 and len(names) == 2 and layout.positive is not None:
        return layout.positive
    if len(classes) > 1:
        both = " and ".join(f"“{layout.folders[one]}”" for one in sorted(classes))
        return f"This film has labels of several classes, {both}."
    return classes.pop() if classes else None


def has_both(labels: Iterable[str], layout: FolderLayout) -> bool:
    """Whether a film has labels of both of two classes, of which the finding wins."""
    if layout.positive is None or len(layout.folders) != 2:
        return False
    found = {label_of([one], layout) for one in labels}
    return {0, 1} <= found


def _both_note(title: str, count: int, layout: FolderLayout) -> tuple[str, ...]:
    if not count or layout.positive is None:
        return ()
    finding = layout.folders[layout.positive]
    films = "film has" if count == 1 else "films have"
    return (f"{title}: {count:,} {films} labels of both classes and count as “{finding}”",)


def _canonical(label: str) -> str:
    """Capitals do not matter, nor whether a 1 is written as 1.0."""
    return tidy_cell(label).casefold()


def _columns(table: Path, layout: FolderLayout) -> tuple[Columns, Mapping[str, str]]:
    """The columns as the table calls them, and that of each class where these have their own.

    Patient and split are "" where the table has none; others must be there.
    """
    header, wanted, usual = header_of(table), layout.columns, Columns()
    found: dict[str, str] = {}
    shares: dict[str, str] = {}
    for key in ("path", "label", "patient", "split"):
        name = getattr(wanted, key)
        found[key] = _named(table, header, name) if name else ""
        if key == "label" and (layout.cells or layout.anywhere):
            found[key] = ""
            continue
        if found[key] or not name or (key in {"patient", "split"} and name == getattr(usual, key)):
            continue
        if key == "label":
            shares = {one: _named(table, header, one) for one in layout.folders}
        if not shares or not all(shares.values()):
            raise _no_column(table, header, name, key)
    groups = tuple(_named(table, header, name) for name in (*wanted.subgroups, *layout.cells))
    for name, place in zip(wanted.subgroups, groups, strict=False):
        if not place:
            raise _no_column(table, header, name, "subgroups")
    for name, place in zip(layout.cells, groups[len(wanted.subgroups) :], strict=True):
        if not place:
            raise DataError(
                "{table} has no column “{name}” but {header}; the task needs one for each of"
                " {cells}.",
                table=table.name,
                name=name,
                header=_listed(header),
                cells=_listed(layout.cells),
            )
    called = replace(
        wanted,
        path=found["path"],
        label=found["label"],
        patient=found["patient"],
        split=found["split"],
        subgroups=groups,
    )
    return called, shares


def _named(table: Path, header: Sequence[str], name: str) -> str:
    """A column by its name; where no column has just this one, capitals do not matter."""
    if name in header:
        return name
    alike = [one for one in header if one.strip().casefold() == name.strip().casefold()]
    if len(alike) > 1:
        raise DataError(
            "{table} has no column “{name}” but {alike}; write it as there.",
            table=table.name,
            name=name,
            alike=_listed(alike),
        )
    return alike[0] if alike else ""


def _no_column(table: Path, header: Sequence[str], name: str, key: str) -> DataError:
    return DataError(
        "{table} has no column “{name}” but {header}; say which it is in `data.columns.{key}`.",
        table=table.name,
        name=name,
        header=_listed(header),
        key=key,
    )


def _listed(header: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in header[:12]) + (", …" if len(header) > 12 else "")


def _grouped(table: Path, columns: Columns, shares: Mapping[str, str]) -> dict[str, _Film]:
    """The lines of each film by its path."""
    kept = [name for name in (columns.patient, columns.split, *columns.subgroups) if name]
    labels = shares.values() or filter(None, (columns.label,))
    needed = [columns.path, *kept, *labels]
    files = _Files(table.parent, columns)
    films: dict[str, _Film] = {}
    for line in lines_of(table, list(dict.fromkeys(needed))):
        if not line[columns.path]:
            raise DataError(
                "{table}: a line has an empty “{path}”.", table=table.name, path=columns.path
            )
        name, reason = files.find(line[columns.path])
        about = {
            one: tidy_cell(line[one]) if one == columns.patient else line[one] for one in kept
        }
        film = films.setdefault(name, _Film(about, reason))
        if film.about != about:
            one = next(one for one in kept if film.about[one] != about[one])
            raise DataError(
                "{table}: two lines of {name} contradict each other: “{one}” is"
                " “{about}” in one and “{about_2}” in another.",
                table=table.name,
                name=name,
                one=one,
                about=film.about[one],
                about_2=about[one],
            )
        if shares:
            film.labels += [one for one, place in shares.items() if tidy_cell(line[place]) == "1"]
        elif columns.label:
            cell = line[columns.label]
            film.labels += cell.split(columns.separator) if columns.separator else [cell]
    return films


class _Files:
    """What the paths in a table stand for."""

    def __init__(self, folder: Path, columns: Columns) -> None:
        self._prefix = columns.prefix.replace("\\", "/").removeprefix("./")
        self._suffix = columns.suffix and f".{columns.suffix.removeprefix('.')}"
        self._search = columns.search
        self._by_name: dict[str, list[str]] = {}
        for path in _below(folder) if self._search else ():
            self._by_name.setdefault(posixpath.basename(path), []).append(path)

    def find(self, cell: str) -> tuple[str, str]:
        """A path, the same for every spelling, and why it could be one of several files."""
        name = posixpath.normpath(cell.replace("\\", "/"))
        if self._prefix and name.startswith(self._prefix):
            name = name.removeprefix(self._prefix).lstrip("/")
        if PurePosixPath(name).suffix.lower() not in _NAMED:
            name += self._suffix
        return self._searched(name) if self._search else (name, "")

    def _searched(self, name: str) -> tuple[str, str]:
        """The only file of this name, or the one with most folders above it in common."""
        places = self._by_name.get(posixpath.basename(name), [])
        if not places:
            return name, ""
        shared = [_shared_end(name, place) for place in places]
        best = [place for place, count in zip(places, shared, strict=True) if count == max(shared)]
        if len(best) == 1 or name in best:
            return name if name in best else best[0], ""
        return name, f"Several files have this name, {_listed(best)}."


def _below(folder: Path) -> Iterator[str]:
    """All files below a folder, as paths from there; links to folders are followed once."""
    seen = {folder.resolve()}
    for place, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(
            one for one in folders if not one.startswith(".") and one not in _APART
        )
        for one in list(folders):
            real = Path(place, one).resolve()
            if real in seen:
                folders.remove(one)
            seen.add(real)
        for one in sorted(files):
            if not one.startswith("."):
                yield Path(place, one).relative_to(folder).as_posix()


def _shared_end(one: str, other: str) -> int:
    """How many of their last parts two paths have in common."""
    pairs = zip(reversed(one.split("/")), reversed(other.split("/")), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _listed_films(table: Path, columns: Columns) -> frozenset[str]:
    """The films of `columns.test_list`."""
    if not columns.test_list:
        return frozenset()
    place = table.parent / columns.test_list
    try:
        lines = place.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeError) as error:
        raise DataError(
            "“{test_list}”, the `data.columns.test_list` of {table}, cannot be read beside it.",
            test_list=columns.test_list,
            table=table.name,
        ) from error
    return frozenset(
        posixpath.normpath(line.strip().replace("\\", "/")) for line in lines if line.strip()
    )


def _check_list(
    table: Path, columns: Columns, entries: Sequence[Entry], films: Mapping[str, _Film]
) -> None:
    if columns.test_list and films and all(entry.split != "test" for entry in entries):
        raise DataError(
            "{table}: none of its films is in “{test_list}”, the `data.columns.test_list`.",
            table=table.name,
            test_list=columns.test_list,
        )


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _check_files(table: Path, entries: Sequence[Entry]) -> None:
    """Refuse a table whose paths are all of another place."""
    if entries and not any(_is_there(entry.path) for entry in entries):
        raise DataError(
            "{table}: none of its {count:,} files is there, such as"
            " “{entries}”; `data.columns.prefix` takes the front of a path away,"
            " `suffix` adds an end, and `search = true` looks for files by their names.",
            table=table.name,
            count=len(entries),
            entries=entries[0].name,
        )


def _entry(
    table: Path,
    name: str,
    film: _Film,
    columns: Columns,
    *,
    label: int,
    path: Path,
    layout: FolderLayout,
) -> Entry:
    patient = film.about.get(columns.patient, "")
    return Entry(
        path=path,
        label=label,
        split=split_of(film.about[columns.split], name, table) if columns.split else "train",
        name=name,
        patient=patient_of(name, layout.patient) if says_nothing(patient) else patient,
        groups=tuple(film.about[one] for one in columns.subgroups),
    )


def split_of(word: str, name: str, source: Path) -> Split:
    """The split that a table or an array file means.

    Raises:
        DataError: It is none.
    """
    if (split := SPLIT_WORDS.get(word.strip().casefold())) is None:
        raise DataError(
            "{source}: the split of {name} is “{word}”; it must be train, val or test.",
            source=source.name,
            name=name,
            word=word,
        )
    return split


def _path(table: Path, name: str, *, enclosed: bool) -> Path:
    path = table.parent / name
    if enclosed and not path.resolve().is_relative_to(table.parent.resolve()):
        raise DataError("{table}: {name} lies outside the archive.", table=table.name, name=name)
    return path
