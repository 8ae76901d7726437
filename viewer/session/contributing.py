"""What each unit brings to the answer, asked of the network once for a film."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine import inspection as asking
from engine.maps import unit_contributions
from viewer.session.choices import MapChoice

if TYPE_CHECKING:
    from engine.types import Floats
    from viewer.session.inspection import Inspection, Opened
    from viewer.session.pointer import Viewports


class Contributions(QObject):
    """Asks for the slopes of the answer where units are ordered by influence, and not before.

    Another layer or direction of the same film needs no network.

    Args:
        inspection: The film that is opened.
        panes: Whose active viewport's choice is followed.
        parent: Of the Qt object.
    """

    changed = Signal(object)  # (H,) of the layer and direction that are shown; None: not known

    def __init__(
        self, inspection: "Inspection", panes: "Viewports", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._inspection, self._panes = inspection, panes
        self._slopes: Floats | None = None  # (S, D, L, H)
        self._of: Opened | None = None  # whose slopes they are, or were asked for
        self._waits = False  # for them; what was asked of a film that went is never answered
        self._told: tuple[object, ...] = ()
        inspection.opened_changed.connect(self._on_opened)
        panes.map_changed.connect(lambda _map, choice: self._follow(choice))

    def _on_opened(self, _opened: object) -> None:
        self._waits = False
        self._follow(self._panes.active.choice)

    def _follow(self, choice: MapChoice) -> None:
        opened = self._inspection.opened
        if opened is not None and self._of is not None and opened.trace is not self._of.trace:
            self._of = self._slopes = None
        answer = self._panes.active.analysis
        prediction = answer.prediction if answer is not None else None
        asked = self._of is not None and (self._slopes is not None or self._waits)
        if (
            choice.order == "influence"
            and not asked
            and opened is not None
            and prediction is not None
        ):
            self._of, self._waits = opened, True
            self._inspection.ask("slopes", asking.state_slopes, prediction.target, done=self._take)
        self._tell(choice)

    def _take(self, slopes: "Floats | None") -> None:
        self._slopes, self._waits = slopes, False
        self._tell(self._panes.active.choice)

    def _tell(self, choice: MapChoice) -> None:
        """What is known of the layer and direction that are shown, where it is another thing."""
        layer, direction = choice.layer_shown, choice.direction
        opened = self._inspection.opened is not None
        now = (opened and self._slopes is not None, self._of, layer, direction)
        if now != self._told:
            self._told = now
            self.changed.emit(self._found(layer, direction))

    def _found(self, layer: int, direction: int) -> "Floats | None":
        answer = self._panes.active.analysis
        if self._slopes is None or self._of is None or self._inspection.opened is None:
            return None
        if answer is None or answer.statistics is None:
            return None
        mean = answer.statistics.state_mean[layer, direction]
        states = self._of.trace.h[layer, direction]
        return unit_contributions(self._slopes[layer, direction], states, mean)
