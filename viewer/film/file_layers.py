"""What a file lays over a film, painted: overlay planes, shutters, shapes of presentation states.

Everything is painted from stored columns and rows through the placement of the film, so that it
lies right under every zoom and turn. No pixel of the film is changed by it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)

from engine.types import (
    Corner,
    DisplayedArea,
    Frame,
    Graphic,
    GraphicText,
    Overlay,
    Presentation,
    Shutter,
)
from viewer.film.placement import Placement
from viewer.kit import theme
from viewer.kit.canvas import CASING, LINE_WIDTH, Canvas
from viewer.kit.language import tr
from viewer.session.viewport import LayerChoice

COLOURS: Final = ("state_positive", "text", "influence_positive", "influence_negative")
_REGION: Final = 110  # of 255: how strongly a region of interest covers the film
_CASING: Final = 170
_MARK: Final = 5.0  # pixels from the middle of a point to its ends
_ROOM: Final = 4.0  # around a text


@dataclass(slots=True)
class _Reduced:
    """A plane at the pixels of a screen, kept until it is shown at another size."""

    step: int
    image: QImage
    pixels: np.ndarray[Any, Any]  # the image's memory


@dataclass(slots=True)
class FilmLayers:
    """The layers over one film, and what is shown of them.

    Attributes:
        frame: None while the pane is empty.
        choice: What is shown, and how.
    """

    frame: Frame | None = None
    choice: LayerChoice = field(default_factory=LayerChoice)
    _kept: dict[tuple[int, str], _Reduced] = field(default_factory=dict)

    def show_frame(self, frame: Frame | None) -> None:
        """Take the layers of another frame."""
        self.frame = frame
        self._kept.clear()

    def show_choice(self, choice: LayerChoice) -> None:
        """Show and hide layers."""
        self.choice = choice

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """The planes that are drawn."""
        if self.frame is None or not self.choice.overlays:
            return ()
        shown = self.choice.shown
        groups = shown.overlays if shown is not None else None
        return tuple(o for o in self.frame.overlays if groups is None or o.group in groups)

    @property
    def shutter(self) -> Shutter | None:
        """What hides a part of the film."""
        if self.frame is None or not self.choice.shutter:
            return None
        shown = self.choice.shown
        return (shown.shutter if shown is not None else None) or self.frame.shutter

    @property
    def presented(self) -> str:
        """The presentation state that shows the film, in words; empty as stored."""
        shown = self.choice.shown
        if self.frame is None or shown is None:
            return ""
        return tr("presentation {name}", name=shown.name or self.choice.number)

    def area(self, film: QRectF) -> QRectF:
        """The part of a film that is shown when all of it is asked for."""
        shown = self.choice.shown
        if shown is None or shown.area is None:
            return film
        part = _rect(shown.area)
        return part if part.intersects(film) else film

    def paint(self, painter: QPainter, placement: Placement) -> None:
        """Paint everything, in pixels of the body."""
        if self.frame is None:
            return
        rows, columns = self.frame.values.shape
        film = QRectF(0, 0, columns, rows)
        shown = self.choice.shown
        for place, overlay in enumerate(self.overlays):
            name = COLOURS[(self.choice.colour + place) % len(COLOURS)]
            self._paint_plane(painter, placement, overlay, name)
        if self.shutter is not None:
            self._paint_shutter(painter, placement, self.shutter, film)
        if shown is not None and self.choice.overlays:
            paint_shapes(painter, placement, shown, film)

    def _paint_plane(
        self, painter: QPainter, placement: Placement, overlay: Overlay, name: str
    ) -> None:
        alpha = _REGION if overlay.kind == "region" else 255
        image = self._reduced(overlay, name, placement.scale)
        rows, columns = overlay.plane.shape
        area = QRectF(overlay.left, overlay.top, columns, rows)
        painter.save()
        painter.setOpacity(alpha / 255)
        painter.setTransform(placement.transform(), combine=True)
        # Rows and columns that did not fill a step lie beside the area, and are cut there.
        painter.setClipRect(area)
        step = image.step
        drawn = QRectF(area.topLeft(), QSizeF(image.image.size()) * step)
        painter.drawImage(drawn, image.image)
        painter.restore()

    def _reduced(self, overlay: Overlay, name: str, scale: float) -> _Reduced:
        """A plane with every line that is finer than a pixel of the screen kept visible."""
        step = max(int(1 / scale), 1) if scale > 0 else 1
        known = self._kept.get((overlay.group, name))
        if known is None or known.step != step:
            pixels = _coloured(reduced(overlay.plane, step), theme.colour(_on_film(name)))
            height, width = pixels.shape
            kind = QImage.Format.Format_ARGB32_Premultiplied
            known = _Reduced(step, QImage(pixels.data, width, height, width * 4, kind), pixels)
            self._kept[overlay.group, name] = known
        return known

    def _paint_shutter(
        self, painter: QPainter, placement: Placement, shutter: Shutter, film: QRectF
    ) -> None:
        """Cover what any of the shapes leaves out, and never what lies beside the film."""
        painter.save()
        painter.setTransform(placement.transform(), combine=True)
        painter.setClipRect(film)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = shade(shutter.shade)
        for left in openings(shutter):
            hidden = QPainterPath()
            hidden.addRect(film.adjusted(-1, -1, 1, 1))
            painter.fillPath(hidden.subtracted(left), QBrush(colour))
        painter.restore()
        if shutter.bitmap is not None:
            plane = shutter.bitmap
            pixels = _coloured(plane.plane, colour)
            height, width = pixels.shape
            kind = QImage.Format.Format_ARGB32_Premultiplied
            painter.save()
            painter.setTransform(placement.transform(), combine=True)
            painter.setClipRect(film)
            image = QImage(pixels.data, width, height, width * 4, kind)
            painter.drawImage(QRectF(plane.left, plane.top, width, height), image)
            painter.restore()


def shade(share: float) -> QColor:
    """The grey of a shutter; black is the pane behind a film."""
    if share <= 0:
        return theme.colour(theme.ON_FILM.pane)
    return QColor.fromRgbF(share, share, share)


def reduced(plane: np.ndarray[Any, Any], step: int) -> np.ndarray[Any, Any]:
    """A plane in which one pixel stands for step × step: drawn if any of them is."""
    if step == 1:
        return plane
    rows, columns = plane.shape
    by_rows = np.logical_or.reduceat(plane, np.arange(0, rows, step), axis=0)
    return np.asarray(np.logical_or.reduceat(by_rows, np.arange(0, columns, step), axis=1))


def openings(shutter: Shutter) -> Iterator[QPainterPath]:
    """What each shape of a shutter leaves to be seen, in stored columns and rows."""
    if shutter.rectangle is not None:
        left, top, right, bottom = shutter.rectangle
        path = QPainterPath()
        path.addRect(QRectF(QPointF(left, top), QPointF(right, bottom)))
        yield path
    if shutter.circle is not None:
        column, row, across, down = shutter.circle
        path = QPainterPath()
        path.addEllipse(QPointF(column, row), across, down)
        yield path
    if shutter.polygon:
        path = QPainterPath()
        path.addPolygon(QPolygonF([QPointF(*corner) for corner in shutter.polygon]))
        path.closeSubpath()
        yield path


def layer_words(layers: FilmLayers) -> tuple[str, ...]:
    """What lies over the film, a line for each thing that is there, hidden or not."""
    frame, choice = layers.frame, layers.choice
    if frame is None:
        return ()
    lines = []
    for overlay in frame.overlays:
        name = overlay.label or overlay.description or f"{overlay.group:04X}"
        words = (
            tr("overlay {name}") if overlay in layers.overlays else tr("overlay {name}, hidden")
        )
        lines.append(words.format(name=name))
    if frame.shutter is not None or (choice.shown is not None and choice.shown.shutter):
        lines.append(tr("shutter") if choice.shutter else tr("shutter, open"))
    if choice.presentations and choice.shown is None:
        lines.append(tr("as stored, %n presentations", "", n=len(choice.presentations)))
    return tuple(lines)


# ------------------------------------------------------- shapes and texts of a presentation


def paint_shapes(
    painter: QPainter, placement: Placement, shown: Presentation, film: QRectF
) -> None:
    """Paint what a presentation state draws, in lines of the screen's width."""
    transform = placement.transform()
    area = transform.mapRect(_rect(shown.area) if shown.area is not None else film)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = theme.colour(theme.ON_FILM.text)
    for graphic in shown.graphics:
        path = graphic_path(graphic)
        path = _by_area(area).map(path) if graphic.display else transform.map(path)
        if graphic.kind == "point":
            path = _crosses(graphic, _by_area(area) if graphic.display else transform)
        _stroke(painter, path, colour)
        if graphic.filled:
            painter.fillPath(path, QBrush(theme.colour(theme.ON_FILM.text, _REGION)))
    for text in shown.texts:
        _paint_text(painter, text, transform, area)


