"""The one register of the window's commands: every part adds its own here.

Menus come in the order in which their first command does.
"""

from typing import TYPE_CHECKING

from viewer.commanding import basics
from viewer.commanding.dialogs import show_about, show_keys
from viewer.commanding.menus import HELP, Command
from viewer.kit.language import tr

if TYPE_CHECKING:
    from viewer.window import MainWindow


def commands_of(window: "MainWindow") -> tuple[Command, ...]:
    """The menus of a window, in order."""
    return (
        *basics.commands(window),
        *_help(window),
    )


def _help(window: "MainWindow") -> tuple[Command, ...]:
    return (
        Command(HELP, tr("All &keys"), ("F1",), lambda: show_keys(window, commands_of(window))),
        Command(HELP, tr("About &Rowscope"), (), lambda: show_about(window)),
    )
