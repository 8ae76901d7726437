"""What the opened network keeps, writes and erases of the film, for the panes that show it."""

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from engine import inspection as asking
from viewer.session.inspection import Inspection, Opened

if TYPE_CHECKING:
    from engine.inspection import Carried, Forgetting, ReplacedRows

KEPT: Final = 8

_Measured = tuple["ReplacedRows | None", "Forgetting | None"]


class Recollection(QObject):
    """Asks for it whenever another film is opened; what takes longer only on request."""

    changed = Signal(object)  # Carried | None
    measured = Signal()  # replaced rows or gradients are there, or gone, or on their way

    def __init__(self, inspection: Inspection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.inspection = inspection
        self.carried: Carried | None = None
        self.replaced: ReplacedRows | None = None
        self.forgetting: Forgetting | None = None
        self.measuring = False
        self._known: OrderedDict[int, tuple[Opened, Carried]] = OrderedDict()
        self._measured: dict[int, _Measured] = {}
        inspection.opened_changed.connect(self._on_opened)

    @property
    def opened(self) -> Opened | None:
        """The film that it is of."""
        return self.inspection.opened

    def measure(self) -> None:
        """Replace the rows above every step and read again; then measure gradients."""
        if self.opened is None or self.measuring:
            return
        self.measuring = True
        ask = self.inspection.ask
        ask("replace", asking.replace_above, done=self._take_replaced, failed=self._lose)
        ask("forget", asking.forget, done=self._take_forgetting, failed=self._lose)
        self.measured.emit()

    def _on_opened(self, opened: Opened | None) -> None:
        self.carried, self.measuring = None, False
        key = id(opened.trace) if opened is not None else 0
        self.replaced, self.forgetting = self._measured.get(key, (None, None))
        known = self._known.get(key)
        if opened is not None and known is not None:
            self.carried = known[1]
        self.changed.emit(self.carried)
        self.measured.emit()
        if opened is not None and known is None:
            self.inspection.ask("remember", asking.remember, done=partial(self._take, opened))

    def _take(self, opened: Opened, carried: "Carried") -> None:
        self.carried = carried
        self._known[id(opened.trace)] = (opened, carried)  # the trace lives as long as its number
        while len(self._known) > KEPT:
            old, _ = self._known.popitem(last=False)
            self._measured.pop(old, None)
        self.changed.emit(carried)

    def _take_replaced(self, replaced: "ReplacedRows") -> None:
        self.replaced = replaced
        self._keep()

    def _take_forgetting(self, forgetting: "Forgetting") -> None:
        self.forgetting, self.measuring = forgetting, False
        self._keep()

    def _lose(self, error: BaseException) -> None:
        self.measuring = False
        self.measured.emit()
        self.inspection.failed.emit(error)

    def _keep(self) -> None:
        if self.opened is not None and id(self.opened.trace) in self._known:
            self._measured[id(self.opened.trace)] = (self.replaced, self.forgetting)
        self.measured.emit()
