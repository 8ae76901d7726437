"""Colours, type and sizes: the only file with a colour in it (two themes, contrasts measured)."""

from dataclasses import asdict, dataclass
from functools import lru_cache
from string import Template
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from engine.resources import resource_path
from viewer.kit.live import changes


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a moment, as six hexadecimal figures; a film keeps those of `ON_FILM`."""

    name: str
    pane: str
    window: str
    panel: str
    field: str
    raised: str
    raised_2: str
    line: str
    text: str
    quiet: str
    disabled: str
    accent: str
    on_accent: str
    warning: str
    influence_positive: str
    influence_negative: str
    state_positive: str
    state_negative: str
    map_zero: str
    casing: str  # beneath a thin line in the accent
    handle: str  # of a scroll bar


DARK: Final = Theme(
    name="dark",
    pane="#0B0B0C",
    window="#151617",
    panel="#1C1D1F",
    field="#242628",
    raised="#2B2D30",
    raised_2="#3B3E42",
    line="#3A3D41",
    text="#DCDEE1",
    quiet="#A4A8AE",
    disabled="#6B6F75",
    accent="#4FDCC4",
    on_accent="#06201B",
    warning="#E8C35A",
    influence_positive="#EE8A34",
    influence_negative="#4C94F0",
    state_positive="#C6B83C",
    state_negative="#A78BFA",
    map_zero="#17181A",
    casing="#0B0B0C",
    handle="#3B3E42",
)
LIGHT: Final = Theme(
    name="light",
    pane="#0B0B0C",
    window="#EAECEF",
    panel="#F6F7F8",
    field="#E3E6E9",
    raised="#D8DCE0",
    raised_2="#FCFDFD",
    line="#C2C7CD",
    text="#1A1C1F",
    quiet="#50555C",
    disabled="#8A9097",
    accent="#006B60",
    on_accent="#F7FFFD",
    warning="#775200",
    influence_positive="#9A4608",
    influence_negative="#1B5BB8",
    state_positive="#675D00",
    state_negative="#6443C4",
    map_zero="#17181A",
    casing="#EAECEF",
    handle="#C2C7CD",
)
THEMES: Final = {theme.name: theme for theme in (DARK, LIGHT)}
ON_FILM: Final = DARK  # pane, plates, letters, marks and maps look the same in every theme
VEIL_ALPHA: Final = 128  # of the pane over a film that is not the chosen one: it can still be seen
PLATE_ALPHA: Final = 168  # 66 % of the pane under text on a film

# The colours of the theme of this moment: whoever draws asks for them then, and keeps none.
# Classes after the first two have `QUIET`; no class is red or green, none has a map's colour.
PANE: str
WINDOW: str
PANEL: str
FIELD: str
RAISED: str
LINE: str
TEXT: str
QUIET: str
ACCENT: str
ON_ACCENT: str
WARNING: str
INFLUENCE_POSITIVE: str
INFLUENCE_NEGATIVE: str
STATE_POSITIVE: str
STATE_NEGATIVE: str
MAP_ZERO: str

if not TYPE_CHECKING:

    def __getattr__(name: str) -> str:
        """`theme.TEXT` is the text colour of the current theme (PEP 562)."""
        if name.isupper() and (found := getattr(_dress.theme, name.lower(), None)) is not None:
            return found
        raise AttributeError(name)


# Inter has no Chinese: then the system's sans, which is not shipped (it is large).
FAMILIES: Final = ("Inter", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC")
SMALL, LARGE, RESULT = 12, 15, 22  # the three type sizes, in pixels
HEAD, FOOT = 40, 48  # pane head, and the axis band beneath a pane
SIDE = 120  # left of a strip that lies beneath a film on its side: its name and scale
AXIS = 24  # over the first of these strips: the numbers of the steps
MENU, TOOLBAR, STATUS = 32, 44, 28
MARGIN, GAP = 16, 8
WIDE = 1600  # from this window width the panels take their full size
STUDIES_WIDTH = {"wide": 152, "narrow": 136}
READING_WIDTH = {"wide": 264, "narrow": 232}


def load_fonts() -> None:
    """Register the bundled typeface (Inter, OFL) with Qt."""
    for path in sorted(resource_path("fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))
    font.cache_clear()  # what was asked for before has another typeface


@lru_cache(maxsize=32)  # asked for a hundred times for each picture
def font(size: int = SMALL, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The interface's typeface in one of the three sizes; figures have one width. To be read."""
    result = QFont()
    result.setFamilies(FAMILIES)
    result.setPixelSize(size)
    result.setWeight(weight)
    result.setFeature(QFont.Tag("tnum"), 1)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result


def colour(name: str, alpha: int = 255) -> QColor:
    """A QColor of a palette entry with an alpha of 0…255."""
    result = QColor(name)
    result.setAlpha(alpha)
    return result


