"""Draws the rows of the worklist: film, name, what it shows, number, bar with its threshold."""

from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from viewer.kit import theme
from viewer.kit.language import tr
from viewer.read.entries import WorklistEntry
from viewer.read.worklist_model import (
    NODE_ROLE,
    Index,
    NodeKind,
    WorklistModel,
    WorklistNode,
    title,
)

# ------------------------------------------------------------------------- rows of the tree

ROW = 68  # of a patient or film
HEIGHTS: Final[dict[NodeKind, int]] = {"group": 32, "study": 28, "series": 48, "image": 28}
DEPTHS: Final[dict[NodeKind, int]] = {"study": 14, "series": 30, "image": 44}  # from the left
FILM = QSize(72, 54)
NARROW, NARROW_FILM = 230, QSize(60, 45)  # in a list that leaves its words little room
SMALL_FILM = QSize(44, 40)
EDGE, LINE, BAR = 8, 16, 4
LEAST_BAR, NUMBER = 24, 48  # of an image: a bar that still says something; room for a number
CARD_BELOW = 200  # a list narrower than this shows cards: the film large, the words beneath
CHEVRON = 12
HIDDEN: Final = "000"  # as wide as the icon of an answer that is hidden


class WorklistDelegate(QStyledItemDelegate):
    """Draws a row by its kind; in a narrow list a film is a card with its words beneath."""

    def __init__(self, model: WorklistModel) -> None:
        super().__init__(model)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """By the kind of the row and the width of the list."""
        node = self._model.node(index)
        width = option.widget.width()
        if node.kind == "patient":
            card = node.entry is not None and width < CARD_BELOW
            return QSize(width, card_height(width) if card else ROW)
        return QSize(width, HEIGHTS[node.kind])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        node = index.data(NODE_ROLE)
        view = option.widget
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        area = QRect(0, option.rect.top(), view.width(), option.rect.height())
        card = area.adjusted(EDGE, 0, -EDGE, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if node.kind != "group" and (chosen or hovered):
            painter.fillRect(card, theme.colour(theme.RAISED if chosen else theme.FIELD))
        if chosen:
            painter.fillRect(
                QRect(card.left(), card.top(), 3, card.height()), theme.colour(theme.ACCENT)
            )
        if bool(option.state & QStyle.StateFlag.State_HasFocus) and view.hasFocus():
            painter.setPen(QPen(theme.colour(theme.ACCENT), 1))
            painter.drawRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5))
        opened = bool(option.state & QStyle.StateFlag.State_Open)
        if node.kind == "group":
            _draw_group(painter, card, node, opened=opened)
        elif node.kind == "study":
            _draw_line(painter, card, node, opened=opened)
        elif node.kind == "image":
            _draw_image(painter, card, node, own=self._model.wish.own)
        elif node.kind == "patient" and view.width() < CARD_BELOW and node.entry is not None:
            _draw_card(painter, card, node.entry, chosen=chosen)
        else:
            _draw_film_row(painter, card, node, own=self._model.wish.own, opened=opened)
        painter.restore()


def card_height(width: int) -> int:
    """Height of a card in a list of this width: a box of 3:2, a line, and the gaps."""
    box = (width - 4 * EDGE) * 2 // 3
    return EDGE + box + 6 + LINE + EDGE + 4


# ----------------------------------------------------------------------------------- parts


def _draw_group(painter: QPainter, card: QRect, node: WorklistNode, *, opened: bool) -> None:
    _draw_chevron(painter, card.left() + 2, card.center().y(), opened=opened)
    line = card.adjusted(20, 0, -EDGE, 0)
    room = _number(painter, line, str(len({one.name for one in node.entries})), theme.QUIET)
    name = line.adjusted(0, 0, -room, 0)
    _words(painter, name, title(node), theme.TEXT, QFont.Weight.DemiBold)


def _draw_line(painter: QPainter, card: QRect, node: WorklistNode, *, opened: bool) -> None:
    left = DEPTHS[node.kind]
    if node.opens:
        _draw_chevron(painter, card.left() + left, card.center().y(), opened=opened)
    line = card.adjusted(left + 18, 0, -EDGE, 0)
    count = tr("%n series", "", n=len(node.entries))
    room = _number(painter, line, count, theme.QUIET, QFont.Weight.Normal)
    name = line.adjusted(0, 0, -room, 0)
    _words(painter, name, title(node), theme.TEXT, QFont.Weight.Medium)