def graphic_path(graphic: Graphic) -> QPainterPath:
    """The outline of a shape in its own coordinates."""
    points = [QPointF(*point) for point in graphic.points]
    path = QPainterPath()
    if graphic.kind == "polyline":
        path.addPolygon(QPolygonF(points))
    elif graphic.kind == "interpolated":
        _smooth(path, points)
    elif graphic.kind == "circle":
        middle, edge = points
        radius = math.hypot(edge.x() - middle.x(), edge.y() - middle.y())
        path.addEllipse(middle, radius, radius)
    elif graphic.kind == "ellipse":
        path = _ellipse(points)
    return path


def _ellipse(points: list[QPointF]) -> QPainterPath:
    """Of the ends of its major and of its minor axis, which may lie aslant."""
    first, last, one, other = points
    middle = (first + last) / 2
    along, beside = last - first, other - one
    path = QPainterPath()
    path.addEllipse(
        QPointF(0, 0), math.hypot(along.x(), along.y()) / 2, math.hypot(beside.x(), beside.y()) / 2
    )
    turn = QTransform.fromTranslate(middle.x(), middle.y())
    turn.rotateRadians(math.atan2(along.y(), along.x()))
    return turn.map(path)


def _smooth(path: QPainterPath, points: list[QPointF]) -> None:
    """Through all points, each piece a cubic by its neighbours (Catmull and Rom)."""
    path.moveTo(points[0])
    ends = [points[0], *points, points[-1]]
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        path.cubicTo(start + (end - before) / 6, end - (after - start) / 6, end)


