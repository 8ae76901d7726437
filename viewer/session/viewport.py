"""What one pane shows: a film, its window, a map and a row."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, get_args

from engine.annotations import Annotation
from engine.types import FrameHeader, Orientation, Presentation, Voi, Window, WindowKind
from viewer.session.choices import MapChoice, RowCursor
from viewer.session.loading import NOT_KNOWN, Content, Film
from viewer.session.stacks import Stack

# --------------------------------------------------------------------- choice of a window
# Which window a film is shown with: by its menu, by hand, and when another frame comes.

BY_HAND = -1  # no place in the menu
_COMPUTED = frozenset({"auto", "full range"})


@dataclass(frozen=True, slots=True)
class WindowChoice:
    """The window menu of a film.

    Attributes:
        vois: What it offers.
        place: Which of them is shown; `BY_HAND` keeps the one that the reader has set.
        hand: That one.
    """

    vois: tuple[Voi, ...] = ()
    place: int = BY_HAND
    hand: Window | None = None

    @property
    def voi(self) -> Voi | None:
        """What the film is shown with; None where there is no film."""
        return self.hand if self.place == BY_HAND else self.vois[self.place]

    def named(self, name: str) -> int | None:
        """The place of the window with this explanation, whatever its capitals; None without."""
        found = (i for i, voi in enumerate(self.vois) if _same(voi.explanation, name))
        return next(found, None)

    def computed(self, kind: WindowKind) -> int | None:
        """The place of the automatic window ("auto") or the "full range"; None without a film."""
        kinds = (getattr(voi, "kind", "header") for voi in self.vois)
        return next((i for i, found in enumerate(kinds) if found == kind), None)


def _same(one: str, other: str) -> bool:
    return one.replace(" ", "").casefold() == other.replace(" ", "").casefold()


def again(then: WindowChoice, now: WindowChoice) -> WindowChoice:
    """The menu of now with what was chosen then, perhaps of another frame of the film."""
    if then.place == BY_HAND or len(then.vois) == len(now.vois):
        return replace(now, place=then.place, hand=then.hand)
    return now


def of_film(film: Film, shown: Presentation | None = None) -> WindowChoice:
    """The menu of a film that was not on screen before.

    Args:
        film: The frame.
        shown: What shows it; its own window stands at the top of the menu.
    """
    if shown is not None and shown.voi is not None:
        return WindowChoice(_menu(film, shown), 0)
    return WindowChoice(film.vois, film.vois.index(film.voi))


def _menu(film: Film, shown: Presentation | None) -> tuple[Voi, ...]:
    return film.vois if shown is None or shown.voi is None else (shown.voi, *film.vois)


def of_next_frame(
    film: Film, last: WindowChoice, seen: FrameHeader, shown: Presentation | None = None
) -> WindowChoice:
    """The menu of another frame of the file, which shows it as it would show itself.

    The frame's own window at the same place of the header goes before the window of the frame
    that was on screen: slopes and windows may differ from frame to frame (PS3.3 C.7.6.16.2.10). A
    computed window, and one by hand, stay as long as the same number means the same thing, or a
    stack would flicker.

    Args:
        film: The frame.
        last: Menu and choice of the frame before.
        seen: What the file says of the frame before.
        shown: What shows the frame; see `of_film`.
    """
    vois = _menu(film, shown)
    header, count = film.frame.header, len(vois)
    same = alike(header, seen)
    if count != len(last.vois) or (last.place == BY_HAND and not same):
        return of_film(film, shown)
    if same and header.orientation == seen.orientation:
        pairs = zip(last.vois, vois, strict=True)
        vois = tuple(old if _computed(old) and _computed(new) else new for old, new in pairs)
    return WindowChoice(vois, last.place, last.hand)


def _computed(voi: Voi) -> bool:
    return isinstance(voi, Window) and voi.kind in _COMPUTED


def of_next_slice(
    film: Film, last: WindowChoice, seen: FrameHeader, shown_by: Presentation | None = None
) -> WindowChoice:
    """The menu of another file of the stack, which is shown through the window of the last one.

    Also where the header of each slice says a window of its own: a stack does not flicker. They
    are in the menu. See `of_next_frame` for the arguments.
    """
    shown, vois = last.voi, _menu(film, shown_by)
    if shown is None or _scale(film.frame.header) != _scale(seen):
        return of_film(film, shown_by)
    if last.place == BY_HAND:
        return WindowChoice(vois, BY_HAND, last.hand)
    place = next((i for i, voi in enumerate(vois) if voi is shown or voi == shown), None)
    if place is not None:
        return WindowChoice(vois, place, last.hand)
    if len(vois) == len(last.vois):
        kept = (*vois[: last.place], shown, *vois[last.place + 1 :])
        return WindowChoice(kept, last.place, last.hand)
    if isinstance(shown, Window):
        return WindowChoice(vois, BY_HAND, shown)
    return of_film(film, shown_by)


def with_auto_window(choice: WindowChoice, auto: Window) -> WindowChoice:
    """The menu with the automatic window of the whole stack."""
    place = choice.computed("auto")
    if place is None:
        return choice
    return replace(choice, vois=(*choice.vois[:place], auto, *choice.vois[place + 1 :]))


def alike(header: FrameHeader, seen: FrameHeader) -> bool:
    """Whether one number means the same in two frames, and their headers show them alike."""
    return _windows(header) == _windows(seen) and _scale(header) == _scale(seen)


def _windows(header: FrameHeader) -> tuple[Window, ...]:
    return tuple(voi for voi in header.voi if isinstance(voi, Window))


def _scale(header: FrameHeader) -> tuple[object, ...]:
    """What a modality value means; a rescale that differs does not change that in a known unit."""
    unit = header.unit
    return (unit,) if unit else (unit, header.rescale, header.value_range)


# ------------------------------------------------------------------ viewports and layouts
# What a pane shows, as values: a viewport, a layout of them, items on a film, and the way back.
#
# Nobody owns these values: the session holds the layout, panes draw it. The reader's own marks on
# a film, and each of his gestures that can be undone, are values too.

DEPTH: Final = 100  # gestures that can be undone
Field = Literal["window", "place", "row", "turn", "inverted", "smooth", "layers"]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)  # what an undo brings back
Way = tuple[int, int]  # a direction on the screen: right, down


@dataclass(frozen=True, slots=True)
class Turn:
    """How a film lies on the screen: first mirrored, then turned.

    Each of the eight ways in which a film can lie has one value only, so that two turns are the
    same where they look the same.

    Attributes:
        quarters: Clockwise by so many times 90°, 0…3; any other number is brought there.
        flipped: Whether left and right of the stored film were exchanged before that.
    """

    quarters: int = 0
    flipped: bool = False

    def __post_init__(self) -> None:
        """Keep one value for each way to lie."""
        object.__setattr__(self, "quarters", self.quarters % 4)

    @property
    def level(self) -> bool:
        """Whether stored rows run across the screen; otherwise they run up and down."""
        return self.quarters % 2 == 0

    @property
    def across(self) -> Way:
        """Where the columns of a stored row follow each other."""
        return _quartered((-1, 0) if self.flipped else (1, 0), self.quarters)

    @property
    def down(self) -> Way:
        """Where the stored rows follow each other."""
        return _quartered((0, 1), self.quarters)

    def rotated(self, quarters: int) -> "Turn":
        """Turned on the screen, clockwise by so many times 90°."""
        return replace(self, quarters=self.quarters + quarters)

    def mirrored_across(self) -> "Turn":
        """With left and right of the screen exchanged."""
        return Turn(-self.quarters, not self.flipped)

    def mirrored_down(self) -> "Turn":
        """With top and bottom of the screen exchanged."""
        return Turn(2 - self.quarters, not self.flipped)

    def letters(self, stored: Orientation) -> Orientation:
        """The letters at the edges of the screen; one that is unknown stays unknown."""
        (x, y), (right, bottom) = self.across, self.down
        shown = {
            (x, y): stored.right,
            (-x, -y): stored.left,
            (right, bottom): stored.bottom,
            (-right, -bottom): stored.top,
        }
        return Orientation(shown[-1, 0], shown[1, 0], shown[0, -1], shown[0, 1])


def _quartered(way: Way, quarters: int) -> Way:
    """A direction after clockwise turns: right becomes down."""
    for _ in range(quarters):
        way = (-way[1], way[0])
    return way


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
class LayerChoice:
    """What lies over a film by its file, and how it is presented.

    Attributes:
        overlays: Whether overlay planes, and shapes of presentations, are drawn.
        shutter: Whether a shutter hides what it is to hide.
        colour: Number of the colour of overlay planes.
        presentations: Presentation states that come with its study, the newest first.
        number: Which of them shows it, from 1; 0 shows it as stored.
    """

    overlays: bool = True
    shutter: bool = True
    colour: int = 0
    presentations: tuple[Presentation, ...] = ()
    number: int = 0

    @property
    def shown(self) -> Presentation | None:
        """What shows the film; None as stored."""
        return self.presentations[self.number - 1] if self.number else None

    def other_overlays(self) -> "LayerChoice":
        """Overlays shown, or hidden."""
        return replace(self, overlays=not self.overlays)

    def other_shutter(self) -> "LayerChoice":
        """The shutter closed, or open."""
        return replace(self, shutter=not self.shutter)

    def next_colour(self) -> "LayerChoice":
        """Overlay planes in another colour."""
        return replace(self, colour=self.colour + 1)

    def next_presentation(self) -> "LayerChoice":
        """The next presentation; after the last one as stored."""
        return replace(self, number=(self.number + 1) % (len(self.presentations) + 1))

    def over(self, presentations: tuple[Presentation, ...], *, same: bool) -> "LayerChoice":
        """The same over another frame; one presentation of another film is applied unasked.

        Args:
            presentations: Those of the frame.
            same: Whether the frame is of the same film as the last one.
        """
        number = 1 if len(presentations) == 1 else 0
        if same and len(presentations) == len(self.presentations):
            number = self.number
        return replace(self, presentations=presentations, number=number)


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
        turn: How the film lies.
        inverted: Whether the reader has exchanged black and white, on top of what the file says.
        smooth: Whether enlarged pixels run into each other; otherwise each is one square.
        layers: What lies over the film by its file.
        stack: What is leafed through; None while the pane is empty.
        at: Place in it, from 0.
    """

    content: Content = NOT_KNOWN
    index: int = 0
    window: WindowChoice = field(default_factory=WindowChoice)
    place: Place | None = None
    choice: MapChoice = field(default_factory=MapChoice)
    row: float | None = None
    turn: Turn = field(default_factory=Turn)
    inverted: bool = False
    smooth: bool = True
    layers: LayerChoice = field(default_factory=LayerChoice)
    stack: Stack | None = None
    at: int = 0

    @property
    def look(self) -> tuple[Turn, bool, bool]:
        """How the film lies and is drawn, whatever its window."""
        return (self.turn, self.inverted, self.smooth)


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