def icon(name: str, tint: str = "", size: int = 20) -> QIcon:
    """An icon from resources/icons, its `currentColor` set; the checked state takes the accent."""
    result, now = QIcon(), current()
    states = (
        (QIcon.Mode.Normal, QIcon.State.Off, tint or now.quiet),
        (QIcon.Mode.Active, QIcon.State.Off, now.text),
        (QIcon.Mode.Normal, QIcon.State.On, now.accent),
        (QIcon.Mode.Active, QIcon.State.On, now.accent),
        (QIcon.Mode.Disabled, QIcon.State.Off, now.disabled),
        (QIcon.Mode.Disabled, QIcon.State.On, now.disabled),
    )
    source = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    drawn = {
        shade: _drawn(source.replace("currentColor", shade), size)
        for shade in dict.fromkeys(shade for _, _, shade in states)
    }
    for mode, state, shade in states:
        result.addPixmap(drawn[shade], mode, state)
    return result


def _drawn(svg: str, size: int) -> QPixmap:
    """A picture, drawn once for all buttons and windows that show it."""
    pixmap, key = QPixmap(), f"{size} {svg}"
    if QPixmapCache.find(key, pixmap):
        return pixmap
    pixmap = QPixmap(QSize(size, size) * 2)
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap


def palette() -> QPalette:
    """The tokens in Qt's roles."""
    roles, now = QPalette.ColorRole, current()
    table = {
        roles.Window: now.panel,
        roles.Base: now.window,
        roles.AlternateBase: now.panel,
        roles.Button: now.field,
        roles.WindowText: now.text,
        roles.Text: now.text,
        roles.ButtonText: now.text,
        roles.BrightText: now.text,
        roles.PlaceholderText: now.quiet,
        roles.Link: now.accent,
        roles.LinkVisited: now.accent,
        roles.Highlight: now.accent,
        roles.HighlightedText: now.on_accent,
        roles.ToolTipBase: now.raised,
        roles.ToolTipText: now.text,
        roles.Link: now.accent,
    }
    result = QPalette()
    for role, name in table.items():
        result.setColor(role, QColor(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(now.disabled))
    return result


class _Dress:
    """The theme that is worn now."""

    theme = DARK


_dress = _Dress()


def current() -> Theme:
    """The theme of this moment."""
    return _dress.theme


def next_name() -> str:
    """The name of the theme after this one."""
    names = list(THEMES)
    return names[(names.index(current().name) + 1) % len(names)]


def apply(application: QApplication, theme: Theme = DARK) -> None:
    """Dress the whole application, at the start."""
    load_fonts()
    application.setStyle("Fusion")
    application.setFont(font())
    wear(application, theme)


def wear(application: QApplication, theme: Theme) -> None:
    """Dress it in another theme while it runs."""
    _dress.theme = theme
    application.setPalette(palette())
    application.setStyleSheet(style_sheet())
    changes.colours.emit()


def style_sheet() -> str:
    """The style of all widgets in the colours of the current theme."""
    return _STYLE.substitute(
        asdict(current()),
        large=LARGE,
        result=RESULT,
        status=STATUS,
        chevron=resource_path("icons", _CHEVRONS[current().name]).as_posix(),
        tick=resource_path("icons", _TICKS[current().name]).as_posix(),
    )


_CHEVRONS: Final = {"dark": "chevron-down.svg", "light": "chevron-down-light.svg"}
_TICKS: Final = {"dark": "tick.svg", "light": "tick-light.svg"}  # on the accent
_STYLE: Final = Template("""
QMainWindow, QWidget#central { background: ${window}; }
QWidget[surface="panel"] { background: ${panel}; }
QWidget[surface="window"] { background: ${window}; }
QWidget[surface="field"] { background: ${field}; }
QWidget[surface="plate"] { background: ${raised}; border-radius: 5px; }
QLabel { background: transparent; }
QLabel[rank="quiet"] { color: ${quiet}; }
QLabel[rank="value"] { font-weight: 500; }
QLabel[rank="heading"] { font-weight: 600; }
QLabel[rank="row"] { font-size: ${large}px; font-weight: 600; }
QLabel[rank="result"] { font-size: ${result}px; font-weight: 600; }
QLabel[rank="accent"] { color: ${accent}; font-weight: 500; }
QLabel[rank="warning"] { color: ${warning}; font-weight: 500; }
QMenuBar { background: ${panel}; min-height: 20px; padding: 0 8px 0 4px; spacing: 4px; }
QMenuBar::item { background: transparent; color: ${quiet}; padding: 6px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: ${raised}; color: ${text}; }
QMenu { background: ${raised}; border: 1px solid ${line}; border-radius: 5px; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 3px; }
QMenu::item:selected { background: ${raised_2}; }
QMenu::item:disabled { color: ${disabled}; }
QMenu::separator { height: 1px; background: ${line}; margin: 4px 8px; }
QMenu::indicator { width: 14px; height: 14px; padding-left: 6px; }
QToolBar { background: ${panel}; border: none; spacing: 2px; padding: 6px 8px; }
QToolButton { background: transparent; border: none; border-radius: 4px; padding: 6px;
               color: ${quiet}; }
QToolButton:hover { background: ${raised}; color: ${text}; }
QToolButton:checked { background: ${raised}; color: ${text}; }
QToolButton:pressed { background: ${raised_2}; }
QToolButton:focus, QPushButton:focus, QComboBox:focus { outline: none;
    border: 1px solid ${accent}; }
QToolButton[disclosure="true"] { padding: 1px 4px 1px 0; margin-left: -4px; color: ${quiet}; }
QToolButton[disclosure="true"]:checked { background: transparent; }
QToolButton[segment="true"] { border-radius: 4px; padding: 4px 10px; min-height: 16px; }
QToolButton[segment="true"]:checked { background: ${raised_2}; color: ${text}; }
QWidget[surface="segments"] { background: ${field}; border-radius: 5px; }
QComboBox, QPushButton { background: ${field}; border: 1px solid transparent; border-radius: 4px;
    min-height: 22px; padding: 0 10px; color: ${text}; }
QPushButton { background: ${raised}; }
QPushButton[tight="true"] { padding: 0 4px; }
QWidget[surface="plate"] QPushButton { background: ${raised_2}; }
QLineEdit { background: ${field}; border: 1px solid transparent; border-radius: 4px;
    padding: 0 8px; color: ${text}; placeholder-text-color: ${quiet}; }
QToolButton[field="true"] { background: ${field}; padding: 2px 8px; color: ${text}; }
QToolButton[field="true"]:hover { background: ${raised_2}; }
QToolButton::menu-indicator { image: none; }
QPushButton[filled="true"] { background: ${accent}; color: ${on_accent}; font-weight: 600; }
QPushButton[filled="true"]:hover { background: ${accent}; color: ${on_accent};
    border: 1px solid ${text}; }
QPushButton[filled="true"]:disabled { background: ${field}; color: ${quiet}; }
QPushButton[choice="true"] { background: ${field}; min-height: 30px; padding: 0 4px; }
QPushButton[choice="true"]:checked { background: ${raised_2}; font-weight: 600;
    border-left: 3px solid ${accent}; }
QPlainTextEdit { background: ${field}; border: 1px solid transparent; border-radius: 4px;
    padding: 4px; color: ${text}; }
QPlainTextEdit:focus { border: 1px solid ${accent}; }
QProgressBar { background: ${line}; border: none; border-radius: 1px; }
QProgressBar::chunk { background: ${quiet}; border-radius: 1px; }
QLineEdit[small="true"] { padding: 0 4px; min-height: 18px; }
QLineEdit:focus { border: 1px solid ${accent}; }
QLineEdit:disabled { color: ${disabled}; }
QComboBox:hover, QPushButton:hover { background: ${raised_2}; }
QComboBox:disabled, QPushButton:disabled { color: ${disabled}; }
QComboBox::drop-down { border: none; width: 18px; }
QComboBox::down-arrow { image: url($chevron);
    width: 12px; height: 12px; margin-right: 6px; }
QComboBox QAbstractItemView { background: ${raised}; border: 1px solid ${line}; padding: 4px;
    selection-background-color: ${raised_2}; selection-color: ${text}; outline: none; }
QDialog, QWidget[surface="raised"] { background: ${raised}; }
QDialog QPushButton { background: ${raised_2}; min-height: 26px; padding: 0 14px; }
QDialog QPushButton:hover { background: ${raised_2}; border: 1px solid ${line}; }
QDialog QPushButton:focus { border: 1px solid ${accent}; }
QDialog QPushButton:disabled { background: ${field}; color: ${quiet}; }
QDialog QComboBox, QDialog QLineEdit { min-height: 26px; }
QPlainTextEdit, QTextBrowser { background: ${window}; border: none; border-radius: 4px;
    padding: 8px; }
QCheckBox, QRadioButton { spacing: 10px; }
QCheckBox:focus, QRadioButton:focus { outline: none; color: ${accent}; }
QCheckBox::indicator { width: 14px; height: 14px; border-radius: 3px;
    border: 1px solid ${quiet}; background: ${field}; }
QCheckBox::indicator:checked { border: 1px solid ${accent}; background: ${accent};
    image: url($tick); }
QCheckBox::indicator:focus { border: 1px solid ${accent}; }
QRadioButton::indicator { width: 14px; height: 14px; border-radius: 8px;
    border: 1px solid ${quiet}; background: ${field}; }
QRadioButton::indicator:checked { border: 4px solid ${accent}; width: 8px; height: 8px;
    background: ${on_accent}; }
QSlider::groove:horizontal { height: 4px; background: ${line}; border-radius: 2px; }
QSlider::sub-page:horizontal { background: ${quiet}; border-radius: 2px; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -4px 0; border-radius: 6px;
    background: ${text}; }
QSlider::handle:horizontal:focus { background: ${accent}; }
QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 8px; margin: 0; }
QScrollBar::handle:horizontal { background: ${handle}; border-radius: 4px; min-width: 24px; }
QScrollBar::handle:vertical { background: ${handle}; border-radius: 4px; min-height: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { border: none; background: transparent; }
QStatusBar { background: ${panel}; color: ${quiet}; min-height: ${status}px; }
QStatusBar::item { border: none; }
QToolTip { background: ${raised}; color: ${text}; border: 1px solid ${line}; padding: 4px 6px; }
""")
