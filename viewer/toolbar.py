"""The two rows above the film: the corner of the menu bar, and the tools that act on the film.

Both only say what the reader asks for and show what they are told; who owns the keys is the
window, this file only names them in the tooltips.
"""

from functools import partial
from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolBar,
    QToolButton,
    QWidget,
)

from viewer.film.tools import TOOLS
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.widgets import label, panel, row_in, said
from viewer.kit.words import ModelEntry

WORDS: Final = {  # what a button does, and the key that does the same
    "open": (marked("Open films"), "Ctrl+O"),
    "studies": (marked("Studies"), "Ctrl+B"),
    **{tool.code: (tool.words, tool.key) for tool in TOOLS},
    "invert": (marked("Invert grey levels"), "N"),
    "fit": (marked("Fit to pane"), "F"),
    "text": (marked("Text on the film"), "Space"),
    "reset": (marked("Reset the view"), "Ctrl+R"),
}
WORKSPACES: Final = (("read", marked("Read")), ("inspect", marked("Inspect")))
HANDS: Final = tuple(tool.code for tool in TOOLS)  # one of them is in the hand
ZOOMS: Final = ((marked("Fit"), None), ("50 %", 0.5), ("100 %", 1.0), ("200 %", 2.0))
FRAME: Final = 42  # what a choice box needs beside its text: margins and arrow
GROUP_GAP: Final = 10  # with the toolbar's own spacing on both sides: 14 between groups


def _tip(*lines: str) -> str:
    """Text for a tooltip, which Qt would otherwise read as HTML when it looks like HTML."""
    text = "<br>".join(escape(line) for line in lines if line)
    return f"<span>{text}</span>" if text else ""


def _dress_action(name: str, action: QAction) -> None:
    icon = theme.icon(name)
    if name == "studies":
        icon = QIcon(icon.pixmap(QSize(20, 20), 2.0))
    words, key = tr(WORDS[name][0]), WORDS[name][1]
    action.setIcon(icon)
    action.setText(words)
    action.setToolTip(f"{words} ({key})")


def _word_zooms(box: "ChoiceBox") -> None:
    box.show_items(tuple((tr(words), scale) for words, scale in ZOOMS), max(box.currentIndex(), 0))


