"""The film inside the pyqtgraph view: draws what is visible, at the resolution of the screen."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine import Frame, Heatmap, Voi
from viewer.rendering import NEAREST_FROM, Pyramid, Rect, View, render_view
from viewer.strip.drawing import painted


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
        self._drawn: tuple[tuple[object, ...], View] | None = None
        self._broken = False

    def show_frame(self, frame: Frame, pyramid: Pyramid, voi: Voi) -> None:
        """Draw another frame; the map of the last one goes with it."""
        self.prepareGeometryChange()
        self.frame, self._pyramid, self.voi, self.heatmap = frame, pyramid, voi, None
        self.refresh()

    def clear(self) -> None:
        """Draw nothing, and keep nothing of the last frame."""
        self.prepareGeometryChange()
        self.frame = self.heatmap = self.voi = self._pyramid = None
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
        ratio = widget.devicePixelRatioF() if widget else 1.0
        self._broken = not painted(painter, lambda safe: self._paint(safe, ratio))

    def _paint(self, painter: QPainter, ratio: float) -> None:
        """Draw the visible part; what was drawn before is kept until something changes."""
        across, down = painter.transform().m11(), painter.transform().m22()
        scale = max(abs(across), abs(down)) * ratio  # of stored pixels that are not square too
        (left, right), (top, bottom) = self._box.viewRange()
        key = (left, right, top, bottom, scale)
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = (key, self._render(Rect(left, top, right, bottom), scale))
        view = self._drawn[1]
        painter.setClipRect(self.image_rect())
        smooth = scale < NEAREST_FROM
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(_qrect(view.rect), _qimage(view))

    def _render(self, part: Rect, scale: float) -> View:
        if self.frame is None or self._pyramid is None or self.voi is None:
            raise ValueError("no frame")
        return render_view(
            self._pyramid,
            self.voi,
            inverted=self.frame.image.inverted != self.swapped,
            heatmap=self.heatmap,
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