def _draw_image(painter: QPainter, card: QRect, node: WorklistNode, *, own: float | None) -> None:
    """One image of a series: its number in it, and beside that its answer or why it has none."""
    one = node.film
    beneath = node.parent.kind if node.parent is not None else "series"
    line = card.adjusted(DEPTHS["image" if beneath == "series" else "series"], 0, -EDGE, 0)
    _words(painter, line, title(node), theme.TEXT)
    widest = tr("Image {number}", number=len(one.listed.frames))
    painter.setFont(theme.font())
    rest = line.adjusted(painter.fontMetrics().horizontalAdvance(widest) + 12, 0, 0, 0)
    if one.group == "person":
        height = (rest.height() - LINE) // 2
        _warn(painter, rest.adjusted(0, height, 0, -height), one.short)
    elif one.group == "call":
        _words(painter, rest, tr("your call first"), theme.QUIET)
    elif one.group == "answered":
        _number(painter, rest, one.number, theme.TEXT)
        rest.adjust(0, 0, -NUMBER, 0)
        bar = QRect(rest.left(), rest.center().y() - 1, rest.width(), BAR)
        if one.word:
            _words(painter, rest, one.word, theme.QUIET)
        elif bar.width() >= LEAST_BAR:
            _draw_bar(painter, bar, one, own=own)
    elif one.is_awaited:
        _number(painter, rest, one.number, theme.QUIET)


def _draw_film_row(
    painter: QPainter, card: QRect, node: WorklistNode, *, own: float | None, opened: bool
) -> None:
    """Film at the left; beside it name and number, what it shows, and the bar or the reason."""
    small = node.kind == "series"
    left = card.left() + (DEPTHS["series"] if small else EDGE)
    if node.opens:
        _draw_chevron(painter, left - (14 if small else 6), card.center().y(), opened=opened)
        left += 0 if small else 10
    size = SMALL_FILM if small else FILM if card.width() > NARROW else NARROW_FILM
    box = QRect(
        left, card.top() + (card.height() - size.height()) // 2, size.width(), size.height()
    )
    one = node.stack
    _draw_picture(painter, box, one)
    top = card.top() + (6 if small else 7)
    line = QRect(box.right() + 12, top, card.right() - box.right() - 12 - EDGE, LINE)
    if small:
        _draw_series_words(painter, line, one, own=own)
    else:
        _draw_patient_words(painter, line, node, own=own)


def _draw_series_words(
    painter: QPainter, line: QRect, one: WorklistEntry, *, own: float | None
) -> None:
    node = WorklistNode(0, "series", "", entry=one, entries=(one,))
    room = _badge(painter, line, one.pane) if one.pane else 0
    value = one.number if one.group == "answered" else ""
    room = room or (_number(painter, line, value, theme.TEXT) if value else 0)
    _words(painter, line.adjusted(0, 0, -room, 0), title(node), theme.TEXT, QFont.Weight.Medium)
    known = _fitting(painter, one.read_words(own), one.short_summary(own), line.width())
    parts = [known or tr("%n images", "", n=len(one.listed.frames))]
    parts += [tr("%n marks", "", n=one.marks)] if one.marks else []
    under = line.translated(0, 18)
    if one.group == "person":
        _warn(painter, under, one.short if one.images else one.word)
    elif one.group == "call":
        _words(painter, under, tr("your call first"), theme.QUIET)
    else:
        _words(painter, under, " · ".join(parts), theme.QUIET)


