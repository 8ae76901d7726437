"""A folder, table or archive → films, each read once."""

import tarfile
import tempfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

import numpy as np

from engine.errors import DataError, EngineError
from engine.films.arrays import list_arrays
from engine.films.cache import archive_marks, cached, key_of, listing_marks, uncached
from engine.films.films import Films, RowWriter, Skipped, laid, mapped
from engine.films.listing import (
    Entry,
    FilmListing,
    FolderLayout,
    descend,
    finding_of,
    list_folder,
    not_listed,
)
from engine.films.tables import TABLES, header_of, lines_of, list_table, table_in
from engine.imaging import read_frame, read_image
from engine.progress import Progress, paced
from engine.types import Frame

# ---------------------------------------------------------------- from a listing to films
# From a listing to films: every film is read once, and its rows go straight to disk.


def gather(
    listing: FilmListing, file: BinaryIO, *, columns: int, workers: int, report: Progress
) -> Films:
    """Read all films of a listing.

    Args:
        listing: What to read.
        file: Empty; it is filled with their rows, and backs the films. It may be closed, and even
            deleted, afterwards.
        columns: W of the model's grid.
        workers: Most processes that read.
        report: Told how far it is.

    Raises:
        DataError: A class has no film that can be read.
    """
    shelf = _Shelf(listing, RowWriter(file, columns))
    shelf.fill(listing.entries, workers, report)
    if behind := shelf.behind:
        report(f"{listing.title}: {len(behind):,} films lie behind the first frames of files")
        shelf.fill(behind, workers, report)
    return shelf.films(file)


class _Shelf:
    """The films of a listing that were read so far."""

    def __init__(self, listing: FilmListing, writer: RowWriter) -> None:
        self._listing, self._writer = listing, writer
        self._kept: list[Entry] = []
        self._headers: list[str] = []
        self._heights: list[int] = []
        self._findings: list[tuple[float, float]] = []
        self._skipped = list(listing.skipped)
        self.behind: list[Entry] = []

    def fill(self, entries: Sequence[Entry], workers: int, report: Progress) -> None:
        """Read films, and remember which of their files have further frames."""
        behind: list[Entry] = []
        films = zip(entries, self._listing.read(entries, workers), strict=True)
        report(f"reading {len(entries):,} films")
        for entry, outcome in paced(films, "reading films", len(entries)):
            if isinstance(outcome, str):
                self._skipped.append(Skipped(entry.name, outcome))
                continue
            self._writer.add(outcome.rows)
            self._kept.append(entry)
            self._headers.append(outcome.patient)
            self._heights.append(len(outcome.rows))
            self._findings.append(finding_of(self._listing.truth, entry.name, outcome.stored))
            if not entry.frame:
                behind += entry.behind(outcome.frames)
        self.behind = behind

    def films(self, file: BinaryIO) -> Films:
        """All of them as one value."""
        listing, kept = self._listing, self._kept
        refuse_empty(listing, kept, self._skipped)
        self._writer.finish()
        tall = np.array(self._heights, dtype=np.int64)
        patients, told = _whose(kept, self._headers, listing.title)
        return Films(
            rows=laid(mapped(file), tall),
            labels=np.array([entry.label for entry in kept], dtype=np.int64),
            splits=np.array([entry.split for entry in kept], dtype="<U5"),
            patients=np.array(patients),
            names=np.array([entry.name for entry in kept]),
            findings=np.array(self._findings),
            skipped=tuple(self._skipped),
            unread=listing.unread,
            heights=tall,
            groups={
                name: np.array([entry.groups[place] for entry in kept])
                for place, name in enumerate(listing.groups)
            },
            unused=listing.unused,
            notes=(*listing.notes, *told),
        )


def _whose(
    kept: Sequence[Entry], headers: Sequence[str], title: str
) -> tuple[list[str], tuple[str, ...]]:
    """The patient of each film, by its header where nothing else said; and a sentence about it.

    One Patient ID in every header is what is left where names were taken out: it tells nobody
    apart, and each film counts as a patient of its own.
    """
    own = [one.patient == one.name.partition("#")[0] for one in kept]
    given = {header for header, alone in zip(headers, own, strict=True) if header and alone}
    if not given:
        return [one.patient for one in kept], ()
    if len(given) == 1:
        words = (
            f"{title}: all headers bear the same Patient ID, so that no film's patient is known"
        )
        return [one.patient for one in kept], (words,)
    patients = [
        header if header and alone else one.patient
        for one, header, alone in zip(kept, headers, own, strict=True)
    ]
    return patients, (f"{title}: patients are told apart by the headers' Patient ID",)


