"""The one register of the window's commands: every part adds its own here."""

from typing import TYPE_CHECKING, Final

from viewer.commanding import basics, export, layouts, opening, reading, windows
from viewer.commanding.dialogs import show_about, show_keys
from viewer.commanding.menus import HELP, Command, joined
from viewer.kit.language import tr

if TYPE_CHECKING:
    from viewer.window import MainWindow


def _help(window: "MainWindow") -> tuple[Command, ...]:
    return (
        Command(
            HELP,
            tr("All &keys"),
            ("F1",),
            lambda: show_keys(window, commands_of(window)),
            "keys",
        ),
        Command(HELP, tr("About &Rowscope"), (), lambda: show_about(window), "about"),
    )


PARTS: Final = (  # in the order in which they stand in a menu
    basics.commands,
    opening.commands,
    windows.commands,
    layouts.commands,
    export.commands,
    reading.commands,
    _help,
)


def commands_of(window: "MainWindow") -> tuple[Command, ...]:
    """The commands of a window, menu by menu."""
    return joined(part(window) for part in PARTS)
