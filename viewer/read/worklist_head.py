"""Above the worklist: search, order and choice, and how far its reading is."""

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.widgets import column_in, label, row_in
from viewer.read.entries import FILTERS, SORTS, Filter, SortBy

SLOW_MS: Final = 300  # that reading may take before the list says how far it is
SORT_WORDS: Final[dict[SortBy, str]] = {
    "score": marked("By score"),
    "name": marked("By name"),
    "date": marked("By date"),
    "opened": marked("As opened"),
}
FILTER_WORDS: Final[dict[Filter, str]] = {
    "all": marked("All films"),
    "abstained": marked("Only abstained"),
    "above": marked("Only above the threshold"),
    "unread": marked("Only those I have not seen"),
}


class WorklistHead(QWidget):
    """Search, order and choice of the list, and how far its reading is."""

    found = Signal(str)
    sorted_by = Signal(str)
    filtered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        self.field.setFixedHeight(28)
        self._glass = self.field.addAction(
            theme.icon("find", size=16), QLineEdit.ActionPosition.LeadingPosition
        )
        self.order = QToolButton()
        self.order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.order.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.order.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow at the right
        self.order.setIconSize(QSize(12, 12))
        self.order.setProperty("field", True)  # noqa: FBT003 - Qt's own signature
        self.order.setFixedHeight(28)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(3)
        self.words = label("", "quiet")
        self.stop = QPushButton()
        self.export = QAction(self)
        self._wish: tuple[str, str] = ("score", "all")
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._show_line)
        self._timer = QTimer(self, singleShot=True, interval=120)
        self._timer.timeout.connect(lambda: self.found.emit(self.field.text()))
        self.field.textChanged.connect(lambda _text: self._timer.start())
        self._place()
        live(self, WorklistHead._dress)

    def show_wish(self, sort: str, which: str) -> None:
        """Say how the list is sorted, or what alone is listed."""
        self._wish = (sort, which)
        self._dress()

    def show_progress(
        self, waiting: int, count: int, *, stopped: bool, images: bool = False
    ) -> None:
        """Say how many films are still to be read; nothing while it is a matter of a moment.

        Args:
            waiting: Of these.
            count: All of them.
            images: Whether they are those of series.
            stopped: Whether the rest is not read for now.
        """
        if not waiting or not count:
            self._slow.stop()
            self._progress.hide()
            return
        self.bar.setRange(0, count)
        self.bar.setValue(count - waiting)
        read = count - waiting
        words = tr("{read} of {count} read", read=read, count=count)
        if images:
            words = tr("reading {read} of {count}", read=read, count=count)
        self.words.setText(words)
        self.stop.setText(tr("Read the rest") if stopped else tr("Stop"))
        if self._progress.isHidden() and not self._slow.isActive():
            self._slow.start()

    def _show_line(self) -> None:
        self._progress.show()

    def _dress(self) -> None:
        self.field.setPlaceholderText(tr("Find"))
        self.field.setAccessibleName(tr("Find patients, dates, modalities, descriptions"))
        self._glass.setIcon(theme.icon("find", size=16))
        self.export.setText(tr("Export the list …"))
        sort, which = self._wish
        words = SORT_WORDS[sort] if which == "all" else FILTER_WORDS[which]  # type: ignore[index]
        short = tr(words)
        metrics = self.order.fontMetrics()
        self.order.setText(metrics.elidedText(short, Qt.TextElideMode.ElideRight, 84))
        self.order.setIcon(theme.icon("open-down", theme.QUIET, 12))
        title = tr("Order and choice")
        self.order.setAccessibleName(f"{title}: {short}")
        self.order.setToolTip(short)
        self._build_menu(sort, which)

    def _build_menu(self, sort: str, which: str) -> None:
        menu = QMenu(self.order)
        for table, asked, chosen in (
            ({code: SORT_WORDS[code] for code in SORTS}, self.sorted_by, sort),
            ({code: FILTER_WORDS[code] for code in FILTERS}, self.filtered, which),
        ):
            group = QActionGroup(menu)
            for code, words in table.items():
                action = menu.addAction(tr(words))
                action.setCheckable(True)
                action.setChecked(code == chosen)
                group.addAction(action)
                action.triggered.connect(lambda _on=False, s=asked, c=code: s.emit(c))
            menu.addSeparator()
        menu.addAction(self.export)
        before = self.order.menu()
        self.order.setMenu(menu)
        if before is not None:
            before.deleteLater()

    def _place(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.field, 1)
        row.addWidget(self.order)
        self._progress = QWidget()
        line = row_in(self._progress, theme.GAP, (0, 4, 0, 0))
        line.addWidget(self.words, 1)
        line.addWidget(self.stop)
        self._progress.hide()
        column = column_in(self, 4, (theme.MARGIN, 0, theme.GAP, theme.GAP))
        column.addLayout(row)
        column.addWidget(self._progress)
        column.addWidget(self.bar)
        self.bar.hide()
