"""Whether a map lies within the lungs: where they are, and how much of the map is there."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError, EngineError
from engine.films import Films, FolderLayout, stored_frames
from engine.imaging import read_frame, read_image
from engine.inspection import grid_influence
from engine.measure.figures import (
    Estimate,
    enough_patients,
    intervals,
    mean,
    resampling,
    told_figure,
    untold,
)
from engine.measure.nuisance import drawn_films
from engine.model import Model
from engine.progress import Progress, paced, silent
from engine.sequence import to_sequence
from engine.tasks import FilmPlace, task_of
from engine.types import Doubles, Frame, GridInfluence, LungShare

Inside = NDArray[np.bool_]
Asked = Callable[[Doubles, Doubles], Inside]  # of places x and y in stored pixels

FILMS = 50  # of an audit or an evaluation: each is asked for a map of rows and columns
_SAMPLES = 4  # places along each side of a cell at which a mask is asked
_HALF = 0.5


# ------------------------------------------------------------------------ where lungs lie


class LungReader:
    """Says where the lungs of films lie: by a model of lung fields, or by masks of a folder.

    Args:
        lungs: Name or folder of a segmentation, all of whose classes but the first are lung; or a
            folder of masks with the films' names.

    Raises:
        BundleError: No such model.
        DataError: A model that draws no outlines.
    """

    def __init__(self, lungs: str | Path) -> None:
        folder = Path(lungs)
        self._folder: Path | None = None
        self._model: Model | None = None
        if folder.is_dir() and not (folder / "metadata.json").is_file():
            self._folder, self.name = folder, folder.name
            return
        self._model = Model(lungs)
        info = self._model.info
        self.name = f"{info.name} {info.version}"
        if info.objective.task != "segmentation":
            raise DataError(
                "“{model}” draws no outlines; name a model of lung fields or a folder of masks.",
                model=info.name,
            )

    def inside(self, frame: Frame, name: str) -> Inside | None:
        """The lungs of a film, (R, C) of its stored pixels; None where nobody says.

        Args:
            frame: The film.
            name: Its path in its table or folder.
        """
        if self._model is not None:
            return _drawn(self._model, frame)
        return _given(self._folder, frame, name) if self._folder is not None else None


def _given(folder: Path, frame: Frame, name: str) -> Inside | None:
    path = next(
        (one for one in ((folder / name).with_suffix(".png"), folder / Path(name).name)
         if one.is_file()),
        None,
    )  # fmt: skip
    if path is None:
        return None
    try:
        mask = np.asarray(read_frame(read_image(path)).values) > 0
    except EngineError as error:
        raise DataError("{name}: {error}", name=path.name, error=str(error)) from error
    return mask if mask.shape == frame.values.shape else None


def _drawn(model: Model, frame: Frame) -> Inside | None:
    """The lungs as a model of them draws them, whatever it would say of the film otherwise."""
    info, sequence = model.info, to_sequence(frame, model.info.input)
    reading = model.rows.reading(sequence)
    columns = sequence.columns
    if columns is None:
        columns = np.linspace(0.0, frame.image.columns, sequence.rows.shape[1] + 1)
    task = task_of(info.objective, info.classes, info.positive)
    answer = task.answer(reading.logits, reading.maps, FilmPlace(sequence.edges, columns))
    if answer is None or answer.maps is None:
        return None
    if answer.row_edges is None or answer.column_edges is None:
        return None
    chance = 1.0 - answer.maps[0]
    inside = chance >= (_HALF if answer.cut is None else answer.cut)
    down = np.searchsorted(answer.row_edges, np.arange(frame.values.shape[0]) + 0.5) - 1
    across = np.searchsorted(answer.column_edges, np.arange(frame.values.shape[1]) + 0.5) - 1
    rows, columns_count = inside.shape
    return np.asarray(inside[np.clip(down, 0, rows - 1)][:, np.clip(across, 0, columns_count - 1)])


# -------------------------------------------------------------------------- cells of a map


def covered(found: GridInfluence, inside: Asked) -> Doubles:
    """Share (R, C) of each cell that lies inside."""
    offsets = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
    x, y = (
        (edges[:-1, None] + np.diff(edges)[:, None] * offsets).ravel()
        for edges in (found.column_edges, found.row_edges)
    )
    hits = inside(x[None, :], y[:, None]).astype(np.float64)
    cells = hits.reshape(len(y) // _SAMPLES, _SAMPLES, len(x) // _SAMPLES, _SAMPLES)
    return np.asarray(cells.mean(axis=(1, 3)))


def area_share(found: GridInfluence, cover: Doubles) -> float:
    """Share of the film that cells (R, C) cover."""
    area = np.diff(found.row_edges)[:, None] * np.diff(found.column_edges)
    return float((area * cover).sum() / area.sum())


def edge_strength(reader: Model, frame: Frame, found: GridInfluence) -> Doubles:
    """Strength of the film's edges summed over the cells (R, C) of a map."""
    from scipy import ndimage  # noqa: PLC0415 - a tenth of a second

    rows = np.asarray(to_sequence(frame, reader.info.input).rows, np.float64)
    strength = np.hypot(ndimage.sobel(rows, axis=0), ndimage.sobel(rows, axis=1))
    places = [
        np.rint((edges[:-1] - edges[0]) / (edges[-1] - edges[0]) * count).astype(int)
        for edges, count in zip((found.row_edges, found.column_edges), strength.shape, strict=True)
    ]
    return np.asarray(
        np.add.reduceat(np.add.reduceat(strength, places[0], axis=0), places[1], axis=1)
    )


