"""The two rows above the film: the corner of the menu bar, and the tools that act on the film.

Both only say what the reader asks for and show what they are told; words and keys are those of the
window's commands.
"""

from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon, QPaintEvent, QResizeEvent, QWheelEvent
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

from viewer.commanding.menus import Command, native_keys, plain_words
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.widgets import label, panel, row_in, said
from viewer.kit.words import ModelEntry

GROUPS: Final = (  # codes of commands, in groups
    ("open", "studies"),
    ("tool.window", "tool.zoom", "tool.pan", "tool.row"),
    ("rotate.right", "flip.horizontal", "invert", "fit"),
    ("tool.length", "tool.angle", "tool.ellipse", "tool.rectangle", "tool.probe"),
    ("undo",),
)
ASIDE: Final = ("model-view", "text", "compare", "whatif", "export")  # at the right, with words
SWITCHES: Final = frozenset({"studies", "invert", "model-view", "compare", "whatif"})  # on or off
CALM: Final = frozenset({"studies"})  # of these, what is seen to be on
ICONS: Final = {"rotate.right": "rotate", "flip.horizontal": "flip"}  # where it is not the code
LAYOUTS: Final = tuple((rows, columns) for rows in (1, 2, 3) for columns in (1, 2, 3))
WORKSPACES: Final = (("read", marked("Read")), ("inspect", marked("Inspect")))
ZOOMS: Final = ((marked("Fit"), None), ("50 %", 0.5), ("100 %", 1.0), ("200 %", 2.0))
FRAME: Final = 42  # what a choice box needs beside its text: margins and arrow
DOT: Final = " · "  # between the parts of a choice
BAR_PADDING: Final = 8  # of the menu bar, beside its corner
WORDED_FROM: Final = 1240  # from this width the first button aside says what it does
NAMED_FROM: Final = 1400  # from this width the choices have their names before them
EDGE: Final = 2  # with padding, spacing and a button's own: icons stand in the window's margin
GROUP_GAP: Final = 10  # with the toolbar's own spacing on both sides: 14 between groups


def _tip(*lines: str) -> str:
    """Text for a tooltip, which Qt would otherwise read as HTML when it looks like HTML."""
    text = "<br>".join(escape(line) for line in lines if line)
    return f"<span>{text}</span>" if text else ""


def _word_zooms(box: "ChoiceBox") -> None:
    box.show_items(tuple((tr(words), scale) for words, scale in ZOOMS), max(box.currentIndex(), 0))


