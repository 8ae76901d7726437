"""How far what a task measures moves when films and their truth change for no reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from engine.films import Films, FolderLayout, read_outputs
from engine.imaging import film_area
from engine.measure.figures import (
    enough_patients,
    intervals,
    resampling,
    task_estimates,
    told_figure,
)
from engine.measure.nuisance import (
    PLACES,
    Framing,
    alone,
    changes_for,
    drawn_films,
    film_frames,
    native_framing,
    rows_as_frames,
    seen,
    some_of,
)
from engine.network import RowNetwork
from engine.progress import Progress, paced, silent
from engine.sequence import refusal, to_sequence
from engine.tasks import FilmOutputs, PlaneView, Statistic, Task, Truth
from engine.types import Doubles, Figure, Floats, Frame, InputFormat
from engine.words import Sentence

FILMS: Final = 100  # of an evaluation: each is read, and its truth moved, some twenty times
_AT_ONCE: Final = 32  # films whose changes are held in memory
_NATIVE: Final = "native"
_Varied = tuple[Floats | None, PlaneView]  # rows (M, W) of a changed film, and where it looks


@dataclass(frozen=True, slots=True)
class TaskChange:
    """What a task measures of films that were changed in one way that means nothing.

    Attributes:
        name: One of `engine.types.NUISANCES`.
        moved: The chief figure of the changed films less that of the same films as they are.
        figures: Of the changed films, by code, those of all classes together.
        refused: Films that the model would not read any more; they are in no figure.
    """

    name: str
    moved: Figure
    figures: Mapping[str, Figure]
    refused: int


@dataclass(frozen=True, slots=True)
class TaskNuisance:
    """How far the figures of a task move for no reason.

    Attributes:
        source: The films, in words.
        stored: Whether their files were changed before they were read; otherwise their rows.
        chief: Code of the figure that `moved` is of.
        titles: What its figures are called, by code.
        as_read: Figures of the films as they are, by code.
        changes: The one that makes the chief figure worst comes first.
    """

    source: Sentence
    stored: bool
    chief: str
    titles: Mapping[str, str]
    as_read: Mapping[str, Figure]
    changes: tuple[TaskChange, ...]


def task_nuisance_of(
    network: RowNetwork,
    task: Task,
    fmt: InputFormat,
    films: Films,
    *,
    where: Sentence,
    source: tuple[Path, FolderLayout] | None = None,
    most: int = FILMS,
    seed: int = 0,
    report: Progress = silent,
) -> TaskNuisance | None:
    """Measure a task on changed films; masks and boxes are moved as the films are.

    Args:
        network: In evaluation mode.
        task: What it is asked.
        fmt: What it reads.
        films: Of one split, as it reads them, with their truth.
        where: What these films are, in words.
        source: What they were read from, and how; None changes the model's rows instead.
        most: Films that are drawn, by patient.
        seed: Of the draws.
        report: Told in words what is being done.

    Returns:
        None without films, or where the task measures nothing of them.
    """
    if not len(films):
        return None
    some = films.take(drawn_films(films.patients, most=most, seed=seed))
    report(f"changing {len(some):,} films in ways that mean nothing")
    frames = rows_as_frames(some) if source is None else film_frames(some, *source)
    places, varied = _varied(some, fmt, frames)
    some = some.take(np.array(places, np.int64))
    if not places:
        return None
    read = {name: _Asked(network, task, some, one) for name, one in varied.items()}
    whole = read.pop("")
    chief = next((name for name in whole.measured if ":" not in name), None)
    if chief is None:
        return None
    as_read = whole.figures
    changes = [one for name, asked in read.items() if (one := _change(name, asked, whole, chief))]
    worse = 1 if task.rises(chief) else -1
    changes.sort(key=lambda one: worse * one.moved.value)
    return TaskNuisance(
        source=where if len(some) == len(films) else some_of(len(some), where),
        stored=source is not None,
        chief=chief,
        titles={code: str(task.figure_words(code)) for code in as_read},
        as_read=as_read,
        changes=tuple(changes),
    )


# ------------------------------------------------------------------------- changed films


def _varied(
    films: Films, fmt: InputFormat, frames: Iterable[tuple[int, Frame]]
) -> tuple[list[int], dict[str, list[_Varied]]]:
    """Which films were read, and each of them as it is ("") and after each change."""
    places: list[int] = []
    found: dict[str, list[_Varied]] = {}
    left = iter(paced(frames, "changing films", len(films)))
    while some := list(islice(left, _AT_ONCE)):
        for place, frame in some:
            places.append(place)
            for name, one in _of_film(frame, fmt, float(films.aspects[place])):
                found.setdefault(name, []).append(one)
    return places, found


def _of_film(frame: Frame, fmt: InputFormat, aspect: float) -> Iterator[tuple[str, _Varied]]:
    inside, plain = film_area(frame), alone(frame, fmt)
    area = (inside.left, inside.top, inside.right, inside.bottom)
    size = plain.values.shape
    refused = refusal(plain.image, fmt) is not None
    views: dict[str, Framing] = {"": Framing(), **PLACES}
    views[_NATIVE] = native_framing(plain, aspect) if np.isfinite(aspect) else Framing()
    made = {"": plain} | {name: change(plain) for name, change in changes_for(fmt).items()}
    if np.isfinite(aspect):
        made[_NATIVE] = seen(plain, views[_NATIVE])
    for name in (*made, *({_NATIVE} - set(made))):
        one = made.get(name)
        no_more = one and fmt.aspect == "keep" and not refused and refusal(one.image, fmt)
        rows = None if one is None or no_more else to_sequence(one, fmt).rows
        yield name, (rows, _view(views.get(name, Framing()), area, size))


def _view(framing: Framing, area: tuple[int, int, int, int], size: tuple[int, ...]) -> PlaneView:
    return PlaneView(
        area=area,
        part=(framing.left, framing.top, framing.right, framing.bottom),
        rows=max(round(size[0] * framing.rows), 1),
        columns=max(round(size[1] * framing.columns), 1),
        goes_on=framing.beyond == "edge",
    )


# ------------------------------------------------------------------------------ figures


class _Asked:
    """Films in one state, read, and what the task measures of them."""

    def __init__(
        self, network: RowNetwork, task: Task, films: Films, varied: list[_Varied]
    ) -> None:
        self.task = task
        self.read = np.array([rows is not None for rows, _ in varied])
        chosen = np.flatnonzero(self.read)
        self.films = films.take(chosen)
        kept = [varied[place] for place in chosen.tolist()]
        self.outputs = _outputs(network, [rows for rows, _ in kept if rows is not None])
        truth = self.films.truth
        self.truth: Truth | None = truth.reframed([view for _, view in kept]) if truth else None
        self.measured = self._of(self.outputs, self.films, self.truth) if len(chosen) else {}

    def _of(
        self, outputs: FilmOutputs, films: Films, truth: Truth | None
    ) -> Mapping[str, Statistic]:
        return self.task.statistics(outputs, films.labels, truth)

    def among(self, read: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Mapping[str, Statistic]:
        """The same of some of these films."""
        if read.all():
            return self.measured
        chosen = np.flatnonzero(read)
        maps = self.outputs.maps
        some = FilmOutputs(self.outputs.logits[chosen], None if maps is None else maps[chosen])
        truth = None if self.truth is None else self.truth.take(chosen)
        return self._of(some, self.films.take(chosen), truth)

    @property
    def figures(self) -> dict[str, Figure]:
        """Those of all classes together."""
        whole = {name: one for name, one in self.measured.items() if ":" not in name}
        found = task_estimates(whole, self.films.labels, patients=self.films.patients)
        return {name: told_figure(one) for name, one in found.items()}


def _outputs(network: RowNetwork, rows: list[Floats]) -> FilmOutputs:
    heights = np.array([len(one) for one in rows], np.int64)
    wide = rows[0].shape[1] if rows else 1
    films = np.zeros((len(rows), int(heights.max(initial=1)), wide), np.float16)
    for place, one in enumerate(rows):
        films[place, : len(one)] = one
    return read_outputs(network, films, heights=heights)


def _change(name: str, asked: _Asked, whole: _Asked, chief: str) -> TaskChange | None:
    """What changed films come to, against the same films as they are; None if none was read."""
    before = whole.among(asked.read).get(chief) if asked.read.any() else None
    after = asked.measured.get(chief)
    if before is None or after is None:
        return None
    moved = _moved(before, after, asked.films)
    if moved is None:
        return None
    refused = 0 if name == _NATIVE else int((~asked.read).sum())
    return TaskChange(name, moved, asked.figures, refused)


def _moved(before: Statistic, after: Statistic, films: Films) -> Figure | None:
    """The difference of two figures of the same films, with its interval over patients."""

    def apart(weights: Doubles) -> Doubles:
        return np.asarray(after(weights) - before(weights))

    value = float(apart(np.ones((1, len(films))))[0])
    if not np.isfinite(value):
        return None
    drawn = resampling(films.labels, films.patients)
    if not enough_patients(drawn.places):
        return Figure(value, 0.0, 1.0, len(films))
    low, high = intervals(drawn, {"apart": apart})["apart"]
    return Figure(value, min(float(low), value), max(float(high), value), len(films))
