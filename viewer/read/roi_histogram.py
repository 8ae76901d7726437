"""The values inside a region that a reader has drawn: a small histogram with its figures."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from engine.annotations import Measurement, Values
from viewer.kit import theme
from viewer.kit.language import clauses, tr
from viewer.kit.live import live
from viewer.kit.measures import level_text, name_of
from viewer.kit.widgets import explain

WIDTH, HEIGHT = 240, 60
BARS: Final = 40  # of that height; beneath them stands a line of figures
_SIDES: Final = (
    Qt.AlignmentFlag.AlignLeft,
    Qt.AlignmentFlag.AlignHCenter,
    Qt.AlignmentFlag.AlignRight,
)
_GAP: Final = 0.15  # of a bar, between two of them


class RegionHistogram(QWidget):
    """Bars as high as the most frequent of them; hidden where no region is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(WIDTH, HEIGHT)
        self._shown: Measurement | None = None
        live(self, RegionHistogram._dress)
        self.hide()

    def show_region(self, one: Measurement | None) -> None:
        """Show the values inside a region; what has none hides it, as None does."""
        has_values = one is not None and one.values.get("histogram") is not None
        self._shown = one if has_values else None
        self._dress()

    @property
    def bars(self) -> tuple[QRectF, ...]:
        """The bars in pixels of the widget, from the lowest values to the highest."""
        if self._shown is None:
            return ()
        counts = self._shown.values["histogram"]["counts"]
        width, most = self.width() / len(counts), max(counts)
        gap = _GAP * width if width > 2 else 0.0
        heights = [BARS * count / most for count in counts]
        return tuple(
            QRectF(place * width, BARS - height, width - gap, height)
            for place, height in enumerate(heights)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bars, the line that they stand on, and the figures beneath it."""
        if self._shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.QUIET))
        painter.drawRects(list(self.bars))
        painter.fillRect(QRectF(0, BARS, self.width(), 1), theme.colour(theme.LINE))
        painter.setPen(theme.colour(theme.QUIET))
        painter.setFont(theme.font(theme.SMALL))
        line = QRectF(0, BARS + 3, self.width(), HEIGHT - BARS - 3)
        low, mean, high = _figures(self._shown.values)
        sides = (
            Qt.AlignmentFlag.AlignLeft,
            Qt.AlignmentFlag.AlignHCenter,
            Qt.AlignmentFlag.AlignRight,
        )
        for words, side in zip((low, mean, high), sides, strict=True):
            painter.drawText(line, side | Qt.AlignmentFlag.AlignVCenter, words)

    def _dress(self) -> None:
        """Say the figures in the words of this moment."""
        self.setVisible(self._shown is not None)
        if self._shown is not None:
            self.setAccessibleName(tr("Histogram of {name}", name=name_of(self._shown.annotation)))
            words = spoken_figures(self._shown.values)
            self.setAccessibleDescription(words)
            explain(self, words)
        self.update()


def spoken_figures(values: Values) -> str:
    """The figures in a sentence, for tips and screen readers."""
    low, _, high = _figures(values)
    unit = f" {values['unit']}" if values["unit"] else ""
    scale = max(abs(values["mean"]), values["sd"])
    mean, spread = (level_text(values[name], scale) for name in ("mean", "sd"))
    return clauses(
        (
            tr("lowest value {value}", value=f"{low}{unit}"),
            tr("mean {value}", value=f"{mean}{unit}"),
            tr("standard deviation {value}", value=f"{spread}{unit}"),
            tr("highest value {value}", value=f"{high}{unit}"),
            tr("%n pixels", "", n=values["pixels"]),
        )
    )


def _figures(values: Values) -> tuple[str, str, str]:
    """Lowest value, mean ± SD with the unit, highest value."""
    unit = f" {values['unit']}" if values["unit"] else ""
    scale = max(abs(values["mean"]), values["sd"])
    mean, sd = (level_text(values[name], scale) for name in ("mean", "sd"))
    return _end(values["min"]), f"{mean} ± {sd}{unit}", _end(values["max"])


def _end(value: float) -> str:
    """An end of the values: whole where they are whole."""
    text = f"{value:.0f}" if float(value).is_integer() else level_text(value)
    return text.replace("-", "−")
