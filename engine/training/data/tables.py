"""Films in a table: a CSV or Parquet file with a line for each film."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import DataError
from engine.training.data.cells import TABLES, Line, header_of, lines_of
from engine.training.data.entries import Entry, Listing, asked_for
from engine.training.data.films import Split
from engine.training.data.folders import SPLIT_WORDS, file_reader, has_classes
from engine.training.data.layout import Layout, patient_of
from engine.training.recipe import Columns
from engine.training.truth import TABLE as TRUTH
from engine.training.truth import read_truth

ANY = "*"
_USUAL = "films"  # the table of a folder or a tar file, before any other


@dataclass(slots=True)
class _Film:
    """All that the lines of one film say."""

    about: Line
    labels: list[str] = field(default_factory=list)


def table_in(root: Path, layout: Layout) -> Path | None:
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
    return tables[0] if len(tables) == 1 and not has_classes(root, layout) else None


def list_table(table: Path, layout: Layout, *, title: str, enclosed: bool = False) -> Listing:
    """The films of a table, in the order of their first lines.

    Args:
        table: CSV or Parquet; paths count from its folder. Several lines of one film are taken
            together.
        layout: What the columns are called, and which labels count.
        title: What sentences call the source.
        enclosed: Whether files must lie in the table's folder, as in an archive.

    Raises:
        DataError: A column is missing, or lines contradict each other.
    """
    columns = _columns(table, layout.columns)
    films = _grouped(table, columns)
    entries, skipped, left_out = [], [], 0
    for name, film in films.items():
        label = label_of(film.labels, layout)
        if label is None:
            left_out += 1
        elif isinstance(label, str):
            skipped.append(f"{name}: {label}")
        else:
            path = _path(table, name, enclosed=enclosed)
            entries.append(
                _entry(table, name, film, columns, label=label, path=path, pattern=layout.patient)
            )
    entries, unread = asked_for(entries, layout.splits)
    notes = (f"{title}: films left out because they have none of the labels: {left_out:,}",)
    return Listing(
        title,
        entries,
        file_reader(layout.input),
        read_truth(table.parent),
        layout.columns.subgroups,
        tuple(skipped),
        notes if left_out else (),
        unread,
        wanted=layout.folders,
    )


def label_of(labels: Iterable[str], layout: Layout) -> int | str | None:
    """The class of a film with these labels; a sentence where two claim it; None where none does.

    Where there are two classes, and one of them is a finding, the finding wins.
    """
    names = [_canonical(name) for name in layout.folders]
    held = {_canonical(label) for label in labels} - {""}
    classes = {names.index(label) for label in held if label in names}
    if ANY in names and held - set(names):
        classes.add(names.index(ANY))
    if len(classes) > 1 and len(names) == 2 and layout.positive is not None:
        return layout.positive
    if len(classes) > 1:
        both = " and ".join(f"“{layout.folders[one]}”" for one in sorted(classes))
        return f"This film has labels of several classes, {both}."
    return classes.pop() if classes else None


def _canonical(label: str) -> str:
    """Capitals do not matter, nor whether a 1 is written as 1.0."""
    word = label.strip().casefold()
    head, point, tail = word.partition(".")
    return head if point and head.lstrip("-").isdigit() and not tail.strip("0") else word


def _columns(table: Path, wanted: Columns) -> Columns:
    """The columns with "" for patient and split where the table has none; others must be there."""
    header, usual = header_of(table), Columns()
    found = {
        key: "" if name not in header and name == getattr(usual, key) else name
        for key, name in (("patient", wanted.patient), ("split", wanted.split))
    }
    needed = [("path", wanted.path), ("label", wanted.label), *found.items()]
    for key, name in (*needed, *(("subgroups", name) for name in wanted.subgroups)):
        if name and name not in header:
            raise DataError(
                f"{table.name} has no column “{name}” but {_listed(header)}; say which it is in"
                f" `data.columns.{key}`.",
                "data",
            )
    return Columns(
        wanted.path,
        wanted.label,
        found["patient"],
        found["split"],
        wanted.separator,
        wanted.subgroups,
    )


def _listed(header: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in header[:12]) + (", …" if len(header) > 12 else "")


def _grouped(table: Path, columns: Columns) -> dict[str, _Film]:
    """The lines of each film by its path."""
    kept = [name for name in (columns.patient, columns.split, *columns.subgroups) if name]
    films: dict[str, _Film] = {}
    for line in lines_of(table, list(dict.fromkeys((columns.path, columns.label, *kept)))):
        name = line[columns.path].replace("\\", "/")
        if not name:
            raise DataError(f"{table.name}: a line has an empty “{columns.path}”.", "data")
        about = {one: line[one] for one in kept}
        film = films.setdefault(name, _Film(about))
        if film.about != about:
            raise DataError(f"{table.name}: two lines of {name} contradict each other.", "data")
        cell = line[columns.label]
        film.labels += cell.split(columns.separator) if columns.separator else [cell]
    return films


def _entry(
    table: Path, name: str, film: _Film, columns: Columns, *, label: int, path: Path, pattern: str
) -> Entry:
    patient = film.about.get(columns.patient, "") or patient_of(name, pattern)
    return Entry(
        path=path,
        label=label,
        split=split_of(film.about[columns.split], name, table) if columns.split else "train",
        name=name,
        patient=patient,
        groups=tuple(film.about[one] for one in columns.subgroups),
    )


def split_of(word: str, name: str, source: Path) -> Split:
    """The split that a table or an array file means.

    Raises:
        DataError: It is none.
    """
    if (split := SPLIT_WORDS.get(word.strip().casefold())) is None:
        raise DataError(
            f"{source.name}: the split of {name} is “{word}”; it must be train, val or test.",
            "data",
        )
    return split


def _path(table: Path, name: str, *, enclosed: bool) -> Path:
    path = table.parent / name
    if enclosed and not path.resolve().is_relative_to(table.parent.resolve()):
        raise DataError(f"{table.name}: {name} lies outside the archive.", "data")
    return path
