"""What the opened film or model is compared with, and what came out.

The newest question wins: another film, model or opponent drops the answer that is on its way. The
horizon takes gradients, and comes after everything else; then units are matched anew on films of
the list, since of one film alone nearly any network finds its match.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
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

Pair = tuple[PreparedFilm, PreparedFilm]

TOPIC: Final = "compare"
REFERENCE: Final = 8  # films of the list that units are matched on besides
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


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """What is asked of the network, with the reference as far as it was read.

    Attributes:
        turn: Which question it is; a later one drops it.
        other: Folder of the other model, or its name.
        its: The film as the other model reads it, or the other film.
        pairs: Films of the reference as both read them.
    """

    turn: object
    other: Path | str
    its: PreparedFilm | None
    pairs: dict[Path, Pair] = field(default_factory=dict)


def read_rows(path: Path, model: ModelInfo) -> PreparedFilm:
    """The first frame of a file as a model reads it, without rows for others."""
    return read_pair(path, model, None)[0]


def read_pair(path: Path, model: ModelInfo, other: ModelInfo | None) -> Pair:
    """The same as two models read it; without another one twice the same."""
    frame = read_frame(read_image(path))
    own = replace(prepare(frame, model), others=())
    return own, own if other is None else replace(prepare(frame, other), others=())


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
        self.reference: tuple[Path, ...] = ()  # films that units were matched on besides
        self.why: str = NOTHING  # why there is nothing to see, to be translated
        self.its: PreparedFilm | None = None  # the film as the other model reads it, where it is
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
            if not self._session.analyses.withholds(path) and path != here:
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
        self._turn, self.found, self.reference = object(), None, ()
        self.its = None
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
        elif self._session.analyses.withholds(other.path):
            self.why = HIDDEN
        elif other.path == film:
            self._run(turn, model.path, None)
        else:
            self._read(turn, other.path, model)

    def _read(self, turn: object, path: Path, model: ModelInfo) -> None:
        done, failed = partial(self._run, turn, model.path), partial(self._fail, turn)
        self._session.read_beside(path, Job(read_rows, (path, model), done, failed))

    def _run(self, turn: object, other: Path | str, its: PreparedFilm | None) -> None:
        """Everything but the horizon first; then all of it; then on more films of the list."""
        if turn is not self._turn:
            return
        question, self.its = _Question(turn, other, its), its
        self._send(question, horizon=False, then=partial(self._go_on, question))

    def _go_on(self, question: "_Question") -> None:
        films = () if question.other == self._folder else self.films(REFERENCE)
        gather = partial(self._gather, question, films)
        self._send(question, horizon=True, then=gather)

    @property
    def _folder(self) -> Path | None:
        """Of the model that reads."""
        opened = self._session.inspection.opened
        return opened.model.path if opened is not None else None

    def _gather(self, question: "_Question", films: tuple[Path, ...]) -> None:
        """Read one film of the reference after the other; those that cannot be read are left."""
        opened = self._session.inspection.opened
        if question.turn is not self._turn or opened is None:
            return
        if not films:
            if question.pairs:
                self._send(question, horizon=True, then=lambda: None)
            return
        path, rest = films[0], films[1:]
        other = question.other
        second = self._session.models.of(other) if isinstance(other, Path) else None

        def done(pair: Pair) -> None:
            question.pairs[path] = pair
            self._gather(question, rest)

        job = Job(
            read_pair,
            (path, opened.model, second),
            done,
            lambda _error: self._gather(question, rest),
        )
        self._session.read_beside(path, job)

    def _send(self, question: "_Question", *, horizon: bool, then: Callable[[], None]) -> None:
        reference = dict(question.pairs)

        def done(found: "NetworkComparison") -> None:
            if question.turn is self._turn:
                self.found, self.why = found, ""
                self.reference = tuple(reference)
                self.changed.emit()
                then()

        given = (question.other, question.its, tuple(reference.values()), horizon)
        failed = partial(self._fail, question.turn)
        self._session.inspection.ask(TOPIC, compare_rows, *given, done=done, failed=failed)

    def _fail(self, turn: object, error: BaseException) -> None:
        if turn is self._turn:
            self.found, self.why = None, sentence_of(error)
            self.changed.emit()

    def _look_again(self) -> None:
        """What is hidden may be another film now."""
        other = self.opponent
        if other is not None and other.kind == "films":
            self._ask()
