"""Commands of a script for the Inspect workspace: which of its panes are shown."""

from functools import partial
from typing import TYPE_CHECKING, Final

from viewer.kit.language import marked, tr
from viewer.read.workspace import INSPECT
from viewer.scripting.verbs import ScriptError, Verb, either
from viewer.window import MainWindow

if TYPE_CHECKING:
    from viewer.kit.pages import Pages


def in_inspect(window: MainWindow) -> None:
    """Show the Inspect workspace, where it is not shown yet."""
    window.choose_workspace(INSPECT.name)


def _turn(side: str, window: MainWindow, arguments: tuple[str, ...]) -> None:
    pages: Pages = getattr(window.inspect, side).pages
    if arguments[0] not in pages.codes:
        raise ScriptError(tr("a page is {names}.", names=either(pages.codes)))
    in_inspect(window)
    pages.turn_to(arguments[0])


VERBS: Final = (
    Verb("dock", marked("PAGE"), marked("show a page beneath the film"), partial(_turn, "dock")),
    Verb("side", marked("PAGE"), marked("show a page at the right"), partial(_turn, "side")),
)
