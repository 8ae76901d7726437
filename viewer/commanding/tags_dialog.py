"""What stands in the header of a film's file, to be read, searched and copied; nothing is kept."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from engine.errors import EngineError
from engine.imaging import read_tags
from engine.types import TagLine
from viewer.commanding.dialogs import dialog_of, shown
from viewer.kit import theme
from viewer.kit.language import marked, told, tr
from viewer.kit.live import live
from viewer.kit.widgets import label
from viewer.kit.words import visible
from viewer.session.jobs import Job

if TYPE_CHECKING:
    from viewer.window import MainWindow

COLUMNS: Final = (marked("Tag"), marked("VR"), marked("Name"), marked("Value"))
WIDTHS: Final = (176, 48, 280)
SIZE: Final = (920, 560)
ROW, HEAD = 24, 28
_NAME, _VALUE = 2, 3
_SET_IN: Final = 10  # levels that are set in; what lies deeper stands beneath the last of them
_LEVEL: Final = "\u2003"  # as wide as a letter is high
_Index = QModelIndex | QPersistentModelIndex


class TagTable(QAbstractTableModel):
    """The lines of a header; those in which a text was found, and what they lie within."""

    def __init__(self, lines: Sequence[TagLine]) -> None:
        super().__init__()
        self._depths = [line.depth for line in lines]
        self._cells = [(line.tag, line.vr, told(line.name), told(line.value)) for line in lines]
        self._found = ["\n".join(cells).casefold() for cells in self._cells]
        self._shown = list(range(len(lines)))

    def find(self, text: str) -> None:
        """Show the lines whose tag, name or value holds a text, and what leads to nested ones."""
        wanted = text.casefold().strip()
        kept: list[int] = []
        leads = -1  # how deep a line must not lie to lead to one that is kept
        for place in reversed(range(len(self._cells))):
            depth = self._depths[place]
            if wanted in self._found[place] or depth < leads:
                kept.append(place)
                leads = depth
        self.beginResetModel()
        self._shown = kept[::-1]
        self.endResetModel()

    def cells(self, row: int) -> tuple[str, str, str, str]:
        """What stands in a row that is shown."""
        return self._cells[self._shown[row]]

    def text(self, rows: Sequence[int]) -> str:
        """Rows for the clipboard: a line each, cells divided by tabs, set in as they are shown."""
        return "\n".join(
            _set_in(self._depths[self._shown[row]], "  ") + "\t".join(self.cells(row))
            for row in rows
        )

    # ------------------------------------------------------------------ of Qt
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """Lines that are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as above
        """Tag, value representation, name and value."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """What stands in a cell, and in which colour."""
        if role == Qt.ItemDataRole.DisplayRole:
            text = self.cells(index.row())[index.column()]
            depth = self._depths[self._shown[index.row()]]
            return text if index.column() else _set_in(depth, _LEVEL) + text
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == _VALUE:
            return f"<p>{escape(self.cells(index.row())[_VALUE])}</p>"  # plain, and in lines
        if role == Qt.ItemDataRole.ForegroundRole and index.column() < _NAME:
            return theme.colour(theme.QUIET)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - as Qt
        """Names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None


def _set_in(depth: int, level: str) -> str:
    return level * min(depth, _SET_IN)


class _TagView(QTreeView):
    """The table on screen; the copy key takes whole rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Tags"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setFont(theme.font())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setSectionsClickable(False)
        self.header().setFixedHeight(HEAD)
        self.header().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        live(self, _TagView._dress)

    def _dress(self) -> None:
        """The table in the colours of this moment."""
        now = theme.current()
        self.setStyleSheet(
            f"QTreeView {{ background: {now.window}; border: 1px solid transparent;"
            f" border-radius: 6px; padding: 4px; outline: none;"
            f" selection-background-color: {now.raised_2}; }}"
            f" QTreeView:focus {{ border: 1px solid {now.accent}; }}"
            f" QTreeView::item {{ height: {ROW}px; padding: 0 {theme.GAP}px; }}"
            f" QTreeView::item:selected {{ background: {now.raised_2}; color: {now.text}; }}"
            f" QHeaderView {{ background: {now.window}; }}"
            f" QHeaderView::section {{ background: {now.window}; color: {now.quiet};"
            f" border: none; padding: 0 {theme.GAP + 3}px; }}"
        )

    def place(self) -> None:
        """Give the columns their widths, once there are some."""
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, width)
        self.header().setSectionResizeMode(_VALUE, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy rows, and not the one cell that Qt would take."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the chosen rows on the clipboard; all that are shown, where none is chosen."""
        table = self.model()
        if isinstance(table, TagTable):
            chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
            QGuiApplication.clipboard().setText(table.text(chosen or range(table.rowCount())))


class TagList(QWidget):
    """Finds, shows and copies the lines of one header; says why where it could not be read."""

    def __init__(self) -> None:
        super().__init__()
        self.search = QLineEdit(
            placeholderText=tr("Find a tag, a name or a value"), clearButtonEnabled=True
        )
        self.search.setAccessibleName(tr("Find a tag, a name or a value"))
        self.search.textChanged.connect(self._find)
        self.rows = _TagView()
        self.said = label(tr("Reading the file…"), "quiet")
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said.setWordWrap(True)
        self.count = label("", "quiet")
        self.copier = QPushButton(tr("Copy rows"))
        self.copier.setEnabled(False)
        self.copier.clicked.connect(self.rows.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.search)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.said)
        self._pages.addWidget(self.rows)
        column.addLayout(self._pages, 1)
        column.addWidget(self.count)
        self.setMinimumSize(*SIZE)

    @property
    def table(self) -> TagTable | None:
        """The lines, once they are read."""
        table = self.rows.model()
        return table if isinstance(table, TagTable) else None

    def take(self, lines: tuple[TagLine, ...]) -> None:
        """Show what was read."""
        table = TagTable(lines)
        table.setParent(self.rows)
        self.rows.setModel(table)
        self.rows.place()
        self._pages.setCurrentWidget(self.rows)
        self.copier.setEnabled(True)
        self._find(self.search.text())

    def refuse(self, error: BaseException) -> None:
        """Say in one sentence why there is nothing to show."""
        expected = isinstance(error, EngineError)
        self.said.setText(told(error) if expected else tr("The file could not be read."))

    def _find(self, text: str) -> None:
        table = self.table
        if table is not None:
            table.find(text)
            kept = tr("It may name the patient; nothing of it is kept.")
            lines = tr("%n lines", "", n=table.rowCount())
            self.count.setText(f"{lines} · {kept}")


def show_tags(window: "MainWindow", path: Path) -> QDialog:
    """The dialog for one file; it stays with that file, whatever is shown next."""
    dialog = dialog_of(window, tr("Tags of {film}", film=visible(path.name)))
    tags = TagList()
    done, failed = partial(_if_there, tags.take), partial(_if_there, tags.refuse)
    window.session.read_beside(path, Job(read_tags, (path,), done, failed, ahead=True))
    opened = shown(dialog, tags, tags.copier)
    tags.search.setFocus()
    return opened


def _if_there(tell: Callable[[Any], None], answer: object) -> None:
    """The dialog may be closed before the file is read."""
    if isValid(getattr(tell, "__self__", None)):
        tell(answer)
