"""The worklist: the stacks that were opened, found, sorted and filtered, with their answers."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QMenu,
    QStackedLayout,
    QTreeView,
    QWidget,
)

from engine.types import Image
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.widgets import LongPress, column_in, dropped, label, panel, said
from viewer.read.entries import GROUPS, Filter, Listed, SortBy, Wish, WorklistEntry
from viewer.read.worklist_delegate import CARD_BELOW, WorklistDelegate
from viewer.read.worklist_head import WorklistHead
from viewer.read.worklist_model import WorklistModel, WorklistNode
from viewer.session.choices import Outcome
from viewer.session.loading import NOT_KNOWN, Content

# ------------------------------------------------------------------------- pane of the list

EMPTY: Final = marked("Drop films here")
NOTHING_FOUND: Final = marked("No film of the list fits.")
THUMBNAIL = QSize(240, 160)  # twice the largest box, for screens of twice the density


class Worklist(QWidget):
    """Opened stacks, each once, with what the model says of them.

    Signals:
        film_requested(object): The Path of the film that was chosen.
        image_requested(str, int): A stack's key, and the number of one of its images from 0.
        films_dropped(object): tuple[Path, ...] of local files and folders that were dropped.
        removal_requested(object): tuple[Path, ...] of the stacks that the reader takes out.
        stop_requested, go_on_requested: Read no more films of the list; read the rest.
        export_requested: Write the list to a file.
        reading_requested(str, bool): Read all images of the stack of this key, or no more of them.
    """

    film_requested = Signal(object)
    image_requested = Signal(str, int)
    films_dropped = Signal(object)
    removal_requested = Signal(object)
    stop_requested = Signal()
    go_on_requested = Signal()
    export_requested = Signal()
    reading_requested = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self)
        self.setFixedWidth(theme.STUDIES_WIDTH["narrow"])
        self.setAcceptDrops(True)
        self._model = WorklistModel(self)
        self._store = self._model.store
        self._list = _FilmTree(self._model)
        self._count = label("", "quiet")
        self._head = WorklistHead()
        self._empty = said(EMPTY, "quiet")
        self._none = said(NOTHING_FOUND, "quiet")
        self._shown: Path | None = None
        self._place()
        self._list.clicked.connect(self._on_clicked)
        self._list.activated.connect(self._request)
        self._list.removal_asked.connect(self._on_removal_asked)
        self._list.menu_asked.connect(self._show_menu)
        self._model.rearranged.connect(self._refresh)
        self._head.found.connect(lambda text: self._model.choose(find=text))
        self._head.sorted_by.connect(self.sort)
        self._head.filtered.connect(self.filter)
        self._head.stop.clicked.connect(self._on_stopped)
        self._head.export.triggered.connect(self.export_requested)
        self._stopped = False
        live(self, Worklist._refresh)

    # ------------------------------------------------------------------ what is listed
    @property
    def entries(self) -> tuple[WorklistEntry, ...]:
        """All stacks, in the order in which they were opened."""
        return self._store.entries

    @property
    def shown(self) -> tuple[WorklistEntry, ...]:
        """Those that are listed now, from the top, in the order that was wished."""
        self._model.arrange()
        return self._model.shown

    @property
    def wish(self) -> Wish:
        """What the reader wants to see of them."""
        return self._model.wish

    def paths(self) -> tuple[Path, ...]:
        """The files of all films, in the order in which they came."""
        return tuple(path for one in self.entries for path, _ in one.listed.frames)

    def add(self, path: Path) -> None:
        """Append a placeholder for a film; one that is there already stays where it is."""
        self.add_all((path,))

    def add_all(self, paths: tuple[Path, ...]) -> None:
        """The same for several films."""
        self._stopped = False
        self._store.add(paths)
        self._model.arrange()

    def list_stacks(self, stacks: Sequence[Listed]) -> None:
        """List these stacks, and files that are in none of them yet."""
        self._store.list_stacks(stacks)
        self._model.arrange()

    def remove(self, paths: Iterable[Path]) -> None:
        """Take the stacks of these files out of the list."""
        keys = {self._store.key_of(path) for path in paths}
        self._store.remove(key for key in keys if key is not None)
        self._model.arrange()

    def clear(self) -> None:
        """Forget all films."""
        self._store.clear()
        self._model.arrange()

    # ------------------------------------------------------------------ what is known
    def show_image(self, path: Path, image: Image) -> None:
        """Say what the header says."""
        self._store.describe(path, image)

    def hold(self, path: Path, content: Content) -> None:
        """Say what a file holds: it shows the picture and the answer of that film."""
        self._store.hold(path, content)

    def show_thumbnail(self, content: Content, pixels: NDArray[np.uint8]) -> None:
        """Show a small picture of a film: pixels (h, w), 0 black … 255 white."""
        self._store.know(content, picture=_picture(pixels))

    def show_result(self, content: Content, outcome: Outcome) -> None:
        """Show the number, why there is none, or that it is hidden until the reader's call."""
        self._store.know(content, outcome=outcome)

    def show_images(self, key: str, images: tuple[Outcome, ...], *, asked: bool) -> None:
        """Show what is known of each frame of a stack, and whether all of them are to be read."""
        self._store.change(key, images=images, asked=asked)
        self._show_progress()

    def show_stopped(self, *, stopped: bool) -> None:
        """Say whether the rest of the list is read."""
        self._stopped = stopped
        self._show_progress()

    def refuse(self, path: Path, reason: str) -> None:
        """Say that a file cannot be read, and why."""
        self._store.change(self._store.key_of(path), outcome=Outcome(why=reason, severity="error"))

    def forget_results(self) -> None:
        """Another model reads: all films wait for its answers."""
        self._stopped = False
        self._store.forget_results()
        self._model.arrange()

    def renew(self, path: Path) -> None:
        """The file holds something else now: nothing that was said or shown of it stays."""
        self._store.hold(path, NOT_KNOWN)

    def show_marks(self, content: Content, count: int) -> None:
        """Say how many marks the reader has drawn on a film."""
        self._store.know(content, marks=count)

    def show_places(self, places: dict[str, str]) -> None:
        """Say where stacks are on screen, by key, in a word each; the others are not."""
        for one in self.entries:
            word = places.get(one.listed.key, "")
            if one.pane != word:
                self._store.change(one.listed.key, pane=word)

    # ------------------------------------------------------------------ what is wished
    def find_words(self, text: str) -> None:
        """List only what all words of a text are found in."""
        self._head.field.setText(text)
        self._model.choose(find=text)

    def show_all(self) -> None:
        """List all films again, by score."""
        self._head.field.setText("")
        self._model.choose(find="", filter="all", sort="score")
        self._head.show_wish("score", "all")

    def take_words(self) -> None:
        """Let the keyboard write what is to be found."""
        self._head.field.setFocus()
        self._head.field.selectAll()

    def remove_selected(self) -> None:
        """Ask that the film on show goes out of the list."""
        self._on_removal_asked(self._model.index_of(self._store.key_of(self._shown)))

    def sort(self, by: SortBy) -> None:
        """Put the list in another order."""
        self._model.choose(sort=by)
        self._head.show_wish(by, self._model.wish.filter)

    def filter(self, which: Filter) -> None:
        """List only some of the films."""
        self._model.choose(filter=which)
        self._head.show_wish(self._model.wish.sort, which)

    def hold_against(self, threshold: float | None) -> None:
        """Hold scores against the reader's own threshold; None takes each model's."""
        self._model.choose(own=threshold)

    def call_first(self, *, on: bool) -> None:
        """Stand in groups with headings: films that wait for a call have one of their own."""
        self._model.choose(grouped=on)

    def select(self, path: Path | None) -> None:
        """Mark a film as the one on show, and scroll to it; asks for nothing. None marks none."""
        key, before = self._store.key_of(path), self._store.key_of(self._shown)
        self._shown = path
        if key is None or key != before or self._list.shows_nothing:
            self._store.note_seen(key)
            self._mark()  # else it is another frame of the same stack

    # ------------------------------------------------------------------ drag and drop
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take local files; the surface answers while they hover."""
        if dropped(event):
            _surface(self, "field")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Give the surface back."""
        _surface(self, "panel")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the dropped files."""
        _surface(self, "panel")
        paths = dropped(event)
        if paths:
            event.acceptProposedAction()
            self.films_dropped.emit(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow list has no room for search and order."""
        super().resizeEvent(event)
        self._head.setVisible(self.width() >= CARD_BELOW)

    # ------------------------------------------------------------------ inside
    def _on_clicked(self, index: QModelIndex) -> None:
        node = self._model.node(index)
        if node.opens and (node.entry is None or self._list.at_chevron(index)):
            self._list.setExpanded(index, not self._list.isExpanded(index))
            return
        self._request(index)

    def _request(self, index: QModelIndex) -> None:
        node = self._model.node(index)
        if node.kind == "group":
            self._list.setExpanded(index, not self._list.isExpanded(index))
        elif node.kind == "image":
            self.image_requested.emit(node.stack.listed.key, node.place)
        else:
            self.film_requested.emit(node.stack.path)

    def _on_removal_asked(self, index: QModelIndex) -> None:
        node = self._model.node(index)
        if index.isValid() and node.kind != "group":
            entries = node.entries or (node.stack,)
            paths = dict.fromkeys(path for one in entries for path, _ in one.listed.frames)
            self.removal_requested.emit(tuple(paths))

    def _show_menu(self, index: QModelIndex, at: QPoint) -> None:
        menu = RowMenu(self._model.node(index), self)
        menu.shown.connect(lambda: self._request(index))
        menu.taken.connect(lambda: self._on_removal_asked(index))
        menu.read.connect(self.reading_requested)
        menu.exported.connect(self.export_requested)
        menu.popup(at)

    def _on_stopped(self) -> None:
        self.show_stopped(stopped=not self._stopped)
        (self.stop_requested if self._stopped else self.go_on_requested).emit()

    def _refresh(self) -> None:
        count, listed = len(self.entries), len(self._model.shown)
        self._count.setText(_count_words(count, listed, self._model.people))
        self._stack.setCurrentIndex(0 if not count else 2 if listed else 1)
        self._head.setEnabled(bool(count))
        self._list.open_again()
        self._mark()
        self._list.keep_place()
        self._show_progress()

    def _show_progress(self) -> None:
        left, count, images = _progress(self.entries)
        self._head.show_progress(left, count, images=images, stopped=self._stopped)

    def _mark(self) -> None:
        index = self._model.index_of(self._store.key_of(self._shown))
        if not index.isValid():
            self._list.clearSelection()
            return
        above = index.parent()
        while above.isValid():
            self._list.expand(above)
            above = above.parent()
        mode = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self._list.selectionModel().setCurrentIndex(index, mode)
        if index.row() == 0 and index.parent().isValid():
            self._list.scrollTo(index.parent())  # the heading, too
        self._list.scrollTo(index)

    def _place(self) -> None:
        for words in (self._empty, self._none):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            words.setWordWrap(True)
            words.setContentsMargins(theme.GAP, theme.MARGIN, theme.GAP, 0)
        body = QWidget()
        self._stack = QStackedLayout(body)
        for widget in (self._empty, self._none, self._list):
            self._stack.addWidget(widget)
        column = column_in(self, 0)
        column.addWidget(_titled(self._count))
        column.addWidget(self._head)
        column.addWidget(body, 1)


