"""What a model makes of a changed film: its answer beside that to the film as read, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine.bundle import calibration_holds
from viewer.inspect.whole_film import WholeFilmControls
from viewer.kit import theme
from viewer.kit.language import marked, named, tr
from viewer.kit.live import live
from viewer.kit.taken import Taken
from viewer.kit.widgets import column_in, label, panel, row_in, said
from viewer.kit.words import answer_text, change_text, signed
from viewer.session.comparisons import NOT_OPEN
from viewer.session.tries import Tries, fill_words, steps_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.inspection import Edit, Filling
    from viewer.session.session import Session

LINE: Final = 20
SECTION: Final = 20
OFF: Final = marked(
    "Change the film and let the model read it again: brush rows with Shift and a drag over the"
    " film, or move the whole of it."
)
_DIRECTIONS: Final = {
    "top-down": marked("top down, as trained"),
    "bottom-up": marked("bottom up"),
    "left-right": marked("left to right"),
    "right-left": marked("right to left"),
}


@dataclass(frozen=True, slots=True)
class TryFact:
    """A line of a table: a quiet name, a value, and whether it is the one of this moment."""

    name: str
    value: str
    strong: bool = False
    colour: str = ""  # of a sample before the name


class Facts(QWidget):
    """Lines of names and values, painted; a name that is too long is shortened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts: tuple[TryFact, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_facts(self, facts: Sequence[TryFact]) -> None:
        """Show these instead."""
        self.facts = tuple(facts)
        self.setFixedHeight(LINE * len(self.facts))
        self.setAccessibleName("\n".join(f"{one.name} {one.value}" for one in self.facts))
        self.setVisible(bool(self.facts))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write the lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, fact in enumerate(self.facts):
            baseline, left = LINE * place + 14, 0.0
            font = theme.font(weight=QFont.Weight.Medium)
            wide = QFontMetricsF(font).horizontalAdvance(fact.value)
            painter.setFont(font)
            painter.setPen(QColor(theme.TEXT))
            painter.drawText(QPointF(self.width() - wide, baseline), fact.value)
            if fact.colour:
                painter.setPen(QPen(QColor(fact.colour), 2.0))
                painter.drawLine(QPointF(0, baseline - 4), QPointF(14, baseline - 4))
                left = 20.0
            names = theme.font(weight=QFont.Weight.Medium if fact.strong else QFont.Weight.Normal)
            painter.setFont(names)
            painter.setPen(QColor(theme.TEXT if fact.strong else theme.QUIET))
            room = self.width() - wide - 8 - left
            elide = Qt.TextElideMode.ElideMiddle
            text = QFontMetricsF(names).elidedText(fact.name, elide, room)
            painter.drawText(QPointF(left, baseline), text)
        painter.end()


class TwoAnswers(QWidget):
    """The scale of probability with the film as read, the changed one and the threshold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(44)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.before, self.after, self.threshold = 0.0, 0.0, 0.0
        self._cut = False

    def show_answers(self, before: float, after: float, threshold: float | None) -> None:
        """Show both; the threshold only where there is one for this class."""
        self.before, self.after = before, after
        self.threshold, self._cut = threshold or 0.0, threshold is not None
        self.update()

    def _x(self, value: float) -> float:
        return 6.0 + value * (self.width() - 12.0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw groove, dots, handle and numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.LINE))
        painter.drawRoundedRect(QRectF(0, 16, self.width(), 4), 2, 2)
        first, last = sorted((self._x(self.before), self._x(self.after)))
        up = self.after >= self.before
        between = theme.INFLUENCE_POSITIVE if up else theme.INFLUENCE_NEGATIVE
        painter.setBrush(QColor(between))
        painter.drawRect(QRectF(first, 16, last - first, 4))
        painter.setBrush(QColor(theme.QUIET))
        painter.drawEllipse(QPointF(self._x(self.before), 18), 4.0, 4.0)
        painter.setPen(QPen(QColor(theme.PANEL), 1.5))
        painter.setBrush(QColor(theme.TEXT))
        painter.drawEllipse(QPointF(self._x(self.after), 18), 6.0, 6.0)
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(theme.font())
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.QUIET))
        painter.drawText(QPointF(0, 40), "0")
        painter.drawText(QPointF(self.width() - metrics.horizontalAdvance("1"), 40), "1")
        if not self._cut:
            return
        x = self._x(self.threshold)
        painter.setPen(QPen(QColor(theme.TEXT), 2.0))
        painter.drawLine(QPointF(x, 10), QPointF(x, 25))
        words = tr("threshold {value}", value=f"{self.threshold:.2f}")
        wide = metrics.horizontalAdvance(words)
        left = min(max(x - wide / 2, 14.0), self.width() - wide - 14.0)
        painter.setPen(QColor(theme.QUIET))
        painter.drawText(QPointF(left, 40), words)


class SmallCurves(QWidget):
    """Several curves of probability against the share of the film that was read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(84)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._curves: tuple[tuple[np.ndarray, str], ...] = ()
        self.hide()

    def show_curves(self, curves: Sequence[tuple[np.ndarray, str]]) -> None:
        """Show these instead: values 0…1 and a colour each."""
        self._curves = tuple(curves)
        self.setVisible(bool(self._curves))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them between 0 and 1."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(12, 4, self.width() - 14, self.height() - 24)
        painter.fillRect(box, QColor(theme.WINDOW))
        for values, colour in self._curves:
            path = QPainterPath()
            for place, value in enumerate(values):
                x = box.left() + (place + 1) / len(values) * box.width()
                y = box.bottom() - float(value) * box.height()
                (path.lineTo if place else path.moveTo)(x, y)
            painter.setPen(QPen(QColor(colour), 1.5))
            painter.drawPath(path)
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.QUIET))
        painter.drawText(QPointF(0, box.top() + 9), "1")
        painter.drawText(QPointF(0, box.bottom()), "0")
        painter.drawText(QPointF(box.left(), self.height() - 4), tr("first row read"))
        words = tr("last")
        wide = QFontMetricsF(theme.font()).horizontalAdvance(words)
        painter.drawText(QPointF(box.right() - wide, self.height() - 4), words)
        painter.end()