def _crosses(graphic: Graphic, transform: QTransform) -> QPainterPath:
    path = QPainterPath()
    for point in graphic.points:
        middle = transform.map(QPointF(*point))
        for away in (QPointF(_MARK, 0), QPointF(0, _MARK)):
            path.moveTo(middle - away)
            path.lineTo(middle + away)
    return path


def _stroke(painter: QPainter, path: QPainterPath, colour: QColor) -> None:
    casing = theme.colour(theme.ON_FILM.casing, _CASING)
    for ink, width in ((casing, CASING), (colour, LINE_WIDTH)):
        painter.strokePath(path, QPen(ink, width))


def _paint_text(painter: QPainter, text: GraphicText, transform: QTransform, area: QRectF) -> None:
    def placed(corner: Corner, *, display: bool) -> QPointF:
        return (_by_area(area) if display else transform).map(QPointF(*corner))

    painter.setFont(theme.font())
    metrics = QFontMetricsF(theme.font())
    size = metrics.boundingRect(QRectF(0, 0, 4000, 4000), Qt.TextFlag.TextExpandTabs, text.text)
    anchor = placed(text.anchor, display=text.anchor_display) if text.anchor else None
    if text.box is not None:
        corners = [placed(corner, display=text.box_display) for corner in text.box]
        box = QRectF(corners[0], corners[1]).normalized()
        # Letters keep their size: the box says where they begin, and is as wide as they need.
        box.setSize(box.size().expandedTo(size.size()))
    elif anchor is not None:
        box = QRectF(anchor + QPointF(_MARK, -size.height() - _MARK), size.size())
    else:
        return
    if anchor is not None and text.pointed:
        line = QPainterPath(_nearest(box, anchor))
        line.lineTo(anchor)
        _stroke(painter, line, theme.colour(theme.ON_FILM.text))
    flag = {
        "left": Qt.AlignmentFlag.AlignLeft,
        "center": Qt.AlignmentFlag.AlignHCenter,
        "right": Qt.AlignmentFlag.AlignRight,
    }[text.align]
    plate = QRectF(box.topLeft(), QSizeF(box.width(), size.height()))
    painter.fillRect(
        plate.adjusted(-_ROOM, -_ROOM / 2, _ROOM, _ROOM / 2),
        theme.colour(theme.ON_FILM.pane, theme.PLATE_ALPHA),
    )
    painter.setPen(theme.colour(theme.ON_FILM.text))
    painter.drawText(plate, flag | Qt.AlignmentFlag.AlignTop, text.text)


def _nearest(box: QRectF, place: QPointF) -> QPointF:
    x = min(max(place.x(), box.left()), box.right())
    return QPointF(x, min(max(place.y(), box.top()), box.bottom()))


def _by_area(area: QRectF) -> QTransform:
    """Shares of the displayed area → pixels."""
    return QTransform(area.width(), 0, 0, area.height(), area.left(), area.top())


def _rect(area: DisplayedArea) -> QRectF:
    return QRectF(QPointF(area.left, area.top), QPointF(area.right, area.bottom))


def _on_film(name: str) -> str:
    return str(getattr(theme.ON_FILM, name))


def _coloured(plane: np.ndarray[Any, Any], colour: QColor) -> np.ndarray[Any, Any]:
    """(h, w) pixels of Qt: one colour where the plane is drawn, nothing elsewhere."""
    return np.where(plane, np.uint32(colour.rgba()), np.uint32(0)).astype(np.uint32)


def layers_canvas(box: Any, layers: FilmLayers, placement: Any) -> Canvas:  # noqa: ANN401
    """The layers of a pane, above the film and beneath everything that is written over it.

    Args:
        box: The pyqtgraph ViewBox.
        layers: What is painted.
        placement: Returns where the film lies at this moment.
    """
    return Canvas(box, lambda painter: layers.paint(painter, placement()), depth=3)
