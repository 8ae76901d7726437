"""An index of row states, open: searched, projected, asked for films and units. No torch."""

import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.index import contents
from engine.index.contents import IndexAbout
from engine.index.found import Cloud, IndexedFilm, Match, Peak, UnitReference
from engine.index.lists import LISTS, FaissLists
from engine.index.neighbours import Lists, StateTable, by_lists, exact
from engine.index.projecting import lay_out, place_among
from engine.index.references import BINS, edges_of
from engine.records import records_path
from engine.text import shown
from engine.types import Bytes, Floats, ModelInfo

FOLDER = "indexes"
_PARTS = 4  # words of each film: path, name, label, content


def indexes_folder() -> Path:
    """Where indexes lie unless another folder is named: beside the reader's records."""
    return records_path().parent / FOLDER


def find_index(model: ModelInfo) -> Path | None:
    """The newest index in `indexes_folder` that was made with exactly these weights.

    One that was made with others, or cannot be read, is passed over.
    """
    found: list[tuple[str, Path]] = []
    folder = indexes_folder()
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or not path.is_dir():
            continue
        try:
            about = contents.read_about(path)
        except DataError:
            continue
        if about.sha256 == model.sha256:
            found.append((about.made, path))
    return max(found)[1] if found else None


def open_index(folder: str | Path, model: ModelInfo | None = None) -> "Index":
    """An index, mapped into memory: opening reads headers, and not the states.

    Args:
        folder: Of an index.
        model: That it must have been made with.

    Raises:
        DataError: One sentence: there is none, it is damaged or of another format, or it was made
            with another model or other weights.
    """
    path = Path(folder)
    about = contents.read_about(path)
    if model is not None and about.sha256 != model.sha256:
        raise DataError(
            "The index in {folder} was made with other weights (of “{made}”) than those of"
            " “{model}”; make it again: rowscope-engine index {model} FILMS.",
            folder=shown(str(path)),
            made=shown(about.model),
            model=shown(model.name),
        )
    return Index(path, about)


