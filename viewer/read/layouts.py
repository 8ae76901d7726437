"""The panes of the window side by side, and what stands over each where there are several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDropEvent,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolButton, QWidget

from viewer.kit import theme
from viewer.kit.language import clauses, marked, tr
from viewer.kit.live import live
from viewer.kit.widgets import PaneFrame, row_in
from viewer.kit.words import date_text, shown_text, visible
from viewer.session.comparing import Heading
from viewer.session.linking import Linked

STACK_MIME: Final = "application/x-rowscope-stack"  # the key of a stack, as UTF-8
GAP: Final = 8  # between panes
SIDE: Final = 12  # of a title, where it is a band
ICON: Final = 16
ICONS: Final = 72  # pixels of a title from which there is room for that button beside a warning
WORDED: Final = 110  # pixels of a title from which the button of the links says what it is
_ACTIVATING: Final = frozenset(
    (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.FocusIn)
)
_DRAGS: Final = frozenset((QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop))
_HEARD: Final = (
    _ACTIVATING | _DRAGS | {QEvent.Type.Resize, QEvent.Type.MouseButtonDblClick}
)  # of all that happens in a pane


def dragged_stack(mime: QMimeData) -> str | None:
    """The key of the stack that is being dragged; None where it is something else."""
    if not mime.hasFormat(STACK_MIME):
        return None
    return bytes(mime.data(STACK_MIME).data()).decode("utf-8", "replace")


def stack_mime(key: str) -> QMimeData:
    """What a drag of a stack carries."""
    mime = QMimeData()
    mime.setData(STACK_MIME, key.encode())
    return mime


# ----------------------------------------------------------------------- title of a pane
@dataclass(frozen=True, slots=True)
class Title:
    """What stands over one of several panes.

    Attributes:
        name: Its role and date.
        what: Modality, part of the body, days before the other film.
        linked: What is linked with other panes.
        warning: What the reader must not miss, such as another patient; makes the title a band.
    """

    name: str = ""
    what: str = ""
    linked: str = ""
    warning: str = ""

    @property
    def words(self) -> str:
        """All of it, for who does not see it."""
        parts = (self.warning, self.name, self.what, self.linked)
        return clauses([part for part in parts if part])


_LINKED: Final[dict[Linked, str]] = {
    "scroll": marked("scroll"),
    "window": marked("window"),
    "zoom": marked("zoom"),
    "pan": marked("pan"),
}


def title_of(heading: Heading, kinds: frozenset[Linked], *, in_millimetres: bool) -> Title:
    """What stands over a pane, in words.

    Args:
        heading: What is to be said.
        kinds: What is linked with other panes.
        in_millimetres: Whether the zoom is linked in millimetres.
    """
    exam = heading.exam
    if exam is None:
        return Title()
    who = exam.identity
    day = date_text(who.study_date)
    names = {
        "current": tr("Current {date}", date=day),
        "prior": tr("Prior {date}", date=day),
        "": day,
    }
    parts = (exam.modality, shown_text(who))
    what = [" ".join(part for part in parts if part)]
    if heading.days is not None:
        what.append(tr("%n days before", "", n=heading.days))
    links = [tr(_LINKED[kind]) for kind in _LINKED if kind in kinds]
    if in_millimetres and "zoom" in kinds:
        links = [tr("zoom in mm") if word == tr(_LINKED["zoom"]) else word for word in links]
    return Title(
        names[heading.role],
        " · ".join(part for part in what if part),
        " · ".join(links),
        _warning(heading),
    )


def _warning(heading: Heading) -> str:
    who = heading.exam.identity if heading.exam is not None else None
    if heading.whose == "same" or who is None:
        return ""
    name = visible(who.patient_id)
    if heading.whose == "other":
        return tr("Different patients: {name}", name=name) if name else tr("Different patients")
    named = tr("Same patient? {name}", name=name)
    return named if name else tr("Same patient? The file has no patient ID")


class PaneTitle(QWidget):
    """Writes a `Title`, and switches links on and off."""

    link_requested = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Title()
        self.link = live(QToolButton(), _dress_link)
        self.link.setCheckable(True)
        self.link.setFixedHeight(24)
        self.link.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.link.setIconSize(QSize(ICON, ICON))
        self.link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.link.clicked.connect(self.link_requested)
        row = row_in(self, GAP)
        row.addStretch(1)
        row.addWidget(self.link)
        live(self, PaneTitle._dress)
        live(self, QWidget.update)

    def show_title(self, title: Title) -> None:
        """Write it."""
        self.title = title
        self.setAccessibleName(title.words)
        self.setToolTip(title.words)
        self.link.setChecked(bool(title.linked))
        self._fit()
        self._dress()
        self.update()

    def _dress(self) -> None:
        """The button stands on the band of a warning in the ink of its words."""
        ink = theme.ON_ACCENT if self.title.warning else ""
        self.link.setIcon(theme.icon("link", ink, ICON))
        here = "QToolButton:!hover:!checked" if ink else ""
        self.link.setStyleSheet(f"{here} {{ color: {ink}; }}" if ink else "")

    def minimumSizeHint(self) -> QSize:
        """The words give way."""
        return QSize(0, theme.HEAD)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the controls of a map the word of the links goes first, then their button."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        style = Qt.ToolButtonStyle
        room = self.width() >= ICONS
        self.link.setVisible(bool(self.title.words) and room)  # an empty pane has nothing to link
        worded = self.width() >= WORDED
        self.link.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if worded else style.ToolButtonIconOnly
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A band in the warning colour where there is a warning, else words on the pane."""
        painter, title = QPainter(self), self.title
        left, end = 0.0, float(self.link.x() if self.link.isVisible() else self.width())
        inks = theme.TEXT, theme.QUIET
        if title.warning:
            band = QRectF(0, 4, self.width(), self.height() - 8)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.WARNING))
            painter.drawRoundedRect(band, 3, 3)
            inks = theme.ON_ACCENT, theme.ON_ACCENT
            icon = theme.icon("warning", theme.ON_ACCENT, ICON)
            place = min(SIDE, (self.width() - ICON) // 2)
            icon.paint(painter, QRect(place, (self.height() - ICON) // 2, ICON, ICON))
            left = SIDE + ICON + GAP
        strong, plain = theme.font(weight=QFont.Weight.DemiBold), theme.font()
        for text, font, ink in (
            (title.warning, strong, inks[0]),
            (title.name, strong, inks[0]),
            (title.what, plain, inks[1]),
        ):
            left = _write(
                painter, QRectF(left, 0, end - GAP - left, self.height()), text, font, ink
            )
        room = end - GAP - left
        if QFontMetricsF(plain).horizontalAdvance(title.linked) <= room:
            painter.setPen(QColor(inks[1]))
            box = QRectF(left, 0, room, self.height())
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, title.linked
            )
        painter.end()


def _write(painter: QPainter, box: QRectF, text: str, font: QFont, ink: str) -> float:
    """Write as much of a text as there is room for; where the next one may begin."""
    if not text or box.width() < 24:
        return box.left()
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
    return box.left() + metrics.horizontalAdvance(shown) + GAP


def _dress_link(button: QToolButton) -> None:
    button.setIcon(theme.icon("link", size=ICON))
    button.setText(tr("Link"))
    button.setToolTip(tr("Link the panes (K)"))


# ------------------------------------------------------------------------- grid of panes
class _ActiveFrame(QWidget):
    """A thin frame in the accent over the body of the active pane."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme.ON_FILM.accent), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


class PaneGrid(QWidget):
    """Shows panes row by row, all of one size; one of them is active.

    It neither makes nor destroys panes: whoever has them hands them over, and takes them back.
    """

    activated = Signal(int)  # a pane was clicked
    alone_requested = Signal(int)  # its head was clicked twice: this one alone, and back
    link_requested = Signal(bool)
    stack_dropped = Signal(int, str)  # pane, key of the stack
    moved = Signal()  # the active pane lies elsewhere

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panes: tuple[PaneFrame, ...] = ()
        self._titles: dict[PaneFrame, PaneTitle] = {}
        self._shape, self._active = (1, 1), 0
        self._alone = self._with_controls = self._mapped = False
        self._frame = _ActiveFrame(self)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns that are seen."""
        return (1, 1) if self._alone else self._shape

    @property
    def alone(self) -> bool:
        """Whether only the active one of several panes is seen."""
        return self._alone

    def arrange(self, panes: Sequence[PaneFrame], rows: int, columns: int, active: int) -> None:
        """Show these panes; those that are shown already stay as they are."""
        for pane in self.panes:
            if pane not in panes:
                self._titles.pop(pane)
                pane.hide()
        for pane in panes:
            if pane not in self._titles:
                self._take(pane)
        if (rows, columns) != self._shape:
            self._alone = False
        self.panes, self._shape, self._active = tuple(panes), (rows, columns), active
        self._place()

    def show_alone(self, *, alone: bool) -> None:
        """Show the active pane alone, or all of them again."""
        self._alone = alone and len(self.panes) > 1
        self._place()

    def show_titles(self, titles: Sequence[Title]) -> None:
        """Write over each pane what it is; for one pane there is no need."""
        for pane, title in zip(self.panes, titles, strict=True):
            self._titles[pane].show_title(title)
        self._place()

    def show_controls(self, *, shown: bool) -> None:
        """Whether the active one of several panes keeps the controls of its head."""
        self._with_controls = shown
        self._place()

    def show_map(self, *, asked: bool) -> None:
        """Whether a map lies over the active film: several panes have feet only then."""
        if asked != self._mapped:
            self._mapped = asked
            self._place()

    def _footed(self, *, several: bool) -> bool:
        return self._mapped or self._with_controls or not several or self._alone

    def body_area(self) -> QRect:
        """Where the body of the active pane lies, in coordinates of the grid."""
        pane = self.panes[self._active]
        return QRect(pane.mapTo(self, pane.body.pos()), pane.body.size())

    def rows_area(self) -> QRect:
        """Where the film of the active pane lies: its body without what stands beside it there."""
        pane = self.panes[self._active]
        layout = pane.body.layout()
        item = layout.itemAt(0) if layout is not None else None
        seen = item.geometry() if item is not None else pane.body.rect()
        return QRect(pane.body.mapTo(self, seen.topLeft()), seen.size())

    def active_area(self) -> QRect:
        """Where the active pane lies, in coordinates of the grid."""
        return self.panes[self._active].geometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press anywhere in a pane makes it the active one, before it does anything else."""
        kind = event.type()
        pane = self._pane_of(watched) if kind in _HEARD else None  # most events are others
        if pane is None:
            return False
        if kind in _ACTIVATING:
            self._activate(pane)
        elif kind == QEvent.Type.Resize and watched is pane.body:
            self.moved.emit()  # the strips are as high as it
        elif kind == QEvent.Type.MouseButtonDblClick and self._on_head(pane, watched):
            if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
                self.alone_requested.emit(self.panes.index(pane))
                return True
        elif kind in _DRAGS:
            return isinstance(event, QDropEvent) and self._on_drag(pane, event)
        return False

    def _activate(self, pane: PaneFrame) -> None:
        place = self.panes.index(pane)
        if place != self._active:
            self.activated.emit(place)

    def _on_head(self, pane: PaneFrame, watched: QObject) -> bool:
        return len(self.panes) > 1 and watched in {pane.head, self._titles[pane]}

    def _on_drag(self, pane: PaneFrame, event: QDropEvent) -> bool:
        key = dragged_stack(event.mimeData())
        if key is None:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.stack_dropped.emit(self.panes.index(pane), key)
        return True

    def _pane_of(self, watched: QObject) -> PaneFrame | None:
        here: QObject | None = watched
        while here is not None and here is not self:
            if isinstance(here, PaneFrame):
                return here if here in self.panes else None
            here = here.parent()
        return None

    def _take(self, pane: PaneFrame) -> None:
        pane.setParent(self)
        title = self._titles[pane] = PaneTitle()
        title.link_requested.connect(self.link_requested)
        pane.head_row.insertWidget(0, title, 1)
        for widget in (pane, *pane.findChildren(QWidget)):
            widget.installEventFilter(self)
            if widget is not pane:
                continue
            widget.setAcceptDrops(True)

    def _place(self) -> None:
        rows, columns = self.shape
        width = (self.width() - (columns - 1) * GAP) / columns
        height = self.height() / rows
        several = len(self.panes) > 1
        for place, pane in enumerate(self.panes):
            shown = not self._alone or place == self._active
            if shown:
                row, column = (0, 0) if self._alone else divmod(place, columns)
                self._dress(pane, several=several, active=place == self._active)
                pane.foot.setVisible(row == rows - 1 and self._footed(several=several))
                left, top = round(column * (width + GAP)), round(row * height)
                pane.setGeometry(left, top, round(width), round((row + 1) * height) - top)
            pane.setVisible(shown)
        self._frame.setVisible(several and not self._alone)
        if self.panes:
            layout = self.panes[self._active].layout()
            if layout is not None:
                layout.activate()
            self._frame.setGeometry(self.body_area())
            self._frame.raise_()
        self.moved.emit()

    def _dress(self, pane: PaneFrame, *, several: bool, active: bool) -> None:
        """One pane shows its controls over it, several show their titles.

        A control whose property `aside` is true has given way to another one, and stays hidden.
        """
        title = self._titles[pane]
        for place in range(pane.head_row.count()):
            item = pane.head_row.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not title:
                wanted = not several or (active and self._with_controls)
                widget.setVisible(wanted and not widget.property("aside"))
        title.setVisible(several)
