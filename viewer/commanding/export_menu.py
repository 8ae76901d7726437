"""The commands by which something leaves the program, the model's view, settings and keys."""

from typing import TYPE_CHECKING

from viewer.commanding.menus import FILE, HELP, MAPS, Command
from viewer.kit.language import tr
from viewer.session.choices import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.commanding.export_dialog import Kind
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Exports, printing, what the model saw, settings."""
    return (
        Command(
            FILE,
            tr("&Export…"),
            ("Ctrl+E",),
            lambda: ask_export(window),
            "export",
        ),
        Command(
            FILE,
            tr("Cop&y the picture"),
            ("Ctrl+C",),
            lambda: told(window, window.exports.copy),
            "copy",
        ),
        Command(
            FILE,
            tr("&Print…"),
            ("Ctrl+P",),
            lambda: told(window, lambda: window.exports.preview(window)),
            "print",
        ),
        Command(FILE, tr("&Settings…"), ("Ctrl+,",), lambda: show_settings(window), "settings"),
        Command(HELP, tr("&Demo study"), (), window.opening.open_demo, "demo"),
        Command(HELP, tr("Show the &tour"), (), window.tour_requested.emit, "tour"),
        Command(
            MAPS,
            tr("Model’s view"),
            ("B",),
            lambda: show_seen(window, on=not window.film.seen.on),
            "model-view",
        ),
    )


def ask_export(window: "MainWindow", kind: "Kind" = "film") -> None:
    """Ask what leaves the program, and how."""
    from viewer.commanding import export_dialog  # noqa: PLC0415 - not before it is asked for

    export_dialog.ask_export(window, window.exports, window.settings, kind)


def show_settings(window: "MainWindow") -> None:
    """Show the settings of the program."""
    from viewer.commanding import settings_dialog  # noqa: PLC0415 - not before it is asked for

    settings_dialog.show_settings(window)


def show_seen(window: "MainWindow", *, on: bool) -> None:
    """Lay what the model saw over the active film, or take it off."""
    window.film.seen.turn(on=on)
    window.toolbar.check("model-view", on=on)


def join_exports(window: "MainWindow") -> None:
    """Let the panel's button export the reading, and the toolbar know what lies over a film."""
    window.reading.export_requested.connect(lambda: ask_export(window, "reading"))
    window.panes.activated.connect(
        lambda film: window.toolbar.check("model-view", on=film.seen.on)
    )


def told(window: "MainWindow", run: "Callable[[], object]") -> None:
    """Do something that may not be possible; why not is said in the window."""
    from viewer.export.picture import ExportError  # noqa: PLC0415 - as the dialog

    try:
        run()
    except ExportError as error:
        window.session.message.emit(Message(str(error), "error"))
