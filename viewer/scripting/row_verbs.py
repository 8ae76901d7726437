"""Commands of a script for the row that Inspect opens."""

from typing import TYPE_CHECKING, Final

from viewer.inspect.row_page import go_to_step
from viewer.kit.language import marked, tr
from viewer.scripting.verbs import ScriptError, Verb, film_of, number

if TYPE_CHECKING:
    from viewer.window import MainWindow


def _step(window: "MainWindow", arguments: tuple[str, ...]) -> None:
    film_of(window)
    analysis, given = window.session.analysis, number(arguments[0])
    if analysis is None or analysis.states is None:
        raise ScriptError(tr("without an answer there are no steps."))
    last = len(analysis.states.edges) - 2
    if given != int(given) or not 0 <= given <= last:
        raise ScriptError(tr("steps go from 0 to {last}.", last=last))
    go_to_step(window.session, int(given))


VERBS: Final = (
    Verb("step", marked("NUMBER"), marked("put the row cursor on a step"), _step, numbers=True),
)
