"""What the compared model makes of the film that was changed in What if."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from engine.inspection import UNTRAINED, Edit, reread_other
from viewer.session.comparisons import Comparisons
from viewer.session.tries import Tries

if TYPE_CHECKING:
    from engine.inspection import Reread
    from viewer.session.inspection import Inspection

Asked = tuple[tuple[Edit, ...], int]  # what was changed, and the class

TOPIC: Final = "compare.tried"
REST: Final = 150  # ms without a change, so that the other model never holds up the first one


class ComparedTries(QObject):
    """Lets the other model read the changed film, too, once the hand rests.

    Args:
        comparisons: Whom the model is compared with.
        tries: What is changed.
        inspection: Its process reads.
        parent: Of the Qt object.
    """

    changed = Signal()

    def __init__(
        self,
        comparisons: Comparisons,
        tries: Tries,
        inspection: "Inspection",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._comparisons, self._tries, self._inspection = comparisons, tries, inspection
        self.found: Reread | None = None
        self._about: object = None  # change, class and opponent that it is about
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.ask)
        comparisons.changed.connect(self._follow)
        tries.changed.connect(self._follow)
        tries.turned.connect(lambda _on: self._follow())

    @property
    def wanted(self) -> bool:
        """Whether there is a changed film, and another model of the same classes to read it."""
        found = self._comparisons.found
        other = found is not None and found.kind != "films" and found.answer is not None
        return other and self._tries.on and bool(self._tries.draft)

    def ask(self) -> None:
        """Let the other model read the film as it is changed now."""
        other, key = self._comparisons.opponent, self._key
        if other is None or key is None:
            return
        draft, target = key
        given = (other.path or UNTRAINED, self._comparisons.its, draft, target)
        self._inspection.ask(TOPIC, reread_other, *given, done=partial(self._take, key))

    @property
    def _key(self) -> Asked | None:
        """What is to be read; None where nothing is."""
        found = self._tries.found
        return (self._tries.draft, found.target) if self.wanted and found is not None else None

    def _follow(self) -> None:
        """What was told of another change, or by another model, is not true any more."""
        key = self._key
        about = None if key is None else (key, self._comparisons.opponent)
        if about == self._about:
            return
        self._about = about
        self._inspection.drop(TOPIC)
        self._rest.stop()
        if self.found is not None:
            self.found = None
            self.changed.emit()
        if key is not None:
            self._rest.start()

    def _take(self, key: Asked, found: "Reread") -> None:
        if key == self._key:
            self.found = found
            self.changed.emit()
