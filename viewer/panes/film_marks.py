"""What is painted over the film: plates, letters, the cursor's tag, the ribbon, the notice."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from engine import Heatmap
from viewer import theme
from viewer.panes.film_layout import LINE, PADDING, Layout, Plate
from viewer.rendering import MAP_STEPS, solid_lut, table_places

RADIUS = 3.0
RIBBON, SEAM = 8.0, 2.0  # width of the ribbon, and its distance from the film


def paint_words(painter: QPainter, layout: Layout) -> None:
    """Paint plates and letters."""
    for plate in layout.plates:
        _paint_plate(painter, plate)
    for letter in layout.letters:
        _fill(painter, letter.box, theme.ON_FILM.pane, theme.PLATE_ALPHA)
        _write(painter, letter, theme.ON_FILM.text)


def paint_tag(painter: QPainter, tag: Plate) -> None:
    """Paint the tag of the row cursor."""
    _fill(painter, tag.box, theme.ON_FILM.accent, 255)
    _write(painter, tag, theme.ON_FILM.on_accent)


def paint_notice(painter: QPainter, body: QRectF, text: str) -> None:
    """Paint the sentence of the empty state in the middle."""
    room = body.adjusted(24, 48, -24, -48)
    large = theme.font(theme.RESULT)
    one_line = QFontMetricsF(large).horizontalAdvance(text) <= room.width()
    painter.setFont(large if one_line else theme.font(theme.LARGE))
    painter.setPen(theme.colour(theme.ON_FILM.quiet))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)


def paint_ribbon(
    painter: QPainter, area: QRectF, heatmap: Heatmap, y_of: Callable[[float], float]
) -> None:
    """Paint the exact map values beside the film.

    Args:
        painter: In pixels of the body.
        area: Of the ribbon; bands are cut at its ends.
        heatmap: Its edges place the bands.
        y_of: Stored row → pixel.
    """
    table = solid_lut(heatmap.question, heatmap.signed, MAP_STEPS)
    places = table_places(heatmap)
    if not heatmap.signed:
        places = (places - MAP_STEPS // 2) * 2
    tops = [y_of(float(edge)) for edge in heatmap.edges]
    for step, place in enumerate(places):
        band = QRectF(area.left(), tops[step], area.width(), tops[step + 1] - tops[step])
        painter.fillRect(band.intersected(area), QColor(*(int(part) for part in table[place])))


def _paint_plate(painter: QPainter, plate: Plate) -> None:
    _fill(painter, plate.box, theme.ON_FILM.pane, theme.PLATE_ALPHA)
    painter.setFont(theme.font(weight=QFont.Weight.Medium))
    painter.setPen(theme.colour(theme.ON_FILM.text))
    side = Qt.AlignmentFlag.AlignRight if plate.right else Qt.AlignmentFlag.AlignLeft
    text = plate.box.adjusted(PADDING, PADDING - 1, -PADDING, 0)
    for place, line in enumerate(plate.lines):
        row = QRectF(text.left(), text.top() + place * LINE, text.width(), LINE)
        painter.drawText(row, side | Qt.AlignmentFlag.AlignVCenter, line)


def _write(painter: QPainter, plate: Plate, name: str) -> None:
    painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
    painter.setPen(theme.colour(name))
    painter.drawText(plate.box, Qt.AlignmentFlag.AlignCenter, plate.lines[0])


def _fill(painter: QPainter, box: QRectF, name: str, alpha: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(name, alpha))
    painter.drawRoundedRect(box, RADIUS, RADIUS)
