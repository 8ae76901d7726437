"""The architecture of a model as a picture: every block with its shape and its weights."""

import re
from functools import partial
from html import escape
from itertools import groupby
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QSizePolicy, QToolButton, QWidget

from engine.inspection import Anatomy, Axis, Block
from viewer.kit import theme
from viewer.kit.canvas import painted
from viewer.kit.language import joined, marked, named, told, tr
from viewer.kit.taken import Taken
from viewer.kit.widgets import column_in, label, panel

_COLUMN, _WIDEST = 118, 196  # pixels of one block, at least and at most
_TITLE, _GLYPH, _WORDS = 44, 176, 88  # from the top: name, least drawing, shape and counts
_TALLEST: Final = 380  # pixels of a drawing, at most
_SHEETS: Final = 4  # of a stack of maps; more are not drawn
_LINES: Final = 64  # steps that are drawn one by one
_CLASSES: Final = 8  # names of classes that are written
_INDEX: Final = re.compile(r"_(t−1|[a-z])")
NO_WEIGHTS: Final = marked("no weights")
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


def shape_words(axes: tuple[Axis, ...]) -> str:
    """A shape with its letters: "L 32 × H 128"."""
    return " × ".join(
        f"{axis.letter} {axis.size:,}".strip() if axis.letter else tr("%n maps", "", n=axis.size)
        for axis in axes
    )


def count_words(block: Block) -> str:
    """How many weights a block has, in words."""
    return tr("{count:,} weights", count=block.parameters) if block.parameters else tr(NO_WEIGHTS)


