"""Colours, type and sizes: the only file with a colour in it (dark theme, contrasts measured)."""

from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from engine import resource_path

PANE: Final = "#0B0B0C"
WINDOW: Final = "#151617"
PANEL: Final = "#1C1D1F"
FIELD: Final = "#242628"
RAISED: Final = "#2B2D30"
RAISED_2: Final = "#3B3E42"
LINE: Final = "#3A3D41"
TEXT: Final = "#DCDEE1"
QUIET: Final = "#A4A8AE"
DISABLED: Final = "#6B6F75"
ACCENT: Final = "#4FDCC4"
ON_ACCENT: Final = "#06201B"
WARNING: Final = "#E8C35A"
INFLUENCE_POSITIVE: Final = "#EE8A34"
INFLUENCE_NEGATIVE: Final = "#4C94F0"
STATE_POSITIVE: Final = "#C6B83C"
STATE_NEGATIVE: Final = "#A78BFA"
MAP_ZERO: Final = "#17181A"
VEIL_ALPHA: Final = 128  # of PANE over a film that is not the chosen one: it can still be seen
PLATE_ALPHA: Final = 168  # 66 % of PANE under text on a film

# Colours of the class curves after the first two; none is red or green, none is a map's.
CLASS_COLOURS: Final = (INFLUENCE_POSITIVE, INFLUENCE_NEGATIVE)
OTHER_CLASS: Final = QUIET

SMALL, LARGE, RESULT = 12, 15, 22  # the three type sizes, in pixels
HEAD, FOOT = 40, 48  # pane head, and the axis band beneath a pane
MENU, TOOLBAR, STATUS = 32, 44, 28
MARGIN, GAP = 16, 8
WIDE = 1600  # from this window width the panels take their full size
STUDIES_WIDTH = {"wide": 152, "narrow": 136}
READING_WIDTH = {"wide": 264, "narrow": 232}


