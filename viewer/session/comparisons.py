"""What the opened film or model is compared with, and what came out.

The newest question wins: another film, model or opponent drops the answer that is on its way. The
horizon takes gradients, and comes after everything else.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from engine.imaging import read_frame, read_image
from engine.inspection import UNTRAINED, compare_rows
from engine.preparation import prepare
from engine.types import ModelInfo, PreparedFilm
from viewer.kit.language import marked, sentence_of
from viewer.session.jobs import Job

if TYPE_CHECKING:
    from engine.inspection import ComparedKind, NetworkComparison
    from viewer.session.session import Session

TOPIC: Final = "compare"
HIDDEN: Final = marked("The answer to that film waits for your own call")
NOT_OPEN: Final = marked("Appears when a model has read the film")
WAITING: Final = marked("The network is being asked …")
NOTHING: Final = marked("Choose what the film or the model is compared with")


@dataclass(frozen=True, slots=True)
class Opponent:
    """What is compared with.

    Attributes:
        kind: Another model, the same network without training, or another film.
        path: Of the model's folder or of the film; None of an untrained network.
    """

    kind: "ComparedKind"
    path: Path | None = None


def read_rows(path: Path, model: ModelInfo) -> PreparedFilm:
    """The first frame of a file as a model reads it, without rows for others."""
    return replace(prepare(read_frame(read_image(path)), model), others=())


class Comparisons(QObject):
    """Compares what Inspect has opened with what the reader chose, for as long as he wants it.

    Args:
        session: Its inspection is asked; its lists say what there is to compare with.
    """

    changed = Signal()  # opponent, answer or reason are others

    def __init__(self, session: "Session", parent: QObject | None = None) -> None:
        super().__init__(parent or session)
        self._session = session
        self.opponent: Opponent | None = None
        self.found: NetworkComparison | None = None
        self.why: str = NOTHING  # why there is nothing to see, to be translated
        self._turn = object()  # of the question that is on its way
        session.inspection.opened_changed.connect(lambda _opened: self._ask())
        session.analyses.calls.changed.connect(self._look_again)

    # ------------------------------------------------------------------ what there is
    def models(self) -> tuple[ModelInfo, ...]:
        """The models that may be chosen: all but the one that reads."""
        known = self._session.models
        here = known.current
        return tuple(one for one in known.all if here is None or one.path != here.path)

    def films(self, most: int = 40) -> tuple[Path, ...]:
        """The films of the list that may be chosen, those after the one on screen first."""
        film, found = self._session.film, []
        here = film.frame.image.path if film is not None else None
        for path in self._session.films.nearest(here):
            if not self._session.analyses.hides(path) and path != here:
                found.append(path)
            if len(found) == most:
                break
        return tuple(found)

    # ------------------------------------------------------------------ intentions
    def compare(self, opponent: Opponent | None) -> None:
        """Compare with something else; None with nothing."""
        self.opponent = opponent
        self._ask()

    # ------------------------------------------------------------------ inside
    def _ask(self) -> None:
        opened, other = self._session.inspection.opened, self.opponent
        self._turn, self.found = object(), None
        self._session.inspection.drop(TOPIC)
        self.why = NOTHING if other is None else NOT_OPEN if opened is None else WAITING
        if opened is not None and other is not None:
            self._begin(opened.film.frame.image.path, opened.model, other)
        self.changed.emit()

    def _begin(self, film: Path, model: ModelInfo, other: Opponent) -> None:
        inspection, turn = self._session.inspection, self._turn
        if other.kind == "untrained" or other.path is None:
            self._run(turn, UNTRAINED, None)
        elif other.kind == "models":
            with_model = self._session.models.of(other.path)
            if with_model is None or with_model.path == model.path or inspection.opened is None:
                self.opponent, self.why = None, NOTHING
                return
            done = partial(self._run, turn, with_model.path)
            inspection.prepare(inspection.opened.film, with_model, done)
        elif self._session.analyses.hides(other.path):
            self.why = HIDDEN
        elif other.path == film:
            self._run(turn, model.path, None)
        else:
            self._read(turn, other.path, model)

    def _read(self, turn: object, path: Path, model: ModelInfo) -> None:
        done, failed = partial(self._run, turn, model.path), partial(self._fail, turn)
        self._session.read_beside(path, Job(read_rows, (path, model), done, failed))

    def _run(self, turn: object, other: Path | str, its: PreparedFilm | None) -> None:
        """Everything but the horizon first, then all of it."""
        self._send(turn, other, its, horizon=False, then=partial(self._go_on, turn, other, its))

    def _go_on(self, turn: object, other: Path | str, its: PreparedFilm | None) -> None:
        self._send(turn, other, its, horizon=True, then=lambda: None)

    def _send(
        self,
        turn: object,
        other: Path | str,
        its: PreparedFilm | None,
        *,
        horizon: bool,
        then: Callable[[], None],
    ) -> None:
        if turn is not self._turn:
            return

        def done(found: "NetworkComparison") -> None:
            if turn is self._turn:
                self.found, self.why = found, ""
                self.changed.emit()
                then()

        self._session.inspection.ask(
            TOPIC,
            compare_rows,
            other,
            its,
            (),
            horizon,
            done=done,
            failed=partial(self._fail, turn),
        )

    def _fail(self, turn: object, error: BaseException) -> None:
        if turn is self._turn:
            self.found, self.why = None, sentence_of(error)
            self.changed.emit()

    def _look_again(self) -> None:
        """What is hidden may be another film now."""
        other = self.opponent
        if other is not None and other.kind == "films":
            self._ask()