class Index:
    """An index of row states; `open_index` opens it.

    States are those of one layer, directions side by side: (rows, D·H). They are standardised:
    of each unit its mean over all rows of the index is taken away, and the rest divided by its
    standard deviation there, but at least by 0.01 and a tenth of the median over all units, so
    that a unit that never moves counts for nothing.

    Attributes:
        folder: Where it lies.
        about: What it was made of, and with.
        table: Standardised states of all rows, (N, D·H) float16 on the disk, and the row at which
            each film begins.
    """

    def __init__(self, folder: Path, about: IndexAbout) -> None:
        self.folder, self.about = folder, about
        self._arrays = contents.opened(folder, about, bins=BINS)
        self.table = StateTable(self._arrays["states"], np.asarray(self._arrays["first"]))
        self._mean, self._scale = np.asarray(self._arrays["scale"])
        self._lists: Lists | None = None
        if about.lists:
            try:
                self._lists = FaissLists(folder, self._arrays)
            except OSError as error:
                raise contents.damaged(folder, LISTS) from error

    def __len__(self) -> int:
        """Films."""
        return self.about.films

    # ------------------------------------------------------------------ searching
    def standardised(self, states: NDArray[np.floating]) -> Floats:
        """Raw states (n, D·H), or (D, n, H) as a trace has them of a layer, as (n, D·H) in σ.

        Raises:
            ValueError: They have another number of units.
        """
        flat = (
            states if states.ndim == 2 else np.moveaxis(states, 0, 1).reshape(len(states[0]), -1)
        )
        if flat.shape[1] != self.about.width:
            raise ValueError(f"{flat.shape[1]} units are not the {self.about.width} of the index")
        known: Floats = ((flat - self._mean) / self._scale).astype(np.float32)
        return known

    def search(
        self,
        states: NDArray[np.floating],
        count: int = 12,
        *,
        exact: bool = False,
        without: str = "",
    ) -> tuple[Match, ...]:
        """Where else the network was in such states: the nearest stretches, one of each film.

        Args:
            states: (n, D·H) raw states of `about.layer` over n steps in a row, or (D, n, H).
            count: Films, at most.
            exact: Look at every stretch, however many there are; see `engine.index.neighbours`.
            without: Content (`engine.imaging.film_key`) of a film that is not wanted, mostly the
                one that the states come from.

        Returns:
            The nearest first. Films of fewer than n steps have none.

        Raises:
            DataError: It needs faiss, which is not installed, or was made again meanwhile.
            ValueError: Another number of units, or no step.
        """
        stretch = self.standardised(states)
        if not len(stretch):
            raise ValueError("no step")
        return self._search(stretch, count, exact=exact, leave_out=self._films.get(without, -1))

    def _search(
        self, stretch: Floats, count: int, *, exact: bool, leave_out: int
    ) -> tuple[Match, ...]:
        if count < 1 or len(stretch) > np.diff(self.table.first).max():
            return ()
        if exact or self._lists is None:
            found = exact_search(self.table, stretch, count, leave_out=leave_out)
        else:
            try:
                found = by_lists(self.table, self._lists, stretch, count, leave_out=leave_out)
            except OSError as error:
                raise DataError(
                    "The index in {folder} was made again meanwhile; open it again.",
                    folder=shown(str(self.folder)),
                ) from error
        steps = found.starts - self.table.first[found.films]
        return tuple(
            Match(int(film), int(step), int(step) + len(stretch), float(distance))
            for film, step, distance in zip(found.films, steps, found.distances, strict=True)
        )

    def states(self, film: int, first: int = 0, last: int | None = None) -> Floats:
        """States of steps [first, last) of a film, (n, D·H), as the network had them."""
        begin, end = map(int, self.table.first[film : film + 2])
        steps = range(begin, end)[first:last]
        held = self.table.states[steps.start : steps.stop].astype(np.float32)
        raw: Floats = (held * self._scale + self._mean).astype(np.float32)
        return raw

    # ---------------------------------------------------------------------- films
    def film(self, number: int) -> IndexedFilm:
        """What is known of a film.

        Raises:
            IndexError: There is no such film.
        """
        place = range(len(self))[number]
        arrays, (begin, end) = self._arrays, self.table.first[place : place + 2]
        path, name, label, content = (self._word(_PARTS * place + part) for part in range(_PARTS))
        return IndexedFilm(
            path=Path(path),
            name=name,
            frame=int(arrays["frame"][place]),
            label=label,
            content=content,
            edges=np.array(arrays["edges"][begin + place : end + place + 1]),
            answer=np.array(arrays["answer"][place]),
            target=int(arrays["target"][place]),
            by_row=arrays["by_row"][begin:end].astype(np.float32),
        )

    def thumbnail(self, number: int) -> Bytes:
        """A film as it first appears on screen, small: (h, w) uint8, its longest side 96 at most.

        Raises:
            IndexError: There is no such film.
        """
        place = range(len(self))[number]
        ends, size = self._arrays["picture_ends"], self._arrays["picture_sizes"][place]
        begin = int(ends[place - 1]) if place else 0
        return np.array(self._arrays["pictures"][begin : int(ends[place])]).reshape(size)

    def film_with(self, content: str) -> int | None:
        """Number of the film with a content (`engine.imaging.film_key`); None if none has it."""
        return self._films.get(content)

    @cached_property
    def _films(self) -> dict[str, int]:
        """Films by their content; of copies the first."""
        contents_of = (self._word(_PARTS * film + 3) for film in range(len(self)))
        found: dict[str, int] = {}
        for film, content in enumerate(contents_of):
            found.setdefault(content, film)
        return found

    def _word(self, place: int) -> str:
        ends = self._arrays["word_ends"]
        begin = int(ends[place - 1]) if place else 0
        return (
            self._arrays["words"][begin : int(ends[place])]
            .tobytes()
            .decode("utf-8", "surrogateescape")
        )

    # ---------------------------------------------------------------------- units
    def unit(self, layer: int, direction: int, unit: int) -> UnitReference:
        """What a unit of any layer did over all films.

        Args:
            layer: From 0, or −1 for the last.
            direction: 0 downwards, 1 upwards.
            unit: From 0.

        Raises:
            IndexError: There is no such unit.
        """
        place, arrays = (layer, direction, unit), self._arrays
        mean, std = (float(moment[place]) for moment in arrays["unit_moments"])
        highest, lowest = (
            tuple(
                Peak(int(film), int(step), float(value))
                for film, step, value in zip(
                    *(
                        arrays[f"peak_{name}"][side][place]
                        for name in ("films", "steps", "values")
                    ),
                    strict=True,
                )
            )
            for side in (0, 1)
        )
        reach = float(arrays["unit_reach"][place])
        counts = np.array(arrays["unit_counts"][place])
        return UnitReference(edges_of(reach), counts, mean, std, highest, lowest)

    # ----------------------------------------------------------------- projection
    def project(self, states: NDArray[np.floating]) -> Floats:
        """Raw states (n, D·H), or (D, n, H), on the axes of `cloud`: (n, 2)."""
        axes = np.asarray(self._arrays["axes"])  # (2, D·H)
        found: Floats = (self.standardised(states) @ axes.T).astype(np.float32)
        return found

    @cached_property
    def cloud(self) -> Cloud:
        """A sample of all rows on the two axes along which standardised states vary most (PCA)."""
        rows = np.asarray(self._arrays["sample"])
        return self._cloud(
            np.asarray(self._arrays["cloud"]), rows, np.asarray(self._arrays["share"])
        )

    def umap(self, progress: Callable[[float], None] = lambda _: None) -> Cloud:
        """The same sample laid out so that neighbours stay together (UMAP); made once, then kept.

        Its axes mean nothing, and neither do distances between groups of points.

        Args:
            progress: Told the share that is done, 0…1, now and then.

        Raises:
            DataError: umap-learn is not installed.
        """
        rows = np.asarray(self._arrays["sample"])
        path = self.folder / contents.UMAP
        points: Floats | None = None
        if path.is_file():
            try:
                kept = np.array(contents.mapped(self.folder, contents.UMAP, "<f4"))
            except DataError:
                kept = np.empty((0, 2), np.float32)  # another writes it, or it was cut off
            points = kept if kept.shape == (len(rows), 2) else None
        if points is None:
            points = lay_out(self._sampled(rows), progress)
            self._keep(path, points)
        progress(1.0)
        return self._cloud(points, rows, np.full(2, np.nan))

    def place(self, states: NDArray[np.floating], cloud: Cloud) -> Floats:
        """Where raw states lie in a cloud without axes, such as that of `umap`: (n, 2).

        Each at the mean of its 8 nearest rows of the cloud, weighted by the inverse of their
        distance. In `cloud` itself `project` is exact.
        """
        rows = self.table.first[cloud.film] + cloud.step
        return place_among(self.standardised(states), self._sampled(rows), cloud.points)

    @property
    def has_umap(self) -> bool:
        """Whether `umap` was made before and takes no time."""
        return (self.folder / contents.UMAP).is_file()

    def _sampled(self, rows: NDArray[np.int64]) -> Floats:
        states: Floats = self.table.states[rows].astype(np.float32)
        return states

    def _cloud(self, points: Floats, rows: NDArray[np.int64], share: NDArray[np.float64]) -> Cloud:
        film = self.table.film_of(rows)
        return Cloud(points, film, rows - self.table.first[film], share)

    @staticmethod
    def _keep(path: Path, points: Floats) -> None:
        """Keep it for the next time; where the folder cannot be written it is made again."""
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            growing = contents.Growing(part, "<f4", (2,))
            growing.add(points)
            growing.close()
            part.replace(path)
        except (OSError, DataError):
            part.unlink(missing_ok=True)


exact_search = exact  # `exact` is also an argument