def _draw_patient_words(
    painter: QPainter, line: QRect, node: WorklistNode, *, own: float | None
) -> None:
    one = _speaker(node)
    hidden = one.outcome.hidden
    beside = beside_number(node.stack.name, HIDDEN if hidden else one.number, line.width())
    aside = line if beside else line.translated(0, 18)
    if hidden:
        room = _icon(painter, aside, "hidden")
    else:
        tint = theme.TEXT if one.group == "answered" else theme.QUIET
        room = _number(painter, aside, one.number, tint)
    weight = QFont.Weight.DemiBold
    first = line.adjusted(0, 0, -room if beside else 0, 0)
    _words(painter, first, node.stack.name, theme.TEXT, weight, middle=True)
    second, third = line.translated(0, 18), line.translated(0, 36)
    second.adjust(0, 0, 0 if beside else -room, 0)
    words = one.line
    if node.entry is None:
        studies = len({e.listed.study or e.date for e in node.entries})
        words = " · ".join(p for p in (one.person, tr("%n studies", "", n=studies)) if p)
    if one.group == "person":
        _warn(painter, second, one.word)
        _words(painter, third, one.short, theme.QUIET)
        return
    if one.word and one.group == "answered":
        words = " · ".join(part for part in (one.word, words) if part)
    if one.images and one.group != "call" and node.entry is not None:
        _summarise(painter, second, third, one, own)
        return
    _words(painter, second, _fitting(painter, words, one.kind, second.width()), theme.QUIET)
    if one.group == "answered":
        _draw_bar(painter, QRect(line.left(), line.top() + 41, line.width(), BAR), one, own=own)
    elif one.is_awaited:
        _words(painter, third, tr("waiting"), theme.QUIET)
    elif one.group == "call":
        _words(painter, third, tr("your call first"), theme.QUIET)


def beside_number(name: str, number: str, room: int) -> bool:
    """Whether a name fits beside its number; else that stands in the line beneath."""
    metrics = QFontMetrics(theme.font(weight=QFont.Weight.DemiBold))
    return metrics.horizontalAdvance(name) + metrics.horizontalAdvance(number) + EDGE <= room


def _summarise(
    painter: QPainter, second: QRect, third: QRect, one: WorklistEntry, own: float | None
) -> None:
    """What a series shows and what is known of its images, or the latter in both lines."""
    known, short = one.read_words(own), one.short_summary(own)
    lines = second.united(third)
    painter.setFont(theme.font())
    wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
    room = painter.boundingRect(lines, wrapped, known)
    on_one = painter.fontMetrics().horizontalAdvance(known) <= lines.width()
    if known and not on_one and room.height() <= lines.height() + 4:
        painter.setPen(theme.colour(theme.QUIET))
        painter.drawText(lines.adjusted(0, 0, 0, 4), wrapped, known)
        return
    _words(painter, second, one.line, theme.QUIET)
    _words(painter, third, known if known and on_one else short, theme.QUIET)


def _fitting(painter: QPainter, words: str, least: str, room: int) -> str:
    """In a narrow list age and sex go before they are cut."""
    painter.setFont(theme.font())
    fits = painter.fontMetrics().horizontalAdvance(words) <= room
    return words if fits or not least else least


def _speaker(node: WorklistNode) -> WorklistEntry:
    """The film that stands for a person: of his group, with the highest score."""
    same = [one for one in node.entries if one.group == _group_of(node)] or list(node.entries)
    return max(same, key=lambda one: (not one.images, one.outcome.score or 0.0))


def _group_of(node: WorklistNode) -> str:
    groups = [one.group for one in node.entries]
    return next((g for g in ("call", "answered", "person") if g in groups), "unread")


def _draw_bar(painter: QPainter, bar: QRect, one: WorklistEntry, *, own: float | None) -> None:
    """The score as a filled part, orange from the threshold on, and the threshold as a tick."""
    score = one.outcome.score or 0.0
    limit = one.threshold(own)
    painter.setPen(Qt.PenStyle.NoPen)
    tint = theme.INFLUENCE_POSITIVE if one.above(own) else theme.QUIET
    for part, shade in ((1.0, theme.LINE), (min(max(score, 0.0), 1.0), tint)):
        painter.setBrush(theme.colour(shade))
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * part, BAR), 2, 2)
    if limit is not None:
        x = bar.left() + bar.width() * limit
        painter.fillRect(QRectF(x - 1, bar.top() - 3, 2, BAR + 6), theme.colour(theme.TEXT))


def _draw_picture(painter: QPainter, box: QRect, one: WorklistEntry) -> None:
    painter.fillRect(box, theme.colour(theme.ON_FILM.pane))
    if one.picture is None:
        return
    size = one.picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(QRect(box).topLeft(), size)
    place.moveCenter(box.center())
    painter.drawPixmap(place, one.picture)


