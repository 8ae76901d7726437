"""What a pane shows, as values: a viewport, a layout of them, items on a film, and the way back.

Nobody owns these values: the session holds the layout, panes draw it. The reader's own marks on a
film, and each of his gestures that can be undone, are values too.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from viewer.choices import MapChoice, RowCursor
from viewer.listing import NOT_KNOWN, Content
from viewer.windows import Choice

DEPTH: Final = 100  # gestures that can be undone
Field = Literal["window", "place", "row"]
FIELDS: Final[tuple[Field, ...]] = ("window", "place", "row")  # what an undo brings back


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader has moved a film, whatever the size of the pane.

    Attributes:
        x, y: Stored column and row in the middle of the body.
        scale: Device-independent pixels per stored row.
    """

    x: float
    y: float
    scale: float


@dataclass(frozen=True, slots=True)
class Item:
    """One mark on a film.

    Attributes:
        id: Its own, the same after it was moved.
        kind: Which tool makes and paints it (`Tool.code`).
        frame: What it lies on.
        points: Columns and rows of the image, 0 at its upper left edge.
        words: Its tag; empty for none.
    """

    id: str
    kind: str
    frame: Content
    points: tuple[tuple[float, float], ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Viewport:
    """One pane.

    Attributes:
        content: The frame that is shown; `NOT_KNOWN` while the pane is empty.
        index: Its number in its film, from 0.
        window: The window menu and what is chosen of it, or set by hand.
        place: None shows the whole film.
        choice: The map with its layer, direction, units and baseline.
        row: Stored row of the cursor; None without one.
    """

    content: Content = NOT_KNOWN
    index: int = 0
    window: Choice = field(default_factory=Choice)
    place: Place | None = None
    choice: MapChoice = field(default_factory=MapChoice)
    row: float | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The viewports of a window, row by row; keys and commands go to the active one.

    Raises:
        ValueError: There are not as many viewports as places, or none of them is active.
    """

    viewports: tuple[Viewport, ...] = (Viewport(),)
    rows: int = 1
    columns: int = 1
    active: int = 0

    def __post_init__(self) -> None:
        """Check that every place has one viewport."""
        if len(self.viewports) != self.rows * self.columns:
            raise ValueError(f"{len(self.viewports)} viewports in {self.rows} × {self.columns}")
        if not 0 <= self.active < len(self.viewports):
            raise ValueError(f"no viewport {self.active} among {len(self.viewports)}")


def row_items(content: Content, cursor: RowCursor | None, columns: int) -> tuple[Item, ...]:
    """The row cursor as an item across the film."""
    if cursor is None:
        return ()
    ends = ((0.0, cursor.row), (float(columns), cursor.row))
    return (Item("row cursor", "row", content, ends, cursor.tag),)


@dataclass(frozen=True, slots=True)
class Step:
    """What one gesture changed in one pane.

    Attributes:
        pane: Its place in the layout.
        flows: Whether the next step of this kind is the same gesture: notches of a wheel.
    """

    pane: int
    before: Viewport
    after: Viewport
    flows: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """What is another one after it."""
        return tuple(f for f in FIELDS if getattr(self.before, f) != getattr(self.after, f))


class History:
    """The gestures of all panes in their order: the one undo stack of a session."""

    def __init__(self) -> None:
        self._done: deque[Step] = deque(maxlen=DEPTH)  # the oldest are forgotten
        self._undone: list[Step] = []

    def add(self, step: Step) -> None:
        """Remember a gesture, if it changed anything; what was undone before cannot come back."""
        if not step.fields:
            return
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last and last.flows and step.flows and last.pane == step.pane:
            self._done[-1] = replace(last, after=step.after)
        else:
            self._done.append(step)

    def undo(self) -> Step | None:
        """The last gesture, which is undone with this; None if there is none."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Step | None:
        """The gesture that was undone last, which is done again with this."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]

    def forget(self, gone: Callable[[Step], bool]) -> None:
        """Drop gestures on what is not shown any more."""
        self._done = deque((step for step in self._done if not gone(step)), maxlen=DEPTH)
        self._undone = [step for step in self._undone if not gone(step)]
