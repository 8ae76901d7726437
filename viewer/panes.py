"""The film panes of the window, each joined to its viewport, and what the active one tells."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, get_args

from PySide6.QtCore import QObject, Signal

from engine.types import ModelInfo
from viewer.film.brush import BrushLayer
from viewer.film.column_margin import MarginLayer
from viewer.film.found_layer import RegionLayer
from viewer.film.marks import Badge
from viewer.film.scroll import FilmScroll
from viewer.film.view import FilmPane
from viewer.kit.language import tr
from viewer.kit.live import live
from viewer.read.layouts import PaneGrid
from viewer.session.choices import Question, TextLevel
from viewer.session.cine import Cine
from viewer.session.loading import Film
from viewer.session.models import MapTests
from viewer.session.pointer import Pointer
from viewer.session.readings import step_rows
from viewer.session.session import Session
from viewer.session.stacks import Stack
from viewer.session.viewport import Layout, WindowChoice

# What a pane tells, and `FilmPanes` of whichever is active.
Line = Sequence[tuple[float, float]]  # from end to end, in columns and rows
RELAYED: Final = ("rows_moved", "zoomed", "probe_moved", "map_requested", "frame_requested")


@dataclass(slots=True)
class Painted:
    """How many different pictures of films were painted, and in which time.

    Attributes:
        frames: Of all panes.
        first, last: Seconds of the clock when the first and the last of them was.
    """

    frames: int = 0
    first: float = 0.0
    last: float = 0.0

    @property
    def seconds(self) -> float:
        """Between the first and the last."""
        return self.last - self.first

    def count(self) -> None:
        """One more has reached the screen."""
        self.last = time.monotonic()
        self.first = self.first if self.frames else self.last
        self.frames += 1


class FilmPanes(QObject):
    """Keeps one film pane for each viewport of the session; what is told is of the active one.

    Args:
        session: Its viewports are shown.
        cine: Leafs through the active one by itself.
        parent: Of the Qt object.
    """

    activated = Signal(object)  # FilmPane: another one, or the same at another place
    rows_moved = Signal(object)  # RowView
    zoomed = Signal(object)
    probe_moved = Signal(str)
    map_requested = Signal(object)  # MapChoice
    frame_requested = Signal(int)

    def __init__(self, session: Session, cine: Cine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = PaneGrid()
        self.painted = Painted()
        self._session, self._panes, self._cine = session, session.panes, cine
        self._of: dict[Pointer, FilmPane] = {}
        self._model: ModelInfo | None = None
        self._tool = ""
        self._questions: tuple[Question, ...] = get_args(Question)
        self._text_level: TextLevel = "all"
        self._wheel_zooms = False
        self.grid.activated.connect(session.panes.activate)
        self.grid.alone_requested.connect(self.show_alone)
        session.panes.arranged.connect(self._arrange)
        session.analyses.audits.known.connect(self._show_tests)
        session.ablating.changed.connect(self._show_off)
        self._arrange(session.panes.layout)

    @property
    def active(self) -> FilmPane:
        """The pane that keys and commands go to."""
        return self._of[self._panes.active]

    @property
    def all(self) -> tuple[FilmPane, ...]:
        """Row by row."""
        return tuple(self._of[pointer] for pointer in self._panes.all)

    def show_alone(self, pane: int | None = None) -> None:
        """Show one pane alone, or all of them again.

        Args:
            pane: Its place; None for the active one.
        """
        alone = not self.grid.alone
        if pane is not None:
            self._panes.activate(pane)
        self.grid.show_alone(alone=alone)

    def show_next(self) -> None:
        """Make the next pane the active one."""
        panes = self._panes
        panes.activate((panes.layout.active + 1) % len(panes.all))

    def show_model(self, model: ModelInfo | None) -> None:
        """Offer the layers and units of a model over every film."""
        self._model = model
        for film in self.all:
            film.show_model(model)

    def show_questions(self, questions: tuple[Question, ...]) -> None:
        """Offer these maps over every film."""
        self._questions = questions
        for film in self.all:
            film.controls.show_questions(questions)
        self._tell_strip()

    def _tell_strip(self) -> None:
        """One film alone has the strip of Influence beside it, where states are not asked for."""
        for film in self.all:
            film.legend.show_strip(shown="state" not in self._questions and len(self.all) == 1)

    def _show_off(self) -> None:
        """Say over the active film which units are switched off."""
        words = self._session.ablating.words
        for film in self.all:
            badge = Badge("hidden", words) if words and film is self.active else None
            if badge != film.lettering.tried:
                film.lettering.tried = badge
                film.drawings.over.refresh()

    def show_lines(self, lines: Sequence[tuple[Pointer, Sequence[Line]]]) -> None:
        """Show over every film where those of other panes cut it."""
        for pointer, found in lines:
            if pointer in self._of:
                self._of[pointer].show_lines(found)

    def set_tool(self, tool: str) -> None:
        """What a drag does over any film."""
        self._tool = tool
        for film in self.all:
            film.set_tool(tool)

    def set_wheel(self, *, zooms: bool) -> None:
        """Whether the wheel zooms; otherwise it leafs through frames, and zooms with Ctrl."""
        self._wheel_zooms = zooms
        for film in self.all:
            film.set_wheel(zooms=zooms)

    def set_text_level(self, level: TextLevel) -> None:
        """How much is written over any film."""
        self._text_level = level
        for film in self.all:
            film.set_text_level(level)

    # ------------------------------------------------------------------ viewports
    def _arrange(self, layout: Layout) -> None:
        """As many panes as viewports; those that are shown stay what they are."""
        now = self._panes.all
        for pointer in (*self._of,):
            if pointer not in now:
                self._of.pop(pointer).deleteLater()
        for pointer in now:
            if pointer not in self._of:
                self._of[pointer] = self._new(pointer)
        self.grid.arrange(self.all, layout.rows, layout.columns, layout.active)
        self._tell_strip()
        film = self.active
        self.activated.emit(film)
        film.tell()

    def _new(self, pointer: Pointer) -> FilmPane:
        film = live(FilmPane(), lambda pane: pane.setAccessibleName(tr("Film")))
        film.painted.connect(self.painted.count)
        join(film, pointer)
        film.sketch.watch(pointer, self._session.annotations)
        film.seen.follow(pointer, self._session.seen)
        BrushLayer(film, pointer, self._session)
        RegionLayer(film, pointer, self._session.analyses.located)
        MarginLayer(film, pointer)
        film.set_scroll(FilmScroll(self._session, pointer, self._cine))
        film.show_model(self._model)
        if self._tool:
            film.set_tool(self._tool)
        film.set_text_level(self._text_level)
        film.set_wheel(zooms=self._wheel_zooms)
        film.controls.show_questions(self._questions)
        pointer.film_changed.connect(lambda shown: self._show(pointer, shown))
        pointer.emptied.connect(film.clear)
        pointer.answer_shown.connect(lambda answer: film.show_step_rows(step_rows(answer)))
        pointer.answer_shown.connect(film.legend.show_answer)
        for name in RELAYED:
            getattr(film, name).connect(partial(self._relay, film, name))
        return film

    def _relay(self, film: FilmPane, name: str, value: object) -> None:
        if film is self.active:
            getattr(self, name).emit(value)

    def _show(self, pointer: Pointer, film: Film) -> None:
        pane, now = self._of[pointer], pointer.viewport
        pane.show_frame(
            film.frame,
            film.pyramid,
            fresh=not pointer.same,
            content=film.key,
            voi=now.window.voi,
        )
        if not pointer.same and now.place is not None:  # as the reader has left its stack
            pane.show_place(now.place)

    def _show_tests(self, tests: MapTests) -> None:
        for film in self.all:
            film.legend.show_tests(tests)


def join(film: FilmPane, pointer: Pointer) -> None:
    """Let a pane show a viewport, and ask it for what the reader does with the mouse."""
    film.window_requested.connect(pointer.show_window)
    film.placed.connect(lambda place, flows: pointer.move(place, flows=flows))
    film.row_requested.connect(pointer.move_to_row)
    film.gesture_began.connect(pointer.begin)
    film.gesture_ended.connect(pointer.end)
    film.zoomed.connect(partial(_know_whole, film, pointer))
    pointer.window_changed.connect(partial(_show_window, film))
    pointer.place_changed.connect(film.show_place)
    pointer.stack_changed.connect(partial(_show_stack, film))
    pointer.look_changed.connect(film.show_look)
    pointer.layers_changed.connect(film.show_layers)
    pointer.map_changed.connect(film.show_map)
    pointer.offers_changed.connect(film.controls.show_offers)
    pointer.cursor_moved.connect(film.show_cursor)


def _show_stack(film: FilmPane, stack: Stack, at: int) -> None:
    notes = stack.series.notes if stack.series is not None else ()
    film.show_stack(at, len(stack), uneven=any(note.code == "uneven" for note in notes))


def _show_window(film: FilmPane, windows: WindowChoice) -> None:
    if windows.voi is not None and windows.voi is not film.item.voi:
        film.show_voi(windows.voi)


def _know_whole(film: FilmPane, pointer: Pointer, scale: float | None) -> None:
    """Remember where a film lies that is shown whole: what moves with it starts there."""
    if scale is None:
        pointer.whole = film.placement.place
