"""Stretches of films that left the network in one state: pictures aligned on the stretch."""

from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.index import FoundStretch
from engine.types import Bytes, Doubles
from viewer.kit import theme
from viewer.kit.canvas import paint_cursor
from viewer.kit.language import named, tr
from viewer.kit.live import live
from viewer.kit.widgets import column_in, label, said

if TYPE_CHECKING:
    from viewer.session.searching import Searching
    from viewer.session.session import Session

LINE: Final = 16  # of text
ENLARGED: Final = 1.25  # height of a film over that of its picture, at least
DIMMED: Final = 110  # alpha of the ground over what lies outside the stretch


def picture_of(grey: Bytes) -> QImage:
    """A thumbnail (h, w) as a picture of its own."""
    pixels = np.ascontiguousarray(grey)
    height, width = pixels.shape
    return QImage(pixels.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def band_of(edges: Doubles, rows: int, stretch: tuple[int, int]) -> tuple[float, float]:
    """First and last + 1 row of a stretch of steps, as shares of a film's height."""
    first, last = (min(max(step, 0), len(edges) - 2) for step in stretch)
    return float(edges[first]) / rows, float(edges[last + 1]) / rows


def words_of(stretch: tuple[int, int]) -> str:
    """Rows of a stretch, as they are said."""
    first, last = stretch
    if first == last:
        return tr("row {row}", row=first)
    return tr("rows {first}–{last}", first=first, last=last)


class StretchButton(QAbstractButton):
    """A film around a stretch of its rows, with its label, distance, name and rows; opens it.

    Args:
        lies: Whether the words stand at the right of the picture or beneath it.
        parent: Of the widget.
    """

    def __init__(
        self, lies: Literal["beside", "beneath"], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.lies = lies
        self.found: FoundStretch | None = None
        self.title, self.value, self.name = "", "", ""
        self._picture: QImage | None = None
        self._band = (0.0, 1.0)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_found(self, found: FoundStretch | None, label_text: str = "") -> None:
        """Show a film of the index; None shows nothing."""
        self.found = found
        self.setVisible(found is not None)
        if found is None:
            return
        near = not np.isnan(found.distance)
        self._show(
            picture_of(found.thumbnail),
            band_of(found.edges, found.rows, (found.first, found.last)),
            (label_text, f"{found.distance:.2f}" if near else ""),
            f"{found.path.stem}, {words_of((found.first, found.last))}",
        )

    def show_film(
        self, grey: Bytes, band: tuple[float, float], title: str, name: str
    ) -> None:
        """Show the film that is open, to compare with; it opens nothing."""
        self.found = None
        self.setVisible(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.unsetCursor()
        self._show(picture_of(grey), band, (title, ""), name)

    def _show(
        self, picture: QImage, band: tuple[float, float], head: tuple[str, str], name: str
    ) -> None:
        self._picture, self._band = picture, band
        (self.title, self.value), self.name = head, name
        self.setToolTip(name)
        self.setAccessibleName(", ".join(part for part in (*head, name) if part))
        self.update()

    # ---------------------------------------------------------------- geometry

    def picture_area(self) -> QRectF:
        """Where the film is drawn."""
        if self.lies == "beneath":
            return QRectF(0, 0, self.width(), max(self.height() - 2 * LINE - 4, 1))
        return QRectF(0, 0, round(self.width() * 0.62), self.height())

    def film_area(self) -> QRectF:
        """Where all of the film would be drawn, the middle of its stretch in the area's middle."""
        area = self.picture_area()
        if self._picture is None:
            return area
        wide, high = self._picture.width(), self._picture.height()
        scale = max(area.width() / wide, ENLARGED * area.height() / high)
        middle = (self._band[0] + self._band[1]) / 2
        top = area.center().y() - middle * high * scale
        return QRectF(area.center().x() - wide * scale / 2, top, wide * scale, high * scale)

    def band_area(self) -> tuple[float, float]:
        """Pixels between which the stretch lies, whether they are seen or not."""
        film = self.film_area()
        top, bottom = (film.top() + share * film.height() for share in self._band)
        return top, bottom

    def sizeHint(self) -> QSize:
        """Any."""
        return QSize(96, 96) if self.lies == "beneath" else QSize(240, 2 * LINE + 4)

    # ---------------------------------------------------------------- painting

    def enterEvent(self, event: QEnterEvent) -> None:
        """Look like something to press."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """And no more."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the film around its stretch, and the words."""
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = self.picture_area()
        painter.fillRect(area, theme.colour(theme.PANE))
        painter.save()
        painter.setClipRect(area)
        painter.drawImage(self.film_area(), self._picture)
        self._paint_band(painter, area)
        painter.restore()
        if self.hasFocus() or (self.underMouse() and self.found is not None):
            painter.setPen(theme.colour(theme.ACCENT if self.hasFocus() else theme.QUIET))
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        self._paint_words(painter, area)
        painter.end()

    def _paint_band(self, painter: QPainter, area: QRectF) -> None:
        """Lines where the stretch begins and ends; one line where it is lower than it shows."""
        from PySide6.QtCore import QLineF  # noqa: PLC0415

        top, bottom = self.band_area()
        places = [top, bottom] if bottom - top >= 5 else [(top + bottom) / 2]
        for y in places:
            painter.save()
            paint_cursor(painter, QLineF(area.left(), y, area.right(), y), theme.ON_FILM)
            painter.restore()

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        beneath = self.lies == "beneath"
        left = area.left() if beneath else area.right() + theme.GAP
        first = area.bottom() + LINE - 1 if beneath else area.center().y() - 3
        right = float(self.width())
        strong = theme.font(weight=QFont.Weight.Medium)
        metrics = QFontMetricsF(strong)
        number = metrics.horizontalAdvance(self.value)
        painter.setFont(strong)
        painter.setPen(theme.colour(theme.TEXT))
        painter.drawText(QPointF(right - number, first), self.value)
        room = right - left - number - (theme.GAP if self.value else 0)
        end = Qt.TextElideMode.ElideRight
        painter.drawText(QPointF(left, first), metrics.elidedText(self.title, end, room))
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.QUIET))
        quiet = QFontMetricsF(theme.font())
        painter.drawText(
            QPointF(left, first + LINE), self._short_name(quiet, right - left)
        )

    def _short_name(self, metrics: QFontMetricsF, room: float) -> str:
        """The name gives way before the rows do."""
        name, comma, rows = self.name.rpartition(", ")
        tail = f"{comma}{rows}" if comma else ""
        left = room - metrics.horizontalAdvance(tail)
        if comma and left < 24:
            return metrics.elidedText(rows, Qt.TextElideMode.ElideRight, room)
        return metrics.elidedText(name or rows, Qt.TextElideMode.ElideMiddle, left) + tail
