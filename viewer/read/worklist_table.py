"""The worklist as a table for other programs: a line for each class of each film."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from engine.records import Cell
from engine.types import Analysis, ModelInfo
from viewer.read.entries import Wish, WorklistEntry, image_places, plain
from viewer.session.loading import Content

WORKLIST_HEADER: Final = (
    "name", "file", "frame", "date", "modality", "shows", "age", "sex", "status", "class", "score",
    "threshold", "threshold_is", "above", "reason", "model", "model_version", "model_sha256",
    "content", "time",
)  # fmt: skip


class KnownResults(Protocol):
    """Who knows what was answered; what is hidden is not said."""

    def said_of(self, content: Content) -> Analysis | None:
        """Return the answer to a film."""

    def read_at(self, content: Content) -> str:
        """Return when it was read, UTC."""


class KnownFrames(Protocol):
    """Who knows what the frames of stacks hold."""

    def content(self, path: Path, index: int) -> Content:
        """Return what a frame holds, if it was read."""


def worklist_rows(
    entries: Iterable[WorklistEntry],
    answers: KnownResults,
    model: ModelInfo | None,
    wish: Wish,
    *,
    frames: KnownFrames,
) -> Iterator[tuple[Cell, ...]]:
    """The lines, film by film as they are listed, and frame by frame.

    An answer that waits for the reader's own call is not in the table: its status is "hidden". Of
    a series whose frames nobody asked for there is one line, without a number of a frame.

    Args:
        entries: As they are listed.
        answers: What is known of them.
        model: That reads.
        wish: Which frames are listed, and the reader's own threshold.
        frames: What they hold.
    """
    for one in entries:
        for place in image_places(one, wish) if one.images or one.asked else (None,):
            film = one if place is None else _image(one, place, frames)
            said = answers.said_of(film.content) if film.group == "answered" else None
            yield from _lines(film, place, said, model, wish.own, answers)


def _image(one: WorklistEntry, place: int, frames: KnownFrames) -> WorklistEntry:
    """A frame of a stack, with its own file and content."""
    image = one.image_entry(place)
    return replace(image, content=frames.content(*one.listed.frames[place]))


def _lines(
    one: WorklistEntry,
    place: int | None,
    said: Analysis | None,
    model: ModelInfo | None,
    own: float | None,
    answers: KnownResults,
) -> list[tuple[Cell, ...]]:
    who = one.identity
    shows = who.body_part or one.listed.description
    alone = 1 if len(one.listed.frames) == 1 else None
    path = one.path if place is None else one.listed.frames[place][0]
    head: tuple[Cell, ...] = (
        one.name, plain(path.name), alone if place is None else place + 1, one.date,
        one.listed.modality or _modality(one), plain(shows), plain(who.age), plain(who.sex),
    )  # fmt: skip
    tail: tuple[Cell, ...] = (None,) * 3
    if model is not None:
        tail = (model.name, model.version, model.sha256)
    if one.outcome.hidden:
        return [(*head, "hidden", *(None,) * 6, *tail, str(one.content), None)]
    end: tuple[Cell, ...] = (*tail, str(one.content), answers.read_at(one.content) or None)
    if said is None or said.prediction is None or said.abstained is not None:
        waits = "waiting" if one.is_awaited else "not asked"
        known = {"error": "not read", "warning": "abstained"}.get(one.outcome.severity, waits)
        return [(*head, known, *(None,) * 5, one.why or None, *end)]
    found: list[tuple[Cell, ...]] = []
    for at, name in enumerate(said.prediction.classes):
        score = float(said.prediction.probabilities[at])
        limit = one.threshold(own) if at == said.model.positive else None
        whose = None if limit is None else "model's" if own is None else "reader's"
        above = None if limit is None else score >= limit
        found.append((*head, "answered", name, score, limit, whose, above, None, *end))
    return found


def _modality(one: WorklistEntry) -> str:
    return one.image.modality if one.image is not None else ""