class ColumnBars(QWidget):
    """Influence of the columns of a band, as bars across the film."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(64)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._values = np.zeros(0, np.float32)
        self.hide()

    def show_values(self, values: np.ndarray | None) -> None:
        """Show these, or nothing."""
        self._values = np.zeros(0, np.float32) if values is None else values
        self.setVisible(values is not None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them upwards and downwards from the middle."""
        painter = QPainter(self)
        box = QRectF(0, 0, self.width(), self.height() - 16)
        painter.fillRect(box, QColor(theme.WINDOW))
        most = float(np.abs(self._values).max(initial=0.0)) or 1.0
        middle, wide = box.center().y(), box.width() / max(len(self._values), 1)
        for place, value in enumerate(self._values):
            height = float(value) / most * (box.height() / 2 - 2)
            ink = theme.INFLUENCE_POSITIVE if value > 0 else theme.INFLUENCE_NEGATIVE
            bar = QRectF(place * wide, middle - height, max(wide - 0.5, 0.5), height)
            painter.fillRect(bar.normalized(), QColor(ink))
        painter.fillRect(QRectF(0, middle, box.width(), 1), theme.colour(theme.QUIET, 110))
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.QUIET))
        painter.drawText(QPointF(0, self.height() - 3), tr("left edge"))
        words = tr("right edge")
        right = self.width() - QFontMetricsF(theme.font()).horizontalAdvance(words)
        painter.drawText(QPointF(right, self.height() - 3), words)
        painter.end()


