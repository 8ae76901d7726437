"""The entries of the study list as values and a model, and the delegate that draws them."""

import unicodedata
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from engine import Image
from viewer import theme
from viewer.choices import Outcome, Severity
from viewer.kit.language import marked, told, tr

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
class Entry:
    """One film of the list; its words are made when they are shown."""

    path: Path
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
    """The films in the order in which they were opened, each path once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._rows: dict[Path, int] = {}

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
        self._entries.append(Entry(path))
        self._rows[path] = row
        self.endInsertRows()
        return row

    def change(self, path: Path, **changes: object) -> None:
        """Replace fields of an entry; a path that was never added is ignored."""
        row = self._rows.get(path)
        if row is None:
            return
        self._entries[row] = replace(self._entries[row], **changes)  # type: ignore[arg-type]
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def clear(self) -> None:
        """Forget all films."""
        self.beginResetModel()
        self._entries.clear()
        self._rows.clear()
        self.endResetModel()

    def row_of(self, path: Path) -> int | None:
        """Where a film stands, or None."""
        return self._rows.get(path)

    def entry(self, index: Index) -> Entry:
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
            return f"{entry.name}, {entry.word} {entry.number}"
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

    def _draw_film(self, painter: QPainter, box: QRect, entry: Entry) -> None:
        painter.fillRect(box, theme.colour(theme.ON_FILM.pane))
        if entry.picture is not None:
            size = entry.picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(box.topLeft(), size)
            place.moveCenter(box.center())
            painter.drawPixmap(place, entry.picture)
        if entry.word:
            self._draw_plate(painter, box, entry)

    def _draw_plate(self, painter: QPainter, box: QRect, entry: Entry) -> None:
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


def _draw_line(painter: QPainter, line: QRect, entry: Entry, *, chosen: bool) -> None:
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
