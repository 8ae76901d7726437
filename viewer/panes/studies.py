"""The list of opened films: thumbnail, name and what the model said of each."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QListView, QStackedLayout, QVBoxLayout, QWidget

from engine import Image
from viewer import theme
from viewer.choices import Outcome
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.panes.studies_list import StudyDelegate, StudyModel
from viewer.scaffold import label, panel, said

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

    def show_image(self, path: Path, image: Image) -> None:
        """Say in the tooltip what the header says."""
        self._model.change(path, image=image)

    def show_thumbnail(self, path: Path, pixels: NDArray[np.uint8]) -> None:
        """Show a small picture of a film: pixels (h, w), 0 black … 255 white."""
        self._model.change(path, picture=_picture(pixels))

    def show_result(self, path: Path, outcome: Outcome) -> None:
        """Show the probability, or why there is none.

        "warning" says "Abstained" and "error" says "Not read", each with its icon and without a
        number; why goes to the tooltip.
        """
        self._model.change(path, outcome=outcome)

    def renew(self, path: Path) -> None:
        """The file holds something else now: nothing that was said or shown of it stays."""
        self._model.change(path, image=None, picture=None, outcome=Outcome())

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
        if _dropped(event):
            self._surface("field")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Give the surface back."""
        self._surface("panel")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the dropped files."""
        self._surface("panel")
        paths = _dropped(event)
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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
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


def _dropped(event: QDropEvent) -> tuple[Path, ...]:
    urls = event.mimeData().urls()
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