def _surface(pane: QWidget, name: str) -> None:
    panel(pane, name)
    pane.style().unpolish(pane)
    pane.style().polish(pane)


def _count_words(count: int, listed: int, people: int) -> str:
    """How many films there are, or how many of them are listed."""
    if listed != count:
        return tr("{listed} of {count}", listed=listed, count=count)
    if people < count:
        return " · ".join((tr("%n patients", "", n=people), tr("%n series", "", n=count)))
    return tr("%n films", "", n=count) if count else ""


def _progress(entries: Iterable[WorklistEntry]) -> tuple[int, int, bool]:
    """How many films are awaited, of how many, and whether they are those of series."""
    read = [one for one in entries if len(one.listed.frames) == 1 or one.asked]
    series = [one for one in read if one.asked and one.awaited]
    counted = series or read
    left, count = (
        sum(one.awaited for one in counted),
        sum(len(one.listed.frames) for one in counted),
    )
    return left, count, bool(series)


class RowMenu(QMenu):
    """What can be done with a row, and with the list."""

    shown, taken, exported = Signal(), Signal(), Signal()
    read = Signal(str, bool)  # key of a stack, whether its images are read or no more of them

    def __init__(self, node: WorklistNode, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if node.kind not in {"root", "group"}:
            self.addAction(tr("Show")).triggered.connect(self.shown)
            taken = self.addAction(tr("Take out of the list"))
            taken.setShortcut("Del")
            taken.triggered.connect(self.taken)
            if node.entry is not None and len(node.entry.listed.frames) > 1:
                self._offer_reading(node.entry)
            self.addSeparator()
        self.addAction(tr("Export the list …")).triggered.connect(self.exported)

    def _offer_reading(self, stack: WorklistEntry) -> None:
        """All images of a series are read, or no more of them."""
        key, begins = stack.listed.key, not (stack.asked and stack.awaited)
        words = tr("Read all images of this series") if begins else tr("Stop reading this series")
        self.addAction(words).triggered.connect(lambda: self.read.emit(key, begins))


def _titled(count: QWidget) -> QWidget:
    head = QWidget()
    head.setFixedHeight(theme.HEAD)
    row = QHBoxLayout(head)
    row.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
    row.addWidget(said(marked("Worklist"), "heading"), 1)
    row.addWidget(count)
    return head


class _FilmTree(QTreeView):
    """Draws only what is in sight; takes keys once the reader has gone to it with Tab."""

    removal_asked = Signal(object)  # QModelIndex
    menu_asked = Signal(object, object)  # QModelIndex, QPoint on screen
    OWN_KEYS: Final = frozenset(
        {
            Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home,
            Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return,
            Qt.Key.Key_Enter, Qt.Key.Key_Delete,
        }
    )  # fmt: skip

    def __init__(self, model: WorklistModel) -> None:
        super().__init__()
        self._films = model
        self._closed: set[str] = set()  # rows that the reader has closed; others start open
        self._opened: dict[str, None] = {}  # a row before those beneath it
        self._restoring = False
        self._scrolled: int | None = None  # before the rows were put in order
        self._film_in_sight = True
        model.modelAboutToBeReset.connect(self._keep_in_mind)
        self.setModel(model)
        self.setItemDelegate(WorklistDelegate(model))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the film
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        LongPress(self.viewport())
        live(self, lambda films: films.setAccessibleName(tr("Worklist")))
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet(
            "QTreeView { background: transparent; } QTreeView::branch { background: transparent; }"
        )
        self.verticalScrollBar().setSingleStep(24)
        self.expanded.connect(lambda index: self._on_opened(index, opened=True))
        self.collapsed.connect(lambda index: self._on_opened(index, opened=False))

    def _keep_in_mind(self) -> None:
        """Before rows are put in order anew: where the reader is, and whether he sees the film."""
        marked_row = self.visualRect(self.currentIndex())
        self._film_in_sight = marked_row.intersects(self.viewport().rect())
        self._scrolled = self.verticalScrollBar().value()

    def keep_place(self) -> None:
        """Stay where the reader has scrolled to, unless the film on show would go out of sight."""
        self.executeDelayedItemsLayout()
        here = self.currentIndex()
        if self._scrolled is None:
            return
        self.verticalScrollBar().setValue(self._scrolled)
        if self._film_in_sight and here.isValid():
            self.scrollTo(here)

    def open_again(self) -> None:
        """Open what was open before the rows were put in order; groups are open at first."""
        self._restoring = True
        for key in (*map("group {}".format, GROUPS), *self._opened):
            if key not in self._closed:
                self.expand(self._films.index_of(key))  # nothing happens where it is not listed
        self._restoring = False

    @property
    def shows_nothing(self) -> bool:
        """Whether no row is marked."""
        return not self.selectionModel().hasSelection()

    def at_chevron(self, index: QModelIndex) -> bool:
        """Whether the last click was left of the film, where a row opens."""
        at = self.viewport().mapFromGlobal(self.cursor().pos())
        return at.x() < self.visualRect(index).left() + 24

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as wide as the list: lay them out again."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def event(self, event: QEvent) -> bool:
        """Keys that move in the list are the list's while it has them, not the film's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            plain = event.modifiers() in {
                Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
            }  # fmt: skip
            if plain and event.key() in self.OWN_KEYS:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows a row, Delete takes it out of the list."""
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.activated.emit(index)
        elif event.key() == Qt.Key.Key_Delete and index.isValid():
            self.removal_asked.emit(index)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the row under the mouse."""
        self.menu_asked.emit(self.indexAt(event.pos()), event.globalPos())

    def _on_opened(self, index: QModelIndex, *, opened: bool) -> None:
        node = self._films.node(index)
        if opened and node.kind == "patient" and not self._restoring:
            for row in range(self._films.rowCount(index)):  # its studies are what was asked for
                self.expand(self._films.index(row, 0, index))
        if self._restoring:
            return
        if opened:
            self._closed.discard(node.key)
            self._opened[node.key] = None
        else:
            self._closed.add(node.key)
            self._opened.pop(node.key, None)


def _picture(pixels: NDArray[np.uint8]) -> QPixmap:
    height, width = pixels.shape
    data = np.ascontiguousarray(pixels, dtype=np.uint8)
    image = QImage(data.data, width, height, width, QImage.Format.Format_Grayscale8)
    fits = width <= THUMBNAIL.width() and height <= THUMBNAIL.height()
    if fits:
        return QPixmap.fromImage(image.copy())  # a copy: the array may go before the picture
    ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image.scaled(THUMBNAIL, ratio, smooth))
