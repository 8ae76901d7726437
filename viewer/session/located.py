"""What the model has found on the films: regions, the cut that makes them, which one is chosen.

Regions belong to the answer of a viewport and go with it: an answer that waits for the reader's
own call has none here. Words for them are here, too, so that film, table and scripts say the same.
"""

import math
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.kit.language import marked, named, tr
from viewer.kit.measures import UNKNOWN, size_text
from viewer.kit.words import probability_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.types import Analysis, ModelInfo, Region, Spacing, TaskAnswer
    from viewer.session.pointer import Pointer, Viewports

KEPT: Final = 16  # lists of regions of other cuts
FILLED: Final = 0.25  # how strongly outlines are filled where nobody said how
LEAST, MOST = 0.01, 0.99  # of a cut
TRUE: Final = frozenset({"calibrated", "in patient"})  # kinds of spacing
_SAME: Final = 5e-4  # how far a cut may be from the shipped one and be it
BOX, POINTER, OUTLINE = marked("box"), marked("points at"), marked("outline")
NO_OUTLINE: Final = marked("not an outline")


@dataclass(frozen=True, slots=True)
class FoundLook:
    """What of the regions is drawn over films, in every pane.

    Attributes:
        fill: 0…1, how strongly outlines are filled.
    """

    boxes: bool = True
    outlines: bool = True
    fill: float = 0.0

    @property
    def shown(self) -> bool:
        """Whether anything is drawn."""
        return self.boxes or self.outlines

    def toggled(self) -> "FoundLook":
        """Nothing, or both again."""
        return replace(self, boxes=not self.shown, outlines=not self.shown)


@dataclass(frozen=True, slots=True)
class CutPlace:
    """The least probability of a pixel that counts as within.

    Attributes:
        value: That holds.
        shipped: That the model came with.
    """

    value: float
    shipped: float

    @property
    def own(self) -> bool:
        """Whether it is the reader's and not the model's."""
        return abs(self.value - self.shipped) >= _SAME


@dataclass(frozen=True, slots=True, eq=False)
class FoundRegion:
    """One region on a film, as everybody calls it.

    Attributes:
        number: From 1, the most probable first.
        alone: Whether it is the only outline of its class, which needs no number.
        spacing: Of the film; None where it has none that is true for the patient.
    """

    number: int
    region: "Region"
    alone: bool = False
    spacing: "Spacing | None" = None

    @property
    def outlined(self) -> bool:
        """Whether it has an outline, and not a box alone."""
        return bool(self.region.outlines) and not self.region.weak

    def visible(self, look: FoundLook) -> bool:
        """Whether it is drawn."""
        return look.outlines if self.outlined else look.boxes

    @property
    def label(self) -> str:
        """What stands at it on the film, for example "1 · opacity 0.91"."""
        name = tr(POINTER) if self.region.weak else named(self.region.label)
        words = f"{name} {self.probability}" if self.known else name
        return words if self.outlined and self.alone else f"{self.number} · {words}"

    @property
    def object(self) -> str:
        """Its name in a list, for example "Box 1 · lung opacity"."""
        name = named(self.region.label)
        if not self.outlined:
            return tr("Box {number} · {name}", number=self.number, name=name)
        title = name[:1].upper() + name[1:]
        return title if self.alone else tr("{name} {number}", name=title, number=self.number)

    @property
    def known(self) -> bool:
        """Whether there is a probability that it is there."""
        return math.isfinite(self.region.probability)

    @property
    def probability(self) -> str:
        """That it is there."""
        return probability_text(self.region.probability) if self.known else UNKNOWN

    @property
    def area(self) -> str:
        """In mm² where the spacing is true, else in stored pixels; a box has none."""
        region = self.region
        if region.weak or region.area_px is None:
            return UNKNOWN
        if region.area_mm2 is not None:
            return f"{area_number(region.area_mm2)} mm²"
        return f"{region.area_px:,.0f} px"

    @property
    def size(self) -> str:
        """Width × height of its box, in mm where the spacing is true; of a weak one nothing."""
        if self.region.weak:
            return UNKNOWN
        left, top, right, bottom = self.region.box
        if self.spacing is None:
            return f"{right - left:.0f} × {bottom - top:.0f} px"
        wide = (right - left) * self.spacing.column_mm
        high = (bottom - top) * self.spacing.row_mm
        return f"{_millimetres(wide, high)} mm"

    @property
    def facts(self) -> tuple[str, ...]:
        """What stands at it beside its label."""
        if self.region.weak:
            return (tr(NO_OUTLINE),)
        extent = () if self.outlined else (self.size,)  # what is around an outline is no size
        return tuple(words for words in (*extent, self.area) if words != UNKNOWN)

    @property
    def middle(self) -> tuple[float, float]:
        """Stored column and row of the middle of its box."""
        left, top, right, bottom = self.region.box
        return (left + right) / 2, (top + bottom) / 2


