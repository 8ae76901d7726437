"""The list of marks beneath the films: what was measured, beside what a prior film measured."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidgetItem, QVBoxLayout, QWidget

from engine.annotations import Annotation, Measurement, Pair, paired
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.measures import (
    UNKNOWN,
    change_text,
    name_of,
    note_text,
    time_text,
    value_text,
)
from viewer.kit.widgets import column_in, label, panel, row_in
from viewer.read.listed_rows import MARGINS, ROW, ListedRows, heading
from viewer.read.roi_histogram import RegionHistogram
from viewer.session.annotations import is_earlier
from viewer.session.loading import Film
from viewer.session.pointer import Pointer
from viewer.session.session import Session

MOST: Final = 5  # rows that are seen without scrolling
COLUMNS: Final = (
    marked("Mark"),
    marked("Now"),
    marked("Before"),
    marked("Change"),
    marked("Note"),
    marked("Time"),
)
_NAME, _NOW, _BEFORE, _CHANGE, _NOTE, _TIME = range(6)
WIDTHS: Final = {_NAME: 168, _NOW: 128, _BEFORE: 128, _CHANGE: 96, _TIME: 72}
KEPT, LOST = marked("saved as they are made"), marked("not saved: lost when the program ends")
TOGETHER = marked("marks of the same name stand together; saved as they are made")
_ID: Final = Qt.ItemDataRole.UserRole
_FRAME: Final = _ID + 1


class AnnotationList(QWidget):
    """Rows of 24 pixels; hides itself while there is nothing to list."""

    chosen = Signal(str)  # id
    renamed = Signal(str, str)  # id, name
    frame_requested = Signal(int)  # of the film that is shown, from 0
    removal_requested = Signal(str)  # id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self, "window")
        self._kept, self._compares, self._aside = True, False, False
        self._rows: tuple[Pair, ...] = ()
        self._elsewhere: tuple[int, ...] = ()
        self._chosen = ""
        self._more = label("", "quiet")
        self.rows = _Rows()
        self.histogram = RegionHistogram()
        column = column_in(self, 4, MARGINS)
        self._place(column)
        self.rows.itemSelectionChanged.connect(self._on_selected)
        self.rows.itemChanged.connect(self._on_changed)
        self.rows.removal_asked.connect(self._on_removal)
        live(self, AnnotationList._dress)
        self.hide()

    def _place(self, column: QVBoxLayout) -> None:
        column.addWidget(heading(marked("Marks"), self._more))
        beneath = QWidget()
        beside = row_in(beneath, theme.MARGIN)
        beside.addWidget(self.rows, 1, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(self.histogram, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(beneath)

    # ------------------------------------------------------------------ slots
    def show_marks(
        self,
        now: tuple[Measurement, ...],
        *,
        elsewhere: tuple[int, ...] = (),
        kept: bool = True,
    ) -> None:
        """List what lies on a film.

        Args:
            now: On the frame that is shown.
            elsewhere: Other frames of the film that something lies on, from 0.
            kept: Whether it is there again in the next session.
        """
        self._show(tuple(Pair(one, None) for one in now), elsewhere, kept=kept, compares=False)

    def show_both(
        self,
        now: tuple[Measurement, ...],
        before: tuple[Measurement, ...],
        *,
        kept: bool = True,
    ) -> None:
        """List what lies on a film beside what lies on an earlier one of the patient."""
        self._show(paired(now, before), (), kept=kept, compares=True)

    def choose(self, key: str) -> None:
        """Mark the row of an annotation; "" marks none."""
        self._chosen = key
        self._show_values()
        self.rows.mark(lambda item: bool(key) and key in (item.data(_NAME, _ID) or ()))

    # ------------------------------------------------------------------ rows
    def _show(
        self, rows: tuple[Pair, ...], elsewhere: tuple[int, ...], *, kept: bool, compares: bool
    ) -> None:
        nothing = not (rows or elsewhere or self._rows or self._elsewhere)
        self._rows, self._elsewhere = rows, elsewhere
        self._kept, self._compares = kept, compares
        if not nothing:  # most frames that are leafed through have no marks
            self._list()

    def _dress(self) -> None:
        """Say everything in the words and colours of this moment."""
        self.rows.wear(tr("Marks"))
        self._list()

    def _list(self) -> None:
        """List what there is."""
        beneath = TOGETHER if self._compares else KEPT
        self._more.setText(tr(beneath if self._kept else LOST))
        self.rows.show_columns(compares=self._compares)
        frames = (_frame_row(frame) for frame in self._elsewhere)
        self.rows.replace([*map(self._row, self._rows), *frames])
        count = len(self._rows) + len(self._elsewhere)
        self.rows.setFixedHeight((min(count, MOST) + self._compares) * ROW)
        self.choose(self._chosen)
        self.setVisible(count > 0 and not self._aside)

    def stand_aside(self, *, aside: bool) -> None:
        """Give way where another table lists the marks, or come back."""
        if aside != self._aside:
            self._aside = aside
            self.setVisible(bool(self._rows or self._elsewhere) and not aside)

    def _row(self, pair: Pair) -> QTreeWidgetItem:
        shown = pair.now or pair.before
        assert shown is not None  # noqa: S101 - a row is of one of them
        item = QTreeWidgetItem()
        cells = {
            _NAME: name_of(shown.annotation),
            _NOW: value_text(pair.now) if pair.now else UNKNOWN,
            _BEFORE: value_text(pair.before) if pair.before else UNKNOWN,
            _CHANGE: change_text(pair.change),
            _NOTE: note_text(shown),
            _TIME: time_text(shown.annotation.made),
        }
        self.rows.put(item, cells)
        item.setIcon(_NAME, theme.icon(shown.annotation.kind))
        item.setData(_NAME, _ID, tuple(one.annotation.id for one in _both(pair)))
        item.setToolTip(_NOTE, "")
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        item.setFont(_NOW, theme.font(weight=QFont.Weight.DemiBold))
        item.setFont(_CHANGE, theme.font(weight=QFont.Weight.Medium))
        for column in (_NOTE, _TIME):
            item.setForeground(column, theme.colour(theme.QUIET))
        return item

    # ------------------------------------------------------------------ by the reader
    def _on_selected(self) -> None:
        for item in self.rows.selectedItems():
            frame = item.data(_NAME, _FRAME)
            if frame is not None:
                self.frame_requested.emit(frame)
            else:
                self._chosen = item.data(_NAME, _ID)[0]
                self._show_values()
                self.chosen.emit(self._chosen)

    def _show_values(self) -> None:
        """Show the histogram of the region that is chosen, beside the rows."""
        every = (one for pair in self._rows for one in _both(pair))
        chosen = (one for one in every if one.annotation.id == self._chosen)
        self.histogram.show_region(next(chosen, None) if self._chosen else None)

    def _on_changed(self, item: QTreeWidgetItem, column: int) -> None:
        """A row has got another name; one that is empty, or as it was, is none of the reader's."""
        keys = item.data(_NAME, _ID)
        if column != _NAME or keys is None:
            return
        pair = next(one for one in self._rows if keys[0] in {m.annotation.id for m in _both(one)})
        for one in _both(pair):
            name = item.text(_NAME).strip()
            if name != name_of(one.annotation):
                self.renamed.emit(one.annotation.id, name)

    def _on_removal(self) -> None:
        for item in self.rows.selectedItems():
            if item.data(_NAME, _ID):
                self.removal_requested.emit(item.data(_NAME, _ID)[0])


