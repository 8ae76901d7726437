"""The network opened on the film of the active viewport, while the Inspect workspace is shown.

A process of its own keeps the model for it: what the reader tries here never waits behind the
films of the list. Nothing of it is an answer: results, list and log stay those of `Analyses`.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from engine.inspection import as_listed, trace_rows
from engine.preparation import prepare
from engine.types import ModelInfo, PreparedFilm, RowTrace
from viewer.session.analyses import Analyses
from viewer.session.jobs import INFERENCE, Job, Lane, Topics
from viewer.session.loading import Content, Film
from viewer.session.models import Models
from viewer.session.pointer import Viewports

KEPT: Final = 8  # traces; one of 224 steps and 2 × 256 units takes 3 to 8 MB

Key = tuple[Content, Path, str]  # a film, a model's folder and the hash of its weights


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A film and everything that its reading left behind.

    Attributes:
        film: As it is shown.
        prepared: Its model rows; without those for other models.
        trace: States, gates, memory and answers at every step.
        model: That read it.
    """

    film: Film
    prepared: PreparedFilm
    trace: RowTrace
    model: ModelInfo


class Inspection(QObject):
    """Opens the network on the active film, and asks it what panes of Inspect want to know.

    Args:
        models: The current one is opened.
        panes: The active viewport's film.
        analyses: Know whether the film was answered; a hidden answer opens nothing.
        parent: Of the Qt object.
    """

    opened_changed = Signal(object)  # Opened | None
    failed = Signal(object)  # BaseException

    def __init__(
        self,
        models: Models,
        panes: Viewports,
        analyses: Analyses,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._models, self._panes, self._analyses = models, panes, analyses
        self._preparing = Lane("thread", self)
        self._lane = Lane("process", self, patience=INFERENCE)
        self.lanes = (self._preparing, self._lane)
        self._known: OrderedDict[Key, Opened] = OrderedDict()
        self._topics = Topics()
        self.opened: Opened | None = None
        self.shown = False
        analyses.analysed.connect(lambda _analysis: self._follow())
        analyses.blanked.connect(self._follow)
        analyses.reading_started.connect(lambda _name: self._follow())
        analyses.call_awaited.connect(lambda _film: self._follow())
        panes.arranged.connect(lambda _layout: self._follow())
        panes.emptied.connect(lambda _pointer: self._follow())

    def show(self, *, shown: bool) -> None:
        """Open the network while Inspect is on screen, and not before."""
        if shown != self.shown:
            self.shown = shown
            self._follow()

    def ask(
        self,
        topic: str,
        function: Callable[..., Any],
        *arguments: Any,  # noqa: ANN401 - what the function takes
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Let the process that keeps the model work on the film that is opened; newest wins.

        Args:
            topic: Whoever asks again under it wants only the newest answer.
            function: Of `engine.inspection`: takes the model's folder, the prepared film, then
                the arguments; can be pickled, as can all that goes in and out.
            arguments: The rest.
            done: Takes the answer; not called once the film is another one.
            failed: Takes what was raised; told to the reader without it.
        """
        if (opened := self.opened) is None:
            return
        given = (opened.model, opened.prepared, *arguments)
        self.ask_model(topic, function, *given, done=done, failed=failed)

    def ask_model(
        self,
        topic: str,
        function: Callable[..., Any],
        model: ModelInfo,
        *arguments: Any,  # noqa: ANN401 - what the function takes
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """The same of a function that takes no film; a model that changed on disk is told."""

        def take(answer: object) -> None:
            if isinstance(answer, ModelInfo):
                self._analyses.model_differs.emit(answer)
            else:
                done(answer)

        self.run(topic, as_listed, function, model, *arguments, done=take, failed=failed)

    def run(
        self,
        topic: str,
        function: Callable[..., Any],
        *arguments: Any,  # noqa: ANN401 - what the function takes
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """The same of a function that takes other arguments, such as another film."""
        job = Job(function, arguments, done, failed or self.failed.emit, ahead=True)
        self._topics.submit(topic, self._lane, job)

    def prepare(self, film: Film, model: ModelInfo, done: Callable[[PreparedFilm], None]) -> None:
        """Make another film's rows for a model, in a thread."""

        def bare(prepared: PreparedFilm) -> None:
            done(replace(prepared, others=()))

        job = Job(prepare, (film.frame, model), bare, self.failed.emit, ahead=True)
        self._preparing.submit(job)

    def lends(self, path: Path | None) -> bool:
        """Whether rows of this film may stand for others: all of them would tell its answer."""
        return path is None or not self._analyses.withholds(path)

    def drop(self, topic: str) -> None:
        """Nobody waits for the answer to this any more."""
        self._topics.drop(topic)

    # ------------------------------------------------------------------ the film
    def _follow(self) -> None:
        """Open what is shown now; the film before it is closed at once."""
        pointer, model = self._panes.active, self._models.current
        film, answered = pointer.film, pointer.analysis
        if not self.shown or film is None or model is None:
            self._take(None)
            return
        if answered is None or answered.states is None or answered.model != model:
            self._take(None)
            return
        known = self._known.get((film.key, model.path, model.sha256))
        if known is not None and known.model == model:
            self._take(replace(known, film=film))
            return
        if self.opened is not None:
            self._take(None)
        self._prepare(film, model)

    def _prepare(self, film: Film, model: ModelInfo) -> None:
        done = partial(self._trace, film, model)
        job = Job(prepare, (film.frame, model), done, self.failed.emit, ahead=True)
        self._topics.submit("trace", self._preparing, job)

    def _trace(self, film: Film, model: ModelInfo, prepared: PreparedFilm) -> None:
        bare = replace(prepared, others=())
        done = partial(self._open, film, model, bare)
        self.ask_model("trace", trace_rows, model, bare, done=done)

    def _open(self, film: Film, model: ModelInfo, prepared: PreparedFilm, trace: RowTrace) -> None:
        opened = Opened(film, prepared, trace, model)
        self._known[film.key, model.path, model.sha256] = opened
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        shown = self._panes.active.film
        if self.shown and shown is not None and shown.key == film.key:
            self._take(opened)

    def _take(self, opened: Opened | None) -> None:
        before, self.opened = self.opened, opened
        if before is None and opened is None:
            self.drop("trace")
            return
        same = before is not None and opened is not None and before.trace is opened.trace
        if same and before is not None and opened is not None and before.film is opened.film:
            return
        self._topics.drop_all()
        self.opened_changed.emit(opened)
