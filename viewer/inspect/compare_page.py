"""Compare: the opened film or model beside another one, row by row and unit by unit."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from viewer.inspect.compare_figures import (
    FiguresColumn,
    explanations,
    figures_of,
    matched_on,
)
from viewer.inspect.compare_plots import (
    AnswerPlot,
    BarsPlot,
    HorizonPlot,
    RowPlot,
    StatesPlot,
)
from viewer.kit import theme
from viewer.kit.language import joined, marked, named, told, tr
from viewer.kit.live import live
from viewer.kit.taken import Taken
from viewer.kit.widgets import column_in, explain, label, panel, row_in
from viewer.kit.words import visible
from viewer.session.compared_tries import ComparedTries
from viewer.session.comparisons import Comparisons, Opponent

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from engine.inspection import Compared, NetworkComparison
    from viewer.session.choices import RowCursor
    from viewer.session.session import Session

FIGURES: Final = (216, 264)  # pixels of the column with the figures, narrow and wide
_UNTRAINED: Final = marked("Untrained network")
_NONE: Final = marked("Nothing")
_APART: Final = (marked("Difference, log-odds"), marked("Difference"))


class ComparePage(QWidget):
    """Chooses an opponent, and shows both beside each other.

    Args:
        session: What is opened, and what there is to compare it with.
    """

    code = "compare"

    def __init__(self, session: "Session") -> None:
        super().__init__()
        panel(self)
        self._session = session
        self.comparisons = Comparisons(session, self)
        self.tried = ComparedTries(self.comparisons, session.tries, session.inspection, self)
        self.chooser = _Chooser(self.comparisons)
        self.figures = FiguresColumn()
        self.plots: tuple[RowPlot, ...] = (
            AnswerPlot(),
            BarsPlot(
                (marked("Difference, log-odds"), marked("Difference")), lambda found: found.answer
            ),
            BarsPlot(
                (marked("Influence"),),
                lambda found: found.first.influence,
                lambda found: found.second.influence,
                axis=False,
            ),
            BarsPlot(
                (marked("Difference, log-odds"), marked("Difference")),
                lambda found: found.influence,
            ),
            StatesPlot(),
            HorizonPlot(),
        )
        self._lay_out()
        for plot in self.plots:
            plot.row_requested.connect(session.move_to_row)
        session.panes.cursor_moved.connect(self._show_cursor)
        self.comparisons.changed.connect(self.show_found)
        live(self, ComparePage.show_found)

    def _lay_out(self) -> None:
        row = row_in(self, 24, (theme.MARGIN, 4, theme.MARGIN, 8))
        self._offers = _Offers(self.comparisons)
        self._beside: list[QWidget] = []
        left = QWidget()
        column = column_in(left, 4)
        column.addWidget(self.chooser)
        column.addWidget(self.figures, 1)
        row.addWidget(left)
        self._left = left
        answer, apart, influence, moved, states, horizon = self.plots
        shares = ((_stacked(answer, apart), 3), (_stacked(influence, moved), 3))
        for widget, share in (*shares, (states, 3), (horizon, 2)):
            row.addWidget(widget, share)
            self._beside.append(widget)
        row.addWidget(self._offers, 11)

    # ------------------------------------------------------------------ slots
    def show_found(self) -> None:
        """Show what came out, or why nothing did."""
        found, narrow = self.comparisons.found, self.window().width() < theme.WIDE
        self._left.setFixedWidth(FIGURES[not narrow])
        self.chooser.show_opponent()
        chosen = self.comparisons.opponent is not None or found is not None
        for widget in self._beside:
            widget.setVisible(chosen)
        self._offers.setVisible(not chosen)
        lines = figures_of(found) if found is not None else ()
        why = "" if found is not None else tr(told(self.comparisons.why))
        notes = tuple(told(note) for note in found.notes) if found is not None else ()
        self.figures.show_lines(lines, *((why,) if why else (matched_on(found), *notes)))
        explain(self.figures, *notes, *(explanations() if found is not None else ()))
        for plot in self.plots:
            plot.show_comparison(found)
        explain(
            self.plots[0],
            tr(
                "What each of them would say if reading stopped there. Of a network whose curve"
                " nobody measured it is no probability."
            ),
        )

    def _show_cursor(self, cursor: "RowCursor | None") -> None:
        for plot in self.plots:
            plot.show_row(None if cursor is None else cursor.row)

    # ------------------------------------------------------------------ given away
    def state(self) -> dict[str, Any]:
        """Both, their figures, and the values at the row."""
        other, found = self.comparisons.opponent, self.comparisons.found
        plain: dict[str, Any] = {
            "with": None if other is None else other.kind,
            "path": None if other is None or other.path is None else str(other.path),
            "why": self.comparisons.why or None,
        }
        changed = self.tried.found
        if changed is not None:
            target = changed.target
            plain["changed"] = {
                "as_read": _rounded(float(changed.probabilities_as_read[target])),
                "changed": _rounded(float(changed.probabilities[target])),
            }
        return plain if found is None else plain | _numbers(found, self.plots[0].step)

    def taken(self) -> Taken | None:
        """The numbers of all plots, and Python that makes them again."""
        other, found = self.comparisons.opponent, self.comparisons.found
        if other is None or found is None:
            return None
        arrays: dict[str, NDArray[Any]] = {
            "first_by_row": found.first.by_row,
            "second_by_row": found.second.by_row,
            "states": found.states,
            "first_units": found.alignment.first,
            "second_units": found.alignment.second,
            "correlation": found.alignment.correlation,
            "cka": found.cka,
        }
        lines = [
            _call(other, self.comparisons.reference),
            *(f"{name} = {_WHERE[name]}" for name in arrays),
        ]
        for name, values in (("answer", found.answer), ("influence", found.influence)):
            if values is not None:
                arrays[f"{name}_difference"] = values
                lines.append(f"{name}_difference = found.{name}")
        words = tr(
            "{one} compared with {other}; a difference is the first one’s value minus the"
            " other’s.",
            one=named(told(found.first.name)),
            other=named(told(found.second.name)),
        )
        return Taken("comparison", joined(words, matched_on(found)), arrays, "\n".join(lines))


_WHERE: Final = {
    "first_by_row": "found.first.by_row",
    "second_by_row": "found.second.by_row",
    "states": "found.states",
    "first_units": "found.alignment.first",
    "second_units": "found.alignment.second",
    "correlation": "found.alignment.correlation",
    "cka": "found.cka",
}


def _call(other: Opponent, reference: "tuple[Path, ...]") -> str:
    """The line that makes the comparison."""
    if other.kind == "films":
        called = f"compare_films(model, film, {str(other.path)!r}, frame=frame)"
    else:
        name = repr("untrained" if other.path is None else str(other.path))
        more = f", reference={list(map(str, reference))!r}" if reference else ""
        called = f"compare_models(model, {name}, film, frame=frame{more})"
    return f"found = engine.inspection.{called}"


# --------------------------------------------------------------------------- for programs


def _numbers(found: "NetworkComparison", step: int | None) -> dict[str, Any]:
    """Plain values for scripts."""
    pairs = found.alignment
    numbers: dict[str, Any] = {
        "kind": found.kind,
        "class": found.target_name,
        "first": _side(found.first),
        "second": _side(found.second),
        "influence_agreement": _rounded(found.agreement),
        "units": {
            "pairs": len(pairs.first),
            "correlation": _rounded(pairs.mean_correlation),
            "by_chance": _rounded(pairs.by_chance),
            "searched": pairs.searched,
            "films": pairs.films,
            "rows": pairs.rows,
        },
        "cka": _rounded(found.similarity),
        "cka_by_chance": _rounded(found.cka_by_chance),
        "notes": [str(note) for note in found.notes],
    }
    if step is not None:
        at = {"step": step, "states": _rounded(float(np.abs(found.states[step]).mean()))}
        for name, values in (("answer", found.answer), ("influence", found.influence)):
            at[name] = None if values is None else _rounded(float(values[step]))
        numbers["row"] = at
    return numbers


def _side(side: "Compared") -> dict[str, Any]:
    return {
        "name": str(side.name),
        "sha256": side.sha256 or None,
        "probabilities": [round(float(value), 6) for value in side.probabilities],
        "calibrated": side.calibrated,
        "horizon_rows": _rounded(side.horizon_rows),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)


# --------------------------------------------------------------------------- widgets


class _Chooser(QToolButton):
    """“With …” and a menu of what there is: the untrained network, models, films of the list."""

    def __init__(self, comparisons: Comparisons) -> None:
        super().__init__()
        self._comparisons = comparisons
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setProperty("field", "true")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self)
        menu.aboutToShow.connect(self.fill)
        self.setMenu(menu)

    def fill(self) -> None:
        """Offer what there is now."""
        menu = self.menu()
        menu.clear()
        self._offer(tr(_NONE), None)
        self._offer(tr(_UNTRAINED), Opponent("untrained"))
        menu.addSeparator()
        for model in self._comparisons.models():
            self._offer(named(model.title), Opponent("models", model.path))
        menu.addSeparator()
        for path in self._comparisons.films():
            self._offer(visible(path.name), Opponent("films", path))

    def _offer(self, words: str, opponent: Opponent | None) -> None:
        action = self.menu().addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(opponent == self._comparisons.opponent)
        action.triggered.connect(partial(self._choose, opponent))

    def _choose(self, opponent: Opponent | None, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self._comparisons.compare(opponent)

    def show_opponent(self) -> None:
        """Name what is compared with."""
        other = self._comparisons.opponent
        name = tr(_NONE)
        if other is not None and other.path is None:
            name = tr(_UNTRAINED)
        elif other is not None and other.path is not None:
            known = {one.path: named(one.title) for one in self._comparisons.models()}
            name = known.get(other.path, visible(other.path.name))
        self.setText(tr("With: {name}", name=name.replace("&", "&&")))


class _Offers(QWidget):
    """Before anything is chosen: what there is to compare with, as buttons under three names."""

    MOST = 4  # buttons under a name; the menu has all

    def __init__(self, comparisons: Comparisons) -> None:
        super().__init__()
        self._comparisons = comparisons
        self._row = row_in(self, 24)
        self._columns: list[QWidget] = []

    def showEvent(self, event: QShowEvent) -> None:
        """Offer what there is now."""
        super().showEvent(event)
        self.fill()

    def fill(self) -> None:
        """Offer what there is now."""
        for column in self._columns:
            self._row.removeWidget(column)
            column.deleteLater()
        models = [
            (named(one.title), Opponent("models", one.path)) for one in self._comparisons.models()
        ]
        films = [
            (visible(path.name), Opponent("films", path))
            for path in self._comparisons.films(self.MOST)
        ]
        self._columns = [
            self._column(
                tr("The same network"),
                tr("before any training: what its shape alone does"),
                [(tr(_UNTRAINED), Opponent("untrained"))],
            ),
            self._column(tr("Another model"), tr("on this film"), models),
            self._column(tr("Another film"), tr("under this model"), films),
        ]
        for column in self._columns:
            self._row.addWidget(column, 1)

    def _column(self, title: str, words: str, offered: list[tuple[str, Opponent]]) -> QWidget:
        holder = QWidget()
        column = column_in(holder, 4)
        about = label(words if offered else tr("there is none"), "quiet")
        about.setWordWrap(True)
        column.addWidget(label(title, "heading"))
        column.addWidget(about)
        for name, opponent in offered[: self.MOST]:
            button = QPushButton(name.replace("&", "&&"))
            button.setFixedHeight(24)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setToolTip(name)
            button.clicked.connect(partial(self._choose, opponent))
            column.addWidget(button)
        column.addStretch(1)
        return holder

    def _choose(self, opponent: Opponent, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self._comparisons.compare(opponent)


def _stacked(upper: QWidget, lower: QWidget) -> QWidget:
    holder = QWidget()
    column = column_in(holder, 4)
    column.addWidget(upper, 1)
    column.addWidget(lower, 1)
    return holder
