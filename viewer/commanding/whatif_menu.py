"""The commands of What if."""

from functools import partial
from typing import TYPE_CHECKING

from engine.inspection import Edit
from viewer.commanding.menus import MAPS, SEPARATOR, Command
from viewer.kit.language import tr
from viewer.read.workspace import INSPECT

if TYPE_CHECKING:
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Changing films, and what is asked of them."""
    tries = window.session.tries
    return (
        Command(
            MAPS,
            tr("&What if"),
            ("Ctrl+I",),
            partial(toggle, window),
            "whatif",
        ),
        Command(MAPS, tr("Keep as try"), (), tries.keep, "whatif.keep"),
        Command(MAPS, tr("Undo the last try"), (), tries.undo, "whatif.undo"),
        Command(MAPS, tr("Redo the try"), (), tries.redo, "whatif.redo"),
        Command(
            MAPS,
            tr("Invert the changed film"),
            (),
            lambda: tries.change_whole(Edit("invert")),
            "whatif.invert",
        ),
        Command(
            MAPS, tr("Compare reading directions"), (), tries.ask_directions, "whatif.directions"
        ),
        Command(MAPS, tr("Columns of the brushed rows"), (), tries.ask_columns, "whatif.columns"),
        Command(MAPS, SEPARATOR, (), bool),
    )


def toggle(window: "MainWindow") -> None:
    """Begin to try in Inspect, or go back to the film as read."""
    turn(window, on=not window.session.tries.on)


def turn(window: "MainWindow", *, on: bool) -> None:
    """The same, either way."""
    if on:
        window.choose_workspace(INSPECT.name)
    window.session.tries.turn(on=on)
