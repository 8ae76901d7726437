"""What was found on a film, as a table beneath it: by the model, and by the reader."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QTreeWidgetItem, QWidget

from engine.types import Figure, Interval
from viewer.kit import theme
from viewer.kit.language import clauses, marked, tr
from viewer.kit.live import live
from viewer.kit.measures import UNKNOWN, name_of, note_text, time_text, value_text
from viewer.kit.widgets import column_in, label, panel
from viewer.kit.words import interval_text, probability_text
from viewer.read.annotation_list import AnnotationList, compared
from viewer.read.listed_rows import MARGINS, ROW, ListedRows, heading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.annotations import Measurement
    from engine.types import FilmTest, ModelInfo
    from viewer.session.located import FoundRegion
    from viewer.session.pointer import Pointer
    from viewer.session.session import Session

MOST: Final = {True: 6, False: 4}  # rows that are seen without scrolling, in a high window
HIGH: Final = 900
COLUMNS: Final = (
    marked("Object"),
    marked("Probability"),
    marked("Area"),
    marked("Size"),
    marked("What it is"),
    marked("By"),
)
_OBJECT, _PROBABILITY, _AREA, _SIZE, _WHAT, _BY = range(6)
_NUMBERS: Final = (_PROBABILITY, _AREA, _SIZE, _BY)
WIDTHS: Final = {_OBJECT: 184, _PROBABILITY: 88, _AREA: 104, _SIZE: 112, _BY: 64}
_KEPT, _LOST = (
    marked("by the model; yours are saved as they are made"),
    marked("by the model; yours are not saved"),
)
_FIGURES: Final = {  # of a task, by its code in a test of the model; the first known one is said
    "outline": ("dice", "iou"),
    "box": ("map-50", "froc-0.25", "froc-mean"),
    "weak": ("pointing", "froc-0.25"),
}
_KINDS: Final = {
    "outline": marked("outline"),
    "box": marked("a box"),
    "weak": marked("weak: points at, not an outline, no area"),
}
_NAMES: Final = {
    "dice": marked("Dice"),
    "iou": marked("IoU"),
    "map-50": marked("average precision at an overlap of 0.5"),
    "froc-0.25": marked("found at 0.25 false ones a film"),
    "froc-mean": marked("found at 1/8 to 8 false ones a film"),
    "pointing": marked("peak inside a reader's box"),
}
_KEY: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One line of the table.

    Attributes:
        key: Number of a region, or id of a mark.
        icon: Of `resources/icons`.
        cells: What stands in `COLUMNS`.
    """

    key: int | str
    icon: str
    cells: tuple[str, str, str, str, str, str]


def figure_of(test: "FilmTest | None", kind: str, region: str) -> tuple[str, Figure] | None:
    """The chief figure of a kind of region, of its own class where there is one: code, figure."""
    figures: Mapping[str, Figure] = test.figures if test is not None else {}
    for code in _FIGURES[kind]:
        for name in (f"{code}:{region}", code):
            if name in figures:
                return code, figures[name]
    return None


def what_it_is(found: "FoundRegion", model: "ModelInfo") -> str:
    """Kind of a region, and how good such regions were on films that the model never saw."""
    kind = "weak" if found.region.weak else "outline" if found.outlined else "box"
    words = tr(_KINDS[kind])
    test = model.tests[0] if model.tests else None
    measured = figure_of(test, kind, found.region.label)
    if measured is None or test is None:
        return tr("{kind}; how good such ones are was not measured", kind=words)
    code, figure = measured
    ends = interval_text(Interval(figure.low, figure.high))
    return tr("{kind}; {name} {value} ({ends}) on {films:,} test films").format(
        kind=words,
        name=tr(_NAMES[code]),
        value=probability_text(figure.value),
        ends=ends,
        films=test.films,
    )


def region_row(found: "FoundRegion", model: "ModelInfo") -> FoundRow:
    """A region of the model."""
    icon = "freehand" if found.outlined else "rectangle"
    size = UNKNOWN if found.outlined else found.size
    cells = (found.object, found.probability, found.area, size, what_it_is(found, model))
    return FoundRow(found.number, icon, (*cells, tr("model")))


def mark_row(one: "Measurement") -> FoundRow:
    """A mark of the reader: regions have an area, lengths a size."""
    values, kind = one.values, one.annotation.kind
    area = f"{values['area']:,.0f} {values['area_unit']}" if "area" in values else UNKNOWN
    size = value_text(one) if kind == "length" or "angle" in values else UNKNOWN
    note = note_text(one)
    if "mean" in values:
        note = clauses([value_text(one), note])
    made = time_text(one.annotation.made)
    return FoundRow(
        one.annotation.id, kind, (name_of(one.annotation), UNKNOWN, area, size, note, made)
    )


