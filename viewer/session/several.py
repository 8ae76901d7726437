"""Several findings on one film: which of them is explained, and where each has its threshold."""

import math
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from engine.inspection import explain_class
from viewer.session.choices import start_of

if TYPE_CHECKING:
    from engine.types import Analysis, Influence, LabelAnswer, ModelInfo, PreparedFilm
    from viewer.session.loading import Content, Film
    from viewer.session.pointer import Pointer
    from viewer.session.session import Session

KEPT: Final = 64  # influences of findings that are not asked for again
TOPIC: Final = "finding"
LEAST, MOST = 0.01, 0.99  # of a threshold
_SAME: Final = 5e-4

ModelKey = tuple[Path, str]  # folder and weights
Asked = tuple["Content", ModelKey, str, int]  # film, model, baseline, class


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """One finding of a film, and the threshold that holds for it.

    Attributes:
        number: From 1, in the order of the model's classes.
        answer: Of the model.
        threshold: The reader's, or the model's; None where there is none.
        own: Whether it is the reader's.
    """

    number: int
    answer: "LabelAnswer"
    threshold: float | None
    own: bool = False

    @property
    def answered(self) -> bool:
        """Whether there is a probability."""
        return not self.answer.abstained and math.isfinite(self.answer.probability)

    @property
    def called(self) -> bool:
        """Whether it reaches its threshold."""
        reached = self.threshold is not None and self.answer.probability >= self.threshold
        return self.answered and reached


