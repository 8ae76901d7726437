"""What if the film were another one? What is tried now, what was tried, and what a model said.

Nothing here is an answer to the film: results, list, log and exports of Read stay as they are.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine import inspection as asking
from engine.inspection import Edit
from engine.sequence import Shared, column_edges, to_sequence
from engine.types import ColumnInfluence, Doubles, Floats, Frame, Influence, InputFormat
from viewer.kit.language import listed, marked, tr
from viewer.kit.words import visible
from viewer.session.inspection import Inspection, Opened
from viewer.session.jobs import Job, Lane

if TYPE_CHECKING:
    from engine.inspection import DirectionAnswer, Filling, Reread

TriedView = Literal["changed", "as-read", "both"]
VIEWS: Final[tuple[TriedView, ...]] = get_args(TriedView)
KEPT: Final = 8  # films whose trails are kept

_Film = tuple[object, Path, str]


@dataclass(frozen=True, slots=True, eq=False)
class Try:
    """One changed film that was read.

    Attributes:
        edits: What was changed; nothing in the first of a trail.
        probability: Of the target.
        change: Of that, against the film as read.
        rows: (M, W) what the model read.
        target: Index of the class.
        undone: Whether the reader has taken it back.
    """

    edits: tuple[Edit, ...]
    probability: float
    change: float
    rows: Floats
    target: int
    undone: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Greys:
    """From the model's scale to the film's values, so that changed rows look like its others.

    Attributes:
        scale: (n,) of the model, ascending.
        values: (n,) modality values.
        columns: Stored columns at which the model's grid begins and ends.
    """

    scale: Doubles
    values: Doubles
    columns: tuple[float, float]

    def of(self, rows: Floats) -> Floats:
        """Modality values of model rows; beyond those of the film its darkest and brightest."""
        return np.interp(rows, self.scale, self.values).astype(np.float32)


def greys_of(frame: Frame, fmt: InputFormat) -> Greys:
    """What values of a film its model rows are averages of."""
    shared = Shared()
    sequence = to_sequence(frame, fmt, shared)
    mean, film = next(iter(shared.averages.values()))
    scale, values = sequence.rows[film].astype(np.float64), mean[film]
    order = np.argsort(scale, kind="stable")
    edges = column_edges(frame, fmt.columns)
    return Greys(scale[order], values[order], (float(edges[0]), float(edges[-1])))


_FILLS: Final[dict[str, str]] = {
    "mean": marked("mean film"),
    "blurred": marked("blurred film"),
    "neighbour": marked("neighbouring rows"),
    "mirror": marked("mirrored"),
    "noise": marked("noise"),
    "value": marked("one grey"),
}


def fill_words(edit: Edit) -> str:
    """What brushed rows become, in words."""
    if edit.path is not None:
        return tr("rows of {film}", film=visible(edit.path.name))
    return tr(_FILLS[edit.kind])


def edit_lines(edits: tuple[Edit, ...]) -> tuple[str, str]:
    """What a try is: the brushed steps or the change of the whole film, and what became of it."""
    if not edits:
        return tr("As read"), tr("nothing changed")
    last = edits[-1]
    if last.first is None or last.last is None:
        return tr("Whole film"), listed([_whole_words(edit) for edit in edits])
    more = [_whole_words(edit) for edit in edits if edit.first is None]
    return steps_words(last.first, last.last), listed([fill_words(last), *more])


def steps_words(first: int, last: int) -> str:
    """A band of steps, at the beginning of a line."""
    if first == last:
        return tr("Step {step}", step=first)
    return tr("Steps {first}–{last}", first=first, last=last)


def _whole_words(edit: Edit) -> str:
    numbers = [f"{value:g}".replace("-", "−") for value in edit.numbers]
    if edit.kind == "shift":
        return tr("shifted by {rows} and {columns}", rows=numbers[0], columns=numbers[1])
    if edit.kind == "rotate":
        return tr("turned by {degrees}°", degrees=numbers[0])
    if edit.kind == "invert":
        return tr("inverted")
    if edit.kind == "window":
        return tr("window {centre}, {width}", centre=numbers[0], width=numbers[1])
    return fill_words(edit)


@dataclass(slots=True, eq=False)
class Trail:
    """What was tried on one film; the first one is the film as read."""

    tries: list[Try] = field(default_factory=list)
    at: int = 0  # the one that was shown last
    undone: list[int] = field(default_factory=list)  # in the order in which they were taken back

    def add(self, tried: Try) -> None:
        """One more, which is shown."""
        self.tries.append(tried)
        self.at = len(self.tries) - 1

    def take_back(self, unkept: Try | None) -> int | None:
        """Take back the one that is not kept yet, or the one that is shown; what to show now."""
        if unkept is not None:
            self.tries.append(replace(unkept, undone=True))
            self.undone.append(len(self.tries) - 1)
            return self.at
        if not self.at:
            return None
        self.tries[self.at] = replace(self.tries[self.at], undone=True)
        self.undone.append(self.at)
        return next((place for place in range(self.at - 1, 0, -1) if self.counts(place)), 0)

    def bring_back(self, place: int) -> None:
        """Let one that was taken back be a try again."""
        if place in self.undone:
            self.undone.remove(place)
            self.tries[place] = replace(self.tries[place], undone=False)

    def counts(self, place: int) -> bool:
        """Whether this one was not taken back."""
        return not self.tries[place].undone


class Tries(QObject):
    """Changes the film that Inspect has opened, and lets its model read it again.

    Args:
        inspection: Its process reads; a newer change goes before one that waits.
        parent: Of the Qt object.
    """

    turned = Signal(bool)
    moved = Signal()  # only what is tried: the model has not read it yet
    changed = Signal()  # anything of what is shown

    def __init__(self, inspection: Inspection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inspection = inspection
        self.lane = Lane("thread", self)
        self.on = False
        self.view: TriedView = "changed"
        self.fill = Edit("mean", 0, 0)
        self.target: int | None = None
        self.draft: tuple[Edit, ...] = ()
        self.seconds = 0.0
        self._trails: OrderedDict[_Film, Trail] = OrderedDict()
        self.trail = Trail()
        self._forget()
        inspection.opened_changed.connect(self._on_opened)

    def _forget(self) -> None:
        """Nothing is known of the film that is opened now."""
        self.found: Reread | None = None
        self.greys: Greys | None = None
        self.before: Influence | None = None
        self.directions: tuple[DirectionAnswer, ...] = ()
        self._flying = self._again = self._moving = False
        self._asked = 0.0
        self._forget_draft()

    def _forget_draft(self) -> None:
        self.after: Influence | None = None
        self.fillings: tuple[Filling, ...] = ()
        self.columns: ColumnInfluence | None = None

    # ------------------------------------------------------------------ what is known
    @property
    def opened(self) -> Opened | None:
        """The film that is tried on."""
        return self._inspection.opened

    @property
    def steps(self) -> int:
        """Of the film; 0 without one."""
        return len(self.opened.trace.by_row) if self.opened is not None else 0

    @property
    def of_film(self) -> bool:
        """Whether the model answers with probabilities of the whole film."""
        return self.opened is None or self.opened.model.objective.of_film

    @property
    def band(self) -> tuple[int, int] | None:
        """First and last step that are brushed."""
        brushed = next((one for one in self.draft if one.first is not None), None)
        if brushed is None or brushed.first is None or brushed.last is None:
            return None
        return brushed.first, brushed.last

    @property
    def change(self) -> Floats | None:
        """(L,) of the influence of every row; None until both films' are known."""
        before, after = self.before, self.after
        if before is None or after is None or before.target != after.target:
            return None
        return after.values - before.values

    @property
    def share(self) -> float | None:
        """Of the change of the log-odds, what lies in the brushed rows."""
        change, band = self.change, self.band
        if change is None or band is None or abs(total := float(change.sum())) < 1e-6:
            return None
        return float(change[band[0] : band[1] + 1].sum()) / total

    @property
    def unkept(self) -> bool:
        """Whether what is shown is not in the trail."""
        tries, at = self.trail.tries, self.trail.at
        return bool(tries) and self.draft != tries[at].edits

    # ------------------------------------------------------------------ the mode
    def turn(self, *, on: bool) -> None:
        """Begin to try, or go back to the film as read."""
        if on == self.on:
            return
        self.on = on
        self.turned.emit(on)
        if on:
            self._begin()
        self.changed.emit()

    def show(self, view: TriedView) -> None:
        """Let the film show what was changed, what was read, or both side by side."""
        self.view = view
        self.changed.emit()

    # ------------------------------------------------------------------ changes
    def fill_with(self, fill: Edit) -> None:
        """Brushed rows become this from now on; the band of the edit does not count."""
        self.fill = fill
        if (band := self.band) is not None:
            self.brush(*band)
        else:
            self.changed.emit()

    def brush(self, first: int, last: int, *, moving: bool = False) -> None:
        """Replace a band of steps, instead of the one before; `moving` says more may follow."""
        last_step = max(self.steps - 1, 0)
        first, last = (min(max(one, 0), last_step) for one in sorted((first, last)))
        self._moving = moving
        whole = tuple(edit for edit in self.draft if edit.first is None)
        self.take((*whole, replace(self.fill, first=first, last=last)))

    def let_go(self) -> None:
        """The mouse was released: what takes longer is asked for, too."""
        self._moving = False
        self._ask_more()

    def change_whole(self, edit: Edit, *, neutral: bool = False, moving: bool = False) -> None:
        """Change the whole film, instead of an earlier change of this kind.

        Args:
            edit: Of the whole film.
            neutral: Whether it changes nothing, so that the film has none of this kind.
            moving: Whether more may follow.
        """
        self._moving = moving
        kept = [one for one in self.draft if one.first is None]
        places = [place for place, one in enumerate(kept) if one.kind == edit.kind]
        made = [] if neutral else [edit]
        if places:
            kept[places[0] : places[0] + 1] = made
        else:
            kept += made
        self.take((*kept, *(one for one in self.draft if one.first is not None)))

    def take(self, edits: tuple[Edit, ...]) -> None:
        """Try these changes, but for rows of a film that waits for the reader's own call."""
        edits = tuple(edit for edit in edits if self._inspection.lends(edit.path))
        if edits == self.draft and self.found is not None:
            return
        self.draft = edits
        self._forget_draft()
        self.moved.emit()
        self._ask()

    def aim(self, target: int | None) -> None:
        """Ask about another class; None for the one that the model explains."""
        self.target, self.before = target, None
        self._forget_draft()
        self._ask()

    # ------------------------------------------------------------------ the trail
    def keep(self) -> None:
        """Put what is tried into the trail."""
        if (tried := self._unkept()) is not None:
            self.trail.add(tried)
            self.changed.emit()

    def _unkept(self) -> Try | None:
        """What was read and is not in the trail."""
        found = self.found
        if found is None or not self.unkept or found.edits != self.draft:
            return None
        return _try_of(found)

    def undo(self) -> None:
        """Take the last try back; it stays in the trail, and can be had again."""
        if (place := self.trail.take_back(self._unkept())) is not None:
            self._show_try(place)

    def redo(self) -> None:
        """Have back what was taken back last."""
        if self.trail.undone:
            self.go_to(self.trail.undone[-1])

    def go_to(self, place: int) -> None:
        """Show a try of the trail; one that was undone is a try again."""
        if 0 <= place < len(self.trail.tries):
            self.trail.bring_back(place)
            self._show_try(place)

    def _show_try(self, place: int) -> None:
        self.trail.at = place
        edits = self.trail.tries[place].edits
        brushed = next((one for one in edits if one.first is not None), None)
        self.fill = brushed or self.fill
        self.take(edits)
        self.changed.emit()

    # ------------------------------------------------------------------ questions
    def ask_directions(self) -> None:
        """Read the film in all four directions."""
        if (opened := self.opened) is not None:
            done = partial(self._read_directions, opened)
            arguments, lost = (opened.film.frame, opened.model), self._inspection.failed.emit
            self.lane.submit(Job(asking.direction_rows, arguments, done, lost, ahead=True))

    def _read_directions(self, opened: Opened, sequences: Any) -> None:  # noqa: ANN401 - a Job's
        if self.opened is opened:
            self._put("directions", asking.read_directions, sequences)

    def ask_columns(self) -> None:
        """Which columns of the brushed rows moved the answer to the film as read."""
        if (band := self.band) is not None:
            self._put("columns", asking.columns_again, *band, self.target)

    def _put(self, name: str, function: Any, *arguments: Any) -> None:  # noqa: ANN401
        """Ask something of which the answer is an attribute."""

        def take(value: object) -> None:
            setattr(self, name, value)
            self.changed.emit()

        self._inspection.ask(f"whatif.{name}", function, *arguments, done=take)

    def _ask(self) -> None:
        """Let the film be read again; what is asked for while it is is asked afterwards."""
        if self.opened is None or not self.on:
            return
        if self._flying:
            self._again = True
            return
        self._flying, self._again, self._asked = True, False, time.perf_counter()
        self._inspection.ask(
            "whatif", asking.reread, self.draft, self.target, done=self._take, failed=self._lose
        )

    def _take(self, found: "Reread") -> None:
        self._flying, self.seconds = False, time.perf_counter() - self._asked
        self.found = found
        read = {edit.path: edit for edit in found.edits if edit.path is not None}
        self.draft = tuple(read.get(edit.path, edit) if edit.path else edit for edit in self.draft)
        if self.fill.path in read:
            self.fill = replace(self.fill, other=read[self.fill.path].other)
        if not self.trail.tries and not found.edits:
            self.trail.tries.append(_try_of(found))
        if self._again:
            self._ask()
        else:
            self._ask_more()
        self.changed.emit()

    def _lose(self, error: BaseException) -> None:
        """It cannot be read so: what was read before stays."""
        self._flying = self._again = False
        self.draft = self.found.edits if self.found is not None else ()
        self._inspection.failed.emit(error)
        self.changed.emit()

    def _ask_more(self) -> None:
        """Influence of both films, and whether the filling matters."""
        if self._moving or self.found is None or self.found.edits != self.draft:
            return
        if self.before is None:
            self._put("before", asking.influence_again, (), self.target)
        if self.after is None:
            self._put("after", asking.influence_again, self.draft, self.target)
        if (band := self.band) is not None and not self.fillings:
            others = tuple(edit for edit in self.draft if edit.path is not None)
            self._put("fillings", asking.fillings, *band, self.target, *others)

    # ------------------------------------------------------------------ the film
    def _on_opened(self, opened: Opened | None) -> None:
        self._forget()
        self.draft, self.target = (), None
        self.trail = Trail()
        if opened is not None and self.on:
            self._begin()
        self.changed.emit()

    def _begin(self) -> None:
        """Read the film that is opened as it is, and find its trail."""
        opened = self.opened
        if opened is None:
            return
        key = (opened.film.key, opened.model.path, opened.model.sha256)
        self.trail = _kept(self._trails, key)
        if self.trail.tries:
            self.draft = self.trail.tries[self.trail.at].edits
        self._ask()
        if self.greys is None:
            arguments = (opened.film.frame, opened.model.input)
            done = partial(self._take_greys, opened)
            self.lane.submit(
                Job(greys_of, arguments, done, self._inspection.failed.emit, ahead=True)
            )

    def _take_greys(self, opened: Opened, greys: Greys) -> None:
        if self.opened is opened:
            self.greys = greys
            self.changed.emit()


def _kept(trails: OrderedDict[_Film, Trail], key: _Film) -> Trail:
    """The trail of a film; those of the films that were looked at long ago go."""
    trail = trails.setdefault(key, Trail())
    trails.move_to_end(key)
    while len(trails) > KEPT:
        trails.popitem(last=False)
    return trail


def _try_of(found: "Reread") -> Try:
    probability = float(found.probabilities[found.target])
    before = float(found.probabilities_as_read[found.target])
    return Try(found.edits, probability, probability - before, found.rows, found.target)
