"""The commands for hidden units: the film without those that are chosen."""

from typing import TYPE_CHECKING

from viewer.commanding.menus import MAPS, Command
from viewer.inspect.unit_page import WithoutCurve
from viewer.kit.language import marked, tr

if TYPE_CHECKING:
    from viewer.window import MainWindow

HINTS = marked("← → film    ↑ ↓ row    Shift+U units off or on    Esc film as read    F1 all keys")


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


def join_units(window: "MainWindow") -> None:
    """Let the strip of the answer follow what is off, and a chosen column open the page Unit."""
    WithoutCurve(window.session, window.strips, window)
    pages = window.inspect.side.pages

    def turn(units: tuple[int, ...]) -> None:
        if units and pages.code == "reading":
            pages.turn_to("unit")

    def hint(off: bool) -> None:  # noqa: FBT001 - a Qt slot
        if not window.session.tries.on:
            window.show_hints(tr(HINTS) if off else "")

    window.strips.units_requested.connect(turn)
    window.session.ablating.switched.connect(hint)
