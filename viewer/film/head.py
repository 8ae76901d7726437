"""The map controls over the film: which map, of what, which layer and units, how strong."""

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any, Literal, get_args

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QListView,
    QSlider,
    QToolButton,
    QToolTip,
    QWidget,
)

from engine.maps import quantity_name
from engine.types import BaselineKind, ModelInfo, Quantity
from viewer.film.switches import RegionSwitches
from viewer.kit import theme
from viewer.kit.language import marked, told, tr
from viewer.kit.live import live
from viewer.kit.widgets import panel, row_in, said
from viewer.session.choices import MapChoice, Question, laid
from viewer.session.located import FoundLook, FoundRegion

Segment = Literal["none", "state", "influence", "memory"]

_SEGMENTS: tuple[tuple[Segment, str, str], ...] = (
    ("none", marked("Film"), marked("The bare film")),
    ("state", marked("State"), marked("What the network's cells hold after each row (S)")),
    ("influence", marked("Influence"), marked("What moved the answer, step by step (I)")),
    ("memory", marked("Memory"), marked("What is left of each row in the last state")),
)

_BASELINES: dict[BaselineKind, str] = {
    "mean": marked("From the mean film"),
    "midway": marked("From midway"),
    "blank": marked("From a blank film"),
    "blurred": marked("From it blurred"),
}
_GRID: dict[bool, str] = {False: marked("Rows"), True: marked("Rows × columns")}
_QUANTITIES: dict[Quantity, str] = {"deviation": marked("Deviation"), "raw": marked("Raw")}
_DEVIATION = marked("Deviation from the training mean, or the raw state (D)")
_RAW_ALONE = marked(
    "Shown as it is: training means are stored of the hidden state alone, and there is no"
    " deviation of anything else"
)
_LAYER = marked("Layer and direction (L)")
_LAST_ALONE = marked("Memory is known of the last layer alone: its state ends in the answer")
_SHOWN = marked("What of the network is shown")
_NO_UNITS = marked("Surprise is of model rows, not of units")
CHEVRON = 44  # pixels of a box that are not its words
TIGHT_CHEVRON = 32
_TIGHT = 480  # pixels of the head beneath which controls are as narrow as their words allow
_TIGHTENED = "QToolButton { padding: 4px 6px; } QComboBox { padding: 0 0 0 6px; }"
_ROOMY = 760  # pixels of the head from which quantities have their whole names


