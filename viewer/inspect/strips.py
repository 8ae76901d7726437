"""The strips beside the film and the line beneath it: what the network did, row by row."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from engine.maps import UnitMap, by_rows, influence_limit
from engine.types import Analysis, GridInfluence, Heatmap
from viewer.inspect.answer import AnswerPane
from viewer.inspect.influence import InfluencePane
from viewer.inspect.rowline import RowLinePane
from viewer.inspect.states import StatesPane
from viewer.inspect.stretch_brush import StretchBrush
from viewer.inspect.strip import RowStrip
from viewer.kit.language import marked, told
from viewer.session.choices import MapChoice, Order
from viewer.session.contributing import Contributions
from viewer.session.session import Session

NO_STEPS = marked("No answer, no steps to show")


class Strips(QObject):
    """Shows the rows of the active viewport in three strips and a line.

    Args:
        session: Its active viewport is shown; its network says what units bring to the answer.
        parent: Of the Qt object.
    """

    row_requested = Signal(float)  # stored row
    units_requested = Signal(object)  # tuple of units

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        panes = self._panes = session.panes
        self.contributions = Contributions(session.inspection, panes, self)
        self.influence, self.answer, self.states = InfluencePane(), AnswerPane(), StatesPane()
        self.line = RowLinePane()
        self._margin: GridInfluence | None = None  # whose sums by row the strip shows
        for strip in self:
            strip.row_requested.connect(self.row_requested)
            panes.cursor_moved.connect(strip.show_cursor)
            brush = StretchBrush(strip)
            brush.stretch_requested.connect(self._brush)
            session.searching.stretch_changed.connect(brush.show_stretch)
        self.states.units_requested.connect(self.units_requested)
        self.states.order_requested.connect(self._choose_order)
        self.contributions.changed.connect(self.states.show_contributions)
        panes.matrix_changed.connect(self._show_matrix)
        panes.map_changed.connect(self._show_choice)
        panes.map_changed.connect(self._show_margin)
        panes.row_described.connect(self.line.show_row)

    def __iter__(self) -> Iterator[RowStrip]:
        """The strips from the film outwards."""
        return iter((self.influence, self.answer, self.states))

    def show_reading(self) -> None:
        """The film is being read: what another one showed goes."""
        self.influence.show_influence(None, 1.0, "")
        self.answer.show_answer(None, None, None)

    def show_analysis(self, analysis: Analysis) -> None:
        """Show what is known of a film; where there is no answer, that there are no steps."""
        prediction, influence = analysis.prediction, analysis.influence
        if analysis.abstained is not None or prediction is None:
            for strip in self:
                strip.set_empty(NO_STEPS)
            return
        threshold = analysis.model.threshold.value if analysis.model.threshold else None
        edges = analysis.states.edges if analysis.states else None
        limit, own = analysis.statistics.influence_limit if analysis.statistics else 1.0, False
        if influence is not None:
            limit, own = influence_limit(influence, limit)
        target = prediction.classes[prediction.target]
        self.influence.show_influence(influence, limit, target, own=own)
        self.answer.show_answer(prediction, edges, threshold)

    def _show_margin(self, heatmap: Heatmap | None, _choice: MapChoice) -> None:
        """Beside a map over rows and columns stand its sums by row."""
        grid, analysis = self._panes.active.grid, self._panes.active.analysis
        shown = grid if heatmap is not None and heatmap.columns is not None else None
        if shown is None and self._margin is None:
            return
        self._margin = shown
        self.influence.name_rows(by_row=shown is not None)
        if analysis is None or analysis.prediction is None or analysis.statistics is None:
            return
        if shown is None:
            self.show_analysis(analysis)
            return
        limit = analysis.statistics.influence_limit
        rows = by_rows(shown)
        limit, own = influence_limit(rows, limit)
        name = analysis.prediction.classes[shown.target]
        self.influence.show_influence(rows, limit, name, own=own)

    def _show_matrix(self, matrix: UnitMap | None) -> None:
        if matrix is None:
            self.states.show_states(None, None, limits=(-3.0, 3.0), unit="σ")
            return
        self.states.show_states(
            matrix.values,
            matrix.edges,
            limits=matrix.limits,
            unit=matrix.unit,
            name="" if matrix.shown == "h" else told(matrix.name),
            shown=matrix.shown,
        )

    def _brush(self, first: int, last: int) -> None:
        """In Read nothing is looked for."""
        if self._session.inspection.shown:
            self._session.searching.brush(first, last)

    def _choose_order(self, order: Order) -> None:
        pointer = self._panes.active
        pointer.choose_map(replace(pointer.choice, order=order))

    def _show_choice(self, _map: object, choice: MapChoice) -> None:
        self.states.show_units(choice.units)
        self.states.show_order(choice.order)
