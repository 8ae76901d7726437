"""Where rows and values lie in the body of a strip, whichever way the film lies."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from engine.types import Doubles
from viewer.kit.rendering import steps_at
from viewer.session.choices import RowView

Numbers = Any  # a number, or an array of them: what goes in comes out
GRID_SPACING = 64  # pixels that two grid lines keep at least
NICE = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # model rows between two grid lines
SLIM = 4.0  # most free pixels at the ends of a scale that stands upright


@dataclass(frozen=True, slots=True)
class Lie:
    """A body in which rows follow from top to bottom, and values grow to the right.

    Beneath a film that is turned by 90° it lies on its side: rows follow from left to right, and
    values grow upwards. Strips reckon and paint as if it stood, in pixels x of values and y of
    rows; `turn` and `screen` lay that on its side.

    Attributes:
        rows: Stored rows at both ends.
        wide, high: Of the body on the screen, in pixels.
        ends: Of the scale.
        insets: Free pixels before and behind the scale.
    """

    rows: RowView
    wide: float
    high: float
    ends: tuple[float, float]
    insets: tuple[float, float]

    @property
    def level(self) -> bool:
        """Whether rows run across the screen."""
        return self.rows.level

    @property
    def along(self) -> float:
        """Pixels over which rows follow each other."""
        return self.high if self.level else self.wide

    @property
    def across(self) -> float:
        """Pixels of the scale with its insets."""
        return self.wide if self.level else self.high

    @property
    def free(self) -> tuple[float, float]:
        """Pixels before and behind the scale, as the body lies."""
        left, right = self.insets
        return (left, right) if self.level else (min(left, SLIM), min(right, SLIM))

    def x_of(self, values: Numbers) -> Numbers:
        """Pixels of values from where the body begins."""
        (low, high), (left, right) = self.ends, self.free
        return left + (values - low) / (high - low) * (self.across - left - right)

    def y_of(self, rows: Numbers) -> Numbers:
        """Pixels of stored rows from where the body begins."""
        top, bottom = self.rows.top, self.rows.bottom
        return (rows - top) / (bottom - top) * self.along

    def row_at(self, y: float) -> float:
        """The stored row at a pixel."""
        top, bottom = self.rows.top, self.rows.bottom
        return top + y / max(self.along, 1.0) * (bottom - top)

    def screen(self, x: float, y: float) -> QPointF:
        """Where a place of the upright body is on the screen."""
        return QPointF(x, y) if self.level else QPointF(y, self.high - x)

    def place(self, pixel: QPointF) -> tuple[float, float]:
        """The place of the upright body that is seen at a pixel."""
        if self.level:
            return pixel.x(), pixel.y()
        return self.high - pixel.y(), pixel.x()

    def turn(self, painter: QPainter) -> None:
        """Let a painter that draws the upright body draw it as it lies."""
        if not self.level:
            painter.translate(0.0, self.high)
            painter.rotate(-90.0)

    def span(self, edges: np.ndarray) -> tuple[float, float]:
        """Pixels between which the film lies; nothing is drawn beyond."""
        first, last = sorted((float(self.y_of(edges[0])), float(self.y_of(edges[-1]))))
        return min(max(first, 0.0), self.along), min(max(last, 0.0), self.along)

    def grid(self, edges: np.ndarray) -> range:
        """Time steps through whose middle a grid line runs."""
        steps = len(edges) - 1
        pixels = abs(float(self.y_of(edges[-1]) - self.y_of(edges[0]))) / steps
        fitting = (nice for nice in NICE if nice * pixels >= GRID_SPACING)
        return range(0, steps, next(fitting, NICE[-1]))


def within(edges: np.ndarray, row: float) -> float:
    """A stored row, kept inside what the model read."""
    return float(np.clip(row, edges[0], np.nextafter(edges[-1], edges[0])))


def step_at(edges: Doubles, row: float) -> int:
    """The time step that covers a stored row."""
    return int(steps_at(edges, row))
