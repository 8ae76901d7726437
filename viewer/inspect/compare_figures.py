"""The figures of a comparison as lines, and what they mean."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.kit import theme
from viewer.kit.canvas import painted
from viewer.kit.language import joined, listed, marked, named, told, tr
from viewer.kit.live import live
from viewer.kit.widgets import column_in, said
from viewer.kit.words import answer_text

if TYPE_CHECKING:
    from engine.inspection import Compared, NetworkComparison, Reread
    from viewer.session.compared_tries import ComparedTries
    from viewer.session.comparisons import Comparisons
    from viewer.session.tries import Tries

LINE: Final = 20
APART: Final = 8  # pixels between a quiet word and its value
COLUMN: Final = 0.62  # of the width, where the first one's values end
STROKE: Final = 10  # a sample of a curve


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line of two columns.

    Attributes:
        name: What it is.
        first: Of the first one; or a figure of both.
        second: Of the other one; or that figure by chance.
        head: Whether these are no values but what stands over them.
        strokes: Whether the head shows how curves of both are drawn.
    """

    name: str
    first: str
    second: str = ""
    head: bool = False
    strokes: bool = False


def figures_of(found: "NetworkComparison") -> tuple[FigureLine, ...]:
    """Answers and horizons of both; then how alike they are, and how alike by chance."""
    one, other = found.first, found.second
    lines = [_head(found)]
    if found.answer is not None:
        name = found.target_name
        values = [
            answer_text(side.probabilities[side.classes.index(name)], of_film=found.of_film)
            for side in (one, other)
        ]
        words = named(name) if found.of_film else tr("{name}, log-odds", name=named(name))
        lines.append(FigureLine(words, values[0], values[1]))
    lines.append(FigureLine(tr("Horizon, rows"), horizon_words(one), horizon_words(other)))
    lines.append(FigureLine("", tr("alike"), tr("by chance"), head=True))
    if found.agreement is not None:
        lines.append(FigureLine(tr("Influence, ρ"), _number(found.agreement)))
    pairs = found.alignment
    name = tr("Units, |r|")
    lines.append(FigureLine(name, _number(pairs.mean_correlation), _number(pairs.by_chance)))
    if found.similarity is not None:
        alike, chance = _number(found.similarity), _number(found.cka_by_chance)
        lines.append(FigureLine(tr("States, CKA"), alike, chance))
    return tuple(lines)


def _head(found: "NetworkComparison") -> FigureLine:
    if found.kind == "films":
        first, second = tr("this film"), tr("other film")
    elif found.kind == "untrained":
        first, second = tr("this model"), tr("untrained")
    else:
        first, second = tr("this model"), named(told(found.second.name))
    return FigureLine("", first, second, head=True, strokes=True)


def horizon_words(side: "Compared") -> str:
    """Stored rows back from which no row has a say."""
    if side.horizon is None:
        return "…"
    return tr("all") if side.horizon_rows is None else f"{side.horizon_rows:.0f}"


def matched_on(found: "NetworkComparison | None") -> str:
    """On what units were matched, in one sentence."""
    if found is None:
        return ""
    pairs = found.alignment
    if not pairs.searched:
        return tr("At the same share of the height")
    if pairs.films == 1:
        return tr("Matched on {rows} steps of this film", rows=pairs.rows)
    return tr("Matched on {rows} steps of {films} films", rows=pairs.rows, films=pairs.films)


def tried_lines(
    found: "NetworkComparison", own: "Reread", other: "Reread | None"
) -> tuple[FigureLine, ...]:
    """Both answers to a film as read and as it was changed; the other one's when it is there."""
    its = ("…", "…")
    if other is not None:
        its = _both(other, of_film=found.of_film)
    name = tr("Untrained network") if found.kind == "untrained" else named(told(found.second.name))
    values = _both(own, of_film=found.of_film)
    lines = [
        FigureLine("", tr("as read"), tr("changed"), head=True),
        FigureLine(tr("this model"), *values),
        FigureLine(name, *its),
    ]
    if found.agreement is not None:
        lines.append(FigureLine(tr("Influence, ρ"), _number(found.agreement)))
    return tuple(lines)


def _both(answer: "Reread", *, of_film: bool) -> tuple[str, str]:
    first, last = answer.probabilities_as_read, answer.probabilities
    before, after = (answer_text(one[answer.target], of_film=of_film) for one in (first, last))
    return before, after


