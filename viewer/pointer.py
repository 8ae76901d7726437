"""What the reader points at in an analysis: a map and a row; no network, no thread."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer import readings
from viewer.choices import MapChoice, RowCursor
from viewer.map_tests import MapTests

if TYPE_CHECKING:
    from engine import Analysis, Heatmap, ModelInfo
    from viewer.loading import Film


class Pointer(QObject):
    """Turns choices into maps, rows and words, as quickly as a slider moves."""

    map_changed = Signal(object, object)  # Heatmap | None, MapChoice
    matrix_changed = Signal(object)  # Matrix | None
    cursor_moved = Signal(object)  # RowCursor | None
    row_described = Signal(str, object)  # title, Pairs
    units_described = Signal(object)  # Pairs

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model: ModelInfo | None = None
        self.film: Film | None = None
        self.analysis: Analysis | None = None
        self.choice = MapChoice()
        self.cursor: RowCursor | None = None
        self.by_row = False  # whether the model's answer by row has passed its tests
        self._shown: Heatmap | None = None  # of analysis and choice, made when one of them changes
        self._units: readings.Matrix | None = None

    def choose_map(self, choice: MapChoice) -> None:
        """Show another map; needs no network, only the states that are there."""
        self.choice = readings.fitting(choice, self.model)
        self._emit_maps()
        self._emit_row()

    def move_to_row(self, row: float) -> None:
        """Put the row cursor on a stored row."""
        if self.film is None:
            return
        first, end = readings.rows_read(self.analysis) or (0.0, self.film.frame.image.rows)
        row = min(max(row, first), end - 1e-3)
        self.cursor = readings.cursor(self.analysis, row, by_row=self.by_row)
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
        self._emit_maps()
        if self.cursor is not None:
            self.cursor = readings.cursor(self.analysis, self.cursor.row, by_row=self.by_row)
        self._emit_row()

    def step_row(self, by: int) -> None:
        """Move the row cursor by model rows."""
        if self.cursor is None or self.cursor.step is None or self.analysis is None:
            return
        self.move_to_row(readings.row_of_step(self.analysis, self.cursor.step + by))

    def _take_model(self, model: "ModelInfo") -> None:
        if self.model is not None:  # its layers and units were chosen, not those of this one
            self.choice = replace(self.choice, layer=-1, direction=0, units=())
        self.model, self.choice = model, readings.fitting(self.choice, model)

    def _blank(self, *, keep_cursor: bool = False) -> None:
        """A result is bound to its film and model: another one blanks it."""
        self.analysis = None
        here = self.cursor if keep_cursor else None
        self.cursor = readings.cursor(None, here.row) if here else None  # without the old answer
        self._emit_maps()
        self._emit_row()

    def _emit_maps(self) -> None:
        self._units = readings.matrix(self.analysis, self.choice)
        self._shown = readings.heatmap(self.analysis, self.choice)
        self.matrix_changed.emit(self._units)
        self.map_changed.emit(self._shown, self.choice)

    def _emit_row(self) -> None:
        self.cursor_moved.emit(self.cursor)
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
