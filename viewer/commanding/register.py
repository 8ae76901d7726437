"""The one register of the window's commands: every part adds its own here."""

from typing import TYPE_CHECKING, Final

from viewer.commanding import (
    basics_menu,
    compare_menu,
    export_menu,
    finding_menu,
    inspect_menu,
    layouts_menu,
    measuring_menu,
    model_menu,
    opening_menu,
    reading_menu,
    regions_menu,
    row_menu,
    screen_menu,
    taking_menu,
    unit_menu,
    viewing_menu,
    whatif_menu,
    windows_menu,
)
from viewer.commanding.dialogs import show_about, show_guide, show_keys
from viewer.commanding.menus import FILE, HELP, Command, joined, with_keys
from viewer.commanding.messages_dialog import show_messages
from viewer.kit.language import tr
from viewer.kit.live import changes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from viewer.window import MainWindow


def _help(window: "MainWindow") -> tuple[Command, ...]:
    return (
        Command(HELP, tr("Read the &guide"), ("Shift+F1",), lambda: show_guide(window), "guide"),
        Command(
            HELP,
            tr("All &keys"),
            ("F1",),
            lambda: show_keys(window, commands_of(window), lambda: change_keys(window)),
            "keys",
        ),
        Command(HELP, tr("&Change keys…"), (), lambda: change_keys(window), "keys.change"),
        Command(HELP, tr("&Messages…"), (), lambda: show_messages(window), "messages"),
        Command(HELP, tr("About &Rowscope"), (), lambda: show_about(window), "about"),
    )


def _leave(window: "MainWindow") -> tuple[Command, ...]:
    return (Command(FILE, tr("&Quit"), ("Ctrl+Q",), window.close, "quit"),)


PARTS: Final = (  # in the order in which they stand in a menu
    basics_menu.commands,
    opening_menu.commands,
    viewing_menu.commands,
    windows_menu.commands,
    measuring_menu.commands,
    layouts_menu.commands,
    inspect_menu.commands,
    row_menu.commands,
    unit_menu.commands,
    model_menu.commands,
    finding_menu.commands,
    taking_menu.commands,
    whatif_menu.commands,
    compare_menu.commands,
    export_menu.commands,
    reading_menu.commands,
    regions_menu.commands,
    screen_menu.commands,
    _help,
    _leave,
)


def shipped(window: "MainWindow") -> tuple[Command, ...]:
    """The commands of a window, menu by menu, with the keys that they come with."""
    return joined(part(window) for part in PARTS)


def commands_of(window: "MainWindow") -> tuple[Command, ...]:
    """The same with the keys that the reader has given to some of them."""
    return with_keys(shipped(window), window.settings.keys)


def change_keys(window: "MainWindow") -> "QDialog":
    """Let the reader give other keys to commands; menus and tips follow at once."""
    from viewer.commanding.keys_dialog import edit_keys  # noqa: PLC0415 - seldom wanted

    return edit_keys(window, shipped(window), window.settings, changes.words.emit)
