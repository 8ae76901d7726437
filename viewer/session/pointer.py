"""Viewports at work: film and answer of each, what the reader points at, and the way back.

No network, no thread: everything here is as quick as a slider moves.
"""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from viewer.session import viewport
from viewer.session.loading import same_file, with_auto
from viewer.session.models import NOT_TESTED, MapTests
from viewer.session.row_pointer import RowPointer, TracedFilm
from viewer.session.stacks import single
from viewer.session.viewport import Gesture, History, Layout, Place, Redrawn, Step, Turn, Viewport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from engine.types import ModelInfo, Presentation, Window
    from viewer.session.loading import Film, Stamp
    from viewer.session.stacks import Stack


class Pointer(RowPointer):
    """Turns choices into windows, maps, rows and words, as quickly as a slider moves.

    Args:
        history: Of all viewports: what the reader changes by hand can be undone.
        pane: Place of this one in the layout.
        parent: Of the Qt object.
    """

    film_changed = Signal(object)  # Film
    window_changed = Signal(object)  # WindowChoice
    place_changed = Signal(object)  # Place | None, where the reader did not move the film himself
    look_changed = Signal(object)  # Viewport: turn, inversion or smoothing is another one
    layers_changed = Signal(object)  # LayerChoice
    stack_changed = Signal(object, int)  # Stack, place in it
    emptied = Signal()  # the film was taken away, and no other has come
    changed = Signal(object, object)  # Viewport before and after, by the reader

    def __init__(self, history: History, pane: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pane = pane
        self.presented: Callable[[Film], tuple[Presentation, ...]] = lambda _film: ()
        self.same = False  # whether the film is of the stack that was shown before it
        self._history = history
        self.whole: Place | None = None  # where the film lies while all of it is shown

    def tell_again(self) -> None:
        """Windows, maps and row in the words of this moment."""
        self.window_changed.emit(self.viewport.window)
        self.look_changed.emit(self.viewport)
        super().tell_again()

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
        layers = now.layers.over(self.presented(film), same=same)
        window, place = viewport.of_film(film, layers.shown), None
        if same and last is not None and file and last.frame.index == index:
            window, place = viewport.again(now.window, window), now.place  # read once more
        elif same and last is not None:
            follow = viewport.of_next_frame if file else viewport.of_next_slice
            window = follow(film, now.window, last.frame.header, layers.shown)
            place = now.place
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
            layers=layers,
            stack=stack,
            at=stack.place_of(image.path, index) or 0,
        )
        self.stack_changed.emit(stack, self.viewport.at)
        if not same:
            if then is not None:
                kept = replace(self.viewport, turn=then.turn, inverted=then.inverted)
                self._look(kept)
            else:
                self._look(viewport.presented(self.viewport, film))
            if then is not None and len(stack) > 1:
                self._keep(then.choice)
        self.layers_changed.emit(layers)
        self.film_changed.emit(film)
        self.window_changed.emit(window)
        self.blank(keep_cursor=same)
        if not same and then is not None and then.row is not None:
            self._put_row(then.row)

    def clear(self) -> None:
        """Show no film; what the reader did to the one that was shown cannot be taken back."""
        self._history.forget(lambda step: step.pane == self.pane)
        self.film = self._began = self.whole = None
        self.viewport = Viewport(choice=self.viewport.choice, smooth=self.viewport.smooth)
        self.emptied.emit()
        self.blank()
        self.layers_changed.emit(self.viewport.layers)
        self.tell_again()

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
            self._present(self.viewport.layers)

    def choose_layers(self, layers: viewport.LayerChoice) -> None:
        """Show and hide what lies over the film, or let another presentation show it."""
        if self.film is None or not 0 <= layers.number <= len(layers.presentations):
            return
        if layers.number != self.viewport.layers.number:
            self._present(layers)
        elif layers != self.viewport.layers:
            self._do(replace(self.viewport, layers=layers))
            self.layers_changed.emit(layers)

    def present_again(self) -> None:
        """Presentation states have been read since the film came: one alone shows it now."""
        layers, film = self.viewport.layers, self.film
        if film is None or (found := self.presented(film)) == layers.presentations:
            return
        now = layers.over(found, same=False)
        if now.number:
            self._present(now)
        else:
            self.viewport = replace(self.viewport, layers=now)
            self.layers_changed.emit(now)

    def _present(self, layers: viewport.LayerChoice) -> None:
        before, film = self.viewport, self.film
        if film is not None:
            now = viewport.presented(replace(before, layers=layers), film)
            self._look(now)
            self._note(before)
            self.layers_changed.emit(layers)
            self.place_changed.emit(None)
            self.window_changed.emit(now.window)

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
        then, now = (step.before if back else step.after), self.viewport
        fields = step.fields
        if "window" in fields:
            window = viewport.again(then.window, self.viewport.window)
            if "layers" in fields:  # another presentation has another menu
                window = then.window
            self.viewport = replace(self.viewport, window=window)
            self.window_changed.emit(window)
        looks = {name: getattr(then, name) for name in ("turn", "inverted", "smooth")}
        self._look(replace(self.viewport, **{n: looks[n] for n in looks if n in fields}))
        if "layers" in fields:
            self.viewport = replace(self.viewport, layers=then.layers)
            self.layers_changed.emit(then.layers)
        if "place" in fields:
            self.viewport = replace(self.viewport, place=then.place)
            self.place_changed.emit(then.place)
        if "row" in fields and then.row is not None:
            self.move_to_row(then.row)
        self.changed.emit(now, self.viewport)

    def _do(self, now: Viewport, *, flows: bool = False) -> None:
        before, self.viewport = self.viewport, now
        self._note(before, flows=flows)

    def _note(self, before: Viewport, *, flows: bool = False) -> None:
        """Remember what was changed, unless a gesture that is under way will."""
        if self._began is None:
            self._history.add(Step(self.pane, before, self.viewport, flows))
        self.changed.emit(before, self.viewport)

    def lies(self, then: Viewport) -> Place | None:
        """Where the film lies in a viewport of this pane; None while nobody has said it."""
        return then.place or self.whole

    def follow(self, place: Place | None, window: viewport.WindowChoice) -> None:
        """Take place and window from a pane that this one is linked with: no step of its own."""
        before = self.viewport
        self.viewport = replace(before, place=place, window=window)
        if before.place != place:
            self.place_changed.emit(place)
        if before.window != window:
            self.window_changed.emit(window)


