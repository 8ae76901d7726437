"""The worklist as a table for other programs: a line for each class of each film."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Protocol

from engine.records import Cell
from engine.types import Analysis, ModelInfo
from viewer.read.entries import WorklistEntry, plain
from viewer.session.loading import Content

WORKLIST_HEADER: Final = (
    "name", "file", "date", "modality", "shows", "age", "sex", "status", "class", "score",
    "threshold", "threshold_is", "above", "reason", "model", "model_version", "model_sha256",
    "content", "time",
)  # fmt: skip


class KnownResults(Protocol):
    """Who knows what was answered; what is hidden is not said."""

    def said(self, path: Path) -> Analysis | None:
        """Return the answer to the first frame of a file."""

    def read_at(self, content: Content) -> str:
        """Return when it was read, UTC."""


def worklist_rows(
    entries: Iterable[WorklistEntry],
    answers: KnownResults,
    model: ModelInfo | None,
    own: float | None,
) -> Iterator[tuple[Cell, ...]]:
    """The lines, film by film as they are listed.

    An answer that waits for the reader's own call is not in the table: its status is "hidden".

    Args:
        entries: As they are listed.
        answers: What is known of them.
        model: That reads.
        own: The reader's own threshold; None takes the model's.
    """
    for one in entries:
        hidden = one.outcome.hidden
        said = None if hidden else answers.said(one.path)
        yield from _lines(one, said, model, own, answers)


def _lines(
    one: WorklistEntry,
    said: Analysis | None,
    model: ModelInfo | None,
    own: float | None,
    answers: KnownResults,
) -> list[tuple[Cell, ...]]:
    who = one.identity
    shows = who.body_part or one.listed.description
    head: tuple[Cell, ...] = (
        one.name, plain(one.path.name), one.date, one.listed.modality or _modality(one),
        plain(shows), plain(who.age), plain(who.sex),
    )  # fmt: skip
    tail: tuple[Cell, ...] = (None,) * 3
    if model is not None:
        tail = (model.name, model.version, model.sha256)
    if one.outcome.hidden:
        return [(*head, "hidden", *(None,) * 6, *tail, str(one.content), None)]
    end: tuple[Cell, ...] = (*tail, str(one.content), answers.read_at(one.content) or None)
    if said is None or said.prediction is None or said.abstained is not None:
        known = {"error": "not read", "warning": "abstained"}.get(one.outcome.severity, "waiting")
        return [(*head, known, *(None,) * 5, one.why or None, *end)]
    found: list[tuple[Cell, ...]] = []
    for place, name in enumerate(said.prediction.classes):
        score = float(said.prediction.probabilities[place])
        limit = one.threshold(own) if place == said.model.positive else None
        whose = None if limit is None else "model's" if own is None else "reader's"
        above = None if limit is None else score >= limit
        found.append((*head, "answered", name, score, limit, whose, above, None, *end))
    return found


def _modality(one: WorklistEntry) -> str:
    return one.image.modality if one.image is not None else ""
