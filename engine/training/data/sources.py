"""Where films come from: folders, tables, tar files and npz files, each told by what it is."""

import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from engine.errors import DataError
from engine.training.data.arrays import list_arrays
from engine.training.data.cache import cached, uncached
from engine.training.data.cells import TABLES
from engine.training.data.entries import Listing
from engine.training.data.films import Films, Progress
from engine.training.data.fingerprint import archive_marks, key_of, listing_marks
from engine.training.data.folders import descend, list_folder, not_listed
from engine.training.data.gathering import gather
from engine.training.data.layout import Layout
from engine.training.data.tables import list_table, table_in

_ARCHIVES = (".tar", ".tar.gz", ".tgz")
_BROKEN = (tarfile.TarError, EOFError, zlib.error)


def read_films(
    source: Path,
    layout: Layout,
    *,
    report: Progress = lambda _: None,
    cache: Path | None = None,
    workers: int = 1,
) -> Films:
    """Read a folder, a table, a tar file of either, or an npz file.

    A folder holds one folder per class, or `train`, `val` and `test` folders of these, or a table
    (`films.csv`); see `engine.training.data.tables` and `engine.training.data.arrays` for the
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
        raise DataError("{source} is not there.", "data", source=source)
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
def listed(source: Path, layout: Layout) -> Iterator[Listing]:
    """What a source holds, before any film of it is read; archives are unpacked meanwhile.

    Raises:
        DataError: The source is missing, or of another layout.
    """
    if not source.exists():
        raise DataError("{source} is not there.", "data", source=source)
    with ExitStack() as stack:
        yield _opened(source, layout, stack)[1]()


def _opened(
    source: Path, layout: Layout, stack: ExitStack
) -> tuple[Iterable[str], Callable[[], Listing]]:
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
            "data",
            source=source.name,
        )
    return listing_marks(listing), lambda: listing


def _listed(folder: Path, layout: Layout, *, title: str, enclosed: bool = False) -> Listing:
    root = descend(folder, layout.folders)
    if table := table_in(root, layout):
        named = f"{title} ({table.name})"
        listing = list_table(table, layout, title=named, enclosed=enclosed)
        others = not_listed(root, listing, but=table)
        return replace(listing, unused=(*listing.unused, *others))
    return list_folder(root, layout, title=title)


def _unpacked(source: Path, layout: Layout, stack: ExitStack) -> Listing:
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
                "{source} is not a whole tar file: {error}.",
                "data",
                source=source.name,
                error=error,
            ) from error
        except OSError as error:
            raise DataError(
                "{source} cannot be unpacked: {error}.",
                "data",
                source=source.name,
                error=error.strerror,
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