class WhatIfPage(QScrollArea):
    """The answer to the changed film, what the brushed rows made of it, and further questions.

    Args:
        session: Has what is tried.
        parent: Of the Qt object.
    """

    code = "whatif"

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._tries = session, session.tries
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = panel(QWidget())
        self._column = column_in(page, 0, (theme.MARGIN, 8, theme.MARGIN, 16))
        self._build()
        self._column.addStretch(1)
        self.setWidget(page)
        self._tries.changed.connect(self.show_tried)
        live(self, WhatIfPage.show_tried)
        live(self, lambda page: page.setAccessibleName(tr("What if")))

    def sizeHint(self) -> QSize:
        """As wide as the panel is made."""
        return QSize(theme.READING_WIDTH["narrow"], 400)

    # ---------------------------------------------------------------- made once
    def _build(self) -> None:
        self.empty = QWidget()
        self.why = label("", "quiet")
        self.why.setWordWrap(True)
        self.start = _button(marked("Begin"), lambda: self._tries.turn(on=True))
        beginning = column_in(self.empty, theme.GAP)
        beginning.addWidget(self.why)
        beginning.addWidget(self.start)
        self._column.addWidget(self.empty)
        self.body = QWidget()
        inside = self._inside = column_in(self.body, 0)
        self._column.addWidget(self.body)
        self.name, self.value = label("", "result"), label("", "result")
        self.before, self.change = label("", "quiet"), label("", "value")
        _across(inside, self.name, self.value, 30)
        _across(inside, self.before, self.change, LINE)
        self.scale = TwoAnswers()
        inside.addWidget(self.scale)
        inside.addSpacing(8)
        self.share, self.odds = label(""), label("", "quiet")
        self.share.setWordWrap(True)
        for line in (self.share, self.odds):
            line.setMinimumHeight(LINE)
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            inside.addWidget(line)
        self.target = live(QComboBox(), _word_target)
        self.target.setFixedHeight(24)
        self.target.activated.connect(self._on_target)
        _across(inside, said(marked("Class"), "quiet"), self.target, 28)
        self._heading(inside, said(marked("Whole film"), "heading"))
        self.whole = WholeFilmControls(self._tries)
        inside.addWidget(self.whole)
        self._heading(inside, said(marked("Does the filling matter?"), "heading"))
        self.fillings, self.none = Facts(), said(marked("Brush rows to see it"), "quiet")
        inside.addWidget(self.none)
        inside.addWidget(self.fillings)
        self.seams = said(
            marked(
                "If these differ much, the model answers to what was put in, and not to what was"
                " taken away."
            ),
            "quiet",
        )
        self.seams.setWordWrap(True)
        inside.addWidget(self.seams)
        self._build_asked(inside)

    def _build_asked(self, inside: QVBoxLayout) -> None:
        self._heading(inside, said(marked("Columns of the brushed rows"), "heading"))
        self.ask_columns = _button(marked("Show"), self._tries.ask_columns)
        self.columns, self.columns_words = ColumnBars(), label("", "quiet")
        self.columns_words.setWordWrap(True)
        _put(inside, self.ask_columns, self.columns, self.columns_words)
        self._heading(inside, said(marked("Reading directions"), "heading"))
        self.ask_directions = _button(marked("Compare all four"), self._tries.ask_directions)
        self.directions, self.curves = Facts(), SmallCurves()
        self.trained = said(
            marked(
                "The film as read, in four directions. The network learnt films from the top down"
                " only: the other three are new to it. Curves are not calibrated by row."
            ),
            "quiet",
        )
        self.trained.setWordWrap(True)
        _put(inside, self.ask_directions, self.directions, self.curves, self.trained)

    def add_section(self, section: QWidget) -> None:
        """One more section, beneath the answer."""
        self._inside.insertWidget(self._inside.indexOf(self.odds) + 1, section)

    def _heading(self, inside: QVBoxLayout, words: QLabel) -> None:
        inside.addSpacing(SECTION)
        words.setFixedHeight(24)
        inside.addWidget(words)

    # ---------------------------------------------------------------- shown
    def show_tried(self) -> None:
        """Show the numbers of this moment."""
        found, opened = self._tries.found, self._tries.opened
        shown = self._tries.on and found is not None and opened is not None
        self.body.setVisible(shown)
        self.empty.setVisible(not shown)
        self.why.setText(tr(NOT_OPEN if opened is None else OFF))
        self.start.setVisible(opened is not None and not self._tries.on)
        if not shown or found is None or opened is None:
            return
        model, target = opened.model, found.target
        after = float(found.probabilities[target])
        before = float(found.probabilities_as_read[target])
        self.name.setText(named(model.classes[target]).capitalize())
        of_film = model.objective.of_film
        self.value.setText(answer_text(after, of_film=of_film))
        as_read = answer_text(before, of_film=of_film)
        self.before.setText(tr("as read {value}", value=as_read))
        change = change_text(after, after - before, of_film=of_film)
        self.change.setText(change if self._tries.draft else "–")
        self.scale.setVisible(of_film)
        cut = model.threshold.value if model.threshold is not None else None
        self.scale.show_answers(before, after, cut if model.positive in {None, target} else None)
        self.share.setText(share_words(self._tries))
        self.odds.setText(
            tr(
                "log-odds {before} → {after}",
                before=signed(found.log_odds_as_read),
                after=signed(found.log_odds),
            )
        )
        self._show_target(model.classes, target)
        self.whole.show_tried()
        self._show_fillings()
        self._show_columns()
        self._show_directions()

    def _show_target(self, classes: tuple[str, ...], target: int) -> None:
        names = [named(name) for name in classes]
        if [self.target.itemText(i) for i in range(self.target.count())] != names:
            self.target.clear()
            self.target.addItems(names)
        self.target.setCurrentIndex(target)

    def _show_fillings(self) -> None:
        tries = self._tries
        now = next((one for one in tries.draft if one.first is not None), None)
        of_film = tries.of_film
        facts = [_filling_fact(one, now, of_film=of_film) for one in tries.fillings]
        self.fillings.show_facts(facts)
        self.none.setVisible(now is None)
        self.seams.setVisible(bool(facts))

    def _show_columns(self) -> None:
        found, band = self._tries.columns, self._tries.band
        self.ask_columns.setVisible(found is None)
        self.ask_columns.setEnabled(band is not None)
        self.columns.show_values(None if found is None else found.values)
        self.columns_words.setVisible(found is not None)
        if found is not None:
            words = tr(
                "{steps} of the film as read: {total} log-odds, divided among its columns",
                steps=steps_words(found.first, found.last - 1),
                total=signed(found.total),
            )
            self.columns_words.setText(words)

    def _show_directions(self) -> None:
        answers, found = self._tries.directions, self._tries.found
        self.ask_directions.setVisible(not answers)
        self.trained.setVisible(bool(answers))
        target = found.target if found is not None else 0
        inks = (theme.TEXT, theme.ACCENT, theme.STATE_POSITIVE, theme.STATE_NEGATIVE)
        self.directions.show_facts(
            [
                TryFact(
                    tr(_DIRECTIONS[one.direction]),
                    answer_text(float(one.probabilities[target]), of_film=self._tries.of_film),
                    strong=not place,
                    colour=ink,
                )
                for place, (one, ink) in enumerate(zip(answers, inks, strict=False))
            ]
        )
        self.curves.show_curves(
            [(one.by_row[:, target], ink) for one, ink in zip(answers, inks, strict=False)]
        )

    def _on_target(self, place: int) -> None:
        self._tries.aim(place)

    # ---------------------------------------------------------------- given away
    def state(self) -> dict[str, Any]:
        """The numbers on its screen, as plain values."""
        tries, found, opened = self._tries, self._tries.found, self._tries.opened
        if not tries.on or found is None or opened is None:
            return {"on": tries.on}
        target = found.target
        change = tries.change
        return {
            "on": True,
            "view": tries.view,
            "edits": [edit.words for edit in tries.draft],
            "band": list(tries.band) if tries.band is not None else None,
            "target": opened.model.classes[target],
            "probability": float(found.probabilities[target]),
            "probability_as_read": float(found.probabilities_as_read[target]),
            "calibrated": calibration_holds(opened.model),
            "log_odds": found.log_odds,
            "log_odds_as_read": found.log_odds_as_read,
            "share": tries.share,
            "delta_by_row": found.delta.tolist(),
            "change_by_row": change.tolist() if change is not None else None,
            "seconds": tries.seconds,
            "fillings": [
                {"fill": one.kind, "probability": one.probability, "range": [one.low, one.high]}
                for one in tries.fillings
            ],
            "directions": {
                one.direction: float(one.probabilities[target]) for one in tries.directions
            },
            "columns": tries.columns.values.tolist() if tries.columns is not None else None,
            "tries": [
                {
                    "edits": [edit.words for edit in one.edits],
                    "probability": one.probability,
                    "change": one.change,
                    "undone": one.undone,
                }
                for one in tries.trail.tries
            ],
            "at": None if tries.unkept else tries.trail.at,
        }

    def taken(self) -> Taken | None:
        """What it gives away; None while it shows nothing."""
        tries, found, opened = self._tries, self._tries.found, self._tries.opened
        if not tries.on or found is None or opened is None:
            return None
        target = found.target
        words = [edit.words for edit in found.edits]
        arrays: dict[str, NDArray[Any]] = {
            "probabilities": found.probabilities,
            "probabilities_as_read": found.probabilities_as_read,
            "by_row": found.by_row,
            "delta": found.delta,
            "log_odds": np.array((found.log_odds_as_read, found.log_odds)),
        }
        lines = [
            "ask = engine.inspection",
            f"asked = {{'target': {target}, 'frame': frame}}",
            f"changed = ask.whatif(model, film, *{words!r}, **asked)",
            "probabilities = changed.probabilities",
            "probabilities_as_read = changed.probabilities_as_read",
            "by_row = changed.by_row",
            "delta = changed.delta",
            "log_odds = np.array((changed.log_odds_as_read, changed.log_odds))",
        ]
        if (change := tries.change) is not None and tries.after is not None:
            arrays["influence"], arrays["change"] = tries.after.values, change
            lines += [
                f"after = ask.whatif_influence(model, film, *{words!r}, **asked)",
                "before = ask.whatif_influence(model, film, **asked)",
                "influence = after.values",
                "change = after.values - before.values",
            ]
        caption = tr(
            "Answer of {model} to a changed film ({edits}) beside that to the film as read;"
            " log-odds of {name}. A what-if of the model, not of the patient.",
            model=named(opened.model.title),
            edits="; ".join(words) or tr("nothing changed"),
            name=named(opened.model.classes[target]),
        )
        return Taken("whatif", caption, arrays, "\n".join(lines))