class MarksBeneath(QObject):
    """Lets the list show what lies on the active film, and change it as the reader asks.

    Where a film of the same patient and another date is on screen, too, the list compares: the
    later one is now.

    Args:
        marks: The list.
        session: Its viewports and annotations.
    """

    def __init__(self, marks: AnnotationList, session: Session) -> None:
        super().__init__(marks)
        self._list, self._panes, self._session = marks, session.panes, session
        self._annotations = session.annotations
        self._heard: set[Pointer] = set()
        session.panes.arranged.connect(self._on_arranged)
        session.panes.emptied.connect(self._tell)
        self._annotations.changed.connect(self._tell)
        self._annotations.chosen_changed.connect(marks.choose)
        marks.chosen.connect(self._annotations.choose)
        marks.renamed.connect(self._on_renamed)
        marks.removal_requested.connect(self._on_removal)
        marks.frame_requested.connect(self._on_frame_requested)
        self._on_arranged()

    def _on_arranged(self) -> None:
        for pointer in self._panes.all:
            if pointer not in self._heard:
                pointer.film_changed.connect(self._tell)
        self._heard = set(self._panes.all)
        self._tell()

    def _tell(self) -> None:
        """Say to the list what it shows."""
        film, measured = self._panes.active.film, self._annotations.measured
        kept = self._session.records.path is not None
        if film is None:
            self._list.show_marks(())
            return
        now, before = compared(film, [other for _, other in self._panes.shown()])
        if before is not None:
            self._list.show_both(measured(now), measured(before), kept=kept)
            return
        subject = self._annotations.subject_of(film)
        frames = self._annotations.frames(subject) if film.frame.image.frame_count > 1 else ()
        others = tuple(frame for frame in frames if frame != subject[1])
        self._list.show_marks(measured(film), elsewhere=others, kept=kept)

    def _on_renamed(self, key: str, name: str) -> None:
        for pointer, film, one in self._holding(key):
            self._annotations.change(pointer.pane, film, replace(one, name=name))

    def _on_removal(self, key: str) -> None:
        for pointer, film, _ in self._holding(key):
            self._annotations.remove(pointer.pane, film, [key])

    def _holding(self, key: str) -> Iterator[tuple[Pointer, Film, Annotation]]:
        """The first pane whose film an annotation lies on."""
        for pointer, film in self._panes.shown():
            for one in self._annotations.of(self._annotations.subject_of(film)):
                if one.id == key:
                    yield pointer, film, one
                    return

    def _on_frame_requested(self, frame: int) -> None:
        film = self._panes.active.film
        if film is not None:
            self._session.step_frame(frame - film.frame.index)


