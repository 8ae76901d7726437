"""What is being read now: takes intentions, lets the engine read, emits values.

The way of one film: `select` → a thread reads it → `frame_read` (the image is on screen) → a
thread prepares its rows → a process runs the network → `analysed` → maps and cursor. A failed
step leaves everything on screen as it was and says what failed.

Answers, thumbnails and maps belong to what a file held when it was read (`loading.Content`), never
to its name. A window shows one film or several: a layout of viewports, each with its own window,
place, map and row, over answers that they share.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine import EngineError
from engine.imaging import presets_fault
from engine.records import Store
from engine.types import Analysis, ModelInfo
from viewer.kit.language import told, tr
from viewer.session import jobs
from viewer.session.ablating import Ablating
from viewer.session.analyses import Analyses
from viewer.session.annotations import Annotations
from viewer.session.choices import Loading, MapChoice, Message, RowCursor
from viewer.session.film_list import FilmList, OpenedPaths, Openings
from viewer.session.grid_maps import GridMaps
from viewer.session.inspection import Inspection
from viewer.session.jobs import Lane, Lanes
from viewer.session.leafing import Leafing
from viewer.session.loading import (
    DEMO_PARTS,
    Film,
    Found,
    draw_demo,
    first_film,
    first_of_demo,
    list_files,
)
from viewer.session.model_rows import ModelViews
from viewer.session.models import Models
from viewer.session.pointer import Pointer, Viewports
from viewer.session.presentations import Presentations
from viewer.session.searching import Searching
from viewer.session.series_reading import SeriesReading
from viewer.session.several import Several
from viewer.session.showing import Showing, close_films
from viewer.session.stacks import Stack, Stacks
from viewer.session.tries import Tries


class Session(QObject):
    """The viewports of a window, and what is on its way into them; speaks of the active one."""

    film_selected = Signal(object)  # Path | None
    loading_changed = Signal(object)  # Loading | None: what is on screen is not what was chosen
    frame_read = Signal(object)  # Film
    model_changed = Signal(object)  # ModelInfo
    message = Signal(object)  # Message
    unexpected = Signal(object)  # BaseException
    settled = Signal()  # nothing runs or waits any more

    def __init__(
        self,
        models: tuple[ModelInfo, ...],
        parent: QObject | None = None,
        *,
        records: Store | None = None,
    ) -> None:
        super().__init__(parent)
        self.records = records or Store(None)  # what the reader makes; None: for this session
        self._reading = Lanes(jobs.READING, self)
        self.read_beside = self._reading.submit  # what of a file is no film, such as its tags
        self._inference = Lane("process", self, patience=jobs.INFERENCE)
        self.models = Models(models, self._reading, inference=self._inference, parent=self)
        self.films = FilmList(self.models, self)
        self.panes = Viewports(self.models.current, self)
        self.annotations = Annotations(self.panes.history, self.records, self)
        self.analyses = Analyses(
            self.models,
            self.films,
            panes=self.panes,
            inference=self._inference,
            records=self.records,
            parent=self,
        )
        self.leafing = Leafing(self.films, self.panes, self)
        self.showing = Showing(
            self.films,
            self.panes,
            analyses=self.analyses,
            leafing=self.leafing,
            reading=self._reading,
            parent=self,
        )
        self.series = SeriesReading(self.showing, self.models, self)
        self._openings = Openings(self._reading, self)
        self.presentations = Presentations(self._reading, self)
        self._own_windows, self.seen = _OwnWindows(), ModelViews(self)
        self.inspection = Inspection(self.models, self.panes, self.analyses, self)
        self.searching = Searching(self)
        self.ablating, self.several = Ablating(self), Several(self)
        self.tries, self.grids = Tries(self.inspection, self), GridMaps(self)
        own = (self._reading, self.films.surveying, self.searching, self.seen.lane)
        self._lanes = (*own, *self.analyses.lanes, *self.inspection.lanes, self.tries.lane)
        self._wire()

    def _wire(self) -> None:
        self.models.ready.connect(self._on_model_ready)
        self.models.taken.connect(self._on_model_taken)
        self.models.refused.connect(self._on_model_refused)
        self.analyses.audits.known.connect(self.panes.take_tests)
        self._openings.first.connect(self._on_first)
        self._openings.found.connect(self._on_found)
        self._openings.finished.connect(self._on_opened)
        self.panes.presented = self.presentations.of
        self.presentations.changed.connect(self.panes.present_again)
        for name in ("film_selected", "loading_changed", "frame_read", "message"):
            getattr(self.showing, name).connect(getattr(self, name))
        self.showing.failed.connect(self._tell)
        self.leafing.ended.connect(self._on_idle)
        analyses = self.analyses
        self.inspection.opened_changed.connect(self.panes.take_opened)
        opened = self.inspection.failed
        lost = (analyses.audits.failed, analyses.analysis_failed, analyses.lost, opened)
        kept = (self._openings.failed, self.films.failed, self.annotations.failed)
        for failed in (*kept, self.presentations.failed, self.series.failed, *lost):
            failed.connect(self._tell)
        self.analyses.model_differs.connect(self._on_model_differs)
        self.panes.redrawn.connect(lambda step, back: self.annotations.take(step, back=back))
        for quiet in (self.series, *self._lanes):
            quiet.idle.connect(self._on_idle)

    # ------------------------------------------------------------------ viewports
    @property
    def pointer(self) -> Pointer:
        """The active viewport."""
        return self.panes.active

    @property
    def model(self) -> ModelInfo | None:
        """What reads; None until the one of the start is there."""
        return self.models.current

    @property
    def film(self) -> Film | None:
        """What the active viewport shows."""
        return self.pointer.film

    @property
    def analysis(self) -> Analysis | None:
        """What is known of it."""
        return self.pointer.analysis

    @property
    def choice(self) -> MapChoice:
        """The map over it."""
        return self.pointer.choice

    @property
    def cursor(self) -> RowCursor | None:
        """The row that all panes point at."""
        return self.pointer.cursor

    @property
    def loading(self) -> Loading | None:
        """What is on its way to the screen, which shows another film until it is there."""
        return self.showing.loading

    @property
    def stacks(self) -> Stacks:
        """What the files of the list are."""
        return self.films.stacks

    # ------------------------------------------------------------------ films
    def open(self, paths: tuple[Path, ...]) -> None:
        """Add files, and the files of folders, to the list and show the first of them.

        A folder that is a bundle is opened as a model. Files that are in the list already are
        read anew where they have changed.
        """
        if not paths:
            return
        parts = self._reading.by_storage(paths)
        self.showing.begin(Loading(paths[0], place=self._reading.storage(paths[0])))
        looks, peek = [partial(list_files, part) for part in parts], partial(first_film, parts[0])
        self._openings.begin(self.showing.turn, looks, parts, peek=peek)

    def open_demo(self, folder: Path) -> None:
        """Draw the demo study into a folder, unless it is there, and open it.

        The first film is shown before the second is drawn; the others come one by one.
        """
        self.showing.begin(Loading(folder, place=self._reading.storage(folder)))
        self._openings.begin(
            self.showing.turn,
            [partial(draw_demo, folder, place) for place in range(DEMO_PARTS)],
            [(folder,)] * DEMO_PARTS,
            peek=partial(first_of_demo, folder),
        )

    def select(self, path: Path, index: int = 0) -> None:
        """Read one frame of a file that is in the list; see `Showing`."""
        self.showing.select(path, index)

    def show(self, stack: Stack, place: int | None = None) -> None:
        """Show a frame of a stack: by default where the reader left it."""
        self.showing.show(stack, place)

    def go_to_frame(self, place: int) -> None:
        """Go to a place of the stack that is shown, from 0; beyond an end to that end."""
        self.showing.go_to_frame(place)

    def cancel(self) -> None:
        """Stay with the film that is shown: what is on its way is not waited for any more."""
        if self.loading is not None:
            self._openings.cancel()
            self.showing.cancel()

    def step_film(self, by: int) -> None:
        """Go to the next or previous stack of the list; what cannot be read is passed over."""
        self.showing.step_film(by)

    def step_frame(self, by: int) -> None:
        """Go on in the stack that is shown, from the frame that was asked for last."""
        self.showing.step_frame(by)

    def close_films(self, paths: tuple[Path, ...]) -> None:
        """Take the stacks of files out of the list, and off the screen."""
        close_films(self.showing, paths)

    def check_next(self) -> None:
        """Ask the disk about the films that are shown and a part of the list, by a clock."""
        self.films.check_next(film.frame.image.path for _, film in self.panes.shown())

    def tell_again(self) -> None:
        """What is known already, in the words of this moment."""
        self.analyses.audits.tell_again()
        for pointer in self.panes.all:
            pointer.tell_again()

    def close(self) -> None:
        """End all background work."""
        for lane in (*self._lanes, self.films.checking):
            lane.close()
        self.leafing.close()

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return any(one.busy for one in (self.leafing, self.series, *self._lanes))

    @property
    def hangs(self) -> bool:
        """Whether threads run that cannot be ended, only left behind."""
        lanes = (*self._lanes, self.films.checking, self.leafing.fetching.lanes)
        return any(lane.running for lane in lanes)

    def answering(self, path: Path) -> bool:
        """Whether the storage of a path has answered in time so far; does not ask it."""
        return not (self._reading.hangs(path) or self.films.checking.hangs(path))

    def _on_first(self, path: Path, opening: OpenedPaths) -> None:
        if opening.turn == self.showing.turn:
            opening.chose = opening.early = True
            self.select(path)

    def _on_found(self, found: Found, opening: OpenedPaths) -> None:
        for model in found.models:
            self.models.open(model)
        self.presentations.take(found.presentations)
        for warning in self._own_windows.news():
            self.message.emit(Message(warning, "warning"))
        for failure in found.failures:
            self._tell(failure)
        there = self.films.add(found.films, found.joined)
        for message in _told_of(found):
            self.message.emit(message)
        first = _first_of(found.films, self.films if opening.early else None)
        if opening.early:
            opening.chose = self.showing.tell()
        if there:
            self.films.check(path for path in there if path not in first)
        if first and not opening.chose and (opening.early or opening.turn == self.showing.turn):
            opening.chose = True
            self.select(first[0])
        elif self.loading is None:
            self.films.survey_new()

    def _on_opened(self, opening: OpenedPaths) -> None:
        if all(one is None or one.is_empty for one in opening.found):
            self.message.emit(Message(tr("The folder holds no image files."), "warning"))
        if opening.turn == self.showing.turn:  # nothing was found to show
            self.showing.end()
        if not opening.chose:
            self.films.survey_new()

    # ------------------------------------------------------------------ reading
    def choose_map(self, choice: MapChoice) -> None:
        """Show another map; Influence from another baseline is read anew."""
        other = choice.baseline != self.choice.baseline
        self.pointer.choose_map(choice)
        if other and self.film is not None:
            self.pointer.blank(keep_cursor=True)
            self.analyses.ask(self.pointer)

    def move_to_row(self, row: float) -> None:
        """Put the row cursor on a stored row."""
        self.pointer.move_to_row(row)

    def step_row(self, by: int) -> None:
        """Move the row cursor by model rows."""
        self.pointer.step_row(by)

    def start_with(self, model: str | Path, *, asked: bool) -> None:
        """Let no other model read before this one is there; see `Models.open`."""
        self.panes.take_model(None)
        self.models.start_with(model, asked=asked)

    def _on_model_taken(self, model: ModelInfo) -> None:
        self.panes.take_model(model)
        self.films.surveying.forget()
        self.model_changed.emit(model)
        self.analyses.ask_all()
        self.films.survey_all()
        self.series.take_model()

    def _on_model_ready(self, model: ModelInfo) -> None:
        self.analyses.audits.forget(model)
        if model == self.model:
            self.analyses.audits.ask(model)

    def _on_model_differs(self, now: ModelInfo) -> None:
        """The folder holds another model than when it was listed: nothing is shown of either."""
        if self.models.renew(now):
            words = tr("The model {name} has changed on disk and was read again.", name=now.name)
            self.message.emit(Message(words))

    def _on_model_refused(self, error: BaseException, asked: bool) -> None:  # noqa: FBT001 - a slot
        if asked or not isinstance(error, EngineError):
            self._tell(error)

    def _on_idle(self) -> None:
        if not self.busy:
            self.settled.emit()

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, EngineError):
            self.message.emit(Message(told(error), "error"))
        else:
            self.unexpected.emit(error)


def _told_of(found: Found) -> Iterator[Message]:
    if found.presentations and not found.films:
        words = tr("The file says only how films are shown. Open these films, too.")
        yield Message(words, "warning")
    if found.passed_over and found.films:
        yield Message(found.passed_over)
    if found.lost:  # stays while one leafs: an image may be missing
        yield Message(found.lost, "warning")


class _OwnWindows:
    """A reader's own windows that cannot be used: told once, until they are others."""

    def __init__(self) -> None:
        self._fault: str | None = None

    def news(self) -> Iterator[str]:
        """Why they cannot be used, where that was not said yet."""
        fault, before = presets_fault(), self._fault
        self._fault = fault
        if fault is not None and fault != before:
            yield told(fault)


def _first_of(paths: tuple[Path, ...], tried: FilmList | None) -> tuple[Path, ...]:
    """The film to show of those that were found: the first that was not refused already."""
    return tuple(path for path in paths if tried is None or tried.reason(path) is None)[:1]
