"""The frames of series, read by the model in the background: outwards from where the reader is.

A frame is read as a film is: surveyed in a thread, prepared, answered by the process of inference,
and known by its content and the model. One frame at a time is on its way, so that what the reader
looks at goes before the rest; nothing of a frame is kept but its answer.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from engine import EngineError
from engine.types import Analysis
from viewer.kit.language import sentence_of
from viewer.session.choices import Outcome
from viewer.session.jobs import Job
from viewer.session.loading import NOT_KNOWN, Content, Film, Survey, survey
from viewer.session.models import Models
from viewer.session.showing import Showing
from viewer.session.stacks import Stack

UNASKED: Final = 24  # frames of a stack that are read without being asked for
AHEAD: Final = 1  # frames that wait for the network while the next one is read from the disk
AGAIN_MS: Final = 100  # until a reader who moves is asked whether he rests

Place = tuple[Path, int]


class SeriesReading(QObject):
    """Asks the model for the frames of stacks, and knows what it said of each.

    Args:
        showing: Knows list, viewports and answers, and whether the reader waits for a film.
        models: The current one reads.
        parent: Of the Qt object.
    """

    changed = Signal(str)  # key of a stack: more is known of its frames, or it is read now
    failed = Signal(object)  # BaseException that nobody expected: nothing more is read
    idle = Signal()  # no frame is to come any more

    def __init__(self, showing: Showing, models: Models, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._showing, self._models = showing, models
        self._films, self._analyses = showing.films, showing.analyses
        self._contents: dict[Place, Content] = {}
        self._places: dict[Content, set[Place]] = {}
        self._said: dict[Content, Outcome] = {}
        self._refused: dict[Place, Outcome] = {}
        self._asked: dict[str, None] = {}  # stacks to be read, by key, the first one first
        self._offered: set[str] = set()  # those that were read without being asked for
        self._paused = False
        self._job: Job | None = None
        self._inferred: set[Content] = set()  # on their way through the network
        self._waits = False  # for a reader who moves
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._read_on)
        self._films.stacks.placed.connect(lambda _paths: self._on_placed())
        self._films.changed.connect(self._forget)
        self._films.removed.connect(self._on_removed)
        self._analyses.result_known.connect(self._on_result)
        self._analyses.paused.connect(self._on_paused)
        self._analyses.model_differs.connect(lambda _model: self._on_paused(True))  # noqa: FBT003
        self._analyses.calls.changed.connect(self._tell_again)
        showing.frame_read.connect(self._note)

    # ------------------------------------------------------------------ asking
    @property
    def busy(self) -> bool:
        """Whether a frame is read or will be, unless a stack is played until somebody stops it."""
        waits = self._waits and not self._showing.leafing.held
        return self._job is not None or bool(self._inferred) or waits

    def read(self, stack: Stack) -> None:
        """Read every frame of a stack that has no answer of the current model yet."""
        self._paused = False
        self._asked[stack.key] = None
        self.changed.emit(stack.key)
        self._read_on()

    def stop(self) -> None:
        """Read no more frames; what is known of the others stays."""
        stopped, self._asked = tuple(self._asked), {}
        self._drop()
        for key in stopped:
            self.changed.emit(key)
        self._read_on()

    def reads(self, key: str) -> bool:
        """Whether the frames of a stack are read, or were read to the end."""
        return key in self._asked

    # ------------------------------------------------------------------ what is known
    def outcomes(self, stack: Stack) -> tuple[Outcome, ...]:
        """What is known of each frame of a stack; empty where nothing is known of any."""
        found = tuple(self._outcome((one.path, one.index)) for one in stack.frames)
        return found if any(one != Outcome() for one in found) else ()

    def content(self, path: Path, index: int = 0) -> Content:
        """What a frame holds, if it was read."""
        return self._contents.get((path, index), NOT_KNOWN)

    def said(self, path: Path, index: int = 0) -> Analysis | None:
        """What the current model says of a frame; None where that is hidden or not known."""
        return self._analyses.said_of(self.content(path, index))

    def _outcome(self, place: Place) -> Outcome:
        if place in self._refused:
            return self._refused[place]
        return self._said.get(self._contents.get(place, NOT_KNOWN), Outcome())

    def _is_done(self, place: Place) -> bool:
        content = self._contents.get(place, NOT_KNOWN)
        known = content in self._inferred or self._analyses.knows(content)
        return known or place in self._refused or self._outcome(place).severity == "error"

    # ------------------------------------------------------------------ one after the other
    def _read_on(self) -> None:
        model = self._models.current
        if self._job is not None or len(self._inferred) > AHEAD or model is None:
            return
        found = self._next() if not self._paused else None
        waited, self._waits = self._waits, False
        if found is None:
            self._again.stop()
            if waited:  # else a lane says that it is idle
                QTimer.singleShot(0, self, self.idle.emit)
            return
        if self._reader_moves():
            self._waits = True
            self._again.start()
            return
        path, index = found
        done = partial(self._on_surveyed, found)
        failed = partial(self._on_not_surveyed, found)
        self._job = Job(survey, (path, model, index), done, failed)
        self._films.surveying.submit(path, self._job)

    def _reader_moves(self) -> bool:
        moves = map(self._showing.leafing.moves, self._showing.panes.all)
        return self._showing.loading is not None or any(moves)

    def _next(self) -> Place | None:
        """The frame without an answer that is nearest to the reader; his own stack goes first."""
        shown = self._showing.pointer.viewport.stack
        first = shown.key if shown is not None else ""
        for key in sorted(self._asked, key=lambda key: key != first):
            stack = self._films.stacks.by_key(key)
            if stack is None:
                continue
            here = self._showing.pointer.viewport.at if key == first else None
            at = here if here is not None else self._showing.leafing.place_in(stack)
            for place in _outwards(at, len(stack)):
                frame = stack.frames[place]
                if not self._is_done((frame.path, frame.index)):
                    return frame.path, frame.index
        return None

    def _on_surveyed(self, place: Place, found: Survey) -> None:
        self._job = None
        self._hold(place, found.key)
        self._films.hold_frame(*place, found)
        if found.prepared is None:
            self._refused[place] = Outcome()  # nothing can be asked of it
        elif not self._analyses.knows(found.key):
            self._inferred.add(found.key)
            self._analyses.read_quietly(found.prepared, found.key)
        self._tell(place)
        self._read_on()

    def _on_not_surveyed(self, place: Place, error: BaseException) -> None:
        self._job = None
        self._refused[place] = Outcome(why=sentence_of(error), severity="error")
        self._tell(place)
        if not isinstance(error, EngineError):
            self.stop()
            self.failed.emit(error)
            return
        self._read_on()

    def _on_result(self, content: Content, outcome: Outcome) -> None:
        self._inferred.discard(content)
        if content in self._places:
            self._said[content] = outcome
            for place in self._places[content]:
                self._tell(place)
        self._read_on()

    # ------------------------------------------------------------------ what else happens
    def take_model(self) -> None:
        """Another model reads: what it said of these frames before is there again, if it did."""
        before = {*self._asked, *self._keys(self._contents)}
        self._drop()
        self._asked = {key: None for key in self._asked if key in self._offered}
        self._paused = False
        self._said = {one: self._analyses.outcome(one) for one in self._places}
        for key in before:
            self.changed.emit(key)
        self._read_on()

    def _on_placed(self) -> None:
        """Read small stacks of films that lie together, as films were always read."""
        for _, film in self._showing.panes.shown():
            self._note(film)
        if self._films.stacks.left:
            return
        for stack in self._films.stacks.all:
            if stack.key not in self._offered and _is_read_unasked(stack):
                self._offered.add(stack.key)
                self._asked[stack.key] = None
                self._paused = False
                self.changed.emit(stack.key)
        self._read_on()

    def _on_paused(self, paused: bool) -> None:  # noqa: FBT001 - a slot
        self._paused = paused
        if paused:
            self._drop()
        self._read_on()

    def _tell_again(self) -> None:
        """Other answers are hidden now."""
        self._said = {one: self._analyses.outcome(one) for one in self._places}
        for key in self._keys(self._contents):
            self.changed.emit(key)

    def _note(self, film: Film) -> None:
        """The reader looks at a frame: it is known like the others."""
        place = film.frame.image.path, film.frame.index
        stack = self._films.stacks.of(*place)
        if film.key and stack is not None and len(stack) > 1:
            self._refused.pop(place, None)
            self._hold(place, film.key)
            self._tell(place)

    def _on_removed(self, paths: tuple[Path, ...]) -> None:
        there = {stack.key for stack in self._films.stacks.all}
        self._asked = {key: None for key in self._asked if key in there}
        self._offered &= there
        for path in paths:
            self._forget(path)

    def _forget(self, path: Path) -> None:
        """A file holds something else now, or is not listed any more."""
        gone = [place for place in (*self._contents, *self._refused) if place[0] == path]
        for place in gone:
            self._refused.pop(place, None)
            self._hold(place, NOT_KNOWN)
        for key in self._keys(gone):
            self.changed.emit(key)
        if gone:
            self._read_on()

    def _hold(self, place: Place, content: Content) -> None:
        """Say what a frame holds; nothing is known of it where that is not known."""
        before = self._contents.pop(place, NOT_KNOWN)
        if before in self._places:
            self._places[before].discard(place)
            if not self._places[before]:
                del self._places[before]
                self._said.pop(before, None)
        if content:
            self._contents[place] = content
            self._places.setdefault(content, set()).add(place)
            self._said[content] = self._analyses.outcome(content)

    def _drop(self) -> None:
        """Wait for nothing that is on its way."""
        if self._job is not None:
            self._films.surveying.drop(self._job)
        self._job = None
        self._inferred.clear()

    def _tell(self, place: Place) -> None:
        for key in self._keys((place,)):
            self.changed.emit(key)

    def _keys(self, places: Iterable[Place]) -> set[str]:
        found = (self._films.stacks.of(*place) for place in places)
        return {stack.key for stack in found if stack is not None and len(stack) > 1}


def _is_read_unasked(stack: Stack) -> bool:
    """Whether a stack is few films of one file, or of a folder of raster files."""
    if not 1 < len(stack) <= UNASKED:
        return False
    rasters = stack.series is not None and not stack.series.uid
    return rasters or len(stack.paths) == 1


def _outwards(at: int, count: int) -> Iterable[int]:
    """Every place from 0, the nearest first, and of two that are as near the later one."""
    return sorted(range(count), key=lambda place: (abs(place - at), place < at))