class Several(QObject):
    """The findings of every viewport, for models that answer several at once.

    A threshold is kept for each model and finding as long as the program runs, as that of a
    model with one is (`Thresholds`). What moved a finding is asked of the network when it is
    chosen; until it is there, no influence is shown.

    Args:
        session: Its viewports have the answers, its inspection asks the network.
    """

    changed = Signal()  # findings, thresholds, or which of them is chosen
    retold = Signal(object)  # Analysis of the active viewport, explained for another finding

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._panes, self._inspection = session.panes, session.inspection
        self._own: dict[tuple[ModelKey, str], float] = {}
        self._wanted: dict[ModelKey, int] = {}  # the finding that the reader chose last
        self._known: OrderedDict[Asked, Influence] = OrderedDict()
        self._heard: set[Pointer] = set()
        self._waits: Asked | None = None
        self._telling = False
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._explain_again)
        self._panes.arranged.connect(self._on_arranged)
        self._inspection.opened_changed.connect(lambda _opened: self._ask_again())
        self._on_arranged()

    # ------------------------------------------------------------------ what is there
    def of(self, pointer: "Pointer") -> tuple[FindingPlace, ...]:
        """The findings of a viewport; none where its model has one answer, or there is none."""
        analysis = pointer.analysis
        answer = analysis.task_answer if analysis is not None else None
        if analysis is None or answer is None or analysis.abstained is not None:
            return ()
        model = _key(analysis.model)

        def place(number: int, one: "LabelAnswer") -> FindingPlace:
            own = self._own.get((model, one.label))
            held = one.threshold if own is None else own
            return FindingPlace(number, one, held, own is not None)

        return tuple(place(number, one) for number, one in enumerate(answer.labels, 1))

    @property
    def shown(self) -> tuple[FindingPlace, ...]:
        """Those of the active viewport."""
        return self.of(self._panes.active)

    @property
    def chosen(self) -> int:
        """Number of the finding that strips and maps explain in the active viewport; 0: none."""
        analysis = self._panes.active.analysis
        if analysis is None or analysis.prediction is None or not self.shown:
            return 0
        return analysis.prediction.target + 1

    # ------------------------------------------------------------------ by the reader
    def choose(self, number: int) -> None:
        """Explain another finding of the active viewport."""
        pointer = self._panes.active
        analysis, film = pointer.analysis, pointer.film
        if analysis is None or film is None or not 1 <= number <= len(self.shown):
            return
        self._wanted[_key(analysis.model)] = number
        if number != self.chosen:
            self._explain(pointer, film, analysis, number - 1)

    def step(self, by: int) -> None:
        """Explain the next finding or the one before it."""
        count = len(self.shown)
        if count:
            self.choose((self.chosen - 1 + by) % count + 1)

    def move(self, number: int, value: float | None) -> None:
        """Put the threshold of a finding elsewhere; None goes back to the model's."""
        found = next((one for one in self.shown if one.number == number), None)
        analysis = self._panes.active.analysis
        if analysis is None or found is None or found.answer.threshold is None:
            return
        place = (_key(analysis.model), found.answer.label)
        if value is None or abs(value - found.answer.threshold) < _SAME:
            self._own.pop(place, None)
        else:
            self._own[place] = min(max(value, LEAST), MOST)
        self.changed.emit()

    # ------------------------------------------------------------------ what moved it
    def _explain(self, pointer: "Pointer", film: "Film", analysis: "Analysis", at: int) -> None:
        prediction = analysis.prediction
        if prediction is None:
            return
        start = start_of(pointer.choice, analysis.model)
        place = (film.key, _key(analysis.model), start, at)
        if analysis.influence is not None:  # that of the finding before is not asked for again
            target = analysis.influence.target
            self._keep((*place[:2], analysis.influence.baseline.kind, target), analysis.influence)
        known = self._known.get(place)
        told = replace(analysis, prediction=replace(prediction, target=at), influence=known)
        self._tell(pointer, told)
        self._waits = None
        if known is None:
            self._waits = place
            self._inspection.prepare(
                film, analysis.model, partial(self._ask, analysis.model, place)
            )

    def _ask(self, model: "ModelInfo", place: Asked, prepared: "PreparedFilm") -> None:
        if place == self._waits:
            _, _, baseline, target = place
            done = partial(self._take, place)
            given = (model, prepared, target, baseline)
            self._inspection.ask_model(TOPIC, explain_class, *given, done=done)

    def _ask_again(self) -> None:
        """The network was opened on the film: what it was asked before is not answered."""
        pointer, waits = self._panes.active, self._waits
        film, analysis = pointer.film, pointer.analysis
        if waits is None or film is None or analysis is None or film.key != waits[0]:
            return
        self._inspection.prepare(film, analysis.model, partial(self._ask, analysis.model, waits))

    def _take(self, place: Asked, influence: "Influence") -> None:
        self._keep(place, influence)
        if place == self._waits:
            self._waits = None
        pointer = self._panes.active
        analysis, film = pointer.analysis, pointer.film
        if analysis is None or film is None or analysis.prediction is None:
            return
        now = (film.key, _key(analysis.model), start_of(pointer.choice, analysis.model))
        if (*now, analysis.prediction.target) == place and analysis.influence is None:
            self._tell(pointer, replace(analysis, influence=influence))

    def _keep(self, place: Asked, influence: "Influence") -> None:
        self._known[place] = influence
        if len(self._known) > KEPT:
            self._known.popitem(last=False)

    def _tell(self, pointer: "Pointer", analysis: "Analysis") -> None:
        """Let maps, strips and panel show the answer as it is explained now."""
        self._telling = True
        pointer.analysis = analysis
        pointer.show_answer()
        self._telling = False
        self.retold.emit(analysis)
        self.changed.emit()

    # ------------------------------------------------------------------ viewports
    def _on_arranged(self) -> None:
        for pointer in self._panes.all:
            if pointer not in self._heard:
                pointer.answer_shown.connect(partial(self._on_answer, pointer))
        self._heard = set(self._panes.all)
        self.changed.emit()

    def _on_answer(self, pointer: "Pointer", analysis: "Analysis | None") -> None:
        """Another answer: the finding that the reader chose of this model is explained again."""
        if self._telling or pointer is not self._panes.active:
            return
        self._forget_asked()
        self.changed.emit()
        if analysis is not None and self._wanted.get(_key(analysis.model)):
            self._again.start()  # whoever hears of this answer hears of it first

    def _explain_again(self) -> None:
        analysis = self._panes.active.analysis
        if analysis is not None:
            self.choose(self._wanted.get(_key(analysis.model), 0))

    def _forget_asked(self) -> None:
        """Nobody waits for the influence of a film that went, or of another finding."""
        if self._waits is not None:
            self._waits = None
            self._inspection.drop(TOPIC)


def _key(model: "ModelInfo") -> ModelKey:
    return model.path, model.sha256
