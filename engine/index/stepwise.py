"""Indexing a list of films step by step, in a process that a window keeps: it tells how far it is.

A window asks its process for `begin_index`, then for `index_some` with a few films at a time, and
at the end for `finish_index`; what else waits is done in between. Importing this loads nothing,
and everything in and out can be pickled. `drop_index` ends it early and leaves nothing behind.
"""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import DataError
from engine.index.found import BuiltIndex, LeftOut, ToIndex

if TYPE_CHECKING:
    from engine.index.indexing import Work

_works: "dict[Path, Work]" = {}


@dataclass(frozen=True, slots=True)
class SoFar:
    """How far an index is: films and rows in it, and those that were left out just now."""

    films: int
    rows: int
    left_out: tuple[LeftOut, ...]


def begin_index(
    model: "str | Path", folder: Path | None = None, *, layer: int = -1, films: int = 0
) -> Path:
    """Begin an index with the model that this process keeps.

    Args:
        model: Name or folder.
        folder: Where it shall lie, by default `default_folder`.
        layer: Whose states are searched.
        films: How many will come, so that a missing package is told now.

    Returns:
        The folder, by which it is named from now on.

    Raises:
        EngineError: One sentence.
    """
    indexing = import_module("engine.index.indexing")
    loaded = import_module("engine.model").kept(model)
    place: Path = (folder or indexing.default_folder(loaded.info)).absolute()
    drop_index(place)
    _works[place] = indexing.Work(loaded, place, layer=layer, films=films)
    return place


def index_some(folder: Path, films: tuple[ToIndex, ...]) -> SoFar:
    """Read some films and take them in; one that cannot be read is left out and said.

    Raises:
        DataError: It was not begun here, or cannot be written.
    """
    work = _begun(folder)
    left_out = work.take(films)
    return SoFar(work.builder.films, work.builder.rows, left_out)


def finish_index(folder: Path) -> BuiltIndex:
    """Find axes and neighbours, and let the index take its place.

    Raises:
        DataError: It was not begun here, holds no film, or cannot be written.
    """
    work = _begun(folder)
    del _works[folder]
    return work.finish()


def drop_index(folder: Path) -> None:
    """Forget what was begun; nothing of it stays. An older index in the folder does."""
    work = _works.pop(folder, None)
    if work is not None:
        work.drop()


def _begun(folder: Path) -> "Work":
    work = _works.get(folder)
    if work is None:
        raise DataError("The index was not finished: its process ended. Begin it again.")
    return work
