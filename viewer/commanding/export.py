"""The commands that show what the model saw, and those by which something leaves the program."""

from typing import TYPE_CHECKING

from viewer.commanding.menus import MAPS, Command
from viewer.kit.language import tr

if TYPE_CHECKING:
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """The model's view."""
    return (
        Command(
            MAPS,
            tr("&What the model saw"),
            ("B",),
            lambda: window.film.seen.turn(on=not window.film.seen.on),
            "model-view",
        ),
    )
