"""The commands for hidden units: the film without those that are chosen."""

from typing import TYPE_CHECKING

from viewer.commanding.menus import MAPS, Command
from viewer.kit.language import tr

if TYPE_CHECKING:
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Switching the chosen units off and on again, and what is read instead of them."""
    found = window.session.ablating

    def switch() -> None:
        if found.group is not None:
            window.inspect.side.pages.turn_to("unit")
        found.switch(off=not found.off)

    def hold() -> None:
        found.hold("zero" if found.held == "mean" else "mean")

    return (
        Command(MAPS, tr("Chosen units off or on"), ("Shift+U",), switch, "units.off"),
        Command(MAPS, tr("Units that are off: zero or their mean"), (), hold, "units.held"),
    )
