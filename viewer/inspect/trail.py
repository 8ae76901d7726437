"""The tries on a film, in place of the worklist: each with its band, its answer and its change."""

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QPushButton, QScrollArea, QSizePolicy, QToolButton, QWidget

from engine.imaging import apply_voi
from viewer.kit import theme
from viewer.kit.canvas import paint_hatching
from viewer.kit.language import marked, named, tr
from viewer.kit.live import live
from viewer.kit.widgets import column_in, panel, row_in, said
from viewer.kit.words import answer_text, change_text
from viewer.session.tries import Try, edit_lines

if TYPE_CHECKING:
    from viewer.session.session import Session

MARGIN: Final = 12
WORDS: Final = 44  # pixels of the two lines beneath a thumbnail
DIMMED: Final = 0.4  # of a try that was taken back
HATCHED: Final = 6  # pixels between two lines of hatching in a thumbnail
MARK: Final = 3  # the accent at the left of the try that is shown


class TryCard(QWidget):
    """One try: a thumbnail of the changed film, what was changed, answer and change.

    Args:
        place: In the trail.
        tried: What it shows.
        picture: The film as read, small.
        band: First and last row of it that are hatched, 0…1 of its height; None without a band.
        chosen: Whether it is the one that is shown.
        trail: Is told of a click.
        name: Of the class that was asked for, where it is another than now.
        of_film: Whether its probability is an answer; else its log-odds are shown.
    """

    def __init__(
        self,
        place: int,
        tried: Try,
        *,
        picture: QImage,
        band: tuple[float, float] | None,
        chosen: bool,
        trail: "TriesTrail",
        name: str = "",
        of_film: bool = True,
    ) -> None:
        super().__init__()
        self._name, self._of_film = name, of_film
        self._place, self._tried, self._picture = place, tried, picture
        self._band, self._chosen, self._trail = band, chosen, trail
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        what, how = edit_lines(tried.edits)
        self.setAccessibleName(f"{what}, {how}, {self.answer} {self.change}")
        self.setToolTip(f"{what}\n{how}")

    @property
    def answer(self) -> str:
        """The probability, or its log-odds, in words."""
        value = answer_text(self._tried.probability, of_film=self._of_film)
        return f"{self._name} {value}".strip()

    @property
    def change(self) -> str:
        """Of the answer, in words."""
        tried = self._tried
        if not tried.edits:
            return "–"
        return change_text(tried.probability, tried.change, of_film=self._of_film)

    def fit(self, width: int) -> None:
        """Be as high as the film asks for in this width."""
        room = width - 2 * MARGIN
        aspect = self._picture.height() / max(self._picture.width(), 1)
        self.setFixedHeight(round(min(room * aspect, 1.25 * room)) + WORDS + MARGIN)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show this try."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._trail.go_to(self._place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Likewise."""
        if event.key() == Qt.Key.Key_Space:
            self._trail.go_to(self._place)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw thumbnail, hatching and words."""
        painter = QPainter(self)
        if self._chosen:
            painter.fillRect(self.rect(), QColor(theme.RAISED))
            painter.fillRect(QRectF(0, 0, MARK, self.height()), QColor(theme.ACCENT))
        elif self.hasFocus():
            painter.setPen(QColor(theme.ACCENT))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setOpacity(DIMMED if self._tried.undone else 1.0)
        room = QRectF(MARGIN, MARGIN / 2, self.width() - 2 * MARGIN, 0)
        room.setHeight(self.height() - WORDS - MARGIN)
        size = self._picture.size().scaled(
            room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio
        )
        film = QRectF(room.left(), room.top(), size.width(), size.height())
        film.moveCenter(QPointF(room.center().x(), film.center().y()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(film, self._picture)
        if self._band is not None:
            first, last = self._band
            top = film.top() + first * film.height()
            height = max((last - first) * film.height(), 2.0)
            paint_hatching(painter, QRectF(film.left(), top, film.width(), height), HATCHED)
        self._paint_words(painter, room.bottom())
        painter.end()

    def _paint_words(self, painter: QPainter, top: float) -> None:
        what, how = edit_lines(self._tried.edits)
        if self._tried.undone:
            how = tr("undone · {how}", how=how)
        quiet, strong = QColor(theme.QUIET), QColor(theme.TEXT)
        lines = (
            (what, self.answer, strong, theme.font(weight=QFont.Weight.DemiBold)),
            (how, self.change, quiet, theme.font()),
        )
        right = self.width() - MARGIN
        for place, (words, value, ink, font) in enumerate(lines):
            metrics = QFontMetricsF(font)
            baseline = top + 16 + 16 * place
            wide = metrics.horizontalAdvance(value)
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(QPointF(right - wide, baseline), value)
            room = right - wide - 8 - MARGIN
            text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(MARGIN, baseline), text)


class TriesTrail(QWidget):
    """What was tried on the film, the film as read first; a click goes back to a try."""

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self)
        self._session, self._tries = session, session.tries
        self.cards: list[TryCard] = []
        self._shown: tuple[object, ...] = ()
        self._base: tuple[object, QImage] | None = None
        column = column_in(self, 0)
        column.addWidget(self._head())
        self._list = QWidget()
        panel(self._list)
        self._column = column_in(self._list, 4, (0, 0, 0, 8))
        self._column.addStretch(1)
        self.area = live(QScrollArea(), lambda area: area.setAccessibleName(tr("Tries")))
        self.area.setWidget(self._list)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.area, 1)
        self.keep = live(QPushButton(), lambda button: button.setText(tr("Keep as try")))
        self.keep.setIcon(theme.icon("tick-light" if theme.current().name == "light" else "check"))
        self.keep.clicked.connect(self._tries.keep)
        foot = QWidget()
        row_in(foot, 0, (MARGIN, 8, MARGIN, 12)).addWidget(self.keep)
        column.addWidget(foot)
        self._tries.changed.connect(self.show_tried)
        live(self, TriesTrail._again)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(theme.HEAD)
        row = row_in(head, 0, (MARGIN, 0, 8, 0))
        row.addWidget(said(marked("Tries"), "heading"))
        row.addStretch(1)
        self.undo = self._button("undo", self._tries.undo)
        self.redo = self._button("redo", self._tries.redo)
        for button, words in (
            (self.undo, marked("Undo the last try (Ctrl+Z)")),
            (self.redo, marked("Redo it (Ctrl+Shift+Z)")),
        ):
            live(button, partial(_name, words))
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        return head

    def _button(self, icon: str, run: object) -> QToolButton:
        button = live(QToolButton(), lambda one: one.setIcon(theme.icon(icon)))
        button.setFixedSize(28, 28)
        button.clicked.connect(run)
        return button

    def go_to(self, place: int) -> None:
        """Show a try."""
        self._tries.go_to(place)

    def _again(self) -> None:
        self._shown = ()
        self.show_tried()

    def show_tried(self) -> None:
        """Show the trail; cards are made anew only where it has changed."""
        tries, trail = self._tries, self._tries.trail
        at = -1 if tries.unkept else trail.at
        self.keep.setEnabled(tries.unkept and tries.found is not None)
        self.undo.setEnabled(tries.unkept or trail.at > 0)
        self.redo.setEnabled(bool(trail.undone))
        target = tries.found.target if tries.found is not None else None
        now = (*trail.tries, at, tries.greys, self._voi(), target)
        if not tries.on or now == self._shown:
            return
        self._shown = now
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = [
            self._card(place, one, chosen=place == at) for place, one in enumerate(trail.tries)
        ]
        for place, card in enumerate(self.cards):
            self._column.insertWidget(place, card)
            card.fit(self.width())
        if self.cards:
            self._list.adjustSize()
            QTimer.singleShot(0, self, self._see_chosen)

    def _see_chosen(self) -> None:
        if self.cards:
            self.area.ensureWidgetVisible(self.cards[self._tries.trail.at], 0, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Thumbnails as wide as the panel."""
        super().resizeEvent(event)
        for card in self.cards:
            card.fit(self.width())

    def _card(self, place: int, tried: Try, *, chosen: bool) -> TryCard:
        band, opened = None, self._tries.opened
        brushed = next((one for one in tried.edits if one.first is not None), None)
        if brushed is not None and opened is not None:
            edges, rows = opened.trace.edges, opened.film.frame.values.shape[0]
            first, last = brushed.first or 0, brushed.last or 0
            band = (float(edges[first]) / rows, float(edges[last + 1]) / rows)
        return TryCard(
            place,
            tried,
            picture=self._picture(tried),
            band=band,
            chosen=chosen,
            trail=self,
            name=self._other_class(tried),
            of_film=self._tries.of_film,
        )

    def _other_class(self, tried: Try) -> str:
        """What a try was asked about, where the page asks about something else now."""
        found, opened = self._tries.found, self._tries.opened
        if found is None or opened is None or found.target == tried.target:
            return ""
        return named(opened.model.classes[tried.target])

    def _voi(self) -> object:
        return self._session.pointer.viewport.window.voi

    def _picture(self, tried: Try) -> QImage:
        """The film with the rows that were changed, in its window."""
        opened, greys = self._tries.opened, self._tries.greys
        if opened is None:
            return QImage()
        frame = opened.film.frame
        size = max(min(frame.values.shape) // 224, 1)
        values = np.array(frame.values[::size, ::size], np.float32)
        edges = opened.prepared.own.sequence.edges
        as_read = opened.prepared.own.sequence.rows
        if greys is not None and tried.edits:
            changed = (tried.rows != as_read).any(axis=1)  # (M,)
            below = np.arange(len(values)) * size + size / 2
            row = np.searchsorted(edges, below, side="right") - 1
            inside = (row >= 0) & (row < len(changed))
            row = np.clip(row, 0, len(changed) - 1)
            left, right = greys.columns
            across = np.arange(values.shape[1]) * size + size / 2
            column = ((across - left) / (right - left) * tried.rows.shape[1]).astype(int)
            taken = (across >= left) & (across < right)
            column = np.clip(column, 0, tried.rows.shape[1] - 1)
            laid = greys.of(tried.rows)[row][:, column]
            there = (inside & changed[row])[:, None] & taken
            values[there] = laid[there]
        viewport = self._session.pointer.viewport
        inverted = frame.image.inverted != viewport.inverted
        grey = np.ascontiguousarray(apply_voi(values, viewport.window.voi, inverted))
        height, width = grey.shape
        picture = QImage(grey.data, width, height, width, QImage.Format.Format_Grayscale8)
        return picture.copy()


def _name(words: str, button: QToolButton) -> None:
    """Say what a picture means, to those who point at it and to those who hear it."""
    button.setToolTip(tr(words))
    button.setAccessibleName(tr(words))
