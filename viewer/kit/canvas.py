"""Items painted in pixels over a pyqtgraph ViewBox, so that edges are crisp."""

import math
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPaintEngine, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsObject, QHBoxLayout, QStyleOptionGraphicsItem, QWidget

from viewer.kit import theme

LINE_WIDTH, CASING = 1.25, 3.0  # the row cursor, and the dark line under it

Painting = Callable[[QPainter], None]


class Canvas(QGraphicsObject):
    """Lies over the ViewBox and is painted in the pixels of the body.

    Args:
        box: The pyqtgraph ViewBox.
        paint: Draws; is handed a painter whose unit is one pixel of the body.
        depth: Drawings with a greater depth lie above.
        area: The rectangle it stays within, around its position; None is the whole body.
    """

    def __init__(
        self,
        box: Any,  # noqa: ANN401 - pyqtgraph is untyped
        paint: Painting,
        *,
        depth: float = 0.0,
        area: QRectF | None = None,
    ) -> None:
        super().__init__(box)
        self._box = box
        self._paint = paint
        self._area = area
        self._broken = False
        self.setZValue(depth)

    def boundingRect(self) -> QRectF:
        """Where it may paint."""
        return QRectF(self._box.rect()) if self._area is None else self._area

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Hand the painter on; what failed is not tried again before the next refresh."""
        if not self._broken:
            self._broken = not painted(painter, self._paint)

    def cover(self, area: QRectF) -> None:
        """Paint within another rectangle: what lies elsewhere is not painted again."""
        self._broken = False
        self.prepareGeometryChange()
        self._area = area
        self.update()

    def keep(self) -> None:
        """Keep what was painted until the next refresh: what lies over it may move for less."""
        self.setCacheMode(QGraphicsObject.CacheMode.DeviceCoordinateCache)

    def refresh(self) -> None:
        """Paint again, at a size that may have changed."""
        self._broken = False
        self.prepareGeometryChange()
        self.update()


def painted(painter: QPainter, paint: Painting) -> bool:
    """Paint; an exception goes to `sys.excepthook` instead of into Qt, which would crash.

    Returns:
        Whether it was painted; the painter is as it was before either way.
    """
    painter.save()
    try:
        paint(painter)
    except Exception as error:  # noqa: BLE001 - whatever it is, Qt's event loop must not meet it
        sys.excepthook(type(error), error, error.__traceback__)
        return False
    finally:
        painter.restore()
    return True


_STAMPS: Final = 128  # small pictures that are kept; a plate at 2× takes 100 kB
_stamps: "OrderedDict[Hashable, QImage]" = OrderedDict()


def stamp(painter: QPainter, box: QRectF, key: Hashable, paint: Painting) -> None:
    """Paint a small thing that stays the same while a stack is leafed through.

    It is painted once into a picture, pixel for pixel as it would be here; on paper, and turned,
    it is painted itself.

    Args:
        painter: As for `Canvas`.
        box: What it fills.
        key: Says all that it looks like, but for its place and size.
        paint: Paints it at its place.
    """
    view, engine = painter.deviceTransform(), painter.paintEngine()
    straight = view.isAffine() and not view.m12() and not view.m21() and view.m11() == view.m22()
    if not straight or view.m11() <= 0 or engine.type() != QPaintEngine.Type.Raster:
        paint(painter)
        return
    sharp, there = painter.device().devicePixelRatioF(), view.mapRect(box)
    corner = QPointF(math.floor(there.left()), math.floor(there.top()))
    wide = math.ceil(there.right() - corner.x())
    high = math.ceil(there.bottom() - corner.y())
    within = (round(there.left() - corner.x(), 3), round(there.top() - corner.y(), 3))
    # Where within a pixel it begins, and how sharp its icons are, is seen.
    whole = (key, wide, high, within, sharp, view.m11(), box.width())
    found = _stamps.get(whole)
    if found is None:
        picture = QImage(max(wide, 1), max(high, 1), QImage.Format.Format_ARGB32_Premultiplied)
        picture.setDevicePixelRatio(sharp)
        picture.fill(Qt.GlobalColor.transparent)
        moved = view * QTransform.fromTranslate(-corner.x(), -corner.y())
        _paint_into(picture, moved * QTransform.fromScale(1 / sharp, 1 / sharp), paint)
        picture.setDevicePixelRatio(view.m11())
        found = _stamps[whole] = picture
        if len(_stamps) > _STAMPS:
            _stamps.popitem(last=False)
    _stamps.move_to_end(whole)
    back, _ = view.inverted()
    painter.drawImage(back.map(corner), found)


def _paint_into(picture: QImage, view: QTransform, paint: Painting) -> None:
    painter = QPainter(picture)
    painter.setTransform(view)
    try:
        paint(painter)
    finally:
        painter.end()


def paint_cursor(painter: QPainter, line: QLineF, worn: theme.Theme) -> None:
    """Paint the row cursor along a level or upright line: accent with a dark casing."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = QRectF(line.p1(), line.p2()).normalized()
    for thickness, name, alpha in ((CASING, worn.casing, 170), (LINE_WIDTH, worn.accent, 255)):
        half = thickness / 2
        wide, high = (0.0, half) if whole.width() >= whole.height() else (half, 0.0)
        painter.fillRect(whole.adjusted(-wide, -high, wide, high), theme.colour(name, alpha))


def paint_hatching(painter: QPainter, area: QRectF, apart: int) -> None:
    """Lines at 45° over rows that are not the film's own, so many pixels apart."""
    brush = QBrush(_hatched(apart))
    brush.setTransform(QTransform.fromTranslate(area.left(), area.top()))
    painter.fillRect(area, brush)


@lru_cache(maxsize=4)
def _hatched(apart: int) -> QPixmap:
    """One tile of the hatching: a line of text colour over a dark casing."""
    tile = QPixmap(apart, apart)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    lines = [QLineF(at - apart, apart, at, 0) for at in (0, apart, 2 * apart)]
    for width, ink, alpha in ((2.5, theme.ON_FILM.casing, 90), (1.0, theme.ON_FILM.text, 110)):
        painter.setPen(QPen(theme.colour(ink, alpha), width))
        painter.drawLines(lines)
    painter.end()
    return tile


def cursor_line(box: Any, *, upright: bool = False) -> Canvas:  # noqa: ANN401 - pyqtgraph is untyped
    """The row cursor, accent with a dark casing; moving it is a change of position, no more."""

    def paint(painter: QPainter) -> None:
        end = QPointF(0.0, box.height()) if upright else QPointF(box.width(), 0.0)
        paint_cursor(painter, QLineF(QPointF(), end), theme.current())

    area = QRectF(-3, 0, 6, 1 << 14) if upright else QRectF(0, -3, 1 << 14, 6)
    line = Canvas(box, paint, depth=10, area=area)
    line.hide()
    return line


def canvas(holder: QWidget, indent: int) -> Any:  # noqa: ANN401 - pyqtgraph is untyped
    """A GraphicsView that fills its holder, right of an indent in pixels."""
    view = pg.GraphicsView(holder, background=theme.WINDOW)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setAcceptDrops(False)  # files dropped on it are for the window
    view.setMinimumSize(1, 1)
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(indent, 0, 0, 0)
    layout.addWidget(view)
    return view


def view_box(view: Any) -> Any:  # noqa: ANN401 - pyqtgraph is untyped
    """A ViewBox over the whole view: no margin, no mouse, y downwards."""
    box = pg.ViewBox(enableMouse=False, enableMenu=False, invertY=True, defaultPadding=0)
    box.disableAutoRange()
    view.setCentralItem(box)
    return box
