"""Film and strips side by side: the film's shape decides its width, the strips get the rest."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from viewer import theme

FILM_LEAST = 380
INFLUENCE = (132, 220)  # least and most pixels of a strip
ANSWER = (104, 180)
STATES = (120, 560)
STRIPS_LEAST = 0.33  # of the width, where a wide film would leave them less
SEAM = 0  # the panes bring their own insets, and grid lines run through


class Centre(QWidget):
    """Lays out four pane frames of equal height; no pane knows another."""

    def __init__(self, film: QWidget, strips: tuple[QWidget, QWidget, QWidget]) -> None:
        super().__init__()
        self.setObjectName("central")
        self._film = film
        self._strips = strips
        self._aspect = 1.0
        for pane in (film, *strips):
            pane.setParent(self)

    def set_aspect(self, aspect: float) -> None:
        """Width over height of the film as it is displayed."""
        self._aspect = aspect
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share()

    def minimumSizeHint(self) -> QSize:
        """Small enough for a window of 1024 × 700."""
        return QSize(FILM_LEAST + INFLUENCE[0] + ANSWER[0] + STATES[0], 360)

    def _share(self) -> None:
        width = self.width() - 2 * theme.GAP - 3 * SEAM
        height = self.height() - theme.HEAD - theme.FOOT
        narrowest = INFLUENCE[0] + ANSWER[0] + STATES[0]
        most = INFLUENCE[1] + ANSWER[1] + STATES[1]
        least = min(max(narrowest, round(width * STRIPS_LEAST)), most)
        wanted = round(height * self._aspect) + 10  # the ribbon stands beside the film
        film = min(max(wanted, width - most, FILM_LEAST), width - least)
        rest = max(width - film, least)
        share = (rest - narrowest) / (most - narrowest)
        influence = round(INFLUENCE[0] + share * (INFLUENCE[1] - INFLUENCE[0]))
        answer = round(ANSWER[0] + share * (ANSWER[1] - ANSWER[0]))
        sizes = (film, influence, answer, max(rest - influence - answer, STATES[0]))
        left = theme.GAP
        for pane, size in zip((self._film, *self._strips), sizes, strict=True):
            pane.setGeometry(left, 0, size, self.height())
            left += size + SEAM