def presented(viewport: Viewport, film: Film) -> Viewport:
    """A viewport that shows a film as its presentation does, or as it is stored."""
    shown = viewport.layers.shown
    inverted = film.frame.image.inverted
    if shown is not None and shown.inverted is not None:
        inverted = shown.inverted
    return replace(
        viewport,
        window=of_film(film, shown),
        place=None,
        turn=Turn() if shown is None else Turn(shown.quarters, shown.flipped),
        inverted=inverted != film.frame.image.inverted,
    )


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


@dataclass(frozen=True, slots=True)
class Redrawn:
    """What one gesture changed of the annotations on a film; the others there are not in it.

    Attributes:
        pane: Where the film was shown.
        subject: Of the film.
        before: Those that are gone, and those that are changed, as they were.
        after: Those that are new, and those that are changed, as they are.
        flows: Never: no two of them are one gesture.
    """

    pane: int
    subject: tuple[str, int]
    before: tuple[Annotation, ...]
    after: tuple[Annotation, ...]
    flows: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """What is another one after it."""
        return ("annotations",) if self.before != self.after else ()

    def turned(self) -> "Redrawn":
        """The same the other way round."""
        return replace(self, before=self.after, after=self.before)


Gesture = Step | Redrawn


class History:
    """The gestures of all panes in their order: the one undo stack of a session."""

    def __init__(self) -> None:
        self._done: deque[Gesture] = deque(maxlen=DEPTH)  # the oldest are forgotten
        self._undone: list[Gesture] = []

    def add(self, step: Gesture) -> None:
        """Remember a gesture, if it changed anything; what was undone before cannot come back."""
        if not step.fields:
            return
        self._undone.clear()
        last = self._done[-1] if self._done else None
        flow = last and last.flows and step.flows and last.pane == step.pane
        if flow and isinstance(last, Step) and isinstance(step, Step):
            self._done[-1] = replace(last, after=step.after)
        else:
            self._done.append(step)

    def undo(self) -> Gesture | None:
        """The last gesture, which is undone with this; None if there is none."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Gesture | None:
        """The gesture that was undone last, which is done again with this."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]

    def renumber(self, places: Mapping[int, int]) -> None:
        """Panes stand elsewhere now: their places, by what they were."""
        self._done = deque(
            (replace(step, pane=places[step.pane]) for step in self._done), maxlen=DEPTH
        )
        self._undone = [replace(step, pane=places[step.pane]) for step in self._undone]

    def forget(self, gone: Callable[[Gesture], bool]) -> None:
        """Drop gestures on what is not shown any more."""
        self._done = deque((step for step in self._done if not gone(step)), maxlen=DEPTH)
        self._undone = [step for step in self._undone if not gone(step)]