class ChoiceBox(QComboBox):
    """A combo box as wide as its choice; a long one is elided and its tooltip has all of it.

    Neither a click nor the wheel takes the focus or changes the choice by accident.
    """

    def __init__(self, name: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        live(self, lambda box: box.setAccessibleName(tr(name)))
        self.setMaximumWidth(width)
        self.setFixedHeight(24)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        live(self, ChoiceBox._on_choice)
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

    def _fitting(self, room: int) -> str:
        """The choice, without its last parts where they are too long: they are divided by dots."""
        text = self.currentText() or self.placeholderText()
        while self.fontMetrics().horizontalAdvance(text) > room and DOT in text:
            text = text.rpartition(DOT)[0]
        return text

    def sizeHint(self) -> QSize:
        """Room for the present choice, the arrow and the margins."""
        text = self._fitting(self.maximumWidth() - FRAME)
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
        text = self._fitting(self.width() - FRAME)
        elide = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(text, elide, self.width() - FRAME)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _on_choice(self) -> None:
        text = self.currentText()
        long = self.fontMetrics().horizontalAdvance(text) > self.maximumWidth() - FRAME
        self.setToolTip(_tip(tr(self._name), self.currentText() if long else ""))
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
        self._row = row_in(self, theme.MARGIN, (0, 0, theme.MARGIN - BAR_PADDING, 0))
        self._row.addWidget(self._models)
        self._row.addWidget(self._device)
        self._workspaces = {name: self._segment(name, words) for name, words in WORKSPACES}
        segments = panel(QWidget(), "segments")
        segments.setFixedHeight(24)
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
    """What acts on the film: buttons of commands by their codes, and three choices.

    A command that the window does not have, or not yet, has no button.

    Signals:
        voi_requested(int): Index in the list given to `show_vois`.
        zoom_requested(object): Screen pixels per stored pixel (float), or None to fit.
        layout_requested(int, int): Rows and columns of panes.
    """

    voi_requested = Signal(int)
    zoom_requested = Signal(object)
    layout_requested = Signal(int, int)

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
        self._names: list[QAction] = []  # of the words before the choices
        self._run: dict[str, Callable[[], object]] = {}
        self._actions: dict[str, QAction] = {}
        self._tools = QActionGroup(self)
        self._gap(EDGE)
        for place, group in enumerate(GROUPS):
            if place:
                self._gap(GROUP_GAP)
            for code in group:
                self._place_button(code)
        self._vois = ChoiceBox(marked("Window"), 220)
        self._vois.setPlaceholderText("–")
        self._vois.setEnabled(False)
        self._zooms = live(ChoiceBox(marked("Zoom"), 96), _word_zooms)
        self._layouts = ChoiceBox(marked("Layout"), 96)
        self._layouts.show_items(tuple((f"{r} × {c}", (r, c)) for r, c in LAYOUTS), 0)
        self._place_choices()
        self._stretch()
        for code in ASIDE:
            self._place_button(code)
        self._gap(EDGE)
        self._vois.activated.connect(self.voi_requested)
        self._zooms.activated.connect(lambda i: self.zoom_requested.emit(self._zooms.itemData(i)))
        self._layouts.activated.connect(lambda i: self.layout_requested.emit(*LAYOUTS[i]))

    def show_commands(self, commands: Iterable[Command]) -> None:
        """Give every button the words, keys and deeds of its command."""
        known = {command.code: command for command in commands}
        for code, action in self._actions.items():
            command = known.get(code)
            action.setVisible(command is not None)
            if command is None:
                continue
            self._run[code] = command.run
            words = plain_words(command.text)
            key = native_keys(command.keys[0]) if command.keys else ""
            icon = theme.icon(ICONS.get(code, code.removeprefix("tool.").replace(".", "-")))
            if code in CALM:
                icon = QIcon(icon.pixmap(QSize(20, 20), 2.0))
            action.setIcon(icon)
            action.setText(command.short or words)
            action.setToolTip(f"{words} ({key})" if key else words)

    def check(self, code: str, *, on: bool) -> None:
        """Mark a button as on or off; those of tools let each other go."""
        if code in self._actions:
            self._actions[code].setChecked(on)

    def show_vois(self, choices: tuple[str, ...], index: int) -> None:
        """List the windows and VOI LUTs of the film; index −1 is a window set by hand."""
        self._vois.setPlaceholderText(tr("By hand") if choices else "–")
        self._vois.show_items(tuple((text, None) for text in choices), index)

    def show_zoom(self, scale: float | None) -> None:
        """Show screen pixels per stored pixel, or None for a fitted film."""
        scales = [value for _, value in ZOOMS]
        self._zooms.setPlaceholderText("" if scale is None else f"{scale * 100:.0f} %")
        self._zooms.setCurrentIndex(scales.index(scale) if scale in scales else -1)

    def show_layout(self, rows: int, columns: int) -> None:
        """Show how many panes there are."""
        shape = (rows, columns)
        self._layouts.setPlaceholderText(f"{rows} × {columns}")
        self._layouts.setCurrentIndex(LAYOUTS.index(shape) if shape in LAYOUTS else -1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what the buttons at the right do where there is room for words."""
        super().resizeEvent(event)
        for name in self._names:  # words go before values
            name.setVisible(self.width() >= NAMED_FROM)
        beside, alone = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
            Qt.ToolButtonStyle.ToolButtonIconOnly,
        )
        for place, code in enumerate(ASIDE):
            worded = self.width() >= (theme.WIDE if place else WORDED_FROM)
            button = self.widgetForAction(self._actions[code])
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(beside if worded else alone)
                button.setMaximumWidth(button.sizeHint().width() if worded else 32)
                button.setMinimumWidth(button.maximumWidth())

    def _place_button(self, code: str) -> None:
        action = QAction(self)
        action.setVisible(False)
        action.triggered.connect(lambda on, code=code: self._on_triggered(code, on))
        self._actions[code] = action
        self.addAction(action)
        button = self.widgetForAction(action)
        button.setFixedSize(32, 32)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if code.startswith("tool."):
            self._tools.addAction(action)
        action.setCheckable(code.startswith("tool.") or code in SWITCHES)
        if code in CALM:  # it shows by itself whether it is on: no second mark
            button.setStyleSheet("QToolButton:checked:!hover { background: transparent; }")

    def _on_triggered(self, code: str, on: bool) -> None:  # noqa: FBT001 - as Qt says it
        if code in SWITCHES:
            self._actions[code].setChecked(not on)  # whoever does it says whether it is on
        if code in self._run:
            self._run[code]()

    def _place_choices(self) -> None:
        for word, box in (
            (marked("Window"), self._vois),
            (marked("Zoom"), self._zooms),
            (marked("Layout"), self._layouts),
        ):
            self._gap(GROUP_GAP + 4)
            name = said(word, "quiet")
            name.setBuddy(box)
            self._names.append(self.addWidget(name))
            self._gap(4)
            self.addWidget(box)

    def _gap(self, width: int) -> None:
        space = QWidget(self)
        space.setFixedWidth(width)
        self.addWidget(space)

    def _stretch(self) -> None:
        space = QWidget(self)
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