class ChoiceBox(QComboBox):
    """A combo box as wide as its choice; a long one is elided and its tooltip has all of it.

    Neither a click nor the wheel takes the focus or changes the choice by accident.
    """

    def __init__(self, name: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        live(self, lambda box: box.setAccessibleName(tr(name)))
        self.setMaximumWidth(width)
        self.setFixedHeight(24)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.currentIndexChanged.connect(self._on_choice)

    def show_items(self, items: tuple[tuple[str, object], ...], index: int) -> None:
        """Replace the entries (text, value) without asking for anything."""
        with QSignalBlocker(self):
            self.clear()
            for text, value in items:
                self.addItem(text, value)
            self.setCurrentIndex(index if 0 <= index < len(items) else -1)
        widest = max((self.fontMetrics().horizontalAdvance(text) for text, _ in items), default=0)
        self.view().setMinimumWidth(widest + 32)
        self.setEnabled(bool(items))
        self._on_choice()

    def sizeHint(self) -> QSize:
        """Room for the present choice, the arrow and the margins."""
        text = self.currentText() or self.placeholderText()
        return QSize(self.fontMetrics().horizontalAdvance(text) + FRAME + 2, 24)

    def minimumSizeHint(self) -> QSize:
        """A few letters: the text is elided."""
        return QSize(64, 24)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to whatever scrolls."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as usual, with the text elided to its field."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        text = self.currentText() or self.placeholderText()
        elide = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(text, elide, self.width() - FRAME)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _on_choice(self) -> None:
        long = self.sizeHint().width() > self.maximumWidth()
        self.setToolTip(_tip(self.currentText()) if long else "")
        self.updateGeometry()


class MenuCorner(QWidget):
    """Right corner of the menu bar: which model reads, on which device, and the workspace.

    Signals:
        model_requested(object): The folder (Path) of the model that was chosen.
        workspace_requested(str): The name of the workspace that was chosen.
    """

    model_requested = Signal(object)
    workspace_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models = ChoiceBox(marked("Model"), 320)
        live(self._models, lambda box: box.setPlaceholderText(tr("No model")))
        self._models.setEnabled(False)
        self._device = label("", "quiet")
        live(self._device, lambda words: words.setAccessibleName(tr("Device")))
        self._device.hide()
        self.setFixedHeight(theme.MENU)
        self._row = row_in(self, theme.MARGIN, (0, 0, theme.MARGIN, 0))
        self._row.addWidget(self._models)
        self._row.addWidget(self._device)
        self._workspaces = {name: self._segment(name, words) for name, words in WORKSPACES}
        segments = panel(QWidget(), "segments")
        row = row_in(segments, 0)
        for button in self._workspaces.values():
            row.addWidget(button)
        self._row.addWidget(segments)
        self._models.activated.connect(self._choose)

    def show_workspace(self, name: str) -> None:
        """Mark the workspace that is shown."""
        for one, button in self._workspaces.items():
            button.setChecked(one == name)

    def _segment(self, name: str, words: str) -> QToolButton:
        button = live(QToolButton(), lambda button: button.setText(tr(words)))
        live(button, lambda button: button.setToolTip(tr("Read or Inspect (Tab)")))
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setProperty("segment", "true")
        button.setFixedHeight(24)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.workspace_requested.emit(name))
        return button

    def show_models(self, models: list[ModelEntry]) -> None:
        """List the models; the chosen one stays chosen."""
        chosen = self._models.currentData()
        folders = [str(model.path) for model in models]
        items = tuple((model.text, str(model.path)) for model in models)
        self._models.show_items(items, folders.index(chosen) if chosen in folders else -1)
        for index, model in enumerate(models):
            self._models.setItemData(index, _tip(*model.tip), Qt.ItemDataRole.ToolTipRole)
        self._fit()

    def show_model(self, folder: Path | None) -> None:
        """Mark the model that reads now; one that is not in the list shows none."""
        self._models.setCurrentIndex(self._models.findData(str(folder)))
        self._fit()

    def show_device(self, text: str, reason: str) -> None:
        """Name the device ("CPU"), and why it is that one when the mouse rests on it."""
        self._device.setText(text)
        self._device.setToolTip(_tip(reason))
        self._device.setAccessibleDescription(reason)
        self._device.setVisible(bool(text))
        self._fit()

    def _choose(self, index: int) -> None:
        self.model_requested.emit(Path(self._models.itemData(index)))

    def _fit(self) -> None:
        # A menu bar places its corner anew only when the corner is hidden or shown.
        self._row.activate()
        self.adjustSize()
        if self.isVisible():
            self.hide()
            self.show()