# What a viewport tells, and `Viewports` of whichever is active.
TOLD: Final = (
    "window_changed",
    "look_changed",
    "map_changed",
    "matrix_changed",
    "cursor_moved",
    "row_described",
    "units_described",
)


class Viewports(QObject):
    """The viewports of a window, row by row; one of them is active.

    What panels and strips show is of the active one: they listen to the signals here, which have
    the names of a viewport's own (`TOLD`), and hear everything again when another one is active.

    Args:
        model: Reads their films.
        parent: Of the Qt object.
    """

    arranged = Signal(object)  # Layout: there are others, or another one is active
    film_changed = Signal(object, object)  # Pointer, Film: of any of them
    emptied = Signal(object)  # Pointer: any of them that shows no film any more
    redrawn = Signal(object, bool)  # Redrawn, whether it is taken back and not done again
    altered = Signal(object, object, object)  # Pointer, Viewport before and after, by the reader
    window_changed = Signal(object)
    look_changed = Signal(object)
    map_changed = Signal(object, object)
    matrix_changed = Signal(object)
    cursor_moved = Signal(object)
    row_described = Signal(str, object)
    units_described = Signal(object)

    def __init__(self, model: "ModelInfo | None", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history = History()
        self.presented: Callable[[Film], tuple[Presentation, ...]] = lambda _film: ()
        self._model, self._tests = model, NOT_TESTED
        self._shape, self._active, self._smooth, self._quiet = (1, 1), 0, True, False
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

    def swap(self, one: int, other: int) -> None:
        """Let two viewports change places; each takes its steps back with it."""
        order = list(self.all)
        order[one], order[other] = order[other], order[one]
        active = self.active
        places = {pointer.pane: place for place, pointer in enumerate(order)}
        for place, pointer in enumerate(order):
            pointer.pane = place
        self.history.renumber(places)
        self.all = tuple(order)
        self.activate(order.index(active))

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
        self.active.tell_again()

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

    def present_again(self) -> None:
        """Presentation states have been read: films that they speak of may be shown by them."""
        for pointer in self.all:
            pointer.present_again()

    def take_tests(self, tests: MapTests) -> None:
        """How the maps of the model were tested."""
        self._tests = tests
        for pointer in self.all:
            pointer.take_tests(tests)

    def take_opened(self, opened: TracedFilm | None) -> None:
        """The network was opened on the active film, or closed again; others keep theirs."""
        shown = self.active.film
        same = opened is not None and shown is not None and shown.key == opened.film.key
        self.active.take_trace(opened.trace if opened is not None and same else None)

    def _take(self, step: Gesture | None, *, back: bool) -> None:
        if step is None:
            return
        if step.pane != self._active:
            self.activate(step.pane)
        if isinstance(step, Redrawn):
            self.redrawn.emit(step, back)
        else:
            self.active.take(step, back=back)

    def _presented(self, film: "Film") -> "tuple[Presentation, ...]":
        return self.presented(film)  # which the session sets

    def keep_quiet(self, *, quiet: bool) -> None:
        """Show the row cursor only where it was asked for, in every viewport, or always."""
        self._quiet = quiet
        for pointer in self.all:
            pointer.keep_quiet(quiet=quiet)

    def smoothen(self, *, smooth: bool) -> None:
        """Let enlarged pixels run into each other from now on, in every viewport, or not."""
        self._smooth = smooth
        for pointer in self.all:
            pointer.viewport = replace(pointer.viewport, smooth=smooth)
            pointer.look_changed.emit(pointer.viewport)

    def _new(self, pane: int) -> Pointer:
        pointer = Pointer(self.history, pane, self)
        pointer.viewport = replace(pointer.viewport, smooth=self._smooth)
        pointer.quiet = self._quiet
        pointer.presented = self._presented
        pointer.take_model(self._model)
        pointer.take_tests(self._tests)
        for name in TOLD:
            getattr(pointer, name).connect(partial(self._tell, pointer, name))
        pointer.changed.connect(partial(self.altered.emit, pointer))
        pointer.film_changed.connect(partial(self.film_changed.emit, pointer))
        pointer.emptied.connect(partial(self.emptied.emit, pointer))
        return pointer

    def _tell(self, pointer: Pointer, name: str, *values: object) -> None:
        if pointer is self.active:
            getattr(self, name).emit(*values)