@cache
def _drawn(name: str, tint: str, size: int) -> QPixmap:
    """An icon in a colour; drawn once, as rows are painted many times a second."""
    return theme.icon(name, tint, size).pixmap(QSize(size, size), 2.0)


def _draw_chevron(painter: QPainter, left: int, middle: int, *, opened: bool) -> None:
    pixmap = _drawn("open-down" if opened else "open-right", theme.QUIET, CHEVRON)
    painter.drawPixmap(left, middle - CHEVRON // 2, pixmap)


def _icon(painter: QPainter, line: QRect, name: str) -> int:
    pixmap = _drawn(name, theme.QUIET, LINE)
    painter.drawPixmap(line.right() - LINE, line.top(), pixmap)
    return LINE + EDGE


def _warn(painter: QPainter, line: QRect, words: str) -> None:
    pixmap = _drawn("warning", theme.WARNING, 14)
    painter.drawPixmap(line.left(), line.top() + 1, pixmap)
    _words(painter, line.adjusted(19, 0, 0, 0), words, theme.WARNING, QFont.Weight.Medium)


def _badge(painter: QPainter, line: QRect, words: str) -> int:
    """Where a series is on screen, in the accent."""
    painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
    width = painter.fontMetrics().horizontalAdvance(words) + 12
    plate = QRectF(line.right() - width, line.top(), width, 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(theme.ACCENT))
    painter.drawRoundedRect(plate, 3, 3)
    painter.setPen(theme.colour(theme.ON_ACCENT))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
    return width + EDGE


def _words(
    painter: QPainter,
    line: QRect,
    words: str,
    tint: str,
    weight: QFont.Weight = QFont.Weight.Normal,
    *,
    middle: bool = False,
) -> None:
    """Words in a line, cut to its width; names in their middle, as their ends tell them apart."""
    painter.setFont(theme.font(weight=weight))
    painter.setPen(theme.colour(tint))
    where = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    text = painter.fontMetrics().elidedText(words, where, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _number(
    painter: QPainter,
    line: QRect,
    words: str,
    tint: str,
    weight: QFont.Weight = QFont.Weight.DemiBold,
) -> int:
    """Words at the right end of a line; the room that they take."""
    painter.setFont(theme.font(weight=weight))
    painter.setPen(theme.colour(tint))
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
    return painter.fontMetrics().horizontalAdvance(words) + EDGE


# -------------------------------------------------------------------- cards of a narrow list

PLATE = 20
PLATE_ALPHA = 224  # denser than on the big film: the word is coloured and the film is small


def _draw_card(painter: QPainter, card: QRect, one: WorklistEntry, *, chosen: bool) -> None:
    inner = card.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    box = inner.adjusted(0, 0, 0, -LINE - 6)
    _draw_picture(painter, box, one)
    word = tr("your call first") if one.group == "call" else one.word
    if word:
        _draw_plate(painter, box, word, doubtful=one.group == "person")
    line = QRect(inner.left(), inner.bottom() - LINE + 1, inner.width(), LINE)
    tint = theme.TEXT if one.group == "answered" else theme.QUIET
    painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
    value = painter.fontMetrics().elidedText(
        one.number, Qt.TextElideMode.ElideLeft, line.width() // 2
    )
    room = _number(painter, line, value, tint)
    shade = theme.TEXT if chosen else theme.QUIET
    _words(
        painter, line.adjusted(0, 0, -room, 0), one.name, shade, QFont.Weight.Medium, middle=True
    )


def _draw_plate(painter: QPainter, box: QRect, word: str, *, doubtful: bool) -> None:
    plate = box.adjusted(0, box.height() - PLATE, 0, 0)
    worn = theme.ON_FILM
    painter.fillRect(plate, theme.colour(worn.pane, PLATE_ALPHA))
    if doubtful:
        warning = _drawn("warning", worn.warning, 14)
        painter.drawPixmap(QPointF(plate.left() + 6, plate.top() + 3), warning)
    line = plate.adjusted(24 if doubtful else 6, 0, -4, 0)
    tint = worn.warning if doubtful else worn.text
    _words(painter, line, word, tint, QFont.Weight.Medium)