class ArchitecturePicture(QWidget):
    """Blocks from left to right as data pass them; all drawings share one axis of rows."""

    chosen = Signal(str)  # code of a block
    opened = Signal(str)  # code of a block whose weights are wanted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.glyph = _GLYPH
        self.setFixedHeight(self.tall)
        self.anatomy: Anatomy | None = None
        self.code, self._under, self._broken = "", "", False

    def show_anatomy(self, anatomy: Anatomy) -> None:
        """Draw another network."""
        self.anatomy, self._broken = anatomy, False
        self.setMinimumWidth(_COLUMN * len(self.columns))
        self.setAccessibleName(tr("Architecture: {words}", words=named(anatomy.summary)))
        self.update()

    @property
    def tall(self) -> int:
        """Pixels of the whole picture."""
        return _TITLE + self.glyph + _WORDS

    def fit(self, room: int) -> None:
        """Draw as high as a page of this height affords."""
        self.glyph = min(max(int(room * 0.3), _GLYPH), _TALLEST)
        self.setFixedHeight(self.tall)

    def choose(self, code: str) -> None:
        """Mark a block."""
        self.code = code
        self.update()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its names allow."""
        return QSize(_COLUMN * max(len(self.columns), 1), self.tall)

    # ------------------------------------------------------------------ geometry
    @property
    def columns(self) -> list[list[Block]]:
        """Blocks that stand beneath one name: both directions of a recurrent layer."""
        if self.anatomy is None:
            return []
        numbered = list(enumerate(self.anatomy.blocks))
        groups = groupby(
            numbered, lambda one: (one[1].layer, -1) if one[1].layer >= 0 else (-1, one[0])
        )
        return [[block for _, block in group] for _, group in groups]

    def box(self, code: str) -> QRectF:
        """Where a block lies on the widget; a direction has half of its column."""
        wide = min(self.width() / max(len(self.columns), 1), _WIDEST)
        for place, column in enumerate(self.columns):
            for part, block in enumerate(column):
                if block.code == code:
                    share = wide / len(column)
                    return QRectF(place * wide + part * share, 0, share, self.tall)
        return QRectF()

    def _drawn(self, box: QRectF) -> QRectF:
        """Where the drawing of a block lies within its box."""
        high = self.glyph - 8 - 4 * (_SHEETS - 1)
        return QRectF(box.left() + 14, _TITLE + 4, box.width() - 28, high)

    def block_at(self, place: QPointF) -> str:
        """Code of the block at a place; empty where there is none."""
        blocks = self.anatomy.blocks if self.anatomy else ()
        return next((one.code for one in blocks if self.box(one.code).contains(place)), "")

    # ------------------------------------------------------------------ painting
    def paintEvent(self, _event: QPaintEvent) -> None:
        """All blocks, and the arrows between them."""
        if self.anatomy is None or self._broken:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._broken = not painted(painter, self.paint)
        painter.end()

    def paint(self, painter: QPainter) -> None:
        """Paint the picture; the unit is a pixel of the widget."""
        if self.anatomy is None:
            return
        most = max(one.parameters for one in self.anatomy.blocks) or 1
        for place, column in enumerate(self.columns):
            for block in column:
                self._paint_ground(painter, block, whole=len(column) == 1)
            whole = self.box(column[0].code).united(self.box(column[-1].code))
            self._paint_title(painter, column, whole)
            for block in column:
                self._paint_glyph(painter, block, self._drawn(self.box(block.code)))
            self._paint_words(painter, column, whole)
            count = sum(one.parameters for one in column)
            _paint_share(painter, whole, share=count / (most * len(column)))
            if not place:
                self._paint_rows(painter, whole)
            else:
                _paint_arrow(painter, QPointF(whole.left(), _TITLE + self.glyph / 2))

    def _paint_ground(self, painter: QPainter, block: Block, *, whole: bool) -> None:
        """Behind the block that is chosen; of a direction behind its drawing alone."""
        box = self.box(block.code).adjusted(8, 2, -8, -2)
        if not whole:
            box.setTop(_TITLE - 20)
            box.setBottom(_TITLE + self.glyph)
        if block.code == self.code:
            painter.setPen(QPen(theme.colour(theme.ACCENT), 1.25))
            painter.setBrush(theme.colour(theme.PANEL))
            painter.drawRoundedRect(box, 5, 5)
        elif block.code == self._under:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(theme.PANEL))
            painter.drawRoundedRect(box, 5, 5)

    def _paint_rows(self, painter: QPainter, whole: QRectF) -> None:
        """The axis that all drawings share: the first row at the top, the last beneath."""
        if self.anatomy is None:
            return
        box = self._drawn(whole)
        last = self.anatomy.blocks[0].output[0].size - 1
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.QUIET))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        wide = box.center().x() - _drawn_width(self.anatomy.blocks[0].output[1].size, 90) / 2
        for y, words in ((box.top(), "0"), (box.bottom() - 14, str(last))):
            painter.drawText(QRectF(whole.left(), y, wide - whole.left() - 6, 14), right, words)

    def _paint_title(self, painter: QPainter, column: list[Block], whole: QRectF) -> None:
        painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
        painter.setPen(theme.colour(theme.TEXT))
        box = QRectF(whole.left(), 6, whole.width(), 20)
        words = painter.fontMetrics().elidedText(
            told(column[0].title), Qt.TextElideMode.ElideRight, int(box.width()) - 8
        )
        painter.drawText(box, _MIDDLE, words)
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.QUIET))
        for block in column:
            box = self.box(block.code)
            arrow = ("↓", "↑")[block.direction] if block.direction >= 0 else ""
            painter.drawText(QRectF(box.left(), 24, box.width(), 18), _MIDDLE, arrow)

    def _paint_glyph(self, painter: QPainter, block: Block, box: QRectF) -> None:
        """What comes out of a block: its height is its rows, on the axis of all blocks."""
        if self.anatomy is None or not block.output:
            return
        tallest = self.anatomy.blocks[0].output[0].size
        ink, fill = theme.colour(theme.QUIET), theme.colour(theme.FIELD)
        painter.setPen(QPen(ink, 1))
        painter.setBrush(fill)
        rows = block.output[-2].size if len(block.output) > 1 else 0
        if not rows:
            self._paint_vector(painter, block, box)
            return
        high = max(box.height() * rows / tallest, 3.0)
        wide = _drawn_width(block.output[-1].size, box.width())
        sheets = min(block.output[0].size, _SHEETS) if len(block.output) == 3 else 1
        corner = QPointF(box.center().x() - (wide + 4 * (sheets - 1)) / 2, box.top())
        for sheet in reversed(range(sheets)):
            painter.drawRect(QRectF(corner.x() + 4 * sheet, corner.y() + 4 * sheet, wide, high))
        if block.kind in {"steps", "recurrent"} and rows <= _LINES:
            painter.setPen(QPen(theme.colour(theme.LINE), 1))
            for row in range(1, rows):
                y = corner.y() + high * row / rows
                painter.drawLine(QPointF(corner.x() + 1, y), QPointF(corner.x() + wide - 1, y))
        if block.kind == "recurrent" and block.direction >= 0:
            self._paint_way(painter, block, QRectF(corner.x(), corner.y(), wide, high))

    def _paint_way(self, painter: QPainter, block: Block, box: QRectF) -> None:
        """The state's way from step to step."""
        painter.setPen(QPen(theme.colour(theme.TEXT), 1.5))
        painter.setBrush(theme.colour(theme.TEXT))
        x = box.center().x()
        start, end = (box.bottom() - 6, box.top() + 6)[:: 1 if block.direction else -1]
        painter.drawLine(QPointF(x, start), QPointF(x, end))
        tip = 5 if end > start else -5
        head = [QPointF(x, end), QPointF(x - 4, end - tip), QPointF(x + 4, end - tip)]
        painter.drawPolygon(QPolygonF(head))

    def _paint_vector(self, painter: QPainter, block: Block, box: QRectF) -> None:
        """One row of numbers; classes have their names beneath each other."""
        classes = self.anatomy.classes if self.anatomy else ()
        if block.kind not in {"head", "calibration"}:
            wide = _drawn_width(block.output[0].size, box.width())
            painter.drawRect(QRectF(box.center().x() - wide / 2, box.center().y() - 4, wide, 8))
            return
        shown = classes[:_CLASSES]
        line = min(20.0, box.height() / max(len(shown) + 1, 1))
        top = box.center().y() - line * (len(shown) + (len(classes) > len(shown))) / 2
        width = box.width() - 26
        for place, name in enumerate(shown):
            middle = QPointF(box.left() + 6, top + line * (place + 0.5))
            painter.setPen(QPen(theme.colour(theme.QUIET), 1))
            painter.drawEllipse(middle, 4, 4)
            painter.setPen(theme.colour(theme.TEXT))
            words = painter.fontMetrics().elidedText(
                named(name), Qt.TextElideMode.ElideRight, int(width)
            )
            left = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(box.left() + 18, middle.y() - 10, width, 20), left, words)
        if len(classes) > len(shown):
            more = tr("and %n more", "", n=len(classes) - len(shown))
            painter.drawText(QPointF(box.left() + 18, top + line * (len(shown) + 0.8)), more)

    def _paint_words(self, painter: QPainter, column: list[Block], whole: QRectF) -> None:
        top = _TITLE + self.glyph + 8
        painter.setFont(theme.font(weight=QFont.Weight.Medium))
        painter.setPen(theme.colour(theme.TEXT))
        for line in _shape_lines(column):
            painter.drawText(QRectF(whole.left(), top, whole.width(), 16), _MIDDLE, line)
            top += 16
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.QUIET))
        count = sum(one.parameters for one in column)
        words = tr("{count:,} weights", count=count) if count else tr(NO_WEIGHTS)
        painter.drawText(QRectF(whole.left(), top, whole.width(), 16), _MIDDLE, words)

    # ------------------------------------------------------------------ mouse and keys
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which block would be chosen."""
        under = self.block_at(event.position())
        if under != self._under:
            self._under = under
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if under else Qt.CursorShape.ArrowCursor
            )
            self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        """None any more."""
        self._under = ""
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a block."""
        if code := self.block_at(event.position()):
            self.chosen.emit(code)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """See its weights."""
        if code := self.block_at(event.position()):
            self.opened.emit(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← and → go through the blocks, Return shows the weights of one."""
        codes = [one.code for one in self.anatomy.blocks] if self.anatomy else []
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps and codes:
            place = codes.index(self.code) if self.code in codes else -1
            self.chosen.emit(codes[min(max(place + steps[key], 0), len(codes) - 1)])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.code:
            self.opened.emit(self.code)
        else:
            super().keyPressEvent(event)


def _shape_lines(column: list[Block]) -> list[str]:
    """The shape beneath a drawing: maps on a line of their own, both directions as one."""
    axes = column[0].output
    maps = [shape_words(axes[:1])] if len(axes) == 3 else []
    rest = shape_words(axes[len(maps) :])
    both = [tr("in each direction")] if len(column) == 2 else []
    return [*maps, rest, *both] if axes else []


def _drawn_width(size: int, room: float) -> float:
    """Widths grow with the logarithm: 1 to 4,096 values are told apart, and none is too wide."""
    return float(min(max(6 + np.log2(max(size, 1)) * 8, 8), room - 4 * (_SHEETS - 1)))


def _paint_share(painter: QPainter, whole: QRectF, *, share: float) -> None:
    """Where the weights are: a bar, the longest for the block with most of them."""
    room = QRectF(whole.left() + 18, whole.bottom() - 12, whole.width() - 36, 4)
    painter.fillRect(room, theme.colour(theme.FIELD))
    painter.fillRect(
        QRectF(room.left(), room.top(), room.width() * min(share, 1.0), 4),
        theme.colour(theme.QUIET),
    )


def _paint_arrow(painter: QPainter, at: QPointF) -> None:
    painter.setPen(QPen(theme.colour(theme.QUIET), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    head = [at + QPointF(-3, -5), at + QPointF(2, 0), at + QPointF(-3, 5)]
    painter.drawPolyline(QPolygonF(head))


class ArchitecturePage(QWidget):
    """The picture, the sums beneath it, and everything about the block that is chosen."""

    code = "architecture"
    weights_wanted = Signal(str)  # name of a matrix

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self, "window")
        self.picture = ArchitecturePicture()
        self.picture.chosen.connect(self.choose)
        self.picture.opened.connect(self._open)
        self.sums = label("", "value")
        self.sums.setWordWrap(True)
        self.setFocusProxy(self.picture)
        self._about = QWidget()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._across = across = QScrollArea()
        across.setWidgetResizable(True)
        across.setWidget(panel(self.picture, "window"))
        across.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = column_in(self, theme.GAP, (theme.MARGIN, theme.GAP, theme.MARGIN, theme.MARGIN))
        column.addWidget(across)
        column.addWidget(self.sums)
        column.addWidget(self._scroll, 1)

        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the picture what the page affords."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.picture.fit(self.height())
        self._across.setFixedHeight(self.picture.tall + 12)  # with the bar of a long network

    @property
    def anatomy(self) -> Anatomy | None:
        """The network that is shown."""
        return self.picture.anatomy

    def show_anatomy(self, anatomy: Anatomy) -> None:
        """Show another network; its largest block is chosen."""
        self.picture.show_anatomy(anatomy)
        self.sums.setText(joined(tr("{words}.", words=named(anatomy.summary)), *_sums(anatomy)))
        self.choose(max(anatomy.blocks, key=lambda one: one.parameters).code)

    def choose(self, code: str) -> None:
        """Say everything about one block."""
        if self.anatomy is None:
            return
        self.picture.choose(code)
        box = self.picture.box(code).center().toPoint()
        self._across.ensureVisible(box.x(), 0, 120, 0)
        self._about = self._described(self.anatomy.block(code))
        self._scroll.setWidget(self._about)

    def _open(self, code: str) -> None:
        block = self.anatomy.block(code) if self.anatomy else None
        matrices = [one.name for one in block.tensors if len(one.shape) > 1] if block else []
        if matrices:
            self.weights_wanted.emit(matrices[-1])

    def _described(self, block: Block) -> QWidget:
        about = panel(QWidget(), "window")
        grid = QGridLayout(about)
        grid.setContentsMargins(0, theme.GAP, theme.GAP, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        said = label(told(block.said))
        said.setWordWrap(True)
        lines = [label(_titled(block), "row"), said]
        if block.inputs:
            shapes = tr(
                "{inputs} → {output}",
                inputs=shape_words(block.inputs),
                output=shape_words(block.output),
            )
            lines.append(label(shapes, "value"))
        lines += [_equation(line) for line in block.equations]
        lines.append(label(_products(block), "quiet"))
        for place, line in enumerate(lines):
            grid.addWidget(line, place, 0)
        for place, tensor in enumerate(block.tensors):
            self._add_tensor(grid, place, tensor.name, tensor.shape)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(max(len(lines), len(block.tensors)), 1)
        return about

    def _add_tensor(
        self, grid: QGridLayout, place: int, name: str, shape: tuple[int, ...]
    ) -> None:
        """One line of the table of weights; a matrix leads to its map."""
        words = " × ".join(f"{side:,}" for side in shape)
        if len(shape) > 1:
            button = QToolButton()
            button.setText(name)
            button.setProperty("field", "true")
            button.setAccessibleName(tr("Show the weights {name}", name=name))
            button.clicked.connect(partial(self.weights_wanted.emit, name))
            grid.addWidget(button, place, 1)
        else:
            grid.addWidget(label(name, "quiet"), place, 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(label(words), place, 2, right)
        grid.addWidget(label(f"{int(np.prod(shape)):,}", "value"), place, 3, right)

    def state(self) -> dict[str, Any]:
        """The numbers on the page."""
        if self.anatomy is None:
            return {"blocks": [], "block": ""}
        return {
            "block": self.picture.code,
            "parameters": self.anatomy.parameters,
            "products": self.anatomy.products,
            "blocks": [
                {
                    "code": one.code,
                    "inputs": [axis.size for axis in one.inputs],
                    "output": [axis.size for axis in one.output],
                    "parameters": one.parameters,
                    "products": one.products,
                }
                for one in self.anatomy.blocks
            ],
        }

    def taken(self) -> Taken | None:
        """Weights and products of every block."""
        if self.anatomy is None:
            return None
        blocks = self.anatomy.blocks
        return Taken(
            name="architecture",
            words=joined(
                tr("The blocks of {model} in the order of data.", model=self.anatomy.model),
                *_sums(self.anatomy),
            ),
            arrays={
                "parameters": np.array([one.parameters for one in blocks]),
                "products": np.array(
                    [np.nan if one.products is None else one.products for one in blocks]
                ),
            },
            python=(
                "blocks = engine.inspection.read_anatomy(model.info.path).blocks\n"
                "parameters = np.array([one.parameters for one in blocks])\n"
                "products = np.array(\n"
                "    [np.nan if one.products is None else one.products for one in blocks])\n"
            ),
            of_film=False,
        )


def _equation(text: str) -> QLabel:
    """An equation with its indices set low."""
    words = label()
    words.setTextFormat(Qt.TextFormat.RichText)
    words.setText(_INDEX.sub(r"<sub>\1</sub>", escape(text)))
    words.setAccessibleName(text)
    return words


def _titled(block: Block) -> str:
    ways = {0: tr("top down"), 1: tr("bottom up")}
    title = told(block.title)
    if not block.code.endswith((".down", ".up")):
        return title
    return tr("{block}, {way}", block=title, way=ways[block.direction])


def _sums(anatomy: Anatomy) -> tuple[str, ...]:
    weights = tr("{count:,} weights in all.", count=anatomy.parameters)
    if anatomy.products is None:
        return weights, tr("How much it multiplies for one film, only its maker can say.")
    millions = anatomy.products / 1e6
    return weights, tr(
        "{millions:,.1f} million multiplications and additions for one film, read once.",
        millions=millions,
    )


def _products(block: Block) -> str:
    if block.products is None:
        return tr("How much it multiplies, only its maker can say.")
    if not block.products:
        return tr("It multiplies no matrix.")
    return tr(
        "{count:,} multiplications and additions for one film, without what is done element by"
        " element.",
        count=block.products,
    )
