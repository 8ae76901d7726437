"""The table beneath a film: rows of one height under a heading, with the keys of a list."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from viewer.kit import theme
from viewer.kit.language import tr
from viewer.kit.widgets import row_in, said

ROW: Final = 24
INDENT: Final = 12  # pixels of a row before its icon, which stands beneath the heading
MARGINS: Final = (theme.MARGIN - INDENT, 12, theme.GAP, 12)  # of heading and table together
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Key = Qt.Key
_KEYS: Final = frozenset(
    {_Key.Key_Up, _Key.Key_Down, _Key.Key_Home, _Key.Key_End, _Key.Key_PageUp, _Key.Key_PageDown}
)


def heading(title: str, aside: QWidget, note: QWidget | None = None) -> QWidget:
    """The line above such a table: a title, marked, words beside it, and some at the right."""
    head = QWidget()
    line = row_in(head, 12, (INDENT, 0, 0, 0))
    line.addWidget(said(title, "heading"))
    line.addWidget(aside)
    line.addStretch(1)
    if note is not None:
        line.addWidget(note)
    return head


class ListedRows(QTreeWidget):
    """Rows of 24 pixels; keys of a list are its own while the focus is in it.

    Args:
        columns: Their heads, marked.
        widths: Of those that are fixed; the others take what is left.
        right: Columns of numbers, which stand at the right.
        keys: Keys of its own beside those of a list.
    """

    def __init__(
        self,
        columns: tuple[str, ...],
        widths: Mapping[int, int],
        *,
        right: Iterable[int],
        keys: Iterable[Qt.Key] = (),
    ) -> None:
        super().__init__()
        self._heads, self._right = columns, tuple(right)
        self._keys = _KEYS | frozenset(keys)
        self.setColumnCount(len(columns))
        head = self.header()
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(40)
        head.setFixedHeight(ROW)
        head.setSectionsClickable(False)
        for column in range(len(columns)):
            fixed = column in widths
            mode = QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(column, mode)
        for column, width in widths.items():
            head.resizeSection(column, width)

    @property
    def items(self) -> tuple[QTreeWidgetItem, ...]:
        """The rows, from the top."""
        found = (self.topLevelItem(at) for at in range(self.topLevelItemCount()))
        return tuple(item for item in found if item is not None)

    def replace(self, items: Iterable[QTreeWidgetItem]) -> None:
        """Show these rows instead of the ones before, without a word."""
        with QSignalBlocker(self):
            self.clear()
            self.addTopLevelItems(list(items))

    def mark(self, wanted: Callable[[QTreeWidgetItem], bool]) -> None:
        """Choose the rows that are wanted, as the reader would, but without a word."""
        with QSignalBlocker(self):
            self.clearSelection()
            for item in self.items:
                if wanted(item):
                    self.setCurrentItem(item)
                    self.scrollToItem(item)

    def put(self, item: QTreeWidgetItem, cells: Mapping[int, str]) -> None:
        """Write the words of a row, numbers at the right."""
        for column, text in cells.items():
            item.setText(column, text)
        for column in self._right:
            item.setTextAlignment(column, RIGHT)

    def wear(self, name: str, padding: int = theme.GAP) -> None:
        """Take colours and words of this moment; setting a style costs some milliseconds.

        Args:
            name: Of the table, in words.
            padding: Pixels before and behind the words of a head.
        """
        with QSignalBlocker(self):
            self.setAccessibleName(name)
            self.setHeaderLabels([tr(words) for words in self._heads])
            for column in self._right:
                self.headerItem().setTextAlignment(column, RIGHT)
            self._dress(padding)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of a list from the window's commands."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() in self._keys:
            event.accept()
            return True
        return bool(super().event(event))

    def _dress(self, padding: int) -> None:
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(16, 16))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QTreeWidget.SelectionMode.SingleSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the film
        self.setAllColumnsShowFocus(True)
        roles, palette = QPalette.ColorRole, self.palette()
        for role, name in (
            (roles.Base, theme.WINDOW),
            (roles.Highlight, theme.RAISED),
            (roles.HighlightedText, theme.TEXT),
        ):
            palette.setColor(role, theme.colour(name))
        self.setPalette(palette)
        now = theme.current()
        self.setStyleSheet(
            f"QTreeView {{ background: {now.window}; }}"
            f" QTreeView::item {{ height: {ROW}px; padding: 0 {theme.GAP}px; }}"
            f" QTreeView::item:selected {{ background: {now.raised}; color: {now.text}; }}"
            f" QHeaderView::section {{ background: {now.window}; color: {now.quiet};"
            f" border: none; padding: 0 {padding}px; }}"
            f" QHeaderView::section:first {{ padding-left: {INDENT}px; }}"
        )
