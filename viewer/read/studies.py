"""The list of studies: its entries, its model, its delegate."""

import unicodedata
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFont,
    QImage,
    QPainter,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from engine.types import Image
from viewer.kit import theme
from viewer.kit.language import listed, marked, told, tr
from viewer.kit.live import live
from viewer.kit.widgets import column_in, dropped, label, panel, said
from viewer.session.choices import Outcome, Severity
from viewer.session.loading import NOT_KNOWN, Content

# --------------------------------------------------------------- entries, model, delegate
# The entries of the study list as values and a model, and the delegate that draws them.

Index = QModelIndex | QPersistentModelIndex

WAITING: Final = "…"
UNKNOWN: Final = Outcome()  # nothing is known of a film yet
WORDS: Final[dict[Severity, str]] = {
    "warning": marked("Abstained"),
    "error": marked("Not read"),
}
ENTRY_ROLE: Final = Qt.ItemDataRole.UserRole
EDGE, PAD, LINE = 8, 8, 16  # around the entry, inside it, and its line of text
PLATE = 20
PLATE_ALPHA = 224  # denser than on the big film: the word is coloured and the film is small


@dataclass(frozen=True, slots=True, eq=False)
class StudyEntry:
    """One film of the list; its words are made when they are shown."""

    path: Path  # where it was found
    content: Content = NOT_KNOWN
    image: Image | None = None
    picture: QPixmap | None = None
    outcome: Outcome = UNKNOWN

    @property
    def name(self) -> str:
        """The file's name without its suffix, safe to show."""
        return plain(self.path.stem)

    @property
    def word(self) -> str:
        """What stands over the film: the class before a number, or why there is no number."""
        said = self.outcome
        return plain(said.name) if said.severity == "info" else tr(WORDS[said.severity])

    @property
    def number(self) -> str:
        """What stands beside the name: the number alone, or a dash."""
        return (self.outcome.number or WAITING) if self.outcome.severity == "info" else "–"

    @property
    def tooltip(self) -> str:
        """File name and kind, escaped: Qt would read a name like "<b>.png" as HTML."""
        lines = [plain(self.path.name)]
        if self.image is not None:
            lines.append(_kind(self.image))
        if self.outcome.why:
            lines.append(plain(told(self.outcome.why)))
        return "<p>" + "<br>".join(escape(line) for line in lines) + "</p>"


def plain(text: str) -> str:
    """Text without control, bidirectional and undecodable characters."""
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})


def _kind(image: Image) -> str:
    frames = tr("%n frames", "", n=image.frame_count) if image.frame_count > 1 else ""
    size = f"{image.columns} × {image.rows}"
    return " · ".join(part for part in (image.format, image.modality, size, frames) if part)