class FilmHead(QWidget):
    """Shows a MapChoice and asks for others."""

    map_requested = Signal(object)  # MapChoice

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = MapChoice()
        self._questions: tuple[Question, ...] = get_args(Question)
        self._model: ModelInfo | None = None
        self._film = False
        row = row_in(self, theme.GAP, (0, 8, 0, 8))
        self._segments = self._build_segments()
        row.addWidget(self._segments)
        self._offers: tuple[str, ...] = ("h",)
        self.layer = _combo(_LAYER)
        self.shown = _combo(_SHOWN)
        self.quantity = _combo(_DEVIATION, _QUANTITIES)
        self.units = live(QLineEdit(), _word_units)
        self.units.setFixedSize(88, 24)
        self.baseline = _combo(marked("The film that Influence starts from (Shift+I)"), _BASELINES)
        self.grid = _combo(marked("Influence by row, or by row and column (Ctrl+Shift+I)"), _GRID)
        self.found = RegionSwitches()
        self.word = said(marked("Strength"), "quiet")
        self.strength = live(QSlider(Qt.Orientation.Horizontal), _word_strength)
        self.strength.setRange(10, 100)
        self.strength.setFixedWidth(72)
        for widget in (self.layer, self.shown, self.quantity, self.units, self.baseline):
            row.addWidget(widget)
        row.addWidget(self.grid)
        row.addWidget(self.found)
        row.addStretch(1)
        row.addWidget(self.word)
        row.addWidget(self.strength)
        self.layer.activated.connect(self._on_layer)
        self.shown.activated.connect(self._on_shown)
        self.quantity.activated.connect(self._on_quantity)
        self.baseline.activated.connect(self._on_baseline)
        self.grid.activated.connect(
            lambda place: self._ask(replace(self.choice, grid=self.grid.itemData(place)))
        )
        self.units.editingFinished.connect(self._on_units)
        self.strength.valueChanged.connect(self._on_strength)
        self._enable()
        live(self, FilmHead._show_again)

    def show_choice(self, choice: MapChoice) -> None:
        """Show what is chosen, without asking for it again."""
        self.choice = choice
        here: Segment = "memory" if choice.memory else choice.question
        for segment, _, _ in _SEGMENTS:
            asked: Question = "state" if segment == "memory" else segment
            self._buttons[segment].setChecked(segment == here)
            self._buttons[segment].setVisible(segment == here or asked in self._questions)
        self.quantity.setCurrentIndex(
            self.quantity.findData(choice.quantity if choice.shown == "h" else "raw")
        )
        self.baseline.setCurrentIndex(self.baseline.findData(choice.baseline))
        self.grid.setCurrentIndex(self.grid.findData(choice.grid))
        self.strength.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.strength.setValue(round(choice.strength * 100))
        self.strength.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.units.setText(", ".join(str(unit) for unit in choice.units))
        if self._model is not None:
            place = (choice.layer_shown % self._model.layers) * self._model.directions
            self.layer.setCurrentIndex(place + choice.direction)
        self._explain()
        self._arrange()

    def show_regions(self, regions: tuple[FoundRegion, ...], look: FoundLook) -> None:
        """Offer to show and hide what the model has found on the film."""
        if self.found.show_regions(regions, look):
            self._arrange()

    def show_offers(self, offers: tuple[str, ...]) -> None:
        """Offer these quantities of the network; see `engine.maps.quantities`."""
        self._offers = offers
        self._fill_shown()
        self.show_choice(self.choice)

    def show_questions(self, questions: tuple[Question, ...]) -> None:
        """Offer these maps; one that is shown is offered, too."""
        self._questions = questions
        self.show_choice(self.choice)

    def show_model(self, model: ModelInfo | None) -> None:
        """Offer the layers and directions of a model."""
        self._model = model
        self.layer.clear()
        if model is not None:
            for layer in range(model.layers):
                for direction in range(model.directions):
                    self.layer.addItem("", (layer, direction))
            self._word_layers()
        if isinstance(offered := self.baseline.view(), QListView):
            place = self.baseline.findData("midway")
            offered.setRowHidden(place, model is None or not model.midway)
        self._enable()
        self.show_choice(self.choice)

    def _word_layers(self) -> None:
        """Layers with an arrow in their direction; in a narrow head without their word."""
        for place in range(self.layer.count()):
            layer, direction = self.layer.itemData(place)
            arrow = "↑" if direction else "↓"
            words = tr("Layer {number} {arrow}", number=layer + 1, arrow=arrow)
            brief = tr("L{number} {arrow}", number=layer + 1, arrow=arrow)
            self.layer.setItemText(place, brief if self.tight else words)

    @property
    def tight(self) -> bool:
        """Whether there is so little room that every pixel beside words goes before a control."""
        return self.width() < _TIGHT

    def _tighten(self) -> None:
        """Give controls less or more room beside their words."""
        boxes = (self.layer, self.shown, self.quantity, self.baseline, self.grid)
        for widget in (self._segments, *boxes):
            widget.setStyleSheet(_TIGHTENED if self.tight else "")
        self._word_layers()

    def _show_again(self) -> None:
        self._fill_shown()
        self.show_model(self._model)

    def show_film(self, *, shown: bool) -> None:
        """Without a film there is nothing to lay a map over."""
        self._film = shown
        self._enable()

    def minimumSizeHint(self) -> QSize:
        """The segments; everything else gives way."""
        return QSize(self._segments.sizeHint().width(), theme.HEAD)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop words before values where there is little room."""
        super().resizeEvent(event)
        before = event.oldSize().width()
        if (event.size().width() >= _ROOMY) != (before >= _ROOMY):
            self._fill_shown()
        if self.tight != (before < _TIGHT):
            self._tighten()
        self._arrange()

    def _build_segments(self) -> QWidget:
        holder = panel(QWidget(), "segments")
        row = row_in(holder, 0)
        group = QButtonGroup(self)
        self._buttons: dict[Segment, QToolButton] = {}
        for question, text, tip in _SEGMENTS:
            button = live(QToolButton(), partial(_word_segment, text, tip))
            button.setCheckable(True)
            button.setProperty("segment", "true")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked, which=question: self._on_question(which))
            group.addButton(button)
            row.addWidget(button)
            self._buttons[question] = button
        return holder

    def _fill_shown(self) -> None:
        """The quantities by their names, in a narrow head by their letters."""
        shown = self.choice.shown
        self.shown.clear()
        for code in dict.fromkeys((*self._offers, shown)):
            if code == "memory":
                continue  # it has a segment of its own
            name = told(quantity_name(code))
            brief = code if len(code) == 1 else name
            self.shown.addItem(name if self.width() >= _ROOMY else brief, code)
            self.shown.setItemData(self.shown.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
        self.shown.setCurrentIndex(self.shown.findData(shown))

    def _explain(self) -> None:
        """What cannot be chosen says why in its tip; it does not look as if it could be."""
        choice = self.choice
        raw = choice.shown != "h"
        self.quantity.setEnabled(not raw)
        self.quantity.setToolTip(tr(_RAW_ALONE if raw else _DEVIATION))
        self.layer.setToolTip(tr(_LAST_ALONE if choice.shown == "memory" else _LAYER))
        model = self.layer.model()
        if self._model is not None and isinstance(model, QStandardItemModel):
            last = (self._model.layers - 1) * self._model.directions
            for place in range(self.layer.count()):
                model.item(place).setEnabled(choice.shown != "memory" or place >= last)
        self.units.setEnabled(choice.shown != "surprise")
        _word_units(self.units)
        if choice.shown == "surprise":
            self.units.setToolTip(tr(_NO_UNITS))

    def _enable(self) -> None:
        self.setEnabled(self._film and self._model is not None)

    def _arrange(self) -> None:
        """Show what there is room for, in order of need; hidden controls keep their keys."""
        if self.shown.findData(self.choice.shown) != self.shown.currentIndex():
            self._fill_shown()
        state, shown = self.choice.question == "state", self.choice.question != "none"
        units = state and self.choice.shown != "surprise"
        memory = self.choice.memory
        for combo in (self.layer, self.shown, self.quantity, self.baseline, self.grid):
            _fit(combo, TIGHT_CHEVRON if self.tight else CHEVRON)
        room = self.width() - self._segments.sizeHint().width()
        for widget, wanted in (
            (self.found, self.found.wanted),
            (self.grid, self.choice.question == "influence"),
            (self.layer, units),
            (self.shown, state and not memory),
            (self.quantity, state and not memory),
            (self.units, units),
            (self.baseline, self.choice.question == "influence"),
            (self.strength, shown),
            (self.word, shown),
        ):
            need = min(widget.sizeHint().width(), widget.maximumWidth()) + theme.GAP
            fits = wanted and need <= room
            widget.setVisible(fits)
            if wanted:
                room = room - need if fits else 0

    def _on_question(self, segment: Segment) -> None:
        question: Question = "state" if segment == "memory" else segment
        self._ask(laid(self.choice, question, memory=segment == "memory"))

    def _on_layer(self, _index: int) -> None:
        layer, direction = self.layer.currentData()
        self._ask(replace(self.choice, layer=layer, direction=direction))

    def _on_shown(self, _index: int) -> None:
        self._ask(replace(self.choice, shown=self.shown.currentData()))

    def _on_quantity(self, _index: int) -> None:
        self._ask(replace(self.choice, quantity=self.quantity.currentData()))

    def _on_baseline(self, _index: int) -> None:
        self._ask(replace(self.choice, baseline=self.baseline.currentData()))

    def _on_units(self) -> None:
        most = self._model.hidden_size if self._model else 0
        units = parse_units(self.units.text(), most)
        if units is None:
            below = self.units.mapToGlobal(QPoint(0, self.units.height()))
            words = tr("Units are numbers from 0 to {last}", last=most - 1)
            QToolTip.showText(below, words, self.units)
            self.show_choice(self.choice)
        elif units != self.choice.units:
            self._ask(replace(self.choice, units=units))
        self.units.clearFocus()

    def _on_strength(self, value: int) -> None:
        self._ask(replace(self.choice, strength=value / 100))

    def _ask(self, choice: MapChoice) -> None:
        self.map_requested.emit(choice)


def parse_units(text: str, hidden_size: int) -> tuple[int, ...] | None:
    """Unit numbers from "17, 41 98", each once, in order; None if one of them does not exist."""
    words = text.replace(",", " ").split()
    if not all(word.isdecimal() and len(word) < 10 and int(word) < hidden_size for word in words):
        return None
    return tuple(dict.fromkeys(int(word) for word in words))


def _word_segment(text: str, tip: str, button: QToolButton) -> None:
    button.setText(tr(text))
    button.setToolTip(tr(tip))


def _word_units(field: QLineEdit) -> None:
    field.setPlaceholderText(tr("All units"))
    field.setToolTip(tr("Hidden units, as 17, 41, 98; empty is all of them (U)"))
    field.setAccessibleName(tr("Hidden units"))


def _word_strength(slider: QSlider) -> None:
    slider.setToolTip(tr("Strength of the map over the film"))
    slider.setAccessibleName(tr("Strength of the map"))


def _word_combo(tip: str, items: Mapping[Any, str], combo: QComboBox) -> None:
    combo.setToolTip(tr(tip))
    for place, text in enumerate(items.values()):
        combo.setItemText(place, tr(text))


def _fit(combo: QComboBox, chevron: int) -> None:
    """As wide as what is chosen, and not as the longest that could be."""
    width = QFontMetricsF(theme.font()).horizontalAdvance(combo.currentText())
    combo.setFixedWidth(math.ceil(width) + chevron)


def _combo(tip: str, items: Mapping[Any, str] = MappingProxyType({})) -> QComboBox:
    """A box of words by the values that they stand for."""
    combo = QComboBox()
    for value, text in items.items():
        combo.addItem(text, value)
    live(combo, partial(_word_combo, tip, items))
    combo.setFixedHeight(24)
    combo.view().setMinimumWidth(128)  # what is not chosen may be longer
    return combo