def refuse_empty(
    listing: FilmListing, kept: Sequence[Entry], skipped: Sequence[Skipped] = ()
) -> None:
    """Say why a source has no film.

    Raises:
        DataError: None was kept.
    """
    if kept:
        return
    why = f" The first of {len(skipped):,} that were skipped: {skipped[0]}" if skipped else ""
    if not why and listing.unused:
        most = listing.unused[0]
        why = f" {most.count:,} files are not used: {most.reason} (such as {most.example})."
    if not why and listing.wanted:
        why = f" Expected one folder per class: {', '.join(listing.wanted)}."
    raise DataError("{listing}: no readable film.{why}", listing=listing.title, why=why)


# -------------------------------------------------------------- folders, tables, archives
# Where films come from: folders, tables, tar files and npz files, each told by what it is.

_ARCHIVES = (".tar", ".tar.gz", ".tgz")
_BROKEN = (tarfile.TarError, EOFError, zlib.error)


def read_films(
    source: Path,
    layout: FolderLayout,
    *,
    report: Progress = lambda _: None,
    cache: Path | None = None,
    workers: int = 1,
) -> Films:
    """Read a folder, a table, a tar file of either, or an npz file.

    A folder holds one folder per class, or `train`, `val` and `test` folders of these, or a table
    (`films.csv`); see `engine.films.tables` and `engine.films.arrays` for the
    others. Where a source has no splits every film is in "train" until `divide` says otherwise.

    The rows are never all in memory: they lie in a file, and `Films.rows` reads what is asked for.

    Args:
        source: Path of the films.
        layout: What the model reads, and how to tell classes and patients.
        report: Told in words what is being done.
        cache: Folder in which films are kept, so that the next time they need not be decoded;
            None keeps nothing.
        workers: Most processes that read. More than one need a main module that can be imported.

    Raises:
        DataError: The source is missing, of another layout, or has no films of a class.
    """
    if not source.exists():
        raise DataError("{source} is not there.", source=source)
    with ExitStack() as stack:
        marks, listed = _opened(source, layout, stack)

        def make(file: BinaryIO) -> Films:
            listing = listed()
            return gather(
                listing, file, columns=layout.input.columns, workers=workers, report=report
            )

        if cache is None:
            films = uncached(make)
        else:
            films = cached(cache, key_of(source, layout, marks), make, report=report)
    for note in films.notes:
        report(note)
    return films


@contextmanager
def listed(source: Path, layout: FolderLayout) -> Iterator[FilmListing]:
    """What a source holds, before any film of it is read; archives are unpacked meanwhile.

    Raises:
        DataError: The source is missing, or of another layout.
    """
    if not source.exists():
        raise DataError("{source} is not there.", source=source)
    with ExitStack() as stack:
        yield _opened(source, layout, stack)[1]()


def _opened(
    source: Path, layout: FolderLayout, stack: ExitStack
) -> tuple[Iterable[str], Callable[[], FilmListing]]:
    """What tells a source from its later states, and how to list it; archives are large."""
    if source.name.lower().endswith(_ARCHIVES):
        return archive_marks(source), partial(_unpacked, source, layout, stack)
    if source.suffix.lower() == ".npz":
        return archive_marks(source), partial(list_arrays, source, layout)
    if source.is_dir():
        listing = _listed(source, layout, title=source.name)
    elif source.suffix.lower() in TABLES:
        listing = list_table(source, layout, title=source.name)
    else:
        raise DataError(
            "{source} is neither a folder, a table (CSV, Parquet), a tar file nor an npz file.",
            source=source.name,
        )
    return listing_marks(listing), lambda: listing


def _listed(
    folder: Path, layout: FolderLayout, *, title: str, enclosed: bool = False
) -> FilmListing:
    root = descend(folder, layout.folders)
    if table := table_in(root, layout):
        named = f"{title} ({table.name})"
        listing = list_table(table, layout, title=named, enclosed=enclosed)
        others = not_listed(root, listing, layout, but=table)
        return replace(listing, unused=(*listing.unused, *others))
    if layout.cells:
        raise DataError(
            "{title} holds no table of its films; the task reads {cells} from columns of one, such"
            " as films.csv.",
            title=title,
            cells=", ".join(f"“{one}”" for one in layout.cells),
        )
    return list_folder(root, layout, title=title)


