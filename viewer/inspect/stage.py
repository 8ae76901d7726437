"""Where the panes of the Inspect workspace stand: the dock beneath the films, pages at both sides.

They are made when Inspect is shown or asked for the first time, by
`viewer.commanding.inspect_panes`: nobody waits for them before the first picture.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.inspect.closed import ClosedNote
from viewer.inspect.rowline import RowLinePane
from viewer.kit import theme
from viewer.kit.language import marked
from viewer.kit.pages import Pages
from viewer.kit.taken import Taken
from viewer.kit.widgets import column_in, panel, row_in

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

    def __init__(self, line: RowLinePane, pages: Pages) -> None:
        super().__init__()
        panel(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.pages = pages
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
        self.pages.setFixedHeight(DOCK[wide] if self.pages.count() else 0)
        self.pages.bar.setVisible(self.pages.count() > 1)

    def fold(self, *, folded: bool) -> None:
        """Keep only the row's line, or show the page again."""
        self.pages.setVisible(not folded)

    @property
    def folded(self) -> bool:
        """Whether only the row's line is there."""
        return self.pages.isHidden()


class InspectStage(QObject):
    """Has room for the panes of Inspect, and knows all of them.

    Args:
        session: They show what it has opened.
        make: Makes the panes, and adds them; called once, when somebody wants one.
        line: The line of the row, which stands over the dock's pages.
        reading: The reader's panel, the first of the pages at the right.
        listed: The worklist, the first of the pages at the left.
        parent: Of the Qt object.
    """

    def __init__(
        self,
        session: "Session",
        make: Callable[[], None],
        *,
        line: RowLinePane,
        reading: QWidget,
        listed: QWidget,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session, self._make = session, make
        self._panes: dict[str, InspectPane] = {}
        self._made = False
        self._closed: tuple[ClosedNote, ...] = ()
        self._steps: QWidget | None = None
        self.dock = Dock(line, Pages(self.prepare))
        self.side, self.left = SidePages(reading, Pages(self.prepare)), Pages(self.prepare)
        self.left.bar.setParent(self.left)  # it chooses nothing and stands nowhere
        self.left.bar.hide()
        self.left.add("films", "", listed)
        self.dock.fit(wide=False)
        self.dock.installEventFilter(self)

    def prepare(self) -> None:
        """Make the panes, unless they are there."""
        if not self._made:
            self._made = True
            self._make()
            self._closed = (
                ClosedNote(self.dock.pages, self.session, centred=True),
                ClosedNote(self.side.pages, self.session, {"reading"}, centred=False),
            )
            self.dock.fit(wide=self.dock.window().width() >= theme.WIDE)

    @property
    def panes(self) -> dict[str, InspectPane]:
        """All of them by code."""
        self.prepare()
        return self._panes

    @property
    def widgets(self) -> dict[str, Any]:
        """All panes by code, as widgets that can say what `InspectPane` says."""
        return dict(self.panes)

    def __iter__(self) -> Iterator[InspectPane]:
        """All panes."""
        return iter(self.panes.values())

    def add(self, pane: InspectPane) -> None:
        """One more pane, which has a place already."""
        self.panes[pane.code] = pane

    def add_steps(self, field: Any) -> None:  # noqa: ANN401 - made late, as its neighbours are
        """The number of the step, in the row's line."""
        self.dock.head_row.insertWidget(1, field)
        self._steps = field

    @property
    def steps(self) -> Any:  # noqa: ANN401
        """The number of the step, to be typed."""
        self.prepare()
        return self._steps

    def add_to_dock(self, words: str, pane: Any) -> None:  # noqa: ANN401 - a pane and a widget
        """One more page of the dock; `words` are marked."""
        self.add(pane)
        self.dock.pages.add(pane.code, words, pane)

    def add_to_side(self, words: str, pane: Any) -> None:  # noqa: ANN401 - a pane and a widget
        """One more page at the right; `words` are marked."""
        self.add(pane)
        self.side.pages.add(pane.code, words, pane)

    def show(self, *, shown: bool) -> None:
        """Inspect is the workspace that is shown, or not: Read has the reading alone."""
        if shown:
            self.prepare()
        self.side.offer(offered=shown)
        if not shown:
            self.session.tries.turn(on=False)
            self.side.pages.turn_to("reading")
            self.left.turn_to("films")
        self.session.inspection.show(shown=shown)
        for note in self._closed:  # a film that is not opened tells of no change
            note.say()
        for note in self._closed:
            note.say()

    def state(self) -> dict[str, Any]:
        """What every pane shows, as plain values."""
        inspection = self.session.inspection
        return {
            "opened": inspection.opened is not None,
            "dock": self.dock.pages.code,
            "folded": self.dock.folded,
            "side": self.side.pages.code,
        } | {code: pane.state() for code, pane in self._panes.items()}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A page of the dock is as high as the window affords."""
        if watched is self.dock and event.type() == QEvent.Type.Resize:
            self.dock.fit(wide=self.dock.window().width() >= theme.WIDE)
        return super().eventFilter(watched, event)


class SidePages(QWidget):
    """The pages at the right, with their names over them where there are several."""

    def __init__(self, reading: QWidget, pages: Pages) -> None:
        super().__init__()
        panel(self)
        self.pages = pages
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
        self._head.setVisible(offered and self.pages.count() > 1)
