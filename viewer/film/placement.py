"""Where a film lies in its pane, as a value; zooming, panning and turning make the next one."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QScreen, QTransform

from engine.types import Spacing
from viewer.kit.language import marked
from viewer.session.choices import RowView
from viewer.session.viewport import Place, Turn

SMALLEST, LARGEST = 32.0, 64.0  # pixels of the longer side, pixels per stored pixel
NO_SPACING = marked("True size is not known: this film does not say how large its pixels are.")
AT_DETECTOR = marked(
    "True size is not known: this film has its spacing at the detector, not in the patient."
)
NO_SCREEN = marked("True size is not known: this screen does not say how large it is.")
_DPI = (40.0, 1000.0)  # dots per inch that a screen can have


def true_scale(spacing: Spacing | None, screen: QScreen | None) -> float | str:
    """Pixels per stored row that show a centimetre as a centimetre; or, marked, why not.

    A screen is believed only where it names its maker, as those do that were really asked: a
    screen that is made up, or shown far away, has a size that nobody measured.

    Args:
        spacing: Of the film.
        screen: Where it is shown.
    """
    if spacing is None:
        return NO_SPACING
    if spacing.kind == "at detector":
        return AT_DETECTOR
    dots = screen.physicalDotsPerInch() if screen is not None else 0.0
    named = screen is not None and (screen.manufacturer() or screen.model())
    if not named or not _DPI[0] <= dots <= _DPI[1]:
        return NO_SCREEN
    return spacing.row_mm * dots / 25.4


@dataclass(frozen=True, slots=True)
class Placement:
    """What the body shows.

    Pixels are those of the body, 0 at its upper left edge. Columns and rows are those of the
    stored image, 0 at its upper left edge: the middle of its first pixel is (0.5, 0.5).

    Attributes:
        x, y: Stored column and row in the middle of the body.
        scale: Pixels per stored row.
        aspect: Width over height of a stored pixel.
        width, height: Of the body, in pixels.
        turn: How the film lies.
    """

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    aspect: float = 1.0
    width: float = 1.0
    height: float = 1.0
    turn: Turn = field(default_factory=Turn)

    @property
    def across(self) -> float:
        """Pixels per stored column."""
        return self.scale * self.aspect

    @property
    def place(self) -> Place:
        """Whatever the size of the pane."""
        return Place(self.x, self.y, self.scale)

    def at(self, place: Place) -> "Placement":
        """Show another place."""
        return replace(self, x=place.x, y=place.y, scale=place.scale)

    def fitted(self, film: QRectF, margin: float) -> "Placement":
        """Show the whole film, a margin free at its right, or beneath it if its rows stand."""
        free = QPointF(margin, 0.0) if self.turn.level else QPointF(0.0, margin)
        wide, high = film.width() * self.aspect, film.height()
        if not self.turn.level:
            wide, high = high, wide
        room = max(self.width - free.x(), 1.0), max(self.height - free.y(), 1.0)
        placed = replace(self, scale=min(room[0] / wide, room[1] / high))
        middle = film.center() + placed.way(free / 2)
        return replace(placed, x=middle.x(), y=middle.y())

    def zoomed(self, factor: float, fixed: QPointF, film: QRectF) -> "Placement":
        """Zoom about a pixel that stays where it is; beside the film, about its nearest edge."""
        least = SMALLEST / max(film.width(), film.height())
        wanted = round(self.scale * factor, 12)  # that 1 is 1: a ratio may end a hair beside it
        scale = min(max(wanted, least), LARGEST)
        place, share = self.stored(fixed), self.scale / scale
        x = min(max(place.x(), film.left()), film.right())
        y = min(max(place.y(), film.top()), film.bottom())
        return replace(self, scale=scale, x=x + (self.x - x) * share, y=y + (self.y - y) * share)

    def panned(self, right: float, down: float, film: QRectF) -> "Placement":
        """Move by pixels; the middle of the body stays on the film."""
        moved = QPointF(self.x, self.y) - self.way(QPointF(right, down))
        x = min(max(moved.x(), film.left()), film.right())
        y = min(max(moved.y(), film.top()), film.bottom())
        return replace(self, x=x, y=y)

    def framed(self, area: QRectF, film: QRectF) -> "Placement":
        """Show a stored area as large as the body allows; its middle stays on the film."""
        shown = self.on_body(area)
        share = min(self.width / max(shown.width(), 1.0), self.height / max(shown.height(), 1.0))
        x = min(max(area.center().x(), film.left()), film.right())
        y = min(max(area.center().y(), film.top()), film.bottom())
        return replace(self, scale=min(self.scale * share, LARGEST), x=x, y=y)

    def enlarged(self, times: float, at: QPointF) -> "Placement":
        """As large as nothing limits it, about a pixel: for what is shown under a lens."""
        place = self.stored(at)
        x, y = place.x() + (self.x - place.x()) / times, place.y() + (self.y - place.y()) / times
        return replace(self, scale=self.scale * times, x=x, y=y)

    def way(self, pixels: QPointF) -> QPointF:
        """How far apart in stored columns and rows two places are, by the pixels between them."""
        (a, b), (c, d) = self.turn.across, self.turn.down
        along = (a * pixels.x() + b * pixels.y()) / self.across
        return QPointF(along, (c * pixels.x() + d * pixels.y()) / self.scale)

    def stored(self, pixel: QPointF) -> QPointF:
        """Stored column and row at a pixel of the body."""
        middle = QPointF(self.width / 2, self.height / 2)
        return QPointF(self.x, self.y) + self.way(pixel - middle)

    def pixel(self, column: float, row: float) -> QPointF:
        """The pixel of the body at which a stored place lies."""
        (a, b), (c, d) = self.turn.across, self.turn.down
        along, down = (column - self.x) * self.across, (row - self.y) * self.scale
        return QPointF(
            self.width / 2 + a * along + c * down, self.height / 2 + b * along + d * down
        )

    def transform(self) -> QTransform:
        """Stored columns and rows → pixels, for drawings that are made in stored places."""
        (a, b), (c, d) = self.turn.across, self.turn.down
        corner = self.pixel(0.0, 0.0)
        return QTransform(
            a * self.across,
            b * self.across,
            c * self.scale,
            d * self.scale,
            corner.x(),
            corner.y(),
        )

    def y_of(self, row: float) -> float:
        """Pixels from the body's upper edge of a stored row; only where rows are level."""
        return self.pixel(self.x, row).y()

    def rows(self) -> RowView:
        """The stored rows at the two edges of the body between which the rows follow."""
        first = self.stored(QPointF(0.0, 0.0)).y()
        return RowView(first, self.stored(QPointF(self.width, self.height)).y(), self.turn.level)

    def visible(self) -> QRectF:
        """The stored area that the body shows; may reach beyond the film."""
        one, other = self.stored(QPointF(0, 0)), self.stored(QPointF(self.width, self.height))
        return QRectF(one, other).normalized()

    def on_body(self, area: QRectF) -> QRectF:
        """Where a stored area lies, in pixels; may reach beyond the body."""
        one = self.pixel(area.left(), area.top())
        return QRectF(one, self.pixel(area.right(), area.bottom())).normalized()

    def on_screen(self, film: QRectF) -> QRectF:
        """The part of the body that the film covers, in pixels."""
        return self.on_body(film).intersected(QRectF(0, 0, self.width, self.height))
