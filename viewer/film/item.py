"""One frame drawn at the resolution of the screen, however it lies there."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.types import Frame, Heatmap, Voi
from viewer.kit.canvas import painted
from viewer.kit.rendering import (
    NEAREST_FROM,
    Pyramid,
    Rect,
    Rgb32,
    Screen,
    View,
    on_screen,
    render_view,
    sampled,
)

Film = tuple[Frame, Pyramid, Voi]


class FilmItem(pg.GraphicsObject):
    """One frame with its window and its map, in coordinates of stored pixels.

    Whoever places it, by its own transform or by that of a ViewBox, may mirror it and turn it by
    quarters: it is always drawn for the pixels of the screen.

    Args:
        box: The pyqtgraph ViewBox that it is seen through.
    """

    def __init__(self, box: Any) -> None:  # noqa: ANN401 - pyqtgraph is untyped
        super().__init__()
        self._box = box
        self.frame: Frame | None = None
        self.heatmap: Heatmap | None = None
        self.voi: Voi | None = None
        self.swapped = False  # by the reader, on top of what the file says
        self.smooth = True  # whether enlarged pixels run into each other
        self.strength = 0.7
        self._pyramid: Pyramid | None = None
        self._drawn: View | None = None
        self._place: Screen | None = None  # where it was painted last
        self._samples: Pyramid | None = None  # the film at the pixels of that place
        self._laid: tuple[Heatmap, Screen, Heatmap] | None = None  # the map there
        self._broken = False

    def show_frame(self, frame: Frame, pyramid: Pyramid, voi: Voi) -> None:
        """Draw another frame; the map of the last one goes with it."""
        self.prepareGeometryChange()
        self.frame, self._pyramid, self.voi, self.heatmap = frame, pyramid, voi, None
        self._place = self._samples = self._laid = None
        self.refresh()

    def clear(self) -> None:
        """Draw nothing, and keep nothing of the last frame."""
        self.prepareGeometryChange()
        self.frame = self.heatmap = self.voi = self._pyramid = None
        self._place = self._samples = self._laid = None
        self.refresh()

    def refresh(self) -> None:
        """Draw anew: something that is seen has changed."""
        self._drawn, self._broken = None, False
        self.update()

    def image_rect(self) -> QRectF:
        """The stored area of the image: (0, 0) to (C, R)."""
        if self.frame is None:
            return QRectF()
        rows, columns = self.frame.values.shape
        return QRectF(0, 0, columns, rows)

    def overlay_rect(self) -> QRectF:
        """The stored area that the map covers, from its edges; empty without a map."""
        if self.heatmap is None or self.frame is None:
            return QRectF()
        top, bottom = float(self.heatmap.edges[0]), float(self.heatmap.edges[-1])
        left, right = 0.0, float(self.frame.values.shape[1])
        if self.heatmap.columns is not None:
            left, right = float(self.heatmap.columns[0]), float(self.heatmap.columns[-1])
        return QRectF(left, top, right - left, bottom - top)

    def boundingRect(self) -> QRectF:
        """The image."""
        return self.image_rect()

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the visible part; what failed is not tried again until something changes."""
        if self.frame is None or self._pyramid is None or self.voi is None or self._broken:
            return
        film = (self.frame, self._pyramid, self.voi)
        ratio = widget.devicePixelRatioF() if widget else 1.0
        self._broken = not painted(painter, lambda safe: self._paint(safe, film, ratio))

    def _paint(self, painter: QPainter, film: Film, ratio: float) -> None:
        """Draw the visible part; what was drawn before is kept until something changes.

        The first time at a place Qt scales the film; when it changes there, by a drag of the
        window say, its values are sampled once for the pixels of the screen.
        """
        screen = self._screen(painter, ratio)
        if screen != self._place:
            self._place, self._drawn, self._samples = screen, None, None
            if self._finer_than_rows(screen):
                self._samples = sampled(film[1], screen)
        elif self._drawn is None and screen.scale < 1 and not film[1].colours:
            self._samples = self._samples or sampled(film[1], screen)
        if self._drawn is None:
            self._drawn = self._render(film, screen)
        if self._samples is not None:
            self._draw_samples(painter, screen, ratio)
            return
        painter.setClipRect(self.image_rect())
        smooth = screen.scale < 1 or self.smooth
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        rect = _qrect(self._drawn.rect)
        painter.drawImage(rect, _qimage(_upright(painter, rect, self._drawn.pixels)))

    def draw_area(self, painter: QPainter, transform: QTransform, area: QRectF) -> None:
        """Draw a part of the film at another place and size, from its own pixels.

        Args:
            painter: In pixels of the body.
            transform: Stored columns and rows → pixels of the body.
            area: What of it is drawn, in pixels of the body.
        """
        if self.frame is None or self._pyramid is None or self.voi is None:
            return
        seen = transform.inverted()[0].mapRect(area)
        scale = (
            max(abs(transform.m11()), abs(transform.m12())) * painter.device().devicePixelRatio()
        )
        view = render_view(
            self._pyramid,
            self.voi,
            inverted=self.frame.image.inverted != self.swapped,
            heatmap=self.heatmap,
            strength=self.strength,
            part=Rect(seen.left(), seen.top(), seen.right(), seen.bottom()),
            scale=scale,
        )
        painter.setTransform(transform, combine=True)
        painter.setClipRect(self.image_rect(), Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.smooth or scale < 1)
        painter.drawImage(_qrect(view.rect), _qimage(view.pixels))

    def _finer_than_rows(self, screen: Screen) -> bool:
        """Whether bands of a map may end within a stored row of pixels that run together."""
        return self.smooth and self.heatmap is not None and screen.scale >= NEAREST_FROM

    def _draw_samples(self, painter: QPainter, screen: Screen, ratio: float) -> None:
        """Draw what was sampled for the pixels of the screen just there, and scale nothing."""
        if self._drawn is None or self.frame is None:
            return
        rows, columns = self.frame.values.shape
        left, top = screen.columns(columns)[0], screen.rows(rows)[0]
        pixels = self._drawn.pixels
        if not screen.level:
            left, top, pixels = top, left, np.ascontiguousarray(pixels.T)
        image = _qimage(pixels)
        image.setDevicePixelRatio(ratio)
        painter.resetTransform()
        painter.drawImage(QPointF(left, top) / ratio, image)

    def _screen(self, painter: QPainter, ratio: float) -> Screen:
        matrix = painter.transform()
        body = matrix.mapRect(self.mapRectFromItem(self._box, self._box.rect()))
        sides = (body.left(), body.top(), body.right(), body.bottom())
        level = abs(matrix.m11()) > abs(matrix.m12())
        across, down = (matrix.m11(), matrix.m22()) if level else (matrix.m12(), matrix.m21())
        return Screen(
            matrix.dx() * ratio,
            matrix.dy() * ratio,
            across * ratio,
            down * ratio,
            Rect(*(side * ratio for side in sides)),
            level,
        )

    def _render(self, film: Film, screen: Screen) -> View:
        frame, pyramid, voi = film
        heatmap, part, scale = self.heatmap, screen.part, screen.scale
        if self._samples is not None:
            pyramid, scale = self._samples, 1.0
            rows, columns = pyramid.levels[0].shape
            part = Rect(0, 0, columns, rows)
            heatmap = self._on_screen(heatmap, screen, frame) if heatmap else None
        return render_view(
            pyramid,
            voi,
            inverted=frame.image.inverted != self.swapped,
            heatmap=heatmap,
            strength=self.strength,
            part=part,
            scale=scale,
        )

    def _on_screen(self, heatmap: Heatmap, screen: Screen, frame: Frame) -> Heatmap:
        """The map at the pixels of the screen; the same value as long as nothing changes."""
        if self._laid is None or self._laid[0] is not heatmap or self._laid[1] != screen:
            self._laid = heatmap, screen, on_screen(heatmap, screen, *frame.values.shape)
        return self._laid[2]


def _upright(painter: QPainter, rect: QRectF, pixels: Rgb32) -> Rgb32:
    """Pixels for a painter that mirrors nothing any more: Qt mirrors a pixel beside its place."""
    matrix, middle = painter.transform(), rect.center()
    if abs(matrix.m11()) > abs(matrix.m12()):
        ways = (-1 if matrix.m11() < 0 else 1, -1 if matrix.m22() < 0 else 1)
    else:
        ways = (1, -1 if matrix.determinant() < 0 else 1)
    if ways == (1, 1):
        return pixels
    painter.translate(middle)
    painter.scale(*ways)
    painter.translate(-middle)
    return np.ascontiguousarray(pixels[:: ways[1], :: ways[0]])


def _qrect(rect: Rect) -> QRectF:
    return QRectF(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top)


def _qimage(pixels: Rgb32) -> QImage:
    """A picture that shares the memory of C-ordered pixels; they have to outlive it."""
    height, width = pixels.shape
    return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
