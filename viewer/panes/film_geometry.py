"""Where the film lies in the pane: a value; zooming and panning make the next one."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF

SMALLEST, LARGEST = 32.0, 64.0  # pixels of the longer side, pixels per stored pixel


@dataclass(frozen=True, slots=True)
class Placement:
    """What the body shows.

    Attributes:
        x, y: Stored column and row in the middle of the body.
        scale: Pixels per stored row.
        aspect: Width over height of a stored pixel.
        width, height: Of the body, in pixels.
    """

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    aspect: float = 1.0
    width: float = 1.0
    height: float = 1.0

    @property
    def across(self) -> float:
        """Pixels per stored column."""
        return self.scale * self.aspect

    def fitted(self, film: QRectF, margin: float) -> "Placement":
        """Show the whole film, a margin free at its right."""
        room = max(self.width - margin, 1.0)
        scale = min(self.height / film.height(), room / (film.width() * self.aspect))
        shift = margin / 2 / (scale * self.aspect)
        return replace(self, scale=scale, x=film.center().x() + shift, y=film.center().y())

    def zoomed(self, factor: float, fixed: QPointF, film: QRectF) -> "Placement":
        """Zoom about a pixel that stays where it is; beside the film, about its nearest edge."""
        least = SMALLEST / max(film.width(), film.height())
        scale = min(max(self.scale * factor, least), LARGEST)
        place, share = self.stored(fixed), self.scale / scale
        x = min(max(place.x(), film.left()), film.right())
        y = min(max(place.y(), film.top()), film.bottom())
        return replace(self, scale=scale, x=x + (self.x - x) * share, y=y + (self.y - y) * share)

    def panned(self, right: float, down: float, film: QRectF) -> "Placement":
        """Move by pixels; the middle of the body stays on the film."""
        x = min(max(self.x - right / self.across, film.left()), film.right())
        y = min(max(self.y - down / self.scale, film.top()), film.bottom())
        return replace(self, x=x, y=y)

    def stored(self, pixel: QPointF) -> QPointF:
        """Stored column and row at a pixel of the body."""
        across = (pixel.x() - self.width / 2) / self.across
        return QPointF(self.x + across, self.y + (pixel.y() - self.height / 2) / self.scale)

    def y_of(self, row: float) -> float:
        """Pixels from the body's upper edge of a stored row."""
        return self.height / 2 + (row - self.y) * self.scale

    def visible(self) -> QRectF:
        """The stored area that the body shows; may reach beyond the film."""
        corner = self.stored(QPointF(0, 0))
        return QRectF(corner.x(), corner.y(), self.width / self.across, self.height / self.scale)

    def on_screen(self, film: QRectF) -> QRectF:
        """The part of the body that the film covers, in pixels."""
        left = self.width / 2 + (film.left() - self.x) * self.across
        size = (film.width() * self.across, film.height() * self.scale)
        whole = QRectF(left, self.y_of(film.top()), *size)
        return whole.intersected(QRectF(0, 0, self.width, self.height))
