"""The commands of comparing in Inspect, and how the strips follow them."""

from functools import partial
from typing import TYPE_CHECKING

from viewer.commanding.menus import MAPS, Command
from viewer.inspect.compare_figures import ComparedModel
from viewer.inspect.compare_page import ComparePage
from viewer.inspect.compared_strips import ComparedStrips
from viewer.kit.language import tr
from viewer.read.workspace import INSPECT
from viewer.session.comparisons import Opponent

if TYPE_CHECKING:
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Choosing what is compared with."""
    untrained, nothing = partial(compare, window, Opponent("untrained")), partial(leave, window)
    return (
        Command(
            MAPS, tr("Compare with the untrained network"), (), untrained, "compare.untrained"
        ),
        Command(MAPS, tr("Compare with nothing"), (), nothing, "compare.none"),
    )


def page_of(window: "MainWindow") -> ComparePage:
    """The page of comparisons."""
    page: ComparePage = window.inspect.widgets[ComparePage.code]
    return page


def compare(window: "MainWindow", opponent: Opponent) -> None:
    """Show the page, and compare with something else there."""
    window.choose_workspace(INSPECT.name)
    window.inspect.dock.pages.turn_to(ComparePage.code)
    page_of(window).comparisons.compare(opponent)


def leave(window: "MainWindow") -> None:
    """Compare with nothing any more."""
    page_of(window).comparisons.compare(None)


def join_comparison(window: "MainWindow") -> None:
    """Let strips and What if show the other one, too."""
    pages, page = window.inspect.dock.pages, page_of(window)
    section = ComparedModel(page.tried, page.comparisons, window.session.tries)
    window.inspect.widgets["whatif"].add_section(section)
    strips = ComparedStrips(window.session, window.strips, page, pages=pages, parent=window)
    lie = window.strips.influence  # laying the strips out moves rows again: what comes is stale
    window.panes.rows_moved.connect(lambda _rows: strips.difference.show_rows(lie.lie.rows))
