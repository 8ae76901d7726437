"""Viewports at work: film and answer of each, what the reader points at, and the way back.

No network, no thread: everything here is as quick as a slider moves.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from viewer.session import readings, viewport
from viewer.session.choices import MapChoice, RowCursor
from viewer.session.loading import same_file, with_auto
from viewer.session.models import NOT_TESTED, MapTests
from viewer.session.stacks import single
from viewer.session.viewport import History, Layout, Place, Step, Turn, Viewport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.types import Analysis, Heatmap, ModelInfo, Window
    from viewer.session.loading import Film, Stamp
    from viewer.session.stacks import Stack


class Pointer(QObject):
    """Turns choices into windows, maps, rows and words, as quickly as a slider moves.

    Args:
        history: Of all viewports: what the reader changes by hand can be undone.
        pane: Place of this one in the layout.
        parent: Of the Qt object.
    """

    window_changed = Signal(object)  # windows.Choice
    place_changed = Signal(object)  # Place | None, where the reader did not move the film himself
    look_changed = Signal(object)  # Viewport: turn, inversion or smoothing is another one
    stack_changed = Signal(object, int)  # Stack, place in it
    map_changed = Signal(object, object)  # Heatmap | None, MapChoice
    matrix_changed = Signal(object)  # Matrix | None
    cursor_moved = Signal(object)  # RowCursor | None
    row_described = Signal(str, object)  # title, Pairs
    units_described = Signal(object)  # Pairs

    def __init__(self, history: History, pane: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pane = pane
        self.viewport = Viewport()
        self.model: ModelInfo | None = None
        self.film: Film | None = None
        self.analysis: Analysis | None = None
        self.cursor: RowCursor | None = None
        self.same = False  # whether the film is of the stack that was shown before it
        self.by_row = False  # whether the model's answer by row has passed its tests
        self._history = history
        self._began: Viewport | None = None  # before the gesture that is under way
        self._shown: Heatmap | None = None  # of analysis and choice, made when one of them changes
        self._units: readings.Matrix | None = None
        self._told = False  # whether the panes know that there is nothing

    @property
    def choice(self) -> MapChoice:
        """The map."""
        return self.viewport.choice

    # ------------------------------------------------------------------ film and window
    def show_film(
        self, film: "Film", stack: "Stack | None" = None, then: Viewport | None = None
    ) -> None:
        """Take another film, or another frame of its stack, which keeps window, place and row.

        Args:
            film: What is shown.
            stack: What it is leafed through with; its file alone by default.
            then: How the stack was left, if it was on screen before.
        """
        last, now = self.film, self.viewport
        image, index = film.frame.image, film.frame.index
        stack = stack or single(image.path, image.frame_count)
        held = now.stack is not None and now.stack.key == stack.key
        file = last is not None and last.frame.image.path == image.path
        same = last is not None and (same_file(last, film) or (held and not file))
        self.same = same
        window, place = viewport.of_film(film), None
        if same and last is not None and file and last.frame.index == index:
            window, place = viewport.again(now.window, window), now.place  # read once more
        elif same and last is not None:
            follow = viewport.of_next_frame if file else viewport.of_next_slice
            window, place = follow(film, now.window, last.frame.header), now.place
        elif then is not None:
            window, place = viewport.again(then.window, window), then.place
        alike = last is not None and viewport.alike(film.frame.header, last.frame.header)
        self._history.forget(
            lambda step: (
                step.pane == self.pane and (not same or ("window" in step.fields and not alike))
            )
        )
        self.film, self._began = film, None
        self.viewport = replace(
            now,
            content=film.key,
            index=index,
            window=window,
            place=place,
            stack=stack,
            at=stack.place_of(image.path, index) or 0,
        )
        self.stack_changed.emit(stack, self.viewport.at)
        if not same:
            turn, inverted = (then.turn, then.inverted) if then else (Turn(), False)
            self._look(replace(self.viewport, turn=turn, inverted=inverted))
            if then is not None and len(stack) > 1:
                self._keep(then.choice)
        self.blank(keep_cursor=same)
        if not same and then is not None and then.row is not None:
            self.move_to_row(then.row)

    def take_stack(self, stack: "Stack") -> None:
        """The film on screen is known to be one of a stack."""
        if self.film is not None:
            at = stack.place_of(self.film.frame.image.path, self.film.frame.index)
            self.viewport = replace(self.viewport, stack=stack, at=at or 0)
            self.stack_changed.emit(stack, self.viewport.at)

    def take_auto(self, auto: "Window") -> None:
        """The automatic window of the stack is known."""
        if self.film is not None:
            self.film = with_auto(self.film, auto)
            before = self.viewport.window
            window = viewport.with_auto_window(before, auto)
            self.viewport = replace(self.viewport, window=window)
            if window != before:
                self.window_changed.emit(window)

    def show_window(self, window: "Window") -> None:
        """Show the film with a window that the reader has set."""
        self._choose(replace(self.viewport.window, place=viewport.BY_HAND, hand=window))

    def choose_voi(self, place: int) -> None:
        """Show the film with one of its windows."""
        if 0 <= place < len(self.viewport.window.vois):
            self._choose(replace(self.viewport.window, place=place))

    def _choose(self, window: viewport.WindowChoice) -> None:
        if self.film is not None:
            self._do(replace(self.viewport, window=window))
            self.window_changed.emit(window)

    def move(self, place: Place | None, *, flows: bool = False) -> None:
        """Remember where the reader has moved the film.

        Args:
            place: None for the whole film.
            flows: Whether this may be one of several notches of a wheel.
        """
        self._do(replace(self.viewport, place=place), flows=flows)

    def turn(self, turn: Turn) -> None:
        """Let the film lie another way; a place that the reader chose stays in the middle."""
        self._change_look(turn=turn)

    def invert(self, *, inverted: bool) -> None:
        """Exchange black and white, on top of what the file says."""
        self._change_look(inverted=inverted)

    def smoothen(self, *, smooth: bool) -> None:
        """Let enlarged pixels run into each other, or show each as one square."""
        self._change_look(smooth=smooth)

    def _change_look(self, **fields: Any) -> None:  # noqa: ANN401 - fields of a viewport
        if self.film is not None:
            before = self.viewport
            self._look(replace(before, **fields))
            self._note(before)

    def _look(self, now: Viewport) -> None:
        """Show the viewport's turn, inversion and smoothing, where they are others."""
        before, self.viewport = self.viewport, now
        if before.look != now.look:
            self.look_changed.emit(now)

    def reset(self) -> None:
        """The film as it was when it was opened; how single pixels are shown stays."""
        if self.film is not None:
            window, before = viewport.of_film(self.film), self.viewport
            self._look(replace(before, window=window, place=None, turn=Turn(), inverted=False))
            self._note(before)
            self.place_changed.emit(None)
            self.window_changed.emit(window)

    # ------------------------------------------------------------------ gestures
    def begin(self) -> None:
        """A gesture begins: whatever it changes is undone at once."""
        self._began = self.viewport

    def end(self) -> None:
        """The gesture has ended."""
        began, self._began = self._began, None
        if began is not None:
            self._history.add(Step(self.pane, began, self.viewport))

    def take(self, step: Step, *, back: bool) -> None:
        """Undo a gesture of this viewport, or do it again."""
        then = step.before if back else step.after
        fields = step.fields
        if "window" in fields:
            window = viewport.again(then.window, self.viewport.window)
            self.viewport = replace(self.viewport, window=window)
            self.window_changed.emit(window)
        looks = {name: getattr(then, name) for name in ("turn", "inverted", "smooth")}
        self._look(replace(self.viewport, **{n: looks[n] for n in looks if n in fields}))
        if "place" in fields:
            self.viewport = replace(self.viewport, place=then.place)
            self.place_changed.emit(then.place)
        if "row" in fields and then.row is not None:
            self.move_to_row(then.row)

    def _do(self, now: Viewport, *, flows: bool = False) -> None:
        before, self.viewport = self.viewport, now
        self._note(before, flows=flows)

    def _note(self, before: Viewport, *, flows: bool = False) -> None:
        """Remember what was changed, unless a gesture that is under way will."""
        if self._began is None:
            self._history.add(Step(self.pane, before, self.viewport, flows))

    # ------------------------------------------------------------------ map and row
    def choose_map(self, choice: MapChoice) -> None:
        """Show another map; needs no network, only the states that are there."""
        self._keep(choice)
        self._emit_maps()
        self._emit_row()

    def move_to_row(self, row: float) -> None:
        """Put the row cursor on a stored row."""
        if self.film is None:
            return
        first, end = readings.rows_read(self.analysis) or (0.0, self.film.frame.image.rows)
        row = min(max(row, first), end - 1e-3)
        self._point(readings.cursor(self.analysis, row, by_row=self.by_row))
        self._emit_row()

    def take_tests(self, tests: MapTests) -> None:
        """Say the answer after a row only of a model whose curve has passed its tests."""
        passed = tests.by_row.state == "passed"
        if passed == self.by_row:
            return
        self.by_row = passed
        if self.cursor is not None:
            self.cursor = readings.cursor(self.analysis, self.cursor.row, by_row=passed)
            self._emit_row()

    def tell_again(self) -> None:
        """Maps and row in the words of this moment."""
        self._emit_maps()
        if self.cursor is not None:
            self.cursor = readings.cursor(self.analysis, self.cursor.row, by_row=self.by_row)
        self._emit_row()

    def step_row(self, by: int) -> None:
        """Move the row cursor by model rows."""
        if self.cursor is None or self.cursor.step is None or self.analysis is None:
            return
        self.move_to_row(readings.row_of_step(self.analysis, self.cursor.step + by))

    def take_model(self, model: "ModelInfo | None") -> None:
        """Another model reads from now on."""
        if model is not None and self.model is not None:
            # Its layers and units were chosen, not those of this one.
            self._keep(replace(self.choice, layer=-1, direction=0, units=()))
        self.model = model
        self._keep(self.choice)

    def show_answer(self) -> None:
        """Show maps of the answer, and the row that moved it most unless the reader has one."""
        if self.analysis is None:
            return
        self._emit_maps()
        row = self.cursor.row if self.cursor else readings.strongest_row(self.analysis)
        if row is not None and self.analysis.prediction is not None:
            self.move_to_row(row)
            if self._began is not None:  # not by the reader's hand
                self._began = replace(self._began, row=self.viewport.row)

    def blank(self, *, keep_cursor: bool = False) -> None:
        """A result is bound to its film and model: another one blanks it."""
        here = self.cursor if keep_cursor else None
        bare = self.analysis is None and self._shown is None and self._units is None
        if bare and self._told and self.cursor is here and (here is None or here.step is None):
            return  # a stack is leafed through: nothing is there that could be taken away
        self.analysis = None
        self._point(readings.cursor(None, here.row) if here else None)  # without the old answer
        self._emit_maps()
        self._emit_row()

    def _keep(self, choice: MapChoice) -> None:
        self.viewport = replace(self.viewport, choice=readings.fitting(choice, self.model))

    def _point(self, cursor: RowCursor | None) -> None:
        self.cursor = cursor
        self.viewport = replace(self.viewport, row=cursor.row if cursor else None)

    def _emit_maps(self) -> None:
        self._units = readings.matrix(self.analysis, self.choice)
        self._shown = readings.heatmap(self.analysis, self.choice)
        self.matrix_changed.emit(self._units)
        self.map_changed.emit(self._shown, self.choice)

    def _emit_row(self) -> None:
        self._told = True
        self.cursor_moved.emit(self.cursor)
        title, pairs, units = readings.row_words(
            self.analysis,
            self.choice,
            here=self.cursor,
            shown=self._shown,
            units=self._units,
            by_row=self.by_row,
        )
        self.row_described.emit(title, pairs)
        self.units_described.emit(units)


