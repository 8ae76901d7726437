"""What the model saw, laid over the film by its edges, in its very grid of grey values."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF, QTransform

from viewer.film.marks import INSET, LINE, PADDING, Plate, Writing, paint_words
from viewer.kit import theme
from viewer.kit.canvas import Canvas
from viewer.kit.language import named, tr
from viewer.session.model_rows import ModelView, ModelViews, seen_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.session.loading import Content
    from viewer.session.pointer import Pointer

Pixel = Callable[[float, float], QPointF]  # stored column and row → pixel of the body


class PlacedFilm(Protocol):
    """Where a film lies in its pane."""

    def pixel(self, column: float, row: float) -> QPointF:
        """Pixel of the body of a stored place, whichever way the film is turned."""


def grid_transform(view: ModelView, pixel: Pixel) -> QTransform:
    """From the grid, one unit for a model column and row, to pixels of the body.

    The edges of a grid are evenly spaced, and a pane turns, mirrors and stretches a film as a
    whole: so three corners say where every cell lies.
    """
    rows, columns = view.grey.shape
    first = pixel(view.columns[0], view.rows[0])
    right = (pixel(view.columns[-1], view.rows[0]) - first) / columns
    down = (pixel(view.columns[0], view.rows[-1]) - first) / rows
    return QTransform(right.x(), right.y(), down.x(), down.y(), first.x(), first.y())


def paint_view(painter: QPainter, view: ModelView, pixel: Pixel) -> None:
    """Paint the grid over the part of the film that it was made of, and veil the rest of it.

    Every pixel takes the grey level of one cell: nothing is smoothed.
    """
    rows, columns = view.stored
    film = _outline(pixel, 0, 0, columns, rows)
    if not view.whole:
        painter.setClipRect(film.boundingRect())
        painter.fillRect(film.boundingRect(), theme.colour(theme.ON_FILM.pane, theme.VEIL_ALPHA))
    painter.save()
    painter.setTransform(grid_transform(view, pixel), combine=True)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    painter.drawImage(QPointF(0, 0), _image(view))
    painter.restore()
    if not view.whole:
        painter.setPen(QPen(theme.colour(theme.ON_FILM.text), 1))
        ends = (view.columns[0], view.rows[0], view.columns[-1], view.rows[-1])
        painter.drawPolygon(_outline(pixel, *ends))


def _outline(pixel: Pixel, left: float, top: float, right: float, bottom: float) -> QPolygonF:
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return QPolygonF([pixel(column, row) for column, row in corners])


def _image(view: ModelView) -> QImage:
    grey = np.ascontiguousarray(view.grey)
    rows, columns = grey.shape
    image = QImage(grey.data, columns, rows, columns, QImage.Format.Format_Grayscale8)
    return image.copy()  # it outlives the array, whoever keeps the painting


def place_plate(
    body: QRectF, film: QRectF, lines: tuple[str, ...], taken: "Sequence[QRectF]"
) -> Plate:
    """A plate in a free place: beside the film where there is room, or else over an edge of it.

    Args:
        body: Of the pane.
        film: Where it lies in the body.
        lines: To be written.
        taken: What must stay to be read; where there is no free place, the plate covers some.
    """
    metrics = QFontMetricsF(theme.font(weight=QFont.Weight.Medium))
    width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * PADDING
    size = QSizeF(width, LINE * len(lines) + 2 * PADDING - 2)
    beside = (
        QRectF(body.left(), film.bottom(), body.width(), body.bottom() - film.bottom()),
        QRectF(body.left(), body.top(), body.width(), film.top() - body.top()),
        QRectF(film.right(), body.top(), body.right() - film.right(), body.height()),
        QRectF(body.left(), body.top(), film.left() - body.left(), body.height()),
    )
    outside = (box for area in beside for box in _boxes(area, size, taken) if area.contains(box))
    over = _boxes(film, size, taken)
    corner = QRectF(QPointF(film.left() + INSET, film.top() + INSET), size)
    return Plate(next(chain(outside, over), corner), lines)


def _boxes(area: QRectF, size: QSizeF, taken: "Sequence[QRectF]") -> Iterator[QRectF]:
    """Free places in an area, the lower edge first."""
    inner = area.adjusted(INSET, INSET, -INSET, -INSET)
    for y in (1.0, 0.0, 0.75, 0.25, 0.5):
        for x in (0.5, 1.0, 0.0):
            left = inner.left() + x * (inner.width() - size.width())
            top = inner.top() + y * (inner.height() - size.height())
            box = QRectF(QPointF(round(left), round(top)), size)
            if not any(box.intersects(other) for other in taken):
                yield box


class ModelLayer:
    """Lies over the film of a pane while it is on.

    Args:
        box: The pane's ViewBox.
        place: Where the film lies now.
        taken: The plates and letters over the film now.
    """

    def __init__(
        self,
        box: Any,  # noqa: ANN401 - pyqtgraph is untyped
        place: Callable[[], PlacedFilm],
        taken: "Callable[[], Sequence[QRectF]]",
    ) -> None:
        self.on = False
        self.view: ModelView | None = None
        self._content: Content | None = None  # that was asked for last
        self._place, self._taken = place, taken
        self._ask: Callable[[], None] = lambda: None
        self._canvas = Canvas(box, self._paint, depth=6)
        self._words = Canvas(box, self._paint_words, depth=12)

    @property
    def shown(self) -> ModelView | None:
        """What lies over the film now."""
        return self.view if self.on else None

    def turn(self, *, on: bool) -> None:
        """Show what the model saw, or the film."""
        self.on = on
        self._ask()
        self.refresh()

    def show(self, view: ModelView | None) -> None:
        """Take another view; None while that of the film is not known."""
        self.view = view
        self.refresh()

    def follow(self, pointer: "Pointer", views: ModelViews) -> None:
        """Lie over the film of a viewport, as its model sees it."""

        def ask() -> None:
            self.show(views.of(pointer.film, pointer.model))
            if self.on and pointer.film is not None:
                if self._content not in {None, pointer.film.key}:  # a stack is leafed through
                    views.forget(self._content)
                self._content = pointer.film.key
                views.ask(pointer.film, pointer.model)

        def take(content: object, _view: object) -> None:
            if pointer.film is not None and pointer.film.key == content:
                self.show(views.of(pointer.film, pointer.model))

        self._ask = ask
        pointer.film_changed.connect(lambda _film: ask())
        pointer.emptied.connect(ask)
        pointer.map_changed.connect(lambda _map, _choice: ask())
        views.known.connect(take)

    def refresh(self) -> None:
        """Paint anew: the film has moved."""
        self._canvas.refresh()
        self._words.refresh()

    def _paint(self, painter: QPainter) -> None:
        if self.shown is not None:
            paint_view(painter, self.shown, self._place().pixel)

    @property
    def plate(self) -> Plate | None:
        """What is said of it over the film."""
        view = self.shown
        if view is None:
            return None
        rows, columns = view.stored
        film = _outline(self._place().pixel, 0, 0, columns, rows).boundingRect()
        body = self._words.boundingRect()
        lines = (tr("What {model} reads", model=named(view.model)), *seen_lines(view))
        return place_plate(body, film.intersected(body), lines, self._taken())

    def _paint_words(self, painter: QPainter) -> None:
        plate = self.plate
        if plate is not None:
            paint_words(painter, Writing((plate,)))