def compared(film: Film, shown: Iterable[Film]) -> tuple[Film, Film | None]:
    """The film of now and the one before it; None where none of the patient's is on screen."""
    films = sorted(shown, key=lambda one: one.frame.image.identity.study_date)
    earlier = [one for one in films if is_earlier(one, film)]
    later = [one for one in films if is_earlier(film, one)]
    if earlier:
        return film, earlier[-1]
    return (later[0], film) if later else (film, None)


def _both(pair: Pair) -> tuple[Measurement, ...]:
    """Those of a row, that of now first."""
    return tuple(one for one in (pair.now, pair.before) if one is not None)


def _frame_row(frame: int) -> QTreeWidgetItem:
    item = QTreeWidgetItem([tr("Frame {number}", number=frame + 1)])
    item.setText(_NOTE, tr("has marks, too"))
    item.setData(_NAME, _FRAME, frame)
    for column in (_NAME, _NOTE):
        item.setForeground(column, theme.colour(theme.QUIET))
    return item


class _Rows(ListedRows):
    """The table, whose names can be written and whose marks taken away."""

    removal_asked = Signal()

    def __init__(self) -> None:
        own = (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        super().__init__(COLUMNS, WIDTHS, right=(_NOW, _BEFORE, _CHANGE, _TIME), keys=own)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.itemDoubleClicked.connect(lambda item, _column: self.write_name(item))

    def show_columns(self, *, compares: bool) -> None:
        """Show the columns and heads of a comparison, or hide them."""
        self.setHeaderHidden(not compares)
        for column in (_BEFORE, _CHANGE):
            self.setColumnHidden(column, not compares)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the chosen mark away; the other keys go through the rows."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removal_asked.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.write_name(self.currentItem())
        else:
            super().keyPressEvent(event)

    def write_name(self, item: QTreeWidgetItem | None) -> None:
        """Let the reader write the name of a row; nothing else of it is his."""
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEditable:
            self.editItem(item, _NAME)
