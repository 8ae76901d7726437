"""What was measured of a model's maps and answers: the verdict in plain words, then every rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from engine.bundle import calibration_holds, verdicts
from engine.types import Audit, Judgement, ModelInfo
from viewer.kit import theme
from viewer.kit.language import joined, marked, told, tr
from viewer.kit.live import live
from viewer.kit.taken import Taken
from viewer.kit.widgets import column_in, label, panel
from viewer.session.models import map_tests

_STATE: Final = ("state.", "raw-state.")  # beginnings of codes of what is expected to fail


@dataclass(frozen=True, slots=True)
class AuditGroup:
    """Rules with one outcome, in the order in which they are read.

    Attributes:
        code: As scripts call it.
        words: Over its rules, marked.
        icon: Beside each of them.
    """

    code: str
    words: str
    icon: str


GROUPS: Final = (  # what speaks against the model comes first
    AuditGroup("broken", marked("Broken"), "warning"),
    AuditGroup("expected", marked("Broken by the State map, as expected"), "info"),
    AuditGroup("open", marked("Not measured"), "unasked"),
    AuditGroup("kept", marked("Kept"), "check"),
)


def group_of(one: Judgement) -> str:
    """The group of a rule."""
    if one.verdict == "not measured":
        return "open"
    if one.verdict == "passes":
        return "kept"
    return "expected" if one.what.code.startswith(_STATE) else "broken"


class AuditPage(QWidget):
    """Sentences first, the least flattering one first of all; then the table."""

    code = "audit"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel(self, "window")
        self.model: ModelInfo | None = None
        self.audit: Audit | None = None
        self.verdict, self.source = label("", "row"), label("", "quiet")
        self.sentences: list[tuple[str, str]] = []
        self._said = QGridLayout()
        self._said.setHorizontalSpacing(20)
        self._said.setVerticalSpacing(4)
        self._said.setColumnStretch(1, 1)
        for words in (self.verdict, self.source):
            words.setWordWrap(True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        column = column_in(self, theme.GAP, (theme.MARGIN,) * 4)
        column.addWidget(self.verdict)
        column.addLayout(self._said)
        column.addWidget(self.source)
        column.addWidget(self._scroll, 1)

    def show_audit(self, model: ModelInfo, audit: Audit | None) -> None:
        """Show what was measured of a model; None: nothing was."""
        self.model, self.audit = model, audit
        lines = verdicts(audit) if audit else ()
        self.verdict.setText(_verdict(model, lines))
        self.sentences = _sentences(model, audit)
        self._say()
        measured = tr("Measured on {source}", source=told(audit.source)) if audit else ""
        self.source.setText(measured)
        self._scroll.setWidget(_table(lines))

    def _say(self) -> None:
        while (item := self._said.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.deleteLater()
        for place, (of, words) in enumerate(self.sentences):
            sentence = label(words)
            sentence.setWordWrap(True)
            self._said.addWidget(label(of, "quiet"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._said.addWidget(sentence, place, 1)

    def state(self) -> dict[str, Any]:
        """The numbers on the page."""
        lines = verdicts(self.audit) if self.audit else ()
        groups = [group_of(one) for one in lines]
        return {
            "verdict": self.verdict.text(),
            "sentences": [list(one) for one in self.sentences],
            **{group.code: groups.count(group.code) for group in GROUPS},
            "rules": {
                one.what.code: {"verdict": one.verdict, "value": _value(one)} for one in lines
            },
        }

    def taken(self) -> Taken | None:
        """Every rule with its verdict, and the number where there is one."""
        if self.audit is None or self.model is None:
            return None
        lines = verdicts(self.audit)
        return Taken(
            name="audit",
            words=joined(
                tr(
                    "The audit of {model}, measured on {source}.",
                    model=self.model.name,
                    source=told(self.audit.source),
                ),
                self.verdict.text(),
            ),
            arrays={
                "rule": np.array([one.what.code for one in lines]),
                "verdict": np.array([one.verdict for one in lines]),
                "value": np.array([_value(one) for one in lines], np.float64),
            },
            python=(
                "lines = engine.bundle.verdicts(engine.bundle.read_audit(model.info.path))\n"
                "rule = np.array([one.what.code for one in lines])\n"
                "verdict = np.array([one.verdict for one in lines])\n"
                "value = np.array(\n"
                "    [one.measured.arguments.get('value') for one in lines], np.float64)\n"
            ),
            of_film=False,
        )


def _value(one: Judgement) -> float | None:
    """The number of a rule; None where there is none, or more than one."""
    found = one.measured.arguments.get("value")
    return float(found) if isinstance(found, int | float) else None


def _verdict(model: ModelInfo, lines: Iterable[Judgement]) -> str:
    """What a reader should know if he reads one line only; what speaks against it goes first."""
    groups = [group_of(one) for one in lines]
    uncalibrated = _calibrated(model)[0] == "failed"
    numbers = tr("Its probabilities were not found calibrated.") if uncalibrated else ""
    if not groups:
        nobody = tr("Nobody has tested what the maps and the curve of this model are worth.")
        return joined(nobody, numbers)
    broken, unasked = groups.count("broken"), groups.count("open")
    counted = len(groups) - groups.count("expected") - unasked
    rules = (
        tr("{broken} of {counted} rules for its maps are broken.", broken=broken, counted=counted)
        if broken
        else tr("None of the {counted} rules for its maps is broken.", counted=counted)
    )
    open_words = tr("Not measured: {count}.", count=unasked) if unasked else ""
    return joined(rules, numbers, open_words) if broken else joined(numbers, rules, open_words)


_ORDER: Final = ("failed", "not tested", "passed")


def _sentences(model: ModelInfo, audit: Audit | None) -> list[tuple[str, str]]:
    """What follows from it: of what, and what; what speaks against the model first."""
    tests, (calibrated, words) = map_tests(audit), _calibrated(model)
    found = [
        (tests.state, tr("Influence map"), tr(tests.words)),
        (tests.by_row.state, tr("Answer by row"), tr(tests.by_row.words)),
        (calibrated, tr("Probabilities"), words),
    ]
    ordered = sorted(found, key=lambda one: _ORDER.index(one[0]))
    return [(of, said) for _, of, said in ordered]


def _calibrated(model: ModelInfo) -> tuple[str, str]:
    holds = calibration_holds(model)
    if holds is None:
        return "not tested", tr("Nobody tested whether they are calibrated.")
    if holds:
        return "passed", tr("Found calibrated on its test.")
    return "failed", tr(
        "Not found calibrated on its test: a 0.9 may come true more or less often."
    )


def _table(lines: Iterable[Judgement]) -> QWidget:
    table = panel(QWidget(), "window")
    grid = QGridLayout(table)
    grid.setContentsMargins(0, theme.GAP, theme.GAP, 0)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    place = 0
    kept = tuple(lines)
    for group in GROUPS:
        own = [one for one in kept if group_of(one) == group.code]
        if not own:
            continue
        heading = label(tr("{words} · {count}", words=tr(group.words), count=len(own)), "heading")
        heading.setContentsMargins(0, theme.GAP if place else 0, 0, 0)
        grid.addWidget(heading, place, 0, 1, 4)
        place += 1
        for one in own:
            _add(grid, place, group, one)
            place += 1
    grid.setColumnStretch(3, 1)
    grid.setRowStretch(place, 1)
    return table


def _add(grid: QGridLayout, place: int, group: AuditGroup, one: Judgement) -> None:
    """A rule: its mark, what was measured, what came out, and what it takes."""
    picture = QLabel()
    tint = "WARNING" if group.code == "broken" else "QUIET"
    live(picture, partial(_dress, group.icon, tint))
    picture.setAccessibleName(tr(group.words))
    top = Qt.AlignmentFlag.AlignTop
    rule = label(told(one.rule), "quiet")
    measured = label(told(one.measured) or tr("nobody measured it"), "value")
    for words in (rule, measured):
        words.setWordWrap(True)
    measured.setMinimumWidth(250)
    grid.addWidget(picture, place, 0, top)
    grid.addWidget(label(told(one.what)), place, 1, top)
    grid.addWidget(measured, place, 2, top)
    grid.addWidget(rule, place, 3, top)


def _dress(name: str, tint: str, picture: QLabel) -> None:
    picture.setPixmap(theme.icon(name, getattr(theme, tint), 16).pixmap(16, 16))
