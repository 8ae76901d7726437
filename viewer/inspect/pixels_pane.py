"""The pixels of one step: the stored rows, what the model saw of them, and their profile."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from engine.types import Doubles, Floats, Voi
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.layered import (
    LayeredWidget,
    draw_colours,
    draw_grey,
    fitting,
    heading,
    paragraph,
    write,
)
from viewer.kit.rendering import Pyramid, Rect, render_view

TITLE: Final = marked("Pixels")
NOT_YET: Final = marked("Appears when a model has read the film")
HEADING: Final = 13.0  # baseline of the name of a pane
STRIP: Final = 18.0  # height of a strip of rows
_LINE: Final = 16.0


@dataclass(frozen=True, slots=True, eq=False)
class FilmPixels:
    """A film as it is displayed, and as a model read it.

    Attributes:
        pyramid, voi, inverted: How its stored pixels are shown.
        rows: (M, W) model rows, 0…1.
        per_step: Model rows of a step.
        above: Model rows above its own that a step sees too.
        edges: (L + 1,) stored rows.
        columns: (W + 1,) stored column at which each model column begins.
    """

    pyramid: Pyramid
    voi: Voi
    inverted: bool
    rows: Floats
    per_step: int
    above: int
    edges: Doubles
    columns: Doubles

    def of_step(self, step: int) -> Floats:
        """The model rows of a step, (rows, W)."""
        return self.rows[step * self.per_step : (step + 1) * self.per_step]


class PixelsPane(LayeredWidget):
    """Shows the rows of one step, all columns over each other."""

    def __init__(self) -> None:
        super().__init__()
        self._film: FilmPixels | None = None
        self._step: int | None = None

    def show_film(self, film: FilmPixels | None) -> None:
        """Show the rows of another film, or of none."""
        self._film = film
        self.renew()

    def show_step(self, step: int | None) -> None:
        """Show the rows of a step."""
        if step != self._step:
            self._step = step
            self.update()

    def paint_still(self, painter: QPainter) -> None:
        """The name, and why there is nothing where there is not."""
        heading(painter, 0, HEADING, tr(TITLE))
        if self._film is None:
            area = QRectF(0, HEADING + 8, self.width(), self.height())
            paragraph(painter, area, tr(NOT_YET))

    def paint_moving(self, painter: QPainter) -> None:
        """Both strips with what they are, and the profile beneath."""
        film, step = self._film, self._step
        if film is None or step is None or step >= len(film.edges) - 1:
            return
        width, y = float(self.width()), HEADING + 17.0
        first, end = float(film.edges[step]), float(film.edges[step + 1])
        count = max(int(np.ceil(end)) - int(np.floor(first)), 1)
        stored = tr("stored, {count} rows", count=count) if count > 1 else tr("stored, one row")
        write(painter, 0, y, stored, colour=theme.QUIET)
        self._paint_stored(painter, QRectF(0, y + 5, width, STRIP), (first, end))
        y += STRIP + 5 + _LINE
        write(painter, 0, y, self._seen_words(width, film), colour=theme.QUIET)
        rows = film.of_step(step)
        area = QRectF(0, y + 5, width, STRIP)
        left, right = self._across(film)
        seen = QRectF(left, area.top(), right - left, STRIP)
        _frame(painter, seen)
        draw_grey(painter, seen, rows)
        profile = QRectF(left, area.bottom() + 8, right - left, self.height() - area.bottom() - 18)
        if profile.height() >= 16:
            self._paint_profile(painter, profile, rows)

    @staticmethod
    def _seen_words(width: float, film: FilmPixels) -> str:
        rows, columns = film.per_step, film.rows.shape[1]
        seen = tr("seen by the model, {rows} × {columns}", rows=rows, columns=columns)
        more = (
            tr("{seen}, with {above} above", seen=seen, above=film.above) if film.above else seen
        )
        return fitting(
            width, more, seen, tr("seen, {rows} × {columns}", rows=rows, columns=columns)
        )

    def _across(self, film: FilmPixels) -> tuple[float, float]:
        """Pixels between which the model's columns lie: padding is not read."""
        stored = film.pyramid.levels[0].shape[1]
        scale = self.width() / stored
        return float(film.columns[0]) * scale, float(film.columns[-1]) * scale

    def _paint_stored(self, painter: QPainter, area: QRectF, rows: tuple[float, float]) -> None:
        film = self._film
        if film is None:
            return
        stored = film.pyramid.levels[0].shape[1]
        scale = self.width() * self.devicePixelRatioF() / stored
        view = render_view(
            film.pyramid,
            film.voi,
            inverted=film.inverted,
            heatmap=None,
            strength=0.0,
            part=Rect(0, rows[0], stored, rows[1]),
            scale=min(scale, 1.0),
        )
        _frame(painter, area)
        painter.save()
        painter.setClipRect(area)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
        down = area.height() / (rows[1] - rows[0])
        right = self.width() / stored
        drawn = QRectF(
            view.rect.left * right,
            area.top() + (view.rect.top - rows[0]) * down,
            (view.rect.right - view.rect.left) * right,
            (view.rect.bottom - view.rect.top) * down,
        )
        draw_colours(painter, drawn, view.pixels)
        painter.restore()

    @staticmethod
    def _paint_profile(painter: QPainter, area: QRectF, rows: Floats) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)  # stairs are crisp
        painter.fillRect(
            QRectF(area.left(), round(area.bottom()), area.width(), 1), theme.colour(theme.LINE)
        )
        if len(rows) > 1:
            for one in rows:
                painter.setPen(QPen(QColor(theme.LINE), 1.0))
                painter.drawPolyline(_steps(area, one))
        painter.setPen(QPen(QColor(theme.TEXT), 1.0))
        painter.drawPolyline(_steps(area, rows.mean(axis=0)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def state(self) -> dict[str, Any]:
        """The numbers on screen."""
        film, step = self._film, self._step
        if film is None or step is None or step >= len(film.edges) - 1:
            return {}
        return {
            "stored_rows": [float(film.edges[step]), float(film.edges[step + 1])],
            "seen": [[round(float(v), 4) for v in row] for row in film.of_step(step)],
            "rows_above": film.above,
        }


def _frame(painter: QPainter, area: QRectF) -> None:
    """The edge of a strip: white pixels end there on a white panel, too."""
    painter.fillRect(area.adjusted(-1, -1, 1, 1), theme.colour(theme.LINE))


def _steps(area: QRectF, values: Floats) -> QPolygonF:
    """One stair a column, 0 at the bottom and 1 at the top."""
    columns = len(values)
    heights = area.bottom() - np.clip(values, 0, 1) * area.height()
    edges = area.left() + np.arange(columns + 1) / columns * area.width()
    points = QPolygonF()
    for column, y in enumerate(heights.tolist()):
        points.append(QPointF(float(edges[column]), y))
        points.append(QPointF(float(edges[column + 1]), y))
    return points