class FoundTable(QWidget):
    """Rows of 24 pixels; hides itself where the model has found nothing to list.

    Signals:
        region_chosen(int), mark_chosen(str): The reader has chosen a row; 0 and "" for none.
        seen(bool): Whether it is on screen.
    """

    region_chosen = Signal(int)
    mark_chosen = Signal(str)
    seen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self, "window")
        self.shown: tuple[FoundRow, ...] = ()
        self._kept, self._chosen = True, (0, "")
        self._aside = label("", "quiet")
        self._note = label("", "quiet")
        self.rows = ListedRows(COLUMNS, WIDTHS, right=_NUMBERS)
        column = column_in(self, 4, MARGINS)
        column.addWidget(heading(marked("Found on this film"), self._aside, self._note))
        column.addWidget(self.rows)
        self.rows.itemSelectionChanged.connect(self._on_selected)
        live(self, FoundTable._dress)
        self.hide()

    def show_rows(self, rows: tuple[FoundRow, ...], *, kept: bool, note: str = "") -> None:
        """List what was found.

        Args:
            rows: None of them hides the table.
            kept: Whether marks are there again in the next session.
            note: What is not as it was shipped, at the right of the heading.
        """
        self._note.setText(note)
        if (rows, kept) != (self.shown, self._kept):
            self.shown, self._kept = rows, kept
            self._list()

    def choose(self, region: int, mark: str) -> None:
        """Mark the row of a region, or of a mark."""
        self._chosen = (region, mark)
        key = region or mark
        self.rows.mark(lambda item: bool(key) and item.data(_OBJECT, _KEY) == key)

    def showEvent(self, event: QShowEvent) -> None:
        """Marks are listed here now."""
        super().showEvent(event)
        self.seen.emit(True)  # noqa: FBT003 - a signal

    def hideEvent(self, event: QHideEvent) -> None:
        """They are not any more."""
        super().hideEvent(event)
        self.seen.emit(False)  # noqa: FBT003 - a signal

    def _dress(self) -> None:
        padding = theme.GAP + 3  # as far as words of a cell from its edge
        self.rows.wear(tr("Found on this film"), padding)
        self._list()

    def _list(self) -> None:
        self._aside.setText(tr(_KEPT if self._kept else _LOST))
        self.rows.replace(map(self._item, self.shown))
        self._fit()
        self.choose(*self._chosen)
        self.setVisible(bool(self.shown))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many rows as the window affords."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        most = MOST[self.window().height() >= HIGH]
        height = (min(len(self.shown), most) + 1) * ROW
        if self.rows.height() != height:
            self.rows.setFixedHeight(height)

    def _item(self, row: FoundRow) -> QTreeWidgetItem:
        item = QTreeWidgetItem()
        item.setData(_OBJECT, _KEY, row.key)
        item.setIcon(_OBJECT, theme.icon(row.icon))
        self.rows.put(item, dict(enumerate(row.cells)))
        for column in _NUMBERS:
            item.setFont(column, theme.font(weight=QFont.Weight.DemiBold))
        for column in (_WHAT, _BY):
            item.setForeground(column, theme.colour(theme.QUIET))
        item.setFont(_BY, theme.font())
        item.setToolTip(_WHAT, row.cells[_WHAT])
        return item

    def _on_selected(self) -> None:
        for item in self.rows.selectedItems():
            key = item.data(_OBJECT, _KEY)
            if isinstance(key, int):
                self.region_chosen.emit(key)
            else:
                self.mark_chosen.emit(key)


class FoundBeneath(QObject):
    """Lets the table show what lies on the active film, and choose it there.

    Args:
        table: The table.
        marks: The list of marks, which gives way where the table lists them.
        session: Its active viewport is shown.
    """

    def __init__(self, table: FoundTable, marks: AnnotationList, session: "Session") -> None:
        super().__init__(table)
        self._table, self._session = table, session
        self._located, self._annotations = session.analyses.located, session.annotations
        self._located.changed.connect(self._tell)
        self._located.chosen_changed.connect(lambda _number: self._mark())
        self._annotations.changed.connect(self._tell)
        self._annotations.chosen_changed.connect(lambda _key: self._mark())
        session.panes.film_changed.connect(lambda _pointer, _film: self._tell())
        session.panes.emptied.connect(lambda _pointer: self._tell())
        table.seen.connect(lambda shown: marks.stand_aside(aside=shown and not self._compares))
        table.region_chosen.connect(lambda number: self._located.choose(number, centre=True))
        table.region_chosen.connect(lambda _number: self._annotations.choose(""))
        table.mark_chosen.connect(self._choose_mark)
        self._marks = marks
        self._tell()

    @property
    def _compares(self) -> bool:
        """Whether marks stand beside those of an earlier film, in their own list."""
        film, panes = self._session.film, self._session.panes
        if film is None:
            return False
        return compared(film, [other for _, other in panes.shown()])[1] is not None

    def _tell(self) -> None:
        pointer, session = self._session.pointer, self._session
        regions = self._located.of(pointer)
        kept = session.records.path is not None
        rows = self._rows(pointer, regions) if regions else ()
        self._table.show_rows(rows, kept=kept, note=self._note())
        self._marks.stand_aside(aside=self._table.isVisible() and not self._compares)
        self._mark()

    def _rows(
        self, pointer: "Pointer", regions: "tuple[FoundRegion, ...]"
    ) -> tuple[FoundRow, ...]:
        film, analysis = pointer.film, pointer.analysis
        if film is None or analysis is None:
            return ()
        rows = tuple(region_row(one, analysis.model) for one in regions)
        if self._compares:
            return rows
        return (*rows, *map(mark_row, self._annotations.measured(film)))

    def _note(self) -> str:
        cut = self._located.cut
        if cut is None or not cut.own:
            return ""
        return tr("your cut {cut:.2f}, not the model's {shipped:.2f}",
                  cut=cut.value, shipped=cut.shipped)  # fmt: skip

    def _mark(self) -> None:
        self._table.choose(self._located.chosen, self._annotations.chosen)

    def _choose_mark(self, key: str) -> None:
        self._located.choose(0)
        self._annotations.choose(key)
