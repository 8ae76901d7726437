"""Stretches of films that left the network in one state: pictures aligned on the stretch."""

import math
from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from engine.index import FoundStretch
from engine.types import Bytes, Doubles
from viewer.kit import theme
from viewer.kit.canvas import paint_cursor
from viewer.kit.language import marked, named, told, tr
from viewer.kit.live import live
from viewer.kit.taken import Taken
from viewer.kit.widgets import column_in, label, row_in, said
from viewer.session.searching import COUNT

if TYPE_CHECKING:
    from viewer.session.searching import Searching
    from viewer.session.session import Session

LINE: Final = 16  # of text
ENLARGED: Final = 1.1  # height of a film over that of its picture, at least
DIMMED: Final = 110  # alpha of the ground over what lies outside the stretch


KEPT: Final = 96  # pictures as they are drawn; neighbouring rows find mostly the same films
_drawn: "OrderedDict[tuple[object, ...], QImage]" = OrderedDict()


def picture_of(grey: Bytes) -> QImage:
    """A thumbnail (h, w) as a picture of its own."""
    pixels = np.ascontiguousarray(grey)
    height, width = pixels.shape
    return QImage(pixels.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def drawn_at(grey: Bytes, key: tuple[object, ...], size: QSize) -> QImage:
    """A thumbnail at the size at which it is drawn, in pixels of the screen.

    Args:
        grey: (h, w).
        key: Says which film it is.
        size: Of the whole film.
    """
    whole = (*key, size.width(), size.height())
    found = _drawn.get(whole)
    if found is None:
        ways = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        found = _drawn[whole] = picture_of(grey).scaled(size, *ways)
        if len(_drawn) > KEPT:
            _drawn.popitem(last=False)
    _drawn.move_to_end(whole)
    return found


def band_of(edges: Doubles, rows: float, stretch: tuple[int, int]) -> tuple[float, float]:
    """First and last + 1 row of a stretch of steps, as shares of a film's height."""
    first, last = (min(max(step, 0), len(edges) - 2) for step in stretch)
    return float(edges[first]) / rows, float(edges[last + 1]) / rows


def words_of(stretch: tuple[int, int]) -> str:
    """Steps of a stretch, as they are said."""
    first, last = stretch
    if first == last:
        return tr("step {step}", step=first)
    return tr("steps {first}–{last}", first=first, last=last)


class StretchButton(QAbstractButton):
    """A film around a stretch of its rows, with its label, distance, name and rows; opens it.

    Args:
        lies: Whether the words stand at the right of the picture or beneath it.
        parent: Of the widget.
    """

    def __init__(self, lies: Literal["beside", "beneath"], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lies = lies
        self.found: FoundStretch | None = None
        self.title, self.value, self.name = "", "", ""
        self._grey: Bytes | None = None
        self._key: tuple[object, ...] = ()
        self._band, self._single = (0.0, 1.0), True
        self._anchor: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_found(self, found: FoundStretch | None, label_text: str = "") -> None:
        """Show a film of the index; None shows nothing."""
        self.found = found
        self.setVisible(found is not None)
        if found is None:
            return
        near = not np.isnan(found.distance)
        self._show(
            found.thumbnail,
            (found.path, found.frame, found.content),
            band_of(found.edges, float(found.edges[-1]), (found.first, found.last)),
            found.first == found.last,
            (label_text, f"{found.distance:.2f}" if near else ""),
            f"{found.path.stem}, {words_of((found.first, found.last))}",
        )

    def show_value(self, value: str) -> None:
        """Say another number of the film than a distance."""
        self.value = value
        self.setAccessibleName(", ".join(part for part in (self.title, value, self.name) if part))
        self.update()

    def show_film(
        self,
        grey: Bytes,
        key: str,
        band: tuple[float, float],
        head: tuple[str, str],
        *,
        single: bool,
    ) -> None:
        """Show the film that is open, to compare with; it opens nothing.

        Args:
            grey: (h, w).
            key: What the film is.
            band: Of its height.
            head: Title and name.
            single: Whether the band is one step.
        """
        self.found = None
        self.setVisible(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.unsetCursor()
        self._show(grey, (key,), band, single, (head[0], ""), head[1])

    def _show(
        self,
        grey: Bytes,
        key: tuple[object, ...],
        band: tuple[float, float],
        single: bool,  # noqa: FBT001 - private
        head: tuple[str, str],
        name: str,
    ) -> None:
        self._grey, self._key = grey, key
        self._band, self._single = band, single
        (self.title, self.value), self.name = head, name
        self.setToolTip(name)
        self.setAccessibleName(", ".join(part for part in (*head, name) if part))
        self.update()

    # ---------------------------------------------------------------- geometry

    def picture_area(self) -> QRectF:
        """Where the film is drawn."""
        if self.lies == "beneath":
            return QRectF(0, 0, self.width(), max(self.height() - 2 * LINE - 4, 1))
        share = 0.56 if self.width() >= WIDTH else 0.45  # words give way last
        return QRectF(0, 0, round(self.width() * share), self.height())

    def film_area(self) -> QRectF:
        """Where all of the film would be drawn: the middle of its stretch lies at the anchor."""
        area = self.picture_area()
        if self._grey is None:
            return area
        high, wide = self._grey.shape
        scale = max(area.width() / wide, ENLARGED * area.height() / high)
        width, height = wide * scale, high * scale
        middle = (self._band[0] + self._band[1]) / 2 * height
        if self._anchor is None:  # no room above or beneath the film is left empty
            top = min(max(area.center().y() - middle, area.bottom() - height), area.top())
        else:
            top = self._anchor - middle
        return QRectF(area.center().x() - width / 2, top, width, height)

    def anchor(self) -> float:
        """Pixel at which the middle of its stretch lies."""
        top, bottom = self.band_area()
        return (top + bottom) / 2

    def align(self, anchor: float | None) -> None:
        """Draw the middle of the stretch at a pixel; None: where most of the film is seen."""
        if anchor != self._anchor:
            self._anchor = anchor
            self.update()

    def band_area(self) -> tuple[float, float]:
        """Pixels between which the stretch lies, whether they are seen or not."""
        film = self.film_area()
        top, bottom = (film.top() + share * film.height() for share in self._band)
        return top, bottom

    def sizeHint(self) -> QSize:
        """Any."""
        return QSize(96, 96) if self.lies == "beneath" else QSize(240, 2 * LINE + 4)

    # ---------------------------------------------------------------- painting

    def enterEvent(self, event: QEnterEvent) -> None:
        """Look like something to press."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """And no more."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the film around its stretch, and the words."""
        if self._grey is None:
            return
        painter = QPainter(self)
        area = self.picture_area()
        painter.fillRect(area, theme.colour(theme.PANE))
        painter.save()
        painter.setClipRect(area)
        film, sharp = self.film_area(), self.devicePixelRatioF()
        picture = drawn_at(self._grey, self._key, (film.size() * sharp).toSize())
        painter.drawImage(film, picture)
        self._paint_band(painter, area)
        painter.restore()
        if self.hasFocus() or (self.underMouse() and self.found is not None):
            painter.setPen(theme.colour(theme.ACCENT if self.hasFocus() else theme.QUIET))
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        self._paint_words(painter, area)
        painter.end()

    def _paint_band(self, painter: QPainter, area: QRectF) -> None:
        """Lines where the stretch begins and ends; one where it is a single step."""
        top, bottom = self.band_area()
        apart = not self._single and bottom - top >= 5
        places = [top, bottom] if apart else [(top + bottom) / 2]
        for y in (math.floor(place) + 0.5 for place in places):  # crisp
            painter.save()
            paint_cursor(painter, QLineF(area.left(), y, area.right(), y), theme.ON_FILM)
            painter.restore()

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        beneath = self.lies == "beneath"
        left = area.left() if beneath else area.right() + theme.GAP
        first = area.bottom() + LINE - 1 if beneath else area.center().y() - 3
        right = float(self.width())
        strong = theme.font(weight=QFont.Weight.Medium)
        metrics = QFontMetricsF(strong)
        number = metrics.horizontalAdvance(self.value)
        painter.setFont(strong)
        painter.setPen(theme.colour(theme.TEXT))
        painter.drawText(QPointF(right - number, first), self.value)
        room = right - left - number - (theme.GAP if self.value else 0)
        end = Qt.TextElideMode.ElideRight
        painter.drawText(QPointF(left, first), metrics.elidedText(self.title, end, room))
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.QUIET))
        quiet = QFontMetricsF(theme.font())
        painter.drawText(QPointF(left, first + LINE), self._short_name(quiet, right - left))

    def _short_name(self, metrics: QFontMetricsF, room: float) -> str:
        """The name gives way before the rows do."""
        name, comma, rows = self.name.rpartition(", ")
        tail = f"{comma}{rows}" if comma else ""
        left = room - metrics.horizontalAdvance(tail)
        if comma and left < 24:
            return metrics.elidedText(rows, Qt.TextElideMode.ElideRight, room)
        return metrics.elidedText(name or rows, Qt.TextElideMode.ElideMiddle, left) + tail


# --------------------------------------------------------------- the pane of the page Row
MOST: Final = 4  # films that the page Row shows
WIDTH: Final = 260

NO_INDEX: Final = marked("Appears when films are indexed: see the page Find")
WAITING: Final[dict[str, str]] = {
    "closed": marked("Appears when a model has read the film"),
    "hidden": marked("Appears after your own call"),
    "looking": marked("Looking for an index…"),
    "none": NO_INDEX,
}


def why_nothing(searching: "Searching") -> str:
    """One sentence: why there is nothing to see; empty where there is."""
    if searching.why in {"other", "failed"} or searching.sentence:
        return told(searching.sentence)
    return tr(WAITING[searching.why]) if searching.why else ""


class SimilarPane(QWidget):
    """Four films in which the network was nearest to its state at the row under the cursor."""

    code = "similar"

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._searching = session.searching
        self.setMinimumWidth(180)
        self.setMaximumWidth(2 * WIDTH)
        self._words = label("", "quiet")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.buttons = tuple(StretchButton("beside") for _ in range(MOST))
        head = QWidget()
        across = row_in(head, theme.GAP)
        across.addWidget(said(marked("Same state elsewhere"), "heading"))
        across.addStretch(1)
        self._distance = said(marked("distance"), "quiet")
        across.addWidget(self._distance)
        column = column_in(self, 4)
        column.addWidget(head)
        column.addWidget(self._words)
        for button in self.buttons:
            button.clicked.connect(partial(self._open, button))
            column.addWidget(button, 1)
        column.addStretch(0)
        self._searching.found_changed.connect(self._show)
        self._searching.index_changed.connect(self._show)
        live(self, SimilarPane._show)

    def state(self) -> dict[str, Any]:
        """The films on screen."""
        return {"matches": [as_state(self._searching, one) for one in self._found()]}

    def taken(self) -> Taken | None:
        """The nearest stretches, and how Python finds them."""
        return take_matches(self._searching, MOST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low page has room for fewer films."""
        super().resizeEvent(event)
        self._show()

    def _found(self) -> tuple[FoundStretch, ...]:
        least = 2 * LINE + 8
        most = max((self.height() - 28) // least, 1)
        return self._searching.found[: min(most, MOST)]

    def _show(self) -> None:
        found = self._found()
        why = why_nothing(self._searching) if not found else ""
        self._words.setText(why)
        self._words.setVisible(bool(why))
        self._distance.setVisible(bool(found))
        for place, button in enumerate(self.buttons):
            one = found[place] if place < len(found) else None
            button.show_found(one, named_label(self._searching, one) if one else "")

    def _open(self, button: StretchButton) -> None:
        if button.found is not None:
            self._searching.open_found(button.found)


def named_label(searching: "Searching", found: FoundStretch) -> str:
    """What the reference set calls a film, in the language of this moment."""
    return named(searching.label(found.label, found.content))


def as_state(searching: "Searching", found: FoundStretch) -> dict[str, Any]:
    """A found stretch as plain values."""
    near = not np.isnan(found.distance)
    return {
        "film": found.path.name,
        "path": str(found.path),
        "first": found.first,
        "last": found.last,
        "label": searching.label(found.label, found.content),
        "distance": found.distance if near else None,
    }


def take_matches(searching: "Searching", count: int) -> Taken | None:
    """What was found, as numbers and as Python."""
    index, stretch, found = searching.index, searching.stretch, searching.found[:count]
    if index is None or stretch is None or not found:
        return None
    arrays = {
        "films": np.array([one.film for one in found]),
        "first": np.array([one.first for one in found]),
        "last": np.array([one.last for one in found]),
        "distance": np.array([one.distance for one in found], np.float32),
    }
    edits = [edit.words for edit in searching.changed.edits] if searching.changed else []
    python = MATCHES.format(
        folder=str(index.folder),
        trace=f"engine.inspection.whatif(model, film, *{edits!r}, frame=frame).trace"
        if edits
        else AS_READ,
        first=stretch.first,
        last=stretch.last,
        count=max(count, COUNT),
        shown=len(found),
    )
    words = tr(
        "Films of the index {name} ({films:,} films, {rows:,} rows) in which {model} was in the"
        " state of {steps} of this film{changed}; distance: root mean square over steps and units,"
        " in standard deviations of each unit.",
        name=index.folder.name,
        films=index.films,
        rows=index.rows,
        model=index.model,
        steps=words_of((stretch.first, stretch.last)),
        changed=f" ({'; '.join(edits)})" if edits else "",
    )
    return Taken("same-state", words, arrays, python)


AS_READ: Final = "model.trace(film, frame)"
MATCHES: Final = """\
from engine.imaging import film_key, read_frame, read_image
from engine.index import open_index
index = open_index({folder!r})
own = film_key(read_frame(read_image(film), frame))
trace = {trace}
states = trace.h[index.about.layer]
stretch = states[:, {first} : {last} + 1]
matches = index.search(stretch, {count}, without=own)
matches = matches[:{shown}]
films = np.array([match.film for match in matches])
first = np.array([match.first for match in matches])
last = np.array([match.last - 1 for match in matches])
distance = np.array([match.distance for match in matches], np.float32)
"""
