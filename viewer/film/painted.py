"""What is painted beside and over a film, in pixels of the pane: ribbon, items, words, lens."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from engine.types import Heatmap
from viewer.film.file_layers import FilmLayers, layer_words, layers_canvas
from viewer.film.item import FilmItem
from viewer.film.lettering import Appearance, Lettering
from viewer.film.marks import (
    RIBBON,
    SEAM,
    TAG,
    Writing,
    paint_notice,
    paint_reference,
    paint_ribbon,
    paint_words,
)
from viewer.film.placement import Placement, true_scale
from viewer.film.tools import tool_of
from viewer.kit import theme
from viewer.kit.canvas import Canvas
from viewer.kit.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.film.sketch import Sketch
    from viewer.session.viewport import Item

_SAME: Final = 1e-6  # by how much one scale may differ from another and be the same
LENS, TIMES = 110.0, 3.0  # radius of the magnifier, and how much larger it shows the film


class Drawings:
    """Paints over a pane's body; whoever changes what it says calls `refresh`.

    Args:
        pane: Whose screen says how large its pixels are.
        box: The pyqtgraph ViewBox.
        item: The film.
        layers: What its file lays over it.
        lettering: What is written.

    Attributes:
        placement: Of the film.
        fitted: Whether the whole film is shown, whatever the size of the pane.
        lines: Where films of other panes cut this one, in columns and rows.
        items: On the film, painted by the tools that made them.
        labels: Where words stand at what the model found, in pixels of the body.
        annotated: What the reader has drawn and draws.
        wordy: Whether the words of items are written.
        notice: What to do, marked, while there is no film.
        rubber: The box that is being drawn; None without one.
        lens: Pixel that is magnified; None without a magnifier.
        active: Whether keys and commands go to this pane, where there are several.
    """

    def __init__(
        self,
        pane: QWidget,
        box: Any,  # noqa: ANN401 - pyqtgraph is untyped
        item: FilmItem,
        layers: FilmLayers,
        lettering: Lettering,
    ) -> None:
        self._pane, self._box, self._item = pane, box, item
        self._layers, self._lettering = layers, lettering
        self.placement, self.fitted = Placement(), True
        self.lines: tuple[Sequence[tuple[float, float]], ...] = ()
        self.items: tuple[Item, ...] = ()
        self.labels: tuple[QRectF, ...] = ()
        self.wordy = True
        self.annotated: Sketch | None = None
        self.notice = ""
        self.rubber: QRectF | None = None
        self.lens: QPointF | None = None
        self.active = False
        self.layered = layers_canvas(box, layers, lambda: self.placement)
        self.beside = Canvas(box, self._paint_beside, depth=5)
        self.crossing = Canvas(box, self._paint_crossing, depth=10, area=QRectF())
        self.over = Canvas(box, self._paint_over, depth=11)
        self.tag = Canvas(box, self._paint_tag, depth=11.5, area=QRectF())
        self.near = Canvas(box, self._paint_near, depth=12)

    def refresh(self) -> None:
        """Paint all of it anew."""
        for drawing in (self.layered, self.beside, self.over, self.near):
            drawing.refresh()
        self._cover_row()

    def show_items(self, items: "tuple[Item, ...]") -> None:
        """Paint the row cursor elsewhere; nothing else is painted again."""
        self.items = items
        self._cover_row()

    def _cover_row(self) -> None:
        """The bands across the pane in which the line of the row and its tag are seen."""
        body, level = self.body, self.placement.turn.level
        lines, tags = QRectF(), QRectF()
        for item in self.items:
            at = self.placement.pixel(*item.points[0])
            lines |= _band(body, at, 4.0, level=level).intersected(body)
            tags |= _band(body, at, TAG, level=True) if level else body  # as long as its words
        self.crossing.cover(lines)
        self.tag.cover(tags)

    @property
    def body(self) -> QRectF:
        """All of the pane that shows films."""
        return QRectF(0, 0, self._box.width(), self._box.height())

    @property
    def film(self) -> QRectF:
        """The part of it that the film covers."""
        film = self._item.image_rect()
        return QRectF() if film.isEmpty() else self.placement.on_screen(film)

    @property
    def ratio(self) -> float:
        """Pixels of the screen per pixel of the body."""
        return self._pane.devicePixelRatioF()

    @property
    def true_scale(self) -> float | str:
        """Pixels per stored row that show a centimetre as a centimetre; or, marked, why not."""
        frame = self._item.frame
        spacing = frame.header.spacing if frame is not None else None
        return true_scale(spacing, self._pane.screen())

    def written(self) -> Writing:
        """Plates, badges and letters, where they stand now."""
        true = self.true_scale
        return self._lettering.written(
            Appearance(
                self.placement,
                self.body,
                self.film,
                self._item.voi,
                inverted=self._item.swapped,
                ratio=self.ratio,
                fitted=self.fitted,
                true_size=not isinstance(true, str)
                and abs(self.placement.scale / true - 1) < _SAME,
                layers=layer_words(self._layers),
                presented=self._layers.presented,
            )
        )

    def look(self) -> None:
        """A frame has come to rest: let its words stand where they hide nothing of it."""
        self._lettering.look()
        self.over.refresh()

    def _paint_beside(self, painter: QPainter) -> None:
        heatmap = self._item.heatmap
        if self._item.frame is None:
            paint_notice(painter, self.body, tr(self.notice))
        elif heatmap is not None and heatmap.columns is None:  # cells have no ribbon
            self._paint_ribbon(painter, heatmap)

    def _paint_ribbon(self, painter: QPainter, heatmap: Heatmap) -> None:
        """Paint it right of level rows, and beneath upright ones."""
        body, film = self.body, self.film
        left = min(film.right() + SEAM, body.right() - RIBBON)
        ribbon = QRectF(left, film.top(), RIBBON, film.height())
        if not self.placement.turn.level:
            top = min(film.bottom() + SEAM, body.bottom() - RIBBON)
            ribbon = QRectF(film.left(), top, film.width(), RIBBON)
        paint_ribbon(painter, ribbon, heatmap, self.placement.pixel)

    def _paint_over(self, painter: QPainter) -> None:
        layout, body, pixel = self.written(), self.body, self.placement.pixel
        paint_reference(painter, [QLineF(*(pixel(*end) for end in line)) for line in self.lines])
        if self.annotated is not None:
            self.annotated.paint(painter)
        paint_words(painter, layout)  # no line strikes a letter out
        if self.annotated is not None and self.wordy:
            self.annotated.paint_values(painter, body, layout.boxes)

    def _paint_crossing(self, painter: QPainter) -> None:
        for item in self.items:
            tool_of(item.kind).paint(painter, item, self.body, self.placement.pixel)

    def _paint_tag(self, painter: QPainter) -> None:
        boxes, pixel = (*self.written().boxes, *self.labels), self.placement.pixel
        for item in self.items if self.wordy else ():
            tool_of(item.kind).paint_words(painter, item, self.body, pixel, boxes)

    def _paint_near(self, painter: QPainter) -> None:
        if self.rubber is not None:
            _paint_rubber(painter, self.rubber)
        if self.lens is not None and self._item.frame is not None:
            self._paint_lens(painter, self.lens)
        if self.active:
            painter.setPen(QPen(theme.colour(theme.ON_FILM.accent), 1.0))
            painter.drawRect(self.body.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_lens(self, painter: QPainter, at: QPointF) -> None:
        """The film around a pixel, enlarged and with its own pixels, not those of the screen."""
        whole = QRectF(at.x() - LENS, at.y() - LENS, 2 * LENS, 2 * LENS)
        circle = QPainterPath()
        circle.addEllipse(whole)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.setClipPath(circle)
        painter.fillRect(whole, theme.colour(theme.ON_FILM.pane))
        self._item.draw_area(painter, self.placement.enlarged(TIMES, at).transform(), whole)
        painter.restore()
        for width, name in ((3.0, theme.ON_FILM.casing), (1.25, theme.ON_FILM.accent)):
            painter.setPen(QPen(theme.colour(name), width))
            painter.drawEllipse(whole)


def _band(body: QRectF, at: QPointF, half: float, *, level: bool) -> QRectF:
    """What lies across the body, or upright in it, around a pixel."""
    if level:
        return QRectF(body.left(), at.y() - half, body.width(), 2 * half)
    return QRectF(at.x() - half, body.top(), 2 * half, body.height())


_DASHES: Final = (4.0, 3.0)


def _paint_rubber(painter: QPainter, box: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(theme.ON_FILM.casing), 3.0))
    painter.drawRect(box)
    pen = QPen(theme.colour(theme.ON_FILM.accent), 1.25)
    pen.setDashPattern(_DASHES)
    painter.setPen(pen)
    painter.drawRect(box)
