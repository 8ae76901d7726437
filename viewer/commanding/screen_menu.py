"""The window on its screen: full screen, a size that fits with its frame, and the scale of it all.

In full screen the menu bar and the toolbar stay: on a touch screen there is no edge to hover over
and no Alt to bring them back, and they cost 76 pixels of 1080.
"""

import os
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt

from viewer.commanding.menus import VIEW, Command
from viewer.kit.language import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viewer.session.settings import Settings
    from viewer.window import MainWindow

SMALLEST: Final = QSize(1024, 700)
USUAL: Final = QSize(1680, 1020)
FRAME: Final = QSize(16, 40)  # borders and title bar, at most; known only once it is on screen
_FACTOR, _OWN = "QT_SCALE_FACTOR", "QT_ENABLE_HIGHDPI_SCALING"  # Qt's names


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Full screen."""
    return (
        Command(
            VIEW, tr("F&ull screen"), ("F11",), lambda: toggle_full_screen(window), "full-screen"
        ),
    )


def toggle_full_screen(window: "QWidget") -> None:
    """Fill the screen, or be as large as before; a window that was maximized is so again."""
    window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)


def leave_full_screen(window: "QWidget") -> bool:
    """Be a window again; False where it was one."""
    full = window.isFullScreen()
    if full:
        toggle_full_screen(window)
    return full


def open_at(
    window: "QWidget", asked: QSize | None, settings: "Settings", available: QSize | None
) -> None:
    """Give a window its size before it is shown.

    Args:
        window: Is not shown yet.
        asked: On the command line; None takes the size of last time, or the usual one.
        settings: Know the size of last time.
        available: Of the screen, without what the desktop keeps; None for a picture, which is as
            large as it says.
    """
    window.setMinimumSize(SMALLEST if available is None else room(SMALLEST, available))
    if asked is None and window.restoreGeometry(settings.geometry):
        leave_full_screen(window)  # it was left in that; whoever wants it again presses F11
        wanted = window.size()
    else:
        wanted = asked or USUAL
    window.resize(wanted if available is None else room(wanted, available))


def room(wanted: QSize, available: QSize) -> QSize:
    """A size for the inside of a window whose frame fits the screen, too."""
    return wanted.boundedTo(available - FRAME)


def scale(
    percent: int, environment: MutableMapping[str, str] = os.environ, *, asked: bool
) -> None:
    """Let Qt draw everything at a scale; only before there is a `QApplication`.

    The scale is of the screen's pixels, and not a multiple of the system's own scale, where the
    platform leaves that to Qt (X11, Windows).

    Args:
        percent: 0 leaves it to the system.
        environment: Where Qt looks.
        asked: Whether it was asked for at this start; a setting gives way to an environment that
            names a scale.
    """
    if not percent or (_FACTOR in environment and not asked):
        return
    environment[_FACTOR] = f"{percent / 100:g}"
    environment.setdefault(_OWN, "0")
