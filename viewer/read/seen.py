"""What the model saw of a film, small, in the reading panel."""

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.widgets import column_in, row_in
from viewer.read.blocks import Section, wrapped
from viewer.session.model_rows import ModelView, seen_lines

if TYPE_CHECKING:
    from viewer.session.session import Session

SIDE: Final = 84  # pixels of the picture's longer side


class SeenSection(Section):
    """The grid that the model read, and what became of the film; hidden while it is not known."""

    def __init__(self) -> None:
        super().__init__(marked("What the model saw"))
        self.view: ModelView | None = None
        live(self, SeenSection._dress)

    def show_view(self, view: ModelView | None) -> None:
        """Show another view, or none."""
        self.view = view
        self._dress()

    def follow(self, session: "Session") -> None:
        """Show what the model saw of the active film, once it has been read."""

        def look(*_: object) -> None:
            known = session.analysis is not None
            self.show_view(session.seen.of(session.film, session.model) if known else None)

        def ask(*_: object) -> None:
            session.seen.ask(session.film, session.model)

        session.seen.known.connect(look)
        session.analyses.analysed.connect(ask)
        session.analyses.reading_started.connect(look)
        session.analyses.blanked.connect(look)
        session.panes.arranged.connect(look)

    def _dress(self) -> None:
        self.replace([] if self.view is None else [_row(self.view)])


def _row(view: ModelView) -> QWidget:
    row = QWidget()
    picture = QLabel()
    pixels = _pixels(view)
    picture.setPixmap(pixels)
    picture.setFixedSize(pixels.size() / pixels.devicePixelRatio())
    picture.setAccessibleName(tr("What the model saw"))
    words = QWidget()
    column = column_in(words, 4)
    for line in seen_lines(view):
        column.addWidget(wrapped(line))
    column.addWidget(wrapped(tr("B blinks it over the film"), "quiet"))
    column.addStretch(1)
    across = row_in(row, 12)
    across.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(words, 1)
    return row


def _pixels(view: ModelView) -> QPixmap:
    """The grid in the shape of the film: of a cell as many pixels as of any other."""
    grey = np.ascontiguousarray(view.grey)
    rows, columns = grey.shape
    image = QImage(grey.data, columns, rows, columns, QImage.Format.Format_Grayscale8).copy()
    high, wide = view.rows[-1] - view.rows[0], view.columns[-1] - view.columns[0]
    share = 2 * SIDE / max(high, wide)
    size = QSize(max(round(wide * share), 1), max(round(high * share), 1))
    result = QPixmap.fromImage(image.scaled(size))
    result.setDevicePixelRatio(2.0)
    return result