def explanations() -> tuple[str, ...]:
    """What the figures mean, for a tip."""
    return (
        tr(
            "ρ: rank correlation of the two Influence maps. A map that stays alike when all"
            " weights are drawn anew says nothing of what was learnt."
        ),
        tr(
            "|r|: mean correlation of units that were matched one to one, of either sign. By"
            " chance: the same with the other one’s rows moved round."
        ),
        tr("CKA: how alike the states are as a whole, without matching; 0 unrelated, 1 alike."),
        tr(
            "Horizon: how many stored rows back a row still moves the last state by 1 % of what"
            " the last row does."
        ),
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".replace("-", "−")


class FiguresColumn(QWidget):
    """Lines of a quiet name and values, and a sentence beneath.

    Args:
        fixed: Whether it is as high as its lines, instead of filling its place.
    """

    def __init__(self, *, fixed: bool = False) -> None:
        super().__init__()
        self._fixed = fixed
        self.lines: tuple[FigureLine, ...] = ()
        self.sentences: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_lines(self, lines: tuple[FigureLine, ...], *sentences: str) -> None:
        """Show other lines."""
        self.lines, self.sentences = lines, sentences
        if self._fixed:
            self.setFixedHeight(LINE * len(lines))
        spoken = [
            listed([part for part in (one.name, one.first, one.second) if part]) for one in lines
        ]
        self.setAccessibleName(joined(*spoken, *sentences))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write lines and sentence."""
        super().paintEvent(event)
        painter = QPainter(self)
        painted(painter, self._paint)
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        height = min(LINE, self.height() / max(len(self.lines) + bool(self.sentences), 1))
        for place, line in enumerate(self.lines):
            self._write(painter, QRectF(0, place * height, self.width(), height), line)
        top = len(self.lines) * height + 2
        room = QRectF(0, top, self.width(), max(self.height() - top, LINE))
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.QUIET))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, self._fitting(room))

    def _fitting(self, room: QRectF) -> str:
        """As many of the sentences as there is room for, the first one at least."""
        metrics, parts = QFontMetricsF(theme.font()), list(self.sentences)
        while len(parts) > 1:
            box = QRectF(0, 0, room.width(), 10_000)
            needed = metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, "\n".join(parts))
            if needed.height() <= room.height():
                break
            parts.pop()
        return "\n".join(parts)

    def _write(self, painter: QPainter, box: QRectF, line: FigureLine) -> None:
        """A name at the left, and two columns that end at the middle and at the right."""
        middle = Qt.AlignmentFlag.AlignVCenter
        quiet, strong = theme.font(), theme.font(weight=QFont.Weight.Medium)
        painter.setFont(quiet)
        painter.setPen(QColor(theme.QUIET))
        values = QFontMetricsF(strong).horizontalAdvance(line.first)
        room = box.width() * COLUMN - values - APART
        elided = QFontMetricsF(quiet).elidedText(line.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | middle, elided)
        if not line.head:
            painter.setFont(strong)
            painter.setPen(QColor(theme.TEXT))
        end = box.width() * COLUMN
        metrics = QFontMetricsF(painter.font())
        taken = STROKE + APART if line.strokes else 0
        room = box.width() - end - APART - taken
        elided = metrics.elidedText(line.second, Qt.TextElideMode.ElideRight, room)
        for text, right, thick in ((line.first, end, 2.0), (elided, box.width(), 1.25)):
            place = QRectF(0, box.top(), right, box.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | middle, text)
            if line.strokes and text:
                left = right - metrics.horizontalAdvance(text) - APART + 2 - STROKE
                name = theme.TEXT if right == end else theme.QUIET
                stroke = QRectF(left, round(box.center().y() - thick / 2), STROKE, thick)
                painter.fillRect(stroke, QColor(name))


class ComparedModel(QWidget):
    """The section “Compared model” of What if; hidden while there is nothing to say.

    Args:
        tried: What the other model makes of the changed film.
        comparisons: Whom the model is compared with.
        tries: What is changed.
    """

    def __init__(self, tried: "ComparedTries", comparisons: "Comparisons", tries: "Tries") -> None:
        super().__init__()
        self._tried, self._comparisons, self._tries = tried, comparisons, tries
        self.figures = FiguresColumn(fixed=True)
        column = column_in(self, 4, (0, 20, 0, 0))
        column.addWidget(said(marked("Compared model"), "heading"))
        column.addWidget(self.figures)
        for source in (tried, comparisons, tries):
            source.changed.connect(self.show_tried)
        live(self, ComparedModel.show_tried)

    def show_tried(self) -> None:
        """Show both answers, as read and changed."""
        found, own = self._comparisons.found, self._tries.found
        shown = self._tried.wanted and found is not None and own is not None
        self.setVisible(shown)
        if shown and found is not None and own is not None:
            self.figures.show_lines(tried_lines(found, own, self._tried.found))