def share_words(tries: Tries) -> str:
    """How much of the change lies in the brushed rows, as a sentence."""
    band, share = tries.band, tries.share
    if not tries.draft:
        return tr("Nothing is changed yet.")
    if band is None:
        return tr("The whole film is changed.")
    if share is None:
        return steps_words(*band)
    if not 0.0 <= share <= 1.0 and tries.found is not None:
        part = signed(share * tries.found.change)
        whole = signed(tries.found.change)
        return tr(
            "{steps}: {part} of {whole} log-odds", steps=steps_words(*band), part=part, whole=whole
        )
    percent = f"{100 * share:.0f}"
    return tr("{steps}: {share} % of the change", steps=steps_words(*band), share=percent)


def _filling_fact(one: "Filling", now: "Edit | None", *, of_film: bool) -> TryFact:
    from engine.inspection import Edit  # noqa: PLC0415 - loaded with the first try

    name = fill_words(Edit(one.kind, path=one.path))
    value = answer_text(one.probability, of_film=of_film)
    if one.kind == "noise":
        name, value = tr("noise, 20 draws"), range_text(one.low, one.high, of_film=of_film)
    same = now is not None and now.kind == one.kind and now.path == one.path
    return TryFact(name, value, strong=same)


def range_text(low: float, high: float, *, of_film: bool = True) -> str:
    """Between which two probabilities or log-odds, or one where they are the same."""
    first, last = (answer_text(one, of_film=of_film) for one in (low, high))
    if first == last:
        return first
    apart = last.startswith(">") or not of_film
    return f"{first} – {last}" if apart else f"{first}–{last}"


def _across(inside: QVBoxLayout, left: QWidget, right: QWidget, height: int) -> None:
    holder = QWidget()
    holder.setFixedHeight(height)
    row = row_in(holder, 8)
    row.addWidget(left)
    row.addStretch(1)
    row.addWidget(right)
    inside.addWidget(holder)


def _put(inside: QVBoxLayout, *widgets: QWidget) -> None:
    for widget in widgets:
        inside.addWidget(widget)


def _button(words: str, run: Any) -> QPushButton:  # noqa: ANN401 - what a button does
    button = live(QPushButton(), lambda one: one.setText(tr(words)))
    button.setFixedHeight(28)
    button.clicked.connect(lambda _on=False: run())
    return button


def _word_target(box: QComboBox) -> None:
    box.setToolTip(tr("The class whose log-odds are asked for"))
    box.setAccessibleName(tr("Class"))
