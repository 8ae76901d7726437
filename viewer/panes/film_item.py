"""The film inside the pyqtgraph view: draws what is visible, at the resolution of the screen."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine import Frame, Heatmap, Voi
from viewer.panes.film_sampling import Screen, on_screen, sampled
from viewer.rendering import NEAREST_FROM, Pyramid, Rect, View, render_view
from viewer.strip.drawing import painted

Film = tuple[Frame, Pyramid, Voi]


class FilmItem(pg.GraphicsObject):
    """One frame with its window and its map, in coordinates of stored pixels."""

    def __init__(self, box: Any) -> None:  # noqa: ANN401 - pyqtgraph is untyped
        super().__init__()
        self._box = box
        self.frame: Frame | None = None
        self.heatmap: Heatmap | None = None
        self.voi: Voi | None = None
        self.swapped = False  # by the reader, on top of what the file says
        self.strength = 0.7
        self._pyramid: Pyramid | None = None
        self._drawn: View | None = None
        self._place: Screen | None = None  # where it was painted last
        self._samples: Pyramid | None = None  # the film at the pixels of that place
        self._broken = False

    def show_frame(self, frame: Frame, pyramid: Pyramid, voi: Voi) -> None:
        """Draw another frame; the map of the last one goes with it."""
        self.prepareGeometryChange()
        self.frame, self._pyramid, self.voi, self.heatmap = frame, pyramid, voi, None
        self._place = self._samples = None
        self.refresh()

    def clear(self) -> None:
        """Draw nothing, and keep nothing of the last frame."""
        self.prepareGeometryChange()
        self.frame = self.heatmap = self.voi = self._pyramid = None
        self._place = self._samples = None
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
        return QRectF(0, top, self.frame.values.shape[1], bottom - top)

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
        frame, pyramid, _ = film
        screen = self._screen(painter, ratio)
        if screen != self._place:
            self._place, self._drawn, self._samples = screen, None, None
        elif self._drawn is None and screen.scale < 1 and not pyramid.colours:
            self._samples = self._samples or sampled(pyramid, screen)
        if self._drawn is None:
            self._drawn = self._render(film, screen)
        image = _qimage(self._drawn)
        if self._samples is not None:
            rows, columns = frame.values.shape
            corner = QPointF(screen.columns(columns)[0], screen.rows(rows)[0])
            image.setDevicePixelRatio(ratio)
            painter.resetTransform()
            painter.drawImage(corner / ratio, image)
        else:
            painter.setClipRect(self.image_rect())
            smooth = screen.scale < NEAREST_FROM
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(_qrect(self._drawn.rect), image)

    def _screen(self, painter: QPainter, ratio: float) -> Screen:
        matrix = painter.transform()
        (left, right), (top, bottom) = self._box.viewRange()
        body = matrix.mapRect(QRectF(left, top, right - left, bottom - top))
        sides = (body.left(), body.top(), body.right(), body.bottom())
        return Screen(
            matrix.dx() * ratio,
            matrix.dy() * ratio,
            matrix.m11() * ratio,
            matrix.m22() * ratio,
            Rect(*(side * ratio for side in sides)),
        )

    def _render(self, film: Film, screen: Screen) -> View:
        frame, pyramid, voi = film
        heatmap, part, scale = self.heatmap, screen.part, screen.scale
        if self._samples is not None:
            pyramid, scale = self._samples, 1.0
            rows, columns = pyramid.levels[0].shape
            part = Rect(0, 0, columns, rows)
            heatmap = on_screen(heatmap, screen, len(frame.values)) if heatmap else None
        return render_view(
            pyramid,
            voi,
            inverted=frame.image.inverted != self.swapped,
            heatmap=heatmap,
            strength=self.strength,
            part=part,
            scale=scale,
        )


def _qrect(rect: Rect) -> QRectF:
    return QRectF(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top)


def _qimage(view: View) -> QImage:
    pixels = np.ascontiguousarray(view.pixels)
    height, width = pixels.shape
    # RGB32 shares the array's memory; the view keeps it alive while the painter reads it.
    return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
