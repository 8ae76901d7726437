"""What the reader points at in one viewport: the map over its film, and the row.

No network, no thread: everything here is as quick as a slider moves.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from viewer.session import readings
from viewer.session.choices import MapChoice, RowCursor
from viewer.session.models import MapTests
from viewer.session.viewport import Viewport

if TYPE_CHECKING:
    from engine.maps import UnitMap
    from engine.types import Analysis, GridInfluence, Heatmap, ModelInfo, RowTrace
    from viewer.session.loading import Film


class TracedFilm(Protocol):
    """A film with what its reading left behind."""

    @property
    def film(self) -> "Film":
        """As it is shown."""

    @property
    def trace(self) -> "RowTrace":
        """Of the model that reads now."""


class RowPointer(QObject):
    """The map and the row of a viewport, by the answer to its film."""

    map_changed = Signal(object, object)  # Heatmap | None, MapChoice
    matrix_changed = Signal(object)  # Matrix | None
    cursor_moved = Signal(object)  # RowCursor | None
    row_described = Signal(str, object)  # title, Pairs
    units_described = Signal(object)  # Pairs
    answer_shown = Signal(object)  # Analysis | None
    offers_changed = Signal(object)  # what of the network can be shown, h first

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.viewport = Viewport()
        self.model: ModelInfo | None = None
        self.film: Film | None = None
        self.analysis: Analysis | None = None
        self.trace: RowTrace | None = None  # of the film and the model, once they were opened
        self.grid: GridInfluence | None = None  # of film, model and finding, once it was measured
        self.cursor: RowCursor | None = None
        self.by_row = False  # whether the model's answer by row has passed its tests
        self.quiet = False  # whether the row is shown only where it was asked for, see `row_shown`
        self._asked = False  # whether the reader has moved the row of this film
        self._began: Viewport | None = None  # before the gesture that is under way
        self._shown: Heatmap | None = None  # of analysis and choice, made when one of them changes
        self._units: UnitMap | None = None
        self.offers: tuple[str, ...] = ("h",)
        self._told = False  # whether the panes know that there is nothing

    @property
    def choice(self) -> MapChoice:
        """The map."""
        return self.viewport.choice

    def choose_map(self, choice: MapChoice) -> None:
        """Show another map; needs no network, only the states that are there."""
        self._keep(choice)
        self._emit_maps()
        self._emit_row()

    def move_to_row(self, row: float) -> None:
        """Put the row cursor on a stored row, as the reader wants it."""
        self._asked = self._asked or self.film is not None
        self._put_row(row)

    @property
    def row_shown(self) -> bool:
        """Whether the row cursor is seen: it says where a map is read, or the reader moved it."""
        return not self.quiet or self._asked or self.choice.question != "none"

    def keep_quiet(self, *, quiet: bool) -> None:
        """Show the row only with a map or once it was moved; or always."""
        if quiet != self.quiet:
            self.quiet = quiet
            self._emit_row()

    def _put_row(self, row: float) -> None:
        if self.film is None:
            return
        first, end = readings.rows_read(self.analysis) or (0.0, self.film.frame.image.rows)
        row = min(max(row, first), end - 1e-3)
        self._point(readings.cursor(self.analysis, row, by_row=self.by_row))
        self._emit_row()

    def take_tests(self, tests: MapTests) -> None:
        """Say the answer after a row only of a model whose curve has passed its tests."""
        passed = tests.by_row.state == "passed"
        if passed == self.by_row:
            return
        self.by_row = passed
        if self.cursor is not None:
            self.cursor = readings.cursor(self.analysis, self.cursor.row, by_row=passed)
            self._emit_row()

    def tell_again(self) -> None:
        """Maps and row in the words of this moment."""
        if self.analysis is not None:
            self.answer_shown.emit(self.analysis)
        self._emit_maps()
        if self.cursor is not None:
            self.cursor = readings.cursor(self.analysis, self.cursor.row, by_row=self.by_row)
        self._emit_row()

    def step_row(self, by: int) -> None:
        """Move the row cursor by model rows."""
        if self.cursor is None or self.cursor.step is None or self.analysis is None:
            return
        self.move_to_row(readings.row_of_step(self.analysis, self.cursor.step + by))

    def take_model(self, model: "ModelInfo | None") -> None:
        """Another model reads from now on."""
        if model is not None and self.model is not None:
            # Its layers and units were chosen, not those of this one.
            self._keep(replace(self.choice, layer=-1, direction=0, units=(), shown="h"))
        self.model = model
        self._keep(self.choice)

    def take_trace(self, trace: "RowTrace | None") -> None:
        """Gates, cell states and memory of the film on screen are known; None: not any more."""
        if trace is not self.trace:
            self.trace = trace
            self._emit_maps()
            self._emit_row()

    def take_grid(self, grid: "GridInfluence | None") -> None:
        """Influence over rows and columns is known, or not any more."""
        if grid is not self.grid:
            self.grid = grid
            self._emit_maps()

    def show_answer(self) -> None:
        """Show maps of the answer, and the row that moved it most unless the reader has one."""
        if self.analysis is None:
            return
        self.answer_shown.emit(self.analysis)
        self._emit_maps()
        row = self.cursor.row if self.cursor else readings.strongest_row(self.analysis)
        if row is not None and self.analysis.prediction is not None:
            self._put_row(row)
            if self._began is not None:  # not by the reader's hand
                self._began = replace(self._began, row=self.viewport.row)

    def blank(self, *, keep_cursor: bool = False) -> None:
        """A result is bound to its film and model: another one blanks it."""
        here = self.cursor if keep_cursor else None
        self._asked = self._asked and keep_cursor
        bare = (
            self.analysis is None
            and self.trace is None
            and self._shown is None
            and self._units is None
        )
        if bare and self._told and self.cursor is here and (here is None or here.step is None):
            return  # a stack is leafed through: nothing is there that could be taken away
        self.analysis = self.trace = self.grid = None
        self.answer_shown.emit(None)
        self._point(readings.cursor(None, here.row) if here else None)  # without the old answer
        self._emit_maps()
        self._emit_row()

    def _keep(self, choice: MapChoice) -> None:
        self.viewport = replace(self.viewport, choice=readings.fitting(choice, self.model))

    def _point(self, cursor: RowCursor | None) -> None:
        self.cursor = cursor
        self.viewport = replace(self.viewport, row=cursor.row if cursor else None)

    def _emit_maps(self) -> None:
        offers = readings.offered(self.analysis, self.trace)
        if offers != self.offers:
            self.offers = offers
            self.offers_changed.emit(offers)
        self._units = readings.matrix(self.analysis, self.choice, self.trace)
        self._shown = readings.heatmap(self.analysis, self.choice, self.trace, self.grid)
        self.matrix_changed.emit(self._units)
        self.map_changed.emit(self._shown, self.choice)

    def _emit_row(self) -> None:
        self._told = True
        self.cursor_moved.emit(self.cursor if self.row_shown else None)
        title, pairs, units = readings.row_words(
            self.analysis,
            self.choice,
            here=self.cursor,
            shown=self._shown,
            units=self._units,
            by_row=self.by_row,
        )
        self.row_described.emit(title, pairs)
        self.units_described.emit(units)
