"""What the model saw, beside its answer: its very grid, small, and how it was made."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from engine.types import Bytes
from viewer.kit import theme
from viewer.kit.language import tr
from viewer.kit.widgets import column_in, explain, row_in
from viewer.read.blocks import ROOM, TOP, wrapped
from viewer.session.model_rows import ModelView, seen_lines

SIDE = 80  # pixels of the picture


class SeenRow(QWidget):
    """The grid of a film as a picture in a dark box, and its facts beside it."""

    def __init__(self, view: ModelView) -> None:
        super().__init__()
        row = row_in(self, 12)
        picture = QLabel()
        picture.setFixedSize(SIDE, SIDE)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setStyleSheet(f"background: {theme.ON_FILM.pane};")
        picture.setPixmap(_picture_of(view.grey, picture.devicePixelRatioF()))
        facts = seen_lines(view)
        picture.setAccessibleName(facts[0])
        explain(picture, *facts)
        row.addWidget(picture, 0, TOP)
        words = QWidget()
        column = column_in(words, 4)
        for place, line in enumerate(facts):
            column.addWidget(wrapped(line, "" if place == 0 else "quiet", ROOM - SIDE - 12))
        column.addWidget(wrapped(tr("B lays it over the film"), "quiet", ROOM - SIDE - 12))
        row.addWidget(words, 1, TOP)


def _picture_of(grey: Bytes, density: float) -> QPixmap:
    """The grid scaled to the box, each of its values a rectangle: nothing is smoothed."""
    height, width = grey.shape
    image = QImage(grey.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()
    size = QSize(round(SIDE * density), round(SIDE * density))
    keep, plain = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation
    result = QPixmap.fromImage(image.scaled(size, keep, plain))
    result.setDevicePixelRatio(density)
    return result
