"""The settings of the program in one dialog; whatever is changed holds at once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QVBoxLayout, QWidget

from viewer.commanding.dialogs import ROW, dialog_of, scrolled, shown
from viewer.kit import language, theme
from viewer.kit.language import marked, tr
from viewer.kit.live import changes, live
from viewer.kit.widgets import row_in, said
from viewer.session.settings import MEMORY, SCALES, Settings

if TYPE_CHECKING:
    from viewer.window import MainWindow

WIDTH: Final = 520  # pixels of a row
_IN_MENUS: Final = frozenset({"recent", "keep_recent"})  # what menus list
_LANGUAGES: Final = {"en": "English", "zh": "简体中文"}  # each in its own words


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting.

    Attributes:
        name: Of the setting.
        words: What it is, marked.
        tip: What follows from it, marked; empty for nothing.
        values: What may be chosen, with the words of each; empty where it is on or off.
    """

    name: str
    words: str
    tip: str = ""
    values: tuple[tuple[Any, str], ...] = ()


_SECTIONS: Final = (
    (
        marked("Films"),
        (
            SettingRow(
                "wheel",
                marked("The wheel over a series"),
                values=(("scroll", marked("scrolls")), ("zoom", marked("zooms"))),
            ),
            SettingRow("smooth", marked("Smooth enlarged pixels")),
            SettingRow("hangs", marked("Lay films out by the hanging rules")),
            SettingRow(
                "memory",
                marked("Decoded pixels kept in memory"),
                values=tuple((size, f"{size:,} MB") for size in MEMORY),
            ),
            SettingRow(
                "keep_recent",
                marked("List what was opened last"),
                marked("Names of files are then kept on this computer."),
            ),
        ),
    ),
    (
        marked("Reading"),
        (
            SettingRow(
                "call_first",
                marked("Own call first"),
                marked("Every result stays hidden until you have recorded your call."),
            ),
        ),
    ),
    (
        marked("Appearance"),
        (
            SettingRow(
                "theme",
                marked("Colours"),
                values=(("dark", marked("dark")), ("light", marked("light"))),
            ),
            SettingRow("language", marked("Language")),
            SettingRow(
                "scale",
                marked("Size of everything"),
                marked("From the next start."),
                values=tuple(
                    (size, f"{size} %" if size else marked("as the system")) for size in SCALES
                ),
            ),
        ),
    ),
)


def show_settings(window: "MainWindow") -> QDialog:
    """Everything that may be set, in three sections."""
    dialog = dialog_of(window, "")
    live(dialog, lambda one: one.setWindowTitle(tr("Settings")))
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for at, (heading, rows) in enumerate(_SECTIONS):
        column.addSpacing(theme.MARGIN if at else 0)
        column.addWidget(said(heading, "heading"))
        column.addSpacing(4)
        for row in rows:
            column.addWidget(_line(window, row))
    column.addStretch(1)
    return shown(dialog, scrolled(column))


def _line(window: "MainWindow", row: SettingRow) -> QWidget:
    line = QWidget()
    line.setMinimumSize(WIDTH, ROW)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addStretch(1)
    words.addWidget(said(row.words))
    if row.tip:
        words.addWidget(said(row.tip, "quiet"))
    words.addStretch(1)
    across = row_in(line, theme.MARGIN)
    across.addLayout(words, 1)
    across.addWidget(_control(window, row), 0, Qt.AlignmentFlag.AlignVCenter)
    return line


def _control(window: "MainWindow", row: SettingRow) -> QWidget:
    if row.name == "language":
        return _languages(window)
    change = partial(change_setting, window, row.name)
    if row.values:
        return _several(window.settings, row, change)
    box = QCheckBox()
    box.setChecked(getattr(window.settings, row.name))
    box.toggled.connect(change)
    live(box, lambda one: one.setAccessibleName(tr(row.words)))
    return box


def _several(settings: Settings, row: SettingRow, change: Callable[[Any], None]) -> QComboBox:
    box = QComboBox()
    box.setMinimumWidth(140)
    box.addItems([words for _, words in row.values])
    values = [value for value, _ in row.values]
    box.setCurrentIndex(values.index(getattr(settings, row.name)))
    box.activated.connect(lambda place: change(values[place]))

    def dress(one: QComboBox) -> None:
        one.setAccessibleName(tr(row.words))
        for place, (_value, words) in enumerate(row.values):
            one.setItemText(place, tr(words))

    return live(box, dress)


def _languages(window: "MainWindow") -> QComboBox:
    box = QComboBox()
    box.setMinimumWidth(140)
    codes = language.languages()
    for code in codes:
        box.addItem(_LANGUAGES.get(code, code))
    current = language.current()
    box.setCurrentIndex(codes.index(current) if current in codes else -1)
    box.activated.connect(lambda place: speak(window, codes[place]))
    live(box, lambda one: one.setAccessibleName(tr("Language")))
    return box


def change_setting(window: "MainWindow", name: str, value: Any) -> None:  # noqa: ANN401
    """Set something, now and for the next start."""
    if name == "theme":
        window.wear(value)
    else:
        setattr(window.settings, name, value)


def speak(window: "MainWindow", code: str) -> None:
    """Show every word in another language, now and at the next start."""
    window.settings.language = code
    language.speak(code)


def apply_setting(window: "MainWindow", name: str) -> None:
    """Let a setting hold in a window; those that are not named here are asked for when needed."""
    settings, session = window.settings, window.session
    if name == "smooth":
        session.panes.smoothen(smooth=settings.smooth)
    elif name == "memory":
        session.leafing.fetching.set_limit(settings.memory << 20)
    elif name == "wheel":
        window.panes.set_wheel(zooms=settings.wheel == "zoom")
    elif name == "hangs":
        window.board.hangs = settings.hangs
    elif name == "call_first" and session.analyses.calls.first != settings.call_first:
        window.desk.call_first(on=settings.call_first)


def keep_settings(window: "MainWindow") -> None:
    """Let the settings hold from the start, and whenever they change."""
    for name in ("smooth", "memory", "wheel"):
        apply_setting(window, name)
    menus = QTimer(window, singleShot=True, interval=0)  # once for many paths
    menus.timeout.connect(changes.words.emit)
    window.settings.changed.connect(partial(apply_setting, window))
    window.settings.changed.connect(lambda name: menus.start() if name in _IN_MENUS else None)
