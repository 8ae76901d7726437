"""What a window asks of an index that another process keeps open: importing this loads little.

Every function takes the folder of an index, or what leads to one, and gives back values that can
be pickled: nobody who shows them opens a file of the index himself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from engine.index.contents import ABOUT
from engine.index.found import Cloud, Counts, Peak, UnitReference
from engine.index.state_index import Index, find_index, open_index
from engine.types import Bytes, Doubles, Floats, ModelInfo

ProjectionKind = Literal["pca", "umap"]


@dataclass(frozen=True, slots=True, eq=False)
class FoundStretch:
    """Where a film of an index was in a state that was looked for.

    Attributes:
        film: Its number in the index.
        first, last: Steps, both within.
        distance: As in `Match`; NaN where nothing was compared.
        path: Where the film was when it was indexed.
        frame: Of the file.
        label: Of the reference set; empty without one.
        content: What the film is, as `IndexedFilm.content`.
        edges: (L + 1,) stored rows at which its steps begin.
        thumbnail: (h, w) grey, down to the end of what was read.
    """

    film: int
    first: int
    last: int
    distance: float
    path: Path
    frame: int
    label: str
    content: str
    edges: Doubles
    thumbnail: Bytes


@dataclass(frozen=True, slots=True, eq=False)
class RowCloud:
    """A `Cloud` with what is needed to name and to colour its points.

    Attributes:
        kind: How the plane was made.
        points: (m, 2).
        film: (m,) place in `paths`, `labels`, `contents` and `steps`.
        step: (m,) of the film.
        share: (2,) of the variance that each axis holds; NaN where that means nothing.
        numbers: (k,) of the films in the index.
        paths, labels, contents: Of k films. Paths as text: 20,000 `Path` take 100 ms to unpack.
        steps: (k,) how many steps each film has.
    """

    kind: ProjectionKind
    points: Floats
    film: Counts
    step: Counts
    share: Doubles
    numbers: Counts
    paths: tuple[str, ...]
    labels: tuple[str, ...]
    contents: tuple[str, ...]
    steps: Counts


@dataclass(frozen=True, slots=True, eq=False)
class IndexSummary:
    """An index as a window shows it.

    Attributes:
        folder: Where it is.
        model: Name of the model whose states it holds.
        sha256: Of that model.
        layer: Of the states, from 0.
        films, rows: How many it holds.
        cloud: The projection that is there at once.
        mapped: Whether a map by UMAP is there as well.
    """

    folder: Path
    model: str
    sha256: str
    layer: int
    films: int
    rows: int
    cloud: RowCloud
    mapped: bool


def summarise_index(folder: Path) -> IndexSummary:
    """An index and its cloud.

    Raises:
        DataError: As `open_index` does.
    """
    index = _kept(folder)
    about = index.about
    return IndexSummary(
        folder,
        about.model,
        about.sha256,
        about.layer,
        about.films,
        about.rows,
        _named(index, index.cloud, "pca"),
        index.has_umap,
    )


def find_summary(model: ModelInfo, folder: Path | None = None) -> IndexSummary | None:
    """The index of a model; None where there is none.

    Args:
        model: Whose states it has.
        folder: That is used instead of looking for one.

    Raises:
        DataError: As `open_index` does.
    """
    found = find_index(model) if folder is None else folder
    return summarise_index(found) if found is not None else None


def search_index(
    folder: Path, states: Floats, count: int, without: str
) -> tuple[FoundStretch, ...]:
    """The nearest stretches as `Index.search` finds them, each with its film.

    Args:
        folder: Of the index.
        states: (D, n, H) as a trace has them.
        count: Films, at most.
        without: Content of a film that is not wanted.

    Raises:
        DataError: As `Index.search` does.
    """
    index = _kept(folder)
    found = index.search(states, count, without=without)
    return tuple(
        _stretch(index, one.film, (one.first, one.last - 1), one.distance) for one in found
    )


def show_stretches(folder: Path, rows: Sequence[tuple[int, int]]) -> tuple[FoundStretch, ...]:
    """Films by their numbers, each at a step."""
    index = _kept(folder)
    return tuple(_stretch(index, film, (step, step), float("nan")) for film, step in rows)


@dataclass(frozen=True, slots=True, eq=False)
class UnitSeen:
    """What a unit did over the films of an index, with the films in which it was most extreme.

    Attributes:
        reference: Its histogram, mean and spread over all rows.
        highest, lowest: The first films of `reference.highest` and `.lowest`, each at its step.
    """

    reference: UnitReference
    highest: tuple[FoundStretch, ...]
    lowest: tuple[FoundStretch, ...]


def unit_seen(folder: Path, layer: int, direction: int, unit: int, count: int = 4) -> UnitSeen:
    """What a unit did over the films of an index.

    Args:
        folder: Of the index.
        layer: From 0, of any layer.
        direction: 0 downwards, 1 upwards.
        unit: From 0.
        count: How many films are shown at either end.

    Raises:
        DataError: As `open_index` does.
    """
    index = _kept(folder)
    reference = index.unit(layer, direction, unit)

    def films(peaks: tuple[Peak, ...]) -> tuple[FoundStretch, ...]:
        return tuple(
            _stretch(index, peak.film, (peak.step, peak.step), float("nan"))
            for peak in peaks[:count]
        )

    return UnitSeen(reference, films(reference.highest), films(reference.lowest))


def project_index(folder: Path, states: Floats, kind: ProjectionKind) -> Floats:
    """Where states (D, n, H) lie in the plane of a kind, (n, 2); a map must have been made."""
    index = _kept(folder)
    return index.project(states) if kind == "pca" else index.place(states, index.umap())


def map_index(folder: Path, report: Path) -> RowCloud:
    """The sample of rows laid out by UMAP, made if it is not there.

    Args:
        folder: Of the index.
        report: A file that says how far it is, such as "34 %".

    Raises:
        DataError: As `Index.umap` does.
    """
    index = _kept(folder)

    def tell(share: float) -> None:
        _write(report, f"{100 * share:.0f} %")

    return _named(index, index.umap(tell), "umap")


def _kept(folder: Path) -> Index:
    """The index that this process keeps open, and opens again when it was made anew."""
    try:
        made = (folder / ABOUT).stat().st_mtime_ns
    except OSError:
        made = 0
    return _opened(folder, made)


@lru_cache(maxsize=2)
def _opened(folder: Path, _made: int) -> Index:
    return open_index(folder)


def _stretch(index: Index, number: int, steps: tuple[int, int], distance: float) -> FoundStretch:
    film = index.film(number)
    return FoundStretch(
        number,
        *steps,
        distance,
        film.path,
        film.frame,
        film.label,
        film.content,
        film.edges,
        index.thumbnail(number),
    )


def _named(index: Index, cloud: Cloud, kind: ProjectionKind) -> RowCloud:
    numbers, places = np.unique(cloud.film, return_inverse=True)
    films = [index.film(int(number)) for number in numbers]
    return RowCloud(
        kind,
        cloud.points,
        places.astype(np.int64),
        np.asarray(cloud.step),
        np.asarray(cloud.share, np.float64),
        numbers.astype(np.int64),
        tuple(str(film.path) for film in films),
        tuple(film.label for film in films),
        tuple(film.content for film in films),
        np.array([film.steps for film in films], np.int64),
    )


def _write(report: Path, words: str) -> None:
    """Say how far a work is; who looks reads the file whole or not at all."""
    part = report.with_suffix(".part")
    part.write_text(words, encoding="utf-8")
    part.replace(report)