def load_fonts() -> None:
    """Register the bundled typeface (Inter, OFL) with Qt."""
    for path in sorted(resource_path("fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))


def font(size: int = SMALL, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The interface's typeface in one of the three sizes, with figures of equal width."""
    result = QFont("Inter")
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


def icon(name: str, tint: str = QUIET, size: int = 20) -> QIcon:
    """An icon from resources/icons, its `currentColor` set; the checked state takes the accent."""
    result = QIcon()
    states = (
        (QIcon.Mode.Normal, QIcon.State.Off, tint),
        (QIcon.Mode.Active, QIcon.State.Off, TEXT),
        (QIcon.Mode.Normal, QIcon.State.On, ACCENT),
        (QIcon.Mode.Active, QIcon.State.On, ACCENT),
        (QIcon.Mode.Disabled, QIcon.State.Off, DISABLED),
        (QIcon.Mode.Disabled, QIcon.State.On, DISABLED),
    )
    source = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    for mode, state, shade in states:
        result.addPixmap(_drawn(source.replace("currentColor", shade), size), mode, state)
    return result


def _drawn(svg: str, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size) * 2)
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def palette() -> QPalette:
    """The tokens in Qt's roles."""
    roles = QPalette.ColorRole
    table = {
        roles.Window: PANEL,
        roles.Base: WINDOW,
        roles.AlternateBase: PANEL,
        roles.Button: FIELD,
        roles.WindowText: TEXT,
        roles.Text: TEXT,
        roles.ButtonText: TEXT,
        roles.BrightText: TEXT,
        roles.PlaceholderText: QUIET,
        roles.Highlight: ACCENT,
        roles.HighlightedText: ON_ACCENT,
        roles.ToolTipBase: RAISED,
        roles.ToolTipText: TEXT,
        roles.Link: ACCENT,
    }
    result = QPalette()
    for role, name in table.items():
        result.setColor(role, QColor(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(DISABLED))
    return result


def apply(application: QApplication) -> None:
    """Dress the whole application."""
    load_fonts()
    application.setStyle("Fusion")
    application.setPalette(palette())
    application.setFont(font())
    application.setStyleSheet(STYLE)


STYLE: Final = f"""
QMainWindow, QWidget#central {{ background: {WINDOW}; }}
QWidget[surface="panel"] {{ background: {PANEL}; }}
QWidget[surface="window"] {{ background: {WINDOW}; }}
QWidget[surface="field"] {{ background: {FIELD}; }}
QWidget[surface="plate"] {{ background: {RAISED}; border-radius: 5px; }}
QLabel {{ background: transparent; }}
QLabel[rank="quiet"] {{ color: {QUIET}; }}
QLabel[rank="value"] {{ font-weight: 500; }}
QLabel[rank="heading"] {{ font-weight: 600; }}
QLabel[rank="row"] {{ font-size: {LARGE}px; font-weight: 600; }}
QLabel[rank="result"] {{ font-size: {RESULT}px; font-weight: 600; }}
QLabel[rank="accent"] {{ color: {ACCENT}; font-weight: 500; }}
QLabel[rank="warning"] {{ color: {WARNING}; font-weight: 500; }}
QMenuBar {{ background: {PANEL}; min-height: 20px; padding: 0 8px; spacing: 4px; }}
QMenuBar::item {{ background: transparent; color: {QUIET}; padding: 6px 8px; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {RAISED}; color: {TEXT}; }}
QMenu {{ background: {RAISED}; border: 1px solid {LINE}; border-radius: 5px; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 3px; }}
QMenu::item:selected {{ background: {RAISED_2}; }}
QMenu::item:disabled {{ color: {DISABLED}; }}
QMenu::separator {{ height: 1px; background: {LINE}; margin: 4px 8px; }}
QMenu::indicator {{ width: 14px; height: 14px; padding-left: 6px; }}
QToolBar {{ background: {PANEL}; border: none; spacing: 2px; padding: 6px 8px; }}
QToolButton {{ background: transparent; border: none; border-radius: 4px; padding: 6px;
               color: {QUIET}; }}
QToolButton:hover {{ background: {RAISED}; color: {TEXT}; }}
QToolButton:checked {{ background: {RAISED}; color: {TEXT}; }}
QToolButton:pressed {{ background: {RAISED_2}; }}
QToolButton:focus, QPushButton:focus, QComboBox:focus {{ outline: none;
    border: 1px solid {ACCENT}; }}
QToolButton[disclosure="true"] {{ padding: 1px 4px 1px 0; margin-left: -4px; color: {QUIET}; }}
QToolButton[disclosure="true"]:checked {{ background: transparent; }}
QToolButton[segment="true"] {{ border-radius: 4px; padding: 4px 10px; min-height: 16px; }}
QToolButton[segment="true"]:checked {{ background: {RAISED_2}; color: {TEXT}; }}
QWidget[surface="segments"] {{ background: {FIELD}; border-radius: 5px; }}
QComboBox, QPushButton {{ background: {FIELD}; border: 1px solid transparent; border-radius: 4px;
    min-height: 22px; padding: 0 10px; color: {TEXT}; }}
QPushButton {{ background: {RAISED}; }}
QWidget[surface="plate"] QPushButton {{ background: {RAISED_2}; }}
QLineEdit {{ background: {FIELD}; border: 1px solid transparent; border-radius: 4px;
    padding: 0 8px; color: {TEXT}; }}
QLineEdit[small="true"] {{ padding: 0 4px; min-height: 18px; }}
QLineEdit:focus {{ border: 1px solid {ACCENT}; }}
QLineEdit:disabled {{ color: {DISABLED}; }}
QComboBox:hover, QPushButton:hover {{ background: {RAISED_2}; }}
QComboBox:disabled, QPushButton:disabled {{ color: {DISABLED}; }}
QComboBox::drop-down {{ border: none; width: 18px; }}
QComboBox::down-arrow {{ image: url({resource_path("icons", "chevron-down.svg").as_posix()});
    width: 12px; height: 12px; margin-right: 6px; }}
QComboBox QAbstractItemView {{ background: {RAISED}; border: 1px solid {LINE}; padding: 4px;
    selection-background-color: {RAISED_2}; selection-color: {TEXT}; outline: none; }}
QSlider::groove:horizontal {{ height: 4px; background: {LINE}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {QUIET}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 12px; height: 12px; margin: -4px 0; border-radius: 6px;
    background: {TEXT}; }}
QSlider::handle:horizontal:focus {{ background: {ACCENT}; }}
QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {RAISED_2}; border-radius: 4px; min-height: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea {{ border: none; background: transparent; }}
QStatusBar {{ background: {PANEL}; color: {QUIET}; min-height: {STATUS}px; }}
QStatusBar::item {{ border: none; }}
QToolTip {{ background: {RAISED}; color: {TEXT}; border: 1px solid {LINE}; padding: 4px 6px; }}
"""