def area_number(area: float) -> str:
    """An area with a comma in thousands, and a decimal where it is small."""
    return f"{area:,.0f}" if area >= 100 else size_text(area)


def _millimetres(wide: float, high: float) -> str:
    digits = 0 if min(wide, high) >= 10 else 1
    return f"{wide:.{digits}f} × {high:.{digits}f}"


ModelKey = tuple[Path, str]  # folder and weights


def made_again(
    answer: "TaskAnswer", cut: float, spacing: "Spacing | None"
) -> "tuple[Region, ...]":
    """The regions of another cut, from the maps of an answer; numpy and scipy alone."""
    found: tuple[Region, ...] = import_module("engine.tasks").regions_of(answer, cut, spacing)
    return found


class Located(QObject):
    """The regions of every viewport, and what the reader does with them.

    The cut is kept for each model as long as the program runs, as a threshold is.

    Args:
        panes: Their answers have the regions.
        parent: Of the Qt object.
        again: Makes regions of another cut.
    """

    changed = Signal()  # other regions, another cut, or other things of them are drawn
    chosen_changed = Signal(int)  # number of the region that list and film mark; 0: none
    centred = Signal(int)  # the same, to be brought into sight

    def __init__(
        self,
        panes: "Viewports",
        parent: QObject | None = None,
        again: "Callable[..., tuple[Region, ...]]" = made_again,
    ) -> None:
        super().__init__(parent)
        self._panes, self._again = panes, again
        self.look, self.chosen = FoundLook(), 0
        self._own: dict[ModelKey, float] = {}
        self._made: OrderedDict[tuple[int, float], tuple[TaskAnswer, tuple[Region, ...]]] = (
            OrderedDict()
        )
        self._heard: set[Pointer] = set()
        panes.arranged.connect(self._on_arranged)
        self._on_arranged()

    # ------------------------------------------------------------------ what is there
    def of(self, pointer: "Pointer") -> tuple[FoundRegion, ...]:
        """The regions on the film of a viewport, as they are numbered; none without an answer."""
        analysis = pointer.analysis
        answer = analysis.task_answer if analysis is not None else None
        if analysis is None or answer is None or analysis.abstained is not None:
            return ()
        spacing = _true(analysis)
        regions = self._regions(analysis, answer)
        outlined = [one.label for one in regions if one.outlines and not one.weak]
        return tuple(
            FoundRegion(number, one, outlined.count(one.label) == 1, spacing)
            for number, one in enumerate(regions, 1)
        )

    @property
    def shown(self) -> tuple[FoundRegion, ...]:
        """Those on the film of the active viewport."""
        return self.of(self._panes.active)

    def cut_of(self, pointer: "Pointer") -> CutPlace | None:
        """The cut of the regions of a viewport; None where there is none to move."""
        analysis = pointer.analysis
        answer = analysis.task_answer if analysis is not None else None
        if analysis is None or answer is None or answer.cut is None or answer.rule is None:
            return None
        return CutPlace(self._own.get(_key(analysis.model), answer.cut), answer.cut)

    @property
    def cut(self) -> CutPlace | None:
        """That of the active viewport."""
        return self.cut_of(self._panes.active)

    def _regions(self, analysis: "Analysis", answer: "TaskAnswer") -> "tuple[Region, ...]":
        cut = self._own.get(_key(analysis.model))
        if cut is None or answer.maps is None:
            return answer.regions
        place = (id(answer), cut)
        if place not in self._made:
            spacing = analysis.header.spacing if analysis.header is not None else None
            self._made[place] = answer, self._again(answer, cut, spacing)
            if len(self._made) > KEPT:
                self._made.popitem(last=False)
        return self._made[place][1]

    # ------------------------------------------------------------------ by the reader
    def show(self, look: FoundLook) -> None:
        """Draw other things of the regions."""
        if look != self.look:
            self.look = look
            self.changed.emit()

    def toggle(self) -> None:
        """Draw no regions, or all of them again."""
        self.show(self.look.toggled())

    def toggle_fill(self) -> None:
        """Fill outlines, or leave the film bare within them."""
        self.show(replace(self.look, fill=0.0 if self.look.fill else FILLED))

    def move_cut(self, value: float | None) -> None:
        """Put the cut elsewhere: regions and areas follow; None is as shipped."""
        analysis, now = self._panes.active.analysis, self.cut
        if analysis is None or now is None:
            return
        key = _key(analysis.model)
        wanted = now.shipped if value is None else min(max(value, LEAST), MOST)
        if abs(wanted - now.shipped) < _SAME:
            self._own.pop(key, None)
        else:
            self._own[key] = wanted
        self._choose_known()
        self.changed.emit()

    def choose(self, number: int, *, centre: bool = False) -> None:
        """Mark a region on film and list; 0 marks none.

        Args:
            number: Of the active viewport's regions, from 1.
            centre: Whether it is to be brought into sight.
        """
        if not 0 <= number <= len(self.shown):
            number = 0
        if number != self.chosen:
            self.chosen = number
            self.chosen_changed.emit(number)
        if centre and number:
            self.centred.emit(number)

    def is_active(self, pointer: "Pointer") -> bool:
        """Whether keys and commands go to this viewport."""
        return pointer is self._panes.active

    def chosen_in(self, pointer: "Pointer") -> int:
        """Number of the region that is chosen on the film of a viewport; 0: none."""
        return self.chosen if self.is_active(pointer) else 0

    def choose_in(self, pointer: "Pointer", number: int) -> None:
        """The reader has pressed on a region of a viewport, or beside all of them."""
        if self.is_active(pointer):
            self.choose(number)

    def step(self, by: int) -> None:
        """Mark the next region or the one before it, then the first or last again."""
        count = len(self.shown)
        if count:
            start = self.chosen - 1 if self.chosen else (-1 if by > 0 else 0)
            self.choose((start + by) % count + 1, centre=True)

    # ------------------------------------------------------------------ viewports
    def _on_arranged(self) -> None:
        for pointer in self._panes.all:
            if pointer not in self._heard:
                pointer.answer_shown.connect(partial(self._on_answer, pointer))
        self._heard = set(self._panes.all)
        self.choose(0)
        self.changed.emit()

    def _on_answer(self, pointer: "Pointer", _analysis: object) -> None:
        if pointer is self._panes.active:
            self.choose(0)
        self.changed.emit()

    def _choose_known(self) -> None:
        if self.chosen > len(self.shown):
            self.choose(0)


def _true(analysis: "Analysis") -> "Spacing | None":
    """The spacing of a film where it is that of the patient, and not of the detector."""
    spacing = analysis.header.spacing if analysis.header is not None else None
    return spacing if spacing is not None and spacing.kind in TRUE else None


def _key(model: "ModelInfo") -> ModelKey:
    return model.path, model.sha256
