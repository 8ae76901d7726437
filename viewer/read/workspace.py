"""The two workspaces of the window, Read and Inspect, and how they share its room."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viewer.kit import theme
from viewer.kit.language import marked
from viewer.kit.widgets import row_in
from viewer.read.layouts import PaneGrid
from viewer.session.choices import Question

Named = Literal["read", "inspect"]


@dataclass(frozen=True, slots=True)
class Workspace:
    """What one workspace shows around the films.

    Attributes:
        name: As scripts call it.
        words: As the reader does, marked.
        strips: How many of the strips beside the film.
        questions: The maps that are offered over it.
        list_width, reading_width: In a wide window and in a narrow one.
    """

    name: Named
    words: str
    strips: int
    questions: tuple[Question, ...]
    list_width: tuple[int, int]
    reading_width: tuple[int, int]


READ: Final = Workspace("read", marked("Read"), 1, ("none", "influence"), (264, 224), (328, 264))
INSPECT: Final = Workspace(
    "inspect", marked("Inspect"), 3, ("none", "state", "influence"), (152, 136), (264, 232)
)
WORKSPACES: Final = {one.name: one for one in (READ, INSPECT)}

# ------------------------------------------------------------------------ films and strips
# Films and strips side by side: one film's shape decides its width, the strips get the rest.

FILM_LEAST = 380
INFLUENCE = (132, 220)  # least and most pixels of a strip
ANSWER = (104, 180)
STATES = (120, 560)
BENEATH = ((theme.AXIS + 36, theme.AXIS + 84), (40, 84), (52, 160))  # least and most heights
BENEATH_SHARE = 0.45  # of the height, of strips that lie beneath a film
SEAM = 4  # between two of them
STRIPS_LEAST = 0.33  # of the width, where a wide film would leave them less
BESIDE = (132, 152)  # of the one strip of Read, in a narrow and in a wide centre
PANE_LEAST = 240  # of several panes, beneath which the strip of Read goes
WIDE = 900
ENDS: Final = theme.HEAD + theme.FOOT  # what a strip has above and beneath its body


class Centre(QWidget):
    """Lays out the films and the strips; no pane knows another.

    The strips stand beside the active pane: bodies of equal height, so that one stored row lies
    at one height in all of them. Beneath a film that is turned by 90° they lie: bodies of equal
    width, so that one stored row lies above itself in all of them.
    """

    laid_out = Signal()

    def __init__(self, films: PaneGrid, strips: Sequence[QWidget]) -> None:
        super().__init__()
        self.setObjectName("central")
        self._films, self._strips = films, tuple(strips)
        self._shown = len(self._strips)
        self._aspect, self._asked, self._level = 1.0, False, True
        for pane in (films, *strips):
            pane.setParent(self)
        films.moved.connect(self._stand)

    def set_aspect(self, aspect: float) -> None:
        """Width over height of the film as it is displayed."""
        if aspect != self._aspect:
            self._aspect = aspect
            self.share()

    def lie(self, *, level: bool) -> None:
        """Whether rows of the active film run across; else the strips lie beneath it."""
        if level != self._level:
            self._level = level
            self.share()

    def show_strips(self, count: int) -> None:
        """Show so many of the strips."""
        self._shown = count
        self.share()

    def show_map(self, *, asked: bool) -> None:
        """Whether Influence lies over the film: beside several, its strip is shown only then."""
        if asked != self._asked:
            self._asked = asked
            self._films.show_map(asked=asked)
            self.share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self.share()

    def minimumSizeHint(self) -> QSize:
        """Small enough for a window of 1024 × 700."""
        return QSize(FILM_LEAST + INFLUENCE[0] + ANSWER[0] + STATES[0], 360)

    def share(self) -> None:
        """Give films and strips their widths."""
        width = self.width() - 2 * theme.GAP
        columns = self._films.shape[1]
        strips = self._beside(width, columns) if self._shown == 1 else self._three(width, columns)
        for place, strip in enumerate(self._strips):
            strip.setVisible(place < len(strips))
        if self._level or not strips:
            self._side_by_side(width, strips)
        else:
            self._one_above_the_other(width, len(strips))
        self.laid_out.emit()

    def _side_by_side(self, width: int, strips: tuple[int, ...]) -> None:
        film = width - sum(strips)
        self._films.setGeometry(theme.GAP, 0, film, self.height())
        left = theme.GAP + film
        for strip, wide in zip(self._strips, strips, strict=False):
            strip.setGeometry(left, 0, wide, self.height())
            left += wide
        self._stand()

    def _one_above_the_other(self, width: int, count: int) -> None:
        """The strips beneath the film, which leaves room for their names at its left."""
        least, most = (
            sum(bounds[place] for bounds in BENEATH[:count]) + (count - 1) * SEAM
            for place in (0, 1)
        )
        room = self.height() - ENDS
        strips = min(max(round(room * BENEATH_SHARE), least), most)
        self._films.setGeometry(
            theme.GAP + theme.SIDE, 0, width - theme.SIDE, self.height() - strips - SEAM
        )
        self._stand()

    def _stand(self) -> None:
        """Bodies of strips as long as that of the active pane."""
        if not self._films.panes:
            return
        if self._level:
            self._stand_beside()
        else:
            self._lie_beneath()

    def _lie_beneath(self) -> None:
        shown = [strip for strip in self._strips if not strip.isHidden()]
        if not shown:
            return
        area = self._films.rows_area().translated(self._films.pos())
        top = self._films.geometry().bottom() + 1 + SEAM
        room = self.height() - top - (len(shown) - 1) * SEAM
        bounds = BENEATH[: len(shown)]
        least = sum(low for low, _ in bounds)
        spread = max(sum(high - low for low, high in bounds), 1)
        for strip, (low, high) in zip(shown, bounds, strict=True):
            height = max(low + round((room - least) * (high - low) / spread), 1)
            strip.setGeometry(area.x() - theme.SIDE, top, theme.SIDE + area.width(), height)
            top += height + SEAM

    def _beside(self, width: int, columns: int) -> tuple[int, ...]:
        strip = BESIDE[width >= WIDE]
        alone = len(self._films.panes) == 1 or self._films.alone
        fits = self._asked and (width - strip) // columns >= PANE_LEAST
        return (strip,) if alone or fits else ()

    def _three(self, width: int, columns: int) -> tuple[int, ...]:
        height = self.height() - theme.HEAD - theme.FOOT
        narrowest = INFLUENCE[0] + ANSWER[0] + STATES[0]
        most = INFLUENCE[1] + ANSWER[1] + STATES[1]
        least = min(max(narrowest, round(width * STRIPS_LEAST)), most)
        wanted = round(height * self._aspect) + 10  # the ribbon stands beside the film
        if columns > 1:
            wanted, least = width, narrowest
        film = min(max(wanted, width - most, FILM_LEAST), width - least)
        rest = max(width - film, least)
        share = (rest - narrowest) / (most - narrowest)
        influence = round(INFLUENCE[0] + share * (INFLUENCE[1] - INFLUENCE[0]))
        answer = round(ANSWER[0] + share * (ANSWER[1] - ANSWER[0]))
        return (influence, answer, max(rest - influence - answer, STATES[0]))

    def _stand_beside(self) -> None:
        body = self._films.body_area()
        for strip in self._strips:
            strip.setGeometry(
                strip.x(), body.y() - theme.HEAD, strip.width(), body.height() + ENDS
            )


# --------------------------------------------------------------------------- whole window
class WorkspaceStage(QWidget):
    """The list, the films with what stands over and beneath them, and the reading panel.

    Args:
        listed: The worklist, at the left.
        above: What stands over the films.
        centre: Films and strips.
        reading: The panel at the right.
    """

    def __init__(self, listed: QWidget, above: QWidget, centre: Centre, reading: QWidget) -> None:
        super().__init__()
        self.setObjectName("central")
        self.workspace = READ
        self._list, self._centre, self._reading = listed, centre, reading
        self._beneath: list[tuple[QWidget, frozenset[Named]]] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(above)
        self._column.addWidget(centre, 1)
        row = row_in(self, 0)
        row.addWidget(listed)
        row.addLayout(self._column, 1)
        row.addWidget(reading)

    def add_beneath(self, widget: QWidget, *workspaces: Named) -> None:
        """Put something beneath the films, for some of the workspaces.

        What is empty may hide itself: it stands in a holder of its own.
        """
        holder = QWidget()
        row_in(holder, 0).addWidget(widget)
        self._beneath.append((holder, frozenset(workspaces)))
        self._column.addWidget(holder)
        holder.setVisible(self.workspace.name in workspaces)

    def show_workspace(self, workspace: Workspace) -> None:
        """Show another workspace around the same films."""
        self.workspace = workspace
        for holder, where in self._beneath:
            holder.setVisible(workspace.name in where)
        self._centre.show_strips(workspace.strips)
        self.fit(self.window().width())

    def fit(self, width: int) -> None:
        """Give the panels at the sides the width that the window affords."""
        narrow = width < theme.WIDE
        self._list.setFixedWidth(self.workspace.list_width[narrow])
        self._reading.setFixedWidth(self.workspace.reading_width[narrow])

    def films_area(self) -> QRect:
        """Where films and strips lie."""
        return self._centre.geometry()
