"""What the reader has chosen, as values: session and panes speak of them, nobody owns them."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from engine.types import BaselineKind, ModelInfo, Quantity

Question = Literal["none", "state", "influence"]
TextLevel = Literal["all", "minimal", "none"]
Order = Literal["peak", "index", "influence", "similarity"]
Severity = Literal["info", "warning", "error"]
BASELINES: Final[tuple[BaselineKind, ...]] = ("mean", "midway", "blank", "blurred")


@dataclass(frozen=True, slots=True)
class MapChoice:
    """Which row-wise map lies over the film.

    Attributes:
        question: "none" shows the bare film.
        layer: Index from 0 (nearest the image) or −1 for the last.
        direction: 0 reads downwards, 1 upwards (bidirectional networks only).
        units: Chosen hidden units; empty means all of them together.
        strength: 0…1, one strength for the whole film.
        baseline: The film that Influence starts from; another one must be read.
        shown: What of the network the state map and the strip of units show: "h", "c", the
            letter of a gate, "memory" or "surprise" (see `engine.maps`).
        order: In which the units stand in their strip.
        grid: Whether Influence is shown over rows and columns, and not over rows alone.
    """

    question: Question = "none"
    layer: int = -1
    direction: int = 0
    units: tuple[int, ...] = ()
    quantity: Quantity = "deviation"
    strength: float = 0.7
    baseline: BaselineKind = "mean"
    shown: str = "h"
    order: Order = "peak"
    grid: bool = False

    @property
    def crossed(self) -> bool:
        """Whether the map over the film is that of rows and columns."""
        return self.question == "influence" and self.grid

    @property
    def deviates(self) -> bool:
        """Whether deviations are shown: training means are stored of the hidden state alone."""
        return self.shown == "h" and self.quantity == "deviation"

    @property
    def memory(self) -> bool:
        """Whether the map over the film is that of memory."""
        return self.question == "state" and self.shown == "memory"

    @property
    def layer_shown(self) -> int:
        """The layer that is seen: memory is known of the last one alone."""
        return -1 if self.shown == "memory" else self.layer


def toggled(choice: MapChoice, question: Question) -> MapChoice:
    """The same map again takes it off the film."""
    return replace(choice, question="none" if choice.question == question else question)


def laid(choice: MapChoice, question: Question, *, memory: bool = False) -> MapChoice:
    """Another map over the film; the one of memory is a state map of another quantity."""
    if question != "state":
        return replace(choice, question=question)
    if memory:
        return replace(choice, question=question, shown="memory")
    return replace(choice, question=question, shown="h" if choice.memory else choice.shown)


def other_quantity(choice: MapChoice) -> MapChoice:
    """Deviation instead of raw, raw instead of deviation."""
    return replace(choice, quantity="deviation" if choice.quantity == "raw" else "raw")


def start_of(choice: MapChoice, model: ModelInfo) -> BaselineKind:
    """The chosen baseline; the mean film where that is midway, and the model has no such film."""
    return "mean" if choice.baseline == "midway" and not model.midway else choice.baseline


def next_baseline(choice: MapChoice, model: ModelInfo | None) -> MapChoice:
    """Influence from the next baseline that a model has, then from the first again."""
    there = [one for one in BASELINES if one != "midway" or (model is not None and model.midway)]
    place = there.index(choice.baseline) + 1 if choice.baseline in there else 0
    return replace(choice, baseline=there[place % len(there)])


def next_layer(choice: MapChoice, layers: int, directions: int) -> MapChoice:
    """The other direction of a bidirectional layer, then the next layer, then the first again."""
    place = (choice.layer % layers) * directions + choice.direction + 1
    layer, direction = divmod(place % (layers * directions), directions)
    return replace(choice, layer=layer, direction=direction)


@dataclass(frozen=True, slots=True)
class RowView:
    """Stored rows at the top and bottom edge of the pane bodies; may lie outside the film.

    Attributes:
        top, bottom: Of a film that is upside down the row at the top is the greater one.
        level: Whether rows run across the screen. Otherwise the film is turned by 90°, its rows
            follow from left to right, and no strip beside it can show them at the same height:
            `top` and `bottom` are then the rows at its left and right edge.
    """

    top: float
    bottom: float
    level: bool = True


@dataclass(frozen=True, slots=True)
class RowCursor:
    """The one row that all panes point at.

    Attributes:
        row: Stored row, 0 at the upper edge of the film.
        step: Time step that covers it; None while there is no analysis.
        tag: Words for the film's edge, for example "row 60 · pneumonia 0.71".
    """

    row: float
    step: int | None
    tag: str


@dataclass(frozen=True, slots=True)
class Loading:
    """A film that was chosen and is not there yet; what is on screen is another one.

    Attributes:
        path: The file, or the first of the paths that were opened.
        index: Its frame.
        place: Where its storage begins.
    """

    path: Path
    index: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the worklist says of a film: a number, or why there is none.

    Attributes:
        number: A probability as it is written; empty where there is none, or not yet.
        name: The class that it is of, where that is not understood; without a number what
            hinders one in a few words, marked.
        why: What hinders a number, as the engine says it.
        severity: "info" with a number and while one is waited for.
        score: The same as a number, 0…1; None where there is none.
        threshold: Of the model, where the number is of its finding.
        hidden: Whether the answer waits for the reader's own call; then nothing else is said.
    """

    number: str = ""
    name: str = ""
    why: str = ""
    severity: Severity = "info"
    score: float | None = None
    threshold: float | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the message strip, with details on demand."""

    text: str
    severity: Severity = "info"
    details: str = ""
