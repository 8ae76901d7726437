"""A stretch of steps, brushed in a strip with Shift and a drag, and shown in it as a band."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from viewer.kit import theme
from viewer.kit.rendering import steps_at

if TYPE_CHECKING:
    from viewer.inspect.strip import RowStrip
    from viewer.session.searching import Stretch

GROUND: Final = 36  # alpha of the accent over a brushed stretch
EDGE: Final = 200


class StretchBrush(QObject):
    """Hears the pointer of a strip before the strip does, while Shift is held.

    Args:
        strip: Is brushed, and shows the band; it owns the brush.
    """

    stretch_requested = Signal(int, int)  # first and last step, both within

    def __init__(self, strip: "RowStrip") -> None:
        super().__init__(strip)
        self._strip = strip
        self._from: int | None = None
        self.stretch: Stretch | None = None
        self._band = strip.draw(self._paint, depth=6)
        strip.view.viewport().installEventFilter(self)

    def show_stretch(self, stretch: "Stretch | None") -> None:
        """Show the band of a brushed stretch; the row of the cursor has none."""
        shown = stretch if stretch is not None and stretch.own else None
        if shown != self.stretch:
            self.stretch = shown
            self._band.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a press with Shift, and the drag that follows it."""
        if not isinstance(event, QMouseEvent) or self._strip.edges is None:
            return super().eventFilter(watched, event)
        kind = event.type()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if kind == QEvent.Type.MouseButtonPress:
            left = event.button() == Qt.MouseButton.LeftButton
            self._from = self._step(event) if shift and left else None
        if self._from is None:
            return False
        if kind in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove}:
            self.stretch_requested.emit(*sorted((self._from, self._step(event))))
        elif kind == QEvent.Type.MouseButtonRelease:
            self._from = None
        return True

    def _step(self, event: QMouseEvent) -> int:
        strip = self._strip
        _across, along = strip.lie.place(event.position())
        if strip.edges is None:
            return 0
        return int(steps_at(strip.edges, strip.row_at(along)))

    def _paint(self, painter: QPainter) -> None:
        edges, stretch = self._strip.edges, self.stretch
        if edges is None or stretch is None:
            return
        last = min(stretch.last, len(edges) - 2)
        ends = (float(self._strip.y_of(edges[step])) for step in (stretch.first, last + 1))
        top, bottom = sorted(float(self._strip.snap(end)) for end in ends)
        wide = self._strip.lie.across
        painter.fillRect(QRectF(0, top, wide, bottom - top), theme.colour(theme.ACCENT, GROUND))
        for y in (top, bottom - 1):
            painter.fillRect(QRectF(0, y, wide, 1), theme.colour(theme.ACCENT, EDGE))
