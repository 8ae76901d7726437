"""Films of a source, or of a list, into an index: all at once, or some by some for a window."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from engine.bundle import read_description
from engine.films import (
    TABLES,
    Entry,
    FilmReading,
    FolderLayout,
    each_read,
    layout_of,
    listed,
    refuse_empty,
    says_there,
)
from engine.index import contents
from engine.index.filling import IndexBuilder, KnownFilm, lists_for
from engine.index.found import BuiltIndex, LeftOut, ToIndex
from engine.index.lists import need_faiss
from engine.index.looking import FilmLook, look_at, look_into
from engine.index.proving import prove
from engine.index.state_index import indexes_folder
from engine.model import Model
from engine.progress import Progress, paced, silent
from engine.recipe import recipe_of
from engine.types import ModelInfo

Films = Iterator[tuple[KnownFilm, FilmLook | str]]

_MOST_READERS: Final = 4  # processes


def index_films(
    model: str | Path | Model,
    source: Path,
    folder: Path | None = None,
    *,
    layer: int = -1,
    limit: int | None = None,
    report: Progress = silent,
) -> BuiltIndex:
    """Index the films of a source as `engine.evaluate` reads it.

    Args:
        model: Its name, its folder, or loaded.
        source: Folder with a folder for each class, table, tar file or npz file.
        folder: Where the index shall be, by default `default_folder`. An older index there goes
            when the new one is whole.
        layer: Whose states are searched, from 0; −1 for the last.
        limit: Films, at most: evenly spread over the source.
        report: Told in words what is being done.

    Raises:
        BundleError: No such model or layer.
        DataError: Films that cannot be used, or an index that cannot be written.
    """
    loaded = model if isinstance(model, Model) else Model(model)
    info = loaded.info
    contents.check_place(folder or default_folder(info))
    with listed(source, _layout(info)) as listing:
        for note in listing.notes:
            report(note)
        refuse_empty(listing, listing.entries, listing.skipped)
        entries = _spread(listing.entries, limit)
        arrays = source.suffix.lower() == ".npz"
        at = None if source.is_dir() or source.suffix.lower() in TABLES else source

        def looks(some: Sequence[Entry]) -> Iterator[FilmLook | str]:
            if arrays:
                for outcome in listing.read(some, 1):
                    yield outcome if isinstance(outcome, str) else _array_film(outcome, info)
            else:
                films = [(one.path, one.frame) for one in some]
                yield from each_read(look_into, films, info.input, workers=_readers())

        found = _with_frames(entries, looks, info, at, limit)
        work = Work(loaded, folder, layer=layer, films=len(entries), source=listing.title)
        report(f"{listing.title}: reading {len(entries):,} films with {info.name}")
        return _build(work, found, len(entries), report)


def from_films(
    model: str | Path | Model,
    films: Iterable[ToIndex],
    folder: Path | None = None,
    *,
    layer: int = -1,
    report: Progress = silent,
) -> BuiltIndex:
    """Index films that are named one by one, whatever folders they lie in.

    Args:
        model: As for `index_films`, like all that follow.
        films: Each once.
        folder: Where the index shall be.
        layer: Whose states.
        report: Told in words.

    Raises:
        BundleError: No such model or layer.
        DataError: No film can be read, or the index cannot be written.
    """
    loaded = model if isinstance(model, Model) else Model(model)
    wanted = tuple(films)
    work = Work(loaded, folder, layer=layer, films=len(wanted))
    paths = [(one.path, one.frame) for one in wanted]
    looks = each_read(look_into, paths, loaded.info.input, workers=_readers())
    return _build(work, zip(map(_known, wanted), looks, strict=True), len(wanted), report)


def default_folder(info: ModelInfo) -> Path:
    """Where the index of a model lies unless another folder is named."""
    return indexes_folder() / info.name


class Work:
    """An index that films are put into; `drop` it, or `finish` it.

    Args:
        model: Loaded.
        folder: Where it shall lie, by default `default_folder`.
        layer: Whose states are searched.
        films: How many will come.
        source: What they are, in words.

    Raises:
        BundleError: No such layer.
        DataError: Something else lies in the folder, it cannot be written, or faiss is missing.
    """

    def __init__(
        self,
        model: Model,
        folder: Path | None = None,
        *,
        layer: int = -1,
        films: int = 0,
        source: str = "",
    ) -> None:
        self._info = model.info
        self.folder = (folder or default_folder(model.info)).absolute()
        self._left_out: list[LeftOut] = []
        if lists_for(films * self._info.steps):  # before films are read for minutes
            need_faiss()
        with ExitStack() as stack:
            part = stack.enter_context(contents.beside(self.folder))
            title = source or f"{films:,} films"
            self.builder = IndexBuilder(model.rows, part, layer=layer, source=title)
            stack.callback(self.builder.close)
            self._stack = stack.pop_all()
        self._part = part

    def add(self, known: KnownFilm, look: FilmLook | str) -> None:
        """Take a film in, or leave it out for the reason that comes in its place."""
        why = look if isinstance(look, str) else self.builder.add(look, known)
        if why is not None:
            self._left_out.append(LeftOut(known.name, why))

    def take(self, films: Iterable[ToIndex]) -> tuple[LeftOut, ...]:
        """Read films one after the other and take them in; those that were left out, and why."""
        before = len(self._left_out)
        for film in films:
            self.add(_known(film), look_into(film.path, self._info.input, film.frame))
        return tuple(self._left_out[before:])

    def finish(self, report: Progress = silent) -> BuiltIndex:
        """Complete the index, measure its search, and put it in its place."""
        with self._stack:
            report(f"{self.builder.films:,} films read; finding axes and neighbours")
            self.builder.refused = len(self._left_out)
            self.builder.finish()
            report("measuring the search against exact search")
            return prove(self._part, self.folder, tuple(self._left_out))

    def drop(self) -> None:
        """Leave nothing behind."""
        with suppress(_DroppedError), self._stack:
            raise _DroppedError


class _DroppedError(Exception):
    pass


def _build(work: Work, films: Films, expected: int, report: Progress) -> BuiltIndex:
    try:
        for known, look in paced(films, "reading films", expected):
            work.add(known, look)
    except BaseException:
        work.drop()
        raise
    return work.finish(report)


def _with_frames(
    entries: Sequence[Entry],
    looks: Callable[[Sequence[Entry]], Iterator[FilmLook | str]],
    info: ModelInfo,
    at: Path | None,
    limit: int | None,
) -> Films:
    """Films of a listing, then those behind the first frames of their files."""
    behind: list[Entry] = []
    for entry, look in zip(entries, looks(entries), strict=True):
        if not isinstance(look, str) and not entry.frame:
            behind += entry.behind(look.frames)
        yield _named(entry, info, at), look
    more = behind if limit is None else list(islice(behind, max(limit - len(entries), 0)))
    for entry, look in zip(more, looks(more), strict=True):
        yield _named(entry, info, at), look


def _named(entry: Entry, info: ModelInfo, at: Path | None) -> KnownFilm:
    path = (at or entry.path).absolute()
    return KnownFilm(path, entry.name, entry.frame, _label(entry, info))


def _label(entry: Entry, info: ModelInfo) -> str:
    """The class of a film, or the findings that its table says are there; else nothing."""
    if info.objective.plain:
        return info.classes[entry.label]
    if info.objective.task != "multi-label":
        return ""
    cells = entry.groups[-len(info.classes) :]
    return ", ".join(
        name for name, word in zip(info.classes, cells, strict=False) if says_there(word)
    )


def _known(film: ToIndex) -> KnownFilm:
    return KnownFilm(film.path.absolute(), film.path.name, film.frame, film.label)


def _array_film(reading: FilmReading, info: ModelInfo) -> FilmLook:
    if reading.frame is None:
        raise RuntimeError("a film of an array comes without its frame")
    return look_at(reading.frame, info.input)


def _spread(entries: Sequence[Entry], limit: int | None) -> Sequence[Entry]:
    if limit is None or limit >= len(entries):
        return entries
    places = np.linspace(0, len(entries) - 1, limit).round().astype(np.int64)
    return [entries[place] for place in places]


def _readers() -> int:
    return min(os.cpu_count() or 1, _MOST_READERS)


def _layout(info: ModelInfo) -> FolderLayout:
    """How the model's own recipe reads films, where the bundle holds it."""
    values = read_description(info.path)[0].training.get("recipe")
    if values is None:
        return FolderLayout(info.input, info.classes, positive=info.positive)
    return replace(layout_of(recipe_of(values, f"The recipe in {info.name}")), input=info.input)
