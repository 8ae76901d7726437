"""The commands for what the model finds on a film: regions, and several findings."""

from typing import TYPE_CHECKING

from viewer.commanding.menus import READING, Command
from viewer.kit.language import tr

if TYPE_CHECKING:
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Showing, filling and going through regions; the cut that makes them."""
    located = window.session.analyses.located

    return (
        Command(
            READING,
            tr("&Boxes and outlines"),
            ("Shift+O",),
            located.toggle,
            "regions",
        ),
        Command(READING, tr("Fill outlines"), (), located.toggle_fill, "regions.fill-toggle"),
        Command(READING, tr("Next region"), (".",), lambda: located.step(1), "region.next"),
        Command(
            READING, tr("Previous region"), (",",), lambda: located.step(-1), "region.previous"
        ),
        Command(
            READING,
            tr("The model's cut of outlines"),
            (),
            lambda: located.move_cut(None),
            "regions.shipped",
        ),
    )
