"""The hidden units that the reader has chosen: what is known of them, and the film without them.

Chosen units are those of the map. A film is read again without them as soon as they are chosen, in
the process of Inspect, which takes milliseconds; the reader switches them off to see that reading
in the place of the film's own. Nothing of it is an answer: results, list and log stay as they are,
and another film is read whole again unless the reader asks to keep them off.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine import index as indexes, inspection as asking
from engine.sequence import resampled
from engine.types import Floats
from viewer.kit.language import sentence_of, tr
from viewer.session.choices import MapChoice
from viewer.session.inspection import Opened

if TYPE_CHECKING:
    from engine.index import UnitSeen
    from engine.inspection import Ablation, Held, UnitFacts, UnitGroup
    from viewer.session.session import Session

FACTS, WITHOUT, SEEN = "unit-facts", "unit-without", "unit-seen"  # what the process is asked


@dataclass(frozen=True, slots=True, eq=False)
class UnitTrace:
    """What the units of a group did on the film that is open.

    Attributes:
        h: (L, U) their states.
        mean, std: (L, U) of the training films, laid along this film.
    """

    h: Floats
    mean: Floats
    std: Floats

    @property
    def deviation(self) -> Floats:
        """(L, U) in standard deviations of the same row."""
        return (self.h - self.mean) / self.std

    @property
    def peak(self) -> int:
        """Step at which they were farthest from their mean, as a group."""
        return int(np.abs(self.deviation.mean(axis=1)).argmax())


class Ablating(QObject):
    """Asks the network about the chosen units, and for the film without them.

    Args:
        session: Its inspection opens films, its map says which units are chosen.
    """

    changed = Signal()  # the units, what is known of them, or whether they are off
    switched = Signal(bool)  # whether they are off

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self.group: UnitGroup | None = None
        self.current: int | None = None  # the one whose own numbers are shown
        self.facts: UnitFacts | None = None
        self.ablation: Ablation | None = None
        self.seen: UnitSeen | None = None  # of the current one, over the films of an index
        self._seen_of: tuple[object, ...] = ()
        self.sentence = ""  # why there is no film without them
        self.off, self.keeps = False, False
        self.held: Held = "zero"
        self._known: dict[tuple[str, UnitGroup], UnitFacts] = {}
        self._content = ""
        session.inspection.opened_changed.connect(self._on_opened)
        session.panes.map_changed.connect(lambda _map, choice: self._choose(choice))
        session.searching.index_changed.connect(self._ask_seen)

    # ------------------------------------------------------------------ what is known
    @property
    def opened(self) -> Opened | None:
        """The film."""
        return self._session.inspection.opened

    @property
    def trace(self) -> UnitTrace | None:
        """What the group did on the film; None until that is known."""
        opened, facts = self.opened, self.facts
        if opened is None or facts is None:
            return None
        group = facts.weights.group
        h = opened.trace.h[group.layer, group.direction][:, list(group.units)]  # (L, U)
        steps = len(h)
        mean, std = (resampled(one, steps, axis=0) for one in (facts.mean, facts.std))
        return UnitTrace(h, mean, std)

    @property
    def target(self) -> int:
        """The class whose answer is followed: that of the reading."""
        analysis = self._session.analysis
        prediction = analysis.prediction if analysis is not None else None
        if prediction is not None:
            return prediction.target
        if self.ablation is not None:
            return int(self.ablation.read.probabilities.argmax())
        return 0

    @property
    def shown(self) -> "Ablation | None":
        """The film without the units, where the reader has switched them off; else None."""
        return self.ablation if self.off and self.opened is not None else None

    @property
    def words(self) -> str:
        """What is off, for a badge over the film; empty while nothing is."""
        group = self.group
        if not self.off or group is None or self.opened is None:
            return ""
        count, unit = len(group.units), group.units[0]
        if self.held == "mean":
            one = tr("unit {unit} held at its mean", unit=unit)
            return one if count == 1 else tr("{count} units held at their means", count=count)
        one = tr("unit {unit} switched off", unit=unit)
        return one if count == 1 else tr("{count} units switched off", count=count)

    @property
    def step(self) -> int | None:
        """Under the cursor."""
        cursor = self._session.cursor
        return cursor.step if cursor is not None else None

    # ------------------------------------------------------------------ what the reader asks
    def switch(self, *, off: bool) -> None:
        """Show the film without the chosen units, or as it was read."""
        off = off and self.group is not None
        if off != self.off:
            self.off = off
            self.switched.emit(off)
            self.changed.emit()

    def hold(self, held: "Held") -> None:
        """Say what the network reads instead of the units."""
        if held != self.held:
            self.held = held
            self._ask_without()
            self.changed.emit()

    def keep(self, *, keeps: bool) -> None:
        """Whether the units stay off on the next film."""
        if keeps != self.keeps:
            self.keeps = keeps
            self.changed.emit()

    def look_at(self, unit: int) -> None:
        """Show the numbers of one of the chosen units."""
        if self.group is not None and unit in self.group.units and unit != self.current:
            self.current = unit
            self._ask_seen()
            self.changed.emit()

    # ------------------------------------------------------------------ what is chosen
    def _on_opened(self, opened: Opened | None) -> None:
        """Another film, or none: it is read whole, unless the reader keeps the units off."""
        content = "" if opened is None else f"{opened.film.key} {opened.model.sha256}"
        if content != self._content and not self.keeps:
            self._put_back()
        self._content = content
        self._choose(self._session.choice, anew=True)

    def _choose(self, choice: MapChoice, *, anew: bool = False) -> None:
        group = self._group(choice)
        if group == self.group and not anew:
            return
        if group is not None and group != self.group:
            before = self.group.units if self.group is not None else ()
            new = [unit for unit in choice.units if unit in group.units and unit not in before]
            if new or self.current not in group.units:
                self.current = new[-1] if new else group.units[-1]
        self.group, self.ablation, self.sentence = group, None, ""
        if group is None and self.opened is not None:
            self._put_back()
        self._ask_facts()
        self._ask_without()
        self._ask_seen()
        self.changed.emit()

    def _put_back(self) -> None:
        if self.off:
            self.off = False
            self.switched.emit(False)  # noqa: FBT003 - a signal

    def _group(self, choice: MapChoice) -> "UnitGroup | None":
        """The chosen units that the model has; a choice may outlive a model."""
        opened = self.opened
        if opened is None:
            return None
        model = opened.model
        units = tuple(sorted({one for one in choice.units if 0 <= one < model.hidden_size}))
        if not units:
            return None
        layer = choice.layer % model.layers
        return asking.UnitGroup(units, layer, min(choice.direction, model.directions - 1))

    def _ask_facts(self) -> None:
        opened, group = self.opened, self.group
        self.facts = None
        if opened is None or group is None:
            self._session.inspection.drop(FACTS)
            return
        key = (opened.model.sha256, group)
        if key in self._known:
            self.facts = self._known[key]
            return

        def done(facts: "UnitFacts") -> None:
            self._known[key] = self.facts = facts
            self.changed.emit()

        ask = self._session.inspection.ask_model
        ask(FACTS, asking.unit_facts, opened.model, group, done=done)

    def _ask_without(self) -> None:
        if self.group is None:
            self._session.inspection.drop(WITHOUT)
            return
        self._session.inspection.ask(
            WITHOUT, asking.switch_off, self.group, self.held, done=self._take, failed=self._fail
        )

    def _ask_seen(self) -> None:
        """What the current unit did over the films of the index, if there is one."""
        index, opened, group = self._session.searching.index, self.opened, self.group
        fits = index is not None and opened is not None and index.sha256 == opened.model.sha256
        if index is None or group is None or self.current is None or not fits:
            self._forget_seen()
            return
        asked = (index.folder, group.layer, group.direction, self.current)
        if asked == self._seen_of and self.seen is not None:
            return
        self._forget_seen()
        self._seen_of = asked
        self._session.inspection.run(SEEN, indexes.unit_seen, *asked, done=self._take_seen)

    def _forget_seen(self) -> None:
        self._session.inspection.drop(SEEN)
        self._seen_of = ()
        if self.seen is not None:
            self.seen = None
            self.changed.emit()

    def _take_seen(self, seen: "UnitSeen") -> None:
        self.seen = seen
        self.changed.emit()

    def _take(self, found: "Ablation") -> None:
        self.ablation, self.sentence = found, ""
        self.changed.emit()

    def _fail(self, error: BaseException) -> None:
        self.ablation, self.sentence = None, sentence_of(error)
        self.changed.emit()