class Viewports(QObject):
    """The viewports of a window, row by row; one of them is active.

    Args:
        model: Reads their films.
        parent: Of the Qt object.
    """

    arranged = Signal(object)  # Layout: there are others, or another one is active

    def __init__(self, model: "ModelInfo | None", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history = History()
        self._model, self._tests = model, NOT_TESTED
        self._shape, self._active = (1, 1), 0
        self.all: tuple[Pointer, ...] = (self._new(0),)

    @property
    def active(self) -> Pointer:
        """The one that films, maps and keys go to."""
        return self.all[self._active]

    @property
    def layout(self) -> Layout:
        """What every viewport shows."""
        return Layout(tuple(one.viewport for one in self.all), *self._shape, self._active)

    def arrange(self, rows: int, columns: int) -> None:
        """Show so many viewports; those that are there stay, in their order.

        Raises:
            ValueError: Less than one row or column.
        """
        if rows < 1 or columns < 1:
            raise ValueError(f"{rows} × {columns} viewports")
        count = rows * columns
        kept, gone = self.all[:count], self.all[count:]
        self.all = (*kept, *(self._new(pane) for pane in range(len(kept), count)))
        self._shape = (rows, columns)
        self.history.forget(lambda step: step.pane >= count)
        for pointer in gone:
            pointer.deleteLater()
        self.activate(min(self._active, count - 1))

    def shown(self) -> "Iterator[tuple[Pointer, Film]]":
        """The viewports that are not empty, and their films."""
        return ((one, one.film) for one in self.all if one.film is not None)

    def changed(self, stamps: "dict[Path, Stamp]") -> "tuple[tuple[Pointer, Path], ...]":
        """The viewports whose files are not any more as they were when they were read."""
        found = ((one, film.frame.image.path, film.stamp) for one, film in self.shown())
        return tuple((one, at) for one, at, was in found if was not in {None, stamps.get(at, was)})

    def activate(self, pane: int) -> None:
        """Let films, maps and keys go to another viewport."""
        self._active = pane
        self.arranged.emit(self.layout)

    def undo(self) -> None:
        """Take the last gesture back, in the viewport where it was made."""
        self._take(self.history.undo(), back=True)

    def redo(self) -> None:
        """Do again what was undone last."""
        self._take(self.history.redo(), back=False)

    def take_model(self, model: "ModelInfo | None") -> None:
        """Another model reads from now on."""
        self._model = model
        for pointer in self.all:
            pointer.take_model(model)

    def take_tests(self, tests: MapTests) -> None:
        """How the maps of the model were tested."""
        self._tests = tests
        for pointer in self.all:
            pointer.take_tests(tests)

    def _take(self, step: Step | None, *, back: bool) -> None:
        if step is not None:
            if step.pane != self._active:
                self.activate(step.pane)
            self.active.take(step, back=back)

    def _new(self, pane: int) -> Pointer:
        pointer = Pointer(self.history, pane, self)
        pointer.take_model(self._model)
        pointer.take_tests(self._tests)
        return pointer
