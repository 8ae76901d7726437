"""Check boxes over the film for what the model has found: boxes, outlines, how they are filled."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSlider, QWidget

from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.widgets import row_in
from viewer.session.located import FoundLook, FoundRegion

_BOXES: Final = (marked("Boxes"), marked("Boxes that the model draws (Shift+O: all regions)"))
_OUTLINES: Final = (
    marked("Outline"),
    marked("Outlines that the model draws (Shift+O: all regions)"),
)
MOST_FILL: Final = 60  # per cent: beneath a fill the film can still be read


class RegionSwitches(QWidget):
    """Says what of the regions is drawn, and asks for other things; hidden while there are none.

    Signals:
        look_requested(FoundLook): What the reader wants to be drawn.
    """

    look_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = FoundLook()
        self.boxes, self.outlines = _switch(*_BOXES), _switch(*_OUTLINES)
        self.fill = live(QSlider(Qt.Orientation.Horizontal), _word_fill)
        self.fill.setRange(0, MOST_FILL)
        self.fill.setFixedWidth(48)
        self.fill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.wanted = False  # whether there is anything to switch
        row = row_in(self, theme.GAP + 4, (4, 0, 0, 0))
        for widget in (self.boxes, self.outlines, self.fill):
            row.addWidget(widget)
        self.boxes.toggled.connect(lambda on: self._ask(replace(self._look, boxes=on)))
        self.outlines.toggled.connect(lambda on: self._ask(replace(self._look, outlines=on)))
        self.fill.valueChanged.connect(lambda per: self._ask(replace(self._look, fill=per / 100)))

    def show_regions(self, regions: tuple[FoundRegion, ...], look: FoundLook) -> bool:
        """Show what is drawn of these; says whether the head has to be laid out anew."""
        self._look = look
        outlined = any(one.outlined for one in regions)
        boxed = any(not one.outlined for one in regions)
        shown = [
            (self.boxes, boxed, look.boxes),
            (self.outlines, outlined, look.outlines),
        ]
        before = (self.wanted, *(not one.isHidden() for one, _, _ in shown))
        for box, there, on in shown:
            with QSignalBlocker(box):
                box.setChecked(on)
            box.setVisible(there)
        with QSignalBlocker(self.fill):
            self.fill.setValue(round(100 * look.fill))
        self.fill.setVisible(outlined)
        self.fill.setEnabled(look.outlines)
        self.wanted = outlined or boxed
        return before != (self.wanted, boxed, outlined)

    def _ask(self, look: FoundLook) -> None:
        self.look_requested.emit(look)


def _switch(words: str, tip: str) -> QCheckBox:
    def word(box: QCheckBox) -> None:
        box.setText(tr(words))
        box.setToolTip(tr(tip))

    box = live(QCheckBox(), word)
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the film
    return box


def _word_fill(slider: QSlider) -> None:
    slider.setToolTip(tr("How strongly outlines are filled"))
    slider.setAccessibleName(tr("Fill of outlines"))
