"""The commands of comparing in Inspect."""

from functools import partial
from typing import TYPE_CHECKING

from viewer.commanding.menus import MAPS, Command
from viewer.kit.language import tr
from viewer.read.workspace import INSPECT
from viewer.session.comparisons import Opponent

if TYPE_CHECKING:
    from viewer.inspect.compare_page import ComparePage
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Choosing what is compared with."""
    untrained, nothing = partial(compare, window, Opponent("untrained")), partial(leave, window)
    return (
        Command(
            MAPS, tr("Compare with the untrained network"), (), untrained, "compare.untrained"
        ),
        Command(MAPS, tr("Stop comparing"), (), nothing, "compare.none"),
    )


def page_of(window: "MainWindow") -> "ComparePage":
    """The page of comparisons."""
    page: ComparePage = window.inspect.widgets["compare"]
    return page


def compare(window: "MainWindow", opponent: Opponent) -> None:
    """Show the page, and compare with something else there."""
    window.choose_workspace(INSPECT.name)
    window.inspect.dock.pages.turn_to("compare")
    page_of(window).comparisons.compare(opponent)


def leave(window: "MainWindow") -> None:
    """Stop comparing."""
    page_of(window).comparisons.compare(None)
