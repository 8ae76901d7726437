"""Row states of many films as points of a plane, and the path of the open film through them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.types import Bytes, Floats
from viewer.kit import theme
from viewer.kit.language import tr
from viewer.kit.widgets import panel

if TYPE_CHECKING:
    from collections.abc import Callable

EDGE: Final = 14.0  # pixels around the points
DOT: Final = 2  # pixels of a point
NEAR: Final = 9.0  # pixels at which the pointer is on a point
DRAG: Final = 4.0  # pixels that make a press a drag
APART: Final = 48.0  # pixels that two words on a path keep at least
DOT_ALPHA: Final = 190


@dataclass(frozen=True, slots=True, eq=False)
class Path2d:
    """A film's way through the plane.

    Attributes:
        points: (L, 2).
        title: What stands beside its dot at the cursor.
        strong: Whether it is drawn strong; otherwise it is quiet.
    """

    points: Floats
    title: str
    strong: bool = True


class ProjectionView(QWidget):
    """Points, paths and the dot of the row cursor; a drag draws a line around points.

    The two axes are drawn to fill the room, each by itself.
    """

    lassoed = Signal(object)  # (k, 2) corners in the plane; None: a press on nothing
    row_requested = Signal(int)  # step of the path that was pressed
    point_opened = Signal(int)  # place of a point, by a double click

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self, "window")
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(120, 60)
        self._points: Floats = np.zeros((0, 2), np.float32)
        self._colours: Bytes = np.zeros((0, 3), np.uint8)
        self._low, self._high = np.zeros(2), np.ones(2)
        self._image: QImage | None = None
        self._paths: tuple[Path2d, ...] = ()
        self._stretch: tuple[int, int] | None = None
        self._corners: Floats | None = None
        self._drawn: list[QPointF] = []
        self._written: list[QRectF] = []  # where words stand
        self.name_of: Callable[[int], str] = lambda _place: ""  # what the tip of a point says

    # ---------------------------------------------------------------- slots

    def show_cloud(self, points: Floats, colours: Bytes) -> None:
        """Show points (m, 2), each in its colour (m, 3)."""
        self._points, self._colours = points, colours
        ends = points if len(points) else np.array([[0.0, 0.0], [1.0, 1.0]])
        self._low, self._high = ends.min(axis=0).astype(float), ends.max(axis=0).astype(float)
        self._high = np.where(self._high > self._low, self._high, self._low + 1.0)
        self._image = None
        self.update()

    def show_paths(self, paths: tuple[Path2d, ...], stretch: tuple[int, int] | None) -> None:
        """Show ways of films, and where on them the cursor or a brushed stretch is."""
        drawn = [(path.points, path.strong) for path in self._paths]
        if len(drawn) != len(paths) or any(
            one.points is not points or one.strong != strong
            for one, (points, strong) in zip(paths, drawn, strict=True)
        ):
            self._image = None  # only the dot moves with the cursor
        self._paths, self._stretch = paths, stretch
        self.update()

    def show_lasso(self, corners: Floats | None) -> None:
        """Show the line around points that are listed; None shows none."""
        self._corners = corners
        self.update()

    # ---------------------------------------------------------------- geometry

    def places(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """Pixels (n, 2) of points of the plane."""
        room = np.array([self.width() - 2 * EDGE, self.height() - 2 * EDGE])
        shares = (points - self._low) / (self._high - self._low)
        shares = np.stack([shares[..., 0], 1.0 - shares[..., 1]], axis=-1)
        return np.asarray(EDGE + shares * room, np.float64)

    def plane_of(self, pixels: NDArray[np.floating]) -> NDArray[np.float64]:
        """Points of the plane (n, 2) at pixels."""
        room = np.array([self.width() - 2 * EDGE, self.height() - 2 * EDGE])
        shares = (pixels - EDGE) / np.maximum(room, 1.0)
        shares = np.stack([shares[..., 0], 1.0 - shares[..., 1]], axis=-1)
        return np.asarray(self._low + shares * (self._high - self._low), np.float64)

    def nearest(self, points: NDArray[np.floating], at: QPointF) -> int | None:
        """The point that the pointer is on; None where it is on none."""
        if not len(points):
            return None
        away = self.places(points) - np.array([at.x(), at.y()])
        squares = (away * away).sum(axis=1)
        place = int(squares.argmin())
        return place if squares[place] <= NEAR * NEAR else None

    def sizeHint(self) -> QSize:
        """Any."""
        return QSize(320, 150)

    # ---------------------------------------------------------------- the pointer

    def event(self, event: QEvent) -> bool:
        """Name the point under the pointer."""
        if isinstance(event, QHelpEvent):
            at = event.pos().toPointF()
            QToolTip.showText(event.globalPos(), self.tip_at(at), self)
            return True
        return super().event(event)

    def tip_at(self, at: QPointF) -> str:
        """What the tip at a pixel says: a row of the path, or the name of a point."""
        for path in self._paths:
            if (step := self.nearest(path.points, at)) is not None:
                return tr("{film}, step {step}", film=path.title, step=step)
        place = self.nearest(self._points, at)
        return self.name_of(place) if place is not None else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a line, or take a row of the path."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._drawn = [event.position()]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the line."""
        if not (self._drawn and event.buttons() & Qt.MouseButton.LeftButton):
            return
        far = (event.position() - self._drawn[-1]).manhattanLength()
        if far >= (DRAG if len(self._drawn) == 1 else 2.0):
            self._drawn.append(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close the line; a press without one asks for a row, or forgets the line before."""
        drawn, self._drawn = self._drawn, []
        if event.button() != Qt.MouseButton.LeftButton or not drawn:
            return
        if len(drawn) > 2:
            pixels = np.array([(place.x(), place.y()) for place in drawn])
            self.lassoed.emit(self.plane_of(pixels))
        elif self._paths and (step := self.nearest(self._paths[-1].points, drawn[0])) is not None:
            self.row_requested.emit(step)
        else:
            self.lassoed.emit(None)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the film of a point."""
        place = self.nearest(self._points, event.position())
        if place is not None:
            self.point_opened.emit(place)

    # ---------------------------------------------------------------- painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The points are drawn anew."""
        super().resizeEvent(event)
        self._image = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw points, paths, the line around points."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(theme.WINDOW))
        if self._image is None:
            self._image = self._render()
        painter.drawImage(0, 0, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for path in self._paths:
            self._paint_stretch(painter, path)
        self._written.clear()
        for path in sorted(self._paths, key=lambda path: not path.strong):  # what matters first
            self._paint_words(painter, path)
        self._paint_lasso(painter)
        painter.end()

    def _render(self) -> QImage:
        """Points and paths as one picture: a dot that moves over it costs nothing but itself."""
        ratio = self.devicePixelRatioF()
        wide, high = round(self.width() * ratio), round(self.height() * ratio)
        pixels = np.zeros((high, wide), np.uint32)
        at = np.rint(self.places(self._points) * ratio).astype(np.intp)
        red, green, blue = (
            self._colours[:, i].astype(np.uint32) * DOT_ALPHA // 255 for i in (0, 1, 2)
        )
        shades = np.uint32(DOT_ALPHA << 24) | (red << 16) | (green << 8) | blue
        side = max(round(DOT * ratio), 1)
        x, y = (
            np.clip(at[:, axis] - side // 2, 0, room - side)
            for axis, room in enumerate((wide, high))
        )
        flat, first = pixels.ravel(), y * wide + x
        for down in range(side):
            for across in range(side):
                flat[first + (down * wide + across)] = shades
        form = QImage.Format.Format_ARGB32_Premultiplied
        picture = QImage(pixels.data, wide, high, 4 * wide, form).copy()
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for path in self._paths:
            self._paint_path(painter, path)
        painter.end()
        return picture

    def _paint_path(self, painter: QPainter, path: Path2d) -> None:
        places = [QPointF(x, y) for x, y in self.places(path.points)]
        if not places:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour(theme.current().casing, 170), 4.0))
        painter.drawPolyline(QPolygonF(places))
        shade = theme.TEXT if path.strong else theme.QUIET
        painter.setPen(QPen(theme.colour(shade), 1.75 if path.strong else 1.25))
        painter.drawPolyline(QPolygonF(places))

    def _paint_stretch(self, painter: QPainter, path: Path2d) -> None:
        """The part of the path that is brushed, and the dot at its end."""
        if self._stretch is None or not len(path.points):
            return
        places = [QPointF(x, y) for x, y in self.places(path.points)]
        first, last = (min(step, len(places) - 1) for step in self._stretch)
        accent = theme.colour(theme.ACCENT if path.strong else theme.QUIET)
        if last > first:
            painter.setPen(QPen(accent, 3.0))
            painter.drawPolyline(QPolygonF(places[first : last + 1]))
        painter.setPen(QPen(theme.colour(theme.current().casing), 1.5))
        painter.setBrush(accent)
        painter.drawEllipse(places[last], 4.5, 4.5)

    def _paint_words(self, painter: QPainter, path: Path2d) -> None:
        """Where the path begins, and which steps the cursor or the stretch is at."""
        if not len(path.points):
            return
        first, last = (min(step, len(path.points) - 1) for step in self._stretch or (0, 0))
        begin, end = (QPointF(x, y) for x, y in self.places(path.points[[0, last]]))
        if (begin - end).manhattanLength() > APART:
            self._write(painter, begin, tr("step {step}", step=0), theme.QUIET)
        if self._stretch is None:
            return
        words = f"{first}–{last}" if last > first else f"{last}"
        words = f"{words} {path.title}" if len(self._paths) > 1 else words
        self._write(painter, end, words, theme.ACCENT if path.strong else theme.QUIET)

    def _write(self, painter: QPainter, at: QPointF, text: str, shade: str) -> None:
        """Words beside a place, on a plate, inside the plane; none where others stand already."""
        face = theme.font(weight=QFont.Weight.Medium)
        wide = QFontMetricsF(face).horizontalAdvance(text) + 6
        top = min(max(at.y() - 8, 0.0), self.height() - 16.0)
        beside = [(at.x() + 6, top), (at.x() - 6 - wide, top)]
        places = [*beside, *((at.x() - wide / 2, at.y() + down) for down in (10, -26))]
        plates = [QRectF(left, y, wide, 16) for left, y in places]
        inside = [one for one in plates if QRectF(self.rect()).contains(one)]
        free = [one for one in inside if not any(map(one.intersects, self._written))]
        if not free:
            return
        self._written.append(free[0])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.WINDOW, theme.PLATE_ALPHA))
        painter.drawRoundedRect(free[0], 3, 3)
        painter.setFont(face)
        painter.setPen(theme.colour(shade))
        painter.drawText(QPointF(free[0].left() + 3, free[0].top() + 12), text)

    def _paint_lasso(self, painter: QPainter) -> None:
        if self._drawn:
            corners = self._drawn
        elif self._corners is not None:
            corners = [QPointF(x, y) for x, y in self.places(self._corners)]
        else:
            return
        painter.setPen(QPen(theme.colour(theme.ACCENT), 1.25))
        painter.setBrush(theme.colour(theme.ACCENT, 24))
        painter.drawPolygon(QPolygonF(corners))