class FilmToolBar(QToolBar):
    """What acts on the film.

    Signals:
        open_requested, fit_requested, text_requested, reset_requested: Without arguments.
        studies_toggled(bool), invert_toggled(bool): By hand, or by `toggle()` of the actions.
        tool_requested(str): `Tool.code` of one of the film's tools.
        voi_requested(int): Index in the list given to `show_vois`.
        zoom_requested(object): Screen pixels per stored pixel (float), or None to fit.
    """

    open_requested = Signal()
    studies_toggled = Signal(bool)
    tool_requested = Signal(str)
    invert_toggled = Signal(bool)
    fit_requested = Signal()
    text_requested = Signal()
    reset_requested = Signal()
    voi_requested = Signal(int)
    zoom_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        live(self, lambda bar: bar.setWindowTitle(tr("Film")))
        self.setObjectName("film-toolbar")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(QSize(20, 20))
        self.setFixedHeight(theme.TOOLBAR)
        self.setStyleSheet("QToolBar { padding: 4px 6px; }")  # Qt adds 2: a row of exactly 32
        self._actions = {name: self._action(name) for name in WORDS}
        self._place_buttons()
        self._vois = ChoiceBox(marked("Window"), 220)
        self._vois.setPlaceholderText("–")
        self._vois.setEnabled(False)
        self._zooms = live(ChoiceBox(marked("Zoom"), 96), _word_zooms)
        self._place_choices()
        self._connect()

    @property
    def studies(self) -> QAction:
        """Whether the list of studies is there; toggling it asks for that."""
        return self._actions["studies"]

    @property
    def invert(self) -> QAction:
        """Whether the grey levels are turned round; toggling it asks for that."""
        return self._actions["invert"]

    def show_tool(self, tool: str) -> None:
        """Mark the tool that the mouse holds."""
        self._actions[tool].setChecked(True)

    def show_inverted(self, inverted: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Mark whether black and white are exchanged, without asking for anything."""
        with QSignalBlocker(self):
            self.invert.setChecked(inverted)

    def show_vois(self, choices: tuple[str, ...], index: int) -> None:
        """List the windows and VOI LUTs of the film; index −1 is a window set by hand."""
        self._vois.setPlaceholderText(tr("By hand") if choices else "–")
        self._vois.show_items(tuple((text, None) for text in choices), index)

    def show_zoom(self, scale: float | None) -> None:
        """Show screen pixels per stored pixel, or None for a fitted film."""
        scales = [value for _, value in ZOOMS]
        self._zooms.setPlaceholderText("" if scale is None else f"{scale * 100:.0f} %")
        self._zooms.setCurrentIndex(scales.index(scale) if scale in scales else -1)

    def _action(self, name: str) -> QAction:
        return live(QAction(self), partial(_dress_action, name))

    def _place_buttons(self) -> None:
        groups = ("open", "studies"), HANDS, ("invert", "fit", "text"), ("reset",)
        for index, group in enumerate(groups):
            if index:
                self._gap(GROUP_GAP)
            for name in group:
                self.addAction(self._actions[name])
                button = self.widgetForAction(self._actions[name])
                button.setFixedSize(32, 32)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # The list shows by itself whether it is there: its button needs no second mark.
        calm = "QToolButton:checked:!hover { background: transparent; }"
        self.widgetForAction(self._actions["studies"]).setStyleSheet(calm)
        tools = QActionGroup(self)
        for name in HANDS:
            tools.addAction(self._actions[name])
        for name in ("studies", "invert", *HANDS):
            self._actions[name].setCheckable(True)
        self._actions[HANDS[0]].setChecked(True)
        self._actions["studies"].setChecked(True)

    def _place_choices(self) -> None:
        for word, box in ((marked("Window"), self._vois), (marked("Zoom"), self._zooms)):
            self._gap(GROUP_GAP + 4)
            name = said(word, "quiet")
            name.setBuddy(box)
            self.addWidget(name)
            self._gap(4)
            self.addWidget(box)

    def _gap(self, width: int) -> None:
        space = QWidget(self)
        space.setFixedWidth(width)
        self.addWidget(space)

    def _connect(self) -> None:
        """Join actions and signals."""
        self._actions["open"].triggered.connect(self.open_requested)
        self._actions["fit"].triggered.connect(self.fit_requested)
        self._actions["text"].triggered.connect(self.text_requested)
        self._actions["reset"].triggered.connect(self.reset_requested)
        self._actions["studies"].toggled.connect(self.studies_toggled)
        self._actions["invert"].toggled.connect(self.invert_toggled)
        for tool in HANDS:
            self._actions[tool].triggered.connect(lambda _on, t=tool: self.tool_requested.emit(t))
        self._vois.activated.connect(self.voi_requested)
        self._zooms.activated.connect(lambda i: self.zoom_requested.emit(self._zooms.itemData(i)))