class StudyModel(QAbstractListModel):
    """The films in the order in which they were opened, each path once.

    Pictures and answers belong to what a file holds: two files that hold one film share them.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[StudyEntry] = []
        self._rows: dict[Path, int] = {}
        self._holders: dict[Content, set[Path]] = {}
        self._known: dict[Content, dict[str, object]] = {}  # fields of the entries of a film

    @property
    def paths(self) -> tuple[Path, ...]:
        """All paths, in order."""
        return tuple(self._rows)

    def add(self, path: Path) -> int:
        """Append a film that is still to be read; its row, or the one it already has."""
        if path in self._rows:
            return self._rows[path]
        row = len(self._entries)
        self.beginInsertRows(QModelIndex(), row, row)
        self._entries.append(StudyEntry(path))
        self._rows[path] = row
        self.endInsertRows()
        return row

    def change(self, path: Path, **changes: object) -> None:
        """Replace fields of an entry; a path that was never added is ignored."""
        row = self._rows.get(path)
        if row is None:
            return
        self._put(row, replace(self._entries[row], **changes))  # type: ignore[arg-type]

    def _put(self, row: int, entry: StudyEntry) -> None:
        self._entries[row] = entry
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def hold(self, path: Path, content: Content) -> None:
        """Say what a file holds; it shows what is known of that, and nothing of anything else."""
        row = self._rows.get(path)
        if row is None or (content and self._entries[row].content == content):
            return
        before = self._entries[row].content
        if before:
            self._holders[before].discard(path)
            if not self._holders[before]:
                self._known.pop(before, None)
        if content:
            self._holders.setdefault(content, set()).add(path)
        known = self._known.get(content, {})
        self._put(row, replace(StudyEntry(path, content), **known))  # type: ignore[arg-type]

    def know(self, content: Content, **changes: object) -> None:
        """Replace fields of the entries that hold a film."""
        if self._holders.get(content):
            self._known.setdefault(content, {}).update(changes)
            for path in self._holders[content]:
                self.change(path, **changes)

    def forget_results(self) -> None:
        """No entry has an answer any more."""
        for known in self._known.values():
            known.pop("outcome", None)
        for path in self._rows:
            self.change(path, outcome=UNKNOWN)

    def clear(self) -> None:
        """Forget all films."""
        self.beginResetModel()
        self._entries.clear()
        self._rows.clear()
        self._holders.clear()
        self._known.clear()
        self.endResetModel()

    def row_of(self, path: Path) -> int | None:
        """Where a film stands, or None."""
        return self._rows.get(path)

    def entry(self, index: Index) -> StudyEntry:
        """The entry at an index of this model."""
        return self._entries[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Number of films; entries have no children."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, tooltip and words for screen readers."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.tooltip
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return listed((entry.name, f"{entry.word} {entry.number}"))
        return entry if role == ENTRY_ROLE else None


class StudyDelegate(QStyledItemDelegate):
    """Draws an entry: film in a dark box, name and probability beneath."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._warning = theme.icon("warning", theme.ON_FILM.warning, 14).pixmap(QSize(14, 14), 2.0)

    @staticmethod
    def height(width: int) -> int:
        """Height of an entry in a list of this width: a box of 3:2, a line, and the gaps."""
        box = (width - 2 * EDGE - 2 * PAD) * 2 // 3
        return PAD + box + 6 + LINE + PAD + 4

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One size for all, from the width of the list."""
        width = option.widget.width()
        return QSize(width, self.height(width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one entry."""
        entry = index.data(ENTRY_ROLE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        card = option.rect.adjusted(EDGE, 0, 0, -4)
        card.setRight(option.widget.width() - EDGE - 1)  # a scroll bar stands in the edge
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if chosen or hovered:
            painter.fillRect(card, theme.colour(theme.RAISED if chosen else theme.FIELD))
        if chosen:
            painter.fillRect(card.adjusted(0, 0, 3 - card.width(), 0), theme.colour(theme.ACCENT))
        inner = card.adjusted(PAD, PAD, -PAD, -PAD)
        box = inner.adjusted(0, 0, 0, -LINE - 6)
        self._draw_film(painter, box, entry)
        line = QRect(inner.left(), inner.bottom() - LINE + 1, inner.width(), LINE)
        _draw_line(painter, line, entry, chosen=chosen)
        painter.restore()

    def _draw_film(self, painter: QPainter, box: QRect, entry: StudyEntry) -> None:
        painter.fillRect(box, theme.colour(theme.ON_FILM.pane))
        if entry.picture is not None:
            size = entry.picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(box.topLeft(), size)
            place.moveCenter(box.center())
            painter.drawPixmap(place, entry.picture)
        if entry.word:
            self._draw_plate(painter, box, entry)

    def _draw_plate(self, painter: QPainter, box: QRect, entry: StudyEntry) -> None:
        plate = box.adjusted(0, box.height() - PLATE, 0, 0)
        painter.fillRect(plate, theme.colour(theme.ON_FILM.pane, PLATE_ALPHA))
        painter.setFont(theme.font(weight=QFont.Weight.Medium))
        doubtful = entry.outcome.severity != "info"
        if doubtful:
            painter.drawPixmap(plate.left() + 6, plate.top() + 3, self._warning)
        worn = theme.ON_FILM
        painter.setPen(theme.colour(worn.warning if doubtful else worn.text))
        line = plate.adjusted(24 if doubtful else 6, 0, -4, 0)
        right = Qt.TextElideMode.ElideRight
        word = painter.fontMetrics().elidedText(entry.word, right, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, word)


def _draw_line(painter: QPainter, line: QRect, entry: StudyEntry, *, chosen: bool) -> None:
    """Name at the left, elided in its middle (the end tells films apart), value at the right."""
    value = entry.number
    waiting = entry.outcome == UNKNOWN
    painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
    painter.setPen(theme.colour(theme.QUIET if waiting else theme.TEXT))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    value = painter.fontMetrics().elidedText(value, Qt.TextElideMode.ElideLeft, line.width() // 2)
    painter.drawText(line, right, value)
    room = line.width() - painter.fontMetrics().horizontalAdvance(value) - 8
    painter.setFont(theme.font(weight=QFont.Weight.Medium))
    painter.setPen(theme.colour(theme.TEXT if chosen else theme.QUIET))
    name = painter.fontMetrics().elidedText(entry.name, Qt.TextElideMode.ElideMiddle, room)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)


# -------------------------------------------------------------------- pane of the studies
# The list of opened films: thumbnail, name and what the model said of each.

EMPTY = marked("Drop films here")
THUMBNAIL = QSize(240, 160)  # twice the largest box, for screens of twice the density


class StudiesPane(QWidget):
    """Opened films, each path once; the arrow keys stay with the window.

    Signals:
        film_requested(object): The Path of the film that was clicked.
        films_dropped(object): tuple[Path, ...] of local files and folders that were dropped.
    """

    film_requested = Signal(object)
    films_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self)
        self.setFixedWidth(theme.STUDIES_WIDTH["narrow"])
        self.setAcceptDrops(True)
        self._model = StudyModel(self)
        self._list = _FilmList(self._model)
        self._count = label("", "quiet")
        self._empty = said(EMPTY, "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(theme.GAP, theme.MARGIN, theme.GAP, 0)
        self._place()
        self._list.clicked.connect(self._request)

    def paths(self) -> tuple[Path, ...]:
        """All films, in the order in which they came."""
        return self._model.paths

    def add(self, path: Path) -> None:
        """Append a placeholder for a film; one that is there already stays where it is."""
        self._model.add(path)
        self._refresh()

    def add_all(self, paths: tuple[Path, ...]) -> None:
        """The same for several films."""
        for path in paths:
            self.add(path)

    def show_image(self, path: Path, image: Image) -> None:
        """Say in the tooltip what the header says."""
        self._model.change(path, image=image)

    def hold(self, path: Path, content: Content) -> None:
        """Say what a file holds: it shows the picture and the answer of that film."""
        self._model.hold(path, content)

    def show_thumbnail(self, content: Content, pixels: NDArray[np.uint8]) -> None:
        """Show a small picture of a film: pixels (h, w), 0 black … 255 white."""
        self._model.know(content, picture=_picture(pixels))

    def show_result(self, content: Content, outcome: Outcome) -> None:
        """Show the probability, or why there is none.

        "warning" says "Abstained" and "error" says "Not read", each with its icon and without a
        number; why goes to the tooltip.
        """
        self._model.know(content, outcome=outcome)

    def refuse(self, path: Path, reason: str) -> None:
        """Say that a file cannot be read, and in the tooltip why."""
        self._model.change(path, outcome=Outcome(why=reason, severity="error"))

    def forget_results(self) -> None:
        """Another model reads: all films wait for its answers."""
        self._model.forget_results()

    def renew(self, path: Path) -> None:
        """The file holds something else now: nothing that was said or shown of it stays."""
        self._model.hold(path, NOT_KNOWN)

    def select(self, path: Path | None) -> None:
        """Mark a film as the one on show, and scroll to it; asks for nothing. None marks none."""
        row = self._model.row_of(path) if path is not None else None
        if row is None:
            self._list.clearSelection()
            return
        index = self._model.index(row)
        mode = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self._list.selectionModel().setCurrentIndex(index, mode)
        self._list.scrollTo(index)

    def clear(self) -> None:
        """Forget all films."""
        self._model.clear()
        self._refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take local files; the surface answers while they hover."""
        if dropped(event):
            self._surface("field")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Give the surface back."""
        self._surface("panel")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the dropped files."""
        self._surface("panel")
        paths = dropped(event)
        if paths:
            event.acceptProposedAction()
            self.films_dropped.emit(paths)

    def _request(self, index: QModelIndex) -> None:
        self.film_requested.emit(self._model.entry(index).path)

    def _refresh(self) -> None:
        count = self._model.rowCount()
        self._count.setText(str(count) if count else "")
        self._stack.setCurrentIndex(1 if count else 0)

    def _surface(self, name: str) -> None:
        panel(self, name)
        self.style().unpolish(self)
        self.style().polish(self)

    def _place(self) -> None:
        head = QWidget()
        head.setFixedHeight(theme.HEAD)
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        row.addWidget(said(marked("Studies"), "heading"), 1)
        row.addWidget(self._count)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._list)
        column = column_in(self, 0)
        column.addWidget(head)
        column.addWidget(body, 1)


class _FilmList(QListView):
    """Draws only what is in sight; takes clicks and the wheel, but no keys."""

    def __init__(self, model: StudyModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(StudyDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        live(self, lambda films: films.setAccessibleName(tr("Studies")))
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent; }")
        self.verticalScrollBar().setSingleStep(24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Entries are as wide as the list: lay them out again."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


def _picture(pixels: NDArray[np.uint8]) -> QPixmap:
    height, width = pixels.shape
    data = np.ascontiguousarray(pixels, dtype=np.uint8)
    image = QImage(data.data, width, height, width, QImage.Format.Format_Grayscale8)
    fits = width <= THUMBNAIL.width() and height <= THUMBNAIL.height()
    if fits:
        return QPixmap.fromImage(image.copy())  # a copy: the array may go before the picture
    ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image.scaled(THUMBNAIL, ratio, smooth))
