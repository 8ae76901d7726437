"""The commands by which something leaves the program, the model's view, settings and keys."""

from typing import TYPE_CHECKING

from viewer.commanding.export_dialog import ask_export
from viewer.commanding.menus import FILE, HELP, MAPS, Command
from viewer.commanding.settings_dialog import show_settings
from viewer.export.picture import ExportError
from viewer.kit.language import tr
from viewer.session.choices import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Exports, printing, what the model saw, settings."""
    exports = window.exports
    return (
        Command(
            FILE,
            tr("&Export…"),
            ("Ctrl+E",),
            lambda: ask_export(window, exports, window.settings),
            "export",
        ),
        Command(
            FILE,
            tr("Cop&y the picture"),
            ("Ctrl+C",),
            lambda: told(window, exports.copy),
            "copy",
        ),
        Command(
            FILE,
            tr("&Print…"),
            ("Ctrl+P",),
            lambda: told(window, lambda: exports.preview(window)),
            "print",
        ),
        Command(FILE, tr("&Settings…"), ("Ctrl+,",), lambda: show_settings(window), "settings"),
        Command(HELP, tr("&Demo study"), (), window.opening.open_demo, "demo"),
        Command(
            MAPS,
            tr("&What the model saw"),
            ("B",),
            lambda: show_seen(window, on=not window.film.seen.on),
            "model-view",
        ),
    )


def show_seen(window: "MainWindow", *, on: bool) -> None:
    """Lay what the model saw over the active film, or take it off."""
    window.film.seen.turn(on=on)
    window.toolbar.check("model-view", on=on)


def join_exports(window: "MainWindow") -> None:
    """Let the panel's button export the reading, and the toolbar know what lies over a film."""
    window.reading.export_requested.connect(
        lambda: ask_export(window, window.exports, window.settings, "reading")
    )
    window.panes.activated.connect(
        lambda film: window.toolbar.check("model-view", on=film.seen.on)
    )


def told(window: "MainWindow", run: "Callable[[], object]") -> None:
    """Do something that may not be possible; why not is said in the window."""
    try:
        run()
    except ExportError as error:
        window.session.message.emit(Message(str(error), "error"))
