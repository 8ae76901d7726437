"""The words over a film: plates, letters and tag that never cover each other."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QIcon, QImage, QPainter, QPen

from engine.types import Heatmap, Orientation
from viewer.kit import theme
from viewer.kit.canvas import paint_cursor, stamp
from viewer.kit.language import marked, tr
from viewer.kit.rendering import MAP_STEPS, beyond_colours, solid_lut, steps_at, table_places
from viewer.kit.words import Lines, broken

# ------------------------------------------------------------ places of words and letters
# Letters come before plates: a plate gives up lines, a letter that is known is always shown. A
# plate stands where it hides nothing, if there is such a place at its corner: beside the film, or
# on its black border. From a letter that is burned into the film it steps aside.

PADDING, INSET, LINE = 8.0, 8.0, 16.0
LETTER, TAG = 24.0, 22.0  # heights
BADGE, ICON = 24.0, 16.0  # height of a badge, and of its picture
NARROW = 300.0  # pixels of film below which plates stand in the corners of the pane
SLIM = 32.0  # pixels beside a film that are no place of their own
COLUMN = 132.0  # pixels beside a film in which a plate may stand
WIDTHS = (9999.0, 220.0, 160.0)  # a plate may be this narrow to find black border
FREE = 0.03  # of a plate's area that may hide anatomy where it is said to hide none
RESEARCH = marked("Research use only")

Cover = Callable[[QRectF], float]


@dataclass(frozen=True, slots=True)
class Badge:
    """What the reader has done to a film, as an icon of the theme and words."""

    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class Corners:
    """Lines of three corners, the most important first; the fourth always says RESEARCH.

    Attributes:
        badges: Beneath the identity.
    """

    identity: Lines = ()
    view: Lines = ()
    pixels: Lines = ()
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True, slots=True)
class Plate:
    """Lines on a dark rectangle, in pixels of the body."""

    box: QRectF
    lines: Lines
    right: bool = False  # aligned to the right


@dataclass(frozen=True, slots=True)
class Writing:
    """Everything that is written over a film, but for the tag of the cursor.

    Attributes:
        badges: Each with its icon at the left.
    """

    plates: tuple[Plate, ...] = ()
    letters: tuple[Plate, ...] = ()
    badges: tuple[tuple[QRectF, Badge], ...] = ()

    @property
    def boxes(self) -> tuple[QRectF, ...]:
        """What the tag has to keep clear of."""
        plates = tuple(plate.box for plate in (*self.plates, *self.letters))
        return (*plates, *(box for box, _ in self.badges))


@dataclass(frozen=True, slots=True)
class Site:
    """Where words may stand, in pixels of the body.

    Attributes:
        body: All of the pane that shows films.
        film: The part of it that the film covers; empty without a film.
        anatomy: The share of a box that hides anatomy; None where that is not known.
        sign: Whether letters that are burned into the film lie in a box: 1 or 0.
    """

    body: QRectF
    film: QRectF
    anatomy: Cover | None = None
    sign: Cover = lambda _box: 0.0

    @property
    def corner(self) -> QRectF:
        """In whose corners plates stand where nothing is free.

        A border that is slim belongs to the film: then plates stand above each other.
        """
        body, film = self.body, self.film
        if film.width() <= NARROW:
            return body
        slim = [0 < gap < SLIM for gap in (film.left() - body.left(), body.right() - film.right())]
        return QRectF(
            QPointF(body.left() if slim[0] else film.left(), film.top()),
            QPointF(body.right() if slim[1] else film.right(), film.bottom()),
        )

    def beside(self, *, right: bool) -> QRectF:
        """The pane left or right of the film."""
        body, film = self.body, self.film
        if right:
            return QRectF(film.right(), body.top(), body.right() - film.right(), body.height())
        return QRectF(body.left(), body.top(), film.left() - body.left(), body.height())


def arrange(site: Site, corners: Corners, *, letters: Orientation | None = None) -> Writing:
    """Place plates at the corners, badges beneath, and letters at the edges of the film."""
    research = _research(site)
    signs = tuple(_letters(site.film, letters, research.box)) if letters else ()
    layout = Writing((research,), signs)
    for lines, top, right in (
        (corners.identity, True, False),
        (corners.view, False, False),
        (corners.pixels, False, True),
    ):
        plate = _placed(site, lines, layout, top=top, right=right)
        if plate is not None:
            layout = replace(layout, plates=(*layout.plates, plate))
        if top and corners.badges:
            above = plate.box if plate is not None else None
            layout = replace(layout, badges=tuple(_badges(site, corners.badges, above, layout)))
    return layout


def _research(site: Site) -> Plate:
    """No pane is so small, and no film so full, that it does not say this."""
    lines = (tr(RESEARCH),)
    for plate in _free_plates(site, lines, top=True, right=True):
        if plate.lines == lines and site.body.contains(plate.box):
            return plate
    return _stepped(site, _plate(site.corner, lines, top=True, right=True), (), top=True)


def _placed(site: Site, lines: Lines, layout: Writing, *, top: bool, right: bool) -> Plate | None:
    """The plate of a corner: where it hides nothing, or else where it hides no sign."""
    if not lines:
        return None
    taken = layout.boxes
    for plate in _free_plates(site, lines, top=top, right=right):
        if site.body.contains(plate.box) and not _meets(plate.box, taken):
            return plate
    fitting = (
        _fitting(area, lines, taken, top=top, right=right) for area in (site.corner, site.body)
    )
    last = min(filter(None, fitting), key=lambda one: _hidden(site, one, lines), default=None)
    return _stepped(site, last, taken, top=top) if last is not None else None


def _hidden(site: Site, plate: Plate, lines: Lines) -> tuple[bool, float]:
    """What a plate costs: lines that it gave up, then the tenths of it that hide anatomy."""
    said = "".join(plate.lines).replace(" ", "")
    whole = len(said) >= len("".join(lines).replace(" ", "")) and not said.endswith("…")
    return not whole, round(site.anatomy(plate.box), 1) if site.anatomy else 0.0


def _free_plates(site: Site, lines: Lines, *, top: bool, right: bool) -> Iterable[Plate]:
    """Plates at a corner that hide neither anatomy nor a sign, the best one first."""
    side = site.beside(right=right)
    if side.width() >= COLUMN + 2 * INSET:
        room = side.width() - 2 * INSET
        if not _elided(lines, room):
            yield _plate(side, _within(lines, room), top=top, right=right)
    if site.anatomy is None:
        return
    known: list[QRectF] = []
    for area in (site.body, site.corner):
        for width in WIDTHS:
            if _elided(lines, width):
                continue
            plate = _plate(area, _within(lines, width), top=top, right=right)
            if plate.box in known:  # a narrow one need not be narrower
                continue
            known.append(plate.box)
            if site.anatomy(plate.box) <= FREE and not site.sign(plate.box):
                yield plate


def _stepped(site: Site, plate: Plate, taken: Sequence[QRectF], *, top: bool) -> Plate:
    """The plate, or where it stands after as few steps as clear a sign; at most half a film."""
    way = LINE / 2 if top else -LINE / 2
    for count in range(int(site.body.height() / LINE)):
        box = plate.box.translated(0, count * way)
        if not site.body.contains(box):
            break
        if not site.sign(box) and not _meets(box, taken):
            return replace(plate, box=box)
    return plate


def _badges(
    site: Site, badges: Sequence[Badge], above: QRectF | None, layout: Writing
) -> Iterable[tuple[QRectF, Badge]]:
    """Badges side by side beneath a plate, or one beneath the other; without words at last."""
    metrics = QFontMetricsF(theme.font(weight=QFont.Weight.DemiBold))
    area = site.corner
    start = QPointF(area.left() + INSET, area.top() + INSET)
    if above is not None:
        start = QPointF(above.left(), above.bottom() + INSET / 2)
    wide = max(site.body.right() - start.x() - INSET, BADGE)
    corner = QPointF(start)
    for badge in badges:
        width = metrics.horizontalAdvance(badge.words) + ICON + 3 * PADDING - 2
        words = badge if width <= wide else replace(badge, words="")
        size = QSizeF(width if words.words else BADGE, BADGE)
        box = QRectF(corner, size)
        if box.right() > start.x() + wide or _meets(box, layout.boxes):
            box = QRectF(QPointF(start.x(), corner.y() + BADGE + INSET / 2), size)
        while _meets(box, layout.boxes) and box.bottom() < site.body.bottom():
            box.translate(0, LINE / 2)
        yield box, words
        corner = QPointF(box.right() + INSET / 2, box.top())


def place_tag(
    body: QRectF, at: float, text: str, *, taken: Sequence[QRectF] = (), upright: bool = False
) -> Plate:
    """The cursor's tag: at the left edge, or right of what is there; shortened if need be.

    Args:
        body: That it stays within.
        at: Pixel of the cursor from the body's upper edge, or from its left edge if `upright`.
        text: Parts are joined by " · "; the first one says most.
        taken: What it keeps clear of.
        upright: The cursor runs up and down: its tag stands at the lower edge, or above.
    """
    metrics = QFontMetricsF(theme.font(weight=QFont.Weight.DemiBold))
    for words in (text, text.split(" · ", maxsplit=1)[0]):
        size = QSizeF(metrics.horizontalAdvance(words) + 2 * PADDING, TAG)
        boxes = _tag_boxes(body, at, size, taken, upright=upright)
        for box in boxes:
            if body.contains(box) and not _meets(box, taken):
                return Plate(box, (words,))
    return Plate(boxes[0], (words,))


def _tag_boxes(
    body: QRectF, at: float, size: QSizeF, taken: Sequence[QRectF], *, upright: bool
) -> list[QRectF]:
    """Where the tag may stand, the best place first."""
    gap = INSET / 2
    if upright:
        left = max(min(at - size.width() / 2, body.right() - size.width()), body.left())
        ends = [body.bottom() - INSET, *sorted((box.top() - gap for box in taken), reverse=True)]
        return [QRectF(QPointF(left, end - size.height()), size) for end in ends]
    top = min(max(at - size.height() / 2, body.top()), body.bottom() - size.height())
    lefts = [body.left() + INSET, *sorted(box.right() + gap for box in taken)]
    return [QRectF(QPointF(left, top), size) for left in lefts]


def _fitting(
    area: QRectF, lines: Lines, taken: Sequence[QRectF], *, top: bool, right: bool
) -> Plate | None:
    """The plate with as many lines as there is room for: broken first, then dropped, at last."""
    half = (area.width() - 3 * INSET) / 2
    beside = area.width() - 3 * INSET - taken[0].width() if top and taken else half
    for count in range(len(lines), 0, -1):
        for room in sorted({beside, half, half - LETTER / 2 - INSET}, reverse=True):
            plate = _plate(area, _within(lines[:count], room), top=top, right=right)
            if area.contains(plate.box) and not _meets(plate.box, taken):
                return plate
    return None


def _within(lines: Lines, room: float) -> Lines:
    return _broken(lines, room, theme.font(weight=QFont.Weight.Medium).key())


@lru_cache(maxsize=256)  # the same for most plates of each frame that is leafed through
def _broken(lines: Lines, room: float, _font: str) -> Lines:
    metrics = QFontMetricsF(theme.font(weight=QFont.Weight.Medium))
    width = max(room - 2 * PADDING, 24.0)
    parts = broken(lines, width, metrics.horizontalAdvance)
    return tuple(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in parts)


@lru_cache(maxsize=256)
def _width(lines: Lines, _font: str) -> float:
    metrics = QFontMetricsF(theme.font(weight=QFont.Weight.Medium))
    return max(metrics.horizontalAdvance(line) for line in lines)


def _elided(lines: Lines, room: float) -> bool:
    """Whether a word is longer than a plate with this much room for it."""
    return any(line.endswith("…") for line in _within(lines, room))


def _plate(area: QRectF, lines: Lines, *, top: bool, right: bool) -> Plate:
    width = _width(lines, theme.font(weight=QFont.Weight.Medium).key()) + 2 * PADDING
    height = LINE * len(lines) + 2 * PADDING - 2
    x = area.right() - INSET - width if right else area.left() + INSET
    y = area.top() + INSET if top else area.bottom() - INSET - height
    return Plate(QRectF(round(x), round(y), width, height), lines, right)


def _letters(film: QRectF, letters: Orientation, research: QRectF) -> Iterable[Plate]:
    """Letters at the middle of the edges; below the research-use line where that is in the way."""
    metrics = QFontMetricsF(theme.font(weight=QFont.Weight.DemiBold))
    inner = film.adjusted(INSET, INSET, -INSET, -INSET)
    placed: list[QRectF] = []
    for text, x, y in (
        (letters.left, 0.0, 0.5),
        (letters.right, 1.0, 0.5),
        (letters.top, 0.5, 0.0),
        (letters.bottom, 0.5, 1.0),
    ):
        width = max(metrics.horizontalAdvance(text) + 12, LETTER)
        left = inner.left() + x * (inner.width() - width)
        box = QRectF(left, inner.top() + y * (inner.height() - LETTER), width, LETTER)
        if box.intersects(research):
            box.moveTop(research.bottom() + INSET / 2)
        if text and inner.contains(box) and not _meets(box, placed):
            placed.append(box)
            yield Plate(box, (text,))


def _meets(box: QRectF, others: Iterable[QRectF]) -> bool:
    return any(box.intersects(other) for other in others)


# ------------------------------------------------------------- painting words and letters
# What is painted over the film: plates, letters, the cursor's tag, the ribbon, the notice.

RADIUS = 3.0
RGB = QImage.Format.Format_RGB888
RIBBON, SEAM = 8.0, 2.0  # width of the ribbon, and its distance from the film


def paint_words(painter: QPainter, layout: Writing) -> None:
    """Paint plates and letters."""
    for plate in layout.plates:
        key = ("plate", plate.lines, plate.right)
        stamp(painter, plate.box, key, partial(_paint_plate, plate=plate))
    for letter in layout.letters:
        stamp(painter, letter.box, ("letter", letter.lines), partial(_paint_letter, letter=letter))
    for box, badge in layout.badges:
        stamp(painter, box, badge, partial(_paint_badge, box=box, badge=badge))


def paint_tag(painter: QPainter, tag: Plate) -> None:
    """Paint the tag of the row cursor."""
    _fill(painter, tag.box, theme.ON_FILM.accent, 255)
    _write(painter, tag, theme.ON_FILM.on_accent)


def paint_row(painter: QPainter, body: QRectF, row: QLineF) -> None:
    """Paint the line of the row cursor over the whole pane, along a stored row of the film."""
    middle = row.center()
    line = QLineF(body.left(), middle.y(), body.right(), middle.y())
    if abs(row.dx()) < abs(row.dy()):
        line = QLineF(middle.x(), body.top(), middle.x(), body.bottom())
    paint_cursor(painter, line, theme.ON_FILM)


def paint_reference(painter: QPainter, lines: Sequence[QLineF]) -> None:
    """Paint where films of other panes cut this one: dashed, since nobody drew them."""
    for width, ink, dashes in (
        (3.0, theme.ON_FILM.casing, ()),
        (1.25, theme.ON_FILM.text, (4.0, 3.0)),
    ):
        pen = QPen(theme.colour(ink, theme.PLATE_ALPHA if width > 2 else 255), width)
        if dashes:
            pen.setDashPattern(list(dashes))
        painter.setPen(pen)
        painter.drawLines(list(lines))


def paint_notice(painter: QPainter, body: QRectF, text: str) -> None:
    """Paint the sentence of the empty state in the middle."""
    room = body.adjusted(24, 48, -24, -48)
    large = theme.font(theme.RESULT)
    one_line = QFontMetricsF(large).horizontalAdvance(text) <= room.width()
    painter.setFont(large if one_line else theme.font(theme.LARGE))
    painter.setPen(theme.colour(theme.ON_FILM.quiet))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)


def paint_ribbon(
    painter: QPainter, area: QRectF, heatmap: Heatmap, pixel: Callable[[float, float], QPointF]
) -> None:
    """Paint the exact map values beside the film, or beneath it; what lies beyond is brighter.

    Args:
        painter: In pixels of the body.
        area: Of the ribbon; bands are cut at its ends.
        heatmap: Its edges place the bands.
        pixel: Stored column and row → pixel.
    """
    table = solid_lut(heatmap.question, heatmap.signed, MAP_STEPS)
    places = table_places(heatmap)
    if not heatmap.signed:
        places = (places - MAP_STEPS // 2) * 2
    table = np.concatenate([table, beyond_colours(heatmap.question)])
    slack = 1e-4 * (heatmap.limits[1] - heatmap.limits[0])
    places[heatmap.values < heatmap.limits[0] - slack] = MAP_STEPS
    places[heatmap.values > heatmap.limits[1] + slack] = MAP_STEPS + 1
    colours = table[places]  # (L, 3)
    start, end = pixel(0.0, float(heatmap.edges[0])), pixel(0.0, float(heatmap.edges[-1]))
    upright = start.x() == end.x()
    first, last = (start.y(), end.y()) if upright else (start.x(), end.x())
    near, far = (area.top(), area.bottom()) if upright else (area.left(), area.right())
    low, high = max(min(first, last), near), min(max(first, last), far)
    count = round((high - low) * painter.device().devicePixelRatioF())
    if count < 1:
        return
    middles = low + (np.arange(count) + 0.5) * (high - low) / count
    shares = (middles - first) / (last - first)
    rows = heatmap.edges[0] + shares * (heatmap.edges[-1] - heatmap.edges[0])
    line = np.ascontiguousarray(colours[steps_at(heatmap.edges, rows)])  # (count, 3)
    width, height = (1, count) if upright else (count, 1)
    if upright:  # rows of a picture begin at multiples of four bytes
        line = np.ascontiguousarray(np.pad(line, ((0, 0), (0, 1))))
    picture = QImage(line.data, width, height, line.strides[0] if upright else 3 * count, RGB)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    box = QRectF(area.left(), low, area.width(), high - low)
    if not upright:
        box = QRectF(low, area.top(), high - low, area.height())
    painter.drawImage(box, picture)


def _paint_plate(painter: QPainter, plate: Plate) -> None:
    _fill(painter, plate.box, theme.ON_FILM.pane, theme.PLATE_ALPHA)
    painter.setFont(theme.font(weight=QFont.Weight.Medium))
    painter.setPen(theme.colour(theme.ON_FILM.text))
    side = Qt.AlignmentFlag.AlignRight if plate.right else Qt.AlignmentFlag.AlignLeft
    text = plate.box.adjusted(PADDING, PADDING - 1, -PADDING, 0)
    for place, line in enumerate(plate.lines):
        row = QRectF(text.left(), text.top() + place * LINE, text.width(), LINE)
        painter.drawText(row, side | Qt.AlignmentFlag.AlignVCenter, line)


def _paint_letter(painter: QPainter, letter: Plate) -> None:
    _fill(painter, letter.box, theme.ON_FILM.pane, theme.PLATE_ALPHA)
    _write(painter, letter, theme.ON_FILM.text)


def _paint_badge(painter: QPainter, box: QRectF, badge: Badge) -> None:
    _fill(painter, box, theme.ON_FILM.pane, theme.PLATE_ALPHA)
    side = (BADGE - ICON) / 2
    picture = QRectF(box.left() + side, box.top() + side, ICON, ICON).toRect()
    _icon(badge.icon).paint(painter, picture)
    painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
    painter.setPen(theme.colour(theme.ON_FILM.accent))
    words = box.adjusted(side + ICON + PADDING - 2, 0, -PADDING, 0)
    painter.drawText(
        words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, badge.words
    )


@lru_cache(maxsize=8)
def _icon(name: str) -> QIcon:
    return theme.icon(name, theme.ON_FILM.accent, int(ICON))


def _write(painter: QPainter, plate: Plate, name: str) -> None:
    painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
    painter.setPen(theme.colour(name))
    painter.drawText(plate.box, Qt.AlignmentFlag.AlignCenter, plate.lines[0])


def _fill(painter: QPainter, box: QRectF, name: str, alpha: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(name, alpha))
    painter.drawRoundedRect(box, RADIUS, RADIUS)
