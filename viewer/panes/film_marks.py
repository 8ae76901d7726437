"""What is written over the film: corner plates, letters, the cursor's tag, the empty state."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from engine import Orientation
from viewer import theme

PADDING, RADIUS, INSET, LINE = 8.0, 3.0, 8.0, 16.0
RIBBON = 8.0
RESEARCH = "Research use only"

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corners:
    """Lines of the four corners; the upper right one is always the research-use line."""

    identity: Lines = ()
    view: Lines = ()
    pixels: Lines = ()


def paint_corners(painter: QPainter, body: QRectF, corners: Corners) -> list[QRectF]:
    """Paint the corner plates; returns their rectangles, for others to keep clear of."""
    room = (body.width() - 3 * INSET) / 2
    top_right = _plate(painter, _top_right(body, (RESEARCH,)), (RESEARCH,), right=True)
    left_room = body.width() - 3 * INSET - top_right.width()
    taken = [top_right]
    if corners.identity:
        lines = fitted(corners.identity, left_room)
        taken.append(_plate(painter, _at(body, lines, top=True, left=True), lines))
    if corners.view:
        lines = fitted(corners.view, room)
        taken.append(_plate(painter, _at(body, lines, top=False, left=True), lines))
    if corners.pixels:
        lines = fitted(corners.pixels, room)
        taken.append(_plate(painter, _at(body, lines, top=False, left=False), lines, right=True))
    return taken


def paint_letters(
    painter: QPainter, film: QRectF, letters: Orientation, taken: Sequence[QRectF]
) -> None:
    """Paint the anatomical letters at the middle of the visible film's edges."""
    half = 12.0
    places = (
        (letters.left, QPointF(film.left() + INSET + half, film.center().y())),
        (letters.right, QPointF(film.right() - INSET - half, film.center().y())),
        (letters.top, QPointF(film.center().x(), film.top() + INSET + half)),
        (letters.bottom, QPointF(film.center().x(), film.bottom() - INSET - half)),
    )
    font = theme.font(weight=QFont.Weight.DemiBold)
    for text, place in places:
        width = max(QFontMetricsF(font).horizontalAdvance(text) + 12, 2 * half)
        box = QRectF(place.x() - width / 2, place.y() - half, width, 2 * half)
        if text and not any(box.intersects(other) for other in taken):
            _fill(painter, box, theme.PANE, theme.PLATE_ALPHA)
            painter.setFont(font)
            painter.setPen(theme.colour(theme.TEXT))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def paint_tag(painter: QPainter, body: QRectF, y: float, text: str) -> None:
    """Paint the cursor's tag at the left edge, kept inside the body."""
    font = theme.font(weight=QFont.Weight.DemiBold)
    width = QFontMetricsF(font).horizontalAdvance(text) + 2 * PADDING
    top = min(max(y - 11, body.top()), body.bottom() - 22)
    box = QRectF(body.left() + INSET, top, width, 22)
    _fill(painter, box, theme.ACCENT, 255)
    painter.setFont(font)
    painter.setPen(theme.colour(theme.ON_ACCENT))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def paint_notice(painter: QPainter, body: QRectF, text: str) -> None:
    """Paint the sentence of the empty state in the middle."""
    painter.setFont(theme.font(theme.LARGE))
    painter.setPen(theme.colour(theme.QUIET))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(body.adjusted(24, 24, -24, -24), flags, text)


def fitted(lines: Lines, room: float) -> Lines:
    """The lines, elided where they are wider than the room of their plate."""
    metrics = QFontMetricsF(theme.font(weight=QFont.Weight.Medium))
    width = max(room - 2 * PADDING, 24.0)
    return tuple(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines)


def _size(lines: Lines) -> QSizeF:
    metrics = QFontMetricsF(theme.font(weight=QFont.Weight.Medium))
    width = max(metrics.horizontalAdvance(line) for line in lines)
    return QSizeF(width + 2 * PADDING, LINE * len(lines) + 2 * PADDING - 2)


def _top_right(body: QRectF, lines: Lines) -> QRectF:
    return _at(body, lines, top=True, left=False)


def _at(body: QRectF, lines: Lines, *, top: bool, left: bool) -> QRectF:
    size = _size(lines)
    x = body.left() + INSET if left else body.right() - INSET - size.width()
    y = body.top() + INSET if top else body.bottom() - INSET - size.height()
    return QRectF(QPointF(round(x), round(y)), size)


def _plate(painter: QPainter, box: QRectF, lines: Lines, *, right: bool = False) -> QRectF:
    _fill(painter, box, theme.PANE, theme.PLATE_ALPHA)
    painter.setFont(theme.font(weight=QFont.Weight.Medium))
    painter.setPen(theme.colour(theme.TEXT))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    for place, line in enumerate(lines):
        row = QRectF(box.left(), box.top() + PADDING - 1 + place * LINE, box.width(), LINE)
        painter.drawText(
            row.adjusted(PADDING, 0, -PADDING, 0), side | Qt.AlignmentFlag.AlignVCenter, line
        )
    return box


def _fill(painter: QPainter, box: QRectF, name: str, alpha: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(name, alpha))
    painter.drawRoundedRect(box, RADIUS, RADIUS)