def _unpacked(source: Path, layout: FolderLayout, stack: ExitStack) -> FilmListing:
    folder = stack.enter_context(unpacked(source))
    return _listed(folder, layout, title=source.name, enclosed=True)


@contextmanager
def unpacked(source: Path) -> Iterator[Path]:
    """A folder with what a tar file holds, for as long as it is needed.

    Raises:
        DataError: It is damaged, or holds something that lies outside it.
    """
    with tempfile.TemporaryDirectory(prefix="rowscope-") as folder:
        try:
            with tarfile.open(source) as archive:
                _extract(archive, folder)
        except _BROKEN as error:
            raise DataError(
                "{source} is not a whole tar file: {error}.", source=source.name, error=error
            ) from error
        except OSError as error:
            raise DataError(
                "{source} cannot be unpacked: {error}.", source=source.name, error=error.strerror
            ) from error
        yield Path(folder)


def _extract(archive: tarfile.TarFile, folder: str) -> None:
    """Unpack what stays inside the folder; Python before 3.11.4 has no filter for that."""
    if hasattr(tarfile, "data_filter"):
        archive.extractall(folder, filter="data")
        return
    for member in archive:
        inside = not member.name.startswith("/") and ".." not in Path(member.name).parts
        if not inside or not (member.isfile() or member.isdir()):
            raise tarfile.TarError(f"{member.name} is no plain file inside it")
        archive.extract(member, folder)


# ------------------------------------------------------------------ shapes that films had
# Shapes that films had before they were drawn out to those of their files.

_PATH, _ASPECT = "path", "aspect"


def with_shapes(films: Films, source: Path, table: str) -> Films:
    """The films with the shapes that a table gives them.

    Args:
        films: As they were read.
        source: Where they were read from; the table lies beside it.
        table: Its name; empty leaves the films as they are.

    Raises:
        DataError: The table is not there, lacks a column, says something that is no shape, or
            knows none of the films.
    """
    if not table:
        return films
    path = source.parent / table
    if not path.is_file():
        raise DataError(
            "“{table}”, the `data.shapes` of the recipe, is not beside {source}.",
            table=table,
            source=source.name,
        )
    header = header_of(path)
    if missing := [name for name in (_PATH, _ASPECT) if name not in header]:
        raise DataError("{table} has no column “{missing}”.", table=table, missing=missing[0])
    known = {
        line[_PATH]: _shape(line[_ASPECT], table) for line in lines_of(path, (_PATH, _ASPECT))
    }
    aspects = np.array([known.get(str(name), np.nan) for name in films.names])
    if np.isnan(aspects).all():
        raise DataError(
            "{table} knows the shape of none of the films, such as “{name}”.",
            table=table,
            name=str(films.names[0]),
        )
    return replace(films, aspects=aspects)


def _shape(word: str, table: str) -> float:
    try:
        shape = float(word)
    except ValueError:
        shape = np.nan
    if not 0 < shape < np.inf:
        raise DataError("{table}: “{word}” is no width over height.", table=table, word=word)
    return shape


# ------------------------------------------------------------------ films as they are stored
# Films once more as their files hold them, for who changes them before a model reads them.


def stored_frames(
    source: Path, layout: FolderLayout, names: Collection[str]
) -> Iterator[tuple[str, Frame]]:
    """Some films of a source and their names, one after the other, in the order of the source.

    A film that cannot be read this time is left out.

    Args:
        source: See `read_films`; an archive is unpacked until the last film was taken.
        layout: With which the films were read.
        names: Of the wanted films, see `Films.names`.

    Raises:
        DataError: As `read_films`.
    """
    with listed(source, layout) as listing:
        wanted = [one for entry in listing.entries for one in _asked(entry, names)]
        if source.suffix.lower() == ".npz":
            read = zip(wanted, listing.read(wanted, 1), strict=True)
            yield from (
                (entry.name, found.frame)
                for entry, found in read
                if not isinstance(found, str) and found.frame is not None
            )
            return
        for entry in wanted:
            with suppress(EngineError):
                yield entry.name, read_frame(read_image(entry.path), entry.frame)


def _asked(entry: Entry, names: Collection[str]) -> Iterator[Entry]:
    """The wanted ones of the film of an entry and of those behind it in the same file."""
    if entry.name in names:
        yield entry
    behind = f"{entry.name}#"
    for name in names:
        if name.startswith(behind) and (number := name.removeprefix(behind)).isdigit():
            yield replace(entry, name=name, frame=int(number) - 1)
