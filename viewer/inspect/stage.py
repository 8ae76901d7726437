"""The panes of the Inspect workspace: the dock beneath the films, and the pages at the right.

A pane is a widget that takes the session and wires itself: to add one, add a line here.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.inspect.closed import ClosedNote
from viewer.inspect.compare_page import ComparePage
from viewer.inspect.find_page import FindPage
from viewer.inspect.memory_page import MemoryPage
from viewer.inspect.row_page import RowPage, StepField
from viewer.inspect.rowline import RowLinePane
from viewer.inspect.similar import SimilarPane
from viewer.inspect.unit_page import UnitPage
from viewer.inspect.whatif_page import WhatIfPage
from viewer.kit import theme
from viewer.kit.language import marked
from viewer.kit.pages import Pages
from viewer.kit.taken import Taken
from viewer.kit.widgets import column_in, panel, row_in
from viewer.session.recollection import Recollection

if TYPE_CHECKING:
    from viewer.session.session import Session

DOCK: Final = (184, 208)  # pixels of a page of the dock, in a narrow window and in a wide one


class InspectPane(Protocol):
    """What every pane of Inspect can say of itself."""

    code: str  # as scripts and states call it

    def state(self) -> dict[str, Any]:
        """The numbers on its screen, as plain values."""

    def taken(self) -> Taken | None:
        """What it gives away; None while it shows nothing."""


class Dock(QWidget):
    """The row's line with the names of the pages at its right, and a page beneath it."""

    def __init__(self, line: RowLinePane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.pages = Pages()
        head = QWidget()
        self.head_row = row_in(head, theme.GAP, (0, 0, theme.MARGIN, 0))
        self.head_row.addWidget(line, 1)
        self.head_row.addWidget(self.pages.bar)
        column = column_in(self, 0)
        column.addWidget(head)
        column.addWidget(self.pages)
        self.fit(wide=False)

    def fit(self, *, wide: bool) -> None:
        """Give the page the height that the window affords."""
        self.pages.setFixedHeight(DOCK[wide] if self.pages.codes else 0)
        self.pages.bar.setVisible(len(self.pages.codes) > 1)

    def fold(self, *, folded: bool) -> None:
        """Keep only the row's line, or show the page again."""
        self.pages.setVisible(not folded)

    @property
    def folded(self) -> bool:
        """Whether only the row's line is there."""
        return self.pages.isHidden()


class InspectStage(QObject):
    """Makes the panes of Inspect, and knows all of them.

    Args:
        session: They show what it has opened.
        line: The line of the row, which stands over the dock's pages.
        reading: The reader's panel, the first of the pages at the right.
        listed: The worklist, the first of the pages at the left.
        parent: Of the Qt object.
    """

    def __init__(
        self,
        session: "Session",
        line: RowLinePane,
        *,
        reading: QWidget,
        listed: QWidget,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.dock, self.side, self.left = Dock(line), SidePages(reading), Pages()
        self.left.add("films", "", listed)
        self.panes: dict[str, InspectPane] = {}
        self._add_panes()
        self.closed = (
            ClosedNote(self.dock.pages, session, centred=True),
            ClosedNote(self.side.pages, session, {"reading"}, centred=False),
        )
        self.dock.fit(wide=False)
        self.dock.installEventFilter(self)

    def _add_panes(self) -> None:
        """Every pane of Inspect, in the order of the pages."""
        recollection = Recollection(self.session.inspection, self)
        self.steps = StepField(self.session)
        self.dock.head_row.insertWidget(1, self.steps)
        self.row = RowPage(self.session, recollection)
        self.memory = MemoryPage(self.session, recollection)
        self.add_to_dock(marked("Row"), self.row)
        similar = SimilarPane(self.session)
        self.row.add(similar, least=180, most=360)
        self.panes[similar.code] = similar
        self.add_to_dock(marked("Find"), FindPage(self.session))
        self.add_to_dock(marked("Compare"), ComparePage(self.session))
        self.add_to_dock(marked("Memory"), self.memory)
        self.add_to_side(marked("Unit"), UnitPage(self.session))
        self.add_to_side(marked("What if"), WhatIfPage(self.session))

    @property
    def widgets(self) -> dict[str, Any]:
        """All panes by code, as widgets that can say what `InspectPane` says."""
        return dict(self.panes)

    def __iter__(self) -> Iterator[InspectPane]:
        """All panes."""
        return iter(self.panes.values())

    def add_to_dock(self, words: str, pane: Any) -> None:  # noqa: ANN401 - a pane and a widget
        """One more page of the dock; `words` are marked."""
        self.panes[pane.code] = pane
        self.dock.pages.add(pane.code, words, pane)

    def add_to_side(self, words: str, pane: Any) -> None:  # noqa: ANN401 - a pane and a widget
        """One more page at the right; `words` are marked."""
        self.panes[pane.code] = pane
        self.side.pages.add(pane.code, words, pane)

    def show(self, *, shown: bool) -> None:
        """Inspect is the workspace that is shown, or not: Read has the reading alone."""
        self.side.offer(offered=shown)
        if not shown:
            self.session.tries.turn(on=False)
            self.side.pages.turn_to("reading")
            self.left.turn_to("films")
        self.session.inspection.show(shown=shown)
        for note in self.closed:
            note.say()

    def state(self) -> dict[str, Any]:
        """What every pane shows, as plain values."""
        inspection = self.session.inspection
        return {
            "opened": inspection.opened is not None,
            "dock": self.dock.pages.code,
            "folded": self.dock.folded,
            "side": self.side.pages.code,
        } | {pane.code: pane.state() for pane in self}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A page of the dock is as high as the window affords."""
        if watched is self.dock and event.type() == QEvent.Type.Resize:
            self.dock.fit(wide=self.dock.window().width() >= theme.WIDE)
        return super().eventFilter(watched, event)


class SidePages(QWidget):
    """The pages at the right, with their names over them where there are several."""

    def __init__(self, reading: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self)
        self.pages = Pages()
        self.pages.add("reading", marked("Reading"), reading)
        self._head = QWidget()
        across = row_in(self._head, 0, (theme.MARGIN, 8, theme.MARGIN, 8))
        across.addWidget(self.pages.bar)
        across.addStretch(1)
        column = column_in(self, 0)
        column.addWidget(self._head)
        column.addWidget(self.pages, 1)
        self.offer(offered=False)

    def offer(self, *, offered: bool) -> None:
        """Show the names of the pages, where there is more than one."""
        self._head.setVisible(offered and len(self.pages.codes) > 1)