def within(found: GridInfluence, edges: Doubles, inside: Inside) -> tuple[float, float, float]:
    """Share of |Influence|, of the edges, and of the film itself that lies inside (R, C)."""
    rows, columns = inside.shape

    def sampled(x: Doubles, y: Doubles) -> Inside:
        return np.asarray(
            inside[np.clip(y.astype(int), 0, rows - 1), np.clip(x.astype(int), 0, columns - 1)]
        )

    cover, size = covered(found, sampled), np.abs(found.values)
    return _part(size, cover), _part(edges, cover), area_share(found, cover)


def _part(size: Doubles, cover: Doubles) -> float:
    return float((size * cover).sum() / size.sum()) if size.any() else float("nan")


def average(values: Doubles, patients: NDArray[np.str_]) -> Estimate:
    """The mean over films (N,) that have a value, with an interval where patients are enough."""
    there = np.isfinite(values)
    values, patients = values[there], patients[there]
    if not len(values):
        return untold(np.nan, 0)
    drawn = resampling(np.zeros(len(values), np.int64), patients)
    if not enough_patients(drawn.places):
        return untold(float(values.mean()), len(values))
    low, high = intervals(drawn, {"mean": mean(values)})["mean"]
    return Estimate(float(values.mean()), float(low), float(high), len(values))


# -------------------------------------------------------------------------- what it comes to


def share_of_lungs(
    model: str | Path,
    films: Films,
    source: tuple[Path, FolderLayout],
    lungs: str | Path,
    *,
    finding: str | None = None,
    seed: int = 0,
    report: Progress = silent,
) -> LungShare:
    """The same of films that were read from a source: of 50 of them, read as they are stored.

    Args:
        model: Name or folder of the bundle.
        films: Of one split.
        source: What they were read from, and how.
        lungs: See `LungReader`.
        finding: Class that is explained; None as in `lung_share`.
        seed: Of the draw.
        report: Told in words what is being done.
    """
    some = films.take(drawn_films(films.patients, most=FILMS, seed=seed))
    patients = dict(zip(map(str, some.names), map(str, some.patients), strict=True))
    frames = stored_frames(*source, patients)
    return lung_share(
        Model(model), frames, lungs, patients=patients, target=finding, report=report
    )


def lung_share(
    model: Model,
    films: Iterable[tuple[str, Frame]],
    lungs: str | Path,
    *,
    patients: Mapping[str, str],
    target: str | None = None,
    report: Progress = silent,
) -> LungShare:
    """How much of a model's map of rows and columns lies within the lungs, over some films.

    Args:
        model: Whose map it is.
        films: Name and frame of each film; those without lungs take no part.
        lungs: See `LungReader`.
        patients: Whose film each is, by name.
        target: Class that is explained; None takes the finding, or the most probable class.
        report: Told in words what is being done.

    Raises:
        BundleError: No such model of lungs.
        DataError: It draws no outlines, or of no film it is known where the lungs lie.
    """
    reader = LungReader(lungs)
    report(f"asking how much of the maps lies within the lungs of {reader.name}")
    figures: list[tuple[float, float, float]] = []
    owners: list[str] = []
    for name, frame in paced(films, "maps within the lungs", len(patients)):
        inside = reader.inside(frame, name)
        if inside is None or not inside.any():
            continue
        found = grid_influence(model, frame, target)
        shares = within(found, edge_strength(model, frame, found), inside)
        if np.isfinite(shares).all():  # a film without edges or influence has no shares
            figures.append(shares)
            owners.append(patients[name])
    if not figures:
        raise DataError(
            "“{lungs}” says of no film where its lungs lie; a folder of masks holds them under the"
            " films' names, as large as the films.",
            lungs=reader.name,
        )
    names = np.array(owners)
    own, edges, film = (
        told_figure(average(np.array(one), names)) for one in zip(*figures, strict=True)
    )
    return LungShare(reader.name, own, edges, film)
