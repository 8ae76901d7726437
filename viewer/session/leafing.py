"""Leafing through stacks: what is in memory is shown at once, and how a stack was left is kept."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from engine.types import Window
from viewer.session.fetching import LIMIT, Fetching, sample_of, window_of
from viewer.session.film_list import FilmList
from viewer.session.jobs import Job
from viewer.session.loading import Film, film_of, with_auto
from viewer.session.pointer import Pointer, Viewports
from viewer.session.stacks import Stack
from viewer.session.viewport import Viewport

REST_MS: Final = 150  # on one frame, after which a reader is at rest and its answer is asked for


class Leafing(QObject):
    """Knows the frames of stacks that are in memory, their windows, and where readers left them.

    Args:
        films: The list, and its stacks.
        panes: Show them.
        parent: Of the Qt object.
        limit: Bytes of decoded pixels that are kept.
    """

    rested = Signal(object)  # Pointer: the reader has come to rest on a frame not read in full
    ended = Signal()  # nobody moves any more

    def __init__(
        self,
        films: FilmList,
        panes: Viewports,
        parent: QObject | None = None,
        *,
        limit: int = LIMIT,
    ) -> None:
        super().__init__(parent)
        self.fetching = Fetching(limit, self)
        self._films, self._panes = films, panes
        self._autos: dict[str, Window | None] = {}  # of stacks, by key; None while it is asked for
        self._left: dict[str, Viewport] = {}  # how a stack was when it was left
        self._moving: set[Pointer] = set()
        self._held = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rest)
        films.changed.connect(self.fetching.forget)
        films.checked.connect(self.fetching.compare)

    @property
    def busy(self) -> bool:
        """Whether a reader moves, so that an answer will be asked for when he rests."""
        return self._rest.isActive()

    @property
    def held(self) -> bool:
        """Whether nobody rests, as a stack is played."""
        return self._held

    # ------------------------------------------------------------------ frames in memory
    def ready(self, pointer: Pointer, stack: Stack, place: int) -> Film | None:
        """A frame of a stack that can be shown at once; None if it has to be read first."""
        stored = self.fetching.stored(stack.frames[place])
        if stored is None:
            return None
        held = pointer.viewport.stack
        like = pointer.film if held is not None and held.key == stack.key else None
        return film_of(stored, like, self._autos.get(stack.key))

    def dressed(self, film: Film, stack: Stack | None) -> Film:
        """A film with the automatic window of its stack."""
        return with_auto(film, self._autos.get(stack.key)) if stack is not None else film

    def moved(self, pointer: Pointer) -> None:
        """A frame is shown that was not read in full: when the reader rests, it will be."""
        self._moving.add(pointer)
        if not self._held:
            self._rest.start()

    def hold(self, *, held: bool) -> None:
        """Let nobody rest, however slowly a stack is played; from then on again."""
        self._held = held
        if held:
            self._rest.stop()
        elif self._moving:
            self._rest.start()

    def moves(self, pointer: Pointer) -> bool:
        """Whether the reader has not come to rest in a pane."""
        return pointer in self._moving

    def arrived(self, pointer: Pointer) -> None:
        """A frame is shown that was read in full."""
        self._moving.discard(pointer)

    def follow(self, pointer: Pointer) -> None:
        """Read ahead from where a pane is, and for nothing that is not on screen."""
        stack = pointer.viewport.stack
        if stack is None:
            return
        self.fetching.leave(
            {one.viewport.stack.key for one in self._panes.all if one.viewport.stack is not None}
        )
        if self._films.stacks.by_key(stack.key) is stack:
            self.fetching.follow(stack, pointer.viewport.at)
            self._ask_for_window(stack)

    def close(self) -> None:
        """Nobody leafs any more."""
        self._rest.stop()
        self.fetching.close()

    def _on_rest(self) -> None:
        moving, self._moving = self._moving, set()
        for pointer in moving:
            if pointer in self._panes.all:
                self.rested.emit(pointer)
        self.ended.emit()

    # ------------------------------------------------------------------ how it was left
    def leave(self, pointer: Pointer, stack: Stack | None) -> Viewport | None:
        """Keep how a pane's stack looks before another one is shown; how that one was left."""
        held = pointer.viewport.stack
        if held is None or stack is None or held.key == stack.key:
            return None
        self._left[held.key] = pointer.viewport
        return self._left.get(stack.key)

    def place_in(self, stack: Stack) -> int:
        """Where the reader left a stack; its first frame if he was never there."""
        left = self._left.get(stack.key)
        return stack.nearest(left.at) if left is not None else 0

    # ------------------------------------------------------------------ one window
    def _ask_for_window(self, stack: Stack) -> None:
        if len(stack) < 2 or stack.key in self._autos or self._films.stacks.left:
            return
        self._autos[stack.key] = None
        done = partial(self._on_window, stack.key)
        job = Job(window_of, (sample_of(stack),), done, lambda _error: None, ahead=True)
        self._films.surveying.submit(stack.frames[0].path, job)

    def _on_window(self, key: str, window: Window | None) -> None:
        self._autos[key] = window
        for pointer in self._panes.all:
            held = pointer.viewport.stack
            if window is not None and held is not None and held.key == key:
                pointer.take_auto(window)
